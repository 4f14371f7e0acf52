/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-sync-core-private.h"

#include <string.h>

#include "mash-store-error.h"

/* How long a desk rests between two looks at the hub; a wake ends it earlier. */
#define POLL (30 * G_USEC_PER_SEC)
#define POLL_JITTER (5 * G_USEC_PER_SEC)

/* How long it stays away after the line failed, at first and at most. */
#define FIRST_AWAY (G_USEC_PER_SEC / 2)
#define LONGEST_AWAY (60 * G_USEC_PER_SEC)

/* After so many times it does not stay away for longer. */
#define MOST_FAILED 7

/* How many bytes a page has at most on a line that does not hold long enough for more. */
#define LEAST_PAGE (32 * 1024)

/* How often a page that does not fit together is fetched. */
#define MAX_FALSE 2

/* Whoever has much to fetch sends what was written meanwhile after so many pages. */
#define MAX_PAGES 4

/* How often a desk looks for the place where it and its hub part, without coming further. */
#define MAX_PARTED 3

/**
 * mash_sync_core_new:
 * @disk: what it needs of the disk; must outlive it
 * @disk_data: for the functions of @disk
 * @random: where random numbers come from
 * @random_data: for @random
 *
 * Returns: (transfer full): a core that has not met its hub yet
 */
MashSyncCore *
mash_sync_core_new (const MashSyncDisk *disk,
                    gpointer            disk_data,
                    MashSyncRandom      random,
                    gpointer            random_data)
{
  MashSyncCore *self = g_new0 (MashSyncCore, 1);

  self->disk = disk;
  self->disk_data = disk_data;
  self->random = random;
  self->random_data = random_data;
  self->page = MASH_SYNC_PAGE_BYTES;

  return self;
}

void
mash_sync_core_free (MashSyncCore *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->request.groups, g_ptr_array_unref);
  g_clear_pointer (&self->request.stubs, g_array_unref);
  g_clear_pointer (&self->request.data, g_bytes_unref);
  g_clear_error (&self->fault);
  g_free (self->seat);
  g_free (self);
}

/* Where the disk says what is wrong with it. */
GError **
mash_sync_core_renew_fault (MashSyncCore *self)
{
  g_clear_error (&self->fault);

  return &self->fault;
}

void
mash_sync_core_stop (MashSyncCore *self,
      MashSyncEnd   end)
{
  self->phase = PHASE_STOPPED;
  self->end = end;
}

/* Somewhere in a stretch of time, so that desks that lost one hub do not come back as one. */
static gint64
draw (MashSyncCore *self,
      gint64        longest)
{
  return (gint64) (self->random (self->random_data) % (guint32) longest);
}

/* Stays away for longer and longer. */
static void
go_away (MashSyncCore *self,
         gint64        now)
{
  gint64 longest = FIRST_AWAY << MIN (self->n_failed, MOST_FAILED);

  self->phase = PHASE_AWAY;
  self->until = now + draw (self, MIN (longest, LONGEST_AWAY));
  self->n_failed++;
}

/* In numbers: what an error says in words may be about somebody. */
static void
log_fault (MashSyncCore *self)
{
  const GError *fault = self->fault;

  if (fault == NULL)
    g_message ("The disk did not do what was asked in phase %d", self->phase);
  else
    g_message ("The disk did not do what was asked in phase %d: %s %d, from %d", self->phase,
               g_quark_to_string (fault->domain), fault->code,
               fault->domain == MASH_STORE_ERROR ? mash_store_error_get_number (fault) : 0);
}

/* The disk refuses; it may have room again later. What the hub has is not lost meanwhile. */
void
mash_sync_core_wait_for_disk (MashSyncCore *self)
{
  log_fault (self);
  go_away (self, self->now);
  self->until += FIRST_AWAY;
  self->end = MASH_SYNC_END_DISK;
}

/* Nothing that was sent is in doubt: the hub says where the two stand. */
static void
greet_again (MashSyncCore *self,
             MashSyncEnd   end)
{
  if (++self->n_parted > MAX_PARTED)
    mash_sync_core_stop (self, end);
  else
    self->phase = PHASE_GREETING;
}

static MashAnswer *
make_answer (const MashSigned *sent)
{
  g_autoptr (MashChange) change = mash_change_from_statement (sent->statement, NULL);
  MashAnswer *answer = g_new0 (MashAnswer, 1);

  answer->id = g_strdup (change != NULL ? change->id : "");
  answer->outcome = g_strdup ("refused");
  answer->code = g_strdup ("malformed");
  answer->says = g_strdup ("");
  answer->lost = g_new0 (char *, 1);

  return answer;
}

