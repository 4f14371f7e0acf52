/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-seal.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "mash-guards-seal.h"

static const MashField seal_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "excluded", MASH_FIELD_REFERENCE, N_("Who is kept out"), "staff", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "reason", MASH_FIELD_CODE, N_("Why it is sealed"), "SEAL", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "text", MASH_FIELD_RICH, N_("More about why"), NULL, MASH_NEED_NOTHING,
    .traits = MASH_FIELD_FIXED },
  { "review-by", MASH_FIELD_DATE, N_("Review by") },
  { "state", MASH_FIELD_CODE, N_("State of the seal"), "SEALST", .owner = MASH_OWNER_RULES },
  { "asked-by", MASH_FIELD_REFERENCE, N_("Asked for by"), "staff", .owner = MASH_OWNER_RULES },
  { "asked-role", MASH_FIELD_TEXT, N_("As"), .owner = MASH_OWNER_RULES },
  { "asked-at", MASH_FIELD_TIME, N_("Asked for"), .owner = MASH_OWNER_RULES },
  { "answered-by", MASH_FIELD_REFERENCE, N_("Answered by"), "staff", .owner = MASH_OWNER_RULES },
  { "answered-at", MASH_FIELD_TIME, N_("Answered"), .owner = MASH_OWNER_RULES },
};
MASH_DEFINE_ENTITY (MashSeal, mash_seal, "seal", N_("Seal"), seal_fields, MASH_KIND_KEPT)

/* From which state a deed leads to which; a dash is a seal that is not there yet. */
static const struct
{
  const char *deed;
  const char *from;
  const char *to;
} steps[] = {
  { "propose-seal", "-", "PROPOSED" },
  { "emergency-seal", "-", "EMERGENCY" },
  { "declare-interest", "-", "SEALED" },
  { "confirm-seal", "PROPOSED", "SEALED" },
  { "confirm-seal", "EMERGENCY", "SEALED" },
  { "refuse-seal", "PROPOSED", "REFUSED" },
  { "refuse-seal", "EMERGENCY", "LIFTED" },
  { "propose-unseal", "SEALED", "LIFTING" },
  { "confirm-unseal", "LIFTING", "LIFTED" },
  { "keep-seal", "LIFTING", "SEALED" },
};

/**
 * mash_seal_get_next:
 * @deed: a deed about a seal
 * @state: (nullable): the seal's state, %NULL for a new one
 *
 * Returns: (transfer none) (nullable): the state that follows; %NULL where the deed cannot be done
 */
const char *
mash_seal_get_next (const char *deed,
                    const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (strcmp (steps[i].deed, deed) == 0 &&
          g_strcmp0 (steps[i].from, state != NULL ? state : "-") == 0)
        return steps[i].to;
    }

  return NULL;
}

/* Of the two people one is a manager and the other of information governance, in either order. */
static gboolean
is_another (const char      *asked_by,
            const char      *asked_role,
            const MashActor *actor)
{
  return g_strcmp0 (asked_by, actor->person) != 0 && g_strcmp0 (asked_role, actor->role) != 0;
}

/**
 * mash_seal_may_answer:
 * @self: a seal of which something is asked
 * @actor: who is signed in
 *
 * What `seal-by-another` says of a deed, for a page that knows the seal and not yet the deed.
 *
 * Returns: %TRUE when @actor is not who asked, and of the other role (SO10)
 */
gboolean
mash_seal_may_answer (MashEntity      *self,
                      const MashActor *actor)
{
  g_return_val_if_fail (MASH_IS_SEAL (self) && actor != NULL, FALSE);

  return is_another (mash_entity_get_text (self, "asked-by"),
                     mash_entity_get_text (self, "asked-role"), actor);
}

