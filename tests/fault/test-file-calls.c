/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each call with which a file of ours is opened, held to what it must be, read and replaced, as it
 * fails in each way that it can: the error has its code, what was there stays, and nothing
 * half-written is left beside it. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "failing-calls.h"
#include "mash-backup.h"
#include "mash-database-private.h"
#include "mash-file.h"
#include "mash-rescue.h"
#include "mash-restore-private.h"
#include "mash-store-error.h"

#define NAME "slots"
#define OLD "what stood there before"
#define NEW "what is to stand there from now on"
#define DONE (-1)

typedef struct
{
  char *folder;
  char *path;
  int   fd;
} Place;

static void
set_up (Place        *place,
        gconstpointer data)
{
  place->folder = g_dir_make_tmp ("mash-file-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, NAME, NULL);
  place->fd = open (place->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_assert_cmpint (place->fd, >=, 0);
}

static void
tear_down (Place        *place,
           gconstpointer data)
{
  g_unlink (place->path);
  close (place->fd);
  g_assert_cmpint (g_rmdir (place->folder), ==, 0);
  g_free (place->path);
  g_free (place->folder);
}

static gboolean
open_it (Place   *place,
         GError **error)
{
  int fd = mash_file_open_folder (place->folder, error);

  if (fd >= 0)
    close (fd);

  return fd >= 0;
}

static gboolean
lock_it (Place   *place,
         GError **error)
{
  int fd;
  gboolean locked = mash_database_file_lock (place->folder, &fd, error);

  g_assert_cmpint (locked, ==, fd >= 0);
  if (fd >= 0)
    close (fd);

  return locked;
}

static gboolean
check_it (Place   *place,
          GError **error)
{
  return mash_file_check (place->fd, NAME, NULL, error);
}

static gboolean
read_it (Place   *place,
         GError **error)
{
  g_autoptr (GBytes) bytes = mash_file_read (place->fd, NAME, strlen (NEW), error);

  if (bytes != NULL)
    g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), OLD, strlen (OLD));

  return bytes != NULL;
}

static gboolean
read_less (Place   *place,
           GError **error)
{
  g_autoptr (GBytes) bytes = mash_file_read (place->fd, NAME, strlen (OLD) - 1, error);

  return bytes != NULL;
}

static gboolean
replace_it (Place   *place,
            GError **error)
{
  return mash_file_replace (place->fd, NAME, (const guint8 *) NEW, strlen (NEW), error);
}

typedef struct
{
  const char *what;
  gboolean  (*act) (Place *place, GError **error);
  mode_t      folder_mode;
  mode_t      mode;
  FailingCalls call;
  guint       at;
  int         number;
  int         code;
} Row;

