/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-database-private.h"

#include <stdarg.h>
#include <string.h>

#include "mash-store-error.h"
#include "mash-time.h"

#define HASHED_BYTES  24
#define HASHED_STRIDE 16

struct _MashStatement
{
  MashDatabase *database;
  sqlite3_stmt *handle;
  int           unbound;    /* why a parameter could not be bound; the next step says so */

  guint         cached : 1;
  guint         in_use : 1;
};

struct _MashTransaction
{
  MashDatabase *database;
  guint         depth;
  gboolean      done;
};

static void
statement_destroy (gpointer data)
{
  MashStatement *self = data;

  sqlite3_finalize (self->handle);
  g_free (self);
}

/* A look at every byte of a long statement would cost more than finding the rows of some: the
 * length and the last words differ enough, and those that do not are compared. */
static guint
hash_sql (gconstpointer key)
{
  const char *sql = key;
  gsize length = strlen (sql);
  guint hash = (guint) length;

  for (gsize i = length > HASHED_BYTES ? length - HASHED_BYTES : 0; i < length; i++)
    hash = hash * 33 + (guchar) sql[i];
  for (gsize i = 0; i < length; i += HASHED_STRIDE)
    hash = hash * 33 + (guchar) sql[i];

  return hash;
}

static GHashTable *
ensure_cache (MashDatabase *self)
{
  /* The keys are the statements' own copies of their text. */
  if (!self->statements)
    self->statements = g_hash_table_new_full (hash_sql, g_str_equal, NULL, statement_destroy);

  return self->statements;
}

/**
 * mash_database_prepare:
 * @self: a database
 * @sql: one statement, written in the source; what varies is a parameter
 * @error: %MASH_STORE_ERROR_FAILED when it is not SQL
 *
 * Gives a statement ready to be bound and stepped. Statements are kept by their text, and giving
 * one back with mash_statement_free() keeps it for next time. A text that is in use already gets
 * a second statement, so that recursion works.
 *
 * Returns: (transfer full): the statement, or %NULL
 */
MashStatement *
mash_database_prepare (MashDatabase *self,
                       const char   *sql,
                       GError      **error)
{
  MashStatement *statement;
  sqlite3_stmt *handle = NULL;
  int rc;

  g_return_val_if_fail (self != NULL && sql != NULL, NULL);
  g_assert (self->thread == g_thread_self ());

  statement = g_hash_table_lookup (ensure_cache (self), sql);
  if (statement && !statement->in_use)
    {
      statement->in_use = TRUE;
      return statement;
    }

  rc = sqlite3_prepare_v3 (self->handle, sql, -1, statement ? 0 : SQLITE_PREPARE_PERSISTENT,
                           &handle, NULL);
  if (rc != SQLITE_OK || !handle)
    {
      /* The text stands in the source, so what SQLite says about it names nobody. */
      if (rc == SQLITE_OK || (rc & 0xff) == SQLITE_ERROR)
        g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FAILED,
                     "Not a statement: %s", sqlite3_errmsg (self->handle));
      else
        mash_database_set_error (self, rc, error);
      return NULL;
    }

  statement = g_new0 (MashStatement, 1);
  statement->database = self;
  statement->handle = handle;
  statement->in_use = TRUE;
  if (!g_hash_table_contains (self->statements, sql))
    {
      statement->cached = TRUE;
      g_hash_table_insert (self->statements, (char *) sqlite3_sql (handle), statement);
    }

  return statement;
}

/**
 * mash_statement_free:
 * @self: (transfer full): a statement
 *
 * Gives a statement back. What was bound and what was read is no longer there.
 */
void
mash_statement_free (MashStatement *self)
{
  if (!self)
    return;

  g_assert (self->database->thread == g_thread_self ());

  if (!self->cached)
    {
      statement_destroy (self);
      return;
    }

  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->unbound = SQLITE_OK;
  self->in_use = FALSE;
}

/**
 * mash_statement_reset:
 * @self: a statement
 *
 * Makes a statement ready to be bound and stepped again.
 */
void
mash_statement_reset (MashStatement *self)
{
  g_return_if_fail (self != NULL);

  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->unbound = SQLITE_OK;
}

