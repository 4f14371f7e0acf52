/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-family-grid.h"

#include <glib/gi18n-lib.h>

#include "mash-cell.h"
#include "mash-dispose.h"
#include "mash-family-row.h"
#include "mash-field-input.h"
#include "mash-fold.h"
#include "mash-form-host.h"
#include "mash-grid-keys.h"
#include "mash-wrap-layout.h"

struct _MashFamilyGrid
{
  GtkWidget            parent_instance;

  /* Template children */
  GtkColumnView       *table;
  GtkNoSelection      *lines;
  GtkColumnViewColumn *relation;
  GtkColumnViewColumn *sex;
  GtkColumnViewColumn *ethnicity;
  GtkColumnViewColumn *school;
  GtkColumnViewColumn *responsibility;
  GtkColumnViewColumn *lives_there;

  /* Owned */
  MashContactFile     *file;

  guint                others : 1;
};

G_DEFINE_FINAL_TYPE (MashFamilyGrid, mash_family_grid, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_FILE,
  PROP_OTHERS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* What a cell is called: whose it is, and the column, in the words of the column’s head. */
static char *
name_cell (GObject    *item,
           const char *title,
           const char *column)
{
  const char *words = g_dgettext (GETTEXT_PACKAGE, column);

  if (title == NULL)
    return g_strdup (words);

  return g_strdup_printf ("%s, %s", title, words);
}

/* The button of a line names the subject that it removes. */
static GVariant *
name_target (GObject    *item,
             MashEntity *subject)
{
  return g_variant_ref_sink (g_variant_new_string (subject != NULL ? mash_entity_get_id (subject)
                                                                   : ""));
}

static char *
name_born (GObject  *item,
           gboolean  others)
{
  return g_strdup (others ? _("Born") : _("Born or due"));
}

static char *
name_add (GObject  *item,
          gboolean  others)
{
  return g_strdup (others ? _("Add a _person") : _("Add a _child"));
}

static void
fill (gpointer user_data)
{
  MashFamilyGrid *self = user_data;
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));
  g_autofree char *today = NULL;
  g_autoptr (GListModel) rows = NULL;

  if (host == NULL || self->file == NULL)
    return;

  today = mash_form_host_dup_today (host);
  rows = mash_family_list_new (self->file, self->others ? MASH_FAMILY_OTHERS : MASH_FAMILY_CHILDREN,
                               today);
  gtk_no_selection_set_model (self->lines, rows);
}

static void
focus_last (gpointer user_data)
{
  MashFamilyGrid *self = user_data;

  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    mash_grid_keys_focus_last (GTK_WIDGET (self->table));
  g_object_unref (self);
}

static void
add_line (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  MashFamilyGrid *self = MASH_FAMILY_GRID (widget);
  MashFormHost *host = mash_form_host_find (widget);

  if (self->file == NULL || host == NULL)
    return;

  mash_family_add (self->file, self->others ? MASH_ROLE_OTHER : MASH_ROLE_CHILD);
  mash_form_host_typed (host);
  /* The line exists only once the table has been laid out again. */
  g_timeout_add_once (50, focus_last, g_object_ref (self));
}

/* The table of the floor gives room to columns that are not visible, so those of the other part
 * go. */
static void
drop_columns (MashFamilyGrid *self)
{
  GtkColumnViewColumn *of_children[] = { self->sex, self->ethnicity, self->school };
  GtkColumnViewColumn *of_others[] = { self->relation, self->responsibility, self->lives_there };

  for (guint i = 0; i < 3; i++)
    gtk_column_view_remove_column (self->table, self->others ? of_children[i] : of_others[i]);
}

static void
mash_family_grid_constructed (GObject *object)
{
  G_OBJECT_CLASS (mash_family_grid_parent_class)->constructed (object);

  drop_columns (MASH_FAMILY_GRID (object));
}

/* The table scrolls sideways in itself: its columns are as wide as their words need. */
static void
fold (MashFamilyGrid *self)
{
  static const int of_children[2][7] = {
    { 112, 100, 122, 96, 140, 0, 38 }, { 112, 100, 122, 96, 140, 160, 38 },
  };
  static const int of_others[2][7] = {
    { 112, 100, 150, 122, 112, 0, 38 }, { 112, 100, 150, 122, 112, 110, 38 },
  };
  gboolean one = mash_fold_get (GTK_WIDGET (self)) == 2;

  mash_fold_scale_columns (self->table, self->others ? of_others[one] : of_children[one]);
}

static void
mash_family_grid_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mash_family_grid_parent_class)->root (widget);
  fill (widget);
  mash_fold_follow (widget, G_CALLBACK (fold));
}

static void
mash_family_grid_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  MashFamilyGrid *self = MASH_FAMILY_GRID (object);

  switch (prop_id)
    {
    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;

    case PROP_OTHERS:
      g_value_set_boolean (value, self->others);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_family_grid_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  MashFamilyGrid *self = MASH_FAMILY_GRID (object);

  switch (prop_id)
    {
    case PROP_FILE:
      if (g_set_object (&self->file, g_value_get_object (value)))
        fill (self);
      break;

    case PROP_OTHERS:
      self->others = g_value_get_boolean (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_family_grid_dispose (GObject *object)
{
  MashFamilyGrid *self = MASH_FAMILY_GRID (object);

  mash_dispose_template (GTK_WIDGET (self), MASH_TYPE_FAMILY_GRID);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (mash_family_grid_parent_class)->dispose (object);
}

static void
mash_family_grid_class_init (MashFamilyGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = mash_family_grid_constructed;
  object_class->dispose = mash_family_grid_dispose;
  object_class->get_property = mash_family_grid_get_property;
  object_class->set_property = mash_family_grid_set_property;

  widget_class->root = mash_family_grid_root;

  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, MASH_TYPE_CONTACT_FILE,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                               G_PARAM_STATIC_STRINGS);
  properties[PROP_OTHERS] = g_param_spec_boolean ("others", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                  G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (MASH_TYPE_CELL);
  g_type_ensure (MASH_TYPE_FAMILY_ROW);
  g_type_ensure (MASH_TYPE_FIELD_INPUT);
  g_type_ensure (MASH_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-family-grid.ui");
  gtk_widget_class_bind_template_child (widget_class, MashFamilyGrid, table);
  gtk_widget_class_bind_template_child (widget_class, MashFamilyGrid, lines);
  gtk_widget_class_bind_template_child (widget_class, MashFamilyGrid, relation);
  gtk_widget_class_bind_template_child (widget_class, MashFamilyGrid, sex);
  gtk_widget_class_bind_template_child (widget_class, MashFamilyGrid, ethnicity);
  gtk_widget_class_bind_template_child (widget_class, MashFamilyGrid, school);
  gtk_widget_class_bind_template_child (widget_class, MashFamilyGrid, responsibility);
  gtk_widget_class_bind_template_child (widget_class, MashFamilyGrid, lives_there);
  gtk_widget_class_bind_template_callback (widget_class, name_cell);
  gtk_widget_class_bind_template_callback (widget_class, name_target);
  gtk_widget_class_bind_template_callback (widget_class, name_born);
  gtk_widget_class_bind_template_callback (widget_class, name_add);
  gtk_widget_class_install_action (widget_class, "family.add", NULL, add_line);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mash_family_grid_init (MashFamilyGrid *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mash_grid_keys_install (GTK_WIDGET (self->table), "family.add");
}
