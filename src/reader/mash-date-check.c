/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-reader"

#include "config.h"

#include "mash-date-check.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_YEAR 1850
#define LAST_YEAR 2199

static gboolean
matches (const char *text,
         const char *pattern)
{
  return g_regex_match_simple (pattern, text, G_REGEX_DOLLAR_ENDONLY, 0);
}

/* What is wrong with a text that does not even look like a date. */
static MashFault
explain (const char *text)
{
  if (*text == '\0')
    return MASH_FAULT_DATE_FORM;
  if (g_ascii_isspace (*text) || g_ascii_isspace (text[strlen (text) - 1]))
    return MASH_FAULT_DATE_PADDED;
  if (matches (text, "^[0-9]{4}(-[0-9]{2}){0,2}(Z|[+-][0-9]{2}:[0-9]{2}|T.*)$"))
    return MASH_FAULT_DATE_ZONE;
  if (matches (text, "^0+(-[0-9]{1,2}){0,2}$"))
    return MASH_FAULT_DATE_YEAR_ZERO;
  if (matches (text, "^[+-]?[0-9]+(-[0-9]{1,2}){0,2}$") &&
      !matches (text, "^[0-9]{4}(-|$)"))
    return MASH_FAULT_DATE_YEAR_FORM;

  return MASH_FAULT_DATE_FORM;
}

/**
 * mash_date_check:
 * @text: what stands where a date should
 * @partial: whether a year, or a year and month, is enough
 *
 * Any thread.
 *
 * Returns: what is wrong with it, or %MASH_FAULT_NONE
 */
MashFault
mash_date_check (const char *text,
                 gboolean    partial)
{
  int year, month = 1, day = 1;

  if (!matches (text, partial ? "^[0-9]{4}(-[0-9]{2}){0,2}$" : "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))
    return explain (text);

  year = atoi (text);
  if (strlen (text) >= 7)
    month = atoi (text + 5);
  if (strlen (text) == 10)
    day = atoi (text + 8);
  if (year == 0)
    return MASH_FAULT_DATE_YEAR_ZERO;
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return MASH_FAULT_DATE_NO_SUCH_DAY;
  if (year < FIRST_YEAR || year > LAST_YEAR)
    return MASH_FAULT_DATE_YEAR_RANGE;

  return MASH_FAULT_NONE;
}

/**
 * mash_date_check_past:
 * @text: a date that mash_date_check() let pass
 * @today: today's date, in full
 *
 * Returns: %MASH_FAULT_DATE_FUTURE when the day, month or year has not begun
 */
MashFault
mash_date_check_past (const char *text,
                      const char *today)
{
  return strncmp (text, today, strlen (text)) > 0 ? MASH_FAULT_DATE_FUTURE : MASH_FAULT_NONE;
}

/**
 * mash_time_read:
 * @text: what stands where a time should: ISO 8601 with its offset
 *
 * Returns: (transfer full) (nullable): the UTC instant as the model writes it, or %NULL
 */
char *
mash_time_read (const char *text)
{
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GDateTime) utc = NULL;

  if (!matches (text, "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,6})?)?"
                "(Z|[+-][0-9]{2}:[0-9]{2})$"))
    return NULL;

  if (text[16] == ':')
    {
      time = g_date_time_new_from_iso8601 (text, NULL);
    }
  else
    {
      g_autofree char *full = g_strdup_printf ("%.16s:00%s", text, text + 16);

      time = g_date_time_new_from_iso8601 (full, NULL);
    }
  utc = time != NULL ? g_date_time_to_utc (time) : NULL;
  if (utc == NULL || g_date_time_get_year (utc) < FIRST_YEAR ||
      g_date_time_get_year (utc) > LAST_YEAR)
    return NULL;

  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
                          g_date_time_get_year (utc), g_date_time_get_month (utc),
                          g_date_time_get_day_of_month (utc), g_date_time_get_hour (utc),
                          g_date_time_get_minute (utc), g_date_time_get_second (utc),
                          g_date_time_get_microsecond (utc) / 1000);
}
