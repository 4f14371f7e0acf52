/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-reference.h"
#include "mash-search-table.h"
#include "mash-search-text.h"

#define PERMISSION_SEARCH 3

#define HIT_COLUMNS \
  "f.person, f.names, f.keys, f.births, f.postcodes, f.identifiers, p.legal_forenames," \
  " p.legal_surname, p.known_as, p.description, p.birth, g.root, p.n"

/* The columns. */
enum
{
  HIT_PERSON,
  HIT_NAMES,
  HIT_KEYS,
  HIT_BIRTHS,
  HIT_POSTCODES,
  HIT_IDENTIFIERS,
  HIT_FORENAMES,
  HIT_SURNAME,
  HIT_KNOWN_AS,
  HIT_DESCRIPTION,
  HIT_BIRTH,
  HIT_ROOT,
  HIT_N,
};

/* The index gives the youngest records first, and as many as are asked for: to rank all that match
 * would cost what the register costs. */
static const char find_sql[] =
  "SELECT " HIT_COLUMNS
  " FROM person_term t CROSS JOIN person_search f ON f.rowid = t.rowid"
  " CROSS JOIN person p ON p.n = t.rowid LEFT JOIN person_group g ON g.person = f.person"
  " WHERE person_term MATCH ?1 ORDER BY t.rowid DESC";

/* Of everybody who is found the keys alone: nobody’s record is read for them. */
static const char find_keys_sql[] =
  "SELECT f.person, f.names, f.keys, f.births, f.postcodes, f.identifiers,"
  " NULL, NULL, NULL, NULL, NULL, g.root, t.rowid"
  " FROM person_term t CROSS JOIN person_search f ON f.rowid = t.rowid"
  " LEFT JOIN person_group g ON g.person = f.person"
  " WHERE person_term MATCH ?1 ORDER BY t.rowid DESC";

/* The few who are in somebody’s own contacts. */
static const char own_sql[] =
  "SELECT p.n, f.names, f.keys, f.births, f.postcodes, f.identifiers"
  " FROM (SELECT DISTINCT s.person FROM contact c JOIN contact_subject s ON s.contact = c.id"
  "   WHERE c.assigned_to = ?1) o"
  " CROSS JOIN person p ON p.id = o.person CROSS JOIN person_search f ON f.rowid = p.n"
  " ORDER BY p.n DESC";

static const char one_sql[] =
  "SELECT " HIT_COLUMNS
  " FROM person_search f CROSS JOIN person p ON p.n = f.rowid"
  " LEFT JOIN person_group g ON g.person = f.person WHERE f.rowid = ?1";

static const char by_reference_sql[] =
  "SELECT s.person, '', '', '', '', '', p.legal_forenames, p.legal_surname, p.known_as,"
  " p.description, p.birth, g.root, p.n"
  " FROM contact c JOIN contact_subject s ON s.contact = c.id AND s.voided_at IS NULL"
  " JOIN person p ON p.id = s.person LEFT JOIN person_group g ON g.person = s.person"
  " WHERE c.reference = ?1 AND (?3 IS NULL OR c.assigned_to = ?3) ORDER BY s.n LIMIT ?2";

/* Contacts of a person under whichever of the linked records, each once. */
static const char contacts_sql[] =
  "SELECT id, reference, count (*) OVER () FROM (SELECT DISTINCT c.id, c.reference, c.n"
  "   FROM contact_subject s JOIN contact c INDEXED BY contact_line ON c.id = s.contact"
  "   WHERE s.voided_at IS NULL AND s.person IN (SELECT ?1 UNION SELECT person FROM person_group"
  "     WHERE root = (SELECT root FROM person_group WHERE person = ?1)))"
  " ORDER BY n DESC LIMIT 1";

static const char address_sql[] =
  "SELECT a.line1, a.town, a.postcode FROM household_member m"
  " JOIN household h INDEXED BY household_line ON h.id = m.household"
  " JOIN address a INDEXED BY address_line ON a.id = h.address"
  " WHERE m.person = ?1 AND m.voided_at IS NULL AND a.voided_at IS NULL"
  " AND a.confidential IS NOT 1 ORDER BY m.n DESC LIMIT 1";

