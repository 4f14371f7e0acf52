/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-versions-panel.h"

#include <glib/gi18n-lib.h>

#include "mash-held-focus.h"
#include "mash-strategy-frame.h"
#include "mash-version-row.h"

struct _MashVersionsPanel
{
  MashStrategyPart   parent_instance;

  /* Template children */
  MashStrategyFrame *frame;
  GtkWidget         *rows;
};

G_DEFINE_FINAL_TYPE (MashVersionsPanel, mash_versions_panel, MASH_TYPE_STRATEGY_PART)

static GPtrArray *
list_unsettled (MashVersionsPanel *self)
{
  GPtrArray *versions = mash_strategy_part_list (MASH_STRATEGY_PART (self), "sd-version");

  for (guint i = versions->len; i > 0; i--)
    {
      MashEntity *version = g_ptr_array_index (versions, i - 1);

      if (mash_entity_get_record (version) == NULL ||
          mash_entity_get_text (version, "choice") != NULL)
        g_ptr_array_remove_index (versions, i - 1);
    }

  return versions;
}

static GtkWidget *
add_row (MashVersionsPanel *self,
         MashEntity        *version,
         GtkWidget         *after)
{
  GtkWidget *row = mash_version_row_new (version);

  gtk_box_insert_child_after (GTK_BOX (self->rows), row, after);
  g_object_bind_property (self, "file", row, "file", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "discussion", row, "discussion", G_BINDING_SYNC_CREATE);

  return row;
}

/* Rows of what is unsettled still stay as they are, and with them the keyboard. */
static void
show_rows (MashVersionsPanel *self,
           GPtrArray         *versions)
{
  GtkWidget *row = gtk_widget_get_first_child (self->rows);
  GtkWidget *last = NULL;

  while (row != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (row);

      if (!g_ptr_array_find (versions, mash_version_row_get_version (MASH_VERSION_ROW (row)),
                             NULL))
        gtk_box_remove (GTK_BOX (self->rows), row);
      row = next;
    }

  row = gtk_widget_get_first_child (self->rows);
  for (guint i = 0; i < versions->len; i++)
    {
      MashEntity *version = g_ptr_array_index (versions, i);

      if (row != NULL && mash_version_row_get_version (MASH_VERSION_ROW (row)) == version)
        last = row;
      else
        last = add_row (self, version, last);
      row = gtk_widget_get_next_sibling (last);
    }
}

static void
mash_versions_panel_updated (MashContactPart *part)
{
  MashVersionsPanel *self = MASH_VERSIONS_PANEL (part);
  g_autoptr (GPtrArray) versions = NULL;
  g_autofree char *note = NULL;
  MashHeldFocus held;

  if (mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self)) == NULL)
    return;

  held = mash_held_focus_take (self->rows);
  versions = list_unsettled (self);
  show_rows (self, versions);
  mash_held_focus_give (&held);
  gtk_widget_set_visible (GTK_WIDGET (self), versions->len > 0);
  note = g_strdup_printf (ngettext ("%u part", "%u parts", versions->len), versions->len);
  mash_strategy_frame_set_note (self->frame, note);
}

static void
mash_versions_panel_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_VERSIONS_PANEL);

  G_OBJECT_CLASS (mash_versions_panel_parent_class)->dispose (object);
}

static void
mash_versions_panel_class_init (MashVersionsPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_versions_panel_dispose;
  MASH_CONTACT_PART_CLASS (klass)->updated = mash_versions_panel_updated;

  g_type_ensure (MASH_TYPE_STRATEGY_FRAME);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/strategy/mash-versions-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashVersionsPanel, frame);
  gtk_widget_class_bind_template_child (widget_class, MashVersionsPanel, rows);
}

static void
mash_versions_panel_init (MashVersionsPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
