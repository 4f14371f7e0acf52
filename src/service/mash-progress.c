/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-progress.h"

#define LOOK_MILLISECONDS 100

/* What an int holds of a fraction. */
#define WHOLE 10000

struct _MashProgress
{
  MashServiceProgress  tell;
  gpointer             data;
  guint                timer;
  int                  told;
  int                  now;  /* atomic */
};

static gboolean
look (gpointer data)
{
  MashProgress *self = data;
  int now = g_atomic_int_get (&self->now);

  if (now != self->told)
    self->tell ((double) now / WHOLE, self->data);
  self->told = now;

  return G_SOURCE_CONTINUE;
}

/**
 * mash_progress_new:
 * @tell: (nullable): what is told, on the main thread
 * @data: for @tell
 *
 * Main thread.
 *
 * Returns: (transfer full): something for a work to say how far it is
 */
MashProgress *
mash_progress_new (MashServiceProgress tell,
                   gpointer            data)
{
  MashProgress *self = g_new0 (MashProgress, 1);

  self->tell = tell;
  self->data = data;
  if (tell != NULL)
    self->timer = g_timeout_add (LOOK_MILLISECONDS, look, self);

  return self;
}

/**
 * mash_progress_tell:
 * @self: a progress
 * @fraction: how far the work is
 *
 * Tells it at once. Main thread.
 */
void
mash_progress_tell (MashProgress *self,
                    double        fraction)
{
  mash_progress_set (fraction, self);
  if (self->tell != NULL)
    look (self);
}

/**
 * mash_progress_set:
 * @fraction: how far the work is
 * @self: a progress, as the data of a #MashStoreProgress
 *
 * Any thread.
 */
void
mash_progress_set (double   fraction,
                   gpointer self)
{
  g_atomic_int_set (&((MashProgress *) self)->now, (int) (WHOLE * fraction));
}

/**
 * mash_progress_free:
 * @self: (transfer full) (nullable): a progress; no work knows of it any more
 *
 * Nothing is told after it. Main thread.
 */
void
mash_progress_free (MashProgress *self)
{
  if (self == NULL)
    return;

  g_clear_handle_id (&self->timer, g_source_remove);
  g_free (self);
}
