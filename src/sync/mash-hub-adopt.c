/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-hub-adopt.h"

#include <glib/gi18n-lib.h>

#include "mash-hub-calls.h"
#include "mash-hub-installer.h"
#include "mash-store-hub.h"

#define PAGE 1000

/* Entries in pages, each ending where a group does. */
static gboolean
hand_over (MashHubLine  *line,
           MashStore    *store,
           guint64      *handed,
           GError      **error)
{
  const char *person, *key;
  guint64 after = 0;

  mash_store_get_root (store, &person, &key);
  while (TRUE)
    {
      g_autoptr (GPtrArray) entries = mash_store_list_history (store, after, PAGE, error);
      const MashEntry *last;

      if (entries == NULL)
        return FALSE;
      if (entries->len == 0)
        break;
      if (!mash_hub_call_adopt (line, person, key, entries, error))
        return FALSE;
      last = g_ptr_array_index (entries, entries->len - 1);
      after = last->seq;
    }
  *handed = after;

  return TRUE;
}

static gboolean
check_head (MashHubLine  *line,
            guint64       handed,
            GError      **error)
{
  g_autoptr (MashHubRows) rows = mash_hub_line_ask (line, error, "SELECT head_seq FROM mash.meta",
                                                    NULL);

  if (rows == NULL)
    return FALSE;
  if (g_ascii_strtoull (mash_hub_rows_get_text (rows, 0, 0), NULL, 10) == handed)
    return TRUE;

  g_set_error_literal (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REFUSED,
                       _("The history did not arrive whole. Begin again with an empty database."));

  return FALSE;
}

/**
 * mash_hub_adopt:
 * @line: the administrator's line to an empty database
 * @folder: the folder of a stand-alone hub that nobody works at
 * @sign_in: somebody who may open it
 * @passphrase: their passphrase
 * @policy: the policy that the central hub begins with
 * @error: a #MashSyncError or a #MashStoreError
 *
 * Makes a central hub with the id, the positions, the chain, the people and the records of a
 * stand-alone one. The stand-alone hub is left as it is; whoever works there afterwards works on an
 * island.
 *
 * Returns: whether the central hub has it all
 */
gboolean
mash_hub_adopt (MashHubLine  *line,
                const char   *folder,
                const char   *sign_in,
                MashSecret   *passphrase,
                MashPolicy   *policy,
                GError      **error)
{
  g_autoptr (MashStore) store = mash_store_open (folder, policy, sign_in, passphrase, error);
  g_autofree char *epoch = NULL;
  const MashHubInfo *info;
  guint64 handed = 0;

  if (store == NULL)
    return FALSE;

  info = mash_store_get_hub (store);
  epoch = mash_hub_make_id (line, error);

  return epoch != NULL &&
         mash_hub_install (line, info->hub, epoch, info->name, info->training, policy, error) &&
         hand_over (line, store, &handed, error) && check_head (line, handed, error) &&
         mash_store_close (store, error);
}
