/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "deed-hands.h"
#include "mash-conflict-panel.h"
#include "mash-contact-file-private.h"
#include "mash-course-panel.h"
#include "mash-level-row.h"
#include "mash-outcome-group-form.h"
#include "mash-passphrase-entry.h"
#include "mash-recommendation-panel.h"
#include "mash-time.h"
#include "mash-your-decision.h"

/* What happens to a contact beside its one straight way, each in the real window. */
typedef struct
{
  Desk  desk;
  char *contact;
} Course;

static void
tear_down (Course        *course,
           gconstpointer  data)
{
  g_clear_pointer (&course->contact, g_free);
  desk_tear_down (&course->desk, data);
}

/* A contact of two children. */
static char *
make_family (StoreFixture *hub)
{
  g_autoptr (MashGroup) group = store_fixture_new_contact (hub->store, "Ellie", "Marsh",
                                                           "2019-03-04");
  MashEdit *brother = store_fixture_add (hub->store, group, &mash_person_kind, "kind", "CHILD",
                                         "legal-forenames", "Noah", "legal-surname", "Khan",
                                         "birth", "2023-02-14", NULL);

  store_fixture_add (hub->store, group, &mash_contact_subject_kind, "person",
                     mash_edit_get_id (brother), "role", "CHILD", NULL);
  store_fixture_submit (hub, group);

  return g_strdup (mash_group_get_contact (group));
}

static void
set_up_family (Course        *course,
               gconstpointer  data)
{
  StoreFixture *hub = &course->desk.hub;

  store_fixture_set_up (hub, NULL);
  course->contact = make_family (hub);
  store_fixture_analyse (hub, course->contact);
  desk_open (&course->desk, "worker");
  desk_open_contact (&course->desk, course->contact, "decision");
}

