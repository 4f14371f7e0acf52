/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A paper as a file: PDF, plain text, or a picture of a page; and on a printer.
 *
 * Everything that takes longer than a frame is done on a thread of its own or in steps. No file is
 * left half written, and none can be read by others than its owner.
 */

#include <gtk/gtk.h>

#include "mash-paper.h"

G_BEGIN_DECLS

/* A4, in points */
#define MASH_PAPER_WIDTH  (210.0 / 25.4 * 72.0)
#define MASH_PAPER_HEIGHT (297.0 / 25.4 * 72.0)

GBytes  *mash_paper_make_pdf      (MashPaper           *paper,
                                   guint               *n_pages,
                                   GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void     mash_paper_make_pdf_async (MashPaper           *paper,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
GBytes  *mash_paper_make_pdf_finish (GAsyncResult        *result,
                                     GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean mash_paper_write_picture (MashPaper           *paper,
                                   guint                page,
                                   const char          *path,
                                   GError             **error);
void     mash_paper_save_async    (MashPaper           *paper,
                                   gboolean             as_text,
                                   GFile               *file,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean mash_paper_save_finish   (GAsyncResult        *result,
                                   GError             **error);
void     mash_paper_print_async   (MashPaper           *paper,
                                   GtkWindow           *parent,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean mash_paper_print_finish  (GAsyncResult        *result,
                                   gboolean            *handed_over,
                                   GError             **error);
GtkPrintOperation *
         mash_paper_new_operation (MashPaper           *paper) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
