/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-admin"

#include "config.h"

#include "mash-wait.h"

/**
 * mash_wait_init:
 * @self: (out caller-allocates): to be cleared afterwards
 */
void
mash_wait_init (MashWait *self)
{
  self->loop = g_main_loop_new (NULL, FALSE);
  self->result = NULL;
}

void
mash_wait_clear (MashWait *self)
{
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_object (&self->result);
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
