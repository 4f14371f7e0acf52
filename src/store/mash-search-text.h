/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What somebody looks for, taken apart: the question that it makes for the index of terms, and
 * whether a person who was found is one whom it means. */

#include "mash-search-terms.h"

G_BEGIN_DECLS

/* How closely names have to match; each finds all that the one before does. */
typedef enum
{
  MASH_WHOLE_WORDS,
  MASH_BEGINNINGS,
  MASH_SOUNDS,
  MASH_N_CLOSENESS,
} MashCloseness;

/* What is looked for. */
typedef struct
{
  GPtrArray *words;   /* folded words of names */
  GPtrArray *keys;    /* how each of them sounds, as many */
  char      *date;    /* (nullable): a whole date, `YYYYMMDD` */
  char      *token;   /* (nullable): the beginning of a postcode or an identifier */
} MashSearchText;

void           mash_search_text_init       (MashSearchText       *self);
void           mash_search_text_clear      (MashSearchText       *self);
void           mash_search_text_add        (MashSearchText       *self,
                                            const char           *word);
void           mash_search_text_parse      (MashSearchText       *self,
                                            const char           *text);
gboolean       mash_search_text_is_empty   (const MashSearchText *self);
MashCloseness  mash_search_text_get_widest (const MashSearchText *self);
char          *mash_search_text_ask        (const MashSearchText *self,
                                            MashCloseness         closeness) G_GNUC_WARN_UNUSED_RESULT;
MashCloseness  mash_search_text_compare    (const MashSearchText *self,
                                            const MashSearchRow  *row);

G_END_DECLS
