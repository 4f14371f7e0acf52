/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-backup-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include <sodium.h>

#include "mash-slots.h"
#include "mash-store-error.h"

#define GROUP "backup"
#define GROUP_ROWS "rows"
#define KEY_SIZE MASH_SLOTS_DATABASE_KEY_SIZE
#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define SEALED_SIZE (NONCE_SIZE + KEY_SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES)

static void
derive (MashSecret *key,
        const char *purpose,
        guint8      out[crypto_auth_hmacsha256_BYTES])
{
  crypto_auth_hmacsha256 (out, (const guint8 *) purpose, strlen (purpose),
                          mash_secret_get_data (key, NULL));
}

/**
 * mash_backup_seal_key: (skip)
 * @key: the key of a backup
 * @database_key: the key of the database that it is a copy of
 * @hub: the id of the hub
 *
 * Returns: (transfer full): @key, sealed, in hex
 */
char *
mash_backup_seal_key (MashSecret *key,
                      MashSecret *database_key,
                      const char *hub)
{
  guint8 sealed[SEALED_SIZE];
  guint8 wrap[crypto_auth_hmacsha256_BYTES];
  char *hex = g_malloc (2 * SEALED_SIZE + 1);

  derive (database_key, "mash backup key 1", wrap);
  randombytes_buf (sealed, NONCE_SIZE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + NONCE_SIZE, NULL,
                                              mash_secret_get_data (key, NULL), KEY_SIZE,
                                              (const guint8 *) hub, strlen (hub), NULL,
                                              sealed, wrap);
  sodium_memzero (wrap, sizeof wrap);

  return sodium_bin2hex (hex, 2 * SEALED_SIZE + 1, sealed, SEALED_SIZE);
}

/**
 * mash_backup_unseal_key: (skip)
 * @sealed: what mash_backup_seal_key() gave
 * @database_key: a database key
 * @hub: the id of the hub
 *
 * Returns: (transfer full): the key of the backup, or %NULL where it was sealed to another
 */
MashSecret *
mash_backup_unseal_key (const char *sealed,
                        MashSecret *database_key,
                        const char *hub)
{
  guint8 bytes[SEALED_SIZE];
  guint8 wrap[crypto_auth_hmacsha256_BYTES];
  guint8 key[KEY_SIZE];
  MashSecret *opened = NULL;
  gsize length;

  if (sodium_hex2bin (bytes, sizeof bytes, sealed, strlen (sealed), NULL, &length, NULL) != 0 ||
      length != sizeof bytes)
    return NULL;

  derive (database_key, "mash backup key 1", wrap);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (key, NULL, NULL, bytes + NONCE_SIZE,
                                                  sizeof bytes - NONCE_SIZE,
                                                  (const guint8 *) hub, strlen (hub),
                                                  bytes, wrap) == 0)
    opened = mash_secret_new_from_bytes (key, sizeof key);
  sodium_memzero (wrap, sizeof wrap);
  sodium_memzero (key, sizeof key);

  return opened;
}

MashManifest *
mash_manifest_new (void)
{
  MashManifest *self = g_new0 (MashManifest, 1);

  self->info = g_new0 (MashBackupInfo, 1);

  return self;
}

void
mash_manifest_free (MashManifest *self)
{
  if (!self)
    return;

  mash_backup_info_free (self->info);
  g_free (self->chain);
  g_free (self->key);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_free (self);
}

void
mash_backup_info_free (MashBackupInfo *info)
{
  if (!info)
    return;

  g_free (info->place);
  g_free (info->hub);
  g_free (info->hub_name);
  g_free (info->desk);
  g_free (info->made_at);
  g_free (info);
}

static int
count_rows (sqlite3    *vault,
            const char *table,
            GHashTable *rows)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM \"%s\"", table);
  sqlite3_stmt *counting = NULL;
  int rc = sqlite3_prepare_v2 (vault, sql, -1, &counting, NULL);

  if (rc == SQLITE_OK && (rc = sqlite3_step (counting)) == SQLITE_ROW)
    {
      g_hash_table_insert (rows, g_strdup (table),
                           g_strdup_printf ("%" G_GINT64_FORMAT,
                                            (gint64) sqlite3_column_int64 (counting, 0)));
      rc = SQLITE_OK;
    }
  sqlite3_finalize (counting);

  return rc;
}

