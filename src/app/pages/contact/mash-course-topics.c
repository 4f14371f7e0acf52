/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-course-topics.h"

#include <glib/gi18n-lib.h>

#include "mash-seal.h"

#define EARLY_HELP "O03 O04"
#define ADULT "O10 O11"

static const char *
get_text (MashContactFile *file,
          const char      *field)
{
  return mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (file)), field);
}

static gboolean
is_in (MashContactFile *file,
       const char      *states)
{
  const char *state = get_text (file, "state");

  return state != NULL && mash_words_contain (states, state);
}

static gboolean
has_any (MashContactFile *file,
         const char      *kind,
         gboolean       (*test) (MashEntity *entity))
{
  GListModel *list = mash_contact_file_get_list (file, kind);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (MashEntity) entity = g_list_model_get_item (list, i);

      if (mash_entity_get_record (entity) != NULL && (test == NULL || test (entity)))
        return TRUE;
    }

  return FALSE;
}

static MashEntity *
find_newest (MashContactFile *file,
             const char      *kind)
{
  GListModel *list = mash_contact_file_get_list (file, kind);

  for (guint i = g_list_model_get_n_items (list); i > 0; i--)
    {
      g_autoptr (MashEntity) entity = g_list_model_get_item (list, i - 1);

      if (mash_entity_get_record (entity) != NULL)
        return entity;
    }

  return NULL;
}

/* The outcomes decided on, or recommended while nothing is decided. */
static char **
dup_outcomes (MashContactFile *file,
              const char      *kind)
{
  MashEntity *record = find_newest (file, kind);
  const char *outcome = record != NULL ? mash_entity_get_text (record, "outcome") : NULL;
  char **outcomes = record != NULL ? mash_entity_dup_set (record, "outcomes") : NULL;

  if (outcomes != NULL && outcomes[0] != NULL)
    return outcomes;

  g_strfreev (outcomes);

  return outcome != NULL ? g_strsplit (outcome, " ", -1) : NULL;
}

static gboolean
has_outcome (MashContactFile *file,
             const char      *kind,
             const char      *wanted)
{
  g_auto (GStrv) outcomes = dup_outcomes (file, kind);

  for (guint i = 0; outcomes != NULL && outcomes[i] != NULL; i++)
    if (mash_words_contain (wanted, outcomes[i]))
      return TRUE;

  return FALSE;
}

/* Disposals */

static gboolean
is_accepted (MashEntity *disposal)
{
  return mash_entity_get_text (disposal, "accepted-at") != NULL;
}

static gboolean
is_refused (MashEntity *disposal)
{
  return mash_entity_get_text (disposal, "refused-reason") != NULL;
}

static gboolean
is_sent (MashEntity *disposal)
{
  return mash_entity_get_text (disposal, "sent-at") != NULL || is_accepted (disposal) ||
         is_refused (disposal);
}

static gboolean
waits (MashEntity *disposal)
{
  return is_sent (disposal) && !is_accepted (disposal) && !is_refused (disposal);
}

static gboolean
is_early_help (MashEntity *disposal)
{
  const char *outcome = mash_entity_get_text (disposal, "outcome");

  return outcome != NULL && mash_words_contain (EARLY_HELP, outcome);
}

static gboolean
waits_at_early_help (MashEntity *disposal)
{
  return waits (disposal) && is_early_help (disposal);
}

static gboolean
is_told (MashEntity *disposal)
{
  return mash_entity_get_text (disposal, "feedback-text") != NULL ||
         mash_entity_get_text (disposal, "not-told-reason") != NULL;
}

