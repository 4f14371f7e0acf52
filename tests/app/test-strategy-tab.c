/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "mash-circulation-panel.h"
#include "mash-circulation-window.h"
#include "mash-form-host.h"
#include "mash-paper-view.h"
#include "mash-passphrase-entry.h"
#include "strategy-talk.h"

#define KNOWN "Two officers saw a rucksack in the hall that night."

/* Nobody is said to be there, nothing decided and nothing thought before somebody says so. */
static void
test_begins_empty (Talk         *talk,
                   gconstpointer who)
{
  talk_start (talk);
  g_assert_cmpuint (talk_count_saved (talk, "sd-participant", "attended"), ==, 0);
  g_assert_cmpuint (talk_count_saved (talk, "sd-child", "decision"), ==, 0);
  g_assert_cmpuint (talk_count_saved (talk, "sd-child", "threshold-met"), ==, 0);
  g_assert_cmpuint (talk_count_saved (talk, "sd-view", "position"), ==, 0);
  g_assert_cmpuint (talk_count_saved (talk, "sd-request", "asked-at"), ==, 0);
  desk_look_around (&talk->desk, "strategy", NULL);
}

/* All three came, and only when it was over: it is not compliant, and the light says
 * why. */
static void
test_late (Talk         *talk,
           gconstpointer who)
{
  g_autofree char *ended = NULL;

  talk_start (talk);
  talk_attend (talk);
  desk_await (talk->desk.page, GTK_TYPE_LABEL, "label", "Social care, police and health present");
  ended = talk_dup_ago (talk, 2);
  mash_entity_set_text (talk_get_discussion (talk), "ended-at", ended);
  mash_form_host_typed (MASH_FORM_HOST (talk->desk.page));
  mash_page_save_now (MASH_PAGE (talk->desk.page));
  desk_await (talk->desk.page, GTK_TYPE_LABEL, "label", "Not compliant");
  desk_await (talk->desk.page, GTK_TYPE_LABEL, "label",
              "Health joined later, within one working day\n"
              "Social care or police joined only after it had ended");
  desk_take_picture (&talk->desk, "strategy-late");
}

/* On a hub where one agency has nobody. */
static void
set_up_far (Talk         *talk,
            gconstpointer who)
{
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);

  store_fixture_set_up (&talk->desk.hub, "partners");
  talk->contact = store_fixture_contact (&talk->desk.hub, "Sam", "Marsh", "2019-03-04");
  store_fixture_sign_in (&talk->desk.hub, "admin");
  talk->far = g_strdup (mash_edit_get_id (
                          store_fixture_add (talk->desk.hub.store, group, &mash_agency_kind,
                                             "type", "PRB", "name", "Probation", NULL)));
  store_fixture_submit (&talk->desk.hub, group);
  desk_open (&talk->desk, who);
  desk_open_contact (&talk->desk, talk->contact, "strategy");
}

