/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-rescue.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mash-database-private.h"
#include "mash-file.h"
#include "mash-shape.h"
#include "mash-store-error.h"
#include "mash-vault.h"

/* How a database is read whose first pages do not say any more what is in it. SQLCipher enciphers
 * and proves each page for itself, by key, salt and number: a page is as good in another file of
 * the same key and salt, at the same place. A new file is made that has the tables of the old one
 * in its schema, by the shape that was kept, and as many pages; its first page, and those beyond
 * the old one's last, are laid over the copy. */

#define FRESH_NAME "shape.db"

/* A row of so many bytes takes a page, and the file grows by so many rows at once. */
#define BYTES_OF_PAGE 8000
#define PAGES_AT_ONCE 4096

typedef struct
{
  const MashShape *shape;
  char            *copy;
  char            *fresh;
  MashSecret      *key;
  guint32          n_pages;  /* of the copy */
  guint32          n_all;    /* as many as the database ever had */
  int              fd;       /* the copy */
} Mending;

static void
mending_clear (Mending *self)
{
  if (self->fresh != NULL)
    g_unlink (self->fresh);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->fresh);
  g_free (self->copy);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Mending, mending_clear)

static gboolean
fail (int      rc,
      GError **error)
{
  if ((rc & 0xff) == SQLITE_FULL)
    return mash_store_error_set (error, MASH_STORE_ERROR_FULL, "The disk is full");
  g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_IO, "Rescue: %s (%d)",
               sqlite3_errstr (rc), rc);

  return FALSE;
}

static gboolean
run (sqlite3    *fresh,
     const char *sql,
     GError    **error)
{
  int rc = sqlite3_exec (fresh, sql, NULL, NULL, NULL);

  return rc == SQLITE_OK || fail (rc, error);
}

/* The pages of the log go where they belong, because from here on SQLite must not look for it. */
static gboolean
fold_log (Mending *self,
          GError **error)
{
  g_autofree char *path = g_strconcat (self->copy, "-wal", NULL);
  struct stat st;
  gboolean folded;
  int log;

  if (fstat (self->fd, &st) < 0)
    {
      mash_store_error_set_errno (error, errno, "look at what can be read");
      return FALSE;
    }
  self->n_pages = (guint32) MAX (1, st.st_size / MASH_DATABASE_PAGE_SIZE);
  log = open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  folded = log >= 0 ? mash_database_log_fold (log, self->fd, &self->n_pages) : errno == ENOENT;
  self->n_all = MAX (self->n_all, MAX (self->n_pages, self->shape->last_root));
  if (!folded)
    mash_store_error_set_errno (error, errno, "put the latest saves in their places");
  if (log >= 0)
    close (log);
  g_unlink (path);

  return folded;
}

/* No page that is new may have the number of an old one, not even of one that is cut off: it would
 * be taken for that. */