static const Row rows[] = {
  { "a folder", open_it, 0700, 0600, 0, 0, 0, DONE },
  { "a folder that cannot be opened", open_it, 0700, 0600, FAILING_OPEN, 1, EACCES,
    MASH_STORE_ERROR_READ_ONLY },
  { "a folder that is gone", open_it, 0700, 0600, FAILING_OPEN, 1, ENOENT,
    MASH_STORE_ERROR_MISSING },
  { "a folder that is a file", open_it, 0700, 0600, FAILING_OPEN, 1, ENOTDIR,
    MASH_STORE_ERROR_MISSING },
  { "a folder that the disk does not give", open_it, 0700, 0600, FAILING_STAT, 1, EIO,
    MASH_STORE_ERROR_IO },
  { "another user’s folder", open_it, 0700, 0600, FAILING_OWNER, 1, 0,
    MASH_STORE_ERROR_UNSAFE_FILE },
  { "a folder that its mode does not let us write", open_it, 0500, 0600, 0, 0, 0,
    MASH_STORE_ERROR_READ_ONLY },
  { "a folder on a disk that is read only", open_it, 0700, 0600, FAILING_ACCESS, 1, EROFS,
    MASH_STORE_ERROR_READ_ONLY },
  { "a folder that others write", open_it, 0777, 0600, 0, 0, 0, DONE },
  { "a folder that others go on writing", open_it, 0777, 0600, FAILING_MODE, 1, EPERM,
    MASH_STORE_ERROR_UNSAFE_FILE },
  { "a folder for everybody’s files", open_it, 01777, 0600, 0, 0, 0,
    MASH_STORE_ERROR_UNSAFE_FILE },

  { "a lock", lock_it, 0700, 0600, 0, 0, 0, DONE },
  { "a lock that somebody has", lock_it, 0700, 0600, FAILING_LOCK, 1, EWOULDBLOCK,
    MASH_STORE_ERROR_BUSY },
  { "a lock that the system has none left of", lock_it, 0700, 0600, FAILING_LOCK, 1, ENOLCK,
    MASH_STORE_ERROR_IO },

  { "a file", check_it, 0700, 0600, 0, 0, 0, DONE },
  { "a file that is gone", check_it, 0700, 0600, FAILING_STAT, 1, ENOENT,
    MASH_STORE_ERROR_MISSING },
  { "a file that the disk does not give", check_it, 0700, 0600, FAILING_STAT, 1, EIO,
    MASH_STORE_ERROR_IO },
  { "another user’s file", check_it, 0700, 0600, FAILING_OWNER, 1, 0,
    MASH_STORE_ERROR_UNSAFE_FILE },
  { "a file that its mode does not let us write", check_it, 0700, 0400, 0, 0, 0,
    MASH_STORE_ERROR_READ_ONLY },
  { "a file that cannot be written", check_it, 0700, 0600, FAILING_ACCESS, 1, EACCES,
    MASH_STORE_ERROR_READ_ONLY },
  { "a file that others read", check_it, 0700, 0644, 0, 0, 0, DONE },
  { "a file that others go on reading", check_it, 0700, 0644, FAILING_MODE, 1, EPERM,
    MASH_STORE_ERROR_UNSAFE_FILE },

  { "reading", read_it, 0700, 0600, 0, 0, 0, DONE },
  { "reading what cannot be opened", read_it, 0700, 0600, FAILING_OPEN, 1, EACCES,
    MASH_STORE_ERROR_READ_ONLY },
  { "reading with an interruption", read_it, 0700, 0600, FAILING_READ, 1, EINTR, DONE },
  { "reading in two parts", read_it, 0700, 0600, FAILING_READ, 1, FAILING_SHORT, DONE },
  { "reading what is cut off meanwhile", read_it, 0700, 0600, FAILING_READ, 1, FAILING_END,
    MASH_STORE_ERROR_IO },
  { "reading a bad block", read_it, 0700, 0600, FAILING_READ, 1, EIO, MASH_STORE_ERROR_IO },
  { "reading more than there can be", read_less, 0700, 0600, 0, 0, 0, MASH_STORE_ERROR_DAMAGED },

  { "replacing", replace_it, 0700, 0600, 0, 0, 0, DONE },
  { "replacing beside what cannot be removed", replace_it, 0700, 0600, FAILING_NAME, 1, EIO,
    MASH_STORE_ERROR_IO },
  { "replacing where nothing can be made", replace_it, 0700, 0600, FAILING_OPEN, 1, EROFS,
    MASH_STORE_ERROR_READ_ONLY },
  { "replacing where somebody puts a file first", replace_it, 0700, 0600, FAILING_OPEN, 1, EEXIST,
    MASH_STORE_ERROR_EXISTS },
  { "replacing with an interruption", replace_it, 0700, 0600, FAILING_WRITE, 1, EINTR, DONE },
  { "replacing in two parts", replace_it, 0700, 0600, FAILING_WRITE, 1, FAILING_SHORT, DONE },
  { "replacing on a full disk", replace_it, 0700, 0600, FAILING_WRITE, 1, ENOSPC,
    MASH_STORE_ERROR_FULL },
  { "replacing beyond the limit of a file", replace_it, 0700, 0600, FAILING_WRITE, 1, EFBIG,
    MASH_STORE_ERROR_FULL },
  { "replacing beyond the quota", replace_it, 0700, 0600, FAILING_SYNC, 1, EDQUOT,
    MASH_STORE_ERROR_FULL },
  { "replacing what cannot be made durable", replace_it, 0700, 0600, FAILING_SYNC, 1, EIO,
    MASH_STORE_ERROR_IO },
  { "replacing what cannot be named", replace_it, 0700, 0600, FAILING_NAME, 2, EIO,
    MASH_STORE_ERROR_IO },
  { "replacing where names are not durable", replace_it, 0700, 0600, FAILING_SYNC, 2, EIO,
    MASH_STORE_ERROR_IO },
};

