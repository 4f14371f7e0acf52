/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <dlfcn.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mash-process.h"
#include "mash-store-error.h"

#define PLAIN_LIBRARY "libsqlite3.so.0"

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
    g_test_add_func ("/process/guard", test_guard);

    return g_test_run ();
  }
}
