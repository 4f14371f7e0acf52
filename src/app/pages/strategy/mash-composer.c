/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-composer.h"

#include <glib/gi18n-lib.h>

#include "mash-record-form.h"
#include "mash-form-row.h"
#include "mash-sentences.h"
#include "mash-time.h"

struct _MashComposer
{
  MashStrategyPart  parent_instance;

  /* Template children */
  GtkWidget        *fields;
  GtkLabel         *refusal;
  GtkButton        *add;

  /* Owned */
  GtkWidget        *form;
  MashEntity       *entity;
  char             *kind;
  char             *layout;
  char             *now_field;
  char             *stays;
  char             *of;        /* the discussion that the line is for */

  guint             submitting : 1;
  guint             filling : 1;
};

G_DEFINE_FINAL_TYPE (MashComposer, mash_composer, MASH_TYPE_STRATEGY_PART)

enum
{
  PROP_0,
  PROP_KIND,
  PROP_LAYOUT,
  PROP_NOW_FIELD,
  PROP_STAYS,
  PROP_ADD_LABEL,
  N_PROPS
};

enum
{
  ADDING,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* Not the name of a deed: what is written beside the line does not end it. */
static char *
dup_loose_name (MashComposer *self)
{
  return g_strconcat (self->kind, ".composed", NULL);
}

static void
refuse (MashComposer *self,
        const char   *sentence)
{
  gtk_label_set_text (self->refusal, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), sentence != NULL);
}

static void
lay_aside (MashComposer *self)
{
  g_autofree char *name = dup_loose_name (self);

  mash_contact_file_lay_aside (mash_contact_part_get_file (MASH_CONTACT_PART (self)), name,
                               self->entity);
}

/* What goes on from line to line, such as who speaks, makes no line by itself. */
static gboolean
is_begun (MashComposer *self)
{
  g_auto (GStrv) fields = g_strsplit_set (self->layout, " \n", -1);

  for (guint i = 0; fields[i] != NULL; i++)
    if (*fields[i] != '\0' &&
        !mash_words_contain (self->stays != NULL ? self->stays : "", fields[i]) &&
        mash_entity_get_value (self->entity, mash_kind_find_field (
                                 mash_entity_get_kind (self->entity), fields[i])) != NULL)
      return TRUE;

  return FALSE;
}

/* Nothing is kept of a line that was not begun, nor the time at which it would have been. */
static void
forget (MashComposer *self)
{
  g_autofree char *name = dup_loose_name (self);

  if (self->now_field != NULL)
    {
      self->filling = TRUE;
      mash_entity_set_text (self->entity, self->now_field, NULL);
      self->filling = FALSE;
    }
  mash_contact_file_set_loose (mash_contact_part_get_file (MASH_CONTACT_PART (self)), name, NULL);
  mash_strategy_part_tell_typed (MASH_STRATEGY_PART (self));
}

static void
on_typed_cb (MashComposer *self)
{
  if (self->filling)
    return;

  if (!is_begun (self))
    {
      forget (self);
      return;
    }

  if (self->now_field != NULL && mash_entity_get_text (self->entity, self->now_field) == NULL)
    {
      MashService *service = mash_contact_part_get_service (MASH_CONTACT_PART (self));
      g_autofree char *now = mash_time_format (mash_service_get_now (service));

      self->filling = TRUE;
      mash_entity_set_text (self->entity, self->now_field, now);
      self->filling = FALSE;
    }
  lay_aside (self);
  mash_strategy_part_tell_typed (MASH_STRATEGY_PART (self));
}

static void
carry_over (MashComposer *self,
            MashEntity   *before)
{
  g_auto (GStrv) fields = g_strsplit (self->stays != NULL ? self->stays : "", " ", -1);

  for (guint i = 0; fields[i] != NULL; i++)
    if (*fields[i] != '\0')
      mash_entity_set_text (self->entity, fields[i], mash_entity_get_text (before, fields[i]));
}

/* An empty line; what goes on from the last one stays in it. */
static void
begin (MashComposer *self)
{
  g_autoptr (MashEntity) before = g_steal_pointer (&self->entity);

  self->filling = TRUE;
  self->entity = mash_strategy_part_make (MASH_STRATEGY_PART (self), self->kind);
  if (before != NULL)
    carry_over (self, before);
  mash_record_form_set_entity (MASH_RECORD_FORM (self->form), self->entity);
  g_signal_connect_object (self->entity, "notify", G_CALLBACK (on_typed_cb), self,
                           G_CONNECT_SWAPPED);
  self->filling = FALSE;
}

