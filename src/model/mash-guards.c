/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-guards.h"

#include <string.h>

#include "mash-guards-strategy.h"
#include "mash-named-guards.h"
#include "mash-rota.h"
#include "mash-rules.h"
#include "mash-time.h"

/**
 * mash_text_is_blank:
 * @text: (nullable): a text
 *
 * Returns: %TRUE when it says nothing
 */
gboolean
mash_text_is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\n")] == '\0';
}

/**
 * mash_case_begin:
 * @self: (out caller-allocates): the case
 * @policy: the policy in force
 * @facts: facts before @group
 * @actor: who acts
 * @group: what they would do
 *
 * Returns: %FALSE when the policy knows no such deed; then there is nothing to end
 */
gboolean
mash_case_begin (MashCase        *self,
                 MashPolicy      *policy,
                 MashFacts       *facts,
                 const MashActor *actor,
                 MashGroup       *group)
{
  const char *contact = mash_group_get_contact (group);

  *self = (MashCase) {
    .policy = policy,
    .actor = actor,
    .group = group,
    .facts = facts,
    .deed = mash_policy_find_deed (policy, mash_group_get_deed (group)),
  };
  if (self->deed == NULL)
    return FALSE;

  self->proposed = mash_proposed_facts_new (facts, group);
  self->before = mash_facts_lookup (facts, "contact", contact);
  if (self->before != NULL || mash_group_find_edit (group, "contact", contact) != NULL)
    self->after = mash_facts_lookup (self->proposed, "contact", contact);

  return TRUE;
}

void
mash_case_end (MashCase *self)
{
  g_clear_object (&self->proposed);
  g_clear_pointer (&self->before, mash_record_unref);
  g_clear_pointer (&self->after, mash_record_unref);
}

/* The record of @kind that a guard speaks of: the one in the group, else the newest of the contact,
 * both as they would stand. */
static MashRecord *
find_subject (MashCase   *the_case,
              const char *kind)
{
  const char *contact = mash_group_get_contact (the_case->group);
  MashEdit *edit;

  if (kind == NULL || strcmp (kind, "contact") == 0)
    return the_case->after != NULL ? mash_record_ref (the_case->after) : NULL;

  edit = mash_group_find_edit (the_case->group, kind, NULL);
  if (edit != NULL)
    return mash_facts_lookup (the_case->proposed, kind, mash_edit_get_id (edit));

  return contact != NULL &&
         mash_kind_get_contact_field (mash_kind_lookup (kind)) != MASH_NO_FIELD
         ? mash_facts_find_newest (the_case->proposed, kind, contact) : NULL;
}

static char *
dup_field (MashRecord *record,
           const char *name)
{
  guint field = mash_kind_find_field (mash_record_get_kind (record), name);
  GVariant *value;

  if (field == MASH_NO_FIELD)
    return NULL;

  value = mash_record_get_value (record, field);
  if (value == NULL)
    return NULL;
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return g_strdup (g_variant_get_boolean (value) ? "yes" : "no");
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY))
    {
      g_autofree const char **set = g_variant_get_strv (value, NULL);

      return set[0] != NULL ? g_strjoinv (" ", (char **) set) : NULL;
    }

  return g_variant_dup_string (value, NULL);
}

/**
 * mash_case_dup_value:
 * @the_case: a case
 * @path: `field` of the contact, or `kind.field`
 *
 * Returns: (transfer full) (nullable): what would stand there, as text
 */
char *
mash_case_dup_value (MashCase   *the_case,
                     const char *path)
{
  const char *dot = strchr (path, '.');
  g_autofree char *kind = dot != NULL ? g_strndup (path, (gsize) (dot - path)) : NULL;
  g_autoptr (MashRecord) record = find_subject (the_case, kind);

  return record != NULL ? dup_field (record, dot != NULL ? dot + 1 : path) : NULL;
}

