/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the files that fill in the deeds of a training hub share. Nobody else includes it. */

#include "mash-training-contact.h"
#include "mash-training-words.h"

G_BEGIN_DECLS

/* What is about to be done. */
typedef struct
{
  MashTrainingHub        *hub;
  MashTrainingContact    *contact;
  const MashTrainingStep *step;
  MashGroup              *group;
} MashTrainingDoing;

MashEdit *mash_training_doing_add       (MashTrainingDoing *self,
                                         const char        *kind);
MashEdit *mash_training_doing_keep      (MashTrainingDoing *self,
                                         const char        *kind,
                                         char             **id);
void      mash_training_doing_put_words (MashTrainingDoing *self,
                                         MashEdit          *edit,
                                         const char        *field,
                                         MashTrainingTopic  topic);

/* mash-training-strategy.c */
void mash_training_discuss_start              (MashTrainingDoing *self);
void mash_training_discuss_attend             (MashTrainingDoing *self);
void mash_training_discuss_police             (MashTrainingDoing *self);
void mash_training_discuss_health             (MashTrainingDoing *self);
void mash_training_discuss_decide             (MashTrainingDoing *self);
void mash_training_discuss_except             (MashTrainingDoing *self);
void mash_training_discuss_finish             (MashTrainingDoing *self);
void mash_training_discuss_ask                (MashTrainingDoing *self);
void mash_training_discuss_sign_chair         (MashTrainingDoing *self);
void mash_training_discuss_sign_police        (MashTrainingDoing *self);
void mash_training_discuss_sign_health        (MashTrainingDoing *self);
void mash_training_discuss_refuse_to_sign     (MashTrainingDoing *self);
void mash_training_discuss_preview            (MashTrainingDoing *self);
void mash_training_discuss_copies             (MashTrainingDoing *self);
void mash_training_discuss_seen               (MashTrainingDoing *self);
void mash_training_discuss_care_done          (MashTrainingDoing *self);
void mash_training_discuss_police_done        (MashTrainingDoing *self);
void mash_training_discuss_conference         (MashTrainingDoing *self);

/* mash-training-endings.c */
void mash_training_fill_record_discussion (MashTrainingDoing *self);
void mash_training_fill_send              (MashTrainingDoing *self);
void mash_training_fill_hand_over         (MashTrainingDoing *self);
void mash_training_fill_refuse            (MashTrainingDoing *self);
void mash_training_fill_decide_again      (MashTrainingDoing *self);
void mash_training_fill_agree             (MashTrainingDoing *self);
void mash_training_fill_decline           (MashTrainingDoing *self);
void mash_training_fill_start             (MashTrainingDoing *self);
void mash_training_fill_step_up           (MashTrainingDoing *self);
void mash_training_fill_raise_adult       (MashTrainingDoing *self);
void mash_training_fill_test_adult        (MashTrainingDoing *self);
void mash_training_fill_decide_adult      (MashTrainingDoing *self);
void mash_training_fill_follow_adult      (MashTrainingDoing *self);
void mash_training_fill_acknowledge       (MashTrainingDoing *self);
void mash_training_fill_feedback          (MashTrainingDoing *self);
void mash_training_fill_reopen            (MashTrainingDoing *self);

G_END_DECLS
