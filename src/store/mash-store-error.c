/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-error.h"

#include <errno.h>

typedef struct
{
  guint seconds;
  int   number;   /* errno, or SQLite's extended result code */
} MashStoreErrorPrivate;

static void
mash_store_error_private_init (MashStoreErrorPrivate *priv)
{
  priv->seconds = 0;
  priv->number = 0;
}

static void
mash_store_error_private_copy (const MashStoreErrorPrivate *from,
                               MashStoreErrorPrivate       *to)
{
  to->seconds = from->seconds;
  to->number = from->number;
}

static void
mash_store_error_private_clear (MashStoreErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (MashStoreError, mash_store_error)

/**
 * mash_store_error_get_seconds:
 * @error: an error of the domain %MASH_STORE_ERROR
 *
 * Returns: for %MASH_STORE_ERROR_THROTTLED the whole seconds until the next try is heard; else 0
 */
guint
mash_store_error_get_seconds (const GError *error)
{
  const MashStoreErrorPrivate *priv;

  g_return_val_if_fail (error != NULL, 0);

  priv = mash_store_error_get_private (error);

  return priv ? priv->seconds : 0;
}

/**
 * mash_store_error_set_throttled:
 * @error: (out) (optional): where to set the error
 * @seconds: the whole seconds until the next try is heard
 *
 * Sets %MASH_STORE_ERROR_THROTTLED.
 */
void
mash_store_error_set_throttled (GError **error,
                                guint    seconds)
{
  GError *throttled;

  if (!error)
    return;

  throttled = g_error_new (MASH_STORE_ERROR, MASH_STORE_ERROR_THROTTLED,
                           "Too many failed tries: the next is heard in %u s", seconds);
  mash_store_error_get_private (throttled)->seconds = seconds;
  g_propagate_error (error, throttled);
}

/**
 * mash_store_error_get_number:
 * @error: an error of the domain %MASH_STORE_ERROR
 *
 * For the log, which has no messages: they say more than a log should.
 *
 * Returns: the `errno` or SQLite's extended result code that it comes from; 0 where it comes from
 *   neither
 */
int
mash_store_error_get_number (const GError *error)
{
  const MashStoreErrorPrivate *priv;

  g_return_val_if_fail (error != NULL, 0);

  priv = mash_store_error_get_private (error);

  return priv ? priv->number : 0;
}

/* Says what an error comes from, as mash_store_error_get_number() gives it. */
void
mash_store_error_set_number (GError *error,
                             int     number)
{
  MashStoreErrorPrivate *priv = mash_store_error_get_private (error);

  if (priv)
    priv->number = number;
}

static MashStoreError
code_for_errno (int number)
{
  switch (number)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return MASH_STORE_ERROR_FULL;

    case EACCES:
    case EPERM:
    case EROFS:
      return MASH_STORE_ERROR_READ_ONLY;

    case EEXIST:
      return MASH_STORE_ERROR_EXISTS;

    default:
      return MASH_STORE_ERROR_IO;
    }
}

/**
 * mash_store_error_set:
 * @error: (out) (optional): where to set the error
 * @code: what went wrong
 * @why: the message, which holds nothing of what a record says
 *
 * Returns: %FALSE, which is what the caller returns
 */
gboolean
mash_store_error_set (GError        **error,
                      MashStoreError  code,
                      const char     *why)
{
  g_set_error_literal (error, MASH_STORE_ERROR, code, why);

  return FALSE;
}

/**
 * mash_store_error_set_errno:
 * @error: (out) (optional): where to set the error
 * @number: an `errno`
 * @what: what was being done, such as "write the key slots"; never a path with a name in it
 *
 * Sets the error for a system call that failed.
 */
void
mash_store_error_set_errno (GError    **error,
                            int         number,
                            const char *what)
{
  g_set_error (error, MASH_STORE_ERROR, code_for_errno (number),
               "Could not %s: %s", what, g_strerror (number));
  if (error)
    mash_store_error_set_number (*error, number);
}
