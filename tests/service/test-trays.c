/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-service-bulk.h"
#include "mash-time.h"
#include "mash-tray-list.h"
#include "seat.h"
#include "store-fixture.h"

/* A tray as a window over keys, and many contacts at once, over the real store. */

/* Enough for the list to let pages go. */
#define N_CONTACTS (MASH_TRAY_PAGE_SIZE * (MASH_TRAY_MAX_PAGES + 4))

#define N_FEW 40

/* What the bar of a tray takes at a time. */
#define N_MANY 500

/* No step may be longer than this many contacts: between two of them the window draws. */
#define MAX_AT_ONCE 8

typedef struct
{
  StoreFixture  hub;
  Seat          seat;
  guint         n_told;
  guint         n_last;      /* how many contacts were done when it was last told */
  guint         n_frames;    /* how often the window could have drawn */
  guint         n_drawn;     /* how often it could between two steps */
  guint         stop_at;     /* how many contacts are done when it is stopped; 0 for at once */
  GCancellable *cancellable;
} Desk;

/* Contacts of a hub that is not open yet. A large number is put into the trays alone, for a list
 * reads nothing else. */
static void
make_contacts (Desk *desk,
               guint n)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (mash_store_begin_bulk (desk->hub.store, &error));
  for (guint i = 0; i < n; i++)
    g_free (store_fixture_contact (&desk->hub, "Sam", "Marsh", "2019-03-04"));
  g_assert_true (mash_store_end_bulk (desk->hub.store, &error));
}

static void
fill_trays (Desk *desk,
            guint n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf (
    "WITH RECURSIVE k (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < %u)"
    " INSERT INTO tray (contact, tray, state, urgency, clock_started, clock_due, received_at,"
    " created_at, harm, strategy, undecided, waiting, incomplete)"
    " SELECT printf ('00000000-0000-7000-8000-%%012d', i), 'work', 'C10', i %% 5, 1, i * 7 %% 1000,"
    " 1, 1, 0, 0, 1, 0, 0 FROM k", n);

  g_assert_true (mash_database_execute (desk->hub.store->database, sql, &error));
  g_assert_true (mash_database_run (desk->hub.store->database, &error,
                                    "INSERT INTO tray_count (tray, person, facet, value, n)"
                                    " VALUES ('front-door', '', '', '', ?1)", "u", n));
}

static void
open_desk (Desk *desk)
{
  store_fixture_close (&desk->hub);
  seat_open (&desk->seat, desk->hub.folder);
}

static void
sign_in (Desk       *desk,
         const char *who)
{
  seat_sign_in (&desk->seat, who, FIXTURE_PASSPHRASE);
}

static void
set_up (Desk         *desk,
        gconstpointer data)
{
  store_fixture_set_up (&desk->hub, data);
}

static void
tear_down (Desk         *desk,
           gconstpointer data)
{
  seat_close (&desk->seat);
  g_clear_object (&desk->cancellable);
  store_fixture_tear_down (&desk->hub, data);
}

static char *
read_contact (GListModel *list,
              guint       position)
{
  g_autoptr (MashItem) item = g_list_model_get_item (list, position);
  char *contact = NULL;

  g_object_get (item, "contact", &contact, NULL);
  while (contact == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (item, "contact", &contact, NULL);
    }

  return contact;
}

/* Any row can be looked at, each contact stands once, and only pages near what was looked at are
 * held. */
static void
test_window (Desk         *desk,
             gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *last = NULL;
  GListModel *list;

  fill_trays (desk, N_CONTACTS);
  open_desk (desk);
  sign_in (desk, "worker");
  list = seat_refresh (&desk->seat, MASH_TRAY_FRONT_DOOR);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, N_CONTACTS);
  g_assert_cmpuint (mash_tray_list_get_n_held (MASH_TRAY_LIST (list)), <=, 2 * MASH_TRAY_PAGE_SIZE);

  last = read_contact (list, N_CONTACTS - 1);
  for (guint i = 0; i < N_CONTACTS; i++)
    g_assert_true (g_hash_table_add (seen, read_contact (list, i)));
  g_assert_true (g_hash_table_contains (seen, last));
  g_assert_cmpuint (mash_tray_list_get_n_held (MASH_TRAY_LIST (list)), <=,
                    (MASH_TRAY_MAX_PAGES + 1) * MASH_TRAY_PAGE_SIZE);
}

static void
on_progress_cb (guint    n_done,
                guint    n_all,
                gpointer data)
{
  Desk *desk = data;

  g_assert_cmpuint (n_done, <=, n_all);
  g_assert_cmpuint (n_done, >, desk->n_last);
  g_assert_cmpuint (n_done - desk->n_last, <=, MAX_AT_ONCE);
  desk->n_last = n_done;
  desk->n_told++;
  desk->n_drawn += desk->n_frames > 0;
  desk->n_frames = 0;
  if (desk->cancellable != NULL && n_done >= desk->stop_at)
    g_cancellable_cancel (desk->cancellable);
}

