/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include <string.h>

#include "mash-deed.h"
#include "mash-time.h"
#include "mash-training-contact.h"
#include "mash-training-words.h"

/* What is about to be done. */
typedef struct
{
  MashTrainingHub        *hub;
  MashTrainingContact    *contact;
  const MashTrainingStep *step;
  MashGroup              *group;
} Doing;

static MashEdit *
alter_contact (Doing *self)
{
  return mash_training_hub_alter (self->hub, "contact", self->contact->id);
}

static MashEdit *
add (Doing      *self,
     const char *kind)
{
  return mash_training_hub_add (self->hub, self->group, kind, NULL);
}

/* A new record that later deeds come back to. */
static MashEdit *
add_kept (Doing      *self,
          const char *kind,
          char      **id)
{
  g_free (*id);
  *id = mash_training_hub_make_id (self->hub);

  return mash_training_hub_add (self->hub, self->group, kind, *id);
}

static void
put_words (Doing            *self,
           MashEdit         *edit,
           const char       *field,
           MashTrainingTopic topic)
{
  g_autofree char *words = mash_training_say (&self->contact->random, topic, self->contact);

  mash_training_put (edit, field, words);
}

static void
fill_create (Doing *self)
{
  mash_training_fill_create (self->hub, self->contact, self->group, self->step->at);
}

static void
fill_assign (Doing *self)
{
  mash_training_put (alter_contact (self), "assigned-to", self->hub->staff[self->contact->with]);
}

static void
fill_release (Doing *self)
{
  mash_edit_set_text (alter_contact (self), "assigned-to", NULL);
}

static void
fill_raise_brag (Doing *self)
{
  g_autofree char *why = mash_training_say (&self->contact->random, MASH_TRAINING_WHY_URGENT,
                                            self->contact);

  mash_group_set_reason (self->group, why);
  mash_training_put (alter_contact (self), "brag", self->contact->brag);
}

static void
fill_mark_harm (Doing *self)
{
  mash_group_set_reason (self->group, "What is described is likely to be significant harm.");
}

static void
fill_screen (Doing *self)
{
  MashEdit *edit = alter_contact (self);

  put_words (self, edit, "history-searched", self->contact->repeated
             ? MASH_TRAINING_HISTORY_FOUND : MASH_TRAINING_HISTORY_NONE);
  mash_training_put (edit, "assigned-to", self->hub->staff[self->contact->screener]);
}

static void
fill_chase (Doing *self)
{
  MashEdit *edit = add_kept (self, "chase-item", &self->contact->chase);

  put_words (self, edit, "what", MASH_TRAINING_CHASED);
  mash_training_put (edit, "asked-of", self->contact->referrer->role != NULL
                     ? self->contact->referrer->role : "Referrer");
  mash_training_put (edit, "state", "OPEN");
  mash_training_put_time (edit, "due", self->step->at + 4 * MASH_TIME_HOUR);
}

static void
fill_call_back (Doing *self)
{
  MashEdit *edit = add (self, "call-back");

  mash_edit_set_int (edit, "attempt-no", 1);
  mash_training_put_time (edit, "at", self->step->at - 5 * MASH_TIME_MINUTE);
  mash_training_put (edit, "who-called", self->hub->staff[self->step->who]);
  mash_training_put (edit, "result", "SPOKE");
  mash_edit_set_int (edit, "minutes", mash_training_random_range (&self->contact->random, 3, 14));
  put_words (self, edit, "notes", MASH_TRAINING_CALL);
  if (self->contact->chase != NULL)
    mash_training_put (mash_training_hub_alter (self->hub, "chase-item",
                                                self->contact->chase), "state", "ANSWERED");
}

/* What was chased is filled in: here, that the whole family is listed. */
static void
fill_answer (Doing *self)
{
  MashEdit *edit = alter_contact (self);

  mash_edit_set_flag (edit, "whole-family-listed", TRUE);
  put_words (self, edit, "services-involved", MASH_TRAINING_SERVICES);
}

static void
fill_add_document (Doing *self)
{
  g_autofree char *text = g_strdup_printf ("%s\n\n%s\n", self->contact->line,
                                           self->contact->detail);
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  MashEdit *edit = add (self, "source-document");

  mash_training_put (edit, "title", "Written referral after the call");
  mash_training_put (edit, "mime", "text/plain");
  mash_training_put (edit, "sha256", sha256);
  mash_edit_set_int (edit, "size", (gint64) strlen (text));
  mash_training_put_time (edit, "received-at", self->step->at);
  mash_training_put (edit, "origin", "EMAIL");
  mash_training_put (edit, "text", text);
  mash_group_attach (self->group, sha256, content);
}

