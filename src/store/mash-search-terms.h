/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The terms under which people stand in the index that is searched while somebody types. A term is
 * all that a key press asks for, so that its list is read from the front and only as far as the
 * page is long: the beginnings of each word, how it sounds, the beginnings of numbers, dates; and
 * each two of these together, because to cross two long lists costs what the register costs. */

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Marks in a term: no folded word, key, number or date has one. The schema names them too, as part
 * of words. */
#define MASH_SEARCH_END      "$"
#define MASH_SEARCH_SOUND    "~"
#define MASH_SEARCH_NUMBER   "#"
#define MASH_SEARCH_DATE     "@"
#define MASH_SEARCH_TOGETHER "+"
#define MASH_SEARCH_UNPAIRED "!"

/* The longest beginnings that have lists of their own, alone and in pairs. What is longer is looked
 * for in the list of its beginning, where hardly anything else is. */
#define MASH_SEARCH_MAX_WORD   8
#define MASH_SEARCH_MAX_PAIR   4
#define MASH_SEARCH_MAX_NUMBER 12

/* Fewer letters and digits of a number would find half the register. */
#define MASH_SEARCH_MIN_NUMBER 3

/* What the index knows of a person: words with a space between them. */
typedef struct
{
  const char *names;
  const char *keys;
  const char *births;
  const char *postcodes;
  const char *identifiers;
} MashSearchRow;

char *mash_search_row_list_terms (const MashSearchRow *self) G_GNUC_WARN_UNUSED_RESULT;
int   mash_search_terms_install  (sqlite3             *handle);
char *mash_search_dup_beginning  (const char          *text,
                                  glong                length) G_GNUC_WARN_UNUSED_RESULT;
void  mash_search_append_pair    (GString             *to,
                                  const char          *a,
                                  const char          *b);
void  mash_search_append_three   (GString             *to,
                                  const char          *a,
                                  const char          *b,
                                  const char          *c);

G_END_DECLS
