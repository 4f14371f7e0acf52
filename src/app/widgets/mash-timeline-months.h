/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Months as one number, years × 12 + month − 1, and where they are drawn, for whoever counts in
 * them. */

#include "mash-time.h"

/* The month in which a day lies; days since 1970. */
static inline int
mash_timeline_month_of (int day)
{
  g_autofree char *date = mash_date_format (day);

  return (int) g_ascii_strtoll (date, NULL, 10) * 12 +
         (int) g_ascii_strtoll (date + 5, NULL, 10) - 1;
}

/* The first day of a month. */
static inline int
mash_timeline_month_start (int month)
{
  g_autofree char *date = g_strdup_printf ("%04d-%02d-01", month / 12, month % 12 + 1);
  int day = 0;

  return mash_date_parse (date, &day) ? day : 0;
}

/* Sorts an array of months. */
static inline int
mash_timeline_compare_months (gconstpointer a,
                              gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

/* Lines stand on whole pixels, or they are grey and wide. */
static inline double
mash_timeline_snap (double x)
{
  return (double) (int) (x + .5);
}
