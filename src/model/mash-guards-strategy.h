/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The named guards of a strategy discussion (domain 4.2, strand P), each a question about one case.
 * Used by mash-named-guards.c, mash-guards.c and the rules only. */

#include "mash-guards.h"

G_BEGIN_DECLS

char       *mash_strategy_dup_discussion  (MashCase   *the_case) G_GNUC_WARN_UNUSED_RESULT;
MashRecord *mash_strategy_find_discussion (MashCase   *the_case,
                                           MashFacts  *facts) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray  *mash_strategy_list_parts      (MashCase   *the_case,
                                           const char *kind) G_GNUC_WARN_UNUSED_RESULT;
const char *mash_strategy_get_owner       (MashRecord *record);
MashCalendar *
            mash_strategy_get_calendar    (MashPolicy *policy);
gboolean    mash_strategy_alters_only     (MashEdit   *edit,
                                           const char *field);
gboolean    mash_strategy_is_part         (const char *kind);
gboolean    mash_strategy_is_s47          (const char *decision);

/* What the matrix of permissions asks of it */
gboolean    mash_strategy_speaks_of_parts (MashCase   *the_case);
gboolean    mash_strategy_is_own          (MashCase   *the_case);
gboolean    mash_strategy_may_record      (MashCase   *the_case);
gboolean    mash_strategy_may_remove      (MashCase   *the_case,
                                           MashEdit   *edit,
                                           MashRecord *paragraph);

/* Named guards */
gboolean    mash_strategy_absence_explained (MashCase *the_case);
gboolean    mash_strategy_action_is_open  (MashCase   *the_case);
gboolean    mash_strategy_action_unaltered (MashCase   *the_case);
gboolean    mash_strategy_actions_set     (MashCase   *the_case);
gboolean    mash_strategy_agencies_invited (MashCase  *the_case);
gboolean    mash_strategy_chair_apart     (MashCase   *the_case);
gboolean    mash_strategy_chair_may       (MashCase   *the_case);
gboolean    mash_strategy_children_listed (MashCase   *the_case);
gboolean    mash_strategy_confirms        (MashCase   *the_case);
gboolean    mash_strategy_copies_ready    (MashCase   *the_case);
gboolean    mash_strategy_corrects_signed (MashCase   *the_case);
gboolean    mash_strategy_decided         (MashCase   *the_case);
gboolean    mash_strategy_ended_after     (MashCase   *the_case);
gboolean    mash_strategy_excused         (MashCase   *the_case);
gboolean    mash_strategy_in_dispute      (MashCase   *the_case);
gboolean    mash_strategy_is_chair        (MashCase   *the_case);
gboolean    mash_strategy_is_open         (MashCase   *the_case);
gboolean    mash_strategy_is_recorded     (MashCase   *the_case);
gboolean    mash_strategy_is_running      (MashCase   *the_case);
gboolean    mash_strategy_is_signed       (MashCase   *the_case);
gboolean    mash_strategy_one_each        (MashCase   *the_case);
gboolean    mash_strategy_own_parts       (MashCase   *the_case);
gboolean    mash_strategy_protection_told (MashCase   *the_case);
gboolean    mash_strategy_released        (MashCase   *the_case);
gboolean    mash_strategy_request_is_own  (MashCase   *the_case);
gboolean    mash_strategy_seen            (MashCase   *the_case);
gboolean    mash_strategy_settled         (MashCase   *the_case);
gboolean    mash_strategy_settles_only    (MashCase   *the_case);
gboolean    mash_strategy_signable        (MashCase   *the_case);
gboolean    mash_strategy_signer_apart    (MashCase   *the_case);
gboolean    mash_strategy_stays_whole     (MashCase   *the_case);
gboolean    mash_strategy_unanswered      (MashCase   *the_case);
gboolean    mash_strategy_views_given     (MashCase   *the_case);
gboolean    mash_strategy_was_convened    (MashCase   *the_case);

G_END_DECLS
