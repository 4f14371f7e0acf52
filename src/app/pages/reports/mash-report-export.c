/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-report-export.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mash-file-picker.h"
#include "mash-paper-pdf.h"
#include "mash-time.h"

/* What is to be saved, until it is known where: a paper, or a table. */
typedef struct
{
  MashPage  *page;
  MashPaper *paper;
  GBytes    *table;
} Export;

static void
export_free (Export *self)
{
  g_object_unref (self->page);
  g_clear_pointer (&self->paper, mash_paper_unref);
  g_clear_pointer (&self->table, g_bytes_unref);
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
on_file_chosen_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (Export) self = user_data;
  g_autoptr (GFile) file = mash_file_picker_open_finish (result);

  if (file == NULL)
    return;

  if (self->paper != NULL)
    mash_paper_save_async (self->paper, FALSE, file, NULL, on_pdf_saved_cb,
                           g_object_ref (self->page));
  else
    g_file_replace_contents_bytes_async (file, self->table, NULL, FALSE,
                                         G_FILE_CREATE_PRIVATE |
                                         G_FILE_CREATE_REPLACE_DESTINATION, NULL,
                                         on_csv_saved_cb, g_object_ref (self->page));
}

static void
choose_file (Export     *self,
             const char *report,
             int         first_day,
             int         last_day)
{
  g_autofree char *from = mash_date_format (first_day);
  g_autofree char *to = mash_date_format (last_day);
  g_autofree char *name = g_strdup_printf ("%s-%s-to-%s.%s", report, from, to,
                                           self->paper != NULL ? "pdf" : "csv");

  mash_file_picker_save_async (GTK_WIDGET (self->page), _("Save the report"), name,
                               on_file_chosen_cb, self);
}

/**
 * mash_report_export_paper:
 * @page: the page that shows the report
 * @report: what the name of the file begins with
 * @first_day: the first day that the report is of
 * @last_day: the last one
 * @paper: (transfer full): the report for paper
 *
 * Asks where to, and saves it there as PDF. The name of the file says the period, and nobody’s
 * name.
 */
void
mash_report_export_paper (MashPage   *page,
                          const char *report,
                          int         first_day,
                          int         last_day,
                          MashPaper  *paper)
{
  Export *self = g_new0 (Export, 1);

  self->page = g_object_ref (page);
  self->paper = paper;
  choose_file (self, report, first_day, last_day);
}

/**
 * mash_report_export_table:
 * @page: the page that shows the report
 * @report: what the name of the file begins with
 * @first_day: the first day that the report is of
 * @last_day: the last one
 * @csv: the report as CSV
 *
 * Asks where to, and saves it there for a spreadsheet, as mash_report_export_paper() does.
 */
void
mash_report_export_table (MashPage   *page,
                          const char *report,
                          int         first_day,
                          int         last_day,
                          const char *csv)
{
  Export *self = g_new0 (Export, 1);
  /* Without the mark, spreadsheets take it for another character set. */
  char *marked = g_strconcat ("\357\273\277", csv, NULL);

  self->page = g_object_ref (page);
  self->table = g_bytes_new_take (marked, strlen (marked));
  choose_file (self, report, first_day, last_day);
}
