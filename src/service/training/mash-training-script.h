/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* All that happens in a training hub, in the order in which it happens.
 *
 * Contacts are planned a little ahead of what is done and forgotten when the last of it is done, so
 * that a register of any size is made in the memory of a small one. Used on the store’s thread.
 */

#include "mash-training-contact.h"

G_BEGIN_DECLS

typedef struct _MashTrainingScript MashTrainingScript;

MashTrainingScript *mash_training_script_new         (MashTrainingHub        *hub,
                                                      const MashTrainingPlan *plan) G_GNUC_WARN_UNUSED_RESULT;
void                mash_training_script_free        (MashTrainingScript     *self);
gboolean            mash_training_script_next        (MashTrainingScript     *self,
                                                      MashTrainingContact   **contact,
                                                      MashTrainingStep       *step);
guint               mash_training_script_get_n_ended (MashTrainingScript     *self);
guint               mash_training_script_get_n_held  (MashTrainingScript     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashTrainingScript, mash_training_script_free)

G_END_DECLS
