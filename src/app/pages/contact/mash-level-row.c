/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-level-row.h"

struct _MashLevelRow
{
  AdwBin          parent_instance;

  /* Template children */
  GtkCheckButton *choice;
  GtkLabel       *name;
  GtkLabel       *criteria;

  /* Owned */
  char           *code;
};

G_DEFINE_FINAL_TYPE (MashLevelRow, mash_level_row, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_toggled_cb (MashLevelRow *self)
{
  if (gtk_check_button_get_active (self->choice))
    gtk_widget_add_css_class (GTK_WIDGET (self), "chosen");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "chosen");
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
mash_level_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_LEVEL_ROW);

  G_OBJECT_CLASS (mash_level_row_parent_class)->dispose (object);
}

static void
mash_level_row_finalize (GObject *object)
{
  g_clear_pointer (&MASH_LEVEL_ROW (object)->code, g_free);

  G_OBJECT_CLASS (mash_level_row_parent_class)->finalize (object);
}

static void
mash_level_row_class_init (MashLevelRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_level_row_dispose;
  object_class->finalize = mash_level_row_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-level-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MashLevelRow, choice);
  gtk_widget_class_bind_template_child (widget_class, MashLevelRow, name);
  gtk_widget_class_bind_template_child (widget_class, MashLevelRow, criteria);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled_cb);
  gtk_widget_class_set_css_name (widget_class, "mash-level-row");
}

static void
mash_level_row_init (MashLevelRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_level_row_new:
 * @level: a level of the policy
 *
 * Returns: (transfer floating): the choice of it
 */
GtkWidget *
mash_level_row_new (const MashLevel *level)
{
  MashLevelRow *self = g_object_new (MASH_TYPE_LEVEL_ROW, NULL);

  self->code = g_strdup (level->code);
  gtk_label_set_text (self->name, level->name);
  gtk_label_set_text (self->criteria, level->criteria);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, level->name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, level->criteria, -1);

  return GTK_WIDGET (self);
}

void
mash_level_row_join (MashLevelRow *self,
                     MashLevelRow *group)
{
  g_return_if_fail (MASH_IS_LEVEL_ROW (self));
  g_return_if_fail (MASH_IS_LEVEL_ROW (group));

  gtk_check_button_set_group (self->choice, group->choice);
}

const char *
mash_level_row_get_code (MashLevelRow *self)
{
  g_return_val_if_fail (MASH_IS_LEVEL_ROW (self), NULL);

  return self->code;
}

gboolean
mash_level_row_get_chosen (MashLevelRow *self)
{
  g_return_val_if_fail (MASH_IS_LEVEL_ROW (self), FALSE);

  return gtk_check_button_get_active (self->choice);
}

void
mash_level_row_set_chosen (MashLevelRow *self,
                           gboolean      chosen)
{
  g_return_if_fail (MASH_IS_LEVEL_ROW (self));

  gtk_check_button_set_active (self->choice, chosen);
}
