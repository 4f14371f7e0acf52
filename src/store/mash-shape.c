/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-shape.h"

#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "mash-database-private.h"
#include "mash-file.h"

#define MAGIC "MASHSHP1"
#define MAGIC_LENGTH 8
#define MAC_LENGTH crypto_auth_hmacsha256_BYTES

/* A file: magic, an HMAC over all that follows, and version, application id and rows as GVariant
 * writes them. */
#define HEADER_LENGTH (MAGIC_LENGTH + MAC_LENGTH)
#define FILE_TYPE "(uu" MASH_SHAPE_ROWS_TYPE ")"

#define MAX_LENGTH (4 * 1024 * 1024)

void
mash_shape_free (MashShape *self)
{
  if (self == NULL)
    return;

  g_variant_unref (self->rows);
  g_free (self);
}

static void
prove (MashSecret   *key,
       const guint8 *content,
       gsize         length,
       guint8        mac[MAC_LENGTH])
{
  guint8 mac_key[MASH_DATABASE_DERIVED_LENGTH];

  mash_database_derive (key, "mash desk shape 1", mac_key);
  crypto_auth_hmacsha256 (mac, content, length, mac_key);
  sodium_memzero (mac_key, sizeof mac_key);
}

/* What the database says of itself now, or NULL where it does not. */
static GVariant *
read_rows (MashDatabase *database)
{
  g_auto (GVariantBuilder) rows = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (MASH_SHAPE_ROWS_TYPE));
  sqlite3_stmt *row = NULL;
  int rc = sqlite3_prepare_v2 (database->handle, "SELECT type, name, tbl_name, rootpage, sql"
                               " FROM sqlite_master ORDER BY rowid", -1, &row, NULL);

  while (rc == SQLITE_OK && (rc = sqlite3_step (row)) == SQLITE_ROW)
    {
      const char *text[3];

      for (int i = 0; i < 3; i++)
        text[i] = (const char *) sqlite3_column_text (row, i);
      if (text[0] != NULL && text[1] != NULL && text[2] != NULL)
        g_variant_builder_add (&rows, "(sssums)", text[0], text[1], text[2],
                               (guint32) sqlite3_column_int64 (row, 3),
                               (const char *) sqlite3_column_text (row, 4));
      rc = text[0] != NULL && text[1] != NULL && text[2] != NULL ? SQLITE_OK : SQLITE_NOMEM;
    }
  sqlite3_finalize (row);

  return rc == SQLITE_DONE ? g_variant_ref_sink (g_variant_builder_end (&rows)) : NULL;
}

/* The file as it should be, or NULL. */
static GByteArray *
spell (MashDatabase *database)
{
  g_autoptr (GVariant) rows = read_rows (database);
  g_autoptr (GVariant) content = NULL;
  GByteArray *file;

  if (rows == NULL)
    return NULL;

  content = g_variant_ref_sink (g_variant_new ("(uu@" MASH_SHAPE_ROWS_TYPE ")", database->version,
                                               database->application_id, rows));
  file = g_byte_array_new ();
  g_byte_array_set_size (file, HEADER_LENGTH + (guint) g_variant_get_size (content));
  memcpy (file->data, MAGIC, MAGIC_LENGTH);
  g_variant_store (content, file->data + HEADER_LENGTH);
  prove (database->key, file->data + HEADER_LENGTH, file->len - HEADER_LENGTH,
         file->data + MAGIC_LENGTH);

  return file;
}

/**
 * mash_shape_keep: (skip)
 * @database: a database in a session; nothing is done for any other
 *
 * Brings the shape beside a database up to date. It is called when the database was opened, and
 * when its pages have changed their places. Where it cannot be written there is none: nobody is
 * kept from work by that, and the next opener tries again.
 */
void
mash_shape_keep (MashDatabase *database)
{
  g_autoptr (GByteArray) wanted = NULL;
  g_autoptr (GBytes) found = NULL;

  if (!database->noted)
    return;
  wanted = spell (database);
  if (wanted == NULL || wanted->len > MAX_LENGTH)
    return;
  found = mash_file_read (database->folder_fd, MASH_SHAPE_NAME, MAX_LENGTH, NULL);
  if (found != NULL && g_bytes_get_size (found) == wanted->len &&
      memcmp (g_bytes_get_data (found, NULL), wanted->data, wanted->len) == 0)
    return;

  mash_file_replace (database->folder_fd, MASH_SHAPE_NAME, wanted->data, wanted->len, NULL);
}

/**
 * mash_shape_drop: (skip)
 * @database: a database in a session; nothing is done for any other
 *
 * Takes the shape away before the pages change their places, so that there is none rather than a
 * wrong one when that is cut off.
 */
void
mash_shape_drop (MashDatabase *database)
{
  if (database->noted)
    mash_file_remove (database->folder_fd, MASH_SHAPE_NAME, FALSE, NULL);
}

static MashShape *
take_apart (GVariant *content)
{
  MashShape *self = g_new0 (MashShape, 1);
  GVariantIter rows;
  guint32 root;

  g_variant_get (content, "(uu@" MASH_SHAPE_ROWS_TYPE ")", &self->version, &self->application_id,
                 &self->rows);
  g_variant_iter_init (&rows, self->rows);
  while (g_variant_iter_next (&rows, "(sssums)", NULL, NULL, NULL, &root, NULL))
    self->last_root = MAX (self->last_root, root);

  return self;
}

/**
 * mash_shape_load: (skip)
 * @folder: where a database lies, or lay
 * @key: what may be its key
 *
 * Returns: (transfer full) (nullable): its shape, or %NULL where there is none that was written
 *   under @key
 */
MashShape *
mash_shape_load (const char *folder,
                 MashSecret *key)
{
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) inner = NULL;
  g_autoptr (GVariant) content = NULL;
  guint8 mac[MAC_LENGTH];
  const guint8 *data;
  gsize length;
  int fd = mash_file_open_folder (folder, NULL);

  if (fd < 0)
    return NULL;
  file = mash_file_read (fd, MASH_SHAPE_NAME, MAX_LENGTH, NULL);
  close (fd);
  data = file != NULL ? g_bytes_get_data (file, &length) : NULL;
  if (data == NULL || length <= HEADER_LENGTH || memcmp (data, MAGIC, MAGIC_LENGTH) != 0)
    return NULL;
  prove (key, data + HEADER_LENGTH, length - HEADER_LENGTH, mac);
  if (sodium_memcmp (mac, data + MAGIC_LENGTH, MAC_LENGTH) != 0)
    return NULL;

  inner = g_bytes_new_from_bytes (file, HEADER_LENGTH, length - HEADER_LENGTH);
  content = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (FILE_TYPE), inner,
                                                          FALSE));

  return take_apart (content);
}
