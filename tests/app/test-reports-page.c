/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "desk-fixture.h"
#include "mash-counts-panel.h"
#include "mash-report-line.h"
#include "mash-reports-page.h"
#include "mash-service-reports.h"
#include "mash-time.h"

#define N_CONTACTS 3

static void
set_up (Desk          *desk,
        gconstpointer  who)
{
  static const char *const names[N_CONTACTS] = { "Ellie", "Noah", "Zoë" };

  store_fixture_set_up (&desk->hub, NULL);
  for (guint i = 0; i < N_CONTACTS; i++)
    g_free (store_fixture_contact (&desk->hub, names[i], "Marsh", "2019-03-04"));
  desk_open (desk, who);
}

/* The @n-th widget of a kind below another that is on the screen. */
static GtkWidget *
find_nth (GtkWidget *widget,
          GType      type,
          guint     *n)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget) && (*n)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_nth (child, type, n);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
find (gpointer widget,
      GType    type,
      guint    n)
{
  return widget != NULL ? find_nth (GTK_WIDGET (widget), type, &n) : NULL;
}

static MashReportsPage *
open_reports (Desk *desk)
{
  MashReportsPage *page;

  gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.reports", NULL);
  until (find (desk->window, MASH_TYPE_REPORTS_PAGE, 0) != NULL);
  page = MASH_REPORTS_PAGE (find (desk->window, MASH_TYPE_REPORTS_PAGE, 0));
  until (mash_reports_page_is_filled (page) && find (page, GTK_TYPE_COLUMN_VIEW, 0) != NULL);

  return page;
}

static GListModel *
get_lines (MashReportsPage *page)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (find (page, GTK_TYPE_COLUMN_VIEW, 0));

  return G_LIST_MODEL (gtk_column_view_get_model (view));
}

static char *
dup_cell (MashReportsPage *page,
          guint            line,
          const char      *cell)
{
  g_autoptr (GObject) item = g_list_model_get_item (get_lines (page), line);
  char *words = NULL;

  g_object_get (item, cell, &words, NULL);

  return words;
}

