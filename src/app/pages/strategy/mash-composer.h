/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A line that is typed while people talk and becomes a record by Enter: a note, an action.
 *
 * What is typed is kept with the draft until then. Properties: kind; layout as in #MashRecordForm;
 * now-field: the field that is the moment at which typing began; stays: the fields that the next
 * line takes over; add-label.
 */

#include "mash-strategy-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_COMPOSER (mash_composer_get_type ())

G_DECLARE_FINAL_TYPE (MashComposer, mash_composer, MASH, COMPOSER, MashStrategyPart)

MashEntity *mash_composer_get_entity (MashComposer *self);
void        mash_composer_focus      (MashComposer *self,
                                      const char   *field);
void        mash_composer_add        (MashComposer *self);

G_END_DECLS
