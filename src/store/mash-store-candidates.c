/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-people-private.h"

#include <string.h>

#include "mash-match.h"
#include "mash-name-key.h"
#include "mash-search-terms.h"

/* How many people a question to the index may give, the youngest records first: to rank all that
 * match would cost what the register costs. */
#define CANDIDATES 120

/* Pairs grow with the square: who has more than these costs what it costs to cross the lists. */
#define MAX_PAIRS 64

/* The digits of a date that are its year. */
#define YEAR 4

static const char index_sql[] =
  "SELECT f.keys, f.births, f.postcodes, f.identifiers FROM person_search f"
  " WHERE f.rowid = (SELECT n FROM person WHERE id = ?1)";

static const char candidates_sql[] =
  "SELECT person FROM person_search WHERE person_search MATCH ?1"
  " ORDER BY rowid DESC LIMIT ?2";

static const char paired_sql[] =
  "SELECT f.person, f.births FROM person_term t CROSS JOIN person_search f ON f.rowid = t.rowid"
  " WHERE person_term MATCH ?1 ORDER BY t.rowid DESC LIMIT ?2";

static void
add_column (GString    *query,
            const char *column,
            const char *tokens)
{
  g_auto (GStrv) all = g_strsplit (tokens, " ", -1);
  guint n = 0;

  for (guint i = 0; all[i] != NULL; i++)
    {
      if (*all[i] == '\0')
        continue;
      if (n == 0)
        g_string_append_printf (query, "%s : (", column);
      g_string_append_printf (query, n == 0 ? "\"%s\"" : " OR \"%s\"", all[i]);
      n++;
    }
  if (n > 0)
    g_string_append_c (query, ')');
}

/* A question of the index: one of each column’s words; nothing where a column has none. */
static char *
make_query (const char *column,
            const char *tokens,
            const char *and_column,
            const char *and_tokens)
{
  g_autoptr (GString) query = g_string_new (NULL);
  gsize length;

  add_column (query, column, tokens);
  length = query->len;
  if (length == 0 || and_column == NULL)
    return length > 0 ? g_string_free (g_steal_pointer (&query), FALSE) : NULL;

  g_string_append (query, " AND ");
  add_column (query, and_column, and_tokens);

  return query->len > length + 5 ? g_string_free (g_steal_pointer (&query), FALSE) : NULL;
}

/* Terms of what is known of somebody, each with a mark before it. */
static char **
list_terms (const char *mark,
            const char *tokens)
{
  g_auto (GStrv) all = g_strsplit (tokens, " ", -1);
  GStrvBuilder *terms = g_strv_builder_new ();
  char **list;

  for (guint i = 0; all[i] != NULL; i++)
    {
      g_autofree char *term = g_strconcat (mark, all[i], NULL);

      if (*all[i] != '\0')
        g_strv_builder_add (terms, term);
    }
  list = g_strv_builder_end (terms);
  g_strv_builder_unref (terms);

  return list;
}

static void
add_any (GString *query,
         char   **terms)
{
  g_autofree char *any = g_strjoinv ("\" OR \"", terms);

  g_string_append_printf (query, "%s(\"%s\")", query->len > 0 ? " AND " : "", any);
}

/* Who has one sound alone has it for both. */
static void
add_pairs (GString *query,
           char   **ones,
           char   **others)
{
  for (guint i = 0; ones[i] != NULL; i++)
    for (guint k = 0; others[k] != NULL; k++)
      {
        g_string_append (query, " OR \"");
        if (strcmp (ones[i], others[k]) == 0)
          g_string_append (query, ones[i]);
        else
          mash_search_append_pair (query, ones[i], others[k]);
        g_string_append_c (query, '"');
      }
}

/* A question of the index of terms: one of the first, each with a mark before it, and one of how
 * names sound, together. Each pair is one list; to cross the two lists of it would cost what the
 * register costs, and is left to the few who stand under no pairs. */
static char *
make_paired_query (const char *mark,
                   const char *tokens,
                   const char *keys)
{
  g_auto (GStrv) ones = list_terms (mark, tokens);
  g_auto (GStrv) sounds = list_terms (MASH_SEARCH_SOUND, keys);
  gboolean paired = g_strv_length (ones) * g_strv_length (sounds) <= MAX_PAIRS;
  GString *query;

  if (ones[0] == NULL || sounds[0] == NULL)
    return NULL;

  query = g_string_new (paired ? "\"" MASH_SEARCH_UNPAIRED "\"" : NULL);
  add_any (query, ones);
  add_any (query, sounds);
  if (paired)
    add_pairs (query, ones, sounds);

  return g_string_free (query, FALSE);
}

static gboolean
differ_in_one (const char *a,
               const char *b)
{
  guint n = 0;

  if (strlen (a) != strlen (b))
    return FALSE;
  for (guint i = 0; a[i] != '\0'; i++)
    n += a[i] != b[i];

  return n == 1;
}

/* Whether any two could count: of one year, or with one digit between them. */
static gboolean
are_births_near (char       **ours,
                 const char  *births)
{
  g_auto (GStrv) theirs = g_strsplit (births, " ", -1);

  for (guint i = 0; ours[i] != NULL; i++)
    for (guint k = 0; theirs[k] != NULL; k++)
      if (strncmp (ours[i], theirs[k], YEAR) == 0 || differ_in_one (ours[i], theirs[k]))
        return TRUE;

  return FALSE;
}

