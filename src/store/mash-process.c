/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-process.h"

#include <link.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <sodium.h>
#include <sqlite3.h>

#include "mash-store-error.h"

#define CIPHER_MAJOR 4
#define CIPHER_MINOR 6

static int
is_plain_library (struct dl_phdr_info *info,
                  size_t               size,
                  void                *data)
{
  const char *name = info->dlpi_name ? strrchr (info->dlpi_name, '/') : NULL;

  return name && g_str_has_prefix (name + 1, "libsqlite3.");
}

/* Nobody asks how much memory SQLite has in use, and counting it takes a lock for each block. Later
 * than the first use of SQLite this is refused, and changes nothing. */
static void
stop_counting_memory (void)
{
  static gsize stopped;

  if (g_once_init_enter (&stopped))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&stopped, 1);
    }
}

static gboolean
cipher_is_new_enough (void)
{
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;
  int major = 0;
  int minor = 0;

  stop_counting_memory ();
  /* An unknown pragma succeeds without a row: only the answer proves that the cipher is there. */
  if (sqlite3_open_v2 (":memory:", &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY,
                       NULL) == SQLITE_OK &&
      sqlite3_prepare_v2 (handle, "PRAGMA cipher_version", -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *version = (const char *) sqlite3_column_text (statement, 0);

      if (!version || sscanf (version, "%d.%d", &major, &minor) != 2)
        major = 0;
    }
  sqlite3_finalize (statement);
  sqlite3_close (handle);

  return major > CIPHER_MAJOR || (major == CIPHER_MAJOR && minor >= CIPHER_MINOR);
}

/**
 * mash_process_check_cipher:
 * @error: %MASH_STORE_ERROR_NO_CIPHER
 *
 * Makes sure that what answers as SQLite is SQLCipher, and new enough. A plain SQLite in the same
 * process may stand in front of it, and would write every file unencrypted without an error.
 *
 * Returns: whether databases will be encrypted
 */
gboolean
mash_process_check_cipher (GError **error)
{
  if (dl_iterate_phdr (is_plain_library, NULL))
    g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NO_CIPHER,
                         "Encryption is not available: libsqlite3 is loaded in this process");
  else if (!cipher_is_new_enough ())
    g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NO_CIPHER,
                 "Encryption is not available: SQLCipher %d.%d or later is needed",
                 CIPHER_MAJOR, CIPHER_MINOR);
  else
    return TRUE;

  return FALSE;
}

/* What holds keys is locked without asking whether that was granted; so it is asked once, here. */
static gboolean
can_lock_memory (void)
{
  void *page = sodium_malloc (1);
  gboolean locked = page != NULL && sodium_mlock (page, 1) == 0;

  sodium_free (page);

  return locked;
}

/**
 * mash_process_guard:
 * @error: %MASH_STORE_ERROR_NO_CIPHER, %MASH_STORE_ERROR_NO_LOCKED_MEMORY, or
 *   %MASH_STORE_ERROR_FAILED when the system does not let the process protect itself
 *
 * Keeps the memory of this process from other processes of the same user and out of core dumps,
 * lets a write beyond a file-size limit fail instead of ending the program, makes sure that keys
 * can be kept from the swap space, and checks the cipher. main() calls it first, before any
 * thread.
 *
 * Returns: whether the program may go on
 */
gboolean
mash_process_guard (GError **error)
{
  const struct rlimit none = { 0, 0 };

  if (setrlimit (RLIMIT_CORE, &none) < 0 || prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FAILED,
                           "The memory of this program cannot be protected");
      return FALSE;
    }
  signal (SIGXFSZ, SIG_IGN);
  if (sodium_init () < 0)
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FAILED,
                           "The random generator of this machine cannot be started");
      return FALSE;
    }
  if (!can_lock_memory ())
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NO_LOCKED_MEMORY,
                           "No memory can be locked");
      return FALSE;
    }

  return mash_process_check_cipher (error);
}

/**
 * mash_process_restart:
 * @opaque_id: (nullable): what the new process is told, as `--restart=ID`: an id that says
 *   nothing to anybody else
 *
 * Ends this address space, and with it every copy of what was on the screen, by becoming the
 * same program anew. When that cannot be, the process ends.
 */
void
mash_process_restart (const char *opaque_id)
{
  g_autofree char *option = opaque_id ? g_strconcat ("--restart=", opaque_id, NULL) : NULL;
  char *arguments[] = { (char *) "mash-desk", option, NULL };

  execv ("/proc/self/exe", arguments);
  _exit (1);
}
