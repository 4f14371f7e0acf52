/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-record-form.h"

#include <string.h>

#include "mash-fold.h"
#include "mash-form-row.h"

struct _MashRecordForm
{
  GtkWidget   parent_instance;

  /* Children */
  GtkWidget  *grid;

  /* Owned */
  char       *kind;
  char       *layout;
  MashEntity *entity;

  guint       narrow : 1;
};

G_DEFINE_FINAL_TYPE (MashRecordForm, mash_record_form, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_KIND,
  PROP_LAYOUT,
  PROP_ENTITY,
  PROP_NARROW,
  N_PROPS
};

enum
{
  WANTED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* What is asked for only where another field of the record says something. */
static const struct
{
  const char *kind;
  const char *field;
  const char *by;
  const char *value;
} conditions[] = {
  { "disposal", "linked-contact", "outcome", "O08" },
};

static void
show_conditional (MashRecordForm *self)
{
  GtkWidget *row = gtk_widget_get_first_child (self->grid);

  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      g_autofree char *field = NULL;

      g_object_get (row, "field", &field, NULL);
      for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
        if (g_strcmp0 (conditions[i].kind, self->kind) == 0 &&
            g_strcmp0 (conditions[i].field, field) == 0)
          gtk_widget_set_visible (row, self->entity != NULL &&
                                       g_strcmp0 (mash_entity_get_text (self->entity,
                                                                        conditions[i].by),
                                                  conditions[i].value) == 0);
    }
}

static void
on_wanted_cb (MashRecordForm *self)
{
  g_signal_emit (self, signals[WANTED], 0);
}

static void
add_row (MashRecordForm *self,
         const char     *field,
         int             column,
         int             line,
         int             width)
{
  /* Two short lines are as wide as a long one, and all inputs on the left begin at one edge. */
  GtkWidget *row = g_object_new (MASH_TYPE_FORM_ROW, "kind", self->kind, "field", field,
                                 "hexpand", TRUE, "span", width == 2 && !self->narrow ? 5 : 2,
                                 "margin-start", column == 1 ? 16 : 0, NULL);

  g_object_bind_property (self, "entity", row, "object", G_BINDING_SYNC_CREATE);
  g_signal_connect_swapped (row, "wanted", G_CALLBACK (on_wanted_cb), self);
  gtk_grid_attach (GTK_GRID (self->grid), row, column, line, width, 1);
}

static void
mash_record_form_constructed (GObject *object)
{
  MashRecordForm *self = MASH_RECORD_FORM (object);
  g_auto (GStrv) lines = g_strsplit (self->layout != NULL ? self->layout : "", "\n", -1);
  int line = 0;

  G_OBJECT_CLASS (mash_record_form_parent_class)->constructed (object);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (g_strstrip (lines[i]), " ", 2);

      if (fields[0] == NULL || *fields[0] == '\0')
        continue;
      add_row (self, fields[0], 0, line, fields[1] != NULL ? 1 : 2);
      if (fields[1] != NULL)
        add_row (self, fields[1], 1, line, 1);
      line++;
    }
}

static void
place (MashRecordForm *self,
       GtkWidget      *row,
       int             column,
       int             line,
       int             width)
{
  GtkLayoutManager *manager = gtk_widget_get_layout_manager (self->grid);

  gtk_widget_set_margin_start (row, column == 1 ? 16 : 0);
  g_object_set (gtk_layout_manager_get_layout_child (manager, row),
                "column", column, "row", line, "column-span", width, NULL);
}

/* Two fields share a line where there is room for two, in the order of the layout always. */
static void
fold (MashRecordForm *self)
{
  gboolean one = mash_fold_get (GTK_WIDGET (self)) == 2;
  g_auto (GStrv) lines = g_strsplit (self->layout != NULL ? self->layout : "", "\n", -1);
  GtkWidget *row = gtk_widget_get_first_child (self->grid);
  int line = 0;

  for (guint i = 0; lines[i] != NULL && row != NULL; i++)
    {
      gboolean pair = strchr (g_strstrip (lines[i]), ' ') != NULL;

      if (*lines[i] == '\0')
        continue;
      place (self, row, 0, line++, pair && !one ? 1 : 2);
      row = gtk_widget_get_next_sibling (row);
      if (pair && row != NULL)
        {
          place (self, row, one ? 0 : 1, one ? line++ : line - 1, one ? 2 : 1);
          row = gtk_widget_get_next_sibling (row);
        }
    }
}

