/* SPDX-License-Identifier: GPL-3.0-or-later */

/* To read the front door, against reading as many bare rows; and to open a contact, which makes the
 * entry of who looked at it durable first, against a bare insert and as many bare rows. */

#include "config.h"

#include <stdlib.h>

#include "bare-database.h"
#include "mash-bench.h"
#include "mash-small-hub.h"

#define SCHEMA \
  "CREATE TABLE bare (id INTEGER PRIMARY KEY, bytes TEXT) STRICT;" \
  "WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 1000)" \
  "  INSERT INTO bare (bytes) SELECT hex (randomblob (150)) FROM counted;" \
  "CREATE TABLE entry (bytes TEXT) STRICT;"
#define LIMIT 200

typedef struct
{
  MashStore    *store;
  GPtrArray    *contacts;
  guint         turn;
  sqlite3      *bare;
  sqlite3_stmt *insert;
  sqlite3_stmt *select;
  int           n_records;  /* of the contact that was opened last */
} Bench;

static double
seconds_since (gint64 began)
{
  return (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
}

static double
read_front_door (gpointer data)
{
  Bench *bench = data;
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GPtrArray) rows = mash_store_list_tray (bench->store, MASH_TRAY_FRONT_DOOR, LIMIT,
                                                     NULL);

  return rows != NULL && rows->len > 0 ? seconds_since (began) : -1;
}

static gboolean
read_rows (Bench *bench,
           int    n)
{
  int result;

  sqlite3_reset (bench->select);
  sqlite3_bind_int (bench->select, 1, n);
  while ((result = sqlite3_step (bench->select)) == SQLITE_ROW)
    g_free (g_strdup ((const char *) sqlite3_column_text (bench->select, 0)));

  return result == SQLITE_DONE;
}

static double
read_bare_rows (gpointer data)
{
  Bench *bench = data;
  gint64 began = g_get_monotonic_time ();

  return read_rows (bench, (int) MIN (bench->contacts->len, LIMIT)) ? seconds_since (began) : -1;
}

static double
open_contact (gpointer data)
{
  Bench *bench = data;
  const char *contact = g_ptr_array_index (bench->contacts,
                                           bench->turn++ % bench->contacts->len);
  gint64 began = g_get_monotonic_time ();
  g_autoptr (MashContactBundle) bundle = mash_store_open_contact (bench->store, contact, NULL);

  if (bundle == NULL)
    return -1;
  bench->n_records = (int) bundle->records->len;

  return seconds_since (began);
}

static double
insert_and_read (gpointer data)
{
  Bench *bench = data;
  gint64 began = g_get_monotonic_time ();

  sqlite3_reset (bench->insert);
  if (sqlite3_step (bench->insert) != SQLITE_DONE || !read_rows (bench, bench->n_records))
    return -1;

  return seconds_since (began);
}

static gboolean
open_bare (Bench      *bench,
           const char *folder)
{
  bench->bare = bare_database_open (folder, SCHEMA);

  return bench->bare != NULL &&
         sqlite3_prepare_v2 (bench->bare, "INSERT INTO entry SELECT bytes || bytes FROM bare "
                             "LIMIT 1", -1, &bench->insert, NULL) == SQLITE_OK &&
         sqlite3_prepare_v2 (bench->bare, "SELECT bytes FROM bare LIMIT ?1", -1, &bench->select,
                             NULL) == SQLITE_OK;
}

static gboolean
open_store (Bench       *bench,
            const char  *folder,
            guint        n_contacts,
            GError     **error)
{
  if (!mash_small_hub_make (folder, error))
    return FALSE;
  bench->store = mash_small_hub_open (folder, MASH_SMALL_HUB_WORKER, error);
  if (bench->store == NULL)
    return FALSE;

  bench->contacts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n_contacts; i++)
    {
      char *contact;
      g_autoptr (MashGroup) group = mash_small_hub_new_contact (bench->store, &contact);

      g_ptr_array_add (bench->contacts, contact);
      if (!mash_store_submit (bench->store, group, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static void
close_both (Bench      *bench,
            const char *folder)
{
  sqlite3_finalize (bench->insert);
  sqlite3_finalize (bench->select);
  sqlite3_close (bench->bare);
  mash_store_close (bench->store, NULL);
  g_clear_object (&bench->store);
  g_clear_pointer (&bench->contacts, g_ptr_array_unref);
  mash_small_hub_remove (folder);
}

int
main (int    argc,
      char **argv)
{
  gboolean is_short = mash_bench_start (argc, argv);
  Bench bench = { NULL };
  MashBenchPair front_door = {
    .what = "read the front door",
    .bare_name = "as many bare rows",
    .turns = is_short ? 20 : 200,
    .ours = read_front_door,
    .bare = read_bare_rows,
  };
  MashBenchPair contact = {
    .what = "open a contact",
    .bare_name = "a bare insert and as many bare rows",
    .turns = is_short ? 50 : 500,
    .ours = open_contact,
    .bare = insert_and_read,
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("mash-bench-XXXXXX", &error);
  gboolean done;

  if (folder == NULL || !open_store (&bench, folder, is_short ? 100 : 500, &error) ||
      !open_bare (&bench, folder))
    {
      if (error != NULL)
        g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  done = mash_bench_compare (&front_door, &bench) && mash_bench_compare (&contact, &bench);
  close_both (&bench, folder);
  g_print ("  peak memory %.0f MiB\n", mash_bench_get_peak ());

  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
