/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What guards and rules may read: records by id, and records by the value of a field.
 *
 * The store answers from its tables, tests from a hash table. Reading a fact is no access to a
 * record in the sense of the access chain: nobody is shown it.
 */

#include "mash-edit.h"
#include "mash-group.h"

G_BEGIN_DECLS

#define MASH_TYPE_FACTS (mash_facts_get_type ())

G_DECLARE_INTERFACE (MashFacts, mash_facts, MASH, FACTS, GObject)

struct _MashFactsInterface
{
  GTypeInterface parent_iface;

  MashRecord *(*lookup) (MashFacts  *self,
                         const char *kind,
                         const char *id);
  GPtrArray  *(*list)   (MashFacts  *self,
                         const char *kind,
                         const char *field,
                         const char *value);
};

MashRecord *mash_facts_lookup      (MashFacts   *self,
                                    const char  *kind,
                                    const char  *id);
GPtrArray  *mash_facts_list        (MashFacts   *self,
                                    const char  *kind,
                                    const char  *field,
                                    const char  *value);
MashRecord *mash_facts_find_newest (MashFacts   *self,
                                    const char  *kind,
                                    const char  *contact);

/* Facts as they would stand once the edits of a group were applied. */

#define MASH_TYPE_PROPOSED_FACTS (mash_proposed_facts_get_type ())

G_DECLARE_FINAL_TYPE (MashProposedFacts, mash_proposed_facts, MASH, PROPOSED_FACTS, GObject)

MashFacts  *mash_proposed_facts_new (MashFacts  *base,
                                     MashGroup  *group) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