/* The one seal that a group is about; two at once would go unjudged. */
static MashEdit *
find_seal (MashCase    *the_case,
           MashRecord **before)
{
  MashEdit *found = NULL;

  for (guint i = 0; i < mash_group_get_n_edits (the_case->group); i++)
    {
      MashEdit *edit = mash_group_get_edit (the_case->group, i);

      if (mash_edit_get_kind (edit) != &mash_seal_kind)
        continue;
      if (found != NULL)
        return NULL;
      found = edit;
    }
  if (found != NULL)
    *before = mash_facts_lookup (the_case->facts, mash_seal_kind.name, mash_edit_get_id (found));

  return found;
}

/**
 * mash_seal_in_order:
 * @the_case: a case
 *
 * A seal goes from step to step as SO10 has it, and says of each step who took it.
 *
 * Returns: %TRUE when the group does
 */
gboolean
mash_seal_in_order (MashCase *the_case)
{
  g_autoptr (MashRecord) before = NULL;
  g_autoptr (MashRecord) after = NULL;
  MashEdit *edit = find_seal (the_case, &before);
  const char *next, *by;
  gboolean asks;

  if (edit == NULL || mash_edit_is_new (edit) != (before == NULL))
    return FALSE;
  next = mash_seal_get_next (the_case->deed->id,
                             before != NULL ? mash_record_get_text (before, "state") : NULL);
  after = mash_facts_lookup (the_case->proposed, mash_seal_kind.name, mash_edit_get_id (edit));
  if (next == NULL || after == NULL || g_strcmp0 (mash_record_get_text (after, "state"), next) != 0)
    return FALSE;

  asks = before == NULL || strcmp (next, "LIFTING") == 0;
  by = mash_record_get_text (after, asks ? "asked-by" : "answered-by");

  return g_strcmp0 (by, the_case->actor->person) == 0 &&
         (!asks || g_strcmp0 (mash_record_get_text (after, "asked-role"),
                              the_case->actor->role) == 0) &&
         (asks || (!mash_edit_touches (edit, mash_kind_find_field (&mash_seal_kind, "asked-by")) &&
                   !mash_edit_touches (edit, mash_kind_find_field (&mash_seal_kind,
                                                                   "asked-role"))));
}

/**
 * mash_seal_by_another:
 * @the_case: a case
 *
 * Returns: %TRUE when who acts is not who asked, and acts in the other role
 */
gboolean
mash_seal_by_another (MashCase *the_case)
{
  g_autoptr (MashRecord) before = NULL;

  if (find_seal (the_case, &before) == NULL || before == NULL)
    return FALSE;

  return is_another (mash_record_get_text (before, "asked-by"),
                     mash_record_get_text (before, "asked-role"), the_case->actor);
}

/* The one seal that a group is about, as it would be. */
static MashRecord *
find_proposed (MashCase *the_case)
{
  g_autoptr (MashRecord) before = NULL;
  MashEdit *edit = find_seal (the_case, &before);

  return edit != NULL
         ? mash_facts_lookup (the_case->proposed, mash_seal_kind.name, mash_edit_get_id (edit))
         : NULL;
}

/**
 * mash_seal_not_of_self:
 * @the_case: a case
 *
 * Nobody seals or unseals for themselves (domain reference 2.3, rule 4).
 *
 * Returns: %TRUE when the seal keeps somebody else out
 */
gboolean
mash_seal_not_of_self (MashCase *the_case)
{
  g_autoptr (MashRecord) seal = find_proposed (the_case);

  return seal != NULL && g_strcmp0 (mash_record_get_text (seal, "excluded"),
                                    the_case->actor->person) != 0;
}

/**
 * mash_seal_of_self:
 * @the_case: a case
 *
 * A conflict of interest is declared by whoever has it (domain reference 2.3, rule 6).
 *
 * Returns: %TRUE when the seal keeps out who acts
 */
gboolean
mash_seal_of_self (MashCase *the_case)
{
  g_autoptr (MashRecord) seal = find_proposed (the_case);

  return seal != NULL && g_strcmp0 (mash_record_get_text (seal, "excluded"),
                                    the_case->actor->person) == 0;
}