static void
mash_record_form_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mash_record_form_parent_class)->root (widget);

  mash_fold_follow (widget, G_CALLBACK (fold));
}

static void
mash_record_form_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  MashRecordForm *self = MASH_RECORD_FORM (object);

  switch (prop_id)
    {
    case PROP_KIND:
      g_value_set_string (value, self->kind);
      break;

    case PROP_LAYOUT:
      g_value_set_string (value, self->layout);
      break;

    case PROP_ENTITY:
      g_value_set_object (value, self->entity);
      break;

    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_record_form_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  MashRecordForm *self = MASH_RECORD_FORM (object);

  switch (prop_id)
    {
    case PROP_KIND:
      self->kind = g_value_dup_string (value);
      break;

    case PROP_LAYOUT:
      self->layout = g_value_dup_string (value);
      break;

    case PROP_ENTITY:
      mash_record_form_set_entity (self, g_value_get_object (value));
      break;

    case PROP_NARROW:
      self->narrow = g_value_get_boolean (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_record_form_dispose (GObject *object)
{
  MashRecordForm *self = MASH_RECORD_FORM (object);

  if (self->entity != NULL)
    g_signal_handlers_disconnect_by_func (self->entity, show_conditional, self);
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_object (&self->entity);

  G_OBJECT_CLASS (mash_record_form_parent_class)->dispose (object);
}

static void
mash_record_form_finalize (GObject *object)
{
  MashRecordForm *self = MASH_RECORD_FORM (object);

  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->layout, g_free);

  G_OBJECT_CLASS (mash_record_form_parent_class)->finalize (object);
}

static void
mash_record_form_class_init (MashRecordFormClass *klass)
{
  GParamFlags fixed = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = mash_record_form_constructed;
  object_class->dispose = mash_record_form_dispose;
  object_class->finalize = mash_record_form_finalize;
  object_class->get_property = mash_record_form_get_property;
  object_class->set_property = mash_record_form_set_property;

  widget_class->root = mash_record_form_root;

  properties[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, fixed);
  properties[PROP_LAYOUT] = g_param_spec_string ("layout", NULL, NULL, NULL, fixed);
  properties[PROP_ENTITY] = g_param_spec_object ("entity", NULL, NULL, MASH_TYPE_ENTITY,
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                 G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, fixed);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[WANTED] = g_signal_new ("wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "mash-record-form");
}

static void
mash_record_form_init (MashRecordForm *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 8);
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "mash-form");
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
}

GtkWidget *
mash_record_form_new (const char *kind,
                      const char *layout)
{
  return g_object_new (MASH_TYPE_RECORD_FORM, "kind", kind, "layout", layout, NULL);
}

MashEntity *
mash_record_form_get_entity (MashRecordForm *self)
{
  g_return_val_if_fail (MASH_IS_RECORD_FORM (self), NULL);

  return self->entity;
}

/**
 * mash_record_form_set_entity:
 * @self: a form
 * @entity: (nullable): the record that it shows from now on
 */
void
mash_record_form_set_entity (MashRecordForm *self,
                             MashEntity     *entity)
{
  g_return_if_fail (MASH_IS_RECORD_FORM (self));

  if (self->entity != NULL)
    g_signal_handlers_disconnect_by_func (self->entity, show_conditional, self);
  if (g_set_object (&self->entity, entity))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENTITY]);
  if (self->entity != NULL)
    g_signal_connect_object (self->entity, "notify", G_CALLBACK (show_conditional), self,
                             G_CONNECT_SWAPPED);
  show_conditional (self);
}
