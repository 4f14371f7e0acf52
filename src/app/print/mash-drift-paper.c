/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-drift-paper.h"

#include <glib/gi18n.h>

#include "mash-weekly-chart.h"

#define N_COLUMNS 6

static void
add_row (MashPaper    *paper,
         MashPaperRow  look,
         char        **texts)
{
  MashPaperCell cells[N_COLUMNS] = { { NULL } };

  for (guint i = 0; i < N_COLUMNS; i++)
    cells[i].text = texts[i];
  mash_paper_add_row (paper, look, cells);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (texts[i]);
}

static void
add_week (MashPaper           *paper,
          MashPaperRow         look,
          const char          *title,
          const MashDriftWeek *week)
{
  char *texts[N_COLUMNS] = {
    g_strdup (title), g_strdup_printf ("%u", week->needed),
    g_strdup_printf ("%u", week->compliant),
  };

  for (guint i = 0; i < MASH_N_DRIFTS; i++)
    texts[N_COLUMNS - MASH_N_DRIFTS + i] = mash_drift_dup_words (
      week->counted[i] > 0 ? week->median[i] : -1);
  add_row (paper, look, texts);
}

static void
add_weeks (MashPaper       *paper,
           const MashDrift *drift)
{
  const MashPaperColumn columns[N_COLUMNS] = {
    { _("Week from"), 24, FALSE },
    { _("Needed"), 12, TRUE },
    { _("Compliant"), 14, TRUE },
    { mash_drift_span_label (MASH_DRIFT_TO_START), 16, TRUE },
    { mash_drift_span_label (MASH_DRIFT_TO_SIGNED), 16, TRUE },
    { mash_drift_span_label (MASH_DRIFT_TO_CIRCULATED), 18, TRUE },
  };

  mash_paper_add_heading (paper, _("Week by week, the middle discussion of each"));
  mash_paper_begin_table (paper, columns, N_COLUMNS);
  for (guint i = 0; i < drift->weeks->len; i++)
    {
      const MashDriftWeek *week = &g_array_index (drift->weeks, MashDriftWeek, i);
      g_autofree char *day = mash_weekly_dup_day (week->first_day, TRUE);

      add_week (paper, MASH_PAPER_ROW_PLAIN, day, week);
    }
  add_week (paper, MASH_PAPER_ROW_STRONG, _("All"), &drift->all);
}

static void
add_discussions (MashPaper       *paper,
                 const MashDrift *drift,
                 MashPolicy      *policy)
{
  const MashPaperColumn columns[N_COLUMNS] = {
    { _("Contact"), 24, FALSE },
    { _("Discussion"), 12, TRUE },
    { _("State"), 14, FALSE },
    { mash_drift_span_label (MASH_DRIFT_TO_START), 16, TRUE },
    { mash_drift_span_label (MASH_DRIFT_TO_SIGNED), 16, TRUE },
    { mash_drift_span_label (MASH_DRIFT_TO_CIRCULATED), 18, TRUE },
  };

  mash_paper_add_heading (paper, _("Discussions, the one that waited longest first"));
  mash_paper_begin_table (paper, columns, N_COLUMNS);
  for (guint i = 0; i < drift->rows->len; i++)
    {
      const MashDriftRow *row = g_ptr_array_index (drift->rows, i);
      char *texts[N_COLUMNS] = {
        g_strdup (row->reference), g_strdup_printf ("%u", row->number),
        g_strdup (mash_policy_get_label (policy, "SDS", row->state)),
      };

      for (guint s = 0; s < MASH_N_DRIFTS; s++)
        texts[N_COLUMNS - MASH_N_DRIFTS + s] =
          mash_drift_dup_words (mash_drift_row_get_span (row, s, 0));
      add_row (paper, MASH_PAPER_ROW_PLAIN, texts);
    }
}

/**
 * mash_drift_paper_new:
 * @drift: a report
 * @policy: the policy, for its words
 * @hub: the name of the hub
 *
 * Returns: (transfer full): the report for paper; no name of anybody is in it
 */
MashPaper *
mash_drift_paper_new (const MashDrift *drift,
                      MashPolicy      *policy,
                      const char      *hub)
{
  g_autofree char *from = mash_weekly_dup_day (drift->first_day, TRUE);
  g_autofree char *to = mash_weekly_dup_day (drift->last_day, TRUE);
  g_autofree char *period = g_strdup_printf (_("%s to %s"), from, to);
  MashPaper *paper = mash_paper_new (&(MashPaperHead) {
    .title = _("Drift of strategy discussions"), .reference = period, .note = hub,
  });

  mash_paper_add_title (paper, _("Drift of strategy discussions"));
  mash_paper_add_text (paper, period);
  mash_paper_add_quiet (paper, _("Discussions are counted in the week in which the need for them "
                                 "was identified. A conference is counted from the discussion at "
                                 "which section 47 was decided."));
  add_weeks (paper, drift);
  add_discussions (paper, drift, policy);

  return paper;
}