static char *
make_decided (StoreFixture *hub,
              gint64        after)
{
  char *contact = store_fixture_contact (hub, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (GError) error = NULL;

  mash_store_set_clock_offset (hub->store, after, &error);
  g_assert_no_error (error);
  store_fixture_recommend (hub, contact);
  store_fixture_approve (hub, contact);

  return contact;
}

/* It was decided three days after it came, when its time limits had passed. */
static void
set_up_late (Course        *course,
             gconstpointer  who)
{
  store_fixture_set_up (&course->desk.hub, NULL);
  course->contact = make_decided (&course->desk.hub, 3 * MASH_TIME_DAY);
  desk_open (&course->desk, who);
  desk_open_contact (&course->desk, course->contact, "decision");
}

static char *
dup_now (StoreFixture *hub)
{
  return mash_time_format (mash_store_get_now (hub->store));
}

/* Handed over, accepted, the referrer told, and closed. */
static void
close_contact (StoreFixture *hub,
               const char   *contact)
{
  g_autoptr (GPtrArray) decisions = mash_store_list (hub->store, "decision", "contact", contact);
  g_autoptr (MashGroup) send = mash_group_new ("send", contact);
  g_autoptr (MashGroup) accept = mash_group_new ("hand-over", contact);
  g_autoptr (MashGroup) tell = mash_group_new ("feedback", contact);
  g_autoptr (MashGroup) drop = mash_group_new ("drop-follow-up", contact);
  g_autoptr (MashGroup) end = mash_group_new ("close", contact);
  g_autofree char *now = dup_now (hub);
  const char *decision = mash_record_get_id (g_ptr_array_index (decisions, 0));
  MashEdit *disposal = store_fixture_add (hub->store, send, &mash_disposal_kind, "decision",
                                          decision, "outcome", "O05", "receiver", "Team east",
                                          "receiver-kind", "TEAM", "sent-at", now, NULL);

  store_fixture_submit (hub, send);
  store_fixture_edit (hub->store, accept, &mash_disposal_kind, mash_edit_get_id (disposal),
                      "accepted-by", "Team manager", "accepted-at", now, NULL);
  store_fixture_submit (hub, accept);
  store_fixture_edit (hub->store, tell, &mash_disposal_kind, mash_edit_get_id (disposal),
                      "feedback-text", "An assessment begins", "feedback-to-referrer-at", now,
                      NULL);
  store_fixture_submit (hub, tell);
  mash_group_set_reason (drop, "All was said on the telephone");
  store_fixture_submit (hub, drop);
  store_fixture_submit (hub, end);
  store_fixture_check_state (hub, contact, "C90");
}

static void
set_up_closed (Course        *course,
               gconstpointer  who)
{
  store_fixture_set_up (&course->desk.hub, NULL);
  course->contact = make_decided (&course->desk.hub, 0);
  close_contact (&course->desk.hub, course->contact);
  desk_open (&course->desk, who);
  desk_open_contact (&course->desk, course->contact, "decision");
}

static void
set_up_new (Course        *course,
            gconstpointer  who)
{
  store_fixture_set_up (&course->desk.hub, NULL);
  course->contact = store_fixture_contact (&course->desk.hub, "Ellie", "Marsh", "2019-03-04");
  desk_open (&course->desk, who);
  desk_open_contact (&course->desk, course->contact, "decision");
}

static const char *
get_text (Course     *course,
          const char *field)
{
  MashContact *contact = mash_contact_file_get_contact (course->desk.file);

  return mash_entity_get_text (MASH_ENTITY (contact), field);
}

static gboolean
is_in_state (Course     *course,
             const char *state)
{
  return g_strcmp0 (get_text (course, "state"), state) == 0;
}

static char *
dup_subject (Course *course,
             guint   child)
{
  GListModel *subjects = mash_contact_file_get_list (course->desk.file, "contact-subject");
  g_autoptr (MashEntity) subject = g_list_model_get_item (subjects, child);

  return g_strdup (mash_entity_get_id (subject));
}

static gboolean
main_may_be_done (Course     *course,
                  const char *name)
{
  g_autofree char *label = NULL;
  gboolean sensitive;

  g_object_get (course->desk.page, "main-label", &label, "main-sensitive", &sensitive, NULL);

  return g_strcmp0 (label, name) == 0 && sensitive;
}

static void
type_passphrase (gpointer root)
{
  GtkWidget *entry = desk_await (root, MASH_TYPE_PASSPHRASE_ENTRY, NULL, NULL);

  gtk_editable_set_text (GTK_EDITABLE (desk_find (entry, GTK_TYPE_PASSWORD_ENTRY)),
                         FIXTURE_PASSPHRASE);
}

/* A child is put into a group of its own, and so taken out of the others. */
static void
recommend_apart (Course *course)
{
  Desk *desk = &course->desk;
  g_autofree char *ellie = dup_subject (course, 0);
  g_autofree char *noah = dup_subject (course, 1);
  const char *const both[] = { ellie, noah, NULL };
  const char *const one[] = { noah, NULL };
  GtkWidget *panel = desk_await (desk->page, MASH_TYPE_RECOMMENDATION_PANEL, NULL, NULL);
  MashEntity *recommendation = deed_fill (panel, "outcome", "O05");
  g_auto (GStrv) left = NULL;
  GtkWidget *form;
  MashEntity *group;

  mash_entity_set_set (recommendation, "covers-subjects", both);
  deed_fill (panel, "rationale", "An assessment is needed");
  mash_entity_set_flag (recommendation, "on-incomplete-info", TRUE);
  mash_level_row_set_chosen (MASH_LEVEL_ROW (desk_await (desk->page, MASH_TYPE_LEVEL_ROW, NULL,
                                                         NULL)), TRUE);
  mash_entity_set_text (recommendation, "level", "3");

  g_signal_emit_by_name (desk_await (panel, GTK_TYPE_BUTTON, "label",
                                     "A_nother outcome for some of the children…"), "clicked");
  form = desk_await (panel, MASH_TYPE_OUTCOME_GROUP_FORM, NULL, NULL);
  group = mash_outcome_group_form_get_group (MASH_OUTCOME_GROUP_FORM (form));
  mash_entity_set_set (group, "covers-subjects", one);
  left = mash_entity_dup_set (recommendation, "covers-subjects");
  g_assert_cmpuint (g_strv_length (left), ==, 1);
  g_assert_cmpstr (left[0], ==, ellie);
  deed_fill (form, "outcome", "O02");
  deed_fill (form, "level", "2");
  deed_fill (form, "rationale", "He is well, and his nursery looks after him");
}

static void
sign_in_as_manager (Course *course)
{
  desk_lock (&course->desk);
  desk_sign_in (&course->desk, "manager");
  desk_open_contact (&course->desk, course->contact, "decision");
}

/* One outcome for one child and another for her brother; the manager changes that of the brother
 * only, and hers stays as it was recommended. */
static void
test_children_apart (Course        *course,
                     gconstpointer  data)
{
  Desk *desk = &course->desk;
  g_autofree char *noah = dup_subject (course, 1);
  const char *const one[] = { noah, NULL };
  GtkWidget *decision;
  MashEntity *decided;

  recommend_apart (course);
  until (main_may_be_done (course, "Recommend"));
  desk_look_around (desk, "children-apart", NULL);
  gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.main", NULL);
  until (is_in_state (course, "C60"));
  g_assert_cmpuint (deed_count (desk, "outcome-group", "outcome", "O02"), ==, 1);

  sign_in_as_manager (course);
  decision = desk_await (desk->page, MASH_TYPE_YOUR_DECISION, NULL, NULL);
  decided = deed_fill (decision, "outcome", "O01");
  deed_fill (decision, "level", "1");
  mash_entity_set_set (decided, "covers-subjects", one);
  gtk_text_buffer_set_text (
    gtk_text_view_get_buffer (desk_part (decision, MASH_TYPE_YOUR_DECISION, "reasons")),
    "Nothing is known that his nursery does not see to.", -1);
  type_passphrase (decision);
  g_signal_emit_by_name (desk_await (decision, GTK_TYPE_BUTTON, "label", "Chan_ge outcome…"),
                         "clicked");
  until (is_in_state (course, "C70"));
  g_assert_cmpuint (deed_count (desk, "decision", "outcome", "O01"), ==, 1);
  /* What was recommended for his sister stands in a group that belongs to the decision. */
  g_assert_cmpuint (deed_count (desk, "outcome-group", "outcome", "O05"), ==, 1);
}

static char *
dup_adult (Course *course)
{
  GListModel *subjects = mash_contact_file_get_list (course->desk.file, "contact-subject");
  g_autoptr (MashEntity) subject = g_list_model_get_item (subjects, 0);

  return g_strdup (mash_entity_get_text (subject, "person"));
}

static gboolean
bar_says (Course     *course,
          const char *words)
{
  GtkLabel *refusal = desk_part (course->desk.page->deed_bar, MASH_TYPE_DEED_BAR, "refusal");

  return gtk_widget_get_mapped (GTK_WIDGET (refusal)) &&
         strstr (gtk_label_get_text (refusal), words) != NULL;
}

/* The three parts of the test are asked for one by one; an enquiry is only where all are met. */
static void
test_adult (Course        *course,
            gconstpointer  who)
{
  static const char *const parts[] = { "needs", "risk", "unable" };
  Desk *desk = &course->desk;
  g_autofree char *person = dup_adult (course);
  GtkWidget *bar = deed_begin (desk, "raise-adult-concern", "concern");

  deed_fill (bar, "person", person);
  until (bar_says (course, "Write at least one sentence"));
  deed_fill (bar, "concern", "Is said to be kept from her money");
  deed_confirm (desk);
  until (g_strcmp0 (get_text (course, "strand-a"), "A10") == 0);

  deed_begin (desk, "test-adult-concern", "needs");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *why = g_strconcat (parts[i], "-why", NULL);

      until (bar_says (course, "Say whether"));
      deed_fill (bar, parts[i], i < 2 ? "Y" : "N");
      until (bar_says (course, "Write down how it is known"));
      deed_fill (bar, why, "She said so, alone and clearly");
    }
  desk_look_around (desk, "adult-test", NULL);
  deed_confirm (desk);
  until (g_strcmp0 (get_text (course, "strand-a"), "A20") == 0);

  sign_in_as_manager (course);
  bar = deed_begin (desk, "decide-adult-concern", "decision");
  deed_fill (bar, "decision-reason", "One part of the test is not met");
  deed_fill (bar, "decision", "ENQ");
  until (bar_says (course, "all three parts"));
  deed_fill (bar, "decision", "OTHER");
  deed_confirm (desk);
  until (g_strcmp0 (get_text (course, "strand-a"), "A30") == 0);
}