static void
fill_note (Doing *self)
{
  MashEdit *edit = add (self, "note");

  put_words (self, edit, "text", MASH_TRAINING_REMARK);
  mash_training_put (edit, "significance", "routine");
  mash_training_put_time (edit, "at", self->step->at);
}

static void
fill_triage (Doing *self)
{
  g_autoptr (MashRecord) contact = mash_store_lookup (self->hub->store, "contact",
                                                      self->contact->id);
  MashEdit *edit = alter_contact (self);

  /* Urgency that somebody has raised is not lowered by the way. */
  if (g_strcmp0 (mash_record_get_text (contact, "brag"), "R") != 0)
    mash_training_put (edit, "brag", self->contact->brag);
  mash_training_put (edit, "level", self->contact->level);
  for (guint i = 0; i < self->contact->subjects->len; i++)
    mash_edit_set_flag (mash_training_hub_alter (self->hub, "contact-subject",
                                                 g_ptr_array_index (self->contact->subjects, i)),
                        "considered", TRUE);
}

static void
fill_flag (Doing *self)
{
  g_autofree char *from = mash_time_dup_local_date (self->step->at);
  g_autofree char *review = mash_time_dup_local_date (self->step->at + 90 * MASH_TIME_DAY);
  const MashTrainingFamily *family = self->contact->family;
  const MashTrainingPerson *last = mash_training_family_get (family, family->n_children - 1);
  MashEdit *edit = add (self, "flag");

  if (strcmp (last->role, "UNBORN") == 0)
    {
      mash_training_put (edit, "type", "UNB");
      mash_training_put (edit, "person", last->id);
      mash_training_put (edit, "reason", "Unborn child in the family.");
    }
  else if (family->confidential)
    {
      mash_training_put (edit, "type", "CONFADDR");
      mash_training_put (edit, "household", family->household);
      mash_training_put (edit, "reason", "The address is not to be given to anybody.");
    }
  else
    {
      gboolean abuse = g_strcmp0 (self->contact->factor, "3B") == 0;

      mash_training_put (edit, "type", abuse ? "DA" : "VIOL");
      mash_training_put (edit, "household", family->household);
      mash_training_put (edit, "reason", abuse ? "Domestic abuse in the household."
                                               : "Threats were made to a worker on the doorstep.");
    }
  mash_training_put (edit, "source", "Referral");
  mash_training_put (edit, "from", from);
  mash_training_put (edit, "review-by", review);
}

static void
fill_advise (Doing *self)
{
  MashEdit *edit = alter_contact (self);

  put_words (self, edit, "consultation-advice", MASH_TRAINING_COUNSEL);
  mash_training_put (edit, "adviser", self->hub->staff[self->step->who]);
}

static void
fill_attach (Doing *self)
{
  mash_training_put (alter_contact (self), "duplicate-of", self->contact->target->id);
}

static void
fill_gather (Doing *self)
{
  gboolean grave = self->contact->grave;
  MashEdit *edit = add_kept (self, "risk-analysis", &self->contact->analysis);

  mash_training_put (edit, "no-agency-asked", "No agency asked");
  edit = add (self, "lawful-basis");
  mash_training_put (edit, "purpose", "GATHER");
  mash_training_put (edit, "art6", "6.1.e");
  mash_training_put (edit, "art9", "9.2.g");
  mash_training_put (edit, "dpa-condition", "S1P18");
  mash_training_put (edit, "statutory-gateway", grave ? "CA89-47" : "CA89-17");
  mash_training_put (edit, "necessity",
                     "What is known here is not enough to say what the children need.");
  mash_training_put (edit, "proportionality",
                     "Only what bears on this concern and on these children.");
  mash_training_put (edit, "set-by", self->hub->staff[self->step->who]);
  mash_training_put_time (edit, "from", self->step->at);
}

static void
fill_analyse (Doing *self)
{
  MashEdit *edit = mash_training_hub_alter (self->hub, "risk-analysis",
                                            self->contact->analysis);

  mash_training_put (edit, "agreed-brag", self->contact->brag);
  mash_training_put (edit, "agreed-level", self->contact->level);
  put_words (self, edit, "harm", MASH_TRAINING_HARMS);
  put_words (self, edit, "impact-on-each-child", MASH_TRAINING_IMPACT);
  put_words (self, edit, "protective", MASH_TRAINING_PROTECTS);
  if (self->contact->recommendation == NULL)
    put_words (self, edit, "unknowns", MASH_TRAINING_UNKNOWN);
  else
    mash_training_put (edit, "unknowns", "Asked and answered since it was returned.");
  put_words (self, edit, "cumulative-history", self->contact->repeated
             ? MASH_TRAINING_HISTORY_FOUND : MASH_TRAINING_HISTORY_NONE);
}

