/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-store-disk.h"

static void
greet_cb (gpointer         data,
          const MashHello *hello)
{
  mash_store_set_hub_policy (data, hello->policy, (gint64) hello->policy_after);
  mash_store_meet_hub (data, hello->server_time);
}

static gboolean
load_place_cb (gpointer        data,
               MashSyncPlace  *place,
               GError        **error)
{
  mash_store_get_place (data, place);

  return TRUE;
}

static GPtrArray *
list_batch_cb (gpointer   data,
               guint      max_groups,
               guint      max_changes,
               guint64   *first_seq,
               GError   **error)
{
  return mash_store_list_batch (data, max_groups, max_changes, first_seq, error);
}

static gboolean
take_answers_cb (gpointer    data,
                 GPtrArray  *answers,
                 GError    **error)
{
  return mash_store_take_answers (data, answers, error);
}

static gboolean
apply_cb (gpointer              data,
          GPtrArray            *entries,
          const MashSyncPlace  *place,
          GError              **error)
{
  return mash_store_take_page (data, entries, place, error);
}

static guint64
count_unsent_cb (gpointer  data,
                 gint64   *since)
{
  MashUnsent unsent;
  gboolean counted = mash_store_count_unsent (data, &unsent, NULL);

  *since = counted ? unsent.since : 0;

  return counted ? unsent.n_changes : 0;
}

static gboolean
find_place_cb (gpointer        data,
               guint64         at_most,
               MashSyncPlace  *place,
               GError        **error)
{
  return mash_store_find_place (data, at_most, place, error);
}

static gboolean
fall_back_cb (gpointer              data,
              const MashSyncPlace  *place,
              guint64               next,
              GError              **error)
{
  return mash_store_fall_back (data, place, next, error);
}

static GPtrArray *
list_unsent_cb (gpointer   data,
                guint64   *after,
                guint      max_changes,
                GError   **error)
{
  return mash_store_list_unsent (data, after, max_changes, error);
}

static GPtrArray *
list_lost_cb (gpointer   data,
              guint      max_changes,
              GError   **error)
{
  return mash_store_list_lost (data, max_changes, error);
}

static gboolean
drop_lost_cb (gpointer    data,
              GPtrArray  *changes,
              GError    **error)
{
  return mash_store_hand_lost (data, changes, error);
}

static gboolean
get_numbers_cb (gpointer   data,
                guint64   *unanswered,
                guint64   *next,
                GError   **error)
{
  return mash_store_get_numbers (data, unanswered, next, error);
}

static gboolean
renumber_cb (gpointer   data,
             guint64    next,
             GError   **error)
{
  return mash_store_renumber (data, next, error);
}

static const char *
get_seat_cb (gpointer data)
{
  return mash_store_get_seat (data);
}

static char *
begin_seat_cb (gpointer   data,
               gboolean   make,
               GError   **error)
{
  return mash_store_begin_seat (data, make, error);
}

static gboolean
take_seat_cb (gpointer   data,
              GError   **error)
{
  return mash_store_take_seat (data, error);
}

static gboolean
get_turned_cb (gpointer   data,
               gint64    *turned,
               GArray   **stubs,
               GError   **error)
{
  return mash_store_get_turned (data, turned, stubs, error);
}

static gboolean
take_turn_cb (gpointer    data,
              GPtrArray  *entries,
              gint64      turned,
              gboolean   *waits,
              GError    **error)
{
  return mash_store_take_turn (data, entries, turned, waits, error);
}

static GPtrArray *
list_looks_cb (gpointer   data,
               guint      max_looks,
               guint64   *first,
               GError   **error)
{
  return mash_store_list_looks (data, max_looks, first, error);
}

static gboolean
hand_looks_cb (gpointer   data,
               guint      n_looks,
               GError   **error)
{
  return mash_store_hand_looks (data, n_looks, error);
}

static gboolean
repeat_looks_cb (gpointer   data,
                 GError   **error)
{
  return mash_store_repeat_looks (data, error);
}

static guint
count_waiting_cb (gpointer data)
{
  return mash_store_count_waiting (data);
}

static gboolean
find_original_cb (gpointer       data,
                  guint64        after,
                  MashOriginal  *original,
                  GError       **error)
{
  return mash_store_find_original (data, after, original, error);
}

static GBytes *
load_part_cb (gpointer     data,
              const char  *sha256,
              int          part,
              GError     **error)
{
  return mash_store_load_part (data, sha256, part, error);
}

static gboolean
settle_original_cb (gpointer     data,
                    const char  *sha256,
                    gboolean     taken,
                    GError     **error)
{
  return mash_store_settle_original (data, sha256, taken, error);
}

static GPtrArray *
list_originals_cb (gpointer     data,
                   const char  *after,
                   guint        max,
                   GError     **error)
{
  return mash_store_list_originals (data, after, max, error);
}

static gboolean
miss_originals_cb (gpointer    data,
                   GPtrArray  *fingerprints,
                   GError    **error)
{
  return mash_store_miss_originals (data, fingerprints, error);
}

const MashSyncDisk mash_store_disk = {
  greet_cb, load_place_cb, list_batch_cb, take_answers_cb, apply_cb, count_unsent_cb,
  find_place_cb, fall_back_cb, list_lost_cb, drop_lost_cb, get_numbers_cb, renumber_cb, get_seat_cb,
  begin_seat_cb, take_seat_cb, list_unsent_cb, get_turned_cb, take_turn_cb,
  list_looks_cb, hand_looks_cb, repeat_looks_cb, count_waiting_cb,
  find_original_cb, load_part_cb, settle_original_cb, list_originals_cb, miss_originals_cb,
};
