/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-fixture.h"

#include <string.h>

#include "mash-database-private.h"
#include "mash-store-board.h"
#include "mash-store-people.h"
#include "mash-store-report.h"
#include "mash-store-rota.h"
#include "mash-store-strategy.h"

/* Tables that do not grow with the register: they may be read from end to end. */
static const char *const small[] = {
  "meta", "file_identity", "staff", "post", "agency", "policy_version", "tray_count",
  /* A statement's own table of what is late, which is found by an index. */
  "late", NULL
};

/* Rows by their keys, counts that are kept and counts that are not, and what can be filtered by. */
static void
look_into_tray (StoreFixture *fixture,
                MashTrayId    tray,
                const char   *contact)
{
  g_autoptr (MashTrayQuery) query = mash_tray_query_new (tray);
  g_autoptr (MashTrayRow) found = NULL;
  g_autoptr (GPtrArray) facets = NULL;
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GError) error = NULL;
  const MashTrayKey key = { 0, 1, "00000000-0000-7000-8000-000000000001" };
  guint counts[MASH_N_TRAYS];
  guint count;

  mash_store_count_trays (fixture->store, counts, &error);
  mash_store_count_tray (fixture->store, query, &count, &error);
  facets = mash_store_list_tray_facets (fixture->store, tray, &error);
  page = mash_store_list_tray_page (fixture->store, query, &key, 2, 10, &error);
  mash_store_find_tray_row (fixture->store, query, contact, &found, &error);
  query->state = g_strdup ("C10");
  mash_store_count_tray (fixture->store, query, &count, &error);
  query->team = g_strdup ("North");
  mash_store_count_tray (fixture->store, query, &count, &error);
  query->late = TRUE;
  mash_store_count_tray (fixture->store, query, &count, &error);
  g_assert_no_error (error);
}

/* The board whole and filtered, and what it can be filtered by. */
static void
look_at_board (StoreFixture *fixture)
{
  const MashBoardKey key = { 1, "00000000-0000-7000-8000-000000000001" };
  g_autoptr (GPtrArray) facets = NULL;
  g_autoptr (GError) error = NULL;

  facets = mash_store_list_board_facets (fixture->store, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 8; i++)
    {
      g_autoptr (MashBoardQuery) query = mash_board_query_new ();
      g_autoptr (GPtrArray) page = NULL;
      guint count;

      query->agency = i & 1 ? g_strdup (fixture->agency) : NULL;
      query->owner = i & 2 ? g_strdup ("A health visitor") : NULL;
      query->late = (i & 4) != 0;
      page = mash_store_list_board (fixture->store, query, &key, 0, 10, &error);
      g_assert_no_error (error);
      mash_store_count_board (fixture->store, query, &count, &error);
      g_assert_no_error (error);
    }
}

static void
look_everywhere (StoreFixture *fixture,
                 const char   *contact)
{
  static const char *const words[] = { "Marsh", "04/03/2019", "WS1 4AB", "R7K2-M4QT-C" };
  const gint64 key = 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashContactBundle) bundle = mash_store_open_contact (fixture->store, contact, &error);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (GPtrArray) hits = mash_store_search_people (fixture->store, words[i], 20, TRUE,
                                                            NULL);
    }
  for (guint i = 0; i < MASH_N_TRAYS; i++)
    {
      g_autoptr (GPtrArray) rows = mash_store_list_tray (fixture->store, i, 100, &error);

      look_into_tray (fixture, i, contact);
    }
  {
    g_autoptr (GPtrArray) staff = mash_store_list_staff (fixture->store, &error);
    g_auto (GStrv) drafts = NULL;

    g_autoptr (MashWeekly) weekly = mash_store_read_weekly (fixture->store, 20000, 20048, NULL,
                                                            &error);
    g_autoptr (GArray) keys = mash_store_list_figure_keys (fixture->store, 20000, 20006, 20048,
                                                           MASH_FIGURE_OPEN, NULL, &error);
    g_autoptr (GPtrArray) contacts = mash_store_list_figure (fixture->store, 20048, &key, 1,
                                                             &error);

    mash_store_save_draft (fixture->store, contact, "{}", &error);
    drafts = mash_store_list_drafts (fixture->store, &error);
    g_free (mash_store_get_draft (fixture->store, contact, NULL, &error));
    mash_store_drop_draft (fixture->store, contact, &error);
  }
  g_assert_no_error (error);
}

