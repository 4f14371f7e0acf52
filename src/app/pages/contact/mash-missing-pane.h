/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Beside the form: how complete it is, its sections with what is missing in each, and the missing
 * items.
 *
 * Signals: `section-chosen` (uint), `item-chosen` (uint, position in the list of what is
 * missing). It counts nothing itself.
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_MISSING_PANE (mash_missing_pane_get_type ())

G_DECLARE_FINAL_TYPE (MashMissingPane, mash_missing_pane, MASH, MISSING_PANE, MashContactPart)

void mash_missing_pane_add_section (MashMissingPane *self,
                                    const char      *title);
void mash_missing_pane_show        (MashMissingPane *self,
                                    guint            score,
                                    GPtrArray       *missing);
void mash_missing_pane_select      (MashMissingPane *self,
                                    guint            section);

G_END_DECLS
