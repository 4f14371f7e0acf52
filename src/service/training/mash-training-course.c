/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include <string.h>

#include "mash-deed.h"
#include "mash-time.h"
#include "mash-training-contact.h"

/* The way of one contact while it is laid down. */
typedef struct
{
  MashTrainingHub     *hub;
  MashTrainingContact *contact;
  MashTrainingRandom  *random;
  GArray              *steps;
  guint                index;
  guint                first;  /* its first step in @steps */
  gint64               at;
} Course;

static MashTrainingStep *
get_step (Course *self,
          guint   i)
{
  return &g_array_index (self->steps, MashTrainingStep, i);
}

/* Goes on by so many minutes, a second at least: of the desk’s hours, or at once where a child
 * is in danger. */
static void
go (Course          *self,
    MashTrainingDeed deed,
    MashTrainingSeat who,
    guint            from,
    guint            to)
{
  guint seconds = mash_training_random_range (self->random, from * 60, to * 60);
  gint64 length = MAX (seconds, 1) * MASH_TIME_SECOND;
  MashTrainingStep step = {
    .contact = self->index, .order = self->steps->len - self->first, .deed = deed, .who = who,
  };

  self->at = self->contact->grave
             ? self->at + length
             : mash_calendar_add_open_time (self->hub->calendar, self->at, length);
  step.at = self->at;
  g_array_append_val (self->steps, step);
}

/* What is decided was decided in time for the hub’s present: a course that would have taken longer
 * was quicker. */
static void
squeeze (Course *self)
{
  gint64 start = self->contact->entry.received;
  gint64 limit = self->hub->until -
                 mash_training_random_range (self->random, 4, 150) * MASH_TIME_MINUTE;
  guint n = self->steps->len - self->first;

  if (self->at <= limit)
    return;

  for (guint i = 0; i < n; i++)
    get_step (self, self->first + i)->at = start + (limit - start) / n * (i + 1);
  self->at = limit;
}

/* What would be done after the hub’s present is not done yet. */
static void
cut (Course *self)
{
  while (self->steps->len > self->first &&
         get_step (self, self->steps->len - 1)->at >= self->hub->until)
    g_array_set_size (self->steps, self->steps->len - 1);
}

static void
begin (Course *self)
{
  MashTrainingContact *contact = self->contact;
  gboolean called = strcmp (contact->referrer->channel, "PHONE") == 0;
  gboolean partner = strcmp (contact->referrer->channel, "PARTNER") == 0 &&
                     strcmp (contact->referrer->source, "5D") == 0;

  go (self, MASH_TRAINING_CREATE, partner ? MASH_TRAINING_EARLY_HELP : MASH_TRAINING_OFFICER,
      called ? 1 : 3, called ? 6 : 35);
  go (self, MASH_TRAINING_SCREEN, contact->screener, 5, 50);
  if (mash_words_contain ("O06 O07", contact->outcome))
    go (self, MASH_TRAINING_MARK_HARM, contact->worker, 1, 5);
  if (called)
    go (self, MASH_TRAINING_ADD_DOCUMENT, contact->screener, 5, 90);
  if (contact->family != NULL && mash_training_random_chance (self->random, 12))
    {
      go (self, MASH_TRAINING_CHASE, contact->screener, 3, 15);
      go (self, MASH_TRAINING_ANSWER, contact->screener, 20, 200);
      go (self, MASH_TRAINING_CALL_BACK, contact->screener, 1, 4);
    }
  if (mash_training_random_chance (self->random, 8))
    go (self, MASH_TRAINING_NOTE, contact->screener, 2, 40);
}

/* Sent to whoever takes it on, who now and then refuses it once. */
static void
hand_over (Course *self)
{
  go (self, MASH_TRAINING_SEND, MASH_TRAINING_OFFICER, 2, 30);
  if (mash_training_random_chance (self->random, 3))
    {
      go (self, MASH_TRAINING_REFUSE_HAND_OVER, MASH_TRAINING_OFFICER, 30, 200);
      go (self, MASH_TRAINING_SEND, MASH_TRAINING_OFFICER, 10, 90);
    }
  go (self, MASH_TRAINING_HAND_OVER, MASH_TRAINING_OFFICER, 15, 400);
}

static void
give_help (Course *self)
{
  go (self, MASH_TRAINING_SEND, MASH_TRAINING_OFFICER, 2, 30);
  go (self, MASH_TRAINING_ACCEPT_HELP, MASH_TRAINING_EARLY_HELP, 15, 300);
  go (self, MASH_TRAINING_AGREE_HELP, MASH_TRAINING_EARLY_HELP, 20, 500);
}

