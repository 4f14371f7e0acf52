/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-attendance-panel.h"

#include <glib/gi18n-lib.h>

#include "mash-attendance-row.h"
#include "mash-composer.h"
#include "mash-quorum-light.h"
#include "mash-strategy-frame.h"

struct _MashAttendancePanel
{
  MashStrategyPart   parent_instance;

  /* Template children */
  MashStrategyFrame *frame;
  GtkWidget         *rows;
  GtkWidget         *nobody;
  GtkWidget         *composer;
};

G_DEFINE_FINAL_TYPE (MashAttendancePanel, mash_attendance_panel, MASH_TYPE_STRATEGY_PART)

/* Keeps the rows that are there and gives each its participant, so that the focus stays where it
 * is when somebody joins. */
static void
mash_attendance_panel_updated (MashContactPart *part)
{
  MashAttendancePanel *self = MASH_ATTENDANCE_PANEL (part);
  MashStrategyPart *strategy = MASH_STRATEGY_PART (self);
  g_autoptr (GPtrArray) people = NULL;
  GtkWidget *row = gtk_widget_get_first_child (self->rows);

  if (mash_strategy_part_get_discussion (strategy) == NULL)
    return;

  people = mash_strategy_part_list (strategy, "sd-participant");
  for (guint i = 0; i < people->len; i++)
    {
      if (row == NULL)
        {
          row = mash_attendance_row_new ();
          gtk_box_append (GTK_BOX (self->rows), row);
        }
      mash_attendance_row_set_entity (MASH_ATTENDANCE_ROW (row), g_ptr_array_index (people, i));
      row = gtk_widget_get_next_sibling (row);
    }
  while (row != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (row);

      gtk_box_remove (GTK_BOX (self->rows), row);
      row = next;
    }
  gtk_widget_set_visible (self->nobody, people->len == 0);
  gtk_widget_set_sensitive (self->rows, mash_strategy_part_is_open (strategy));
  gtk_widget_set_visible (self->composer, mash_strategy_part_is_open (strategy));
}

static void
on_adding_cb (MashAttendancePanel *self,
              MashEntity          *participant)
{
  MashService *service = mash_contact_part_get_service (MASH_CONTACT_PART (self));

  mash_attendance_note_arrival (participant, mash_service_get_now (service));
}

static void
mash_attendance_panel_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_ATTENDANCE_PANEL);

  G_OBJECT_CLASS (mash_attendance_panel_parent_class)->dispose (object);
}

static void
mash_attendance_panel_class_init (MashAttendancePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_attendance_panel_dispose;
  MASH_CONTACT_PART_CLASS (klass)->updated = mash_attendance_panel_updated;

  g_type_ensure (MASH_TYPE_COMPOSER);
  g_type_ensure (MASH_TYPE_QUORUM_LIGHT);
  g_type_ensure (MASH_TYPE_STRATEGY_FRAME);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/strategy/mash-attendance-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashAttendancePanel, frame);
  gtk_widget_class_bind_template_child (widget_class, MashAttendancePanel, rows);
  gtk_widget_class_bind_template_child (widget_class, MashAttendancePanel, nobody);
  gtk_widget_class_bind_template_child (widget_class, MashAttendancePanel, composer);
  gtk_widget_class_bind_template_callback (widget_class, on_adding_cb);
}

static void
mash_attendance_panel_init (MashAttendancePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
