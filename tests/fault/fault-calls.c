/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls of the C library with which files are opened, read, written, synced and named. A
 * program that defines them is asked before the library is, by every library in it, SQLCipher’s
 * and GLib’s too. Each goes to the kernel itself, because the library’s own has this name. */

/* Other names for the same calls would stand in the way of defining them all. */
#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE

#include "config.h"

#include "fault-disk-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#pragma GCC diagnostic ignored "-Wmissing-prototypes"
#pragma GCC diagnostic ignored "-Wmissing-declarations"
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wnonnull-compare"
#endif
#pragma GCC diagnostic ignored "-Wredundant-decls"

static int
fail (int number)
{
  errno = number;

  return -1;
}

static int
open_below (int         folder_fd,
            const char *name,
            int         flags,
            mode_t      mode)
{
  g_autofree char *path = fault_disk_join (folder_fd, name);
  gboolean is_new;
  int number;
  int fd;

  if (path == NULL)
    return syscall (SYS_openat, folder_fd, fault_disk_redirect (name), flags, mode);
  number = fault_disk_meet (FAULT_CALL_OPEN);
  if (number != 0)
    return fail (number);

  is_new = (flags & O_CREAT) && syscall (SYS_faccessat, folder_fd, name, F_OK) != 0;
  fd = syscall (SYS_openat, folder_fd, name, flags, mode);
  number = errno;
  if (fd >= 0)
    fault_disk_note_open (fd, path, is_new, (flags & O_TRUNC) != 0);
  errno = number;

  return fd;
}

#define TAKE_MODE(flags, mode) \
  G_STMT_START { \
    if ((flags) & (O_CREAT | __O_TMPFILE)) \
      { \
        va_list more; \
        va_start (more, flags); \
        mode = va_arg (more, mode_t); \
        va_end (more); \
      } \
  } G_STMT_END

int
open (const char *path,
      int         flags,
      ...)
{
  mode_t mode = 0;

  TAKE_MODE (flags, mode);

  return open_below (AT_FDCWD, path, flags, mode);
}

int
open64 (const char *path,
        int         flags,
        ...)
{
  mode_t mode = 0;

  TAKE_MODE (flags, mode);

  return open_below (AT_FDCWD, path, flags, mode);
}

int
openat (int         folder_fd,
        const char *name,
        int         flags,
        ...)
{
  mode_t mode = 0;

  TAKE_MODE (flags, mode);

  return open_below (folder_fd, name, flags, mode);
}

int
openat64 (int         folder_fd,
          const char *name,
          int         flags,
          ...)
{
  mode_t mode = 0;

  TAKE_MODE (flags, mode);

  return open_below (folder_fd, name, flags, mode);
}

int
__open_2 (const char *path,
          int         flags)
{
  return open_below (AT_FDCWD, path, flags, 0);
}

int
__open64_2 (const char *path,
            int         flags)
{
  return open_below (AT_FDCWD, path, flags, 0);
}

int
__openat_2 (int         folder_fd,
            const char *name,
            int         flags)
{
  return open_below (folder_fd, name, flags, 0);
}

int
__openat64_2 (int         folder_fd,
              const char *name,
              int         flags)
{
  return open_below (folder_fd, name, flags, 0);
}

/* Whether a call on a descriptor may go on; sets errno where not. */
static gboolean
may_go_on (int       fd,
           FaultCall call)
{
  g_autofree char *path = fault_disk_dup_path (fd);
  int number = path != NULL ? fault_disk_meet (call) : 0;

  if (number != 0)
    errno = number;

  return number == 0;
}

ssize_t
read (int    fd,
      void  *data,
      size_t length)
{
  return may_go_on (fd, FAULT_CALL_READ) ? syscall (SYS_read, fd, data, length) : -1;
}

ssize_t
__read_chk (int    fd,
            void  *data,
            size_t length,
            size_t room)
{
  return read (fd, data, length);
}

ssize_t
pread (int    fd,
       void  *data,
       size_t length,
       off_t  offset)
{
  return may_go_on (fd, FAULT_CALL_READ) ? syscall (SYS_pread64, fd, data, length, offset) : -1;
}

ssize_t
pread64 (int     fd,
         void   *data,
         size_t  length,
         off64_t offset)
{
  return pread (fd, data, length, offset);
}

ssize_t
__pread_chk (int    fd,
             void  *data,
             size_t length,
             off_t  offset,
             size_t room)
{
  return pread (fd, data, length, offset);
}

ssize_t
__pread64_chk (int     fd,
               void   *data,
               size_t  length,
               off64_t offset,
               size_t  room)
{
  return pread (fd, data, length, offset);
}

