/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-training-plan.h"

#include <string.h>

#include "mash-time.h"
#include "mash-training-random.h"

/* Walsall, seven weeks (domain, WAL-11). What is not in the two published disposals is open. */
#define REFERRALS   1117
#define ADVICE      2510
#define STRATEGY    72
#define ASSESSMENTS 254
#define OPEN        (MASH_TRAINING_CONTACTS - REFERRALS - ADVICE)

/* So many stay open even in a small hub, where there are three times as many, so that there is work
 * in every state. */
#define LEAST_OPEN 14

/* What is decided was received at least so long before the end. */
#define DECIDED_BEFORE (4 * MASH_TIME_HOUR)

typedef struct
{
  const char *outcome;
  guint       weight;
} Share;

/* How the other referrals end; the paper does not say. */
static const Share referral_shares[] = {
  { "O04", 300 }, { "O03", 160 }, { "O12", 170 }, { "O09", 34 }, { "O18", 30 }, { "O14", 28 },
  { "O10", 22 }, { "O11", 20 }, { "O15", 9 }, { "O17", 6 }, { "O19", 7 }, { "O07", 3 },
  { "O13", 2 },
};
static const Share advice_shares[] = { { "O01", 19 }, { "O02", 6 } };

/* How much comes in each hour of a working day, and of a day at the weekend. */
static const guint hour_weights[24] = {
  6, 5, 4, 3, 2, 2, 4, 10, 34, 78, 92, 88, 70, 66, 84, 96, 82, 48, 26, 20, 17, 14, 12, 9,
};
static const guint weekend_weights[24] = {
  14, 13, 10, 8, 5, 4, 4, 6, 10, 14, 18, 20, 20, 20, 20, 20, 20, 20, 20, 22, 24, 24, 22, 18,
};
/* Monday first. */
static const guint weekday_weights[7] = { 205, 190, 180, 182, 188, 32, 23 };

/**
 * mash_training_plan_init:
 * @self: (out caller-allocates): a plan
 * @seed: what the hub follows from
 * @weeks: how long it has worked, 0 for as long as Walsall would take for as many contacts, and
 *   %MASH_TRAINING_WEEKS at least
 * @contacts: how many contacts came, 0 for as many a week as in Walsall
 * @until: its present
 */
void
mash_training_plan_init (MashTrainingPlan *self,
                         guint64           seed,
                         guint             weeks,
                         guint             contacts,
                         gint64            until)
{
  self->seed = seed;
  self->weeks = weeks != 0 ? weeks : CLAMP (contacts / MASH_TRAINING_CONTACTS_PER_WEEK,
                                            MASH_TRAINING_WEEKS, MASH_TRAINING_MAX_WEEKS);
  self->contacts = contacts != 0 ? contacts : self->weeks * MASH_TRAINING_CONTACTS_PER_WEEK;
  self->until = until;
  self->moves_clock = FALSE;
}

/* Divides @total in the proportion of @weights by largest remainder, so that the parts add up. */
static void
divide (guint        total,
        const guint *weights,
        guint        n,
        guint       *parts)
{
  g_autofree guint64 *left = g_new0 (guint64, n);
  guint64 sum = 0;
  guint given = 0;

  for (guint i = 0; i < n; i++)
    sum += weights[i];
  for (guint i = 0; i < n; i++)
    {
      parts[i] = (guint) ((guint64) total * weights[i] / sum);
      left[i] = (guint64) total * weights[i] % sum;
      given += parts[i];
    }
  for (; given < total; given++)
    {
      guint most = 0;

      for (guint i = 1; i < n; i++)
        {
          if (left[i] > left[most])
            most = i;
        }
      parts[most]++;
      left[most] = 0;
    }
}

/**
 * mash_training_plan_sum:
 * @self: a plan
 * @sums: (out caller-allocates): its sums
 *
 * Divides the contacts as Walsall’s were, by largest remainder. A small hub keeps a few more open.
 */
void
mash_training_plan_sum (const MashTrainingPlan *self,
                        MashTrainingSums       *sums)
{
  const guint disposals[] = { REFERRALS, ADVICE, OPEN };
  const guint referrals[] = { STRATEGY, ASSESSMENTS, REFERRALS - STRATEGY - ASSESSMENTS };
  guint parts[3];

  divide (self->contacts, disposals, G_N_ELEMENTS (disposals), parts);
  sums->contacts = self->contacts;
  sums->open = MAX (parts[2], MIN (LEAST_OPEN, self->contacts / 3));
  divide (self->contacts - sums->open, disposals, 2, parts);
  sums->referrals = parts[0];
  sums->advice = parts[1];
  divide (sums->referrals, referrals, G_N_ELEMENTS (referrals), parts);
  sums->strategy = parts[0];
  sums->assessments = parts[1];
}

