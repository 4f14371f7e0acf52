/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-hub.h"
#include "mash-store-private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mash-file.h"
#include "mash-store-error.h"

/* Somebody's database leaves a desk for good: the keys go first, so that whatever is left of the
 * rest after a power cut opens for nobody, and the mark that says so goes last, so that the next
 * start goes on where this one was cut off. */

#define MARK "leaving"
#define KEYS "slots"

/**
 * mash_store_begin_removal:
 * @self: a seat of which the hub has all that was not sent
 * @error: return location for a #MashStoreError
 *
 * Decides, durably, that this database leaves the desk. It is to be closed then, and
 * mash_store_finish_removal() does the rest, now or at the next start.
 *
 * Returns: (transfer full) (nullable): the folder that is to go; %NULL when it is not decided, and
 *   everything is as it was
 */
char *
mash_store_begin_removal (MashStore  *self,
                          GError    **error)
{
  gboolean decided;
  int fd;

  mash_store_assert (self);

  fd = mash_file_open_folder (self->folder, error);
  if (fd < 0)
    return NULL;
  decided = mash_file_replace (fd, MARK, (const guint8 *) "", 0, error);
  close (fd);

  return decided ? g_strdup (self->folder) : NULL;
}

/* Removes what is in a folder but for one name; what somebody else removes meanwhile is gone. */
static gboolean
empty (int           folder_fd,
       const char   *but,
       GError      **error)
{
  int fd = openat (folder_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *folder = fd >= 0 ? fdopendir (fd) : NULL;
  gboolean done = folder != NULL;
  struct dirent *entry;

  if (!done)
    mash_store_error_set_errno (error, errno, "read the folder");
  while (done && (entry = readdir (folder)) != NULL)
    {
      struct stat st;

      if (strcmp (entry->d_name, ".") == 0 || strcmp (entry->d_name, "..") == 0 ||
          g_strcmp0 (entry->d_name, but) == 0 ||
          fstatat (folder_fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        continue;
      if (S_ISDIR (st.st_mode))
        {
          int inner = openat (folder_fd, entry->d_name,
                              O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

          done = inner < 0 || empty (inner, NULL, error);
          if (inner >= 0)
            close (inner);
        }
      done = done && mash_file_remove (folder_fd, entry->d_name, S_ISDIR (st.st_mode), error);
    }
  if (folder != NULL)
    closedir (folder);
  else if (fd >= 0)
    close (fd);

  return done;
}

/**
 * mash_store_finish_removal:
 * @folder: the folder of a database, which nobody has open
 * @error: return location for a #MashStoreError
 *
 * Removes it, where that was decided: keys, database, log, reserve, copies and all else that lies
 * there, and the folder. May be called again after whatever cut it off.
 *
 * Returns: whether nothing is left of it, or nothing was to be removed
 */
gboolean
mash_store_finish_removal (const char  *folder,
                           GError     **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  gboolean done;

  if (fd < 0)
    return TRUE;
  if (faccessat (fd, MARK, F_OK, AT_SYMLINK_NOFOLLOW) < 0)
    {
      close (fd);
      return TRUE;
    }

  done = mash_file_remove (fd, KEYS, FALSE, error) && empty (fd, MARK, error) &&
         mash_file_remove (fd, MARK, FALSE, error);
  close (fd);
  if (done && rmdir (folder) < 0 && errno != ENOENT)
    {
      mash_store_error_set_errno (error, errno, "remove the folder");
      done = FALSE;
    }

  return done;
}
