/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-search-terms.h"

#include <stdlib.h>
#include <string.h>

/* With more than this a person stands under no pairs, but under one term that each question that
 * asks for pairs also looks into: pairs grow with the square. */
#define MAX_PAIRED 40

typedef enum
{
  PART_WORD,
  PART_SOUND,
  PART_NUMBER,
  PART_DATE,
} PartKind;

/* Something that a person has, and how it stands in pairs. */
typedef struct
{
  PartKind  kind;
  char     *whole;      /* a word with its end; or what sounds, a number, a date */
  char     *beginnings[MASH_SEARCH_MAX_PAIR]; /* of a word, as many as it has letters */
} Part;

static void
part_free (Part *self)
{
  g_free (self->whole);
  for (guint i = 0; i < MASH_SEARCH_MAX_PAIR; i++)
    g_free (self->beginnings[i]);
  g_free (self);
}

/**
 * mash_search_dup_beginning:
 * @text: a word
 * @length: how many letters of it, at most as many as it has
 *
 * Returns: (transfer full): its first letters
 */
char *
mash_search_dup_beginning (const char *text,
                           glong       length)
{
  return g_strndup (text, (gsize) (g_utf8_offset_to_pointer (text, length) - text));
}

/**
 * mash_search_append_pair:
 * @to: what it is added to
 * @a: how something stands in pairs
 * @b: how something else does
 *
 * Adds the term of both together; both ways round it is the same.
 */
