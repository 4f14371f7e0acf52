/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What people are worried about, and who tells the hub: invented, in the words of front doors.
 *
 * Words only; nothing here makes records.
 */

#include "mash-training-people.h"

G_BEGIN_DECLS

/* How grave a concern is; it decides which outcomes it may have. */
typedef enum
{
  MASH_TRAINING_ADVICE,
  MASH_TRAINING_HELP,
  MASH_TRAINING_NEED,
  MASH_TRAINING_HARM,
} MashTrainingGravity;

typedef struct
{
  const char         *line;     /* may hold slots such as {n} */
  const char         *sources;  /* RSRC, with spaces between */
  MashTrainingGravity least;
  MashTrainingGravity most;
  const char         *category; /* ABUSE, %NULL where it is none */
  const char         *factor;   /* FAC */
  guint               youngest; /* ages that it fits, in years */
  guint               eldest;
  const char         *detail;   /* a sentence or two more, with slots */
} MashTrainingConcern;

/* Somebody who tells the hub. */
typedef struct
{
  const char *source;       /* RSRC */
  const char *type;         /* RTYPE */
  const char *channel;      /* CHAN */
  const char *role;
  const char *organisation;
  char       *name;
  char       *phone;
  gboolean    wants_to_know;
} MashTrainingReferrer;

const MashTrainingConcern *
                      mash_training_list_concerns  (guint                     *n);
const char           *mash_training_pick_source    (MashTrainingRandom        *random,
                                                    gboolean                   office_hours);
const MashTrainingConcern *
                      mash_training_pick_concern   (MashTrainingRandom        *random,
                                                    const char                *source,
                                                    MashTrainingGravity        gravity);
char                 *mash_training_fill           (MashTrainingRandom        *random,
                                                    const char                *text,
                                                    const MashTrainingFamily  *family) G_GNUC_WARN_UNUSED_RESULT;
MashTrainingReferrer *mash_training_referrer_new   (MashTrainingRandom        *random,
                                                    const char                *source,
                                                    const MashTrainingFamily  *family) G_GNUC_WARN_UNUSED_RESULT;
void                  mash_training_referrer_free  (MashTrainingReferrer      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashTrainingReferrer, mash_training_referrer_free)

G_END_DECLS
