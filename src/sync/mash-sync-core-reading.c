/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-sync-core-private.h"

/* From how many entries on fetching them is worth a word. */
#define FAR_BEHIND 1000

/* For how long it is said that the hub was put back, in microseconds. */
#define PUT_BACK_SAID (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

MashSyncEnd
mash_sync_core_get_end (MashSyncCore *self)
{
  g_return_val_if_fail (self != NULL, MASH_SYNC_END_NONE);

  return self->end;
}

/**
 * mash_sync_core_get_failure:
 * @self: a core
 *
 * Returns: why the line failed last
 */
MashSyncError
mash_sync_core_get_failure (MashSyncCore *self)
{
  g_return_val_if_fail (self != NULL, MASH_SYNC_ERROR_FAILED);

  return (MashSyncError) self->failure;
}

/**
 * mash_sync_core_get_fault:
 * @self: a core that waits with %MASH_SYNC_END_DISK
 *
 * Returns: (transfer none) (nullable): what the disk said
 */
const GError *
mash_sync_core_get_fault (MashSyncCore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->fault;
}

/**
 * mash_sync_core_get_head:
 * @self: a core
 *
 * Returns: the hub's newest position when the desk greeted it last, or the desk's own where that is
 *   further
 */
guint64
mash_sync_core_get_head (MashSyncCore *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return MAX (self->head, self->request.place.seq);
}

/**
 * mash_sync_core_get_far:
 * @self: a core
 *
 * Returns: whether there is more to fetch than goes into a few pages
 */
gboolean
mash_sync_core_get_far (MashSyncCore *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->head > self->request.place.seq + FAR_BEHIND;
}

/**
 * mash_sync_core_get_on_line:
 * @self: a core
 *
 * Returns: %TRUE once the hub has greeted, until the line fails
 */
gboolean
mash_sync_core_get_on_line (MashSyncCore *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->phase == PHASE_REOFFERING || self->phase == PHASE_PUSHING ||
         self->phase == PHASE_LOOKING || self->phase == PHASE_SENDING ||
         self->phase == PHASE_PULLING || self->phase == PHASE_TURNING ||
         self->phase == PHASE_RESTING;
}

/**
 * mash_sync_core_get_put_back:
 * @self: a core
 *
 * Returns: whether the hub was found, within the last hour, to have forgotten what it had
 */
gboolean
mash_sync_core_get_put_back (MashSyncCore *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->put_back_at > 0 && self->now - self->put_back_at < PUT_BACK_SAID;
}
