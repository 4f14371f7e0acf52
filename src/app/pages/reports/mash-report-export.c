/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-report-export.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mash-file-picker.h"
#include "mash-paper-pdf.h"
#include "mash-service-reports.h"
#include "mash-time.h"
#include "mash-weekly-paper.h"

/* What is to be saved, until it is known where. */
typedef struct
{
  MashPage   *page;
  MashWeekly *weekly;
  gboolean    as_csv;
} Export;

static void
export_free (Export *self)
{
  g_object_unref (self->page);
  mash_weekly_unref (self->weekly);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
say (MashPage *page,
     gboolean  saved,
     GError   *error)
{
  if (saved)
    mash_page_say (page, _("The report is saved"));
  else
    mash_page_say_error (page, error);
}

static void
on_pdf_saved_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (MashPage) page = user_data;
  GError *error = NULL;
  gboolean saved = mash_paper_save_finish (result, &error);

  say (page, saved, error);
}

static void
on_csv_saved_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (MashPage) page = user_data;
  GError *error = NULL;
  gboolean saved = g_file_replace_contents_finish (G_FILE (object), result, NULL, &error);

  say (page, saved, error);
}

static void
save_csv (Export *self,
          GFile  *file)
{
  g_autofree char *csv = mash_service_dup_weekly_csv (self->weekly);
  /* Without the mark, spreadsheets take it for another character set. */
  g_autofree char *marked = g_strconcat ("\357\273\277", csv, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (marked, strlen (marked));

  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE |
                                       G_FILE_CREATE_REPLACE_DESTINATION, NULL,
                                       on_csv_saved_cb, g_object_ref (self->page));
}

static void
on_file_chosen_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (Export) self = user_data;
  g_autoptr (GFile) file = mash_file_picker_open_finish (result);
  g_autoptr (MashPaper) paper = NULL;

  if (file == NULL)
    return;
  if (self->as_csv)
    {
      save_csv (self, file);
      return;
    }

  paper = mash_report_export_dup_paper (self->page, self->weekly);
  mash_paper_save_async (paper, FALSE, file, NULL, on_pdf_saved_cb, g_object_ref (self->page));
}

/**
 * mash_report_export_dup_paper:
 * @page: the page that shows the report
 * @weekly: the report
 *
 * Returns: (transfer full): the report for paper
 */
MashPaper *
mash_report_export_dup_paper (MashPage   *page,
                              MashWeekly *weekly)
{
  g_autofree char *hub = NULL;

  g_object_get (mash_page_get_service (page), "hub-name", &hub, NULL);

  return mash_weekly_paper_new (weekly, hub);
}

/**
 * mash_report_export_save:
 * @page: the page that shows the report
 * @weekly: the report
 * @as_csv: for a spreadsheet, and not PDF
 *
 * Asks where to, and saves it there. The name of the file says the period and nobody’s name.
 */
void
mash_report_export_save (MashPage   *page,
                         MashWeekly *weekly,
                         gboolean    as_csv)
{
  g_autofree char *from = mash_date_format (weekly->first_day);
  g_autofree char *to = mash_date_format (weekly->last_day);
  g_autofree char *name = g_strdup_printf ("weekly-report-%s-to-%s.%s", from, to,
                                           as_csv ? "csv" : "pdf");
  Export *self = g_new0 (Export, 1);

  self->page = g_object_ref (page);
  self->weekly = mash_weekly_ref (weekly);
  self->as_csv = as_csv;
  mash_file_picker_save_async (GTK_WIDGET (page), _("Save the report"), name, on_file_chosen_cb,
                               self);
}

void
mash_report_export_print (MashPage   *page,
                          MashWeekly *weekly)
{
  g_autoptr (MashPaper) paper = mash_report_export_dup_paper (page, weekly);

  mash_page_print (page, paper);
}
