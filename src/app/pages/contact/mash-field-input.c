/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-field-input.h"

#include <glib/gi18n-lib.h>

#include "mash-choice.h"
#include "mash-field-control.h"
#include "mash-set-input.h"

struct _MashFieldInput
{
  GtkWidget        parent_instance;

  /* Children */
  GtkWidget       *control;

  /* Owned */
  char            *kind;
  char            *field;
  char            *list;
  char            *label;
  GSignalGroup    *signals;
  GListModel      *choices;

  /* Borrowed */
  const MashField *declared;
  const char      *remark;

  MashControl      type;
  guint            busy : 1;
  guint            missing : 1;
};

G_DEFINE_FINAL_TYPE (MashFieldInput, mash_field_input, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_KIND,
  PROP_FIELD,
  PROP_LIST,
  PROP_LABEL,
  PROP_OBJECT,
  PROP_MISSING,
  PROP_REMARK,
  N_PROPS
};

enum
{
  WANTED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static GtkWidget *
get_focused_part (MashFieldInput *self)
{
  return mash_control_get_focused (self->control);
}

static void
apply_label (MashFieldInput *self)
{
  const char *label = self->label;

  if (label == NULL && self->declared != NULL)
    label = _(self->declared->label);
  if (self->control == NULL || label == NULL)
    return;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->control),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (get_focused_part (self)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
set_remark (MashFieldInput *self,
            const char     *remark)
{
  if (self->remark == remark)
    return;

  self->remark = remark;
  if (remark != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "wrong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "wrong");

  gtk_accessible_update_state (GTK_ACCESSIBLE (get_focused_part (self)),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               remark != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                              : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (get_focused_part (self)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  remark != NULL ? remark : "", -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), remark);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REMARK]);
}

static GObject *
dup_object (MashFieldInput *self)
{
  return g_signal_group_dup_target (self->signals);
}

static char *
dup_value (MashFieldInput *self)
{
  g_autoptr (GObject) object = dup_object (self);

  return mash_control_dup_value (self->type, object, self->field);
}

static void
show_choice (MashFieldInput *self,
             const char     *value)
{
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));
  guint position;

  if (self->choices == NULL)
    return;

  position = mash_choices_find (self->choices, value);
  if (position == GTK_INVALID_LIST_POSITION && host != NULL && value != NULL && self->list != NULL)
    {
      g_clear_object (&self->choices);
      self->choices = mash_choices_for_codes (mash_form_host_get_policy (host), self->list, value);
      gtk_drop_down_set_model (GTK_DROP_DOWN (self->control), self->choices);
      position = mash_choices_find (self->choices, value);
    }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->control), position);
}

static void
show_text (MashFieldInput *self,
           const char     *value)
{
  g_autofree char *shown = mash_control_dup_shown (self->type, value);

  if (self->type == MASH_CONTROL_AREA)
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (get_focused_part (self)));
      g_autofree char *text = NULL;

      g_object_get (buffer, "text", &text, NULL);
      if (g_strcmp0 (text, shown) != 0)
        gtk_text_buffer_set_text (buffer, shown, -1);
    }
  else if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->control)), shown) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->control), shown);
}

/* An object that is no entity says itself what is wrong with what it was given: its property
 * `FIELD-remark`. */
static void
show_own_remark (MashFieldInput *self)
{
  g_autoptr (GObject) object = dup_object (self);
  g_autofree char *name = g_strconcat (self->field, "-remark", NULL);
  g_autofree char *remark = NULL;

  if (object == NULL || g_object_class_find_property (G_OBJECT_GET_CLASS (object), name) == NULL)
    return;

  g_object_get (object, name, &remark, NULL);
  set_remark (self, remark != NULL ? g_intern_string (remark) : NULL);
}

/* What could not be read when the desk locked is back in its field, with its sentence. */
static gboolean
show_unread (MashFieldInput *self)
{
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));
  g_autoptr (GObject) object = dup_object (self);
  g_autofree char *value = NULL;
  const char *typed = mash_control_get_unread (host, object, self->field);
  const char *remark = NULL;

  if (typed == NULL || !GTK_IS_EDITABLE (self->control) ||
      mash_control_read (self->type, self->declared, host, typed, &value, &remark))
    return FALSE;

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->control)), typed) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->control), typed);
  set_remark (self, remark);

  return TRUE;
}