void
mash_search_append_pair (GString    *to,
                         const char *a,
                         const char *b)
{
  gboolean in_order = strcmp (a, b) <= 0;

  g_string_append (to, in_order ? a : b);
  g_string_append (to, MASH_SEARCH_TOGETHER);
  g_string_append (to, in_order ? b : a);
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * mash_search_append_three:
 * @to: what it is added to
 * @a: a word
 * @b: another
 * @c: and another
 *
 * Adds the term of the three first letters together; any way round it is the same.
 */
void
mash_search_append_three (GString    *to,
                          const char *a,
                          const char *b,
                          const char *c)
{
  const char *words[] = { a, b, c };

  qsort (words, G_N_ELEMENTS (words), sizeof *words, compare_words);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_string_append_printf (to, "%s%.*s", i > 0 ? MASH_SEARCH_TOGETHER : "",
                            (int) (g_utf8_next_char (words[i]) - words[i]), words[i]);
}

/* What stands under a person */

typedef struct
{
  GHashTable *seen;   /* of terms and of what stands in pairs */
  GString    *terms;
  GPtrArray  *parts;
} Listing;

static void
list_term (Listing *self,
           char    *term)
{
  if (g_hash_table_add (self->seen, term))
    g_string_append_printf (self->terms, "%s%s", self->terms->len > 0 ? " " : "", term);
}

static Part *
list_part (Listing    *self,
           PartKind    kind,
           const char *whole)
{
  Part *part = g_new0 (Part, 1);

  part->kind = kind;
  part->whole = g_strdup (whole);
  g_ptr_array_add (self->parts, part);

  return part;
}

static void
list_word (Listing    *self,
           const char *word)
{
  glong length = g_utf8_strlen (word, -1);
  g_autofree char *whole = g_strconcat (word, MASH_SEARCH_END, NULL);
  Part *part;

  if (g_hash_table_contains (self->seen, whole))
    return;

  part = list_part (self, PART_WORD, whole);
  list_term (self, g_steal_pointer (&whole));
  for (glong i = 1; i <= MIN (length, MASH_SEARCH_MAX_WORD); i++)
    {
      list_term (self, mash_search_dup_beginning (word, i));
      if (i <= MASH_SEARCH_MAX_PAIR)
        part->beginnings[i - 1] = mash_search_dup_beginning (word, i);
    }
}

static void
list_sound (Listing    *self,
            const char *key)
{
  char *term = g_strconcat (MASH_SEARCH_SOUND, key, NULL);

  if (!g_hash_table_contains (self->seen, term))
    list_part (self, PART_SOUND, term);
  list_term (self, term);
}

static void
list_number (Listing    *self,
             const char *number)
{
  for (gsize i = MASH_SEARCH_MIN_NUMBER; i <= MIN (strlen (number), MASH_SEARCH_MAX_NUMBER); i++)
    {
      char *term = g_strdup_printf (MASH_SEARCH_NUMBER "%.*s", (int) i, number);

      if (i == MASH_SEARCH_MIN_NUMBER && !g_hash_table_contains (self->seen, term))
        list_part (self, PART_NUMBER, term);
      list_term (self, term);
    }
}

static void
list_date (Listing    *self,
           const char *date)
{
  char *term = g_strconcat (MASH_SEARCH_DATE, date, NULL);

  if (!g_hash_table_contains (self->seen, term))
    list_part (self, PART_DATE, term);
  list_term (self, term);
}

static void
list_all (Listing    *self,
          const char *words,
          void      (*list) (Listing *self, const char *word))
{
  g_auto (GStrv) all = g_strsplit (words, " ", -1);

  for (guint i = 0; all[i] != NULL; i++)
    {
      if (*all[i] != '\0')
        list (self, all[i]);
    }
}

static void
list_together (Listing    *self,
               const char *a,
               const char *b)
{
  if (a != NULL && b != NULL)
    {
      g_string_append_c (self->terms, ' ');
      mash_search_append_pair (self->terms, a, b);
    }
}

/* Each beginning of the one with each of the other, and both whole: that is how two are asked for,
 * and how a word stands beside what has no beginnings. */
static void
list_pair (Listing    *self,
           const Part *one,
           const Part *other)
{
  gboolean both = one->kind == PART_WORD && other->kind == PART_WORD;

  list_together (self, one->whole, other->whole);
  for (guint i = 0; i < MASH_SEARCH_MAX_PAIR; i++)
    {
      if (!both)
        {
          list_together (self, one->beginnings[i], other->whole);
          list_together (self, one->whole, other->beginnings[i]);
        }
      for (guint k = 0; k < MASH_SEARCH_MAX_PAIR; k++)
        list_together (self, one->beginnings[i], other->beginnings[k]);
    }
}

/* Nobody asks for two numbers or two dates. */
static void
list_pairs (Listing *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    for (guint k = i + 1; k < self->parts->len; k++)
      {
        Part *one = g_ptr_array_index (self->parts, i);
        Part *other = g_ptr_array_index (self->parts, k);

        if (one->kind != other->kind || one->kind == PART_WORD || one->kind == PART_SOUND)
          list_pair (self, one, other);
      }
}

static const char *
get_word (Listing *self,
          guint    i)
{
  return ((Part *) g_ptr_array_index (self->parts, i))->whole;
}

/* The first letters of each three words: the pairs of short beginnings are long lists. */
static void
list_threes (Listing *self)
{
  guint n_words = 0;

  /* The words come first. */
  while (n_words < self->parts->len &&
         ((Part *) g_ptr_array_index (self->parts, n_words))->kind == PART_WORD)
    n_words++;

  for (guint i = 0; i < n_words; i++)
    for (guint k = i + 1; k < n_words; k++)
      for (guint m = k + 1; m < n_words; m++)
        {
          g_string_append_c (self->terms, ' ');
          mash_search_append_three (self->terms, get_word (self, i), get_word (self, k),
                                    get_word (self, m));
        }
}

/**
 * mash_search_row_list_terms:
 * @self: what the index knows of a person
 *
 * Returns: (transfer full): every term under which the person is found, with spaces between them
 */
char *
mash_search_row_list_terms (const MashSearchRow *self)
{
  Listing listing = { NULL };

  listing.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  listing.terms = g_string_new (NULL);
  listing.parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  list_all (&listing, self->names, list_word);
  list_all (&listing, self->keys, list_sound);
  list_all (&listing, self->postcodes, list_number);
  list_all (&listing, self->identifiers, list_number);
  list_all (&listing, self->births, list_date);
  if (listing.parts->len <= MAX_PAIRED)
    {
      list_pairs (&listing);
      list_threes (&listing);
    }
  else
    {
      list_term (&listing, g_strdup (MASH_SEARCH_UNPAIRED));
    }
  g_hash_table_unref (listing.seen);
  g_ptr_array_unref (listing.parts);

  return g_string_free (listing.terms, FALSE);
}

static void
list_terms_cb (sqlite3_context  *context,
               int               n_values,
               sqlite3_value   **values)
{
  const char *texts[5];
  MashSearchRow row;

  for (int i = 0; i < n_values; i++)
    {
      texts[i] = (const char *) sqlite3_value_text (values[i]);
      if (texts[i] == NULL || !g_utf8_validate (texts[i], -1, NULL))
        texts[i] = "";
    }
  row = (MashSearchRow) { texts[0], texts[1], texts[2], texts[3], texts[4] };
  sqlite3_result_text (context, mash_search_row_list_terms (&row), -1, g_free);
}

/**
 * mash_search_terms_install: (skip)
 * @handle: a connection
 *
 * Teaches the connection the function that the view behind the index is made with:
 * `search_terms (names, keys, births, postcodes, identifiers)`.
 *
 * Returns: what SQLite says
 */
int
mash_search_terms_install (sqlite3 *handle)
{
  return sqlite3_create_function_v2 (handle, "search_terms", 5,
                                     SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                                     list_terms_cb, NULL, NULL, NULL);
}
