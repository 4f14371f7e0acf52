/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "desk-fixture.h"
#include "mash-actions-panel.h"
#include "mash-children-panel.h"
#include "mash-circulation-panel.h"
#include "mash-circulation-window.h"
#include "mash-composer.h"
#include "mash-field-input.h"
#include "mash-form-host.h"
#include "mash-notes-panel.h"
#include "mash-paper-view.h"
#include "mash-passphrase-entry.h"
#include "mash-quorum-light.h"
#include "mash-strategy-tab.h"
#include "mash-time.h"

#define NOTE  "Two calls to the address since June."
#define KNOWN "Two officers saw a rucksack in the hall that night."
#define VIEW  "We want the younger child included today."

/* A strategy discussion on the hub of the store’s tests, where police and health work too. */
typedef struct
{
  Desk  desk;
  char *contact;
} Talk;

static void
set_up (Talk          *talk,
        gconstpointer  who)
{
  store_fixture_set_up (&talk->desk.hub, "partners");
  talk->contact = store_fixture_contact (&talk->desk.hub, "Sam", "Marsh", "2019-03-04");
  desk_open (&talk->desk, who);
  desk_open_contact (&talk->desk, talk->contact, "strategy");
}

static void
tear_down (Talk          *talk,
           gconstpointer  who)
{
  g_clear_pointer (&talk->contact, g_free);
  desk_tear_down (&talk->desk, who);
}

static MashStrategyTab *
get_tab (Talk *talk)
{
  return talk->desk.page->strategy;
}

static MashEntity *
get_discussion (Talk *talk)
{
  return mash_strategy_part_get_discussion (MASH_STRATEGY_PART (get_tab (talk)));
}

static gboolean
is_in (Talk       *talk,
       const char *state)
{
  return g_strcmp0 (mash_strategy_part_get_state (MASH_STRATEGY_PART (get_tab (talk))),
                    state) == 0;
}

/* How many records of the discussion are saved, those with something in @field. */
static guint
count_saved (Talk       *talk,
             const char *kind,
             const char *field)
{
  g_autoptr (GPtrArray) list = mash_strategy_part_list (MASH_STRATEGY_PART (get_tab (talk)), kind);
  guint n = 0;

  for (guint i = 0; i < list->len; i++)
    {
      MashEntity *entity = g_ptr_array_index (list, i);

      n += mash_entity_get_record (entity) != NULL && !mash_entity_get_changed (entity) &&
           mash_entity_get_text (entity, field) != NULL;
    }

  return n;
}

static GtkWidget *
get_bar (Talk *talk)
{
  return desk_find (talk->desk.page, MASH_TYPE_DEED_BAR);
}

