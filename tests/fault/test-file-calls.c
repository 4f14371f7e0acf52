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
#include "mash-database-private.h"
#include "mash-file.h"
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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/faults/file-calls/each", Place, NULL, set_up, test_calls, tear_down);
  g_test_add ("/faults/file-calls/steps", Place, NULL, set_up, test_steps, tear_down);
  g_test_add ("/faults/file-calls/note", Place, NULL, set_up, test_note, tear_down);
  g_test_add ("/faults/file-calls/modes", Place, NULL, set_up, test_modes, tear_down);

  return g_test_run ();
}
