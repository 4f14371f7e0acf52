/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-drift.h"

#include <glib/gi18n-lib.h>

#include "mash-deed.h"
#include "mash-time.h"

#define WEEK_DAYS 7

void
mash_drift_row_free (MashDriftRow *self)
{
  if (self == NULL)
    return;

  g_free (self->discussion);
  g_free (self->contact);
  g_free (self->reference);
  g_free (self->state);
  g_free (self->mode);
  g_free (self->compliance);
  g_free (self);
}

const char *
mash_drift_span_label (MashDriftSpan span)
{
  static const char *const labels[] = {
    N_("Need to start"), N_("Start to signed"), N_("Signed to circulated"),
  };

  g_return_val_if_fail ((guint) span < MASH_N_DRIFTS, NULL);

  return _(labels[span]);
}

/**
 * mash_drift_row_get_span:
 * @self: a discussion
 * @span: which part of its way
 * @now: counts up to here what has not come to its end; 0 not to count it
 *
 * Returns: how long it took, in microseconds; −1 where it has not begun, or has not ended and @now
 *   is 0
 */
gint64
mash_drift_row_get_span (const MashDriftRow *self,
                         MashDriftSpan       span,
                         gint64              now)
{
  const gint64 ends[MASH_N_DRIFTS][2] = {
    { self->need, self->started },
    { self->started, self->signed_at },
    { self->signed_at, self->circulated },
  };
  gint64 end;

  g_return_val_if_fail ((guint) span < MASH_N_DRIFTS, -1);

  end = ends[span][1] != 0 ? ends[span][1] : now;
  if (ends[span][0] == 0 || end == 0)
    return -1;

  return MAX (end - ends[span][0], 0);
}

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

static void
count (MashDriftWeek *week,
       GPtrArray     *rows,
       gint64         from,
       gint64         until)
{
  GArray *spans[MASH_N_DRIFTS];

  for (guint s = 0; s < MASH_N_DRIFTS; s++)
    spans[s] = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < rows->len; i++)
    {
      const MashDriftRow *row = g_ptr_array_index (rows, i);

      if (row->need < from || row->need >= until)
        continue;
      week->needed++;
      week->compliant += row->ended != 0 &&
                         mash_words_contain ("COMPLIANT LATER", row->compliance);
      week->exceptions += row->ended != 0 && g_strcmp0 (row->compliance, "EXCEPTION") == 0;
      week->not_compliant += row->ended != 0 && g_strcmp0 (row->compliance, "NOT") == 0;
      week->series += g_strcmp0 (row->mode, "SERIES") == 0;
      for (guint s = 0; s < MASH_N_DRIFTS; s++)
        {
          gint64 span = mash_drift_row_get_span (row, s, 0);

          if (span >= 0)
            g_array_append_val (spans[s], span);
        }
    }
  for (guint s = 0; s < MASH_N_DRIFTS; s++)
    {
      week->counted[s] = spans[s]->len;
      g_array_sort (spans[s], compare_spans);
      if (spans[s]->len > 0)
        week->median[s] = g_array_index (spans[s], gint64, (spans[s]->len - 1) / 2);
      g_array_unref (spans[s]);
    }
}

static int
compare_waits (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  const MashDriftRow *one = *(const MashDriftRow *const *) a;
  const MashDriftRow *other = *(const MashDriftRow *const *) b;
  gint64 first = mash_drift_row_get_span (one, MASH_DRIFT_TO_START, *(gint64 *) data);
  gint64 second = mash_drift_row_get_span (other, MASH_DRIFT_TO_START, *(gint64 *) data);

  return (first < second) - (first > second);
}

/**
 * mash_drift_new:
 * @first_day: the first day, as mash_time_get_local_day() counts
 * @last_day: the last day
 * @rows: (transfer full) (element-type MashDriftRow): the discussions needed in that time
 * @now: the present, for those that still wait
 *
 * A median is the lower one of two in the middle. Discussions are counted in the week in which the
 * need for them was identified.
 *
 * Returns: (transfer full): the report
 */
MashDrift *
mash_drift_new (int        first_day,
                int        last_day,
                GPtrArray *rows,
                gint64     now)
{
  MashDrift *self = g_new0 (MashDrift, 1);
  gint64 end = mash_time_from_local_day (last_day + 1, 0);

  self->first_day = first_day;
  self->last_day = last_day;
  self->rows = rows;
  self->weeks = g_array_new (FALSE, TRUE, sizeof (MashDriftWeek));
  for (int day = first_day; day <= last_day; day += WEEK_DAYS)
    {
      MashDriftWeek week = { .first_day = day };

      count (&week, rows, mash_time_from_local_day (day, 0),
             MIN (end, mash_time_from_local_day (day + WEEK_DAYS, 0)));
      g_array_append_val (self->weeks, week);
    }
  self->all.first_day = first_day;
  count (&self->all, rows, mash_time_from_local_day (first_day, 0), end);
  g_ptr_array_sort_with_data (rows, compare_waits, &now);

  return self;
}

void
mash_drift_free (MashDrift *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->rows);
  g_array_unref (self->weeks);
  g_free (self);
}

/**
 * mash_drift_dup_words:
 * @span: a length of time, microseconds; negative where there is none
 *
 * Returns: (transfer full): it in words, such as “1 h 12 min”
 */
char *
mash_drift_dup_words (gint64 span)
{
  gint64 minutes = span / MASH_TIME_MINUTE;

  if (span < 0)
    return g_strdup ("–");
  if (minutes < 60)
    /* Translators: a length of time, minutes. */
    return g_strdup_printf (_("%d min"), (int) minutes);

  /* Translators: a length of time, hours and minutes. */
  return g_strdup_printf (_("%d h %02d min"), (int) (minutes / 60), (int) (minutes % 60));
}