/* Whoever was interrupted finds the line as it was. */
static void
take_up (MashComposer *self)
{
  g_autofree char *name = dup_loose_name (self);

  self->filling = TRUE;
  mash_contact_file_take_up (mash_contact_part_get_file (MASH_CONTACT_PART (self)), name,
                             self->entity);
  self->filling = FALSE;
}

static void
mash_composer_updated (MashContactPart *part)
{
  MashComposer *self = MASH_COMPOSER (part);
  MashEntity *discussion = mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self));

  if (discussion == NULL || g_strcmp0 (self->of, mash_entity_get_id (discussion)) == 0)
    return;

  g_free (self->of);
  self->of = g_strdup (mash_entity_get_id (discussion));
  g_clear_object (&self->entity);
  begin (self);
  take_up (self);
}

static GtkWidget *
find_row (MashComposer *self,
          const char   *field)
{
  GtkWidget *grid = gtk_widget_get_first_child (self->form);

  for (GtkWidget *row = gtk_widget_get_first_child (grid); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (MASH_IS_FORM_ROW (row) &&
        g_strcmp0 (mash_field_input_get_field (mash_form_row_get_input (MASH_FORM_ROW (row))),
                   field) == 0)
      return row;

  return NULL;
}

/* The next line is typed from its beginning, unless the keyboard has gone elsewhere meanwhile. */
static void
lead_on (MashComposer *self)
{
  g_auto (GStrv) fields = g_strsplit_set (self->layout, " \n", -1);

  if (gtk_widget_get_focus_child (GTK_WIDGET (self)) == NULL)
    return;

  for (guint i = 0; fields[i] != NULL; i++)
    if (!mash_words_contain (self->stays != NULL ? self->stays : "", fields[i]))
      {
        mash_composer_focus (self, fields[i]);
        return;
      }
}

static void
on_submitted_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (MashComposer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *name = dup_loose_name (self);

  self->submitting = FALSE;
  if (!mash_service_submit_finish (MASH_SERVICE (source), result, &error))
    {
      sentence = mash_sentence_for_error (error);
      refuse (self, sentence);
      return;
    }

  refuse (self, NULL);
  if (mash_contact_part_get_page (MASH_CONTACT_PART (self)) == NULL)
    return;
  mash_contact_file_set_loose (mash_contact_part_get_file (MASH_CONTACT_PART (self)), name, NULL);
  begin (self);
  lead_on (self);
  mash_strategy_part_tell_typed (MASH_STRATEGY_PART (self));
}

static const char *
find_missing (MashComposer *self)
{
  const MashKind *kind = mash_entity_get_kind (self->entity);

  for (guint i = 0; i < kind->n_fields; i++)
    if ((kind->fields[i].needs & MASH_NEED_SAVE) &&
        mash_entity_get_value (self->entity, i) == NULL)
      return kind->fields[i].label;

  return NULL;
}

/**
 * mash_composer_add:
 * @self: a line
 *
 * Makes a record of what is typed. A refusal is shown beside it, and nothing typed is lost.
 */
void
mash_composer_add (MashComposer *self)
{
  MashContactPart *part = MASH_CONTACT_PART (self);
  g_autoptr (MashGroup) group = NULL;
  const char *missing;

  g_return_if_fail (MASH_IS_COMPOSER (self));

  if (self->submitting || self->entity == NULL)
    return;

  self->filling = TRUE;
  g_signal_emit (self, signals[ADDING], 0, self->entity);
  self->filling = FALSE;
  missing = find_missing (self);
  if (missing != NULL)
    {
      /* Translators: %s is the name of a field, such as “Note”. */
      g_autofree char *sentence = g_strdup_printf (_("Still needed: %s."), _(missing));

      refuse (self, sentence);
      return;
    }

  self->submitting = TRUE;
  group = mash_group_new ("write-discussion",
                          mash_entity_get_id (mash_contact_part_get_contact (part)));
  mash_group_take_edit (group, mash_entity_dup_edit (self->entity));
  mash_service_submit_async (mash_contact_part_get_service (part), group, NULL, on_submitted_cb,
                             g_object_ref (self));
}

static void
add_cb (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  mash_composer_add (MASH_COMPOSER (widget));
}

/* Enter ends the line wherever it is typed; in a list of choices it opens the list. */
static gboolean
on_key_cb (MashComposer    *self,
           guint            key,
           guint            code,
           GdkModifierType  modifiers)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter) ||
      (modifiers & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK)) ||
      (!GTK_IS_TEXT (focus) && !GTK_IS_TEXT_VIEW (focus)))
    return GDK_EVENT_PROPAGATE;

  mash_composer_add (self);

  return GDK_EVENT_STOP;
}

