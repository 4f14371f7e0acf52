/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The weekly report taken along: as PDF, as CSV, on paper. Says how it went on the page. */

#include "mash-page.h"
#include "mash-paper.h"
#include "mash-weekly.h"

G_BEGIN_DECLS

MashPaper *mash_report_export_dup_paper (MashPage   *page,
                                         MashWeekly *weekly) G_GNUC_WARN_UNUSED_RESULT;
void       mash_report_export_save      (MashPage   *page,
                                         MashWeekly *weekly,
                                         gboolean    as_csv);
void       mash_report_export_print     (MashPage   *page,
                                         MashWeekly *weekly);

G_END_DECLS
