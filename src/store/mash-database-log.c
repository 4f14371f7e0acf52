/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-database-private.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mash-file.h"
#include "mash-store-error.h"

/* The write-ahead log as sqlite.org/fileformat2.html section 4 has it. */
#define LOG_NAME MASH_DATABASE_NAME "-wal"
#define LOG_HEADER_LENGTH 32
#define FRAME_HEADER_LENGTH 24
#define FRAME_LENGTH (FRAME_HEADER_LENGTH + MASH_DATABASE_PAGE_SIZE)
#define MAGIC_LITTLE 0x377f0682
#define MAGIC_BIG 0x377f0683

static guint32
get_big (const guint8 *data)
{
  return (guint32) data[0] << 24 | data[1] << 16 | data[2] << 8 | data[3];
}

static guint32
get_word (const guint8 *data,
          gboolean      big)
{
  return big ? get_big (data) :
         (guint32) data[3] << 24 | data[2] << 16 | data[1] << 8 | data[0];
}

static void
add_to_sum (guint32       sum[2],
            const guint8 *data,
            gsize         length,
            gboolean      big)
{
  for (gsize i = 0; i + 8 <= length; i += 8)
    {
      sum[0] += get_word (data + i, big) + sum[1];
      sum[1] += get_word (data + i + 4, big) + sum[0];
    }
}

static gboolean
sum_is (const guint32 sum[2],
        const guint8 *data)
{
  return sum[0] == get_big (data) && sum[1] == get_big (data + 4);
}

/* After a frame that does not hold, a whole commit and then one frame more cannot be what a power
 * cut leaves: each commit was on the disk before the next frame was begun. */
static gboolean
goes_on_after (int           fd,
               const guint8 *salt,
               off_t         offset)
{
  gboolean committed = FALSE;
  guint8 header[FRAME_HEADER_LENGTH];

  for (; pread (fd, header, sizeof header, offset) == sizeof header; offset += FRAME_LENGTH)
    {
      if (memcmp (header + 8, salt, 8) != 0)
        continue;
      if (committed)
        return TRUE;
      committed = get_big (header + 4) != 0;
    }

  return FALSE;
}

/* How far the frames of a log hold, and as far as that is committed. */
typedef struct
{
  off_t   end;        /* where the first frame begins that does not hold */
  off_t   committed;  /* where the last commit that holds ends */
  guint32 n_pages;    /* how many pages the database has by that commit; 0 for none */
} Frames;

static void
walk_frames (int           fd,
             const guint8 *header,
             Frames       *frames)
{
  g_autofree guint8 *frame = g_malloc (FRAME_LENGTH);
  gboolean big = get_big (header) == MAGIC_BIG;
  guint32 sum[2] = { get_big (header + 24), get_big (header + 28) };

  *frames = (Frames) { LOG_HEADER_LENGTH, LOG_HEADER_LENGTH, 0 };
  while (pread (fd, frame, FRAME_LENGTH, frames->end) == FRAME_LENGTH)
    {
      if (memcmp (frame + 8, header + 16, 8) != 0)
        return;
      add_to_sum (sum, frame, 8, big);
      add_to_sum (sum, frame + FRAME_HEADER_LENGTH, MASH_DATABASE_PAGE_SIZE, big);
      if (!sum_is (sum, frame + 16))
        return;
      frames->end += FRAME_LENGTH;
      if (get_big (frame + 4) != 0)
        {
          frames->committed = frames->end;
          frames->n_pages = get_big (frame + 4);
        }
    }
}

static gboolean
frames_hold (int           fd,
             const guint8 *header)
{
  Frames frames;

  walk_frames (fd, header, &frames);

  return !goes_on_after (fd, header + 16, frames.end);
}

static gboolean
header_holds (const guint8 *header)
{
  guint32 sum[2] = { 0, 0 };

  if (get_big (header) != MAGIC_LITTLE && get_big (header) != MAGIC_BIG)
    return FALSE;
  add_to_sum (sum, header, 24, get_big (header) == MAGIC_BIG);

  return sum_is (sum, header + 24) && get_big (header + 8) == MASH_DATABASE_PAGE_SIZE;
}

/**
 * mash_database_log_check: (skip)
 * @folder_fd: the locked folder
 * @error: %MASH_STORE_ERROR_DAMAGED when commits would be lost
 *
 * Looks through the log that an unclean end left. SQLite stops at the first frame that does not
 * hold and forgets what comes after it without a word, which is right for a write cut off by a
 * power cut and wrong for a flipped bit.
 *
 * Returns: whether the log holds as far as it was ever durable
 */