static guint
add_outcome (const char **outcomes,
             guint        at,
             const char  *outcome,
             guint        n)
{
  for (guint i = 0; i < n; i++)
    outcomes[at + i] = outcome;

  return at + n;
}

static guint
add_shares (const char **outcomes,
            guint        at,
            const Share *shares,
            guint        n_shares,
            guint        total)
{
  g_autofree guint *weights = g_new0 (guint, n_shares);
  g_autofree guint *parts = g_new0 (guint, n_shares);

  for (guint i = 0; i < n_shares; i++)
    weights[i] = shares[i].weight;
  divide (total, weights, n_shares, parts);
  for (guint i = 0; i < n_shares; i++)
    at = add_outcome (outcomes, at, shares[i].outcome, parts[i]);

  return at;
}

/* The outcomes of all that is decided, shuffled. */
static const char **
list_outcomes (const MashTrainingPlan *self,
               const MashTrainingSums *sums,
               MashTrainingRandom     *random)
{
  guint n = sums->referrals + sums->advice;
  const char **outcomes = g_new0 (const char *, n + 1);
  guint others = sums->referrals - sums->strategy - sums->assessments;
  guint at = 0;

  at = add_outcome (outcomes, at, "O06", sums->strategy);
  at = add_outcome (outcomes, at, "O05", sums->assessments);
  at = add_shares (outcomes, at, referral_shares, G_N_ELEMENTS (referral_shares), others);
  at = add_shares (outcomes, at, advice_shares, G_N_ELEMENTS (advice_shares), sums->advice);
  g_assert (at == n);

  for (guint i = n; i > 1; i--)
    {
      guint j = mash_training_random_below (random, i);
      const char *other = outcomes[j];

      outcomes[j] = outcomes[i - 1];
      outcomes[i - 1] = other;
    }

  return outcomes;
}

/* When something arrives: the day by its weekday, then the hour. */
static gint64
pick_arrival (const MashTrainingPlan *self,
              MashTrainingRandom     *random,
              gint64                  from,
              gint64                  to)
{
  int first = mash_time_get_local_day (from);
  guint days = (guint) (mash_time_get_local_day (to) - first + 1);

  for (;;)
    {
      int day = first + (int) mash_training_random_below (random, days);
      guint weekday = mash_date_get_weekday (day);
      guint weight = weekday_weights[weekday - 1];
      const guint *hours = weekday > 5 ? weekend_weights : hour_weights;
      gint64 since_midnight, at;

      if (mash_training_random_below (random, weekday_weights[0]) >= weight)
        continue;
      since_midnight = mash_training_random_weigh (random, hours, 24) * MASH_TIME_HOUR +
                       mash_training_random_below (random, 3600) * MASH_TIME_SECOND;
      at = mash_time_from_local_day (day, since_midnight);
      if (at >= from && at < to)
        return at;
    }
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const MashTrainingEntry *one = a;
  const MashTrainingEntry *other = b;

  return (one->received > other->received) - (one->received < other->received);
}

/**
 * mash_training_plan_list:
 * @self: a plan
 *
 * Lays down every contact. Those that are open have no time of arrival yet: their course says how
 * long ago they came.
 *
 * Returns: (transfer full) (element-type MashTrainingEntry): those that are decided, by arrival,
 *   then those that are open
 */
GArray *
mash_training_plan_list (const MashTrainingPlan *self)
{
  MashTrainingSums sums;
  MashTrainingRandom random;
  g_autofree const char **outcomes = NULL;
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (MashTrainingEntry));
  /* Whole days, the present one among them, so that a report of as many weeks counts them all. */
  int first = mash_time_get_local_day (self->until) - (int) self->weeks * 7 + 1;
  gint64 from = mash_time_from_local_day (first, 0);

  mash_training_plan_sum (self, &sums);
  mash_training_random_init (&random, self->seed, 1);
  outcomes = list_outcomes (self, &sums, &random);
  for (guint i = 0; i < sums.referrals + sums.advice; i++)
    {
      MashTrainingEntry entry = {
        .received = pick_arrival (self, &random, from, self->until - DECIDED_BEFORE),
        .outcome = outcomes[i],
      };

      g_array_append_val (entries, entry);
    }
  g_array_sort (entries, compare_entries);
  for (guint i = 0; i < sums.open; i++)
    {
      MashTrainingEntry entry = { .received = self->until, .open = i };

      g_array_append_val (entries, entry);
    }

  return entries;
}
