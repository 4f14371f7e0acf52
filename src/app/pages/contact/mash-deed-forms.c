/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-deed-forms.h"

#include <glib/gi18n-lib.h>

static const MashDeedForm forms[] = {
  { "screen", "contact", "history-searched\nassigned-to" },
  { "take", "contact", "", .me_field = "assigned-to" },
  { "assign", "contact", "assigned-to" },
  { "mark-harm", .reason = N_("What points to significant harm") },
  { "unfound-harm", .reason = N_("Why there is no significant harm") },
  { "raise-brag", "contact", "brag", N_("Why it is more urgent") },
  { "lower-brag", "contact", "brag", N_("Why it is less urgent") },
  { "note", "note", "text\nsignificance person", .now_field = "at" },
  { "add-event", "timeline-entry",
    "headline\nwhen at\npeople kind\nsignificance harm\nsource basis\nhandling\ndetail" },
  { "chase", "chase-item", "item what\nasked-of due", .preset = "state OPEN" },
  { "call-back", "call-back", "result minutes\nnotes", .now_field = "at",
    .me_field = "who-called" },
  { "drop-follow-up", .reason = N_("Why no written follow-up will come") },
  { "start-discussion", "strategy-discussion", "trigger mode\nneed-identified-at started-at\nchair",
    .at_field = "started-at" },
  { "convene-discussion", "strategy-discussion",
    "trigger mode\nneed-identified-at planned-at\nchair place" },
  { "invite-discussion", "sd-participant", "agency person-name\nrole mode\nplace",
    .now_field = "invited-at", .of_record = TRUE, .points = "discussion",
    .does = "convene-discussion", .label = N_("Invite somebody else") },
  { "correct-discussion", "strategy-discussion", "supersede-reason\nchair minute-taker",
    .of_record = TRUE, .points = "supersedes", .does = "start-discussion",
    .label = N_("Correct the record") },
  { "finish-discussion", "strategy-discussion", "ended-at", .at_field = "ended-at",
    .of_record = TRUE, .goes_on = MASH_GOES_ON_NEWEST },
  { "except-discussion", "strategy-discussion", "exception-reason\nexception-risk\nnext-at",
    .of_record = TRUE, .goes_on = MASH_GOES_ON_NEWEST },
  { "ask-to-sign", "strategy-discussion", "", .now_field = "asked-at", .of_record = TRUE,
    .goes_on = MASH_GOES_ON_NEWEST },
  { "sign-as-chair", "sd-request", "", .signs = TRUE, .of_record = TRUE },
  { "sign-discussion", "sd-request", "", .signs = TRUE, .of_record = TRUE },
  { "refuse-to-sign", "sd-request", "", N_("Why it is not signed"), .now_field = "answered-at",
    .signs = TRUE, .of_record = TRUE },
  { "confirm-entry", "sd-view", "", .now_field = "confirmed-at", .of_record = TRUE },
  { "use-police-protection", "police-protection",
    "used-at subjects\nofficer designated-officer\nplace grounds\nparents-told parents-told-by\n"
    "prompted-call" },
  { "edit-police-protection", "police-protection",
    "designated-officer place\ngrounds\nparents-told parents-told-by\nprompted-call",
    .of_record = TRUE, .goes_on = MASH_GOES_ON_NEWEST },
  { "end-police-protection", "police-protection", "ended-at ended-how", .at_field = "ended-at",
    .of_record = TRUE, .goes_on = MASH_GOES_ON_NEWEST },
  { "record-enquiry", "sd-enquiry",
    "seen-at seen-by\nseen-alone conference-at\nnot-required\nnot-required-why\n"
    "assessed-at outcome", .of_record = TRUE },
  { "note-copy-read", "sd-circulation", "read-at", .at_field = "read-at", .of_record = TRUE },
  { "resolve-disagreement", "sd-escalation", "resolution", .signs = TRUE, .of_record = TRUE },
  { "finish-action", "sd-action", "", N_("What came of it"), .now_field = "ended-at",
    .of_record = TRUE },
  { "chase-action", "sd-action", "", .now_field = "chased-at", .of_record = TRUE },
  { "transfer-action", "sd-action", "", N_("Who has it now"), .now_field = "ended-at",
    .of_record = TRUE },
  { "cancel-action", "sd-action", "", N_("Why it is cancelled"), .now_field = "ended-at",
    .of_record = TRUE },
  { "flag", "flag", "type review-by\nreason\nperson source" },
  { "review-flag", "flag", "review-by", N_("What the review found"), .of_record = TRUE,
    .goes_on = MASH_GOES_ON_NEWEST },
  { "clear-flag", "flag", "", N_("Why it is cleared"), .now_field = "cleared-at",
    .of_record = TRUE, .goes_on = MASH_GOES_ON_NEWEST },
  { "add-task", "task", "what\nowner owner-post\ndue-at" },
  { "change-task", "task", "what\nowner owner-post\ndue-at", .of_record = TRUE,
    .goes_on = MASH_GOES_ON_NEWEST },
  { "finish-task", "task", "outcome", .of_record = TRUE, .goes_on = MASH_GOES_ON_NEWEST },
  { "cancel-task", "task", "outcome", .of_record = TRUE, .goes_on = MASH_GOES_ON_NEWEST },
  { "advise", "contact", "consultation-question\nconsultation-advice\nadviser" },
  { "attach", "contact", "duplicate-of" },
  { "record-discussion", "outside-discussion",
    "held-at chair\nagencies outcome\nrationale\nreference record-held-by\nwhy-outside\n"
    "covers-subjects" },
  { "safety-check", "early-help", "safety-finding", .signs = TRUE,
    .goes_on = MASH_GOES_ON_NEWEST },
  { "refuse-safety-check", "early-help", "safety-finding", N_("What must be decided again"),
    .goes_on = MASH_GOES_ON_NEWEST },
  { "resume" },
  { "send", "disposal", "outcome receiver-kind\nreceiver\nlinked-contact\nreceiver-ref sent-at",
    .at_field = "sent-at" },
  { "hand-over", "disposal", "accepted-by accepted-at", .at_field = "accepted-at",
    .goes_on = MASH_GOES_ON_OPEN },
  { "accept-early-help", "disposal", "accepted-by accepted-at", .at_field = "accepted-at",
    .signs = TRUE, .goes_on = MASH_GOES_ON_OPEN },
  { "refuse-hand-over", "disposal", "refused-by refused-at\nrefused-reason",
    .at_field = "refused-at", .goes_on = MASH_GOES_ON_OPEN },
  { "refuse-early-help", "disposal", "refused-by refused-at\nrefused-reason",
    .at_field = "refused-at", .goes_on = MASH_GOES_ON_OPEN },
  { "agree-early-help", "agreement", "given-by status\nat how\nconditions",
    .preset = "purpose EARLYHELP", .at_field = "at" },
  { "decline-early-help", "early-help", "declined-by declined-at\ndeclined-reason",
    .at_field = "declined-at", .goes_on = MASH_GOES_ON_NEWEST },
  { "start-early-help", "early-help", "lead-worker started-at\nfirst-step",
    .at_field = "started-at", .goes_on = MASH_GOES_ON_NEWEST },
  { "step-up", "early-help", "step-up-harm", N_("Why it is stepped up"),
    .goes_on = MASH_GOES_ON_NEWEST },
  { "decide-again", .reason = N_("Why it must be decided again") },
  { "acknowledge-link", "case-link", "acknowledged-by acknowledged-at",
    .at_field = "acknowledged-at", .goes_on = MASH_GOES_ON_NEWEST },
  { "raise-adult-concern", "adult-concern", "person received-at\nconcern\nwishes",
    .at_field = "received-at" },
  { "test-adult-concern", "adult-concern",
    "needs\nneeds-why\nrisk\nrisk-why\nunable\nunable-why", .goes_on = MASH_GOES_ON_NEWEST },
  { "decide-adult-concern", "adult-concern", "decision\ndecision-reason",
    .goes_on = MASH_GOES_ON_NEWEST },
  { "follow-up-adult-concern", "adult-concern", "lead\nfollow-up",
    .goes_on = MASH_GOES_ON_NEWEST },
  { "feedback", "disposal", "feedback-text\nnot-told-reason",
    .now_field = "feedback-to-referrer-at", .now_when = "feedback-text",
    .goes_on = MASH_GOES_ON_NEWEST },
  { "explain-breach", "clock", "breach-reason\nbreach-comment", .signs = TRUE,
    .goes_on = MASH_GOES_ON_NEWEST },
  { "close" },
  { "close-done" },
  { "reopen", "reopening", "reason\ntext\nlinked-contact",
    N_("Why it is opened again") },
  { "rescreen" },
  { "propose-seal", "seal", "excluded\nreason review-by\ntext" },
  { "emergency-seal", "seal", "excluded\nreason review-by\ntext" },
  { "declare-interest", "seal", "reason\ntext", .me_field = "excluded" },
  { "confirm-seal", "seal", "", .now_field = "answered-at", .of_record = TRUE,
    .goes_on = MASH_GOES_ON_NEWEST },
  { "refuse-seal", "seal", "", N_("Why it is not sealed"), .now_field = "answered-at",
    .of_record = TRUE, .goes_on = MASH_GOES_ON_NEWEST },
  { "propose-unseal", "seal", "", N_("Why it need not be sealed any more"),
    .now_field = "asked-at", .of_record = TRUE, .goes_on = MASH_GOES_ON_NEWEST },
  { "confirm-unseal", "seal", "", .now_field = "answered-at", .of_record = TRUE,
    .goes_on = MASH_GOES_ON_NEWEST },
  { "keep-seal", "seal", "", N_("Why it stays sealed"), .now_field = "answered-at",
    .of_record = TRUE, .goes_on = MASH_GOES_ON_NEWEST },
};

