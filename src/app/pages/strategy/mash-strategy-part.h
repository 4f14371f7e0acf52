/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A part of the tab “Strategy”: it has one strategy discussion, its property `discussion`, beside
 * the open contact.
 *
 * Property `prompts`: whether the part says what good looks like. A part is drawn anew by its
 * `updated` whenever either changes.
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_STRATEGY_PART (mash_strategy_part_get_type ())

G_DECLARE_DERIVABLE_TYPE (MashStrategyPart, mash_strategy_part, MASH, STRATEGY_PART,
                          MashContactPart)

struct _MashStrategyPartClass
{
  MashContactPartClass parent_class;
};

MashEntity *mash_strategy_part_get_discussion (MashStrategyPart *self);
const char *mash_strategy_part_get_state      (MashStrategyPart *self);
gboolean    mash_strategy_part_is_open        (MashStrategyPart *self);
GPtrArray  *mash_strategy_part_list           (MashStrategyPart *self,
                                               const char       *kind) G_GNUC_WARN_UNUSED_RESULT;
MashEntity *mash_strategy_part_make           (MashStrategyPart *self,
                                               const char       *kind) G_GNUC_WARN_UNUSED_RESULT;
MashEntity *mash_strategy_part_add            (MashStrategyPart *self,
                                               const char       *kind);
GPtrArray  *mash_strategy_part_list_agencies  (MashStrategyPart *self) G_GNUC_WARN_UNUSED_RESULT;
const char *mash_strategy_part_name_agency    (MashStrategyPart *self,
                                               const char       *agency);
void        mash_strategy_part_tell_typed     (MashStrategyPart *self);

G_END_DECLS
