/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-database-private.h"
#include "store-fixture.h"

#include <string.h>

#include <glib/gstdio.h>

/* Columns that every table of records has beside its fields. */
static const char *const own_columns[] = {
  "n", "id", "revision", "created_at", "created_by", "created_post", "updated_at", "updated_by",
  "voided_at", "voided_reason", NULL,
};

static const char *
type_of (const MashField *field)
{
  return field->type == MASH_FIELD_BOOL || field->type == MASH_FIELD_INT ? "INTEGER" : "TEXT";
}

/* Gives the columns of a table: name → type. */
static GHashTable *
read_columns (MashDatabase *database,
              const char   *table)
{
  GHashTable *columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashStatement) row = NULL;

  row = mash_database_prepare (database, "SELECT name, type FROM pragma_table_info (?1)", &error);
  g_assert_no_error (error);
  mash_statement_bind_text (row, 1, table);
  while (mash_statement_step (row, &error) == MASH_STEP_ROW)
    g_hash_table_insert (columns, mash_statement_dup_text (row, 0),
                         mash_statement_dup_text (row, 1));
  g_assert_no_error (error);

  return columns;
}

static void
check_table (MashDatabase   *database,
             const MashKind *kind)
{
  g_autofree char *table = mash_tables_dup_column (kind->name);
  g_autoptr (GHashTable) columns = read_columns (database, table);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      g_autofree char *column = mash_tables_dup_column (kind->fields[i].name);
      const char *type = g_hash_table_lookup (columns, column);

      if (g_strcmp0 (type, type_of (&kind->fields[i])) != 0)
        g_error ("The table %s has for the field %s: %s", table, kind->fields[i].name, type);
      g_assert_false (g_strv_contains (own_columns, column));
      g_hash_table_remove (columns, column);
    }
  for (guint i = 0; own_columns[i] != NULL; i++)
    {
      if (!g_hash_table_remove (columns, own_columns[i]))
        g_error ("The table %s has no column %s", table, own_columns[i]);
    }
  g_assert_cmpuint (g_hash_table_size (columns), ==, 0);
}

static void
test_fields (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashDatabase) database = mash_database_new_in_memory (&error);
  guint n_kinds;
  const MashKind *const *kinds = mash_kind_list (&n_kinds);

  g_assert_no_error (error);
  for (guint i = 0; i < n_kinds; i++)
    check_table (database, kinds[i]);
}

static gboolean
uses_index (MashDatabase *database,
            const char   *sql)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashStatement) row = mash_database_prepare (database, explain, &error);
  gboolean found = FALSE;

  g_assert_no_error (error);
  while (mash_statement_step (row, &error) == MASH_STEP_ROW)
    {
      const char *detail = mash_statement_get_text (row, 3);

      /* To go through a partial index is to read what is in it and nothing else. */
      if ((strstr (detail, "SCAN") != NULL && strstr (detail, "tray_strategy") == NULL &&
           strstr (detail, "tray_undecided") == NULL) ||
          strstr (detail, "TEMP B-TREE") != NULL)
        return FALSE;
      found = found || strstr (detail, "USING") != NULL;
    }

  return found;
}

/* Whatever refers to a record is found without reading the whole table, and in order. */
static void
test_references_are_indexed (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashDatabase) database = mash_database_new_in_memory (&error);
  guint n_kinds;
  const MashKind *const *kinds = mash_kind_list (&n_kinds);

  for (guint i = 0; i < n_kinds; i++)
    {
      g_autofree char *table = mash_tables_dup_column (kinds[i]->name);

      for (guint f = 0; f < kinds[i]->n_fields; f++)
        {
          g_autofree char *column = mash_tables_dup_column (kinds[i]->fields[f].name);
          g_autofree char *sql = NULL;

          if (kinds[i]->fields[f].type != MASH_FIELD_REFERENCE)
            continue;
          sql = g_strdup_printf ("SELECT id FROM \"%s\" WHERE \"%s\" = ?1 AND voided_at IS NULL"
                                 " ORDER BY n", table, column);
          if (!uses_index (database, sql))
            g_error ("%s.%s is not indexed", table, column);
        }
    }
}