/* What is a list of one day, one period or one contact: its rows, or their keys, are found by that,
 * and the rows of a page by their keys. */
static void
look_at_bounded (StoreFixture *fixture,
                 const char   *contact)
{
  g_autoptr (GPtrArray) rota = NULL;
  const gint64 key = 1;
  g_autoptr (GArray) looks = NULL;
  g_autoptr (GPtrArray) access = NULL;
  g_autoptr (GPtrArray) counts = NULL;
  g_autoptr (MashDrift) drift = NULL;
  g_autoptr (GPtrArray) discussions = NULL;
  g_autoptr (GArray) proposals = NULL;
  g_autoptr (GPtrArray) matches = NULL;
  g_autoptr (GError) error = NULL;

  rota = mash_store_list_rota (fixture->store, "2024-10-04", &error);
  g_assert_no_error (error);
  looks = mash_store_list_access_keys (fixture->store, contact, NULL, &error);
  g_assert_no_error (error);
  access = mash_store_list_access (fixture->store, contact, &key, 1, &error);
  g_assert_no_error (error);
  counts = mash_store_list_counts (fixture->store, 20000, 20048, &error);
  g_assert_no_error (error);
  drift = mash_store_read_drift (fixture->store, 20000, 20048, NULL, &error);
  g_assert_no_error (error);
  discussions = mash_store_list_drift (fixture->store, &key, 1, &error);
  g_assert_no_error (error);
  proposals = mash_store_list_link_proposal_keys (fixture->store, NULL, &error);
  g_assert_no_error (error);
  matches = mash_store_list_link_proposals (fixture->store, &key, 1, &error);
  g_assert_no_error (error);
  g_assert_true (mash_store_set_on_duty (fixture->store, "2024-10-04", "AM",
                                         fixture->store->person, TRUE, &error));
}

/* Each view of a timeline, filtered and searched. */
static void
look_at_timelines (StoreFixture *fixture,
                   const char   *contact)
{
  g_autofree char *child = store_fixture_find_child (fixture->store, contact);

  for (guint i = 0; i <= MASH_TIMELINE_HARM; i++)
    {
      g_autoptr (MashTimelineView) view = mash_timeline_view_new (contact);
      g_autoptr (GPtrArray) rows = NULL;
      g_autoptr (GError) error = NULL;

      view->scope = i;
      view->subject = g_strdup (i == MASH_TIMELINE_PERSON ? child : fixture->agency);
      view->words = g_strdup ("bruise received");
      view->with_void = TRUE;
      rows = mash_store_list_chronology (fixture->store, view, NULL, &error);
      g_assert_no_error (error);
    }
}

/* Every list that a rule or a page asks for goes by what refers to a record. */
static void
list_everything (StoreFixture *fixture)
{
  guint n_kinds;
  const MashKind *const *kinds = mash_kind_list (&n_kinds);

  for (guint k = 0; k < n_kinds; k++)
    {
      for (guint i = 0; i < kinds[k]->n_fields; i++)
        {
          const MashField *field = &kinds[k]->fields[i];
          gboolean document = strcmp (field->name, "sha256") == 0;
          g_autoptr (GPtrArray) records = NULL;

          if (field->type == MASH_FIELD_REFERENCE || document)
            records = mash_store_list (fixture->store, kinds[k]->name, field->name, "none");
        }
    }
}

static gboolean
is_whole_read (const char *step)
{
  g_auto (GStrv) words = NULL;

  if (strstr (step, "AUTOMATIC") != NULL)
    return TRUE;
  if (!g_str_has_prefix (step, "SCAN ") || strstr (step, "VIRTUAL TABLE") != NULL ||
      strstr (step, "(subquery") != NULL ||
      /* A partial index of a tray holds that tray; posts are as many as staff. */
      g_str_has_prefix (step, "SCAN t USING INDEX tray_") ||
      strcmp (step, "SCAN p USING INDEX post_staff") == 0 ||
      /* A partial index of what is proposed holds that. */
      g_str_has_prefix (step, "SCAN l USING INDEX identity_link_proposed") ||
      /* One row that stands in the statement itself. */
      strcmp (step, "SCAN CONSTANT ROW") == 0)
    return FALSE;
  words = g_strsplit (step, " ", 3);

  return !g_strv_contains (small, words[1]);
}

