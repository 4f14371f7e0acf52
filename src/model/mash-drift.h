/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Drift and delay of strategy discussions (KIR-02): how long from the need to the start, to the
 * signatures, to the copies, discussion by discussion and week by week. Pure arithmetic.
 */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MASH_DRIFT_TO_START,      /* need identified → started */
  MASH_DRIFT_TO_SIGNED,     /* started → signed */
  MASH_DRIFT_TO_CIRCULATED, /* signed → circulated */
  MASH_N_DRIFTS,
} MashDriftSpan;

/* One discussion; times in microseconds since 1970, 0 where it has not come to that. */
typedef struct
{
  char  *discussion;
  char  *contact;
  char  *reference;
  char  *state;
  char  *mode;
  char  *compliance;
  guint  number;
  gint64 key;               /* by which the store finds it again */
  gint64 need;
  gint64 started;
  gint64 ended;
  gint64 signed_at;
  gint64 circulated;
  gint64 follow_up_due;     /* a discussion was promised to follow */
  gint64 follow_up_held;
} MashDriftRow;

/* The discussions that were needed in one week. */
typedef struct
{
  int    first_day;
  guint  needed;
  guint  compliant;         /* when held or within one working day */
  guint  exceptions;
  guint  not_compliant;
  guint  series;            /* as a series of telephone calls */
  guint  counted[MASH_N_DRIFTS];
  gint64 median[MASH_N_DRIFTS];  /* microseconds, 0 where none is counted */
} MashDriftWeek;

typedef struct
{
  int        first_day;
  int        last_day;
  GPtrArray *rows;          /* of MashDriftRow, longest waiting first */
  GArray    *weeks;         /* of MashDriftWeek */
  MashDriftWeek all;
} MashDrift;

void        mash_drift_row_free     (MashDriftRow       *self);
gint64      mash_drift_row_get_span (const MashDriftRow *self,
                                     MashDriftSpan       span,
                                     gint64              now);
const char *mash_drift_span_label   (MashDriftSpan       span);

MashDrift  *mash_drift_new          (int                 first_day,
                                     int                 last_day,
                                     GPtrArray          *rows,
                                     gint64              now) G_GNUC_WARN_UNUSED_RESULT;
void        mash_drift_free         (MashDrift          *self);
char       *mash_drift_dup_words    (gint64              span) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashDrift, mash_drift_free)

G_END_DECLS
