/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-guards-strategy.h"

#include <string.h>

#include "mash-family.h"
#include "mash-kinds.h"
#include "mash-quorum.h"
#include "mash-time.h"

#define OPEN_STATES "PROGRESS RECORDED SIGNING"

/**
 * mash_strategy_get_calendar:
 * @policy: the policy in force
 *
 * Returns: (transfer none) (nullable): the working days by which a record is circulated (T13), and
 *   within one of which health may join later
 */
MashCalendar *
mash_strategy_get_calendar (MashPolicy *policy)
{
  const MashClockRule *rule = mash_policy_find_clock (policy, "T13");

  return rule != NULL && rule->calendar != NULL
         ? mash_policy_get_calendar (policy, rule->calendar) : NULL;
}

/* Which discussion a group is about */

/**
 * mash_strategy_is_part:
 * @kind: the name of a kind
 *
 * Returns: %TRUE when its records are parts of a strategy discussion
 */
gboolean
mash_strategy_is_part (const char *kind)
{
  return g_str_has_prefix (kind, "sd-");
}

/**
 * mash_strategy_is_s47:
 * @decision: (nullable): a code of SDD
 *
 * Returns: %TRUE when it begins an enquiry under section 47
 */
gboolean
mash_strategy_is_s47 (const char *decision)
{
  return mash_words_contain ("S47J S47S S47P", decision);
}

static const char *
get_discussion (MashEdit   *edit,
                MashRecord *record)
{
  if (strcmp (mash_edit_get_kind (edit)->name, "strategy-discussion") == 0)
    return mash_edit_get_id (edit);

  return record != NULL ? mash_record_get_text (record, "discussion") : NULL;
}

/**
 * mash_strategy_dup_discussion:
 * @the_case: a case
 *
 * Returns: (transfer full) (nullable): the id of the one discussion that its group is about; where
 *   the group says nothing of any, the newest of the contact; %NULL where it speaks of several
 */
char *
mash_strategy_dup_discussion (MashCase *the_case)
{
  const char *contact = mash_group_get_contact (the_case->group);
  g_autoptr (MashRecord) newest = NULL;
  g_autofree char *found = NULL;

  for (guint i = 0; i < mash_group_get_n_edits (the_case->group); i++)
    {
      MashEdit *edit = mash_group_get_edit (the_case->group, i);
      const char *kind = mash_edit_get_kind (edit)->name;
      g_autoptr (MashRecord) record = NULL;
      const char *of;

      /* A record that is superseded goes along, and is not what the group is about. */
      if (!mash_strategy_is_part (kind) &&
          (strcmp (kind, "strategy-discussion") != 0 ||
           !mash_deed_touches (the_case->deed, kind)))
        continue;
      record = mash_facts_lookup (the_case->proposed, kind, mash_edit_get_id (edit));
      of = get_discussion (edit, record);
      if (of == NULL || (found != NULL && strcmp (found, of) != 0))
        return NULL;
      if (found == NULL)
        found = g_strdup (of);
    }
  if (found != NULL || contact == NULL)
    return g_steal_pointer (&found);

  newest = mash_facts_find_newest (the_case->facts, "strategy-discussion", contact);

  return newest != NULL ? g_strdup (mash_record_get_id (newest)) : NULL;
}

/**
 * mash_strategy_find_discussion:
 * @the_case: a case
 * @facts: its facts before or after
 *
 * Returns: (transfer full) (nullable): the discussion that its group is about
 */
MashRecord *
mash_strategy_find_discussion (MashCase  *the_case,
                               MashFacts *facts)
{
  g_autofree char *id = mash_strategy_dup_discussion (the_case);

  return mash_facts_lookup (facts, "strategy-discussion", id);
}

/**
 * mash_strategy_list_parts:
 * @the_case: a case
 * @kind: the name of a kind of part
 *
 * Returns: (transfer full) (element-type MashRecord): the parts of its discussion, as they would
 *   stand
 */
GPtrArray *
mash_strategy_list_parts (MashCase   *the_case,
                          const char *kind)
{
  g_autofree char *id = mash_strategy_dup_discussion (the_case);

  return mash_facts_list (the_case->proposed, kind, "discussion", id != NULL ? id : "");
}

static gboolean
state_was (MashCase   *the_case,
           const char *states)
{
  g_autoptr (MashRecord) discussion = mash_strategy_find_discussion (the_case, the_case->facts);

  return discussion != NULL &&
         mash_words_contain (states, mash_record_get_text (discussion, "state"));
}

