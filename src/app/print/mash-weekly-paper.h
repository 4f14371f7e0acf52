/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "mash-paper.h"
#include "mash-weekly.h"

G_BEGIN_DECLS

MashPaper *mash_weekly_paper_new (MashWeekly *weekly,
                                  const char *hub) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
