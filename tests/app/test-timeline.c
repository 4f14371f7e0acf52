/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "accessible-names.h"
#include "desk-fixture.h"
#include "mash-cell.h"
#include "mash-timeline-detail.h"

/* The timeline of a contact to which things happened. */
typedef struct
{
  Desk  desk;
  char *contact;
} Lines;

static void
add_event (Lines      *lines,
           const char *date,
           const char *headline,
           const char *significance)
{
  g_autoptr (MashGroup) group = mash_group_new ("add-event", lines->contact);

  store_fixture_add (lines->desk.hub.store, group, &mash_timeline_entry_kind, "when", date,
                     "headline", headline, "source", "A letter", "kind", "OTHER", "significance",
                     significance, NULL);
  store_fixture_submit (&lines->desk.hub, group);
}

static gpointer
get_part (Lines      *lines,
          const char *name)
{
  return desk_part (lines->desk.page->timeline, MASH_TYPE_TIMELINE_TAB, name);
}

static gpointer
get_detail_part (Lines      *lines,
                 const char *name)
{
  return desk_part (get_part (lines, "detail"), MASH_TYPE_TIMELINE_DETAIL, name);
}

static GtkSingleSelection *
get_rows (Lines *lines)
{
  return get_part (lines, "entries");
}

static guint
count_rows (Lines *lines)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_rows (lines)));
}

/* Four lines: what the contact came with, and three events of other years. */
static void
set_up (Lines         *lines,
        gconstpointer  who)
{
  store_fixture_set_up (&lines->desk.hub, NULL);
  lines->contact = store_fixture_contact (&lines->desk.hub, "Ellie", "Marsh", "2019-03-04");
  add_event (lines, "2019-06", "Moved to the lighthouse", "routine");
  add_event (lines, "2021-11-09", "Seen at the surgery", "notable");
  add_event (lines, "2024", "A fracture of the wrist", "critical");
  desk_open (&lines->desk, who);
  desk_open_contact (&lines->desk, lines->contact, "timeline");
  until (count_rows (lines) == 4);
  settle (lines->desk.service);
}

static void
tear_down (Lines         *lines,
           gconstpointer  who)
{
  g_free (lines->contact);
  desk_tear_down (&lines->desk, who);
}

static gboolean
is_selected (Lines      *lines,
             const char *headline)
{
  GObject *item = gtk_single_selection_get_selected_item (get_rows (lines));
  g_autofree char *held = NULL;

  if (item != NULL)
    g_object_get (item, "headline", &held, NULL);

  return g_strcmp0 (held, headline) == 0;
}

static void
press (Lines      *lines,
       const char *button)
{
  gtk_toggle_button_set_active (get_part (lines, button), TRUE);
}

static void
test_filters (Lines         *lines,
              gconstpointer  who)
{
  press (lines, "critical");
  until (count_rows (lines) == 1);
  until (is_selected (lines, "A fracture of the wrist"));
  press (lines, "notable");
  until (count_rows (lines) == 3);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_prev_sibling (
                                                     get_part (lines, "notable"))), TRUE);
  until (count_rows (lines) == 4);

  gtk_editable_set_text (get_part (lines, "search"), "lighthouse");
  until (count_rows (lines) == 1);
  until (is_selected (lines, "Moved to the lighthouse"));
  gtk_editable_set_text (get_part (lines, "search"), "no such word");
  until (count_rows (lines) == 0);
  until (g_strcmp0 (gtk_stack_get_visible_child_name (get_part (lines, "stack")), "no-match") == 0);
  gtk_editable_set_text (get_part (lines, "search"), "");
  until (count_rows (lines) == 4);

  press (lines, "oldest_first");
  until (count_rows (lines) == 4);
}

/* A jump goes to a date, a month or a year, and says so where it cannot read it. */
static void
test_jump (Lines         *lines,
           gconstpointer  who)
{
  GtkWidget *jump = get_part (lines, "jump");

  gtk_editable_set_text (GTK_EDITABLE (jump), "2021");
  g_signal_emit_by_name (jump, "activate");
  g_assert_false (gtk_widget_has_css_class (jump, "error"));
  until (is_selected (lines, "Seen at the surgery"));

  gtk_editable_set_text (GTK_EDITABLE (jump), "June 2019");
  g_signal_emit_by_name (jump, "activate");
  until (is_selected (lines, "Moved to the lighthouse"));

  gtk_editable_set_text (GTK_EDITABLE (jump), "Tuesday week");
  g_signal_emit_by_name (jump, "activate");
  g_assert_true (gtk_widget_has_css_class (jump, "error"));
  settle (lines->desk.service);
  g_assert_true (is_selected (lines, "Moved to the lighthouse"));
}