/* What the hub cannot read it cannot answer. It may be able to another time; if it is not, the
 * groups go one by one until it is known which it is. That one is kept here as if it had been
 * refused, and what comes after it goes on under the numbers that follow at the hub. */
static void
take_unread (MashSyncCore *self,
             gint64        now)
{
  g_autoptr (GPtrArray) answers = NULL;
  GPtrArray *group;

  self->n_unread++;
  if (self->n_unread < MASH_SYNC_MAX_UNREAD || self->request.groups->len != 1)
    {
      go_away (self, now);
      return;
    }

  group = g_ptr_array_index (self->request.groups, 0);
  answers = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_answer_free);
  for (guint i = 0; i < group->len; i++)
    g_ptr_array_add (answers, make_answer (g_ptr_array_index (group, i)));
  if (!self->disk->take_answers (self->disk_data, answers, mash_sync_core_renew_fault (self)))
    mash_sync_core_wait_for_disk (self);
  else
    self->phase = PHASE_GREETING;
}

/* What the hub cannot take of the looks does not hold up the work. They stay at the desk, and a hub
 * that was put back is given all of this seat's again. */
static gboolean
take_unlooked (MashSyncCore *self,
               const GError *error)
{
  if (g_error_matches (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_MALFORMED))
    self->looks_wait = TRUE;
  else if (!g_error_matches (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_GAP) ||
           self->request.first_seq == 1)
    return FALSE;
  else if (!self->disk->repeat_looks (self->disk_data, mash_sync_core_renew_fault (self)))
    mash_sync_core_wait_for_disk (self);

  return TRUE;
}

/* What a hub of an older program does not take of a desk's own doings the desk does without; for
 * the rest it comes back seldom, for the hub has to be brought up to date first. */
static gboolean
take_older (MashSyncCore *self,
            gint64        now)
{
  if (self->request.deed == MASH_SYNC_ACK)
    self->acked_at = now;
  else
    self->n_failed = MAX (self->n_failed, MOST_FAILED);

  return self->request.deed == MASH_SYNC_ACK;
}

/**
 * mash_sync_core_failed:
 * @self: a core
 * @error: why a request could not be carried out
 * @now: microseconds, by a clock that only goes forward
 *
 * A line that fails is tried again, after longer and longer times; what the hub says it will not
 * hear again ends it. What was sent stays as it was until the hub has answered it.
 */
void
mash_sync_core_failed (MashSyncCore *self,
                       const GError *error,
                       gint64        now)
{
  MashSyncEnd end = mash_sync_error_get_end (error);

  g_return_if_fail (self != NULL && error != NULL);

  if (self->request.deed == MASH_SYNC_PUSH && self->request.groups != NULL &&
      g_error_matches (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_MALFORMED))
    {
      take_unread (self, now);
      return;
    }
  if ((self->request.deed == MASH_SYNC_LOOK && take_unlooked (self, error)) ||
      mash_sync_core_take_unsent (self, error))
    return;
  if (g_error_matches (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_OLDER) && take_older (self, now))
    return;
  if (g_error_matches (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_TURN) &&
      self->disk->take_turn != NULL)
    {
      self->phase = PHASE_TURNING;
      return;
    }
  if (end == MASH_SYNC_END_NONE)
    {
      self->failure = error->domain == MASH_SYNC_ERROR ? error->code : MASH_SYNC_ERROR_FAILED;
      /* A line that breaks before a page is over may bring over a shorter one. */
      if (self->request.deed == MASH_SYNC_PULL)
        self->page = MAX (self->page / 8, LEAST_PAGE);
      go_away (self, now);
      return;
    }

  self->is_behind = g_error_matches (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_BEHIND);
  /* The hub that let the desk in says at the greeting which of its reasons it is. */
  if (self->phase == PHASE_AWAY)
    mash_sync_core_stop (self, end);
  else
    greet_again (self, end);
}

void
mash_sync_core_connected (MashSyncCore *self)
{
  g_return_if_fail (self != NULL);

  self->phase = PHASE_GREETING;
  self->looks_wait = FALSE;
  mash_sync_core_begin_originals (self);
}

/* The hub has forgotten some of what it had, and is given it again. */
static void
go_on_with_older (MashSyncCore *self)
{
  self->put_back_at = MAX (self->now, 1);
  self->phase = PHASE_REOFFERING;
}

/* Searches between what both have and where they part; nothing left between them is where to go. */
static void
probe (MashSyncCore *self,
       guint64       last_number)
{
  MashSyncPlace place;

  if (!self->disk->find_place (self->disk_data, self->parted - 1, &place,
                               mash_sync_core_renew_fault (self)))
    mash_sync_core_wait_for_disk (self);
  else if (place.seq > self->common)
    self->phase = PHASE_PROBING;
  else if (place.seq == 0)
    mash_sync_core_stop (self, MASH_SYNC_END_DIVERGED);
  else if (!self->disk->fall_back (self->disk_data, &place, last_number + 1,
                                   mash_sync_core_renew_fault (self)))
    mash_sync_core_wait_for_disk (self);
  else
    go_on_with_older (self);
}

