/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The training hub while it is filled: its store, its staff, and one door through which each of
 * them does something at some time.
 *
 * Used on the store's thread. What is refused is a fault of the generator and stops it.
 */

#include "mash-calendar.h"
#include "mash-store.h"
#include "mash-training-plan.h"
#include "mash-training-random.h"

G_BEGIN_DECLS

/* Who sits where. */
typedef enum
{
  MASH_TRAINING_OFFICER,
  MASH_TRAINING_WORKER,
  MASH_TRAINING_WORKER_2,
  MASH_TRAINING_MANAGER,
  MASH_TRAINING_MANAGER_2,
  MASH_TRAINING_POLICE,
  MASH_TRAINING_HEALTH,
  MASH_TRAINING_EDUCATION,
  MASH_TRAINING_HOUSING,
  MASH_TRAINING_PROBATION,
  MASH_TRAINING_EARLY_HELP,
  MASH_TRAINING_VIRTUAL,
  MASH_TRAINING_LINE_MANAGER,
  MASH_TRAINING_AUDITOR,
  MASH_TRAINING_ADMINISTRATOR,
  MASH_TRAINING_N_SEATS,
  MASH_TRAINING_NO_ONE = MASH_TRAINING_N_SEATS,
} MashTrainingSeat;

typedef struct
{
  MashStore        *store;
  MashPolicy       *policy;
  MashCalendar     *calendar;
  gint64            until;
  GPtrArray        *edits;      /* of MashEdit: what is being filled in, until it is submitted */
  char             *staff[MASH_TRAINING_N_SEATS];
  char             *posts[MASH_TRAINING_N_SEATS];
  MashTrainingSeat  acting;
  guint             n_submitted;
} MashTrainingHub;

MashTrainingHub *mash_training_hub_new       (const char              *folder,
                                              MashPolicy              *policy,
                                              const MashTrainingPlan  *plan,
                                              GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean         mash_training_hub_finish    (MashTrainingHub         *self,
                                              const MashTrainingPlan  *plan,
                                              GError                 **error);
void             mash_training_hub_free      (MashTrainingHub         *self);
const char      *mash_training_hub_get_name  (MashTrainingSeat         seat);
gboolean         mash_training_hub_submit    (MashTrainingHub         *self,
                                              MashTrainingSeat         seat,
                                              gint64                   at,
                                              MashGroup               *group,
                                              GError                 **error);
gboolean         mash_training_hub_look      (MashTrainingHub         *self,
                                              MashTrainingSeat         seat,
                                              gint64                   at,
                                              const char              *contact,
                                              GError                 **error);
char            *mash_training_hub_make_id   (MashTrainingHub         *self) G_GNUC_WARN_UNUSED_RESULT;
MashEdit        *mash_training_hub_add       (MashTrainingHub         *self,
                                              MashGroup               *group,
                                              const char              *kind,
                                              const char              *id);
MashEdit        *mash_training_hub_alter     (MashTrainingHub         *self,
                                              const char              *kind,
                                              const char              *id);
void             mash_training_put           (MashEdit                *edit,
                                              const char              *field,
                                              const char              *value);
void             mash_training_put_time      (MashEdit                *edit,
                                              const char              *field,
                                              gint64                   at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashTrainingHub, mash_training_hub_free)

G_END_DECLS
