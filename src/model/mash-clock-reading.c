/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-clock-reading.h"

#include <string.h>

/* The letters of BRAG in the order of a rule's limits. */
static const char brag_letters[] = "BGAR";

static gboolean
is_red (const char *brag)
{
  return g_strcmp0 (brag, "R") == 0;
}

static gboolean
may_pause (const MashClockRule *rule,
           const char          *brag)
{
  return rule->may_pause && !is_red (brag);
}

/* The limit in microseconds, of elapsed or open time; 0 is none. What has no urgency yet, such as a
 * contact that is only asked about, has the limit of the lowest. */
static gint64
get_limit (const MashClockRule *rule,
           const char          *brag)
{
  const char *at;

  if (!rule->by_brag)
    return rule->limit_minutes * MASH_TIME_MINUTE;
  if (brag == NULL || brag[0] == '\0')
    return rule->brag_minutes[0] * MASH_TIME_MINUTE;
  at = brag[1] == '\0' ? strchr (brag_letters, brag[0]) : NULL;

  return at != NULL ? rule->brag_minutes[at - brag_letters] * MASH_TIME_MINUTE : 0;
}

static gint64
get_days_due (const MashClockRule *rule,
              MashCalendar        *calendar,
              gint64               started)
{
  int day = mash_time_get_local_day (started);

  if (rule->limit == 0 || rule->limit > G_MAXINT16)
    return MASH_TIME_NEVER;
  if (rule->unit == MASH_UNIT_MONTHS)
    return mash_time_get_day_end (mash_date_add_months (day, (int) rule->limit));
  if (rule->unit == MASH_UNIT_CALENDAR_DAYS)
    return mash_time_get_day_end (day + (int) rule->limit);

  g_return_val_if_fail (calendar != NULL, MASH_TIME_NEVER);

  return mash_calendar_add_working_days (calendar, started, rule->limit);
}

/**
 * mash_clock_rule_get_due:
 * @rule: the rule
 * @calendar: (nullable): the rule's calendar; working days and business hours need it
 * @started: when the event happened
 * @brag: (nullable): the urgency, `B`, `G`, `A` or `R`
 * @paused: how long the clock stood still, as mash_clock_rule_get_paused() says; only counts for
 *   rules that may pause, and never when red
 *
 * Elapsed time is counted on UTC, so that a change of the clocks neither lengthens nor shortens it.
 * “Same day” by a calendar that has hours is until its desk closes: that day, or when it was closed
 * already, the next day that it opens (T14); without one, until midnight (T20). Limits: domain 4.3.
 *
 * Returns: when the clock is due; %MASH_TIME_NEVER where it has no limit
 */
gint64
mash_clock_rule_get_due (const MashClockRule *rule,
                         MashCalendar        *calendar,
                         gint64               started,
                         const char          *brag,
                         gint64               paused)
{
  gint64 limit;

  g_return_val_if_fail (rule != NULL, MASH_TIME_NEVER);

  switch (rule->unit)
    {
    case MASH_UNIT_ELAPSED:
    case MASH_UNIT_BUSINESS_HOURS:
      limit = get_limit (rule, brag);
      if (limit == 0)
        return MASH_TIME_NEVER;
      if (rule->unit == MASH_UNIT_ELAPSED)
        return started + limit + (may_pause (rule, brag) ? paused : 0);
      g_return_val_if_fail (calendar != NULL, MASH_TIME_NEVER);
      return mash_calendar_add_open_time (calendar, started, limit);

    case MASH_UNIT_WORKING_DAYS:
    case MASH_UNIT_CALENDAR_DAYS:
      if (!rule->red_same_day || !is_red (brag))
        return get_days_due (rule, calendar, started);
      return mash_time_get_day_end (mash_time_get_local_day (started));

    case MASH_UNIT_MONTHS:
      return get_days_due (rule, calendar, started);

    case MASH_UNIT_SAME_DAY:
      if (rule->calendar != NULL && calendar != NULL && mash_calendar_has_hours (calendar))
        return mash_calendar_find_closing (calendar, started);
      return mash_time_get_day_end (mash_time_get_local_day (started));

    case MASH_UNIT_REPORT_ONLY:
    default:
      return MASH_TIME_NEVER;
    }
}

/**
 * mash_clock_rule_get_due_in_hours:
 * @rule: the rule
 * @hours: the calendar with the declared hours of the agency that is asked
 * @started: when it was asked
 * @brag: (nullable): the urgency
 *
 * The time at which the limit is used up when the clock stands still outside @hours, where the rule
 * and the urgency let it; otherwise what mash_clock_rule_get_due() says.
 *
 * Returns: when the clock is due; %MASH_TIME_NEVER where it has no limit
 */