/* A list that is a window over its keys has them from an index in the order in which it shows them.
 * What waited longest is known only when it has been counted, so drift is none of these. */
static gboolean
is_in_order (const char *sql)
{
  return strstr (sql, " FROM board b") != NULL ||
         strstr (sql, "FROM access WHERE record") != NULL ||
         g_str_has_prefix (sql, "SELECT l.n FROM identity_link") ||
         g_str_has_prefix (sql, "SELECT c.n, c.state,");
}

/* No statement that the session has made so far reads a table of cases from end to end, and what is
 * shown by a window over its keys is not sorted either. */
static void
check_plans (StoreFixture *fixture,
             guint         at_least)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sqlite3 *handle = fixture->store->database->handle;
  GHashTableIter iter;
  gpointer sql;
  guint n_scans = 0;

  g_hash_table_iter_init (&iter, fixture->store->database->statements);
  while (g_hash_table_iter_next (&iter, &sql, NULL))
    {
      g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
      sqlite3_stmt *plan = NULL;

      if (sqlite3_prepare_v2 (handle, explain, -1, &plan, NULL) != SQLITE_OK)
        continue;
      g_hash_table_add (seen, g_strdup (sql));
      while (sqlite3_step (plan) == SQLITE_ROW)
        {
          const char *step = (const char *) sqlite3_column_text (plan, 3);

          /* What is put in order within a row of it are a few decisions of one contact. */
          gboolean sorted = strstr (step, "TEMP B-TREE") != NULL &&
                            sqlite3_column_int (plan, 1) == 0;

          if (!is_whole_read (step) && (!is_in_order (sql) || !sorted))
            continue;
          g_test_message ("%s: %s", step, (const char *) sql);
          n_scans++;
        }
      sqlite3_finalize (plan);
    }
  g_test_message ("%u statements", g_hash_table_size (seen));
  g_assert_cmpuint (g_hash_table_size (seen), >, at_least);
  g_assert_cmpuint (n_scans, ==, 0);
}

/* What grows with the register is found by an index. */
static void
test_no_scan (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");

  store_fixture_recommend (fixture, contact);
  look_everywhere (fixture, contact);
  look_at_timelines (fixture, contact);
  look_at_board (fixture);
  list_everything (fixture);
  check_plans (fixture, 100);
}

static gboolean
says_covered (sqlite3    *handle,
              const char *sql,
              const char *index)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autofree char *covered = g_strdup_printf ("COVERING INDEX %s ", index);
  sqlite3_stmt *plan = NULL;
  gboolean found = FALSE;

  if (sqlite3_prepare_v2 (handle, explain, -1, &plan, NULL) != SQLITE_OK)
    return FALSE;
  while (sqlite3_step (plan) == SQLITE_ROW)
    found |= strstr ((const char *) sqlite3_column_text (plan, 3), covered) != NULL;
  sqlite3_finalize (plan);

  return found;
}

/* The line of somebody whom a search finds is put together from indexes: each of the wide rows that
 * they stand for is a page of its own. */
static void
test_lines (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const char *const indexes[] = {
    "contact_subject_person", "contact_line", "household_member_person", "household_line",
    "address_line",
  };
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  sqlite3 *handle = fixture->store->database->handle;

  hits = mash_store_search_people (fixture->store, "mar", 20, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (indexes); i++)
    {
      GHashTableIter iter;
      gpointer sql;
      gboolean covered = FALSE;

      g_hash_table_iter_init (&iter, fixture->store->database->statements);
      while (g_hash_table_iter_next (&iter, &sql, NULL))
        covered |= says_covered (handle, sql, indexes[i]);
      g_test_message ("%s", indexes[i]);
      g_assert_true (covered);
    }
}

/* What is read whole is bounded by what is asked for, and found by it: the rota of a day, the
 * counts and the discussions of a period, who looked at a contact. */
static void
test_bounded (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");

  store_fixture_sign_in (fixture, "manager");
  look_at_bounded (fixture, contact);
  check_plans (fixture, 10);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/plan/no-scan", StoreFixture, NULL, store_fixture_set_up, test_no_scan,
              store_fixture_tear_down);

  g_test_add ("/plan/lines", StoreFixture, NULL, store_fixture_set_up, test_lines,
              store_fixture_tear_down);

  g_test_add ("/plan/bounded", StoreFixture, NULL, store_fixture_set_up, test_bounded,
              store_fixture_tear_down);

  return g_test_run ();
}
