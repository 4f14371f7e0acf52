/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include <string.h>

#include "mash-deed.h"
#include "mash-time.h"
#include "mash-training-doing.h"

/* What happens to a contact of a training hub after it was decided: hand-over, early help, an
 * adult’s concern, the end and what comes after it. */

void
mash_training_fill_record_discussion (MashTrainingDoing *self)
{
  static const char *const agencies[] = { "CSC", "POL", "HTH", NULL };
  MashEdit *edit = mash_training_doing_add (self, "outside-discussion");
  g_autofree char *reference = g_strdup_printf ("SD-%u", mash_training_random_range (
                                                  &self->contact->random, 1000, 9999));

  mash_training_put_time (edit, "held-at", self->step->at - 4 * MASH_TIME_MINUTE);
  mash_training_put (edit, "chair", "Team manager, assessment");
  mash_training_put (edit, "reference", reference);
  mash_training_put (edit, "record-held-by", "Children’s case system");
  mash_edit_set_set (edit, "agencies", agencies);
  mash_training_put (edit, "outcome", "S47J");
  mash_training_put (edit, "rationale", "A joint enquiry is begun today.");
  mash_training_put (edit, "why-outside", "The discussion is recorded in the case system.");
}

static void
begin_disposal (MashTrainingDoing *self,
                MashEdit          *edit)
{
  mash_training_put (edit, "decision", self->contact->decision);
  mash_training_put (edit, "receiver", mash_training_get_receiver (self->contact->outcome));
  mash_training_put (edit, "receiver-kind",
                     strcmp (self->contact->outcome, "O09") == 0 ? "AUTHORITY"
                     : mash_words_contain ("O10 O11", self->contact->outcome) ? "ADULT" : "TEAM");
  mash_training_put (edit, "outcome", self->contact->outcome);
}

void
mash_training_fill_send (MashTrainingDoing *self)
{
  MashEdit *edit = mash_training_doing_keep (self, "disposal", &self->contact->disposal);

  begin_disposal (self, edit);
  mash_training_put_time (edit, "sent-at", self->step->at - MASH_TIME_MINUTE);
  if (strcmp (self->contact->outcome, "O08") == 0)
    mash_training_put (edit, "receiver-ref", "Open case, number with the team");
}

/* Acceptance, by the front door or by the early help service itself. */
void
mash_training_fill_hand_over (MashTrainingDoing *self)
{
  MashEdit *edit = mash_training_hub_alter (self->hub, "disposal", self->contact->disposal);

  mash_training_put_time (edit, "accepted-at", self->step->at - 2 * MASH_TIME_MINUTE);
  mash_training_doing_put_words (self, edit, "accepted-by", MASH_TRAINING_ACCEPTER);
}

void
mash_training_fill_refuse (MashTrainingDoing *self)
{
  MashEdit *edit = mash_training_hub_alter (self->hub, "disposal", self->contact->disposal);

  mash_training_put_time (edit, "refused-at", self->step->at - 2 * MASH_TIME_MINUTE);
  mash_training_doing_put_words (self, edit, "refused-by", MASH_TRAINING_ACCEPTER);
  mash_training_put (edit, "refused-reason",
                     self->contact->again != NULL
                     ? "On the first call the mother spoke of being hit: not for early help."
                     : "Lives in the other half of the borough; that team should have it.");
}

/* What came back is recommended otherwise. */
static void
take_other_outcome (MashTrainingContact *contact)
{
  if (contact->again == NULL)
    return;

  contact->outcome = contact->again;
  contact->level = strcmp (contact->again, "O05") == 0 ? "S17" : "2";
  contact->again = NULL;
}

void
mash_training_fill_decide_again (MashTrainingDoing *self)
{
  mash_group_set_reason (self->group, "It came back; what was decided cannot be done.");
  take_other_outcome (self->contact);
}

/* An adult of the family, or, where nobody is known but a child, that child. */
static const char *
find_adult (MashTrainingContact *contact)
{
  for (guint i = contact->family->n_children; i < contact->family->people->len; i++)
    {
      const MashTrainingPerson *person = mash_training_family_get (contact->family, i);

      if (person->id != NULL)
        return person->id;
    }

  return mash_training_family_get (contact->family, 0)->id;
}

void
mash_training_fill_agree (MashTrainingDoing *self)
{
  MashEdit *edit = mash_training_doing_add (self, "agreement");

  mash_training_put (edit, "purpose", "EARLYHELP");
  mash_training_put (edit, "status", "GIV");
  mash_training_put (edit, "given-by", find_adult (self->contact));
  mash_training_put (edit, "capacity", "PARENTPR");
  mash_training_put (edit, "how", "On a visit");
  mash_training_put_time (edit, "at", self->step->at - 3 * MASH_TIME_MINUTE);
}

static MashEdit *
alter_early_help (MashTrainingDoing *self)
{
  return self->contact->early_help != NULL
         ? mash_training_hub_alter (self->hub, "early-help", self->contact->early_help)
         : mash_training_doing_keep (self, "early-help", &self->contact->early_help);
}

void
mash_training_fill_decline (MashTrainingDoing *self)
{
  MashEdit *edit = alter_early_help (self);

  mash_training_put_time (edit, "declined-at", self->step->at - 3 * MASH_TIME_MINUTE);
  mash_training_put (edit, "declined-by", "Mother");
  mash_training_put (edit, "declined-reason",
                     "Says that her sister helps now and she wants nobody else in the house.");
}

