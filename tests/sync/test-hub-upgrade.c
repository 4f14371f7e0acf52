/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A hub that was brought up to date is the hub that would be made today: whichever step it stood
 * at, whatever functions it had, and with all that is worked out of its history.
 *
 * The older ones are made of tests/data/hub-at-24: the steps as they were while each held
 * functions, too, and the rights as they were at two of them.
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "hub-desk.h"
#include "mash-kinds.h"

#define NOW "2026-03-02T10:00:30.000Z"

/* From here on the rights go by functions that came with the reach. */
#define REACH_STEP 15

/* The first step that had all that its rights give. */
#define DOORS_STEP 9

/* All that a hub is made of but its rows, each with its name before it. */
static const char *const parts_of_hub[] = {
  "SELECT 'function ' || p.oid::regprocedure, pg_get_functiondef (p.oid),"
  " pg_get_userbyid (p.proowner),"
  " (SELECT string_agg (a::text, ' ' ORDER BY a::text) FROM unnest (p.proacl) AS a)"
  " FROM pg_proc p WHERE p.pronamespace IN ('mash'::regnamespace, 'api1'::regnamespace)",

  "SELECT 'table ' || c.oid::regclass, c.relkind, c.relrowsecurity, c.relforcerowsecurity,"
  " pg_get_userbyid (c.relowner),"
  " (SELECT string_agg (a::text, ' ' ORDER BY a::text) FROM unnest (c.relacl) AS a)"
  " FROM pg_class c WHERE c.relnamespace = 'mash'::regnamespace",

  "SELECT 'column ' || a.attrelid::regclass || ' ' || a.attnum, a.attname,"
  " format_type (a.atttypid, a.atttypmod), a.attnotnull, a.attisdropped,"
  " pg_get_expr (d.adbin, d.adrelid)"
  " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
  " LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
  " WHERE c.relnamespace = 'mash'::regnamespace AND a.attnum > 0",

  "SELECT 'constraint ' || c.conrelid::regclass || ' ' || c.conname, pg_get_constraintdef (c.oid)"
  " FROM pg_constraint c WHERE c.connamespace = 'mash'::regnamespace",

  "SELECT 'index ' || i.indexrelid::regclass, pg_get_indexdef (i.indexrelid), i.indisvalid"
  " FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
  " WHERE c.relnamespace = 'mash'::regnamespace",

  "SELECT 'trigger ' || t.tgrelid::regclass || ' ' || t.tgname, t.tgenabled,"
  " pg_get_triggerdef (t.oid)"
  " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
  " WHERE c.relnamespace = 'mash'::regnamespace AND NOT t.tgisinternal",

  "SELECT 'policy ' || p.tablename || ' ' || p.policyname, p.cmd, p.permissive, p.roles, p.qual,"
  " p.with_check FROM pg_policies p WHERE p.schemaname = 'mash'",

  "SELECT 'schema ' || n.nspname, pg_get_userbyid (n.nspowner),"
  " (SELECT string_agg (a::text, ' ' ORDER BY a::text) FROM unnest (n.nspacl) AS a)"
  " FROM pg_namespace n WHERE n.nspname IN ('mash', 'api1', 'public')",

  "SELECT 'default ' || pg_get_userbyid (d.defaclrole), d.defaclobjtype, d.defaclacl"
  " FROM pg_default_acl d",
};

/* What is worked out of the history, and at which number it stands is all the same. */
static const char *const worked_out[] = {
  "SELECT string_agg (id || ' ' || seq, ', ' ORDER BY id, seq) FROM mash.about",
  "SELECT string_agg (concat_ws (' ', seq, record, person), ', ' ORDER BY seq) FROM mash.worded",
  "SELECT string_agg (person || ' ' || seq, ', ' ORDER BY person, seq) FROM mash.kept",
  "SELECT string_agg (person || ' ' || seq, ', ' ORDER BY person, seq) FROM mash.closed",
  "SELECT string_agg (id || ' ' || scope, ', ' ORDER BY id) FROM mash.person",
  "SELECT string_agg (concat_ws (' ', person, post, agency, takes_over, everything), ', '"
  " ORDER BY person, post) FROM mash.asked_post",
  "SELECT string_agg (contact || ' ' || person, ', ' ORDER BY contact, person) FROM mash.reached",
  "SELECT string_agg (concat_ws (' ', person, id, contact), ', ' ORDER BY person, id, contact)"
  " FROM mash.open_id",
};

static Cluster *cluster;
static guint n_hubs;

