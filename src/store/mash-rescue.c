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

#include "mash-backup-private.h"
#include "mash-body.h"
#include "mash-database-private.h"
#include "mash-file.h"
#include "mash-store-private.h"
#include "mash-vault.h"

#define COPIED_AT_ONCE (16 * MASH_DATABASE_PAGE_SIZE)

typedef void (*ReadRow) (MashRescue   *self,
                         sqlite3_stmt *row);

static void
draft_free (gpointer data)
{
  MashRescuedDraft *draft = data;

  g_free (draft->person);
  g_free (draft->context);
  g_free (draft->body);
  g_free (draft->at);
  g_free (draft);
}

void
mash_rescue_free (MashRescue *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->drafts);
  g_ptr_array_unref (self->changes);
  g_hash_table_unref (self->documents);
  g_hash_table_unref (self->lost);
  g_clear_pointer (&self->made, g_hash_table_unref);
  g_free (self);
}

static char *
dup_column (sqlite3_stmt *row,
            int           column)
{
  const char *text = (const char *) sqlite3_column_text (row, column);

  return g_strdup (text != NULL ? text : "");
}

static void
copy_column (sqlite3_stmt *row,
             int           column,
             guint8       *out,
             gsize         length)
{
  memset (out, 0, length);
  if (sqlite3_column_bytes (row, column) == (int) length)
    memcpy (out, sqlite3_column_blob (row, column), length);
}

static void
read_draft (MashRescue   *self,
            sqlite3_stmt *row)
{
  MashRescuedDraft *draft = g_new0 (MashRescuedDraft, 1);

  draft->person = dup_column (row, 0);
  draft->context = dup_column (row, 1);
  draft->body = dup_column (row, 2);
  draft->at = dup_column (row, 3);
  g_ptr_array_add (self->drafts, draft);
}

static void
read_change (MashRescue   *self,
             sqlite3_stmt *row)
{
  MashChange *change = g_new0 (MashChange, 1);

  change->id = dup_column (row, 0);
  change->group = dup_column (row, 1);
  change->index = (guint) sqlite3_column_int (row, 2);
  change->size = (guint) sqlite3_column_int (row, 3);
  change->desk = dup_column (row, 4);
  change->person = dup_column (row, 5);
  change->post = dup_column (row, 6);
  change->kind = dup_column (row, 7);
  change->record = dup_column (row, 8);
  change->base = sqlite3_column_int64 (row, 9);
  change->compartment = dup_column (row, 10);
  change->format = (guint) sqlite3_column_int (row, 11);
  change->said_at = dup_column (row, 12);
  copy_column (row, 13, change->salt, sizeof change->salt);
  change->body = dup_column (row, 14);
  copy_column (row, 15, change->signature, sizeof change->signature);
  change->hub = dup_column (row, 16);
  g_ptr_array_add (self->changes, change);
}

/* Reads rows until one cannot be read; says whether it came to the end. */
static gboolean
read_until_fault (MashRescue *self,
                  sqlite3    *vault,
                  const char *sql,
                  gint64      after,
                  const char *hub,
                  ReadRow     read)
{
  sqlite3_stmt *rows = NULL;
  int rc = sqlite3_prepare_v2 (vault, sql, -1, &rows, NULL);

  if (rc == SQLITE_OK)
    {
      sqlite3_bind_int64 (rows, 1, after);
      sqlite3_bind_text (rows, 2, hub, -1, SQLITE_STATIC);
      while ((rc = sqlite3_step (rows)) == SQLITE_ROW)
        read (self, rows);
    }
  sqlite3_finalize (rows);
  if (rc != SQLITE_DONE)
    mash_vault_forget_pages (vault);

  return rc == SQLITE_DONE;
}

static void
reverse (GPtrArray *array,
         guint      from)
{
  for (guint i = from, j = array->len; i + 1 < j; i++, j--)
    {
      gpointer kept = array->pdata[i];

      array->pdata[i] = array->pdata[j - 1];
      array->pdata[j - 1] = kept;
    }
}

