/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "desk-fixture.h"
#include "mash-board-line.h"
#include "mash-board-page.h"
#include "mash-drift-page.h"
#include "mash-drift-paper.h"
#include "mash-service-board.h"
#include "mash-store-strategy.h"
#include "mash-time.h"

/* The board of actions: more of them than one page of it holds, of two agencies, some overdue. */

#define N_ACTIONS 90u
#define N_LATE    10u

typedef struct
{
  Desk  desk;
  char *contact;
  char *discussion;
} Board;

static void
write_actions (Board *board)
{
  StoreFixture *hub = &board->desk.hub;
  gint64 now = mash_store_get_now (hub->store);
  g_autoptr (MashGroup) group = mash_group_new ("write-discussion", board->contact);

  for (guint i = 0; i < N_ACTIONS; i++)
    {
      g_autofree char *due = mash_time_format (now + ((gint64) i - N_LATE) * MASH_TIME_HOUR +
                                               MASH_TIME_MINUTE);
      g_autofree char *what = g_strdup_printf ("Action that is due as number %u", i);

      store_fixture_add (hub->store, group, mash_kind_lookup ("sd-action"), "discussion",
                         board->discussion, "what", what, "due-at", due, "owner-agency",
                         i % 3 == 0 ? hub->agency : hub->police, "owner",
                         i % 3 == 0 ? "Ruth Fenwick" : "Sergeant on duty", NULL);
    }
  store_fixture_submit (hub, group);
}

static void
set_up (Board         *board,
        gconstpointer  who)
{
  StoreFixture *hub = &board->desk.hub;

  store_fixture_set_up (hub, NULL);
  board->contact = store_fixture_contact (hub, "Sam", "Marsh", "2019-03-04");
  store_fixture_close (hub);
  store_fixture_sign_in (hub, "manager");
  board->discussion = store_fixture_discuss (hub, board->contact);
  write_actions (board);
  desk_open (&board->desk, who);
}

static void
tear_down (Board         *board,
           gconstpointer  who)
{
  g_free (board->contact);
  g_free (board->discussion);
  desk_tear_down (&board->desk, who);
}

static gpointer
open_board (Board *board)
{
  GtkWidget *page;

  gtk_widget_activate_action (GTK_WIDGET (board->desk.window), "win.actions", NULL);
  page = desk_await (board->desk.window, MASH_TYPE_BOARD_PAGE, NULL, NULL);
  until (mash_board_page_is_filled (MASH_BOARD_PAGE (page)));

  return page;
}

static GListModel *
get_lines (gpointer page)
{
  GtkColumnView *view = desk_part (page, MASH_TYPE_BOARD_PAGE, "view");

  return G_LIST_MODEL (gtk_column_view_get_model (view));
}

static guint
count_lines (gpointer page)
{
  return g_list_model_get_n_items (get_lines (page));
}

/* What a line says in one of its columns. */
static gboolean
says (gpointer    page,
      guint       position,
      const char *property,
      const char *words)
{
  g_autoptr (GObject) line = g_list_model_get_item (get_lines (page), position);
  g_autofree char *text = NULL;

  if (line == NULL)
    return FALSE;
  g_object_get (line, property, &text, NULL);

  return text != NULL && strstr (text, words) != NULL;
}

/* What is overdue leads; the end of the board is read when it is looked at; what is shown can be
 * narrowed, and the counts are of the whole board. */
static void
test_read (Board         *board,
           gconstpointer  who)
{
  gpointer page = open_board (board);
  GtkButton *late = desk_part (page, MASH_TYPE_BOARD_PAGE, "filter_late");
  GtkDropDown *agency = desk_part (page, MASH_TYPE_BOARD_PAGE, "agency");

  g_assert_cmpuint (count_lines (page), ==, N_ACTIONS);
  g_assert_cmpuint (mash_service_get_n_actions (board->desk.service), ==, N_ACTIONS);
  until (says (page, 0, "what", "number 0"));
  g_assert_true (says (page, 0, "first", "Late by"));
  g_assert_true (says (page, 0, "agency", "Children"));
  until (says (page, N_ACTIONS - 1, "what", "number 89"));
  g_assert_cmpstr (gtk_button_get_label (late), ==, "Overdue 10");
  desk_look_around (&board->desk, "board", NULL);

  gtk_widget_activate_action (page, "board.filter", "s", "late");
  until (count_lines (page) == N_LATE);
  gtk_widget_activate_action (page, "board.filter", "s", "mine");
  until (count_lines (page) == N_ACTIONS / 3);
  gtk_widget_activate_action (page, "board.filter", "s", "all");
  until (count_lines (page) == N_ACTIONS);
  gtk_drop_down_set_selected (agency, 1);
  until (count_lines (page) < N_ACTIONS);
  gtk_widget_activate_action (page, "board.show-all", NULL);
  until (count_lines (page) == N_ACTIONS);
}