static void
show_value (MashFieldInput *self)
{
  g_autoptr (GObject) object = dup_object (self);
  g_autofree char *value = NULL;

  if (self->control == NULL || self->busy)
    return;

  self->busy = TRUE;
  value = dup_value (self);
  if (self->type == MASH_CONTROL_CHOICE)
    show_choice (self, value);
  else if (self->type == MASH_CONTROL_SET || self->type == MASH_CONTROL_CASE ||
           self->type == MASH_CONTROL_TICK)
    mash_control_show_chosen (self->control, object, self->field, value);
  else if (!show_unread (self) &&
           (self->remark == NULL || value != NULL || object == NULL))
    {
      show_text (self, value);
      set_remark (self, NULL);
    }
  show_own_remark (self);
  self->busy = FALSE;
}

/* Gives the object to write to; where there is none yet, whoever listens makes it now. */
static GObject *
want_object (MashFieldInput *self)
{
  g_autoptr (GObject) object = dup_object (self);

  if (object == NULL)
    {
      g_signal_emit (self, signals[WANTED], 0);
      object = dup_object (self);
    }

  return g_steal_pointer (&object);
}

static void
tell_host (MashFieldInput *self)
{
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));

  if (host != NULL)
    mash_form_host_typed (host);
}

static void
write_text (MashFieldInput *self,
            const char     *typed)
{
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));
  g_autoptr (GObject) object = NULL;
  g_autofree char *value = NULL;
  const char *remark = NULL;

  if (self->busy || host == NULL)
    return;

  self->busy = TRUE;
  if (mash_control_read (self->type, self->declared, host, typed, &value, &remark))
    {
      set_remark (self, NULL);
      object = want_object (self);
      mash_control_keep_unread (host, object, self->field, NULL);
      if (object != NULL && self->declared != NULL && self->declared->type == MASH_FIELD_INT)
        g_object_set (object, self->field, g_ascii_strtoll (value != NULL ? value : "0", NULL, 10),
                      NULL);
      else if (object != NULL)
        g_object_set (object, self->field, value, NULL);
      show_own_remark (self);
    }
  else
    {
      object = want_object (self);
      mash_control_keep_unread (host, object, self->field, typed);
    }
  self->busy = FALSE;

  if (object != NULL)
    tell_host (self);
}

static void
on_changed_cb (MashFieldInput *self)
{
  write_text (self, gtk_editable_get_text (GTK_EDITABLE (self->control)));
}

static void
on_buffer_changed_cb (MashFieldInput *self,
                      GtkTextBuffer  *buffer)
{
  g_autofree char *text = NULL;

  g_object_get (buffer, "text", &text, NULL);
  write_text (self, text);
}

static void
on_chosen_cb (MashFieldInput *self)
{
  g_autoptr (GObject) object = NULL;

  if (self->busy)
    return;

  self->busy = TRUE;
  object = want_object (self);
  if (object != NULL)
    mash_control_write_chosen (self->control, object, self->field);
  self->busy = FALSE;
  tell_host (self);
  show_value (self);
}

/* When the focus leaves, what could be read is written out in full; what could not is marked. */
static void
on_leave_cb (MashFieldInput *self)
{
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));
  g_autofree char *value = NULL;
  const char *remark = NULL;

  if (host == NULL || !GTK_IS_EDITABLE (self->control))
    return;

  if (mash_control_read (self->type, self->declared, host,
                         gtk_editable_get_text (GTK_EDITABLE (self->control)), &value, &remark))
    {
      if (self->type != MASH_CONTROL_LINE)
        show_value (self);
    }
  else
    set_remark (self, remark);
}

static void
connect_entry (MashFieldInput *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (self->control, "changed", G_CALLBACK (on_changed_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_leave_cb), self);
  gtk_widget_add_controller (self->control, focus);
}

static void
connect_control (MashFieldInput *self)
{
  if (GTK_IS_ENTRY (self->control))
    connect_entry (self);
  else if (GTK_IS_FRAME (self->control))
    g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (get_focused_part (self))),
                              "changed", G_CALLBACK (on_buffer_changed_cb), self);
  else if (GTK_IS_DROP_DOWN (self->control))
    g_signal_connect_swapped (self->control, "notify::selected", G_CALLBACK (on_chosen_cb), self);
  else if (GTK_IS_CHECK_BUTTON (self->control))
    g_signal_connect_swapped (self->control, "toggled", G_CALLBACK (on_chosen_cb), self);
  else
    g_signal_connect_swapped (self->control, "changed", G_CALLBACK (on_chosen_cb), self);
}

