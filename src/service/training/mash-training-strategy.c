/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include <string.h>

#include "mash-circulation.h"
#include "mash-signing.h"
#include "mash-store-strategy.h"
#include "mash-time.h"
#include "mash-training-doing.h"

/* Strategy discussions of a training hub: each agency writes its own part, and signs it or not. */

/* For so long what was agreed may still be on its way. */
#define RECENT (9 * MASH_TIME_DAY)

static GPtrArray *
list (MashTrainingDoing *self,
      const char        *kind)
{
  return mash_store_list (self->hub->store, kind, "discussion", self->contact->discussion);
}

static MashEdit *
add (MashTrainingDoing *self,
     const char        *kind)
{
  MashEdit *edit = mash_training_doing_add (self, kind);

  mash_training_put (edit, "discussion", self->contact->discussion);

  return edit;
}

static char *
dup_agency (MashTrainingDoing *self,
            MashTrainingSeat   seat)
{
  g_autoptr (MashRecord) post = mash_store_lookup (self->hub->store, "post",
                                                   self->hub->posts[seat]);

  return g_strdup (mash_record_get_text (post, "agency"));
}

static MashEdit *
alter_discussion (MashTrainingDoing *self)
{
  return mash_training_hub_alter (self->hub, "strategy-discussion", self->contact->discussion);
}

static gint64
find_need (MashTrainingDoing *self)
{
  g_autoptr (GPtrArray) clocks = mash_store_list (self->hub->store, "clock", "contact",
                                                  self->contact->id);
  gint64 need;

  for (guint i = 0; i < clocks->len; i++)
    {
      MashRecord *clock = g_ptr_array_index (clocks, i);

      if (g_strcmp0 (mash_record_get_text (clock, "type"), "T05") == 0 &&
          mash_time_parse (mash_record_get_text (clock, "started-at"), &need))
        return need;
    }

  return self->step->at - MASH_TIME_HOUR;
}

void
mash_training_discuss_start (MashTrainingDoing *self)
{
  static const char *const modes[] = { "VIDEO", "VIDEO", "FACE", "CONF", "MIXED", "SERIES" };
  static const char *const triggers[] = { "NEWREF", "NEWREF", "DISCLOSURE", "INJURY", "NEWINFO" };
  const MashDiscussionStart start = {
    .trigger = mash_training_random_pick (&self->contact->random, triggers),
    .mode = mash_training_random_pick (&self->contact->random, modes),
    .chair = self->hub->staff[self->step->who],
    .need = find_need (self),
    .started = self->step->at - MASH_TIME_MINUTE,
  };
  g_autoptr (MashGroup) begun = mash_store_begin_discussion (self->hub->store, self->contact->id,
                                                             &start, NULL);

  g_return_if_fail (begun != NULL);

  for (guint i = 0; i < mash_group_get_n_edits (begun); i++)
    {
      MashEdit *edit = mash_edit_copy (mash_group_get_edit (begun, i));

      if (i == 0)
        {
          self->contact->discussion = g_strdup (mash_edit_get_id (edit));
          mash_training_put (edit, "minute-taker", self->hub->staff[self->step->who]);
        }
      mash_group_take_edit (self->group, edit);
    }
}

static gboolean
is_of (MashRecord *participant,
       const char *agency)
{
  return g_strcmp0 (mash_record_get_text (participant, "agency"), agency) == 0;
}

void
mash_training_discuss_attend (MashTrainingDoing *self)
{
  g_autoptr (GPtrArray) participants = list (self, "sd-participant");
  g_autofree char *health = dup_agency (self, MASH_TRAINING_HEALTH);

  for (guint i = 0; i < participants->len; i++)
    {
      MashRecord *participant = g_ptr_array_index (participants, i);
      MashEdit *edit = mash_training_hub_alter (self->hub, "sd-participant",
                                                mash_record_get_id (participant));
      gboolean seated = mash_record_has (participant, "staff");

      if (!seated)
        {
          mash_training_put (edit, "attended", "REPORT");
          mash_edit_set_flag (edit, "sent-report", TRUE);
        }
      else if (self->contact->without_health && is_of (participant, health))
        {
          mash_training_put (edit, "attended", "NOREPLY");
          mash_training_put (edit, "absent-reason", "Called three times; nobody free to join.");
        }
      else
        {
          mash_training_put (edit, "attended", "PRESENT");
          mash_edit_set_flag (edit, "senior", TRUE);
          mash_training_put_time (edit, "arrived-at", self->step->at - MASH_TIME_MINUTE);
        }
    }
}

