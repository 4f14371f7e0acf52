/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A desk's first fill from a hub with years behind it, by the line that a desk has, against what
 * PostgreSQL and SQLCipher need for the same entries by themselves. */

#include "config.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "bare-database.h"
#include "bare-line.h"
#include "mash-bench.h"
#include "mash-hub-calls.h"
#include "mash-store-private.h"
#include "mash-sync-core.h"

#define PAGE "5000"
#define MAX_MORE_BYTES 200.0

#define COPY_COLUMNS \
  "SELECT h.seq, h.took_at, h.group_end, h.digest, c.statement, c.signature" \
  " FROM mash.head h JOIN mash.change c USING (seq) WHERE seq <= %" G_GUINT64_FORMAT \
  " ORDER BY seq"

#define BARE_TABLE \
  "CREATE TABLE bare (seq TEXT, took_at TEXT, group_end TEXT, digest TEXT, statement TEXT," \
  " signature TEXT)"
#define BARE_INSERT "INSERT INTO bare VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
#define N_COLUMNS 6

typedef struct
{
  HubStock    *stock;
  PGconn      *bare;
  MashHubLine *line;       /* as a desk has it */
  char        *seat;
  guint64      n_changes;  /* as many as a fill has here */
  GPtrArray   *page;       /* the first entries of the history */
  GHashTable  *keys;       /* person → public key in hex */
  guint        n_files;
} Bench;

