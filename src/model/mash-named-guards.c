/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-named-guards.h"

#include <string.h>

#include "mash-family.h"
#include "mash-guards-course.h"
#include "mash-guards-seal.h"
#include "mash-guards-strategy.h"
#include "mash-identity.h"
#include "mash-rules-work.h"
#include "mash-time.h"

static GPtrArray *
list_subjects (MashCase *the_case)
{
  return mash_facts_list (the_case->proposed, "contact-subject", "contact",
                          mash_group_get_contact (the_case->group));
}

/* Triage looks at each child of the household, not only at the one who was named (domain 4.2). */
static gboolean
every_child_considered (MashCase *the_case)
{
  g_autoptr (GPtrArray) subjects = list_subjects (the_case);
  guint n_children = 0;

  for (guint i = 0; i < subjects->len; i++)
    {
      MashRecord *subject = g_ptr_array_index (subjects, i);

      if (!mash_family_is_child (subject))
        continue;
      n_children++;
      if (!mash_record_get_flag (subject, "considered"))
        return FALSE;
    }

  return n_children > 0;
}

/* The contact to attach to is another one, and still open. */
static gboolean
attach_target (MashCase *the_case)
{
  g_autofree char *target = mash_case_dup_value (the_case, "duplicate-of");
  g_autoptr (MashRecord) other = mash_facts_lookup (the_case->facts, "contact", target);

  return other != NULL &&
         g_strcmp0 (target, mash_group_get_contact (the_case->group)) != 0 &&
         !mash_words_contain ("C90 X20", mash_record_get_text (other, "state"));
}

/* What is approved is what was recommended; anything else is a change with reasons of its own. */
static gboolean
as_recommended (MashCase *the_case)
{
  g_autofree char *recommended = mash_case_dup_value (the_case, "recommendation.outcome");
  g_autofree char *level = mash_case_dup_value (the_case, "recommendation.level");
  MashEdit *decision = mash_group_find_edit (the_case->group, "decision", NULL);

  return recommended != NULL &&
         (decision == NULL ||
          (g_strcmp0 (mash_edit_get_text (decision, "outcome"), recommended) == 0 &&
           (mash_edit_get_text (decision, "level") == NULL ||
            g_strcmp0 (mash_edit_get_text (decision, "level"), level) == 0)));
}

/* The early help safety check was signed by somebody who does not approve it too (domain 3.7,
 * SO02). */
static gboolean
two_signers (MashCase *the_case)
{
  g_autoptr (GPtrArray) signatures = mash_facts_list (the_case->facts, "sign-off", "contact",
                                                      mash_group_get_contact (the_case->group));

  for (guint i = signatures->len; i > 0; i--)
    {
      MashRecord *signature = g_ptr_array_index (signatures, i - 1);

      if (g_strcmp0 (mash_record_get_text (signature, "type"), "SO02") == 0 &&
          mash_guard_signature_stands (the_case, signature) &&
          g_strcmp0 (mash_record_get_text (signature, "signer"), the_case->actor->person) != 0)
        return TRUE;
    }

  return FALSE;
}

/* At least one missing item is being chased, in this group or already. */
static gboolean
something_chased (MashCase *the_case)
{
  g_autoptr (GPtrArray) items = mash_facts_list (the_case->proposed, "chase-item", "contact",
                                                 mash_group_get_contact (the_case->group));

  return items->len > 0;
}

/* Lowering the urgency says so; whatever else a deed does, it does not lower it by the way. */
static gboolean
brag_is_higher (MashCase *the_case)
{
  static const char order[] = "BGAR";
  MashRecord *before = the_case->before;
  MashRecord *after = the_case->after;
  const char *was = before != NULL ? mash_record_get_text (before, "brag") : NULL;
  const char *now = after != NULL ? mash_record_get_text (after, "brag") : NULL;

  if (now == NULL || strchr (order, *now) == NULL)
    return FALSE;

  return was == NULL || strchr (order, *was) == NULL ||
         strchr (order, *now) >= strchr (order, *was);
}

static gboolean
brag_is_lower (MashCase *the_case)
{
  return the_case->before != NULL && mash_record_has (the_case->before, "brag") &&
         !brag_is_higher (the_case);
}

/* The one record of a kind that a group is about; a second one beside it would go unjudged. */
static MashEdit *
find_only (MashCase   *the_case,
           const char *kind)
{
  MashEdit *found = NULL;

  for (guint i = 0; i < mash_group_get_n_edits (the_case->group); i++)
    {
      MashEdit *edit = mash_group_get_edit (the_case->group, i);

      if (strcmp (mash_edit_get_kind (edit)->name, kind) != 0)
        continue;
      if (found != NULL)
        return NULL;
      found = edit;
    }

  return found;
}

