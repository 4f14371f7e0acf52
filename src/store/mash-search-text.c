/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-search-text.h"

#include <stdio.h>
#include <string.h>

#include "mash-name-key.h"
#include "mash-search-table.h"

/* Three beginnings that are no longer than this are looked for by their first letters together. */
#define MAX_SHORT 2

/* More words than this do not make a list of people any shorter. */
#define MAX_ASKED 6

/**
 * mash_search_text_init:
 * @self: (out caller-allocates): what is looked for: nothing yet
 */
void
mash_search_text_init (MashSearchText *self)
{
  self->words = g_ptr_array_new_with_free_func (g_free);
  self->keys = g_ptr_array_new_with_free_func (g_free);
}

/**
 * mash_search_text_clear:
 * @self: what was looked for
 *
 * Frees what is in it.
 */
void
mash_search_text_clear (MashSearchText *self)
{
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_clear_pointer (&self->date, g_free);
  g_clear_pointer (&self->token, g_free);
}

/**
 * mash_search_text_add:
 * @self: what is looked for
 * @word: a folded word of a name; it is kept once
 */
void
mash_search_text_add (MashSearchText *self,
                      const char     *word)
{
  if (*word == '\0' ||
      g_ptr_array_find_with_equal_func (self->words, word, g_str_equal, NULL))
    return;

  /* One letter has no sound that a name could have. */
  g_ptr_array_add (self->words, g_strdup (word));
  g_ptr_array_add (self->keys, g_utf8_strlen (word, -1) > 1 ? mash_name_key (word)
                                                            : g_strdup (""));
}

/* A date as people write it: 4/3/2019, 04.03.2019, 2019-03-04. */
static char *
parse_date (const char *text)
{
  g_autofree char *plain = g_strdelimit (g_strdup (text), "/.", '-');
  guint a, b, c;
  int end = 0;

  if (sscanf (plain, "%4u-%2u-%2u%n", &a, &b, &c, &end) == 3 && plain[end] == '\0' && a > 1000)
    return g_strdup_printf ("%04u%02u%02u", a, b, c);
  if (sscanf (plain, "%2u-%2u-%4u%n", &a, &b, &c, &end) == 3 && plain[end] == '\0' && c > 1000)
    return g_strdup_printf ("%04u%02u%02u", c, b, a);

  return NULL;
}

static void
take_words (MashSearchText *self,
            const char     *text)
{
  g_autofree char *folded = mash_name_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    mash_search_text_add (self, words[i]);
}

/* A postcode and the usual way to write an NHS number have spaces in them, so neighbours with
 * digits belong together. */
static void
take_token (MashSearchText *self,
            const char     *text)
{
  g_autofree char *token = mash_search_dup_token (text);
  char *joined = g_strconcat (self->token != NULL ? self->token : "", token, NULL);

  g_free (self->token);
  self->token = joined;
}

/**
 * mash_search_text_parse:
 * @self: what is looked for: nothing yet
 * @text: what somebody typed
 *
 * Takes it apart: a date as people write it, what else has digits, and words of names.
 */
void
mash_search_text_parse (MashSearchText *self,
                        const char     *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " \t\n", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *date = parse_date (parts[i]);

      if (date != NULL)
        {
          g_free (self->date);
          self->date = date;
        }
      else if (strpbrk (parts[i], "0123456789") != NULL)
        {
          take_token (self, parts[i]);
        }
      else
        {
          take_words (self, parts[i]);
        }
    }

  if (self->token != NULL && strlen (self->token) < MASH_SEARCH_MIN_NUMBER)
    g_clear_pointer (&self->token, g_free);
}

/**
 * mash_search_text_is_empty:
 * @self: what is looked for
 *
 * Returns: whether it is nothing
 */
gboolean
mash_search_text_is_empty (const MashSearchText *self)
{
  return self->words->len == 0 && self->date == NULL && self->token == NULL;
}

/**
 * mash_search_text_get_widest:
 * @self: what is looked for
 *
 * Returns: the last closeness that can find anybody whom the one before did not
 */
MashCloseness
mash_search_text_get_widest (const MashSearchText *self)
{
  for (guint i = 0; i < self->keys->len; i++)
    {
      if (*(const char *) g_ptr_array_index (self->keys, i) != '\0')
        return MASH_SOUNDS;
    }

  return self->words->len > 0 ? MASH_BEGINNINGS : MASH_WHOLE_WORDS;
}

