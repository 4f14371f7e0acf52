/* SPDX-License-Identifier: GPL-3.0-or-later */

/* unshare() and close_range() are Linux's own. */
#define _GNU_SOURCE
#define G_LOG_DOMAIN "mash-reader"

#include "config.h"

#include "mash-limits.h"

#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Shadow memory is larger than any limit that would be of use. */
#if defined __SANITIZE_ADDRESS__
#define SANITIZED 1
#elif defined __has_feature
#if __has_feature (address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#define CPU_SECONDS 2
#define MEMORY_BYTES (256ul * 1024 * 1024)
#define FIRST_OTHER_DESCRIPTOR 3

static void
set_limit (__rlimit_resource_t resource,
           rlim_t              most)
{
  const struct rlimit limit = { most, most };

  if (setrlimit (resource, &limit) != 0)
    g_error ("A limit could not be set");
}

/**
 * mash_limits_set:
 *
 * Gives up what reading a file does not need: time, memory, files, privileges, the network where
 * the system allows. A limit that cannot be set ends the program, but for the network: user
 * namespaces are switched off on some systems. Called before the first byte is read.
 */
void
mash_limits_set (void)
{
  if (SANITIZED)
    return;

  closefrom (FIRST_OTHER_DESCRIPTOR);
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    g_error ("Privileges could not be given up");
  if (unshare (CLONE_NEWUSER | CLONE_NEWNET) != 0)
    g_debug ("The network could not be given up");

  /* A limit on core files is not asked where the system pipes them to a program. It comes after
   * unshare(), which may make the process dumpable again. */
  if (prctl (PR_SET_DUMPABLE, 0) != 0)
    g_error ("Core files could not be given up");

  set_limit (RLIMIT_CORE, 0);
  set_limit (RLIMIT_FSIZE, 0);
  set_limit (RLIMIT_NOFILE, FIRST_OTHER_DESCRIPTOR);
  set_limit (RLIMIT_CPU, CPU_SECONDS);
  set_limit (RLIMIT_AS, MEMORY_BYTES);
}