void
mash_training_fill_start (MashTrainingDoing *self)
{
  MashEdit *edit = alter_early_help (self);

  mash_training_put (edit, "service", mash_training_get_receiver (self->contact->outcome));
  mash_training_doing_put_words (self, edit, "lead-worker", MASH_TRAINING_ACCEPTER);
  mash_training_put (edit, "first-step", "First visit agreed, at home after school.");
  mash_training_put_time (edit, "started-at", self->step->at - 5 * MASH_TIME_MINUTE);
}

/* What is stepped up is recommended anew, and otherwise. */
void
mash_training_fill_step_up (MashTrainingDoing *self)
{
  static const char why[] = "The younger child spoke of being hit; this is more than early help.";
  MashEdit *edit = alter_early_help (self);

  mash_group_set_reason (self->group, why);
  mash_training_put_time (edit, "stepped-up-at", self->step->at - MASH_TIME_MINUTE);
  mash_training_put (edit, "step-up-reason", why);
  mash_edit_set_flag (edit, "step-up-harm", FALSE);
  take_other_outcome (self->contact);
}

void
mash_training_fill_raise_adult (MashTrainingDoing *self)
{
  MashEdit *edit = mash_training_doing_keep (self, "adult-concern", &self->contact->adult);

  mash_training_put (edit, "person", find_adult (self->contact));
  mash_training_put_time (edit, "received-at", self->step->at - 10 * MASH_TIME_MINUTE);
  mash_training_put (edit, "concern",
                     "Is said to be kept from her money and from her medicine by the partner.");
  mash_training_put (edit, "wishes", "I want it to stop, and I want to stay here.");
}

void
mash_training_fill_test_adult (MashTrainingDoing *self)
{
  gboolean met = mash_training_random_chance (&self->contact->random, 60);
  MashEdit *edit = mash_training_hub_alter (self->hub, "adult-concern", self->contact->adult);

  mash_training_put (edit, "needs", "Y");
  mash_training_put (edit, "needs-why", "Has epilepsy and needs help on most days.");
  mash_training_put (edit, "risk", "Y");
  mash_training_put (edit, "risk-why", "She told the nurse so, alone and clearly.");
  mash_training_put (edit, "unable", met ? "Y" : "N");
  mash_training_put (edit, "unable-why",
                     met ? "Cannot leave the flat by herself, and he has her telephone."
                         : "Has called for help herself and has a place to go.");
}

void
mash_training_fill_decide_adult (MashTrainingDoing *self)
{
  g_autoptr (MashRecord) concern = mash_store_lookup (self->hub->store, "adult-concern",
                                                      self->contact->adult);
  gboolean met = g_strcmp0 (mash_record_get_text (concern, "unable"), "Y") == 0;
  MashEdit *edit = mash_training_hub_alter (self->hub, "adult-concern", self->contact->adult);

  mash_training_put (edit, "decision", met ? "ENQ" : "CARE");
  mash_training_put (edit, "decision-reason", met ? "All three parts of the test are met."
                                                  : "Not all are met; her needs are looked at.");
}

void
mash_training_fill_follow_adult (MashTrainingDoing *self)
{
  MashEdit *edit = mash_training_hub_alter (self->hub, "adult-concern", self->contact->adult);

  mash_training_doing_put_words (self, edit, "lead", MASH_TRAINING_ACCEPTER);
  mash_training_put (edit, "follow-up", "Will see her alone tomorrow, at the surgery.");
}

void
mash_training_fill_acknowledge (MashTrainingDoing *self)
{
  MashEdit *edit = mash_training_doing_keep (self, "case-link", &self->contact->link);

  mash_training_put (edit, "open-contact", self->contact->target->id);
  mash_training_put (edit, "case-holder", "Aled Sorrel");
  mash_training_put (edit, "how", "Telephone");
  mash_training_put_time (edit, "told-at", self->step->at - 2 * MASH_TIME_MINUTE);
  mash_training_put_time (edit, "acknowledged-at", self->step->at - MASH_TIME_MINUTE);
  mash_training_put (edit, "acknowledged-by", "Aled Sorrel");
}

void
mash_training_fill_feedback (MashTrainingDoing *self)
{
  gboolean told = self->contact->referrer->wants_to_know;
  MashEdit *edit;

  if (self->contact->disposal != NULL)
    {
      edit = mash_training_hub_alter (self->hub, "disposal", self->contact->disposal);
    }
  else
    {
      edit = mash_training_doing_keep (self, "disposal", &self->contact->disposal);
      mash_training_put (edit, "decision", self->contact->decision);
      mash_training_put (edit, "receiver", "Referrer");
    }
  if (told)
    mash_training_put_time (edit, "feedback-to-referrer-at", self->step->at);
  mash_training_doing_put_words (self, edit, told ? "feedback-text" : "not-told-reason",
                                 told ? MASH_TRAINING_TOLD : MASH_TRAINING_NOT_TOLD);
}

void
mash_training_fill_reopen (MashTrainingDoing *self)
{
  static const char what[] = "A brother nobody had named came to school today with the same worry.";
  MashEdit *edit = mash_training_doing_add (self, "reopening");

  mash_group_set_reason (self->group, what);
  mash_training_put (edit, "reason", "LATE");
  mash_training_put (edit, "text", what);
}
