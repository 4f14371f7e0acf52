/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the two files of the trays share, the one that reads rows and the one that counts them. */

#include "mash-store-private.h"

G_BEGIN_DECLS

/* How a tray is read. */
typedef struct
{
  const char *rows;
  const char *count;
  const char *one;
  const char *name;  /* under which its counts are kept; NULL for a tray of something else */
  gboolean    own;   /* its counts are each person's */
} MashTrayReading;

extern const MashTrayReading mash_trays[MASH_N_TRAYS];

/* Before every row of an urgency. */
extern const MashTrayKey mash_tray_start;

const MashTrayReading *
         mash_store_get_tray_reading (MashStore        *self,
                                      MashTrayId        tray);
gboolean mash_store_may_sign      (MashStore           *self);
gboolean mash_store_can_read_tray (MashStore           *self,
                                   MashTrayId           tray);
gboolean mash_store_count_behind  (MashStore           *self,
                                   const MashTrayQuery *query,
                                   int                  urgency,
                                   const MashTrayKey   *after,
                                   guint               *count,
                                   GError             **error);

G_END_DECLS
