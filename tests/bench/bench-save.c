/* SPDX-License-Identifier: GPL-3.0-or-later */

/* To save one change, from the deed to the durable commit, against a bare insert of the same bytes
 * into a table of SQLCipher at the same level of durability. */

#include "config.h"

#include <stdlib.h>

#include "bare-database.h"
#include "mash-bench.h"
#include "mash-small-hub.h"

#define WORDS "A bruise on the left arm that nobody can explain, seen on turn %u."

typedef struct
{
  MashStore    *store;
  char         *contact;
  guint         turn;
  sqlite3      *bare;
  sqlite3_stmt *insert;
} Bench;

static double
seconds_since (gint64 began)
{
  return (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
}

/* What the log keeps of such a change: its statement, signature, digest and place in the chain. */
static GBytes *
make_bytes (MashGroup *group)
{
  static const guint8 salt[MASH_CHANGE_SALT_SIZE];
  static const char id[] = "01937a5e-0000-7000-8000-00000000000c";
  const MashSaying saying = { id, id, id, id, id, "case", "2026-11-21T12:00:00.000Z" };
  g_autoptr (MashChange) change = mash_change_new_for_edit (group, 0, &saying, id, salt, NULL);
  g_autoptr (GBytes) statement = mash_change_to_statement (change);
  GByteArray *bytes = g_byte_array_new ();
  guint8 proof[MASH_CHANGE_SIGNATURE_SIZE + 2 * MASH_CHANGE_DIGEST_SIZE] = { 0 };

  g_byte_array_append (bytes, g_bytes_get_data (statement, NULL), g_bytes_get_size (statement));
  g_byte_array_append (bytes, proof, sizeof proof);

  return g_byte_array_free_to_bytes (bytes);
}

static double
save_change (gpointer data)
{
  Bench *bench = data;
  g_autofree char *words = g_strdup_printf (WORDS, ++bench->turn);
  g_autoptr (MashGroup) group = mash_small_hub_new_edit (bench->store, bench->contact, words);
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  if (!mash_store_submit (bench->store, group, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return -1;
    }

  return seconds_since (began);
}

/* A commit of its own, as the change has. */
static double
insert_bytes (gpointer data)
{
  Bench *bench = data;
  g_autofree char *words = g_strdup_printf (WORDS, ++bench->turn);
  g_autoptr (MashGroup) group = mash_small_hub_new_edit (bench->store, bench->contact, words);
  g_autoptr (GBytes) bytes = make_bytes (group);
  gint64 began = g_get_monotonic_time ();

  sqlite3_reset (bench->insert);
  sqlite3_bind_blob (bench->insert, 1, g_bytes_get_data (bytes, NULL),
                     (int) g_bytes_get_size (bytes), SQLITE_STATIC);
  if (sqlite3_step (bench->insert) != SQLITE_DONE)
    return -1;

  return seconds_since (began);
}

static gboolean
open_bare (Bench      *bench,
           const char *folder)
{
  bench->bare = bare_database_open (folder, "CREATE TABLE bare (bytes BLOB) STRICT");

  return bench->bare != NULL &&
         sqlite3_prepare_v2 (bench->bare, "INSERT INTO bare VALUES (?1)", -1, &bench->insert,
                             NULL) == SQLITE_OK;
}

static gboolean
open_store (Bench       *bench,
            const char  *folder,
            GError     **error)
{
  g_autoptr (MashGroup) group = NULL;

  if (!mash_small_hub_make (folder, error))
    return FALSE;
  bench->store = mash_small_hub_open (folder, MASH_SMALL_HUB_WORKER, error);
  if (bench->store == NULL)
    return FALSE;
  group = mash_small_hub_new_contact (bench->store, &bench->contact);

  return mash_store_submit (bench->store, group, NULL, error);
}

static void
close_both (Bench      *bench,
            const char *folder)
{
  sqlite3_finalize (bench->insert);
  sqlite3_close (bench->bare);
  if (bench->store != NULL)
    mash_store_close (bench->store, NULL);
  g_clear_object (&bench->store);
  g_free (bench->contact);
  mash_small_hub_remove (folder);
}

int
main (int    argc,
      char **argv)
{
  Bench bench = { NULL };
  MashBenchPair pair = {
    .what = "save one change",
    .bare_name = "a bare insert",
    .target = 3,
    .turns = mash_bench_start (argc, argv) ? 50 : 1000,
    .ours = save_change,
    .bare = insert_bytes,
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("mash-bench-XXXXXX", &error);
  gboolean done;

  if (folder == NULL || !open_store (&bench, folder, &error) || !open_bare (&bench, folder))
    {
      if (error != NULL)
        g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  done = mash_bench_compare (&pair, &bench);
  close_both (&bench, folder);
  g_print ("  peak memory %.0f MiB\n", mash_bench_get_peak ());

  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
