/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a core asks for in each of its phases. */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-sync-core-private.h"

#define MAX_GROUPS 50
#define MAX_CHANGES 100
#define MAX_LOOKS 200
/* A page is one transaction, for which whoever works at the desk waits. */
#define MAX_ROWS 500

/* Whoever has much to send hears of the others after so many batches. */
#define MAX_BATCHES 10

#define ACK_EVERY (30 * G_USEC_PER_SEC)

/* What is asked next while probing: the middle, or the end of the group before it. */
static gboolean
find_middle (MashSyncCore *self)
{
  guint64 middle = self->common + (self->parted - self->common) / 2;

  return self->disk->find_place (self->disk_data, middle, &self->request.place,
                                 mash_sync_core_renew_fault (self)) &&
         (self->request.place.seq > self->common ||
          self->disk->find_place (self->disk_data, self->parted - 1, &self->request.place,
                                  mash_sync_core_renew_fault (self)));
}

static void
request_seat (MashSyncCore *self)
{
  if (self->seat == NULL)
    self->seat = self->disk->begin_seat (self->disk_data, TRUE, mash_sync_core_renew_fault (self));
  if (self->seat == NULL)
    mash_sync_core_wait_for_disk (self);
  else
    {
      self->request.deed = MASH_SYNC_SIT;
      self->request.old_seat = self->request.seat;
      self->request.seat = self->seat;
    }
}

static void
request_list (MashSyncCore *self,
              MashSyncDeed  deed,
              GPtrArray    *list)
{
  self->request.deed = deed;
  self->request.groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_ptr_array_add (self->request.groups, list);
}

/* Hands in what the hub lost of others' work, or what is one's own and will not be sent; goes on
 * where there is nothing left of it. */
static void
request_handing (MashSyncCore *self)
{
  gboolean is_own = self->phase == PHASE_HANDING_IN;
  g_autoptr (GPtrArray) list = NULL;

  self->request.last = self->handed;
  list = is_own ? self->disk->list_unsent (self->disk_data, &self->request.last, MAX_CHANGES,
                                           mash_sync_core_renew_fault (self))
                : self->disk->list_lost (self->disk_data, MAX_CHANGES,
                                         mash_sync_core_renew_fault (self));
  if (list == NULL)
    {
      mash_sync_core_wait_for_disk (self);
    }
  else if (list->len > 0)
    {
      request_list (self, is_own ? MASH_SYNC_HAND_IN : MASH_SYNC_REOFFER, g_steal_pointer (&list));
    }
  else
    {
      self->phase = is_own ? PHASE_LOOKING : PHASE_PUSHING;
    }
}

/* Says who looked at what, after the work and before others', and before the end. */
static void
request_looks (MashSyncCore *self)
{
  g_autoptr (GPtrArray) looks = NULL;
  gboolean can = self->disk->list_looks != NULL && !self->looks_wait;

  if (can)
    looks = self->disk->list_looks (self->disk_data, MAX_LOOKS, &self->request.first_seq,
                                    mash_sync_core_renew_fault (self));
  if (can && looks == NULL)
    mash_sync_core_wait_for_disk (self);
  else if (can && looks->len > 0)
    request_list (self, MASH_SYNC_LOOK, g_steal_pointer (&looks));
  else
    self->phase = self->last != MASH_SYNC_END_NONE || self->sends_all ? PHASE_SENDING
                                                                      : PHASE_PULLING;
}

static void
request_push (MashSyncCore *self)
{
  if (self->n_batches >= MAX_BATCHES)
    {
      self->n_batches = 0;
      self->sends = TRUE;
      self->phase = PHASE_PULLING;
      return;
    }

  self->request.groups = self->disk->list_batch (self->disk_data,
                                                 self->n_unread < MASH_SYNC_MAX_UNREAD
                                                 ? MAX_GROUPS : 1,
                                                 MAX_CHANGES, &self->request.first_seq,
                                                 mash_sync_core_renew_fault (self));
  if (self->request.groups == NULL)
    mash_sync_core_wait_for_disk (self);
  else if (self->request.groups->len == 0)
    {
      self->n_unread = 0;
      self->phase = PHASE_LOOKING;
    }
  else
    self->request.deed = MASH_SYNC_PUSH;
}

