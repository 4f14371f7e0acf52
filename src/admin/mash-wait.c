/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-admin"

#include "config.h"

#include "mash-wait.h"

#include <signal.h>

#include <glib-unix.h>
#include <glib/gi18n.h>

static const int interruptions[] = { SIGINT, SIGTERM };

/* What a key that interrupts means is a matter of the whole program. */
static guint sources[G_N_ELEMENTS (interruptions)];
static MashWait *listening;

/**
 * mash_wait_init:
 * @self: (out caller-allocates): to be cleared afterwards
 */
void
mash_wait_init (MashWait *self)
{
  *self = (MashWait) { .loop = g_main_loop_new (NULL, FALSE) };
}

void
mash_wait_clear (MashWait *self)
{
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_object (&self->result);
  g_clear_object (&self->stop);
  if (listening == self)
    listening = NULL;
}

/**
 * mash_wait_cb:
 * @source: (nullable): unused
 * @result: the result
 * @self: the wait, as the user data of an asynchronous function
 */
void
mash_wait_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      self)
{
  MashWait *wait = self;

  g_set_object (&wait->result, result);
  g_main_loop_quit (wait->loop);
}

/**
 * mash_wait_for:
 * @self: a wait whose callback has been given to an asynchronous function
 *
 * Returns: (transfer none): the result
 */
GAsyncResult *
mash_wait_for (MashWait *self)
{
  while (self->result == NULL)
    g_main_loop_run (self->loop);

  return self->result;
}

/* The second time the system's own way is taken, should the work not heed the first; and at once
 * where nothing that is waited for can be stopped. */
static gboolean
on_interrupted_cb (gpointer number)
{
  for (guint i = 0; i < G_N_ELEMENTS (interruptions); i++)
    g_clear_handle_id (&sources[i], g_source_remove);
  if (listening != NULL)
    g_cancellable_cancel (listening->stop);
  else
    raise (GPOINTER_TO_INT (number));

  return G_SOURCE_REMOVE;
}

/**
 * mash_wait_stop:
 * @self: a wait
 *
 * From now on, and to the end of the program, Ctrl+C and SIGTERM do not end it: they stop what this
 * wait is for, or what the next one is for where they come between the two.
 *
 * Returns: (transfer none): what stops it, for an asynchronous function
 */
GCancellable *
mash_wait_stop (MashWait *self)
{
  if (self->stop != NULL)
    return self->stop;

  self->stop = g_cancellable_new ();
  listening = self;
  for (guint i = 0; i < G_N_ELEMENTS (interruptions); i++)
    {
      if (sources[i] == 0)
        sources[i] = g_unix_signal_add (interruptions[i], on_interrupted_cb,
                                        GINT_TO_POINTER (interruptions[i]));
    }

  return self->stop;
}

/**
 * mash_wait_show_progress:
 * @fraction: how far it is
 * @self: a wait, as the data of a #MashServiceProgress
 *
 * Prints every tenth of it, and its end.
 */
void
mash_wait_show_progress (double   fraction,
                         gpointer self)
{
  MashWait *wait = self;
  guint now = (guint) (100 * fraction);

  if (now < wait->percent + 10 && (now < 100 || wait->percent == 100))
    return;

  wait->percent = now;
  /* Translators: how far a backup or a check has come. */
  g_print (_("%u %% done\n"), now);
}
