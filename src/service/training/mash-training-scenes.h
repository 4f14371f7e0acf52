/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The families that a training hub always has in its front door, written out one by one. */

#include "mash-training-people.h"

G_BEGIN_DECLS

typedef struct
{
  const char        *line;
  const char        *detail;
  const char        *source;      /* RSRC */
  const char        *category;    /* ABUSE */
  const char        *factor;      /* FAC */
  guint              gaps;        /* #MashTrainingGaps */
  MashTrainingSketch children[5]; /* ends with one without a surname */
  MashTrainingSketch adults[4];
} MashTrainingScene;

typedef enum
{
  MASH_TRAINING_MARSH,
  MASH_TRAINING_OKAFOR,
  MASH_TRAINING_TENNICK,
  MASH_TRAINING_ALDOUS,
  MASH_TRAINING_BIRCHALL,
  MASH_TRAINING_WHITCOMBE,
  MASH_TRAINING_LEWIS,
  MASH_TRAINING_OSTRANDER,
  MASH_TRAINING_COYLE,
  MASH_TRAINING_FAROOQI,
  MASH_TRAINING_IBBOTSON,
  MASH_TRAINING_LOMAX,
  MASH_TRAINING_SANDHU,
  MASH_TRAINING_HARTNOLL,
  MASH_TRAINING_PELLOW,
  MASH_TRAINING_ADEYINKA,
  MASH_TRAINING_N_SCENES,
  MASH_TRAINING_NO_SCENE = MASH_TRAINING_N_SCENES,
} MashTrainingSceneId;

const MashTrainingScene *mash_training_get_scene (MashTrainingSceneId id);

G_END_DECLS
