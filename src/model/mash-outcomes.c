/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-outcomes.h"

#include <string.h>

#include "mash-kinds.h"

static void
free_outcome (MashOutcome *outcome)
{
  mash_record_unref (outcome->record);
  g_free (outcome);
}

static void
add (GPtrArray  *outcomes,
     MashRecord *record,
     gboolean    whole)
{
  MashOutcome *outcome = g_new0 (MashOutcome, 1);

  outcome->record = mash_record_ref (record);
  outcome->whole = whole;
  g_ptr_array_add (outcomes, outcome);
}

/* The groups of a recommendation that no decision has replaced, or those of a decision. */
static void
add_groups (GPtrArray  *outcomes,
            MashFacts  *facts,
            const char *field,
            MashRecord *record)
{
  g_autoptr (GPtrArray) groups = mash_facts_list (facts, "outcome-group", field,
                                                  mash_record_get_id (record));
  gboolean decided = strcmp (field, "decision") == 0;

  for (guint i = 0; i < groups->len; i++)
    {
      MashRecord *group = g_ptr_array_index (groups, i);

      if (mash_record_has (group, "decision") == decided)
        add (outcomes, group, FALSE);
    }
}

/**
 * mash_outcomes_list_recommended:
 * @facts: facts
 * @recommendation: a recommendation
 *
 * Any thread.
 *
 * Returns: (transfer full) (element-type MashOutcome): its primary outcome, then those of groups
 */
GPtrArray *
mash_outcomes_list_recommended (MashFacts  *facts,
                                MashRecord *recommendation)
{
  GPtrArray *outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) free_outcome);

  g_return_val_if_fail (recommendation != NULL, outcomes);

  add (outcomes, recommendation, FALSE);
  add_groups (outcomes, facts, "recommendation", recommendation);

  return outcomes;
}

/**
 * mash_outcomes_list_decided:
 * @facts: facts
 * @decision: a decision that was not a return
 *
 * What was approved is what was recommended, group by group. A manager who changes the outcome
 * changes it for every child, or says for each which one. Any thread.
 *
 * Returns: (transfer full) (element-type MashOutcome): what was decided, the primary outcome first
 */
GPtrArray *
mash_outcomes_list_decided (MashFacts  *facts,
                            MashRecord *decision)
{
  GPtrArray *outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) free_outcome);
  g_auto (GStrv) covered = NULL;

  g_return_val_if_fail (decision != NULL, outcomes);

  if (g_strcmp0 (mash_record_get_text (decision, "result"), "APPROVED") == 0)
    {
      g_autoptr (MashRecord) recommendation = mash_facts_lookup (
        facts, "recommendation", mash_record_get_text (decision, "recommendation"));

      if (recommendation != NULL)
        {
          g_ptr_array_unref (outcomes);
          return mash_outcomes_list_recommended (facts, recommendation);
        }
    }

  covered = mash_record_dup_set (decision, "covers-subjects");
  add_groups (outcomes, facts, "decision", decision);
  add (outcomes, decision, outcomes->len == 0 && (covered == NULL || covered[0] == NULL));
  /* The primary outcome comes first. */
  g_ptr_array_insert (outcomes, 0, g_ptr_array_steal_index (outcomes, outcomes->len - 1));

  return outcomes;
}

static gboolean
covers (const MashOutcome *outcome,
        const char        *subject)
{
  g_auto (GStrv) covered = NULL;

  if (outcome->whole)
    return TRUE;
  covered = mash_record_dup_set (outcome->record, "covers-subjects");

  return covered != NULL && g_strv_contains ((const char *const *) covered, subject);
}

/**
 * mash_outcomes_count_covering:
 * @outcomes: (element-type MashOutcome): outcomes
 * @subject: the id of a contact-subject
 *
 * Returns: how many of them are about @subject; one is right
 */
guint
mash_outcomes_count_covering (GPtrArray  *outcomes,
                              const char *subject)
{
  guint n = 0;

  for (guint i = 0; i < outcomes->len; i++)
    n += covers (g_ptr_array_index (outcomes, i), subject) ? 1 : 0;

  return n;
}

/**
 * mash_outcomes_dup_codes:
 * @outcomes: (element-type MashOutcome): outcomes
 *
 * Returns: (transfer full): each code (OUT) once, in their order; ends with %NULL
 */
char **
mash_outcomes_dup_codes (GPtrArray *outcomes)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();

  for (guint i = 0; i < outcomes->len; i++)
    {
      const MashOutcome *outcome = g_ptr_array_index (outcomes, i);
      const char *code = mash_record_get_text (outcome->record, "outcome");

      if (code != NULL && !g_ptr_array_find_with_equal_func (codes, code, g_str_equal, NULL))
        g_ptr_array_add (codes, g_strdup (code));
    }
  g_ptr_array_add (codes, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&codes), FALSE);
}

/**
 * mash_outcomes_say:
 * @outcomes: (element-type MashOutcome): outcomes
 * @subject: the id of a contact-subject
 * @outcome: a code (OUT)
 *
 * Returns: %TRUE when @outcome is one that stands for @subject
 */
gboolean
mash_outcomes_say (GPtrArray  *outcomes,
                   const char *subject,
                   const char *outcome)
{
  for (guint i = 0; i < outcomes->len; i++)
    {
      const MashOutcome *part = g_ptr_array_index (outcomes, i);

      if (g_strcmp0 (mash_record_get_text (part->record, "outcome"), outcome) == 0 &&
          covers (part, subject))
        return TRUE;
    }

  return FALSE;
}

/**
 * mash_outcomes_find_decision:
 * @facts: facts
 * @contact: the id of a contact
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the decision in force: the newest that is no return
 */
MashRecord *
mash_outcomes_find_decision (MashFacts  *facts,
                             const char *contact)
{
  g_autoptr (GPtrArray) decisions = mash_facts_list (facts, "decision", "contact", contact);

  for (guint i = decisions->len; i > 0; i--)
    {
      MashRecord *decision = g_ptr_array_index (decisions, i - 1);

      if (g_strcmp0 (mash_record_get_text (decision, "result"), "RETURNED") != 0)
        return mash_record_ref (decision);
    }

  return NULL;
}