static void
mash_composer_constructed (GObject *object)
{
  MashComposer *self = MASH_COMPOSER (object);

  G_OBJECT_CLASS (mash_composer_parent_class)->constructed (object);

  self->form = g_object_new (MASH_TYPE_RECORD_FORM, "kind", self->kind, "layout", self->layout,
                             "narrow", g_strcmp0 (self->kind, "sd-action") != 0, NULL);
  gtk_box_append (GTK_BOX (self->fields), self->form);
}

static void
mash_composer_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  MashComposer *self = MASH_COMPOSER (object);

  switch (prop_id)
    {
    case PROP_KIND:
      g_value_set_string (value, self->kind);
      break;

    case PROP_LAYOUT:
      g_value_set_string (value, self->layout);
      break;

    case PROP_NOW_FIELD:
      g_value_set_string (value, self->now_field);
      break;

    case PROP_STAYS:
      g_value_set_string (value, self->stays);
      break;

    case PROP_ADD_LABEL:
      g_value_set_string (value, gtk_button_get_label (self->add));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_composer_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  MashComposer *self = MASH_COMPOSER (object);

  switch (prop_id)
    {
    case PROP_KIND:
      self->kind = g_value_dup_string (value);
      break;

    case PROP_LAYOUT:
      self->layout = g_value_dup_string (value);
      break;

    case PROP_NOW_FIELD:
      self->now_field = g_value_dup_string (value);
      break;

    case PROP_STAYS:
      self->stays = g_value_dup_string (value);
      break;

    case PROP_ADD_LABEL:
      gtk_button_set_label (self->add, g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_composer_dispose (GObject *object)
{
  MashComposer *self = MASH_COMPOSER (object);

  g_clear_object (&self->entity);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_COMPOSER);

  G_OBJECT_CLASS (mash_composer_parent_class)->dispose (object);
}

static void
mash_composer_finalize (GObject *object)
{
  MashComposer *self = MASH_COMPOSER (object);

  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->layout, g_free);
  g_clear_pointer (&self->now_field, g_free);
  g_clear_pointer (&self->stays, g_free);
  g_clear_pointer (&self->of, g_free);

  G_OBJECT_CLASS (mash_composer_parent_class)->finalize (object);
}

static void
mash_composer_class_init (MashComposerClass *klass)
{
  GParamFlags fixed = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = mash_composer_constructed;
  object_class->get_property = mash_composer_get_property;
  object_class->set_property = mash_composer_set_property;
  object_class->dispose = mash_composer_dispose;
  object_class->finalize = mash_composer_finalize;

  MASH_CONTACT_PART_CLASS (klass)->updated = mash_composer_updated;

  properties[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, fixed);
  properties[PROP_LAYOUT] = g_param_spec_string ("layout", NULL, NULL, NULL, fixed);
  properties[PROP_NOW_FIELD] = g_param_spec_string ("now-field", NULL, NULL, NULL, fixed);
  properties[PROP_STAYS] = g_param_spec_string ("stays", NULL, NULL, NULL, fixed);
  properties[PROP_ADD_LABEL] =
    g_param_spec_string ("add-label", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* What is typed may be completed before it becomes a record. */
  signals[ADDING] = g_signal_new ("adding", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, MASH_TYPE_ENTITY);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/strategy/mash-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, MashComposer, fields);
  gtk_widget_class_bind_template_child (widget_class, MashComposer, refusal);
  gtk_widget_class_bind_template_child (widget_class, MashComposer, add);
  gtk_widget_class_bind_template_callback (widget_class, on_key_cb);
  gtk_widget_class_install_action (widget_class, "composer.add", NULL, add_cb);
}

static void
mash_composer_init (MashComposer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_composer_get_entity:
 * @self: a line
 *
 * Returns: (transfer none) (nullable): what is being typed, beside the open contact
 */
MashEntity *
mash_composer_get_entity (MashComposer *self)
{
  g_return_val_if_fail (MASH_IS_COMPOSER (self), NULL);

  return self->entity;
}

/**
 * mash_composer_focus:
 * @self: a line
 * @field: a field of its layout
 *
 * Leads the keyboard to @field.
 */
void
mash_composer_focus (MashComposer *self,
                     const char   *field)
{
  GtkWidget *row;

  g_return_if_fail (MASH_IS_COMPOSER (self));

  row = find_row (self, field);
  if (row != NULL)
    gtk_widget_grab_focus (row);
}
