/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-space.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mash-file.h"
#include "mash-body.h"
#include "mash-store-private.h"
#include "mash-time.h"

#define RESERVE_SIZE (64 * 1024 * 1024)
#define TRAINING_RESERVE_SIZE (4 * 1024 * 1024)

/* A clock that is behind by less stands still until it has caught up. One that is behind by more
 * was put right or put wrong by somebody: it is followed, and said. */
#define HOLDS_STILL (10 * MASH_TIME_MINUTE)

/* The reserve must have its blocks: a file with holes reserves nothing. */
static gboolean
make_reserve (int   folder_fd,
              off_t size)
{
  struct stat st;
  gboolean made;
  int fd = openat (folder_fd, MASH_STORE_RESERVE_NAME,
                   O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

  if (fd < 0)
    return FALSE;
  made = fstat (fd, &st) == 0 && S_ISREG (st.st_mode) &&
         (st.st_size >= size || posix_fallocate (fd, 0, size) == 0) && fsync (fd) == 0;
  close (fd);
  /* Half a reserve would only make the disk fuller. */
  if (!made)
    unlinkat (folder_fd, MASH_STORE_RESERVE_NAME, 0);

  return made;
}

static gboolean
try_reserve (MashStore *self)
{
  int folder_fd = mash_file_open_folder (self->folder, NULL);
  gboolean made;

  if (folder_fd < 0)
    return FALSE;
  made = make_reserve (folder_fd, self->info->training ? TRAINING_RESERVE_SIZE : RESERVE_SIZE);
  close (folder_fd);
  self->no_reserve = !made;

  return made;
}

/**
 * mash_store_keep_reserve:
 * @self: a store
 *
 * Makes sure that the reserve is there. Where it cannot be made, the disk is nearly full, and
 * mash_store_get_condition() says so; work goes on.
 */
void
mash_store_keep_reserve (MashStore *self)
{
  mash_store_assert (self);

  if (!self->only_reading)
    try_reserve (self);
}

/* Whether there is room now that there was not before. */
gboolean
mash_store_give_reserve_up (const char *folder)
{
  int folder_fd = mash_file_open_folder (folder, NULL);
  gboolean freed = folder_fd >= 0 && unlinkat (folder_fd, MASH_STORE_RESERVE_NAME, 0) == 0;

  if (folder_fd >= 0)
    close (folder_fd);

  return freed;
}

/* Gives the reserve up where @error says that the disk is full. Whoever must write – a draft, an
 * entry of who looked – tries once more when this says that there may be room now. */
gboolean
mash_store_meet_full (MashStore    *self,
                      const GError *error)
{
  if (!g_error_matches (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FULL))
    return FALSE;

  self->only_reading = TRUE;

  return mash_store_give_reserve_up (self->folder);
}

/* Whether something new may be saved; what must be written is, whatever this says. */
gboolean
mash_store_check_space (MashStore  *self,
                        GError    **error)
{
  if (!self->only_reading || mash_store_look_for_space (self))
    return TRUE;

  g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_ONLY_READING,
                       "The disk is full: this desk only reads");

  return FALSE;
}

/**
 * mash_store_get_only_reading:
 * @self: a store
 *
 * Returns: whether the disk was full and nothing new is saved
 */
gboolean
mash_store_get_only_reading (MashStore *self)
{
  mash_store_assert (self);

  return self->only_reading;
}

/**
 * mash_store_look_for_space:
 * @self: a store
 *
 * Looks whether there is space again: there is when the reserve can be made.
 *
 * Returns: whether the desk saves
 */
gboolean
mash_store_look_for_space (MashStore *self)
{
  mash_store_assert (self);

  if (self->only_reading && try_reserve (self))
    self->only_reading = FALSE;

  return !self->only_reading;
}

/* Time as it goes into what is said: it never runs backwards by a little. */
gint64
mash_store_guard_time (MashStore *self,
                       gint64     now)
{
  if (now < self->latest && self->latest - now <= HOLDS_STILL)
    return self->latest;
  self->latest = now;

  return now;
}

/* Compares the clock with the last thing that was said, when a hub is opened. */
void
mash_store_compare_clock (MashStore *self)
{
  g_autoptr (MashStatement) row = NULL;
  gint64 now = g_get_real_time () + self->clock_offset;
  gint64 said = 0, viewed = 0;

  row = mash_database_prepare (self->database, "SELECT head_at, view_at FROM meta", NULL);
  if (row == NULL || mash_statement_step (row, NULL) != MASH_STEP_ROW)
    return;
  if (!mash_time_parse (mash_statement_get_text (row, 0), &said))
    said = 0;
  if (!mash_time_parse (mash_statement_get_text (row, 1), &viewed))
    viewed = 0;

  self->latest = MAX (said, viewed);
  if (self->latest == 0)
    return;
  self->behind = self->latest > now ? self->latest - now : 0;
  self->ahead = now > self->latest ? now - self->latest : 0;
}

/**
 * mash_store_enter_unclean_end:
 * @self: a store that has just been opened
 *
 * Enters into the chain that the session before had no end, where it had none. A disk that is full
 * keeps nobody out: the database knows it for as long as this session lasts.
 */
void
mash_store_enter_unclean_end (MashStore *self)
{
  g_autoptr (GHashTable) members = mash_body_new ();

  mash_store_assert (self);

  if (!mash_database_get_recovered (self->database))
    return;

  mash_body_set (members, ".deed", g_variant_new_string ("unclean-end"));
  mash_store_log_view (self, "key", self->info->desk, members, NULL);
}

/**
 * mash_store_get_condition:
 * @self: a store
 * @condition: (out caller-allocates): in what condition the hub is
 */
void
mash_store_get_condition (MashStore          *self,
                          MashStoreCondition *condition)
{
  mash_store_assert (self);
  g_return_if_fail (condition != NULL);

  *condition = (MashStoreCondition) {
    .only_reading = self->only_reading,
    .no_reserve = self->no_reserve,
    .recovered = mash_database_get_recovered (self->database),
    .checked = mash_database_get_checked (self->database),
    .behind = self->behind,
    .ahead = self->ahead,
  };
}