static void
fill_choices (MashFieldInput *self)
{
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));
  g_autofree char *value = dup_value (self);

  if (host == NULL || self->choices != NULL ||
      (self->type != MASH_CONTROL_CHOICE && self->type != MASH_CONTROL_SET))
    return;

  self->choices = mash_control_make_choices (self->declared, self->list, host, value);
  self->busy = TRUE;
  if (self->type == MASH_CONTROL_SET)
    mash_set_input_set_choices (MASH_SET_INPUT (self->control), self->choices);
  else
    gtk_drop_down_set_model (GTK_DROP_DOWN (self->control), self->choices);
  self->busy = FALSE;
}

static void
mash_field_input_root (GtkWidget *widget)
{
  MashFieldInput *self = MASH_FIELD_INPUT (widget);

  GTK_WIDGET_CLASS (mash_field_input_parent_class)->root (widget);

  fill_choices (self);
  apply_label (self);
  show_value (self);
}

/* The toolkit would end by giving the focus back, and nobody would come out backwards. */
static gboolean
mash_field_input_focus (GtkWidget        *widget,
                        GtkDirectionType  direction)
{
  return gtk_widget_child_focus (MASH_FIELD_INPUT (widget)->control, direction);
}

static gboolean
mash_field_input_grab_focus (GtkWidget *widget)
{
  MashFieldInput *self = MASH_FIELD_INPUT (widget);

  return self->control != NULL && gtk_widget_grab_focus (get_focused_part (self));
}

static void
declare_field (MashFieldInput *self)
{
  const MashKind *kind = self->kind != NULL ? mash_kind_lookup (self->kind) : NULL;
  guint field = kind != NULL ? mash_kind_find_field (kind, self->field) : MASH_NO_FIELD;

  if (field != MASH_NO_FIELD)
    self->declared = &kind->fields[field];
  if (self->list == NULL && self->declared != NULL &&
      (self->declared->type == MASH_FIELD_CODE || self->declared->type == MASH_FIELD_CODES))
    self->list = g_strdup (self->declared->of);
}

static void
mash_field_input_constructed (GObject *object)
{
  MashFieldInput *self = MASH_FIELD_INPUT (object);
  g_autofree char *detail = g_strconcat ("notify::", self->field, NULL);

  G_OBJECT_CLASS (mash_field_input_parent_class)->constructed (object);

  declare_field (self);
  self->type = mash_control_for_field (self->declared, self->list);
  g_signal_group_connect_swapped (self->signals, detail, G_CALLBACK (show_value), self);
  self->control = mash_control_make (self->type, self->declared,
                                     self->label != NULL || self->declared == NULL
                                       ? self->label : _(self->declared->label));
  connect_control (self);
  gtk_widget_set_hexpand (self->control, TRUE);
  gtk_widget_set_parent (self->control, GTK_WIDGET (self));
}

static void
mash_field_input_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  MashFieldInput *self = MASH_FIELD_INPUT (object);

  switch (prop_id)
    {
    case PROP_KIND:
      g_value_set_string (value, self->kind);
      break;

    case PROP_FIELD:
      g_value_set_string (value, self->field);
      break;

    case PROP_LIST:
      g_value_set_string (value, self->list);
      break;

    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;

    case PROP_OBJECT:
      g_value_take_object (value, dup_object (self));
      break;

    case PROP_MISSING:
      g_value_set_boolean (value, self->missing);
      break;

    case PROP_REMARK:
      g_value_set_string (value, self->remark);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_object (MashFieldInput *self,
            GObject        *object)
{
  g_autoptr (GObject) before = dup_object (self);

  if (before == object)
    return;

  g_signal_group_set_target (self->signals, object);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OBJECT]);
  if (!self->busy)
    set_remark (self, NULL);
  show_value (self);
}