static MashRecord *
lookup_link (MashCase *the_case)
{
  MashEdit *edit = find_only (the_case, mash_identity_link_kind.name);

  return edit != NULL ? mash_facts_lookup (the_case->facts, mash_identity_link_kind.name,
                                           mash_edit_get_id (edit)) : NULL;
}

static gboolean
link_was (MashCase   *the_case,
          const char *state)
{
  g_autoptr (MashRecord) link = lookup_link (the_case);

  return link != NULL && g_strcmp0 (mash_record_get_text (link, "state"), state) == 0;
}

/* Something new is said of two people who are not one already, and not proposed to be. */
static gboolean
two_people (MashCase *the_case)
{
  MashEdit *edit = find_only (the_case, mash_identity_link_kind.name);
  const char *one, *other;
  g_autoptr (MashRecord) newest = NULL;
  g_auto (GStrv) group = NULL;

  if (edit == NULL || !mash_edit_is_new (edit))
    return FALSE;
  one = mash_edit_get_text (edit, "person-a");
  other = mash_edit_get_text (edit, "person-b");
  if (one == NULL || other == NULL)
    return FALSE;

  group = mash_identity_list_group (the_case->facts, one);
  newest = mash_identity_find_link (the_case->facts, one, other);

  return !g_strv_contains ((const char *const *) group, other) &&
         (newest == NULL || g_strcmp0 (mash_record_get_text (newest, "state"), "SAME") != 0);
}

static gboolean
link_proposed (MashCase *the_case)
{
  return link_was (the_case, "SAME");
}

static gboolean
link_stands (MashCase *the_case)
{
  return link_was (the_case, "MERGED");
}

/* A link is signed by somebody who did not propose it (domain 3.7, SO09). */
static gboolean
link_by_another (MashCase *the_case)
{
  g_autoptr (MashRecord) link = lookup_link (the_case);

  return link != NULL && g_strcmp0 (mash_record_get_stamps (link)->created_by,
                                    the_case->actor->person) != 0;
}

/* A child is born once: until then they were expected. */
static gboolean
was_unborn (MashCase *the_case)
{
  MashEdit *edit = find_only (the_case, "person");
  g_autoptr (MashRecord) before = NULL;

  if (edit == NULL)
    return FALSE;
  before = mash_facts_lookup (the_case->facts, "person", mash_edit_get_id (edit));

  return before != NULL && g_strcmp0 (mash_record_get_text (before, "kind"), "UNBORN") == 0 &&
         !mash_record_has (before, "birth");
}

/* The date that the child was expected on is kept beside the date of birth. */
static gboolean
due_date_kept (MashCase *the_case)
{
  MashEdit *edit = find_only (the_case, "person");
  g_autoptr (MashRecord) before = NULL;
  g_autoptr (MashRecord) after = NULL;

  if (edit == NULL)
    return FALSE;
  before = mash_facts_lookup (the_case->facts, "person", mash_edit_get_id (edit));
  after = mash_facts_lookup (the_case->proposed, "person", mash_edit_get_id (edit));

  return before != NULL && after != NULL && !mash_record_has (after, "expected-birth") &&
         g_strcmp0 (mash_record_get_text (before, "expected-birth"),
                    mash_record_get_text (after, "was-due")) == 0;
}

/* Whoever is born in a contact is in it as a child, and no longer as an unborn one. */
static gboolean
in_as_child (MashCase *the_case)
{
  MashEdit *edit = find_only (the_case, "person");
  g_autoptr (GPtrArray) subjects = list_subjects (the_case);
  gboolean found = FALSE;

  for (guint i = 0; edit != NULL && i < subjects->len; i++)
    {
      MashRecord *subject = g_ptr_array_index (subjects, i);

      if (g_strcmp0 (mash_record_get_text (subject, "person"), mash_edit_get_id (edit)) != 0)
        continue;
      if (g_strcmp0 (mash_record_get_text (subject, "role"), "CHILD") != 0)
        return FALSE;
      found = TRUE;
    }

  return found;
}

