/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-guards-course.h"

#include <string.h>

#include "mash-family.h"
#include "mash-outcomes.h"
#include "mash-staff.h"
#include "mash-time.h"

/* The newest recommendation, as it would stand. */
static MashRecord *
find_recommendation (MashCase *the_case)
{
  return mash_facts_find_newest (the_case->proposed, "recommendation",
                                 mash_group_get_contact (the_case->group));
}

/* What the group decides, where it decides; else what is recommended. */
static GPtrArray *
list_outcomes (MashCase *the_case)
{
  MashEdit *edit = mash_group_find_edit (the_case->group, "decision", NULL);
  g_autoptr (MashRecord) decision = NULL;
  g_autoptr (MashRecord) recommendation = find_recommendation (the_case);

  if (edit != NULL)
    decision = mash_facts_lookup (the_case->proposed, "decision", mash_edit_get_id (edit));
  if (decision != NULL && strcmp (the_case->deed->id, "return") != 0)
    return mash_outcomes_list_decided (the_case->proposed, decision);

  return recommendation != NULL
         ? mash_outcomes_list_recommended (the_case->proposed, recommendation)
         : g_ptr_array_new ();
}

/* One primary outcome for each child, no more and no less (KIR-27). */
gboolean
mash_course_every_child_covered (MashCase *the_case)
{
  const char *contact = mash_group_get_contact (the_case->group);
  g_autoptr (GPtrArray) subjects = mash_facts_list (the_case->proposed, "contact-subject",
                                                    "contact", contact);
  g_autoptr (GPtrArray) outcomes = list_outcomes (the_case);

  for (guint i = 0; i < subjects->len; i++)
    {
      MashRecord *subject = g_ptr_array_index (subjects, i);

      if (mash_family_is_child (subject) &&
          mash_outcomes_count_covering (outcomes, mash_record_get_id (subject)) != 1)
        return FALSE;
    }

  return TRUE;
}

static gboolean
has_words (MashRecord *record,
           const char *field)
{
  return !mash_text_is_blank (mash_record_get_text (record, field));
}

/* Nobody is sent away without help (KIR-18): what was offered and to whom, and where nothing else
 * follows also what they answered. What stands in the recommendation need not be said again where a
 * group or a changed decision comes to the same outcome. */
gboolean
mash_course_help_offered (MashCase *the_case)
{
  g_autoptr (GPtrArray) outcomes = list_outcomes (the_case);
  g_autoptr (MashRecord) recommendation = find_recommendation (the_case);

  for (guint i = 0; i < outcomes->len; i++)
    {
      const MashOutcome *outcome = g_ptr_array_index (outcomes, i);
      const char *code = mash_record_get_text (outcome->record, "outcome");
      gboolean nothing = g_strcmp0 (code, "O12") == 0;
      gboolean own = mash_kind_find_field (mash_record_get_kind (outcome->record),
                                           "help-offered") != MASH_NO_FIELD &&
                     has_words (outcome->record, "help-offered");
      MashRecord *says = own ? outcome->record : recommendation;

      if (!nothing && !mash_words_contain ("O03 O04", code))
        continue;
      if (says == NULL || !has_words (says, "help-offered") ||
          !has_words (says, "help-offered-to") || (nothing && !has_words (says, "help-answer")))
        return FALSE;
    }

  return TRUE;
}

/* A MASH officer ends contacts under supervision, and a share of them is looked at (NOT-09).
 * Whoever recommended was one on the day on which they did, whatever they are on the decision's. */
gboolean
mash_course_by_officer (MashCase *the_case)
{
  g_autofree char *by = mash_case_dup_value (the_case, "recommendation.by");
  g_autofree char *at = mash_case_dup_value (the_case, "recommendation.at");
  g_autofree char *day = mash_time_dup_local_date (mash_time_parse_or (at,
                                                                      the_case->actor->now));
  g_autoptr (GPtrArray) posts = NULL;

  if (by == NULL)
    return FALSE;

  posts = mash_facts_list (the_case->facts, "post", "staff", by);
  for (guint i = 0; i < posts->len; i++)
    {
      MashRecord *post = g_ptr_array_index (posts, i);

      if (g_strcmp0 (mash_record_get_text (post, "role"), "MO") == 0 &&
          mash_post_is_held (post, day))
        return TRUE;
    }

  return FALSE;
}