static GPtrArray *
list_assignments (GListModel *list,
                  const char *person)
{
  GPtrArray *assignments = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_assignment_free);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autofree char *contact = read_contact (list, i);

      g_ptr_array_add (assignments, mash_assignment_new (contact, person));
    }

  return assignments;
}

static GPtrArray *
assign_all (Desk      *desk,
            GPtrArray *assignments)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *done;

  desk->n_told = 0;
  desk->n_last = 0;
  desk->n_drawn = 0;
  desk->n_frames = 0;
  mash_service_assign_all_async (desk->seat.service, assignments, desk->cancellable, on_progress_cb,
                                 desk, seat_on_done_cb, seat_call (&desk->seat));
  done = mash_service_assign_all_finish (desk->seat.service, seat_wait (&desk->seat), &error);
  g_assert_no_error (error);

  return done;
}

static guint
count_done (GPtrArray *assignments)
{
  guint n = 0;

  for (guint i = 0; i < assignments->len; i++)
    n += ((MashAssignment *) g_ptr_array_index (assignments, i))->done;

  return n;
}

/* Many contacts go to a colleague, as steps of their own, and back to where they were. */
static void
test_bulk (Desk         *desk,
           gconstpointer data)
{
  g_autoptr (GPtrArray) assignments = NULL;
  g_autoptr (GPtrArray) done = NULL;
  g_autoptr (GPtrArray) back = g_ptr_array_new_with_free_func (
    (GDestroyNotify) mash_assignment_free);
  g_autoptr (GPtrArray) undone = NULL;
  GListModel *list;

  make_contacts (desk, N_FEW);
  open_desk (desk);
  sign_in (desk, "worker");
  list = seat_refresh (&desk->seat, MASH_TRAY_FRONT_DOOR);
  assignments = list_assignments (list, desk->hub.officer);
  done = assign_all (desk, assignments);
  g_assert_cmpuint (count_done (done), ==, N_FEW);
  g_assert_cmpuint (desk->n_told, >, 1);
  for (guint i = 0; i < done->len; i++)
    {
      const MashAssignment *assignment = g_ptr_array_index (done, i);

      g_assert_null (assignment->was);
      g_ptr_array_add (back, mash_assignment_new (assignment->contact, assignment->was));
    }
  undone = assign_all (desk, back);
  g_assert_cmpuint (count_done (undone), ==, N_FEW);
}

/* What may not be done says why, each time, and alters nothing. */
static void
test_refused (Desk         *desk,
              gconstpointer data)
{
  g_autoptr (GPtrArray) assignments = NULL;
  g_autoptr (GPtrArray) done = NULL;
  GListModel *list;

  make_contacts (desk, 3);
  open_desk (desk);
  sign_in (desk, "auditor");
  list = seat_refresh (&desk->seat, MASH_TRAY_FRONT_DOOR);
  assignments = list_assignments (list, desk->hub.officer);
  g_ptr_array_add (assignments, mash_assignment_new ("00000000-0000-7000-8000-000000000009", NULL));
  done = assign_all (desk, assignments);
  g_assert_cmpuint (done->len, ==, 4);
  g_assert_cmpuint (count_done (done), ==, 0);
  for (guint i = 0; i < done->len; i++)
    g_assert_nonnull (((MashAssignment *) g_ptr_array_index (done, i))->sentence);
}

/* It stops between two contacts; what is done stays done, and the rest is left as it was. */
static void
test_stopped (Desk         *desk,
              gconstpointer data)
{
  g_autoptr (GPtrArray) assignments = NULL;
  g_autoptr (GPtrArray) done = NULL;
  GListModel *list;

  make_contacts (desk, N_FEW);
  open_desk (desk);
  sign_in (desk, "worker");
  list = seat_refresh (&desk->seat, MASH_TRAY_FRONT_DOOR);
  assignments = list_assignments (list, desk->hub.worker);
  desk->cancellable = g_cancellable_new ();
  done = assign_all (desk, assignments);
  g_assert_cmpuint (count_done (done), >, 0);
  g_assert_cmpuint (count_done (done), <, N_FEW);
}

/* Stands for the window, which draws when nothing that is more urgent waits. */
static gboolean
on_frame_cb (gpointer data)
{
  ((Desk *) data)->n_frames++;

  return G_SOURCE_CONTINUE;
}

/* All steps were told, and the window had its turn between most of them; that it had none between
 * two may be the machine's doing. */
static void
check_steps (Desk *desk,
             guint n)
{
  g_assert_cmpuint (desk->n_last, ==, n);
  g_assert_cmpuint (desk->n_told, >=, n / MAX_AT_ONCE);
  g_assert_cmpuint (desk->n_drawn, >=, desk->n_told / 2);
}

