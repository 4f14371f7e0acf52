/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The pages of a store's database, copied into another a few at a time while people work: for a
 * backup, a proof of the records, or a change of the key. Private to the store; its thread.
 */

#include <glib.h>
#include <sqlite3.h>

#include "mash-store.h"

G_BEGIN_DECLS

typedef struct
{
  sqlite3_backup *copying;   /* NULL before it has begun and after it has ended */
} MashPageCopy;

int      mash_page_copy_begin      (MashPageCopy  *self,
                                    MashStore     *store,
                                    sqlite3       *copy);
gboolean mash_page_copy_check_open (MashStore     *store,
                                    GError       **error);
int      mash_page_copy_step       (MashPageCopy  *self,
                                    guint          pages,
                                    double        *fraction);
int      mash_page_copy_come_near  (MashPageCopy  *self,
                                    guint          pages,
                                    double        *fraction);
int      mash_page_copy_take_rest  (MashPageCopy  *self);
void     mash_page_copy_end        (MashPageCopy  *self);

G_END_DECLS
