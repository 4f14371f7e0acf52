/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-sync-thread.h"

#include "mash-sync-piece.h"
#include "mash-sync-reply.h"

typedef struct
{
  MashSyncBell *bell;
  MashSyncMeans means;
  MashHubLine  *line;
  guint         piece;   /* entries that are handed over at once, as long as somebody works */
} MashSyncThread;

static void
sync_thread_free (MashSyncThread *self)
{
  g_clear_pointer (&self->line, mash_hub_line_close);
  mash_sync_bell_close (self->bell);
  self->means.free_data (self->means.data);
  mash_sync_bell_unref (self->bell);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashSyncThread, sync_thread_free)

/* What the core asks for, and what came of it. What the request points to is the errand's own: the
 * core may be gone before the hub has answered. */
typedef struct
{
  MashSyncRequest request;
  char           *seat;
  char           *old_seat;
  gboolean        woken;
  MashSyncReply   reply;
  gint64          took;   /* microseconds, of a piece of a page */
  guint           n_waiting; /* changes that were taken back and put again with it */
  gboolean        holds;  /* it was taken, and the next may follow */
} Errand;

static void
errand_clear (Errand *self)
{
  g_clear_pointer (&self->request.groups, g_ptr_array_unref);
  g_clear_pointer (&self->request.stubs, g_array_unref);
  g_clear_pointer (&self->request.data, g_bytes_unref);
  g_free (self->seat);
  g_free (self->old_seat);
  mash_sync_reply_clear (&self->reply);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Errand, errand_clear)

/* Visits */

static void
begin_visit (MashSyncCore *core,
             gpointer      what)
{
  Errand *errand = what;

  if (errand->woken)
    mash_sync_core_wake (core);
  errand->request = *mash_sync_core_get_next (core, g_get_monotonic_time ());
  errand->request.seat = errand->seat = g_strdup (errand->request.seat);
  errand->request.old_seat = errand->old_seat = g_strdup (errand->request.old_seat);
  if (errand->request.groups != NULL)
    g_ptr_array_ref (errand->request.groups);
  if (errand->request.stubs != NULL)
    g_array_ref (errand->request.stubs);
  if (errand->request.data != NULL)
    g_bytes_ref (errand->request.data);
}

static void
end_visit (MashSyncCore *core,
           gpointer      what)
{
  Errand *errand = what;

  mash_sync_reply_hand_over (&errand->reply, core, errand->request.deed, g_get_monotonic_time ());
}

/* A piece of a page; not the rest of it where this one was not taken. */
static void
end_piece (MashSyncCore *core,
           gpointer      what)
{
  Errand *errand = what;
  gint64 began = g_get_monotonic_time ();

  mash_sync_core_take_page (core, errand->reply.list, began);
  errand->took = g_get_monotonic_time () - began;
  errand->n_waiting = mash_sync_core_count_waiting (core);
  errand->holds = mash_sync_core_get_end (core) == MASH_SYNC_END_NONE;
}

/* Takes entries off a page, up to the end of a group, and says the chain that they lead to. */
static GPtrArray *
cut_piece (GPtrArray     *page,
           guint         *from,
           guint          most,
           MashSyncPlace *place)
{
  GPtrArray *piece = g_ptr_array_new ();
  MashEntry *entry;

  do
    {
      entry = g_ptr_array_index (page, (*from)++);
      g_ptr_array_add (piece, entry);
      mash_chain_next (place->chain, entry->seq, entry->took_at,
                       g_bytes_get_data (entry->digest, NULL), place->chain);
    }
  while (*from < page->len && (!entry->group_end || piece->len < most));
  if (entry->chain == NULL)
    entry->chain = g_bytes_new (place->chain, sizeof place->chain);

  return piece;
}

