/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "desk-fixture.h"
#include "mash-access-tab.h"
#include "mash-drift-page.h"
#include "mash-report-line.h"
#include "mash-reports-page.h"
#include "mash-same-page.h"
#include "mash-unsettled-window.h"

/* Lists that are longer than what is read of them at once: somebody at the keyboard comes to the
 * last row of each, and it is there. */

#define N_LOOKS     1100u
#define N_CONTACTS  140u
#define N_TALKS     70u
#define N_PROPOSALS 70u
#define N_PEOPLE    150u
#define N_ASIDES    150u

typedef struct
{
  Desk  desk;
  char *contact;
} Long;

static void
set_up_looks (Long          *lists,
              gconstpointer  who)
{
  StoreFixture *hub = &lists->desk.hub;
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (hub, NULL);
  lists->contact = store_fixture_contact (hub, "Ellie", "Marsh", "2019-03-04");
  for (guint i = 0; i < N_LOOKS; i++)
    {
      mash_contact_bundle_free (mash_store_open_contact (hub->store, lists->contact, &error));
      g_assert_no_error (error);
    }
  desk_open (&lists->desk, who);
}

static void
set_up_contacts (Long          *lists,
                 gconstpointer  who)
{
  StoreFixture *hub = &lists->desk.hub;

  store_fixture_set_up (hub, NULL);
  for (guint i = 0; i < N_CONTACTS; i++)
    g_free (store_fixture_contact (hub, "Noah", "Marsh", "2019-03-04"));
  desk_open (&lists->desk, who);
}

static void
set_up_talks (Long          *lists,
              gconstpointer  who)
{
  StoreFixture *hub = &lists->desk.hub;

  store_fixture_set_up (hub, NULL);
  store_fixture_close (hub);
  store_fixture_sign_in (hub, "manager");
  for (guint i = 0; i < N_TALKS; i++)
    {
      g_autofree char *contact = store_fixture_contact (hub, "Zoë", "Marsh", "2019-03-04");

      g_free (store_fixture_discuss (hub, contact));
    }
  desk_open (&lists->desk, who);
}

static void
set_up_people (Long          *lists,
               gconstpointer  who)
{
  StoreFixture *hub = &lists->desk.hub;

  store_fixture_set_up (hub, NULL);
  for (guint i = 0; i < N_PEOPLE; i++)
    g_free (store_fixture_contact (hub, "Noah", "Marsh", "2019-03-04"));
  desk_open (&lists->desk, who);
}

/* What the hub has and this desk does not follow. */
static void
set_up_asides (Long          *lists,
               gconstpointer  who)
{
  StoreFixture *hub = &lists->desk.hub;
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (hub, NULL);
  for (guint i = 1; i <= N_ASIDES; i++)
    {
      mash_database_run (hub->store->database, &error,
                         "INSERT INTO aside (position, id, why, at) VALUES (?1, 'e' || ?1,"
                         " 'The signature does not hold', '2026-11-01T09:00:00.000000Z')", "u", i);
      g_assert_no_error (error);
    }
  desk_open (&lists->desk, who);
}

/* More proposals than are read at once, all of one person. */
static void
set_up_proposals (Long          *lists,
                  gconstpointer  who)
{
  StoreFixture *hub = &lists->desk.hub;
  g_autofree char *first = NULL;
  g_autofree char *one = NULL;

  store_fixture_set_up (hub, NULL);
  first = store_fixture_contact (hub, "Ellie", "Marsh", "2019-03-04");
  one = store_fixture_find_child (hub->store, first);
  for (guint i = 0; i < N_PROPOSALS; i++)
    {
      g_autofree char *contact = store_fixture_contact (hub, "Elly", "Marshe", "2019-04-03");
      g_autofree char *other = store_fixture_find_child (hub->store, contact);
      g_autoptr (MashGroup) group = mash_group_new ("propose-link", NULL);

      store_fixture_add (hub->store, group, mash_kind_lookup ("identity-link"), "person-a", one,
                         "person-b", other, "state", "SAME", "why", "The same mother", NULL);
      store_fixture_submit (hub, group);
    }
  desk_open (&lists->desk, who);
}

static void
tear_down (Long          *lists,
           gconstpointer  who)
{
  g_free (lists->contact);
  desk_tear_down (&lists->desk, who);
}

/* The list inside a table, which has its keys. */
static GtkWidget *
get_inner_list (GtkWidget *table)
{
  return desk_await (table, GTK_TYPE_LIST_VIEW, NULL, NULL);
}

static gpointer
get_chosen (GtkWidget *table)
{
  GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (table));

  return gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (model));
}

static guint
get_place (GtkWidget *table)
{
  GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (table));

  return gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (model));
}