static MashHubLine *
open_line (const char *database)
{
  g_autofree char *settings = cluster_dup_settings (cluster, database, NULL);
  g_autoptr (GError) error = NULL;
  MashHubLine *line = mash_hub_line_open_admin (settings, &error);

  g_assert_no_error (error);

  return line;
}

static void
run (MashHubLine *line,
     const char  *format,
     ...) G_GNUC_PRINTF (2, 3);

static void
run (MashHubLine *line,
     const char  *format,
     ...)
{
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;
  va_list list;

  va_start (list, format);
  sql = g_strdup_vprintf (format, list);
  va_end (list);
  mash_hub_line_run (line, sql, &error);
  g_assert_no_error (error);
}

/* The end of the names of a hub's roles. */
static char *
dup_role_end (const char *database)
{
  g_autofree char *hub = cluster_ask (cluster, database, "SELECT hub FROM mash.meta");
  g_autofree char *role = mash_hub_dup_role (hub, "keeper");

  return g_strdup (strchr (role, '_'));
}

/* All parts of a hub in their order; its roles are named as any hub's. */
static GPtrArray *
list_parts (const char *database)
{
  g_autoptr (MashHubLine) line = open_line (database);
  g_autofree char *end = dup_role_end (database);
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (parts_of_hub); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT x::text FROM (%s) AS x ORDER BY x::text"
                                              " COLLATE \"C\"", parts_of_hub[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (MashHubRows) rows = mash_hub_line_ask (line, &error, sql, NULL);

      g_assert_no_error (error);
      g_assert_cmpuint (mash_hub_rows_get_n (rows), >, 0);
      for (guint row = 0; row < mash_hub_rows_get_n (rows); row++)
        {
          GString *part = g_string_new (mash_hub_rows_get_text (rows, row, 0));

          g_string_replace (part, end, "_hub", 0);
          g_ptr_array_add (parts, g_string_free (part, FALSE));
        }
    }

  return parts;
}

static void
assert_same (GPtrArray  *is,
             GPtrArray  *should_be)
{
  for (guint i = 0; i < is->len && i < should_be->len; i++)
    g_assert_cmpstr (g_ptr_array_index (is, i), ==, g_ptr_array_index (should_be, i));
  g_assert_cmpuint (is->len, ==, should_be->len);
}

/* The text of an old step, or of the rights of then. */
static char *
load_old (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "hub-at-24", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static char *
load_old_step (guint number)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "data", "hub-at-24", NULL);
  g_autofree char *begins = g_strdup_printf ("%03u-", number);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_prefix (name, begins))
        return load_old (name);
    }

  g_assert_not_reached ();
}

static void
take_old_step (MashHubLine *line,
               guint        number)
{
  g_autofree char *sql = load_old_step (number);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, sql, -1);

  run (line, "%s", sql);
  run (line, "INSERT INTO mash.step (n, sha256) VALUES (%u, '%s')", number, sha256);
}

static void
give_old_rights (MashHubLine *line,
                 const char  *end,
                 guint        last)
{
  g_autofree char *sql = load_old (last < REACH_STEP ? "rights-012.sql" : "rights-024.sql");
  static const char *const parts[] = { "keeper", "reader", "warden", "desks" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    run (line, "SELECT set_config ('mash.%s', '%c%s', true)", parts[i], parts[i][0], end);
  run (line, "%s", sql);
}

/* The rows of a table, in a hub that has other columns, too, or not all of these. */
static void
copy_rows (const char *from,
           const char *to,
           const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT coalesce (json_agg (t)::text, '[]')"
                                          " FROM mash.%s t", table);
  g_autofree char *rows = cluster_ask (cluster, from, sql);
  g_autoptr (MashHubLine) line = open_line (to);
  g_autofree char *insert = g_strdup_printf ("INSERT INTO mash.%s SELECT *"
                                             " FROM json_populate_recordset (NULL::mash.%s,"
                                             " $1::json)", table, table);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubRows) done = mash_hub_line_ask (line, &error, insert, rows, NULL);

  g_assert_no_error (error);
  g_assert_nonnull (done);
}