gint64
mash_clock_rule_get_due_in_hours (const MashClockRule *rule,
                                  MashCalendar        *hours,
                                  gint64               started,
                                  const char          *brag)
{
  gint64 limit;

  g_return_val_if_fail (rule != NULL, MASH_TIME_NEVER);
  g_return_val_if_fail (hours != NULL, MASH_TIME_NEVER);

  if (rule->unit != MASH_UNIT_ELAPSED || !may_pause (rule, brag))
    return mash_clock_rule_get_due (rule, hours, started, brag, 0);
  limit = get_limit (rule, brag);

  return limit != 0 ? mash_calendar_add_open_time (hours, started, limit) : MASH_TIME_NEVER;
}

/**
 * mash_clock_rule_get_paused:
 * @rule: the rule
 * @hours: (nullable): the declared hours of the agency that is asked; none are declared with %NULL
 * @brag: (nullable): the urgency
 * @from: an instant
 * @to: an instant
 *
 * A clock stands still only where its rule lets it, only outside the declared hours, and never when
 * red (domain 4.3, rules 2 and 3).
 *
 * Returns: how many microseconds between the two the clock stood still
 */
gint64
mash_clock_rule_get_paused (const MashClockRule *rule,
                            MashCalendar        *hours,
                            const char          *brag,
                            gint64               from,
                            gint64               to)
{
  g_return_val_if_fail (rule != NULL, 0);

  if (hours == NULL || !may_pause (rule, brag) || to <= from)
    return 0;

  return to - from - mash_calendar_get_open_time (hours, from, to);
}

/* Divides first where the product would not fit. */
static guint
get_percent (gint64 part,
             gint64 whole)
{
  gint64 percent = part > G_MAXINT64 / 100 ? part / MAX (whole / 100, 1) : part * 100 / whole;

  return (guint) CLAMP (percent, 0, G_MAXINT);
}

static guint
find_escalation (guint percent)
{
  if (percent >= 200)
    return 200;
  if (percent >= 150)
    return 150;

  return percent >= 100 ? 100 : 0;
}

static MashClockState
find_state (const MashClockRule    *rule,
            const MashClockReading *reading,
            gboolean                stopped)
{
  if (stopped)
    return reading->left_usec < 0 ? MASH_CLOCK_BROKEN : MASH_CLOCK_HELD;
  if (reading->left_usec <= 0)
    return MASH_CLOCK_LATE;

  return rule->warn_percent != 0 && reading->percent >= rule->warn_percent ? MASH_CLOCK_WARNING
                                                                           : MASH_CLOCK_RUNNING;
}

/**
 * mash_clock_rule_read:
 * @rule: the rule
 * @calendar: (nullable): the rule's calendar; business hours are measured by it
 * @started: when the clock started
 * @due: when it is due; %MASH_TIME_NEVER without a limit
 * @stopped: when it was stopped; 0 while it runs
 * @paused: how long it stood still so far; nothing for a rule that may not pause
 * @now: the moment to read it for; a stopped clock does not look at it
 * @reading: (out caller-allocates): the reading
 *
 * At the very instant at which it is due, a running clock is late and one that is stopped is held.
 */
void
mash_clock_rule_read (const MashClockRule *rule,
                      MashCalendar        *calendar,
                      gint64               started,
                      gint64               due,
                      gint64               stopped,
                      gint64               paused,
                      gint64               now,
                      MashClockReading    *reading)
{
  gint64 at = stopped != 0 ? stopped : now;
  gint64 limit;

  g_return_if_fail (rule != NULL);
  g_return_if_fail (reading != NULL);

  if (!rule->may_pause)
    paused = 0;
  *reading = (MashClockReading) { .state = MASH_CLOCK_NONE, .left_usec = MASH_TIME_NEVER };
  reading->elapsed_usec = MAX (at - started, 0);
  reading->worked_usec = MAX (reading->elapsed_usec - paused, 0);
  if (rule->unit == MASH_UNIT_BUSINESS_HOURS && calendar != NULL)
    reading->worked_usec = mash_calendar_get_open_time (calendar, started, at);
  if (due == MASH_TIME_NEVER)
    return;

  limit = due - started - paused;
  if (rule->unit == MASH_UNIT_BUSINESS_HOURS && calendar != NULL)
    limit = mash_calendar_get_open_time (calendar, started, due);
  reading->left_usec = due - at;
  reading->percent = get_percent (reading->worked_usec, MAX (limit, 1));
  if (reading->left_usec > 0)
    reading->percent = MIN (reading->percent, 99);
  else
    reading->percent = MAX (reading->percent, 100);
  reading->state = find_state (rule, reading, stopped != 0);
  if (reading->state != MASH_CLOCK_HELD)
    reading->escalation = find_escalation (reading->percent);
  if (reading->left_usec < 0)
    reading->late_minutes = (guint) MIN ((MASH_TIME_MINUTE - 1 - reading->left_usec) /
                                         MASH_TIME_MINUTE, G_MAXINT);
}

