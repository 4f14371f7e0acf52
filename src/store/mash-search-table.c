/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-search-table.h"

#include "mash-name-key.h"

static const char person_sql[] =
  "SELECT n, legal_surname, legal_forenames, known_as, birth, nhs_number, upn, la_child_id"
  " FROM person WHERE id = ?1 AND voided_at IS NULL";

static const char names_sql[] =
  "SELECT surname, forenames FROM person_name WHERE person = ?1 AND voided_at IS NULL ORDER BY n";

static const char identifiers_sql[] =
  "SELECT value, NULL FROM identifier WHERE person = ?1 AND voided_at IS NULL ORDER BY n";

static const char episodes_sql[] =
  "SELECT number, NULL FROM episode WHERE person = ?1 AND voided_at IS NULL ORDER BY n";

static const char contacts_sql[] =
  "SELECT i.value, NULL FROM contact_subject s JOIN identifier i ON i.of_contact = s.contact"
  " WHERE s.person = ?1 AND s.voided_at IS NULL AND i.voided_at IS NULL ORDER BY i.n";

static const char postcodes_sql[] =
  "SELECT a.postcode, NULL FROM household_member m"
  " JOIN household h ON h.id = m.household AND h.voided_at IS NULL"
  " JOIN address a ON a.id = h.address AND a.voided_at IS NULL"
  " WHERE m.person = ?1 AND m.voided_at IS NULL AND a.confidential IS NOT 1 ORDER BY m.n";

static const char same_sql[] =
  "SELECT 1 FROM person_search WHERE rowid = ?1 AND person = ?2 AND names = ?3 AND keys = ?4"
  " AND births = ?5 AND postcodes = ?6 AND identifiers = ?7";

static const char insert_sql[] =
  "INSERT INTO person_search (rowid, person, names, keys, births, postcodes, identifiers)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

/* The terms are made from the row that the person has: they go before it and come after it. */
static const char drop_terms_sql[] =
  "DELETE FROM person_term WHERE rowid = (SELECT n FROM person WHERE id = ?1)";

static const char drop_sql[] =
  "DELETE FROM person_search WHERE rowid = (SELECT n FROM person WHERE id = ?1)";

static const char insert_terms_sql[] =
  "INSERT INTO person_term (rowid, terms) SELECT n, terms FROM person_terms WHERE n = ?1";

typedef char *(*Fold) (const char *text);

static void
append (GString    *out,
        const char *text,
        Fold        fold)
{
  g_autofree char *folded = text != NULL ? fold (text) : NULL;

  if (folded != NULL && *folded != '\0')
    g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", folded);
}

static void
append_name (GString    *names,
             GString    *keys,
             const char *text)
{
  append (names, text, mash_name_fold);
  append (keys, text, mash_name_key);
}

static void
append_births (GString    *births,
               const char *birth)
{
  g_auto (GStrv) variants = birth != NULL ? mash_birth_variants (birth) : NULL;

  for (guint i = 0; variants != NULL && variants[i] != NULL; i++)
    append (births, variants[i], mash_search_dup_token);
}

/* Runs a statement of up to two texts a row for the person, and folds each into @a, and into @b
 * too as a name when there is one. */
static gboolean
append_rows (MashDatabase  *database,
             const char    *sql,
             const char    *person,
             GString       *a,
             GString       *b,
             GError       **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (database, sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, person);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      for (int i = 0; i < 2; i++)
        {
          if (b != NULL)
            append_name (a, b, mash_statement_get_text (row, i));
          else
            append (a, mash_statement_get_text (row, i), mash_search_dup_token);
        }
    }

  return step == MASH_STEP_DONE;
}

/* What the index is to know of a person. */
typedef struct
{
  gint64   n;
  GString *names;
  GString *keys;
  GString *births;
  GString *postcodes;
  GString *identifiers;
} Row;

