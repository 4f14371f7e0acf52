/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Says whether somebody may do something, and if not, why not, in one sentence.
 *
 * The judge interprets the policy's guards over facts. It alters nothing. A stand-alone hub asks
 * it in the transaction that would commit; pages ask it beforehand to show what may be done.
 */

#include "mash-actor.h"
#include "mash-facts.h"
#include "mash-id-source.h"
#include "mash-policy.h"

G_BEGIN_DECLS

/* One rule that was looked at: whether it holds, and the sentence that says so. */
typedef struct
{
  gboolean holds;
  char    *sentence;
} MashRuling;

typedef struct _MashVerdict MashVerdict;

#define MASH_TYPE_VERDICT (mash_verdict_get_type ())

GType             mash_verdict_get_type      (void) G_GNUC_CONST;
MashVerdict      *mash_verdict_ref           (MashVerdict     *self);
void              mash_verdict_unref         (MashVerdict     *self);
gboolean          mash_verdict_get_allowed   (MashVerdict     *self);
const char       *mash_verdict_get_refusal   (MashVerdict     *self);
void              mash_verdict_refuse        (MashVerdict     *self,
                                              const char      *sentence);
guint             mash_verdict_get_n_rulings (MashVerdict     *self);
const MashRuling *mash_verdict_get_ruling    (MashVerdict     *self,
                                              guint            i);

MashVerdict      *mash_judge_group           (MashPolicy      *policy,
                                              MashFacts       *facts,
                                              const MashActor *actor,
                                              MashGroup       *group) G_GNUC_WARN_UNUSED_RESULT;
MashVerdict      *mash_judge_taken_group     (MashPolicy      *policy,
                                              MashFacts       *facts,
                                              const MashActor *actor,
                                              MashGroup       *group) G_GNUC_WARN_UNUSED_RESULT;
MashVerdict      *mash_judge_new_group       (MashPolicy      *policy,
                                              MashFacts       *facts,
                                              const MashActor *actor,
                                              MashGroup       *group,
                                              MashIdSource     make_id,
                                              gpointer         data) G_GNUC_WARN_UNUSED_RESULT;
MashVerdict      *mash_judge_deed            (MashPolicy      *policy,
                                              MashFacts       *facts,
                                              const MashActor *actor,
                                              const char      *deed,
                                              const char      *contact) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashVerdict, mash_verdict_unref)

G_END_DECLS