/* By keyboard: chased at once, finished after a word of what came of it, and not without. */
static void
test_deeds (Board         *board,
            gconstpointer  who)
{
  gpointer page = open_board (board);
  GtkWidget *view = desk_part (page, MASH_TYPE_BOARD_PAGE, "view");
  GtkEntry *answer = desk_part (page, MASH_TYPE_BOARD_PAGE, "answer");
  GtkWidget *refusal = desk_part (page, MASH_TYPE_BOARD_PAGE, "refusal");

  until (says (page, 0, "what", "number 0"));
  desk_press (view, "c");
  until (says (page, 0, "place", "Chased once"));
  desk_press (view, "d");
  until (gtk_widget_get_mapped (GTK_WIDGET (answer)));
  gtk_widget_activate_action (page, "board.confirm", NULL);
  g_assert_true (gtk_widget_get_visible (refusal));
  g_assert_cmpuint (count_lines (page), ==, N_ACTIONS);
  gtk_editable_set_text (GTK_EDITABLE (answer), "Seen at school, alone");
  desk_take_picture (&board->desk, "board-finish");
  g_signal_emit_by_name (answer, "activate");
  until (count_lines (page) == N_ACTIONS - 1 && says (page, 0, "what", "number 1"));
  g_assert_cmpuint (mash_service_get_n_actions (board->desk.service), ==, N_ACTIONS - 1);
}

/* Enter opens the contact where the action was agreed. */
static void
test_opens (Board         *board,
            gconstpointer  who)
{
  gpointer page = open_board (board);
  GtkWidget *view = desk_part (page, MASH_TYPE_BOARD_PAGE, "view");
  MashContactPage *contact;

  g_signal_emit_by_name (view, "activate", 0);
  contact = MASH_CONTACT_PAGE (desk_await (board->desk.window, MASH_TYPE_CONTACT_PAGE, "tab",
                                           "strategy"));
  g_assert_cmpstr (mash_entity_get_id (mash_strategy_part_get_discussion (
                                         MASH_STRATEGY_PART (contact->strategy))),
                   ==, board->discussion);
}

/* On paper the state of a discussion stands in words. */
static void
check_paper (MashPolicy *policy)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_drift_row_free);
  MashDriftRow *row = g_new0 (MashDriftRow, 1);
  g_autoptr (MashDrift) drift = NULL;
  g_autoptr (MashPaper) paper = NULL;
  g_autofree char *text = NULL;

  row->reference = g_strdup ("R7K2-M4QT-C");
  row->state = g_strdup ("PROGRESS");
  g_ptr_array_add (rows, row);
  drift = mash_drift_new (20000, 20006, rows, 0);
  paper = mash_drift_paper_new (drift, policy, "Wealdshire");
  text = mash_paper_dup_text (paper);
  g_assert_nonnull (strstr (text, "In progress"));
  g_assert_null (strstr (text, "PROGRESS"));
}

/* What drifted is said by week and by discussion, and leads to the record. */
static void
test_drift (Board         *board,
            gconstpointer  who)
{
  GtkWidget *page;
  GtkLabel *summary;
  MashContactPage *contact;

  gtk_widget_activate_action (GTK_WIDGET (board->desk.window), "win.drift", NULL);
  page = desk_await (board->desk.window, MASH_TYPE_DRIFT_PAGE, NULL, NULL);
  until (mash_drift_page_is_filled (MASH_DRIFT_PAGE (page)));
  summary = desk_part (page, MASH_TYPE_DRIFT_PAGE, "summary");
  g_assert_true (g_str_has_prefix (gtk_label_get_label (summary), "1 needed · 0 compliant"));
  check_paper (mash_page_get_policy (MASH_PAGE (page)));
  desk_look_around (&board->desk, "drift", NULL);
  g_signal_emit_by_name (desk_part (page, MASH_TYPE_DRIFT_PAGE, "rows"), "activate", 0);
  contact = MASH_CONTACT_PAGE (desk_await (board->desk.window, MASH_TYPE_CONTACT_PAGE, "tab",
                                           "strategy"));
  g_assert_cmpstr (mash_entity_get_id (mash_strategy_part_get_discussion (
                                         MASH_STRATEGY_PART (contact->strategy))),
                   ==, board->discussion);
}

int
main (int   argc,
      char *argv[])
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/board/read", Board, "manager", set_up, test_read, tear_down);
  g_test_add ("/board/deeds", Board, "manager", set_up, test_deeds, tear_down);
  g_test_add ("/board/opens", Board, "manager", set_up, test_opens, tear_down);
  g_test_add ("/board/drift", Board, "manager", set_up, test_drift, tear_down);

  return g_test_run ();
}