static void
row_clear (Row *self)
{
  g_string_free (self->names, TRUE);
  g_string_free (self->keys, TRUE);
  g_string_free (self->births, TRUE);
  g_string_free (self->postcodes, TRUE);
  g_string_free (self->identifiers, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, row_clear)

static gboolean
fill_row (MashDatabase   *database,
          MashStatement  *person_row,
          const char     *person,
          Row            *row,
          GError        **error)
{
  row->n = mash_statement_get_int (person_row, 0);
  for (int i = 1; i <= 3; i++)
    append_name (row->names, row->keys, mash_statement_get_text (person_row, i));
  append_births (row->births, mash_statement_get_text (person_row, 4));
  for (int i = 5; i <= 7; i++)
    append (row->identifiers, mash_statement_get_text (person_row, i), mash_search_dup_token);

  return append_rows (database, names_sql, person, row->names, row->keys, error) &&
         append_rows (database, identifiers_sql, person, row->identifiers, NULL, error) &&
         append_rows (database, episodes_sql, person, row->identifiers, NULL, error) &&
         append_rows (database, contacts_sql, person, row->identifiers, NULL, error) &&
         append_rows (database, postcodes_sql, person, row->postcodes, NULL, error);
}

/* Most of what is altered about a person is not what people are found by. */
static gboolean
is_there (MashDatabase  *database,
          const char    *person,
          const Row     *row,
          gboolean      *there,
          GError       **error)
{
  g_autoptr (MashStatement) same = mash_database_prepare (database, same_sql, error);
  MashStep step;

  if (same == NULL)
    return FALSE;

  mash_statement_bind (same, "itttttt", row->n, person, row->names->str, row->keys->str,
                       row->births->str, row->postcodes->str, row->identifiers->str);
  step = mash_statement_step (same, error);
  *there = step == MASH_STEP_ROW;

  return step != MASH_STEP_ERROR;
}

static gboolean
write_row (MashTables   *tables,
           const char   *person,
           const Row    *row,
           GError      **error)
{
  MashDatabase *database = mash_tables_get_database (tables);

  return mash_search_table_drop (tables, person, error) &&
         mash_database_run (database, error, insert_sql, "itttttt", row->n, person,
                            row->names->str, row->keys->str, row->births->str,
                            row->postcodes->str, row->identifiers->str) &&
         mash_database_run (database, error, insert_terms_sql, "i", row->n);
}

/**
 * mash_search_dup_token:
 * @text: a date, a postcode or an identifier
 *
 * Returns: (transfer full): its letters and digits alone, in small letters
 */
char *
mash_search_dup_token (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (out, g_ascii_tolower (*p));
    }

  return g_string_free (out, FALSE);
}

/**
 * mash_search_table_drop:
 * @tables: the tables
 * @person: the id of a person that exists still
 * @error: return location for a #MashStoreError
 *
 * Takes the person out of the index. Inside the caller's transaction.
 *
 * Returns: %TRUE when the row is gone
 */
gboolean
mash_search_table_drop (MashTables  *tables,
                        const char  *person,
                        GError     **error)
{
  MashDatabase *database = mash_tables_get_database (tables);

  return mash_database_run (database, error, drop_terms_sql, "t", person) &&
         mash_database_run (database, error, drop_sql, "t", person);
}

/**
 * mash_search_table_refresh:
 * @tables: the tables
 * @person: the id of a person that exists
 * @error: return location for a #MashStoreError
 *
 * Writes the person's row of the index anew where it is another. Inside the caller's transaction.
 *
 * Returns: %TRUE when it is there
 */
gboolean
mash_search_table_refresh (MashTables  *tables,
                           const char  *person,
                           GError     **error)
{
  MashDatabase *database = mash_tables_get_database (tables);
  g_autoptr (MashStatement) person_row = mash_database_prepare (database, person_sql, error);
  g_auto (Row) row = {
    0, g_string_new (NULL), g_string_new (NULL), g_string_new (NULL), g_string_new (NULL),
    g_string_new (NULL),
  };
  gboolean there;
  MashStep step;

  if (person_row == NULL)
    return FALSE;

  mash_statement_bind_text (person_row, 1, person);
  step = mash_statement_step (person_row, error);
  if (step == MASH_STEP_DONE)
    return mash_search_table_drop (tables, person, error);

  return step == MASH_STEP_ROW && fill_row (database, person_row, person, &row, error) &&
         is_there (database, person, &row, &there, error) &&
         (there || write_row (tables, person, &row, error));
}