/* Whether what a field holds has one of the words asked for; `-` and `*` are as in mash-deed.h. */
static gboolean
value_has (const char *value,
           const char *words)
{
  g_auto (GStrv) held = NULL;

  if (mash_text_is_blank (value))
    return mash_words_contain (words, "-");
  if (mash_words_contain (words, "*"))
    return TRUE;

  held = g_strsplit (value, " ", -1);
  for (guint i = 0; held[i] != NULL; i++)
    {
      if (mash_words_contain (words, held[i]))
        return TRUE;
    }

  return FALSE;
}

/**
 * mash_guard_applies:
 * @the_case: a case
 * @guard: a guard of its deed
 *
 * Returns: %TRUE when the guard's own condition is met, or it has none
 */
gboolean
mash_guard_applies (MashCase        *the_case,
                    const MashGuard *guard)
{
  g_autofree char *value = NULL;

  if (guard->when_field == NULL)
    return TRUE;

  value = mash_case_dup_value (the_case, guard->when_field);

  return value_has (value, guard->when_value);
}

static gboolean
post_holds (MashCase        *the_case,
            const MashGuard *guard)
{
  g_autoptr (MashRecord) post = mash_facts_lookup (the_case->facts, "post", the_case->actor->post);
  g_autofree char *value = post != NULL ? dup_field (post, guard->field) : NULL;

  return post != NULL && value_has (value, guard->value);
}

static gboolean
assigned_holds (MashCase        *the_case,
                const MashGuard *guard)
{
  g_autofree char *person = mash_case_dup_value (the_case, "assigned-to");

  if (person == NULL)
    return FALSE;
  if (guard->value == NULL)
    return TRUE;
  if (strcmp (guard->value, "self") == 0)
    return strcmp (person, the_case->actor->person) == 0;

  return mash_rota_is_on_duty (the_case->facts, person, the_case->actor->now);
}

static gboolean
state_holds (MashCase        *the_case,
             const MashGuard *guard)
{
  const char *field = guard->field != NULL ? guard->field : "state";
  g_autofree char *state = the_case->before != NULL ? dup_field (the_case->before, field) : NULL;

  return value_has (state, guard->value);
}

static gboolean
own_agency_holds (MashCase        *the_case,
                  const MashGuard *guard)
{
  g_autoptr (MashRecord) record = find_subject (the_case, guard->kind);
  gboolean named = record != NULL && guard->field != NULL;
  g_autofree char *agency = named ? dup_field (record, guard->field) : NULL;

  return g_strcmp0 (agency, the_case->actor->agency) == 0;
}

static gboolean
field_holds (MashCase        *the_case,
             const MashGuard *guard)
{
  g_autoptr (MashRecord) record = find_subject (the_case, guard->kind);
  g_autofree char *value = record != NULL ? dup_field (record, guard->field) : NULL;

  if (guard->value == NULL && mash_text_is_blank (value))
    return FALSE;

  return guard->value == NULL || value_has (value, guard->value);
}

static gboolean
differs_holds (MashCase        *the_case,
               const MashGuard *guard)
{
  g_autoptr (MashRecord) record = find_subject (the_case, guard->kind);
  g_autofree char *person = record != NULL ? dup_field (record, guard->field) : NULL;

  return person != NULL && strcmp (person, the_case->actor->person) != 0;
}

/* What was recommended on, what the signer was shown, and what stands now must be one thing. */
static gboolean
unchanged_holds (MashCase *the_case)
{
  const char *contact = mash_group_get_contact (the_case->group);
  MashEdit *decision = mash_group_find_edit (the_case->group, "decision", NULL);
  g_autoptr (MashRecord) recommendation = NULL;
  g_autofree char *now = NULL;
  const char *then;

  if (contact == NULL)
    return FALSE;
  recommendation = mash_facts_find_newest (the_case->facts, "recommendation", contact);
  if (recommendation == NULL)
    return FALSE;

  then = mash_record_get_text (recommendation, "content-hash");
  now = mash_rules_hash_content (the_case->facts, contact);
  if (g_strcmp0 (then, now) != 0)
    return FALSE;

  return decision == NULL ||
         (g_strcmp0 (mash_edit_get_text (decision, "recommendation-hash"), then) == 0 &&
          g_strcmp0 (mash_edit_get_text (decision, "recommendation"),
                     mash_record_get_id (recommendation)) == 0);
}

