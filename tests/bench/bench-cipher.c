/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the encryption costs: the log of a hub in the desk's own schema, written, read through and
 * looked up by the same statements in the same library, with a key and without one. The file
 * without a key is made here and nowhere else. */

#include "config.h"

#include <stdlib.h>

#include "bare-database.h"
#include "mash-bench.h"
#include "mash-database-private.h"
#include "mash-small-hub.h"
#include "mash-store-private.h"

#define N_CONTACTS 400
#define N_CONTACTS_SHORT 40
#define ROWS_AT_ONCE 500
#define LOOKUPS 2000
#define SHIFT G_GINT64_CONSTANT (10000000)

#define INSERT \
  "INSERT INTO change SELECT position + ?1, state, id || ?1, group_id || ?1, idx, size, desk," \
  " person, post, kind, record, base, compartment, format, said_at, took_at, salt, body," \
  " signature, digest, chain, contact, lost FROM change WHERE position < ?2" \
  " ORDER BY position LIMIT ?3"

typedef enum { KEYED, PLAIN, N_SORTS } Sort;

typedef struct
{
  char      *paths[N_SORTS];
  sqlite3   *databases[N_SORTS];
  GPtrArray *ids;
  gint64     turns[N_SORTS];
} Bench;

static double
seconds_since (gint64 began)
{
  return (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
}

static gboolean
run (sqlite3    *database,
     const char *sql)
{
  if (sqlite3_exec (database, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  g_printerr ("%s\n", sqlite3_errmsg (database));

  return FALSE;
}

/* A connection that has read nothing yet: what it is asked comes from the file. */
static sqlite3 *
reopen (Bench *bench,
        Sort   sort)
{
  g_clear_pointer (&bench->databases[sort], sqlite3_close);
  bench->databases[sort] = sort == KEYED ? bare_database_open_file (bench->paths[sort])
                                         : bare_database_open_plain (bench->paths[sort]);

  return bench->databases[sort];
}

static double
insert (Bench *bench,
        Sort   sort)
{
  sqlite3 *database = bench->databases[sort] != NULL ? bench->databases[sort]
                                                     : reopen (bench, sort);
  sqlite3_stmt *statement = NULL;
  gint64 began = g_get_monotonic_time ();
  gboolean done;

  if (database == NULL)
    return -1;
  if (sqlite3_prepare_v2 (database, INSERT, -1, &statement, NULL) != SQLITE_OK)
    {
      g_printerr ("%s\n", sqlite3_errmsg (database));
      return -1;
    }
  sqlite3_bind_int64 (statement, 1, ++bench->turns[sort] * SHIFT);
  sqlite3_bind_int64 (statement, 2, SHIFT);
  sqlite3_bind_int (statement, 3, ROWS_AT_ONCE);
  done = sqlite3_step (statement) == SQLITE_DONE;
  if (!done)
    g_printerr ("%s\n", sqlite3_errmsg (database));
  sqlite3_finalize (statement);

  return done ? seconds_since (began) : -1;
}

static double
read_through (Bench *bench,
              Sort   sort)
{
  sqlite3 *database = reopen (bench, sort);
  gint64 began = g_get_monotonic_time ();

  return database != NULL &&
         run (database, "SELECT sum (length (body) + length (signature)) FROM change")
         ? seconds_since (began) : -1;
}

static double
look_up (Bench *bench,
         Sort   sort)
{
  sqlite3 *database = reopen (bench, sort);
  sqlite3_stmt *statement = NULL;
  gint64 began = g_get_monotonic_time ();
  gboolean found = database != NULL &&
                   sqlite3_prepare_v2 (database, "SELECT body FROM change WHERE id = ?1", -1,
                                       &statement, NULL) == SQLITE_OK;

  for (guint i = 0; i < LOOKUPS && found; i++)
    {
      const char *id = g_ptr_array_index (bench->ids, i * 7919 % bench->ids->len);

      sqlite3_bind_text (statement, 1, id, -1, SQLITE_STATIC);
      found = sqlite3_step (statement) == SQLITE_ROW;
      sqlite3_reset (statement);
    }
  sqlite3_finalize (statement);

  return found ? seconds_since (began) : -1;
}

#define TURNS(name) \
  static double name ## _keyed (gpointer data) { return name (data, KEYED); } \
  static double name ## _plain (gpointer data) { return name (data, PLAIN); }

TURNS (insert)
TURNS (read_through)
TURNS (look_up)

static gboolean
fill (MashStore  *store,
      guint       n,
      GError    **error)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *contact = NULL;
      g_autoptr (MashGroup) group = mash_small_hub_new_contact (store, &contact);

      if (!mash_store_submit (store, group, NULL, error))
        return FALSE;
    }

  return TRUE;
}

/* The hub's own file under a key that is known here, page by page, and from that the plain one. */
static gboolean
copy (Bench     *bench,
      MashStore *store)
{
  sqlite3 *keyed = bare_database_open_file (bench->paths[KEYED]);
  g_autofree char *attach = g_strdup_printf ("ATTACH '%s' AS plain KEY ''", bench->paths[PLAIN]);
  sqlite3_backup *backup;
  gboolean done;

  if (keyed == NULL)
    return FALSE;
  backup = sqlite3_backup_init (keyed, "main", store->database->handle, "main");
  done = backup != NULL && sqlite3_backup_step (backup, -1) == SQLITE_DONE;
  sqlite3_backup_finish (backup);
  done = done && run (keyed, attach) && run (keyed, "SELECT sqlcipher_export ('plain')") &&
         run (keyed, "DETACH plain");
  sqlite3_close (keyed);

  return done;
}

static gboolean
list_ids (Bench *bench)
{
  sqlite3 *database = reopen (bench, KEYED);
  sqlite3_stmt *statement = NULL;

  if (database == NULL ||
      sqlite3_prepare_v2 (database, "SELECT id FROM change", -1, &statement, NULL) != SQLITE_OK)
    return FALSE;
  bench->ids = g_ptr_array_new_with_free_func (g_free);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (bench->ids, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  sqlite3_finalize (statement);

  return bench->ids->len > 0;
}

static gboolean
prepare (Bench       *bench,
         const char  *folder,
         guint        n,
         GError     **error)
{
  g_autoptr (MashStore) store = NULL;
  gboolean done;

  bench->paths[KEYED] = g_build_filename (folder, "keyed.db", NULL);
  bench->paths[PLAIN] = g_build_filename (folder, "plain.db", NULL);
  if (!mash_small_hub_make (folder, error))
    return FALSE;
  store = mash_small_hub_open (folder, MASH_SMALL_HUB_WORKER, error);
  done = store != NULL && fill (store, n, error) && copy (bench, store);
  if (store != NULL)
    mash_store_close (store, NULL);

  return done && list_ids (bench);
}

static gboolean
compare (Bench    *bench,
         gboolean  is_short)
{
  const MashBenchPair pairs[] = {
    { "encryption: write 500 changes", "without a key", 2.0, is_short ? 5 : 20, insert_keyed,
      insert_plain },
    { "encryption: read the log through, cold", "without a key", 3.3, is_short ? 5 : 20,
      read_through_keyed, read_through_plain },
    { "encryption: 2,000 changes by their id", "without a key", 2.0, is_short ? 5 : 20,
      look_up_keyed, look_up_plain },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (!mash_bench_compare (&pairs[i], bench))
      return FALSE;

  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  Bench bench = { { NULL } };
  gboolean is_short = mash_bench_start (argc, argv);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("mash-bench-XXXXXX", &error);
  gboolean done = folder != NULL &&
                  prepare (&bench, folder, is_short ? N_CONTACTS_SHORT : N_CONTACTS, &error) &&
                  compare (&bench, is_short);

  if (error != NULL)
    g_printerr ("%s\n", error->message);
  for (guint i = 0; i < N_SORTS; i++)
    {
      g_clear_pointer (&bench.databases[i], sqlite3_close);
      g_free (bench.paths[i]);
    }
  g_clear_pointer (&bench.ids, g_ptr_array_unref);
  if (folder != NULL)
    mash_small_hub_remove (folder);
  g_print ("  peak memory %.0f MiB\n", mash_bench_get_peak ());

  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