/* Makes a hub as the program did whose last step this was. */
static char *
make_old (guint last)
{
  static const char *const policy[] = {
    "kind", "field", "unprintable", "deed", "deed_guard", "permit", "code", "working_day",
  };
  char *database = g_strdup_printf ("old%u", n_hubs++);
  g_autofree char *hub = g_strdup_printf ("%s-at-%u", database, last);
  g_autofree char *role = mash_hub_dup_role (hub, "keeper");
  const char *end = strchr (role, '_');
  g_autoptr (MashHubLine) line = NULL;

  {
    g_autofree char *sql = g_strdup_printf ("CREATE DATABASE %s", database);

    cluster_run (cluster, "postgres", sql);
  }
  line = open_line (database);
  run (line, "BEGIN; CREATE ROLE k%s; CREATE ROLE r%s; CREATE ROLE d%s; CREATE ROLE w%s CREATEROLE",
       end, end, end, end);
  run (line, "GRANT CREATE ON DATABASE %s TO k%s; SET LOCAL ROLE k%s", database, end, end);
  for (guint i = 1; i <= last; i++)
    take_old_step (line, i);
  run (line, "RESET ROLE; INSERT INTO mash.meta (hub, epoch, name, training, head_chain)"
       " VALUES ('%s', 'x', 'Hub', true, decode (repeat ('00', 32), 'hex'))", hub);
  if (last >= DOORS_STEP)
    give_old_rights (line, end, last);
  run (line, "COMMIT");
  for (guint i = 0; i < G_N_ELEMENTS (policy); i++)
    copy_rows ("template", database, policy[i]);

  return database;
}

static guint
upgrade (const char *database)
{
  g_autoptr (MashHubLine) line = open_line (database);
  g_autoptr (GError) error = NULL;
  guint n_steps = 99;

  mash_hub_upgrade (line, &n_steps, &error);
  g_assert_no_error (error);

  return n_steps;
}

/* Whatever a hub came from, it is what a new one is, and stays so. */
static void
test_same (gconstpointer data)
{
  guint last = GPOINTER_TO_UINT (data);
  g_autofree char *database = make_old (last);
  g_autoptr (GPtrArray) parts = list_parts ("template");
  g_autoptr (GPtrArray) once = NULL;
  g_autoptr (GPtrArray) twice = NULL;
  g_autoptr (MashHubLine) line = open_line (database);
  g_autoptr (MashHubStatus) status = NULL;

  g_assert_cmpuint (upgrade (database), >, 0);
  once = list_parts (database);
  assert_same (once, parts);
  g_assert_cmpuint (upgrade (database), ==, 0);
  twice = list_parts (database);
  assert_same (twice, parts);
  status = mash_hub_read_status (line, NULL);
  g_assert_nonnull (status);
  g_assert_cmpuint (status->schema, >, 24);
}

/* A hub that has had every step gets the functions of the program that upgrades it, each as it is
 * there, and loses those that are not; whatever the other program made of them. */
static void
test_functions (void)
{
  g_autoptr (GPtrArray) parts = list_parts ("template");
  g_autoptr (GPtrArray) other = NULL;
  g_autoptr (GPtrArray) now = NULL;
  g_autofree char *end = NULL;
  g_autoptr (MashHubLine) line = NULL;

  cluster_make_hub (cluster, "functions", NULL);
  end = dup_role_end ("functions");
  line = open_line ("functions");
  run (line, "SET search_path = mash; SET ROLE k%s;"
       /* Other words, other arguments, another kind of answer, other rights. */
       " CREATE OR REPLACE FUNCTION has_word (words text, word text) RETURNS boolean"
       " LANGUAGE plpgsql AS $$ BEGIN RETURN true; END $$;"
       " DROP FUNCTION find_office (text);"
       " CREATE FUNCTION find_office (whose text, at text) RETURNS text LANGUAGE sql"
       " AS 'SELECT $1';"
       " DROP FUNCTION next_turn (text);"
       " CREATE FUNCTION next_turn (of_whom text) RETURNS integer LANGUAGE sql AS 'SELECT 1';"
       " GRANT EXECUTE ON FUNCTION adopt (text, text, text[], bytea[], bytea[]) TO PUBLIC;"
       /* What a policy, a trigger and an index hang on. */
       " CREATE OR REPLACE FUNCTION mine () RETURNS text[] LANGUAGE sql"
       " AS $$ SELECT '{}'::text[] $$;"
       " CREATE OR REPLACE FUNCTION settle () RETURNS trigger LANGUAGE plpgsql"
       " AS $$ BEGIN RETURN NULL; END $$;"
       " CREATE OR REPLACE FUNCTION is_guarded (paragraph jsonb) RETURNS boolean"
       " LANGUAGE sql IMMUTABLE AS 'SELECT true';"
       " DROP TRIGGER lapse_seals ON seat; ALTER TABLE head DISABLE TRIGGER keep;"
       /* What this program does not have. */
       " CREATE FUNCTION left_over () RETURNS integer LANGUAGE sql AS 'SELECT 1';"
       " CREATE FUNCTION api1.left_over () RETURNS integer LANGUAGE sql AS 'SELECT 1';"
       " RESET ROLE", end);
  other = list_parts ("functions");
  g_assert_cmpuint (other->len, !=, parts->len);

  g_assert_cmpuint (upgrade ("functions"), ==, 0);
  now = list_parts ("functions");
  assert_same (now, parts);
}

