/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-database-private.h"

#include <string.h>

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

static gboolean
run_step (MashDatabase *database,
          const char   *sql,
          guint         number,
          GError      **error)
{
  g_autoptr (MashTransaction) transaction = mash_transaction_begin (database, error);
  char mark[64];
  int rc;

  if (!transaction)
    return FALSE;

  rc = sqlite3_exec (database->handle, sql, NULL, NULL, NULL);
  if (rc != SQLITE_OK)
    {
      if ((rc & 0xff) == SQLITE_ERROR)
        g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FAILED,
                     "Schema step %u: %s", number, sqlite3_errmsg (database->handle));
      else
        mash_database_set_error (database, rc, error);
      return FALSE;
    }

  /* A pragma takes no parameter, and the number is ours. */
  g_snprintf (mark, sizeof mark, "PRAGMA user_version = %u", number);
  if (!mash_database_execute (database, mark, error))
    return FALSE;

  return mash_transaction_commit (transaction, error);
}

/**
 * mash_schema_upgrade: (skip)
 * @database: a database
 * @steps: the text of each step, ending with %NULL
 * @error: %MASH_STORE_ERROR_NEWER when the database has had more steps than there are
 *
 * Takes a database to the last step, each step in a transaction of its own together with its
 * number, so that an upgrade that was cut off goes on where it was.
 *
 * Returns: whether the database is at the last step
 */
gboolean
mash_schema_upgrade (MashDatabase      *database,
                     const char *const *steps,
                     GError           **error)
{
  guint n_steps = g_strv_length ((char **) steps);
  gint64 version = mash_database_read_number (database, "PRAGMA user_version");

  if (version < 0 || version > n_steps)
    {
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NEWER,
                   "The database has schema %" G_GINT64_FORMAT ", this program knows %u",
                   version, n_steps);
      return FALSE;
    }

  for (guint i = version; i < n_steps; i++)
    if (!run_step (database, steps[i], i + 1, error))
      return FALSE;
  database->version = n_steps;

  return TRUE;
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

  if (whole == NULL)
    {
      if (!mash_schema_upgrade (database, (const char *const *) steps, error))
        return FALSE;
      whole = read_whole (database);
      return TRUE;
    }
  if (!run_step (database, whole, n_steps, error))
    return FALSE;
  database->version = n_steps;

  return TRUE;
}
