/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-page-watch.h"

/* The library goes by a size that it was never told when the disk does not say how large the file
 * is, which can take for ever, and cannot be stopped. */
static int
watch_size (sqlite3_file  *file,
            sqlite3_int64 *size)
{
  MashPageWatch *self = (MashPageWatch *) file->pMethods;
  int rc;

  *size = 0;
  rc = self->theirs->xFileSize (file, size);
  if (rc != SQLITE_OK)
    self->rc = rc;

  return rc;
}

static int
watch_read (sqlite3_file  *file,
            void          *data,
            int            n,
            sqlite3_int64  offset)
{
  MashPageWatch *self = (MashPageWatch *) file->pMethods;

  if (self->watch != NULL && g_cancellable_is_cancelled (self->watch->cancellable))
    return SQLITE_INTERRUPT;

  self->read += n;
  if (self->watch != NULL && self->watch->progress != NULL && self->expected > 0)
    self->watch->progress (MIN (1.0, (double) self->read / (double) self->expected),
                           self->watch->data);

  return self->theirs->xRead (file, data, n, offset);
}

/**
 * mash_page_watch_begin: (skip)
 * @self: (out caller-allocates): stays where it is until mash_page_watch_end()
 * @handle: a connection
 * @times: how often each page is going to be read
 * @watch: (nullable): told how far it is, and asked whether to go on; borrowed until the end
 *
 * Pages that the connection holds, or that stand in its log, are not read from the file: there the
 * end comes before the whole was told.
 *
 * Returns: what SQLite says; with anything but %SQLITE_OK nothing has begun
 */
int
mash_page_watch_begin (MashPageWatch        *self,
                       sqlite3              *handle,
                       guint                 times,
                       const MashStoreWatch *watch)
{
  sqlite3_int64 size = 0;
  int rc;

  *self = (MashPageWatch) { .watch = watch };
  rc = sqlite3_file_control (handle, NULL, SQLITE_FCNTL_FILE_POINTER, &self->file);
  if (rc != SQLITE_OK)
    return rc;

  self->theirs = self->file->pMethods;
  if (watch != NULL && watch->progress != NULL &&
      self->theirs->xFileSize (self->file, &size) == SQLITE_OK)
    self->expected = size * times;
  self->methods = *self->theirs;
  self->methods.xFileSize = watch_size;
  self->methods.xRead = watch_read;
  self->file->pMethods = &self->methods;

  return SQLITE_OK;
}

void
mash_page_watch_end (MashPageWatch *self)
{
  self->file->pMethods = self->theirs;
}