/* A missed time limit is explained by a manager, with a passphrase, where it is shown. */
static void
test_explain_breach (Course        *course,
                     gconstpointer  who)
{
  Desk *desk = &course->desk;
  GtkWidget *panel = desk_await (desk->page, MASH_TYPE_COURSE_PANEL, "topic", "late");
  GtkWidget *bar;
  guint n_before = deed_count (desk, "clock", "breach-reason", "VOLUME");

  g_signal_emit_by_name (desk_await (panel, GTK_TYPE_BUTTON, "label", "Explain…"), "clicked");
  until (mash_deed_bar_is_open (desk->page->deed_bar));
  bar = GTK_WIDGET (desk->page->deed_bar);
  until (bar_says (course, "Choose the reason"));
  deed_fill (bar, "breach-reason", "VOLUME");
  deed_fill (bar, "breach-comment", "Eleven contacts came in the same hour");
  type_passphrase (bar);
  deed_confirm (desk);
  until (deed_count (desk, "clock", "breach-reason", "VOLUME") == n_before + 1);
}

/* What is closed is opened again by a manager, with a reason; somebody else is told whom to ask. */
static void
test_reopen (Course        *course,
             gconstpointer  who)
{
  Desk *desk = &course->desk;
  GtkWidget *panel = desk_await (desk->page, MASH_TYPE_COURSE_PANEL, "topic", "end");
  GtkWidget *bar;

  g_signal_emit_by_name (desk_await (panel, GTK_TYPE_BUTTON, "label", "Re-open…"), "clicked");
  until (mash_deed_bar_is_open (desk->page->deed_bar));
  bar = GTK_WIDGET (desk->page->deed_bar);
  deed_fill (bar, "reason", "LATE");
  deed_fill (bar, "text", "The school has told of another mark");
  gtk_editable_set_text (desk_part (bar, MASH_TYPE_DEED_BAR, "reason"), "New information");
  deed_confirm (desk);
  until (is_in_state (course, "C95"));
  g_assert_cmpuint (deed_count (desk, "reopening", "reason", "LATE"), ==, 1);
}

