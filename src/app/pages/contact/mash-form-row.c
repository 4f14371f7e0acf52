/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-form-row.h"

#include <glib/gi18n-lib.h>

#include "mash-field-control.h"
#include "mash-fold.h"

struct _MashFormRow
{
  GtkWidget       parent_instance;

  /* Children */
  GtkWidget      *grid;
  GtkWidget      *caption;
  GtkWidget      *remark;
  MashFieldInput *input;

  /* Owned */
  char           *kind;
  char           *field;
  char           *label;

  guint           span;
};

G_DEFINE_FINAL_TYPE (MashFormRow, mash_form_row, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_KIND,
  PROP_FIELD,
  PROP_LABEL,
  PROP_OBJECT,
  PROP_SPAN,
  N_PROPS
};

enum
{
  WANTED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
on_remark_cb (MashFormRow *self)
{
  const char *remark = mash_field_input_get_remark (self->input);

  gtk_label_set_text (GTK_LABEL (self->remark), remark != NULL ? remark : "");
  gtk_widget_set_visible (self->remark, remark != NULL);
}

static void
on_wanted_cb (MashFormRow *self)
{
  g_signal_emit (self, signals[WANTED], 0);
}

static const char *
get_words (MashFormRow *self)
{
  const MashField *declared = mash_field_input_get_declared (self->input);

  if (self->label != NULL)
    return self->label;

  return declared != NULL ? _(declared->label) : self->field;
}

static GtkWidget *
make_label (const char *css)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, css);

  return label;
}

static void
mash_form_row_constructed (GObject *object)
{
  MashFormRow *self = MASH_FORM_ROW (object);
  gboolean is_tick;

  G_OBJECT_CLASS (mash_form_row_parent_class)->constructed (object);

  self->input = g_object_new (MASH_TYPE_FIELD_INPUT, "kind", self->kind, "field", self->field,
                              "label", self->label, "hexpand", TRUE, NULL);
  /* A caption of several lines does not stretch a line that is typed in. */
  if (mash_control_for_field (mash_field_input_get_declared (self->input), NULL) !=
      MASH_CONTROL_AREA)
    gtk_widget_set_valign (GTK_WIDGET (self->input), GTK_ALIGN_START);
  is_tick = mash_field_input_get_declared (self->input) != NULL &&
            mash_field_input_get_declared (self->input)->type == MASH_FIELD_BOOL;
  gtk_label_set_text (GTK_LABEL (self->caption), is_tick ? "" : get_words (self));
  gtk_label_set_mnemonic_widget (GTK_LABEL (self->caption), GTK_WIDGET (self->input));
  gtk_grid_attach (GTK_GRID (self->grid), GTK_WIDGET (self->input), 1, 0, (int) self->span, 1);
  gtk_grid_attach (GTK_GRID (self->grid), self->remark, 1, 1, (int) self->span, 1);
  g_signal_connect_swapped (self->input, "notify::remark", G_CALLBACK (on_remark_cb), self);
  g_signal_connect_swapped (self->input, "wanted", G_CALLBACK (on_wanted_cb), self);
}

