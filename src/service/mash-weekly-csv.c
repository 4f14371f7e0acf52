/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "mash-csv-out.h"
#include "mash-service-reports.h"
#include "mash-time.h"

static void
add_head (MashCsvOut       *out,
          const MashWeekly *weekly)
{
  mash_csv_out_add_text (out, _("Line"));
  mash_csv_out_add_text (out, _("Total"));
  mash_csv_out_add_text (out, _("Average a week"));
  mash_csv_out_add_text (out, _("Weeks"));
  for (guint i = 0; i < weekly->n_weeks; i++)
    {
      g_autofree char *day = mash_date_format (weekly->weeks[i].first_day);

      mash_csv_out_add_text (out, day);
    }
  mash_csv_out_add_text (out, _("Definition"));
  mash_csv_out_end_row (out);
}

static void
add_figure (MashCsvOut       *out,
            const MashWeekly *weekly,
            MashFigure        figure)
{
  guint weeks = figure == MASH_FIGURE_ASSESSMENTS ? weekly->counted_weeks : weekly->n_weeks;

  mash_csv_out_add_text (out, mash_figure_get_label (figure));
  mash_csv_out_add_number (out, weekly->totals[figure]);
  mash_csv_out_add_number (out, mash_weekly_get_average (weekly, figure));
  mash_csv_out_add_number (out, weeks);
  for (guint i = 0; i < weekly->n_weeks; i++)
    {
      if (figure == MASH_FIGURE_ASSESSMENTS && !weekly->weeks[i].counted)
        mash_csv_out_add_text (out, NULL);
      else
        mash_csv_out_add_number (out, weekly->weeks[i].figures[figure]);
    }
  mash_csv_out_add_text (out, mash_figure_get_definition (figure));
  mash_csv_out_end_row (out);
}

static void
add_single (MashCsvOut *out,
            const char *label,
            gint64      number)
{
  mash_csv_out_add_text (out, label);
  mash_csv_out_add_number (out, number);
  mash_csv_out_end_row (out);
}

/**
 * mash_service_dup_weekly_csv:
 * @weekly: a report
 *
 * Writes the report as comma-separated text: a line a figure with total, average, the number of
 * weeks that it stands for, each week, and its definition; then children and families.
 *
 * Returns: (transfer full): the text
 */
char *
mash_service_dup_weekly_csv (const MashWeekly *weekly)
{
  MashCsvOut *out = mash_csv_out_new ();

  g_return_val_if_fail (weekly != NULL, NULL);

  add_head (out, weekly);
  for (guint i = 0; i < MASH_N_FIGURES; i++)
    add_figure (out, weekly, i);
  add_single (out, _("Difference"), mash_weekly_get_difference (weekly));
  add_single (out, _("Family groups"), weekly->people.families);
  add_single (out, _("Children"), weekly->people.children);
  add_single (out, _("Children in contacts"), weekly->people.child_contacts);
  add_single (out, _("Children in contacts, as known at period end"), weekly->people.at_end);
  add_single (out, _("Identified late"), weekly->people.late + weekly->people.identified);
  add_single (out, _("Not identified yet"), weekly->people.unknown);
  add_single (out, _("Contacts taken in after period end"), weekly->keyed_after);
  add_single (out, _("Open at period end, decided since"), weekly->decided_after);

  return mash_csv_out_free_to_text (out);
}