/* An older program does not put its functions in the place of newer ones. */
static void
test_program (void)
{
  g_autoptr (MashHubLine) line = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *program = NULL;
  guint n_steps;

  cluster_make_hub (cluster, "program", NULL);
  line = open_line ("program");
  run (line, "UPDATE mash.meta SET program = '0.0.99'");
  g_assert_cmpuint (upgrade ("program"), ==, 0);
  program = cluster_ask (cluster, "program", "SELECT program FROM mash.meta");
  g_assert_cmpstr (program, ==, PACKAGE_VERSION);

  run (line, "UPDATE mash.meta SET program = '999.0.0'");
  g_assert_false (mash_hub_upgrade (line, &n_steps, &error));
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "newer"));
}

/* A step of then is known by its fingerprint, and by no other. */
static void
test_altered (void)
{
  g_autofree char *database = make_old (12);
  g_autoptr (MashHubLine) line = open_line (database);
  g_autoptr (GError) error = NULL;
  guint n_steps;

  run (line, "UPDATE mash.step SET sha256 = (SELECT sha256 FROM mash.step WHERE n = 3)"
       " WHERE n = 2");
  g_assert_false (mash_hub_upgrade (line, &n_steps, &error));
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "never released"));
}

static char *
load_resource (const char *folder,
               const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "resources", "sql", "hub",
                                                 folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

/* How often a folder’s files say something at the beginning of a line. */
static guint
count_in_folder (const char *name,
                 const char *words)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "resources", "sql", "hub",
                                                   name, NULL);
  g_autofree char *line = g_strconcat ("\n", words, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *text = load_resource (name, file);
      g_auto (GStrv) between = g_strsplit (text, line, -1);

      n += g_strv_length (between) - 1;
    }

  return n;
}

/* Each function stands in one place, and all that stand somewhere are made: there are as many as
 * are written down. */
static void
test_one_place (void)
{
  g_autofree char *made = cluster_ask (cluster, "template", "SELECT count (*) FROM pg_proc"
                                       " WHERE pronamespace IN ('mash'::regnamespace,"
                                       " 'api1'::regnamespace)");

  g_assert_cmpuint (count_in_folder ("functions", "CREATE OR REPLACE FUNCTION "), ==,
                    strtoul (made, NULL, 10));
  g_assert_cmpuint (count_in_folder ("functions", "CREATE FUNCTION "), ==, 0);
  g_assert_cmpuint (count_in_folder ("steps", "CREATE FUNCTION "), ==, 0);
  g_assert_cmpuint (count_in_folder ("steps", "CREATE OR REPLACE FUNCTION "), ==, 0);
  g_assert_cmpuint (count_in_folder ("steps", "CREATE TRIGGER "), ==, 0);
}

/* A function in SQL that gives one value and reads something is never part of the query around it,
 * and is read and planned again in each transaction; one in PL/pgSQL keeps its plans as long as the
 * line stands. */
static void
test_planned_once (void)
{
  g_autofree char *names = cluster_ask (
    cluster, "template",
    "SELECT coalesce (string_agg (p.oid::regprocedure::text, ', '), '')"
    " FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang JOIN pg_type t ON t.oid = p.prorettype"
    " WHERE p.pronamespace = 'mash'::regnamespace AND l.lanname = 'sql' AND NOT p.proretset AND"
    " p.proargmodes IS NULL AND t.typtype = 'b' AND p.prosrc ~ '\\mFROM\\M'");

  g_assert_cmpstr (names, ==, "");
}

/* Something that happened and that its owner shows nobody unasked. */
static MashGroup *
make_event (const char *contact)
{
  MashGroup *group = mash_group_new ("add-event", contact);
  g_autofree char *id = hub_make_id ();
  MashEdit *edit = mash_edit_new (&mash_timeline_entry_kind, id, 0);

  mash_edit_set_text (edit, "contact", contact);
  mash_edit_set_text (edit, "when", "2026-02-01");
  mash_edit_set_text (edit, "headline", "Zinnober");
  mash_edit_set_text (edit, "source", "Zinnober");
  mash_edit_set_text (edit, "agency", "agency-csc");
  mash_edit_set_text (edit, "handling", "H3");
  mash_group_take_edit (group, edit);

  return group;
}

