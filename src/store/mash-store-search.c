/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-private.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "mash-name-key.h"
#include "mash-reference.h"
#include "mash-search-table.h"

#define PERMISSION_SEARCH 3

/* Shorter runs of letters and digits would find half the register. */
#define MIN_TOKEN 3

#define HIT_COLUMNS \
  "f.person, f.names, f.identifiers, f.postcodes, p.legal_forenames, p.legal_surname," \
  " p.known_as, p.description, p.birth, g.root"

/* The index gives the youngest records first, and as many as are asked for: to rank all that match
 * would cost what the register costs. */
static const char find_sql[] =
  "SELECT " HIT_COLUMNS
  " FROM person_search f CROSS JOIN person p ON p.n = f.rowid"
  " LEFT JOIN person_group g ON g.person = f.person"
  " WHERE person_search MATCH ?1 ORDER BY f.rowid DESC LIMIT ?2";

/* Among the few who are in somebody’s own contacts. */
static const char find_own_sql[] =
  "SELECT " HIT_COLUMNS
  " FROM (SELECT DISTINCT s.person FROM contact c JOIN contact_subject s ON s.contact = c.id"
  "   WHERE c.assigned_to = ?3) o"
  " CROSS JOIN person p ON p.id = o.person CROSS JOIN person_search f ON f.rowid = p.n"
  " LEFT JOIN person_group g ON g.person = f.person"
  " WHERE person_search MATCH ?1 ORDER BY f.rowid DESC LIMIT ?2";

static const char by_reference_sql[] =
  "SELECT s.person, '', '', '', p.legal_forenames, p.legal_surname, p.known_as, p.description,"
  " p.birth, g.root"
  " FROM contact c JOIN contact_subject s ON s.contact = c.id AND s.voided_at IS NULL"
  " JOIN person p ON p.id = s.person LEFT JOIN person_group g ON g.person = s.person"
  " WHERE c.reference = ?1 AND (?3 IS NULL OR c.assigned_to = ?3) ORDER BY s.n LIMIT ?2";

/* Contacts of a person under whichever of the linked records, each once. */
static const char contacts_sql[] =
  "SELECT id, reference, count (*) OVER () FROM (SELECT DISTINCT c.id, c.reference, c.n"
  "   FROM contact_subject s JOIN contact c ON c.id = s.contact"
  "   WHERE s.voided_at IS NULL AND s.person IN (SELECT ?1 UNION SELECT person FROM person_group"
  "     WHERE root = (SELECT root FROM person_group WHERE person = ?1)))"
  " ORDER BY n DESC LIMIT 1";

static const char address_sql[] =
  "SELECT a.line1, a.town, a.postcode FROM household_member m"
  " JOIN household h ON h.id = m.household JOIN address a ON a.id = h.address"
  " WHERE m.person = ?1 AND m.voided_at IS NULL AND a.voided_at IS NULL"
  " AND a.confidential IS NOT 1 ORDER BY m.n DESC LIMIT 1";

/* What somebody typed, taken apart. */
typedef struct
{
  GPtrArray *words;     /* folded words of names */
  char      *date;      /* a whole date, `YYYYMMDD` */
  char      *token;     /* a postcode or an identifier */
  char      *reference; /* a contact's reference */
} Terms;

static void
terms_clear (Terms *terms)
{
  g_clear_pointer (&terms->words, g_ptr_array_unref);
  g_clear_pointer (&terms->date, g_free);
  g_clear_pointer (&terms->token, g_free);
  g_clear_pointer (&terms->reference, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Terms, terms_clear)

static gboolean
has_digit (const char *text)
{
  return strpbrk (text, "0123456789") != NULL;
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
take_words (Terms      *terms,
            const char *text)
{
  g_autofree char *folded = mash_name_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] != '\0')
        g_ptr_array_add (terms->words, g_strdup (words[i]));
    }
}

/* A postcode and the usual way to write an NHS number have spaces in them, so neighbours with
 * digits belong together. */
static void
take_token (Terms      *terms,
            const char *text)
{
  g_autofree char *token = mash_search_dup_token (text);
  char *joined = g_strconcat (terms->token != NULL ? terms->token : "", token, NULL);

  g_free (terms->token);
  terms->token = joined;
}

static void
parse_terms (Terms      *terms,
             const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " \t\n", -1);

  terms->words = g_ptr_array_new_with_free_func (g_free);
  terms->reference = mash_reference_parse (text);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *date = parse_date (parts[i]);

      if (date != NULL)
        {
          g_free (terms->date);
          terms->date = date;
        }
      else if (has_digit (parts[i]))
        {
          take_token (terms, parts[i]);
        }
      else
        {
          take_words (terms, parts[i]);
        }
    }

  if (terms->token != NULL && strlen (terms->token) < MIN_TOKEN)
    g_clear_pointer (&terms->token, g_free);
}

static gboolean
is_empty (const Terms *terms)
{
  return terms->words->len == 0 && terms->date == NULL && terms->token == NULL &&
         terms->reference == NULL;
}

/* How closely names have to match; each finds all that the one before does. */
typedef enum
{
  WHOLE_WORDS,
  BEGINNINGS,
  SOUNDS,
  N_CLOSENESS,
} Closeness;

