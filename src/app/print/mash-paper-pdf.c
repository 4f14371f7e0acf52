/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-paper-pdf.h"

#include <cairo-pdf.h>
#include <string.h>

#include "mash-paper-layout.h"
#include "mash-paper-private.h"

/* How long one step of setting may take: well within a frame. */
#define STEP_USEC 4000

/* A picture of a page has so many pixels to the point. */
#define PICTURE_SCALE 1.5

/* What is to be written where. */
typedef struct
{
  MashPaper *paper;
  GFile     *file;
  gboolean   as_text;
} Save;

/* A paper on its way to a printer. */
typedef struct
{
  MashPaper       *paper;
  MashPaperLayout *layout;
} Job;

static void
save_free (Save *save)
{
  mash_paper_unref (save->paper);
  g_object_unref (save->file);
  g_free (save);
}

static void
job_free (Job *job)
{
  g_clear_pointer (&job->layout, mash_paper_layout_free);
  mash_paper_unref (job->paper);
  g_free (job);
}

static cairo_status_t
append_cb (void                *bytes,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (bytes, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check (cairo_status_t   status,
       GError         **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, cairo_status_to_string (status));

  return FALSE;
}

/**
 * mash_paper_make_pdf:
 * @paper: a paper
 * @n_pages: (out) (optional): how many pages it has
 * @error: return location
 *
 * Sets and draws a whole paper, with its fonts in it and its title, and the name of nobody, in its
 * properties. Any thread, and none that draws a window: it takes as long as it takes.
 *
 * Returns: (transfer full) (nullable): the PDF
 */
GBytes *
mash_paper_make_pdf (MashPaper  *paper,
                     guint      *n_pages,
                     GError    **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, bytes,
                                                                  MASH_PAPER_WIDTH,
                                                                  MASH_PAPER_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  MashPaperLayout *layout = mash_paper_layout_new (paper, cr, MASH_PAPER_WIDTH,
                                                   MASH_PAPER_HEIGHT);
  g_autofree char *title = paper->reference != NULL
                           ? g_strdup_printf ("%s %s", paper->title, paper->reference)
                           : g_strdup (paper->title);
  cairo_status_t status;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "MASH Desk");
  if (paper->made_at != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, paper->made_at);
  mash_paper_layout_step (layout, -1);
  for (guint i = 0; i < mash_paper_layout_get_n_pages (layout); i++)
    {
      mash_paper_layout_draw (layout, cr, i);
      cairo_show_page (cr);
    }
  if (n_pages != NULL)
    *n_pages = mash_paper_layout_get_n_pages (layout);
  mash_paper_layout_free (layout);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  return check (status, error) ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

static void
make_pdf_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  GError *error = NULL;
  GBytes *bytes = mash_paper_make_pdf (task_data, NULL, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/**
 * mash_paper_make_pdf_async:
 * @paper: a paper
 * @cancellable: (nullable): to stop it
 * @callback: called with the PDF
 * @user_data: for @callback
 *
 * Sets and draws on a thread of its own.
 */
void
mash_paper_make_pdf_async (MashPaper           *paper,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_assert (paper != NULL);

  g_task_set_source_tag (task, mash_paper_make_pdf_async);
  g_task_set_task_data (task, mash_paper_ref (paper), (GDestroyNotify) mash_paper_unref);
  g_task_run_in_thread (task, make_pdf_thread);
}

GBytes *
mash_paper_make_pdf_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * mash_paper_write_picture:
 * @paper: a paper
 * @page: which page, from 0
 * @path: where the PNG goes
 * @error: return location
 *
 * Draws a page as it is drawn in the PDF.
 *
 * Returns: %TRUE when there is such a page, and it is written
 */
gboolean
mash_paper_write_picture (MashPaper   *paper,
                          guint        page,
                          const char  *path,
                          GError     **error)
{
  cairo_surface_t *surface;
  cairo_t *cr;
  MashPaperLayout *layout;
  cairo_status_t status = CAIRO_STATUS_SUCCESS;
  gboolean there;

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                        (int) (MASH_PAPER_WIDTH * PICTURE_SCALE),
                                        (int) (MASH_PAPER_HEIGHT * PICTURE_SCALE));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, PICTURE_SCALE, PICTURE_SCALE);
  layout = mash_paper_layout_new (paper, cr, MASH_PAPER_WIDTH, MASH_PAPER_HEIGHT);
  mash_paper_layout_step (layout, -1);
  there = page < mash_paper_layout_get_n_pages (layout);
  if (there)
    {
      mash_paper_layout_draw (layout, cr, page);
      status = cairo_surface_write_to_png (surface, path);
    }
  mash_paper_layout_free (layout);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  return check (status, error) && there;
}

