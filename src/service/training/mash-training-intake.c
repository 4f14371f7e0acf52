/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include <string.h>

#include "mash-time.h"
#include "mash-training-contact.h"
#include "mash-training-names.h"

/* What is being taken in. */
typedef struct
{
  MashTrainingHub     *hub;
  MashTrainingContact *contact;
  MashTrainingFamily  *family;
  MashGroup           *group;
  gint64               at;
} Intake;

static gboolean
has_gap (Intake          *self,
         MashTrainingGaps gap)
{
  return (self->contact->gaps & gap) != 0;
}

static MashEdit *
add (Intake     *self,
     const char *kind)
{
  return mash_training_hub_add (self->hub, self->group, kind, NULL);
}

static void
add_contact_point (Intake                   *self,
                   const MashTrainingPerson *person)
{
  MashEdit *edit;

  if (person->phone == NULL)
    return;

  edit = add (self, "contact-point");
  mash_training_put (edit, "person", person->id);
  mash_training_put (edit, "type", "PHONE");
  mash_training_put (edit, "value", person->phone);
  mash_training_put (edit, "safe-to-use", self->contact->grave ? "U" : "Y");
}

static void
add_other_name (Intake                   *self,
                const MashTrainingPerson *person)
{
  MashEdit *edit;

  if (person->other_surname == NULL)
    return;

  edit = add (self, "person-name");
  mash_training_put (edit, "person", person->id);
  mash_training_put (edit, "use", "PREV");
  mash_training_put (edit, "surname", person->other_surname);
  mash_training_put (edit, "forenames", person->forenames);
}

static void
put_birth (Intake                   *self,
           const MashTrainingPerson *person,
           MashEdit                 *edit,
           gboolean                  last)
{
  if (last && has_gap (self, MASH_TRAINING_WITHOUT_BIRTH) && person->birth != NULL)
    {
      g_autofree char *words = g_strdup_printf ("about %u", MAX (person->age, 1));

      mash_training_put (edit, "age-words", words);
      return;
    }

  mash_training_put (edit, "birth", person->birth);
  mash_training_put (edit, "expected-birth", person->due);
}

static void
add_person (Intake             *self,
            MashTrainingPerson *person,
            gboolean            last)
{
  gboolean child = mash_training_person_is_child (person);
  MashEdit *edit;

  person->id = mash_training_hub_make_id (self->hub);
  edit = mash_training_hub_add (self->hub, self->group, "person", person->id);
  mash_training_put (edit, "kind", person->kind);
  mash_training_put (edit, "status", "IDENTIFIED");
  mash_training_put (edit, "legal-surname", person->surname);
  mash_training_put (edit, "legal-forenames", person->forenames);
  mash_training_put (edit, "known-as", person->known_as);
  mash_training_put (edit, "sex", person->sex);
  put_birth (self, person, edit, last);
  mash_training_put (edit, "ethnicity", person->ethnicity);
  mash_training_put (edit, "first-language", person->language);
  mash_training_put (edit, "religion", person->religion);
  mash_training_put (edit, "nhs-number", person->nhs_number);
  mash_training_put (edit, "upn", person->upn);
  if (person->disability != NULL)
    mash_edit_set_set (edit, "disabilities", (const char *const[]) { person->disability, NULL });
  if (!child && self->family->interpreter)
    mash_training_put (edit, "interpreter", "Y");
  if (!last || !has_gap (self, MASH_TRAINING_WITHOUT_SCHOOL))
    {
      mash_training_put (edit, "school", person->school);
      mash_training_put (edit, "gp", person->surgery);
    }
  add_other_name (self, person);
  add_contact_point (self, person);
}

static void
add_relationships (Intake *self)
{
  for (guint i = self->family->n_children; i < self->family->people->len; i++)
    {
      const MashTrainingPerson *adult = mash_training_family_get (self->family, i);

      for (guint c = 0; c < self->family->n_children; c++)
        {
          gboolean last = c + 1 == self->family->n_children;
          MashEdit *edit;

          if ((adult->of & 1u << c) == 0)
            continue;
          edit = add (self, "relationship");
          mash_training_put (edit, "from-person", adult->id);
          mash_training_put (edit, "to-person", mash_training_family_get (self->family, c)->id);
          mash_training_put (edit, "type", adult->relation);
          if (!last || !has_gap (self, MASH_TRAINING_WITHOUT_PR))
            mash_training_put (edit, "parental-responsibility", adult->responsibility);
          mash_training_put (edit, "lives-with", adult->household_role != NULL ? "Y" : "N");
          mash_training_put (edit, "status", "CURRENT");
        }
    }
}

