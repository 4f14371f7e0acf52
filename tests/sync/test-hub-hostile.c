/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody who has a desk's role and any client they like can do nothing but call the doors, and by
 * them learn and change nothing that they may not.
 */

#include "config.h"

#include <string.h>

#include "hub-desk.h"

#define DENIED "42501"

/* A signature of the right length. */
#define SIGNED "decode (repeat ('00', 64), 'hex')"

static Cluster *cluster;
static char *hub;
static HubDesk *eve;
static HubDesk *anna;

/* Runs a statement as Eve; gives the state that it ended with, empty when it was done. */
static char *
try (const char *sql)
{
  g_autoptr (GError) error = NULL;

  if (mash_hub_line_run (eve->line, sql, &error))
    return g_strdup ("");

  return g_strdup (strrchr (error->message, ' ') + 1);
}

static void
assert_state (const char *sql,
              const char *expected)
{
  g_autofree char *state = try (sql);

  if (strcmp (state, expected) != 0)
    g_error ("“%s” ends with %s, not with %s", sql, state, expected);
}

static char *
ask (const char *sql)
{
  g_autofree char *settings = cluster_dup_settings (cluster, "hostile", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubLine) line = mash_hub_line_open_admin (settings, &error);
  g_autoptr (MashHubRows) rows = NULL;

  g_assert_no_error (error);
  rows = mash_hub_line_ask (line, &error, sql, NULL);
  g_assert_no_error (error);

  return g_strdup (mash_hub_rows_get_n (rows) > 0 ? mash_hub_rows_get_text (rows, 0, 0) : "");
}

static void
assert_answer (const char *sql,
               const char *expected)
{
  g_autofree char *answer = ask (sql);

  g_assert_cmpstr (answer, ==, expected);
}

/* The doors, and nothing beside them that is not PostgreSQL's own. */
static void
test_doors (void)
{
  assert_answer ("SELECT string_agg (n.nspname || '.' || p.proname, ' ' ORDER BY p.proname)"
                 " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
                 " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND"
                 " has_schema_privilege ('s_hostile_eve', n.oid, 'USAGE') AND"
                 " has_function_privilege ('s_hostile_eve', p.oid, 'EXECUTE')",
                 "api1.ack api1.blob_get api1.blob_lacking api1.blob_put api1.bundle"
                 " api1.change_secret api1.enrol api1.hello api1.history"
                 " api1.looks api1.pull api1.push api1.quarantine api1.renew api1.reoffer"
                 " api1.sit api1.snapshot api1.turn api1.view api1.waiting api1.writing");
  assert_answer ("SELECT string_agg (nspname, ' ' ORDER BY nspname) FROM pg_namespace"
                 " WHERE has_schema_privilege ('s_hostile_eve', oid, 'USAGE')",
                 "api1 information_schema pg_catalog");
  assert_answer ("SELECT count (*) FROM pg_namespace"
                 " WHERE has_schema_privilege ('s_hostile_eve', oid, 'CREATE')", "0");
  assert_answer ("SELECT count (*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                 " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND relkind IN"
                 " ('r', 'v', 'm', 'S', 'f', 'p') AND (has_table_privilege ('s_hostile_eve', c.oid,"
                 " 'SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER') OR"
                 " has_any_column_privilege ('s_hostile_eve', c.oid,"
                 " 'SELECT,INSERT,UPDATE,REFERENCES'))", "0");
  assert_answer ("SELECT string_agg (p.proname, ' ') FROM pg_proc p"
                 " WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.provolatile = 'v' AND"
                 " has_function_privilege ('s_hostile_eve', p.oid, 'EXECUTE')",
                 "pg_is_in_recovery");
  assert_answer ("SELECT concat (has_database_privilege ('s_hostile_eve', current_database (),"
                 " 'TEMP'), has_database_privilege ('s_hostile_eve', current_database (),"
                 " 'CREATE'))", "ff");
}