/* A signature is given to one recommendation and does not carry over to the next. */
gboolean
mash_guard_signature_stands (MashCase   *the_case,
                             MashRecord *signature)
{
  const char *contact = mash_group_get_contact (the_case->group);
  g_autoptr (MashRecord) newest = NULL;

  if (g_strcmp0 (mash_record_get_text (signature, "result"), "SIGNED") != 0 ||
      g_strcmp0 (mash_record_get_text (signature, "state"), "ACCEPTED") != 0)
    return FALSE;
  if (g_strcmp0 (mash_record_get_text (signature, "target-kind"), "recommendation") != 0)
    return TRUE;

  newest = mash_facts_find_newest (the_case->facts, "recommendation", contact);

  return newest != NULL && g_strcmp0 (mash_record_get_text (signature, "target"),
                                      mash_record_get_id (newest)) == 0;
}

static gboolean
signed_holds (MashCase        *the_case,
              const MashGuard *guard)
{
  g_autoptr (GPtrArray) signatures = NULL;

  if (mash_group_get_contact (the_case->group) == NULL)
    return FALSE;

  signatures = mash_facts_list (the_case->proposed, "sign-off", "contact",
                                mash_group_get_contact (the_case->group));
  for (guint i = 0; i < signatures->len; i++)
    {
      MashRecord *signature = g_ptr_array_index (signatures, i);

      if (mash_words_contain (guard->value, mash_record_get_text (signature, "type")) &&
          mash_guard_signature_stands (the_case, signature))
        return TRUE;
    }

  return FALSE;
}

static gboolean
within_holds (MashCase        *the_case,
              const MashGuard *guard)
{
  g_autoptr (GPtrArray) clocks = NULL;

  if (mash_group_get_contact (the_case->group) == NULL)
    return TRUE;

  clocks = mash_facts_list (the_case->facts, "clock", "contact",
                            mash_group_get_contact (the_case->group));
  for (guint i = 0; i < clocks->len; i++)
    {
      MashRecord *clock = g_ptr_array_index (clocks, i);
      const char *due = mash_record_get_text (clock, "due-at");
      gint64 due_usec;

      if (mash_words_contain (guard->value, mash_record_get_text (clock, "type")) &&
          !mash_record_has (clock, "stopped-at") &&
          due != NULL && mash_time_parse (due, &due_usec) && the_case->actor->now > due_usec)
        return FALSE;
    }

  return TRUE;
}

/**
 * mash_guard_is_assigned:
 * @the_case: a case
 *
 * Returns: %TRUE when the contact is, or by this group becomes, the actor's
 */
gboolean
mash_guard_is_assigned (MashCase *the_case)
{
  return the_case->after != NULL &&
         g_strcmp0 (mash_record_get_text (the_case->after, "assigned-to"),
                    the_case->actor->person) == 0;
}

/**
 * mash_guard_is_own:
 * @the_case: a case
 *
 * Returns: %TRUE when the contact is new, or was made in a post of the actor's agency; of parts of
 *   a strategy discussion, when they are that agency's
 */
gboolean
mash_guard_is_own (MashCase *the_case)
{
  g_autoptr (MashRecord) post = NULL;

  if (the_case->before == NULL)
    return TRUE;
  if (mash_strategy_speaks_of_parts (the_case))
    return mash_strategy_is_own (the_case);

  post = mash_facts_lookup (the_case->facts, "post",
                            mash_record_get_stamps (the_case->before)->created_post);

  return post != NULL &&
         g_strcmp0 (mash_record_get_text (post, "agency"), the_case->actor->agency) == 0;
}

/**
 * mash_guard_holds:
 * @the_case: a case
 * @guard: a guard of its deed that applies
 *
 * Returns: %TRUE when it holds
 */
