/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-judge.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-forms.h"
#include "mash-guards.h"
#include "mash-remembered-facts.h"
#include "mash-rules.h"

struct _MashVerdict
{
  GPtrArray *rulings;
};

G_DEFINE_BOXED_TYPE (MashVerdict, mash_verdict, mash_verdict_ref, mash_verdict_unref)

static void
free_ruling (MashRuling *ruling)
{
  g_free (ruling->sentence);
  g_free (ruling);
}

static void
verdict_clear (gpointer data)
{
  MashVerdict *self = data;

  g_ptr_array_unref (self->rulings);
}

static MashVerdict *
verdict_new (void)
{
  MashVerdict *self = g_atomic_rc_box_new0 (MashVerdict);

  self->rulings = g_ptr_array_new_with_free_func ((GDestroyNotify) free_ruling);

  return self;
}

static void
rule (MashVerdict *self,
      gboolean     holds,
      const char  *sentence)
{
  MashRuling *ruling;

  if (sentence == NULL)
    return;

  ruling = g_new0 (MashRuling, 1);
  ruling->holds = holds;
  ruling->sentence = g_strdup (sentence);
  g_ptr_array_add (self->rulings, ruling);
}

/**
 * mash_verdict_refuse:
 * @self: a verdict
 * @sentence: why it cannot be done here, whatever the rules say
 */
void
mash_verdict_refuse (MashVerdict *self,
                     const char  *sentence)
{
  g_return_if_fail (self != NULL && sentence != NULL);

  rule (self, FALSE, sentence);
}

MashVerdict *
mash_verdict_ref (MashVerdict *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
mash_verdict_unref (MashVerdict *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, verdict_clear);
}

/**
 * mash_verdict_get_allowed:
 * @self: a verdict
 *
 * Returns: %TRUE when every rule that was looked at holds
 */
gboolean
mash_verdict_get_allowed (MashVerdict *self)
{
  return mash_verdict_get_refusal (self) == NULL;
}

/**
 * mash_verdict_get_refusal:
 * @self: a verdict
 *
 * Returns: (transfer none) (nullable): the first sentence that says why not, %NULL when allowed
 */
const char *
mash_verdict_get_refusal (MashVerdict *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->rulings->len; i++)
    {
      MashRuling *ruling = g_ptr_array_index (self->rulings, i);

      if (!ruling->holds)
        return ruling->sentence;
    }

  return NULL;
}

guint
mash_verdict_get_n_rulings (MashVerdict *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rulings->len;
}

const MashRuling *
mash_verdict_get_ruling (MashVerdict *self,
                         guint        i)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (i < self->rulings->len, NULL);

  return g_ptr_array_index (self->rulings, i);
}

/* Whether the deed itself leaves the role out, whoever may do what it is part of. */
static gboolean
leaves_out (const MashDeed *deed,
            const char     *role)
{
  for (guint i = 0; i < deed->n_guards; i++)
    {
      if (deed->guards[i].test == MASH_GUARD_ROLE && deed->guards[i].when_field == NULL &&
          !mash_words_contain (deed->guards[i].value, role))
        return TRUE;
    }

  return FALSE;
}

/* Who may, so that the reader knows whom to ask. */
static char *
say_who_may (MashCase *the_case)
{
  guint n_roles;
  const MashCode *roles = mash_policy_list_codes (the_case->policy, "ROLE", &n_roles);
  g_autoptr (GString) who = g_string_new (NULL);

  for (guint i = 0; i < n_roles; i++)
    {
      if (mash_policy_get_grant (the_case->policy, roles[i].code, the_case->deed->permission,
                                 NULL) != MASH_GRANT_YES ||
          leaves_out (the_case->deed, roles[i].code))
        continue;
      if (who->len > 0)
        g_string_append (who, ", ");
      g_string_append (who, roles[i].label);
    }
  if (who->len == 0)
    return g_strdup (_("Your role may not do this; ask a manager who may."));

  /* Translators: a list of roles, such as “Social worker, MASH manager”. */
  return g_strdup_printf (_("Your role may not do this; ask one of these: %s."), who->str);
}

/* The role's right to the deed, as the matrix of roles and permissions says. What a note of the
 * matrix adds to a right is in mash-guards.c. */