/* What somebody typed, taken apart. */
typedef struct
{
  MashSearchText  text;
  char           *reference; /* a contact's reference */
} Terms;

static void
terms_clear (Terms *terms)
{
  mash_search_text_clear (&terms->text);
  g_clear_pointer (&terms->reference, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Terms, terms_clear)

static void
parse_terms (Terms      *terms,
             const char *text)
{
  mash_search_text_init (&terms->text);
  mash_search_text_parse (&terms->text, text);
  terms->reference = mash_reference_parse (text);
}

static gboolean
is_empty (const Terms *terms)
{
  return mash_search_text_is_empty (&terms->text) && terms->reference == NULL;
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

static MashCloseness
compare (const Terms   *terms,
         MashStatement *row)
{
  const MashSearchRow texts = {
    mash_statement_get_text (row, HIT_NAMES), mash_statement_get_text (row, HIT_KEYS),
    mash_statement_get_text (row, HIT_BIRTHS), mash_statement_get_text (row, HIT_POSTCODES),
    mash_statement_get_text (row, HIT_IDENTIFIERS),
  };

  return mash_search_text_compare (&terms->text, &texts);
}

/* The strongest thing that matched. */
static const char *
find_why (const Terms   *terms,
          MashStatement *row)
{
  const char *birth = mash_statement_get_text (row, HIT_BIRTH);
  g_autofree char *plain = birth != NULL ? mash_search_dup_token (birth) : NULL;

  if (terms->reference != NULL)
    return "reference";
  if (terms->text.token != NULL)
    return any_begins (mash_statement_get_text (row, HIT_IDENTIFIERS), terms->text.token)
           ? "identifier" : "postcode";
  if (terms->text.date != NULL)
    return g_strcmp0 (plain, terms->text.date) == 0 ? "birth" : "birth-swapped";

  return compare (terms, row) == MASH_SOUNDS ? "sound" : "name";
}

static char *
dup_name (MashStatement *row)
{
  const char *forenames = mash_statement_get_text (row, HIT_FORENAMES);
  const char *surname = mash_statement_get_text (row, HIT_SURNAME);
  const char *known_as = mash_statement_get_text (row, HIT_KNOWN_AS);

  if (forenames != NULL && surname != NULL)
    return g_strdup_printf ("%s %s", forenames, surname);
  if (forenames != NULL || surname != NULL)
    return g_strdup (forenames != NULL ? forenames : surname);

  return known_as != NULL ? g_strdup (known_as) : mash_statement_dup_text (row, HIT_DESCRIPTION);
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

/* A list of people on its way. */
typedef struct
{
  MashStore   *store;
  const Terms *terms;
  const char  *only;   /* (nullable): the id of whose contacts alone are looked into */
  guint        limit;
  GPtrArray   *hits;
  GArray      *keys;   /* (nullable): in their place */
  GHashTable  *seen;
} Finding;

/* Whoever is one line with somebody who is listed is not listed again. */
static gboolean
take_key (Finding       *self,
          MashStatement *row)
{
  const char *root = mash_statement_get_text (row, HIT_ROOT);
  gint64 n = mash_statement_get_int (row, HIT_N);

  if (g_hash_table_add (self->seen, mash_statement_dup_text (row, HIT_PERSON)) &&
      (root == NULL || g_hash_table_add (self->seen, g_strconcat ("=", root, NULL))))
    g_array_append_val (self->keys, n);

  return TRUE;
}

static MashPersonHit *
read_hit (MashStore      *self,
          const Terms    *terms,
          MashStatement  *row,
          GError        **error)
{
  MashPersonHit *hit = g_new0 (MashPersonHit, 1);

  hit->root = mash_statement_dup_text (row, HIT_ROOT);
  hit->records = 1;
  hit->person = mash_statement_dup_text (row, HIT_PERSON);
  hit->name = dup_name (row);
  hit->birth = mash_statement_dup_text (row, HIT_BIRTH);
  hit->why = g_strdup (find_why (terms, row));
  if (read_contacts (self, hit, error) && read_address (self, hit, error))
    return hit;
  mash_person_hit_free (hit);

  return NULL;
}

static gboolean
take_hit (Finding        *self,
          MashStatement  *row,
          GError        **error)
{
  MashPersonHit *hit;

  if (self->keys != NULL)
    return take_key (self, row);
  if (is_listed (self->hits, self->seen, mash_statement_get_text (row, HIT_PERSON),
                 mash_statement_get_text (row, HIT_ROOT)))
    return TRUE;

  hit = read_hit (self->store, self->terms, row, error);
  if (hit != NULL)
    g_ptr_array_add (self->hits, hit);

  return hit != NULL;
}

static gboolean
find_by_reference (Finding  *self,
                   GError  **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->store->database, by_reference_sql,
                                                         error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind (row, "tut", self->terms->reference, self->limit, self->only);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      if (!take_hit (self, row, error))
        return FALSE;
    }

  return step == MASH_STEP_DONE;
}

static gboolean
find_by_index (Finding        *self,
               MashCloseness   closeness,
               GError        **error)
{
  const char *sql = self->keys != NULL ? find_keys_sql : find_sql;
  g_autoptr (MashStatement) row = mash_database_prepare (self->store->database, sql, error);
  g_autofree char *query = mash_search_text_ask (&self->terms->text, closeness);
  MashStep step = MASH_STEP_DONE;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, query);
  while (self->hits->len < self->limit &&
         (step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      if (compare (self->terms, row) <= closeness && !take_hit (self, row, error))
        return FALSE;
    }

  return step != MASH_STEP_ERROR;
}

static gboolean
take_one (Finding  *self,
          gint64    n,
          GError  **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->store->database, one_sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind (row, "i", n);
  step = mash_statement_step (row, error);

  return step == MASH_STEP_DONE || (step == MASH_STEP_ROW && take_hit (self, row, error));
}

/* One’s own are so few that all of them are looked at, once. */
static gboolean
find_own (Finding  *self,
          GError  **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->store->database, own_sql, error);
  GArray *found[MASH_N_CLOSENESS];
  MashStep step = MASH_STEP_ERROR;
  gboolean taken;

  for (guint i = 0; i < MASH_N_CLOSENESS; i++)
    found[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (row != NULL)
    mash_statement_bind_text (row, 1, self->only);
  while (row != NULL && (step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      MashCloseness closeness = compare (self->terms, row);
      gint64 n = mash_statement_get_int (row, 0);

      if (closeness < MASH_N_CLOSENESS)
        g_array_append_val (found[closeness], n);
    }

  taken = step == MASH_STEP_DONE;
  for (guint closeness = 0; closeness < MASH_N_CLOSENESS; closeness++)
    {
      for (guint i = 0; taken && i < found[closeness]->len && self->hits->len < self->limit; i++)
        taken = take_one (self, g_array_index (found[closeness], gint64, i), error);
      g_array_unref (found[closeness]);
    }

  return taken;
}

/* The closest first, and only as far as there is room in the list. */
static gboolean
find (MashStore    *store,
      const Terms  *terms,
      const char   *only,
      guint         limit,
      GPtrArray    *hits,
      GArray       *keys,
      GError      **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Finding finding = { store, terms, only, limit, hits, keys, seen };

  if (terms->reference != NULL)
    return find_by_reference (&finding, error);
  if (only != NULL)
    return find_own (&finding, error);

  for (guint closeness = MASH_WHOLE_WORDS;
       closeness <= mash_search_text_get_widest (&terms->text) && hits->len < limit; closeness++)
    {
      if (!find_by_index (&finding, closeness, error))
        return FALSE;
    }

  return TRUE;
}

/* Takes apart what was typed and finds whoever the person’s role may find: as hits, or as keys. */
static gboolean
find_typed (MashStore   *self,
            const char  *text,
            guint        limit,
            Terms       *terms,
            GPtrArray   *hits,
            GArray      *keys,
            GError     **error)
{
  MashGrant grant = mash_policy_get_grant (self->policy, self->role, PERMISSION_SEARCH, NULL);
  const char *only = grant == MASH_GRANT_YES ? NULL : self->person;

  if (grant == MASH_GRANT_NO || grant == MASH_GRANT_CONDITION)
    {
      mash_store_refuse (error, _("Your role does not search people."));
      return FALSE;
    }
  parse_terms (terms, text);
  if (is_empty (terms))
    return TRUE;
  if (!find (self, terms, only, limit, hits, keys, error))
    return FALSE;
  if (terms->reference == NULL || hits->len > 0 || (keys != NULL && keys->len > 0))
    return TRUE;

  /* Some surnames look like a reference. */
  g_clear_pointer (&terms->reference, g_free);

  return is_empty (terms) || find (self, terms, only, limit, hits, keys, error);
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

  if (terms->text.words->len > 0)
    g_ptr_array_add (kinds, (gpointer) "name");
  if (terms->text.date != NULL)
    g_ptr_array_add (kinds, (gpointer) "birth");
  if (terms->text.token != NULL)
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
  g_auto (Terms) terms = { .reference = NULL };

  mash_store_assert (self);
  g_return_val_if_fail (text != NULL, NULL);

  hits = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_person_hit_free);
  if (!find_typed (self, text, limit, &terms, hits, NULL, error) ||
      (settled && !is_empty (&terms) && !log_search (self, &terms, hits, error)))
    return NULL;

  return g_steal_pointer (&hits);
}

/**
 * mash_store_list_found_keys:
 * @self: a store
 * @text: as for mash_store_search_people()
 * @cancellable: (nullable): to stop it
 * @error: as there; %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the keys of everybody who is found, in
 *   the same order: nobody has seen them yet
 */
GArray *
mash_store_list_found_keys (MashStore     *self,
                            const char    *text,
                            GCancellable  *cancellable,
                            GError       **error)
{
  g_autoptr (GPtrArray) hits = g_ptr_array_new ();
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (Terms) terms = { .reference = NULL };
  gboolean found;

  mash_store_assert (self);
  g_return_val_if_fail (text != NULL, NULL);

  mash_database_set_cancellable (self->database, cancellable);
  found = find_typed (self, text, G_MAXINT, &terms, hits, keys, error);
  mash_database_set_cancellable (self->database, NULL);

  return found ? g_steal_pointer (&keys) : NULL;
}

static gboolean
read_hits (MashStore     *self,
           const Terms   *terms,
           const gint64  *keys,
           guint          n_keys,
           GPtrArray     *hits,
           GPtrArray     *rows,
           GError       **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, one_sql, error);
  MashStep step = MASH_STEP_DONE;

  for (guint i = 0; row != NULL && i < n_keys; i++)
    {
      MashPersonHit *hit = NULL;

      mash_statement_bind_int (row, 1, keys[i]);
      step = mash_statement_step (row, error);
      if (step == MASH_STEP_ERROR ||
          (step == MASH_STEP_ROW && (hit = read_hit (self, terms, row, error)) == NULL))
        return FALSE;
      g_ptr_array_add (rows, hit);
      if (hit != NULL)
        g_ptr_array_add (hits, hit);
      mash_statement_reset (row);
    }

  return row != NULL;
}

/**
 * mash_store_list_found:
 * @self: a store
 * @text: what was typed
 * @keys: some of mash_store_list_found_keys()
 * @n_keys: how many they are
 * @error: as for mash_store_search_people()
 *
 * The ids of those who are given are written to the access chain, and committed, before.
 *
 * Returns: (transfer full) (element-type MashPersonHit) (nullable): who they are, in the order of
 *   @keys; %NULL in the place of one who is there no more
 */
GPtrArray *
mash_store_list_found (MashStore     *self,
                       const char    *text,
                       const gint64  *keys,
                       guint          n_keys,
                       GError       **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) hits = g_ptr_array_new ();
  g_auto (Terms) terms = { .reference = NULL };

  mash_store_assert (self);
  g_return_val_if_fail (text != NULL, NULL);

  /* What the words were taken for, and whether the role still may. */
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_person_hit_free);
  if (!find_typed (self, text, 1, &terms, rows, NULL, error))
    return NULL;

  g_ptr_array_set_size (rows, 0);
  return (is_empty (&terms) || (read_hits (self, &terms, keys, n_keys, hits, rows, error) &&
                                log_search (self, &terms, hits, error))) ? g_steal_pointer (&rows)
                                                                         : NULL;
}
