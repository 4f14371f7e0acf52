/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-sync-bell.h"

#include <sys/eventfd.h>
#include <unistd.h>

typedef struct
{
  MashSyncAsk ask;
  gpointer    data;
} Ask;

struct _MashSyncBell
{
  int      fd;
  gint     rung;
  gint     stopped;

  GMutex   lock;
  GQueue   asks;    /* of Ask; under the lock */
  gboolean closed;  /* nobody listens any more; under the lock */
};

MashSyncBell *
mash_sync_bell_new (void)
{
  MashSyncBell *self = g_atomic_rc_box_new0 (MashSyncBell);

  self->fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (self->fd < 0)
    g_error ("There is no file left to wait with");
  g_mutex_init (&self->lock);
  g_queue_init (&self->asks);

  return self;
}

MashSyncBell *
mash_sync_bell_ref (MashSyncBell *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
bell_clear (gpointer data)
{
  MashSyncBell *self = data;

  mash_sync_bell_close (self);
  g_mutex_clear (&self->lock);
  close (self->fd);
}

void
mash_sync_bell_unref (MashSyncBell *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, bell_clear);
}

static void
wake (MashSyncBell *self)
{
  /* It fails only where it has been rung so often that whoever listens is awake. */
  if (eventfd_write (self->fd, 1) != 0)
    return;
}

/**
 * mash_sync_bell_ring:
 * @self: a bell
 *
 * Wakes whoever listens: there is something to send. Any thread.
 */
void
mash_sync_bell_ring (MashSyncBell *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_int_set (&self->rung, TRUE);
  wake (self);
}

/**
 * mash_sync_bell_stop:
 * @self: a bell
 *
 * Tells whoever listens to end at once, for good. Any thread.
 */
void
mash_sync_bell_stop (MashSyncBell *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_int_set (&self->stopped, TRUE);
  wake (self);
}

gboolean
mash_sync_bell_is_stopped (MashSyncBell *self)
{
  return g_atomic_int_get (&self->stopped);
}

/**
 * mash_sync_bell_hush:
 * @self: a bell
 *
 * Lets it be waited for again. That it was rung stays known. The thread that listens
 */
void
mash_sync_bell_hush (MashSyncBell *self)
{
  eventfd_t n;

  if (eventfd_read (self->fd, &n) != 0)
    return;
}

/**
 * mash_sync_bell_take_ring:
 * @self: a bell
 *
 * Returns: whether it was rung since this was asked last. The thread that listens
 */
gboolean
mash_sync_bell_take_ring (MashSyncBell *self)
{
  mash_sync_bell_hush (self);

  return g_atomic_int_compare_and_exchange (&self->rung, TRUE, FALSE);
}

/**
 * mash_sync_bell_get_fd:
 * @self: a bell
 *
 * Returns: what can be read from when it was rung or stopped
 */
int
mash_sync_bell_get_fd (MashSyncBell *self)
{
  return self->fd;
}

/**
 * mash_sync_bell_ask:
 * @self: a bell
 * @ask: what is done with the line
 * @data: for @ask
 *
 * Has something asked of the hub between what the sync itself asks. Any thread.
 */
void
mash_sync_bell_ask (MashSyncBell *self,
                    MashSyncAsk   ask,
                    gpointer      data)
{
  Ask *each;
  gboolean closed;

  g_return_if_fail (self != NULL && ask != NULL);

  g_mutex_lock (&self->lock);
  closed = self->closed;
  if (!closed)
    {
      each = g_new (Ask, 1);
      *each = (Ask) { ask, data };
      g_queue_push_tail (&self->asks, each);
    }
  g_mutex_unlock (&self->lock);

  if (closed)
    ask (NULL, data);
  else
    mash_sync_bell_ring (self);
}

/**
 * mash_sync_bell_answer:
 * @self: a bell
 * @line: (nullable): the line to the hub, as it is
 *
 * Does what was asked. The thread that listens
 */
void
mash_sync_bell_answer (MashSyncBell *self,
                       gpointer      line)
{
  Ask *each;

  do
    {
      g_mutex_lock (&self->lock);
      each = g_queue_pop_head (&self->asks);
      g_mutex_unlock (&self->lock);
      if (each != NULL)
        each->ask (line, each->data);
      g_free (each);
    }
  while (each != NULL);
}

/**
 * mash_sync_bell_close:
 * @self: a bell
 *
 * Nobody listens any more: what was asked, and what will be, finds no line.
 */
void
mash_sync_bell_close (MashSyncBell *self)
{
  g_mutex_lock (&self->lock);
  self->closed = TRUE;
  g_mutex_unlock (&self->lock);
  mash_sync_bell_answer (self, NULL);
}
