/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How somebody follows what takes long with a store, and stops it. */
typedef struct
{
  void        (*progress) (double   fraction,
                           gpointer data);  /* on the thread that works; may be NULL */
  gpointer      data;
  GCancellable *cancellable;                /* may be NULL */
  void        (*preparing) (double   fraction,
                            gpointer data); /* the same while a file of an earlier version is taken
                                             * to this one's schema */
  gboolean      to_meet;                    /* a seat opens also for who is out by what it knows:
                                             * they can do nothing, and the hub may know better */
} MashStoreWatch;

G_END_DECLS
