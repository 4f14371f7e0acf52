/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A line of one of the reports’ tables, in words: what its cells show. One whose row is still being
 * read is blank until then; otherwise it is never altered. */

#include "mash-drift.h"
#include "mash-service-reports.h"
#include "mash-service-strategy.h"

G_BEGIN_DECLS

#define MASH_TYPE_REPORT_LINE (mash_report_line_get_type ())

/* Properties, read-only strings: first to fifth, the cells; row-text: the whole line, as it is
 * spoken. A figure’s are its name, total, weekly average, share and a remark; a contact’s its
 * reference, and when it came, where from, what was decided and how it stands; a discussion’s its
 * contact, its state and how long each part of its way took. */
G_DECLARE_FINAL_TYPE (MashReportLine, mash_report_line, MASH, REPORT_LINE, GObject)

MashReportLine *mash_report_line_new_for_figure  (const MashWeekly *weekly,
                                                  MashFigure        figure) G_GNUC_WARN_UNUSED_RESULT;
MashReportLine *mash_report_line_new_for_contact (MashFigureItem   *item,
                                                  MashPolicy       *policy,
                                                  gint64            now) G_GNUC_WARN_UNUSED_RESULT;
MashReportLine *mash_report_line_new_for_drift_week (const char          *title,
                                                     const MashDriftWeek *week) G_GNUC_WARN_UNUSED_RESULT;
MashReportLine *mash_report_line_new_for_drift   (MashDriftItem    *item,
                                                  MashPolicy       *policy,
                                                  gint64            now) G_GNUC_WARN_UNUSED_RESULT;
const char     *mash_report_line_get_contact     (MashReportLine   *self);

G_END_DECLS
