/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-store-report.h"
#include "mash-store-strategy.h"
#include "mash-time.h"
#include "store-fixture.h"

/* A report while it is counted: how far it is, and that it can be stopped. */

#define N_CONTACTS 12u
#define N_TALKS 4u

typedef struct
{
  double        last;
  guint         n_told;
  guint         stop_at;       /* which time it is told; 0 for never */
  GCancellable *cancellable;
} Watching;

static void
set_up (StoreFixture  *fixture,
        gconstpointer  data)
{
  store_fixture_set_up (fixture, NULL);
  for (guint i = 0; i < N_CONTACTS; i++)
    g_free (store_fixture_contact (fixture, "Ada", "Rowe", "2019-03-04"));
  store_fixture_sign_in (fixture, "manager");
}

static void
progress_cb (double   fraction,
             gpointer data)
{
  Watching *watching = data;

  g_assert_cmpfloat (fraction, >=, watching->last);
  g_assert_cmpfloat (fraction, <=, 1);
  watching->last = fraction;
  watching->n_told++;
  if (watching->n_told == watching->stop_at)
    g_cancellable_cancel (watching->cancellable);
}

static MashWeekly *
count (StoreFixture  *fixture,
       Watching      *watching,
       GError       **error)
{
  const MashStoreWatch watch = { progress_cb, watching, watching->cancellable };
  int today = mash_time_get_local_day (mash_store_get_now (fixture->store));

  return mash_store_read_weekly (fixture->store, today - 6, today, &watch, error);
}

/* It never goes back, is told of each contact and each child, and is at its end when all are
 * counted. */
static void
test_progress (StoreFixture  *fixture,
               gconstpointer  data)
{
  Watching watching = { 0 };
  g_autoptr (MashWeekly) weekly = NULL;
  g_autoptr (GError) error = NULL;

  weekly = count (fixture, &watching, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (weekly->totals[MASH_FIGURE_CONTACTS], ==, N_CONTACTS);
  g_assert_cmpuint (watching.n_told, ==, weekly->totals[MASH_FIGURE_CONTACTS] +
                                         weekly->people.child_contacts);
  g_assert_cmpfloat (watching.last, >, 0.8);
}

/* Wherever it is stopped, it gives no figures; the next report is whole. */
static void
test_stop (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (MashWeekly) weekly = NULL;
  g_autoptr (GError) error = NULL;
  Watching whole = { 0 };

  for (guint i = 1; i < 2 * N_CONTACTS; i += 5)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Watching watching = { 0, 0, i, cancellable };

      g_assert_null (count (fixture, &watching, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (watching.n_told, ==, i);
      g_clear_error (&error);
    }
  weekly = count (fixture, &whole, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (weekly->totals[MASH_FIGURE_CONTACTS], ==, N_CONTACTS);
}

/* The keys of the rows behind a figure are as many as it says, in the order in which the contacts
 * came; whoever does not wait for them stops it. */
static void
test_rows (StoreFixture  *fixture,
           gconstpointer  data)
{
  int today = mash_time_get_local_day (mash_store_get_now (fixture->store));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GArray) keys = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  const gint64 none = 1000000;

  keys = mash_store_list_figure_keys (fixture->store, today - 6, today, today,
                                      MASH_FIGURE_CONTACTS, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (keys->len, ==, N_CONTACTS);
  rows = mash_store_list_figure (fixture->store, today, (const gint64 *) (gpointer) keys->data,
                                 keys->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, N_CONTACTS);
  for (guint i = 1; i < rows->len; i++)
    {
      const MashFigureRow *row = g_ptr_array_index (rows, i);

      g_assert_nonnull (row->reference);
      g_assert_cmpint (row->received_at, >=,
                       ((MashFigureRow *) g_ptr_array_index (rows, i - 1))->received_at);
    }
  g_ptr_array_unref (rows);
  rows = mash_store_list_figure (fixture->store, today, &none, 1, &error);
  g_assert_no_error (error);
  g_assert_null (g_ptr_array_index (rows, 0));

  g_cancellable_cancel (cancellable);
  g_assert_null (mash_store_list_figure_keys (fixture->store, today - 6, today, today,
                                              MASH_FIGURE_CONTACTS, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static MashDrift *
read_drift (StoreFixture  *fixture,
            Watching      *watching,
            GError       **error)
{
  const MashStoreWatch watch = { progress_cb, watching, watching->cancellable };
  int today = mash_time_get_local_day (mash_store_get_now (fixture->store));

  return mash_store_read_drift (fixture->store, today - 6, today, &watch, error);
}

/* The same of the report on drift: it is told of each discussion, and gives none where it was
 * stopped. */
static void
test_drift (StoreFixture  *fixture,
            gconstpointer  data)
{
  Watching whole = { 0 };
  g_autoptr (MashDrift) drift = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_TALKS; i++)
    {
      g_autofree char *contact = store_fixture_contact (fixture, "Zoë", "Marsh", "2019-03-04");

      g_free (store_fixture_discuss (fixture, contact));
    }
  for (guint i = 1; i <= N_TALKS; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Watching watching = { 0, 0, i, cancellable };

      g_assert_null (read_drift (fixture, &watching, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (watching.n_told, ==, i);
      g_clear_error (&error);
    }
  drift = read_drift (fixture, &whole, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (drift->rows->len, ==, N_TALKS);
  g_assert_cmpuint (whole.n_told, ==, N_TALKS);
  g_assert_cmpfloat (whole.last, >, 0.8);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/report/progress", StoreFixture, NULL, set_up, test_progress,
              store_fixture_tear_down);
  g_test_add ("/report/stop", StoreFixture, NULL, set_up, test_stop, store_fixture_tear_down);
  g_test_add ("/report/drift", StoreFixture, NULL, set_up, test_drift, store_fixture_tear_down);
  g_test_add ("/report/rows", StoreFixture, NULL, set_up, test_rows, store_fixture_tear_down);

  return g_test_run ();
}