/* The family does not want it after all, and the manager decides again. */
static void
decline_help (Course *self)
{
  MashTrainingContact *contact = self->contact;

  contact->again = "O12";
  go (self, MASH_TRAINING_SEND, MASH_TRAINING_OFFICER, 2, 30);
  go (self, MASH_TRAINING_ACCEPT_HELP, MASH_TRAINING_EARLY_HELP, 15, 200);
  go (self, MASH_TRAINING_DECLINE_HELP, MASH_TRAINING_EARLY_HELP, 20, 400);
  go (self, MASH_TRAINING_DECIDE_AGAIN, contact->manager, 20, 200);
  go (self, MASH_TRAINING_RESUME, contact->worker, 5, 60);
  go (self, MASH_TRAINING_ANALYSE, contact->worker, 15, 60);
  go (self, MASH_TRAINING_RECOMMEND, contact->worker, 5, 40);
  go (self, MASH_TRAINING_APPROVE, contact->manager, 15, 160);
}

static void
look_after_adult (Course *self)
{
  go (self, MASH_TRAINING_RAISE_ADULT, self->contact->worker, 3, 20);
  go (self, MASH_TRAINING_TEST_ADULT, self->contact->worker, 10, 60);
  go (self, MASH_TRAINING_DECIDE_ADULT, self->contact->manager, 10, 120);
  go (self, MASH_TRAINING_FOLLOW_ADULT, self->contact->worker, 10, 120);
}

/* The record goes out, the child is seen, what was agreed is done, and a conference is held. */
static void
follow_up (Course *self)
{
  MashTrainingContact *contact = self->contact;

  go (self, MASH_TRAINING_SD_PREVIEW, contact->manager, 5, 30);
  go (self, MASH_TRAINING_SD_COPIES, contact->manager, 1, 10);
  go (self, MASH_TRAINING_SD_SEEN, contact->worker, 60, 600);
  go (self, MASH_TRAINING_SD_POLICE_DONE, MASH_TRAINING_POLICE, 60, 1200);
  go (self, MASH_TRAINING_SD_CARE_DONE, contact->worker, 60, 1200);
}

/* The strategy discussion, with social care, police and health, and its record. Those of the last
 * days have come to different points. */
static void
discuss (Course *self)
{
  enum { RUNNING, DECIDED, RECORDED, ASKED, HALF_SIGNED, REFUSED, SIGNED, WHOLE };
  MashTrainingContact *contact = self->contact;
  gboolean recent = self->hub->until - self->at < 9 * MASH_TIME_DAY;
  guint far = recent ? mash_training_random_below (self->random, WHOLE + 1) : WHOLE;

  contact->without_health = mash_training_random_chance (self->random, 9);
  contact->dissents = !contact->without_health && mash_training_random_chance (self->random, 8);
  go (self, MASH_TRAINING_SD_START, contact->manager, 5, 45);
  go (self, MASH_TRAINING_SD_ATTEND, contact->manager, 1, 4);
  go (self, MASH_TRAINING_SD_POLICE, MASH_TRAINING_POLICE, 4, 12);
  if (!contact->without_health)
    go (self, MASH_TRAINING_SD_HEALTH, MASH_TRAINING_HEALTH, 2, 8);
  if (far == RUNNING)
    return;
  go (self, MASH_TRAINING_SD_DECIDE, contact->manager, 5, 20);
  if (far == DECIDED)
    return;
  if (contact->without_health)
    go (self, MASH_TRAINING_SD_EXCEPT, contact->manager, 2, 6);
  go (self, MASH_TRAINING_SD_FINISH, contact->manager, 1, 6);
  if (far == RECORDED)
    return;
  go (self, MASH_TRAINING_SD_ASK, contact->manager, 2, 40);
  if (far == ASKED)
    return;
  go (self, MASH_TRAINING_SD_SIGN_CHAIR, contact->manager, 1, 10);
  if (far == HALF_SIGNED)
    return;
  if (far == REFUSED && !contact->without_health)
    {
      go (self, MASH_TRAINING_SD_REFUSE, MASH_TRAINING_HEALTH, 5, 40);
      return;
    }
  if (!contact->without_health)
    go (self, MASH_TRAINING_SD_SIGN_HEALTH, MASH_TRAINING_HEALTH, 5, 120);
  go (self, MASH_TRAINING_SD_SIGN_POLICE, MASH_TRAINING_POLICE, 5, 150);
  if (far == WHOLE)
    follow_up (self);
}