gboolean
mash_strategy_was_convened (MashCase *the_case)
{
  g_autoptr (MashRecord) before = mash_strategy_find_discussion (the_case, the_case->facts);
  MashEdit *edit = mash_group_find_edit (the_case->group, "strategy-discussion", NULL);

  if (edit != NULL && mash_edit_is_new (edit))
    return before == NULL;

  return before != NULL && g_strcmp0 (mash_record_get_text (before, "state"), "CONVENED") == 0;
}

gboolean
mash_strategy_is_running (MashCase *the_case)
{
  return state_was (the_case, "PROGRESS");
}

gboolean
mash_strategy_is_open (MashCase *the_case)
{
  return state_was (the_case, OPEN_STATES);
}

gboolean
mash_strategy_is_recorded (MashCase *the_case)
{
  return state_was (the_case, "RECORDED SIGNING");
}

gboolean
mash_strategy_is_signed (MashCase *the_case)
{
  return state_was (the_case, "SIGNED CIRCULATED");
}

/* Who may do what */

/**
 * mash_strategy_alters_only:
 * @edit: an edit
 * @field: (nullable): the name of a field
 *
 * Returns: %TRUE when it alters nothing but, at most, that field and what the rules keep
 */
gboolean
mash_strategy_alters_only (MashEdit   *edit,
                           const char *field)
{
  const MashKind *kind = mash_edit_get_kind (edit);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      if (kind->fields[i].owner != MASH_OWNER_RULES && mash_edit_touches (edit, i) &&
          g_strcmp0 (kind->fields[i].name, field) != 0)
        return FALSE;
    }

  return mash_edit_get_voided (edit) == NULL;
}

/**
 * mash_strategy_may_record:
 * @the_case: a case
 *
 * Returns: %TRUE when the actor may chair and record a discussion (permission 20)
 */
gboolean
mash_strategy_may_record (MashCase *the_case)
{
  return mash_policy_get_grant (the_case->policy, the_case->actor->role, 20, NULL) !=
         MASH_GRANT_NO;
}

gboolean
mash_strategy_is_chair (MashCase *the_case)
{
  g_autoptr (MashRecord) discussion = mash_strategy_find_discussion (the_case, the_case->facts);

  return discussion != NULL && g_strcmp0 (mash_record_get_text (discussion, "chair"),
                                          the_case->actor->person) == 0;
}

/**
 * mash_strategy_get_owner:
 * @record: a part of a discussion
 *
 * Returns: (nullable): the id of the agency that answers for it
 */
const char *
mash_strategy_get_owner (MashRecord *record)
{
  const char *kind = mash_record_get_kind (record)->name;

  if (strcmp (kind, "sd-action") == 0)
    return mash_record_get_text (record, "owner-agency");
  if (mash_kind_find_field (mash_record_get_kind (record), "agency") != MASH_NO_FIELD)
    return mash_record_get_text (record, "agency");

  return NULL;
}

/* A paragraph is released by the agency that owns it. */
static MashRecord *
find_owned (MashCase *the_case,
            MashEdit *edit)
{
  const char *kind = mash_edit_get_kind (edit)->name;
  MashRecord *record = mash_facts_lookup (the_case->proposed, kind, mash_edit_get_id (edit));
  MashRecord *paragraph;

  if (record == NULL || strcmp (kind, "sd-release") != 0)
    return record;

  paragraph = mash_facts_lookup (the_case->proposed, "sd-paragraph",
                                 mash_record_get_text (record, "paragraph"));
  mash_record_unref (record);

  return paragraph;
}

/**
 * mash_strategy_speaks_of_parts:
 * @the_case: a case
 *
 * Returns: %TRUE when its deed is about parts of a discussion, so that "own" in the matrix of
 *   permissions means theirs and not the contact's
 */
gboolean
mash_strategy_speaks_of_parts (MashCase *the_case)
{
  return the_case->deed->touches != NULL &&
         (g_str_has_prefix (the_case->deed->touches, "sd-") ||
          strcmp (the_case->deed->touches, "strategy-discussion") == 0);
}

/**
 * mash_strategy_is_own:
 * @the_case: a case whose deed speaks of parts
 *
 * Returns: %TRUE when every part that the group alters is that of the actor's agency, or is theirs
 *   by name; asked beforehand, with no edits, %TRUE
 */
