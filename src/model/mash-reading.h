/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What mash-reader says about a file: a list of names and values.
 *
 * The helper writes it, the program that started the helper reads it and trusts none of it. On the
 * pipe each name and each value stands behind its length, four bytes, big end first; the last name
 * is `end`, and its value the number of pairs before it, so that a list cut short is noticed. Here
 * is only the list; what the names mean is for those who write and read it.
 */

#include <glib-object.h>

G_BEGIN_DECLS

#define MASH_READING_MAX_BYTES (16 * 1024 * 1024)

typedef struct _MashReading MashReading;

MashReading *mash_reading_new        (void) G_GNUC_WARN_UNUSED_RESULT;
MashReading *mash_reading_from_bytes (GBytes       *bytes) G_GNUC_WARN_UNUSED_RESULT;
GBytes      *mash_reading_to_bytes   (MashReading  *self) G_GNUC_WARN_UNUSED_RESULT;
void         mash_reading_free       (MashReading  *self);
void         mash_reading_add        (MashReading  *self,
                                      const char   *name,
                                      const char   *value);
guint        mash_reading_get_length (MashReading  *self);
const char  *mash_reading_get_name   (MashReading  *self,
                                      guint         i);
const char  *mash_reading_get_value  (MashReading  *self,
                                      guint         i);
const char  *mash_reading_find       (MashReading  *self,
                                      const char   *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashReading, mash_reading_free)

G_END_DECLS
