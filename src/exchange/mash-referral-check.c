/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-exchange"

#include "config.h"

#include "mash-referral.h"

#include <string.h>

#include "mash-exchange-error.h"
#include "mash-identifiers.h"
#include "mash-referral-private.h"

/* The document itself, clocks, and what else the rules add to a new contact. */
#define ADDED_BY_RULES 20

static gboolean
check_codes (MashPolicy      *policy,
             const MashField *field,
             GVariant        *value)
{
  g_autofree const char **codes = NULL;

  if (field->type == MASH_FIELD_CODE)
    return mash_policy_find_code (policy, field->of, g_variant_get_string (value, NULL)) != NULL;
  if (field->type != MASH_FIELD_CODES)
    return TRUE;

  codes = g_variant_get_strv (value, NULL);
  for (guint i = 0; codes[i] != NULL; i++)
    {
      if (mash_policy_find_code (policy, field->of, codes[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
refuse (const MashFaultPlace *place,
        GError              **error)
{
  g_autofree char *sentence = mash_fault_place_say (place);

  g_set_error_literal (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_REFUSED, sentence);

  return FALSE;
}

/* Each remark becomes a note, and may put a number in a record of its own. */
static gboolean
fits_in_a_group (MashReferral *self)
{
  g_auto (GStrv) remarks = mash_referral_dup_remarks (self);

  return self->parts->len + 2 * g_strv_length (remarks) + ADDED_BY_RULES <= MASH_GROUP_MAX_CHANGES;
}

/**
 * mash_referral_check:
 * @self: a referral
 * @policy: the policy in force
 * @error: %MASH_EXCHANGE_ERROR_REFUSED with the line
 *
 * Says whether each code is in its list, and the whole fits into one group. Any thread.
 *
 * Returns: %TRUE when the referral can be taken in
 */
gboolean
mash_referral_check (MashReferral *self,
                     MashPolicy   *policy,
                     GError      **error)
{
  const MashFaultPlace many = { MASH_FAULT_MANY };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (policy != NULL, FALSE);

  if (!fits_in_a_group (self))
    return refuse (&many, error);

  for (guint i = 0; i < self->parts->len; i++)
    {
      MashReferralPart *part = g_ptr_array_index (self->parts, i);

      for (guint f = 0; f < part->kind->n_fields; f++)
        {
          const MashField *field = &part->kind->fields[f];
          const MashFaultPlace place = { MASH_FAULT_CODE_UNKNOWN, part->lines[f],
                                         part->kind->name, field->name };

          if (part->values[f] != NULL && !check_codes (policy, field, part->values[f]))
            return refuse (&place, error);
        }
    }

  return TRUE;
}

/* Whether somebody else in the file has the same number in the same field. */
static gboolean
is_shared (MashReferral           *self,
           const MashReferralPart *part,
           guint                   field,
           const char             *number)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      const MashReferralPart *other = g_ptr_array_index (self->parts, i);
      g_autofree char *theirs = NULL;

      if (other == part || other->kind != part->kind || other->values[field] == NULL)
        continue;
      theirs = mash_identifiers_normalize (g_variant_get_string (other->values[field], NULL));
      if (g_strcmp0 (theirs, number) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * mash_referral_judge_field:
 * @self: a referral
 * @part: a part of it
 * @field: the position of a field
 *
 * Says what is odd about a number by which people are recognised.
 *
 * Returns: %MASH_FAULT_CHECK_DIGIT, %MASH_FAULT_NUMBER_TWICE or, as of every other field,
 *   %MASH_FAULT_NONE
 */
MashFault
mash_referral_judge_field (MashReferral           *self,
                           const MashReferralPart *part,
                           guint                   field)
{
  const char *name = part->kind->fields[field].name;
  gboolean nhs = strcmp (name, "nhs-number") == 0;
  g_autofree char *number = NULL;

  if (!mash_referral_part_is (part, "person") || part->values[field] == NULL ||
      (!nhs && strcmp (name, "upn") != 0 && strcmp (name, "former-upn") != 0))
    return MASH_FAULT_NONE;

  number = mash_identifiers_normalize (g_variant_get_string (part->values[field], NULL));
  if (nhs ? !mash_nhs_number_check (number) : !mash_upn_check (number))
    return MASH_FAULT_CHECK_DIGIT;

  return is_shared (self, part, field, number) ? MASH_FAULT_NUMBER_TWICE : MASH_FAULT_NONE;
}

/**
 * mash_referral_say_remark:
 * @self: a referral
 * @part: a part of it
 * @field: the position of a field
 *
 * Returns: (transfer full) (nullable): what is odd about the field as a translated sentence
 */
char *
mash_referral_say_remark (MashReferral           *self,
                          const MashReferralPart *part,
                          guint                   field)
{
  const MashFaultPlace place = {
    mash_referral_judge_field (self, part, field), part->lines[field],
    part->kind->name, part->kind->fields[field].name,
  };

  return place.fault != MASH_FAULT_NONE ? mash_fault_place_say (&place) : NULL;
}

/**
 * mash_referral_dup_remarks:
 * @self: a referral
 *
 * Gives what was taken in although something about it is odd, one sentence each, without a word of
 * the file. The same sentences become notes on the contact. Any thread.
 *
 * Returns: (transfer full): the translated sentences; none is the rule
 */
char **
mash_referral_dup_remarks (MashReferral *self)
{
  g_autoptr (GStrvBuilder) remarks = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->parts->len; i++)
    {
      const MashReferralPart *part = g_ptr_array_index (self->parts, i);

      for (guint f = 0; f < part->kind->n_fields; f++)
        {
          g_autofree char *sentence = mash_referral_say_remark (self, part, f);

          if (sentence != NULL)
            g_strv_builder_add (remarks, sentence);
        }
    }

  return g_strv_builder_end (remarks);
}
