/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Waiting for an asynchronous function where there is nothing else to do meanwhile; what takes long
 * says how far it is, and the keys that interrupt a program stop it in order. */

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  GMainLoop    *loop;
  GAsyncResult *result;
  GCancellable *stop;
  guint         percent;   /* that was printed last */
} MashWait;

void          mash_wait_init (MashWait     *self);
void          mash_wait_clear (MashWait    *self);
void          mash_wait_cb   (GObject      *source,
                              GAsyncResult *result,
                              gpointer      self);
GAsyncResult *mash_wait_for  (MashWait     *self);
GCancellable *mash_wait_stop (MashWait     *self);
void          mash_wait_show_progress
                             (double        fraction,
                              gpointer      self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MashWait, mash_wait_clear)

G_END_DECLS
