/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Asks for a file to read, or for a folder.
 *
 * The one place that knows which chooser of the toolkit asks.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

void   mash_file_picker_open_async  (GtkWidget           *parent,
                                     const char          *title,
                                     const char          *filter_name,
                                     const char          *pattern,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
void   mash_file_picker_choose_folder_async (GtkWidget           *parent,
                                             const char          *title,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
void   mash_file_picker_save_async  (GtkWidget           *parent,
                                     const char          *title,
                                     const char          *name,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
GFile *mash_file_picker_open_finish (GAsyncResult        *result) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
