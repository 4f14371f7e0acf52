/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib.h>

#include "mash-limits.h"

/* What is read of strangers leaves no trace of itself: neither a core file nor a process that
 * others of the same user may look into. */

static const char *program;

enum
{
  WELL,
  DUMPABLE,
  CORE_FILES,
};

static int
find_fault (void)
{
  struct rlimit limit;

  mash_limits_set ();
  if (prctl (PR_GET_DUMPABLE, 0, 0, 0, 0) != 0)
    return DUMPABLE;
  if (getrlimit (RLIMIT_CORE, &limit) != 0 || limit.rlim_cur != 0 || limit.rlim_max != 0)
    return CORE_FILES;

  return WELL;
}

/* In a process of its own, because nothing that is given up comes back. */
static void
test_set (void)
{
  int status;
  pid_t pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    _exit (find_fault ());
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, WELL);
}

static gboolean
has_no_core_files (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/limits", pid);
  g_autofree char *limits = NULL;
  const char *line;
  char soft[16], hard[16];

  if (!g_file_get_contents (path, &limits, NULL, NULL))
    return FALSE;
  line = strstr (limits, "Max core file size");

  return line != NULL &&
         sscanf (line, "Max core file size %15s %15s", soft, hard) == 2 &&
         strcmp (soft, "0") == 0 && strcmp (hard, "0") == 0;
}

/* The program itself gives it up before it has read a byte: nothing was sent to it yet. */
static void
test_program (void)
{
  const char *const arguments[] = { program, "referral", "2026-10-13", NULL };
  gint64 until = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  g_autoptr (GError) error = NULL;
  GPid pid;
  int input;

  g_spawn_async_with_pipes (NULL, (char **) arguments, NULL,
                            G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL |
                            G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &pid, &input, NULL, NULL,
                            &error);
  g_assert_no_error (error);
  while (!has_no_core_files (pid))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_usleep (2000);
    }
  kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  close (input);
  g_spawn_close_pid (pid);
}

int
main (int   argc,
      char *argv[])
{
  struct rlimit some = { 4096, 4096 };

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];

  /* A limit that is none already would prove nothing. */
  if (getrlimit (RLIMIT_CORE, &some) == 0 && some.rlim_max != 0)
    {
      some.rlim_cur = some.rlim_max;
      setrlimit (RLIMIT_CORE, &some);
    }
  g_test_add_func ("/limits/set", test_set);
  g_test_add_func ("/limits/program", test_program);

  return g_test_run ();
}