static void
mash_form_row_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  MashFormRow *self = MASH_FORM_ROW (object);

  switch (prop_id)
    {
    case PROP_KIND:
      g_value_set_string (value, self->kind);
      break;

    case PROP_FIELD:
      g_value_set_string (value, self->field);
      break;

    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;

    case PROP_OBJECT:
      g_value_set_object (value, mash_field_input_get_object (self->input));
      break;

    case PROP_SPAN:
      g_value_set_uint (value, self->span);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_form_row_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  MashFormRow *self = MASH_FORM_ROW (object);

  switch (prop_id)
    {
    case PROP_KIND:
      self->kind = g_value_dup_string (value);
      break;

    case PROP_FIELD:
      self->field = g_value_dup_string (value);
      break;

    case PROP_LABEL:
      self->label = g_value_dup_string (value);
      break;

    case PROP_OBJECT:
      g_object_set (self->input, "object", g_value_get_object (value), NULL);
      break;

    case PROP_SPAN:
      self->span = g_value_get_uint (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
place (MashFormRow *self,
       GtkWidget   *child,
       int          column,
       int          line,
       int          width)
{
  GtkLayoutManager *manager = gtk_widget_get_layout_manager (self->grid);

  g_object_set (gtk_layout_manager_get_layout_child (manager, child),
                "column", column, "row", line, "column-span", width, NULL);
}

/* The caption stands above its input where a line has no room for both. */
static void
fold (MashFormRow *self)
{
  gboolean above = mash_fold_get (GTK_WIDGET (self)) == 2;
  int whole = (int) self->span + 1;

  place (self, self->caption, 0, 0, above ? whole : 1);
  place (self, GTK_WIDGET (self->input), above ? 0 : 1, above, above ? whole : (int) self->span);
  place (self, self->remark, above ? 0 : 1, 1 + above, above ? whole : (int) self->span);
  gtk_widget_set_visible (self->caption,
                          !above || *gtk_label_get_text (GTK_LABEL (self->caption)) != '\0');
}

static void
mash_form_row_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mash_form_row_parent_class)->root (widget);

  mash_fold_follow (widget, G_CALLBACK (fold));
}

/* As for the input alone: nobody is held in it. */
static gboolean
mash_form_row_focus (GtkWidget        *widget,
                     GtkDirectionType  direction)
{
  return gtk_widget_child_focus (MASH_FORM_ROW (widget)->grid, direction);
}

static gboolean
mash_form_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (MASH_FORM_ROW (widget)->input));
}

static void
mash_form_row_dispose (GObject *object)
{
  MashFormRow *self = MASH_FORM_ROW (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);

  G_OBJECT_CLASS (mash_form_row_parent_class)->dispose (object);
}

static void
mash_form_row_finalize (GObject *object)
{
  MashFormRow *self = MASH_FORM_ROW (object);

  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->field, g_free);
  g_clear_pointer (&self->label, g_free);

  G_OBJECT_CLASS (mash_form_row_parent_class)->finalize (object);
}

static void
mash_form_row_class_init (MashFormRowClass *klass)
{
  GParamFlags fixed = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = mash_form_row_constructed;
  object_class->dispose = mash_form_row_dispose;
  object_class->finalize = mash_form_row_finalize;
  object_class->get_property = mash_form_row_get_property;
  object_class->set_property = mash_form_row_set_property;

  widget_class->focus = mash_form_row_focus;
  widget_class->grab_focus = mash_form_row_grab_focus;
  widget_class->root = mash_form_row_root;

  properties[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, fixed);
  properties[PROP_FIELD] = g_param_spec_string ("field", NULL, NULL, NULL, fixed);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, fixed);
  properties[PROP_OBJECT] = g_param_spec_object ("object", NULL, NULL, G_TYPE_OBJECT,
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                 G_PARAM_STATIC_STRINGS);
  properties[PROP_SPAN] = g_param_spec_uint ("span", NULL, NULL, 1, 12, 2, fixed);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[WANTED] = g_signal_new ("wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "mash-form-row");
}

static void
mash_form_row_init (MashFormRow *self)
{
  self->grid = gtk_grid_new ();
  /* Captions get a share of the width rather than a width of their own: a label that wraps at a
   * fixed width would be higher than a wide line says. */
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  self->caption = make_label ("caption");
  self->remark = make_label ("remark");
  gtk_widget_set_visible (self->remark, FALSE);
  gtk_grid_attach (GTK_GRID (self->grid), self->caption, 0, 0, 1, 1);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
}

/**
 * mash_form_row_get_input:
 * @self: a form row
 *
 * Returns: (transfer none): its input
 */
MashFieldInput *
mash_form_row_get_input (MashFormRow *self)
{
  g_return_val_if_fail (MASH_IS_FORM_ROW (self), NULL);

  return self->input;
}