static void
press_key (GtkWidget *widget,
           guint      key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);
      gboolean taken = FALSE;

      if (!GTK_IS_EVENT_CONTROLLER_KEY (controller))
        continue;
      g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &taken);
      g_assert_true (taken);
    }
}

/* Home goes to the first month in which something happened, Enter takes the list there. */
static void
test_strip (Lines         *lines,
            gconstpointer  who)
{
  GtkWidget *strip = get_part (lines, "strip");

  until (gtk_widget_get_mapped (strip));
  press_key (strip, GDK_KEY_Home);
  press_key (strip, GDK_KEY_Return);
  until (is_selected (lines, "Moved to the lighthouse"));
  press_key (strip, GDK_KEY_Right);
  press_key (strip, GDK_KEY_Return);
  until (is_selected (lines, "Seen at the surgery"));
  press_key (strip, GDK_KEY_End);
  press_key (strip, GDK_KEY_Return);
  until (is_selected (lines, "Contact received"));
}

static gboolean
is_withdrawn (Lines *lines)
{
  GObject *item = gtk_single_selection_get_selected_item (get_rows (lines));
  g_autofree char *reason = NULL;

  if (item != NULL)
    g_object_get (item, "voided-reason", &reason, NULL);

  return g_strcmp0 (reason, "It was another family") == 0;
}

/* What somebody wrote in they take back with a reason, and it stays to be read. */
static void
test_withdraw (Lines         *lines,
               gconstpointer  who)
{
  GtkWidget *detail = get_part (lines, "detail");
  GtkWidget *jump = get_part (lines, "jump");

  g_assert_false (gtk_widget_get_visible (get_detail_part (lines, "withdraw")));
  gtk_editable_set_text (GTK_EDITABLE (jump), "2021");
  g_signal_emit_by_name (jump, "activate");
  until (gtk_widget_get_visible (get_detail_part (lines, "withdraw")));

  gtk_widget_activate_action (detail, "entry.withdraw", NULL);
  gtk_widget_activate_action (detail, "entry.confirm", NULL);
  until (gtk_widget_get_visible (get_detail_part (lines, "refusal")));
  gtk_editable_set_text (get_detail_part (lines, "reason"), "It was another family");
  gtk_widget_activate_action (detail, "entry.confirm", NULL);
  until (is_withdrawn (lines));
  until (count_rows (lines) == 4);
  until (!gtk_widget_get_visible (get_detail_part (lines, "withdraw")));
}

/* Every row that is shown is told by a name that begins with its date. */
static guint
count_dated_rows (GtkWidget *widget)
{
  guint n = 0;

  if (MASH_IS_CELL (widget) && gtk_widget_get_mapped (widget))
    {
      g_autofree char *name = NULL;
      g_autofree char *date = NULL;

      g_object_get (widget, "row-text", &name, "text", &date, NULL);
      if (name != NULL)
        {
          g_assert_cmpstr (date, !=, "");
          g_assert_true (g_str_has_prefix (name, date));
          n++;
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_dated_rows (child);

  return n;
}

static void
test_names (Lines         *lines,
            gconstpointer  who)
{
  until (count_dated_rows (get_part (lines, "table")) == 4);
  until (accessible_names_count_missing (GTK_WIDGET (lines->desk.page)) == 0);
}

int
main (int   argc,
      char *argv[])
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/timeline/filters", Lines, "worker", set_up, test_filters, tear_down);
  g_test_add ("/timeline/jump", Lines, "worker", set_up, test_jump, tear_down);
  g_test_add ("/timeline/strip", Lines, "worker", set_up, test_strip, tear_down);
  g_test_add ("/timeline/withdraw", Lines, "worker", set_up, test_withdraw, tear_down);
  g_test_add ("/timeline/names", Lines, "worker", set_up, test_names, tear_down);

  return g_test_run ();
}