static void
add_household (Intake *self)
{
  MashTrainingFamily *family = self->family;
  MashEdit *edit;

  if (!has_gap (self, MASH_TRAINING_WITHOUT_ADDRESS))
    {
      family->address = mash_training_hub_make_id (self->hub);
      edit = mash_training_hub_add (self->hub, self->group, "address", family->address);
      mash_training_put (edit, "line1", family->street);
      mash_training_put (edit, "town", "Wealdbridge");
      mash_training_put (edit, "postcode", family->postcode);
      mash_training_put (edit, "ward", family->ward);
      mash_training_put (edit, "type", family->confidential ? "REFUGE" : "HOME");
      if (family->confidential)
        mash_edit_set_flag (edit, "confidential", TRUE);
    }
  family->household = mash_training_hub_make_id (self->hub);
  edit = mash_training_hub_add (self->hub, self->group, "household", family->household);
  mash_training_put (edit, "address", family->address);
  mash_training_put (edit, "label", mash_training_family_get (family, 0)->surname);

  for (guint i = 0; i < family->people->len; i++)
    {
      const MashTrainingPerson *person = mash_training_family_get (family, i);

      if (person->household_role == NULL)
        continue;
      edit = add (self, "household-member");
      mash_training_put (edit, "household", family->household);
      mash_training_put (edit, "person", person->id);
      mash_training_put (edit, "role", person->household_role);
      mash_training_put (edit, "certainty", "LIKELY");
    }
}

/* A family that was here before is there already: it is found, not made again. */
static void
add_family (Intake *self)
{
  MashTrainingFamily *family = self->family;

  if (family->household != NULL)
    return;

  for (guint i = 0; i < family->people->len; i++)
    add_person (self, mash_training_family_get (family, i),
                family->n_children > 0 && i + 1 == family->n_children);
  add_household (self);
  add_relationships (self);
}

static void
add_subjects (Intake *self)
{
  MashTrainingContact *contact = self->contact;

  for (guint i = 0; i < self->family->people->len; i++)
    {
      const MashTrainingPerson *person = mash_training_family_get (self->family, i);
      gboolean child = mash_training_person_is_child (person);
      g_autofree char *id = mash_training_hub_make_id (self->hub);
      MashEdit *edit = mash_training_hub_add (self->hub, self->group, "contact-subject", id);

      mash_training_put (edit, "person", person->id);
      mash_training_put (edit, "role", person->role);
      if (i == 0)
        mash_edit_set_flag (edit, "primary", TRUE);
      if (child)
        {
          mash_training_put (edit, "pathway", "CHILD");
          g_ptr_array_add (contact->subjects, g_steal_pointer (&id));
        }
    }
}

static void
add_referrer (Intake *self)
{
  const MashTrainingReferrer *referrer = self->contact->referrer;
  MashEdit *edit = add (self, "referrer");

  mash_training_put (edit, "type", referrer->type);
  mash_training_put (edit, "name", referrer->name);
  mash_training_put (edit, "role", referrer->role);
  mash_training_put (edit, "agency-name", referrer->organisation);
  if (!has_gap (self, MASH_TRAINING_WITHOUT_PHONE))
    mash_training_put (edit, "phone", referrer->phone);
  mash_edit_set_flag (edit, "feedback-wanted", referrer->wants_to_know);
  /* Who is no professional is protected until somebody says otherwise (domain, NOT-04). */
  if (strcmp (referrer->type, "PROF") != 0 && strcmp (referrer->type, "SELF") != 0)
    {
      mash_edit_set_flag (edit, "identity-protected", TRUE);
      mash_training_put (edit, "protect-reason", "Not a professional; asks not to be named");
    }
}

static void
add_concern (Intake *self)
{
  MashTrainingContact *contact = self->contact;
  const MashTrainingPerson *child = mash_training_family_get (self->family, 0);
  g_autofree char *when = mash_time_dup_local_date (contact->entry.received -
                                                    mash_training_random_below (&contact->random, 3)
                                                    * MASH_TIME_DAY);
  MashEdit *edit = add (self, "concern");

  mash_training_put (edit, "person", child->id);
  mash_training_put (edit, "factor", contact->factor);
  mash_training_put (edit, "category", contact->category);
  mash_training_put (edit, "what-happened", contact->detail);
  mash_training_put (edit, "when", when);
}