/* What follows another closure with no further action is looked at twice (domain 4.2, row O12). */
gboolean
mash_course_second_look (MashCase *the_case)
{
  g_autofree char *look = NULL;

  if (the_case->after == NULL || !mash_record_has (the_case->after, "nfa-before"))
    return TRUE;

  look = mash_case_dup_value (the_case, "recommendation.second-look");

  return !mash_text_is_blank (look);
}

/* The hand-overs of the decision in force. */
static GPtrArray *
list_disposals (MashCase   *the_case,
                MashRecord *decision)
{
  return mash_facts_list (the_case->proposed, "disposal", "decision",
                          mash_record_get_id (decision));
}

static gboolean
is_accepted (GPtrArray  *disposals,
             const char *outcome,
             gboolean    single)
{
  for (guint i = 0; i < disposals->len; i++)
    {
      MashRecord *disposal = g_ptr_array_index (disposals, i);
      const char *of = mash_record_get_text (disposal, "outcome");

      if (mash_record_has (disposal, "accepted-at") &&
          !mash_record_has (disposal, "refused-reason") &&
          (g_strcmp0 (of, outcome) == 0 || (of == NULL && single)))
        return TRUE;
    }

  return FALSE;
}

/* Every outcome that needs a receiver has one who accepted it (NOT-08). */
gboolean
mash_course_all_accepted (MashCase *the_case)
{
  g_autoptr (MashRecord) decision = mash_outcomes_find_decision (
    the_case->proposed, mash_group_get_contact (the_case->group));
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autoptr (GPtrArray) disposals = NULL;
  g_auto (GStrv) codes = NULL;

  if (decision == NULL)
    return FALSE;

  outcomes = mash_outcomes_list_decided (the_case->proposed, decision);
  codes = mash_outcomes_dup_codes (outcomes);
  disposals = list_disposals (the_case, decision);
  for (guint i = 0; codes[i] != NULL; i++)
    {
      if (mash_policy_find_code (the_case->policy, "RECEIVER", codes[i]) != NULL &&
          !is_accepted (disposals, codes[i], codes[1] == NULL))
        return FALSE;
    }

  return TRUE;
}

/* A receiver or the family refused what was decided, so the manager decides again. */
gboolean
mash_course_came_back (MashCase *the_case)
{
  g_autoptr (MashRecord) decision = mash_outcomes_find_decision (
    the_case->proposed, mash_group_get_contact (the_case->group));
  g_autoptr (GPtrArray) disposals = NULL;
  g_autofree char *outcomes = mash_case_dup_value (the_case, "decision.outcomes");

  if (decision == NULL || the_case->before == NULL)
    return FALSE;
  if (g_strcmp0 (mash_record_get_text (the_case->before, "strand-e"), "E90") == 0 &&
      (mash_words_contain (outcomes, "O03") || mash_words_contain (outcomes, "O04")))
    return TRUE;

  disposals = list_disposals (the_case, decision);
  for (guint i = 0; i < disposals->len; i++)
    {
      if (mash_record_has (g_ptr_array_index (disposals, i), "refused-reason"))
        return TRUE;
    }

  return FALSE;
}

/* The referrer was told, and when; or it says why not (domain 4.2, C75 to C80). */
gboolean
mash_course_told_or_why_not (MashCase *the_case)
{
  g_autofree char *told = mash_case_dup_value (the_case, "disposal.feedback-text");
  g_autofree char *at = mash_case_dup_value (the_case, "disposal.feedback-to-referrer-at");
  g_autofree char *why_not = mash_case_dup_value (the_case, "disposal.not-told-reason");

  return !mash_text_is_blank (why_not) || (!mash_text_is_blank (told) && at != NULL);
}

/* An open case is one of this register, or has a number elsewhere. */
gboolean
mash_course_case_named (MashCase *the_case)
{
  g_autofree char *linked = mash_case_dup_value (the_case, "disposal.linked-contact");
  g_autofree char *number = mash_case_dup_value (the_case, "disposal.receiver-ref");

  return (linked != NULL &&
          g_strcmp0 (linked, mash_group_get_contact (the_case->group)) != 0) ||
         !mash_text_is_blank (number);
}

