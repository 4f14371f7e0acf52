/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mash-store-error.h"

static MashFileHook file_hook;
static gpointer file_hook_data;

static void
reach (MashFileStep step)
{
  if (file_hook)
    file_hook (step, file_hook_data);
}

static gboolean
refuse (GError       **error,
        MashStoreError code,
        const char    *name,
        const char    *why)
{
  g_set_error (error, MASH_STORE_ERROR, code, "%s: %s", name, why);

  return FALSE;
}

/* Who may write to the folder may put other files in the place of ours. */
static gboolean
keep_others_out (int    folder_fd,
                 mode_t mode)
{
  if (!(mode & 022) || (faccessat (folder_fd, "slots", F_OK, AT_SYMLINK_NOFOLLOW) < 0 &&
                        faccessat (folder_fd, "desk.db", F_OK, AT_SYMLINK_NOFOLLOW) < 0))
    return TRUE;

  return !(mode & S_ISVTX) && fchmod (folder_fd, mode & 0755) == 0;
}

/**
 * mash_file_open_folder:
 * @folder: the path of a folder of the program's own
 * @error: %MASH_STORE_ERROR_MISSING, %MASH_STORE_ERROR_UNSAFE_FILE or %MASH_STORE_ERROR_READ_ONLY
 *
 * Opens a folder that must be this user's own. Where it holds a desk already, what lets others
 * write is taken from its mode; what else is named by mistake is left as it is.
 *
 * Returns: a descriptor to close, or -1
 */
int
mash_file_open_folder (const char *folder,
                       GError    **error)
{
  struct stat st;
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    {
      if (errno == ENOENT || errno == ENOTDIR)
        refuse (error, MASH_STORE_ERROR_MISSING, "The folder", "is not there");
      else
        mash_store_error_set_errno (error, errno, "open the folder");
      return -1;
    }

  if (fstat (fd, &st) < 0)
    mash_store_error_set_errno (error, errno, "look at the folder");
  else if (st.st_uid != geteuid ())
    refuse (error, MASH_STORE_ERROR_UNSAFE_FILE, "The folder", "belongs to another user");
  else if (!(st.st_mode & S_IWUSR) || faccessat (fd, ".", W_OK, AT_EACCESS) < 0)
    refuse (error, MASH_STORE_ERROR_READ_ONLY, "The folder", "cannot be written");
  else if (!keep_others_out (fd, st.st_mode))
    refuse (error, MASH_STORE_ERROR_UNSAFE_FILE, "The folder", "lets other users write");
  else
    return fd;

  close (fd);

  return -1;
}

/**
 * mash_file_check:
 * @folder_fd: an open folder
 * @name: the file in it
 * @size: (out) (optional): its bytes
 * @error: %MASH_STORE_ERROR_MISSING, %MASH_STORE_ERROR_UNSAFE_FILE, %MASH_STORE_ERROR_READ_ONLY
 *
 * Holds a file to what a file of ours is: a regular file with one name, this user's, which no
 * other user may read or write. A mode that is too wide is corrected, because we own it.
 *
 * Returns: whether it is
 */
gboolean
mash_file_check (int         folder_fd,
                 const char *name,
                 gsize      *size,
                 GError    **error)
{
  struct stat st;

  if (fstatat (folder_fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
    {
      if (errno == ENOENT)
        return refuse (error, MASH_STORE_ERROR_MISSING, name, "is not there");
      mash_store_error_set_errno (error, errno, "look at a file");
      return FALSE;
    }

  if (!S_ISREG (st.st_mode))
    return refuse (error, MASH_STORE_ERROR_UNSAFE_FILE, name, "is a link or no ordinary file");
  if (st.st_nlink != 1)
    return refuse (error, MASH_STORE_ERROR_UNSAFE_FILE, name, "has a second name");
  if (st.st_uid != geteuid ())
    return refuse (error, MASH_STORE_ERROR_UNSAFE_FILE, name, "belongs to another user");
  if (!(st.st_mode & S_IWUSR) || faccessat (folder_fd, name, R_OK | W_OK, AT_EACCESS) < 0)
    return refuse (error, MASH_STORE_ERROR_READ_ONLY, name, "cannot be written");
  if ((st.st_mode & 077) && fchmodat (folder_fd, name, 0600, 0) < 0)
    return refuse (error, MASH_STORE_ERROR_UNSAFE_FILE, name, "lets other users in");

  if (size)
    *size = st.st_size;

  return TRUE;
}

static gboolean
read_all (int     fd,
          guint8 *data,
          gsize   length)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n = read (fd, data + done, length - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      done += n;
    }

  return TRUE;
}

/**
 * mash_file_read:
 * @folder_fd: an open folder
 * @name: the file in it
 * @max_size: more bytes than this are refused as %MASH_STORE_ERROR_DAMAGED
 * @error: as for mash_file_check()
 *
 * Returns: (transfer full): the whole file, or %NULL
 */
GBytes *
mash_file_read (int         folder_fd,
                const char *name,
                gsize       max_size,
                GError    **error)
{
  g_autofree guint8 *data = NULL;
  gsize size;
  int fd;

  if (!mash_file_check (folder_fd, name, &size, error))
    return NULL;
  if (size > max_size)
    {
      refuse (error, MASH_STORE_ERROR_DAMAGED, name, "is longer than it can be");
      return NULL;
    }

  fd = openat (folder_fd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0)
    {
      mash_store_error_set_errno (error, errno, "open a file");
      return NULL;
    }
  data = g_malloc (MAX (size, 1));
  if (!read_all (fd, data, size))
    {
      refuse (error, MASH_STORE_ERROR_IO, name, "cannot be read");
      close (fd);
      return NULL;
    }
  close (fd);

  return g_bytes_new_take (g_steal_pointer (&data), size);
}

/* Writes all of it where the descriptor stands; sets errno where not. */
gboolean
mash_file_write_all (int           fd,
                     const guint8 *data,
                     gsize         length)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n = write (fd, data + done, length - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      done += n;
    }

  return TRUE;
}