static gboolean
write_bytes (GFile         *file,
             GBytes        *bytes,
             GCancellable  *cancellable,
             GError       **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return g_file_replace_contents (file, data, length, NULL, FALSE,
                                  G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                  NULL, cancellable, error);
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Save *save = task_data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (save->as_text)
    {
      char *text = mash_paper_dup_text (save->paper);

      bytes = g_bytes_new_take (text, strlen (text));
    }
  else
    {
      bytes = mash_paper_make_pdf (save->paper, NULL, &error);
    }
  if (bytes != NULL && write_bytes (save->file, bytes, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * mash_paper_save_async:
 * @paper: a paper
 * @as_text: plain text, and not PDF
 * @file: where it goes; what is there is replaced
 * @cancellable: (nullable): to stop it
 * @callback: called when it is written whole, or not at all
 * @user_data: for @callback
 *
 * Sets, draws and writes on a thread of its own.
 */
void
mash_paper_save_async (MashPaper           *paper,
                       gboolean             as_text,
                       GFile               *file,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Save *save = g_new0 (Save, 1);

  g_assert (paper != NULL && G_IS_FILE (file));

  save->paper = mash_paper_ref (paper);
  save->file = g_object_ref (file);
  save->as_text = as_text;
  g_task_set_source_tag (task, mash_paper_save_async);
  g_task_set_task_data (task, save, (GDestroyNotify) save_free);
  g_task_run_in_thread (task, save_thread);
}

gboolean
mash_paper_save_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* GTK calls this again and again from an idle source until it says that all is set. */
static gboolean
on_paginate_cb (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                Job               *job)
{
  if (job->layout == NULL)
    job->layout = mash_paper_layout_new (job->paper, gtk_print_context_get_cairo_context (context),
                                         gtk_print_context_get_width (context),
                                         gtk_print_context_get_height (context));
  if (!mash_paper_layout_step (job->layout, STEP_USEC))
    return FALSE;

  gtk_print_operation_set_n_pages (operation, (int) mash_paper_layout_get_n_pages (job->layout));

  return TRUE;
}

static void
on_draw_page_cb (GtkPrintOperation *operation,
                 GtkPrintContext   *context,
                 int                page,
                 Job               *job)
{
  mash_paper_layout_draw (job->layout, gtk_print_context_get_cairo_context (context),
                          (guint) page);
}

static void
destroy_job_cb (gpointer  data,
                GClosure *closure)
{
  job_free (data);
}

/**
 * mash_paper_new_operation:
 * @paper: a paper
 *
 * Returns: (transfer full): an operation that sets the paper in steps and draws it page by page
 */
GtkPrintOperation *
mash_paper_new_operation (MashPaper *paper)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  GtkPaperSize *size = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  Job *job = g_new0 (Job, 1);

  job->paper = mash_paper_ref (paper);
  gtk_page_setup_set_paper_size (setup, size);
  gtk_paper_size_free (size);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, paper->title);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_show_progress (operation, TRUE);
  g_signal_connect_data (operation, "paginate", G_CALLBACK (on_paginate_cb), job, destroy_job_cb,
                         0);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page_cb), job);

  return operation;
}

static void
on_done_cb (GtkPrintOperation      *operation,
            GtkPrintOperationResult result,
            GTask                  *task)
{
  GError *error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      g_task_return_error (task, error);
    }
  else
    {
      g_task_return_int (task, result == GTK_PRINT_OPERATION_RESULT_APPLY);
    }
  g_object_unref (task);
}

/**
 * mash_paper_print_async:
 * @paper: a paper
 * @parent: (nullable): the window over which the printers are shown
 * @cancellable: (nullable): unused, a print is cancelled in its dialog
 * @callback: called when it is in the printer’s queue, or was called off
 * @user_data: for @callback
 */
void
mash_paper_print_async (MashPaper           *paper,
                        GtkWindow           *parent,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GtkPrintOperation *operation;
  GTask *task;

  g_assert (paper != NULL);

  operation = mash_paper_new_operation (paper);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, mash_paper_print_async);
  g_task_set_task_data (task, operation, g_object_unref);
  g_signal_connect (operation, "done", G_CALLBACK (on_done_cb), task);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}

/**
 * mash_paper_print_finish:
 * @result: the result
 * @handed_over: (out): whether the printer has it; %FALSE when it was called off
 * @error: return location
 *
 * Returns: %FALSE when it could not be printed
 */
gboolean
mash_paper_print_finish (GAsyncResult  *result,
                         gboolean      *handed_over,
                         GError       **error)
{
  gssize applied;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  applied = g_task_propagate_int (G_TASK (result), error);
  *handed_over = applied > 0;

  return applied >= 0;
}
