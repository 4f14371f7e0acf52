/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-deed-chance.h"

#include <glib/gi18n-lib.h>

#include "mash-seal.h"

static gboolean
state_fits (MashEntity      *contact,
            const MashGuard *guard)
{
  const MashKind *kind = mash_entity_get_kind (contact);
  guint position = mash_kind_find_field (kind, guard->field != NULL ? guard->field : "state");
  GVariant *value = position != MASH_NO_FIELD ? mash_entity_get_value (contact, position) : NULL;

  if (value == NULL)
    return mash_words_contain (guard->value, "-");
  if (mash_words_contain (guard->value, "*"))
    return TRUE;
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return mash_words_contain (guard->value, g_variant_get_boolean (value) ? "yes" : "no");

  return g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) &&
         mash_words_contain (guard->value, g_variant_get_string (value, NULL));
}

/**
 * mash_deed_chance_find:
 * @policy: the policy in force
 * @actor: (nullable): who is signed in
 * @contact: the contact, saved
 * @deed: the id of a deed
 * @says: (out) (nullable) (transfer none): for %MASH_DEED_NOT_YOURS, the sentence that says whose
 *   it is
 *
 * Returns: whether @deed is worth offering to @actor now
 */
MashDeedChance
mash_deed_chance_find (MashPolicy      *policy,
                       const MashActor *actor,
                       MashEntity      *contact,
                       const char      *deed,
                       const char     **says)
{
  const MashDeed *declared = mash_policy_find_deed (policy, deed);
  const char *state = mash_entity_get_text (contact, "state");

  *says = NULL;
  if (declared == NULL || state == NULL || actor == NULL || !mash_deed_leaves (declared, state))
    return MASH_DEED_NOT_NOW;

  for (guint i = 0; i < declared->n_guards; i++)
    {
      const MashGuard *guard = &declared->guards[i];

      if (guard->when_field != NULL)
        continue;
      if (guard->test == MASH_GUARD_STATE && !state_fits (contact, guard))
        return MASH_DEED_NOT_NOW;
      if (*says == NULL && guard->test == MASH_GUARD_ROLE &&
          !mash_words_contain (guard->value, actor->role))
        *says = guard->says;
    }
  if (*says == NULL &&
      mash_policy_get_grant (policy, actor->role, declared->permission, NULL) == MASH_GRANT_NO)
    *says = _("Your role may not do this; ask a manager who may.");

  return *says != NULL ? MASH_DEED_NOT_YOURS : MASH_DEED_YOURS;
}

/**
 * mash_deed_chance_say_whose:
 * @policy: the policy in force
 * @actor: (nullable): who is signed in
 * @record: (nullable): a record that a deed would go on with
 * @deed: the id of that deed
 *
 * What somebody asked for is another’s to answer.
 *
 * Returns: (transfer none) (nullable): the sentence that says whose @deed is; %NULL where nothing
 *   in @record keeps @actor from it
 */
const char *
mash_deed_chance_say_whose (MashPolicy      *policy,
                            const MashActor *actor,
                            MashEntity      *record,
                            const char      *deed)
{
  const MashDeed *declared = mash_policy_find_deed (policy, deed);

  if (declared == NULL || actor == NULL || record == NULL || !MASH_IS_SEAL (record))
    return NULL;

  for (guint i = 0; i < declared->n_guards; i++)
    {
      if (g_strcmp0 (declared->guards[i].value, "seal-by-another") == 0 &&
          !mash_seal_may_answer (record, actor))
        return declared->guards[i].says;
    }

  return NULL;
}