static void
test_reopen_refused (Course        *course,
                     gconstpointer  who)
{
  GtkWidget *panel = desk_await (course->desk.page, MASH_TYPE_COURSE_PANEL, "topic", "end");
  GtkWidget *button = desk_await (panel, GTK_TYPE_BUTTON, "label", "Re-open…");

  g_assert_false (gtk_widget_get_sensitive (button));
  desk_await (panel, GTK_TYPE_LABEL, "label", "Ask a manager to open it again.");
}

/* The task of somebody who has it open in the bar is altered by somebody else. */
static void
alter_task (Course     *course,
            const char *what)
{
  Desk *desk = &course->desk;
  GListModel *tasks = mash_contact_file_get_list (desk->file, "task");
  g_autoptr (MashEntity) task = g_list_model_get_item (tasks, 0);
  g_autoptr (MashGroup) group = mash_group_new ("change-task", course->contact);
  MashEdit *edit = mash_edit_new_for (mash_entity_get_record (task));

  mash_edit_set_text (edit, "what", what);
  mash_group_take_edit (group, edit);
  desk_submit (desk, group);
}

/* What was typed in the bar over what somebody else altered is shown beside it, to be settled by
 * whoever typed. */
static void
test_conflict (Course        *course,
               gconstpointer  who)
{
  Desk *desk = &course->desk;
  g_autofree char *due = mash_time_format (mash_service_get_now (desk->service) + MASH_TIME_DAY);
  g_autofree char *target = NULL;
  GtkWidget *bar = deed_begin (desk, "add-task", "what");
  GtkWidget *panel = desk_part (bar, MASH_TYPE_DEED_BAR, "conflict");

  deed_fill (bar, "what", "Ring the school");
  deed_fill (bar, "owner", desk->hub.worker);
  deed_fill (bar, "due-at", due);
  deed_confirm (desk);
  until (deed_count (desk, "task", "what", "Ring the school") == 1);

  {
    GListModel *tasks = mash_contact_file_get_list (desk->file, "task");
    g_autoptr (MashEntity) task = g_list_model_get_item (tasks, 0);

    target = g_strdup_printf ("change-task %s", mash_entity_get_id (task));
  }
  deed_begin (desk, target, "what");
  deed_fill (bar, "what", "Ring the school on Monday");
  g_assert_false (gtk_widget_get_visible (panel));
  alter_task (course, "Ring the nursery");
  until (gtk_widget_get_mapped (panel));
  desk_look_around (desk, "conflict-in-bar", NULL);
  g_signal_emit_by_name (desk_await (panel, GTK_TYPE_BUTTON, "label", "Keep yours"), "clicked");
  until (!gtk_widget_get_mapped (panel));
  deed_confirm (desk);
  until (deed_count (desk, "task", "what", "Ring the school on Monday") == 1);
}