/**
 * mash_manifest_count: (skip)
 * @vault: a database
 * @error: as for mash_vault_set_error()
 *
 * Counts every table or none: a list that ends where the disk does would agree with itself for as
 * long as the disk goes on failing, and with the whole database never.
 *
 * Returns: (transfer full): how many rows each of its tables has, as text, or %NULL
 */
GHashTable *
mash_manifest_count (sqlite3  *vault,
                     GError  **error)
{
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sqlite3_stmt *names = NULL;
  int rc = sqlite3_prepare_v2 (vault,
                               "SELECT name FROM sqlite_master WHERE type = 'table'"
                               " AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%'",
                               -1, &names, NULL);

  while (rc == SQLITE_OK && (rc = sqlite3_step (names)) == SQLITE_ROW)
    rc = count_rows (vault, (const char *) sqlite3_column_text (names, 0), rows);
  sqlite3_finalize (names);
  if (rc == SQLITE_DONE)
    return g_steal_pointer (&rows);
  mash_vault_set_error (rc, error);

  return NULL;
}

static GKeyFile *
write_manifest (MashManifest *self)
{
  GKeyFile *file = g_key_file_new ();
  GHashTableIter iter;
  gpointer table, n;

  g_key_file_set_integer (file, GROUP, "format", 1);
  g_key_file_set_string (file, GROUP, "hub", self->info->hub);
  g_key_file_set_string (file, GROUP, "hub-name", self->info->hub_name);
  g_key_file_set_string (file, GROUP, "desk", self->info->desk);
  g_key_file_set_string (file, GROUP, "made-at", self->info->made_at);
  g_key_file_set_int64 (file, GROUP, "changes", self->info->position);
  g_key_file_set_int64 (file, GROUP, "views", self->info->views);
  g_key_file_set_int64 (file, GROUP, "bytes", self->info->bytes);
  g_key_file_set_string (file, GROUP, "chain", self->chain);
  g_key_file_set_string (file, GROUP, "key", self->key);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &table, &n))
    g_key_file_set_string (file, GROUP_ROWS, table, n);

  return file;
}

/**
 * mash_manifest_save: (skip)
 * @self: a manifest
 * @place: the folder of the backup
 * @error: %MASH_STORE_ERROR_BACKUP_TARGET
 *
 * Returns: whether it is durable
 */
gboolean
mash_manifest_save (MashManifest *self,
                    const char   *place,
                    GError      **error)
{
  g_autofree char *path = g_build_filename (place, MASH_BACKUP_MANIFEST, NULL);
  g_autoptr (GKeyFile) file = write_manifest (self);
  gsize length;
  g_autofree char *text = g_key_file_to_data (file, &length, NULL);

  if (g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_DURABLE, 0600,
                                NULL))
    return TRUE;
  g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_BACKUP_TARGET,
                       "The manifest of the backup cannot be written");

  return FALSE;
}

static gboolean
read_manifest (MashManifest *self,
               GKeyFile     *file)
{
  g_auto (GStrv) tables = g_key_file_get_keys (file, GROUP_ROWS, NULL, NULL);

  self->info->hub = g_key_file_get_string (file, GROUP, "hub", NULL);
  self->info->hub_name = g_key_file_get_string (file, GROUP, "hub-name", NULL);
  self->info->desk = g_key_file_get_string (file, GROUP, "desk", NULL);
  self->info->made_at = g_key_file_get_string (file, GROUP, "made-at", NULL);
  self->info->position = g_key_file_get_int64 (file, GROUP, "changes", NULL);
  self->info->views = g_key_file_get_int64 (file, GROUP, "views", NULL);
  self->info->bytes = g_key_file_get_int64 (file, GROUP, "bytes", NULL);
  self->chain = g_key_file_get_string (file, GROUP, "chain", NULL);
  self->key = g_key_file_get_string (file, GROUP, "key", NULL);
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; tables != NULL && tables[i] != NULL; i++)
    g_hash_table_insert (self->rows, g_strdup (tables[i]),
                         g_key_file_get_string (file, GROUP_ROWS, tables[i], NULL));

  return g_key_file_get_integer (file, GROUP, "format", NULL) == 1 && self->info->hub &&
         self->info->hub_name && self->info->desk && self->info->made_at && self->chain &&
         self->key;
}