/* Those of links are asked of groups on no contact; all others need one. */
static const struct
{
  const char *name;
  gboolean  (*holds) (MashCase *the_case);
  gboolean    of_link;
} guards[] = {
  { "all-accepted", mash_course_all_accepted },
  { "as-recommended", as_recommended },
  { "attach-target", attach_target },
  { "brag-is-higher", brag_is_higher },
  { "brag-is-lower", brag_is_lower },
  { "by-officer", mash_course_by_officer },
  { "came-back", mash_course_came_back },
  { "case-named", mash_course_case_named },
  { "clock-is-late", mash_course_clock_is_late },
  { "due-date-kept", due_date_kept },
  { "every-child-considered", every_child_considered },
  { "every-child-covered", mash_course_every_child_covered },
  { "help-offered", mash_course_help_offered },
  { "in-as-child", in_as_child },
  { "link-by-another", link_by_another, TRUE },
  { "link-proposed", link_proposed, TRUE },
  { "link-stands", link_stands, TRUE },
  { "mention-is-other", mash_work_mention_is_other },
  { "mention-is-own", mash_work_mention_is_own },
  { "nothing-open", mash_course_nothing_open },
  { "qualified", mash_course_qualified },
  { "sd-absence-explained", mash_strategy_absence_explained },
  { "sd-action-is-open", mash_strategy_action_is_open },
  { "sd-action-unaltered", mash_strategy_action_unaltered },
  { "sd-actions-set", mash_strategy_actions_set },
  { "sd-agencies-invited", mash_strategy_agencies_invited },
  { "sd-chair-apart", mash_strategy_chair_apart },
  { "sd-chair-may", mash_strategy_chair_may },
  { "sd-children-listed", mash_strategy_children_listed },
  { "sd-confirms", mash_strategy_confirms },
  { "sd-copies-ready", mash_strategy_copies_ready },
  { "sd-corrects-signed", mash_strategy_corrects_signed },
  { "sd-decided", mash_strategy_decided },
  { "sd-ended-after", mash_strategy_ended_after },
  { "sd-excused", mash_strategy_excused },
  { "sd-in-dispute", mash_strategy_in_dispute },
  { "sd-is-chair", mash_strategy_is_chair },
  { "sd-is-open", mash_strategy_is_open },
  { "sd-is-own", mash_strategy_is_own },
  { "sd-is-recorded", mash_strategy_is_recorded },
  { "sd-is-running", mash_strategy_is_running },
  { "sd-is-signed", mash_strategy_is_signed },
  { "sd-one-each", mash_strategy_one_each },
  { "sd-own-parts", mash_strategy_own_parts },
  { "sd-protection-told", mash_strategy_protection_told },
  { "sd-released", mash_strategy_released },
  { "sd-request-is-own", mash_strategy_request_is_own },
  { "sd-seen", mash_strategy_seen },
  { "sd-settled", mash_strategy_settled },
  { "sd-settles-only", mash_strategy_settles_only },
  { "sd-signable", mash_strategy_signable },
  { "sd-signer-apart", mash_strategy_signer_apart },
  { "sd-stays-whole", mash_strategy_stays_whole },
  { "sd-unanswered", mash_strategy_unanswered },
  { "sd-views-given", mash_strategy_views_given },
  { "sd-was-convened", mash_strategy_was_convened },
  { "seal-by-another", mash_seal_by_another },
  { "seal-in-order", mash_seal_in_order },
  { "seal-not-of-self", mash_seal_not_of_self },
  { "seal-of-self", mash_seal_of_self },
  { "second-look", mash_course_second_look },
  { "section-42", mash_course_section_42 },
  { "something-chased", something_chased },
  { "task-has-owner", mash_work_task_has_owner },
  { "task-is-open", mash_work_task_is_open },
  { "task-is-own", mash_work_task_is_own },
  { "told-or-why-not", mash_course_told_or_why_not },
  { "two-people", two_people, TRUE },
  { "two-signers", two_signers },
  { "was-unborn", was_unborn },
};

/**
 * mash_named_guard_list:
 * @n_names: (out): how many there are
 *
 * Returns: (transfer none): the name of every guard, sorted
 */
const char *const *
mash_named_guard_list (guint *n_names)
{
  static const char *names[G_N_ELEMENTS (guards)];
  static gsize ready;

  g_return_val_if_fail (n_names != NULL, NULL);

  if (g_once_init_enter (&ready))
    {
      for (guint i = 0; i < G_N_ELEMENTS (guards); i++)
        names[i] = guards[i].name;
      g_once_init_leave (&ready, 1);
    }
  *n_names = G_N_ELEMENTS (guards);

  return names;
}

/**
 * mash_named_guard_known:
 * @name: (nullable): the name of a guard in a policy
 *
 * Returns: %TRUE when there is such a guard
 */
gboolean
mash_named_guard_known (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (guards); i++)
    {
      if (g_strcmp0 (guards[i].name, name) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * mash_named_guard_holds:
 * @the_case: a case
 * @name: (nullable): the name of a guard; one that is not known never holds
 *
 * Returns: %TRUE when it holds
 */
gboolean
mash_named_guard_holds (MashCase   *the_case,
                        const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (guards); i++)
    {
      if (g_strcmp0 (guards[i].name, name) == 0)
        return (guards[i].of_link || mash_group_get_contact (the_case->group) != NULL) &&
               guards[i].holds (the_case);
    }

  return FALSE;
}
