/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-notes-panel.h"

#include <glib/gi18n-lib.h>

#include "mash-children.h"
#include "mash-composer.h"
#include "mash-set-str.h"
#include "mash-strategy-frame.h"
#include "mash-words.h"
#include "mash-work-row.h"
#include "mash-wrap-layout.h"

/* A long discussion is read from its end; the earlier notes are drawn when they are asked for, so
 * many at a time. */
#define N_SHOWN_AT_FIRST 60
#define N_SHOWN_MORE     200

struct _MashNotesPanel
{
  MashStrategyPart   parent_instance;

  /* Template children */
  MashStrategyFrame *frame;
  GtkWidget         *speakers;
  MashComposer      *composer;
  GtkListBox        *notes;
  GtkWidget         *no_notes;
  GtkWidget         *earlier;

  /* Owned */
  char              *told;     /* the agencies and notes that are drawn */

  guint              n_drawn;
  guint              n_wanted;
};

G_DEFINE_FINAL_TYPE (MashNotesPanel, mash_notes_panel, MASH_TYPE_STRATEGY_PART)

/* The keys of the desk are F1, F6, F8 and F9; F10 belongs to menus. */
static const struct
{
  guint       key;
  const char *name;
} keys[MASH_N_SPEAKER_KEYS] = {
  { GDK_KEY_F2, "F2" }, { GDK_KEY_F3, "F3" }, { GDK_KEY_F4, "F4" }, { GDK_KEY_F5, "F5" },
  { GDK_KEY_F7, "F7" }, { GDK_KEY_F11, "F11" }, { GDK_KEY_F12, "F12" },
};

guint
mash_notes_panel_get_key (guint speaker)
{
  g_return_val_if_fail (speaker < MASH_N_SPEAKER_KEYS, 0);

  return keys[speaker].key;
}

static void
clear_notes (MashNotesPanel *self)
{
  mash_remove_children (GTK_WIDGET (self->notes));
  self->n_drawn = 0;
}

static void
add_speaker (MashNotesPanel *self,
             const char     *agency,
             guint           n)
{
  const char *name = mash_strategy_part_name_agency (MASH_STRATEGY_PART (self), agency);
  g_autofree char *label = g_strdup_printf ("%s  %s", keys[n].name, name);
  /* Translators: %s is the name of an agency. */
  g_autofree char *spoken = g_strdup_printf (_("%s speaks"), name);
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_tooltip_text (button, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", n);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "notes.speak");
  gtk_widget_set_parent (button, self->speakers);
}

static void
show_speakers (MashNotesPanel *self)
{
  g_autoptr (GPtrArray) agencies = mash_strategy_part_list_agencies (MASH_STRATEGY_PART (self));

  mash_remove_children (self->speakers);
  for (guint i = 0; i < agencies->len && i < MASH_N_SPEAKER_KEYS; i++)
    add_speaker (self, g_ptr_array_index (agencies, i), i);
  gtk_widget_set_visible (self->speakers, agencies->len > 0);
}

static void
add_note (MashNotesPanel *self,
          MashEntity     *note)
{
  MashContactPart *part = MASH_CONTACT_PART (self);
  gint64 now = mash_service_get_now (mash_contact_part_get_service (part));
  const char *topic = mash_entity_get_text (note, "topic");
  g_autofree char *at = mash_words_instant (mash_entity_get_text (note, "at"), now);
  g_autofree char *second = mash_words_join (
    " · ", at,
    mash_strategy_part_name_agency (MASH_STRATEGY_PART (self),
                                    mash_entity_get_text (note, "agency")),
    topic != NULL ? mash_policy_get_label (mash_contact_part_get_policy (part), "SDTOPIC", topic)
                  : "", NULL);

  gtk_list_box_prepend (self->notes,
                        GTK_WIDGET (mash_work_row_new (mash_entity_get_text (note, "text"),
                                                       second)));
}

/* Notes are only ever added, so that those that are drawn stay as they are; one that is made void
 * is the exception. */
static void
show_notes (MashNotesPanel *self,
            GPtrArray      *notes)
{
  guint from;

  if (notes->len < self->n_drawn)
    clear_notes (self);
  from = self->n_drawn;
  if (from == 0 && notes->len > self->n_wanted)
    from = notes->len - self->n_wanted;
  if (self->n_drawn == 0)
    gtk_widget_set_visible (self->earlier, from > 0);

  for (guint i = from; i < notes->len; i++)
    add_note (self, g_ptr_array_index (notes, i));
  self->n_drawn = notes->len;
  gtk_widget_set_visible (GTK_WIDGET (self->notes), notes->len > 0);
  gtk_widget_set_visible (self->no_notes, notes->len == 0);
}

static char *
dup_told (MashNotesPanel *self)
{
  g_autoptr (GPtrArray) agencies = mash_strategy_part_list_agencies (MASH_STRATEGY_PART (self));
  MashEntity *discussion = mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self));
  GString *told = g_string_new (mash_entity_get_id (discussion));

  for (guint i = 0; i < agencies->len; i++)
    g_string_append_printf (told, " %s", (const char *) g_ptr_array_index (agencies, i));

  return g_string_free (told, FALSE);
}

