/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Waiting for an asynchronous function where there is nothing else to do meanwhile. */

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  GMainLoop    *loop;
  GAsyncResult *result;
} MashWait;

void          mash_wait_init (MashWait     *self);
void          mash_wait_clear (MashWait    *self);
void          mash_wait_cb   (GObject      *source,
                              GAsyncResult *result,
                              gpointer      self);
GAsyncResult *mash_wait_for  (MashWait     *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MashWait, mash_wait_clear)

G_END_DECLS
