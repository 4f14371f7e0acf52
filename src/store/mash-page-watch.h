/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A database file while all of its pages are read: how far that is, and a way to stop it; private
 * to the store. */

#include "mash-database-private.h"
#include "mash-store-watch.h"

G_BEGIN_DECLS

typedef struct
{
  sqlite3_io_methods        methods;   /* the first, for it stands in the file meanwhile */
  const sqlite3_io_methods *theirs;
  sqlite3_file             *file;
  const MashStoreWatch     *watch;     /* or NULL */
  gint64                    read;      /* bytes */
  gint64                    expected;
  int                       rc;        /* that the size of the file could not be had */
} MashPageWatch;

int  mash_page_watch_begin (MashPageWatch        *self,
                            sqlite3              *handle,
                            guint                 times,
                            const MashStoreWatch *watch);
void mash_page_watch_end   (MashPageWatch        *self);

G_END_DECLS
