/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-sync-reply.h"

#include "mash-hub-blobs.h"
#include "mash-hub-kept.h"

/* What has a list of signed words to give, and is answered with no more than a number. */
static void
give (MashSyncReply         *self,
      MashHubLine           *line,
      const MashSyncRequest *request)
{
  GPtrArray *words = g_ptr_array_index (request->groups, 0);
  guint64 n;

  if (request->deed == MASH_SYNC_LOOK)
    mash_hub_call_view (line, request->seat, request->first_seq, words, &n, &self->error);
  else if (request->deed == MASH_SYNC_REOFFER)
    mash_hub_call_reoffer (line, request->seat, words, &n, &self->error);
  else
    mash_hub_call_quarantine (line, request->seat, words, &n, &self->error);
}

/**
 * mash_sync_reply_ask:
 * @self: an empty reply
 * @line: a desk's line
 * @request: of a core; nothing is asked of the hub to connect, to rest and to stop
 *
 * Waits for the hub, on the thread that owns @line.
 */
void
mash_sync_reply_ask (MashSyncReply         *self,
                     MashHubLine           *line,
                     const MashSyncRequest *request)
{
  const char *seat = request->seat;
  guint64 seq = request->place.seq;
  g_autoptr (GBytes) chain = g_bytes_new (request->place.chain, sizeof request->place.chain);

  switch (request->deed)
    {
    case MASH_SYNC_GREET:
      self->hello = mash_hub_call_hello (line, seat, seq, chain, &self->error);
      break;

    case MASH_SYNC_PUSH:
      self->list = mash_hub_call_push (line, seat, request->first_seq, request->groups,
                                       &self->error);
      break;

    case MASH_SYNC_LOOK:
    case MASH_SYNC_REOFFER:
    case MASH_SYNC_HAND_IN:
      give (self, line, request);
      break;

    case MASH_SYNC_PULL:
      self->list = mash_hub_call_pull (line, seat, seq, chain, request->turned, request->max_rows,
                                       request->max_bytes, NULL, &self->error);
      break;

    case MASH_SYNC_TURN:
      self->turned = request->turned;
      self->list = mash_hub_call_turn (line, seat, seq, chain, &self->turned, request->stubs,
                                       &self->error);
      break;

    case MASH_SYNC_ACK:
      mash_hub_call_ack (line, seat, seq, chain, request->unsent, request->unsent_since,
                         &self->error);
      break;

    case MASH_SYNC_SIT:
      mash_hub_call_renew (line, request->old_seat, seat, &self->error);
      break;

    case MASH_SYNC_CHECK_ORIGINALS:
      self->list = mash_hub_call_blob_lacking (line, seat, g_ptr_array_index (request->groups, 0),
                                               &self->error);
      break;

    case MASH_SYNC_SEND_ORIGINAL:
      mash_hub_call_blob_put (line, seat, &request->original, request->part, request->data,
                              &self->wanted, &self->error);
      break;

    case MASH_SYNC_CONNECT:
    case MASH_SYNC_REST:
    case MASH_SYNC_STOP:
    default:
      break;
    }
}

/**
 * mash_sync_reply_hand_over:
 * @self: what the hub said
 * @core: the core that asked, on its own thread
 * @deed: what it asked for; its request may not stand any more
 * @now: microseconds, by a clock that only goes forward
 */
void
mash_sync_reply_hand_over (MashSyncReply *self,
                           MashSyncCore  *core,
                           MashSyncDeed   deed,
                           gint64         now)
{
  if (self->error != NULL)
    {
      mash_sync_core_failed (core, self->error, now);
      return;
    }

  switch (deed)
    {
    case MASH_SYNC_CONNECT:
      mash_sync_core_connected (core);
      break;

    case MASH_SYNC_GREET:
      mash_sync_core_take_hello (core, self->hello);
      break;

    case MASH_SYNC_PUSH:
      mash_sync_core_take_answers (core, self->list, now);
      break;

    case MASH_SYNC_PULL:
      mash_sync_core_take_page (core, self->list, now);
      break;

    case MASH_SYNC_TURN:
      mash_sync_core_take_turn (core, self->list, self->turned);
      break;

    case MASH_SYNC_ACK:
    case MASH_SYNC_LOOK:
    case MASH_SYNC_REOFFER:
    case MASH_SYNC_HAND_IN:
    case MASH_SYNC_SIT:
      mash_sync_core_take_done (core, now);
      break;

    case MASH_SYNC_CHECK_ORIGINALS:
      mash_sync_core_take_lacking (core, self->list);
      break;

    case MASH_SYNC_SEND_ORIGINAL:
      mash_sync_core_take_wanted (core, self->wanted);
      break;

    case MASH_SYNC_REST:
    case MASH_SYNC_STOP:
    default:
      break;
    }
}

void
mash_sync_reply_clear (MashSyncReply *self)
{
  g_clear_pointer (&self->hello, mash_hello_free);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_clear_error (&self->error);
}