/* From the front up to a page that cannot be read, and then from the back down to it. */
static void
read_drafts (MashRescue *self,
             sqlite3    *vault)
{
  static const char forwards[] =
    "SELECT person, context, body, at FROM draft WHERE ?1 = ?1 AND ?2 = ?2"
    " ORDER BY person, context";
  static const char backwards[] =
    "SELECT person, context, body, at FROM draft WHERE ?1 = ?1 AND ?2 = ?2"
    " ORDER BY person DESC, context DESC";

  if (read_until_fault (self, vault, forwards, 0, "", read_draft))
    return;
  self->unreadable = TRUE;
  read_until_fault (self, vault, backwards, 0, "", read_draft);
}

static void
read_changes (MashRescue *self,
              sqlite3    *vault,
              const char *hub,
              gint64      after)
{
#define COLUMNS \
  "SELECT id, group_id, idx, size, desk, person, post, kind, record, base, compartment, format," \
  " said_at, salt, body, signature, ?2 FROM change WHERE position > ?1 ORDER BY position "
  static const char forwards[] = COLUMNS "ASC";
  static const char backwards[] = COLUMNS "DESC";
#undef COLUMNS
  guint from;

  if (read_until_fault (self, vault, forwards, after, hub, read_change))
    return;
  self->unreadable = TRUE;
  from = self->changes->len;
  read_until_fault (self, vault, backwards, after, hub, read_change);
  reverse (self->changes, from);
}

/* The fingerprint of the document that a change adds; NULL for every other change. */
static char *
dup_fingerprint (const MashChange *change)
{
  g_autoptr (GHashTable) members = NULL;
  GVariant *sha256;

  if (strcmp (change->kind, "source-document") != 0)
    return NULL;
  members = mash_body_read (change->body, strlen (change->body), NULL);
  sha256 = members != NULL ? g_hash_table_lookup (members, "sha256") : NULL;

  return sha256 != NULL && g_variant_is_of_type (sha256, G_VARIANT_TYPE_STRING)
         ? g_variant_dup_string (sha256, NULL) : NULL;
}

static GBytes *
read_document (sqlite3    *vault,
               const char *sha256)
{
  GByteArray *content = g_byte_array_new ();
  sqlite3_stmt *parts = NULL;
  int rc = sqlite3_prepare_v2 (vault, "SELECT data FROM document_part WHERE sha256 = ?1"
                               " ORDER BY part", -1, &parts, NULL);

  if (rc == SQLITE_OK)
    {
      sqlite3_bind_text (parts, 1, sha256, -1, SQLITE_STATIC);
      while ((rc = sqlite3_step (parts)) == SQLITE_ROW)
        g_byte_array_append (content, sqlite3_column_blob (parts, 0),
                             (guint) sqlite3_column_bytes (parts, 0));
    }
  sqlite3_finalize (parts);
  if (rc != SQLITE_DONE)
    {
      mash_vault_forget_pages (vault);
      g_byte_array_unref (content);
      return NULL;
    }

  return g_byte_array_free_to_bytes (content);
}

static void
read_documents (MashRescue *self,
                sqlite3    *vault)
{
  for (guint i = 0; i < self->changes->len; i++)
    {
      g_autofree char *sha256 = dup_fingerprint (self->changes->pdata[i]);
      GBytes *content = sha256 != NULL ? read_document (vault, sha256) : NULL;

      if (content != NULL)
        g_hash_table_replace (self->documents, g_steal_pointer (&sha256), content);
      else if (sha256 != NULL)
        self->unreadable = TRUE;
    }
}

static gboolean
read_all (int     fd,
          guint8 *data,
          gsize   length,
          gint64  offset)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n = pread (fd, data + done, length - done, offset + (gint64) done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      done += n;
    }

  return TRUE;
}

/* SQLCipher takes a page without a byte in it for one that was never written, and not for a damaged
 * one: in the midst of a long text nobody would see that it is not what stood there. */
static void
mark_empty (guint8 *page,
            gsize   length)
{
  if (page[0] == 0 && memcmp (page, page + 1, length - 1) == 0)
    memset (page, MASH_RESCUE_UNREADABLE, length);
}