/**
 * mash_manifest_load: (skip)
 * @place: the folder of a backup
 * @error: %MASH_STORE_ERROR_NO_BACKUP or %MASH_STORE_ERROR_BACKUP_DAMAGED
 *
 * Returns: (transfer full): its manifest, or %NULL
 */
MashManifest *
mash_manifest_load (const char *place,
                    GError    **error)
{
  g_autofree char *path = g_build_filename (place, MASH_BACKUP_MANIFEST, NULL);
  g_autoptr (MashManifest) self = mash_manifest_new ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local_error = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &local_error) &&
      read_manifest (self, file))
    {
      self->info->place = g_strdup (place);
      return g_steal_pointer (&self);
    }

  if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
      g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
    g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NO_BACKUP,
                         "There is no backup in this place");
  else
    g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_BACKUP_DAMAGED,
                         "The manifest of the backup cannot be read");

  return NULL;
}

/**
 * mash_manifest_check: (skip)
 * @self: a manifest
 * @vault: the copy that it is about
 * @error: %MASH_STORE_ERROR_BACKUP_DAMAGED, or as for mash_vault_set_error() where it cannot be
 *   read
 *
 * Returns: whether the copy ends where the manifest says, with as many rows in each table
 */
gboolean
mash_manifest_check (MashManifest *self,
                     sqlite3      *vault,
                     GError      **error)
{
  g_autoptr (GHashTable) rows = mash_manifest_count (vault, error);
  g_autofree char *chain = NULL;
  GHashTableIter iter;
  gpointer table, n;
  gboolean same;

  if (rows == NULL)
    return FALSE;

  chain = mash_vault_dup_text (vault, "SELECT lower (hex (head_chain)) FROM meta");
  same = g_hash_table_size (rows) == g_hash_table_size (self->rows);
  g_hash_table_iter_init (&iter, self->rows);
  while (same && g_hash_table_iter_next (&iter, &table, &n))
    same = g_strcmp0 (g_hash_table_lookup (rows, table), n) == 0;

  if (same && g_strcmp0 (chain, self->chain) == 0 &&
      mash_vault_read_number (vault, "SELECT head_position FROM meta") == self->info->position &&
      mash_vault_read_number (vault, "SELECT (SELECT count (*) FROM stub) + count (*) FROM change"
                                     " WHERE state = 'accepted'") == self->info->position &&
      mash_vault_read_number (vault, "SELECT count (*) FROM access") == self->info->views)
    return TRUE;

  g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_BACKUP_DAMAGED,
                       "The copy does not hold what its manifest says");

  return FALSE;
}

/* The name of the last backup of a desk. */
char *
mash_backup_dup_name (const char *desk)
{
  gsize length = strlen (desk);

  return g_strdup_printf ("mash-desk-%s" MASH_BACKUP_SUFFIX,
                          desk + (length > 6 ? length - 6 : 0));
}

gboolean
mash_backup_is_of (const MashBackupInfo *self,
                   const MashHubInfo    *own)
{
  return g_strcmp0 (self->hub, own->hub) == 0 && g_strcmp0 (self->desk, own->desk) == 0;
}