static void
inform (Talk       *talk,
        const char *agency)
{
  MashEntity *paragraph = mash_strategy_part_add (MASH_STRATEGY_PART (talk_get_tab (talk)),
                                                  "sd-paragraph");
  guint before = talk_count_saved (talk, "sd-paragraph", "text-hash");

  mash_entity_set_text (paragraph, "agency", agency);
  mash_entity_set_text (paragraph, "text", KNOWN);
  mash_entity_set_text (paragraph, "basis", "FACT");
  mash_entity_set_text (paragraph, "source", "2");
  mash_entity_set_text (paragraph, "reliability", "B");
  mash_entity_set_text (paragraph, "condition", "C");
  mash_entity_set_text (paragraph, "conditions", "Ask us first");
  mash_form_host_typed (MASH_FORM_HOST (talk->desk.page));
  mash_page_save_now (MASH_PAGE (talk->desk.page));
  until (talk_count_saved (talk, "sd-paragraph", "text-hash") == before + 1);
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
get_paragraph (Talk *talk,
               guint i)
{
  g_autoptr (GPtrArray) paragraphs = mash_strategy_part_list (
    MASH_STRATEGY_PART (talk_get_tab (talk)), "sd-paragraph");

  return mash_entity_get_id (g_ptr_array_index (paragraphs, i));
}

/* The police take out what is theirs; without a passphrase nothing is ruled. */
static void
rule (Talk *talk)
{
  GtkWidget *window = open_copy (talk, "FAMILY ");
  GtkWidget *view = desk_find (window, MASH_TYPE_PAPER_VIEW);

  until (mash_paper_view_get_n_pages (MASH_PAPER_VIEW (view)) > 1);
  g_assert_cmpuint (count_rows (window, "waits"), ==, 2);
  g_assert_false (may (window, "reason"));
  gtk_widget_activate_action (window, "copy.remove", "s", get_paragraph (talk, 0));
  g_assert_cmpuint (talk_count_saved (talk, "sd-release", "choice"), ==, 0);
  type_passphrase (window);
  gtk_widget_activate_action (window, "copy.remove", "s", get_paragraph (talk, 0));
  until (count_rows (window, "left_out") == 1);
  g_assert_cmpuint (count_rows (window, "waits"), ==, 1);
  g_assert_false (may (window, "sign_button"));
  gtk_window_close (GTK_WINDOW (window));
}

/* Nobody of probation can be asked: who chaired takes it out, and says why. */
static void
rule_for_nobody (Talk      *talk,
                 GtkWidget *window)
{
  GtkWidget *reason = desk_part (window, MASH_TYPE_CIRCULATION_WINDOW, "reason");

  until (may (window, "reason"));
  gtk_editable_set_text (GTK_EDITABLE (reason), "Probation has nobody here");
  desk_take_picture_of (&talk->desk, window, "strategy-copy-waits");
  type_passphrase (window);
  gtk_widget_activate_action (window, "copy.remove", "s", get_paragraph (talk, 1));
  until (count_rows (window, "left_out") == 2);
  g_assert_false (gtk_widget_get_visible (reason));
  g_assert_cmpuint (talk_count_saved (talk, "sd-release", "reason"), ==, 1);
}

static GtkWidget *
find_print_dialog (void)
{
  GListModel *tops = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (tops); i++)
    {
      g_autoptr (GtkWidget) top = g_list_model_get_item (tops, i);

      if (g_str_equal (G_OBJECT_TYPE_NAME (top), "GtkPrintUnixDialog") &&
          gtk_widget_get_mapped (top))
        return top;
    }

  return NULL;
}

/* Whoever changes their mind before the printer has sent nothing, and the log says so. */
static void
call_off_print (Talk      *talk,
                GtkWidget *window)
{
  g_object_set (gtk_settings_get_default (), "gtk-print-backends", "file", NULL);
  gtk_widget_activate_action (window, "copy.print", NULL);
  until (find_print_dialog () != NULL);
  settle (talk->desk.service);
  g_assert_cmpuint (talk_count_saved (talk, "sd-circulation", "sent-at"), ==, 0);
  gtk_dialog_response (GTK_DIALOG (find_print_dialog ()), GTK_RESPONSE_CANCEL);
  desk_await (window, GTK_TYPE_LABEL, "label",
              "It was not printed, and the log has nothing of it.");
  settle (talk->desk.service);
  g_assert_cmpuint (talk_count_saved (talk, "sd-circulation", "sent-at"), ==, 0);
}

/* The chair reads the copy, signs for it and saves it, and the log has it; the record is not
 * circulated by what the family has. */