/* A page that the disk does not give is spoilt in the copy, so that no other is lost with it. */
static void
read_block (int     fd,
            guint8 *block,
            gsize   length,
            gint64  offset)
{
  gboolean whole = read_all (fd, block, length, offset);

  for (gsize done = 0; done < length; done += MASH_DATABASE_PAGE_SIZE)
    {
      gsize page = MIN (length - done, MASH_DATABASE_PAGE_SIZE);

      if (!whole && !read_all (fd, block + done, page, offset + (gint64) done))
        memset (block + done, MASH_RESCUE_UNREADABLE, page);
      mark_empty (block + done, page);
    }
}

static gboolean
copy_bytes (int from,
            int to)
{
  g_autofree guint8 *block = g_malloc (COPIED_AT_ONCE);
  struct stat st;

  if (fstat (from, &st) < 0)
    return FALSE;
  for (gint64 done = 0; done < st.st_size; done += COPIED_AT_ONCE)
    {
      gsize length = (gsize) MIN (st.st_size - done, COPIED_AT_ONCE);

      read_block (from, block, length, done);
      if (!mash_file_write_all (to, block, length))
        return FALSE;
    }

  return TRUE;
}

/* What the disk does not give is nothing to be had; a copy that finds no room is another matter,
 * because there was something. */
static gboolean
copy_aside (const char *folder,
            const char *work,
            const char *name,
            GError    **error)
{
  g_autofree char *source = g_build_filename (folder, name, NULL);
  g_autofree char *target = g_build_filename (work, name, NULL);
  gboolean copied;
  int from = open (source, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  int to;

  if (from < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOMEM))
    {
      mash_store_error_set_errno (error, errno, "look for what can be read");
      return FALSE;
    }
  if (from < 0)
    return TRUE;

  to = open (target, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  copied = to >= 0 && copy_bytes (from, to);
  if (!copied)
    mash_store_error_set_errno (error, errno, "copy what can be read");
  close (from);
  if (to >= 0)
    close (to);

  return copied;
}

/**
 * mash_rescue_copy: (skip)
 * @folder: where the database and its log lie; they are not altered
 * @place: a folder that is made for a copy of them
 * @error: %MASH_STORE_ERROR_FULL, %MASH_STORE_ERROR_IO
 *
 * Pages that the disk does not give, and empty ones, are spoilt in the copy.
 *
 * Returns: whether there was room
 */
gboolean
mash_rescue_copy (const char *folder,
                  const char *place,
                  GError    **error)
{
  if (g_mkdir (place, 0700) < 0)
    {
      mash_store_error_set_errno (error, errno, "make room for what can be read");
      return FALSE;
    }

  return copy_aside (folder, place, MASH_DATABASE_NAME, error) &&
         copy_aside (folder, place, MASH_DATABASE_NAME "-wal", error);
}

/**
 * mash_rescue_read: (skip)
 * @folder: where the database and its log lie; they are not altered
 * @work: a folder for a copy of them, which is taken away again
 * @key: what may be the key of the database
 * @hub: the id of the hub
 * @after: the position after which changes are wanted
 * @error: %MASH_STORE_ERROR_FULL, %MASH_STORE_ERROR_IO
 *
 * Reads what can be read. What cannot is no error: there is nothing more to be had. That there is
 * no room to read it in is one.
 *
 * Returns: (transfer full): what was read, or %NULL
 */
MashRescue *
mash_rescue_read (const char *folder,
                  const char *work,
                  MashSecret *key,
                  const char *hub,
                  gint64      after,
                  GError    **error)
{
  g_autoptr (MashRescue) self = g_new0 (MashRescue, 1);
  g_autofree char *place = g_build_filename (work, "rescue", NULL);
  sqlite3 *vault = NULL;
  gboolean copied;

  self->drafts = g_ptr_array_new_with_free_func (draft_free);
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_change_free);
  self->documents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) g_bytes_unref);
  self->lost = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  copied = mash_rescue_copy (folder, place, error) &&
           mash_rescue_open (folder, place, key, &vault, error);
  if (vault != NULL)
    {
      self->opened = TRUE;
      read_drafts (self, vault);
      read_changes (self, vault, hub, after);
      read_documents (self, vault);
    }
  if (!self->opened)
    self->unreadable = TRUE;
  sqlite3_close (vault);
  mash_backup_clear (place);

  return copied ? g_steal_pointer (&self) : NULL;
}

