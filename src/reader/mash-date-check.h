/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Days and times as strangers write them, each mistake with its own name. */

#include "mash-fault.h"

G_BEGIN_DECLS

MashFault  mash_date_check      (const char  *text,
                                 gboolean     partial);
MashFault  mash_date_check_past (const char  *text,
                                 const char  *today);
char      *mash_time_read       (const char  *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
