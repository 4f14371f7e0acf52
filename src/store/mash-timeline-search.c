/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-timeline-search.h"

#include <string.h>

#include "mash-timeline-line.h"

/* How long a word is before what begins with it is found too. */
#define PREFIX_MIN 3

static const char search_sql[] =
  "SELECT rowid FROM timeline_search WHERE timeline_search MATCH ?1";

/* The lists that give a line its codes. */
static const char *const coded_lists[] = {
  "OUT", "FLAG", "CALL", "BRAG", "ABUSE", "FAC", "RSRC"
};

/* One word of a search, and what it finds. */
typedef struct
{
  char       *folded;
  GHashTable *lines;   /* n of the lines whose text has it */
  GHashTable *deeds;   /* deed → whether its name has it */
} Word;

struct _MashTimelineSearch
{
  MashStore *store;
  char      *text;
  GPtrArray *words;   /* of Word */
};

static void
word_free (Word *word)
{
  g_free (word->folded);
  g_clear_pointer (&word->lines, g_hash_table_unref);
  g_clear_pointer (&word->deeds, g_hash_table_unref);
  g_free (word);
}

static void
add_number (GHashTable *numbers,
            gint64      n)
{
  g_hash_table_add (numbers, g_memdup2 (&n, sizeof n));
}

static char *
fold (const char *text)
{
  g_autofree char *plain = g_utf8_normalize (text != NULL ? text : "", -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (plain != NULL ? plain : "", -1);
}

static gboolean
has_word (const char *text,
          const char *word)
{
  g_autofree char *folded = fold (text);

  return strstr (folded, word) != NULL;
}

/* The codes whose meaning has the word. */
static void
append_codes (MashTimelineSearch *self,
              GString    *match,
              const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (coded_lists); i++)
    {
      guint n_codes;
      const MashCode *codes = mash_policy_list_codes (self->store->policy, coded_lists[i],
                                                      &n_codes);

      for (guint c = 0; codes != NULL && c < n_codes; c++)
        {
          g_autofree char *mark = mash_timeline_dup_mark (coded_lists[i], codes[c].code);

          if (has_word (codes[c].label, word))
            g_string_append_printf (match, " OR marks : %s", mark);
        }
    }
}

static gboolean
find_lines (MashTimelineSearch  *self,
            const char          *scopes,
            Word                *word,
            GError             **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->store->database, search_sql, error);
  g_autoptr (GString) match = g_string_new (NULL);
  MashStep step;

  if (row == NULL)
    return FALSE;

  g_string_append_printf (match, "marks : (%s)", scopes);
  g_string_append_printf (match, " AND ({headline words source} : \"%s\"%s", word->folded,
                          g_utf8_strlen (word->folded, -1) >= PREFIX_MIN ? " *" : "");
  append_codes (self, match, word->folded);
  g_string_append (match, ")");

  mash_statement_bind_text (row, 1, match->str);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    add_number (word->lines, mash_statement_get_int (row, 0));

  return step == MASH_STEP_DONE;
}

/* Takes what was typed apart as the index took the text apart: letters and digits make words. */
static void
split_words (MashTimelineSearch *self)
{
  g_autofree char *folded = fold (self->text);
  g_autoptr (GString) part = g_string_new (NULL);

  for (const char *p = folded; ; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c != 0 && (g_unichar_isalnum (c) || g_unichar_ismark (c)))
        {
          g_string_append_unichar (part, c);
          continue;
        }
      if (part->len > 0)
        {
          Word *word = g_new0 (Word, 1);

          word->folded = g_strdup (part->str);
          word->lines = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
          word->deeds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
          g_ptr_array_add (self->words, word);
          g_string_truncate (part, 0);
        }
      if (c == 0)
        return;
    }
}

static gboolean
deed_has_word (MashTimelineSearch *self,
               Word       *word,
               const char *deed)
{
  const MashDeed *found;
  gpointer known;
  gboolean has;

  if (deed == NULL)
    return FALSE;
  if (g_hash_table_lookup_extended (word->deeds, deed, NULL, &known))
    return GPOINTER_TO_INT (known);

  found = mash_policy_find_deed (self->store->policy, deed);
  has = found != NULL && has_word (found->done, word->folded);
  g_hash_table_insert (word->deeds, g_strdup (deed), GINT_TO_POINTER (has));

  return has;
}

/**
 * mash_timeline_search_new: (skip)
 * @store: a store; borrowed
 * @text: (nullable): what somebody typed
 *
 * Returns: (transfer full): a search for its words
 */
MashTimelineSearch *
mash_timeline_search_new (MashStore  *store,
                          const char *text)
{
  MashTimelineSearch *self = g_new0 (MashTimelineSearch, 1);

  self->store = store;
  self->text = g_strdup (text);
  self->words = g_ptr_array_new_with_free_func ((GDestroyNotify) word_free);
  split_words (self);

  return self;
}

void
mash_timeline_search_free (MashTimelineSearch *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->words);
  g_free (self->text);
  g_free (self);
}

/**
 * mash_timeline_search_run: (skip)
 * @self: a search
 * @scopes: the names of the scopes to look in, with OR between them; empty for none
 * @error: return location for a #MashStoreError
 *
 * Looks every word up in the index, in these scopes and no others.
 *
 * Returns: %TRUE when it came to an answer
 */
gboolean
mash_timeline_search_run (MashTimelineSearch  *self,
                          const char          *scopes,
                          GError             **error)
{
  for (guint i = 0; *scopes != '\0' && i < self->words->len; i++)
    {
      if (!find_lines (self, scopes, g_ptr_array_index (self->words, i), error))
        return FALSE;
    }

  return TRUE;
}

/**
 * mash_timeline_search_matches: (skip)
 * @self: a search that has been run
 * @n: a line
 * @deed: (nullable): the deed that it tells of
 * @name: (nullable): the name of whom it is about
 *
 * Returns: %TRUE when every word is in the text, in the name of the deed, or in that name
 */
gboolean
mash_timeline_search_matches (MashTimelineSearch *self,
                              gint64              n,
                              const char         *deed,
                              const char         *name)
{
  for (guint i = 0; i < self->words->len; i++)
    {
      Word *word = g_ptr_array_index (self->words, i);

      if (!g_hash_table_contains (word->lines, &n) && !deed_has_word (self, word, deed) &&
          (name == NULL || !has_word (name, word->folded)))
        return FALSE;
    }

  return TRUE;
}
