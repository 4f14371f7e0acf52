/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How many contacts a training hub gets, when each of them arrives and what becomes of it.
 *
 * Pure arithmetic from the seed: no store, no names. The default is Walsall's seven weeks (domain,
 * WAL-11), to the number.
 */

#include <glib.h>

G_BEGIN_DECLS

#define MASH_TRAINING_WEEKS             7
#define MASH_TRAINING_CONTACTS          3675
#define MASH_TRAINING_CONTACTS_PER_WEEK 525
#define MASH_TRAINING_MAX_WEEKS         520
#define MASH_TRAINING_MAX_CONTACTS      500000

typedef struct
{
  guint64  seed;
  guint    weeks;
  guint    contacts;
  gint64   until;       /* microseconds since 1970, UTC: when the hub’s present is */
  gboolean moves_clock; /* the hub’s clock is to stand at @until when it is opened first */
} MashTrainingPlan;

/* How many contacts end how; what is left over of @contacts is open. */
typedef struct
{
  guint contacts;
  guint referrals;
  guint advice;
  guint strategy;     /* among the referrals: outcome O06 */
  guint assessments;  /* among the referrals: outcome O05 */
  guint open;
} MashTrainingSums;

/* One contact that is to come. */
typedef struct
{
  gint64      received;
  const char *outcome; /* a code of OUT, %NULL while it is open */
  guint       open;    /* which of the open ones it is; only where @outcome is %NULL */
} MashTrainingEntry;

void    mash_training_plan_init (MashTrainingPlan       *self,
                                 guint64                 seed,
                                 guint                   weeks,
                                 guint                   contacts,
                                 gint64                  until);
void    mash_training_plan_sum  (const MashTrainingPlan *self,
                                 MashTrainingSums       *sums);
GArray *mash_training_plan_list (const MashTrainingPlan *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
