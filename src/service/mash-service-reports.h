/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Reports: the figures of a period, the contacts behind a figure, and what teams count themselves.
 *
 * Whether somebody may run them is decided by the store (permission 40). Figures and the rows
 * behind them name nobody.
 */

#include "mash-service.h"
#include "mash-weekly.h"

G_BEGIN_DECLS

/* Items, all properties read-only:
 *
 * MashFigureItem: contact reference state brag source outcome (strings), received-at decided-at
 *   (gint64 microseconds, 0 none)
 * MashCountItem: id week team measure source author (strings), count (guint), updated-at (gint64)
 */
#define MASH_TYPE_FIGURE_ITEM (mash_figure_item_get_type ())
G_DECLARE_FINAL_TYPE (MashFigureItem, mash_figure_item, MASH, FIGURE_ITEM, MashItem)

#define MASH_TYPE_COUNT_ITEM (mash_count_item_get_type ())
G_DECLARE_FINAL_TYPE (MashCountItem, mash_count_item, MASH, COUNT_ITEM, MashItem)

/* All weeks together, for mash_service_list_figure_async(). */
#define MASH_ALL_WEEKS G_MAXUINT

gboolean    mash_service_may_run_reports   (MashService         *self);
void        mash_service_read_weekly_async (MashService         *self,
                                            int                  first_day,
                                            int                  last_day,
                                            MashServiceProgress  progress,
                                            gpointer             progress_data,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
MashWeekly *mash_service_read_weekly_finish (MashService        *self,
                                             GAsyncResult       *result,
                                             GError            **error);
void        mash_service_list_figure_async (MashService         *self,
                                            MashWeekly          *weekly,
                                            guint                week,
                                            MashFigure           figure,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
GListModel *mash_service_list_figure_finish (MashService        *self,
                                             GAsyncResult       *result,
                                             GError            **error);
void        mash_service_list_counts_async (MashService         *self,
                                            int                  first_day,
                                            int                  last_day,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
GListModel *mash_service_list_counts_finish (MashService        *self,
                                             GAsyncResult       *result,
                                             GError            **error);
void        mash_service_save_count_async  (MashService         *self,
                                            const char          *id,
                                            int                  week,
                                            const char          *team,
                                            guint                count,
                                            const char          *source,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
gboolean    mash_service_save_count_finish (MashService         *self,
                                            GAsyncResult        *result,
                                            GError             **error);
char       *mash_service_dup_weekly_csv    (const MashWeekly    *weekly) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
