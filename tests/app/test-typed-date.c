/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-typed-date.h"

typedef struct
{
  const char    *text;
  MashTypedKind  kind;
  const char    *value;
} Case;

static const Case dates[] = {
  { NULL, MASH_TYPED_NOTHING, "" },
  { "", MASH_TYPED_NOTHING, "" },
  { "  ", MASH_TYPED_NOTHING, "" },
  { "4 Mar 2020", MASH_TYPED_DATE, "2020-03-04" },
  { "4 march 2020", MASH_TYPED_DATE, "2020-03-04" },
  { "4th March, 2020", MASH_TYPED_DATE, "2020-03-04" },
  { "March 4 2020", MASH_TYPED_DATE, "2020-03-04" },
  { "4/3/2020", MASH_TYPED_DATE, "2020-03-04" },
  { "04.03.2020", MASH_TYPED_DATE, "2020-03-04" },
  { "2020-03-04", MASH_TYPED_DATE, "2020-03-04" },
  { "born 4/3/2020", MASH_TYPED_DATE, "2020-03-04" },
  { "due 20 Jan 2027", MASH_TYPED_DATE, "2027-01-20" },
  { "29 Feb 2024", MASH_TYPED_DATE, "2024-02-29" },
  { "29 Feb 2023", MASH_TYPED_WRONG, "" },
  { "31/4/2020", MASH_TYPED_WRONG, "" },
  { "3/13/2020", MASH_TYPED_WRONG, "" },
  { "0/1/2020", MASH_TYPED_WRONG, "" },
  { "4/3/20", MASH_TYPED_WRONG, "" },
  { "Mar 2020", MASH_TYPED_PART, "2020-03" },
  { "Sept 2019", MASH_TYPED_PART, "2019-09" },
  { "3/2020", MASH_TYPED_PART, "2020-03" },
  { "2020-03", MASH_TYPED_PART, "2020-03" },
  { "13/2020", MASH_TYPED_WRONG, "" },
  { "2020", MASH_TYPED_PART, "2020" },
  { "about 2020", MASH_TYPED_PART, "2020" },
  { "1200", MASH_TYPED_WRONG, "" },
  { "about 3", MASH_TYPED_AGE, "2023" },
  { "About 30", MASH_TYPED_AGE, "1996" },
  { "3 years old", MASH_TYPED_AGE, "2023" },
  { "aged 3", MASH_TYPED_AGE, "2023" },
  { "8 months", MASH_TYPED_AGE, "2026" },
  { "18 months", MASH_TYPED_AGE, "2025" },
  { "6 weeks", MASH_TYPED_AGE, "2026" },
  { "about 100", MASH_TYPED_AGE, "1926" },
  { "about 200", MASH_TYPED_WRONG, "" },
  { "3", MASH_TYPED_WRONG, "" },
  { "about", MASH_TYPED_WRONG, "" },
  { "tomorrow", MASH_TYPED_WRONG, "" },
  { "ma 2020", MASH_TYPED_WRONG, "" },
  { "1 2 3 4 5 6", MASH_TYPED_WRONG, "" },
};

static void
test_dates (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      char value[11];
      MashTypedKind kind = mash_typed_date_parse (dates[i].text, "2026-10-13", value);

      if (kind != dates[i].kind ||
          g_strcmp0 (kind == MASH_TYPED_WRONG ? "" : value, dates[i].value) != 0)
        g_error ("“%s” was read as %d “%s”", dates[i].text, kind, value);
    }
}

typedef struct
{
  const char    *text;
  MashTypedKind  kind;
  const char    *instant;
} TimeCase;

/* Now is 13 October 2026, 13:28 in summer time: 12:28 UTC. */
static const TimeCase times[] = {
  { "", MASH_TYPED_NOTHING, NULL },
  { "11:20", MASH_TYPED_DATE, "2026-10-13T10:20:00Z" },
  { "9.05", MASH_TYPED_DATE, "2026-10-13T08:05:00Z" },
  { "today 11:20", MASH_TYPED_DATE, "2026-10-13T10:20:00Z" },
  { "yesterday 23:59", MASH_TYPED_DATE, "2026-10-12T22:59:00Z" },
  { "13 Oct 11:20", MASH_TYPED_DATE, "2026-10-13T10:20:00Z" },
  { "13 Oct 2026, 11:20", MASH_TYPED_DATE, "2026-10-13T10:20:00Z" },
  { "1/11/2026 11:20", MASH_TYPED_DATE, "2026-11-01T11:20:00Z" },
  { "29 Feb 11:20", MASH_TYPED_WRONG, NULL },
  { "25:00", MASH_TYPED_WRONG, NULL },
  { "11:60", MASH_TYPED_WRONG, NULL },
  { "13 Oct", MASH_TYPED_WRONG, NULL },
  { "noon", MASH_TYPED_WRONG, NULL },
};

static void
test_times (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 ("2026-10-13T12:28:00Z", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      gint64 instant;
      MashTypedKind kind = mash_typed_time_parse (times[i].text,
                                                  g_date_time_to_unix (now) * G_USEC_PER_SEC,
                                                  &instant);
      g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
      g_autofree char *text = g_date_time_format_iso8601 (at);

      if (kind != times[i].kind ||
          (times[i].instant != NULL && g_strcmp0 (text, times[i].instant) != 0))
        g_error ("“%s” was read as %d “%s”", times[i].text, kind, text);
    }
}

/* What is written can be typed again and means the same. */
static void
test_written_can_be_typed (void)
{
  static const char *const values[] = { "2020", "2020-03", "2020-03-04", "1999-12-31" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = mash_typed_date_format (values[i]);
      char value[11];

      mash_typed_date_parse (text, "2026-10-13", value);
      g_assert_cmpstr (value, ==, values[i]);
    }
}

static void
test_ages (void)
{
  g_assert_cmpint (mash_typed_date_get_age ("2020-03-04", "2026-10-13"), ==, 6);
  g_assert_cmpint (mash_typed_date_get_age ("2020-10-13", "2026-10-13"), ==, 6);
  g_assert_cmpint (mash_typed_date_get_age ("2020-10-14", "2026-10-13"), ==, 5);
  g_assert_cmpint (mash_typed_date_get_age ("2020-11", "2026-10-13"), ==, 5);
  g_assert_cmpint (mash_typed_date_get_age ("2020", "2026-10-13"), ==, 5);
  g_assert_cmpint (mash_typed_date_get_age ("2027-01-20", "2026-10-13"), ==, 0);
  g_assert_cmpint (mash_typed_date_get_age (NULL, "2026-10-13"), ==, -1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/typed-date/dates", test_dates);
  g_test_add_func ("/typed-date/times", test_times);
  g_test_add_func ("/typed-date/written-can-be-typed", test_written_can_be_typed);
  g_test_add_func ("/typed-date/ages", test_ages);

  return g_test_run ();
}
