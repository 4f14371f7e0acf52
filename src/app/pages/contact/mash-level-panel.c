/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-level-panel.h"

#include <glib/gi18n-lib.h>

#include "mash-level-row.h"
#include "mash-set-str.h"

struct _MashLevelPanel
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkLabel        *version;
  GtkWidget       *levels;

  /* Owned */
  MashEntity      *entity;
  char            *field;

  guint            busy : 1;
};

G_DEFINE_FINAL_TYPE (MashLevelPanel, mash_level_panel, MASH_TYPE_CONTACT_PART)

enum
{
  ALTERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_level (MashLevelPanel *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));

  if (self->entity != NULL)
    return mash_entity_get_text (self->entity, self->field);

  return mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (file)), "level");
}

static void
show_level (MashLevelPanel *self)
{
  const char *level = get_level (self);

  self->busy = TRUE;
  for (GtkWidget *row = gtk_widget_get_first_child (self->levels); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      const char *code = mash_level_row_get_code (MASH_LEVEL_ROW (row));

      mash_level_row_set_chosen (MASH_LEVEL_ROW (row), g_strcmp0 (code, level) == 0);
      gtk_widget_set_can_focus (row, self->entity != NULL);
      gtk_widget_set_can_target (row, self->entity != NULL);
    }
  self->busy = FALSE;
}

static void
on_chosen_cb (MashLevelPanel *self,
              MashLevelRow   *row)
{
  if (self->busy || self->entity == NULL || !mash_level_row_get_chosen (row))
    return;

  mash_entity_set_text (self->entity, self->field, mash_level_row_get_code (row));
  show_level (self);
  g_signal_emit (self, signals[ALTERED], 0);
}

static void
mash_level_panel_file_set (MashContactPart *part)
{
  MashLevelPanel *self = MASH_LEVEL_PANEL (part);
  MashPolicy *policy = mash_contact_part_get_policy (part);
  g_autofree char *version = g_strdup_printf (_("Criteria version %s"),
                                              mash_policy_get_criteria_version (policy));
  guint n_levels;
  const MashLevel *levels = mash_policy_list_levels (policy, &n_levels);
  GtkWidget *first = gtk_widget_get_first_child (self->levels);

  gtk_label_set_text (self->version, version);
  if (first != NULL)
    return;

  for (guint i = 0; i < n_levels; i++)
    {
      GtkWidget *row = mash_level_row_new (&levels[i]);

      if (first == NULL)
        first = row;
      else
        mash_level_row_join (MASH_LEVEL_ROW (row), MASH_LEVEL_ROW (first));
      g_signal_connect_swapped (row, "chosen", G_CALLBACK (on_chosen_cb), self);
      gtk_box_append (GTK_BOX (self->levels), row);
    }
}

static void
mash_level_panel_updated (MashContactPart *part)
{
  show_level (MASH_LEVEL_PANEL (part));
}

static void
mash_level_panel_dispose (GObject *object)
{
  MashLevelPanel *self = MASH_LEVEL_PANEL (object);

  g_clear_object (&self->entity);
  g_clear_pointer (&self->field, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_LEVEL_PANEL);

  G_OBJECT_CLASS (mash_level_panel_parent_class)->dispose (object);
}

static void
mash_level_panel_class_init (MashLevelPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MashContactPartClass *part_class = MASH_CONTACT_PART_CLASS (klass);

  object_class->dispose = mash_level_panel_dispose;

  part_class->file_set = mash_level_panel_file_set;
  part_class->updated = mash_level_panel_updated;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-level-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashLevelPanel, version);
  gtk_widget_class_bind_template_child (widget_class, MashLevelPanel, levels);

  signals[ALTERED] = g_signal_new ("altered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
mash_level_panel_init (MashLevelPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_level_panel_bind:
 * @self: the panel
 * @entity: (nullable): what the choice is written to; %NULL: nothing, the contact’s level is only
 *   shown
 * @field: (nullable): the field of @entity
 */
void
mash_level_panel_bind (MashLevelPanel *self,
                       MashEntity     *entity,
                       const char     *field)
{
  g_return_if_fail (MASH_IS_LEVEL_PANEL (self));

  g_set_object (&self->entity, entity);
  mash_set_str (&self->field, field);
  if (mash_contact_part_get_file (MASH_CONTACT_PART (self)) != NULL)
    show_level (self);
}