static gboolean
is_discussed (Course *self)
{
  return strcmp (self->contact->entry.outcome, "O06") == 0 && self->contact->family != NULL;
}

static void
end (Course *self)
{
  static const char no_receiver[] = "O01 O02 O12 O16 O20";
  MashTrainingContact *contact = self->contact;
  gboolean help = mash_words_contain ("O03 O04", contact->entry.outcome);
  gboolean declined = help && contact->again == NULL &&
                      mash_training_random_chance (self->random, 4);

  if (is_discussed (self))
    discuss (self);
  else if (mash_words_contain ("O06 O07", contact->entry.outcome))
    go (self, MASH_TRAINING_RECORD_DISCUSSION, contact->manager, 5, 45);
  if (declined)
    decline_help (self);
  else if (help)
    give_help (self);
  else if (!mash_words_contain (no_receiver, contact->entry.outcome))
    hand_over (self);
  go (self, MASH_TRAINING_FEEDBACK, MASH_TRAINING_OFFICER, 5, 220);
  if (help && !declined)
    go (self, MASH_TRAINING_START_HELP, MASH_TRAINING_EARLY_HELP, 60, 1500);
  /* What a discussion began goes on with the team that has it. */
  if (is_discussed (self))
    {
      if (get_step (self, self->steps->len - 1)->at < self->hub->until - 18 * MASH_TIME_DAY)
        go (self, MASH_TRAINING_SD_CONFERENCE, contact->worker, 13000, 20000);
      return;
    }
  if (mash_training_random_chance (self->random, 40))
    go (self, MASH_TRAINING_CLOSE, contact->manager, 60, 1100);
  else
    go (self, MASH_TRAINING_CLOSE_DONE, MASH_TRAINING_OFFICER, 0, 1);
  if (mash_training_random_chance (self->random, 1))
    go (self, MASH_TRAINING_REOPEN, contact->manager, 600, 3000);
}

static void
give_advice (Course *self)
{
  MashTrainingContact *contact = self->contact;

  go (self, MASH_TRAINING_ADVISE, contact->screener, 3, 30);
  go (self, MASH_TRAINING_RECOMMEND_ADVICE, contact->screener, 2, 20);
  go (self, MASH_TRAINING_APPROVE, contact->manager, 15, 160);
}

static void
analyse (Course *self)
{
  MashTrainingContact *contact = self->contact;
  gboolean help = mash_words_contain ("O03 O04", contact->outcome);

  go (self, MASH_TRAINING_ANALYSE, contact->worker, 15, 110);
  go (self, MASH_TRAINING_RECOMMEND, contact->worker, 5, 40);
  if (help)
    go (self, MASH_TRAINING_SAFETY_CHECK,
        contact->worker == MASH_TRAINING_WORKER ? MASH_TRAINING_WORKER_2 : MASH_TRAINING_WORKER,
        5, 45);
}

static gboolean
needs_flag (const MashTrainingContact *contact,
            MashTrainingRandom        *random)
{
  const MashTrainingFamily *family = contact->family;
  const MashTrainingPerson *last = mash_training_family_get (family, family->n_children - 1);

  return strcmp (last->role, "UNBORN") == 0 || family->confidential ||
         mash_training_random_chance (random, 6);
}

static gboolean
needs_adult (Course *self)
{
  if (strcmp (self->contact->outcome, "O10") == 0)
    return TRUE;

  return !(self->contact->gaps & MASH_TRAINING_WITHOUT_HOUSEHOLD) &&
         self->contact->family->people->len > self->contact->family->n_children &&
         mash_training_random_chance (self->random, 2);
}

/* Decided as early help first, and then stepped up, or refused and decided again: one contact, two
 * decisions (domain 7, scenario 14). */
static void
come_back (Course *self)
{
  MashTrainingContact *contact = self->contact;
  const char *outcome = contact->outcome;
  gboolean refused = mash_training_random_chance (self->random, 60);

  contact->outcome = "O04";
  go (self, MASH_TRAINING_GATHER, contact->worker, 2, 20);
  analyse (self);
  go (self, MASH_TRAINING_APPROVE, contact->manager, 15, 180);
  go (self, MASH_TRAINING_SEND, MASH_TRAINING_OFFICER, 2, 30);
  go (self, refused ? MASH_TRAINING_REFUSE_HELP : MASH_TRAINING_ACCEPT_HELP,
      MASH_TRAINING_EARLY_HELP, 15, 120);
  go (self, MASH_TRAINING_STEP_UP, MASH_TRAINING_EARLY_HELP, 5, 200);
  contact->outcome = outcome;
}

