/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A hub is made whole or not at all, brought up to date, and says how it stands. */

#include "config.h"

#include <string.h>

#include "cluster.h"
#include "mash-hub-installer.h"
#include "mash-policy-reader.h"

static Cluster *cluster;

static MashHubLine *
open_line (const char *database,
           const char *role)
{
  g_autofree char *settings = cluster_dup_settings (cluster, database, role);
  g_autoptr (GError) error = NULL;
  MashHubLine *line = mash_hub_line_open_admin (settings, &error);

  g_assert_no_error (error);

  return line;
}

static char *
ask (MashHubLine *line,
     const char  *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubRows) rows = mash_hub_line_ask (line, &error, sql, NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (mash_hub_rows_get_n (rows), ==, 1);

  return g_strdup (mash_hub_rows_get_text (rows, 0, 0));
}

static void
assert_answer (MashHubLine *line,
               const char  *sql,
               const char  *expected)
{
  g_autofree char *answer = ask (line, sql);

  g_assert_cmpstr (answer, ==, expected);
}

static void
test_install (void)
{
  g_autofree char *hub = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubLine) line = NULL;
  g_autoptr (MashHubStatus) status = NULL;
  guint n_steps = 99;

  cluster_make_hub (cluster, "install", &hub);
  line = open_line ("install", NULL);
  status = mash_hub_read_status (line, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (status->hub, ==, hub);
  g_assert_cmpstr (status->name, ==, "Hub");
  g_assert_true (status->training);
  g_assert_cmpstr (status->policy, ==, "2026-11");
  g_assert_cmpuint (status->head, ==, 0);
  g_assert_cmpuint (status->schema, >=, 8);
  g_assert_cmpuint (status->size, >, 0);

  mash_hub_upgrade (line, &n_steps, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_steps, ==, 0);
}

/* Every table forces row security on its owner, who can neither log in nor go past it; and every
 * function that runs with the owner's rights says where it looks for names. */
static void
test_walls (void)
{
  g_autoptr (MashHubLine) line = NULL;

  cluster_make_hub (cluster, "walls", NULL);
  line = open_line ("walls", NULL);
  assert_answer (line, "SELECT count (*) FROM pg_class WHERE relnamespace = 'mash'::regnamespace"
                 " AND relkind = 'r' AND NOT (relrowsecurity AND relforcerowsecurity)", "0");
  assert_answer (line, "SELECT count (*) FROM pg_class WHERE relnamespace = 'mash'::regnamespace"
                 " AND relkind NOT IN ('r', 'i', 'c')", "0");
  assert_answer (line, "SELECT bool_or (rolcanlogin OR rolsuper OR rolbypassrls OR rolcreaterole)"
                 " FROM pg_roles WHERE rolname ~ '^[krd]_'", "f");
  assert_answer (line, "SELECT count (*) FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner"
                 " WHERE p.pronamespace IN ('mash'::regnamespace, 'api1'::regnamespace)"
                 " AND r.rolname !~ '^[kr]_'", "1");
  assert_answer (line, "SELECT count (*) FROM pg_proc WHERE prosecdef AND"
                 " pronamespace IN ('mash'::regnamespace, 'api1'::regnamespace) AND"
                 " NOT coalesce ('search_path=mash, pg_temp' = ANY (proconfig), false)", "0");
  assert_answer (line, "SELECT count (*) FROM pg_proc WHERE proleakproof AND"
                 " pronamespace IN ('mash'::regnamespace, 'api1'::regnamespace)", "0");
  assert_answer (line, "SELECT count (*) FROM pg_proc WHERE pronamespace = 'api1'::regnamespace AND"
                 " NOT prosecdef", "0");
}

static void
assert_refused (MashHubLine *line,
                const char  *sentence)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (NULL);

  g_assert_false (mash_hub_install (line, "a", "b", "Hub", TRUE, policy, &error));
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, sentence));
}

static void
test_refusals (void)
{
  g_autoptr (MashHubLine) again = NULL;
  g_autoptr (MashHubLine) other = NULL;
  g_autoptr (MashHubLine) lowly = NULL;
  g_autoptr (MashHubLine) latin = NULL;
  g_autoptr (MashHubStatus) status = NULL;
  g_autoptr (GError) error = NULL;

  cluster_make_hub (cluster, "refusals", NULL);
  again = open_line ("refusals", NULL);
  assert_refused (again, "is a hub already");

  cluster_run (cluster, "postgres", "CREATE DATABASE other");
  cluster_run (cluster, "other", "CREATE TABLE somebodys (n integer)");
  other = open_line ("other", NULL);
  assert_refused (other, "holds something else");
  status = mash_hub_read_status (other, &error);
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REFUSED);
  g_assert_null (status);

  cluster_run (cluster, "postgres", "CREATE ROLE lowly LOGIN");
  lowly = open_line ("other", "lowly");
  assert_refused (lowly, "superuser");

  cluster_run (cluster, "postgres", "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0"
               " LC_COLLATE 'C' LC_CTYPE 'C'");
  latin = open_line ("latin", NULL);
  assert_refused (latin, "UTF8");
}