/**
 * mash_clock_run_get_step:
 * @run: a clock that does not stand still
 * @percent: a share of the limit, such as 75 for the warning or 150 for the second escalation
 *
 * Returns: when that share is used up; %MASH_TIME_NEVER without a limit
 */
gint64
mash_clock_run_get_step (const MashClockRun *run,
                         guint               percent)
{
  gint64 limit;

  g_return_val_if_fail (run != NULL, MASH_TIME_NEVER);

  if (run->due == MASH_TIME_NEVER)
    return MASH_TIME_NEVER;
  limit = run->due - run->started;

  return run->started + limit / 100 * percent + limit % 100 * percent / 100;
}

/* A window of months calls on nobody to do anything, nor does what is only reported, which is never
 * due. */
static gboolean
is_pressing (const MashClockRun *run)
{
  return run->stopped == 0 && run->due != MASH_TIME_NEVER &&
         run->rule->unit != MASH_UNIT_MONTHS;
}

/**
 * mash_clock_run_compare:
 * @a: a clock
 * @b: another
 *
 * The one order in which clocks are shown: those that press before those that do not, and of them
 * those that the policy lets lead; the earliest due first, so that late ones come first; of two due
 * together the statutory one, then by id.
 *
 * Returns: as strcmp() does
 */
int
mash_clock_run_compare (const MashClockRun *a,
                        const MashClockRun *b)
{
  gboolean a_presses = is_pressing (a);
  gboolean b_presses = is_pressing (b);

  if (a_presses != b_presses)
    return a_presses ? -1 : 1;
  if (!a->rule->leads != !b->rule->leads)
    return a->rule->leads ? -1 : 1;
  if (a->due != b->due)
    return a->due < b->due ? -1 : 1;
  if (a->rule->statutory != b->rule->statutory)
    return a->rule->statutory ? -1 : 1;
  if (a->rule != b->rule)
    return g_strcmp0 (a->rule->id, b->rule->id);

  return (a->started > b->started) - (a->started < b->started);
}

/**
 * mash_clock_run_find_nearest:
 * @runs: (array length=n_runs): the clocks of a contact
 * @n_runs: how many
 *
 * Trays and the contact page both show the clock that this gives, and so never disagree. Which one
 * is the nearest does not depend on the moment: the earliest due is also the first to be late. A
 * clock that leads, such as that of police protection, is not hidden by what is late beside it.
 *
 * Returns: the position of the running clock that leads, or else of the nearest, late ones first;
 *   %MASH_NO_CLOCK for none
 */
guint
mash_clock_run_find_nearest (const MashClockRun *runs,
                             guint               n_runs)
{
  guint nearest = MASH_NO_CLOCK;

  g_return_val_if_fail (runs != NULL || n_runs == 0, MASH_NO_CLOCK);

  for (guint i = 0; i < n_runs; i++)
    {
      if (is_pressing (&runs[i]) &&
          (nearest == MASH_NO_CLOCK || mash_clock_run_compare (&runs[i], &runs[nearest]) < 0))
        nearest = i;
    }

  return nearest;
}

/**
 * mash_clock_run_get_first_due:
 * @runs: (array length=n_runs): the clocks of a contact
 * @n_runs: how many
 *
 * A contact is late from then on, whichever clock is shown.
 *
 * Returns: when the first of the running clocks is due; %MASH_TIME_NEVER for none
 */
gint64
mash_clock_run_get_first_due (const MashClockRun *runs,
                              guint               n_runs)
{
  gint64 due = MASH_TIME_NEVER;

  g_return_val_if_fail (runs != NULL || n_runs == 0, MASH_TIME_NEVER);

  for (guint i = 0; i < n_runs; i++)
    {
      if (is_pressing (&runs[i]))
        due = MIN (due, runs[i].due);
    }

  return due;
}
