/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-triage-panel.h"

#include <glib/gi18n-lib.h>

#include "mash-children.h"
#include "mash-conflict-panel.h"
#include "mash-family-row.h"
#include "mash-rulings.h"
#include "mash-urgency-chip.h"

struct _MashTriagePanel
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkCheckButton  *red;
  GtkCheckButton  *amber;
  GtkCheckButton  *green;
  GtkCheckButton  *blue;
  GtkEditable     *reason;
  GtkWidget       *children;
  MashConflictPanel *conflict;
  MashRulings     *rulings;

  /* Owned */
  MashEntity      *contact;
  GListModel      *rows;

  guint            busy : 1;
};

G_DEFINE_FINAL_TYPE (MashTriagePanel, mash_triage_panel, MASH_TYPE_CONTACT_PART)

enum
{
  ALTERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define LOOSE_CONTACT "triage.contact"
#define LOOSE_REASON "triage.reason"

static char *
dup_tick_name (MashFamilyRow *row)
{
  return g_strconcat ("triage.considered.",
                      mash_entity_get_id (mash_family_row_get_subject (row)), NULL);
}

static void
lay_ticks_aside (MashTriagePanel *self,
                 MashContactFile *file)
{
  GtkWidget *tick = gtk_widget_get_first_child (self->children);

  for (guint i = 0; i < g_list_model_get_n_items (self->rows) && tick != NULL; i++)
    {
      g_autoptr (MashFamilyRow) row = g_list_model_get_item (self->rows, i);
      g_autofree char *name = dup_tick_name (row);
      gboolean active = gtk_check_button_get_active (GTK_CHECK_BUTTON (tick));
      gboolean saved = mash_entity_get_flag (mash_family_row_get_subject (row), "considered");

      mash_contact_file_set_loose (file, name, active == saved ? NULL : active ? "1" : "0");
      tick = gtk_widget_get_next_sibling (tick);
    }
}

/* What stands in the panel goes into the draft: a crash or a lock before it is confirmed loses
 * none of it. */
static void
lay_aside (MashTriagePanel *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  const char *reason = gtk_editable_get_text (self->reason);

  mash_contact_file_lay_aside (file, LOOSE_CONTACT, self->contact);
  mash_contact_file_set_loose (file, LOOSE_REASON, *reason != '\0' ? reason : NULL);
  lay_ticks_aside (self, file);
}

static void
tell (MashTriagePanel *self)
{
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));

  if (self->busy || self->contact == NULL || host == NULL)
    return;

  lay_aside (self);
  mash_form_host_typed (host);
  g_signal_emit (self, signals[ALTERED], 0);
}

static void
on_urgency_cb (MashTriagePanel *self)
{
  const char *brag = gtk_check_button_get_active (self->red) ? "R" :
                     gtk_check_button_get_active (self->amber) ? "A" :
                     gtk_check_button_get_active (self->green) ? "G" :
                     gtk_check_button_get_active (self->blue) ? "B" : NULL;

  if (!self->busy && self->contact != NULL)
    mash_entity_set_text (self->contact, "brag", brag);
}

/* Urgency that was set before triage is shown: to keep it is a choice too, and is confirmed with
 * it. */
static void
show_urgency (MashTriagePanel *self)
{
  const char *brag = mash_entity_get_text (self->contact, "brag");

  self->busy = TRUE;
  gtk_check_button_set_active (self->red, g_strcmp0 (brag, "R") == 0);
  gtk_check_button_set_active (self->amber, g_strcmp0 (brag, "A") == 0);
  gtk_check_button_set_active (self->green, g_strcmp0 (brag, "G") == 0);
  gtk_check_button_set_active (self->blue, g_strcmp0 (brag, "B") == 0);
  self->busy = FALSE;
}

static void
show_children (MashTriagePanel *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));

  mash_remove_children (self->children);

  for (guint i = 0; i < g_list_model_get_n_items (self->rows); i++)
    {
      g_autoptr (MashFamilyRow) row = g_list_model_get_item (self->rows, i);
      g_autofree char *title = mash_family_row_dup_title (row);
      g_autofree char *name = dup_tick_name (row);
      GtkWidget *tick = gtk_check_button_new_with_label (title);
      const char *told = mash_contact_file_get_loose (file, name);
      gboolean saved = mash_entity_get_flag (mash_family_row_get_subject (row), "considered");

      gtk_check_button_set_active (GTK_CHECK_BUTTON (tick),
                                   told != NULL ? g_str_equal (told, "1") : saved);
      g_signal_connect_swapped (tick, "toggled", G_CALLBACK (tell), self);
      gtk_box_append (GTK_BOX (self->children), tick);
    }
}

static void
mash_triage_panel_file_set (MashContactPart *part)
{
  MashTriagePanel *self = MASH_TRIAGE_PANEL (part);
  g_autofree char *today = mash_form_host_dup_today (mash_form_host_find (GTK_WIDGET (self)));

  g_clear_object (&self->rows);
  self->rows = mash_family_list_new (mash_contact_part_get_file (part), MASH_FAMILY_CHILDREN,
                                     today);
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (show_children), self,
                           G_CONNECT_SWAPPED);
}

/* Whoever left the choice unfinished finds it again. */
static void
begin (MashTriagePanel *self,
       MashRecord      *record)
{
  self->contact = mash_entity_new_for_record (record);
  mash_contact_file_take_up (mash_contact_part_get_file (MASH_CONTACT_PART (self)), LOOSE_CONTACT,
                             self->contact);
  g_signal_connect_object (self->contact, "notify::brag", G_CALLBACK (tell), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->contact, "notify::level", G_CALLBACK (tell), self,
                           G_CONNECT_SWAPPED);
}

