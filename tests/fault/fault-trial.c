/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fault-trial.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "fault-memory.h"
#include "mash-sentences.h"

#define PATIENCE_SECONDS 120

struct _FaultBench
{
  char       *place;
  GHashTable *templates;    /* name → folder */
  guint       n_trials;
};

/* In memory where there is such a place: what is durable here is not what the machine's own disk
 * has taken, so that it need not be waited for. */
static char *
make_place (void)
{
  g_autofree char *place = g_strdup ("/dev/shm/mash-fault-XXXXXX");

  return g_mkdtemp (place) != NULL ? g_steal_pointer (&place)
                                   : g_dir_make_tmp ("mash-fault-XXXXXX", NULL);
}

FaultBench *
fault_bench_new (void)
{
  FaultBench *self = g_new0 (FaultBench, 1);
  g_autofree char *place = make_place ();

  g_assert_nonnull (place);
  self->place = realpath (place, NULL);
  self->templates = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  return self;
}

void
fault_bench_free (FaultBench *self)
{
  fault_desk_remove (self->place);
  g_hash_table_unref (self->templates);
  free (self->place);
  g_free (self);
}

static const char *
get_template (FaultBench *self,
              const char *name)
{
  char *path = g_hash_table_lookup (self->templates, name);

  if (path == NULL)
    {
      path = g_build_filename (self->place, name, NULL);
      fault_desk_make_template (path, name);
      g_hash_table_insert (self->templates, (char *) name, path);
    }

  return path;
}

/**
 * fault_bench_dup_copy:
 * @self: a bench
 * @name: of a template
 *
 * Returns: (transfer full): the root of a new desk like the template
 */
char *
fault_bench_dup_copy (FaultBench *self,
                      const char *name)
{
  char *root = g_strdup_printf ("%s/trial-%u", self->place, ++self->n_trials);

  fault_desk_copy (get_template (self, name), root);

  return root;
}

static void
arm (const FaultTrial *trial)
{
  fault_disk_arm ();
  fault_memory_arm (FAULT_MEMORY_SQLITE, trial->sqlite_allocation, trial->for_ever);
  if (trial->allocation > 0)
    fault_memory_arm (FAULT_MEMORY_ANY, trial->allocation == G_MAXUINT ? 0 : trial->allocation,
                      trial->for_ever);
}

/* What GLib says as it ends the program would stand among the test's own lines. */
static void
be_silent (gboolean of_errors)
{
  int fd = open ("/dev/null", O_WRONLY | O_CLOEXEC);

  dup2 (fd, STDOUT_FILENO);
  if (of_errors)
    dup2 (fd, STDERR_FILENO);
}

/* Does the operation while something breaks, and says what came of it. */
static void
be_child (FaultDesk            *desk,
          const FaultOperation *operation,
          const FaultTrial     *trial)
{
  g_autoptr (GError) error = NULL;
  const struct rlimit no_core = { 0, 0 };
  guint n_allocations, n_sqlite;
  gboolean done;

  be_silent (trial->allocation > 0);
  setrlimit (RLIMIT_CORE, &no_core);
  alarm (PATIENCE_SECONDS);
  fault_disk_watch (desk->root, &trial->disk);
  if (operation->sign_in != NULL && !fault_desk_open (desk, operation->sign_in, &error))
    g_error ("%s", error->message);
  fault_operation_prepare (operation, desk);

  arm (trial);
  done = operation->run (desk, &error);
  n_allocations = fault_memory_disarm (FAULT_MEMORY_ANY);
  n_sqlite = fault_memory_disarm (FAULT_MEMORY_SQLITE);
  if (done)
    {
      fault_desk_acknowledge (desk);
      fault_desk_say (desk, "done");
    }
  else
    {
      g_autofree char *sentence = error != NULL ? mash_sentence_for_error (error)
                                                : g_strdup ("");

      fault_desk_say (desk, "sentence %s", sentence);
    }

  /* The end of the session meets what still breaks. */
  fault_desk_close (desk, NULL);
  fault_desk_say (desk, "hit %s", fault_disk_name_hit ());
  fault_desk_say (desk, "calls %u %u %u", fault_disk_disarm (), n_allocations, n_sqlite);
  exit (EXIT_SUCCESS);
}

static char *
read_all (int fd)
{
  GString *said = g_string_new (NULL);
  char buffer[4096];
  gssize n;

  while ((n = read (fd, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR))
    g_string_append_len (said, buffer, MAX (n, 0));

  return g_string_free (said, FALSE);
}

static char *
find_line (const char *said,
           const char *word)
{
  g_auto (GStrv) lines = g_strsplit (said, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], word))
      return g_strdup (lines[i] + strlen (word));

  return NULL;
}

