/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include <string.h>

#include "mash-deed.h"
#include "mash-time.h"
#include "mash-training-doing.h"

static MashEdit *
alter_contact (MashTrainingDoing *self)
{
  return mash_training_hub_alter (self->hub, "contact", self->contact->id);
}

MashEdit *
mash_training_doing_add (MashTrainingDoing *self,
                         const char        *kind)
{
  return mash_training_hub_add (self->hub, self->group, kind, NULL);
}

/* A new record that later deeds come back to. */
MashEdit *
mash_training_doing_keep (MashTrainingDoing *self,
                          const char        *kind,
                          char             **id)
{
  g_free (*id);
  *id = mash_training_hub_make_id (self->hub);

  return mash_training_hub_add (self->hub, self->group, kind, *id);
}

void
mash_training_doing_put_words (MashTrainingDoing *self,
                               MashEdit          *edit,
                               const char        *field,
                               MashTrainingTopic  topic)
{
  g_autofree char *words = mash_training_say (&self->contact->random, topic, self->contact);

  mash_training_put (edit, field, words);
}

static void
fill_create (MashTrainingDoing *self)
{
  mash_training_fill_create (self->hub, self->contact, self->group, self->step->at);
}

static void
fill_assign (MashTrainingDoing *self)
{
  mash_training_put (alter_contact (self), "assigned-to", self->hub->staff[self->contact->with]);
}

static void
fill_release (MashTrainingDoing *self)
{
  mash_edit_set_text (alter_contact (self), "assigned-to", NULL);
}

static void
fill_raise_brag (MashTrainingDoing *self)
{
  g_autofree char *why = mash_training_say (&self->contact->random, MASH_TRAINING_WHY_URGENT,
                                            self->contact);

  mash_group_set_reason (self->group, why);
  mash_training_put (alter_contact (self), "brag", self->contact->brag);
}

static void
fill_mark_harm (MashTrainingDoing *self)
{
  mash_group_set_reason (self->group, "What is described is likely to be significant harm.");
}

static void
fill_screen (MashTrainingDoing *self)
{
  MashEdit *edit = alter_contact (self);

  mash_training_doing_put_words (self, edit, "history-searched", self->contact->repeated
             ? MASH_TRAINING_HISTORY_FOUND : MASH_TRAINING_HISTORY_NONE);
  mash_training_put (edit, "assigned-to", self->hub->staff[self->contact->screener]);
}

static void
fill_chase (MashTrainingDoing *self)
{
  MashEdit *edit = mash_training_doing_keep (self, "chase-item", &self->contact->chase);

  mash_training_doing_put_words (self, edit, "what", MASH_TRAINING_CHASED);
  mash_training_put (edit, "asked-of", self->contact->referrer->role != NULL
                     ? self->contact->referrer->role : "Referrer");
  mash_training_put (edit, "state", "OPEN");
  mash_training_put_time (edit, "due", self->step->at + 4 * MASH_TIME_HOUR);
}

static void
fill_call_back (MashTrainingDoing *self)
{
  MashEdit *edit = mash_training_doing_add (self, "call-back");

  mash_edit_set_int (edit, "attempt-no", 1);
  mash_training_put_time (edit, "at", self->step->at - 5 * MASH_TIME_MINUTE);
  mash_training_put (edit, "who-called", self->hub->staff[self->step->who]);
  mash_training_put (edit, "result", "SPOKE");
  mash_edit_set_int (edit, "minutes", mash_training_random_range (&self->contact->random, 3, 14));
  mash_training_doing_put_words (self, edit, "notes", MASH_TRAINING_CALL);
  if (self->contact->chase != NULL)
    mash_training_put (mash_training_hub_alter (self->hub, "chase-item",
                                                self->contact->chase), "state", "ANSWERED");
}