/* The table on the screen, and what the command prints, are made of what one function gives. */
static void
test_same_table (Desk          *desk,
                 gconstpointer  who)
{
  MashReportsPage *page = open_reports (desk);
  int today = mash_time_get_local_day (mash_service_get_now (desk->service));
  g_autoptr (MashWeekly) weekly = NULL;
  g_autofree char *csv = NULL;
  g_autoptr (GError) error = NULL;

  mash_service_read_weekly_async (desk->service, today - 48, today, NULL, NULL, NULL,
                                  desk_answered_cb, desk_call (desk));
  weekly = mash_service_read_weekly_finish (desk->service, desk_wait (desk), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (weekly->totals[MASH_FIGURE_CONTACTS], ==, N_CONTACTS);
  g_assert_cmpint (mash_weekly_get_difference (weekly), ==, 0);
  csv = mash_service_dup_weekly_csv (weekly);
  g_assert_cmpuint (g_list_model_get_n_items (get_lines (page)), ==, MASH_N_FIGURES);
  for (guint i = 0; i < MASH_N_FIGURES; i++)
    {
      g_autofree char *label = dup_cell (page, i, "first");
      g_autofree char *total = dup_cell (page, i, "second");
      g_autofree char *average = dup_cell (page, i, "third");
      g_autofree char *its_total = mash_figure_dup_number (weekly->totals[i]);
      g_autofree char *its_average = mash_figure_dup_number (mash_weekly_get_average (weekly, i));
      g_autofree char *line = g_strdup_printf ("\"%s\",%u,%u,", mash_figure_get_label (i),
                                               weekly->totals[i],
                                               mash_weekly_get_average (weekly, i));

      g_test_message ("%s", line);
      g_assert_nonnull (strstr (label, mash_figure_get_label (i)));
      g_assert_cmpstr (total, ==, its_total);
      g_assert_cmpstr (average, ==, its_average);
      g_assert_nonnull (strstr (csv, line));
    }
}

/* Behind a figure stand the contacts that it counts, and behind one of them the contact. */
static void
test_rows (Desk          *desk,
           gconstpointer  who)
{
  MashReportsPage *page = open_reports (desk);
  GtkWidget *table = find (page, GTK_TYPE_COLUMN_VIEW, 0);

  g_signal_emit_by_name (table, "activate", MASH_FIGURE_CONTACTS);
  until (mash_reports_page_get_n_rows (page) == N_CONTACTS);
  g_signal_emit_by_name (table, "activate", MASH_FIGURE_REFERRALS);
  until (mash_reports_page_get_n_rows (page) == 0);
  g_signal_emit_by_name (table, "activate", MASH_FIGURE_REST);
  until (mash_reports_page_get_n_rows (page) == N_CONTACTS);
  until (find (page, GTK_TYPE_COLUMN_VIEW, 0) != NULL &&
         find (page, GTK_TYPE_COLUMN_VIEW, 0) != table);
  g_signal_emit_by_name (find (page, GTK_TYPE_COLUMN_VIEW, 0), "activate", 0);
  until (!gtk_widget_get_mapped (GTK_WIDGET (page)));
}

static void
type (GtkWidget  *panel,
      guint       entry,
      const char *words)
{
  gtk_editable_set_text (GTK_EDITABLE (find (panel, GTK_TYPE_ENTRY, entry)), words);
}

static void
save_count (Desk       *desk,
            GtkWidget  *panel,
            const char *count)
{
  GtkWidget *button = NULL;

  /* What was saved last is cleared from the entries when the answer has come. */
  settle (desk->service);
  for (guint i = 0; button == NULL || GTK_IS_MENU_BUTTON (gtk_widget_get_parent (button)) ||
       gtk_widget_get_ancestor (button, GTK_TYPE_DROP_DOWN) != NULL; i++)
    {
      button = find (panel, GTK_TYPE_BUTTON, i);
      g_assert_nonnull (button);
    }
  type (panel, 0, "Assessment team east");
  type (panel, 1, "some");
  type (panel, 2, "Weekly return");
  g_assert_false (gtk_widget_get_sensitive (button));
  type (panel, 1, count);
  until (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
total_is (MashReportsPage *page,
          const char      *number)
{
  g_autofree char *total = dup_cell (page, MASH_FIGURE_ASSESSMENTS, "second");

  return g_strcmp0 (total, number) == 0;
}

/* What a team counted comes into the report, and a second figure of the same week puts the first
 * right. */
static void
test_count (Desk          *desk,
            gconstpointer  who)
{
  MashReportsPage *page = open_reports (desk);
  GtkWidget *panel = desk_await (page, MASH_TYPE_COUNTS_PANEL, NULL, NULL);

  until (total_is (page, "0"));
  save_count (desk, panel, "48");
  until (total_is (page, "48"));
  save_count (desk, panel, "45");
  until (total_is (page, "45"));
}

/* A file of counts is read into the report that is shown. */
static void
test_count_file (Desk          *desk,
                 gconstpointer  who)
{
  MashReportsPage *page = open_reports (desk);
  g_autofree char *path = g_build_filename (desk->hub.folder, "counts.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GString) text = g_string_new ("week,team,measure,count,source\n");
  int day = mash_time_get_local_day (mash_service_get_now (desk->service));
  g_autofree char *week = NULL;

  while (mash_date_get_weekday (day - 7) != 1)
    day--;
  week = mash_date_format (day - 7);
  g_string_append_printf (text, "%s,North,CFA,30,Return\n%s,South,CFA,12,Return\n", week, week);
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  mash_window_import_people (desk->window, file);
  until (total_is (page, "42"));
  g_unlink (path);
}

static gboolean
is_said (Desk       *desk,
         const char *words)
{
  return desk_find_with (desk->window->toasts, GTK_TYPE_LABEL, "label", words) != NULL;
}

/* What takes long to count says how far it is and can be stopped by hand; then the figures that
 * stood stay, with the period that is theirs. */
static void
test_stop (Desk          *desk,
           gconstpointer  who)
{
  MashReportsPage *page = open_reports (desk);
  GtkWidget *making = desk_part (page, MASH_TYPE_REPORTS_PAGE, "making");
  GtkLabel *period = desk_part (page, MASH_TYPE_REPORTS_PAGE, "period");
  GtkDropDown *length = desk_part (page, MASH_TYPE_REPORTS_PAGE, "length");
  g_autofree char *before = g_strdup (gtk_label_get_label (period));
  guint chosen = gtk_drop_down_get_selected (length);
  GListModel *lines = get_lines (page);
  GtkWidget *button;

  settle (desk->service);
  /* So few contacts are counted before anything could be told of it. */
  g_object_set (making, "title", "Counting: 40 % done. Until then the last figures stand.",
                "fraction", 0.4, "revealed", TRUE, NULL);
  button = desk_await (making, GTK_TYPE_BUTTON, NULL, NULL);
  desk_take_picture (desk, "reports-counting");
  gtk_drop_down_set_selected (length, chosen + 2);
  g_signal_emit_by_name (button, "clicked");
  until (is_said (desk, "Stopped. The last figures stand."));
  g_assert_true (get_lines (page) == lines);
  g_assert_cmpstr (gtk_label_get_label (period), ==, before);
  g_assert_cmpuint (gtk_drop_down_get_selected (length), ==, chosen);

  gtk_widget_activate_action (GTK_WIDGET (page), "reports.earlier", NULL);
  until (get_lines (page) != lines);
  g_assert_cmpstr (gtk_label_get_label (period), !=, before);
}

int
main (int   argc,
      char *argv[])
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/reports-page/same-table", Desk, "manager", set_up, test_same_table, desk_tear_down);
  g_test_add ("/reports-page/rows", Desk, "manager", set_up, test_rows, desk_tear_down);
  g_test_add ("/reports-page/stop", Desk, "manager", set_up, test_stop, desk_tear_down);
  g_test_add ("/reports-page/count", Desk, "manager", set_up, test_count, desk_tear_down);
  g_test_add ("/reports-page/count-file", Desk, "manager", set_up, test_count_file,
              desk_tear_down);

  return g_test_run ();
}
