/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-page-copy.h"

#include "mash-database-private.h"
#include "mash-store-private.h"

/* Two milliseconds of copying: what somebody waits at most who saves meanwhile. */
#define PAGES_AT_ONCE 100

/**
 * mash_page_copy_begin:
 * @self: a copy, all zero
 * @store: whose pages are copied
 * @copy: an empty database that is nobody else's
 *
 * Returns: %SQLITE_OK, or why it cannot begin
 */
int
mash_page_copy_begin (MashPageCopy *self,
                      MashStore    *store,
                      sqlite3      *copy)
{
  self->copying = sqlite3_backup_init (copy, "main", store->database->handle, "main");

  return self->copying != NULL ? SQLITE_OK : sqlite3_extended_errcode (copy);
}

/**
 * mash_page_copy_check_open:
 * @store: (nullable): the store of a copy; %NULL when it was closed
 * @error: %G_IO_ERROR_CLOSED
 *
 * Returns: whether the copying can go on
 */
gboolean
mash_page_copy_check_open (MashStore  *store,
                           GError    **error)
{
  if (store == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "The hub was closed meanwhile");
      return FALSE;
    }
  mash_store_assert (store);

  return TRUE;
}

/* How many pages are not copied, by what the last step has seen. */
static int
count_left (MashPageCopy *self,
            double       *fraction)
{
  int all = sqlite3_backup_pagecount (self->copying);
  int left = sqlite3_backup_remaining (self->copying);

  if (fraction != NULL)
    *fraction = all > 0 ? 1.0 - (double) left / all : 0;

  return left;
}

/**
 * mash_page_copy_step:
 * @self: a copy under way
 * @pages: how many pages to copy; 0 for as many as nobody notices
 * @fraction: (out) (optional): how far it has come, from 0 to 1
 *
 * What is saved between two steps is in the copy too.
 *
 * Returns: %SQLITE_OK when there is more, %SQLITE_DONE, or why it cannot go on
 */
int
mash_page_copy_step (MashPageCopy *self,
                     guint         pages,
                     double       *fraction)
{
  int rc = sqlite3_backup_step (self->copying, pages > 0 ? (int) pages : PAGES_AT_ONCE);

  count_left (self, fraction);

  return rc;
}

/**
 * mash_page_copy_come_near:
 * @self: a copy under way
 * @pages: as for mash_page_copy_step()
 * @fraction: (out) (optional): as for mash_page_copy_step()
 *
 * As mash_page_copy_step(), but leaves the last page: that one ends the copy, and what is saved
 * after it would be missing. mash_page_copy_take_rest() takes it.
 *
 * Returns: %SQLITE_OK when there is more, %SQLITE_DONE when one page is left or none, or why it
 *   cannot go on
 */
int
mash_page_copy_come_near (MashPageCopy *self,
                          guint         pages,
                          double       *fraction)
{
  int wanted = pages > 0 ? (int) pages : PAGES_AT_ONCE;
  int rc = sqlite3_backup_step (self->copying, 1);
  int left = sqlite3_backup_remaining (self->copying);

  if (rc == SQLITE_OK && left > 1)
    rc = sqlite3_backup_step (self->copying, MIN (wanted, left - 1));
  left = count_left (self, fraction);

  return rc == SQLITE_OK && left <= 1 ? SQLITE_DONE : rc;
}

/**
 * mash_page_copy_take_rest:
 * @self: a copy under way
 *
 * Copies all that is left, and ends.
 *
 * Returns: %SQLITE_DONE, or why it cannot
 */
int
mash_page_copy_take_rest (MashPageCopy *self)
{
  int rc = sqlite3_backup_step (self->copying, -1);

  if (rc == SQLITE_DONE)
    mash_page_copy_end (self);

  return rc;
}

/**
 * mash_page_copy_end:
 * @self: a copy, under way or not
 *
 * Lets go of both databases.
 */
void
mash_page_copy_end (MashPageCopy *self)
{
  if (self->copying != NULL)
    sqlite3_backup_finish (self->copying);
  self->copying = NULL;
}
