/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* One contact of a training hub: what it is about, and the deeds by which it goes its way.
 *
 * A contact is first planned (its family, concern and steps), then each step is done at its time,
 * in the order of all contacts' steps together. Used on the store's thread.
 */

#include "mash-training-concerns.h"
#include "mash-training-hub.h"
#include "mash-training-plan.h"

G_BEGIN_DECLS

/* What a referral leaves open. */
typedef enum
{
  MASH_TRAINING_WITHOUT_PHONE     = 1 << 0,
  MASH_TRAINING_WITHOUT_BIRTH     = 1 << 1,
  MASH_TRAINING_WITHOUT_SCHOOL    = 1 << 2,
  MASH_TRAINING_WITHOUT_ADDRESS   = 1 << 3,
  MASH_TRAINING_WITHOUT_HOUSEHOLD = 1 << 4,
  MASH_TRAINING_WITHOUT_PR        = 1 << 5,
  MASH_TRAINING_WITHOUT_AGREEMENT = 1 << 6,
  MASH_TRAINING_WITHOUT_INFORMING = 1 << 7,
} MashTrainingGaps;

typedef struct _MashTrainingContact MashTrainingContact;

struct _MashTrainingContact
{
  MashTrainingEntry     entry;
  MashTrainingRandom    random;
  MashTrainingFamily   *family;      /* %NULL where no child is named */
  guint                 n_left;      /* how many of its steps are still to be done */
  MashTrainingReferrer *referrer;
  const char           *kind;        /* CKIND */
  const char           *category;
  const char           *factor;
  char                 *line;
  char                 *detail;
  const char           *brag;
  const char           *level;
  const char           *outcome;     /* what is recommended first */
  const char           *again;       /* what is recommended the second time, or %NULL */
  const char           *state;       /* where an open one stays */
  MashTrainingContact  *target;      /* the contact that it is attached to */
  MashTrainingSeat      screener;
  MashTrainingSeat      worker;
  MashTrainingSeat      manager;
  MashTrainingSeat      with;        /* to whom it is assigned in the end */
  guint                 gaps;        /* #MashTrainingGaps */
  gboolean              grave;
  gboolean              repeated;    /* the family was here before */

  char                 *id;          /* ids, once they are in the hub */
  GPtrArray            *subjects;    /* of the children */
  char                 *chase;
  char                 *analysis;
  char                 *recommendation;
  char                 *decision;
  char                 *disposal;
  char                 *early_help;
  char                 *adult;
  char                 *link;
  char                 *discussion;
  gboolean              without_health;  /* the discussion is held as an exception */
  gboolean              dissents;        /* health does */
};

/* The deeds that a contact of a training hub can see. */
typedef enum
{
  MASH_TRAINING_CREATE,
  MASH_TRAINING_ASSIGN,
  MASH_TRAINING_RELEASE,
  MASH_TRAINING_RAISE_BRAG,
  MASH_TRAINING_MARK_HARM,
  MASH_TRAINING_SCREEN,
  MASH_TRAINING_CHASE,
  MASH_TRAINING_CALL_BACK,
  MASH_TRAINING_ANSWER,
  MASH_TRAINING_ADD_DOCUMENT,
  MASH_TRAINING_NOTE,
  MASH_TRAINING_TRIAGE,
  MASH_TRAINING_FLAG,
  MASH_TRAINING_ADVISE,
  MASH_TRAINING_ATTACH,
  MASH_TRAINING_GATHER,
  MASH_TRAINING_ANALYSE,
  MASH_TRAINING_RECOMMEND,
  MASH_TRAINING_RECOMMEND_ADVICE,
  MASH_TRAINING_SAFETY_CHECK,
  MASH_TRAINING_RETURN,
  MASH_TRAINING_RESUME,
  MASH_TRAINING_APPROVE,
  MASH_TRAINING_CHANGE_OUTCOME,
  MASH_TRAINING_HAND_OVER,
  MASH_TRAINING_FEEDBACK,
  MASH_TRAINING_CLOSE,
  MASH_TRAINING_CLOSE_DONE,
  MASH_TRAINING_RECORD_DISCUSSION,
  MASH_TRAINING_SD_START,
  MASH_TRAINING_SD_ATTEND,
  MASH_TRAINING_SD_POLICE,
  MASH_TRAINING_SD_HEALTH,
  MASH_TRAINING_SD_DECIDE,
  MASH_TRAINING_SD_EXCEPT,
  MASH_TRAINING_SD_FINISH,
  MASH_TRAINING_SD_ASK,
  MASH_TRAINING_SD_SIGN_CHAIR,
  MASH_TRAINING_SD_SIGN_POLICE,
  MASH_TRAINING_SD_SIGN_HEALTH,
  MASH_TRAINING_SD_REFUSE,
  MASH_TRAINING_SD_PREVIEW,
  MASH_TRAINING_SD_COPIES,
  MASH_TRAINING_SD_SEEN,
  MASH_TRAINING_SD_CARE_DONE,
  MASH_TRAINING_SD_POLICE_DONE,
  MASH_TRAINING_SD_CONFERENCE,
  MASH_TRAINING_SEND,
  MASH_TRAINING_REFUSE_HAND_OVER,
  MASH_TRAINING_REFUSE_HELP,
  MASH_TRAINING_ACCEPT_HELP,
  MASH_TRAINING_AGREE_HELP,
  MASH_TRAINING_DECLINE_HELP,
  MASH_TRAINING_START_HELP,
  MASH_TRAINING_STEP_UP,
  MASH_TRAINING_DECIDE_AGAIN,
  MASH_TRAINING_RAISE_ADULT,
  MASH_TRAINING_TEST_ADULT,
  MASH_TRAINING_DECIDE_ADULT,
  MASH_TRAINING_FOLLOW_ADULT,
  MASH_TRAINING_ACKNOWLEDGE_LINK,
  MASH_TRAINING_RESCREEN,
  MASH_TRAINING_REOPEN,
  MASH_TRAINING_N_DEEDS,
} MashTrainingDeed;

/* One deed on one contact, at its time. */
typedef struct
{
  gint64           at;
  guint            contact;
  guint            order;   /* within the contact */
  MashTrainingDeed deed;
  MashTrainingSeat who;
} MashTrainingStep;

void     mash_training_contact_clear   (MashTrainingContact     *self);

/* mash-training-intake.c */
void     mash_training_fill_create     (MashTrainingHub         *hub,
                                        MashTrainingContact     *self,
                                        MashGroup               *group,
                                        gint64                   at);
/* mash-training-deeds.c */
gboolean mash_training_do              (MashTrainingHub         *hub,
                                        MashTrainingContact     *self,
                                        const MashTrainingStep  *step,
                                        GError                 **error);
/* mash-training-course.c */
void     mash_training_plan_course     (MashTrainingHub         *hub,
                                        MashTrainingContact     *self,
                                        guint                    index,
                                        GArray                  *steps);

/* mash-training-live.c */
void     mash_training_plan_live       (MashTrainingHub         *hub,
                                        MashTrainingContact     *self,
                                        GPtrArray               *families,
                                        MashTrainingContact     *first,
                                        guint                    index,
                                        GArray                  *steps);

/* mash-training-cast.c */
void     mash_training_cast            (MashTrainingHub         *hub,
                                        MashTrainingContact     *self,
                                        GPtrArray               *families,
                                        MashTrainingGravity      gravity);

G_END_DECLS
