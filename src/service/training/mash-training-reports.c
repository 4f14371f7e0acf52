/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-training-reports.h"

#include "mash-time.h"

#define DAYS 7

/* Two teams, week by week: 285 in six weeks, as in Walsall, where the seventh was not in yet. */
static const struct
{
  const char *team;
  guint       counts[MASH_TRAINING_WEEKS - 1];
} teams[] = {
  { "Assessment team east", { 21, 26, 23, 25, 22, 24 } },
  { "Assessment team west", { 23, 25, 24, 24, 24, 24 } },
};

static void
add_week (MashTrainingHub        *self,
          const MashTrainingPlan *plan,
          MashGroup              *group,
          int                     monday,
          guint                   place)
{
  g_autofree char *week = mash_date_format (monday);
  guint usual = plan->weeks * MASH_TRAINING_CONTACTS_PER_WEEK;

  for (guint i = 0; i < G_N_ELEMENTS (teams); i++)
    {
      MashEdit *edit = mash_training_hub_add (self, group, "assessment-count", NULL);
      guint64 count = teams[i].counts[place % G_N_ELEMENTS (teams[i].counts)];

      mash_edit_set_text (edit, "week", week);
      mash_edit_set_text (edit, "team", teams[i].team);
      mash_edit_set_text (edit, "measure", "CFA");
      mash_edit_set_int (edit, "count", (gint64) (count * plan->contacts / usual));
      mash_edit_set_text (edit, "source", "Weekly return of the team manager");
    }
}

/**
 * mash_training_add_counts:
 * @self: a hub on which everything else is done
 * @plan: what hub it is
 * @error: return location
 *
 * A manager enters what the teams counted: every whole week from Monday on, but for the last.
 *
 * Returns: %TRUE when it was entered
 */
gboolean
mash_training_add_counts (MashTrainingHub        *self,
                          const MashTrainingPlan *plan,
                          GError                **error)
{
  g_autoptr (MashGroup) group = mash_group_new ("report-count", NULL);
  int last = mash_time_get_local_day (plan->until);
  int first = last - (int) plan->weeks * DAYS + 1;
  guint n = 0;

  for (int day = first; day + DAYS - 1 <= last && n + 1 < plan->weeks; day++)
    {
      if (mash_date_get_weekday (day) == 1)
        add_week (self, plan, group, day, n++);
    }

  return n == 0 ||
         mash_training_hub_submit (self, MASH_TRAINING_MANAGER, plan->until, group, error);
}