/* Hands over a page that fits together. Between its pieces others have their turn. */
static gboolean
hand_over (MashSyncThread *self,
           GPtrArray      *page,
           MashSyncPlace   place)
{
  guint from = 0;

  while (from < page->len && !mash_sync_bell_is_stopped (self->bell))
    {
      gboolean asked = self->means.asked (self->means.data);
      g_auto (Errand) piece = { .holds = FALSE };

      piece.reply.list = cut_piece (page, &from, asked ? self->piece : page->len, &place);
      if (!self->means.reach (self->means.data, end_piece, &piece))
        return FALSE;
      if (!piece.holds)
        break;
      if (asked)
        self->piece = mash_sync_piece_find_next (piece.reply.list->len, piece.took,
                                                 piece.n_waiting, page->len);
    }

  return TRUE;
}

/* Whether a page goes to the core in pieces; what does not fit together goes to it as it came. */
static gboolean
has_pieces (MashSyncThread *self,
            const Errand   *errand)
{
  MashSyncPlace place = errand->request.place;

  return self->means.asked != NULL && errand->request.deed == MASH_SYNC_PULL &&
         errand->reply.error == NULL && errand->reply.list->len > MASH_SYNC_LEAST_PIECE &&
         mash_sync_place_follow (&place, errand->reply.list);
}

/* The line */

static void
connect_line (MashSyncThread *self,
              Errand         *errand)
{
  g_clear_pointer (&self->line, mash_hub_line_close);
  self->line = self->means.open (self->means.data, &errand->reply.error);
  if (self->line != NULL)
    mash_hub_rows_free (mash_hub_line_ask (self->line, &errand->reply.error, "LISTEN mash", NULL));
}

static void
carry (MashSyncThread *self,
       Errand         *errand)
{
  if (errand->request.deed == MASH_SYNC_CONNECT)
    connect_line (self, errand);
  else
    mash_sync_reply_ask (&errand->reply, self->line, &errand->request);
}

/* Waits for the hub, for the desk, or for the time; whether there is a reason to look at once. A
 * line that went away is found when it is used next. */
static gboolean
rest (MashSyncThread *self,
      gint64          until)
{
  gint64 left = MAX (until - g_get_monotonic_time (), 0);

  return mash_hub_line_wait (self->line, self->bell, left);
}

static gpointer
run_thread (gpointer data)
{
  g_autoptr (MashSyncThread) self = data;
  gboolean woken = FALSE;
  gboolean goes_on = TRUE;

  mash_hub_line_attend (self->bell);
  while (goes_on && !mash_sync_bell_is_stopped (self->bell))
    {
      g_auto (Errand) errand = { .woken = woken };

      woken = FALSE;
      mash_sync_bell_answer (self->bell, self->line);
      goes_on = self->means.reach (self->means.data, begin_visit, &errand) &&
                errand.request.deed != MASH_SYNC_STOP;
      if (!goes_on)
        break;
      if (errand.request.deed == MASH_SYNC_REST)
        {
          woken = rest (self, errand.request.until);
          continue;
        }
      carry (self, &errand);
      if (mash_sync_bell_is_stopped (self->bell))
        break;
      goes_on = has_pieces (self, &errand)
                ? hand_over (self, errand.reply.list, errand.request.place)
                : self->means.reach (self->means.data, end_visit, &errand);
    }
  /* What was asked before the end is still sent, such as that somebody leaves; on a line that
   * attends to a bell that was stopped nobody waits for what comes back. */
  if (mash_sync_bell_is_stopped (self->bell))
    mash_sync_bell_answer (self->bell, self->line);

  return NULL;
}

/**
 * mash_sync_thread_start:
 * @means: how it reaches the hub and the core; taken
 * @bell: by which it is woken, and told to end
 *
 * Begins a thread that goes on until @bell is stopped or there is no core any more. It ends by
 * itself: nobody can wait for it, because some of what it waits for cannot be broken off.
 */
void
mash_sync_thread_start (const MashSyncMeans *means,
                        MashSyncBell        *bell)
{
  MashSyncThread *self = g_new0 (MashSyncThread, 1);

  self->means = *means;
  self->piece = MASH_SYNC_FIRST_PIECE;
  self->bell = mash_sync_bell_ref (bell);
  g_thread_unref (g_thread_new ("mash-sync", run_thread, self));
}