/* The two have one history. Whether they agree, too, on what this desk has sent: a hub that was put
 * back has forgotten some of it, and a desk that was put back gives numbers that were given. */
static void
compare_numbers (MashSyncCore *self,
                 guint64       last)
{
  guint64 unanswered, next;

  if (!self->disk->get_numbers (self->disk_data, &unanswered, &next,
                                mash_sync_core_renew_fault (self)))
    mash_sync_core_wait_for_disk (self);
  else if (last >= next || self->is_behind)
    self->phase = PHASE_SITTING;
  else if (unanswered <= last + 1)
    self->phase = PHASE_REOFFERING;
  else if (!self->disk->renumber (self->disk_data, last + 1, mash_sync_core_renew_fault (self)))
    mash_sync_core_wait_for_disk (self);
  else
    go_on_with_older (self);
}

/* Who may not come any more hands in what they did not send, before anything else is done. */
static void
come_to_end (MashSyncCore    *self,
             const MashHello *hello)
{
  gboolean hands_in;

  self->last = mash_hello_get_end (hello, &hands_in);
  self->handed = 0;
  self->originals_wait = FALSE;
  if (hands_in)
    self->phase = PHASE_HANDING_IN;
  else
    mash_sync_core_stop (self, self->last);
}

/* Whether it was this desk that took the place: it was ended before it knew. */
static gboolean
find_seat (MashSyncCore *self)
{
  g_free (self->seat);
  self->seat = self->disk->begin_seat (self->disk_data, FALSE, mash_sync_core_renew_fault (self));

  return self->seat != NULL;
}

static void
look_further (MashSyncCore    *self,
              const MashHello *hello,
              gboolean         is_common)
{
  if (self->phase != PHASE_PROBING)
    self->common = 0;
  if (is_common)
    self->common = self->request.place.seq;
  else
    self->parted = self->request.place.seq;
  probe (self, hello->last_desk_seq);
}

/**
 * mash_sync_core_take_hello:
 * @self: a core that asked to greet
 * @hello: what the hub said
 *
 * Where the two histories part, because one of them was put back, the last place that they have in
 * common is looked for by halving; from there the desk follows the hub again.
 */
void
mash_sync_core_take_hello (MashSyncCore    *self,
                           const MashHello *hello)
{
  gboolean is_ok, parted;

  g_return_if_fail (self != NULL && hello != NULL);

  is_ok = strcmp (hello->verdict, "ok") == 0;
  parted = strcmp (hello->verdict, "ahead") == 0 || strcmp (hello->verdict, "diverged") == 0;
  self->head = parted ? hello->head : MAX (self->head, hello->head);
  /* Who was to leave may have been let in again while the line was gone. */
  if (is_ok)
    self->last = MASH_SYNC_END_NONE;
  if (is_ok && self->disk->greet != NULL)
    self->disk->greet (self->disk_data, hello);
  if (parted || (is_ok && self->phase == PHASE_PROBING))
    look_further (self, hello, is_ok);
  else if (is_ok)
    compare_numbers (self, hello->last_desk_seq);
  else if (strcmp (hello->verdict, "unknown_seat") == 0 ||
           (strcmp (hello->verdict, "replaced") == 0 && find_seat (self)))
    self->phase = PHASE_SITTING;
  else
    come_to_end (self, hello);
}

/**
 * mash_sync_core_take_answers:
 * @self: a core that asked to send
 * @answers: (element-type MashAnswer): what the hub said of each change
 * @now: microseconds
 */
void
mash_sync_core_take_answers (MashSyncCore *self,
                             GPtrArray    *answers,
                             gint64        now)
{
  g_return_if_fail (self != NULL && answers != NULL);

  for (guint i = 0; i < answers->len; i++)
    {
      const MashAnswer *answer = g_ptr_array_index (answers, i);

      if (strcmp (answer->outcome, "frozen") == 0)
        {
          mash_sync_core_stop (self, MASH_SYNC_END_FROZEN);
          return;
        }
    }
  self->n_failed = 0;
  self->n_batches++;
  if (!self->disk->take_answers (self->disk_data, answers, mash_sync_core_renew_fault (self)))
    mash_sync_core_wait_for_disk (self);
}

/* The two are in step again, and the disk takes what it is given. */
static void
keep_step (MashSyncCore *self)
{
  self->n_failed = 0;
  self->n_parted = 0;
  self->end = MASH_SYNC_END_NONE;
}

