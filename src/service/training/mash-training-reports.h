/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the teams outside the hub counted, for the weekly report. */

#include "mash-training-hub.h"

G_BEGIN_DECLS

gboolean mash_training_add_counts (MashTrainingHub         *self,
                                   const MashTrainingPlan  *plan,
                                   GError                 **error);

G_END_DECLS
