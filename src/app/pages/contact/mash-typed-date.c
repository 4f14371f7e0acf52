/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-typed-date.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "mash-time.h"

#define MAX_PARTS  4
#define OLDEST     1890

static const char *const months[] = {
  "january", "february", "march", "april", "may", "june", "july", "august", "september",
  "october", "november", "december",
};

/* Words that people put before an age or a date and that say nothing but “roughly” or “on”. */
static const char *const fillers[] = {
  "about", "around", "approx", "approximately", "circa", "aged", "age", "born", "due", "on", "c",
};

static const char *const age_units[] = {
  "years", "year", "yrs", "yr", "y", "months", "month", "mths", "mth", "weeks", "week", "wks", "wk",
  "old",
};

static gboolean
is_one_of (const char        *word,
           const char *const *words,
           gsize              n_words)
{
  for (gsize i = 0; i < n_words; i++)
    if (g_str_equal (word, words[i]))
      return TRUE;

  return FALSE;
}

/* Gives the month's number, or 0: three letters are enough, any further ones must agree. */
static guint
find_month (const char *word)
{
  gsize length = strlen (word);

  if (length < 3)
    return 0;

  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    if (strncmp (word, months[i], length) == 0)
      return i + 1;

  return g_str_equal (word, "sept") ? 9 : 0;
}

static gboolean
is_number (const char *word)
{
  return *word != '\0' && strspn (word, "0123456789") == strlen (word);
}

/* “4th” and “1st” are numbers too. */
static void
drop_ordinal (char *word)
{
  gsize length = strlen (word);

  if (length > 2 && g_ascii_isdigit (word[0]) &&
      (g_str_has_suffix (word, "st") || g_str_has_suffix (word, "nd") ||
       g_str_has_suffix (word, "rd") || g_str_has_suffix (word, "th")))
    word[length - 2] = '\0';
}

static guint
split_words (const char  *text,
             char       **words)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_auto (GStrv) all = g_strsplit_set (g_strdelimit (lower, "/-.,", ' '), " \t\n", -1);
  guint n = 0;

  for (guint i = 0; all[i] != NULL; i++)
    {
      if (*all[i] == '\0')
        continue;
      if (n == MAX_PARTS)
        {
          for (guint j = 0; j < n; j++)
            g_clear_pointer (&words[j], g_free);
          return G_MAXUINT;
        }
      drop_ordinal (all[i]);
      words[n++] = g_strdup (all[i]);
    }

  return n;
}

static guint
read_year (const char *word)
{
  gsize length = strlen (word);
  guint year = is_number (word) ? (guint) g_ascii_strtoull (word, NULL, 10) : 0;

  return length == 4 && year >= OLDEST && year <= 2199 ? year : 0;
}

static MashTypedKind
make_date (guint day,
           guint month,
           guint year,
           char  value[11])
{
  if (year == 0 || month == 0 || day == 0 ||
      !g_date_valid_dmy ((GDateDay) MIN (day, 255), (GDateMonth) MIN (month, 13), (GDateYear) year))
    return MASH_TYPED_WRONG;

  g_snprintf (value, 11, "%04u-%02u-%02u", year, month, day);
  return MASH_TYPED_DATE;
}

static guint
read_small (const char *word)
{
  return is_number (word) && strlen (word) <= 2 ? (guint) g_ascii_strtoull (word, NULL, 10) : 0;
}

static MashTypedKind
parse_three (char **words,
             char   value[11])
{
  guint month = find_month (words[1]);

  if (read_year (words[0]) != 0)
    return make_date (read_small (words[2]), month != 0 ? month : read_small (words[1]),
                      read_year (words[0]), value);
  if (find_month (words[0]) != 0)
    return make_date (read_small (words[1]), find_month (words[0]), read_year (words[2]), value);

  return make_date (read_small (words[0]), month != 0 ? month : read_small (words[1]),
                    read_year (words[2]), value);
}

static MashTypedKind
parse_two (char **words,
           char   value[11])
{
  guint year = read_year (words[1]);
  guint month = find_month (words[0]) != 0 ? find_month (words[0]) : read_small (words[0]);

  if (year == 0)
    {
      year = read_year (words[0]);
      month = find_month (words[1]) != 0 ? find_month (words[1]) : read_small (words[1]);
    }
  if (year == 0 || month < 1 || month > 12)
    return MASH_TYPED_WRONG;

  g_snprintf (value, 11, "%04u-%02u", year, month);
  return MASH_TYPED_PART;
}

