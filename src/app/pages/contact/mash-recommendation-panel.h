/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The recommendation: written while the contact is in analysis, read-only from then on.
 *
 * While it is written it is a record of the open contact that is not saved yet, so that a lock or
 * a crash does not lose it; it becomes one by the deed `recommend`.
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_RECOMMENDATION_PANEL (mash_recommendation_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashRecommendationPanel, mash_recommendation_panel, MASH,
                      RECOMMENDATION_PANEL, MashContactPart)

MashEntity *mash_recommendation_panel_get_pending  (MashRecommendationPanel *self);
MashEntity *mash_recommendation_panel_ensure       (MashRecommendationPanel *self);
MashEntity *mash_recommendation_panel_get_standing (MashRecommendationPanel *self);
gboolean    mash_recommendation_panel_is_open      (MashRecommendationPanel *self);
void        mash_recommendation_panel_show_verdict (MashRecommendationPanel *self,
                                                    MashVerdict             *verdict);

G_END_DECLS
