/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "database-fixture.h"

/* A database of an earlier version as it opens: followed, stopped and killed. */

#define N_ROWS 10000

/* The second step counts how often it ran; the third takes long. */
static const char *const steps_long[] = {
  "not run again",
  "CREATE TABLE ran (id INTEGER PRIMARY KEY) STRICT; INSERT INTO ran DEFAULT VALUES;",
  "CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT) STRICT;"
  "WITH RECURSIVE n (i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < 10002)"
  " INSERT INTO source SELECT i, 'name ' || i FROM n;"
  "CREATE TABLE target (id INTEGER PRIMARY KEY, name TEXT) STRICT;\n"
  "-- progress 8 by source\n"
  "INSERT INTO target SELECT id, name FROM source WHERE id BETWEEN ?1 AND ?2;\n"
  "-- progress 2\n"
  "CREATE INDEX target_name ON target (name);",
  NULL
};

static const char *const steps_endless[] = {
  "not run again",
  "CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT;"
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
  " INSERT INTO more SELECT 1 FROM n WHERE i < 0;",
  NULL
};

typedef struct
{
  Fixture       file;
  GCancellable *cancellable;
  guint         n_told;
  double        told;
  double        stop_at;  /* when it is stopped; more than 1 for never */
  double        die_at;   /* and killed */
} Upgrading;

static void
set_up (Upgrading     *self,
        gconstpointer  data)
{
  fixture_set_up (&self->file, data);
  self->cancellable = g_cancellable_new ();
  self->stop_at = self->die_at = 2;
}

static void
tear_down (Upgrading     *self,
           gconstpointer  data)
{
  g_clear_object (&self->cancellable);
  fixture_tear_down (&self->file, data);
}

static void
take_progress (double   fraction,
               gpointer data)
{
  Upgrading *self = data;

  g_assert_cmpfloat (fraction, >=, self->told);
  g_assert_cmpfloat (fraction, <=, 1);
  self->told = fraction;
  self->n_told++;
  if (fraction >= self->die_at)
    kill (getpid (), SIGKILL);
  if (fraction >= self->stop_at)
    g_cancellable_cancel (self->cancellable);
}

static MashDatabase *
try_open (Upgrading          *self,
          const char *const  *steps,
          GError            **error)
{
  const MashStoreWatch watch = { NULL, self, self->cancellable, take_progress };

  self->told = 0;
  self->n_told = 0;

  return mash_database_open_with (self->file.folder, self->file.key, MASH_DATABASE_APPLICATION_ID,
                                  HUB, steps, &watch, error);
}

static void
must_stop (Upgrading         *self,
           const char *const *steps)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashDatabase) database = try_open (self, steps, &error);

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (database);
  g_cancellable_reset (self->cancellable);
}

/* Each row was gone over, once; and the step before ran once, however often the one after it was
 * begun. */
static void
must_be_whole (Upgrading *self,
               gboolean   recovered)
{
  g_autoptr (GError) error = NULL;
  MashDatabase *database;

  self->stop_at = 2;
  database = try_open (self, steps_long, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mash_database_get_recovered (database), ==, recovered);
  g_assert_cmpuint (mash_database_get_version (database), ==, 3);
  g_assert_cmpint (fixture_count (database, "SELECT count (*) FROM thing"), ==, 100);
  g_assert_cmpint (fixture_count (database, "SELECT count (*) FROM ran"), ==, 1);
  g_assert_cmpint (fixture_count (database, "SELECT count (*) FROM target"), ==, N_ROWS);
  g_assert_cmpint (fixture_count (database, "SELECT count (*) FROM target t JOIN source s"
                                  " ON s.id = t.id AND s.name = t.name"), ==, N_ROWS);
  fixture_close (database);
}

/* How far it is is told, up to the whole. */
static void
test_followed (Upgrading     *self,
               gconstpointer  data)
{
  must_be_whole (self, FALSE);
  g_assert_cmpuint (self->n_told, >, 10);
  g_assert_cmpfloat (self->told, ==, 1);
}

