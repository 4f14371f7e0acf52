/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A new database key while people work: the database is copied under it, a few pages at a time, and
 * the copy takes the place of the database only once it was checked. Until then it can be given up
 * at any time. Used on the store's thread.
 */

#include "mash-store.h"

G_BEGIN_DECLS

typedef struct _MashRekey MashRekey;

MashRekey *mash_rekey_begin (MashStore          *store,
                             MashSecret         *passphrase,
                             GError            **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   mash_rekey_step  (MashRekey          *self,
                             guint               pages,
                             double             *fraction,
                             gboolean           *done,
                             GError            **error);
gboolean   mash_rekey_end   (MashRekey          *self,
                             const MashStoreWatch *watch,
                             GError            **error);
void       mash_rekey_free  (MashRekey          *self);

/* All of it at once, where nobody waits for the store meanwhile */
gboolean   mash_store_rekey (MashStore          *self,
                             MashSecret         *passphrase,
                             GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashRekey, mash_rekey_free)

G_END_DECLS