/* Whether each outcome that needs a receiver has been sent to one that has not refused it. */
static gboolean
needs_sending (MashContactFile *file,
               MashPolicy      *policy)
{
  g_auto (GStrv) outcomes = dup_outcomes (file, "decision");
  GListModel *list = mash_contact_file_get_list (file, "disposal");
  MashEntity *decision = find_newest (file, "decision");

  for (guint i = 0; outcomes != NULL && outcomes[i] != NULL; i++)
    {
      gboolean found = FALSE;

      if (mash_policy_find_code (policy, "RECEIVER", outcomes[i]) == NULL)
        continue;
      for (guint j = 0; !found && j < g_list_model_get_n_items (list); j++)
        {
          g_autoptr (MashEntity) disposal = g_list_model_get_item (list, j);
          const char *of = mash_entity_get_text (disposal, "outcome");

          found = is_sent (disposal) && !is_refused (disposal) &&
                  g_strcmp0 (mash_entity_get_text (disposal, "decision"),
                             mash_entity_get_id (decision)) == 0 &&
                  (of == NULL || g_str_equal (of, outcomes[i]));
        }
      if (!found)
        return TRUE;
    }

  return FALSE;
}

static gboolean
needs_receiver (MashContactFile *file,
                MashPolicy      *policy)
{
  g_auto (GStrv) outcomes = dup_outcomes (file, "decision");

  for (guint i = 0; outcomes != NULL && outcomes[i] != NULL; i++)
    if (mash_policy_find_code (policy, "RECEIVER", outcomes[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* Clocks */

static gboolean
is_late (MashEntity *clock)
{
  return mash_entity_get_int (clock, "breach-minutes") > 0;
}

static gboolean
is_unexplained (MashEntity *clock)
{
  return is_late (clock) && mash_entity_get_text (clock, "breach-reason") == NULL;
}

/* Which topics are shown */

static gboolean
early_help_shown (MashContactFile *file,
                  MashPolicy      *policy)
{
  return get_text (file, "strand-e") != NULL || has_any (file, "early-help", NULL);
}

static gboolean
hand_over_shown (MashContactFile *file,
                 MashPolicy      *policy)
{
  return is_in (file, "C70 C75 C80 C90 C95") &&
         (needs_receiver (file, policy) || has_any (file, "disposal", is_sent));
}

static gboolean
link_shown (MashContactFile *file,
            MashPolicy      *policy)
{
  return is_in (file, "X20") || has_any (file, "case-link", NULL);
}

static gboolean
adult_shown (MashContactFile *file,
             MashPolicy      *policy)
{
  return get_text (file, "strand-a") != NULL || has_any (file, "adult-concern", NULL) ||
         has_outcome (file, "decision", ADULT) || has_outcome (file, "recommendation", ADULT);
}

static gboolean
discussion_shown (MashContactFile *file,
                  MashPolicy      *policy)
{
  const char *strand = get_text (file, "strand-p");

  return (strand != NULL && !is_in (file, "C00 C10 C20 C25")) ||
         has_any (file, "outside-discussion", NULL);
}

static gboolean
feedback_shown (MashContactFile *file,
                MashPolicy      *policy)
{
  return is_in (file, "C70 C75 C80 C90 C95");
}

static gboolean
late_shown (MashContactFile *file,
            MashPolicy      *policy)
{
  return has_any (file, "clock", is_late);
}

static gboolean
end_shown (MashContactFile *file,
           MashPolicy      *policy)
{
  return is_in (file, "C80 C90 C95 X20");
}

/* Which deeds go on with a record */

static gboolean
disposal_deed_fits (MashEntity *disposal,
                    const char *deed)
{
  if (!waits (disposal))
    return FALSE;

  return g_str_has_suffix (deed, "early-help") == is_early_help (disposal);
}

static gboolean
clock_deed_fits (MashEntity *clock,
                 const char *deed)
{
  return is_unexplained (clock);
}

/* Of a strategy discussion */

static gboolean
protection_shown (MashContactFile *file,
                  MashPolicy      *policy)
{
  return has_any (file, "police-protection", NULL);
}

static gboolean
protection_deed_fits (MashEntity *power,
                      const char *deed)
{
  return mash_entity_get_text (power, "ended-at") == NULL;
}

static gboolean
disagreement_shown (MashContactFile *file,
                    MashPolicy      *policy)
{
  return has_any (file, "sd-escalation", NULL);
}

static gboolean
disagreement_deed_fits (MashEntity *escalation,
                        const char *deed)
{
  return mash_entity_get_text (escalation, "resolved-at") == NULL;
}

/* The dissent itself, word for word. */
static char *
dup_dissent (MashContactFile *file,
             MashEntity      *escalation)
{
  const char *id = mash_entity_get_text (escalation, "view");
  MashEntity *view = id != NULL ? mash_contact_file_find (file, id) : NULL;

  return view != NULL ? g_strdup (mash_entity_get_text (view, "text")) : NULL;
}

static gboolean
enquiry_shown (MashContactFile *file,
               MashPolicy      *policy)
{
  return has_any (file, "sd-enquiry", NULL);
}

static gboolean
enquiry_deed_fits (MashEntity *enquiry,
                   const char *deed)
{
  return TRUE;
}

/* Who is kept out of the contact never sees that there is a seal. */
static gboolean
seals_shown (MashContactFile *file,
             MashPolicy      *policy)
{
  return has_any (file, "seal", NULL);
}

static gboolean
seal_deed_fits (MashEntity *seal,
                const char *deed)
{
  return mash_seal_get_next (deed, mash_entity_get_text (seal, "state")) != NULL;
}

static const MashCourseTopic topics[] = {
  { "early-help", N_("Early help"), N_("Nothing is written of the offer yet"), "early-help",
    "service help offered-to offered-at safety-finding lead-worker started-at first-step "
    "declined-by declined-at declined-reason stepped-up-at step-up-reason step-up-harm",
    "strand-e", "STRAND-E",
    "safety-check refuse-safety-check agree-early-help decline-early-help start-early-help step-up",
    .shown = early_help_shown },
  { "hand-over", N_("Hand-over"), N_("Not sent to anybody yet"), "disposal",
    "outcome receiver receiver-kind receiver-ref sent-at accepted-by accepted-at refused-by "
    "refused-at refused-reason",
    .deeds = "send decide-again",
    .record_deeds = "hand-over refuse-hand-over accept-early-help refuse-early-help",
    .shown = hand_over_shown, .tells = is_sent, .deed_fits = disposal_deed_fits },
  { "link", N_("With the open case"), N_("Nothing is written of the open case yet"), "case-link",
    "external-ref case-holder told-at how acknowledged-by acknowledged-at",
    .deeds = "acknowledge-link start-discussion convene-discussion", .shown = link_shown },
  { "adult", N_("Adult safeguarding"), N_("No concern for an adult is written down"),
    "adult-concern",
    "person received-at concern wishes needs needs-why risk risk-why unable unable-why test-by "
    "test-at decision decision-reason decided-by decided-at lead follow-up",
    "strand-a", "STRAND-A",
    "raise-adult-concern test-adult-concern decide-adult-concern follow-up-adult-concern",
    .shown = adult_shown },
  { "discussion", N_("Strategy discussion"), N_("No discussion is recorded"), "outside-discussion",
    "held-at chair agencies outcome rationale reference record-held-by why-outside "
    "covers-subjects",
    "strand-p", "STRAND-P", "start-discussion convene-discussion record-discussion unfound-harm",
    .shown = discussion_shown },
  { "protection", N_("Police protection"), NULL, "police-protection",
    "used-at subjects officer designated-officer place grounds parents-told parents-told-by "
    "prompted-call ended-at ended-how",
    .record_deeds = "edit-police-protection end-police-protection", .clocks = "T18", .wide = TRUE,
    .shown = protection_shown, .deed_fits = protection_deed_fits },
  { "disagreement", N_("Disagreement between agencies"), NULL, "sd-escalation",
    "agency stage raised-at seniors resolution resolved-by resolved-at",
    .record_deeds = "resolve-disagreement", .clocks = "T17", .wide = TRUE,
    .shown = disagreement_shown, .deed_fits = disagreement_deed_fits, .dup_words = dup_dissent },
  { "enquiry", N_("Enquiries under section 47"), NULL, "sd-enquiry",
    "subject started-at conference-target seen-at seen-by seen-alone conference-at not-required "
    "not-required-why assessed-at outcome",
    .record_deeds = "record-enquiry", .clocks = "T15 T16 T21", .wide = TRUE,
    .shown = enquiry_shown, .deed_fits = enquiry_deed_fits },
  { "feedback", N_("The referrer"), N_("Not told yet"), "disposal",
    "feedback-to-referrer-at feedback-text not-told-reason",
    .deeds = "feedback", .shown = feedback_shown, .tells = is_told },
  { "late", N_("Missed time limits"), NULL, "clock",
    "type due-at stopped-at breach-minutes breach-reason breach-comment",
    .record_deeds = "explain-breach", .shown = late_shown, .tells = is_late,
    .deed_fits = clock_deed_fits },
  { "seals", N_("Seals"), NULL, "seal",
    "state excluded reason text review-by asked-by asked-at answered-by answered-at",
    .record_deeds = "confirm-seal refuse-seal propose-unseal confirm-unseal keep-seal",
    .clocks = "T31", .shown = seals_shown, .deed_fits = seal_deed_fits },
  { "end", N_("The end"), NULL, "reopening", "reason text by at",
    .deeds = "close close-done reopen rescreen", .shown = end_shown },
};

/**
 * mash_course_topic_find:
 * @id: `early-help`, `hand-over`, `link`, `adult`, `discussion`, `protection`, `disagreement`,
 *   `enquiry`, `feedback`, `late`, `seals` or `end`
 *
 * Returns: (transfer none) (nullable): the topic
 */
const MashCourseTopic *
mash_course_topic_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    if (g_str_equal (topics[i].id, id))
      return &topics[i];

  return NULL;
}

/* What early help waits for, where it waits. */
static const char *
find_next_of_early_help (MashContactFile *file)
{
  const char *strand = get_text (file, "strand-e");

  if (g_strcmp0 (strand, "E30") == 0)
    return "agree-early-help";
  if (g_strcmp0 (strand, "E40") == 0)
    return "start-early-help";

  return NULL;
}

static const char *
find_next_after_decision (MashContactFile *file,
                          MashPolicy      *policy,
                          const char      *role)
{
  const char *early_help = find_next_of_early_help (file);

  if (early_help != NULL)
    return early_help;
  if (is_in (file, "C80"))
    return "close";
  if (is_in (file, "C75"))
    return "feedback";
  if (has_any (file, "disposal", waits_at_early_help))
    return "accept-early-help";
  if (has_any (file, "disposal", waits))
    return "hand-over";
  if (!needs_sending (file, policy))
    return "feedback";
  if (has_any (file, "disposal", is_refused) && g_strcmp0 (role, "MM") == 0)
    return "decide-again";

  return "send";
}

/**
 * mash_course_find_next:
 * @file: an open contact on which something is recommended or decided
 * @policy: the policy in force
 * @role: (nullable): the role of whoever is signed in
 *
 * Returns: (transfer none) (nullable): the deed that moves the contact on after the decision, or a
 *   step before it that has to come first; %NULL where its state alone says what is next
 */
const char *
mash_course_find_next (MashContactFile *file,
                       MashPolicy      *policy,
                       const char      *role)
{
  g_return_val_if_fail (MASH_IS_CONTACT_FILE (file), NULL);

  if (is_in (file, "C60") && has_outcome (file, "recommendation", EARLY_HELP) &&
      g_strcmp0 (get_text (file, "strand-e"), "E10") == 0 && g_strcmp0 (role, "SW") == 0)
    return "safety-check";
  if (is_in (file, "C70 C75 C80"))
    return find_next_after_decision (file, policy, role);
  if (is_in (file, "X20"))
    return has_any (file, "case-link", NULL) ? "acknowledge-link" : NULL;

  return NULL;
}
