/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-words.h"

#include <string.h>

#include <glib/gi18n.h>

/* Up to here a clock counts down, and one that leads always; beyond it, day and time say more. */
#define COUNT_DOWN (8 * MASH_TIME_HOUR)

static const struct
{
  const char *code;
  const char *word;
} urgencies[] = {
  { "R", N_("Red") },
  { "A", N_("Amber") },
  { "G", N_("Green") },
  { "B", N_("Blue") },
};

/**
 * mash_words_urgency:
 * @brag: (nullable): a code of the list BRAG
 *
 * Returns: (transfer full): the word on the chip
 */
char *
mash_words_urgency (const char *brag)
{
  for (guint i = 0; i < G_N_ELEMENTS (urgencies); i++)
    if (g_strcmp0 (urgencies[i].code, brag) == 0)
      return g_strdup (_(urgencies[i].word));

  return g_strdup (_("Not set"));
}

/**
 * mash_words_join:
 * @separator: what stands between two parts
 * @...: the parts, %NULL after the last
 *
 * A part that is empty is left out with its separator. A list ends at the first %NULL, so what may
 * be unknown is passed as "".
 *
 * Returns: (transfer full): the parts as one string
 */
char *
mash_words_join (const char *separator,
                 ...)
{
  GString *joined = g_string_new (NULL);
  const char *part;
  va_list parts;

  va_start (parts, separator);
  while ((part = va_arg (parts, const char *)) != NULL)
    {
      if (*part == '\0')
        continue;
      if (joined->len > 0)
        g_string_append (joined, separator);
      g_string_append (joined, part);
    }
  va_end (parts);

  return g_string_free (joined, FALSE);
}

/**
 * mash_words_load:
 * @load: how many open contacts somebody has
 *
 * Returns: (transfer full): that in words
 */
char *
mash_words_load (guint load)
{
  if (load == 0)
    return g_strdup (_("no open contacts"));

  return g_strdup_printf (ngettext ("%u open contact", "%u open contacts", load), load);
}

/* Writes @at as England's clocks show it. */
static char *
format_local (gint64      at,
              const char *format)
{
  gint64 seconds = (at + mash_time_get_offset (at)) / MASH_TIME_SECOND;
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_utc (seconds);

  return local != NULL ? g_date_time_format (local, format) : g_strdup ("");
}

/**
 * mash_words_hour:
 * @at: microseconds since 1970
 *
 * Returns: (transfer full): the time of day, such as "16:12"
 */
char *
mash_words_hour (gint64 at)
{
  return format_local (at, "%H:%M");
}

static gboolean
in_same_year (gint64 a,
              gint64 b)
{
  g_autofree char *year_a = format_local (a, "%Y");
  g_autofree char *year_b = format_local (b, "%Y");

  return strcmp (year_a, year_b) == 0;
}

/* Names the day of @at beside that of @now, in the shortest form that cannot be misread. */
static char *
format_day (gint64      at,
            gint64      now,
            const char *today)
{
  int days = mash_time_get_local_day (at) - mash_time_get_local_day (now);

  if (days == 0)
    return g_strdup (today);
  if (ABS (days) < 7)
    return format_local (at, "%a");
  if (in_same_year (at, now))
    return format_local (at, "%-d %b");

  return format_local (at, "%-d %b %Y");
}

/**
 * mash_words_moment:
 * @at: microseconds since 1970; 0 when it is not known
 * @now: microseconds since 1970
 *
 * Returns: (transfer full): day and time, such as "Today 11:05", "Mon 16:10" or "4 Mar 16:10"
 */
char *
mash_words_moment (gint64 at,
                   gint64 now)
{
  g_autofree char *day = NULL;
  g_autofree char *hour = NULL;

  if (at == 0 || at == MASH_TIME_NEVER)
    return g_strdup (_("Not known"));

  day = format_day (at, now, _("Today"));
  hour = mash_words_hour (at);

  return g_strdup_printf ("%s %s", day, hour);
}

/**
 * mash_words_until:
 * @at: microseconds since 1970
 * @now: microseconds since 1970
 *
 * Returns: (transfer full): the same without the word "Today", so that a due time cannot be cut
 *   down to its day
 */
