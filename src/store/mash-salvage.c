/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-salvage.h"

#include <string.h>

#include "mash-database-private.h"
#include "mash-store-error.h"
#include "mash-vault.h"

/* How often at most it is tried, in one table, to read on beyond what cannot be read. */
#define MAX_TRIES 2000

#define MAX_COLUMNS 1000

/* Tables that are filled from others, or that the new file has of its own. */
static const char tables_sql[] =
  "SELECT m.name, l.wr, l.ncol FROM sqlite_master m JOIN pragma_table_list l ON l.name = m.name"
  " WHERE m.type = 'table' AND l.type = 'table' AND l.schema = 'main'"
  " AND m.name NOT LIKE 'sqlite%' AND m.name <> 'file_identity' ORDER BY m.rowid";

/* The columns of a table's key, the last first when it is read backwards. */
static const char key_sql[] =
  "SELECT group_concat ('\"' || name || '\" ' || ?2, ', ') FROM"
  " (SELECT name FROM pragma_table_info (?1) WHERE pk > 0 ORDER BY pk)";

/* One table on its way. */
typedef struct
{
  sqlite3              *from;
  sqlite3              *to;
  const char           *name;
  const MashStoreWatch *watch;
  MashSalvage          *salvage;
  sqlite3_stmt         *insert;
  guint                 n_tries; /* that found something that cannot be read */
  gint64                last;    /* number of the row that was read last */
  int                   rc;      /* what the new file said that took a row no more */
} Table;

static gboolean
is_stopped (Table *table)
{
  return table->watch != NULL && g_cancellable_is_cancelled (table->watch->cancellable);
}

/* A row that the new file does not take as it stands is as good as one that cannot be read. */
static void
put_row (Table        *table,
         sqlite3_stmt *row)
{
  int rc;

  for (int i = 1; i < sqlite3_column_count (row); i++)
    sqlite3_bind_value (table->insert, i, sqlite3_column_value (row, i));
  rc = sqlite3_step (table->insert);
  sqlite3_reset (table->insert);
  if (rc == SQLITE_DONE)
    table->salvage->read += sqlite3_changes (table->to);
  else if ((rc & 0xff) == SQLITE_CONSTRAINT)
    table->salvage->unreadable = TRUE;
  else
    table->rc = rc;
}

/* Reads until a row cannot be read; says whether it came to the end. The first column is the
 * number of the row. */
static gboolean
read_rows (Table      *table,
           const char *order,
           gint64      from,
           gint64      to)
{
  g_autofree char *sql = g_strconcat ("SELECT ", order, NULL);
  sqlite3_stmt *rows = NULL;
  int rc = sqlite3_prepare_v2 (table->from, sql, -1, &rows, NULL);

  if (rc == SQLITE_OK)
    {
      sqlite3_bind_int64 (rows, 1, from);
      sqlite3_bind_int64 (rows, 2, to);
      while (table->rc == SQLITE_OK && !is_stopped (table) &&
             (rc = sqlite3_step (rows)) == SQLITE_ROW)
        {
          table->last = sqlite3_column_int64 (rows, 0);
          put_row (table, rows);
        }
    }
  sqlite3_finalize (rows);
  if (rc != SQLITE_DONE)
    mash_vault_forget_pages (table->from);

  return rc == SQLITE_DONE;
}

/* All between two numbers: from both ends up to what cannot be read, and then in the halves of what
 * is left between. */
static void
read_between (Table *table,
              gint64 from,
              gint64 to)
{
  g_autofree char *up = g_strdup_printf ("rowid, * FROM \"%s\" WHERE rowid BETWEEN ?1 AND ?2"
                                         " ORDER BY rowid", table->name);
  g_autofree char *down = g_strconcat (up, " DESC", NULL);
  gint64 middle;

  if (from > to || table->n_tries >= MAX_TRIES || table->rc != SQLITE_OK || is_stopped (table))
    return;
  table->last = from - 1;
  if (read_rows (table, up, from, to))
    return;

  table->salvage->unreadable = TRUE;
  table->n_tries++;
  from = table->last + 1;
  table->last = to + 1;
  read_rows (table, down, from, to);
  to = table->last - 1;
  if (from >= to)
    return;
  middle = from + (to - from) / 2;
  read_between (table, from, middle);
  read_between (table, middle + 1, to);
}

