/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-file-picker.h"

#include <glib/gi18n.h>

static void
write_nothing (GtkRecentManager *manager)
{
}

/* The toolkit notes each file that was chosen in a list that every program can read, and a file
 * that somebody sent may be named after the family. Settings could only empty the whole list,
 * other programs’ files and all; this leaves it as it is. */
static void
leave_no_trace (void)
{
  static GtkRecentManagerClass *recent;

  if (recent != NULL)
    return;
  recent = g_type_class_ref (GTK_TYPE_RECENT_MANAGER);
  recent->changed = write_nothing;
}

static void
on_response_cb (GtkNativeDialog *dialog,
                int              response,
                gpointer         user_data)
{
  g_autoptr (GTask) task = user_data;
  GFile *file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  g_task_return_pointer (task, file, g_object_unref);
}

/**
 * mash_file_picker_open_async:
 * @parent: a widget of the window that asks
 * @title: what the file is for
 * @filter_name: the name of the kind of file offered
 * @pattern: a glob of its names, such as `*.xml`
 * @callback: called when the user has chosen or gone back
 * @user_data: passed to @callback
 */
void
mash_file_picker_open_async (GtkWidget           *parent,
                             const char          *title,
                             const char          *filter_name,
                             const char          *pattern,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (parent));
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (title, window, GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), NULL);

  leave_no_trace ();
  g_task_set_source_tag (task, mash_file_picker_open_async);
  /* Nothing else keeps a native dialog alive until it answers. */
  g_task_set_task_data (task, chooser, g_object_unref);
  gtk_file_filter_set_name (filter, filter_name);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/**
 * mash_file_picker_choose_folder_async:
 * @parent: a widget of the window that asks
 * @title: what the folder is for
 * @callback: called when the user has chosen or gone back; mash_file_picker_open_finish() answers
 * @user_data: passed to @callback
 */
void
mash_file_picker_choose_folder_async (GtkWidget           *parent,
                                      const char          *title,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (parent));
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (title, window, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                 _("_Choose"), NULL);

  leave_no_trace ();
  g_task_set_source_tag (task, mash_file_picker_choose_folder_async);
  g_task_set_task_data (task, chooser, g_object_unref);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/**
 * mash_file_picker_save_async:
 * @parent: a widget of the window that asks
 * @title: what the file is for
 * @name: the name that it is offered under; never a person’s
 * @callback: called when the user has chosen or gone back
 * @user_data: passed to @callback
 *
 * Use mash_file_picker_open_finish().
 */
void
mash_file_picker_save_async (GtkWidget           *parent,
                             const char          *title,
                             const char          *name,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (parent));
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (title, window, GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);

  leave_no_trace ();
  g_task_set_source_tag (task, mash_file_picker_save_async);
  g_task_set_task_data (task, chooser, g_object_unref);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/**
 * mash_file_picker_open_finish:
 * @result: what the callback was given
 *
 * Returns: (transfer full) (nullable): the file; %NULL when the user went back
 */
GFile *
mash_file_picker_open_finish (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
