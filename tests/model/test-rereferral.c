/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "mash-rereferral.h"
#include "mash-time.h"

static gint64
from_local (const char *local)
{
  gint64 usec = 0;

  g_assert_true (mash_time_from_local (local, FALSE, &usec));

  return usec;
}

/* The first two are rule 7 and scenario 5. */
static void
test_window (void)
{
  static const struct { const char *earlier, *received; gboolean within; } rows[] = {
    { "2024-02-29 12:00", "2025-02-28 23:59", TRUE },
    { "2024-02-29 12:00", "2025-03-01 00:00", FALSE },
    { "2025-11-20 09:00", "2026-11-20 17:00", TRUE },
    { "2025-11-20 17:00", "2026-11-21 00:00", FALSE },
    { "2025-11-20 17:00", "2025-11-20 17:00", TRUE },
    { "2025-11-20 17:00", "2025-11-20 16:59", FALSE },
    /* By local date: half past midnight in summer is the day before on UTC. */
    { "2025-06-30 00:30", "2026-06-30 23:30", TRUE },
    { "2025-06-30 00:30", "2026-07-01 00:10", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_true (mash_rereferral_is_within (from_local (rows[i].earlier),
                                              from_local (rows[i].received), 12) ==
                   rows[i].within);
}

static void
test_counts (void)
{
  static const struct { const char *kind, *outcome; gboolean step_up, counts; } rows[] = {
    { "REF", NULL, FALSE, TRUE },   { "CON", "O05", FALSE, TRUE },  { "CON", "O12", FALSE, TRUE },
    { "CON", "O01", FALSE, FALSE }, { "CON", "O02", FALSE, FALSE }, { "ADV", NULL, FALSE, FALSE },
    { "ADV", "O05", FALSE, FALSE }, { "NOT", NULL, FALSE, FALSE },  { "OPEN", NULL, FALSE, FALSE },
    { "CON", "O20", FALSE, FALSE }, { "CON", "O16", FALSE, FALSE }, { "CON", "O08", FALSE, FALSE },
    { "REF", "O05", TRUE, FALSE },  { "REF", NULL, TRUE, FALSE },   { NULL, NULL, FALSE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_true (mash_rereferral_counts (rows[i].kind, rows[i].outcome, rows[i].step_up) ==
                   rows[i].counts);
}

static void
test_class (void)
{
  MashEarlierContact earlier[] = {
    { from_local ("2024-02-29 12:00"), TRUE },
    { from_local ("2024-11-01 12:00"), FALSE },
    { from_local ("2023-01-10 12:00"), TRUE },
    { from_local ("2025-06-01 12:00"), TRUE },
  };
  guint which;

  g_assert_cmpstr (mash_rereferral_class (from_local ("2025-02-28 10:00"), TRUE, earlier, 3,
                                          &which), ==, "within_12m");
  g_assert_cmpuint (which, ==, 0);
  g_assert_cmpstr (mash_rereferral_class (from_local ("2025-03-01 10:00"), TRUE, earlier, 3,
                                          &which), ==, "after_12m");
  g_assert_cmpuint (which, ==, 0);

  /* What came later, and what came at the same moment, is not earlier. */
  g_assert_cmpstr (mash_rereferral_class (from_local ("2025-03-01 10:00"), TRUE, earlier, 4,
                                          &which), ==, "after_12m");
  g_assert_cmpstr (mash_rereferral_class (earlier[2].received, TRUE, earlier, 4, &which), ==,
                   "none");
  g_assert_cmpuint (which, ==, MASH_NO_CONTACT);

  /* Contacts that are no referrals do not count, on either side. */
  g_assert_cmpstr (mash_rereferral_class (from_local ("2024-12-01 10:00"), TRUE, earlier + 1, 1,
                                          &which), ==, "contact_only_before");
  g_assert_cmpuint (which, ==, 0);
  g_assert_cmpstr (mash_rereferral_class (from_local ("2024-12-01 10:00"), FALSE, earlier, 3,
                                          &which), ==, "none");
  g_assert_cmpuint (which, ==, 0);
  g_assert_cmpstr (mash_rereferral_class (from_local ("2024-12-01 10:00"), TRUE, NULL, 0, NULL),
                   ==, "none");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rereferral/window", test_window);
  g_test_add_func ("/rereferral/counts", test_counts);
  g_test_add_func ("/rereferral/class", test_class);

  return g_test_run ();
}