/* What is to be had depends on what is open to the person. */
static void
request_page (MashSyncCore *self)
{
  self->request.turned = MASH_HUB_ANY_TURN;
  self->request.deed = self->phase == PHASE_TURNING ? MASH_SYNC_TURN : MASH_SYNC_PULL;
  self->request.max_rows = MAX_ROWS;
  self->request.max_bytes = self->page;
  if (self->disk->get_turned != NULL &&
      !self->disk->get_turned (self->disk_data, &self->request.turned, &self->request.stubs,
                               mash_sync_core_renew_fault (self)))
    mash_sync_core_wait_for_disk (self);
}

static void
request_rest (MashSyncCore *self,
              gint64        now)
{
  if (now >= self->until)
    {
      self->phase = PHASE_PUSHING;
    }
  else if (now - self->acked_at >= ACK_EVERY && self->request.place.seq > 0)
    {
      self->request.deed = MASH_SYNC_ACK;
      self->request.unsent = self->disk->count_unsent (self->disk_data,
                                                         &self->request.unsent_since);
    }
  else if (!mash_sync_core_request_original (self))
    {
      self->request.deed = MASH_SYNC_REST;
      self->request.until = self->until;
    }
}

static void
request_line (MashSyncCore *self,
              gint64        now)
{
  self->request.deed = now >= self->until ? MASH_SYNC_CONNECT : MASH_SYNC_REST;
  self->request.until = self->until;
}

static void
decide (MashSyncCore *self,
        gint64        now)
{
  switch (self->phase)
    {
    case PHASE_AWAY:
      request_line (self, now);
      return;

    case PHASE_GREETING:
      self->request.deed = MASH_SYNC_GREET;
      return;

    case PHASE_PROBING:
      if (find_middle (self))
        self->request.deed = MASH_SYNC_GREET;
      else
        mash_sync_core_wait_for_disk (self);
      return;

    case PHASE_SITTING:
      request_seat (self);
      return;

    case PHASE_REOFFERING:
    case PHASE_HANDING_IN:
      request_handing (self);
      return;

    case PHASE_PUSHING:
      request_push (self);
      return;

    case PHASE_LOOKING:
      request_looks (self);
      return;

    case PHASE_SENDING:
      if (!mash_sync_core_request_original (self))
        mash_sync_core_finish_sending (self);
      return;

    case PHASE_PULLING:
    case PHASE_TURNING:
      request_page (self);
      return;

    case PHASE_RESTING:
      request_rest (self, now);
      return;

    case PHASE_STOPPED:
    default:
      self->request.deed = MASH_SYNC_STOP;
      return;
    }
}

/**
 * mash_sync_core_get_next:
 * @self: a core
 * @now: microseconds, by a clock that only goes forward
 *
 * Returns: (transfer none): what is to be done now; stands until the next call
 */
const MashSyncRequest *
mash_sync_core_get_next (MashSyncCore *self,
                         gint64        now)
{
  Phase before;

  g_return_val_if_fail (self != NULL, NULL);

  self->now = now;
  g_clear_pointer (&self->request.groups, g_ptr_array_unref);
  g_clear_pointer (&self->request.stubs, g_array_unref);
  g_clear_pointer (&self->request.data, g_bytes_unref);
  self->request.seat = self->disk->get_seat (self->disk_data);
  self->request.old_seat = NULL;
  if (self->phase != PHASE_STOPPED &&
      !self->disk->load_place (self->disk_data, &self->request.place,
                               mash_sync_core_renew_fault (self)))
    mash_sync_core_wait_for_disk (self);
  /* One phase leads to the next where it finds nothing to do. */
  do
    {
      before = self->phase;
      decide (self, now);
    }
  while (self->phase != before);

  return &self->request;
}
