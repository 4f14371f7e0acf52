/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* People who stand in the register twice, because another system knew them before, and a link that
 * somebody proposed. */

#include "mash-training-hub.h"

G_BEGIN_DECLS

gboolean mash_training_add_doubles (MashTrainingHub         *self,
                                    const MashTrainingPlan  *plan,
                                    GError                 **error);

G_END_DECLS