/* At the program's version there is nothing to tell. */
static void
test_nothing_to_do (Upgrading     *self,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  MashDatabase *database = try_open (self, fixture_steps, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (self->n_told, ==, 0);
  fixture_close (database);
}

/* Stopped anywhere, nothing is lost and nothing is half done; the session ended in order. */
static void
test_stopped (Upgrading     *self,
              gconstpointer  data)
{
  for (double at = 0; at < 1; at += 0.125)
    {
      self->stop_at = at;
      must_stop (self, steps_long);
    }
  must_be_whole (self, FALSE);
}

static gpointer
stop_later (gpointer data)
{
  g_usleep (20 * 1000);
  g_cancellable_cancel (data);

  return NULL;
}

/* Nor is the end of a long statement waited for. */
static void
test_stopped_within_a_statement (Upgrading     *self,
                                 gconstpointer  data)
{
  GThread *thread = g_thread_new ("stops", stop_later, self->cancellable);

  must_stop (self, steps_endless);
  g_thread_join (thread);
  must_be_whole (self, FALSE);
}

static void
test_killed (Upgrading     *self,
             gconstpointer  data)
{
  pid_t child;
  int status;

  self->die_at = 0.5;
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      try_open (self, steps_long, NULL);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));

  self->die_at = 2;
  must_be_whole (self, TRUE);
}

/* Whoever gets in is told how the last session ended, though somebody stopped in between. */
static void
test_unclean_before (Upgrading     *self,
                     gconstpointer  data)
{
  fixture_die_after (&self->file, 100, 0);
  self->stop_at = 0.5;
  must_stop (self, steps_long);
  must_be_whole (self, TRUE);
}

/* The register as it stood before each term had a list: the index of terms is made by it. */
static void
put_people (Fixture *file)
{
  g_auto (GStrv) steps = mash_schema_list_steps ();
  g_autoptr (GError) error = NULL;
  MashDatabase *database;

  g_unlink (file->path);
  g_unlink (file->note);
  for (guint i = g_strv_length (steps); i > 7; i--)
    g_clear_pointer (&steps[i - 1], g_free);
  database = mash_database_create_with (file->folder, file->key, MASH_DATABASE_APPLICATION_ID, HUB,
                                        (const char *const *) steps, &error);
  g_assert_no_error (error);
  g_assert_true (mash_database_execute (database,
                                        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL"
                                        " SELECT i + 2 FROM n WHERE i < 3999)"
                                        " INSERT INTO person_search (rowid, person, names, keys,"
                                        " births, postcodes, identifiers) SELECT i, 'p' || i,"
                                        " 'ada rowe' || i, 'AT R', '20190304', '', '' FROM n",
                                        &error));
  g_assert_no_error (error);
  fixture_close (database);
}

static void
test_register (Upgrading     *self,
               gconstpointer  data)
{
  g_auto (GStrv) steps = mash_schema_list_steps ();
  g_autoptr (GError) error = NULL;
  MashDatabase *database;

  put_people (&self->file);
  for (double at = 0; at < 1; at += 0.25)
    {
      self->stop_at = at;
      must_stop (self, (const char *const *) steps);
    }
  self->stop_at = 2;
  database = try_open (self, (const char *const *) steps, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->n_told, >, 4);
  g_assert_cmpint (fixture_count (database, "SELECT count (*) FROM person_search"), ==, 2000);
  g_assert_cmpint (fixture_count (database, "SELECT count (*) FROM person_term"
                                  " WHERE person_term MATCH '\"ada$\"'"), ==, 2000);
  g_assert_cmpint (fixture_count (database, "SELECT rowid FROM person_term"
                                  " WHERE person_term MATCH '\"rowe777$\"'"), ==, 777);
  g_assert_true (mash_database_execute (database, "INSERT INTO person_term (person_term, rank)"
                                        " VALUES ('integrity-check', 1)", &error));
  g_assert_no_error (error);
  fixture_close (database);
}

#define ADD(name, test) \
  g_test_add ("/upgrade/" name, Upgrading, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("followed", test_followed);
  ADD ("nothing-to-do", test_nothing_to_do);
  ADD ("stopped", test_stopped);
  ADD ("stopped-within-a-statement", test_stopped_within_a_statement);
  ADD ("killed", test_killed);
  ADD ("unclean-before", test_unclean_before);
  ADD ("register", test_register);

  return g_test_run ();
}