/* What an agency says, knows and thinks. */
static void
speak (MashTrainingDoing *self,
       const char        *note,
       const char        *knows,
       const char        *position,
       const char        *view)
{
  g_autofree char *agency = dup_agency (self, self->step->who);
  MashEdit *edit = add (self, "sd-note");

  mash_training_put_time (edit, "at", self->step->at - 2 * MASH_TIME_MINUTE);
  mash_training_put (edit, "agency", agency);
  mash_training_put (edit, "topic", "INFO");
  mash_training_put (edit, "text", note);

  edit = add (self, "sd-paragraph");
  mash_training_put (edit, "agency", agency);
  mash_edit_set_int (edit, "position", 1);
  mash_training_put (edit, "text", knows);
  mash_training_put (edit, "basis", "FACT");
  mash_training_put (edit, "source", "1");
  mash_training_put (edit, "reliability", "A");
  mash_training_put (edit, "condition", "P");

  edit = add (self, "sd-view");
  mash_training_put (edit, "agency", agency);
  mash_training_put (edit, "position", position);
  mash_training_put (edit, "text", view);
}

void
mash_training_discuss_police (MashTrainingDoing *self)
{
  static const char *const known[] = {
    "Two calls to the address in the last year, both for shouting; nobody arrested.",
    "One caution for assault in 2021. No bail conditions now.",
    "Nothing is known at this address. The vehicle belongs to a friend of the family.",
  };

  speak (self, "Will hold the scene until the medical is done.",
         mash_training_random_pick (&self->contact->random, known), "AGREE", NULL);
}

void
mash_training_discuss_health (MashTrainingDoing *self)
{
  static const char *const known[] = {
    "Seen twice at the surgery since spring, each time with a parent who answered for the child.",
    "Immunisations up to date. The health visitor last saw the family in September.",
    "One attendance at the emergency department, a fall, with an account that fitted.",
  };
  gboolean dissents = self->contact->dissents;

  speak (self, "The pattern is unusual for a child of this age.",
         mash_training_random_pick (&self->contact->random, known), dissents ? "DISS" : "AGREE",
         dissents ? "We would have had the child seen by a paediatrician before anything is "
         "decided." : NULL);
}

static void
add_action (MashTrainingDoing *self,
            const char        *what,
            const char        *owner,
            const char        *agency,
            guint              hours)
{
  MashEdit *edit = add (self, "sd-action");

  mash_training_put (edit, "what", what);
  mash_training_put (edit, "owner", owner);
  mash_training_put (edit, "owner-agency", agency);
  mash_training_put_time (edit, "due-at", self->step->at + hours * MASH_TIME_HOUR);
}

static void
plan (MashTrainingDoing *self)
{
  g_autoptr (GPtrArray) plans = list (self, "sd-plan");
  MashEdit *edit;

  if (plans->len == 0)
    return;

  edit = mash_training_hub_alter (self->hub, "sd-plan",
                                  mash_record_get_id (g_ptr_array_index (plans, 0)));
  mash_training_put (edit, "medical", "NOTNEEDED");
  mash_training_put (edit, "medical-why-not", "Considered by those present; no mark is described.");
  mash_training_put (edit, "abe", "PLANNED");
  mash_training_put (edit, "parents-told", "NOT_YET");
  mash_training_put (edit, "parents-told-what", "That a social worker comes today, and why.");
  mash_training_put (edit, "parents-withheld", "What the child said, until after the interview.");
}