static GPtrArray *
list_back (GPtrArray *done)
{
  GPtrArray *back = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_assignment_free);

  for (guint i = 0; i < done->len; i++)
    {
      const MashAssignment *assignment = g_ptr_array_index (done, i);

      if (assignment->done)
        g_ptr_array_add (back, mash_assignment_new (assignment->contact, assignment->was));
    }

  return back;
}

/* How many contacts of the tray are with a person, as its filter says. */
static guint
count_with (Desk       *desk,
            const char *person)
{
  GListModel *facets;
  guint count = 0;

  seat_refresh (&desk->seat, MASH_TRAY_FRONT_DOOR);
  facets = mash_service_get_tray_facets (desk->seat.service, MASH_TRAY_FRONT_DOOR);
  for (guint i = 0; i < g_list_model_get_n_items (facets); i++)
    {
      g_autoptr (MashItem) item = g_list_model_get_item (facets, i);
      g_autofree char *facet = NULL;
      g_autofree char *value = NULL;
      guint n;

      g_object_get (item, "facet", &facet, "value", &value, "n", &n, NULL);
      if (g_str_equal (facet, "with") && g_strcmp0 (value, person) == 0)
        count = n;
    }

  return count;
}

/* As many as can be chosen: taken, given back as far as it is not stopped, and undone; the window
 * draws all along. */
static void
test_many (Desk         *desk,
           gconstpointer data)
{
  g_autoptr (GPtrArray) assignments = NULL;
  g_autoptr (GPtrArray) taken = NULL;
  g_autoptr (GPtrArray) release = NULL;
  g_autoptr (GPtrArray) released = NULL;
  g_autoptr (GPtrArray) back = NULL;
  g_autoptr (GPtrArray) undone = NULL;
  guint source, n_released;

  make_contacts (desk, N_MANY);
  open_desk (desk);
  sign_in (desk, "worker");
  assignments = list_assignments (seat_refresh (&desk->seat, MASH_TRAY_FRONT_DOOR),
                                  desk->hub.worker);
  source = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 20, on_frame_cb, desk, NULL);
  taken = assign_all (desk, assignments);
  check_steps (desk, N_MANY);
  g_assert_cmpuint (count_done (taken), ==, N_MANY);
  g_assert_cmpuint (count_with (desk, desk->hub.worker), ==, N_MANY);

  desk->cancellable = g_cancellable_new ();
  desk->stop_at = N_MANY / 2;
  release = list_back (taken);
  released = assign_all (desk, release);
  n_released = count_done (released);
  check_steps (desk, n_released);
  g_assert_cmpuint (n_released, >=, N_MANY / 2);
  g_assert_cmpuint (n_released, <, N_MANY);
  g_assert_cmpuint (count_with (desk, ""), ==, n_released);

  g_clear_object (&desk->cancellable);
  back = list_back (released);
  g_assert_cmpuint (back->len, ==, n_released);
  undone = assign_all (desk, back);
  check_steps (desk, n_released);
  g_source_remove (source);
  g_assert_cmpuint (count_done (undone), ==, n_released);
  g_assert_cmpuint (count_with (desk, desk->hub.worker), ==, N_MANY);
}

/* A filter is answered by the store, and what the tray can be filtered by is counted. */
static void
test_query (Desk         *desk,
            gconstpointer data)
{
  g_autoptr (MashTrayQuery) query = mash_tray_query_new (MASH_TRAY_FRONT_DOOR);
  GListModel *list;

  make_contacts (desk, 3);
  open_desk (desk);
  sign_in (desk, "worker");
  query->with = g_strdup (desk->hub.worker);
  mash_service_set_tray_query (desk->seat.service, query);
  list = seat_refresh (&desk->seat, MASH_TRAY_FRONT_DOOR);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 0);
  g_assert_cmpuint (mash_service_get_tray_count (desk->seat.service, MASH_TRAY_FRONT_DOOR), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (mash_service_get_tray_facets (
                                                desk->seat.service, MASH_TRAY_FRONT_DOOR)), >, 2);

  *query->with = '\0';
  mash_service_set_tray_query (desk->seat.service, query);
  g_assert_cmpuint (g_list_model_get_n_items (seat_refresh (&desk->seat, MASH_TRAY_FRONT_DOOR)),
                    ==, 3);
}

#define ADD(path, func) \
  g_test_add (path, Desk, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/trays/window", test_window);
  ADD ("/trays/bulk", test_bulk);
  ADD ("/trays/refused", test_refused);
  ADD ("/trays/stopped", test_stopped);
  ADD ("/trays/many", test_many);
  ADD ("/trays/query", test_query);

  return g_test_run ();
}