char *
mash_words_until (gint64 at,
                  gint64 now)
{
  g_autofree char *day = format_day (at, now, "");
  g_autofree char *hour = mash_words_hour (at);

  return mash_words_join (" ", day, hour, NULL);
}

/**
 * mash_words_instant:
 * @instant: (nullable): UTC text
 * @now: microseconds since 1970
 *
 * Returns: (transfer full): day and time as of mash_words_moment()
 */
char *
mash_words_instant (const char *instant,
                    gint64      now)
{
  gint64 at = 0;

  if (instant != NULL && !mash_time_parse (instant, &at))
    at = 0;

  return mash_words_moment (at, now);
}

static char *
dup_hours (gint64 minutes)
{
  if (minutes < 60)
    /* Translators: a span of time; %d is a number of minutes. */
    return g_strdup_printf (_("%d min"), (int) minutes);

  /* Translators: a span of time, hours and minutes. */
  return g_strdup_printf (_("%d h %02d min"), (int) (minutes / 60), (int) (minutes % 60));
}

/**
 * mash_words_span:
 * @span: microseconds; its sign does not count
 *
 * Returns: (transfer full): minutes below an hour, "1 h 42 min" below a day, then days and hours
 */
char *
mash_words_span (gint64 span)
{
  gint64 minutes = ABS (span) / MASH_TIME_MINUTE;
  int hours = (int) (minutes / 60);
  int days = hours / 24;

  if (days == 0)
    return dup_hours (minutes);

  if (hours % 24 == 0)
    return g_strdup_printf (ngettext ("%d day", "%d days", days), days);

  /* Translators: a span of time, days and hours. */
  return g_strdup_printf (ngettext ("%d day %d h", "%d days %d h", days), days, hours % 24);
}

/**
 * mash_words_date:
 * @date: (nullable): `YYYY`, `YYYY-MM` or `YYYY-MM-DD`
 *
 * Returns: (transfer full): such as "4 Mar 2020", "Mar 2020" or "2020"; "Not known" for %NULL
 */
char *
mash_words_date (const char *date)
{
  g_autofree char *whole = NULL;
  g_autoptr (GDateTime) day = NULL;
  gsize length = date != NULL ? strlen (date) : 0;
  int number;

  if (length == 0)
    return g_strdup (_("Not known"));

  whole = g_strdup_printf ("%s%s", date, length == 7 ? "-01" : "");
  if (length == 4 || !mash_date_parse (whole, &number))
    return g_strdup (date);

  day = g_date_time_new_from_unix_utc ((gint64) number * 24 * 60 * 60);

  return g_date_time_format (day, length == 7 ? "%b %Y" : "%-d %b %Y");
}

/* Counts the whole months between two days. */
static int
count_months (int from,
              int to)
{
  int months = (to - from) / 31;

  while (mash_date_add_months (from, months + 1) <= to)
    months++;

  return months;
}

/**
 * mash_words_age:
 * @birth: (nullable): a date of birth, whole or partial
 * @now: microseconds since 1970
 *
 * Returns: (transfer full): weeks for the first three months, months for the first two years, then
 *   years; empty where it cannot be told
 */
char *
mash_words_age (const char *birth,
                gint64      now)
{
  int today = mash_time_get_local_day (now);
  int born;
  int months;

  if (birth == NULL || !mash_date_parse (birth, &born) || born > today)
    return g_strdup ("");

  months = count_months (born, today);
  if (months < 3)
    return g_strdup_printf (ngettext ("%d week", "%d weeks", (today - born) / 7),
                            (today - born) / 7);
  if (months < 24)
    return g_strdup_printf (ngettext ("%d month", "%d months", months), months);

  return g_strdup_printf ("%d", months / 12);
}

/**
 * mash_words_birth:
 * @birth: (nullable): a date of birth, whole or partial
 * @now: microseconds since 1970
 *
 * Returns: (transfer full): such as "4 Mar 2020 (6)"
 */
char *
mash_words_birth (const char *birth,
                  gint64      now)
{
  g_autofree char *date = mash_words_date (birth);
  g_autofree char *age = mash_words_age (birth, now);

  if (*age == '\0')
    return g_steal_pointer (&date);

  return g_strdup_printf ("%s (%s)", date, age);
}

