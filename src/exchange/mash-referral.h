/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A referral as it came in a file: what mash-reader found in it, checked, and not yet part of the
 * hub.
 *
 * Immutable once read; any thread. It becomes part of the hub as one group of changes, all or
 * nothing. It decides nothing: level, urgency and state are none of the file's business.
 */

#include <gio/gio.h>

#include "mash-group.h"
#include "mash-id-source.h"
#include "mash-policy.h"
#include "mash-reader-client.h"

G_BEGIN_DECLS

typedef struct _MashReferral MashReferral;

#define MASH_TYPE_REFERRAL (mash_referral_get_type ())

GType         mash_referral_get_type     (void) G_GNUC_CONST;
GBytes       *mash_referral_load_file    (GFile                 *file,
                                          GCancellable          *cancellable,
                                          GError               **error) G_GNUC_WARN_UNUSED_RESULT;
MashReferral *mash_referral_read         (GBytes                *file,
                                          GCancellable          *cancellable,
                                          GError               **error) G_GNUC_WARN_UNUSED_RESULT;
MashReferral *mash_referral_read_by      (const MashReaderCall  *call,
                                          GBytes                *file,
                                          GCancellable          *cancellable,
                                          GError               **error) G_GNUC_WARN_UNUSED_RESULT;
MashReferral *mash_referral_ref          (MashReferral          *self);
void          mash_referral_unref        (MashReferral          *self);

const char   *mash_referral_get_sha256   (MashReferral          *self);
const char   *mash_referral_get_sent_at  (MashReferral          *self);
char        **mash_referral_dup_remarks  (MashReferral          *self) G_GNUC_WARN_UNUSED_RESULT;
char         *mash_referral_dup_text     (MashReferral          *self) G_GNUC_WARN_UNUSED_RESULT;

gboolean      mash_referral_check        (MashReferral          *self,
                                          MashPolicy            *policy,
                                          GError               **error);
MashGroup    *mash_referral_to_group     (MashReferral          *self,
                                          const char            *received_at,
                                          const char            *keyed_at,
                                          MashIdSource           make_id,
                                          gpointer               data) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashReferral, mash_referral_unref)

G_END_DECLS
