/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "strategy-talk.h"

#include "mash-actions-panel.h"
#include "mash-children-panel.h"
#include "mash-composer.h"
#include "mash-field-input.h"
#include "mash-form-host.h"
#include "mash-notes-panel.h"
#include "mash-passphrase-entry.h"
#include "mash-time.h"

#define NOTE  "Two calls to the address since June."
#define VIEW  "We want the younger child included today."

void
talk_set_up (Talk         *talk,
             gconstpointer who)
{
  store_fixture_set_up (&talk->desk.hub, "partners");
  talk->contact = store_fixture_contact (&talk->desk.hub, "Sam", "Marsh", "2019-03-04");
  desk_open (&talk->desk, who);
  desk_open_contact (&talk->desk, talk->contact, "strategy");
}

void
talk_tear_down (Talk         *talk,
                gconstpointer who)
{
  g_clear_pointer (&talk->contact, g_free);
  g_clear_pointer (&talk->far, g_free);
  desk_tear_down (&talk->desk, who);
}

MashStrategyTab *
talk_get_tab (Talk *talk)
{
  return talk->desk.page->strategy;
}

MashEntity *
talk_get_discussion (Talk *talk)
{
  return mash_strategy_part_get_discussion (MASH_STRATEGY_PART (talk_get_tab (talk)));
}

gboolean
talk_is_in (Talk       *talk,
            const char *state)
{
  return g_strcmp0 (mash_strategy_part_get_state (MASH_STRATEGY_PART (talk_get_tab (talk))),
                    state) == 0;
}

/* How many records of the discussion are saved, those with something in @field. */
guint
talk_count_saved (Talk       *talk,
                  const char *kind,
                  const char *field)
{
  g_autoptr (GPtrArray) list = mash_strategy_part_list (
    MASH_STRATEGY_PART (talk_get_tab (talk)), kind);
  guint n = 0;

  for (guint i = 0; i < list->len; i++)
    {
      MashEntity *entity = g_ptr_array_index (list, i);

      n += mash_entity_get_record (entity) != NULL && !mash_entity_get_changed (entity) &&
           mash_entity_get_text (entity, field) != NULL;
    }

  return n;
}

GtkWidget *
talk_get_bar (Talk *talk)
{
  return desk_find (talk->desk.page, MASH_TYPE_DEED_BAR);
}

/* Fills a field as what is typed or chosen there does. */
void
talk_fill (gpointer    root,
           const char *field,
           const char *value)
{
  GtkWidget *input = desk_find_field (root, field);
  GObject *object;

  g_assert_nonnull (input);
  object = mash_field_input_get_object (MASH_FIELD_INPUT (input));
  if (object == NULL)
    {
      g_signal_emit_by_name (input, "wanted");
      object = mash_field_input_get_object (MASH_FIELD_INPUT (input));
    }
  g_object_set (object, field, value, NULL);
}

void
talk_begin (Talk       *talk,
            const char *deed)
{
  until (!mash_deed_bar_is_open (talk->desk.page->deed_bar));
  settle (talk->desk.service);
  gtk_widget_activate_action (GTK_WIDGET (talk->desk.page), "contact.deed", "s", deed);
}

void
talk_confirm (Talk *talk)
{
  GtkWidget *button = desk_part (talk_get_bar (talk), MASH_TYPE_DEED_BAR, "confirm");

  mash_form_host_typed (MASH_FORM_HOST (talk->desk.page));
  until (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* The time in the hub, some minutes ago. */
char *
talk_dup_ago (Talk *talk,
              int   minutes)
{
  return mash_time_format (mash_service_get_now (talk->desk.service) -
                           minutes * (gint64) 60 * G_USEC_PER_SEC);
}

void
talk_start (Talk *talk)
{
  g_autofree char *need = talk_dup_ago (talk, 20);

  g_assert_null (talk_get_discussion (talk));
  talk_begin (talk, "start-discussion");
  until (desk_find_field (talk_get_bar (talk), "trigger") != NULL);
  talk_fill (talk_get_bar (talk), "trigger", "NEWREF");
  talk_fill (talk_get_bar (talk), "mode", "MIXED");
  talk_fill (talk_get_bar (talk), "need-identified-at", need);
  desk_take_picture (&talk->desk, "strategy-start");
  talk_confirm (talk);
  until (talk_is_in (talk, "PROGRESS"));
  until (talk_count_saved (talk, "sd-participant", "staff") == 3);
}

void
talk_attend (Talk *talk)
{
  g_autoptr (GPtrArray) people = mash_strategy_part_list (MASH_STRATEGY_PART (talk_get_tab (talk)),
                                                          "sd-participant");

  for (guint i = 0; i < people->len; i++)
    {
      mash_entity_set_text (g_ptr_array_index (people, i), "attended", "PRESENT");
      mash_entity_set_flag (g_ptr_array_index (people, i), "senior", TRUE);
    }
  mash_form_host_typed (MASH_FORM_HOST (talk->desk.page));
  mash_page_save_now (MASH_PAGE (talk->desk.page));
  /* Whoever is there came now. */
  until (talk_count_saved (talk, "sd-participant", "arrived-at") == 3);
}

void
talk_note (Talk *talk)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (talk_get_tab (talk)));
  GtkWidget *panel = desk_find (talk->desk.page, MASH_TYPE_NOTES_PANEL);
  GtkWidget *composer = desk_find (panel, MASH_TYPE_COMPOSER);

  mash_strategy_tab_speak (talk_get_tab (talk), 1);
  g_assert_nonnull (mash_entity_get_text (mash_composer_get_entity (MASH_COMPOSER (composer)),
                                          "agency"));
  /* Who speaks is no note yet. */
  g_assert_null (mash_contact_file_get_loose (file, "sd-note.composed"));
  talk_fill (composer, "text", NOTE);
  g_assert_nonnull (mash_contact_file_get_loose (file, "sd-note.composed"));
  mash_composer_add (MASH_COMPOSER (composer));
  until (talk_count_saved (talk, "sd-note", "text") == 1);
}