static void
append_word (GString    *query,
             const char *word,
             Closeness   closeness)
{
  g_autofree char *key = mash_name_key (word);

  g_string_append_printf (query, "%s(names : \"%s\"%s", query->len > 0 ? " AND " : "", word,
                          closeness == WHOLE_WORDS ? "" : " *");
  if (closeness == SOUNDS && *key != '\0')
    g_string_append_printf (query, " OR keys : \"%s\"", key);
  g_string_append_c (query, ')');
}

/* The query of the index. What goes into it is folded, so it holds letters and digits only; it is
 * quoted all the same. */
static char *
make_query (const Terms *terms,
            Closeness    closeness)
{
  GString *query = g_string_new (NULL);

  for (guint i = 0; i < terms->words->len; i++)
    append_word (query, g_ptr_array_index (terms->words, i), closeness);
  if (terms->date != NULL)
    g_string_append_printf (query, "%sbirths : \"%s\"", query->len > 0 ? " AND " : "",
                            terms->date);
  if (terms->token != NULL)
    g_string_append_printf (query, "%s{postcodes identifiers} : \"%s\" *",
                            query->len > 0 ? " AND " : "", terms->token);

  return g_string_free (query, FALSE);
}

static gboolean
any_begins (const char *tokens,
            const char *with)
{
  g_auto (GStrv) all = g_strsplit (tokens, " ", -1);

  for (guint i = 0; all[i] != NULL; i++)
    {
      if (g_str_has_prefix (all[i], with))
        return TRUE;
    }

  return FALSE;
}

/* The strongest thing that matched. */
static const char *
find_why (const Terms   *terms,
          MashStatement *row)
{
  const char *birth = mash_statement_get_text (row, 8);
  g_autofree char *plain = birth != NULL ? mash_search_dup_token (birth) : NULL;

  if (terms->reference != NULL)
    return "reference";
  if (terms->token != NULL)
    return any_begins (mash_statement_get_text (row, 2), terms->token) ? "identifier" : "postcode";
  if (terms->date != NULL)
    return g_strcmp0 (plain, terms->date) == 0 ? "birth" : "birth-swapped";

  for (guint i = 0; i < terms->words->len; i++)
    {
      if (!any_begins (mash_statement_get_text (row, 1), g_ptr_array_index (terms->words, i)))
        return "sound";
    }

  return "name";
}

static char *
dup_name (MashStatement *row)
{
  const char *forenames = mash_statement_get_text (row, 4);
  const char *surname = mash_statement_get_text (row, 5);
  const char *known_as = mash_statement_get_text (row, 6);

  if (forenames != NULL && surname != NULL)
    return g_strdup_printf ("%s %s", forenames, surname);
  if (forenames != NULL || surname != NULL)
    return g_strdup (forenames != NULL ? forenames : surname);

  return known_as != NULL ? g_strdup (known_as) : mash_statement_dup_text (row, 7);
}

static gboolean
read_contacts (MashStore      *self,
               MashPersonHit  *hit,
               GError        **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, contacts_sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, hit->person);
  step = mash_statement_step (row, error);
  if (step == MASH_STEP_ROW)
    {
      hit->contact = mash_statement_dup_text (row, 0);
      hit->reference = mash_statement_dup_text (row, 1);
      hit->contacts = (guint) mash_statement_get_int (row, 2);
    }

  return step != MASH_STEP_ERROR;
}

static gboolean
read_address (MashStore      *self,
              MashPersonHit  *hit,
              GError        **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, address_sql, error);
  g_autoptr (GString) line = g_string_new (NULL);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, hit->person);
  step = mash_statement_step (row, error);
  for (int i = 0; step == MASH_STEP_ROW && i < 3; i++)
    {
      if (!mash_statement_is_null (row, i))
        g_string_append_printf (line, "%s%s", line->len > 0 ? ", " : "",
                                mash_statement_get_text (row, i));
    }
  if (line->len > 0)
    hit->address = g_string_free (g_steal_pointer (&line), FALSE);

  return step != MASH_STEP_ERROR;
}

