/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the policy says about one clock (T01, T02…): how long, in which unit, by whose rule.
 *
 * Plain data, owned by the policy and never altered. When a clock is due and what it reads now is
 * worked out by mash-clock-reading.h.
 */

#include <glib.h>

G_BEGIN_DECLS

/**
 * MashClockUnit:
 * @MASH_UNIT_ELAPSED: elapsed minutes on UTC, through nights and changes of the clock
 * @MASH_UNIT_WORKING_DAYS: to the end of the n-th working day after
 * @MASH_UNIT_BUSINESS_HOURS: minutes within the opening hours of the calendar
 * @MASH_UNIT_CALENDAR_DAYS: to the end of the n-th day after
 * @MASH_UNIT_SAME_DAY: to the end of the same local day
 * @MASH_UNIT_MONTHS: calendar months
 * @MASH_UNIT_REPORT_ONLY: measured, never due
 */
typedef enum
{
  MASH_UNIT_ELAPSED,
  MASH_UNIT_WORKING_DAYS,
  MASH_UNIT_BUSINESS_HOURS,
  MASH_UNIT_CALENDAR_DAYS,
  MASH_UNIT_SAME_DAY,
  MASH_UNIT_MONTHS,
  MASH_UNIT_REPORT_ONLY,
} MashClockUnit;

/**
 * MashClockRule:
 * @id: such as `T02`
 * @label: for its own line, such as “Decision · statutory, 1 working day”; always @short_label,
 *   “ · ” and the rest
 * @short_label: for a row of a table, such as “Decision”
 * @statutory: set by law or statutory guidance; otherwise by the hub itself
 * @unit: what the limit is counted in
 * @limit_minutes: the limit of elapsed and business hours, in minutes
 * @limit: the limit in days, working days or months; 0 for minutes and for “report only”
 * @brag_minutes: limits in minutes by urgency, in the order blue, green, amber, red; 0 is none
 * @by_brag: the limit is that of @brag_minutes
 * @red_same_day: where the urgency is red it is due at the end of the same local day instead
 * @leads: while it runs it stands before every other clock of its contact, and the contact before
 *   every other in the trays
 * @may_pause: it may stand still outside the hours of the agency asked, unless the urgency is red
 * @calendar: (nullable): id of the calendar that it is counted by
 * @source: where the limit comes from
 * @warn_percent: from which share of its limit on it warns
 *
 * The array is in the order of the letters of BRAG; mash_brag_index() of mash-policy.h finds the
 * place.
 */
typedef struct
{
  const char    *id;
  const char    *label;
  const char    *short_label;
  gboolean       statutory;
  MashClockUnit  unit;
  guint          limit_minutes;
  guint          limit;
  guint          brag_minutes[4];
  gboolean       by_brag;
  gboolean       red_same_day;
  gboolean       leads;
  gboolean       may_pause;
  const char    *calendar;
  const char    *source;
  guint          warn_percent;
} MashClockRule;

G_END_DECLS
