/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tour-reports.h"

#include "mash-reports-page.h"
#include "mash-weekly.h"

static MashReportsPage *
get_page (MashTour *tour)
{
  GtkWidget *page = mash_tour_find (tour, MASH_TYPE_REPORTS_PAGE, NULL);

  if (page == NULL)
    mash_tour_give_up (tour, "The reports are not shown");

  return MASH_REPORTS_PAGE (page);
}

void
mash_tour_reports_show (MashTour *tour)
{
  mash_tour_activate (tour, "win.reports", NULL);
}

gboolean
mash_tour_reports_are_read (MashTour *tour)
{
  return mash_reports_page_is_filled (get_page (tour));
}

void
mash_tour_reports_open_rest (MashTour *tour)
{
  mash_reports_page_open_line (get_page (tour), MASH_FIGURE_REST);
}

gboolean
mash_tour_reports_rows_are_read (MashTour *tour)
{
  return mash_reports_page_get_n_rows (get_page (tour)) > 0;
}

void
mash_tour_reports_write (MashTour *tour)
{
  g_autoptr (MashPaper) paper = mash_reports_page_dup_paper (get_page (tour));

  mash_tour_write_paper (tour, paper, "weekly-report");
}