/* One thing that is asked for: each of the terms would do. */
typedef struct
{
  const char *word;     /* of a name, or NULL */
  char       *terms[2];
  char       *forms[2]; /* how each of them stands in pairs */
  gboolean    covered;  /* a pair says all that the terms do, or nearly */
} Asked;

static void
asked_free (Asked *self)
{
  for (guint i = 0; i < 2; i++)
    {
      g_free (self->terms[i]);
      g_free (self->forms[i]);
    }
  g_free (self);
}

/* Lists of what sounds like a word are long, and what else begins with its first letters is not: it
 * is left to the comparison. */
static Asked *
ask_word (const char    *word,
          const char    *key,
          MashCloseness  closeness)
{
  Asked *self = g_new0 (Asked, 1);
  glong length = g_utf8_strlen (word, -1);

  self->word = word;
  if (closeness == MASH_WHOLE_WORDS)
    {
      self->terms[0] = g_strconcat (word, MASH_SEARCH_END, NULL);
      self->forms[0] = g_strdup (self->terms[0]);
      self->covered = TRUE;
      return self;
    }

  self->terms[0] = mash_search_dup_beginning (word, MIN (length, MASH_SEARCH_MAX_WORD));
  self->forms[0] = mash_search_dup_beginning (word, MIN (length, MASH_SEARCH_MAX_PAIR));
  self->covered = length <= MASH_SEARCH_MAX_PAIR || closeness == MASH_SOUNDS;
  if (closeness == MASH_SOUNDS && *key != '\0')
    {
      self->terms[1] = g_strconcat (MASH_SEARCH_SOUND, key, NULL);
      self->forms[1] = g_strdup (self->terms[1]);
    }

  return self;
}

static Asked *
ask_number (const char *number)
{
  Asked *self = g_new0 (Asked, 1);

  self->terms[0] = g_strdup_printf (MASH_SEARCH_NUMBER "%.*s", MASH_SEARCH_MAX_NUMBER, number);
  self->forms[0] = g_strdup_printf (MASH_SEARCH_NUMBER "%.*s", MASH_SEARCH_MIN_NUMBER, number);
  self->covered = strlen (number) == MASH_SEARCH_MIN_NUMBER;

  return self;
}

static Asked *
ask_date (const char *date)
{
  Asked *self = g_new0 (Asked, 1);

  self->terms[0] = g_strconcat (MASH_SEARCH_DATE, date, NULL);
  self->forms[0] = g_strdup (self->terms[0]);
  self->covered = TRUE;

  return self;
}

static int
compare_lengths (gconstpointer a,
                 gconstpointer b)
{
  const Asked *const *one = a;
  const Asked *const *other = b;
  gsize length = strlen ((*one)->word);
  gsize other_length = strlen ((*other)->word);

  return (length < other_length) - (length > other_length);
}

/* Long words say most. */
static GPtrArray *
list_asked (const MashSearchText *self,
            MashCloseness         closeness)
{
  GPtrArray *asked = g_ptr_array_new_with_free_func ((GDestroyNotify) asked_free);

  for (guint i = 0; i < self->words->len; i++)
    g_ptr_array_add (asked, ask_word (g_ptr_array_index (self->words, i),
                                      g_ptr_array_index (self->keys, i), closeness));
  g_ptr_array_sort (asked, compare_lengths);
  if (asked->len > MAX_ASKED)
    g_ptr_array_set_size (asked, MAX_ASKED);
  if (self->token != NULL)
    g_ptr_array_add (asked, ask_number (self->token));
  if (self->date != NULL)
    g_ptr_array_add (asked, ask_date (self->date));

  return asked;
}

static void
append_clause (GString     *query,
               const Asked *asked)
{
  g_string_append_printf (query, "%s(\"%s\"", query->len > 0 ? " AND " : "", asked->terms[0]);
  if (asked->terms[1] != NULL)
    g_string_append_printf (query, " OR \"%s\"", asked->terms[1]);
  g_string_append_c (query, ')');
}

/* One word of a name may begin with both. */
static gboolean
is_same_beginning (const Asked   *one,
                   const Asked   *other,
                   MashCloseness  closeness)
{
  return closeness != MASH_WHOLE_WORDS && one->word != NULL && other->word != NULL &&
         (g_str_has_prefix (one->word, other->word) || g_str_has_prefix (other->word, one->word));
}