void
mash_training_discuss_decide (MashTrainingDoing *self)
{
  g_autoptr (GPtrArray) children = list (self, "sd-child");
  g_autofree char *care = dup_agency (self, self->step->who);
  g_autofree char *police = dup_agency (self, MASH_TRAINING_POLICE);
  g_autofree char *health = dup_agency (self, MASH_TRAINING_HEALTH);
  MashEdit *edit;

  for (guint i = 0; i < children->len; i++)
    {
      gboolean s47 = i == 0 || mash_training_random_chance (&self->contact->random, 60);

      edit = mash_training_hub_alter (self->hub, "sd-child",
                                      mash_record_get_id (g_ptr_array_index (children, i)));
      mash_training_put (edit, "threshold-met", s47 ? "Y" : "N");
      mash_training_put (edit, "decision", s47 ? "S47J" : "NOS47_S17");
      mash_training_put (edit, "lead-agency", care);
      mash_training_put (edit, "category", s47 ? self->contact->category : NULL);
      mash_training_put (edit, "rationale",
                         s47 ? "There is reasonable cause to suspect significant harm."
                             : "Not named in the concern; seen and heard in the same visit.");
    }
  edit = add (self, "sd-view");
  mash_training_put (edit, "agency", care);
  mash_training_put (edit, "position", "AGREE");
  plan (self);
  add_action (self, "See the child alone, at school, before the parents are told",
              mash_training_hub_get_name (self->contact->worker), care, 8);
  add_action (self, "Take the first account and look after what was found",
              mash_training_hub_get_name (MASH_TRAINING_POLICE), police, 30);
  /* What takes longer is still to be done where it was agreed of late. */
  if (self->hub->until - self->step->at < RECENT)
    add_action (self, "Write the health chronology for the conference",
                mash_training_hub_get_name (MASH_TRAINING_HEALTH), health, 240);
}

void
mash_training_discuss_except (MashTrainingDoing *self)
{
  MashEdit *edit = alter_discussion (self);

  mash_training_put (edit, "exception-reason",
                     "The health desk was called three times and could not send anybody.");
  mash_training_put (edit, "exception-risk",
                     "The children are with their grandmother tonight and are seen there.");
  mash_training_put_time (edit, "next-at", self->step->at + 5 * MASH_TIME_HOUR);
}

void
mash_training_discuss_finish (MashTrainingDoing *self)
{
  mash_training_put_time (alter_discussion (self), "ended-at", self->step->at - MASH_TIME_SECOND);
}

void
mash_training_discuss_ask (MashTrainingDoing *self)
{
  mash_training_put_time (alter_discussion (self), "asked-at", self->step->at);
}

/* The newest request to sign in one capacity; the signer has read what stands. */
static MashEdit *
alter_request (MashTrainingDoing *self,
               const char        *capacity)
{
  g_autoptr (GPtrArray) requests = list (self, "sd-request");

  for (guint i = requests->len; i > 0; i--)
    {
      MashRecord *request = g_ptr_array_index (requests, i - 1);

      if (g_strcmp0 (mash_record_get_text (request, "capacity"), capacity) == 0)
        return mash_training_hub_alter (self->hub, "sd-request", mash_record_get_id (request));
    }

  g_return_val_if_reached (NULL);
}

static void
sign (MashTrainingDoing *self,
      const char        *capacity)
{
  g_autofree char *hash = mash_signing_hash_content (MASH_FACTS (self->hub->store),
                                                     self->contact->discussion);

  mash_training_put (alter_request (self, capacity), "seen-hash", hash);
}

void
mash_training_discuss_sign_chair (MashTrainingDoing *self)
{
  sign (self, "CHAIR");
}

void
mash_training_discuss_sign_police (MashTrainingDoing *self)
{
  sign (self, "POLICE");
}

void
mash_training_discuss_sign_health (MashTrainingDoing *self)
{
  sign (self, "HEALTH");
}