static void
test_statements (void)
{
  static const struct
  {
    const char *sql;
    const char *state;
  } rows[] = {
    { "SELECT * FROM mash.change", DENIED },
    { "SELECT * FROM mash.head", DENIED },
    { "SELECT statement FROM mash.attempt", DENIED },
    { "INSERT INTO mash.member (person, compartment, since) VALUES ('eve', 'sealed', '')", DENIED },
    { "UPDATE mash.seat SET state = 'active'", DENIED },
    { "DELETE FROM mash.change", DENIED },
    { "TRUNCATE mash.head", DENIED },
    { "SELECT mash.mine ()", DENIED },
    { "SELECT data FROM mash.blob_part", DENIED },
    { "SELECT mash.gives_any ('{1}')", DENIED },
    { "SELECT mash.enter ('seat-eve')", DENIED },
    { "SELECT * FROM mash.writing", DENIED },
    { "SELECT mash.has_discussion ('x')", DENIED },
    { "SELECT mash.judge ('{}')", DENIED },
    { "SELECT nextval ('mash.nothing')", DENIED },
    { "CREATE TEMP TABLE t (n integer)", DENIED },
    { "CREATE TEMP VIEW v AS SELECT 1", DENIED },
    { "CREATE TABLE public.t (n integer)", DENIED },
    { "CREATE TABLE api1.t (n integer)", DENIED },
    { "CREATE SCHEMA mine", DENIED },
    { "CREATE FUNCTION public.f () RETURNS integer LANGUAGE sql AS 'SELECT 1'", DENIED },
    { "CREATE EXTENSION pgcrypto SCHEMA api1", DENIED },
    { "CREATE ROLE other", DENIED },
    { "DO $$ BEGIN NULL; END $$", DENIED },
    { "SET ROLE administrator", DENIED },
    { "SET SESSION AUTHORIZATION administrator", DENIED },
    { "SET session_replication_role = replica", DENIED },
    { "SET temp_file_limit = -1", DENIED },
    { "SET log_statement = 'none'", DENIED },
    { "ALTER SYSTEM SET fsync = off", DENIED },
    { "ALTER ROLE s_hostile_eve SUPERUSER", DENIED },
    { "GRANT SELECT ON mash.change TO s_hostile_eve", DENIED },
    { "SELECT lo_create (0)", DENIED },
    { "SELECT lo_from_bytea (0, 'x')", DENIED },
    { "SELECT lo_import ('data')", DENIED },
    { "SELECT pg_read_file ('postgresql.conf')", DENIED },
    { "SELECT pg_ls_dir ('.')", DENIED },
    { "COPY (SELECT 1) TO '/tmp/mash-eve'", DENIED },
    { "COPY (SELECT 1) TO PROGRAM 'true'", DENIED },
    { "SELECT pg_sleep (1)", DENIED },
    { "SELECT pg_advisory_lock (1)", DENIED },
    { "SELECT pg_try_advisory_xact_lock (1)", DENIED },
    { "SELECT set_config ('role', 'administrator', false)", DENIED },
    { "SELECT pg_terminate_backend (1)", DENIED },
    { "SELECT query_to_xml ('SELECT 1', true, true, '')", DENIED },
    { "SELECT rolpassword FROM pg_authid", DENIED },
    { "SELECT * FROM pg_statistic", DENIED },
    { "CREATE POLICY p ON mash.change USING (true)", DENIED },
    { "ALTER TABLE mash.change DISABLE ROW LEVEL SECURITY", DENIED },
    { "ALTER FUNCTION api1.pull (text, bigint, bytea, integer, integer, bigint)"
      " SECURITY INVOKER", DENIED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_state (rows[i].sql, rows[i].state);
}

/* What anybody may set changes nothing of what the doors do. */
static void
test_settings (void)
{
  g_autofree char *keeper = mash_hub_dup_role (hub, "keeper");
  g_autofree char *reader = mash_hub_dup_role (hub, "reader");
  g_autofree char *become_keeper = g_strdup_printf ("SET ROLE %s", keeper);
  g_autofree char *become_reader = g_strdup_printf ("SET ROLE %s", reader);

  assert_state (become_keeper, DENIED);
  assert_state (become_reader, DENIED);
  assert_state ("SET mash.keeper = 's_hostile_eve'", "");
  assert_state ("SET search_path = pg_temp, public", "");
  assert_state ("SELECT * FROM api1.pull ('seat-anna', 0, '', 200, 1000)", "MH002");
  /* Without row security a page would be whole; PostgreSQL refuses to look at all. */
  assert_state ("SET row_security = off", "");
  assert_state ("SELECT * FROM api1.pull ('seat-eve', 0, '', 200, 1000)", DENIED);
  assert_state ("RESET ALL", "");
  assert_state ("SELECT * FROM api1.pull ('seat-eve', 0, '', 200, 1000)", "");
}

/* Nobody speaks, or listens, from somebody else's seat. */
static void
test_seats (void)
{
  static const char *const calls[] = {
    "SELECT api1.push ('seat-anna', 1, '{1}', ARRAY['x'::bytea], ARRAY[" SIGNED "])",
    "SELECT api1.pull ('seat-anna', 0, '', 200, 1000)",
    "SELECT api1.history ('seat-anna', 'x', NULL, 10)",
    "SELECT api1.snapshot ('seat-anna', 'contact', '', 10)",
    "SELECT api1.ack ('seat-anna', 0, '', 0)",
    "SELECT api1.writing ('seat-anna', 'x', '')",
    "SELECT api1.writing (NULL, NULL, NULL)",
    "SELECT api1.blob_get ('seat-anna', repeat ('0', 64), 0)",
    "SELECT api1.blob_put ('seat-anna', repeat ('0', 64), 1, 0, 'x')",
    "SELECT api1.blob_lacking ('seat-anna', '{}')",
    "SELECT api1.pull (NULL, 0, '', 200, 1000)",
    "SELECT api1.pull ('seat-nobody', 0, '', 200, 1000)",
  };
  g_autoptr (MashHello) hello = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    assert_state (calls[i], "MH002");

  hello = mash_hub_call_hello (eve->line, "seat-anna", 0, NULL, NULL);
  g_assert_cmpstr (hello->verdict, ==, "unknown_desk");
  g_assert_cmpstr (hello->hub, ==, "");
  g_assert_cmpuint (hello->head, ==, 0);
}

static void
test_batches (void)
{
  static const char *const batches[] = {
    "NULL, NULL, NULL",
    "'{}', '{}', '{}'",
    "'{1}', '{}', '{}'",
    "'{0}', '{}', '{}'",
    "'{1}', ARRAY['x'::bytea], '{}'",
    "'{1}', ARRAY['x'::bytea], ARRAY['x'::bytea]",
    "'{1}', ARRAY[NULL::bytea], ARRAY[" SIGNED "]",
    "'{-1,2}', ARRAY['x'::bytea], ARRAY[" SIGNED "]",
    "'{2147483647,2147483647}', ARRAY['x'::bytea], ARRAY[" SIGNED "]",
    "'{NULL}', ARRAY['x'::bytea], ARRAY[" SIGNED "]",
    "'{{1}}', ARRAY['x'::bytea], ARRAY[" SIGNED "]",
    "'{1}', ARRAY[ARRAY['x'::bytea]], ARRAY[ARRAY[" SIGNED "]]",
    "'{1}', ARRAY['x'::bytea], ARRAY[" SIGNED "]",
    "'{1}', ARRAY[decode (repeat ('ff', 64), 'hex')], ARRAY[" SIGNED "]",
    "'{1}', ARRAY[decode (repeat ('00', 64), 'hex')], ARRAY[" SIGNED "]",
    "'{1}', ARRAY[decode (repeat ('00', 300000), 'hex')], ARRAY[" SIGNED "]",
    "'{201}', array_fill ('x'::bytea, '{201}'), array_fill (" SIGNED ", '{201}')",
    "array_fill (1, '{51}'), array_fill ('x'::bytea, '{51}'), array_fill (" SIGNED ", '{51}')",
    "'{60,60}', array_fill ('x'::bytea, '{120}'), array_fill (" SIGNED ", '{120}')",
    "'[5:5]={1}', '[7:7]={x}'::bytea[], array_fill (" SIGNED ", '{1}', '{9}')",
  };

  for (guint i = 0; i < G_N_ELEMENTS (batches); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT api1.push ('seat-eve', 1, %s)", batches[i]);

      assert_state (sql, "MH005");
    }
  assert_state ("SELECT api1.push ('seat-eve', 0, '{1}', ARRAY['x'::bytea], ARRAY[" SIGNED "])",
                "MH005");
  assert_state ("SELECT api1.pull ('seat-eve', -1, '', 200, 1000)", "MH005");
  assert_state ("SELECT api1.pull ('seat-eve', 99, '', 200, 1000)", "MH001");
  assert_state ("SELECT api1.pull ('seat-eve', 0, '', -2147483648, -2147483648)", "");
  assert_answer ("SELECT concat (head_seq, ' ', (SELECT last_desk_seq FROM mash.seat"
                 " WHERE id = 'seat-eve')) FROM mash.meta", "0 0");
}

/* Where somebody writes is a word and no more, and a seat has one of them. */
static void
test_writing (void)
{
  static const char *const malformed[] = {
    "'x', 'two words'", "'x', E'plan\\n'", "'x', 'ä'", "'x', repeat ('x', 65)",
    "repeat ('x', 65), 'plan'", "repeat ('x', 1000000), ''",
  };

  for (guint i = 0; i < G_N_ELEMENTS (malformed); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT api1.writing ('seat-eve', %s)",
                                              malformed[i]);

      assert_state (sql, "MH005");
    }
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT api1.writing ('seat-eve', 'd%u', 'plan')",
                                              i);

      assert_state (sql, "");
    }
  assert_state ("SELECT api1.writing ('seat-eve', NULL, NULL)", "");
  assert_answer ("SELECT count (*) FROM mash.writing", "0");
}