static MashTrainingTopic
find_reason (const char *outcome)
{
  if (mash_words_contain ("O01 O02", outcome))
    return MASH_TRAINING_WHY_ADVICE;
  if (strcmp (outcome, "O12") == 0)
    return MASH_TRAINING_WHY_NOTHING;
  if (mash_words_contain ("O03 O04", outcome))
    return MASH_TRAINING_WHY_HELP;

  return mash_words_contain ("O06 O07", outcome) ? MASH_TRAINING_WHY_HARM : MASH_TRAINING_WHY_NEED;
}

static void
fill_recommend (Doing *self)
{
  MashTrainingContact *contact = self->contact;
  g_autoptr (MashRecord) record = mash_store_lookup (self->hub->store, "contact", contact->id);
  MashEdit *edit = add_kept (self, "recommendation", &contact->recommendation);

  mash_training_put (edit, "outcome", contact->outcome);
  mash_training_put (edit, "level", contact->level);
  put_words (self, edit, "rationale", find_reason (contact->outcome));
  if (contact->subjects->len > 0)
    {
      g_autofree const char **covered = g_new0 (const char *, contact->subjects->len + 1);

      for (guint i = 0; i < contact->subjects->len; i++)
        covered[i] = g_ptr_array_index (contact->subjects, i);
      mash_edit_set_set (edit, "covers-subjects", covered);
    }
  if (mash_record_has (record, "missing-items"))
    mash_edit_set_flag (edit, "on-incomplete-info", TRUE);
  if (strcmp (contact->outcome, "O12") != 0)
    return;

  put_words (self, edit, "help-offered", MASH_TRAINING_HELP_OFFERED);
  if (contact->family != NULL && contact->family->n_contacts > 1)
    mash_training_put (edit, "second-look",
                       "Read with the earlier closure: a different worry, and nothing adds up.");
}

static void
fill_nothing (Doing *self)
{
}

/* A decision names what its manager was shown. */
static MashEdit *
add_decision (Doing      *self,
              const char *result)
{
  g_autoptr (MashRecord) shown = mash_store_lookup (self->hub->store, "recommendation",
                                                    self->contact->recommendation);
  MashEdit *edit = add_kept (self, "decision", &self->contact->decision);

  mash_training_put (edit, "recommendation", self->contact->recommendation);
  mash_training_put (edit, "recommendation-hash", mash_record_get_text (shown, "content-hash"));
  mash_training_put (edit, "result", result);

  return edit;
}

static void
fill_return (Doing *self)
{
  g_autofree char *why = mash_training_say (&self->contact->random, MASH_TRAINING_ASKS_FOR_MORE,
                                            self->contact);
  MashEdit *edit = add_decision (self, "RETURNED");

  mash_group_set_reason (self->group, why);
  mash_training_put (edit, "rationale", why);
}

static void
fill_approve (Doing *self)
{
  MashEdit *edit = add_decision (self, "APPROVED");

  mash_training_put (edit, "outcome", self->contact->outcome);
  mash_training_put (edit, "level", self->contact->level);
  put_words (self, edit, "rationale",
             mash_words_contain ("O01 O02 O12", self->contact->outcome)
             ? MASH_TRAINING_AGREES : MASH_TRAINING_AGREES_TO_ACT);
}

static void
fill_change_outcome (Doing *self)
{
  MashEdit *edit = add_decision (self, "CHANGED");

  self->contact->outcome = self->contact->entry.outcome;
  self->contact->level = "S17";
  mash_training_put (edit, "outcome", self->contact->outcome);
  mash_training_put (edit, "level", self->contact->level);
  put_words (self, edit, "rationale", MASH_TRAINING_DIFFERS);
}

static void
fill_hand_over (Doing *self)
{
  MashEdit *edit = add_kept (self, "disposal", &self->contact->disposal);

  mash_training_put (edit, "decision", self->contact->decision);
  mash_training_put (edit, "receiver", mash_training_get_receiver (self->contact->outcome));
  mash_training_put_time (edit, "sent-at", self->step->at - 20 * MASH_TIME_MINUTE);
  mash_training_put_time (edit, "accepted-at", self->step->at - 2 * MASH_TIME_MINUTE);
  put_words (self, edit, "accepted-by", MASH_TRAINING_ACCEPTER);
}

static void
fill_feedback (Doing *self)
{
  MashEdit *edit;

  if (self->contact->disposal != NULL)
    {
      edit = mash_training_hub_alter (self->hub, "disposal", self->contact->disposal);
    }
  else
    {
      edit = add_kept (self, "disposal", &self->contact->disposal);
      mash_training_put (edit, "decision", self->contact->decision);
      mash_training_put (edit, "receiver", "Referrer");
    }
  mash_training_put_time (edit, "feedback-to-referrer-at", self->step->at);
  put_words (self, edit, "feedback-text", self->contact->referrer->wants_to_know
             ? MASH_TRAINING_TOLD : MASH_TRAINING_NOT_TOLD);
}