/* What was chased is filled in: here, that the whole family is listed. */
static void
fill_answer (MashTrainingDoing *self)
{
  MashEdit *edit = alter_contact (self);

  mash_edit_set_flag (edit, "whole-family-listed", TRUE);
  mash_training_doing_put_words (self, edit, "services-involved", MASH_TRAINING_SERVICES);
}

static void
fill_add_document (MashTrainingDoing *self)
{
  g_autofree char *text = g_strdup_printf ("%s\n\n%s\n", self->contact->line,
                                           self->contact->detail);
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  MashEdit *edit = mash_training_doing_add (self, "source-document");

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
fill_note (MashTrainingDoing *self)
{
  MashEdit *edit = mash_training_doing_add (self, "note");

  mash_training_doing_put_words (self, edit, "text", MASH_TRAINING_REMARK);
  mash_training_put (edit, "significance", "routine");
  mash_training_put_time (edit, "at", self->step->at);
}

static void
fill_triage (MashTrainingDoing *self)
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
fill_flag (MashTrainingDoing *self)
{
  g_autofree char *from = mash_time_dup_local_date (self->step->at);
  g_autofree char *review = mash_time_dup_local_date (self->step->at + 90 * MASH_TIME_DAY);
  const MashTrainingFamily *family = self->contact->family;
  const MashTrainingPerson *last = mash_training_family_get (family, family->n_children - 1);
  MashEdit *edit = mash_training_doing_add (self, "flag");

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
fill_advise (MashTrainingDoing *self)
{
  MashEdit *edit = alter_contact (self);

  mash_training_doing_put_words (self, edit, "consultation-advice", MASH_TRAINING_COUNSEL);
  mash_training_put (edit, "adviser", self->hub->staff[self->step->who]);
}

static void
fill_attach (MashTrainingDoing *self)
{
  mash_training_put (alter_contact (self), "duplicate-of", self->contact->target->id);
}

static void
fill_gather (MashTrainingDoing *self)
{
  gboolean grave = self->contact->grave;
  MashEdit *edit = mash_training_doing_keep (self, "risk-analysis", &self->contact->analysis);

  mash_training_put (edit, "no-agency-asked", "No agency asked");
  edit = mash_training_doing_add (self, "lawful-basis");
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
fill_analyse (MashTrainingDoing *self)
{
  MashEdit *edit = mash_training_hub_alter (self->hub, "risk-analysis",
                                            self->contact->analysis);

  mash_training_put (edit, "agreed-brag", self->contact->brag);
  mash_training_put (edit, "agreed-level", self->contact->level);
  mash_training_doing_put_words (self, edit, "harm", MASH_TRAINING_HARMS);
  mash_training_doing_put_words (self, edit, "impact-on-each-child", MASH_TRAINING_IMPACT);
  mash_training_doing_put_words (self, edit, "protective", MASH_TRAINING_PROTECTS);
  if (self->contact->recommendation == NULL)
    mash_training_doing_put_words (self, edit, "unknowns", MASH_TRAINING_UNKNOWN);
  else
    mash_training_put (edit, "unknowns", "Asked and answered since it was returned.");
  mash_training_doing_put_words (self, edit, "cumulative-history", self->contact->repeated
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
fill_recommend (MashTrainingDoing *self)
{
  MashTrainingContact *contact = self->contact;
  g_autoptr (MashRecord) record = mash_store_lookup (self->hub->store, "contact", contact->id);
  MashEdit *edit = mash_training_doing_keep (self, "recommendation", &contact->recommendation);

  mash_training_put (edit, "outcome", contact->outcome);
  mash_training_put (edit, "level", contact->level);
  mash_training_doing_put_words (self, edit, "rationale", find_reason (contact->outcome));
  if (contact->subjects->len > 0)
    {
      g_autofree const char **covered = g_new0 (const char *, contact->subjects->len + 1);

      for (guint i = 0; i < contact->subjects->len; i++)
        covered[i] = g_ptr_array_index (contact->subjects, i);
      mash_edit_set_set (edit, "covers-subjects", covered);
    }
  if (mash_record_has (record, "missing-items"))
    mash_edit_set_flag (edit, "on-incomplete-info", TRUE);
  if (!mash_words_contain ("O03 O04 O12", contact->outcome))
    return;

  mash_training_put (edit, "help-offered-to", "Mother");
  if (strcmp (contact->outcome, "O12") != 0)
    {
      mash_training_put (edit, "help-offered",
                         "A family worker who comes to the home; they would like that.");
      mash_training_put (edit, "help-answer", "ACCEPTED");
      return;
    }

  mash_training_doing_put_words (self, edit, "help-offered", MASH_TRAINING_HELP_OFFERED);
  mash_training_put (edit, "help-answer", "DECLINED");
  if (contact->family != NULL && contact->family->n_contacts > 1)
    mash_training_put (edit, "second-look",
                       "Read with the earlier closure: a different worry, and nothing adds up.");
}

static void
fill_nothing (MashTrainingDoing *self)
{
}

/* A decision names what its manager was shown. */
static MashEdit *
add_decision (MashTrainingDoing *self,
              const char        *result)
{
  g_autoptr (MashRecord) shown = mash_store_lookup (self->hub->store, "recommendation",
                                                    self->contact->recommendation);
  MashEdit *edit = mash_training_doing_keep (self, "decision", &self->contact->decision);

  mash_training_put (edit, "recommendation", self->contact->recommendation);
  mash_training_put (edit, "recommendation-hash", mash_record_get_text (shown, "content-hash"));
  mash_training_put (edit, "result", result);

  return edit;
}

static void
fill_return (MashTrainingDoing *self)
{
  g_autofree char *why = mash_training_say (&self->contact->random, MASH_TRAINING_ASKS_FOR_MORE,
                                            self->contact);
  MashEdit *edit = add_decision (self, "RETURNED");

  mash_group_set_reason (self->group, why);
  mash_training_put (edit, "rationale", why);
}

static void
fill_approve (MashTrainingDoing *self)
{
  MashEdit *edit = add_decision (self, "APPROVED");

  mash_training_put (edit, "outcome", self->contact->outcome);
  mash_training_put (edit, "level", self->contact->level);
  mash_training_doing_put_words (self, edit, "rationale",
                                 mash_words_contain ("O01 O02 O12", self->contact->outcome)
             ? MASH_TRAINING_AGREES : MASH_TRAINING_AGREES_TO_ACT);
}

static void
fill_change_outcome (MashTrainingDoing *self)
{
  MashEdit *edit = add_decision (self, "CHANGED");

  self->contact->outcome = self->contact->entry.outcome;
  self->contact->level = "S17";
  mash_training_put (edit, "outcome", self->contact->outcome);
  mash_training_put (edit, "level", self->contact->level);
  mash_training_doing_put_words (self, edit, "rationale", MASH_TRAINING_DIFFERS);
}

static const struct
{
  const char *deed;
  void        (*fill) (MashTrainingDoing *self);
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
  [MASH_TRAINING_HAND_OVER] = { "hand-over", mash_training_fill_hand_over },
  [MASH_TRAINING_FEEDBACK] = { "feedback", mash_training_fill_feedback },
  [MASH_TRAINING_CLOSE] = { "close", fill_nothing },
  [MASH_TRAINING_CLOSE_DONE] = { "close-done", fill_nothing },
  [MASH_TRAINING_RECORD_DISCUSSION] = { "record-discussion", mash_training_fill_record_discussion },
  [MASH_TRAINING_SD_START] = { "start-discussion", mash_training_discuss_start },
  [MASH_TRAINING_SD_ATTEND] = { "write-discussion", mash_training_discuss_attend },
  [MASH_TRAINING_SD_POLICE] = { "write-discussion", mash_training_discuss_police },
  [MASH_TRAINING_SD_HEALTH] = { "write-discussion", mash_training_discuss_health },
  [MASH_TRAINING_SD_DECIDE] = { "write-discussion", mash_training_discuss_decide },
  [MASH_TRAINING_SD_EXCEPT] = { "except-discussion", mash_training_discuss_except },
  [MASH_TRAINING_SD_FINISH] = { "finish-discussion", mash_training_discuss_finish },
  [MASH_TRAINING_SD_ASK] = { "ask-to-sign", mash_training_discuss_ask },
  [MASH_TRAINING_SD_SIGN_CHAIR] = { "sign-as-chair", mash_training_discuss_sign_chair },
  [MASH_TRAINING_SD_SIGN_POLICE] = { "sign-discussion", mash_training_discuss_sign_police },
  [MASH_TRAINING_SD_SIGN_HEALTH] = { "sign-discussion", mash_training_discuss_sign_health },
  [MASH_TRAINING_SD_REFUSE] = { "refuse-to-sign", mash_training_discuss_refuse_to_sign },
  [MASH_TRAINING_SD_PREVIEW] = { "preview-copy", mash_training_discuss_preview },
  [MASH_TRAINING_SD_COPIES] = { "circulate-discussion", mash_training_discuss_copies },
  [MASH_TRAINING_SD_SEEN] = { "record-enquiry", mash_training_discuss_seen },
  [MASH_TRAINING_SD_CARE_DONE] = { "finish-action", mash_training_discuss_care_done },
  [MASH_TRAINING_SD_POLICE_DONE] = { "finish-action", mash_training_discuss_police_done },
  [MASH_TRAINING_SD_CONFERENCE] = { "record-enquiry", mash_training_discuss_conference },
  [MASH_TRAINING_SEND] = { "send", mash_training_fill_send },
  [MASH_TRAINING_REFUSE_HAND_OVER] = { "refuse-hand-over", mash_training_fill_refuse },
  [MASH_TRAINING_REFUSE_HELP] = { "refuse-early-help", mash_training_fill_refuse },
  [MASH_TRAINING_ACCEPT_HELP] = { "accept-early-help", mash_training_fill_hand_over },
  [MASH_TRAINING_AGREE_HELP] = { "agree-early-help", mash_training_fill_agree },
  [MASH_TRAINING_DECLINE_HELP] = { "decline-early-help", mash_training_fill_decline },
  [MASH_TRAINING_START_HELP] = { "start-early-help", mash_training_fill_start },
  [MASH_TRAINING_STEP_UP] = { "step-up", mash_training_fill_step_up },
  [MASH_TRAINING_DECIDE_AGAIN] = { "decide-again", mash_training_fill_decide_again },
  [MASH_TRAINING_RAISE_ADULT] = { "raise-adult-concern", mash_training_fill_raise_adult },
  [MASH_TRAINING_TEST_ADULT] = { "test-adult-concern", mash_training_fill_test_adult },
  [MASH_TRAINING_DECIDE_ADULT] = { "decide-adult-concern", mash_training_fill_decide_adult },
  [MASH_TRAINING_FOLLOW_ADULT] = { "follow-up-adult-concern", mash_training_fill_follow_adult },
  [MASH_TRAINING_ACKNOWLEDGE_LINK] = { "acknowledge-link", mash_training_fill_acknowledge },
  [MASH_TRAINING_RESCREEN] = { "rescreen", fill_nothing },
  [MASH_TRAINING_REOPEN] = { "reopen", mash_training_fill_reopen },
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
  MashTrainingDoing doing = { hub, self, step, NULL };

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
  g_clear_pointer (&self->family, mash_training_family_unref);
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
  g_clear_pointer (&self->early_help, g_free);
  g_clear_pointer (&self->adult, g_free);
  g_clear_pointer (&self->link, g_free);
  g_clear_pointer (&self->discussion, g_free);
}
