/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contact-scene.h"
#include "mash-family-row.h"
#include "mash-field-input.h"
#include "mash-form-host.h"
#include "mash-passphrase-entry.h"
#include "mash-triage-panel.h"
#include "mash-your-decision.h"

static void
triage (Desk *desk)
{
  mash_page_run_main (MASH_PAGE (desk->page));
  settle (desk->service);
  scene_choose_brag (desk, "R");
  scene_choose_level (desk, "S17");
  scene_tick_child (desk, "Ellie");
  desk_take_picture (desk, "triage");
  desk_look_around (desk, "triage", (const char *const[]) { "decision", NULL });
  /* One child has not been considered: the button is grey and says so. */
  until (scene_is_refused (desk));
  scene_tick_child (desk, "Noah");
  scene_do_main (desk, "C30");
}

static void
recommend (Desk *desk)
{
  g_autoptr (GObject) pending = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GListModel *subjects = mash_contact_file_get_list (desk->file, "contact-subject");
  g_auto (GStrv) covered = NULL;

  scene_choose (desk, "outcome", 5);
  scene_type_in (desk, "rationale", "An injury, and a clear account of it by the child.");
  pending = g_object_ref (mash_field_input_get_object (
    MASH_FIELD_INPUT (scene_find_field (desk, "rationale"))));
  for (guint i = 0; i < g_list_model_get_n_items (subjects); i++)
    {
      g_autoptr (MashEntity) subject = g_list_model_get_item (subjects, i);

      if (mash_subject_is_child (subject))
        g_strv_builder_add (builder, mash_entity_get_id (subject));
    }
  covered = g_strv_builder_end (builder);
  g_object_set (pending, "covers-subjects", covered, "on-incomplete-info", TRUE, NULL);
  scene_choose_level (desk, "S17");
  desk_take_picture (desk, "recommend");
  mash_form_host_typed (MASH_FORM_HOST (desk->page));
  scene_do_main (desk, "C60");
}

static gboolean
is_decision (GtkWidget  *widget,
             const char *what)
{
  return MASH_IS_YOUR_DECISION (widget);
}

/* The manager’s reasons, which nobody else is shown. */
static GtkTextBuffer *
get_reasons (Desk *desk)
{
  GtkTextView *view = desk_part (scene_find (desk->page, is_decision, NULL),
                                 MASH_TYPE_YOUR_DECISION, "reasons");

  return gtk_text_view_get_buffer (view);
}

static gboolean
has_reasons (Desk       *desk,
             const char *reasons)
{
  g_autofree char *text = NULL;

  g_object_get (get_reasons (desk), "text", &text, NULL);

  return g_strcmp0 (text, reasons) == 0;
}

/* From another tab the main action leads to the decision first. */
static void
lead_to_decision (Desk *desk)
{
  until (scene_may_do_main (desk));
  mash_page_run_main (MASH_PAGE (desk->page));
  desk_await (desk->page, MASH_TYPE_YOUR_DECISION, NULL, NULL);
  settle (desk->service);
}

/* The manager’s own reasons are there again after a power cut, and are the manager’s alone. */
static void
type_reasons (Desk       *desk,
              const char *contact)
{
  static const char reasons[] = "The bruise and her words agree.";

  gtk_text_buffer_set_text (get_reasons (desk), reasons, -1);
  scene_cut_power (desk, "worker", contact);
  settle (desk->service);
  g_assert_true (has_reasons (desk, ""));
  scene_cut_power (desk, "manager", contact);
  lead_to_decision (desk);
  until (has_reasons (desk, reasons));
}

/* The whole way of a contact through the page: screened, triaged, analysed and recommended by a
 * social worker, who cannot approve it; approved by the manager with the passphrase. */
static void
test_way (Desk          *desk,
          gconstpointer  data)
{
  static const char *const tabs[] = { "access", "timeline", "work", "decision", NULL };
  static const char *const decision[] = { "decision", NULL };
  g_autofree char *contact = scene_make_contact (desk);
  GtkWidget *passphrase;

  desk_open_contact (desk, contact, NULL);
  scene_screen (desk);
  triage (desk);
  scene_type_in (desk, "no-agency-asked", "Agencies cannot be asked on this desk yet.");
  scene_type_in (desk, "harm", "Bruising by a member of the household.");
  desk_look_around (desk, "analyse", decision);
  scene_do_main (desk, "C50");
  recommend (desk);
  until (scene_is_refused (desk));

  desk_lock (desk);
  desk_sign_in (desk, "manager");
  desk_open_contact (desk, contact, NULL);
  lead_to_decision (desk);
  type_reasons (desk, contact);
  passphrase = desk_await (desk->page, MASH_TYPE_PASSPHRASE_ENTRY, NULL, NULL);
  gtk_editable_set_text (GTK_EDITABLE (scene_find_entry (passphrase)), FIXTURE_PASSPHRASE);
  desk_take_picture (desk, "approve");
  desk_look_around (desk, "manager", tabs);
  scene_do_main (desk, "C70");
  desk_take_picture (desk, "decided");
  mash_contact_page_set_tab (desk->page, "timeline");
  desk_take_picture (desk, "timeline-decided");
}

/* What is chosen for triage and typed in the bar under the head is there again, before any of it is
 * confirmed; once triage is done nothing of it is left. */
static void
test_unconfirmed (Desk          *desk,
                  gconstpointer  data)
{
  g_autofree char *contact = scene_make_contact (desk);
  g_autofree char *note = NULL;

  desk_open_contact (desk, contact, NULL);
  scene_screen (desk);
  mash_page_run_main (MASH_PAGE (desk->page));
  settle (desk->service);
  scene_choose_brag (desk, "R");
  scene_choose_level (desk, "S17");
  scene_tick_child (desk, "Ellie");
  gtk_editable_set_text (scene_find_part (desk, MASH_TYPE_TRIAGE_PANEL, "reason"),
                         "He is at home tonight.");
  mash_contact_page_begin_deed (desk->page, "note");
  scene_type_in (desk, "text", "Rang the school, no answer yet.");
  scene_cut_power (desk, "worker", contact);

  until (mash_deed_bar_is_open (desk->page->deed_bar));
  g_object_get (mash_field_input_get_object (MASH_FIELD_INPUT (scene_find_field (desk, "text"))),
                "text", &note, NULL);
  g_assert_cmpstr (note, ==, "Rang the school, no answer yet.");
  mash_deed_bar_give_up (desk->page->deed_bar);
  mash_page_run_main (MASH_PAGE (desk->page));
  desk_await (desk->page, MASH_TYPE_TRIAGE_PANEL, NULL, NULL);
  settle (desk->service);
  g_assert_true (scene_has_brag (desk, "R"));
  g_assert_null (scene_find_child (desk, "Ellie"));
  g_assert_cmpstr (gtk_editable_get_text (scene_find_part (desk, MASH_TYPE_TRIAGE_PANEL,
                                                           "reason")), ==,
                   "He is at home tonight.");
  scene_tick_child (desk, "Noah");
  scene_do_main (desk, "C30");
  scene_cut_power (desk, "worker", contact);
  g_assert_cmpint (mash_contact_file_get_draft_at (desk->file), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/contact-way/way", Desk, "worker", desk_set_up, test_way, desk_tear_down);
  g_test_add ("/contact-way/unconfirmed", Desk, "worker", desk_set_up, test_unconfirmed,
              desk_tear_down);

  return g_test_run ();
}