static void
mash_notes_panel_updated (MashContactPart *part)
{
  MashNotesPanel *self = MASH_NOTES_PANEL (part);
  MashStrategyPart *strategy = MASH_STRATEGY_PART (self);
  g_autoptr (GPtrArray) notes = mash_strategy_part_list (strategy, "sd-note");
  g_autofree char *told = NULL;
  g_autofree char *note = NULL;

  if (mash_strategy_part_get_discussion (strategy) == NULL)
    return;

  told = dup_told (self);
  if (mash_set_str (&self->told, told))
    {
      show_speakers (self);
      clear_notes (self);
    }
  show_notes (self, notes);
  note = g_strdup_printf (ngettext ("%u note", "%u notes", notes->len), notes->len);
  mash_strategy_frame_set_note (self->frame, notes->len > 0 ? note : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->composer), mash_strategy_part_is_open (strategy));
  gtk_widget_set_visible (self->speakers, mash_strategy_part_is_open (strategy));
}

static void
speak_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  mash_notes_panel_speak (MASH_NOTES_PANEL (widget), g_variant_get_uint32 (parameter));
}

static void
earlier_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  MashNotesPanel *self = MASH_NOTES_PANEL (widget);

  self->n_wanted += N_SHOWN_MORE;
  clear_notes (self);
  mash_notes_panel_updated (MASH_CONTACT_PART (self));
}

static void
mash_notes_panel_dispose (GObject *object)
{
  MashNotesPanel *self = MASH_NOTES_PANEL (object);

  if (self->speakers != NULL)
    mash_remove_children (self->speakers);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_NOTES_PANEL);
  g_clear_pointer (&self->told, g_free);

  G_OBJECT_CLASS (mash_notes_panel_parent_class)->dispose (object);
}

static void
mash_notes_panel_class_init (MashNotesPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_notes_panel_dispose;
  MASH_CONTACT_PART_CLASS (klass)->updated = mash_notes_panel_updated;

  g_type_ensure (MASH_TYPE_COMPOSER);
  g_type_ensure (MASH_TYPE_STRATEGY_FRAME);
  g_type_ensure (MASH_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/strategy/mash-notes-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashNotesPanel, frame);
  gtk_widget_class_bind_template_child (widget_class, MashNotesPanel, speakers);
  gtk_widget_class_bind_template_child (widget_class, MashNotesPanel, composer);
  gtk_widget_class_bind_template_child (widget_class, MashNotesPanel, notes);
  gtk_widget_class_bind_template_child (widget_class, MashNotesPanel, no_notes);
  gtk_widget_class_bind_template_child (widget_class, MashNotesPanel, earlier);
  gtk_widget_class_install_action (widget_class, "notes.speak", "u", speak_cb);
  gtk_widget_class_install_action (widget_class, "notes.earlier", NULL, earlier_cb);
}

static void
mash_notes_panel_init (MashNotesPanel *self)
{
  self->n_wanted = N_SHOWN_AT_FIRST;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_notes_panel_speak:
 * @self: the panel
 * @speaker: the place of an agency in the attendance, from 0
 *
 * Begins a note of what that agency says.
 */
void
mash_notes_panel_speak (MashNotesPanel *self,
                        guint           speaker)
{
  g_autoptr (GPtrArray) agencies = NULL;
  MashEntity *entity;

  g_return_if_fail (MASH_IS_NOTES_PANEL (self));

  agencies = mash_strategy_part_list_agencies (MASH_STRATEGY_PART (self));
  entity = mash_composer_get_entity (self->composer);
  if (entity == NULL || speaker >= agencies->len ||
      !mash_strategy_part_is_open (MASH_STRATEGY_PART (self)))
    return;

  mash_entity_set_text (entity, "agency", g_ptr_array_index (agencies, speaker));
  mash_composer_focus (self->composer, "text");
}