static void
judge_right (MashVerdict *verdict,
             MashCase    *the_case)
{
  const char *note = NULL;
  MashGrant grant = mash_policy_get_grant (the_case->policy, the_case->actor->role,
                                           the_case->deed->permission, &note);
  g_autofree char *sentence = NULL;
  gboolean holds;

  switch (grant)
    {
    case MASH_GRANT_YES:
      return;

    case MASH_GRANT_OWN:
      holds = mash_guard_is_own (the_case);
      rule (verdict, holds, holds ? NULL : _("Your agency may do this only on its own contacts."));
      return;

    case MASH_GRANT_ASSIGNED:
      holds = mash_guard_is_assigned (the_case);
      rule (verdict, holds, holds ? NULL : _("Ask to have this contact assigned to you first."));
      return;

    case MASH_GRANT_CONDITION:
      holds = mash_guard_note_holds (the_case, note);
      rule (verdict, holds,
            holds ? NULL
                  : _("Your role may do this only in part; ask a social worker or a manager."));
      return;

    case MASH_GRANT_NO:
    default:
      sentence = say_who_may (the_case);
      rule (verdict, FALSE, sentence);
      return;
    }
}

/* What leads on from a state, first of all for this role. */
static const MashDeed *
find_next (MashCase   *the_case,
           const char *state)
{
  const MashDeed *found = NULL;
  guint n_deeds;
  const MashDeed *const *deeds = mash_policy_list_deeds (the_case->policy, &n_deeds);

  for (guint i = 0; i < n_deeds; i++)
    {
      gboolean may;

      if (deeds[i]->to == NULL || strcmp (deeds[i]->to, state) == 0 ||
          !mash_words_contain (deeds[i]->from, state))
        continue;
      may = !leaves_out (deeds[i], the_case->actor->role) &&
            mash_policy_get_grant (the_case->policy, the_case->actor->role, deeds[i]->permission,
                                   NULL) != MASH_GRANT_NO;
      if (may)
        return deeds[i];
      if (found == NULL)
        found = deeds[i];
    }

  return found;
}

static void
judge_state (MashVerdict *verdict,
             MashCase    *the_case)
{
  g_autofree char *sentence = NULL;
  const MashDeed *next;
  const char *label;
  const char *state;

  if (the_case->before == NULL)
    {
      if (the_case->deed->from != NULL && !mash_words_contain (the_case->deed->from, "-"))
        rule (verdict, FALSE, _("This contact does not exist at this hub."));
      return;
    }

  state = mash_record_get_text (the_case->before, "state");
  if (the_case->deed->from == NULL ||
      (state != NULL && mash_deed_leaves (the_case->deed, state)))
    return;

  state = state != NULL ? state : "";
  next = find_next (the_case, state);
  label = mash_policy_get_label (the_case->policy, "CST", state);
  if (next != NULL)
    /* Translators: a deed such as “Triage”, a state such as “Decided”, another deed. */
    sentence = g_strdup_printf (_("“%s” is not the next step: the contact is “%s”, and next comes "
                                  "“%s”."), the_case->deed->label, label, next->label);
  else
    /* Translators: the first is a deed such as “Triage”, the second a state such as “Decided”. */
    sentence = g_strdup_printf (_("“%s” is not the next step: the contact is “%s”."),
                                the_case->deed->label, label);
  rule (verdict, FALSE, sentence);
}

static void
judge_guards (MashVerdict *verdict,
              MashCase    *the_case)
{
  for (guint i = 0; i < the_case->deed->n_guards; i++)
    {
      const MashGuard *guard = &the_case->deed->guards[i];
      gboolean holds;

      if (!mash_guard_applies (the_case, guard))
        continue;
      holds = mash_guard_holds (the_case, guard);
      rule (verdict, holds, holds ? guard->holds : guard->says);
    }
}

static MashVerdict *
judge (MashPolicy      *policy,
       MashFacts       *facts,
       const MashActor *actor,
       MashGroup       *group,
       gboolean         completed_here)
{
  g_autoptr (MashVerdict) verdict = verdict_new ();
  g_autofree char *fault = NULL;
  MashCase the_case;

  if (!mash_case_begin (&the_case, policy, facts, actor, group))
    {
      rule (verdict, FALSE, _("This hub’s policy knows no such step."));
      return g_steal_pointer (&verdict);
    }

  judge_right (verdict, &the_case);
  judge_state (verdict, &the_case);
  if (the_case.deed->needs_reason && mash_text_is_blank (mash_group_get_reason (group)))
    rule (verdict, FALSE, _("Give a reason first."));
  judge_guards (verdict, &the_case);
  if (mash_verdict_get_allowed (verdict))
    {
      fault = mash_forms_find_fault (&the_case, completed_here);
      rule (verdict, fault == NULL, fault);
    }
  mash_case_end (&the_case);

  return g_steal_pointer (&verdict);
}