void
talk_act (Talk *talk)
{
  GtkWidget *panel = desk_find (talk->desk.page, MASH_TYPE_ACTIONS_PANEL);
  GtkWidget *composer = desk_find (panel, MASH_TYPE_COMPOSER);
  g_autofree char *due = talk_dup_ago (talk, -120);

  talk_fill (composer, "what", "See Sam alone at school");
  talk_fill (composer, "owner", "Aled Sorrel");
  talk_fill (composer, "owner-agency", talk->desk.hub.agency);
  talk_fill (composer, "due-at", due);
  mash_composer_add (MASH_COMPOSER (composer));
  until (talk_count_saved (talk, "sd-action", "number") == 1);
}

void
talk_decide (Talk       *talk,
             const char *met,
             const char *decision)
{
  GtkWidget *panel = desk_find (talk->desk.page, MASH_TYPE_CHILDREN_PANEL);

  talk_fill (panel, "threshold-met", met);
  talk_fill (panel, "decision", decision);
  talk_fill (panel, "lead-agency", talk->desk.hub.agency);
  talk_fill (panel, "lead-worker", "Aled Sorrel");
  talk_fill (panel, "siblings-considered", "No brothers or sisters");
  talk_fill (panel, "seen-alone-plan", "At school, before he goes home");
  talk_fill (panel, "safety", "With his grandmother tonight");
  talk_fill (panel, "rationale", "The account fits the mark");
  mash_form_host_typed (MASH_FORM_HOST (talk->desk.page));
  mash_page_save_now (MASH_PAGE (talk->desk.page));
  until (talk_count_saved (talk, "sd-child", "rationale") == 1);
}

void
talk_give_views (Talk *talk,
                 guint dissents)
{
  g_autoptr (GPtrArray) agencies =
    mash_strategy_part_list_agencies (MASH_STRATEGY_PART (talk_get_tab (talk)));

  for (guint i = 0; i < agencies->len; i++)
    {
      MashEntity *view = mash_strategy_part_add (MASH_STRATEGY_PART (talk_get_tab (talk)),
                                                 "sd-view");

      mash_entity_set_text (view, "agency", g_ptr_array_index (agencies, i));
      mash_entity_set_text (view, "position", i == dissents ? "DISS" : "AGREE");
      mash_entity_set_text (view, "text", i == dissents ? VIEW : NULL);
    }
  mash_form_host_typed (MASH_FORM_HOST (talk->desk.page));
  mash_page_save_now (MASH_PAGE (talk->desk.page));
  until (talk_count_saved (talk, "sd-view", "position") == agencies->len);
}

void
talk_finish (Talk *talk)
{
  g_autofree char *deed = g_strdup_printf ("finish-discussion %s",
                                           mash_entity_get_id (talk_get_discussion (talk)));
  g_autofree char *ask = g_strdup_printf ("ask-to-sign %s",
                                          mash_entity_get_id (talk_get_discussion (talk)));

  talk_begin (talk, deed);
  until (desk_find_field (talk_get_bar (talk), "ended-at") != NULL);
  talk_confirm (talk);
  until (talk_is_in (talk, "RECORDED"));
  talk_begin (talk, ask);
  until (talk_is_in (talk, "SIGNING"));
  until (talk_count_saved (talk, "sd-request", "asked-at") >= 3);
}

/* The first request that whoever is signed in may answer, as the panel offers it. */
void
talk_sign (Talk       *talk,
           const char *capacity,
           const char *deed,
           const char *reason)
{
  g_autoptr (GPtrArray) requests = mash_strategy_part_list (
    MASH_STRATEGY_PART (talk_get_tab (talk)), "sd-request");
  guint before = talk_count_saved (talk, "sd-request", "answered-at");

  for (guint i = 0; i < requests->len; i++)
    {
      MashEntity *request = g_ptr_array_index (requests, i);
      g_autofree char *target = g_strdup_printf ("%s %s", deed, mash_entity_get_id (request));
      GtkWidget *passphrase;

      if (g_strcmp0 (mash_entity_get_text (request, "capacity"), capacity) != 0)
        continue;
      if (mash_entity_get_text (request, "answer") != NULL ||
          mash_entity_get_int (request, "rev") !=
          mash_entity_get_int (talk_get_discussion (talk), "rev"))
        continue;
      talk_begin (talk, target);
      if (reason != NULL)
        gtk_editable_set_text (desk_part (talk_get_bar (talk), MASH_TYPE_DEED_BAR, "reason"),
                               reason);
      passphrase = desk_find (talk_get_bar (talk), MASH_TYPE_PASSPHRASE_ENTRY);
      gtk_editable_set_text (GTK_EDITABLE (desk_find (passphrase, GTK_TYPE_PASSWORD_ENTRY)),
                             FIXTURE_PASSPHRASE);
      talk_confirm (talk);
      until (talk_count_saved (talk, "sd-request", "answered-at") == before + 1);
      return;
    }
  g_assert_not_reached ();
}

void
talk_go_on_as (Talk       *talk,
               const char *who)
{
  desk_lock (&talk->desk);
  desk_sign_in (&talk->desk, who);
  desk_open_contact (&talk->desk, talk->contact, "strategy");
}
