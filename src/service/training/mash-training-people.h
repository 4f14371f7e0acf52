/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Invented families: who is in them, how they belong together and where they live.
 *
 * Plain data on one thread. What becomes of a family in the hub's records is for the intake.
 */

#include "mash-training-random.h"

G_BEGIN_DECLS

typedef struct
{
  char       *id;             /* once it is in the hub, before that %NULL */
  const char *kind;           /* PKIND */
  const char *role;           /* SROLE */
  const char *household_role; /* HROLE; %NULL: lives elsewhere */
  const char *relation;       /* REL to the children; %NULL for a child */
  const char *responsibility; /* YNU; for an adult */
  guint       of;             /* children of whom they are that, bit by bit */
  char       *forenames;      /* %NULL where not known */
  char       *surname;
  char       *known_as;
  char       *other_surname;  /* a name they had before */
  const char *sex;
  char       *birth;
  char       *due;
  const char *ethnicity;
  const char *language;
  const char *religion;
  const char *school;
  const char *surgery;
  const char *disability;
  char       *nhs_number;
  char       *upn;
  char       *phone;
  guint       age;            /* whole years */
} MashTrainingPerson;

typedef struct
{
  GPtrArray  *people;         /* of MashTrainingPerson: children first, eldest first */
  guint       n_children;
  char       *household;      /* ids, once they are in the hub */
  char       *address;
  char       *street;
  char       *postcode;
  const char *ward;
  guint       n_contacts;     /* in how many contacts it is */
  gboolean    confidential;
  gboolean    interpreter;
} MashTrainingFamily;

/* A child or an adult of a family that is written out: the pictured ones. */
typedef struct
{
  const char *forenames;
  const char *surname;
  const char *sex;
  int         age;            /* adults in years, children in months, an unborn one −weeks to go;
                               * G_MAXINT where not known */
  const char *relation;       /* of an adult */
  const char *responsibility; /* of an adult */
  const char *where;          /* `home`, or `away` */
} MashTrainingSketch;

MashTrainingFamily *mash_training_family_new         (MashTrainingRandom       *random,
                                                      int                       today,
                                                      guint                     youngest,
                                                      guint                     eldest) G_GNUC_WARN_UNUSED_RESULT;
MashTrainingFamily *mash_training_family_new_sketched (MashTrainingRandom       *random,
                                                      int                       today,
                                                      const MashTrainingSketch *children,
                                                      const MashTrainingSketch *adults) G_GNUC_WARN_UNUSED_RESULT;
MashTrainingFamily *mash_training_family_ref         (MashTrainingFamily       *self);
void                mash_training_family_unref       (MashTrainingFamily       *self);
MashTrainingPerson *mash_training_family_get         (const MashTrainingFamily *self,
                                                      guint                     i);
gboolean            mash_training_person_is_child    (const MashTrainingPerson *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashTrainingFamily, mash_training_family_unref)

G_END_DECLS