/* What fails in the middle leaves nothing, roles included. */
static void
test_whole (void)
{
  g_autoptr (MashHubLine) line = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (NULL);

  cluster_run (cluster, "postgres", "CREATE DATABASE whole");
  cluster_run (cluster, "postgres", "CREATE ROLE d_halfway");
  line = open_line ("whole", NULL);
  g_assert_false (mash_hub_install (line, "halfway", "b", "Hub", TRUE, policy, &error));
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_FAILED);
  assert_answer (line, "SELECT count (*) FROM pg_roles WHERE rolname LIKE '%halfway'", "1");
  assert_answer (line, "SELECT to_regnamespace ('mash') IS NULL", "t");

  g_clear_error (&error);
  cluster_run (cluster, "postgres", "DROP ROLE d_halfway");
  mash_hub_install (line, "halfway", "b", "Hub", TRUE, policy, &error);
  g_assert_no_error (error);
}

static void
test_policy (void)
{
  g_autoptr (MashHubLine) line = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (NULL);
  g_autofree char *n_guards = NULL;
  guint n_deeds;

  cluster_make_hub (cluster, "policy", NULL);
  line = open_line ("policy", NULL);
  n_guards = ask (line, "SELECT count (*) FROM mash.deed_guard");
  cluster_run (cluster, "policy", "DELETE FROM mash.deed_guard; UPDATE mash.meta SET policy = ''");
  mash_hub_set_policy (line, policy, &error);
  g_assert_no_error (error);
  assert_answer (line, "SELECT count (*) FROM mash.deed_guard", n_guards);
  assert_answer (line, "SELECT policy FROM mash.meta", "2026-11");

  mash_policy_list_deeds (policy, &n_deeds);
  {
    g_autofree char *expected = g_strdup_printf ("%u", n_deeds);

    assert_answer (line, "SELECT count (*) FROM mash.deed", expected);
  }
}

/* An altered step shows, and a hub that is newer than the program is left alone. */
static void
test_steps (void)
{
  g_autoptr (MashHubLine) line = NULL;
  g_autoptr (GError) error = NULL;
  guint n_steps;

  cluster_make_hub (cluster, "steps", NULL);
  line = open_line ("steps", NULL);
  cluster_run (cluster, "steps", "INSERT INTO mash.step (n, sha256) VALUES (900, 'x')");
  g_assert_false (mash_hub_upgrade (line, &n_steps, &error));
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "newer"));
  g_clear_error (&error);

  cluster_run (cluster, "steps", "DELETE FROM mash.step WHERE n = 900;"
               " UPDATE mash.step SET sha256 = 'x' WHERE n = 7");
  g_assert_false (mash_hub_upgrade (line, &n_steps, &error));
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "never released"));
}

/* Runs mash-admin with a command line as a shell would read it; gives what it printed. */
static char *
run_admin (int         status,
           const char *says,
           const char *format,
           ...) G_GNUC_PRINTF (3, 4);

static char *
run_admin (int         status,
           const char *says,
           const char *format,
           ...)
{
  g_autofree char *command = NULL;
  g_autofree char *whole = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *said;
  va_list list;

  va_start (list, format);
  command = g_strdup_vprintf (format, list);
  va_end (list);
  whole = g_strconcat (g_getenv ("MASH_ADMIN"), " ", command, NULL);
  g_shell_parse_argv (whole, NULL, &words, &error);
  g_assert_no_error (error);
  process = g_subprocess_newv ((const char *const *) words,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &said, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_exit_status (process) != status || strstr (said, says) == NULL)
    g_error ("%s ended with %d and said: %s", command, g_subprocess_get_exit_status (process),
             said);

  return said;
}

static void
assert_admin (int         status,
              const char *says,
              const char *word,
              const char *settings)
{
  g_autofree char *said = run_admin (status, says, "hub %s '%s'", word, settings);
}

