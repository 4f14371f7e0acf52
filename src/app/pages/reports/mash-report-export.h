/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A report of a period taken along: as PDF, as CSV. Says how it went on the page. */

#include "mash-page.h"
#include "mash-paper.h"

G_BEGIN_DECLS

void mash_report_export_paper (MashPage   *page,
                               const char *report,
                               int         first_day,
                               int         last_day,
                               MashPaper  *paper);
void mash_report_export_table (MashPage   *page,
                               const char *report,
                               int         first_day,
                               int         last_day,
                               const char *csv);

G_END_DECLS