/* Linked records are one line: the one that matches best, with how many there are. */
static gboolean
is_listed (GPtrArray  *hits,
           GHashTable *seen,
           const char *person,
           const char *root)
{
  if (!g_hash_table_add (seen, g_strdup (person)))
    return TRUE;

  for (guint i = 0; i < hits->len; i++)
    {
      MashPersonHit *hit = g_ptr_array_index (hits, i);

      if (root != NULL && g_strcmp0 (hit->root, root) == 0)
        {
          hit->records++;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
take_hit (MashStore      *self,
          const Terms    *terms,
          MashStatement  *row,
          GPtrArray      *hits,
          GError        **error)
{
  MashPersonHit *hit = g_new0 (MashPersonHit, 1);

  g_ptr_array_add (hits, hit);
  hit->root = mash_statement_dup_text (row, 9);
  hit->records = 1;
  hit->person = mash_statement_dup_text (row, 0);
  hit->name = dup_name (row);
  hit->birth = mash_statement_dup_text (row, 8);
  hit->why = g_strdup (find_why (terms, row));

  return read_contacts (self, hit, error) && read_address (self, hit, error);
}

static gboolean
run_query (MashStore    *self,
           const char   *sql,
           const char   *query,
           const Terms  *terms,
           const char   *only,
           guint         limit,
           GPtrArray    *hits,
           GHashTable   *seen,
           GError      **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, sql, error);
  MashStep step = MASH_STEP_DONE;

  if (row == NULL)
    return FALSE;

  if (only != NULL || sql == by_reference_sql)
    mash_statement_bind (row, "tut", query, limit, only);
  else
    mash_statement_bind (row, "tu", query, limit);
  while (hits->len < limit && (step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      if (!is_listed (hits, seen, mash_statement_get_text (row, 0),
                      mash_statement_get_text (row, 9)) &&
          !take_hit (self, terms, row, hits, error))
        return FALSE;
    }

  return step != MASH_STEP_ERROR;
}

/* The closest first, and only as far as there is room in the list. */
static gboolean
find (MashStore    *self,
      const Terms  *terms,
      const char   *only,
      guint         limit,
      GPtrArray    *hits,
      GError      **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint from = terms->words->len > 0 ? WHOLE_WORDS : SOUNDS;

  if (terms->reference != NULL)
    return run_query (self, by_reference_sql, terms->reference, terms, only, limit, hits, seen,
                      error);

  for (guint closeness = from; closeness < N_CLOSENESS && hits->len < limit; closeness++)
    {
      g_autofree char *query = make_query (terms, closeness);

      if (!run_query (self, only != NULL ? find_own_sql : find_sql, query, terms, only, limit,
                      hits, seen, error))
        return FALSE;
    }

  return TRUE;
}

/* The kinds of terms and the ids of everybody listed, not what was typed. */
static gboolean
log_search (MashStore    *self,
            const Terms  *terms,
            GPtrArray    *hits,
            GError      **error)
{
  g_autoptr (GHashTable) members = mash_body_new ();
  g_autoptr (GPtrArray) kinds = g_ptr_array_new ();
  g_autoptr (GPtrArray) people = g_ptr_array_new ();

  if (terms->words->len > 0)
    g_ptr_array_add (kinds, (gpointer) "name");
  if (terms->date != NULL)
    g_ptr_array_add (kinds, (gpointer) "birth");
  if (terms->token != NULL)
    g_ptr_array_add (kinds, (gpointer) "identifier");
  if (terms->reference != NULL)
    g_ptr_array_add (kinds, (gpointer) "reference");
  for (guint i = 0; i < hits->len; i++)
    g_ptr_array_add (people, ((MashPersonHit *) g_ptr_array_index (hits, i))->person);

  mash_body_set (members, ".deed", g_variant_new_string ("search"));
  mash_body_set (members, "terms", g_variant_new_strv ((const char *const *) kinds->pdata,
                                                       (gssize) kinds->len));
  mash_body_set (members, "people", g_variant_new_strv ((const char *const *) people->pdata,
                                                        (gssize) people->len));

  return mash_store_log_view (self, "search", NULL, members, error);
}

/**
 * mash_store_search_people:
 * @self: a store
 * @text: what somebody typed: names, a date of birth, a postcode, an identifier, a reference
 * @limit: how many hits at most
 * @settled: whether it is a list to be read and not one that is still being typed
 * @error: %MASH_STORE_ERROR_REFUSED where the person's role may not search
 *
 * Finds people by an index, never by reading all of them. Names match as they are written and as
 * they sound, dates of birth also with day and month swapped. For a settled list the ids of
 * everybody on it are written to the access chain, and committed, before it is given.
 *
 * Returns: (transfer full) (element-type MashPersonHit) (nullable): the best first
 */
GPtrArray *
mash_store_search_people (MashStore   *self,
                          const char  *text,
                          guint        limit,
                          gboolean     settled,
                          GError     **error)
{
  g_autoptr (GPtrArray) hits = NULL;
  g_auto (Terms) terms = { NULL };
  MashGrant grant;
  const char *only;

  mash_store_assert (self);
  g_return_val_if_fail (text != NULL, NULL);

  grant = mash_policy_get_grant (self->policy, self->role, PERMISSION_SEARCH, NULL);
  if (grant == MASH_GRANT_NO || grant == MASH_GRANT_CONDITION)
    {
      mash_store_refuse (error, _("Your role does not search people."));
      return NULL;
    }

  hits = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_person_hit_free);
  parse_terms (&terms, text);
  if (is_empty (&terms))
    return g_steal_pointer (&hits);

  only = grant == MASH_GRANT_YES ? NULL : self->person;
  if (!find (self, &terms, only, limit, hits, error))
    return NULL;

  /* Some surnames look like a reference. */
  if (terms.reference != NULL && hits->len == 0)
    {
      g_clear_pointer (&terms.reference, g_free);
      if (!is_empty (&terms) && !find (self, &terms, only, limit, hits, error))
        return NULL;
    }
  if (settled && !log_search (self, &terms, hits, error))
    return NULL;

  return g_steal_pointer (&hits);
}