gboolean
mash_strategy_is_own (MashCase *the_case)
{
  for (guint i = 0; i < mash_group_get_n_edits (the_case->group); i++)
    {
      MashEdit *edit = mash_group_get_edit (the_case->group, i);
      g_autoptr (MashRecord) record = NULL;

      if (!mash_deed_touches (the_case->deed, mash_edit_get_kind (edit)->name))
        continue;
      record = find_owned (the_case, edit);
      if (record == NULL)
        return FALSE;
      /* What is nobody's alone, such as a copy, is the chair's. */
      if (mash_strategy_get_owner (record) == NULL && mash_strategy_is_chair (the_case))
        continue;
      if (mash_strategy_may_remove (the_case, edit, record))
        continue;
      if (g_strcmp0 (mash_strategy_get_owner (record), the_case->actor->agency) != 0 &&
          (strcmp (mash_record_get_kind (record)->name, "sd-action") != 0 ||
           g_strcmp0 (mash_record_get_text (record, "owner-staff"),
                      the_case->actor->person) != 0))
        return FALSE;
    }

  return TRUE;
}

/* Parts of the plan that health and police write themselves, whoever keeps the record. */
static gboolean
is_own_plan (MashCase *the_case,
             MashEdit *edit)
{
  const MashKind *kind = mash_edit_get_kind (edit);
  MashSeats seat = mash_quorum_find_seat (the_case->facts, the_case->actor->agency);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      const char *name = kind->fields[i].name;

      if (!mash_edit_touches (edit, i) || mash_words_contain ("contact discussion", name))
        continue;
      if (seat == MASH_SEAT_HEALTH && g_str_has_prefix (name, "medical"))
        continue;
      if (seat == MASH_SEAT_POLICE &&
          (g_str_has_prefix (name, "abe") || g_str_has_prefix (name, "forensic") ||
           mash_words_contain ("scene arrest bail orders", name)))
        continue;
      return FALSE;
    }

  return TRUE;
}

static gboolean
is_of_actor (MashCase   *the_case,
             MashRecord *record)
{
  return g_strcmp0 (mash_strategy_get_owner (record), the_case->actor->agency) == 0;
}

/* What an agency puts on record is its own. Whoever keeps the record may enter it for one that is
 * on the telephone, and correct that until the agency itself has confirmed it. */
static gboolean
may_speak (MashCase   *the_case,
           MashEdit   *edit,
           MashRecord *before,
           MashRecord *after)
{
  if (is_of_actor (the_case, after))
    return TRUE;

  return mash_strategy_may_record (the_case) &&
         (mash_edit_is_new (edit) ||
          (before != NULL && mash_record_get_flag (before, "on-behalf") &&
           !mash_record_has (before, "confirmed-by")));
}

static gboolean
is_own_part (MashCase *the_case,
             MashEdit *edit)
{
  const char *kind = mash_edit_get_kind (edit)->name;
  const char *id = mash_edit_get_id (edit);
  g_autoptr (MashRecord) before = mash_facts_lookup (the_case->facts, kind, id);
  g_autoptr (MashRecord) after = mash_facts_lookup (the_case->proposed, kind, id);

  if (after == NULL)
    return FALSE;
  if (mash_words_contain ("sd-paragraph sd-view", kind))
    return may_speak (the_case, edit, before, after);
  if (strcmp (kind, "sd-version") == 0)
    return mash_edit_is_new (edit) && mash_edit_get_text (edit, "choice") == NULL;
  if (mash_strategy_may_record (the_case))
    return TRUE;
  if (strcmp (kind, "sd-plan") == 0)
    return is_own_plan (the_case, edit);

  return mash_words_contain ("sd-note sd-participant sd-action", kind) &&
         is_of_actor (the_case, before != NULL ? before : after) && is_of_actor (the_case, after);
}

gboolean
mash_strategy_own_parts (MashCase *the_case)
{
  for (guint i = 0; i < mash_group_get_n_edits (the_case->group); i++)
    {
      MashEdit *edit = mash_group_get_edit (the_case->group, i);
      const char *kind = mash_edit_get_kind (edit)->name;

      if (strcmp (kind, "contact") == 0 || !mash_deed_touches (the_case->deed, kind) ||
          mash_strategy_alters_only (edit, NULL))
        continue;
      if (!is_own_part (the_case, edit))
        return FALSE;
    }

  return TRUE;
}

/* Somebody chairs who may: a manager, a detective sergeant, or a social worker whose registration
 * has not run out (domain 2.2, C10: the seniority rule is local), by a post held on this day. */