/* Each fact is asked for once. */
static MashVerdict *
judge_as_it_stands (MashPolicy      *policy,
                    MashFacts       *facts,
                    const MashActor *actor,
                    MashGroup       *group,
                    gboolean         completed_here)
{
  g_autoptr (MashFacts) remembered = mash_remembered_facts_new (facts);

  return judge (policy, remembered, actor, group, completed_here);
}

/**
 * mash_judge_group:
 * @policy: the policy in force
 * @facts: facts as they stand before @group
 * @actor: who acts
 * @group: what they would do, completed by mash_rules_complete()
 *
 * Judges everything: the right, the state, the guards, and the form of every edit. Nothing in
 * @group is trusted; it may have come from another desk. Any thread.
 *
 * Returns: (transfer full): the verdict
 */
MashVerdict *
mash_judge_group (MashPolicy      *policy,
                  MashFacts       *facts,
                  const MashActor *actor,
                  MashGroup       *group)
{
  g_return_val_if_fail (policy != NULL && actor != NULL && group != NULL, NULL);

  return judge_as_it_stands (policy, facts, actor, group, FALSE);
}

/**
 * mash_judge_taken_group:
 * @policy: the policy in force
 * @facts: facts as they stand before @group
 * @actor: who acts
 * @group: what the hub has taken
 *
 * Judges like mash_judge_group(), but does not reckon again what follows from the group by the
 * rules: whoever said it could not know what others had said and the hub had taken first. Any
 * thread.
 *
 * Returns: (transfer full): the verdict
 */
MashVerdict *
mash_judge_taken_group (MashPolicy      *policy,
                        MashFacts       *facts,
                        const MashActor *actor,
                        MashGroup       *group)
{
  g_return_val_if_fail (policy != NULL && actor != NULL && group != NULL, NULL);

  return judge_as_it_stands (policy, facts, actor, group, TRUE);
}

/**
 * mash_judge_new_group:
 * @policy: the policy in force
 * @facts: facts as they stand before @group
 * @actor: who acts
 * @group: what they would do; grows by what follows from it
 * @make_id: gives ids of records that the rules make
 * @data: for @make_id
 *
 * Completes a group by mash_rules_complete() and judges it like mash_judge_group(). Where the group
 * left to the rules what is theirs, they are asked only once. Any thread.
 *
 * Returns: (transfer full): the verdict
 */
MashVerdict *
mash_judge_new_group (MashPolicy      *policy,
                      MashFacts       *facts,
                      const MashActor *actor,
                      MashGroup       *group,
                      MashIdSource     make_id,
                      gpointer         data)
{
  g_autoptr (MashFacts) remembered = NULL;
  const MashDeed *deed;
  gboolean plain;

  g_return_val_if_fail (policy != NULL && actor != NULL && group != NULL, NULL);

  deed = mash_policy_find_deed (policy, mash_group_get_deed (group));
  plain = deed != NULL && mash_forms_is_plain (deed, group);
  remembered = mash_remembered_facts_new (facts);
  mash_rules_complete (policy, remembered, actor, group, make_id, data);

  return judge (policy, remembered, actor, group, plain);
}

/**
 * mash_judge_deed:
 * @policy: the policy in force
 * @facts: facts as they stand
 * @actor: who asks
 * @deed: the id of a deed
 * @contact: (nullable): the contact on which it would be done
 *
 * Judges a deed of which nothing is written yet, so that a page can show beforehand what may be
 * done and what is still missing. Any thread.
 *
 * Returns: (transfer full): the verdict
 */
MashVerdict *
mash_judge_deed (MashPolicy      *policy,
                 MashFacts       *facts,
                 const MashActor *actor,
                 const char      *deed,
                 const char      *contact)
{
  g_autoptr (MashGroup) group = mash_group_new (deed, contact);

  return mash_judge_group (policy, facts, actor, group);
}