/* Lists that are read all day: none may read a whole table or sort. */
static void
test_lists_are_indexed (void)
{
  static const char *const lists[] = {
    "SELECT contact FROM tray WHERE undecided = 1 ORDER BY urgency, clock_due, contact",
    "SELECT contact FROM tray WHERE tray = 'to-sign' ORDER BY urgency, clock_due, contact",
    "SELECT contact FROM tray_mine WHERE person = ?1 ORDER BY urgency, clock_due, contact",
    ("SELECT contact FROM tray WHERE waiting = 1 AND urgency = 2"
     " AND (clock_due, contact) > (?1, ?2) ORDER BY clock_due, contact"),
    "SELECT contact FROM tray WHERE strategy = 1 ORDER BY urgency, clock_due, contact",
    "SELECT id FROM change WHERE contact = ?1 ORDER BY position DESC",
    "SELECT id FROM change WHERE record = ?1 ORDER BY position DESC",
    "SELECT id FROM access WHERE record = ?1 ORDER BY position DESC",
    "SELECT id FROM contact WHERE reference = ?1",
    "SELECT id FROM source_document WHERE sha256 = ?1",
    "SELECT n FROM tray_count WHERE tray = ?1 AND person = ?2 AND facet = ?3 AND value = ?4",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (MashDatabase) database = mash_database_new_in_memory (&error);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      if (!uses_index (database, lists[i]))
        g_error ("Not by an index: %s", lists[i]);
    }
}

/* Each thing in a database as a line, with how many rows a table has. What a virtual table makes
 * for itself is spelt as it likes. */
static char **
describe (MashDatabase *database)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MashStatement) row = NULL;

  row = mash_database_prepare (database,
                               "SELECT m.type, m.name, m.tbl_name,"
                               " CASE WHEN l.type = 'shadow' THEN NULL ELSE m.sql END"
                               " FROM sqlite_master m JOIN pragma_table_list l"
                               " ON l.schema = 'main' AND l.name = m.tbl_name"
                               " ORDER BY m.type, m.name", &error);
  g_assert_no_error (error);
  while (mash_statement_step (row, &error) == MASH_STEP_ROW)
    {
      const char *type = mash_statement_get_text (row, 0);
      const char *name = mash_statement_get_text (row, 1);
      g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM \"%s\"", name);
      gint64 n = g_str_equal (type, "table") ? mash_database_read_number (database, sql) : 0;
      g_autofree char *line = g_strdup_printf ("%s %s %s %" G_GINT64_FORMAT " %s", type, name,
                                               mash_statement_get_text (row, 2), n,
                                               mash_statement_get_text (row, 3));

      g_strv_builder_add (lines, line);
    }
  g_assert_no_error (error);

  return g_strv_builder_end (lines);
}

/* What is made at once is what the steps make, the first time and later. */
static void
test_fleeting (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("mash-schema-XXXXXX", &error);
  g_autoptr (MashDatabase) by_steps = mash_database_new_in_memory (&error);
  g_auto (GStrv) wanted = describe (by_steps);

  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (MashDatabase) database = mash_database_new_fleeting (folder, &error);
      g_auto (GStrv) made = NULL;

      g_assert_no_error (error);
      made = describe (database);
      g_assert_cmpstrv (made, wanted);
      g_assert_cmpuint (mash_database_get_version (database), ==,
                        mash_database_get_version (by_steps));
      g_assert_cmpint (mash_database_read_number (database, "PRAGMA user_version"), ==,
                       mash_database_get_version (by_steps));
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schema/fields", test_fields);
  g_test_add_func ("/schema/references-are-indexed", test_references_are_indexed);
  g_test_add_func ("/schema/lists-are-indexed", test_lists_are_indexed);
  g_test_add_func ("/schema/fleeting", test_fleeting);

  return g_test_run ();
}
