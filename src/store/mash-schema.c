/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-database-private.h"

#include <stdio.h>
#include <string.h>

#include "mash-shape.h"
#include "mash-store-error.h"
#include "mash-store-resources.h"

#define STEPS_PATH "/uk/mash/Desk/sql/desk/"

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * mash_schema_list_steps: (skip)
 *
 * Reads the numbered steps of the schema, which are part of the program: the file `003-….sql`
 * takes a database from version 2 to version 3.
 *
 * Returns: (transfer full): the text of each step, in order; ends with %NULL
 */
char **
mash_schema_list_steps (void)
{
  GResource *resource = mash_store_get_resource ();
  g_auto (GStrv) names = g_resource_enumerate_children (resource, STEPS_PATH, 0, NULL);
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_free);
  guint n_names = names ? g_strv_length (names) : 0;

  if (n_names > 0)
    qsort (names, n_names, sizeof *names, compare_names);
  for (guint i = 0; i < n_names; i++)
    {
      g_autofree char *path = g_strconcat (STEPS_PATH, names[i], NULL);
      g_autoptr (GBytes) bytes = g_resource_lookup_data (resource, path, 0, NULL);

      /* A gap would give every later step another number than its name says. */
      if (!bytes || strtoul (names[i], NULL, 10) != i + 1)
        g_error ("The schema step %s is out of order", names[i]);
      g_ptr_array_add (steps, g_strndup (g_bytes_get_data (bytes, NULL),
                                         g_bytes_get_size (bytes)));
    }
  g_ptr_array_add (steps, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&steps), FALSE);
}

/* How many rows a statement goes over at once that says how far it is. */
#define WINDOW 512

#define SHARE_MARK "-- progress "

/* How much of what is ahead is done, in the shares that the steps give themselves. */
typedef struct
{
  MashDatabase         *database;
  const MashStoreWatch *watch;  /* or NULL */
  guint                 done;
  guint                 ahead;
} Upgrade;

/* A statement that takes long on a large register stands after a line that says which share of the
 * work it is, and of which table it takes the rows ?1 to ?2, window by window:
 * `-- progress 80 by person_search_content`. Gives 0 where there is no such line. */
static guint
read_share (const char *sql,
            char        table[64])
{
  const char *line = strstr (sql, SHARE_MARK);
  guint share = 0;

  *table = '\0';
  if (line != NULL && sscanf (line, SHARE_MARK "%u by %63[a-z_]", &share, table) < 1)
    g_error ("A step of the schema does not say which share it is");

  return share;
}

/* The shares of a step; what needs none is one. */
static guint
count_shares (const char *sql)
{
  guint shares = 0;
  char table[64];

  for (const char *line = strstr (sql, SHARE_MARK); line != NULL;
       line = strstr (line + 1, SHARE_MARK))
    shares += read_share (line, table);

  return MAX (shares, 1);
}

static gboolean
tell (Upgrade  *self,
      double    shares,
      GError  **error)
{
  if (self->watch == NULL)
    return TRUE;
  if (self->watch->preparing != NULL)
    self->watch->preparing (MIN (1.0, (self->done + shares) / self->ahead), self->watch->data);

  return !g_cancellable_set_error_if_cancelled (self->watch->cancellable, error);
}

/* Once, or window by window with the rows that are to be gone over. */
static int
run_window (sqlite3_stmt *statement,
            gint64        from,
            gint64        to)
{
  int rc;

  if (sqlite3_bind_parameter_count (statement) == 2)
    {
      sqlite3_bind_int64 (statement, 1, from);
      sqlite3_bind_int64 (statement, 2, to);
    }
  do
    rc = sqlite3_step (statement);
  while (rc == SQLITE_ROW);
  sqlite3_reset (statement);

  return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static int
run_windows (Upgrade       *self,
             sqlite3_stmt  *statement,
             const char    *table,
             guint          share,
             GError       **error)
{
  g_autofree char *first_sql = g_strdup_printf ("SELECT min (rowid) FROM %s", table);
  g_autofree char *last_sql = g_strdup_printf ("SELECT max (rowid) FROM %s", table);
  gint64 first = mash_database_read_number (self->database, first_sql);
  gint64 last = mash_database_read_number (self->database, last_sql);
  int rc = SQLITE_OK;

  for (gint64 from = first; from <= last && rc == SQLITE_OK; from += WINDOW)
    {
      rc = run_window (statement, from, MIN (last, from + WINDOW - 1));
      if (rc == SQLITE_OK &&
          !tell (self, share * MIN (1.0, (double) (from + WINDOW - first) / (last - first + 1)),
                 error))
        return SQLITE_INTERRUPT;
    }

  return rc;
}

/* Runs the first statement of a text and gives what follows it; NULL for a fault. */
static const char *
run_first (Upgrade     *self,
           const char  *sql,
           int         *rc,
           GError     **error)
{
  sqlite3_stmt *statement = NULL;
  const char *rest = NULL;
  g_autofree char *text = NULL;
  char table[64];
  guint share;

  *rc = sqlite3_prepare_v2 (self->database->handle, sql, -1, &statement, &rest);
  if (*rc != SQLITE_OK)
    return NULL;
  if (statement == NULL)
    return rest;

  text = g_strndup (sql, rest - sql);
  share = read_share (text, table);
  *rc = *table != '\0' ? run_windows (self, statement, table, share, error)
                       : run_window (statement, 0, 0);
  sqlite3_finalize (statement);
  if (*rc != SQLITE_OK)
    return NULL;
  self->done += share;

  return tell (self, 0, error) ? rest : NULL;
}

static gboolean
run_statements (Upgrade     *self,
                const char  *sql,
                guint        number,
                GError     **error)
{
  g_autoptr (GError) fault = NULL;
  int rc = SQLITE_OK;

  while (sql != NULL && *sql != '\0')
    sql = run_first (self, sql, &rc, &fault);
  if (sql != NULL)
    return TRUE;

  if (fault != NULL)
    g_propagate_error (error, g_steal_pointer (&fault));
  else if ((rc & 0xff) == SQLITE_ERROR)
    g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FAILED,
                 "Schema step %u: %s", number, sqlite3_errmsg (self->database->handle));
  else
    mash_database_set_error (self->database, rc, error);

  return FALSE;
}

