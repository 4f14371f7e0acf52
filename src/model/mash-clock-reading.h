/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* When a clock is due, and what it reads at a given moment.
 *
 * A clock starts from the event, never from the keying, and is stopped, never reset. All instants
 * are arguments, in microseconds since 1970. The words for a reading are made in the app.
 */

#include "mash-calendar.h"
#include "mash-clock-rule.h"
#include "mash-time.h"

G_BEGIN_DECLS

/**
 * MashClockState:
 * @MASH_CLOCK_RUNNING: in time
 * @MASH_CLOCK_WARNING: the rule's share of the limit is used up, 75 % by default
 * @MASH_CLOCK_LATE: the limit is used up
 * @MASH_CLOCK_HELD: stopped in time
 * @MASH_CLOCK_BROKEN: stopped late
 * @MASH_CLOCK_NONE: has no limit, is only measured
 */
typedef enum
{
  MASH_CLOCK_RUNNING,
  MASH_CLOCK_WARNING,
  MASH_CLOCK_LATE,
  MASH_CLOCK_HELD,
  MASH_CLOCK_BROKEN,
  MASH_CLOCK_NONE,
} MashClockState;

/**
 * MashClockReading:
 * @state: what to show
 * @left_usec: until due, negative when late; %MASH_TIME_NEVER without a limit
 * @elapsed_usec: since the start, up to the stop
 * @worked_usec: the same without the time that the clock stood still
 * @percent: how much of the limit is used up, rounded down
 * @escalation: the highest step reached: 0, 100, 150 or 200 per cent
 * @late_minutes: whole minutes late, a started one counted; 0 in time
 */
typedef struct
{
  MashClockState state;
  gint64         left_usec;
  gint64         elapsed_usec;
  gint64         worked_usec;
  guint          percent;
  guint          escalation;
  guint          late_minutes;
} MashClockReading;

/**
 * MashClockRun:
 * @rule: the rule
 * @started: when it started
 * @due: when it is due; %MASH_TIME_NEVER without a limit
 * @stopped: when it was stopped; 0 while it runs
 */
typedef struct
{
  const MashClockRule *rule;
  gint64               started;
  gint64               due;
  gint64               stopped;
} MashClockRun;

#define MASH_NO_CLOCK G_MAXUINT

gint64   mash_clock_rule_get_due          (const MashClockRule *rule,
                                           MashCalendar        *calendar,
                                           gint64               started,
                                           const char          *brag,
                                           gint64               paused);
gint64   mash_clock_rule_get_due_in_hours (const MashClockRule *rule,
                                           MashCalendar        *hours,
                                           gint64               started,
                                           const char          *brag);
gint64   mash_clock_rule_get_paused       (const MashClockRule *rule,
                                           MashCalendar        *hours,
                                           const char          *brag,
                                           gint64               from,
                                           gint64               to);
void     mash_clock_rule_read             (const MashClockRule *rule,
                                           MashCalendar        *calendar,
                                           gint64               started,
                                           gint64               due,
                                           gint64               stopped,
                                           gint64               paused,
                                           gint64               now,
                                           MashClockReading    *reading);

gint64   mash_clock_run_get_step          (const MashClockRun  *run,
                                           guint                percent);
int      mash_clock_run_compare           (const MashClockRun  *a,
                                           const MashClockRun  *b);
guint    mash_clock_run_find_nearest      (const MashClockRun  *runs,
                                           guint                n_runs);
gint64   mash_clock_run_get_first_due     (const MashClockRun  *runs,
                                           guint                n_runs);

G_END_DECLS
