/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a core brings the originals of documents to the hub: behind everything else and one part a
 * turn, so that they hold up nothing; but before the database leaves the desk, and before the desk
 * forgets what was closed. What the hub had is asked for anew with each line: it may have been put
 * back. */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-sync-core-private.h"

#include <string.h>

#include "mash-store-error.h"

#define MAX_CHECKED 500

/* After so many parts in a row that did not come over, the work goes first for a while. */
#define MAX_UNCARRIED 3
#define UNCARRIED_WAIT (5 * 60 * G_USEC_PER_SEC)

/* What the hub answers instead of the number of a part. */
#define HAS_ALL (-1)

/* Which part is wanted is not known yet. */
#define TO_ASK (-1)

/* A new line to the hub. */
void
mash_sync_core_begin_originals (MashSyncCore *self)
{
  self->checked[0] = '\0';
  self->all_checked = FALSE;
  self->original = (MashOriginal) { "", 0 };
  self->wanted = TO_ASK;
  self->originals_wait = FALSE;
}

/* Asks about those of which the hub has said something; whether there were any more. */
static gboolean
request_check (MashSyncCore *self)
{
  GPtrArray *list = self->disk->list_originals (self->disk_data, self->checked, MAX_CHECKED,
                                                mash_sync_core_renew_fault (self));

  if (list == NULL)
    {
      mash_sync_core_wait_for_disk (self);
      return TRUE;
    }
  self->all_checked = list->len == 0;
  if (self->all_checked)
    {
      g_ptr_array_unref (list);
      return FALSE;
    }
  self->request.deed = MASH_SYNC_CHECK_ORIGINALS;
  self->request.groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_ptr_array_add (self->request.groups, list);

  return TRUE;
}

static gboolean
settle (MashSyncCore *self,
        gboolean      taken)
{
  gboolean done = self->disk->settle_original (self->disk_data, self->original.sha256, taken,
                                               mash_sync_core_renew_fault (self));

  self->original = (MashOriginal) { "", 0 };
  self->wanted = TO_ASK;
  if (!done)
    mash_sync_core_wait_for_disk (self);

  return done;
}

/* Loads the part that is wanted; one that is not there was lost here, and will not be found. */
static gboolean
load_wanted (MashSyncCore *self,
             gboolean     *lost)
{
  *lost = FALSE;
  if (self->wanted == TO_ASK)
    return TRUE;
  self->request.data = self->disk->load_part (self->disk_data, self->original.sha256, self->wanted,
                                              mash_sync_core_renew_fault (self));
  if (self->request.data != NULL)
    return TRUE;
  *lost = g_error_matches (self->fault, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND);
  if (!*lost)
    mash_sync_core_wait_for_disk (self);

  return *lost;
}

/* Requests what brings the originals further; whether there is anything, or the disk is to be
 * waited for. */
gboolean
mash_sync_core_request_original (MashSyncCore *self)
{
  guint64 after = self->last != MASH_SYNC_END_NONE ? self->handed : 0;
  MashOriginal original;
  gboolean lost;

  if (self->disk->find_original == NULL || self->originals_wait ||
      (self->phase == PHASE_RESTING && self->now < self->originals_after))
    return FALSE;
  if (!self->all_checked && request_check (self))
    return TRUE;

  do
    {
      if (!self->disk->find_original (self->disk_data, after, &original,
                                      mash_sync_core_renew_fault (self)))
        {
          mash_sync_core_wait_for_disk (self);
          return TRUE;
        }
      if (*original.sha256 == '\0')
        return FALSE;
      if (strcmp (original.sha256, self->original.sha256) != 0)
        self->wanted = TO_ASK;
      self->original = original;
      if (!load_wanted (self, &lost) || (lost && !settle (self, FALSE)))
        return TRUE;
    }
  while (lost);

  self->request.deed = MASH_SYNC_SEND_ORIGINAL;
  self->request.original = self->original;
  self->request.part = self->wanted;

  return TRUE;
}

/* All of them are at the hub. Somebody may have saved something while they were on their way. */
void
mash_sync_core_finish_sending (MashSyncCore *self)
{
  g_autoptr (GPtrArray) unsent = NULL;
  guint64 after = self->handed;

  self->sends_all = FALSE;
  if (self->last == MASH_SYNC_END_NONE)
    {
      self->phase = PHASE_PULLING;
      return;
    }
  unsent = self->disk->list_unsent (self->disk_data, &after, 1, mash_sync_core_renew_fault (self));
  if (unsent == NULL)
    mash_sync_core_wait_for_disk (self);
  else if (unsent->len > 0)
    self->phase = PHASE_HANDING_IN;
  else
    mash_sync_core_stop (self, self->last);
}

/* A line that is too thin for a part, or a hub that has no room for one, must not keep the desk
 * from its work by breaking off each time. */
static void
count_uncarried (MashSyncCore *self)
{
  if (++self->n_uncarried < MAX_UNCARRIED)
    return;

  self->n_uncarried = 0;
  self->originals_after = self->now + UNCARRIED_WAIT;
}

/* What the hub cannot take of the originals does not hold up the work; before an end, or before
 * something is forgotten, it does. Whether the line is as it was. */
gboolean
mash_sync_core_take_unsent (MashSyncCore *self,
                            const GError *error)
{
  gboolean sends = self->request.deed == MASH_SYNC_SEND_ORIGINAL;

  if (!sends && self->request.deed != MASH_SYNC_CHECK_ORIGINALS)
    return FALSE;
  if (sends && g_error_matches (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_UNNAMED))
    {
      settle (self, FALSE);
      return TRUE;
    }
  if (self->phase != PHASE_RESTING)
    return FALSE;
  if (!g_error_matches (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_MALFORMED) &&
      !g_error_matches (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_OLDER) &&
      !g_error_matches (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_FAILED))
    {
      count_uncarried (self);
      return FALSE;
    }
  self->originals_wait = TRUE;

  return TRUE;
}

/**
 * mash_sync_core_take_lacking:
 * @self: a core that asked about originals
 * @lacking: (element-type utf8): the fingerprints of those that the hub has not got
 */
void
mash_sync_core_take_lacking (MashSyncCore *self,
                             GPtrArray    *lacking)
{
  GPtrArray *asked;

  g_return_if_fail (self != NULL && lacking != NULL);

  asked = g_ptr_array_index (self->request.groups, 0);
  if (lacking->len > 0 &&
      !self->disk->miss_originals (self->disk_data, lacking, mash_sync_core_renew_fault (self)))
    mash_sync_core_wait_for_disk (self);
  else
    g_strlcpy (self->checked, g_ptr_array_index (asked, asked->len - 1), sizeof self->checked);
}

/**
 * mash_sync_core_take_wanted:
 * @self: a core that asked to send a part of an original
 * @wanted: which part the hub wants next; -1 where it has all, and -2 where what it was given is
 *   not what it is called
 *
 * Between two parts whatever else there is has its turn.
 */
void
mash_sync_core_take_wanted (MashSyncCore *self,
                            int           wanted)
{
  g_return_if_fail (self != NULL);

  self->n_uncarried = 0;
  if (wanted >= 0)
    self->wanted = wanted;
  else if (!settle (self, wanted == HAS_ALL))
    return;
  if (self->phase == PHASE_RESTING)
    self->phase = PHASE_PUSHING;
}