static void
test_admin (void)
{
  g_autofree char *settings = cluster_dup_settings (cluster, "admin", NULL);
  g_autofree char *nowhere = cluster_dup_settings (cluster, "nowhere", NULL);
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "..", "resources", "policy",
                                                 "mash-policy.xml", NULL);
  g_autofree char *pushed = NULL;
  g_autofree char *missed = NULL;
  g_autofree char *blank = NULL;

  cluster_run (cluster, "postgres", "CREATE DATABASE admin");
  assert_admin (1, "is not a hub", "status", settings);
  assert_admin (0, "is a hub now, with the policy 2026-11", "init --name=Northtown", settings);
  assert_admin (1, "is a hub already", "init --training", settings);
  assert_admin (0, "Northtown", "status", settings);
  assert_admin (0, "is up to date", "upgrade", settings);
  /* What another program made of a function is as this one has it after that. */
  cluster_run (cluster, "admin", "CREATE OR REPLACE FUNCTION mash.is_blank (words text)"
               " RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'");
  assert_admin (0, "is up to date", "upgrade", settings);
  blank = cluster_ask (cluster, "admin", "SELECT mash.is_blank ('words')");
  g_assert_cmpstr (blank, ==, "f");
  pushed = run_admin (0, "2026-11 is in force", "policy push '%s' '%s'", file, settings);
  missed = run_admin (1, "There is no such file", "policy push no-such.xml '%s'", settings);
  assert_admin (1, "cannot be reached", "status", nowhere);
  assert_admin (2, "--help", "conjure", settings);
  assert_admin (2, "--help", "status --loudly", settings);
}

/* An administrator's work on people and desks, each word with what it says. */
static void
test_people (void)
{
  g_autofree char *settings = cluster_dup_settings (cluster, "people", NULL);
  g_autofree char *folder = g_dir_make_tmp ("mash-people-XXXXXX", NULL);
  g_autofree char *tail = g_strdup_printf ("--authority '%s/a' '%s'", folder, settings);
  g_autofree char *clean = g_strdup_printf ("rm -rf '%s'", folder);
  static const struct
  {
    int         status;
    const char *says;
    const char *command;
  } rows[] = {
    { 0, "is a hub now", "hub init --hosts localhost --name=Southtown" },
    { 1, "Say who it is", "staff add anna" },
    { 1, "Say the post", "staff add anna --name Anna" },
    { 1, "say its kind", "staff add anna --name Anna --agency Care --role AD --title Head" },
    { 0, "Hand this code", "staff add anna --name Anna --agency Care --agency-type CSC --role AD"
      " --title Head" },
    { 0, "Hand this code", "staff add anna" },
    { 0, "They hold the post", "staff post anna --agency Care --role MM --title Manager" },
    { 1, "(code post.role)", "staff post anna --agency Care --role QQ --title Nobody" },
    { 0, "to the end of that day", "staff post anna --agency Care --role SW --title Deputy"
      " --until 2031-03-31" },
    { 1, "which of their posts", "staff post anna --until 2031-04-30" },
    { 1, "no post with this title", "staff post anna --title Nobody --until 2031-04-30" },
    { 0, "The post ends with that day", "staff post anna --title Deputy --until 2031-04-30" },
    { 1, "is so already", "staff post anna --title Deputy --until 2031-04-30" },
    { 1, "That day is over", "staff post anna --title Deputy --until 2025-04-30" },
    { 0, "The post ends with that day", "staff post anna --title Deputy --until 2025-04-30 --end" },
    { 1, "as 2027-03-31", "staff post anna --title Manager --until Friday" },
    { 0, "They hold the post", "staff post anna --agency Care --role SW --title Deputy" },
    { 1, "several posts", "staff post anna --title Deputy --until 2031-04-30" },
    { 1, "Say the last day", "staff vetting anna" },
    { 0, "ends with that day", "staff vetting anna --until 2031-03-31" },
    { 1, "is so already", "staff vetting anna --until 2031-03-31" },
    { 0, "read and write nothing", "staff suspend anna" },
    { 0, "may work again", "staff suspend anna --end" },
    { 1, "two halves", "staff reset anna" },
    { 1, "are not the halves", "staff reset anna --half x --half y" },
    { 1, "who signs in by this name", "staff revoke ben" },
    { 0, "shut out at every desk", "staff revoke anna" },
    { 2, "--help", "staff promote anna" },
    { 1, "no desk with this id", "desk revoke nothing" },
    { 0, "", "hub watch --once" },
  };

  cluster_run (cluster, "postgres", "CREATE DATABASE people");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *said = run_admin (rows[i].status, rows[i].says, "%s %s", rows[i].command,
                                         tail);
    }
  g_spawn_command_line_sync (clean, NULL, NULL, NULL, NULL);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  cluster = cluster_new ();

  g_test_add_func ("/hub-install/install", test_install);
  g_test_add_func ("/hub-install/walls", test_walls);
  g_test_add_func ("/hub-install/refusals", test_refusals);
  g_test_add_func ("/hub-install/whole", test_whole);
  g_test_add_func ("/hub-install/policy", test_policy);
  g_test_add_func ("/hub-install/steps", test_steps);
  g_test_add_func ("/hub-install/admin", test_admin);
  g_test_add_func ("/hub-install/people", test_people);

  status = g_test_run ();
  cluster_free (cluster);

  return status;
}
