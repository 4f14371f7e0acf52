/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Times something of ours against something bare that does the same work, turn by turn in one run,
 * so that what else the computer does falls on both. It knows nothing of what is timed. */

#include <glib.h>

G_BEGIN_DECLS

/* One turn: gives the seconds that it took, or a negative number where it failed. */
typedef double (*MashBenchTurn) (gpointer data);

typedef struct
{
  const char   *what;        /* such as "start to first frame" */
  const char   *bare_name;   /* what it is held against */
  double        target;      /* how many times as long ours may take; 0: not said */
  guint         turns;       /* of each */
  MashBenchTurn ours;
  MashBenchTurn bare;
} MashBenchPair;

gboolean mash_bench_start    (int                   argc,
                              char                **argv);
gboolean mash_bench_compare  (const MashBenchPair  *pair,
                              gpointer              data);
double   mash_bench_get_peak (void);

G_END_DECLS
