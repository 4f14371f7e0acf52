/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A session is killed at any moment: of saving, importing, signing, changing passphrases and keys,
 * making and putting back backups, rescuing a hub that has none, taking the schema to its next
 * version, and making a hub. What it had said was done, through a pipe, is there afterwards,
 * nothing is half there, and the record proves itself. MASH_FAULT_KILLS says how often, in all; a
 * kill that came after the end of the work is no kill, and is tried again. */

#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fault-memory.h"
#include "fault-trial.h"

#define KILLS 240
#define LEAST_KILLS 200 /* that hit work, whoever counts them */
#define CYCLES_PER_COPY 8

typedef struct
{
  const char *name;
  const char *template;
  const char *sign_in;      /* NULL: to begin is a part of the work */
  const char *works[10];    /* done over and over */
  guint       share;        /* of a hundred kills */
  guint       longest_ms;   /* that it lives; less where the work ends before */
  gboolean    is_fresh;     /* each time on a new copy */
} Activity;

static const Activity activities[] = {
  { "save", "hub", FAULT_WORKER,
    { "take-in", "save", "save-draft", "screen", "screen", "triage", "open-contact" }, 20, 60 },
  { "import", "hub", FAULT_WORKER, { "import", "take-in", "save" }, 12, 250 },
  { "sign", "hub", FAULT_MANAGER, { "sign", "sign" }, 12, 80, TRUE },
  { "passphrase", "hub", FAULT_WORKER, { "passphrase", "slot", "recovery" }, 10, 150, TRUE },
  { "rekey", "hub", FAULT_ADMINISTRATOR, { "rekey" }, 12, 150, TRUE },
  { "backup", "backed", FAULT_ADMINISTRATOR, { "backup" }, 8, 150, TRUE },
  { "restore", "backed", NULL, { "restore" }, 8, 150, TRUE },
  { "rescue", "closed", NULL, { "rescue" }, 5, 300, TRUE },
  { "upgrade", "first", NULL, { "sign-in" }, 10, 50, TRUE },
  { "make-hub", "empty", NULL, { "make-hub" }, 6, 100, TRUE },
  { "day", "hub", NULL, { "day" }, 5, 200, TRUE },
};

static FaultBench *bench;
static guint n_hit_in_all;
static guint n_tested;

/* Works until it is killed; where there is no more to do, it waits for that. */
static void
be_child (const Activity *activity,
          FaultDesk      *desk)
{
  g_autoptr (GError) error = NULL;

  if (activity->sign_in != NULL && !fault_desk_open (desk, activity->sign_in, &error))
    g_error ("%s", error->message);
  fault_desk_say (desk, "ready");
  for (guint round = 0; round == 0 || !activity->is_fresh; round++)
    for (guint i = 0; activity->works[i] != NULL; i++)
      {
        const FaultOperation *operation = fault_operations_find (activity->works[i]);

        fault_operation_prepare (operation, desk);
        if (!operation->run (desk, &error))
          g_error ("%s: %s", operation->name, error->message);
        fault_desk_acknowledge (desk);
        fault_desk_say (desk, "done");
      }
  fault_desk_close (desk, NULL);
  fault_desk_say (desk, "finished");
  for (;;)
    pause ();
}

/* Reads what the child says until it is dead, and kills it a while after it was ready. */
static char *
hear_and_kill (pid_t pid,
               int   fd,
               guint longest)
{
  GString *said = g_string_new (NULL);
  char buffer[4096];
  gboolean killed = FALSE;
  gssize n;

  while ((n = read (fd, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR))
    {
      g_string_append_len (said, buffer, MAX (n, 0));
      if (killed)
        continue;
      g_usleep ((gulong) g_test_rand_int_range (0, (gint) longest));
      kill (pid, SIGKILL);
      killed = TRUE;
    }

  return g_string_free (said, FALSE);
}

static char *
live_and_die (const Activity *activity,
              guint           longest,
              const char     *root)
{
  FaultDesk desk;
  char *said;
  int fds[2], status;
  pid_t pid;

  fault_desk_init (&desk, root);
  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      close (fds[0]);
      desk.said = fds[1];
      be_child (activity, &desk);
    }
  close (fds[1]);
  said = hear_and_kill (pid, fds[0], longest);
  close (fds[0]);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  if (!WIFSIGNALED (status) || WTERMSIG (status) != SIGKILL)
    g_error ("%s ended by itself: %s", activity->name, said);
  fault_desk_clear (&desk);

  return said;
}

static void
check_after (const Activity *activity,
             const char     *root,
             const char     *said)
{
  FaultFinding finding;
  FaultDesk desk;

  fault_desk_init (&desk, root);
  fault_desk_look (&desk, said, &finding);
  if (finding.opened ? !finding.holds || finding.behind || finding.lost_original
                     : strcmp (activity->name, "make-hub") != 0 || strstr (said, "done") != NULL)
    g_error ("%s: %s, after it said: %s", activity->name, finding.fault, said);
  fault_finding_clear (&finding);
  fault_desk_clear (&desk);
}

static guint
count_lines (const char *said,
             const char *line)
{
  guint n = 0;

  for (const char *at = strstr (said, line); at != NULL; at = strstr (at + 1, line))
    n++;

  return n;
}

/* How many kills of an activity are to hit its work. */
static guint
count_wanted (const Activity *activity)
{
  const char *wanted = g_getenv ("MASH_FAULT_KILLS");

  return ((wanted != NULL ? (guint) atoi (wanted) : KILLS) * activity->share + 99) / 100;
}

static void
test_activity (gconstpointer data)
{
  const Activity *activity = data;
  guint kills = count_wanted (activity);
  guint longest = activity->longest_ms * 1000;
  g_autofree char *root = NULL;
  guint n_done = 0;
  guint n_hit = 0;
  guint n_late = 0;

  while (n_hit < kills)
    {
      g_autofree char *said = NULL;

      if ((n_hit + n_late) % (activity->is_fresh ? 1 : CYCLES_PER_COPY) == 0)
        {
          if (root != NULL)
            fault_desk_remove (root);
          g_free (root);
          root = fault_bench_dup_copy (bench, activity->template);
        }
      said = live_and_die (activity, longest, root);
      check_after (activity, root, said);
      n_done += count_lines (said, "done\n");
      if (count_lines (said, "finished\n") == 0)
        {
          n_hit++;
        }
      else
        {
          n_late++;
          longest = MAX (longest / 4 * 3, 1000);
        }
      g_assert_cmpuint (n_late, <, 2 * kills + 20);
    }
  fault_desk_remove (root);
  g_test_message ("%s: %u kills hit the work and %u came after its end, %u works acknowledged, "
                  "none lost", activity->name, n_hit, n_late, n_done);
  n_hit_in_all += n_hit;
  n_tested++;
}

static void
test_count (void)
{
  g_test_message ("%u kills in the middle of work", n_hit_in_all);
  if (n_tested == G_N_ELEMENTS (activities) && g_getenv ("MASH_FAULT_KILLS") == NULL)
    g_assert_cmpuint (n_hit_in_all, >=, LEAST_KILLS);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  fault_memory_init ();
  g_test_init (&argc, &argv, NULL);
  bench = fault_bench_new ();
  for (guint i = 0; i < G_N_ELEMENTS (activities); i++)
    {
      g_autofree char *path = g_strdup_printf ("/faults/kill/%s", activities[i].name);

      g_test_add_data_func (path, &activities[i], test_activity);
    }
  g_test_add_func ("/faults/kill/count", test_count);
  result = g_test_run ();
  fault_bench_free (bench);

  return result;
}
