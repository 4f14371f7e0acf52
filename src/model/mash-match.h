/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How likely it is that two records are the same person, with the reasons.
 *
 * A score prompts somebody to compare; it links nobody, ever. Pure functions, any thread.
 */

#include "mash-record.h"

G_BEGIN_DECLS

/* From which score on to prompt, and from which on the comparison has to be opened before a new
 * person is made (local defaults, domain 3.1). */
#define MASH_MATCH_PROMPT 60
#define MASH_MATCH_OPEN   85

typedef enum
{
  MASH_MATCH_NOTHING          = 0,
  MASH_MATCH_IDENTIFIER       = 1 << 0,
  MASH_MATCH_SURNAME          = 1 << 1,
  MASH_MATCH_FORENAME         = 1 << 2,
  MASH_MATCH_BIRTH            = 1 << 3,
  MASH_MATCH_BIRTH_SWAPPED    = 1 << 4,
  MASH_MATCH_BIRTH_DIGIT      = 1 << 5,
  MASH_MATCH_BIRTH_YEAR       = 1 << 6,
  MASH_MATCH_POSTCODE         = 1 << 7,
  MASH_MATCH_PARENT           = 1 << 8,
  MASH_MATCH_SEX_DIFFERS      = 1 << 9,
  MASH_MATCH_NHS_DIFFERS      = 1 << 10,
  MASH_MATCH_NUMBER           = 1 << 11,
} MashMatchReasons;

/**
 * MashMatchSide:
 * @person: the record of the person
 * @names: (nullable) (element-type MashRecord): records of other names
 * @postcodes: (nullable) (array zero-terminated=1): of where the person lives or lived
 * @parents: (nullable) (array zero-terminated=1): ids of the parents
 * @identifiers: (nullable) (element-type MashRecord): numbers in other systems
 *
 * What is known of one of the two. All borrowed.
 */
typedef struct
{
  MashRecord        *person;
  GPtrArray         *names;
  const char *const *postcodes;
  const char *const *parents;
  GPtrArray         *identifiers;
} MashMatchSide;

guint   mash_match_score      (const MashMatchSide *a,
                               const MashMatchSide *b,
                               MashMatchReasons    *reasons);
char  **mash_match_dup_words  (MashMatchReasons     reasons) G_GNUC_WARN_UNUSED_RESULT;
int     mash_match_get_points (MashMatchReasons     reason);

G_END_DECLS
