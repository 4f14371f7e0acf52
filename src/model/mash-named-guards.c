/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-named-guards.h"

#include <string.h>

#include "mash-family.h"
#include "mash-rereferral.h"
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

static gboolean
every_child_covered (MashCase *the_case)
{
  g_autoptr (GPtrArray) subjects = list_subjects (the_case);
  g_autofree char *covered = mash_case_dup_value (the_case, "recommendation.covers-subjects");

  for (guint i = 0; i < subjects->len; i++)
    {
      MashRecord *subject = g_ptr_array_index (subjects, i);

      if (mash_family_is_child (subject) &&
          !mash_words_contain (covered, mash_record_get_id (subject)))
        return FALSE;
    }

  return TRUE;
}

/* Whether one of the contact's children was closed with no further action within the 12 months
 * before (domain 4.2, row O12). */
static gboolean
had_no_further_action (MashCase *the_case)
{
  g_autoptr (GPtrArray) subjects = list_subjects (the_case);
  const char *contact = mash_group_get_contact (the_case->group);
  const char *received = mash_record_get_text (the_case->after, "received-at");

  for (guint i = 0; i < subjects->len; i++)
    {
      const char *person = mash_record_get_text (g_ptr_array_index (subjects, i), "person");
      g_autoptr (GPtrArray) others = NULL;

      if (person == NULL || !mash_family_is_child (g_ptr_array_index (subjects, i)))
        continue;
      others = mash_facts_list (the_case->facts, "contact-subject", "person", person);
      for (guint j = 0; j < others->len; j++)
        {
          const char *other = mash_record_get_text (g_ptr_array_index (others, j), "contact");
          g_autoptr (MashRecord) decision = NULL;

          if (g_strcmp0 (other, contact) == 0 || other == NULL)
            continue;
          decision = mash_facts_find_newest (the_case->facts, "decision", other);
          if (decision != NULL &&
              g_strcmp0 (mash_record_get_text (decision, "outcome"), "O12") == 0 &&
              mash_rereferral_is_within (mash_record_get_text (decision, "at"), received))
            return TRUE;
        }
    }

  return FALSE;
}

static gboolean
second_look (MashCase *the_case)
{
  g_autofree char *look = NULL;

  if (the_case->after == NULL || !had_no_further_action (the_case))
    return TRUE;

  look = mash_case_dup_value (the_case, "recommendation.second-look");

  return !mash_text_is_blank (look);
}

static gboolean
assignee_on_duty (MashCase *the_case)
{
  g_autofree char *person = mash_case_dup_value (the_case, "assigned-to");
  g_autoptr (GPtrArray) posts = NULL;

  if (person == NULL)
    return FALSE;

  posts = mash_facts_list (the_case->facts, "post", "staff", person);
  for (guint i = 0; i < posts->len; i++)
    {
      if (mash_record_get_flag (g_ptr_array_index (posts, i), "on-duty"))
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

/* Nothing runs on a contact that closes but what is only reported (domain 4.2, C80 to C90). */
static gboolean
nothing_open (MashCase *the_case)
{
  g_autoptr (GPtrArray) clocks = mash_facts_list (the_case->proposed, "clock", "contact",
                                                  mash_group_get_contact (the_case->group));
  g_autoptr (GPtrArray) chased = mash_facts_list (the_case->proposed, "chase-item", "contact",
                                                  mash_group_get_contact (the_case->group));

  for (guint i = 0; i < clocks->len; i++)
    {
      MashRecord *clock = g_ptr_array_index (clocks, i);

      if (mash_record_has (clock, "due-at") && !mash_record_has (clock, "stopped-at"))
        return FALSE;
    }
  for (guint i = 0; i < chased->len; i++)
    {
      if (g_strcmp0 (mash_record_get_text (g_ptr_array_index (chased, i), "state"), "open") == 0)
        return FALSE;
    }

  return TRUE;
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

static const struct
{
  const char *name;
  gboolean  (*holds) (MashCase *the_case);
} guards[] = {
  { "assignee-on-duty", assignee_on_duty },
  { "brag-is-higher", brag_is_higher },
  { "brag-is-lower", brag_is_lower },
  { "every-child-considered", every_child_considered },
  { "every-child-covered", every_child_covered },
  { "nothing-open", nothing_open },
  { "second-look", second_look },
  { "something-chased", something_chased },
};

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
        return mash_group_get_contact (the_case->group) != NULL && guards[i].holds (the_case);
    }

  return FALSE;
}