/* Most of those who have both names have nothing else in common, and are not read where that is too
 * little to be shown, a parent besides or not. Whose home is the same is asked for apart. */
static gboolean
ask_names (MashStore   *self,
           char        *query,
           const char  *births,
           guint        prompt,
           GHashTable  *people,
           GError     **error)
{
  const int points = mash_match_get_points (MASH_MATCH_SURNAME) +
                     mash_match_get_points (MASH_MATCH_FORENAME) +
                     mash_match_get_points (MASH_MATCH_PARENT);
  g_autofree char *match = query;
  g_auto (GStrv) ours = list_terms ("", births);
  g_autoptr (MashStatement) row = NULL;
  MashStep step;

  if (match == NULL)
    return TRUE;
  row = mash_database_prepare (self->database, paired_sql, error);
  if (row == NULL)
    return FALSE;

  mash_statement_bind (row, "tu", match, (guint) CANDIDATES);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      if (points >= (int) prompt || are_births_near (ours, mash_statement_get_text (row, 1)))
        g_hash_table_add (people, mash_statement_dup_text (row, 0));
    }

  return step == MASH_STEP_DONE;
}

static gboolean
ask_index (MashStore   *self,
           const char  *sql,
           char        *query,
           GHashTable  *people,
           GError     **error)
{
  g_autofree char *match = query;
  g_autoptr (MashStatement) row = NULL;
  MashStep step;

  if (match == NULL)
    return TRUE;
  row = mash_database_prepare (self->database, sql, error);
  if (row == NULL)
    return FALSE;

  mash_statement_bind (row, "tu", match, (guint) CANDIDATES);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    g_hash_table_add (people, mash_statement_dup_text (row, 0));

  return step == MASH_STEP_DONE;
}

/* How the surnames and the forenames of a person sound, apart: in the index they stand together. */
static void
list_keys (MashStore  *self,
           const char *person,
           GString    *surnames,
           GString    *forenames)
{
  g_autoptr (MashRecord) record = mash_store_lookup (self, "person", person);
  g_autoptr (GPtrArray) names = mash_store_list (self, "person-name", "person", person);
  g_autoptr (GPtrArray) last = g_ptr_array_new ();
  g_autoptr (GPtrArray) first = g_ptr_array_new ();

  g_ptr_array_add (last, (gpointer) mash_record_get_text (record, "legal-surname"));
  g_ptr_array_add (first, (gpointer) mash_record_get_text (record, "legal-forenames"));
  g_ptr_array_add (first, (gpointer) mash_record_get_text (record, "known-as"));
  for (guint i = 0; i < names->len; i++)
    {
      MashRecord *name = g_ptr_array_index (names, i);

      g_ptr_array_add (last, (gpointer) mash_record_get_text (name, "surname"));
      g_ptr_array_add (first, (gpointer) mash_record_get_text (name, "forenames"));
    }

  for (guint way = 0; way < 2; way++)
    {
      GPtrArray *texts = way == 0 ? last : first;

      for (guint i = 0; i < texts->len; i++)
        {
          const char *text = g_ptr_array_index (texts, i);
          g_autofree char *key = text != NULL ? mash_name_key (text) : NULL;

          if (key != NULL)
            g_string_append_printf (way == 0 ? surnames : forenames, " %s", key);
        }
    }
}

/* The ids of whoever may be the same person, theirs among them: same number; same birth and a name;
 * both names and a birth that is near; same postcode and a name. Whatever scores as much as is
 * needed to be shown is found by one of them. */
gboolean
mash_store_find_candidates (MashStore   *self,
                            const char  *person,
                            guint        prompt,
                            GHashTable  *people,
                            GError     **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, index_sql, error);
  g_autoptr (GString) surnames = g_string_new (NULL);
  g_autoptr (GString) forenames = g_string_new (NULL);
  g_autofree char *keys = NULL, *births = NULL, *postcodes = NULL, *identifiers = NULL;
  MashStep step;

  if (row == NULL)
    return FALSE;
  mash_statement_bind_text (row, 1, person);
  step = mash_statement_step (row, error);
  if (step != MASH_STEP_ROW)
    return step == MASH_STEP_DONE;

  keys = mash_statement_dup_text (row, 0);
  births = mash_statement_dup_text (row, 1);
  postcodes = mash_statement_dup_text (row, 2);
  identifiers = mash_statement_dup_text (row, 3);
  list_keys (self, person, surnames, forenames);

  return ask_index (self, candidates_sql, make_query ("identifiers", identifiers, NULL, NULL),
                    people, error) &&
         ask_index (self, paired_sql, make_paired_query (MASH_SEARCH_DATE, births, keys), people,
                    error) &&
         ask_names (self, make_paired_query (MASH_SEARCH_SOUND, surnames->str, forenames->str),
                    births, prompt, people, error) &&
         ask_index (self, candidates_sql, make_query ("postcodes", postcodes, "keys", keys),
                    people, error);
}
