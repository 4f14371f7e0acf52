/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The rota of a training hub: today and the days around it. */

#include "mash-training-hub.h"

G_BEGIN_DECLS

gboolean mash_training_add_rota (MashTrainingHub         *self,
                                 const MashTrainingPlan  *plan,
                                 GError                 **error);

G_END_DECLS
