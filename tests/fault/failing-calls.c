/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Other names for the same calls would stand in the way of defining them all. */
#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE

#include "config.h"

#include "failing-calls.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#pragma GCC diagnostic ignored "-Wmissing-prototypes"
#pragma GCC diagnostic ignored "-Wmissing-declarations"
#pragma GCC diagnostic ignored "-Wredundant-decls"

static struct
{
  FailingCalls calls;   /* none while disarmed */
  guint        at;
  guint        n;
  int          number;
  gboolean     hit;
} plan;

/**
 * failing_calls_arm:
 * @calls: the sorts of calls that count
 * @at: which of them fails, from 1
 * @number: the error, %FAILING_SHORT or %FAILING_END
 */
void
failing_calls_arm (FailingCalls calls,
                   guint        at,
                   int          number)
{
  plan.at = at;
  plan.n = 0;
  plan.number = number;
  plan.hit = FALSE;
  plan.calls = calls;
}

/**
 * failing_calls_disarm:
 *
 * Returns: whether a call failed
 */
gboolean
failing_calls_disarm (void)
{
  plan.calls = 0;

  return plan.hit;
}

static gboolean
meets (FailingCalls call)
{
  if (!(plan.calls & call) || ++plan.n != plan.at)
    return FALSE;
  plan.hit = TRUE;
  errno = plan.number;

  return TRUE;
}

/* The library's own, found when it is first asked for. */
#define NEXT(name) \
  ({ \
    static __typeof__ (&name) next; \
    if (next == NULL) \
      *(void **) &next = dlsym (RTLD_NEXT, #name); \
    next; \
  })

#define DEFINE_OPEN(name) \
  int \
  name (int folder_fd, const char *path, int flags, ...) \
  { \
    mode_t mode = 0; \
    va_list more; \
    va_start (more, flags); \
    if (flags & (O_CREAT | __O_TMPFILE)) \
      mode = va_arg (more, mode_t); \
    va_end (more); \
    return meets (FAILING_OPEN) ? -1 : NEXT (name) (folder_fd, path, flags, mode); \
  }

DEFINE_OPEN (openat)
DEFINE_OPEN (openat64)

#undef DEFINE_OPEN
#define DEFINE_OPEN(name) \
  int \
  name (const char *path, int flags, ...) \
  { \
    mode_t mode = 0; \
    va_list more; \
    va_start (more, flags); \
    if (flags & (O_CREAT | __O_TMPFILE)) \
      mode = va_arg (more, mode_t); \
    va_end (more); \
    return meets (FAILING_OPEN) ? -1 : NEXT (name) (path, flags, mode); \
  }

DEFINE_OPEN (open)
DEFINE_OPEN (open64)

int
fstat (int          fd,
       struct stat *st)
{
  return meets (FAILING_STAT) ? -1 : NEXT (fstat) (fd, st);
}

int
fstat64 (int            fd,
         struct stat64 *st)
{
  return meets (FAILING_STAT) ? -1 : NEXT (fstat64) (fd, st);
}

int
fstatat (int          folder_fd,
         const char  *name,
         struct stat *st,
         int          flags)
{
  return meets (FAILING_STAT) ? -1 : NEXT (fstatat) (folder_fd, name, st, flags);
}

int
fstatat64 (int            folder_fd,
           const char    *name,
           struct stat64 *st,
           int            flags)
{
  return meets (FAILING_STAT) ? -1 : NEXT (fstatat64) (folder_fd, name, st, flags);
}

int
faccessat (int         folder_fd,
           const char *name,
           int         mode,
           int         flags)
{
  return meets (FAILING_ACCESS) ? -1 : NEXT (faccessat) (folder_fd, name, mode, flags);
}

int
fchmod (int    fd,
        mode_t mode)
{
  return meets (FAILING_MODE) ? -1 : NEXT (fchmod) (fd, mode);
}

int
fchmodat (int         folder_fd,
          const char *name,
          mode_t      mode,
          int         flags)
{
  return meets (FAILING_MODE) ? -1 : NEXT (fchmodat) (folder_fd, name, mode, flags);
}

/* How many bytes a call that was hit moves; all of them where it was not. */
static gboolean
moves (FailingCalls call,
       size_t      *length)
{
  if (!meets (call))
    return TRUE;
  if (plan.number != FAILING_SHORT && plan.number != FAILING_END)
    return FALSE;
  *length = plan.number == FAILING_SHORT ? *length / 2 : 0;

  return TRUE;
}

ssize_t
read (int    fd,
      void  *data,
      size_t length)
{
  return moves (FAILING_READ, &length) ? NEXT (read) (fd, data, length) : -1;
}

ssize_t
pread64 (int     fd,
         void   *data,
         size_t  length,
         off64_t offset)
{
  return moves (FAILING_READ, &length) ? NEXT (pread64) (fd, data, length, offset) : -1;
}

ssize_t
write (int         fd,
       const void *data,
       size_t      length)
{
  return moves (FAILING_WRITE, &length) ? NEXT (write) (fd, data, length) : -1;
}

ssize_t
pwrite64 (int         fd,
          const void *data,
          size_t      length,
          off64_t     offset)
{
  return moves (FAILING_WRITE, &length) ? NEXT (pwrite64) (fd, data, length, offset) : -1;
}

int
ftruncate64 (int     fd,
             off64_t length)
{
  return meets (FAILING_WRITE) ? -1 : NEXT (ftruncate64) (fd, length);
}

int
fsync (int fd)
{
  return meets (FAILING_SYNC) ? -1 : NEXT (fsync) (fd);
}

int
fdatasync (int fd)
{
  return meets (FAILING_SYNC) ? -1 : NEXT (fdatasync) (fd);
}

int
renameat (int         from_fd,
          const char *from,
          int         to_fd,
          const char *to)
{
  return meets (FAILING_NAME) ? -1 : NEXT (renameat) (from_fd, from, to_fd, to);
}

int
rename (const char *from,
        const char *to)
{
  return meets (FAILING_NAME) ? -1 : NEXT (rename) (from, to);
}

int
mkdir (const char *path,
       mode_t      mode)
{
  return meets (FAILING_NAME) ? -1 : NEXT (mkdir) (path, mode);
}

int
unlinkat (int         folder_fd,
          const char *name,
          int         flags)
{
  return meets (FAILING_NAME) ? -1 : NEXT (unlinkat) (folder_fd, name, flags);
}

int
flock (int fd,
       int operation)
{
  return meets (FAILING_LOCK) ? -1 : NEXT (flock) (fd, operation);
}

uid_t
geteuid (void)
{
  uid_t user = NEXT (geteuid) ();

  return meets (FAILING_OWNER) ? user + 1 : user;
}