/**
 * mash_words_reference:
 * @reference: (nullable): a reference
 *
 * Returns: (transfer full): the reference, or what is said before there is one
 */
char *
mash_words_reference (const char *reference)
{
  return g_strdup (reference != NULL && *reference != '\0' ? reference : _("New"));
}

static gboolean
counts_down (const MashClockRule *rule,
             gint64               due,
             gint64               now)
{
  return rule->leads || due - now <= COUNT_DOWN;
}

/**
 * mash_words_clock_first:
 * @rule: the clock's rule
 * @reading: what the clock reads
 * @due: when it is due
 * @now: microseconds since 1970
 *
 * Returns: (transfer full): the first line of a clock, what is left
 */
char *
mash_words_clock_first (const MashClockRule    *rule,
                        const MashClockReading *reading,
                        gint64                  due,
                        gint64                  now)
{
  g_autofree char *span = NULL;

  switch (reading->state)
    {
    case MASH_CLOCK_HELD:
      return g_strdup (_("Held in time"));

    case MASH_CLOCK_BROKEN:
      return g_strdup (_("Held late"));

    case MASH_CLOCK_LATE:
      span = mash_words_span (reading->late_minutes * MASH_TIME_MINUTE);
      /* Translators: %s is a span of time, such as 35 min. */
      return g_strdup_printf (_("Late by %s"), span);

    case MASH_CLOCK_NONE:
      span = mash_words_span (reading->elapsed_usec);
      /* Translators: %s is the time since a clock without a limit started. */
      return g_strdup_printf (_("%s so far"), span);

    case MASH_CLOCK_RUNNING:
    case MASH_CLOCK_WARNING:
    default:
      break;
    }

  if (!counts_down (rule, due, now))
    return mash_words_until (due, now);

  /* A limit in hours is counted in hours, however many are left. */
  span = dup_hours ((due - now) / MASH_TIME_MINUTE);
  /* Translators: %s is a span of time, such as 39 h 20 min. */
  return g_strdup_printf (_("%s left"), span);
}

static guint
minutes_of (const MashClockRule *rule,
            const char          *brag)
{
  int index = mash_brag_index (brag);

  if (!rule->by_brag)
    return rule->limit_minutes;

  return index >= 0 ? rule->brag_minutes[index] : 0;
}

/* The limit itself, such as "2 h" or "1 working day"; NULL where there is none to name. */
static char *
limit_words (const MashClockRule *rule,
             const char          *brag)
{
  guint minutes = minutes_of (rule, brag);

  if (rule->red_same_day && g_strcmp0 (brag, "R") == 0)
    return g_strdup (_("same day"));

  switch (rule->unit)
    {
    case MASH_UNIT_ELAPSED:
    case MASH_UNIT_BUSINESS_HOURS:
      if (minutes == 0)
        return NULL;
      if (minutes % 60 != 0)
        return g_strdup_printf (_("%d min"), (int) minutes);
      return g_strdup_printf (_("%d h"), (int) (minutes / 60));

    case MASH_UNIT_WORKING_DAYS:
      return g_strdup_printf (ngettext ("%u working day", "%u working days", rule->limit),
                              rule->limit);

    case MASH_UNIT_CALENDAR_DAYS:
      return g_strdup_printf (ngettext ("%u day", "%u days", rule->limit), rule->limit);

    case MASH_UNIT_SAME_DAY:
      return g_strdup (_("same day"));

    case MASH_UNIT_MONTHS:
      return g_strdup_printf (ngettext ("%u month", "%u months", rule->limit), rule->limit);

    case MASH_UNIT_REPORT_ONLY:
    default:
      return NULL;
    }
}

/**
 * mash_words_limit:
 * @rule: a clock's rule
 * @brag: (nullable): the urgency, for a limit that goes by it
 * @whole: say days too; a table has room for hours only
 *
 * Returns: (transfer full): whose rule it is and how long, such as "local 2 h"
 */
