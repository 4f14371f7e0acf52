/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the files share that work out what follows in a strategy discussion. Nobody else includes
 * it. */

#include "mash-rules-strategy.h"

G_BEGIN_DECLS

/* The discussion that a group is about, while what follows for it is worked out. */
typedef struct
{
  MashRules  *rules;
  MashCase   *the_case;
  const char *deed;
  char       *id;
  MashRecord *before;
  MashEdit   *edit;
  gboolean    taken;  /* whether the edit is in the group */
} MashDiscussing;

gboolean    mash_discussing_is          (MashDiscussing *self,
                                         const char     *deeds);
MashRecord *mash_discussing_lookup      (MashDiscussing *self,
                                         const char     *kind,
                                         const char     *id) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray  *mash_discussing_list        (MashDiscussing *self,
                                         const char     *kind) G_GNUC_WARN_UNUSED_RESULT;
MashEdit   *mash_discussing_begin       (MashDiscussing *self,
                                         const MashKind *kind) G_GNUC_WARN_UNUSED_RESULT;

/* mash-rules-strategy-parts.c */
void        mash_discussing_stamp       (MashDiscussing *self,
                                         MashEdit       *edit,
                                         MashRecord     *before,
                                         const char     *by,
                                         const char     *at);
void        mash_discussing_stamp_parts (MashDiscussing *self);
void        mash_discussing_catch_up    (MashDiscussing *self);

G_END_DECLS
