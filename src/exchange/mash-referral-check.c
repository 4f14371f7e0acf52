/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-exchange"

#include "config.h"

#include "mash-referral.h"

#include <string.h>

#include "mash-exchange-error.h"
#include "mash-fault.h"
#include "mash-identifiers.h"
#include "mash-referral-private.h"

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

/**
 * mash_referral_check:
 * @self: a referral
 * @policy: the policy in force
 * @error: %MASH_EXCHANGE_ERROR_REFUSED with the line
 *
 * Says whether each code is in its list. Any thread.
 *
 * Returns: %TRUE when all are
 */
gboolean
mash_referral_check (MashReferral *self,
                     MashPolicy   *policy,
                     GError      **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (policy != NULL, FALSE);

  for (guint i = 0; i < self->parts->len; i++)
    {
      MashReferralPart *part = g_ptr_array_index (self->parts, i);

      for (guint f = 0; f < part->kind->n_fields; f++)
        {
          const MashField *field = &part->kind->fields[f];
          const MashFaultPlace place = { MASH_FAULT_CODE_UNKNOWN, part->lines[f],
                                         part->kind->name, field->name };
          g_autofree char *sentence = NULL;

          if (part->values[f] == NULL || check_codes (policy, field, part->values[f]))
            continue;
          sentence = mash_fault_place_say (&place);
          g_set_error_literal (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_REFUSED, sentence);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
is_bad (const MashField *field,
        const char      *text)
{
  g_autofree char *number = mash_identifiers_normalize (text);

  if (strcmp (field->name, "nhs-number") == 0)
    return !mash_nhs_number_check (number);

  return (strcmp (field->name, "upn") == 0 || strcmp (field->name, "former-upn") == 0) &&
         !mash_upn_check (number);
}

/**
 * mash_referral_part_find_bad_number:
 * @self: a part
 * @after: the field to begin with
 *
 * Returns: the position of the next field whose number disagrees with its check digit, or
 *   %MASH_NO_FIELD
 */
guint
mash_referral_part_find_bad_number (const MashReferralPart *self,
                                    guint                   after)
{
  if (!mash_referral_part_is (self, "person"))
    return MASH_NO_FIELD;

  for (guint f = after; f < self->kind->n_fields; f++)
    {
      if (self->values[f] != NULL && self->kind->fields[f].type == MASH_FIELD_TEXT &&
          is_bad (&self->kind->fields[f], g_variant_get_string (self->values[f], NULL)))
        return f;
    }

  return MASH_NO_FIELD;
}

/**
 * mash_referral_dup_remarks:
 * @self: a referral
 *
 * Gives what was taken in although something about it is odd, one sentence each, without a word of
 * the file. Any thread.
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
      MashReferralPart *part = g_ptr_array_index (self->parts, i);
      guint f = mash_referral_part_find_bad_number (part, 0);

      while (f != MASH_NO_FIELD)
        {
          const MashFaultPlace place = { MASH_FAULT_CHECK_DIGIT, part->lines[f],
                                         part->kind->name, part->kind->fields[f].name };
          g_autofree char *sentence = mash_fault_place_say (&place);

          g_strv_builder_add (remarks, sentence);
          f = mash_referral_part_find_bad_number (part, f + 1);
        }
    }

  return g_strv_builder_end (remarks);
}