/* What was agreed, and by whom; the three things are kept apart (domain 3.3). */
static void
add_agreement (Intake *self)
{
  static const char *const given[] = { "GIV", "GIV", "GIV", "GIV", "PAR", "NRE", "REF", "UNK" };
  MashTrainingContact *contact = self->contact;
  gboolean grave = contact->grave;
  MashEdit *edit = add (self, "agreement");
  const char *status = grave ? "NAP" : mash_training_random_pick (&contact->random, given);

  mash_training_put (edit, "purpose", "REFERRAL");
  mash_training_put (edit, "status", status);
  if (strcmp (status, "GIV") == 0 && self->family->people->len > self->family->n_children)
    {
      mash_training_put (edit, "given-by",
                         mash_training_family_get (self->family, self->family->n_children)->id);
      mash_training_put (edit, "capacity", "PARENTPR");
      mash_training_put (edit, "how", "By telephone, by the referrer");
    }
  if (grave)
    mash_training_put (edit, "reason", "Asking first could raise the risk to the child.");
}

static void
add_informing (Intake *self)
{
  static const char *const told[] = {
    "TOLD", "TOLD", "TOLD", "TOLD", "NOT_YET", "REFUSED_CONTACT",
  };
  gboolean grave = self->contact->grave;
  MashEdit *edit = add (self, "informing");

  mash_training_put (edit, "told",
                     grave ? "NOT_SAFE" : mash_training_random_pick (&self->contact->random, told));
  if (grave)
    mash_training_put (edit, "reason-not", "To be decided with the police first.");
}

static void
add_contact (Intake *self)
{
  MashTrainingContact *contact = self->contact;
  MashEdit *edit = mash_training_hub_add (self->hub, self->group, "contact", contact->id);
  int day = mash_time_get_local_day (contact->entry.received);
  gint64 opens = mash_time_from_local_day (day, 8 * MASH_TIME_HOUR + 30 * MASH_TIME_MINUTE);
  gint64 closes = mash_time_from_local_day (day, 17 * MASH_TIME_HOUR);

  mash_training_put (edit, "kind", contact->kind);
  mash_training_put (edit, "channel", contact->referrer->channel);
  mash_training_put_time (edit, "received-at", contact->entry.received);
  mash_edit_set_flag (edit, "received-out-of-hours",
                      !mash_calendar_works_on (self->hub->calendar, day) ||
                      contact->entry.received < opens || contact->entry.received >= closes);
  mash_training_put (edit, "source", contact->referrer->source);
  mash_training_put (edit, "presenting-concern", contact->line);
  mash_training_put (edit, "immediate-danger", contact->grave ? "U" : "N");
  mash_edit_set_flag (edit, "whole-family-listed",
                      self->family != NULL && !has_gap (self, MASH_TRAINING_WITHOUT_HOUSEHOLD));
  if (self->family == NULL)
    mash_training_put (edit, "consultation-question", contact->detail);
  else
    {
      mash_training_put (edit, "ward", self->family->ward);
      mash_training_put (edit, "locality", mash_training_get_locality (self->family->ward));
    }
}

/**
 * mash_training_fill_create:
 * @hub: the hub
 * @self: a contact that is not in it yet
 * @group: an empty group on the contact
 * @at: when it is keyed
 *
 * Adds everything that the referral says.
 */
void
mash_training_fill_create (MashTrainingHub     *hub,
                           MashTrainingContact *self,
                           MashGroup           *group,
                           gint64               at)
{
  Intake intake = { hub, self, self->family, group, at };

  add_contact (&intake);
  add_referrer (&intake);
  if (self->family == NULL)
    return;

  self->repeated = self->family->household != NULL;
  add_family (&intake);
  add_subjects (&intake);
  add_concern (&intake);
  if (!has_gap (&intake, MASH_TRAINING_WITHOUT_AGREEMENT))
    add_agreement (&intake);
  if (!has_gap (&intake, MASH_TRAINING_WITHOUT_INFORMING))
    add_informing (&intake);
}