/* A hub in which something is said to whoever works on cases and to who is only asked. */
static void
fill_hub (const char *database)
{
  g_autofree char *hub = NULL;
  g_autofree char *contact = hub_make_id ();
  g_autofree char *other = hub_make_id ();
  g_autofree char *child = hub_make_id ();
  g_autoptr (HubDesk) mira = NULL;
  g_autoptr (HubDesk) hal = NULL;

  cluster_make_hub (cluster, database, &hub);
  cluster_run (cluster, database, "UPDATE mash.meta SET clock = '" NOW "'");
  hub_put (cluster, database, "agency", "agency-csc", "{\"type\": \"CSC\"}");
  hub_put (cluster, database, "agency", "agency-htc", "{\"type\": \"HTC\"}");
  hub_put (cluster, database, "person", child, "{\"kind\": \"KNOWN\"}");
  hub_put (cluster, database, "contact", contact, "{\"state\": \"C20\", \"brag\": \"A\","
           " \"assigned-to\": \"hal\"}");
  hub_put (cluster, database, "contact", other, "{\"state\": \"C20\", \"brag\": \"A\"}");
  hub_put_form (cluster, database, "contact-subject", "subject",
                "{\"contact\": \"%s\", \"person\": \"%s\", \"role\": \"CHILD\"}", contact, child);
  hal = hub_desk_new (cluster, database, hub, "hal", "HL", "seat-hal");
  cluster_run (cluster, database, "SET search_path = mash; UPDATE entity"
               " SET state = state || '{\"agency\": \"agency-htc\"}' WHERE id IN"
               " ('hal', 'post-hal'); SELECT follow_posts ()");
  mira = hub_desk_new (cluster, database, hub, "mira", "MM", "seat-mira");
  hub_desk_tell (mira, hub_make_note (contact, "Zinnober", NULL), "");
  hub_desk_tell (mira, make_event (contact), "");
  hub_desk_tell (mira, hub_make_note (other, "Zinnober", NULL), "");
}

/* A hub that is older than seals, handling and reach works all of them out of what was said. */
static void
test_history (void)
{
  static const char *const tables[] = {
    "meta", "head", "change", "entity", "verdict", "person", "desk", "seat", "member",
  };
  g_autofree char *database = make_old (12);
  g_autofree char *hub = cluster_ask (cluster, database, "SELECT hub FROM mash.meta");
  g_autofree char *rename = g_strdup_printf ("UPDATE mash.meta SET hub = '%s'", hub);

  fill_hub ("filled");
  cluster_run (cluster, database, "DELETE FROM mash.meta");
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    copy_rows ("filled", database, tables[i]);
  cluster_run (cluster, database, rename);
  g_assert_cmpuint (upgrade (database), >, 0);

  for (guint i = 0; i < G_N_ELEMENTS (worked_out); i++)
    {
      g_autofree char *is = cluster_ask (cluster, database, worked_out[i]);
      g_autofree char *should_be = cluster_ask (cluster, "filled", worked_out[i]);

      g_assert_cmpstr (should_be, !=, "");
      g_assert_cmpstr (is, ==, should_be);
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  cluster = cluster_new ();
  cluster_make_hub (cluster, "template", NULL);
  g_test_add_data_func ("/hub-upgrade/from-24", GUINT_TO_POINTER (24), test_same);
  g_test_add_data_func ("/hub-upgrade/from-19", GUINT_TO_POINTER (19), test_same);
  g_test_add_data_func ("/hub-upgrade/from-12", GUINT_TO_POINTER (12), test_same);
  g_test_add_data_func ("/hub-upgrade/from-1", GUINT_TO_POINTER (1), test_same);
  g_test_add_func ("/hub-upgrade/functions", test_functions);
  g_test_add_func ("/hub-upgrade/program", test_program);
  g_test_add_func ("/hub-upgrade/altered", test_altered);
  g_test_add_func ("/hub-upgrade/one-place", test_one_place);
  g_test_add_func ("/hub-upgrade/planned-once", test_planned_once);
  g_test_add_func ("/hub-upgrade/history", test_history);
  status = g_test_run ();
  cluster_free (cluster);

  return status;
}