/* Somebody of three was born three years ago, give or take: the year is what a list can sort by. */
static MashTypedKind
parse_age (char      **words,
           guint       n,
           const char *today,
           char        value[11])
{
  guint year = (guint) g_ascii_strtoull (today, NULL, 10);
  guint age = read_small (words[0]);
  gboolean under_a_year = n > 1 && (words[1][0] == 'm' || words[1][0] == 'w');

  if (!is_number (words[0]) || strlen (words[0]) > 3)
    return MASH_TYPED_WRONG;
  for (guint i = 1; i < n; i++)
    if (!is_one_of (words[i], age_units, G_N_ELEMENTS (age_units)))
      return MASH_TYPED_WRONG;
  if (strlen (words[0]) == 3)
    age = (guint) g_ascii_strtoull (words[0], NULL, 10);
  if (age > 115)
    return MASH_TYPED_WRONG;

  g_snprintf (value, 11, "%04u", under_a_year ? year - age / (words[1][0] == 'm' ? 12 : 52)
                                              : year - age);
  return MASH_TYPED_AGE;
}

static MashTypedKind
parse_words (char      **words,
             guint       n,
             gboolean    rough,
             const char *today,
             char        value[11])
{
  if (n == 3)
    {
      MashTypedKind kind = parse_three (words, value);

      return kind != MASH_TYPED_WRONG ? kind : parse_age (words, n, today, value);
    }
  if (n == 2 && (read_year (words[1]) != 0 || read_year (words[0]) != 0))
    return parse_two (words, value);
  if (n == 1 && read_year (words[0]) != 0)
    {
      g_strlcpy (value, words[0], 11);
      return MASH_TYPED_PART;
    }
  if (n >= 1 && (rough || n > 1))
    return parse_age (words, n, today, value);

  return MASH_TYPED_WRONG;
}

/**
 * mash_typed_date_parse:
 * @text: (nullable): what was typed
 * @today: the local date today, `YYYY-MM-DD`: an age is counted back from it
 * @value: (out): gets the date, the part of it, or the year of birth that an age gives
 *
 * The day stands before the month: “4/3/2020” is in March. Two-digit years are not read, because a
 * guessed century makes a child of a grandparent. A bare number is no age; “about 3” or “3 years”
 * is. Any thread.
 *
 * Returns: what @text is; @value is only set for dates, parts and ages
 */
MashTypedKind
mash_typed_date_parse (const char *text,
                       const char *today,
                       char        value[11])
{
  char *words[MAX_PARTS] = { NULL, };
  guint first = 0;
  guint n;
  MashTypedKind kind = MASH_TYPED_WRONG;

  value[0] = '\0';

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return text == NULL ? MASH_TYPED_NOTHING : MASH_TYPED_WRONG;

  n = split_words (text, words);
  if (n == 0)
    return MASH_TYPED_NOTHING;
  if (n == G_MAXUINT)
    return MASH_TYPED_WRONG;

  while (first < n && is_one_of (words[first], fillers, G_N_ELEMENTS (fillers)))
    first++;
  if (first < n)
    kind = parse_words (words + first, n - first, first > 0, today, value);

  for (guint i = 0; i < n; i++)
    g_free (words[i]);

  return kind;
}

/* Takes “11:20”, “11.20” or “1120” off the end of @text. */
static gboolean
split_time (char  *text,
            guint *hour,
            guint *minute)
{
  char *start = strrchr (text, ' ');
  char *digits = start != NULL ? start + 1 : text;
  gsize length = strlen (digits);

  if ((length == 5 || length == 4) && (digits[length - 3] == ':' || digits[length - 3] == '.'))
    {
      *hour = (guint) g_ascii_strtoull (digits, NULL, 10);
      *minute = (guint) g_ascii_strtoull (digits + length - 2, NULL, 10);
    }
  else
    return FALSE;

  if (strspn (digits, "0123456789:.") != length || *hour > 23 || *minute > 59)
    return FALSE;

  *digits = '\0';
  g_strchomp (text);
  return TRUE;
}