/**
 * mash_deed_form_find:
 * @deed: a deed of the policy
 *
 * Returns: (transfer none) (nullable): what @deed asks for; %NULL where the bar does not ask for it
 */
const MashDeedForm *
mash_deed_form_find (const char *deed)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (forms[i].deed, deed))
      return &forms[i];

  return NULL;
}

/**
 * mash_deed_form_get_deed:
 * @self: what a deed asks for
 * @policy: the policy in force
 *
 * Returns: (transfer none) (nullable): the deed that is done with it
 */
const MashDeed *
mash_deed_form_get_deed (const MashDeedForm *self,
                         MashPolicy         *policy)
{
  return mash_policy_find_deed (policy, self->does != NULL ? self->does : self->deed);
}

/**
 * mash_deed_form_get_label:
 * @self: what a deed asks for
 * @policy: the policy in force, which has its deed
 *
 * Returns: (transfer none): what it is called
 */
const char *
mash_deed_form_get_label (const MashDeedForm *self,
                          MashPolicy         *policy)
{
  return self->label != NULL ? _(self->label) : mash_deed_form_get_deed (self, policy)->label;
}

/**
 * mash_deed_form_list:
 * @deeds: (out) (array): the deeds that the bar can ask for, in the order of a menu
 *
 * Returns: how many there are
 */