gboolean
mash_database_log_check (int      folder_fd,
                         GError **error)
{
  guint8 header[LOG_HEADER_LENGTH];
  struct stat st;
  gboolean holds = TRUE;
  int fd = openat (folder_fd, LOG_NAME, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

  if (fd < 0 || fstat (fd, &st) < 0)
    {
      if (fd >= 0)
        close (fd);
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_IO, "The log cannot be read");
      return FALSE;
    }

  /* The header is on the disk before the first frame is begun. */
  if (st.st_size >= LOG_HEADER_LENGTH + FRAME_HEADER_LENGTH)
    holds = pread (fd, header, sizeof header, 0) == sizeof header &&
            header_holds (header) && frames_hold (fd, header);
  close (fd);
  if (!holds)
    g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_DAMAGED,
                         "The log with the latest saves is damaged");

  return holds;
}

/* As many pages as there can be: each that the file has not is in the log. What a log says of more
 * was not written by SQLite, and would fill the disk. */
static guint32
count_most (int           fd,
            const Frames *frames)
{
  struct stat st;

  if (fstat (fd, &st) < 0)
    return 0;

  return (guint32) MIN (G_MAXUINT32, st.st_size / MASH_DATABASE_PAGE_SIZE +
                        (frames->committed - LOG_HEADER_LENGTH) / FRAME_LENGTH);
}

/**
 * mash_database_log_fold: (skip)
 * @log_fd: a log
 * @file_fd: a copy of the database that it belongs to
 * @n_pages: (inout): how many pages the database has
 *
 * Writes into the copy what SQLite would read from the log in place of it: each page of the commits
 * that hold. The pages stay as they are enciphered.
 *
 * Returns: whether all of it was written; where not, errno says why
 */
gboolean
mash_database_log_fold (int      log_fd,
                        int      file_fd,
                        guint32 *n_pages)
{
  g_autofree guint8 *frame = g_malloc (FRAME_LENGTH);
  guint8 header[LOG_HEADER_LENGTH];
  Frames frames;
  guint32 most;

  if (pread (log_fd, header, sizeof header, 0) != sizeof header || !header_holds (header))
    return TRUE;
  walk_frames (log_fd, header, &frames);
  most = count_most (file_fd, &frames);
  if (frames.n_pages > 0)
    *n_pages = MIN (frames.n_pages, most);

  for (off_t offset = LOG_HEADER_LENGTH; offset < frames.committed; offset += FRAME_LENGTH)
    {
      off_t place;

      if (pread (log_fd, frame, FRAME_LENGTH, offset) != FRAME_LENGTH)
        return FALSE;
      if (get_big (frame) == 0 || get_big (frame) > most)
        continue;
      place = (off_t) (get_big (frame) - 1) * MASH_DATABASE_PAGE_SIZE;
      if (lseek (file_fd, place, SEEK_SET) != place ||
          !mash_file_write_all (file_fd, frame + FRAME_HEADER_LENGTH, MASH_DATABASE_PAGE_SIZE))
        return FALSE;
    }

  return TRUE;
}

/**
 * mash_database_blame_disk: (skip)
 * @self: a database that could not be opened
 * @finding: whether the note was there
 * @error: (nullable): why; %MASH_STORE_ERROR_DISK_FORGOT in the place of %MASH_STORE_ERROR_DAMAGED
 *   where it is the disk that is to blame
 *
 * What a session writes is in the log and confirmed by the disk before anything rests on it, so
 * that a power cut damages nothing. Where the machine was started anew since a session that had no
 * end, and something does not hold, the disk had confirmed what it did not keep. Without a new
 * start the system still had all of it, and a file that was closed has had time to spoil.
 *
 * Returns: %FALSE, so that the caller can return it
 */
gboolean
mash_database_blame_disk (MashDatabase   *self,
                          MashNoteFinding finding,
                          GError        **error)
{
  if (error != NULL && finding == MASH_NOTE_READ && self->note.state != MASH_NOTE_CLOSED &&
      !self->note.same_boot &&
      g_error_matches (*error, MASH_STORE_ERROR, MASH_STORE_ERROR_DAMAGED))
    (*error)->code = MASH_STORE_ERROR_DISK_FORGOT;

  return FALSE;
}
