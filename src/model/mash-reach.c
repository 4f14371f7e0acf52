/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-reach.h"

#include "mash-deed.h"

#define PERMISSION_OPEN 4
#define PERMISSION_STEP_DOWN 27
#define PERMISSION_REVIEW 42

/* By which fields a record of a contact names who has to do with it, and in which state it does not
 * any more. */
static const struct
{
  const char *kind;
  const char *person;
  const char *post;
  const char *agency;
  const char *state;
  const char *ended;
} relations[] = {
  { "sd-participant", "staff", NULL, "agency", "attended", "NOTINV" },
  { "sd-request", NULL, NULL, "agency", NULL, NULL },
  { "sd-action", "owner-staff", NULL, "owner-agency", "status", "CANCELLED TRANSFERRED" },
  { "task", "owner", "owner-post", NULL, "status", "CANCELLED" },
  { "mention", "whom", NULL, NULL, NULL, NULL },
};

/**
 * mash_reach_of_role:
 * @policy: the policy in force
 * @role: a role
 *
 * By the permissions to open a contact and to review samples of all (domain 2.2, rows 4 and 42).
 * Any thread.
 *
 * Returns: how much of the cases somebody in a post with that role has to do with
 */
MashReach
mash_reach_of_role (MashPolicy *policy,
                    const char *role)
{
  MashGrant open = mash_policy_get_grant (policy, role, PERMISSION_OPEN, NULL);

  if (open == MASH_GRANT_YES ||
      mash_policy_get_grant (policy, role, PERMISSION_REVIEW, NULL) == MASH_GRANT_YES)
    return MASH_REACH_ALL;

  return open == MASH_GRANT_ASSIGNED || open == MASH_GRANT_OWN ? MASH_REACH_ASKED
                                                               : MASH_REACH_NONE;
}

static gboolean
says (MashRecord *record,
      const char *field,
      const char *id)
{
  return field != NULL && id != NULL &&
         g_strcmp0 (mash_record_get_text (record, field), id) == 0;
}

static gboolean
is_related (MashFacts       *facts,
            const MashActor *actor,
            const char      *contact)
{
  for (guint r = 0; r < G_N_ELEMENTS (relations); r++)
    {
      g_autoptr (GPtrArray) records = mash_facts_list (facts, relations[r].kind, "contact",
                                                       contact);

      for (guint i = 0; i < records->len; i++)
        {
          MashRecord *record = g_ptr_array_index (records, i);

          if ((says (record, relations[r].person, actor->person) ||
               says (record, relations[r].post, actor->post) ||
               says (record, relations[r].agency, actor->agency)) &&
              (relations[r].state == NULL ||
               !mash_words_contain (relations[r].ended,
                                    mash_record_get_text (record, relations[r].state))))
            return TRUE;
        }
    }

  return FALSE;
}

/**
 * mash_reach_has:
 * @policy: the policy in force
 * @facts: the facts
 * @actor: somebody in a post that opens only what it has to do with
 * @contact: a contact
 *
 * A contact reaches with whom it is, who took it in or whose agency did, who is offered it as early
 * help, who is invited to a discussion of it or asked to sign it, who is to do something in it, and
 * who was asked to look at it (domain 2.2, rows 1, 4, 12, 21 to 23 and 27).
 *
 * Returns: whether it reaches them
 */
gboolean
mash_reach_has (MashPolicy      *policy,
                MashFacts       *facts,
                const MashActor *actor,
                MashRecord      *contact)
{
  const MashStamps *stamps = mash_record_get_stamps (contact);
  g_autoptr (MashRecord) post = NULL;

  if (says (contact, "assigned-to", actor->person) ||
      g_strcmp0 (stamps->created_by, actor->person) == 0)
    return TRUE;
  if (mash_words_contain ("E20 E30 E40 E50", mash_record_get_text (contact, "strand-e")) &&
      mash_policy_get_grant (policy, actor->role, PERMISSION_STEP_DOWN, NULL) == MASH_GRANT_YES)
    return TRUE;
  post = mash_facts_lookup (facts, "post", stamps->created_post);

  return (post != NULL && says (post, "agency", actor->agency)) ||
         is_related (facts, actor, mash_record_get_id (contact));
}

/**
 * mash_reach_reviews:
 * @facts: the facts
 * @actor: somebody in a post that opens a contact only inside a review (note C2 of domain 2.2)
 * @contact: the id of a contact
 *
 * A review is logged by what asks for it: a seal that waits for its second person, of which they
 * are not the one who is kept out, or a task in the contact that is theirs to do.
 *
 * Returns: whether there is one
 */
gboolean
mash_reach_reviews (MashFacts       *facts,
                    const MashActor *actor,
                    const char      *contact)
{
  g_autoptr (GPtrArray) seals = mash_facts_list (facts, "seal", "contact", contact);
  g_autoptr (GPtrArray) tasks = mash_facts_list (facts, "task", "contact", contact);

  for (guint i = 0; i < seals->len; i++)
    {
      MashRecord *seal = g_ptr_array_index (seals, i);

      if (mash_words_contain ("PROPOSED EMERGENCY LIFTING", mash_record_get_text (seal, "state")) &&
          !says (seal, "excluded", actor->person))
        return TRUE;
    }
  for (guint i = 0; i < tasks->len; i++)
    {
      MashRecord *task = g_ptr_array_index (tasks, i);

      if ((says (task, "owner", actor->person) || says (task, "owner-post", actor->post)) &&
          says (task, "status", "OPEN"))
        return TRUE;
    }

  return FALSE;
}