static gboolean
says (gpointer    item,
      const char *property)
{
  g_autofree char *words = NULL;

  if (item != NULL)
    g_object_get (item, property, &words, NULL);

  return words != NULL && *words != '\0';
}

/* Whether the last row that there is, is on the screen. */
static gboolean
is_at_the_end (GtkWidget *table)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (table, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  double end = gtk_adjustment_get_value (place) + gtk_adjustment_get_page_size (place);

  return gtk_adjustment_get_value (place) > 0 && end >= gtk_adjustment_get_upper (place) - 1;
}

/* A table of @n rows, whose rows say something in @property once they have been read. */
static void
go_to_the_end (Long       *lists,
               GtkWidget  *table,
               guint       n,
               const char *property,
               const char *picture)
{
  GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (table));

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, n);
  settle (lists->desk.service);
  desk_press (get_inner_list (table), "End");
  until (get_place (table) == n - 1 && says (get_chosen (table), property) &&
         is_at_the_end (table));
  desk_take_picture (&lists->desk, picture);
  desk_press (get_inner_list (table), "Home");
  until (get_place (table) == 0 && says (get_chosen (table), property));
}

/* Everybody who ever looked, and not those of late. */
static void
test_looks (Long          *lists,
            gconstpointer  who)
{
  GtkWidget *tab, *table;

  desk_open_contact (&lists->desk, lists->contact, "access");
  tab = desk_await (lists->desk.page, MASH_TYPE_ACCESS_TAB, NULL, NULL);
  table = desk_await (tab, GTK_TYPE_COLUMN_VIEW, NULL, NULL);
  /* Who opens it now has looked too, which is not for a manager to read. */
  go_to_the_end (lists, table, N_LOOKS, "person-name", "access-end");
}

/* Each contact behind a figure; Enter on the last opens it. */
static void
test_figure (Long          *lists,
             gconstpointer  who)
{
  MashReportsPage *page;
  GtkWidget *table;

  gtk_widget_activate_action (GTK_WIDGET (lists->desk.window), "win.reports", NULL);
  page = MASH_REPORTS_PAGE (desk_await (lists->desk.window, MASH_TYPE_REPORTS_PAGE, NULL, NULL));
  until (mash_reports_page_is_filled (page));
  mash_reports_page_open_line (page, MASH_FIGURE_CONTACTS);
  until (mash_reports_page_get_n_rows (page) == N_CONTACTS);
  table = desk_part (page, MASH_TYPE_REPORTS_PAGE, "rows");
  until (gtk_widget_get_mapped (table));
  go_to_the_end (lists, table, N_CONTACTS, "row-text", "figure-end");

  desk_press (get_inner_list (table), "End");
  until (get_place (table) == N_CONTACTS - 1);
  g_signal_emit_by_name (table, "activate", N_CONTACTS - 1);
  until (!gtk_widget_get_mapped (GTK_WIDGET (page)));
}

/* Each discussion of a report on drift, and on paper too. */
static void
test_drift (Long          *lists,
            gconstpointer  who)
{
  GtkWidget *page, *table;

  gtk_widget_activate_action (GTK_WIDGET (lists->desk.window), "win.drift", NULL);
  page = desk_await (lists->desk.window, MASH_TYPE_DRIFT_PAGE, NULL, NULL);
  until (mash_drift_page_is_filled (MASH_DRIFT_PAGE (page)));
  table = desk_part (page, MASH_TYPE_DRIFT_PAGE, "rows");
  go_to_the_end (lists, table, N_TALKS, "row-text", "drift-end");
}

static gboolean
is_said (Desk       *desk,
         const char *words)
{
  return desk_find_with (desk->window->toasts, GTK_TYPE_LABEL, "label", words) != NULL;
}

/* What takes long to read says how far it is and can be stopped by hand; then the discussions that
 * stood stay, with the period that is theirs. */
static void
test_drift_stopped (Long          *lists,
                    gconstpointer  who)
{
  Desk *desk = &lists->desk;
  GtkWidget *page, *making, *button;
  GtkColumnView *rows;
  GtkSelectionModel *before;
  g_autofree char *period = NULL;

  gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.drift", NULL);
  page = desk_await (desk->window, MASH_TYPE_DRIFT_PAGE, NULL, NULL);
  until (mash_drift_page_is_filled (MASH_DRIFT_PAGE (page)));
  settle (desk->service);
  making = desk_part (page, MASH_TYPE_DRIFT_PAGE, "making");
  rows = desk_part (page, MASH_TYPE_DRIFT_PAGE, "rows");
  before = gtk_column_view_get_model (rows);
  period = g_strdup (gtk_label_get_label (desk_part (page, MASH_TYPE_DRIFT_PAGE, "period")));
  /* So few discussions are read before anything could be told of it. */
  g_object_set (making, "title", "Reading the discussions: 40 % done.", "fraction", 0.4,
                "revealed", TRUE, NULL);
  button = desk_await (making, GTK_TYPE_BUTTON, NULL, NULL);
  desk_take_picture (desk, "drift-reading");
  gtk_widget_activate_action (page, "drift.earlier", NULL);
  g_signal_emit_by_name (button, "clicked");
  until (is_said (desk, "Stopped. The last discussions stand."));
  g_assert_true (gtk_column_view_get_model (rows) == before);
  g_assert_cmpstr (gtk_label_get_label (desk_part (page, MASH_TYPE_DRIFT_PAGE, "period")), ==,
                   period);

  gtk_widget_activate_action (page, "drift.earlier", NULL);
  until (gtk_column_view_get_model (rows) != before);
  g_assert_cmpstr (gtk_label_get_label (desk_part (page, MASH_TYPE_DRIFT_PAGE, "period")), !=,
                   period);
}