/* Originals: nothing but parts of the right size, of what the caller has named or was given. */
static void
test_blobs (void)
{
  static const struct
  {
    const char *arguments;
    const char *state;
  } rows[] = {
    { "NULL, 1, 0, 'x'", "MH005" },
    { "'', 1, 0, 'x'", "MH005" },
    { "repeat ('G', 64), 1, 0, 'x'", "MH005" },
    { "repeat ('0', 64) || chr (10), 1, 0, 'x'", "MH005" },
    { "repeat ('0', 64), NULL, 0, 'x'", "MH005" },
    { "repeat ('0', 64), -1, 0, 'x'", "MH005" },
    { "repeat ('0', 64), 52428801, 0, 'x'", "MH005" },
    { "repeat ('0', 64), 9223372036854775807, 0, 'x'", "MH005" },
    { "repeat ('0', 64), 1, 0, NULL", "MH005" },
    { "repeat ('0', 64), 1, NULL, 'x'", "MH005" },
    { "repeat ('0', 64), 1, -1, 'x'", "MH005" },
    { "repeat ('0', 64), 1, 1, 'x'", "MH005" },
    { "repeat ('0', 64), 1, 2147483647, 'x'", "MH005" },
    { "repeat ('0', 64), 1, 0, ''", "MH005" },
    { "repeat ('0', 64), 1, 0, 'xy'", "MH005" },
    { "repeat ('0', 64), 262145, 0, 'x'", "MH005" },
    { "repeat ('0', 64), 262145, 1, 'xy'", "MH005" },
    { "repeat ('0', 64), 1, 0, 'x'", "MH014" },
    { "repeat ('0', 64), 1, NULL, NULL", "MH014" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT api1.blob_put ('seat-eve', %s)",
                                              rows[i].arguments);

      assert_state (sql, rows[i].state);
    }
  assert_state ("SELECT * FROM api1.blob_get ('seat-eve', repeat ('0', 64), 0)", "MH014");
  assert_state ("SELECT * FROM api1.blob_get ('seat-eve', NULL, NULL)", "MH014");
  assert_state ("SELECT api1.blob_lacking ('seat-eve', NULL)", "MH005");
  assert_state ("SELECT api1.blob_lacking ('seat-eve', array_fill ('0'::text, '{1001}'))", "MH005");
  assert_state ("SELECT api1.blob_lacking ('seat-eve', ARRAY[NULL, '', repeat ('0', 64)])", "");
  assert_answer ("SELECT count (*) FROM mash.blob_part", "0");
}