static void
check_content (Place     *place,
               const Row *row)
{
  g_autofree char *left_over = g_strconcat (place->path, ".new", NULL);
  g_autofree char *text = NULL;
  gboolean named = row->act == replace_it &&
                   (row->code == DONE || (row->call == FAILING_SYNC && row->at == 2));

  g_assert_true (g_file_get_contents (place->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, named ? NEW : OLD);
  g_assert_false (g_file_test (left_over, G_FILE_TEST_EXISTS));
}

static void
test_calls (Place        *place,
            gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      g_autoptr (GError) error = NULL;
      gboolean done;

      g_assert_true (g_file_set_contents (place->path, OLD, -1, NULL));
      g_assert_cmpint (g_chmod (place->path, row->mode), ==, 0);
      g_assert_cmpint (g_chmod (place->folder, row->folder_mode), ==, 0);

      failing_calls_arm (row->call, row->at, row->number);
      done = row->act (place, &error);
      if (failing_calls_disarm () != (row->call != 0))
        g_error ("%s: nothing failed", row->what);
      g_assert_cmpint (g_chmod (place->folder, 0700), ==, 0);

      if (done != (row->code == DONE) || (!done && error->code != row->code))
        g_error ("%s: %s", row->what, error != NULL ? error->message : "it is done");
      if (!done)
        g_assert_null (strstr (error->message, place->folder));
      check_content (place, row);
    }
}

/* What is too open is closed, and stays so. */
static void
test_modes (Place        *place,
            gconstpointer data)
{
  struct stat st;

  g_assert_true (g_file_set_contents (place->path, OLD, -1, NULL));
  g_chmod (place->path, 0666);
  g_chmod (place->folder, 0777);
  g_assert_true (open_it (place, NULL));
  g_assert_true (check_it (place, NULL));
  g_assert_cmpint (g_stat (place->folder, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0755);
  g_assert_cmpint (g_stat (place->path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);

  /* A folder with a desk's database alone is a desk's too, and one with neither is not ours. */
  g_chmod (place->folder, 0777);
  g_unlink (place->path);
  g_assert_true (open_it (place, NULL));
  g_assert_cmpint (g_stat (place->folder, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0777);
  g_free (place->path);
  place->path = g_build_filename (place->folder, "desk.db", NULL);
  g_assert_true (g_file_set_contents (place->path, OLD, -1, NULL));
  g_assert_true (open_it (place, NULL));
  g_assert_cmpint (g_stat (place->folder, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0755);
}

static void
count_step (MashFileStep step,
            gpointer     data)
{
  guint *n_steps = data;

  g_assert_cmpuint (step, ==, *n_steps);
  *n_steps += 1;
}

/* A replacement goes through its steps in order. */
static void
test_steps (Place        *place,
            gconstpointer data)
{
  guint n_steps = 0;

  mash_file_set_hook (count_step, &n_steps);
  g_assert_true (replace_it (place, NULL));
  mash_file_set_hook (NULL, NULL);
  g_assert_cmpuint (n_steps, ==, MASH_FILE_STEP_DONE + 1);
}

/* What is to go has gone when that is said, and durably; what went before is no fault. */
static void
test_remove (Place        *place,
             gconstpointer data)
{
  static const FailingCalls calls[] = { FAILING_NAME, FAILING_SYNC };
  g_autofree char *inner = g_build_filename (place->folder, "inner", NULL);

  g_assert_true (mash_file_remove (place->fd, NAME, FALSE, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (place->path, OLD, -1, NULL));
      failing_calls_arm (calls[i], 1, EIO);
      g_assert_false (mash_file_remove (place->fd, NAME, FALSE, &error));
      g_assert_true (failing_calls_disarm ());
      g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_IO);
    }
  g_assert_true (mash_file_remove (place->fd, NAME, FALSE, NULL));
  g_assert_false (g_file_test (place->path, G_FILE_TEST_EXISTS));

  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  g_assert_false (mash_file_remove (place->fd, "inner", FALSE, NULL));
  g_assert_true (mash_file_remove (place->fd, "inner", TRUE, NULL));
  g_assert_false (g_file_test (inner, G_FILE_TEST_EXISTS));
}

/* What the last session left, believed only as it was written by who has the key. */
static void
test_note (Place        *place,
           gconstpointer data)
{
  g_autofree char *path = g_build_filename (place->folder, "desk.note", NULL);
  g_autoptr (MashSecret) key = mash_secret_new_random (MASH_DATABASE_KEY_LENGTH);
  g_autoptr (MashSecret) other = mash_secret_new_random (MASH_DATABASE_KEY_LENGTH);
  MashDatabaseNote note = { MASH_NOTE_OPEN, 7, 8192 };
  MashDatabaseNote read = { 0 };
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_cmpint (mash_note_read (place->fd, key, &read), ==, MASH_NOTE_ABSENT);
  g_assert_true (mash_note_write (place->fd, key, &note, NULL));
  g_assert_cmpint (mash_note_read (place->fd, key, &read), ==, MASH_NOTE_READ);
  g_assert_cmpint (read.state, ==, MASH_NOTE_OPEN);
  g_assert_cmpint (read.generation, ==, 7);
  g_assert_true (read.same_boot);
  g_assert_cmpint (mash_note_read (place->fd, other, &read), ==, MASH_NOTE_OTHER_KEY);

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length - 1, NULL));
  g_assert_cmpint (mash_note_read (place->fd, key, &read), ==, MASH_NOTE_ABSENT);
  bytes[0] ^= 1;
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  g_assert_cmpint (mash_note_read (place->fd, key, &read), ==, MASH_NOTE_ABSENT);
  bytes[0] ^= 1;
  bytes[20] ^= 1;
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  g_assert_cmpint (mash_note_read (place->fd, key, &read), ==, MASH_NOTE_ABSENT);

  /* A state of a later program; and a system that does not say which start of it this is. */
  note.state = 9;
  g_assert_true (mash_note_write (place->fd, key, &note, NULL));
  g_assert_cmpint (mash_note_read (place->fd, key, &read), ==, MASH_NOTE_ABSENT);
  note.state = MASH_NOTE_CLOSED;
  failing_calls_arm (FAILING_OPEN, 1, EACCES);
  g_assert_true (mash_note_write (place->fd, key, &note, NULL));
  g_assert_true (failing_calls_disarm ());
  g_assert_cmpint (mash_note_read (place->fd, key, &read), ==, MASH_NOTE_READ);
  g_assert_false (read.same_boot);
  g_assert_false (mash_database_file_has_salt (place->fd, "none", key));
  g_unlink (path);
}

/* The last two stood there, and come not anew. */
static const char *const restored[] = {
  "hub.ini", "slots", "desk.note", "desk.db", "desk.db-wal", "desk.shape",
};

static void
put_file (const char *folder,
          const char *name,
          const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
take_file (const char *folder,
           const char *name,
           const char *wanted)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, wanted);
  g_unlink (path);
}

