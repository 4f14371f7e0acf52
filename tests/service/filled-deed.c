/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "filled-deed.h"

#include <string.h>

#include "mash-time.h"

/* Somebody at a hub, and another contact there. */
typedef struct
{
  StoreFixture *hub;
  const char   *other;
} Filling;

static MashStore *
store (Filling *self)
{
  return self->hub->store;
}

static char *
ago (Filling *self,
     guint minutes)
{
  return mash_time_format (mash_store_get_now (store (self)) - minutes * MASH_TIME_MINUTE);
}

static char *
dup_newest (Filling    *self,
            const char *kind,
            const char *contact)
{
  g_autoptr (MashRecord) record = mash_facts_find_newest (MASH_FACTS (store (self)), kind, contact);

  return g_strdup (record != NULL ? mash_record_get_id (record) : "");
}

static char *
dup_subject (Filling    *self,
             const char *contact)
{
  return dup_newest (self, "contact-subject", contact);
}

static void
fill_contact (Filling    *self,
              MashGroup  *group,
              const char *person)
{
  const char *deed = mash_group_get_deed (group);
  const char *contact = mash_group_get_contact (group);
  static const struct
  {
    const char *deed;
    const char *field;
    const char *value;
  } simple[] = {
    { "raise-brag", "brag", "R" },
    { "lower-brag", "brag", "G" },
    { "resume", "ward", "Pleck" },
    { "rescreen", "ward", "Pleck" },
    { "close", "ward", "Pleck" },
    { "close-done", "ward", "Pleck" },
    { "decide-again", "ward", "Pleck" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (simple); i++)
    {
      if (strcmp (simple[i].deed, deed) == 0)
        store_fixture_edit (store (self), group, &mash_contact_kind, contact, simple[i].field,
                            simple[i].value, NULL);
    }
  if (strcmp (deed, "assign") == 0 || strcmp (deed, "take") == 0)
    store_fixture_edit (store (self), group, &mash_contact_kind, contact, "assigned-to", person,
                        NULL);
  if (strcmp (deed, "screen") == 0)
    store_fixture_edit (store (self), group, &mash_contact_kind, contact, "assigned-to",
                        self->hub->worker, "history-searched", "All; nothing found", NULL);
  if (strcmp (deed, "advise") == 0)
    store_fixture_edit (store (self), group, &mash_contact_kind, contact,
                        "consultation-advice", "Speak to the parents", "adviser", person, NULL);
  if (strcmp (deed, "attach") == 0)
    store_fixture_edit (store (self), group, &mash_contact_kind, contact, "duplicate-of",
                        self->other, NULL);
  if (strcmp (deed, "triage") == 0)
    {
      g_autofree char *subject = dup_subject (self, contact);

      store_fixture_edit (store (self), group, &mash_contact_kind, contact, "brag", "A",
                          "level", "3", NULL);
      store_fixture_edit (store (self), group, &mash_contact_subject_kind, subject,
                          "considered", "true", NULL);
    }
}

static void
fill_analysis (Filling   *self,
               MashGroup *group)
{
  const char *deed = mash_group_get_deed (group);
  g_autofree char *analysis = dup_newest (self, "risk-analysis", mash_group_get_contact (group));

  if (strcmp (deed, "gather") == 0 || (strcmp (deed, "analyse") == 0 && *analysis == '\0'))
    store_fixture_add (store (self), group, &mash_risk_analysis_kind, "no-agency-asked",
                       "No agency asked", NULL);
  else if (strcmp (deed, "analyse") == 0)
    store_fixture_edit (store (self), group, &mash_risk_analysis_kind, analysis, "harm",
                        "Likely to go on", "agreed-level", "3", NULL);
  else if (strcmp (deed, "chase") == 0)
    store_fixture_add (store (self), group, &mash_chase_item_kind, "what", "Address",
                       "asked-of", "School", "state", "OPEN", NULL);
}

static void
fill_recommendation (Filling    *self,
                     MashGroup  *group,
                     const char *outcome)
{
  const char *deed = mash_group_get_deed (group);
  g_autofree char *subject = dup_subject (self, mash_group_get_contact (group));

  if (strcmp (deed, "recommend") == 0 || strcmp (deed, "recommend-advice") == 0)
    store_fixture_add (store (self), group, &mash_recommendation_kind, "outcome", outcome,
                       "level", "3", "rationale", "Because of what was seen",
                       "on-incomplete-info", "true", "covers-subjects", subject,
                       "help-offered", "A family worker", "help-offered-to", "Mother",
                       "help-answer", "ACCEPTED", NULL);
}

static void
fill_decision (Filling    *self,
               MashGroup  *group,
               const char *outcome)
{
  const char *deed = mash_group_get_deed (group);
  g_autoptr (MashRecord) shown = mash_facts_find_newest (MASH_FACTS (store (self)),
                                                         "recommendation",
                                                         mash_group_get_contact (group));
  const char *id = shown != NULL ? mash_record_get_id (shown) : "none";
  const char *hash = shown != NULL ? mash_record_get_text (shown, "content-hash") : "none";

  if (strcmp (deed, "return") == 0)
    store_fixture_add (store (self), group, &mash_decision_kind, "recommendation", id,
                       "recommendation-hash", hash, "result", "RETURNED", NULL);
  else if (strcmp (deed, "approve") == 0 || strcmp (deed, "change-outcome") == 0)
    store_fixture_add (store (self), group, &mash_decision_kind, "recommendation", id,
                       "recommendation-hash", hash, "result",
                       strcmp (deed, "approve") == 0 ? "APPROVED" : "CHANGED",
                       "outcome", outcome, "level", "3", "rationale", "I agree with this", NULL);
}

static void
fill_disposal (Filling    *self,
               MashGroup  *group,
               const char *outcome)
{
  const char *deed = mash_group_get_deed (group);
  const char *contact = mash_group_get_contact (group);
  g_autofree char *decision = dup_newest (self, "decision", contact);
  g_autofree char *disposal = dup_newest (self, "disposal", contact);
  g_autofree char *at = ago (self, 1);
  MashEdit *edit;

  if (!mash_words_contain ("send hand-over refuse-hand-over accept-early-help refuse-early-help "
                           "feedback", deed))
    return;
  if (strcmp (deed, "feedback") == 0 && *disposal != '\0')
    {
      store_fixture_edit (store (self), group, &mash_disposal_kind, disposal, "feedback-text",
                          "Told the school", "feedback-to-referrer-at", at, NULL);
      return;
    }

  edit = store_fixture_add (store (self), group, &mash_disposal_kind, "decision",
                            *decision != '\0' ? decision : "none", "receiver", "The team", NULL);
  if (outcome != NULL)
    mash_edit_set_text (edit, "outcome", outcome);
  if (strcmp (deed, "feedback") == 0)
    mash_edit_set_text (edit, "not-told-reason", "The referrer gave no name");
  else if (strcmp (deed, "send") == 0)
    mash_edit_set_text (edit, "sent-at", at);
  else if (g_str_has_prefix (deed, "refuse"))
    mash_edit_set_text (edit, "refused-reason", "Not for us");
  else
    {
      mash_edit_set_text (edit, "accepted-by", "A. Worker");
      mash_edit_set_text (edit, "accepted-at", at);
    }
}

static void
fill_early_help (Filling   *self,
                 MashGroup *group)
{
  const char *deed = mash_group_get_deed (group);
  g_autofree char *at = ago (self, 1);
  g_autofree char *child = store_fixture_find_child (store (self), mash_group_get_contact (group));

  if (strcmp (deed, "agree-early-help") == 0)
    store_fixture_add (store (self), group, &mash_agreement_kind, "purpose", "EARLYHELP",
                       "status", "GIV", "given-by", child, "at", at, NULL);
  else if (strcmp (deed, "decline-early-help") == 0)
    store_fixture_add (store (self), group, &mash_early_help_kind, "declined-by", "Mother",
                       "declined-reason", "Has help already", NULL);
  else if (strcmp (deed, "start-early-help") == 0)
    store_fixture_add (store (self), group, &mash_early_help_kind, "lead-worker", "A. Worker",
                       "started-at", at, NULL);
  else if (strcmp (deed, "step-up") == 0)
    store_fixture_add (store (self), group, &mash_early_help_kind, "stepped-up-at", at,
                       "step-up-harm", "true", NULL);
  else if (strcmp (deed, "refuse-safety-check") == 0 || strcmp (deed, "safety-check") == 0)
    store_fixture_add (store (self), group, &mash_early_help_kind, "safety-finding",
                       "Read and weighed", NULL);
}

static void
fill_adult (Filling   *self,
            MashGroup *group)
{
  const char *deed = mash_group_get_deed (group);
  const char *contact = mash_group_get_contact (group);
  g_autofree char *concern = dup_newest (self, "adult-concern", contact);
  g_autofree char *child = store_fixture_find_child (store (self), contact);
  const MashKind *kind = &mash_adult_concern_kind;

  if (!g_str_has_suffix (deed, "adult-concern"))
    return;
  if (strcmp (deed, "raise-adult-concern") == 0 || *concern == '\0')
    store_fixture_add (store (self), group, kind, "person", child, "concern", "Kept from money",
                       NULL);
  else if (strcmp (deed, "test-adult-concern") == 0)
    store_fixture_edit (store (self), group, kind, concern, "needs", "Y", "needs-why", "Said so",
                        "risk", "Y", "risk-why", "Said so", "unable", "Y", "unable-why", "Said so",
                        NULL);
  else if (strcmp (deed, "decide-adult-concern") == 0)
    store_fixture_edit (store (self), group, kind, concern, "decision", "ENQ", "decision-reason",
                        "All parts are met", NULL);
  else
    store_fixture_edit (store (self), group, kind, concern, "lead", "A. Worker", "follow-up",
                        "Sees her tomorrow", NULL);
}

static void
fill_rest (Filling   *self,
           MashGroup *group)
{
  const char *deed = mash_group_get_deed (group);
  g_autofree char *at = ago (self, 1);

  if (strcmp (deed, "record-discussion") == 0)
    store_fixture_add (store (self), group, &mash_outside_discussion_kind, "held-at", at,
                       "chair", "Team manager", "reference", "SD-1", "agencies", "CSC POL HTH",
                       "outcome", "S47J", "why-outside", "Kept in the case system", NULL);
  else if (strcmp (deed, "acknowledge-link") == 0)
    store_fixture_add (store (self), group, &mash_case_link_kind, "acknowledged-by", "A. Worker",
                       "acknowledged-at", at, NULL);
  else if (strcmp (deed, "reopen") == 0)
    store_fixture_add (store (self), group, &mash_reopening_kind, "reason", "LATE", NULL);
}

/**
 * filled_deed_new:
 * @hub: a hub whose store is open
 * @deed: a deed
 * @contact: (nullable): the contact it is done on; %NULL where it makes one
 * @outcome: (nullable): which outcome it is about
 * @person: (nullable): who does it
 * @other: (nullable): the contact that one is attached to
 *
 * Fills in all that somebody fills in for a deed, so that nothing but who they are stands in the
 * way.
 *
 * Returns: (transfer full): what is to be submitted
 */
MashGroup *
filled_deed_new (StoreFixture *hub,
                 const char   *deed,
                 const char   *contact,
                 const char   *outcome,
                 const char   *person,
                 const char   *other)
{
  Filling self = { hub, other };
  MashGroup *group;

  if (strcmp (deed, "create") == 0 && contact == NULL)
    return store_fixture_new_contact (hub->store, "Ellie", "Marsh", "2019-03-04");

  group = mash_group_new (deed, contact);
  mash_group_set_reason (group, "Because it is so");
  fill_contact (&self, group, person);
  fill_analysis (&self, group);
  fill_recommendation (&self, group, outcome != NULL ? outcome : "O05");
  fill_decision (&self, group, outcome != NULL ? outcome : "O05");
  fill_disposal (&self, group, outcome);
  fill_early_help (&self, group);
  fill_adult (&self, group);
  fill_rest (&self, group);

  return group;
}