/* Has Eve name an original, in a change that was refused. */
static char *
name_in_vain (const char *content)
{
  g_autofree char *question = g_strdup_printf ("SELECT encode (sha256 (%s), 'hex')", content);
  char *sha256 = ask (question);
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO mash.verdict (id, seat, desk_seq, digest, outcome)"
    " SELECT '%1$s', 'seat-eve', -count (*), '', 'refused' FROM mash.verdict;"
    " INSERT INTO mash.attempt (id, person, at, statement, signature)"
    " VALUES ('%1$s', 'eve', '', 'sha256 %1$s', '')", sha256);

  cluster_run (cluster, "hostile", sql);

  return sha256;
}

static void
assert_put (const char *sha256,
            const char *arguments,
            const char *state)
{
  g_autofree char *sql = g_strdup_printf ("SELECT api1.blob_put ('seat-eve', '%s', %s)", sha256,
                                          arguments);

  assert_state (sql, state);
}

static void
forget_blobs (void)
{
  cluster_run (cluster, "hostile", "DELETE FROM mash.blob_by; DELETE FROM mash.blob_part;"
               " DELETE FROM mash.blob;"
               " DELETE FROM mash.entity WHERE kind = 'source-document'");
}

/* There is an end to what one person may leave unfinished, whoever names it; what is whole and is
 * named by a record is none of it. */