void
mash_training_discuss_refuse_to_sign (MashTrainingDoing *self)
{
  mash_group_set_reason (self->group, "What I said on the earlier attendance is not in it.");
  mash_training_put_time (alter_request (self, "HEALTH"), "answered-at", self->step->at);
}

/* The family hears of it from the social worker. */
void
mash_training_discuss_preview (MashTrainingDoing *self)
{
  g_autoptr (GPtrArray) recipients = mash_circulation_list_recipients (
    MASH_FACTS (self->hub->store), self->contact->discussion);

  for (guint i = 0; i < recipients->len; i++)
    {
      const MashRecipient *recipient = g_ptr_array_index (recipients, i);
      MashEdit *edit;

      if (!recipient->due)
        continue;
      edit = add (self, "sd-circulation");
      mash_training_put (edit, "variant", recipient->variant);
      mash_training_put (edit, "recipient", recipient->name);
      if (recipient->agency != NULL)
        mash_training_put (edit, "recipient-agency", recipient->agency);
      mash_edit_set_int (edit, "withheld-count", 0);
    }
}

void
mash_training_discuss_copies (MashTrainingDoing *self)
{
  g_autoptr (GPtrArray) copies = list (self, "sd-circulation");

  for (guint i = 0; i < copies->len; i++)
    {
      MashEdit *edit = mash_training_hub_alter (self->hub, "sd-circulation",
                                                mash_record_get_id (g_ptr_array_index (copies,
                                                                                       i)));

      mash_training_put_time (edit, "sent-at", self->step->at - MASH_TIME_SECOND);
      mash_training_put (edit, "how", "Handed over in the room");
    }
}

void
mash_training_discuss_seen (MashTrainingDoing *self)
{
  g_autoptr (GPtrArray) enquiries = list (self, "sd-enquiry");

  for (guint i = 0; i < enquiries->len; i++)
    {
      MashEdit *edit = mash_training_hub_alter (self->hub, "sd-enquiry",
                                                mash_record_get_id (
                                                  g_ptr_array_index (enquiries, i)));

      mash_training_put_time (edit, "seen-at", self->step->at - 20 * MASH_TIME_MINUTE);
      mash_training_put (edit, "seen-by", mash_training_hub_get_name (self->step->who));
      mash_training_put (edit, "seen-alone", "Y");
    }
}

/* The open action of the agency of whoever does the step. */
static void
finish_action (MashTrainingDoing *self,
               const char        *outcome)
{
  g_autoptr (GPtrArray) actions = list (self, "sd-action");
  g_autofree char *agency = dup_agency (self, self->step->who);

  mash_group_set_reason (self->group, outcome);
  for (guint i = 0; i < actions->len; i++)
    {
      MashRecord *action = g_ptr_array_index (actions, i);

      if (g_strcmp0 (mash_record_get_text (action, "owner-agency"), agency) != 0)
        continue;
      mash_training_put_time (mash_training_hub_alter (self->hub, "sd-action",
                                                       mash_record_get_id (action)),
                              "ended-at", self->step->at);
      return;
    }
}

void
mash_training_discuss_care_done (MashTrainingDoing *self)
{
  finish_action (self, "Seen alone at school; the account is in the notes.");
}

void
mash_training_discuss_police_done (MashTrainingDoing *self)
{
  finish_action (self, "First account taken, and photographs.");
}

void
mash_training_discuss_conference (MashTrainingDoing *self)
{
  g_autoptr (GPtrArray) enquiries = list (self, "sd-enquiry");

  for (guint i = 0; i < enquiries->len; i++)
    {
      MashEdit *edit = mash_training_hub_alter (self->hub, "sd-enquiry",
                                                mash_record_get_id (
                                                  g_ptr_array_index (enquiries, i)));

      mash_training_put_time (edit, "conference-at", self->step->at - MASH_TIME_HOUR);
      mash_training_put_time (edit, "assessed-at", self->step->at - 2 * MASH_TIME_HOUR);
    }
}
