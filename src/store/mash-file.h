/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Small files of the program's own folder, replaced as a whole or not at all.
 *
 * It reads and writes bytes below an open folder; it knows no format.
 */

#include <glib.h>

G_BEGIN_DECLS

/* Where a replacement or a removal stands; a test may end the process at any of them. */
typedef enum
{
  MASH_FILE_STEP_OPENED,
  MASH_FILE_STEP_WRITTEN,
  MASH_FILE_STEP_SYNCED,
  MASH_FILE_STEP_RENAMED,
  MASH_FILE_STEP_DONE,
  MASH_FILE_STEP_REMOVED,
} MashFileStep;

typedef void (*MashFileHook) (MashFileStep step,
                              gpointer     user_data);

int      mash_file_open_folder (const char    *folder,
                                GError       **error);
gboolean mash_file_check       (int            folder_fd,
                                const char    *name,
                                gsize         *size,
                                GError       **error);
GBytes  *mash_file_read        (int            folder_fd,
                                const char    *name,
                                gsize          max_size,
                                GError       **error);
gboolean mash_file_write_all   (int            fd,
                                const guint8  *data,
                                gsize          length);
gboolean mash_file_replace     (int            folder_fd,
                                const char    *name,
                                const guint8  *data,
                                gsize          length,
                                GError       **error);
gboolean mash_file_remove      (int            folder_fd,
                                const char    *name,
                                gboolean       is_folder,
                                GError       **error);
void     mash_file_set_hook    (MashFileHook   hook,
                                gpointer       user_data);

G_END_DECLS