static void
hear (FaultOutcome     *outcome,
      const FaultTrial *trial)
{
  g_autofree char *done = find_line (outcome->said, "done");
  g_autofree char *calls = find_line (outcome->said, "calls ");

  outcome->done = done != NULL;
  outcome->hit = find_line (outcome->said, "hit ");
  outcome->sentence = find_line (outcome->said, "sentence ");
  if (calls != NULL)
    {
      guint n[3] = { 0 };

      sscanf (calls, "%u %u %u", &n[0], &n[1], &n[2]);
      outcome->n_calls = trial->allocation > 0 ? n[1] : trial->sqlite_allocation > 0 ? n[2] : n[0];
    }
}

static gboolean
is_same (const char *one,
         const char *other,
         const char *name)
{
  g_autofree char *old = g_build_filename (one, "desk", name, NULL);
  g_autofree char *new = g_build_filename (other, "desk", name, NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gsize n_first = 0;
  gsize n_second = 0;

  g_file_get_contents (old, &first, &n_first, NULL);
  g_file_get_contents (new, &second, &n_second, NULL);

  return n_first == n_second && (n_first == 0 || memcmp (first, second, n_first) == 0);
}

/**
 * fault_bench_try:
 * @self: a bench
 * @operation: what is done
 * @trial: what breaks
 * @outcome: (out caller-allocates): what came of it
 *
 * Does @operation in a process of its own while something breaks, and then looks at the files as
 * one would the next morning.
 */
void
fault_bench_try (FaultBench           *self,
                 const FaultOperation *operation,
                 const FaultTrial     *trial,
                 FaultOutcome         *outcome)
{
  const char *template = get_template (self, operation->template);
  g_autofree char *root = fault_bench_dup_copy (self, operation->template);
  g_autofree char *landing = g_strdup_printf ("%s/landing-%u", self->place, self->n_trials);
  FaultTrial ours = *trial;
  FaultDesk desk;
  int fds[2], status;
  pid_t pid;

  *outcome = (FaultOutcome) { 0 };
  ours.disk.landing = landing;
  fault_desk_init (&desk, root);
  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      close (fds[0]);
      desk.said = fds[1];
      be_child (&desk, operation, &ours);
    }

  close (fds[1]);
  outcome->said = read_all (fds[0]);
  close (fds[0]);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  outcome->crashed = WIFSIGNALED (status);
  outcome->signal = WIFSIGNALED (status) ? WTERMSIG (status) : 0;
  outcome->cut = WIFEXITED (status) && WEXITSTATUS (status) == FAULT_CUT_STATUS;
  hear (outcome, trial);
  fault_desk_clear (&desk);

  outcome->forgot = outcome->cut && is_same (template, landing, "desk.db") &&
                    is_same (template, landing, "desk.db-wal") &&
                    is_same (template, landing, "desk.note");
  fault_desk_init (&desk, outcome->cut ? landing : root);
  fault_disk_set_boot (outcome->cut);
  fault_desk_look (&desk, outcome->said, &outcome->finding);
  fault_disk_set_boot (FALSE);
  fault_desk_clear (&desk);
  fault_desk_remove (root);
  fault_desk_remove (landing);
}

/**
 * fault_bench_count:
 * @self: a bench
 * @operation: an operation
 * @allocations: whether to count allocations in place of calls of the disk
 * @of_sqlite: whether to count SQLite’s only
 *
 * Returns: how many there are when nothing breaks
 */
guint
fault_bench_count (FaultBench           *self,
                   const FaultOperation *operation,
                   gboolean              allocations,
                   gboolean              of_sqlite)
{
  /* A number so high is never reached. */
  FaultTrial trial = { .disk = { .way = FAULT_WAY_NONE },
                       .allocation = allocations && !of_sqlite ? G_MAXUINT : 0,
                       .sqlite_allocation = allocations && of_sqlite ? G_MAXUINT : 0 };
  FaultOutcome outcome;
  guint n;

  fault_bench_try (self, operation, &trial, &outcome);
  if (!outcome.done || !outcome.finding.holds || outcome.finding.behind)
    g_error ("%s does not work when nothing breaks: %s; %s", operation->name,
             outcome.sentence != NULL ? outcome.sentence : "no sentence",
             outcome.finding.fault != NULL ? outcome.finding.fault : "no fault");
  n = outcome.n_calls;
  fault_outcome_clear (&outcome);

  return n;
}

void
fault_outcome_clear (FaultOutcome *outcome)
{
  g_clear_pointer (&outcome->hit, g_free);
  g_clear_pointer (&outcome->said, g_free);
  g_clear_pointer (&outcome->sentence, g_free);
  fault_finding_clear (&outcome->finding);
}