static void
put_seal (Course     *course,
          const char *id,
          const char *state,
          const char *asked_by,
          const char *asked_role)
{
  static const MashStamps stamps = { "2026-10-12T08:05:00.000Z" };
  const char *const said[][2] = {
    { "contact", course->contact }, { "excluded", course->desk.hub.worker },
    { "reason", "RELATIVE" }, { "state", state }, { "asked-by", asked_by },
    { "asked-role", asked_role }, { "asked-at", stamps.created_at } };
  g_autofree GVariant **values = g_new0 (GVariant *, mash_seal_kind.n_fields);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (
    (GDestroyNotify) mash_record_unref);

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    values[mash_kind_find_field (&mash_seal_kind, said[i][0])] = g_variant_new_string (said[i][1]);
  for (guint i = 0; i < course->desk.file->records->len; i++)
    g_ptr_array_add (records, mash_record_ref (course->desk.file->records->pdata[i]));
  g_ptr_array_add (records, mash_record_new (&mash_seal_kind, id, 1, values, &stamps));
  mash_contact_file_set_records (course->desk.file, records);
}

/* For a moment, at the foot of the window. */
static gboolean
is_told (Desk       *desk,
         const char *says)
{
  GType toast = g_type_from_name ("AdwToastWidget");
  GtkWidget *told = toast != G_TYPE_INVALID ? desk_find (desk->window, toast) : NULL;

  return told != NULL && desk_find_with (told, GTK_TYPE_LABEL, "label", says) != NULL;
}

/* Whoever asked for a seal is told that another answers, and so is who is of the same role; neither
 * button nor key asks for the answer. A hub that stands alone seals nothing: it is only shown. */
static void
test_seal (Course        *course,
           gconstpointer  who)
{
  static const char *const answers[] = { "Confirm the seal", "Refuse the seal…" };
  static const char says[] =
    "A manager and information governance seal together; ask the other of the two.";
  Desk *desk = &course->desk;
  const char *const by[] = { desk->hub.manager, desk->hub.worker, desk->hub.auditor };
  const char *const roles[] = { "MM", "MM", "IG" };

  for (guint i = 0; i < G_N_ELEMENTS (by); i++)
    {
      g_autofree char *id = mash_service_make_id (desk->service);
      g_autofree char *target = g_strdup_printf ("confirm-seal %s", id);
      GtkWidget *panel;
      gboolean may = g_str_equal (roles[i], "IG");

      put_seal (course, id, i == 0 ? "PROPOSED" : "EMERGENCY", by[i], roles[i]);
      until (desk_find_with (desk->page, MASH_TYPE_COURSE_PANEL, "topic", "seals") != NULL);
      panel = desk_await (desk->page, MASH_TYPE_COURSE_PANEL, "topic", "seals");
      for (guint n = 0; n < G_N_ELEMENTS (answers); n++)
        g_assert_cmpint (gtk_widget_get_sensitive (desk_await (panel, GTK_TYPE_BUTTON, "label",
                                                               answers[n])), ==, may);
      g_assert_cmpint (desk_find_with (panel, GTK_TYPE_LABEL, "label", says) != NULL, ==, !may);
      if (i == 0)
        desk_look_around (desk, "seal-by-another", NULL);
      if (may)
        break;
      gtk_widget_activate_action (GTK_WIDGET (desk->page), "contact.deed", "s", target);
      settle (desk->service);
      g_assert_false (mash_deed_bar_is_open (desk->page->deed_bar));
      g_assert_false (mash_contact_file_get_changed (desk->file));
      g_assert_true (is_told (desk, says));
      sign_in_as_manager (course);
    }
}

int
main (int   argc,
      char *argv[])
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/course-panels/children-apart", Course, "worker", set_up_family,
              test_children_apart, tear_down);
  g_test_add ("/course-panels/adult", Course, "worker", set_up_new,
              test_adult, tear_down);
  g_test_add ("/course-panels/explain-breach", Course, "manager", set_up_late,
              test_explain_breach, tear_down);
  g_test_add ("/course-panels/reopen", Course, "manager", set_up_closed,
              test_reopen, tear_down);
  g_test_add ("/course-panels/reopen-refused", Course, "officer", set_up_closed,
              test_reopen_refused, tear_down);
  g_test_add ("/course-panels/seal", Course, "manager", set_up_new,
              test_seal, tear_down);
  g_test_add ("/course-panels/conflict", Course, "worker", set_up_new,
              test_conflict, tear_down);

  return g_test_run ();
}
