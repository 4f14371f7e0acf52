/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Facts that a test makes up: records in a list. */

#include "mash-facts.h"

G_BEGIN_DECLS

#define MASH_TYPE_TEST_FACTS (mash_test_facts_get_type ())

G_DECLARE_FINAL_TYPE (MashTestFacts, mash_test_facts, MASH, TEST_FACTS, GObject)

MashRecord    *mash_test_record         (const char    *kind,
                                         const char    *id,
                                         ...) G_GNUC_NULL_TERMINATED;
MashTestFacts *mash_test_facts_new      (void);
void           mash_test_facts_add      (MashTestFacts *self,
                                         MashRecord    *record);
void           mash_test_facts_put      (MashTestFacts *self,
                                         const char    *kind,
                                         const char    *id,
                                         ...) G_GNUC_NULL_TERMINATED;
void           mash_test_facts_put_stamped (MashTestFacts    *self,
                                            const char       *kind,
                                            const char       *id,
                                            const MashStamps *stamps);
void           mash_test_facts_apply    (MashTestFacts *self,
                                         MashGroup     *group);
void           mash_test_facts_remove   (MashTestFacts *self,
                                         const char    *kind,
                                         const char    *id);

G_END_DECLS
