/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Which part of a signed strategy record goes into which copy, and what must not be found in the
 * finished paper (domain 5.6, 56; section 6, 12 to 14). Pure functions of the facts.
 */

#include "mash-facts.h"

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

gboolean   mash_circulation_is_withheld  (MashRecord        *paragraph,
                                          const char        *agency);
MashRecord *mash_circulation_cover       (MashRecord        *record) G_GNUC_WARN_UNUSED_RESULT;
MashShare  mash_circulation_rule_on      (MashFacts         *facts,
                                          MashRecord        *paragraph,
                                          const MashCopyFor *copy);
GPtrArray *mash_circulation_list         (MashFacts         *facts,
                                          const char        *discussion,
                                          const MashCopyFor *copy,
                                          MashShare          share) G_GNUC_WARN_UNUSED_RESULT;
char     **mash_circulation_dup_withheld (MashFacts         *facts,
                                          const char        *discussion,
                                          const MashCopyFor *copy) G_GNUC_WARN_UNUSED_RESULT;
char      *mash_circulation_fold         (const char        *text) G_GNUC_WARN_UNUSED_RESULT;
gboolean   mash_circulation_leaks        (const char        *text,
                                          const char *const *withheld,
                                          guint             *which);

G_END_DECLS