/* A write that fails has done half of its work, as on a disk that breaks or fills up under it. */
static ssize_t
write_at (int         fd,
          const void *data,
          size_t      length,
          gint64      offset,
          gboolean    moves)
{
  g_autofree char *path = fault_disk_dup_path (fd);
  int number = path != NULL ? fault_disk_meet (FAULT_CALL_WRITE) : 0;
  size_t wanted = number == 0 ? length : length / 2;
  ssize_t n;

  if (moves && path != NULL)
    offset = syscall (SYS_fcntl, fd, F_GETFL) & O_APPEND ? syscall (SYS_lseek, fd, 0, SEEK_END)
                                                         : syscall (SYS_lseek, fd, 0, SEEK_CUR);
  n = moves ? syscall (SYS_write, fd, data, wanted) : syscall (SYS_pwrite64, fd, data, wanted,
                                                               offset);
  if (n > 0 && path != NULL)
    {
      int kept = errno;

      fault_disk_note_write (fd, offset, data, n);
      errno = kept;
    }

  return number == 0 ? n : fail (number);
}

ssize_t
write (int         fd,
       const void *data,
       size_t      length)
{
  return write_at (fd, data, length, 0, TRUE);
}

ssize_t
pwrite (int         fd,
        const void *data,
        size_t      length,
        off_t       offset)
{
  return write_at (fd, data, length, offset, FALSE);
}

ssize_t
pwrite64 (int         fd,
          const void *data,
          size_t      length,
          off64_t     offset)
{
  return write_at (fd, data, length, offset, FALSE);
}

static int
sync_file (int fd)
{
  g_autofree char *path = fault_disk_dup_path (fd);
  int number;

  if (path == NULL)
    return syscall (SYS_fsync, fd);
  number = fault_disk_meet (FAULT_CALL_SYNC);
  if (number != 0)
    return fail (number);
  /* What is durable is remembered here; the real disk need not be waited for. */
  fault_disk_note_sync (fd, path);

  return 0;
}

int
fsync (int fd)
{
  return sync_file (fd);
}

int
fdatasync (int fd)
{
  return sync_file (fd);
}

int
ftruncate (int   fd,
           off_t length)
{
  int result;

  if (!may_go_on (fd, FAULT_CALL_TRUNCATE))
    return -1;
  result = syscall (SYS_ftruncate, fd, length);
  if (result == 0)
    {
      g_autofree char *path = fault_disk_dup_path (fd);

      if (path != NULL)
        fault_disk_note_length (fd, length);
    }

  return result;
}

int
ftruncate64 (int     fd,
             off64_t length)
{
  return ftruncate (fd, length);
}

static int
rename_below (int         from_fd,
              const char *from,
              int         to_fd,
              const char *to)
{
  g_autofree char *old = fault_disk_join (from_fd, from);
  g_autofree char *new = fault_disk_join (to_fd, to);
  int number = old != NULL || new != NULL ? fault_disk_meet (FAULT_CALL_NAME) : 0;
  int result;

  if (number != 0)
    return fail (number);
  result = syscall (SYS_renameat, from_fd, from, to_fd, to);
  if (result == 0 && old != NULL && new != NULL)
    fault_disk_note_rename (old, new);

  return result;
}

int
renameat (int         from_fd,
          const char *from,
          int         to_fd,
          const char *to)
{
  return rename_below (from_fd, from, to_fd, to);
}

int
rename (const char *from,
        const char *to)
{
  return rename_below (AT_FDCWD, from, AT_FDCWD, to);
}

int
unlinkat (int         folder_fd,
          const char *name,
          int         flags)
{
  g_autofree char *path = fault_disk_join (folder_fd, name);
  int number = path != NULL ? fault_disk_meet (FAULT_CALL_NAME) : 0;
  int result;

  if (number != 0)
    return fail (number);
  result = syscall (SYS_unlinkat, folder_fd, name, flags);
  if (result == 0 && path != NULL)
    fault_disk_note_unlink (path);

  return result;
}

int
unlink (const char *path)
{
  return unlinkat (AT_FDCWD, path, 0);
}

int
rmdir (const char *path)
{
  return unlinkat (AT_FDCWD, path, AT_REMOVEDIR);
}

int
mkdirat (int         folder_fd,
         const char *name,
         mode_t      mode)
{
  g_autofree char *path = fault_disk_join (folder_fd, name);
  int number = path != NULL ? fault_disk_meet (FAULT_CALL_NAME) : 0;
  int result;

  if (number != 0)
    return fail (number);
  result = syscall (SYS_mkdirat, folder_fd, name, mode);
  if (result == 0 && path != NULL)
    fault_disk_note_folder (path);

  return result;
}

int
mkdir (const char *path,
       mode_t      mode)
{
  return mkdirat (AT_FDCWD, path, mode);
}
