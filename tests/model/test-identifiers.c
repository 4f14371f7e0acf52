/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "mash-identifiers.h"

/* The first three are the check values of domain 3.8. */
static void
test_upn (void)
{
  static const struct { const char *text; gboolean valid; } rows[] = {
    { "T850728973744", TRUE },   { "H801200001001", TRUE },   { "A850728973744", FALSE },
    { "T850728973745", FALSE },  { "T850728973474", FALSE },  { "t850728973744", FALSE },
    { "T85072897374", FALSE },   { "T8507289737440", FALSE }, { "T85072897374A", FALSE },
    { "S850728973744", FALSE },  { "T8507 2897374", FALSE },  { "", FALSE },
    { "T", FALSE },              { NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_true (mash_upn_check (rows[i].text) == rows[i].valid);
}

static void
test_nhs_number (void)
{
  static const struct { const char *text; gboolean valid; } rows[] = {
    { "9434765919", TRUE },   { "9434765918", FALSE },  { "9434756919", FALSE },
    { "943476591", FALSE },   { "94347659190", FALSE }, { "943 476 5919", FALSE },
    { "943476591A", FALSE },  { "1111111111", FALSE },  { "0000000000", FALSE },
    { "", FALSE },            { NULL, FALSE },
    /* The sum leaves 1, so that the check would be 10: no last digit makes it a number. */
    { "4000000080", FALSE },  { "4000000081", FALSE },  { "4000000004", TRUE },
    /* The sum leaves nothing, and 11 is 0. */
    { "4000000020", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_true (mash_nhs_number_check (rows[i].text) == rows[i].valid);
}

/* Of the ten last digits at most one fits; none where the check would be 10. */
static void
test_nhs_number_property (void)
{
  guint without = 0;

  for (guint i = 0; i < 2000; i++)
    {
      guint start = (guint) g_test_rand_int_range (400000000, 499999999);
      guint valid = 0;

      for (guint last = 0; last < 10; last++)
        {
          g_autofree char *text = g_strdup_printf ("%u%u", start, last);

          valid += mash_nhs_number_check (text);
        }
      g_assert_cmpuint (valid, <=, 1);
      without += valid == 0;
    }
  g_assert_cmpuint (without, >, 0);
  g_assert_cmpuint (without, <, 400);
}

static void
test_normalize (void)
{
  static const struct { const char *typed; const char *kept; } rows[] = {
    { "943 476 5919", "9434765919" }, { " t850728973744\n", "T850728973744" },
    { "943-476-5919", "9434765919" }, { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *kept = mash_identifiers_normalize (rows[i].typed);

      g_assert_cmpstr (kept, ==, rows[i].kept);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/identifiers/upn", test_upn);
  g_test_add_func ("/identifiers/nhs-number", test_nhs_number);
  g_test_add_func ("/identifiers/nhs-number-property", test_nhs_number_property);
  g_test_add_func ("/identifiers/normalize", test_normalize);

  return g_test_run ();
}