static void
fill_reopen (Doing *self)
{
  mash_group_set_reason (self->group,
                         "A brother nobody had named came to school today with the same worry.");
}

static const struct
{
  const char *deed;
  void        (*fill) (Doing *self);
} deeds[MASH_TRAINING_N_DEEDS] = {
  [MASH_TRAINING_CREATE] = { "create", fill_create },
  [MASH_TRAINING_ASSIGN] = { "assign", fill_assign },
  [MASH_TRAINING_RELEASE] = { "release", fill_release },
  [MASH_TRAINING_RAISE_BRAG] = { "raise-brag", fill_raise_brag },
  [MASH_TRAINING_MARK_HARM] = { "mark-harm", fill_mark_harm },
  [MASH_TRAINING_SCREEN] = { "screen", fill_screen },
  [MASH_TRAINING_CHASE] = { "chase", fill_chase },
  [MASH_TRAINING_CALL_BACK] = { "call-back", fill_call_back },
  [MASH_TRAINING_ANSWER] = { "edit", fill_answer },
  [MASH_TRAINING_ADD_DOCUMENT] = { "add-document", fill_add_document },
  [MASH_TRAINING_NOTE] = { "note", fill_note },
  [MASH_TRAINING_TRIAGE] = { "triage", fill_triage },
  [MASH_TRAINING_FLAG] = { "flag", fill_flag },
  [MASH_TRAINING_ADVISE] = { "advise", fill_advise },
  [MASH_TRAINING_ATTACH] = { "attach", fill_attach },
  [MASH_TRAINING_GATHER] = { "gather", fill_gather },
  [MASH_TRAINING_ANALYSE] = { "analyse", fill_analyse },
  [MASH_TRAINING_RECOMMEND] = { "recommend", fill_recommend },
  [MASH_TRAINING_RECOMMEND_ADVICE] = { "recommend-advice", fill_recommend },
  [MASH_TRAINING_SAFETY_CHECK] = { "safety-check", fill_nothing },
  [MASH_TRAINING_RETURN] = { "return", fill_return },
  [MASH_TRAINING_RESUME] = { "resume", fill_nothing },
  [MASH_TRAINING_APPROVE] = { "approve", fill_approve },
  [MASH_TRAINING_CHANGE_OUTCOME] = { "change-outcome", fill_change_outcome },
  [MASH_TRAINING_HAND_OVER] = { "hand-over", fill_hand_over },
  [MASH_TRAINING_FEEDBACK] = { "feedback", fill_feedback },
  [MASH_TRAINING_CLOSE] = { "close", fill_nothing },
  [MASH_TRAINING_REOPEN] = { "reopen", fill_reopen },
};

/**
 * mash_training_do:
 * @hub: the hub
 * @self: a contact
 * @step: what is done on it, by whom, when
 * @error: names the deed, and why the hub refused it
 *
 * Does one step. What is signed was opened by who signs it just before.
 *
 * Returns: %TRUE when it was done
 */
gboolean
mash_training_do (MashTrainingHub        *hub,
                  MashTrainingContact    *self,
                  const MashTrainingStep *step,
                  GError                **error)
{
  const MashDeed *deed = mash_policy_find_deed (hub->policy, deeds[step->deed].deed);
  g_autoptr (MashGroup) group = NULL;
  Doing doing = { hub, self, step, NULL };

  g_assert (deed != NULL);

  if (deed->open_only &&
      !mash_training_hub_look (hub, step->who, step->at - MASH_TIME_MINUTE, self->id, error))
    return FALSE;

  mash_store_set_bulk_time (hub->store, step->at);
  if (self->id == NULL)
    self->id = mash_training_hub_make_id (hub);
  group = mash_group_new (deeds[step->deed].deed, self->id);
  doing.group = group;
  deeds[step->deed].fill (&doing);

  return mash_training_hub_submit (hub, step->who, step->at, group, error);
}

/**
 * mash_training_contact_clear:
 * @self: a contact
 */
void
mash_training_contact_clear (MashTrainingContact *self)
{
  g_clear_pointer (&self->referrer, mash_training_referrer_free);
  g_clear_pointer (&self->subjects, g_ptr_array_unref);
  g_clear_pointer (&self->line, g_free);
  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->chase, g_free);
  g_clear_pointer (&self->analysis, g_free);
  g_clear_pointer (&self->recommendation, g_free);
  g_clear_pointer (&self->decision, g_free);
  g_clear_pointer (&self->disposal, g_free);
}
