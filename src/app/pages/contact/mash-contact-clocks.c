/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-contact-clocks.h"

static gboolean
read_run (MashEntity   *clock,
          MashPolicy   *policy,
          MashClockRun *run)
{
  const char *type = mash_entity_get_text (clock, "type");
  const char *started = mash_entity_get_text (clock, "started-at");
  const char *due = mash_entity_get_text (clock, "due-at");
  const char *stopped = mash_entity_get_text (clock, "stopped-at");

  run->rule = type != NULL ? mash_policy_find_clock (policy, type) : NULL;
  run->due = MASH_TIME_NEVER;
  run->stopped = 0;
  if (run->rule == NULL || started == NULL || !mash_time_parse (started, &run->started))
    return FALSE;
  if (due != NULL && !mash_time_parse (due, &run->due))
    return FALSE;

  return stopped == NULL || mash_time_parse (stopped, &run->stopped);
}

/* The clock that a tray shows comes first; report-only ones and those without a limit do not
 * come. */
static int
compare_runs (gconstpointer a,
              gconstpointer b)
{
  const MashClockRun *left = a;
  const MashClockRun *right = b;

  if ((left->stopped == 0) != (right->stopped == 0))
    return left->stopped == 0 ? -1 : 1;
  if (left->stopped != 0)
    return (left->stopped < right->stopped) - (left->stopped > right->stopped);

  return mash_clock_run_compare (left, right);
}

/**
 * mash_contact_clocks_list:
 * @file: an open contact
 * @policy: the policy in force
 *
 * Returns: (transfer full) (element-type MashClockRun): its clocks that have a limit: those that
 *   run, the nearest first, then those that have stopped, the last one first
 */
GArray *
mash_contact_clocks_list (MashContactFile *file,
                          MashPolicy      *policy)
{
  GListModel *clocks = mash_contact_file_get_list (file, "clock");
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (MashClockRun));

  for (guint i = 0; i < g_list_model_get_n_items (clocks); i++)
    {
      g_autoptr (MashEntity) clock = g_list_model_get_item (clocks, i);
      MashClockRun run;

      if (read_run (clock, policy, &run) && run.due != MASH_TIME_NEVER &&
          run.rule->unit != MASH_UNIT_MONTHS)
        g_array_append_val (runs, run);
    }
  g_array_sort (runs, compare_runs);

  return runs;
}