/* Fills a field as what is typed or chosen there does. */
static void
fill (gpointer    root,
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

static void
begin (Talk       *talk,
       const char *deed)
{
  until (!mash_deed_bar_is_open (talk->desk.page->deed_bar));
  settle (talk->desk.service);
  gtk_widget_activate_action (GTK_WIDGET (talk->desk.page), "contact.deed", "s", deed);
}

static void
confirm (Talk *talk)
{
  GtkWidget *button = desk_part (get_bar (talk), MASH_TYPE_DEED_BAR, "confirm");

  mash_form_host_typed (MASH_FORM_HOST (talk->desk.page));
  until (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* The time in the hub, some minutes ago. */
static char *
dup_ago (Talk *talk,
         int   minutes)
{
  return mash_time_format (mash_service_get_now (talk->desk.service) -
                           minutes * (gint64) 60 * G_USEC_PER_SEC);
}

static void
start (Talk *talk)
{
  g_autofree char *need = dup_ago (talk, 20);

  g_assert_null (get_discussion (talk));
  begin (talk, "start-discussion");
  until (desk_find_field (get_bar (talk), "trigger") != NULL);
  fill (get_bar (talk), "trigger", "NEWREF");
  fill (get_bar (talk), "mode", "MIXED");
  fill (get_bar (talk), "need-identified-at", need);
  desk_take_picture (&talk->desk, "strategy-start");
  confirm (talk);
  until (is_in (talk, "PROGRESS"));
  until (count_saved (talk, "sd-participant", "staff") == 3);
}

/* Nobody is said to be there, nothing decided and nothing thought before somebody says so. */
static void
test_begins_empty (Talk          *talk,
                   gconstpointer  who)
{
  start (talk);
  g_assert_cmpuint (count_saved (talk, "sd-participant", "attended"), ==, 0);
  g_assert_cmpuint (count_saved (talk, "sd-child", "decision"), ==, 0);
  g_assert_cmpuint (count_saved (talk, "sd-child", "threshold-met"), ==, 0);
  g_assert_cmpuint (count_saved (talk, "sd-view", "position"), ==, 0);
  g_assert_cmpuint (count_saved (talk, "sd-request", "asked-at"), ==, 0);
  desk_look_around (&talk->desk, "strategy", NULL);
}

static void
attend (Talk *talk)
{
  g_autoptr (GPtrArray) people = mash_strategy_part_list (MASH_STRATEGY_PART (get_tab (talk)),
                                                          "sd-participant");

  for (guint i = 0; i < people->len; i++)
    {
      mash_entity_set_text (g_ptr_array_index (people, i), "attended", "PRESENT");
      mash_entity_set_flag (g_ptr_array_index (people, i), "senior", TRUE);
    }
  mash_form_host_typed (MASH_FORM_HOST (talk->desk.page));
  mash_page_save_now (MASH_PAGE (talk->desk.page));
  /* Whoever is there came now. */
  until (count_saved (talk, "sd-participant", "arrived-at") == 3);
}

static void
note (Talk *talk)
{
  GtkWidget *panel = desk_find (talk->desk.page, MASH_TYPE_NOTES_PANEL);
  GtkWidget *composer = desk_find (panel, MASH_TYPE_COMPOSER);

  mash_strategy_tab_speak (get_tab (talk), 1);
  g_assert_nonnull (mash_entity_get_text (mash_composer_get_entity (MASH_COMPOSER (composer)),
                                          "agency"));
  fill (composer, "text", NOTE);
  mash_composer_add (MASH_COMPOSER (composer));
  until (count_saved (talk, "sd-note", "text") == 1);
}

/* The police say something by telephone that they want to be asked about. */
static void
inform (Talk *talk)
{
  MashEntity *paragraph = mash_strategy_part_add (MASH_STRATEGY_PART (get_tab (talk)),
                                                  "sd-paragraph");

  mash_entity_set_text (paragraph, "agency", talk->desk.hub.police);
  mash_entity_set_text (paragraph, "text", KNOWN);
  mash_entity_set_text (paragraph, "basis", "FACT");
  mash_entity_set_text (paragraph, "source", "2");
  mash_entity_set_text (paragraph, "reliability", "B");
  mash_entity_set_text (paragraph, "condition", "C");
  mash_entity_set_text (paragraph, "conditions", "Ask us first");
  mash_form_host_typed (MASH_FORM_HOST (talk->desk.page));
  mash_page_save_now (MASH_PAGE (talk->desk.page));
  until (count_saved (talk, "sd-paragraph", "text-hash") == 1);
}

static void
act (Talk *talk)
{
  GtkWidget *panel = desk_find (talk->desk.page, MASH_TYPE_ACTIONS_PANEL);
  GtkWidget *composer = desk_find (panel, MASH_TYPE_COMPOSER);
  g_autofree char *due = dup_ago (talk, -120);

  fill (composer, "what", "See Sam alone at school");
  fill (composer, "owner", "Aled Sorrel");
  fill (composer, "owner-agency", talk->desk.hub.agency);
  fill (composer, "due-at", due);
  mash_composer_add (MASH_COMPOSER (composer));
  until (count_saved (talk, "sd-action", "number") == 1);
}

static void
decide (Talk *talk)
{
  GtkWidget *panel = desk_find (talk->desk.page, MASH_TYPE_CHILDREN_PANEL);

  fill (panel, "threshold-met", "N");
  fill (panel, "decision", "NOS47_S17");
  fill (panel, "lead-agency", talk->desk.hub.agency);
  fill (panel, "lead-worker", "Aled Sorrel");
  fill (panel, "siblings-considered", "No brothers or sisters");
  fill (panel, "seen-alone-plan", "At school, before he goes home");
  fill (panel, "safety", "With his grandmother tonight");
  fill (panel, "rationale", "The account fits the mark");
  mash_form_host_typed (MASH_FORM_HOST (talk->desk.page));
  mash_page_save_now (MASH_PAGE (talk->desk.page));
  until (count_saved (talk, "sd-child", "rationale") == 1);
}

static void
give_views (Talk *talk)
{
  g_autoptr (GPtrArray) agencies =
    mash_strategy_part_list_agencies (MASH_STRATEGY_PART (get_tab (talk)));

  for (guint i = 0; i < agencies->len; i++)
    {
      MashEntity *view = mash_strategy_part_add (MASH_STRATEGY_PART (get_tab (talk)), "sd-view");

      mash_entity_set_text (view, "agency", g_ptr_array_index (agencies, i));
      mash_entity_set_text (view, "position", i == 2 ? "DISS" : "AGREE");
      mash_entity_set_text (view, "text", i == 2 ? VIEW : NULL);
    }
  mash_form_host_typed (MASH_FORM_HOST (talk->desk.page));
  mash_page_save_now (MASH_PAGE (talk->desk.page));
  until (count_saved (talk, "sd-view", "position") == agencies->len);
}

static void
finish (Talk *talk)
{
  g_autofree char *deed = g_strdup_printf ("finish-discussion %s",
                                           mash_entity_get_id (get_discussion (talk)));
  g_autofree char *ask = g_strdup_printf ("ask-to-sign %s",
                                          mash_entity_get_id (get_discussion (talk)));

  begin (talk, deed);
  until (desk_find_field (get_bar (talk), "ended-at") != NULL);
  confirm (talk);
  until (is_in (talk, "RECORDED"));
  begin (talk, ask);
  until (is_in (talk, "SIGNING"));
  until (count_saved (talk, "sd-request", "asked-at") >= 3);
}

/* The first request that whoever is signed in may answer, as the panel offers it. */
static void
sign (Talk       *talk,
      const char *capacity,
      const char *deed)
{
  g_autoptr (GPtrArray) requests = mash_strategy_part_list (MASH_STRATEGY_PART (get_tab (talk)),
                                                            "sd-request");
  guint before = count_saved (talk, "sd-request", "answered-at");

  for (guint i = 0; i < requests->len; i++)
    {
      MashEntity *request = g_ptr_array_index (requests, i);
      g_autofree char *target = g_strdup_printf ("%s %s", deed, mash_entity_get_id (request));
      GtkWidget *passphrase;

      if (g_strcmp0 (mash_entity_get_text (request, "capacity"), capacity) != 0)
        continue;
      begin (talk, target);
      passphrase = desk_find (get_bar (talk), MASH_TYPE_PASSPHRASE_ENTRY);
      gtk_editable_set_text (GTK_EDITABLE (desk_find (passphrase, GTK_TYPE_PASSWORD_ENTRY)),
                             FIXTURE_PASSPHRASE);
      confirm (talk);
      until (count_saved (talk, "sd-request", "answered-at") == before + 1);
      return;
    }
  g_assert_not_reached ();
}

static void
go_on_as (Talk       *talk,
          const char *who)
{
  desk_lock (&talk->desk);
  desk_sign_in (&talk->desk, who);
  desk_open_contact (&talk->desk, talk->contact, "strategy");
}

/* Copies of the signed record */

static GtkWidget *
open_copy (Talk       *talk,
           const char *words)
{
  GListModel *tops = gtk_window_get_toplevels ();
  GtkWidget *panel;

  until (desk_find (talk->desk.page, MASH_TYPE_CIRCULATION_PANEL) != NULL);
  panel = desk_find (talk->desk.page, MASH_TYPE_CIRCULATION_PANEL);
  gtk_widget_activate_action (panel, "circulation.open", "s", words);
  for (guint i = 0; i < g_list_model_get_n_items (tops); i++)
    {
      g_autoptr (GtkWidget) top = g_list_model_get_item (tops, i);

      if (MASH_IS_CIRCULATION_WINDOW (top) && gtk_widget_get_visible (top))
        return top;
    }
  g_assert_not_reached ();
}

static void
type_passphrase (GtkWidget *window)
{
  GtkWidget *entry = desk_find (window, MASH_TYPE_PASSPHRASE_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (desk_find (entry, GTK_TYPE_PASSWORD_ENTRY)),
                         FIXTURE_PASSPHRASE);
}

static gboolean
may (GtkWidget  *window,
     const char *part)
{
  GtkWidget *widget = desk_part (window, MASH_TYPE_CIRCULATION_WINDOW, part);

  return gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget);
}

static guint
count_rows (GtkWidget  *window,
            const char *part)
{
  GtkWidget *rows = desk_part (window, MASH_TYPE_CIRCULATION_WINDOW, part);
  guint n = 0;

  for (GtkWidget *at = gtk_widget_get_first_child (rows); at != NULL;
       at = gtk_widget_get_next_sibling (at))
    n++;

  return n;
}

static const char *
get_paragraph (Talk *talk)
{
  g_autoptr (GPtrArray) paragraphs = mash_strategy_part_list (
    MASH_STRATEGY_PART (get_tab (talk)), "sd-paragraph");

  return mash_entity_get_id (g_ptr_array_index (paragraphs, 0));
}

/* The police take out what is theirs; without a passphrase nothing is ruled. */
static void
rule (Talk *talk)
{
  GtkWidget *window = open_copy (talk, "FAMILY ");
  GtkWidget *view = desk_find (window, MASH_TYPE_PAPER_VIEW);

  until (mash_paper_view_get_n_pages (MASH_PAPER_VIEW (view)) > 1);
  g_assert_cmpuint (count_rows (window, "waits"), ==, 1);
  g_assert_false (may (window, "sign_button"));
  gtk_widget_activate_action (window, "copy.remove", "s", get_paragraph (talk));
  g_assert_cmpuint (count_saved (talk, "sd-release", "choice"), ==, 0);
  type_passphrase (window);
  gtk_widget_activate_action (window, "copy.remove", "s", get_paragraph (talk));
  until (count_rows (window, "left_out") == 1);
  until (may (window, "sign_button"));
  g_assert_cmpuint (count_rows (window, "waits"), ==, 0);
  gtk_window_close (GTK_WINDOW (window));
}

/* The chair reads the copy, signs for it and saves it, and the log has it. */
static void
send_copy (Talk *talk)
{
  g_autofree char *path = g_build_filename (talk->desk.hub.folder, "copy.pdf", NULL);
  g_autoptr (GFile) destination = g_file_new_for_path (path);
  GtkWidget *window = open_copy (talk, "FAMILY ");
  GStatBuf status;

  until (may (window, "sign_button"));
  gtk_widget_activate_action (window, "copy.sign", NULL);
  settle (talk->desk.service);
  g_assert_cmpuint (count_saved (talk, "sd-circulation", "document"), ==, 0);
  desk_take_picture_of (&talk->desk, window, "strategy-copy");
  type_passphrase (window);
  gtk_widget_activate_action (window, "copy.sign", NULL);
  until (may (window, "send_buttons"));
  until (count_saved (talk, "sd-circulation", "document") == 1);

  mash_circulation_window_save_to (MASH_CIRCULATION_WINDOW (window), destination);
  until (count_saved (talk, "sd-circulation", "sent-at") == 1);
  until (g_stat (path, &status) == 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  until (is_in (talk, "CIRCULATED"));
  g_unlink (path);
}

/* From the first action to the last signature, three people one after the other, and a copy. */
static void
test_record (Talk          *talk,
             gconstpointer  who)
{
  start (talk);
  attend (talk);
  note (talk);
  inform (talk);
  decide (talk);
  give_views (talk);
  act (talk);
  desk_look_around (&talk->desk, "strategy-full", NULL);
  finish (talk);
  sign (talk, "CHAIR", "sign-as-chair");
  desk_take_picture (&talk->desk, "strategy-signing");
  go_on_as (talk, "sergeant");
  sign (talk, "POLICE", "sign-discussion");
  go_on_as (talk, "nurse");
  sign (talk, "HEALTH", "sign-discussion");
  until (is_in (talk, "SIGNED"));
  go_on_as (talk, "sergeant");
  rule (talk);
  go_on_as (talk, "manager");
  mash_strategy_tab_go_section (get_tab (talk), 7);
  desk_take_picture (&talk->desk, "strategy-copies");
  send_copy (talk);
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/strategy/begins-empty", Talk, "manager", set_up, test_begins_empty, tear_down);
  g_test_add ("/strategy/record", Talk, "manager", set_up, test_record, tear_down);

  return g_test_run ();
}