static void
test_blob_room (void)
{
  g_autofree char *named = name_in_vain ("'amber'");
  g_autofree char *unnamed = name_in_vain ("'birch'");

  hub_put_form (cluster, "hostile", "source-document", "document-1", "{\"sha256\": \"%s\"}",
                named);
  cluster_run (cluster, "hostile",
               "ALTER TABLE mash.blob_part ALTER COLUMN data SET STORAGE EXTENDED;"
               " INSERT INTO mash.blob_part (sha256, seat, part, data)"
               " SELECT 'f', 'seat-eve', n, decode (repeat ('00', 262144), 'hex')"
               " FROM generate_series (1, 4096) AS n");
  assert_put (named, "5, 0, 'ambeR'", "MH005");
  assert_put (named, "5, NULL, NULL", "MH005");
  assert_put (unnamed, "5, 0, 'bircH'", "MH005");
  assert_answer ("SELECT count (*) FROM mash.blob_part WHERE sha256 <> 'f'", "0");

  cluster_run (cluster, "hostile", "INSERT INTO mash.blob VALUES ('f', 0, 'seat-eve', '')");
  assert_put (unnamed, "5, 0, 'birch'", "MH005");
  assert_put (named, "5, 0, 'amber'", "");
  hub_put (cluster, "hostile", "source-document", "document-2", "{\"sha256\": \"f\"}");
  assert_put (unnamed, "5, 0, 'birch'", "");
  assert_answer ("SELECT count (*) FROM mash.blob", "3");

  forget_blobs ();
  cluster_run (cluster, "hostile",
               "ALTER TABLE mash.blob_part ALTER COLUMN data SET STORAGE EXTERNAL");
}

static gpointer
put_late (gpointer data)
{
  return hub_desk_ask (eve, data);
}

/* Two parts: 262144 bytes and one. */
#define TWO_PARTS "decode (repeat ('00', 262145), 'hex')"
#define FIRST_PART "decode (repeat ('00', 262144), 'hex')"
#define LAST_PART "'\\x00'"