static gboolean
run_step (Upgrade     *self,
          const char  *sql,
          guint        number,
          GError     **error)
{
  g_autoptr (MashTransaction) transaction = mash_transaction_begin (self->database, error);
  guint done = self->done;
  char mark[64];

  if (!transaction || !run_statements (self, sql, number, error))
    return FALSE;

  /* A pragma takes no parameter, and the number is ours. */
  g_snprintf (mark, sizeof mark, "PRAGMA user_version = %u", number);
  if (!mash_database_execute (self->database, mark, error))
    return FALSE;
  self->done = done + count_shares (sql);

  return mash_transaction_commit (transaction, error);
}

static gboolean
run_steps (Upgrade            *self,
           const char *const  *steps,
           guint               from,
           GError            **error)
{
  for (guint i = from; steps[i] != NULL; i++)
    self->ahead += count_shares (steps[i]);
  for (guint i = from; steps[i] != NULL; i++)
    {
      if (!run_step (self, steps[i], i + 1, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * mash_schema_upgrade: (skip)
 * @database: a database
 * @steps: the text of each step, ending with %NULL
 * @error: %MASH_STORE_ERROR_NEWER when the database has had more steps than there are;
 *   %G_IO_ERROR_CANCELLED
 *
 * Takes a database to the last step, each step in a transaction of its own together with its
 * number, so that an upgrade that was cut off or stopped goes on with the step where it was. Who
 * opens the database is told how far it is, and may stop it.
 *
 * Returns: whether the database is at the last step
 */
gboolean
mash_schema_upgrade (MashDatabase      *database,
                     const char *const *steps,
                     GError           **error)
{
  Upgrade upgrade = { database, database->watch, 0, 0 };
  guint n_steps = g_strv_length ((char **) steps);
  gint64 version = mash_database_read_number (database, "PRAGMA user_version");
  gboolean done;

  if (version < 0 || version > n_steps)
    {
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NEWER,
                   "The database has schema %" G_GINT64_FORMAT ", this program knows %u",
                   version, n_steps);
      return FALSE;
    }

  if (version < n_steps)
    mash_shape_drop (database);
  if (upgrade.watch != NULL)
    mash_database_set_cancellable (database, upgrade.watch->cancellable);
  done = run_steps (&upgrade, steps, version, error);
  if (upgrade.watch != NULL)
    mash_database_set_cancellable (database, NULL);
  if (done)
    {
      database->version = n_steps;
      mash_shape_keep (database);
    }

  return done;
}

/* What made the schema of a database, as one text without the rows of virtual tables, which make
 * their own; NULL where it cannot be read. */
static char *
read_whole (MashDatabase *database)
{
  g_autoptr (GString) whole = g_string_new (NULL);
  g_autoptr (MashStatement) row = NULL;
  MashStep step = MASH_STEP_ERROR;

  row = mash_database_prepare (database,
                               "SELECT m.sql FROM sqlite_master m JOIN pragma_table_list l"
                               " ON l.schema = 'main' AND l.name = m.tbl_name"
                               " WHERE m.sql IS NOT NULL AND l.type <> 'shadow'"
                               " AND m.name NOT GLOB 'sqlite_*'"
                               " ORDER BY m.type <> 'table', m.rowid", NULL);
  while (row != NULL && (step = mash_statement_step (row, NULL)) == MASH_STEP_ROW)
    g_string_append_printf (whole, "%s;\n", mash_statement_get_text (row, 0));

  return step == MASH_STEP_DONE ? g_string_free (g_steal_pointer (&whole), FALSE) : NULL;
}

/**
 * mash_schema_make: (skip)
 * @database: an empty database that nobody opens again
 * @error: as for mash_schema_upgrade()
 *
 * Gives it the schema of the program. Most of the time of the steps goes into altering what earlier
 * ones made, so that what they come to is remembered, and made at once from the second time on. A
 * database that stays is always made by the steps. Any thread.
 *
 * Returns: whether the database is at the last step
 */
gboolean
mash_schema_make (MashDatabase  *database,
                  GError       **error)
{
  static GMutex mutex;
  static char *whole;
  g_auto (GStrv) steps = mash_schema_list_steps ();
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  guint n_steps = g_strv_length (steps);
  Upgrade upgrade = { database, NULL, 0, 1 };

  if (whole == NULL)
    {
      if (!mash_schema_upgrade (database, (const char *const *) steps, error))
        return FALSE;
      whole = read_whole (database);
      return TRUE;
    }
  if (!run_step (&upgrade, whole, n_steps, error))
    return FALSE;
  database->version = n_steps;

  return TRUE;
}