static void
mash_field_input_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  MashFieldInput *self = MASH_FIELD_INPUT (object);

  switch (prop_id)
    {
    case PROP_KIND:
      self->kind = g_value_dup_string (value);
      break;

    case PROP_FIELD:
      self->field = g_value_dup_string (value);
      break;

    case PROP_LIST:
      self->list = g_value_dup_string (value);
      break;

    case PROP_LABEL:
      g_free (self->label);
      self->label = g_value_dup_string (value);
      apply_label (self);
      break;

    case PROP_OBJECT:
      set_object (self, g_value_get_object (value));
      break;

    case PROP_MISSING:
      mash_field_input_set_missing (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_field_input_dispose (GObject *object)
{
  MashFieldInput *self = MASH_FIELD_INPUT (object);

  self->busy = TRUE;
  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_pointer (&self->control, gtk_widget_unparent);
  g_clear_object (&self->choices);
  g_clear_object (&self->signals);

  G_OBJECT_CLASS (mash_field_input_parent_class)->dispose (object);
}

static void
mash_field_input_finalize (GObject *object)
{
  MashFieldInput *self = MASH_FIELD_INPUT (object);

  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->field, g_free);
  g_clear_pointer (&self->list, g_free);
  g_clear_pointer (&self->label, g_free);

  G_OBJECT_CLASS (mash_field_input_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags fixed = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GParamFlags free = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, fixed);
  properties[PROP_FIELD] = g_param_spec_string ("field", NULL, NULL, NULL, fixed);
  properties[PROP_LIST] = g_param_spec_string ("list", NULL, NULL, NULL, fixed);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, free);
  properties[PROP_OBJECT] = g_param_spec_object ("object", NULL, NULL, G_TYPE_OBJECT, free);
  properties[PROP_MISSING] = g_param_spec_boolean ("missing", NULL, NULL, FALSE, free);
  properties[PROP_REMARK] = g_param_spec_string ("remark", NULL, NULL, NULL,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mash_field_input_class_init (MashFieldInputClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = mash_field_input_constructed;
  object_class->dispose = mash_field_input_dispose;
  object_class->finalize = mash_field_input_finalize;
  object_class->get_property = mash_field_input_get_property;
  object_class->set_property = mash_field_input_set_property;

  widget_class->root = mash_field_input_root;
  widget_class->focus = mash_field_input_focus;
  widget_class->grab_focus = mash_field_input_grab_focus;

  install_properties (object_class);
  signals[WANTED] = g_signal_new ("wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "mash-field-input");
}

static void
mash_field_input_init (MashFieldInput *self)
{
  self->signals = g_signal_group_new (G_TYPE_OBJECT);
}

/**
 * mash_field_input_get_declared:
 * @self: an input
 *
 * Returns: (nullable): the field that it shows, %NULL where its object is no entity
 */
const MashField *
mash_field_input_get_declared (MashFieldInput *self)
{
  g_return_val_if_fail (MASH_IS_FIELD_INPUT (self), NULL);

  return self->declared;
}

/* Borrowed: whoever set it holds it. */
GObject *
mash_field_input_get_object (MashFieldInput *self)
{
  g_autoptr (GObject) held = dup_object (self);
  return held;
}

const char *
mash_field_input_get_field (MashFieldInput *self)
{
  g_return_val_if_fail (MASH_IS_FIELD_INPUT (self), NULL);

  return self->field;
}

const char *
mash_field_input_get_remark (MashFieldInput *self)
{
  g_return_val_if_fail (MASH_IS_FIELD_INPUT (self), NULL);

  return self->remark;
}

/**
 * mash_field_input_set_missing:
 * @self: an input
 * @missing: whether what it shows counts as missing
 *
 * Fills the field amber and says so to assistive technology.
 */
void
mash_field_input_set_missing (MashFieldInput *self,
                              gboolean        missing)
{
  g_return_if_fail (MASH_IS_FIELD_INPUT (self));

  if (self->missing == !!missing)
    return;

  self->missing = !!missing;
  if (missing)
    gtk_widget_add_css_class (GTK_WIDGET (self), "missing");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "missing");
  if (GTK_IS_ENTRY (self->control))
    gtk_entry_set_icon_from_icon_name (GTK_ENTRY (self->control), GTK_ENTRY_ICON_SECONDARY,
                                       missing ? "emblem-important-symbolic" : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (get_focused_part (self)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  missing ? _("Missing") : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MISSING]);
}
