/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The level of need, chosen against the criteria text of the version in force. Nothing is chosen
 * beforehand.
 *
 * Properties by functions: the entity and the field that the choice is written to; while there is
 * none the panel shows the level of the contact and cannot be altered. Signal `altered`.
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_LEVEL_PANEL (mash_level_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashLevelPanel, mash_level_panel, MASH, LEVEL_PANEL, MashContactPart)

void mash_level_panel_bind (MashLevelPanel *self,
                            MashEntity     *entity,
                            const char     *field);

G_END_DECLS
