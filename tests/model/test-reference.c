/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib.h>

#include "mash-reference.h"

static const char letters[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

static char *
make_random (void)
{
  guint8 random[8];

  for (guint i = 0; i < G_N_ELEMENTS (random); i++)
    random[i] = (guint8) g_test_rand_int_range (0, 256);

  return mash_reference_make (random);
}

static void
test_form (void)
{
  static const guint8 zeros[8] = { 0 };
  static const guint8 ones[8] = { 255, 255, 255, 255, 255, 255, 255, 255 };
  g_autofree char *lowest = mash_reference_make (zeros);
  g_autofree char *highest = mash_reference_make (ones);

  g_assert_cmpstr (lowest, ==, "2222-2222-2");
  g_assert_cmpuint (strlen (highest), ==, 11);
  g_assert_true (mash_reference_check (highest));
  g_assert_cmpuint (strlen (letters), ==, 31);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *reference = make_random ();

      g_assert_cmpuint (strlen (reference), ==, 11);
      for (guint c = 0; c < 11; c++)
        g_assert_true (c == 4 || c == 9 ? reference[c] == '-'
                                        : strchr (letters, reference[c]) != NULL);
      g_assert_true (mash_reference_check (reference));
    }
}

static void
test_typed (void)
{
  static const struct { const char *typed; const char *kept; } rows[] = {
    { "R7K2-M4QT-C", "R7K2-M4QT-C" }, { "r7k2m4qtc", "R7K2-M4QT-C" },
    { " r7k2 m4qt c ", "R7K2-M4QT-C" }, { "R7K2-M4QT-D", NULL }, { "R7K2-M4QT", NULL },
    { "R7K2-M4QT-CC", NULL }, { "R7K2-M4QT-O", NULL }, { "R7K2-M4Q1-C", NULL }, { "", NULL },
    { "R7K2-M4QT-é", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *kept = mash_reference_parse (rows[i].typed);

      g_assert_cmpstr (kept, ==, rows[i].kept);
      g_assert_true (mash_reference_check (rows[i].typed) ==
                     (g_strcmp0 (rows[i].typed, kept) == 0));
    }
  g_assert_false (mash_reference_check (NULL));
}

/* Every wrong character in every place, and every swap, of neighbours or not. */
static void
test_catches_slips (void)
{
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *reference = make_random ();

      for (guint at = 0; at < 11; at++)
        {
          char right = reference[at];

          if (right == '-')
            continue;
          for (guint wrong = 0; letters[wrong] != '\0'; wrong++)
            {
              reference[at] = letters[wrong];
              g_assert_true (mash_reference_check (reference) == (letters[wrong] == right));
            }
          reference[at] = right;
          for (guint other = 0; other < at; other++)
            {
              if (reference[other] == '-' || reference[other] == right)
                continue;
              reference[at] = reference[other];
              reference[other] = right;
              g_assert_false (mash_reference_check (reference));
              reference[other] = reference[at];
              reference[at] = right;
            }
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reference/form", test_form);
  g_test_add_func ("/reference/typed", test_typed);
  g_test_add_func ("/reference/catches-slips", test_catches_slips);

  return g_test_run ();
}