/* What has become whole is not thrown away by whoever looked before, or says another size. */
static void
test_blob_whole (void)
{
  g_autofree char *sha256 = name_in_vain (TWO_PARTS);
  g_autofree char *settings = cluster_dup_settings (cluster, "hostile", "s_hostile_eve");
  g_autofree char *last = g_strdup_printf ("SELECT api1.blob_put ('seat-eve', '%s', 262145, 1, "
                                           LAST_PART ")", sha256);
  g_autofree char *more = g_strdup_printf ("SELECT api1.blob_put ('seat-eve', '%s', 524289, 2, "
                                           LAST_PART ")", sha256);
  g_autoptr (MashHubLine) line = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;
  GThread *thread;

  line = mash_hub_line_open_admin (settings, &error);
  g_assert_no_error (error);
  assert_put (sha256, "262145, 0, " FIRST_PART, "");
  assert_state ("BEGIN ISOLATION LEVEL REPEATABLE READ", "");
  assert_state ("SELECT 1", "");
  mash_hub_line_run (line, last, &error);
  g_assert_no_error (error);
  assert_put (sha256, "262144, NULL, NULL", "MH005");
  assert_state ("ROLLBACK", "");
  assert_answer ("SELECT count (*) FROM mash.blob_part", "2");

  forget_blobs ();
  assert_put (sha256, "262145, 0, " FIRST_PART, "");
  mash_hub_line_run (line, "BEGIN", &error);
  g_assert_no_error (error);
  mash_hub_line_run (line, last, &error);
  g_assert_no_error (error);
  thread = g_thread_new ("late", put_late, more);
  for (gboolean waits = FALSE; !waits;)
    {
      g_autofree char *n = ask ("SELECT count (*) FROM pg_stat_activity WHERE"
                                " wait_event_type = 'Lock' AND usename = 's_hostile_eve'");

      waits = strcmp (n, "1") == 0;
      g_usleep (1000);
    }
  mash_hub_line_run (line, "COMMIT", &error);
  g_assert_no_error (error);
  answer = g_thread_join (thread);
  g_assert_cmpstr (answer, ==, "-1");
  assert_answer ("SELECT count (*) FROM mash.blob_part", "2");
  mash_hub_line_close (g_steal_pointer (&line));
  forget_blobs ();
}

/* What others began goes when somebody has all of it, but for theirs who name it themselves; what
 * is offered again of others names nothing for who offers it. */
static void
test_blob_others (void)
{
  static const char claim[] =
    "INSERT INTO mash.quarantine (id, digest, seat, group_id, person, reason, by, at, statement,"
    " signature) VALUES ('%1$s', '', '', '', '%2$s', 'reoffered', 'anna', '', 'sha256 %1$s', '')";
  static const char begun[] = "INSERT INTO mash.blob_part VALUES ('%s', 'seat-anna', 0, 'x')";
  static const char *const people[] = { "eve", "anna" };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autofree char *content = g_strdup_printf ("'cedar%u'", i);
      g_autofree char *sha256 = name_in_vain (content);
      g_autofree char *anna_claims = g_strdup_printf (claim, sha256, people[i]);
      g_autofree char *anna_begins = g_strdup_printf (begun, sha256);
      g_autofree char *arguments = g_strdup_printf ("6, 0, %s", content);

      cluster_run (cluster, "hostile", anna_begins);
      cluster_run (cluster, "hostile", anna_claims);
      assert_put (sha256, arguments, "");
      assert_answer ("SELECT count (*) FROM mash.blob_part WHERE seat = 'seat-anna'",
                     i == 0 ? "0" : "1");
    }
  forget_blobs ();
}

/* What somebody else does is not to be seen in the server's own lists. */
static void
test_lists (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubRows) rows = NULL;

  rows = mash_hub_line_ask (eve->line, &error,
                            "SELECT count (*) FROM pg_stat_activity WHERE usename <> current_user"
                            " AND query NOT IN ('', '<insufficient privilege>')", NULL);
  if (rows != NULL)
    g_assert_cmpstr (mash_hub_rows_get_text (rows, 0, 0), ==, "0");
  else
    g_assert_nonnull (strstr (error->message, DENIED));
}