gboolean
mash_strategy_chair_may (MashCase *the_case)
{
  g_autoptr (MashRecord) discussion = mash_strategy_find_discussion (the_case,
                                                                     the_case->proposed);
  const char *chair = discussion != NULL ? mash_record_get_text (discussion, "chair") : NULL;
  g_autoptr (MashRecord) staff = mash_facts_lookup (the_case->facts, "staff", chair);
  g_autoptr (GPtrArray) posts = NULL;
  g_autofree char *today = mash_time_dup_local_date (the_case->actor->now);
  const char *expires;

  if (staff == NULL)
    return FALSE;

  expires = mash_record_get_text (staff, "registration-expires");
  posts = mash_facts_list (the_case->facts, "post", "staff", chair);
  for (guint i = 0; i < posts->len; i++)
    {
      MashRecord *post = g_ptr_array_index (posts, i);
      const char *role = mash_record_get_text (post, "role");
      MashGrant grant = mash_policy_get_grant (the_case->policy, role, 20, NULL);

      if (!mash_post_is_held (post, today))
        continue;
      if (grant == MASH_GRANT_YES || (grant != MASH_GRANT_NO && g_strcmp0 (role, "SW") != 0) ||
          (grant != MASH_GRANT_NO && mash_record_get_flag (staff, "qualified") &&
           (expires == NULL || strcmp (expires, today) >= 0)))
        return TRUE;
    }

  return FALSE;
}

/* What has to be there before the discussion begins and before it ends */

gboolean
mash_strategy_agencies_invited (MashCase *the_case)
{
  g_autoptr (GPtrArray) participants = mash_strategy_list_parts (the_case, "sd-participant");
  MashSeats invited = MASH_SEAT_OTHER;

  for (guint i = 0; i < participants->len; i++)
    {
      MashRecord *participant = g_ptr_array_index (participants, i);

      if (g_strcmp0 (mash_record_get_text (participant, "attended"), "NOTINV") != 0)
        invited |= mash_quorum_find_seat (the_case->facts,
                                          mash_record_get_text (participant, "agency"));
    }

  return invited == MASH_SEAT_ALL;
}

static MashRecord *
find_child (GPtrArray  *children,
            const char *subject)
{
  for (guint i = 0; i < children->len; i++)
    {
      if (g_strcmp0 (mash_record_get_text (g_ptr_array_index (children, i), "subject"),
                     subject) == 0)
        return g_ptr_array_index (children, i);
    }

  return NULL;
}

/* Each child of the contact has a row of its own (domain 4.2, P20 to P30). */
gboolean
mash_strategy_children_listed (MashCase *the_case)
{
  g_autoptr (GPtrArray) children = mash_strategy_list_parts (the_case, "sd-child");
  g_autoptr (GPtrArray) subjects = mash_facts_list (the_case->proposed, "contact-subject",
                                                    "contact",
                                                    mash_group_get_contact (the_case->group));

  for (guint i = 0; i < subjects->len; i++)
    {
      MashRecord *subject = g_ptr_array_index (subjects, i);

      if (mash_family_is_child (subject) &&
          find_child (children, mash_record_get_id (subject)) == NULL)
        return FALSE;
    }

  return children->len > 0;
}

/* A decision for each child, with its reasons; a further discussion has its date. */
gboolean
mash_strategy_decided (MashCase *the_case)
{
  g_autoptr (GPtrArray) children = mash_strategy_list_parts (the_case, "sd-child");

  for (guint i = 0; i < children->len; i++)
    {
      MashRecord *child = g_ptr_array_index (children, i);
      const char *decision = mash_record_get_text (child, "decision");
      const char *met = mash_record_get_text (child, "threshold-met");

      if (decision == NULL || met == NULL ||
          mash_text_is_blank (mash_record_get_text (child, "rationale")) ||
          (mash_strategy_is_s47 (decision) && strcmp (met, "Y") != 0) ||
          (strcmp (decision, "RECONV") == 0 && !mash_record_has (child, "reconvene-by")))
        return FALSE;
    }

  return children->len > 0;
}

gboolean
mash_strategy_ended_after (MashCase *the_case)
{
  g_autoptr (MashRecord) discussion = mash_strategy_find_discussion (the_case,
                                                                     the_case->proposed);

  return discussion != NULL && mash_record_has (discussion, "ended-at") &&
         g_strcmp0 (mash_record_get_text (discussion, "ended-at"),
                    mash_record_get_text (discussion, "started-at")) >= 0;
}

