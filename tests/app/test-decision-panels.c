/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "accessible-names.h"
#include "desk-fixture.h"
#include "mash-course-panel.h"
#include "mash-earlier-decision.h"
#include "mash-field-input.h"
#include "mash-time.h"

/* The decision tab of a child who comes again. */
typedef struct
{
  Desk  desk;
  char *decided;   /* a contact that is decided for an assessment */
  char *again;     /* the same child, in analysis */
} Panels;

/* The child of the decided contact comes again, and her contact is analysed. */
static char *
come_again (StoreFixture *hub,
            const char   *before)
{
  g_autofree char *child = store_fixture_find_child (hub->store, before);
  g_autoptr (MashGroup) group = store_fixture_new_contact (hub->store, "Adam", "Marsh",
                                                           "2021-05-06");
  const char *contact = mash_group_get_contact (group);

  store_fixture_add (hub->store, group, &mash_contact_subject_kind, "person", child, "role",
                     "CHILD", NULL);
  store_fixture_submit (hub, group);

  return g_strdup (contact);
}

static void
set_up (Panels        *panels,
        gconstpointer  who)
{
  StoreFixture *hub = &panels->desk.hub;
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (hub, NULL);
  panels->decided = store_fixture_contact (hub, "Ellie", "Marsh", "2019-03-04");
  store_fixture_recommend (hub, panels->decided);
  store_fixture_approve (hub, panels->decided);
  store_fixture_sign_in (hub, "worker");
  mash_store_set_clock_offset (hub->store, 3 * MASH_TIME_DAY, &error);
  g_assert_no_error (error);
  panels->again = come_again (hub, panels->decided);
  store_fixture_analyse (hub, panels->again);
  desk_open (&panels->desk, who);
}

static void
tear_down (Panels        *panels,
           gconstpointer  who)
{
  g_free (panels->decided);
  g_free (panels->again);
  desk_tear_down (&panels->desk, who);
}

static GtkWidget *
find_in_page (Panels     *panels,
              GType       type,
              const char *property,
              const char *value)
{
  return desk_find_with (panels->desk.page, type, property, value);
}

static guint
count_nameless (Panels *panels)
{
  return accessible_names_count_missing (GTK_WIDGET (panels->desk.page));
}

static void
test_before (Panels        *panels,
             gconstpointer  who)
{
  g_autofree char *contact = NULL;
  GtkWidget *row;

  desk_open_contact (&panels->desk, panels->again, "decision");
  row = desk_await (panels->desk.page, MASH_TYPE_EARLIER_DECISION, NULL, NULL);
  contact = mash_earlier_decision_dup_contact (MASH_EARLIER_DECISION (row));
  g_assert_cmpstr (contact, ==, panels->decided);
  desk_await (row, GTK_TYPE_LABEL, "label", "Within 12 months");
  desk_await (row, GTK_TYPE_LABEL, "label", "An assessment is needed");
  until (count_nameless (panels) == 0);
}

static gboolean
main_is (Panels     *panels,
         const char *label)
{
  g_autofree char *main = NULL;

  g_object_get (panels->desk.page, "main-label", &main, NULL);

  return g_strcmp0 (main, label) == 0;
}

/* After the decision the main action is the hand-over, whose panel offers it too; the manager’s
 * deeds are not offered to somebody else without saying so. */
static void
test_course (Panels        *panels,
             gconstpointer  who)
{
  GtkWidget *panel;
  GtkWidget *button;

  desk_open_contact (&panels->desk, panels->decided, "decision");
  panel = desk_await (panels->desk.page, MASH_TYPE_COURSE_PANEL, "topic", "hand-over");
  until (main_is (panels, "Hand over…"));

  button = desk_await (panel, GTK_TYPE_BUTTON, "label", "Hand over…");
  until (gtk_widget_is_sensitive (button));
  desk_await (panels->desk.page, MASH_TYPE_COURSE_PANEL, "topic", "feedback");
  settle (panels->desk.service);
  g_assert_null (find_in_page (panels, MASH_TYPE_COURSE_PANEL, "topic", "early-help"));
  until (count_nameless (panels) == 0);

  gtk_widget_activate (button);
  until (mash_deed_bar_is_open (panels->desk.page->deed_bar));
  until (count_nameless (panels) == 0);
  mash_deed_bar_give_up (panels->desk.page->deed_bar);
  g_assert_false (mash_deed_bar_is_open (panels->desk.page->deed_bar));
}

/* Shift+Tab leads from the last field of the recommendation to its first. */
static void
test_back (Panels        *panels,
           gconstpointer  who)
{
  GtkWindow *window = GTK_WINDOW (panels->desk.window);
  GtkWidget *tick, *from, *to;
  guint n_steps = 0;

  desk_open_contact (&panels->desk, panels->again, "decision");
  tick = desk_await (panels->desk.page, MASH_TYPE_FIELD_INPUT, "field", "on-incomplete-info");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (desk_find (tick, GTK_TYPE_CHECK_BUTTON)), TRUE);
  from = desk_await (panels->desk.page, MASH_TYPE_FIELD_INPUT, "field", "not-answered");
  to = find_in_page (panels, MASH_TYPE_FIELD_INPUT, "field", "outcome");
  settle (panels->desk.service);
  g_assert_true (gtk_widget_grab_focus (from));
  while (gtk_widget_get_focus_child (to) == NULL && n_steps++ < 12)
    {
      GtkWidget *before = gtk_window_get_focus (window);

      g_signal_emit_by_name (window, "move-focus", GTK_DIR_TAB_BACKWARD);
      g_test_message ("%s", G_OBJECT_TYPE_NAME (gtk_window_get_focus (window)));
      g_assert_true (gtk_window_get_focus (window) != before);
    }
  g_assert_nonnull (gtk_widget_get_focus_child (to));
}

int
main (int   argc,
      char *argv[])
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/decision-panels/before", Panels, "worker", set_up, test_before, tear_down);
  g_test_add ("/decision-panels/course", Panels, "worker", set_up, test_course, tear_down);
  g_test_add ("/decision-panels/back", Panels, "worker", set_up, test_back, tear_down);

  return g_test_run ();
}