/* Whoever was revoked is shut out, in a session that is open too. */
static void
test_revoked (void)
{
  g_autoptr (MashHello) hello = NULL;

  cluster_run (cluster, "hostile", "UPDATE mash.person SET state = 'revoked' WHERE id = 'eve'");
  assert_state ("SELECT api1.pull ('seat-eve', 0, '', 200, 1000)", "MH003");
  hello = mash_hub_call_hello (eve->line, "seat-eve", 0, NULL, NULL);
  g_assert_cmpstr (hello->verdict, ==, "revoked");
  cluster_run (cluster, "hostile", "UPDATE mash.person SET state = 'active' WHERE id = 'eve';"
               " UPDATE mash.desk SET state = 'wipe' WHERE id = 'desk-seat-eve'");
  g_clear_pointer (&hello, mash_hello_free);
  hello = mash_hub_call_hello (eve->line, "seat-eve", 0, NULL, NULL);
  g_assert_cmpstr (hello->verdict, ==, "wipe");

  /* A desk with a certificate is nobody without it. */
  cluster_run (cluster, "hostile", "UPDATE mash.desk SET state = 'active', certificate = '77'"
               " WHERE id = 'desk-seat-eve'");
  assert_state ("SELECT api1.pull ('seat-eve', 0, '', 200, 1000)", "MH002");
}

/* History stays as it was even for whoever owns the tables. */
static void
test_history (void)
{
  static const char *const deeds[] = {
    "UPDATE mash.head SET took_at = ''",
    "DELETE FROM mash.change",
    "UPDATE mash.change SET person = 'eve'",
    "TRUNCATE mash.access",
  };
  g_autofree char *settings = cluster_dup_settings (cluster, "hostile", NULL);
  g_autoptr (MashHubLine) line = mash_hub_line_open_admin (settings, NULL);

  cluster_run (cluster, "hostile", "INSERT INTO mash.head VALUES (1, '', true, '', '');"
               " INSERT INTO mash.change (seq, id, seat, desk_seq, person, post, group_id, kind,"
               " record, base, compartment, format, said_at, statement, signature) VALUES (1, 'i',"
               " 's', 1, 'p', '', 'g', 'k', 'r', 0, 'c', 1, '', 'x', 'y')");
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (mash_hub_line_run (line, deeds[i], &error));
      g_assert_nonnull (strstr (error->message, "MH010"));
    }
  cluster_run (cluster, "hostile", "UPDATE mash.change SET statement = NULL");
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  cluster = cluster_new ();
  cluster_make_hub (cluster, "hostile", &hub);
  eve = hub_desk_new (cluster, "hostile", hub, "eve", "SW", "seat-eve");
  anna = hub_desk_new (cluster, "hostile", hub, "anna", "SW", "seat-anna");

  g_test_add_func ("/hub-hostile/doors", test_doors);
  g_test_add_func ("/hub-hostile/statements", test_statements);
  g_test_add_func ("/hub-hostile/settings", test_settings);
  g_test_add_func ("/hub-hostile/seats", test_seats);
  g_test_add_func ("/hub-hostile/batches", test_batches);
  g_test_add_func ("/hub-hostile/writing", test_writing);
  g_test_add_func ("/hub-hostile/blobs", test_blobs);
  g_test_add_func ("/hub-hostile/blob-room", test_blob_room);
  g_test_add_func ("/hub-hostile/blob-whole", test_blob_whole);
  g_test_add_func ("/hub-hostile/blob-others", test_blob_others);
  g_test_add_func ("/hub-hostile/lists", test_lists);
  g_test_add_func ("/hub-hostile/revoked", test_revoked);
  g_test_add_func ("/hub-hostile/history", test_history);

  status = g_test_run ();
  hub_desk_free (eve);
  hub_desk_free (anna);
  g_free (hub);
  cluster_free (cluster);

  return status;
}