/* A draft of the backup is older than the same one that was found. */
static gboolean
put_drafts (MashRescue *self,
            MashStore  *store,
            gint64     *n,
            GError    **error)
{
  for (guint i = 0; i < self->drafts->len; i++)
    {
      const MashRescuedDraft *draft = self->drafts->pdata[i];

      if (!mash_database_run (store->database, error,
                              "INSERT INTO draft (person, context, body, at)"
                              " VALUES (?1, ?2, ?3, ?4)"
                              " ON CONFLICT (person, context)"
                              " DO UPDATE SET body = excluded.body, at = excluded.at", "tttt",
                              draft->person, draft->context, draft->body, draft->at))
        return FALSE;
    }
  *n = self->drafts->len;

  return TRUE;
}

/* The changes of one group that stand together from @from on. */
static GPtrArray *
take_group (MashRescue *self,
            guint       from)
{
  const MashChange *first = self->changes->pdata[from];
  GPtrArray *group = g_ptr_array_new ();

  for (guint i = from; i < self->changes->len; i++)
    {
      MashChange *change = self->changes->pdata[i];

      if (strcmp (change->group, first->group) != 0)
        break;
      g_ptr_array_add (group, change);
    }

  return group;
}

/* A group and the documents that it adds, or neither: a change that names a document which could
 * not be read is missing with it. */
static gboolean
put_group (MashRescue  *self,
           MashStore   *store,
           GPtrArray   *group,
           GError     **error)
{
  g_autoptr (MashTransaction) transaction = mash_transaction_begin (store->database, error);
  g_autoptr (MashGroup) carrier = mash_group_new ("edit", NULL);

  if (transaction == NULL)
    return FALSE;
  for (guint i = 0; i < group->len; i++)
    {
      g_autofree char *sha256 = dup_fingerprint (group->pdata[i]);
      GBytes *content = sha256 != NULL ? g_hash_table_lookup (self->documents, sha256) : NULL;

      if (content != NULL)
        mash_group_attach (carrier, sha256, content);
      else if (sha256 != NULL && !mash_store_has_document (store, sha256))
        return FALSE;
    }

  return mash_store_put_documents (store, carrier, error) &&
         mash_store_apply_group (store, group, error) &&
         mash_transaction_commit (transaction, error);
}

/**
 * mash_rescue_apply: (skip)
 * @self: what was read
 * @store: the restored store
 * @taken: (out): how many changes it has taken
 * @missing: (out): how many it could not take
 * @drafts: (out): how many drafts it has taken
 * @error: %MASH_STORE_ERROR_FULL, %MASH_STORE_ERROR_IO
 *
 * Hands over changes as if they came from elsewhere: signatures and rights are judged anew, each
 * group as a whole. A group that no longer fits is left out and counted.
 *
 * Returns: whether the store is sound; what it did not take is no error
 */
gboolean
mash_rescue_apply (MashRescue *self,
                   MashStore  *store,
                   gint64     *taken,
                   gint64     *missing,
                   gint64     *drafts,
                   GError    **error)
{
  guint i = 0;

  *taken = *missing = *drafts = 0;
  while (i < self->changes->len)
    {
      g_autoptr (GPtrArray) group = take_group (self, i);
      g_autoptr (GError) local_error = NULL;

      if (put_group (self, store, group, &local_error))
        {
          *taken += group->len;
        }
      else
        {
          *missing += group->len;
          mash_rescue_note_lost (self, store, group);
        }
      if (g_error_matches (local_error, MASH_STORE_ERROR, MASH_STORE_ERROR_FULL) ||
          g_error_matches (local_error, MASH_STORE_ERROR, MASH_STORE_ERROR_IO))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      i += group->len;
    }

  return put_drafts (self, store, drafts, error);
}