/* Everybody who is found, and not the first of them. */
static void
test_found (Long          *lists,
            gconstpointer  who)
{
  Desk *desk = &lists->desk;
  GtkWidget *table;

  gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.search", "s", "marsh");
  until (MASH_IS_SEARCH_PAGE (desk->window->page));
  table = desk_await (desk->window->page, GTK_TYPE_COLUMN_VIEW, NULL, NULL);
  until (gtk_column_view_get_model (GTK_COLUMN_VIEW (table)) != NULL);
  go_to_the_end (lists, table, N_PEOPLE, "name", "found-end");
}

static guint
count_seen (GtkListBox *list)
{
  guint n = 0;
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    n += gtk_widget_get_visible (GTK_WIDGET (row));

  return n;
}

/* Each link that waits for somebody: whoever comes to the last line that is there gets more. */
static void
test_proposals (Long          *lists,
                gconstpointer  who)
{
  GtkWidget *page;
  GtkListBox *list;
  GtkListBoxRow *last;

  gtk_widget_activate_action (GTK_WIDGET (lists->desk.window), "win.link-proposals", NULL);
  page = desk_await (lists->desk.window, MASH_TYPE_SAME_PAGE, NULL, NULL);
  list = desk_part (page, MASH_TYPE_SAME_PAGE, "list");
  until (count_seen (list) == 64 && gtk_list_box_get_selected_row (list) != NULL);
  settle (lists->desk.service);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (list)));
  desk_press (GTK_WIDGET (list), "End");
  until (count_seen (list) == N_PROPOSALS);
  desk_press (GTK_WIDGET (list), "End");
  last = gtk_list_box_get_row_at_index (list, N_PROPOSALS - 1);
  until (gtk_list_box_get_selected_row (list) == last);
  desk_await (page, GTK_TYPE_BUTTON, "action-name", "same.approve");
  settle (lists->desk.service);
  desk_take_picture (&lists->desk, "proposals-end");
}

static GtkWindow *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }

  return NULL;
}

/* Everything that is not settled with the hub, and not the hundred latest. */
static void
test_asides (Long          *lists,
             gconstpointer  who)
{
  Desk *desk = &lists->desk;
  GtkWindow *window;
  GtkListBox *list;
  GtkListBoxRow *last;

  mash_unsettled_window_open (GTK_WINDOW (desk->window), desk->service);
  window = find_window (MASH_TYPE_UNSETTLED_WINDOW);
  list = desk_part (window, MASH_TYPE_UNSETTLED_WINDOW, "list");
  until (count_seen (list) == 64 && gtk_window_get_focus (window) != NULL);
  desk_press (GTK_WIDGET (list), "End");
  until (count_seen (list) == 128);
  desk_press (GTK_WIDGET (list), "End");
  until (count_seen (list) == N_ASIDES);
  rest (desk->service, 200);
  desk_press (GTK_WIDGET (list), "End");
  last = gtk_list_box_get_row_at_index (list, N_ASIDES - 1);
  until (gtk_window_get_focus (window) == GTK_WIDGET (last));
  desk_take_picture_of (desk, window, "asides-end");
  gtk_window_close (window);
}

int
main (int   argc,
      char *argv[])
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/long-lists/looks", Long, "manager", set_up_looks, test_looks, tear_down);
  g_test_add ("/long-lists/figure", Long, "manager", set_up_contacts, test_figure, tear_down);
  g_test_add ("/long-lists/drift", Long, "manager", set_up_talks, test_drift, tear_down);
  g_test_add ("/long-lists/drift-stopped", Long, "manager", set_up_talks, test_drift_stopped,
              tear_down);
  g_test_add ("/long-lists/found", Long, "manager", set_up_people, test_found, tear_down);
  g_test_add ("/long-lists/asides", Long, "manager", set_up_asides, test_asides, tear_down);
  g_test_add ("/long-lists/proposals", Long, "manager", set_up_proposals, test_proposals,
              tear_down);

  return g_test_run ();
}