/* A table that has no numbers is read by its key, from both ends. */
static void
read_by_key (Table *table)
{
  static const char *const ways[] = { "ASC", "DESC" };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *order = NULL;
      sqlite3_stmt *key = NULL;

      if (sqlite3_prepare_v2 (table->to, key_sql, -1, &key, NULL) == SQLITE_OK)
        {
          sqlite3_bind_text (key, 1, table->name, -1, SQLITE_STATIC);
          sqlite3_bind_text (key, 2, ways[i], -1, SQLITE_STATIC);
          if (sqlite3_step (key) == SQLITE_ROW)
            order = g_strdup_printf ("0, * FROM \"%s\" WHERE ?1 = ?1 AND ?2 = ?2 ORDER BY %s",
                                     table->name, (const char *) sqlite3_column_text (key, 0));
        }
      sqlite3_finalize (key);
      if (order != NULL && read_rows (table, order, 0, 0))
        return;
      table->salvage->unreadable = TRUE;
    }
}

static void
copy_table (Table    *table,
            gboolean  has_numbers,
            int       n_columns)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql, "INSERT OR IGNORE INTO \"%s\" VALUES (", table->name);
  for (int i = 1; i <= MIN (n_columns, MAX_COLUMNS); i++)
    g_string_append_printf (sql, i > 1 ? ", ?%d" : "?%d", i);
  g_string_append_c (sql, ')');
  table->rc = sqlite3_prepare_v2 (table->to, sql->str, -1, &table->insert, NULL);
  if (table->rc != SQLITE_OK)
    return;

  if (has_numbers)
    read_between (table, 0, G_MAXINT64 - 1);
  else
    read_by_key (table);
  sqlite3_finalize (table->insert);
}

static gboolean
copy_tables (MashDatabase         *to,
             sqlite3              *from,
             const MashStoreWatch *watch,
             MashSalvage          *salvage,
             GError              **error)
{
  sqlite3_stmt *names = NULL;
  int rc = sqlite3_prepare_v2 (to->handle, tables_sql, -1, &names, NULL);
  int step = SQLITE_DONE;

  while (rc == SQLITE_OK && (step = sqlite3_step (names)) == SQLITE_ROW)
    {
      g_autofree char *name = g_strdup ((const char *) sqlite3_column_text (names, 0));
      Table table = { from, to->handle, name, watch, salvage, NULL, 0, 0, SQLITE_OK };

      copy_table (&table, sqlite3_column_int (names, 1) == 0, sqlite3_column_int (names, 2));
      rc = table.rc;
    }
  sqlite3_finalize (names);
  if (watch != NULL && g_cancellable_set_error_if_cancelled (watch->cancellable, error))
    return FALSE;
  if (rc == SQLITE_OK && step == SQLITE_DONE)
    return TRUE;

  return mash_database_set_error (to, rc != SQLITE_OK ? rc : step, error);
}

/**
 * mash_salvage_copy: (skip)
 * @from: a damaged database, opened with its key
 * @to: a new one of the program's schema, in which nothing is yet
 * @watch: (nullable): asked whether to go on
 * @salvage: (out caller-allocates): how much it was
 * @error: %MASH_STORE_ERROR_FULL, %MASH_STORE_ERROR_IO, %G_IO_ERROR_CANCELLED
 *
 * Copies row by row what can be read, around what cannot. Indexes are made anew by it; what is
 * searched for, and the trays, are not in it.
 *
 * Returns: whether all that could be read was written
 */
gboolean
mash_salvage_copy (sqlite3              *from,
                   MashDatabase         *to,
                   const MashStoreWatch *watch,
                   MashSalvage          *salvage,
                   GError              **error)
{
  g_autoptr (MashTransaction) transaction = NULL;

  g_return_val_if_fail (from != NULL && to != NULL && salvage != NULL, FALSE);

  *salvage = (MashSalvage) { 0 };
  sqlite3_exec (to->handle, "PRAGMA foreign_keys = OFF", NULL, NULL, NULL);
  transaction = mash_transaction_begin (to, error);

  return transaction != NULL &&
         /* What the schema's steps put there stands in the damaged one, too. */
         copy_tables (to, from, watch, salvage, error) &&
         mash_database_execute (to, "UPDATE meta SET policy = ''", error) &&
         mash_database_execute (to, "INSERT INTO timeline_search (timeline_search)"
                                " VALUES ('rebuild')", error) &&
         mash_transaction_commit (transaction, error);
}
