/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What is recommended for some of the children: who they are, the outcome, the level and why. What
 * only some outcomes ask for is shown with those.
 */

#include <adwaita.h>

#include "mash-entity.h"

G_BEGIN_DECLS

#define MASH_TYPE_OUTCOME_GROUP_FORM (mash_outcome_group_form_get_type ())

G_DECLARE_FINAL_TYPE (MashOutcomeGroupForm, mash_outcome_group_form, MASH, OUTCOME_GROUP_FORM,
                      AdwBin)

GtkWidget  *mash_outcome_group_form_new       (MashEntity           *group) G_GNUC_WARN_UNUSED_RESULT;
MashEntity *mash_outcome_group_form_get_group (MashOutcomeGroupForm *self);

G_END_DECLS
