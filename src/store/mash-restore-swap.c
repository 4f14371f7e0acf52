/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-restore-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mash-backup.h"
#include "mash-backup-private.h"
#include "mash-database-private.h"
#include "mash-shape.h"
#include "mash-store-error.h"

/* The name of the folder for what stood there, so that a second try uses the same. */
#define KEPT_FILE "kept"

/* What is only put away, before anything new comes: a log belongs to the file beside it, and so
 * does what is known of where its tables begin, which the next opener writes anew. */
static const char *const put_away[] = {
  MASH_DATABASE_NAME "-wal", MASH_DATABASE_NAME "-journal", MASH_DATABASE_NAME "-shm",
  MASH_SHAPE_NAME, NULL,
};

/* What is put away and comes new; the database last, so that its presence in the stage says
 * whether the log still has to go. */
static const char *const replaced[] = {
  "hub.ini", "slots", "desk.note", MASH_DATABASE_NAME, NULL,
};

/* Renames what is there; what is not there is no fault. */
static gboolean
move (const char *from,
      const char *to,
      const char *name,
      GError    **error)
{
  g_autofree char *old = g_build_filename (from, name, NULL);
  g_autofree char *new = g_build_filename (to, name, NULL);

  if (g_rename (old, new) == 0 || errno == ENOENT)
    return TRUE;
  mash_store_error_set_errno (error, errno, "rename a file of the desk");

  return FALSE;
}

/* What cannot be looked at is not for that reason absent. */
static gboolean
look_for (const char *folder,
          const char *name,
          gboolean   *is_there,
          GError    **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat st;

  *is_there = fstatat (AT_FDCWD, path, &st, AT_SYMLINK_NOFOLLOW) == 0;
  if (*is_there || errno == ENOENT)
    return TRUE;
  mash_store_error_set_errno (error, errno, "look at a file of the restored hub");

  return FALSE;
}

static gboolean
put_aside (const char *folder,
           const char *ready,
           const char *kept,
           GError    **error)
{
  gboolean is_there;

  if (!look_for (ready, MASH_DATABASE_NAME, &is_there, error))
    return FALSE;
  for (guint i = 0; put_away[i] != NULL && is_there; i++)
    if (!move (folder, kept, put_away[i], error))
      return FALSE;

  for (guint i = 0; replaced[i] != NULL; i++)
    if (!look_for (ready, replaced[i], &is_there, error) ||
        (is_there && !move (folder, kept, replaced[i], error)))
      return FALSE;

  return TRUE;
}

/* All that stood there is durably aside before anything takes its name: a disk may keep the second
 * of two renames and lose the first. */
static gboolean
swap (const char *folder,
      const char *ready,
      const char *kept,
      GError    **error)
{
  if (!put_aside (folder, ready, kept, error) ||
      !mash_vault_sync (kept, error) || !mash_vault_sync (folder, error))
    return FALSE;
  for (guint i = 0; replaced[i] != NULL; i++)
    if (!move (ready, folder, replaced[i], error))
      return FALSE;

  return mash_vault_sync (folder, error) && mash_vault_sync (ready, error);
}

/* Puts a restore that was decided to its end, from wherever it was cut off. */
gboolean
mash_restore_finish_locked (const char *folder,
                            GError    **error)
{
  g_autofree char *ready = g_build_filename (folder, MASH_RESTORE_READY, NULL);
  g_autofree char *file = g_build_filename (ready, KEPT_FILE, NULL);
  g_autofree char *name = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!g_file_get_contents (file, &name, NULL, &local_error))
    {
      if (!g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return mash_store_error_set (error, MASH_STORE_ERROR_IO,
                                     "The restored hub cannot be looked at");
      /* Only what is left of one that came to its end. */
      mash_backup_clear (ready);
      return TRUE;
    }

  kept = g_build_filename (folder, name, NULL);
  if (g_mkdir (kept, 0700) < 0 && errno != EEXIST)
    {
      mash_store_error_set_errno (error, errno, "make the folder for what stood there");
      return FALSE;
    }
  if (!swap (folder, ready, kept, error))
    return FALSE;
  mash_backup_clear (ready);

  return TRUE;
}

