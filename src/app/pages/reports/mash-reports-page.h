/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The weekly report on the screen: figures, a chart, the table that adds up, and behind each figure
 * the contacts that it counts. Printed, and written as PDF or CSV, from here. */

#include "mash-page.h"
#include "mash-paper.h"

G_BEGIN_DECLS

#define MASH_TYPE_REPORTS_PAGE (mash_reports_page_get_type ())

G_DECLARE_FINAL_TYPE (MashReportsPage, mash_reports_page, MASH, REPORTS_PAGE, MashPage)

GtkWidget *mash_reports_page_new       (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean   mash_reports_page_is_filled (MashReportsPage *self);
MashPaper *mash_reports_page_dup_paper (MashReportsPage *self) G_GNUC_WARN_UNUSED_RESULT;
void       mash_reports_page_open_line (MashReportsPage *self,
                                        guint            line);
guint      mash_reports_page_get_n_rows (MashReportsPage *self);

G_END_DECLS