/* Where all three parts of the test are met the authority must make enquiries, and may under this
 * section only then (Care Act 2014, section 42). */
gboolean
mash_course_section_42 (MashCase *the_case)
{
  static const char *const parts[] = {
    "adult-concern.needs", "adult-concern.risk", "adult-concern.unable",
  };
  g_autofree char *decision = mash_case_dup_value (the_case, "adult-concern.decision");
  gboolean met = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *answer = mash_case_dup_value (the_case, parts[i]);

      met = met && g_strcmp0 (answer, "Y") == 0;
    }

  return met == (g_strcmp0 (decision, "ENQ") == 0);
}

/* Only what was late is explained. */
gboolean
mash_course_clock_is_late (MashCase *the_case)
{
  MashEdit *edit = mash_group_find_edit (the_case->group, "clock", NULL);
  g_autoptr (MashRecord) clock = NULL;
  const char *due_at, *stopped_at;
  gint64 due, stopped;

  if (edit == NULL)
    return FALSE;
  clock = mash_facts_lookup (the_case->facts, "clock", mash_edit_get_id (edit));
  due_at = clock != NULL ? mash_record_get_text (clock, "due-at") : NULL;
  if (due_at == NULL || !mash_time_parse (due_at, &due))
    return FALSE;
  stopped_at = mash_record_get_text (clock, "stopped-at");
  if (stopped_at == NULL || !mash_time_parse (stopped_at, &stopped))
    stopped = the_case->actor->now;

  return stopped > due;
}

/* Whoever signs that a child is safe is a qualified social worker whose registration has not run
 * out (WAL-09). */
gboolean
mash_course_qualified (MashCase *the_case)
{
  g_autoptr (MashRecord) staff = mash_facts_lookup (the_case->facts, "staff",
                                                    the_case->actor->person);
  g_autofree char *today = mash_time_dup_local_date (the_case->actor->now);
  const char *expires = staff != NULL ? mash_record_get_text (staff, "registration-expires") : NULL;

  return staff != NULL && mash_record_get_flag (staff, "qualified") &&
         (expires == NULL || strcmp (expires, today) >= 0);
}

static gboolean
strands_ended (MashRecord *contact)
{
  static const struct
  {
    const char *strand;
    const char *ends;
  } strands[] = {
    { "strand-p", "P60 P70 P80" },
    { "strand-a", "A40" },
    { "strand-e", "E50 E90" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (strands); i++)
    {
      const char *at = mash_record_get_text (contact, strands[i].strand);

      if (at != NULL && !mash_words_contain (strands[i].ends, at))
        return FALSE;
    }

  return TRUE;
}

/* Whether a record of the kind, of this contact, has @value in @field. */
static gboolean
any_with (MashCase   *the_case,
          const char *kind,
          const char *field,
          const char *value)
{
  g_autoptr (GPtrArray) records = mash_facts_list (the_case->proposed, kind, "contact",
                                                   mash_group_get_contact (the_case->group));

  for (guint i = 0; i < records->len; i++)
    {
      if (g_strcmp0 (mash_record_get_text (g_ptr_array_index (records, i), field), value) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Nothing runs on a contact that closes but what is only reported, and the review of a flag, which
 * outlives the contact; nothing waits to be done (domain 4.2, C80 to C90). */
gboolean
mash_course_nothing_open (MashCase *the_case)
{
  g_autoptr (GPtrArray) clocks = mash_facts_list (the_case->proposed, "clock", "contact",
                                                  mash_group_get_contact (the_case->group));

  for (guint i = 0; i < clocks->len; i++)
    {
      MashRecord *clock = g_ptr_array_index (clocks, i);

      if (mash_record_has (clock, "due-at") && !mash_record_has (clock, "stopped-at") &&
          g_strcmp0 (mash_record_get_text (clock, "type"), "T26") != 0)
        return FALSE;
    }

  return the_case->after != NULL && strands_ended (the_case->after) &&
         !any_with (the_case, "chase-item", "state", "OPEN") &&
         !any_with (the_case, "task", "status", "OPEN") &&
         !any_with (the_case, "sd-action", "status", "OPEN") &&
         !any_with (the_case, "sign-off", "state", "PROVISIONAL");
}
