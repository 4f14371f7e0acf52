/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the store counts for reports: never more than the contacts of the period that is asked for.
 *
 * Reports are figures; the rows behind a figure carry references and codes and no name, so that
 * reading them is no look at a record. Whoever opens a contact from there leaves the usual entry.
 */

#include "mash-store-watch.h"
#include "mash-store.h"
#include "mash-weekly.h"

G_BEGIN_DECLS

/* A contact behind a figure. */
typedef struct
{
  char  *contact;
  char  *reference;
  char  *state;
  char  *brag;
  char  *source;
  char  *outcome;       /* by the end of the period, NULL where there was none */
  gint64 received_at;
  gint64 decided_at;    /* 0 where it was not */
} MashFigureRow;

/* What a team counted. */
typedef struct
{
  char  *id;
  char  *week;          /* its first day, as a date */
  char  *team;
  char  *measure;
  char  *source;
  char  *author;        /* name of who entered it last */
  guint  count;
  gint64 updated_at;
} MashCountRow;

void        mash_figure_row_free         (MashFigureRow  *self);
void        mash_count_row_free          (MashCountRow   *self);
MashWeekly *mash_store_read_weekly       (MashStore      *self,
                                          int             first_day,
                                          int             last_day,
                                          const MashStoreWatch *watch,
                                          GError        **error) G_GNUC_WARN_UNUSED_RESULT;
GArray     *mash_store_list_figure_keys  (MashStore      *self,
                                          int             first_day,
                                          int             last_day,
                                          int             end_day,
                                          MashFigure      figure,
                                          GCancellable   *cancellable,
                                          GError        **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray  *mash_store_list_figure       (MashStore      *self,
                                          int             end_day,
                                          const gint64   *keys,
                                          guint           n_keys,
                                          GError        **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray  *mash_store_list_counts       (MashStore      *self,
                                          int             first_day,
                                          int             last_day,
                                          GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashFigureRow, mash_figure_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashCountRow, mash_count_row_free)

G_END_DECLS
