/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What is signed of a strategy discussion, who has to sign it, and whether all have (domain 2.3,
 * 3.7 SO04, 4.2 P40 to P50). Pure functions of the facts.
 */

#include "mash-facts.h"

G_BEGIN_DECLS

/* Somebody whose signature a record needs, or may have. */
typedef struct
{
  const char *capacity;  /* a code of SDCAP */
  char       *agency;    /* id */
  gboolean    required;
} MashSigner;

/* How far one revision has come. */
typedef struct
{
  guint    asked;        /* requests for this revision */
  guint    given;        /* signatures that stand over it */
  guint    refused;
  guint    agencies;     /* different ones among the signatures */
  gboolean complete;
} MashSigning;

char      *mash_signing_hash_words    (const char   *text,
                                       const char   *conditions) G_GNUC_WARN_UNUSED_RESULT;
char      *mash_signing_hash_content  (MashFacts    *facts,
                                       const char   *discussion) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *mash_signing_list_signers  (MashFacts    *facts,
                                       const char   *discussion) G_GNUC_WARN_UNUSED_RESULT;
gboolean   mash_signing_stands        (MashRecord   *discussion,
                                       MashRecord   *request);
void       mash_signing_read          (MashFacts    *facts,
                                       const char   *discussion,
                                       MashSigning  *signing);

G_END_DECLS
