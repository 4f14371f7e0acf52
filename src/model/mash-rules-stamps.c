/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-rules-private.h"

#include <string.h>

#include "mash-kinds.h"
#include "mash-outcomes.h"
#include "mash-time.h"

GVariant *
mash_rules_text (const char *value)
{
  return value != NULL ? g_variant_new_string (value) : NULL;
}

GVariant *
mash_rules_number (gint64 value)
{
  return g_variant_new_take_string (g_strdup_printf ("%" G_GINT64_FORMAT, value));
}

void
mash_rules_put (MashEdit   *edit,
                MashRecord *before,
                const char *name,
                GVariant   *now)
{
  guint field = mash_kind_find_field (mash_edit_get_kind (edit), name);
  g_autoptr (GVariant) kept = now != NULL ? g_variant_ref_sink (now) : NULL;

  g_return_if_fail (field != MASH_NO_FIELD);

  mash_edit_set (edit, field, before != NULL ? mash_record_get_value (before, field) : NULL, kept);
}

void
mash_rules_put_contact (MashRules  *self,
                        const char *field,
                        GVariant   *now)
{
  mash_rules_put (self->contact, self->the_case.before, field, now);
}

/* How many records of the kind the contact has, this one included: “approve revision 3”. */
static GVariant *
count_revision (MashRules  *self,
                const char *kind)
{
  g_autoptr (GPtrArray) earlier = mash_facts_list (self->the_case.facts, kind, "contact",
                                                   mash_group_get_contact (self->the_case.group));

  return mash_rules_number ((gint64) earlier->len + 1);
}

static GVariant *
join_codes (GPtrArray *outcomes)
{
  g_auto (GStrv) codes = mash_outcomes_dup_codes (outcomes);

  return codes[0] != NULL ? g_variant_new_strv ((const char *const *) codes, -1) : NULL;
}

static void
stamp_subject (MashRules *self,
               MashEdit  *edit)
{
  mash_rules_put (edit, NULL, "added-at", mash_rules_text (self->now));
  if (self->the_case.before != NULL)
    mash_rules_put (edit, NULL, "added-late", g_variant_new_boolean (TRUE));
}

static void
stamp_analysis (MashRules *self,
                MashEdit  *edit)
{
  g_autoptr (MashRecord) before = mash_facts_lookup (self->the_case.facts, "risk-analysis",
                                                     mash_edit_get_id (edit));

  mash_rules_put (edit, before, "criteria-version",
                  mash_rules_text (mash_policy_get_criteria_version (self->the_case.policy)));
}

static void
stamp_recommendation (MashRules *self,
                      MashEdit  *edit)
{
  MashRecord *before = self->the_case.before;
  gint64 revision = before != NULL ? mash_record_get_revision (before) : 0;
  g_autoptr (MashRecord) recommendation = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;

  mash_rules_put (edit, NULL, "by", mash_rules_text (self->the_case.actor->person));
  mash_rules_put (edit, NULL, "at", mash_rules_text (self->now));
  mash_rules_put (edit, NULL, "criteria-version",
                  mash_rules_text (mash_policy_get_criteria_version (self->the_case.policy)));
  mash_rules_put (edit, NULL, "contact-revision", mash_rules_number (revision));
  mash_rules_put (edit, NULL, "rev", count_revision (self, "recommendation"));
  recommendation = mash_facts_lookup (self->the_case.proposed, "recommendation",
                                      mash_edit_get_id (edit));
  outcomes = mash_outcomes_list_recommended (self->the_case.proposed, recommendation);
  mash_rules_put (edit, NULL, "outcomes", join_codes (outcomes));
}

/* Whether the statutory time for a decision (T02, Working Together) had not run out; %NULL where it
 * does not run, because it was decided before and re-opened since. */
static GVariant *
tell_statutory_time (MashRules *self)
{
  g_autoptr (GPtrArray) clocks = mash_facts_list (self->the_case.facts, "clock", "contact",
                                                  mash_group_get_contact (self->the_case.group));

  for (guint i = 0; i < clocks->len; i++)
    {
      MashRecord *clock = g_ptr_array_index (clocks, i);
      const char *due_at = mash_record_get_text (clock, "due-at");
      gint64 due;

      if (g_strcmp0 (mash_record_get_text (clock, "type"), "T02") == 0 &&
          !mash_record_has (clock, "stopped-at") &&
          due_at != NULL && mash_time_parse (due_at, &due))
        return g_variant_new_boolean (self->the_case.actor->now <= due);
    }

  return NULL;
}

