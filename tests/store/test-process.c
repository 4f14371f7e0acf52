/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mash-process.h"
#include "mash-store-error.h"

#define PLAIN_LIBRARY "libsqlite3.so.0"
#define NOBODY 65534

static const char *own_path;

static int
run_child (const char *const *arguments,
           const char        *preload)
{
  g_auto (GStrv) environment = g_get_environ ();
  g_autoptr (GError) error = NULL;
  int status;

  if (preload)
    environment = g_environ_setenv (environment, "LD_PRELOAD", preload, TRUE);
  g_spawn_sync (NULL, (char **) arguments, environment,
                G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));

  return WEXITSTATUS (status);
}

static void
test_guard (void)
{
  g_autoptr (GError) error = NULL;
  struct rlimit limit;

  g_assert_true (mash_process_guard (&error));
  g_assert_no_error (error);
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_max, ==, 0);
  g_assert_cmpint (prctl (PR_GET_DUMPABLE, 0, 0, 0, 0), ==, 0);
  g_assert_cmpint (raise (SIGXFSZ), ==, 0);
}

/* B12: a plain SQLite in front of the cipher, and one loaded beside it. */
static void
test_plain_library (void)
{
  const char *const first[] = { own_path, "--child-check", NULL };
  const char *const late[] = { own_path, "--child-load", NULL };

  g_assert_cmpint (run_child (first, NULL), ==, 0);
  if (run_child (late, NULL) == 77)
    {
      g_test_skip ("libsqlite3 is not installed");
      return;
    }
  g_assert_cmpint (run_child (late, NULL), ==, 3);
  g_assert_cmpint (run_child (first, PLAIN_LIBRARY), ==, 3);
}

/* Who guards themselves here is nobody in particular: what only the superuser may is no test. */
static void
become_nobody (void)
{
  if (geteuid () == 0)
    g_assert_cmpint (setresuid (NOBODY, NOBODY, NOBODY), ==, 0);
}

/* Keys that could be swapped out to the disk are not taken into memory at all. */
static void
test_no_locked_memory (void)
{
  const char *const arguments[] = { own_path, "--child-unlocked", NULL };

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("Address sanitizer answers in place of the system when memory is to be locked");
  return;
#endif
  g_assert_cmpint (run_child (arguments, NULL), ==, 5);
}

static gboolean
can_read_memory (pid_t of)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/mem", (int) of);
  int status;
  pid_t reader = fork ();

  if (reader == 0)
    {
      become_nobody ();
      _exit (open (path, O_RDONLY | O_CLOEXEC) >= 0 ? 1 : 0);
    }
  g_assert_cmpint (waitpid (reader, &status, 0), ==, reader);
  g_assert_true (WIFEXITED (status));

  return WEXITSTATUS (status) == 1;
}

static void
hold (int hears,
      int says)
{
  char byte;

  become_nobody ();
  prctl (PR_SET_DUMPABLE, 1, 0, 0, 0);
  if (write (says, "1", 1) != 1 || read (hears, &byte, 1) != 1)
    _exit (1);
  if (!mash_process_guard (NULL) || write (says, "2", 1) != 1)
    _exit (2);
  if (read (hears, &byte, 1) != 0)
    _exit (3);
  _exit (0);
}

/* A15: another process of the same user opens the memory of this one, until it is guarded. */
static void
test_memory_of_same_user (void)
{
  int to[2], from[2];
  int status;
  char byte;
  pid_t child;

  g_assert_cmpint (pipe (to), ==, 0);
  g_assert_cmpint (pipe (from), ==, 0);
  child = fork ();
  if (child == 0)
    {
      close (to[1]);
      hold (to[0], from[1]);
    }
  close (to[0]);
  close (from[1]);
  g_assert_cmpint (read (from[0], &byte, 1), ==, 1);
  g_assert_true (can_read_memory (child));
  g_assert_cmpint (write (to[1], "1", 1), ==, 1);
  g_assert_cmpint (read (from[0], &byte, 1), ==, 1);
  g_assert_false (can_read_memory (child));
  close (to[1]);
  close (from[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

static int
check_unlocked (void)
{
  const struct rlimit none = { 0, 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (setrlimit (RLIMIT_MEMLOCK, &none), ==, 0);
  become_nobody ();
  if (mash_process_guard (&error))
    return 0;

  return g_error_matches (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NO_LOCKED_MEMORY) ? 5 : 6;
}

static int
check (void)
{
  g_autoptr (GError) error = NULL;

  if (mash_process_guard (&error))
    return 0;

  return g_error_matches (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NO_CIPHER) ? 3 : 4;
}

/* The program becomes itself anew, although it is not dumpable, and is told the id alone. */
static void
test_restart (void)
{
  const char *const arguments[] = { own_path, "--child-restart", NULL };

  g_assert_cmpint (run_child (arguments, NULL), ==, 7);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 2 && strcmp (argv[1], "--child-check") == 0)
    return check ();
  if (argc == 2 && strcmp (argv[1], "--child-unlocked") == 0)
    return check_unlocked ();
  if (argc == 2 && strcmp (argv[1], "--child-load") == 0)
    return dlopen (PLAIN_LIBRARY, RTLD_NOW | RTLD_LOCAL) ? check () : 77;
  if (argc == 2 && strcmp (argv[1], "--child-restart") == 0)
    {
      if (!mash_process_guard (NULL))
        return 1;
      mash_process_restart ("an-id");
    }
  if (argc == 2 && strcmp (argv[1], "--restart=an-id") == 0)
    return 7;

  g_test_init (&argc, &argv, NULL);
  {
    g_autofree char *path = g_file_read_link ("/proc/self/exe", NULL);

    own_path = path;
    g_test_add_func ("/process/plain-library", test_plain_library);
    g_test_add_func ("/process/restart", test_restart);
    g_test_add_func ("/process/no-locked-memory", test_no_locked_memory);
    g_test_add_func ("/process/memory-of-same-user", test_memory_of_same_user);
    g_test_add_func ("/process/guard", test_guard);

    return g_test_run ();
  }
}
