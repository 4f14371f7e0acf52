/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Words from which invented people, places and numbers are put together.
 *
 * Streets, schools and surgeries are of a town that does not exist, postcodes of an area that is
 * not given out, telephone numbers of the ranges kept for drama, NHS numbers of the range kept
 * for tests.
 */

#include "mash-training-random.h"

G_BEGIN_DECLS

#define MASH_TRAINING_TOWN "Wealdbridge"

/* People who give their children names of one sort. */
typedef struct
{
  guint              weight;
  const char        *ethnicity;
  const char        *language;
  const char        *religion;
  const char *const *boys;
  const char *const *girls;
  const char *const *surnames;
} MashTrainingCulture;

const MashTrainingCulture *
            mash_training_pick_culture    (MashTrainingRandom *random);
const MashTrainingCulture *
            mash_training_find_culture    (const char         *surname);
const char *mash_training_pick_name       (MashTrainingRandom *random,
                                           const char *const  *names);
const char *mash_training_pick_school     (MashTrainingRandom *random,
                                           guint               age);
const char *mash_training_pick_surgery    (MashTrainingRandom *random);
const char *mash_training_pick_ward       (MashTrainingRandom *random);
const char *mash_training_get_locality    (const char         *ward);
char       *mash_training_make_street     (MashTrainingRandom *random) G_GNUC_WARN_UNUSED_RESULT;
char       *mash_training_make_postcode   (MashTrainingRandom *random) G_GNUC_WARN_UNUSED_RESULT;
char       *mash_training_make_mobile     (MashTrainingRandom *random) G_GNUC_WARN_UNUSED_RESULT;
char       *mash_training_make_landline   (MashTrainingRandom *random) G_GNUC_WARN_UNUSED_RESULT;
char       *mash_training_make_nhs_number (MashTrainingRandom *random) G_GNUC_WARN_UNUSED_RESULT;
char       *mash_training_make_upn        (MashTrainingRandom *random) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
