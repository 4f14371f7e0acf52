/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-group-table.h"

/* Who stood in one group with a person until now, the person too. */
static const char before_sql[] =
  "SELECT ?1 UNION SELECT person FROM person_group WHERE root ="
  " (SELECT root FROM person_group WHERE person = ?1)";

/* Whom approved links join to a person, the person too. */
static const char joined_sql[] =
  "WITH RECURSIVE joined (person) AS (SELECT ?1"
  " UNION SELECT l.person_b FROM joined j JOIN identity_link l ON l.person_a = j.person"
  "   WHERE l.state = 'MERGED' AND l.voided_at IS NULL"
  " UNION SELECT l.person_a FROM joined j JOIN identity_link l ON l.person_b = j.person"
  "   WHERE l.state = 'MERGED' AND l.voided_at IS NULL)"
  " SELECT person FROM joined ORDER BY person";

static GPtrArray *
list_people (MashDatabase  *database,
             const char    *sql,
             const char    *person,
             GError       **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (database, sql, error);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_free);
  MashStep step;

  if (row == NULL)
    return NULL;

  mash_statement_bind_text (row, 1, person);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    g_ptr_array_add (people, mash_statement_dup_text (row, 0));

  return step == MASH_STEP_DONE ? g_steal_pointer (&people) : NULL;
}

/* The smallest id names a group, so that it is the same however the group came about. */
static gboolean
write_group (MashDatabase  *database,
             const char    *person,
             GError       **error)
{
  g_autoptr (GPtrArray) people = list_people (database, joined_sql, person, error);

  if (people == NULL)
    return FALSE;

  for (guint i = 0; people->len > 1 && i < people->len; i++)
    {
      if (!mash_database_run (database, error,
                              "INSERT OR REPLACE INTO person_group (person, root) VALUES (?1, ?2)",
                              "tt", g_ptr_array_index (people, i),
                              g_ptr_array_index (people, 0)))
        return FALSE;
    }

  return TRUE;
}

/**
 * mash_group_table_refresh:
 * @tables: the tables
 * @person: the id of a person of whom a link was altered
 * @error: return location for a #MashStoreError
 *
 * Writes the group of the person anew, and the groups of those who were in it until now. Inside the
 * caller's transaction.
 *
 * Returns: %TRUE when they were written
 */
gboolean
mash_group_table_refresh (MashTables  *tables,
                          const char  *person,
                          GError     **error)
{
  MashDatabase *database = mash_tables_get_database (tables);
  g_autoptr (GPtrArray) before = list_people (database, before_sql, person, error);

  if (before == NULL)
    return FALSE;

  for (guint i = 0; i < before->len; i++)
    {
      if (!mash_database_run (database, error, "DELETE FROM person_group WHERE person = ?1", "t",
                              g_ptr_array_index (before, i)))
        return FALSE;
    }
  for (guint i = 0; i < before->len; i++)
    {
      if (!write_group (database, g_ptr_array_index (before, i), error))
        return FALSE;
    }

  return TRUE;
}
