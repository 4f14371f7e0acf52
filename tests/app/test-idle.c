/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-idle.h"
#include "mash-policy-reader.h"

/* When a desk that was left warns and locks, by the shipped policy: five minutes, thirty in a
 * discussion, a minute's warning, twelve hours in all. */

static const struct
{
  const char *name;
  double      untouched;   /* minutes */
  double      open;        /* minutes */
  gboolean    discussing;
  MashIdle    idle;
  guint       seconds;
} rows[] = {
  { "at-once", 0, 0, FALSE, MASH_IDLE_STAY, 0 },
  { "reading", 3.9, 60, FALSE, MASH_IDLE_STAY, 0 },
  { "warned", 4.0, 60, FALSE, MASH_IDLE_WARN_LEFT, 60 },
  { "last-second", 4.9999, 60, FALSE, MASH_IDLE_WARN_LEFT, 1 },
  { "left", 5, 60, FALSE, MASH_IDLE_LOCK, 0 },
  { "asleep", 600, 60, FALSE, MASH_IDLE_LOCK, 0 },
  { "talking", 5, 60, TRUE, MASH_IDLE_STAY, 0 },
  { "talking-long", 29.5, 60, TRUE, MASH_IDLE_WARN_LEFT, 30 },
  { "talked", 30, 60, TRUE, MASH_IDLE_LOCK, 0 },
  { "long-day", 0, 719.5, FALSE, MASH_IDLE_WARN_LONG, 30 },
  { "too-long", 0, 720, FALSE, MASH_IDLE_LOCK, 0 },
  { "too-long-talking", 0, 720, TRUE, MASH_IDLE_LOCK, 0 },
  { "left-first", 4.5, 719.2, FALSE, MASH_IDLE_WARN_LEFT, 30 },
};

static gint64
from_minutes (double minutes)
{
  return (gint64) (minutes * 60 * G_USEC_PER_SEC);
}

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (&error);
  guint seconds;

  g_assert_no_error (error);
  g_assert_cmpint (mash_idle_judge (policy, from_minutes (rows[i].untouched),
                                    from_minutes (rows[i].open), rows[i].discussing, &seconds),
                   ==, rows[i].idle);
  g_assert_cmpuint (seconds, ==, rows[i].seconds);
}

/* Work that takes long ends with a warning, never with a lock. */
static void
test_grace (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (&error);

  g_assert_no_error (error);
  for (guint discussing = 0; discussing < 2; discussing++)
    {
      gint64 grace = mash_idle_get_grace (policy, discussing);
      guint seconds;

      g_assert_cmpint (mash_idle_judge (policy, grace, 0, discussing, &seconds), ==,
                       MASH_IDLE_STAY);
      g_assert_cmpint (mash_idle_judge (policy, grace + 2 * G_USEC_PER_SEC, 0, discussing,
                                        &seconds), ==, MASH_IDLE_WARN_LEFT);
    }
}

/* A desk without a policy locks all the same. */
static void
test_no_policy (void)
{
  guint seconds;

  g_assert_cmpint (mash_idle_judge (NULL, from_minutes (5), 0, TRUE, &seconds), ==,
                   MASH_IDLE_LOCK);
  g_assert_cmpint (mash_idle_judge (NULL, 0, from_minutes (720), FALSE, &seconds), ==,
                   MASH_IDLE_LOCK);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/idle/%s", rows[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  g_test_add_func ("/idle/grace", test_grace);
  g_test_add_func ("/idle/no-policy", test_no_policy);

  return g_test_run ();
}