gboolean
mash_guard_holds (MashCase        *the_case,
                  const MashGuard *guard)
{
  switch (guard->test)
    {
    case MASH_GUARD_ROLE:
      return mash_words_contain (guard->value, the_case->actor->role);

    case MASH_GUARD_POST:
      return post_holds (the_case, guard);

    case MASH_GUARD_OWN_AGENCY:
      return own_agency_holds (the_case, guard);

    case MASH_GUARD_ASSIGNED:
      return assigned_holds (the_case, guard);

    case MASH_GUARD_ASKED:
      /* Agencies cannot be asked yet, so nobody has been. */
      return FALSE;

    case MASH_GUARD_STATE:
      return state_holds (the_case, guard);

    case MASH_GUARD_FIELD:
      return field_holds (the_case, guard);

    case MASH_GUARD_DIFFERS:
      return differs_holds (the_case, guard);

    case MASH_GUARD_UNCHANGED:
      return unchanged_holds (the_case);

    case MASH_GUARD_SIGNED:
      return signed_holds (the_case, guard);

    case MASH_GUARD_WITHIN:
      return within_holds (the_case, guard);

    case MASH_GUARD_ON_LINE:
      return the_case->actor->on_line;

    case MASH_GUARD_NAMED:
      return mash_named_guard_holds (the_case, guard->value);

    default:
      g_return_val_if_reached (FALSE);
    }
}

static gboolean
all_among (const char *words,
           const char *held)
{
  g_auto (GStrv) list = g_strsplit (held != NULL ? held : "", " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    {
      if (!mash_words_contain (words, list[i]))
        return FALSE;
    }

  return list[0] != NULL;
}

/* Whether every outcome that the group recommends, and its level, is of those. */
static gboolean
recommends_only (MashCase   *the_case,
                 const char *outcomes,
                 const char *levels)
{
  g_autofree char *outcome = NULL;
  g_autofree char *level = NULL;

  if (mash_group_find_edit (the_case->group, "recommendation", NULL) == NULL)
    return TRUE;

  outcome = mash_case_dup_value (the_case, "recommendation.outcomes");
  level = mash_case_dup_value (the_case, "recommendation.level");

  return all_among (outcomes, outcome) && (levels == NULL || level == NULL ||
                                           mash_words_contain (levels, level));
}

/* The notes of the matrix (domain 2.2) that a deed of this machine can meet. Those about agencies'
 * own sections come with the agencies. */
gboolean
mash_guard_note_holds (MashCase   *the_case,
                       const char *note)
{
  if (g_strcmp0 (note, "C7") == 0)
    return recommends_only (the_case, "O01 O02", NULL);
  if (g_strcmp0 (note, "C8") == 0)
    return recommends_only (the_case, "O03 O04", "2 3");

  if (g_strcmp0 (note, "C1") == 0)
    return mash_guard_is_own (the_case);
  if (g_strcmp0 (note, "C14") == 0)
    return strcmp (the_case->deed->id, "clear-flag") != 0;

  /* A stand-alone hub's administrator holds no keys to cases, so what they prepared is put in force
   * in a manager's session; both are in the log. */
  if (g_strcmp0 (note, "C23") == 0)
    return strcmp (the_case->deed->id, "apply-policy") == 0 &&
           strcmp (the_case->actor->role, "MM") == 0;

  /* What leaves the hub has a manager's sign-off; the deed's own guard says so to others. A record
   * that is signed goes out with each paragraph released by its owner. */
  if (g_strcmp0 (note, "C12") == 0)
    return mash_words_contain ("copy preview-copy circulate-discussion release-paragraph",
                               the_case->deed->id);

  /* Two people seal and unseal; the deeds' own guards say who they are. */
  if (g_strcmp0 (note, "C16") == 0)
    return mash_words_contain ("propose-seal emergency-seal confirm-seal refuse-seal "
                               "propose-unseal confirm-unseal keep-seal", the_case->deed->id);

  /* The seniority rule is local; the guard “sd-chair-may” has it. */
  if (g_strcmp0 (note, "C10") == 0)
    return TRUE;

  /* C4 and C5 let a MASH officer act and ask a qualified worker to confirm; the rest concerns deeds
   * that do not exist yet, and what does not exist is not granted. */
  return mash_words_contain ("C4 C5", note);
}
