/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-hub.h"
#include "mash-store-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "mash-database-private.h"
#include "mash-store-error.h"
#include "mash-store-keys.h"

/* What somebody had not sent, taken from their desk without them. It is read from a copy, so that
 * what is recovered stays as it was found: their own passphrase opens it as before. */

#define COPY_NAME "recover-XXXXXX"
#define MARK "leaving"
#define MAX_CHANGES 100

/* The copy is as good as removed from the moment at which there is one. */
static char *
make_copy (const char  *folder,
           GError     **error)
{
  g_autofree char *above = g_path_get_dirname (folder);
  g_autofree char *copy = g_build_filename (above, COPY_NAME, NULL);
  g_autofree char *mark = NULL;
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;

  if (files == NULL || g_mkdtemp (copy) == NULL)
    {
      mash_store_error_set_errno (error, errno, "make a copy");
      return NULL;
    }
  mark = g_build_filename (copy, MARK, NULL);
  if (!g_file_set_contents_full (mark, "", 0, G_FILE_SET_CONTENTS_NONE, 0600, error))
    return NULL;
  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *to = g_build_filename (copy, name, NULL);
      g_autoptr (GFile) source = g_file_new_for_path (path);
      g_autoptr (GFile) target = g_file_new_for_path (to);

      if (strcmp (name, MARK) == 0 || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
        continue;
      if (!g_file_copy (source, target, G_FILE_COPY_NOFOLLOW_SYMLINKS, NULL, NULL, NULL, error))
        {
          mash_store_finish_removal (copy, NULL);
          return NULL;
        }
      g_chmod (to, 0600);
    }

  return g_steal_pointer (&copy);
}

static GPtrArray *
list_unsent (MashStore  *store,
             GError    **error)
{
  g_autoptr (GPtrArray) unsent = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_signed_free);
  guint64 after = 0;
  guint n;

  do
    {
      g_autoptr (GPtrArray) some = mash_store_list_unsent (store, &after, MAX_CHANGES, error);

      if (some == NULL)
        return NULL;
      n = some->len;
      g_ptr_array_extend_and_steal (unsent, g_steal_pointer (&some));
    }
  while (n > 0);

  return g_steal_pointer (&unsent);
}

/* A way opens once: it is used up on the copy, by words that nobody learns. */
static GPtrArray *
read_copy (const char  *copy,
           MashPolicy  *policy,
           const char  *sign_in,
           MashSecret  *way,
           GError     **error)
{
  g_autofree char *random = g_uuid_string_random ();
  g_autoptr (MashSecret) words = mash_secret_new_from_text (random, -1, error);
  g_autoptr (MashStore) store = NULL;
  g_autoptr (GPtrArray) unsent = NULL;

  if (words == NULL || !mash_store_recover (copy, sign_in, way, words, error))
    return NULL;
  store = mash_store_open (copy, policy, sign_in, words, error);
  if (store == NULL)
    return NULL;
  unsent = list_unsent (store, error);
  mash_store_close (store, NULL);

  return g_steal_pointer (&unsent);
}

/**
 * mash_store_recover_unsent:
 * @folder: the folder of a seat, which nobody has open
 * @policy: the policy in force
 * @sign_in: whose it is
 * @way: the way that their keys make for this desk (mash_person_keys_make_way())
 * @error: return location for a #MashStoreError
 *
 * Reads what was not sent and nothing else. The calling thread opens a copy for it, which is gone
 * when it is done; what was cut off is removed by mash_store_finish_removal().
 *
 * Returns: (transfer full) (nullable) (element-type MashSigned): what has no answer yet, in order
 */
GPtrArray *
mash_store_recover_unsent (const char  *folder,
                           MashPolicy  *policy,
                           const char  *sign_in,
                           MashSecret  *way,
                           GError     **error)
{
  g_autofree char *copy = NULL;
  GPtrArray *unsent;
  int lock;

  g_return_val_if_fail (folder != NULL && sign_in != NULL && way != NULL, NULL);

  if (!mash_database_file_lock (folder, &lock, error))
    return NULL;
  copy = make_copy (folder, error);
  close (lock);
  if (copy == NULL)
    return NULL;

  unsent = read_copy (copy, policy, sign_in, way, error);
  if (!mash_store_finish_removal (copy, unsent != NULL ? error : NULL))
    g_clear_pointer (&unsent, g_ptr_array_unref);

  return unsent;
}