static void
bind_list (MashStatement *self,
           const char    *form,
           va_list        values)
{
  for (int i = 1; form && *form; i++, form++)
    switch (*form)
      {
      case 't':
        mash_statement_bind_text (self, i, va_arg (values, const char *));
        break;

      case 'i':
        mash_statement_bind_int (self, i, va_arg (values, gint64));
        break;

      case 'd':
        mash_statement_bind_int (self, i, va_arg (values, int));
        break;

      case 'u':
        mash_statement_bind_int (self, i, va_arg (values, guint));
        break;

      case 'b':
        mash_statement_bind_bytes (self, i, va_arg (values, GBytes *));
        break;

      case 'p':
        {
          const void *data = va_arg (values, const void *);

          mash_statement_bind_data (self, i, data, va_arg (values, gsize));
          break;
        }

      case 'n':
        mash_statement_bind_null (self, i);
        break;

      default:
        g_assert_not_reached ();
      }
}

/**
 * mash_statement_bind:
 * @self: a statement
 * @form: a letter for each parameter from the first on: `t` text or %NULL, `i` #gint64, `d` int or
 *   #gboolean, `u` #guint, `b` #GBytes or %NULL, `p` data and its #gsize, `n` nothing
 * @...: a value for each letter (two for `p`, none for `n`)
 *
 * Binds the parameters of a statement in order.
 */
void
mash_statement_bind (MashStatement *self,
                     const char    *form,
                     ...)
{
  va_list values;

  g_return_if_fail (self != NULL);

  va_start (values, form);
  bind_list (self, form, values);
  va_end (values);
}

/* A statement with a value missing must not run: it would store that nothing is known. Without
 * memory the next step fails; everything else is a fault of this program. */
static void
check_bound (MashStatement *self,
             int            rc)
{
  if (rc == SQLITE_OK)
    return;

  self->unbound = rc;
  if (rc != SQLITE_NOMEM)
    g_critical ("A parameter could not be bound (%d)", rc);
}

void
mash_statement_bind_text (MashStatement *self,
                          int            index,
                          const char    *value)
{
  g_return_if_fail (self != NULL);

  check_bound (self, sqlite3_bind_text (self->handle, index, value, -1, SQLITE_TRANSIENT));
}

void
mash_statement_bind_int (MashStatement *self,
                         int            index,
                         gint64         value)
{
  g_return_if_fail (self != NULL);

  check_bound (self, sqlite3_bind_int64 (self->handle, index, value));
}

void
mash_statement_bind_data (MashStatement *self,
                          int            index,
                          const void    *data,
                          gsize          length)
{
  g_return_if_fail (self != NULL);

  /* No bytes are still a value, and not NULL. */
  check_bound (self, sqlite3_bind_blob64 (self->handle, index, data ? data : "", length,
                                          SQLITE_TRANSIENT));
}

void
mash_statement_bind_bytes (MashStatement *self,
                           int            index,
                           GBytes        *value)
{
  if (value)
    mash_statement_bind_data (self, index,
                              g_bytes_get_data (value, NULL), g_bytes_get_size (value));
  else
    mash_statement_bind_null (self, index);
}

void
mash_statement_bind_null (MashStatement *self,
                          int            index)
{
  g_return_if_fail (self != NULL);

  check_bound (self, sqlite3_bind_null (self->handle, index));
}

/**
 * mash_statement_step:
 * @self: a statement with its parameters bound
 * @error: what the database says; %G_IO_ERROR_CANCELLED when the cancellable of
 *   mash_database_set_cancellable() was
 *
 * Returns: %MASH_STEP_ROW when there is a row to read, %MASH_STEP_DONE after the last,
 *   %MASH_STEP_ERROR with @error set
 */
MashStep
mash_statement_step (MashStatement *self,
                     GError       **error)
{
  int rc;

  g_return_val_if_fail (self != NULL, MASH_STEP_ERROR);
  g_assert (self->database->thread == g_thread_self ());

  rc = self->unbound != SQLITE_OK ? self->unbound : sqlite3_step (self->handle);
  if (rc == SQLITE_ROW)
    return MASH_STEP_ROW;
  if (rc == SQLITE_DONE)
    return MASH_STEP_DONE;

  mash_database_set_error (self->database, rc, error);
  sqlite3_reset (self->handle);

  return MASH_STEP_ERROR;
}

