/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* mash_store_verify() beside the work: on a copy of the database as it was at one moment.
 *
 * Pages are copied on the store's thread, a few at a time; the proof itself needs no store and may
 * run on any thread. The copy is encrypted under a key that is nowhere else, and has no name as
 * soon as it is whole. It knows nothing of threads and asks for none.
 */

#include "mash-store.h"

G_BEGIN_DECLS

typedef struct _MashProof MashProof;

MashProof *mash_proof_begin (MashStore          *store,
                             GError            **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   mash_proof_step  (MashProof          *self,
                             guint               pages,
                             double             *fraction,
                             gboolean           *done,
                             GError            **error);
gboolean   mash_proof_run   (MashProof          *self,
                             MashStoreProgress   progress,
                             gpointer            data,
                             GCancellable       *cancellable,
                             MashVerifyReport  **report,
                             GError            **error);
void       mash_proof_free  (MashProof          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashProof, mash_proof_free)

G_END_DECLS