/* A restore that was decided, with the last files of what stood there and of no other. */
static void
try_finish (Place       *place,
            FailingCalls call,
            guint        at,
            int          number,
            gboolean    *was_hit)
{
  g_autofree char *ready = g_build_filename (place->folder, MASH_RESTORE_READY, NULL);
  g_autofree char *kept = g_build_filename (place->folder, "kept-1", NULL);
  guint n_new = G_N_ELEMENTS (restored) - 2;
  gboolean done;

  g_assert_cmpint (g_mkdir (ready, 0700), ==, 0);
  put_file (ready, "kept", "kept-1");
  for (guint i = 0; i < G_N_ELEMENTS (restored); i++)
    put_file (place->folder, restored[i], OLD);
  for (guint i = 0; i < n_new; i++)
    put_file (ready, restored[i], NEW);

  failing_calls_arm (call, at, number);
  done = mash_restore_finish (place->folder, NULL);
  *was_hit = failing_calls_disarm ();
  g_assert_true (done || *was_hit);
  if (done)
    g_assert_false (g_file_test (ready, G_FILE_TEST_EXISTS));
  g_assert_true (mash_restore_finish (place->folder, NULL));

  g_assert_false (g_file_test (ready, G_FILE_TEST_EXISTS));
  for (guint i = 0; i < G_N_ELEMENTS (restored); i++)
    {
      take_file (kept, restored[i], OLD);
      take_file (place->folder, restored[i], i < n_new ? NEW : NULL);
    }
  g_assert_cmpint (g_rmdir (kept), ==, 0);
}