/**
 * mash_file_replace:
 * @folder_fd: an open folder
 * @name: the file in it, which need not exist
 * @data: the new content
 * @length: its bytes
 * @error: %MASH_STORE_ERROR_FULL, %MASH_STORE_ERROR_READ_ONLY or %MASH_STORE_ERROR_IO
 *
 * Writes a new file beside the old, makes it durable, and gives it the old one's name. Whatever
 * moment the power goes, there is the old content or the new.
 *
 * Returns: whether the new content is durable
 */
gboolean
mash_file_replace (int           folder_fd,
                   const char   *name,
                   const guint8 *data,
                   gsize         length,
                   GError      **error)
{
  g_autofree char *temporary = g_strconcat (name, ".new", NULL);
  gboolean written;
  int fd;

  if (unlinkat (folder_fd, temporary, 0) < 0 && errno != ENOENT)
    {
      mash_store_error_set_errno (error, errno, "remove a half-written file");
      return FALSE;
    }
  fd = openat (folder_fd, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      mash_store_error_set_errno (error, errno, "make a file");
      return FALSE;
    }

  reach (MASH_FILE_STEP_OPENED);
  written = mash_file_write_all (fd, data, length);
  reach (MASH_FILE_STEP_WRITTEN);
  written = written && fsync (fd) == 0;
  if (!written)
    mash_store_error_set_errno (error, errno, "write a file");
  close (fd);
  reach (MASH_FILE_STEP_SYNCED);

  if (written && renameat (folder_fd, temporary, folder_fd, name) < 0)
    {
      mash_store_error_set_errno (error, errno, "rename a file");
      written = FALSE;
    }
  if (!written)
    {
      unlinkat (folder_fd, temporary, 0);
      return FALSE;
    }

  reach (MASH_FILE_STEP_RENAMED);
  if (fsync (folder_fd) < 0)
    {
      mash_store_error_set_errno (error, errno, "make a new file durable");
      return FALSE;
    }
  reach (MASH_FILE_STEP_DONE);

  return TRUE;
}

/**
 * mash_file_remove:
 * @folder_fd: an open folder
 * @name: what is in it, or has gone already
 * @is_folder: whether it is a folder, which must be empty
 * @error: %MASH_STORE_ERROR_READ_ONLY or %MASH_STORE_ERROR_IO
 *
 * Returns: whether it is gone, durably
 */
gboolean
mash_file_remove (int          folder_fd,
                  const char  *name,
                  gboolean     is_folder,
                  GError     **error)
{
  if ((unlinkat (folder_fd, name, is_folder ? AT_REMOVEDIR : 0) < 0 && errno != ENOENT) ||
      fsync (folder_fd) < 0)
    {
      mash_store_error_set_errno (error, errno, "remove a file");
      return FALSE;
    }
  reach (MASH_FILE_STEP_REMOVED);

  return TRUE;
}

/**
 * mash_file_set_hook: (skip)
 * @hook: (nullable): called at each step of mash_file_replace() and mash_file_remove(); %NULL for
 *   none
 * @user_data: for @hook
 *
 * For tests that end the process in the middle of a replacement.
 */
void
mash_file_set_hook (MashFileHook hook,
                    gpointer     user_data)
{
  file_hook = hook;
  file_hook_data = user_data;
}