gboolean
mash_strategy_actions_set (MashCase *the_case)
{
  g_autoptr (GPtrArray) actions = mash_strategy_list_parts (the_case, "sd-action");

  for (guint i = 0; i < actions->len; i++)
    {
      MashRecord *action = g_ptr_array_index (actions, i);

      if ((mash_text_is_blank (mash_record_get_text (action, "owner")) &&
           !mash_record_has (action, "owner-staff")) ||
          !mash_record_has (action, "owner-agency") || !mash_record_has (action, "due-at"))
        return FALSE;
    }

  return TRUE;
}

static gboolean
has_view (GPtrArray  *views,
          const char *agency)
{
  for (guint i = 0; i < views->len; i++)
    {
      MashRecord *view = g_ptr_array_index (views, i);

      if (g_strcmp0 (mash_record_get_text (view, "agency"), agency) == 0)
        return mash_record_has (view, "position") &&
               strcmp (mash_record_get_text (view, "position"), "NASK") != 0;
    }

  return FALSE;
}

/* Every agency that took part was asked for its view, and whoever dissents says why in their own
 * words. */
gboolean
mash_strategy_views_given (MashCase *the_case)
{
  g_autoptr (GPtrArray) participants = mash_strategy_list_parts (the_case, "sd-participant");
  g_autoptr (GPtrArray) views = mash_strategy_list_parts (the_case, "sd-view");

  for (guint i = 0; i < views->len; i++)
    {
      MashRecord *view = g_ptr_array_index (views, i);

      if (mash_words_contain ("DISS RESV", mash_record_get_text (view, "position")) &&
          mash_text_is_blank (mash_record_get_text (view, "text")))
        return FALSE;
    }
  for (guint i = 0; i < participants->len; i++)
    {
      MashRecord *participant = g_ptr_array_index (participants, i);

      if (mash_quorum_takes_part (participant) &&
          !has_view (views, mash_record_get_text (participant, "agency")))
        return FALSE;
    }

  return views->len > 0;
}

/* Who sent apologies, or was not invited, stands in the record with the reason (issue “attendance
 * as data”, domain 3.8 ATT). */
gboolean
mash_strategy_absence_explained (MashCase *the_case)
{
  g_autoptr (GPtrArray) participants = mash_strategy_list_parts (the_case, "sd-participant");

  for (guint i = 0; i < participants->len; i++)
    {
      MashRecord *participant = g_ptr_array_index (participants, i);

      if (mash_words_contain ("APOLOGY NOTINV", mash_record_get_text (participant, "attended")) &&
          mash_text_is_blank (mash_record_get_text (participant, "absent-reason")))
        return FALSE;
    }

  return TRUE;
}

gboolean
mash_strategy_settled (MashCase *the_case)
{
  g_autoptr (GPtrArray) versions = mash_strategy_list_parts (the_case, "sd-version");

  for (guint i = 0; i < versions->len; i++)
    {
      if (!mash_record_has (g_ptr_array_index (versions, i), "choice"))
        return FALSE;
    }

  return TRUE;
}

/* Where police protection was used, who was told and where the children are stands before the
 * record does (scenario 2). */
gboolean
mash_strategy_protection_told (MashCase *the_case)
{
  g_autoptr (GPtrArray) powers = mash_facts_list (the_case->proposed, "police-protection",
                                                  "contact",
                                                  mash_group_get_contact (the_case->group));

  for (guint i = 0; i < powers->len; i++)
    {
      MashRecord *power = g_ptr_array_index (powers, i);

      if (mash_text_is_blank (mash_record_get_text (power, "designated-officer")) ||
          mash_text_is_blank (mash_record_get_text (power, "place")) ||
          !mash_record_has (power, "parents-told"))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_quorum (MashCase   *the_case,
             MashQuorum *quorum)
{
  g_autofree char *id = mash_strategy_dup_discussion (the_case);

  if (id == NULL)
    return FALSE;
  mash_quorum_read (the_case->proposed, mash_strategy_get_calendar (the_case->policy), id, quorum);

  return TRUE;
}

/* The exception has its reason, its statement of risk and a follow-up within a working day, and is
 * needed. */
gboolean
mash_strategy_excused (MashCase *the_case)
{
  MashQuorum quorum;

  return read_quorum (the_case, &quorum) && quorum.exception &&
         (mash_quorum_get_missing (&quorum) & (MASH_SEAT_POLICE | MASH_SEAT_HEALTH)) != 0;
}

/* A record that two agencies can sign, and that has the agencies it needs or was excused. */
gboolean
mash_strategy_signable (MashCase *the_case)
{
  MashQuorum quorum;

  return read_quorum (the_case, &quorum) && quorum.n_agencies >= 2 &&
         strcmp (mash_quorum_get_compliance (&quorum), "NOT") != 0;
}
