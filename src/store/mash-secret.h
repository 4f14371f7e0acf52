/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Bytes that must not be left behind: a passphrase, a key, a seed.
 *
 * They lie in memory that is locked against swapping, fenced by guard pages, left out of core
 * dumps, and wiped when the last reference goes. Any thread may hold a reference.
 */

#include <glib-object.h>

G_BEGIN_DECLS

#define MASH_SECRET_MAX_TEXT 1024

typedef struct _MashSecret MashSecret;

#define MASH_TYPE_SECRET (mash_secret_get_type ())

GType         mash_secret_get_type       (void) G_GNUC_CONST;
MashSecret   *mash_secret_new_from_text  (const char    *passphrase,
                                          gssize         length,
                                          GError       **error) G_GNUC_WARN_UNUSED_RESULT;
MashSecret   *mash_secret_new_from_bytes (const guint8  *data,
                                          gsize          length) G_GNUC_WARN_UNUSED_RESULT;
MashSecret   *mash_secret_new_random     (gsize          length) G_GNUC_WARN_UNUSED_RESULT;
MashSecret   *mash_secret_new_part       (MashSecret    *self,
                                          gsize          offset,
                                          gsize          length) G_GNUC_WARN_UNUSED_RESULT;
MashSecret   *mash_secret_ref            (MashSecret    *self);
void          mash_secret_unref          (MashSecret    *self);
const guint8 *mash_secret_get_data       (MashSecret    *self,
                                          gsize         *length);
gsize         mash_secret_get_length     (MashSecret    *self);
gboolean      mash_secret_equal          (MashSecret    *self,
                                          MashSecret    *other);
void          mash_secret_wipe           (gpointer       data,
                                          gsize          length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashSecret, mash_secret_unref)

G_END_DECLS