static gboolean
grow (Mending *self,
      sqlite3 *fresh,
      GError **error)
{
  gint64 n_pages;

  if (!run (fresh, "CREATE TABLE room (bytes BLOB)", error))
    return FALSE;
  while ((n_pages = mash_vault_read_number (fresh, "PRAGMA page_count")) < self->n_all)
    {
      gint64 bytes = BYTES_OF_PAGE * MIN (self->n_all - n_pages, PAGES_AT_ONCE);
      g_autofree char *sql = g_strdup_printf ("INSERT INTO room VALUES (zeroblob (%"
                                              G_GINT64_FORMAT "))", bytes);

      if (!run (fresh, sql, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
put_rows (Mending *self,
          sqlite3 *fresh,
          GError **error)
{
  const char *type, *name, *table, *sql;
  sqlite3_stmt *insert = NULL;
  GVariantIter rows;
  guint32 root;
  int rc = sqlite3_prepare_v2 (fresh, "INSERT INTO sqlite_master (type, name, tbl_name, rootpage,"
                               " sql) VALUES (?1, ?2, ?3, ?4, ?5)", -1, &insert, NULL);

  g_variant_iter_init (&rows, self->shape->rows);
  while (rc == SQLITE_OK &&
         g_variant_iter_next (&rows, "(&s&s&sum&s)", &type, &name, &table, &root, &sql))
    {
      sqlite3_bind_text (insert, 1, type, -1, SQLITE_STATIC);
      sqlite3_bind_text (insert, 2, name, -1, SQLITE_STATIC);
      sqlite3_bind_text (insert, 3, table, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (insert, 4, root);
      sqlite3_bind_text (insert, 5, sql, -1, SQLITE_STATIC);
      sqlite3_step (insert);
      rc = sqlite3_reset (insert);
    }
  sqlite3_finalize (insert);

  return rc == SQLITE_OK || fail (rc, error);
}

static gboolean
fill (Mending *self,
      sqlite3 *fresh,
      GError **error)
{
  g_autofree char *marks = g_strdup_printf ("PRAGMA user_version = %u; PRAGMA application_id = %u",
                                            self->shape->version, self->shape->application_id);

  return grow (self, fresh, error) &&
         run (fresh, "PRAGMA writable_schema = ON; BEGIN; DELETE FROM sqlite_master", error) &&
         put_rows (self, fresh, error) && run (fresh, marks, error) &&
         run (fresh, "COMMIT", error);
}

static gboolean
put_page (Mending      *self,
          guint64       page,
          const guint8 *data)
{
  off_t offset = (off_t) page * MASH_DATABASE_PAGE_SIZE;

  return lseek (self->fd, offset, SEEK_SET) == offset &&
         mash_file_write_all (self->fd, data, MASH_DATABASE_PAGE_SIZE);
}

/* The first page and the new ones; those that are cut off are spoilt, as an empty page would be
 * taken for a good one. */
static gboolean
lay_over (Mending *self,
          GError **error)
{
  g_autofree guint8 *data = g_malloc (MASH_DATABASE_PAGE_SIZE);
  int from = open (self->fresh, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  gboolean laid = from >= 0;
  guint64 page = 0;
  gssize n;

  while (laid && (n = pread (from, data, MASH_DATABASE_PAGE_SIZE,
                             (off_t) page * MASH_DATABASE_PAGE_SIZE)) != 0)
    {
      laid = n == MASH_DATABASE_PAGE_SIZE && put_page (self, page, data);
      page = page == 0 ? self->n_all : page + 1;
    }
  memset (data, MASH_RESCUE_UNREADABLE, MASH_DATABASE_PAGE_SIZE);
  for (page = self->n_pages; laid && page < self->n_all; page++)
    laid = put_page (self, page, data);
  if (!laid)
    mash_store_error_set_errno (error, errno, "lay out what can be read");
  if (from >= 0)
    close (from);

  return laid;
}

static gboolean
mend (Mending *self,
      GError **error)
{
  GError *fault = NULL;
  sqlite3 *fresh;
  gboolean filled;

  if (!fold_log (self, error))
    return FALSE;
  fresh = mash_vault_open (self->fresh, self->key, MASH_VAULT_CREATE, &fault);
  if (fresh == NULL)
    return mash_vault_pass_on (fault, error);
  filled = fill (self, fresh, error);
  sqlite3_close (fresh);

  return filled && lay_over (self, error);
}

static guint32
count_noted (const char *folder,
             MashSecret *key)
{
  MashDatabaseNote note = { 0 };
  int fd = mash_file_open_folder (folder, NULL);

  if (fd >= 0)
    {
      mash_note_read (fd, key, &note);
      close (fd);
    }

  return (guint32) (note.size / MASH_DATABASE_PAGE_SIZE);
}

/* A shape says what there was, and nothing of what can be read: a page of some table has to be
 * there. */
static gboolean
has_page (sqlite3         *vault,
          const MashShape *shape)
{
  const char *type, *name;
  GVariantIter rows;
  guint32 root;

  g_variant_iter_init (&rows, shape->rows);
  while (g_variant_iter_next (&rows, "(&s&s&sum&s)", &type, &name, NULL, &root, NULL))
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM (SELECT 1 FROM \"%s\""
                                              " NOT INDEXED LIMIT 1)", name);

      if (!g_str_equal (type, "table") || root == 0)
        continue;
      if (mash_vault_read_number (vault, sql) >= 0)
        return TRUE;
      mash_vault_forget_pages (vault);
    }

  return FALSE;
}

static sqlite3 *
open_copy (const char    *path,
           MashSecret    *key,
           MashVaultMode  mode)
{
  sqlite3 *vault = mash_vault_open (path, key, mode, NULL);

  if (vault != NULL && mash_vault_read_number (vault, "SELECT count (*) FROM sqlite_master") > 0)
    return vault;
  sqlite3_close (vault);

  return NULL;
}

/**
 * mash_rescue_open: (skip)
 * @folder: where the database lies; it is not altered
 * @place: where mash_rescue_copy() has put the copy of it
 * @key: what may be the key of the database
 * @vault: (out) (transfer full) (nullable): the copy, for sqlite3_close(), in which every table can
 *   be asked for; %NULL where @key opens nothing of it
 * @error: %MASH_STORE_ERROR_FULL, %MASH_STORE_ERROR_IO
 *
 * Opens the copy as it is, or, where the database does not say itself what is in it, by the shape
 * that was kept beside it.
 *
 * Returns: whether there was room
 */
gboolean
mash_rescue_open (const char  *folder,
                  const char  *place,
                  MashSecret  *key,
                  sqlite3    **vault,
                  GError     **error)
{
  g_auto (Mending) mending = { .key = key, .fd = -1 };
  g_autoptr (MashShape) shape = NULL;

  mending.copy = g_build_filename (place, MASH_DATABASE_NAME, NULL);
  *vault = open_copy (mending.copy, key, MASH_VAULT_WRITE);
  if (*vault != NULL)
    return TRUE;

  shape = mash_shape_load (folder, key);
  if (shape != NULL)
    mending.fd = open (mending.copy, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
  if (mending.fd < 0)
    return TRUE;
  mending.shape = shape;
  mending.n_all = count_noted (folder, key);
  mending.fresh = g_build_filename (place, FRESH_NAME, NULL);
  if (!mend (&mending, error))
    return FALSE;

  *vault = open_copy (mending.copy, key, MASH_VAULT_READ);
  if (*vault != NULL && !has_page (*vault, shape))
    g_clear_pointer (vault, sqlite3_close);

  return TRUE;
}