static void
look_into_it (Course *self)
{
  MashTrainingContact *contact = self->contact;
  gboolean changed = g_strcmp0 (contact->outcome, contact->entry.outcome) != 0;

  go (self, MASH_TRAINING_TRIAGE, contact->worker, 5, contact->grave ? 12 : 60);
  if (needs_flag (contact, self->random))
    go (self, MASH_TRAINING_FLAG, contact->worker, 1, 5);
  if (needs_adult (self))
    look_after_adult (self);
  if (contact->again != NULL)
    come_back (self);
  go (self, MASH_TRAINING_GATHER, contact->worker, 2, 20);
  analyse (self);
  if (!changed && mash_training_random_chance (self->random, 5))
    {
      go (self, MASH_TRAINING_RETURN, contact->manager, 15, 90);
      go (self, MASH_TRAINING_RESUME, contact->worker, 5, 60);
      analyse (self);
    }
  go (self, changed ? MASH_TRAINING_CHANGE_OUTCOME : MASH_TRAINING_APPROVE, contact->manager,
      contact->grave ? 5 : 15, contact->grave ? 40 : 180);
}

/* The urgency and the level that fit an outcome. */
static void
set_levels (MashTrainingContact *contact)
{
  static const struct
  {
    const char *outcomes;
    const char *brag[4];
    const char *level[2];
  } fitting[] = {
    { "O01", { "B", "B", "G", "G" }, { "1", "2" } },
    { "O02", { "B", "B", "B", "G" }, { "1", "1" } },
    { "O03", { "G", "G", "G", "A" }, { "2", "2" } },
    { "O04", { "G", "G", "A", "A" }, { "3", "2" } },
    { "O05", { "A", "A", "A", "G" }, { "S17", "S17" } },
    { "O06 O07", { "R", "R", "R", "R" }, { "S47", "S47" } },
    { "O12", { "G", "G", "B", "A" }, { "2", "1" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fitting); i++)
    {
      if (mash_words_contain (fitting[i].outcomes, contact->outcome))
        {
          contact->brag = mash_training_random_pick (&contact->random, fitting[i].brag);
          contact->level = mash_training_random_pick (&contact->random, fitting[i].level);
          return;
        }
    }

  contact->brag = mash_training_random_chance (&contact->random, 60) ? "A" : "G";
  contact->level = "4";
}

static void
set_people (MashTrainingContact *contact,
            gboolean             advice)
{
  gboolean first = mash_training_random_chance (&contact->random, 55);

  contact->worker = first ? MASH_TRAINING_WORKER : MASH_TRAINING_WORKER_2;
  contact->manager = mash_training_random_chance (&contact->random, 60) ? MASH_TRAINING_MANAGER
                                                                        : MASH_TRAINING_MANAGER_2;
  contact->screener = advice || mash_training_random_chance (&contact->random, 40)
                      ? MASH_TRAINING_OFFICER : contact->worker;
}

/**
 * mash_training_plan_course:
 * @hub: the hub
 * @self: a contact that is decided, and has been cast
 * @index: its place among all contacts
 * @steps: (element-type MashTrainingStep): its steps are added
 *
 * Lays down what is done on the contact, by whom and when. It is decided within the hub’s time;
 * what comes after that may be still to be done.
 */
void
mash_training_plan_course (MashTrainingHub     *hub,
                           MashTrainingContact *self,
                           guint                index,
                           GArray              *steps)
{
  gboolean advice = mash_words_contain ("O01 O02", self->entry.outcome);
  gboolean short_way = self->family == NULL ||
                       (advice && mash_training_random_chance (&self->random, 84));
  Course course = {
    .hub = hub, .contact = self, .random = &self->random, .steps = steps, .index = index,
    .first = steps->len, .at = self->entry.received,
  };

  self->outcome = self->entry.outcome;
  set_levels (self);
  set_people (self, advice);
  /* Now and then a manager decides otherwise than was recommended. */
  if (strcmp (self->outcome, "O05") == 0 && mash_training_random_chance (&self->random, 5))
    {
      self->outcome = "O12";
      self->level = "2";
    }
  /* Now and then it turns out that early help is not enough. */
  else if (strcmp (self->outcome, "O05") == 0 && mash_training_random_chance (&self->random, 4))
    self->again = "O05";

  begin (&course);
  if (short_way)
    give_advice (&course);
  else
    look_into_it (&course);
  squeeze (&course);
  if (self->again != NULL)
    self->outcome = "O04";
  end (&course);
  cut (&course);
}
