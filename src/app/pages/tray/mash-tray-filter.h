/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The filters of a tray: which lines each lets through. */

#include "mash-item.h"
#include "mash-tray.h"

G_BEGIN_DECLS

/* In the order of their buttons. */
typedef enum
{
  MASH_TRAY_FILTER_ALL,
  MASH_TRAY_FILTER_NO_ONE,
  MASH_TRAY_FILTER_MINE,
  MASH_TRAY_FILTER_LATE,
  MASH_TRAY_FILTER_MISSING,
} MashTrayFilter;

#define MASH_N_TRAY_FILTERS 5

MashTrayFilter mash_tray_filter_find      (const char     *id);
char          *mash_tray_filter_dup_label (MashTrayFilter  filter,
                                           guint           count) G_GNUC_WARN_UNUSED_RESULT;
void           mash_tray_filter_apply     (MashTrayFilter  filter,
                                           MashTrayQuery  *query,
                                           const char     *person);
guint          mash_tray_filter_count     (MashTrayFilter  filter,
                                           GListModel     *facets,
                                           guint           all,
                                           const char     *person);

G_END_DECLS