/* What sounds the same may be one word. */
static void
append_pairs (GString     *query,
              const Asked *one,
              const Asked *other)
{
  g_string_append_printf (query, "%s(\"" MASH_SEARCH_UNPAIRED "\"", query->len > 0 ? " AND " : "");
  for (guint a = 0; a < 2 && one->forms[a] != NULL; a++)
    for (guint b = 0; b < 2 && other->forms[b] != NULL; b++)
      {
        g_string_append (query, " OR \"");
        if (a == 1 && g_str_equal (one->forms[a], other->forms[b]))
          g_string_append (query, one->forms[a]);
        else
          mash_search_append_pair (query, one->forms[a], other->forms[b]);
        g_string_append_c (query, '"');
      }
  g_string_append_c (query, ')');
}

/* Whether the three are short, and no two of them can be one word of a name. */
static gboolean
are_three (GPtrArray     *asked,
           MashCloseness  closeness)
{
  if (asked->len < 3 || closeness == MASH_WHOLE_WORDS)
    return FALSE;

  for (guint i = 0; i < 3; i++)
    {
      const Asked *one = g_ptr_array_index (asked, i);

      if (one->word == NULL || one->terms[1] != NULL || g_utf8_strlen (one->word, -1) > MAX_SHORT ||
          is_same_beginning (one, g_ptr_array_index (asked, (i + 1) % 3), closeness))
        return FALSE;
    }

  return TRUE;
}

static void
append_threes (GString   *query,
               GPtrArray *asked)
{
  const Asked *a = g_ptr_array_index (asked, 0);
  const Asked *b = g_ptr_array_index (asked, 1);
  const Asked *c = g_ptr_array_index (asked, 2);

  g_string_append (query, " AND (\"" MASH_SEARCH_UNPAIRED "\" OR \"");
  mash_search_append_three (query, a->word, b->word, c->word);
  g_string_append (query, "\")");
}

/**
 * mash_search_text_ask:
 * @self: what is looked for, not empty
 * @closeness: how closely names have to match
 *
 * Returns: (transfer full): the question for the index. It finds everybody who matches, and hardly
 *   anybody else: mash_search_text_compare() tells
 */
char *
mash_search_text_ask (const MashSearchText *self,
                      MashCloseness         closeness)
{
  g_autoptr (GPtrArray) asked = list_asked (self, closeness);
  GString *query = g_string_new (NULL);

  for (guint i = 0; i < asked->len; i++)
    {
      Asked *one = g_ptr_array_index (asked, i);
      gboolean paired = FALSE;

      for (guint k = 0; k < asked->len; k++)
        {
          Asked *other = g_ptr_array_index (asked, k);

          if (k == i || is_same_beginning (one, other, closeness))
            continue;
          paired = TRUE;
          if (k > i)
            append_pairs (query, one, other);
        }
      if (!paired || !one->covered)
        append_clause (query, one);
    }
  if (are_three (asked, closeness))
    append_threes (query, asked);

  return g_string_free (query, FALSE);
}

static gboolean
any_begins (char       **words,
            const char  *with)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (g_str_has_prefix (words[i], with))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has (const char *words,
     const char *word,
     gboolean    begun)
{
  g_auto (GStrv) all = g_strsplit (words, " ", -1);

  return begun ? any_begins (all, word) : g_strv_contains ((const char *const *) all, word);
}

/**
 * mash_search_text_compare:
 * @self: what is looked for
 * @row: what the index knows of a person
 *
 * Returns: how closely the person matches; %MASH_N_CLOSENESS where they do not
 */
MashCloseness
mash_search_text_compare (const MashSearchText *self,
                          const MashSearchRow  *row)
{
  g_auto (GStrv) names = g_strsplit (row->names, " ", -1);
  g_auto (GStrv) keys = g_strsplit (row->keys, " ", -1);
  MashCloseness closeness = MASH_WHOLE_WORDS;

  if ((self->date != NULL && !has (row->births, self->date, FALSE)) ||
      (self->token != NULL && !has (row->postcodes, self->token, TRUE) &&
       !has (row->identifiers, self->token, TRUE)))
    return MASH_N_CLOSENESS;

  for (guint i = 0; i < self->words->len; i++)
    {
      const char *word = g_ptr_array_index (self->words, i);
      const char *key = g_ptr_array_index (self->keys, i);

      if (g_strv_contains ((const char *const *) names, word))
        continue;
      if (any_begins (names, word))
        closeness = MAX (closeness, MASH_BEGINNINGS);
      else if (*key != '\0' && g_strv_contains ((const char *const *) keys, key))
        closeness = MASH_SOUNDS;
      else
        return MASH_N_CLOSENESS;
    }

  return closeness;
}