static double
seconds_since (gint64 began)
{
  return (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
}

/* The whole of it: line, chain, signatures, log, records, search. */

static double
fill_desk (gpointer data)
{
  Bench *bench = data;
  StockDesk *desk = stock_desk_new (bench->stock, 0);
  gint64 began = g_get_monotonic_time ();
  double seconds;

  desk->limit = bench->n_changes;
  seconds = stock_desk_sync (desk) ? seconds_since (began) : -1;
  stock_desk_free (desk);

  return seconds;
}

/* A bare database in a file of its own */

typedef struct
{
  char         *folder;
  sqlite3      *db;
  sqlite3_stmt *insert;
} BareFile;

static gboolean
bare_file_open (BareFile *self)
{
  self->folder = g_dir_make_tmp ("mash-bench-bare-XXXXXX", NULL);
  self->db = self->folder != NULL ? bare_database_open (self->folder, BARE_TABLE) : NULL;

  return self->db != NULL &&
         sqlite3_prepare_v2 (self->db, BARE_INSERT, -1, &self->insert, NULL) == SQLITE_OK &&
         sqlite3_exec (self->db, "BEGIN", NULL, NULL, NULL) == SQLITE_OK;
}

static void
bare_file_close (BareFile *self)
{
  g_autofree char *command = g_strdup_printf ("rm -rf %s", self->folder);

  sqlite3_finalize (self->insert);
  sqlite3_close (self->db);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (self->folder);
}

/* One line of CSV as text into a row, as `sqlcipher .import` does it. */
static void
import_row_cb (const char *text,
               int         length,
               gpointer    data)
{
  BareFile *file = data;
  g_autoptr (GString) value = g_string_sized_new (1024);
  int column = 1;
  gboolean quoted = FALSE;

  for (int i = 0; i < length; i++)
    {
      if (text[i] == '"')
        {
          if (quoted && i + 1 < length && text[i + 1] == '"')
            g_string_append_c (value, text[i++]);
          else
            quoted = !quoted;
        }
      else if (!quoted && (text[i] == ',' || text[i] == '\n'))
        {
          sqlite3_bind_text (file->insert, column++, value->str, (int) value->len,
                             SQLITE_TRANSIENT);
          g_string_truncate (value, 0);
        }
      else
        {
          g_string_append_c (value, text[i]);
        }
    }
  sqlite3_step (file->insert);
  sqlite3_reset (file->insert);
}

/* COPY … CSV, imported into one bare table. */
static double
import_csv (gpointer data)
{
  Bench *bench = data;
  g_autofree char *sql = g_strdup_printf ("COPY (" COPY_COLUMNS ") TO STDOUT (FORMAT csv)",
                                          bench->n_changes);
  BareFile file = { NULL };
  gint64 began;
  double seconds;
  gboolean done;

  if (!bare_file_open (&file))
    return -1;
  began = g_get_monotonic_time ();
  done = bare_line_copy (bench->bare, sql, import_row_cb, &file) &&
         sqlite3_exec (file.db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
  seconds = seconds_since (began);
  bare_file_close (&file);

  return done ? seconds : -1;
}

static void
bind_bytes (sqlite3_stmt *insert,
            int           column,
            GBytes       *bytes)
{
  if (bytes != NULL)
    sqlite3_bind_blob (insert, column, g_bytes_get_data (bytes, NULL),
                       (int) g_bytes_get_size (bytes), SQLITE_STATIC);
}

static void
insert_entries (sqlite3_stmt *insert,
                GPtrArray    *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const MashEntry *entry = g_ptr_array_index (entries, i);

      sqlite3_bind_int64 (insert, 1, (gint64) entry->seq);
      sqlite3_bind_text (insert, 2, entry->took_at, -1, SQLITE_STATIC);
      sqlite3_bind_int (insert, 3, entry->group_end);
      bind_bytes (insert, 4, entry->digest);
      bind_bytes (insert, 5, entry->statement);
      bind_bytes (insert, 6, entry->signature);
      sqlite3_step (insert);
      sqlite3_reset (insert);
      sqlite3_clear_bindings (insert);
    }
}

/* The same pages, into one bare table. */
static double
pull_into_table (gpointer data)
{
  Bench *bench = data;
  BareFile file = { NULL };
  gint64 began;
  guint64 after = 0;
  g_autoptr (GBytes) chain = NULL;
  gboolean done = bare_file_open (&file);

  began = g_get_monotonic_time ();
  while (done && after < bench->n_changes)
    {
      g_autoptr (GPtrArray) entries = mash_hub_call_pull (bench->line, bench->seat, after, chain,
                                                          MASH_HUB_ANY_TURN, atoi (PAGE),
                                                          MASH_SYNC_PAGE_BYTES, NULL, NULL);
      const MashEntry *last;

      done = entries != NULL && entries->len > 0;
      if (!done)
        break;
      insert_entries (file.insert, entries);
      last = g_ptr_array_index (entries, entries->len - 1);
      after = last->seq;
      g_clear_pointer (&chain, g_bytes_unref);
      chain = g_bytes_ref (last->chain);
    }
  done = done && sqlite3_exec (file.db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
  bare_file_close (&file);

  return done ? seconds_since (began) : -1;
}

/* One page */

static double
pull_page (gpointer data)
{
  Bench *bench = data;
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GPtrArray) entries = mash_hub_call_pull (bench->line, bench->seat, 0, NULL,
                                                      MASH_HUB_ANY_TURN, atoi (PAGE),
                                                      MASH_SYNC_PAGE_BYTES, NULL, NULL);
  double seconds = seconds_since (began);

  if (entries == NULL)
    return -1;
  g_clear_pointer (&bench->page, g_ptr_array_unref);
  bench->page = g_steal_pointer (&entries);

  return seconds;
}

static double
copy_page (gpointer data)
{
  Bench *bench = data;
  g_autofree char *sql = g_strdup_printf ("COPY (" COPY_COLUMNS ") TO STDOUT (FORMAT binary)",
                                          (guint64) bench->page->len);
  gint64 began = g_get_monotonic_time ();

  return bare_line_copy (bench->bare, sql, NULL, NULL) ? seconds_since (began) : -1;
}

/* Row security is switched on the server; what PostgreSQL plans anew because of it is not timed. */
static double
pull_page_with (Bench      *bench,
                const char *security)
{
  g_autofree char *sql = g_strdup_printf ("ALTER TABLE mash.change %s ROW LEVEL SECURITY",
                                          security);

  if (!mash_hub_line_run (bench->stock->line, sql, NULL) || pull_page (bench) < 0)
    return -1;

  return pull_page (bench);
}

static double
pull_page_secured (gpointer data)
{
  return pull_page_with (data, "ENABLE");
}

static double
pull_page_open (gpointer data)
{
  return pull_page_with (data, "DISABLE");
}

/* Proofs */

static double
follow_chain (gpointer data)
{
  Bench *bench = data;
  MashSyncPlace place = { 0 };
  gint64 began = g_get_monotonic_time ();

  return mash_sync_place_follow (&place, bench->page) ? seconds_since (began) : -1;
}

static double
hash_bytes (gpointer data)
{
  Bench *bench = data;
  gint64 began = g_get_monotonic_time ();

  for (guint i = 0; i < bench->page->len; i++)
    {
      const MashEntry *entry = g_ptr_array_index (bench->page, i);
      guint8 out[crypto_hash_sha256_BYTES];

      crypto_hash_sha256 (out, g_bytes_get_data (entry->statement, NULL),
                          g_bytes_get_size (entry->statement));
    }

  return seconds_since (began);
}

static double
check_signatures (gpointer data)
{
  Bench *bench = data;
  g_autoptr (GPtrArray) changes = NULL;
  gint64 began;

  changes = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_change_free);
  for (guint i = 0; i < bench->page->len; i++)
    {
      const MashEntry *entry = g_ptr_array_index (bench->page, i);
      MashChange *change = mash_change_from_statement (entry->statement, NULL);

      memcpy (change->signature, g_bytes_get_data (entry->signature, NULL),
              sizeof change->signature);
      g_ptr_array_add (changes, change);
    }

  began = g_get_monotonic_time ();
  for (guint i = 0; i < changes->len; i++)
    {
      const MashChange *change = g_ptr_array_index (changes, i);
      guint8 digest[MASH_CHANGE_DIGEST_SIZE];

      if (!mash_store_check_signature (change, MASH_CHANGE_PURPOSE,
                                       g_hash_table_lookup (bench->keys, change->person), digest))
        return -1;
    }

  return seconds_since (began);
}

