/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Sentences that the staff of a training hub write: several for each thing they have to say. */

#include "mash-training-contact.h"

G_BEGIN_DECLS

typedef enum
{
  MASH_TRAINING_WHY_URGENT,
  MASH_TRAINING_HISTORY_NONE,
  MASH_TRAINING_HISTORY_FOUND,
  MASH_TRAINING_CHASED,
  MASH_TRAINING_CALL,
  MASH_TRAINING_SERVICES,
  MASH_TRAINING_REMARK,
  MASH_TRAINING_COUNSEL,
  MASH_TRAINING_HARMS,
  MASH_TRAINING_IMPACT,
  MASH_TRAINING_PROTECTS,
  MASH_TRAINING_UNKNOWN,
  MASH_TRAINING_WHY_ADVICE,
  MASH_TRAINING_WHY_NOTHING,
  MASH_TRAINING_WHY_HELP,
  MASH_TRAINING_WHY_NEED,
  MASH_TRAINING_WHY_HARM,
  MASH_TRAINING_HELP_OFFERED,
  MASH_TRAINING_ASKS_FOR_MORE,
  MASH_TRAINING_AGREES,
  MASH_TRAINING_AGREES_TO_ACT,
  MASH_TRAINING_DIFFERS,
  MASH_TRAINING_ACCEPTER,
  MASH_TRAINING_TOLD,
  MASH_TRAINING_NOT_TOLD,
  MASH_TRAINING_N_TOPICS,
} MashTrainingTopic;

char       *mash_training_say          (MashTrainingRandom        *random,
                                        MashTrainingTopic          topic,
                                        const MashTrainingContact *contact) G_GNUC_WARN_UNUSED_RESULT;
const char *mash_training_get_receiver (const char                *outcome);

G_END_DECLS