static void
stamp_decision (MashRules *self,
                MashEdit  *edit)
{
  g_autoptr (MashRecord) decision = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;

  mash_rules_put (edit, NULL, "by", mash_rules_text (self->the_case.actor->person));
  mash_rules_put (edit, NULL, "at", mash_rules_text (self->now));
  mash_rules_put (edit, NULL, "criteria-version",
                  mash_rules_text (mash_policy_get_criteria_version (self->the_case.policy)));
  mash_rules_put (edit, NULL, "statutory-clock-met", tell_statutory_time (self));
  mash_rules_put (edit, NULL, "rev", count_revision (self, "decision"));
  if (g_strcmp0 (mash_edit_get_text (edit, "result"), "RETURNED") == 0)
    return;

  decision = mash_facts_lookup (self->the_case.proposed, "decision", mash_edit_get_id (edit));
  outcomes = mash_outcomes_list_decided (self->the_case.proposed, decision);
  mash_rules_put (edit, NULL, "outcomes", join_codes (outcomes));
}

/* Where one outcome was decided, it is clear which one is handed over. */
static void
stamp_disposal (MashRules *self,
                MashEdit  *edit)
{
  g_autoptr (MashRecord) decision = NULL;
  g_auto (GStrv) outcomes = NULL;

  if (mash_edit_get_text (edit, "outcome") != NULL)
    return;
  decision = mash_facts_lookup (self->the_case.proposed, "decision",
                                mash_edit_get_text (edit, "decision"));
  outcomes = decision != NULL ? mash_record_dup_set (decision, "outcomes") : NULL;
  if (outcomes != NULL && g_strv_length (outcomes) == 1)
    mash_rules_put (edit, NULL, "outcome", mash_rules_text (outcomes[0]));
}

static void
stamp_who (MashRules  *self,
           MashEdit   *edit,
           MashRecord *before,
           const char *by,
           const char *at)
{
  mash_rules_put (edit, before, by, mash_rules_text (self->the_case.actor->person));
  mash_rules_put (edit, before, at, mash_rules_text (self->now));
}

static gboolean
touches (MashEdit   *edit,
         const char *field)
{
  return mash_edit_touches (edit, mash_kind_find_field (mash_edit_get_kind (edit), field));
}

/* Who made the three-part test and who decided on it is known by what they filled in. */
static void
stamp_adult_concern (MashRules *self,
                     MashEdit  *edit)
{
  g_autoptr (MashRecord) before = mash_facts_lookup (self->the_case.facts, "adult-concern",
                                                     mash_edit_get_id (edit));

  if (touches (edit, "needs") || touches (edit, "risk") || touches (edit, "unable"))
    stamp_who (self, edit, before, "test-by", "test-at");
  if (touches (edit, "decision"))
    stamp_who (self, edit, before, "decided-by", "decided-at");
}

static void
stamp_reopening (MashRules *self,
                 MashEdit  *edit)
{
  stamp_who (self, edit, NULL, "by", "at");
}

/* Who asks for a step and who answers it, and the state that the seal is in after it. */
static void
stamp_seal (MashRules *self,
            MashEdit  *edit)
{
  g_autoptr (MashRecord) before = mash_facts_lookup (self->the_case.facts, mash_seal_kind.name,
                                                     mash_edit_get_id (edit));
  const char *state = before != NULL ? mash_record_get_text (before, "state") : NULL;
  const char *next = mash_seal_get_next (self->the_case.deed->id, state);

  if (next == NULL)
    return;
  mash_rules_put (edit, before, "state", mash_rules_text (next));
  if (before != NULL && strcmp (next, "LIFTING") != 0)
    {
      stamp_who (self, edit, before, "answered-by", "answered-at");
      return;
    }
  stamp_who (self, edit, before, "asked-by", "asked-at");
  mash_rules_put (edit, before, "asked-role", mash_rules_text (self->the_case.actor->role));
}

/* Stamps what the group writes: who, when, by which version of the criteria. */
void
mash_rules_stamp_edits (MashRules *self)
{
  static const struct
  {
    const MashKind *kind;
    void            (*stamp) (MashRules *self,
                              MashEdit  *edit);
    gboolean        new_only;
  } stamps[] = {
    { &mash_contact_subject_kind, stamp_subject, TRUE },
    { &mash_risk_analysis_kind, stamp_analysis, FALSE },
    { &mash_recommendation_kind, stamp_recommendation, TRUE },
    { &mash_decision_kind, stamp_decision, TRUE },
    { &mash_disposal_kind, stamp_disposal, TRUE },
    { &mash_adult_concern_kind, stamp_adult_concern, FALSE },
    { &mash_reopening_kind, stamp_reopening, TRUE },
    { &mash_seal_kind, stamp_seal, FALSE },
  };

  for (guint i = 0; i < mash_group_get_n_edits (self->the_case.group); i++)
    {
      MashEdit *edit = mash_group_get_edit (self->the_case.group, i);

      for (guint s = 0; s < G_N_ELEMENTS (stamps); s++)
        {
          if (mash_edit_get_kind (edit) == stamps[s].kind &&
              (!stamps[s].new_only || mash_edit_is_new (edit)))
            stamps[s].stamp (self, edit);
        }
    }
}