/* The backups in a folder that may be this desk's; one that cannot be read may be anybody's. */
static GPtrArray *
list_places (const char        *source,
             const char        *suffix,
             const MashHubInfo *own,
             gboolean          *has_others)
{
  GPtrArray *places = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = g_dir_open (source, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *place = g_build_filename (source, name, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (MashManifest) manifest = NULL;

      if (!g_str_has_suffix (name, suffix))
        continue;
      manifest = mash_manifest_load (place, &error);
      if (g_error_matches (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NO_BACKUP))
        continue;
      if (own == NULL || manifest == NULL || mash_backup_is_of (manifest->info, own))
        g_ptr_array_add (places, g_canonicalize_filename (place, NULL));
      else
        *has_others = TRUE;
    }

  return places;
}

/* The only one, or of several the one that has the name of this desk's. */
static char *
choose_place (GPtrArray         *places,
              const char        *suffix,
              const MashHubInfo *own)
{
  g_autofree char *name = own != NULL ? mash_backup_dup_name (own->desk) : NULL;
  g_autofree char *wanted = name != NULL
                            ? g_strconcat (name, suffix + strlen (MASH_BACKUP_SUFFIX), NULL) : NULL;

  if (places->len == 1)
    return g_strdup (places->pdata[0]);
  for (guint i = 0; i < places->len; i++)
    {
      g_autofree char *base = g_path_get_basename (places->pdata[i]);

      if (g_strcmp0 (base, wanted) == 0)
        return g_strdup (places->pdata[i]);
    }

  return NULL;
}

/**
 * mash_backup_find: (skip)
 * @source: a backup, or the folder in which it lies
 * @own: (nullable): the desk that wants it; %NULL where nothing says which one that is
 * @error: %MASH_STORE_ERROR_NO_BACKUP, %MASH_STORE_ERROR_BACKUP_FOREIGN,
 *   %MASH_STORE_ERROR_SEVERAL_BACKUPS
 *
 * Several desks may keep their backups in one folder. A change of names that was cut off may have
 * left the last backup under the name `.old` only.
 *
 * Returns: (transfer full): the folder of the backup, or %NULL
 */
char *
mash_backup_find (const char         *source,
                  const MashHubInfo  *own,
                  GError            **error)
{
  static const char *const suffixes[] = { MASH_BACKUP_SUFFIX, MASH_BACKUP_SUFFIX ".old" };
  g_autofree char *manifest = g_build_filename (source, MASH_BACKUP_MANIFEST, NULL);
  MashStoreError code = MASH_STORE_ERROR_NO_BACKUP;
  gboolean has_others = FALSE;

  if (g_file_test (manifest, G_FILE_TEST_IS_REGULAR))
    return g_canonicalize_filename (source, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes) && code == MASH_STORE_ERROR_NO_BACKUP; i++)
    {
      g_autoptr (GPtrArray) places = list_places (source, suffixes[i], own, &has_others);
      char *place = choose_place (places, suffixes[i], own);

      if (place != NULL)
        return place;
      if (places->len > 0)
        code = MASH_STORE_ERROR_SEVERAL_BACKUPS;
    }
  if (code == MASH_STORE_ERROR_NO_BACKUP && has_others)
    code = MASH_STORE_ERROR_BACKUP_FOREIGN;
  mash_store_error_set (error, code, "There is no backup in this place that is meant");

  return NULL;
}

/**
 * mash_backup_clear: (skip)
 * @place: a folder that this program made, whose files nobody needs
 *
 * Takes it away with everything in it; a link goes, what it leads to stays.
 */
void
mash_backup_clear (const char *place)
{
  g_autoptr (GDir) folder = g_dir_open (place, 0, NULL);
  const char *name;

  while (folder && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (place, name, NULL);

      if (g_unlink (path) < 0 && errno == EISDIR)
        mash_backup_clear (path);
    }
  g_rmdir (place);
}

/**
 * mash_backup_copy_file: (skip)
 * @from: the folder that has the file
 * @to: the folder that gets it
 * @name: the name of the file in both
 *
 * Copies a file that fits into memory, for its owner's eyes only, and lets the disk confirm it.
 *
 * Returns: which half failed, because each caller has a sentence of its own for it
 */
MashBackupCopy
mash_backup_copy_file (const char *from,
                       const char *to,
                       const char *name)
{
  g_autofree char *source = g_build_filename (from, name, NULL);
  g_autofree char *target = g_build_filename (to, name, NULL);
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (!g_file_get_contents (source, &data, &length, NULL))
    return MASH_BACKUP_COPY_UNREAD;
  /* Without being consistent it would leave the end of a longer file that stands there. */
  if (!g_file_set_contents_full (target, data, (gssize) length,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 &error))
    return g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? MASH_BACKUP_COPY_FULL
                                                                     : MASH_BACKUP_COPY_UNWRITTEN;

  return MASH_BACKUP_COPY_DONE;
}
