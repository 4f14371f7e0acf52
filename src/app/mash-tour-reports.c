/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tour-reports.h"

#include "mash-paper-pdf.h"
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

/* Leaves the report as PDF, and its pages as pictures. */
void
mash_tour_reports_write (MashTour *tour)
{
  const char *folder = mash_tour_get_folder (tour);
  g_autoptr (MashPaper) paper = mash_reports_page_dup_paper (get_page (tour));
  g_autofree char *path = g_build_filename (folder, "weekly-report.pdf", NULL);
  g_autoptr (GError) error = NULL;
  guint n_pages;
  g_autoptr (GBytes) bytes = mash_paper_make_pdf (paper, &n_pages, &error);
  gsize length;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  if (data == NULL || !g_file_set_contents (path, data, (gssize) length, &error))
    mash_tour_give_up (tour, error->message);

  for (guint i = 0; i < n_pages; i++)
    {
      g_autofree char *name = g_strdup_printf ("weekly-report-page-%u.png", i + 1);
      g_autofree char *picture = g_build_filename (folder, name, NULL);

      if (!mash_paper_write_picture (paper, i, picture, &error))
        mash_tour_give_up (tour, "A page of the report was not drawn");
    }
}