/**
 * mash_statement_run:
 * @self: a statement with its parameters bound
 * @error: as for mash_statement_step()
 *
 * Steps to the end and makes the statement ready for another run.
 *
 * Returns: whether it came to its end
 */
gboolean
mash_statement_run (MashStatement *self,
                    GError       **error)
{
  MashStep step;

  do
    step = mash_statement_step (self, error);
  while (step == MASH_STEP_ROW);
  mash_statement_reset (self);

  return step == MASH_STEP_DONE;
}

/**
 * mash_statement_list_numbers:
 * @self: a statement with its parameters bound
 * @cancellable: (nullable): to stop it
 * @error: as for mash_statement_step()
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the first column of every row
 */
GArray *
mash_statement_list_numbers (MashStatement *self,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  MashStep step;

  g_return_val_if_fail (self != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  mash_database_set_cancellable (self->database, cancellable);
  while ((step = mash_statement_step (self, error)) == MASH_STEP_ROW)
    {
      gint64 number = mash_statement_get_int (self, 0);

      g_array_append_val (numbers, number);
    }
  mash_database_set_cancellable (self->database, NULL);

  return step == MASH_STEP_DONE ? g_steal_pointer (&numbers) : NULL;
}

/**
 * mash_statement_list_rows:
 * @self: a statement that finds one row by the key in its first parameter, with all others bound
 * @keys: the keys
 * @n_keys: how many they are
 * @read: makes what is given of a row
 * @data: for @read
 * @free_row: frees it
 * @error: as for mash_statement_step()
 *
 * Returns: (transfer full) (nullable): a row for each key, in their order; %NULL in the place of
 *   one that is not there
 */
GPtrArray *
mash_statement_list_rows (MashStatement     *self,
                          const gint64      *keys,
                          guint              n_keys,
                          MashStatementRead  read,
                          gpointer           data,
                          GDestroyNotify     free_row,
                          GError           **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < n_keys; i++)
    {
      MashStep step;

      mash_statement_bind_int (self, 1, keys[i]);
      step = mash_statement_step (self, error);
      if (step == MASH_STEP_ERROR)
        return NULL;
      g_ptr_array_add (rows, step == MASH_STEP_ROW ? read (self, data) : NULL);
      /* The other parameters stay. */
      sqlite3_reset (self->handle);
    }

  return g_steal_pointer (&rows);
}

int
mash_statement_get_n_columns (MashStatement *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_column_count (self->handle);
}

const char *
mash_statement_get_column_name (MashStatement *self,
                                int            column)
{
  g_return_val_if_fail (self != NULL, NULL);

  return sqlite3_column_name (self->handle, column);
}

gboolean
mash_statement_is_null (MashStatement *self,
                        int            column)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

/* Without memory a value reads as none. What is known must not be taken for unknown, so this ends
 * the program, as GLib does where it has no memory. */
static void
check_read (int         type,
            const void *value)
{
  if (value == NULL && type != SQLITE_NULL)
    g_error ("There is no memory for what the database says");
}

/**
 * mash_statement_get_text:
 * @self: a statement at a row
 * @column: from 0
 *
 * Returns: (transfer none) (nullable): the text, until the next step
 */
const char *
mash_statement_get_text (MashStatement *self,
                         int            column)
{
  const char *text;
  int type;

  g_return_val_if_fail (self != NULL, NULL);

  /* Asked first: a value that could not be read is NULL from then on. */
  type = sqlite3_column_type (self->handle, column);
  text = (const char *) sqlite3_column_text (self->handle, column);
  check_read (type, text);

  return text;
}

char *
mash_statement_dup_text (MashStatement *self,
                         int            column)
{
  return g_strdup (mash_statement_get_text (self, column));
}

gint64
mash_statement_get_int (MashStatement *self,
                        int            column)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_column_int64 (self->handle, column);
}

/**
 * mash_statement_get_time:
 * @self: a statement at a row
 * @column: from 0
 *
 * Returns: microseconds since 1970 of the instant that the text tells; 0 for NULL and for what is
 *   none
 */
gint64
mash_statement_get_time (MashStatement *self,
                         int            column)
{
  return mash_time_parse_or (mash_statement_get_text (self, column), 0);
}

/**
 * mash_statement_get_data:
 * @self: a statement at a row
 * @column: from 0
 * @length: (out) (optional): how many bytes
 *
 * Returns: (transfer none) (nullable): the bytes, until the next step; %NULL for NULL and for none
 */