/* A name that nothing has yet: what one restore put aside is never written over by the next. */
char *
mash_restore_dup_name (const char *folder,
                       const char *what,
                       GError    **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *at = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *second = g_strconcat (what, at, NULL);
  g_autofree char *name = g_strdup (second);
  gboolean is_there;

  for (guint i = 2; ; i++)
    {
      if (!look_for (folder, name, &is_there, error))
        return NULL;
      if (!is_there)
        return g_steal_pointer (&name);
      g_free (name);
      name = g_strdup_printf ("%s-%u", second, i);
    }
}

/* From the renaming of the stage on the restored hub is the hub; before it, it was nothing. */
gboolean
mash_restore_commit (const char *folder,
                     char      **kept,
                     GError    **error)
{
  g_autofree char *stage = g_build_filename (folder, MASH_RESTORE_STAGE, NULL);
  g_autofree char *ready = g_build_filename (folder, MASH_RESTORE_READY, NULL);
  g_autofree char *file = g_build_filename (stage, KEPT_FILE, NULL);
  g_autofree char *name = mash_restore_dup_name (folder, "kept-", error);
  g_autoptr (GError) local_error = NULL;

  if (name == NULL)
    return FALSE;
  if (!g_file_set_contents_full (file, name, -1, G_FILE_SET_CONTENTS_DURABLE, 0600, &local_error))
    return mash_store_error_set (error,
                                 g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOSPC)
                                 ? MASH_STORE_ERROR_FULL : MASH_STORE_ERROR_IO,
                                 "The restored hub cannot be named");
  if (!mash_vault_sync (stage, error))
    return FALSE;
  if (g_rename (stage, ready) < 0)
    {
      mash_store_error_set_errno (error, errno, "rename the restored hub");
      return FALSE;
    }
  if (!mash_vault_sync (folder, error) || !mash_restore_finish_locked (folder, error))
    return FALSE;
  *kept = g_build_filename (folder, name, NULL);

  return TRUE;
}

/**
 * mash_restore_finish:
 * @folder: the folder of a desk
 * @error: %MASH_STORE_ERROR_BUSY and what renaming says
 *
 * Where a restore was cut off after it was decided, puts it to its end. It is called before the
 * files of a desk are looked at. Any thread.
 *
 * Returns: %TRUE when there is nothing to finish
 */
gboolean
mash_restore_finish (const char *folder,
                     GError    **error)
{
  gboolean is_there, done;
  int folder_fd;

  g_return_val_if_fail (folder != NULL, FALSE);

  if (!look_for (folder, MASH_RESTORE_READY, &is_there, error))
    return FALSE;
  if (!is_there)
    return TRUE;
  if (!mash_database_file_lock (folder, &folder_fd, error))
    return FALSE;
  done = mash_restore_finish_locked (folder, error);
  close (folder_fd);

  return done;
}

/**
 * mash_restore_sweep:
 * @folder: the folder of a desk, whose database is open
 *
 * Takes away what a restore or a drill left that was cut off. No restore can be under way while the
 * database is open, and a drill holds its folder. Any thread.
 */
void
mash_restore_sweep (const char *folder)
{
  g_autofree char *stage = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_return_if_fail (folder != NULL);

  stage = g_build_filename (folder, MASH_RESTORE_STAGE, NULL);
  mash_backup_clear (stage);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *room = g_build_filename (folder, name, NULL);
      int room_fd;

      if (!g_str_has_prefix (name, MASH_RESTORE_DRILL) ||
          !mash_database_file_lock (room, &room_fd, NULL))
        continue;
      mash_backup_clear (room);
      close (room_fd);
    }
}