static void
rest (MashSyncCore *self,
      gint64        now)
{
  keep_step (self);
  self->n_batches = 0;
  self->n_pages = 0;
  self->phase = self->sends ? PHASE_PUSHING : PHASE_RESTING;
  self->sends = FALSE;
  self->until = now + POLL + draw (self, POLL_JITTER);
}

/**
 * mash_sync_core_take_page:
 * @self: a core that asked to fetch
 * @entries: (element-type MashEntry): what the hub gave
 * @now: microseconds
 *
 * A page is applied whole, with the place that it leads to, or not at all.
 */
void
mash_sync_core_take_page (MashSyncCore *self,
                          GPtrArray    *entries,
                          gint64        now)
{
  MashSyncPlace place;

  g_return_if_fail (self != NULL && entries != NULL);

  if (entries->len == 0)
    {
      rest (self, now);
      return;
    }
  if (!self->disk->load_place (self->disk_data, &place, mash_sync_core_renew_fault (self)))
    {
      mash_sync_core_wait_for_disk (self);
      return;
    }
  if (!mash_sync_place_follow (&place, entries))
    {
      self->n_false++;
      if (self->n_false >= MAX_FALSE)
        mash_sync_core_stop (self, MASH_SYNC_END_FALSE);
      return;
    }

  self->n_false = 0;
  self->page = MIN (self->page * 2, MASH_SYNC_PAGE_BYTES);
  if (!self->disk->apply (self->disk_data, entries, &place, mash_sync_core_renew_fault (self)))
    {
      mash_sync_core_wait_for_disk (self);
      return;
    }
  keep_step (self);
  if (++self->n_pages >= MAX_PAGES)
    {
      self->n_pages = 0;
      self->phase = PHASE_PUSHING;
    }
}

/**
 * mash_sync_core_count_waiting:
 * @self: a core
 *
 * Returns: how many changes are taken back and put again with each page
 */
guint
mash_sync_core_count_waiting (const MashSyncCore *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->disk->count_waiting != NULL ? self->disk->count_waiting (self->disk_data) : 0;
}

/**
 * mash_sync_core_take_turn:
 * @self: a core that asked for turns
 * @entries: (element-type MashEntry): what the hub opened and closed
 * @turned: the number of the last turn
 *
 * What is the desk's own is sent before the desk forgets what it is about.
 */
void
mash_sync_core_take_turn (MashSyncCore *self,
                          GPtrArray    *entries,
                          gint64        turned)
{
  gboolean waits;

  g_return_if_fail (self != NULL && entries != NULL);

  if (!self->disk->take_turn (self->disk_data, entries, turned, &waits,
                              mash_sync_core_renew_fault (self)))
    mash_sync_core_wait_for_disk (self);
  else
    self->phase = waits ? PHASE_REOFFERING : PHASE_PULLING;
  self->sends_all = self->phase == PHASE_REOFFERING;
  self->originals_wait = self->originals_wait && !self->sends_all;
}

/**
 * mash_sync_core_take_done:
 * @self: a core that asked to say how far it is, to hand in what was lost or who looked, or for
 *   another seat
 * @now: microseconds
 *
 * The hub has done what was asked.
 */
void
mash_sync_core_take_done (MashSyncCore *self,
                          gint64        now)
{
  g_return_if_fail (self != NULL);

  if (self->phase == PHASE_HANDING_IN)
    {
      self->handed = self->request.last;
    }
  else if (self->phase == PHASE_REOFFERING)
    {
      if (!self->disk->drop_lost (self->disk_data, g_ptr_array_index (self->request.groups, 0),
                                  mash_sync_core_renew_fault (self)))
        mash_sync_core_wait_for_disk (self);
    }
  else if (self->phase == PHASE_LOOKING)
    {
      GPtrArray *looks = g_ptr_array_index (self->request.groups, 0);

      if (!self->disk->hand_looks (self->disk_data, looks->len, mash_sync_core_renew_fault (self)))
        mash_sync_core_wait_for_disk (self);
    }
  else if (self->phase == PHASE_SITTING)
    {
      g_clear_pointer (&self->seat, g_free);
      self->is_behind = FALSE;
      if (!self->disk->take_seat (self->disk_data, mash_sync_core_renew_fault (self)))
        mash_sync_core_wait_for_disk (self);
      else
        self->phase = PHASE_GREETING;
    }
  else
    {
      self->acked_at = now;
    }
}

/**
 * mash_sync_core_wake:
 * @self: a core
 *
 * The hub has something new, or the desk has: there is no reason to rest.
 */
void
mash_sync_core_wake (MashSyncCore *self)
{
  g_return_if_fail (self != NULL);

  if (self->phase == PHASE_RESTING)
    self->phase = PHASE_PUSHING;
}
