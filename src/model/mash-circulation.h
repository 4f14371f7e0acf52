/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Which part of a signed strategy record goes into which copy and why, and what must not be found
 * in the finished paper (domain 5.6, 56; section 6, 12 to 14). Pure functions of the facts.
 */

#include "mash-facts.h"
#include "mash-policy.h"

G_BEGIN_DECLS

/**
 * MashShare:
 * @MASH_SHARE_IN: it goes into the copy
 * @MASH_SHARE_OUT: it is left out
 * @MASH_SHARE_UNDECIDED: its owner has not ruled on it, and nothing goes out until they have
 */
typedef enum
{
  MASH_SHARE_IN,
  MASH_SHARE_OUT,
  MASH_SHARE_UNDECIDED,
} MashShare;

/* A copy: a code of SDVAR, and for one agency its id. */
typedef struct
{
  const char *variant;
  const char *agency;
} MashCopyFor;

/**
 * MashWithheldKind:
 * @MASH_WITHHELD_PARAGRAPH: information that this recipient must not have
 * @MASH_WITHHELD_ADDRESS: a confidential address, or where a protected child is
 * @MASH_WITHHELD_NAME: the name, telephone or e-mail of somebody whose identity is protected
 * @MASH_WITHHELD_FAMILY: what is kept from the family
 * @MASH_WITHHELD_EARLIER: words of an earlier revision
 */
typedef enum
{
  MASH_WITHHELD_PARAGRAPH,
  MASH_WITHHELD_ADDRESS,
  MASH_WITHHELD_NAME,
  MASH_WITHHELD_FAMILY,
  MASH_WITHHELD_EARLIER,
} MashWithheldKind;

/* Words that must not be found in a finished copy: folded, or where they are so short that they
 * could be the middle of others, word by word. */
typedef struct
{
  MashWithheldKind  kind;
  char             *folded;
  gboolean          by_words;
} MashWithheld;

/* Somebody who may get a copy: a code of SDVAR, for one agency its id, what they are called, and
 * whether the record is circulated only when they have it. */
typedef struct
{
  const char *variant;
  char       *agency;
  char       *name;
  gboolean    due;
} MashRecipient;

MashShare  mash_circulation_rule_on      (MashFacts         *facts,
                                          MashRecord        *paragraph,
                                          const MashCopyFor *copy);
MashShare  mash_circulation_find_share   (MashFacts         *facts,
                                          MashRecord        *paragraph,
                                          const MashCopyFor *copy);
GPtrArray *mash_circulation_list         (MashFacts         *facts,
                                          const char        *discussion,
                                          const MashCopyFor *copy,
                                          MashShare          share) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *mash_circulation_list_recipients (MashFacts      *facts,
                                             const char     *discussion) G_GNUC_WARN_UNUSED_RESULT;
guint      mash_circulation_count_sent   (MashFacts         *facts,
                                          const char        *discussion,
                                          guint             *n_due);
char      *mash_circulation_dup_reason   (MashFacts         *facts,
                                          MashRecord        *paragraph,
                                          const MashCopyFor *copy) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *mash_circulation_list_withheld (MashFacts        *facts,
                                           const char       *discussion,
                                           const MashCopyFor *copy) G_GNUC_WARN_UNUSED_RESULT;
void       mash_circulation_drop_labels  (GPtrArray         *withheld,
                                          MashPolicy        *policy);
char      *mash_circulation_dup_held     (MashFacts         *facts,
                                          const char        *discussion) G_GNUC_WARN_UNUSED_RESULT;
void       mash_circulation_add_earlier  (GPtrArray         *withheld,
                                          const char        *text,
                                          const char        *held);
char      *mash_circulation_fold         (const char        *text) G_GNUC_WARN_UNUSED_RESULT;
gboolean   mash_circulation_leaks        (const char        *text,
                                          GPtrArray         *withheld,
                                          guint             *which);

G_END_DECLS