static void
send_copy (Talk *talk)
{
  g_autofree char *path = g_build_filename (talk->desk.hub.folder, "copy.pdf", NULL);
  g_autoptr (GFile) destination = g_file_new_for_path (path);
  GtkWidget *window = open_copy (talk, "FAMILY ");
  GStatBuf status;

  rule_for_nobody (talk, window);
  until (may (window, "sign_button"));
  gtk_widget_activate_action (window, "copy.sign", NULL);
  settle (talk->desk.service);
  g_assert_cmpuint (talk_count_saved (talk, "sd-circulation", "document"), ==, 0);
  desk_take_picture_of (&talk->desk, window, "strategy-copy");
  type_passphrase (window);
  gtk_widget_activate_action (window, "copy.sign", NULL);
  until (may (window, "send_buttons"));
  until (talk_count_saved (talk, "sd-circulation", "document") == 1);

  call_off_print (talk, window);
  mash_circulation_window_save_to (MASH_CIRCULATION_WINDOW (window), destination);
  until (talk_count_saved (talk, "sd-circulation", "sent-at") == 1);
  until (g_stat (path, &status) == 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  desk_await (talk_get_tab (talk), GTK_TYPE_LABEL, "label", "0 of 4 sent");
  g_assert_true (talk_is_in (talk, "SIGNED"));
  g_unlink (path);
}

/* Whoever got it says that they have read it, from its line in the log. */
static void
note_read (Talk *talk)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (talk_get_tab (talk)));
  g_autoptr (MashEntity) copy =
    g_list_model_get_item (mash_contact_file_get_list (file, "sd-circulation"), 0);
  g_autofree char *target = g_strdup_printf ("note-copy-read %s", mash_entity_get_id (copy));

  desk_await (talk_get_tab (talk), GTK_TYPE_BUTTON, "label", "Record as read…");
  talk_begin (talk, target);
  talk_confirm (talk);
  until (talk_count_saved (talk, "sd-circulation", "read-at") == 1);
  desk_take_picture (&talk->desk, "strategy-copy-read");
}

/* From the first action to the last signature, three people one after the other, and a copy. */
static void
test_record (Talk         *talk,
             gconstpointer who)
{
  talk_start (talk);
  talk_attend (talk);
  talk_note (talk);
  inform (talk, talk->desk.hub.police);
  talk_decide (talk, "N", "NOS47_S17");
  talk_give_views (talk, 2);
  talk_act (talk);
  desk_look_around (&talk->desk, "strategy-full", NULL);
  inform (talk, talk->far);
  talk_finish (talk);
  talk_sign (talk, "CHAIR", "sign-as-chair", NULL);
  desk_take_picture (&talk->desk, "strategy-signing");
  talk_go_on_as (talk, "sergeant");
  talk_sign (talk, "POLICE", "sign-discussion", NULL);
  talk_go_on_as (talk, "nurse");
  talk_sign (talk, "HEALTH", "sign-discussion", NULL);
  until (talk_is_in (talk, "SIGNED"));
  talk_go_on_as (talk, "sergeant");
  rule (talk);
  talk_go_on_as (talk, "manager");
  mash_strategy_tab_go_section (talk_get_tab (talk), 7);
  desk_take_picture (&talk->desk, "strategy-copies");
  send_copy (talk);
  note_read (talk);
}

/* Nobody has touched the desk for so long, whatever the window thinks it saw since. */
static gboolean
is_locked_after (Talk *talk,
                 guint minutes)
{
  talk->desk.window->active_at = g_get_monotonic_time () - minutes * 60 * G_USEC_PER_SEC;

  return !mash_service_get_signed_in (talk->desk.service);
}

/* While the discussion is in the window nobody has to touch anything for half an hour; elsewhere
 * the desk that was left for six minutes locks. */
static void
test_talking (Talk          *talk,
              gconstpointer  data)
{
  MashWindow *window = talk->desk.window;
  guint seen;

  talk_start (talk);
  seen = window->n_seconds;
  until (is_locked_after (talk, 6) || window->n_seconds > seen + 1);
  g_assert_true (mash_service_get_signed_in (talk->desk.service));
  g_assert_false (window->warned);

  until (is_locked_after (talk, 31));
  desk_sign_in (&talk->desk, "manager");
  until (is_locked_after (talk, 6));
  desk_sign_in (&talk->desk, "manager");
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/strategy/begins-empty", Talk, "manager", talk_set_up, test_begins_empty,
              talk_tear_down);
  g_test_add ("/strategy/late", Talk, "manager", talk_set_up, test_late, talk_tear_down);
  g_test_add ("/strategy/talking", Talk, "manager", talk_set_up, test_talking, talk_tear_down);
  g_test_add ("/strategy/record", Talk, "manager", set_up_far, test_record, talk_tear_down);

  return g_test_run ();
}
