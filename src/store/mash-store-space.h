/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What a store does where the disk is full or the clock is wrong. Used on the store's thread.
 *
 * A file of a fixed size lies beside the database for the day on which the disk is full. It is
 * given up then, so that the draft and the entry of who looked can still be written; from there on
 * the desk only reads until the file can be made again.
 */

#include "mash-store.h"

G_BEGIN_DECLS

#define MASH_STORE_RESERVE_NAME "reserve"

/* In what condition a hub was found, or is. */
typedef struct
{
  gboolean only_reading;  /* the disk was full, and is */
  gboolean no_reserve;    /* there is no room for the reserve: the disk is nearly full */
  gboolean recovered;     /* the last session did not end cleanly */
  gboolean checked;       /* then: as after a power cut, so that all of the database was checked */
  gint64   behind;        /* microseconds that the clock is behind the last save, or 0 */
  gint64   ahead;         /* microseconds since the last save when it was opened */
} MashStoreCondition;

void     mash_store_keep_reserve     (MashStore           *self);
gboolean mash_store_get_only_reading (MashStore           *self);
gboolean mash_store_look_for_space   (MashStore           *self);
void     mash_store_enter_unclean_end (MashStore          *self);
void     mash_store_get_condition    (MashStore           *self,
                                      MashStoreCondition  *condition);

G_END_DECLS