static double
verify_bytes (gpointer data)
{
  Bench *bench = data;
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];
  guint8 signature[crypto_sign_BYTES];
  gint64 began;

  crypto_sign_keypair (public_key, secret_key);
  began = 0;
  for (guint i = 0; i < bench->page->len; i++)
    {
      const MashEntry *entry = g_ptr_array_index (bench->page, i);
      gsize length;
      const guint8 *bytes = g_bytes_get_data (entry->statement, &length);
      gint64 from;

      crypto_sign_detached (signature, NULL, bytes, length, secret_key);
      from = g_get_monotonic_time ();
      if (crypto_sign_verify_detached (signature, bytes, length, public_key) != 0)
        return -1;
      began += g_get_monotonic_time () - from;
    }

  return (double) began / G_USEC_PER_SEC;
}

/* Whose signatures the first page holds. */
static void
load_keys (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubRows) rows = mash_hub_line_ask (
    bench->stock->line, &error,
    "SELECT id, state ->> 'public-key' FROM mash.entity WHERE kind = 'staff' AND"
    " state ->> 'public-key' <> ''"
    " UNION SELECT root_person, root_key FROM mash.meta", NULL);

  bench->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; rows != NULL && i < mash_hub_rows_get_n (rows); i++)
    g_hash_table_insert (bench->keys, g_strdup (mash_hub_rows_get_text (rows, i, 0)),
                         g_strdup (mash_hub_rows_get_text (rows, i, 1)));
}

/* What comes over the line for an entry beyond what was said in it, byte for byte. */
static gboolean
weigh (Bench *bench)
{
  const char *port = bench->stock->machine->port;
  guint64 before = bare_line_count_received (port);
  double n, received;
  double statements = 0, bodies = 0;

  if (pull_page (bench) < 0)
    return FALSE;

  n = bench->page->len;
  received = (double) (bare_line_count_received (port) - before) / n;
  for (guint i = 0; i < bench->page->len; i++)
    {
      const MashEntry *entry = g_ptr_array_index (bench->page, i);
      g_autoptr (MashChange) change = mash_change_from_statement (entry->statement, NULL);

      statements += (double) g_bytes_get_size (entry->statement) / n;
      bodies += (double) strlen (change->body) / n;
    }
  g_print ("bytes of an entry on the line beyond its statement: target %.0f, figure %.0f: %s"
           " (%.0f in all; its statement %.0f, of which its body %.0f)\n", MAX_MORE_BYTES,
           received - statements, received - statements <= MAX_MORE_BYTES ? "met" : "missed",
           received, statements, bodies);

  return TRUE;
}

static gboolean
compare_all (Bench *bench,
             guint  n_fills,
             guint  n_turns)
{
  g_autofree char *changes = g_strdup_printf ("first fill of %" G_GUINT64_FORMAT " changes",
                                              bench->n_changes);
  g_autofree char *again = g_strdup_printf ("%s, from pages", changes);
  const MashBenchPair pairs[] = {
    { "page of " PAGE, "a binary COPY to nowhere", 1 / 0.35, n_turns, pull_page, copy_page },
    { "page of " PAGE " with row security", "without", 2, n_turns, pull_page_secured,
      pull_page_open },
    { "chain and digests of a page", "bare SHA-256", 2, n_turns, follow_chain, hash_bytes },
    { "signatures of a page", "crypto_sign_verify_detached", 1.25, MIN (n_turns, 3),
      check_signatures, verify_bytes },
    { changes, "COPY as CSV into one bare table", 1, n_fills, fill_desk, import_csv },
    { again, "pages into one bare table", 2, n_fills, fill_desk, pull_into_table },
  };
  gboolean done = pull_page_with (bench, "ENABLE") >= 0 && weigh (bench);

  for (guint i = 0; done && i < G_N_ELEMENTS (pairs); i++)
    done = mash_bench_compare (&pairs[i], bench);

  return done;
}

int
main (int    argc,
      char **argv)
{
  gboolean is_short = mash_bench_start (argc, argv);
  g_autoptr (MashAdmission) admission = NULL;
  Bench bench = { NULL };
  gboolean done;

  if (sodium_init () < 0)
    return EXIT_FAILURE;

  bench.stock = hub_stock_new (argc, argv, is_short ? 120 : 1000);
  bench.n_changes = MIN (bench.stock->head, is_short ? 3000 : 40000);
  bench.bare = bare_line_open (bench.stock);
  bench.line = hub_stock_enter (bench.stock, 0, &admission);
  bench.seat = hub_stock_add_seat (bench.stock, 0);
  load_keys (&bench);
  done = compare_all (&bench, is_short ? 1 : 3, is_short ? 5 : 15);
  g_print ("  peak memory %.0f MiB\n", mash_bench_get_peak ());

  mash_hub_line_close (bench.line);
  PQfinish (bench.bare);
  g_clear_pointer (&bench.page, g_ptr_array_unref);
  g_hash_table_unref (bench.keys);
  g_free (bench.seat);
  hub_stock_free (bench.stock);

  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