/* Whatever call fails while a restored hub takes its place, nothing of it is lost, nor of what
 * stood there, and the next opener puts it to its end. */
static void
test_restore (Place        *place,
              gconstpointer data)
{
  static const FailingCalls calls[] = {
    FAILING_OPEN, FAILING_STAT, FAILING_READ, FAILING_SYNC, FAILING_NAME,
  };
  static const int numbers[] = { EIO, EMFILE, EACCES };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
      {
        gboolean was_hit = TRUE;

        for (guint at = 1; was_hit; at++)
          try_finish (place, calls[i], at, numbers[k], &was_hit);
      }
}

/* Two restores of one second put aside what stood there in two folders. */
static void
test_restore_twice (Place        *place,
                    gconstpointer data)
{
  g_autofree char *stage = g_build_filename (place->folder, MASH_RESTORE_STAGE, NULL);
  g_autofree char *kept[3] = { NULL };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      put_file (place->folder, NAME, i == 0 ? OLD : NEW);
      g_assert_cmpint (g_mkdir (stage, 0700), ==, 0);
      put_file (stage, NAME, NEW);
      mash_restore_commit (place->folder, &kept[i], &error);
      g_assert_no_error (error);
    }
  take_file (place->folder, NAME, NEW);
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      take_file (kept[i], NAME, i == 0 ? OLD : NEW);
      g_assert_cmpint (g_rmdir (kept[i]), ==, 0);
      g_clear_pointer (&kept[i], g_free);
    }
}

/* Reads what is left of a database of three blocks with a key that is not its own. */
static gboolean
try_rescue (Place       *place,
            FailingCalls call,
            guint        at,
            int          number,
            gboolean    *was_hit)
{
  g_autofree char *path = g_build_filename (place->folder, MASH_DATABASE_NAME, NULL);
  g_autofree char *left = g_build_filename (place->folder, "rescue", NULL);
  g_autofree char *bytes = g_strnfill (3 * 16 * MASH_DATABASE_PAGE_SIZE, 'x');
  g_autoptr (MashSecret) key = mash_secret_new_random (MASH_DATABASE_KEY_LENGTH);
  g_autoptr (MashRescue) found = NULL;
  g_autoptr (GError) error = NULL;

  put_file (place->folder, MASH_DATABASE_NAME, bytes);
  failing_calls_arm (call, at, number);
  found = mash_rescue_read (place->folder, place->folder, key, "hub", 0, &error);
  *was_hit = failing_calls_disarm ();
  g_assert_true ((found == NULL) == (error != NULL));
  g_assert_true (found == NULL || (!found->opened && found->unreadable));
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_unlink (path);

  return found != NULL;
}

/* What the disk does not give is not to be had; that there is no room to read it in ends the
 * restore, because it was there. */
static void
test_rescue (Place        *place,
             gconstpointer data)
{
  gboolean was_hit = TRUE;

  for (guint at = 1; was_hit; at++)
    {
      gboolean done = try_rescue (place, FAILING_WRITE, at, ENOSPC, &was_hit);

      g_assert_true (done != was_hit);
    }
  g_assert_false (try_rescue (place, FAILING_OPEN, 1, EMFILE, &was_hit));
  g_assert_true (try_rescue (place, FAILING_OPEN, 1, EIO, &was_hit));
  was_hit = TRUE;
  for (guint at = 1; was_hit; at++)
    g_assert_true (try_rescue (place, FAILING_READ, at, EIO, &was_hit));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/faults/file-calls/each", Place, NULL, set_up, test_calls, tear_down);
  g_test_add ("/faults/file-calls/steps", Place, NULL, set_up, test_steps, tear_down);
  g_test_add ("/faults/file-calls/remove", Place, NULL, set_up, test_remove, tear_down);
  g_test_add ("/faults/file-calls/note", Place, NULL, set_up, test_note, tear_down);
  g_test_add ("/faults/file-calls/restore", Place, NULL, set_up, test_restore, tear_down);
  g_test_add ("/faults/file-calls/restore-twice", Place, NULL, set_up, test_restore_twice,
              tear_down);
  g_test_add ("/faults/file-calls/rescue", Place, NULL, set_up, test_rescue, tear_down);
  g_test_add ("/faults/file-calls/modes", Place, NULL, set_up, test_modes, tear_down);

  return g_test_run ();
}