static void
mash_triage_panel_updated (MashContactPart *part)
{
  MashTriagePanel *self = MASH_TRIAGE_PANEL (part);
  MashContactFile *file = mash_contact_part_get_file (part);
  const char *reason;
  MashEntity *contact = mash_contact_part_get_contact (part);
  MashRecord *record = mash_entity_get_record (contact);

  if (record == NULL)
    return;

  /* What was chosen and not confirmed stays chosen when the record comes to a new revision. */
  if (self->contact == NULL)
    begin (self, record);
  self->busy = TRUE;
  mash_entity_set_record (self->contact, record);
  reason = mash_contact_file_get_loose (file, LOOSE_REASON);
  if (mash_contact_file_get_loose (file, LOOSE_CONTACT) == NULL)
    mash_entity_discard (self->contact);
  if (g_strcmp0 (gtk_editable_get_text (self->reason), reason != NULL ? reason : "") != 0)
    gtk_editable_set_text (self->reason, reason != NULL ? reason : "");
  self->busy = FALSE;
  show_urgency (self);
  show_children (self);
  mash_conflict_panel_watch (self->conflict, self->contact);
}

/* Adds to @group the tick of each child as it stands in the panel. */
static void
take_children (MashTriagePanel *self,
               MashGroup       *group)
{
  GtkWidget *tick = gtk_widget_get_first_child (self->children);

  for (guint i = 0; i < g_list_model_get_n_items (self->rows) && tick != NULL; i++)
    {
      g_autoptr (MashFamilyRow) row = g_list_model_get_item (self->rows, i);
      MashRecord *record = mash_entity_get_record (mash_family_row_get_subject (row));
      gboolean considered = gtk_check_button_get_active (GTK_CHECK_BUTTON (tick));

      if (record != NULL && considered != mash_record_get_flag (record, "considered"))
        {
          MashEdit *edit = mash_edit_new_for (record);

          mash_edit_set_flag (edit, "considered", considered);
          mash_group_take_edit (group, edit);
        }
      tick = gtk_widget_get_next_sibling (tick);
    }
}

static void
mash_triage_panel_dispose (GObject *object)
{
  MashTriagePanel *self = MASH_TRIAGE_PANEL (object);

  g_clear_object (&self->contact);
  g_clear_object (&self->rows);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_TRIAGE_PANEL);

  G_OBJECT_CLASS (mash_triage_panel_parent_class)->dispose (object);
}

static void
mash_triage_panel_class_init (MashTriagePanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MashContactPartClass *part_class = MASH_CONTACT_PART_CLASS (klass);

  object_class->dispose = mash_triage_panel_dispose;

  part_class->file_set = mash_triage_panel_file_set;
  part_class->updated = mash_triage_panel_updated;

  g_type_ensure (MASH_TYPE_CONFLICT_PANEL);
  g_type_ensure (MASH_TYPE_RULINGS);
  g_type_ensure (MASH_TYPE_URGENCY_CHIP);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-triage-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashTriagePanel, red);
  gtk_widget_class_bind_template_child (widget_class, MashTriagePanel, amber);
  gtk_widget_class_bind_template_child (widget_class, MashTriagePanel, green);
  gtk_widget_class_bind_template_child (widget_class, MashTriagePanel, blue);
  gtk_widget_class_bind_template_child (widget_class, MashTriagePanel, reason);
  gtk_widget_class_bind_template_child (widget_class, MashTriagePanel, children);
  gtk_widget_class_bind_template_child (widget_class, MashTriagePanel, conflict);
  gtk_widget_class_bind_template_child (widget_class, MashTriagePanel, rulings);
  gtk_widget_class_bind_template_callback (widget_class, on_urgency_cb);
  gtk_widget_class_bind_template_callback (widget_class, tell);

  signals[ALTERED] = g_signal_new ("altered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
mash_triage_panel_init (MashTriagePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_triage_panel_get_contact:
 * @self: the panel
 *
 * Returns: (transfer none) (nullable): what is chosen, beside the open contact: its urgency and
 *   level
 */
MashEntity *
mash_triage_panel_get_contact (MashTriagePanel *self)
{
  g_return_val_if_fail (MASH_IS_TRIAGE_PANEL (self), NULL);

  return self->contact;
}

/**
 * mash_triage_panel_dup_group:
 * @self: the panel
 *
 * Returns: (transfer full): the deed `triage` as it stands in the panel
 */
MashGroup *
mash_triage_panel_dup_group (MashTriagePanel *self)
{
  MashEntity *contact;
  MashGroup *group;
  MashEdit *edit;
  const char *reason;

  g_return_val_if_fail (MASH_IS_TRIAGE_PANEL (self), NULL);

  contact = mash_contact_part_get_contact (MASH_CONTACT_PART (self));
  group = mash_group_new ("triage", mash_entity_get_id (contact));
  edit = self->contact != NULL ? mash_entity_dup_edit (self->contact) : NULL;
  if (edit != NULL && !mash_edit_is_empty (edit))
    mash_group_take_edit (group, edit);
  else
    g_clear_pointer (&edit, mash_edit_free);
  take_children (self, group);
  reason = gtk_editable_get_text (self->reason);
  if (*reason != '\0')
    mash_group_set_reason (group, reason);

  return group;
}

void
mash_triage_panel_show_verdict (MashTriagePanel *self,
                                MashVerdict     *verdict)
{
  g_return_if_fail (MASH_IS_TRIAGE_PANEL (self));

  mash_rulings_show (self->rulings, verdict);
}
