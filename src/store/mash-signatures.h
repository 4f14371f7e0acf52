/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The signatures of a page, checked on a thread beside the one that applies it: to check one takes
 * as long as to apply what it vouches for. Nothing is applied before its signature is known to
 * hold; where the thread has not come to one yet, whoever asks checks it.
 */

#include "mash-change.h"

G_BEGIN_DECLS

typedef struct _MashSignatures MashSignatures;

MashSignatures *mash_signatures_new   (const char         *purpose) G_GNUC_WARN_UNUSED_RESULT;
void            mash_signatures_add   (MashSignatures     *self,
                                       const MashChange   *change,
                                       const char         *key);
void            mash_signatures_begin (MashSignatures     *self);
gboolean        mash_signatures_hold  (MashSignatures     *self,
                                       const MashChange   *change,
                                       const char         *key);
void            mash_signatures_free  (MashSignatures     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashSignatures, mash_signatures_free)

G_END_DECLS