/* Gives the day since 1970 that @text names, today where it names none. */
static gboolean
find_day (const char *text,
          gint64      now,
          int        *day)
{
  g_autofree char *today = mash_time_dup_local_date (now);
  g_autofree char *with_year = g_strdup_printf ("%s %.4s", text, today);
  char value[11];

  *day = mash_time_get_local_day (now);
  if (*text == '\0' || g_ascii_strcasecmp (text, "today") == 0)
    return TRUE;
  if (g_ascii_strcasecmp (text, "yesterday") == 0)
    {
      *day -= 1;
      return TRUE;
    }
  if (g_ascii_strcasecmp (text, "tomorrow") == 0)
    {
      *day += 1;
      return TRUE;
    }

  return (mash_typed_date_parse (text, today, value) == MASH_TYPED_DATE ||
          mash_typed_date_parse (with_year, today, value) == MASH_TYPED_DATE) &&
         mash_date_parse (value, day);
}

/**
 * mash_typed_time_parse:
 * @text: (nullable): what was typed, such as “11:20”, “13 Oct 11:20” or “yesterday 9:05”
 * @now: microseconds since 1970, UTC: gives the day and the year that were left out
 * @instant: (out): gets the instant in microseconds since 1970
 *
 * A day without a time is wrong: what happened at an unknown time has another field for that.
 * Times are those of Europe/London. Any thread.
 *
 * Returns: %MASH_TYPED_DATE, %MASH_TYPED_NOTHING or %MASH_TYPED_WRONG
 */
MashTypedKind
mash_typed_time_parse (const char *text,
                       gint64      now,
                       gint64     *instant)
{
  g_autofree char *rest = g_strstrip (g_strdup (text != NULL ? text : ""));
  guint hour, minute;
  int day;

  *instant = 0;

  if (*rest == '\0')
    return MASH_TYPED_NOTHING;
  if (!split_time (rest, &hour, &minute))
    return MASH_TYPED_WRONG;
  if (g_str_has_suffix (rest, ","))
    rest[strlen (rest) - 1] = '\0';
  if (!find_day (rest, now, &day))
    return MASH_TYPED_WRONG;

  *instant = mash_time_from_local_day (day, hour * MASH_TIME_HOUR + minute * MASH_TIME_MINUTE);
  return MASH_TYPED_DATE;
}

/**
 * mash_typed_date_format:
 * @value: (nullable): `YYYY`, `YYYY-MM` or `YYYY-MM-DD`
 *
 * Returns: (transfer full): “2020”, “Mar 2020” or “4 Mar 2020”, which can be typed again; “” for
 *   nothing
 */
char *
mash_typed_date_format (const char *value)
{
  static const char *const names[] = {
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"), N_("Jul"), N_("Aug"),
    N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
  };
  gsize length = value != NULL ? strlen (value) : 0;
  guint month = length >= 7 ? (guint) g_ascii_strtoull (value + 5, NULL, 10) : 0;

  if (length == 10 && month >= 1 && month <= 12)
    return g_strdup_printf ("%u %s %.4s", (guint) g_ascii_strtoull (value + 8, NULL, 10),
                            _(names[month - 1]), value);
  if (length == 7 && month >= 1 && month <= 12)
    return g_strdup_printf ("%s %.4s", _(names[month - 1]), value);

  return g_strdup (value != NULL ? value : "");
}

/**
 * mash_typed_time_format:
 * @instant: (nullable): a UTC instant in text
 *
 * Returns: (transfer full): “13 Oct 2026 11:20” in local time; “” for nothing
 */
char *
mash_typed_time_format (const char *instant)
{
  g_autofree char *local = NULL;
  g_autofree char *date = NULL;
  g_autofree char *day = NULL;
  gint64 at;

  if (instant == NULL || !mash_time_parse (instant, &at))
    return g_strdup ("");

  local = mash_time_dup_local (at);
  date = g_strndup (local, 10);
  day = mash_typed_date_format (date);

  return g_strdup_printf ("%s %.5s", day, local + 11);
}

/**
 * mash_typed_date_get_age:
 * @birth: (nullable): date of birth, whole or in part
 * @today: the local date today
 *
 * Returns: completed years; for a year or month alone what they at least are; -1 if not known
 */
int
mash_typed_date_get_age (const char *birth,
                         const char *today)
{
  int years;

  if (birth == NULL || strlen (birth) < 4)
    return -1;

  years = (int) g_ascii_strtoll (today, NULL, 10) - (int) g_ascii_strtoll (birth, NULL, 10);
  if (strlen (birth) < 10 ? strlen (birth) == 4 || strncmp (today + 5, birth + 5, 2) <= 0
                          : strcmp (today + 5, birth + 5) < 0)
    years--;

  return MAX (years, 0);
}
