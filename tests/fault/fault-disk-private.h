/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What fault-calls.c, which takes the calls, tells fault-disk.c, which decides and remembers. */

#include "fault-disk.h"

G_BEGIN_DECLS

/* The path that is meant: after a cut the machine has started anew. */
const char *fault_disk_redirect  (const char *path);

/* Says whether a call on this path or descriptor is to be looked at. */
gboolean fault_disk_has_path     (const char *path);
char    *fault_disk_dup_path     (int         fd);
char    *fault_disk_join         (int         folder_fd,
                                  const char *name);

/* 0, or the number with which the call is to fail. A cut does not come back. */
int      fault_disk_meet         (FaultCall   call);

/* What was done, after it was done. */
void     fault_disk_note_open    (int         fd,
                                  const char *path,
                                  gboolean    is_new,
                                  gboolean    is_cut);
void     fault_disk_note_write   (int         fd,
                                  gint64      offset,
                                  const void *data,
                                  gsize       length);
void     fault_disk_note_length  (int         fd,
                                  gint64      length);
void     fault_disk_note_sync    (int         fd,
                                  const char *path);
void     fault_disk_note_rename  (const char *from,
                                  const char *to);
void     fault_disk_note_unlink  (const char *path);
void     fault_disk_note_folder  (const char *path);

G_END_DECLS
