/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Remembers the records that were read from the tables, and what was asked to find them, while one
 * connection alone writes to them: whoever fills a hub asks the same of a contact again and again.
 * It reads and writes nothing itself. */

#include "mash-record.h"

G_BEGIN_DECLS

typedef struct _MashRowMemory MashRowMemory;

MashRowMemory *mash_row_memory_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void           mash_row_memory_free      (MashRowMemory  *self);

MashRecord    *mash_row_memory_lookup    (MashRowMemory  *self,
                                          const MashKind *kind,
                                          const char     *id) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray     *mash_row_memory_list      (MashRowMemory  *self,
                                          const MashKind *kind,
                                          guint           field,
                                          const char     *value) G_GNUC_WARN_UNUSED_RESULT;
void           mash_row_memory_keep      (MashRowMemory  *self,
                                          MashRecord     *record);
void           mash_row_memory_keep_list (MashRowMemory  *self,
                                          const MashKind *kind,
                                          guint           field,
                                          const char     *value,
                                          GPtrArray      *records);
void           mash_row_memory_replace   (MashRowMemory  *self,
                                          MashRecord     *before,
                                          MashRecord     *after);
void           mash_row_memory_forget    (MashRowMemory  *self);

G_END_DECLS