const void *
mash_statement_get_data (MashStatement *self,
                         int            column,
                         gsize         *length)
{
  const void *data;

  g_return_val_if_fail (self != NULL, NULL);

  data = sqlite3_column_blob (self->handle, column);
  if (length)
    *length = sqlite3_column_bytes (self->handle, column);
  if (sqlite3_column_bytes (self->handle, column) > 0)
    check_read (SQLITE_BLOB, data);

  return data;
}

/**
 * mash_statement_dup_bytes:
 * @self: a statement at a row
 * @column: from 0
 *
 * Returns: (transfer full) (nullable): the bytes, %NULL for NULL
 */
GBytes *
mash_statement_dup_bytes (MashStatement *self,
                          int            column)
{
  const void *data;
  gsize length;

  if (mash_statement_is_null (self, column))
    return NULL;
  data = mash_statement_get_data (self, column, &length);

  return g_bytes_new (data, length);
}

/**
 * mash_database_run:
 * @self: a database
 * @error: as for mash_statement_step()
 * @sql: one statement, written in the source
 * @form: (nullable): the letters of mash_statement_bind()
 * @...: a value for each letter
 *
 * Prepares, binds and runs one statement that gives no rows.
 *
 * Returns: whether it came to its end
 */
gboolean
mash_database_run (MashDatabase *self,
                   GError      **error,
                   const char   *sql,
                   const char   *form,
                   ...)
{
  g_autoptr (MashStatement) statement = mash_database_prepare (self, sql, error);
  va_list values;

  if (!statement)
    return FALSE;

  va_start (values, form);
  bind_list (statement, form, values);
  va_end (values);

  return mash_statement_run (statement, error);
}

/**
 * mash_transaction_begin:
 * @database: a database
 * @error: as for mash_statement_step()
 *
 * Begins a transaction, which may write from its start; inside another it is a part of it that
 * can be undone by itself. Freed without mash_transaction_commit() it is undone, so every early
 * return undoes. Transactions end in the reverse order of their beginnings.
 *
 * Returns: (transfer full): the transaction, or %NULL
 */
MashTransaction *
mash_transaction_begin (MashDatabase *database,
                        GError      **error)
{
  MashTransaction *self;

  g_return_val_if_fail (database != NULL, NULL);

  if (!mash_database_run (database, error,
                          database->depth == 0 ? "BEGIN IMMEDIATE" : "SAVEPOINT mash", NULL))
    return NULL;

  self = g_new0 (MashTransaction, 1);
  self->database = database;
  self->depth = ++database->depth;

  return self;
}

/**
 * mash_transaction_commit:
 * @self: a transaction
 * @error: as for mash_statement_step()
 *
 * Makes what was done since the beginning last; the outermost makes it durable. When it cannot,
 * freeing @self undoes it.
 *
 * Returns: whether it did
 */
gboolean
mash_transaction_commit (MashTransaction *self,
                         GError         **error)
{
  g_return_val_if_fail (self != NULL && !self->done, FALSE);
  g_return_val_if_fail (self->depth == self->database->depth, FALSE);

  if (!mash_database_run (self->database, error,
                          self->depth == 1 ? "COMMIT" : "RELEASE mash", NULL))
    return FALSE;

  self->database->depth--;
  self->done = TRUE;

  return TRUE;
}

/**
 * mash_transaction_free:
 * @self: (transfer full) (nullable): a transaction
 *
 * Ends a transaction, and undoes it when it was not committed.
 */
void
mash_transaction_free (MashTransaction *self)
{
  MashDatabase *database;
  GCancellable *cancellable;

  if (!self)
    return;

  database = self->database;
  if (!self->done)
    {
      /* Undoing must go through, whatever was cancelled; and after a full disk SQLite has undone
       * everything by itself, which is why an error here says nothing. */
      cancellable = g_steal_pointer (&database->cancellable);
      if (self->depth == 1)
        mash_database_run (database, NULL, "ROLLBACK", NULL);
      else if (mash_database_run (database, NULL, "ROLLBACK TO mash", NULL))
        mash_database_run (database, NULL, "RELEASE mash", NULL);
      database->cancellable = cancellable;
      database->depth = self->depth - 1;
    }
  g_free (self);
}
