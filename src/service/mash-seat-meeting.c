/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-seat-meeting.h"

#include "mash-store-disk.h"
#include "mash-store-hub.h"
#include "mash-sync-reply.h"

#include <sys/random.h>

static guint32
draw_cb (gpointer data)
{
  guint32 number;

  return getrandom (&number, sizeof number, 0) == sizeof number ? number : 0;
}

static gboolean
is_let_in (MashStore *store)
{
  const char *role = mash_store_get_actor (store)->role;

  return role != NULL && *role != '\0';
}

/**
 * mash_seat_meet:
 * @store: a seat
 * @open: opens a line to its hub
 * @data: for @open
 *
 * Keeps a seat in step with its hub until there is nothing more to do at once: the hub does not
 * answer, has said that it is at an end with this seat and has what was not sent, or the two are in
 * step. Whoever is out by what the seat knew is in as soon as the hub has told it better.
 *
 * Returns: the end that the hub has put to it; %MASH_SYNC_END_NONE where it has not, or was not met
 */
MashSyncEnd
mash_seat_meet (MashStore      *store,
                MashSyncOpener  open,
                gpointer        data)
{
  MashSyncCore *core = mash_sync_core_new (&mash_store_disk, store, draw_cb, NULL);
  g_autoptr (MashHubLine) line = NULL;
  gboolean was_in = is_let_in (store);
  gboolean goes_on = TRUE;
  MashSyncEnd end;

  while (goes_on)
    {
      g_auto (MashSyncReply) reply = { 0 };
      const MashSyncRequest *request = mash_sync_core_get_next (core, g_get_monotonic_time ());
      MashSyncDeed deed = request->deed;

      goes_on = deed != MASH_SYNC_STOP && deed != MASH_SYNC_REST && is_let_in (store) == was_in;
      if (!goes_on)
        break;
      if (deed == MASH_SYNC_CONNECT)
        {
          g_clear_pointer (&line, mash_hub_line_close);
          line = open (data, &reply.error);
        }
      else
        {
          mash_sync_reply_ask (&reply, line, request);
        }
      mash_sync_reply_hand_over (&reply, core, deed, g_get_monotonic_time ());
    }
  end = mash_sync_core_get_end (core);
  mash_sync_core_free (core);

  return end;
}

/**
 * mash_seat_is_to_leave:
 * @end: what the hub has put an end to
 *
 * Returns: whether to the person the hub is closed for good, or the desk is to be emptied: once the
 *   hub has what was not sent, which it has where there is this end, their database leaves the desk
 */
gboolean
mash_seat_is_to_leave (MashSyncEnd end)
{
  return end == MASH_SYNC_END_REVOKED || end == MASH_SYNC_END_UNVETTED ||
         end == MASH_SYNC_END_POSTLESS || end == MASH_SYNC_END_WIPE;
}

/**
 * mash_seat_remove:
 * @store: (inout) (transfer full): a seat that is to leave; %NULL once it does
 *
 * Closes somebody's database and removes it. What fails for the disk's sake is tried again at the
 * next start, where it was decided.
 *
 * Returns: whether it was decided
 */
gboolean
mash_seat_remove (MashStore **store)
{
  g_autofree char *folder = mash_store_begin_removal (*store, NULL);

  if (folder == NULL)
    return FALSE;

  mash_store_set_watcher (*store, NULL, NULL);
  mash_store_close (*store, NULL);
  g_clear_object (store);
  mash_store_finish_removal (folder, NULL);

  return TRUE;
}