guint
mash_deed_form_list (const char *const **deeds)
{
  static const char *ids[G_N_ELEMENTS (forms)];

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    ids[i] = forms[i].deed;
  *deeds = ids;

  return G_N_ELEMENTS (forms);
}

/**
 * mash_deed_form_needs_nothing:
 * @deed: a deed that the bar can ask for
 *
 * Returns: %TRUE if @deed is done without a word more; one that is signed always asks
 */
gboolean
mash_deed_form_needs_nothing (const char *deed)
{
  const MashDeedForm *form = mash_deed_form_find (deed);

  return form != NULL && form->reason == NULL && !form->signs &&
         (form->layout == NULL || *form->layout == '\0');
}

static gboolean
is_open (MashEntity *entity)
{
  return mash_entity_get_text (entity, "accepted-at") == NULL &&
         mash_entity_get_text (entity, "refused-reason") == NULL;
}

/**
 * mash_deed_form_find_record:
 * @self: what a deed asks for
 * @file: the open contact
 * @record: (nullable): the id of the record that was pointed at
 *
 * Returns: (transfer none) (nullable): the saved record that the deed goes on with; %NULL where it
 *   makes one
 */
MashEntity *
mash_deed_form_find_record (const MashDeedForm *self,
                            MashContactFile    *file,
                            const char         *record)
{
  GListModel *list;

  g_return_val_if_fail (MASH_IS_CONTACT_FILE (file), NULL);

  if (self->kind == NULL)
    return NULL;
  if (g_str_equal (self->kind, "contact"))
    return MASH_ENTITY (mash_contact_file_get_contact (file));
  if (record != NULL && self->points == NULL)
    return mash_contact_file_find (file, record);
  if (self->goes_on == MASH_GOES_ON_NEVER)
    return NULL;

  list = mash_contact_file_get_list (file, self->kind);
  for (guint i = g_list_model_get_n_items (list); i > 0; i--)
    {
      g_autoptr (MashEntity) entity = g_list_model_get_item (list, i - 1);

      if (mash_entity_get_record (entity) != NULL &&
          (self->goes_on != MASH_GOES_ON_OPEN || is_open (entity)))
        return entity;
    }

  return NULL;
}