char *
mash_words_limit (const MashClockRule *rule,
                  const char          *brag,
                  gboolean             whole)
{
  g_autofree char *limit = limit_words (rule, brag);
  gboolean hours = rule->unit == MASH_UNIT_ELAPSED || rule->unit == MASH_UNIT_BUSINESS_HOURS;
  const char *owner = rule->statutory ? _("statutory") : _("local");

  if (limit == NULL || (!whole && !hours))
    return g_strdup (owner);
  if (rule->statutory)
    return g_strdup_printf ("%s, %s", owner, limit);

  return g_strdup_printf ("%s %s", owner, limit);
}

/* "Strategy 15:58, 14 min early" of a clock that has stopped. */
static char *
stopped_words (const char *name,
               gint64      due,
               gint64      stopped,
               gint64      now)
{
  g_autofree char *at = mash_words_until (stopped, now);
  g_autofree char *span = mash_words_span (due - stopped);

  if (due == MASH_TIME_NEVER)
    return mash_words_join (" ", name, at, NULL);
  if (stopped <= due)
    /* Translators: name of a clock, when it stopped, how long before it was due. */
    return g_strdup_printf (_("%s %s, %s early"), name, at, span);

  /* Translators: name of a clock, when it stopped, how long after it was due. */
  return g_strdup_printf (_("%s %s, %s late"), name, at, span);
}

/**
 * mash_words_clock_second:
 * @rule: the clock's rule
 * @reading: what it reads
 * @brag: (nullable): the urgency, for a limit that goes by it
 * @due: when it is due
 * @stopped: when it stopped; 0 while it runs
 * @now: microseconds since 1970
 * @whole: say limits in days too
 *
 * Returns: (transfer full): the second line of a clock: which, until when, and whose rule
 */
char *
mash_words_clock_second (const MashClockRule    *rule,
                         const MashClockReading *reading,
                         const char             *brag,
                         gint64                  due,
                         gint64                  stopped,
                         gint64                  now,
                         gboolean                whole)
{
  g_autofree char *limit = mash_words_limit (rule, brag, whole);
  g_autofree char *what = NULL;
  g_autofree char *until = NULL;

  if (stopped != 0)
    {
      what = stopped_words (rule->short_label, due, stopped, now);
    }
  else if (reading->state == MASH_CLOCK_LATE ||
           (reading->state != MASH_CLOCK_NONE && counts_down (rule, due, now)))
    {
      until = mash_words_until (due, now);
      /* Translators: name of a clock, and the time it is due. */
      what = g_strdup_printf (_("%s by %s"), rule->short_label, until);
    }
  else
    {
      what = g_strdup (rule->short_label);
    }

  return g_strdup_printf ("%s · %s", what, limit);
}

/**
 * mash_words_clock:
 * @policy: the policy in force
 * @type: (nullable): the clock's id, such as `T02`
 * @brag: (nullable): the urgency
 * @started: when it started
 * @due: when it is due; 0 or %MASH_TIME_NEVER without a limit
 * @stopped: when it stopped; 0 while it runs
 * @now: microseconds since 1970
 * @whole: say limits in days too
 * @first: (out): the first line
 * @second: (out): the second line
 *
 * The one way from a clock to its two lines, for trays and contacts alike.
 *
 * Returns: the state to show; %MASH_CLOCK_NONE where there is no such clock
 */
MashClockState
mash_words_clock (MashPolicy  *policy,
                  const char  *type,
                  const char  *brag,
                  gint64       started,
                  gint64       due,
                  gint64       stopped,
                  gint64       now,
                  gboolean     whole,
                  char       **first,
                  char       **second)
{
  const MashClockRule *rule = type != NULL ? mash_policy_find_clock (policy, type) : NULL;
  MashClockReading reading = { MASH_CLOCK_NONE };
  MashCalendar *calendar = NULL;

  if (rule == NULL)
    {
      *first = g_strdup (_("No clock runs"));
      *second = g_strdup ("");
      return MASH_CLOCK_NONE;
    }

  if (due == 0)
    due = MASH_TIME_NEVER;
  if (rule->calendar != NULL)
    calendar = mash_policy_get_calendar (policy, rule->calendar);
  mash_clock_rule_read (rule, calendar, started, due, stopped, 0, now, &reading);
  *first = mash_words_clock_first (rule, &reading, due, now);
  *second = mash_words_clock_second (rule, &reading, brag, due, stopped, now, whole);

  return reading.state;
}
