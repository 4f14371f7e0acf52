/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-identifiers.h"

#include <string.h>

#define UPN_LENGTH 13
#define NHS_LENGTH 10

static gboolean
are_digits (const char *text,
            gsize       length)
{
  return strlen (text) == length && strspn (text, "0123456789") == length;
}

/**
 * mash_upn_check:
 * @text: (nullable): a unique pupil number as it is kept, without spaces
 *
 * A letter and twelve digits; the letter is the sum of the digits times 2 to 13, modulo 23, without
 * the letters I, O and S (census rule 1510). Whether digits 2 to 4 are an authority’s code (rule
 * 1530) is for who knows the authorities.
 *
 * Returns: whether the letter fits the digits
 */
gboolean
mash_upn_check (const char *text)
{
  static const char letters[] = "ABCDEFGHJKLMNPQRTUVWXYZ";
  guint sum = 0;

  if (text == NULL || text[0] == '\0' || !are_digits (text + 1, UPN_LENGTH - 1))
    return FALSE;
  for (guint i = 1; i < UPN_LENGTH; i++)
    sum += (guint) (text[i] - '0') * (i + 1);

  return text[0] == letters[sum % 23];
}

/**
 * mash_nhs_number_check:
 * @text: (nullable): an NHS number as it is kept, ten digits without spaces
 *
 * The last digit is 11 minus the sum of the others times 10 down to 2, modulo 11, where 11 is 0 and
 * 10 makes no number (NHS Data Dictionary, NHS NUMBER). Ten times the same digit is what people
 * type to get past a field, and no number.
 *
 * Returns: whether the last digit fits the others
 */
gboolean
mash_nhs_number_check (const char *text)
{
  guint sum = 0;

  if (text == NULL || !are_digits (text, NHS_LENGTH) ||
      strspn (text, (char[]) { text[0], '\0' }) == NHS_LENGTH)
    return FALSE;
  for (guint i = 0; i < NHS_LENGTH - 1; i++)
    sum += (guint) (text[i] - '0') * (10 - i);

  return (11 - sum % 11) % 11 == (guint) (text[NHS_LENGTH - 1] - '0');
}

/**
 * mash_identifiers_normalize:
 * @text: an identifier as somebody typed it
 *
 * Returns: (transfer full): as it is kept: in capitals, without spaces and hyphens
 */
char *
mash_identifiers_normalize (const char *text)
{
  GString *kept;

  g_return_val_if_fail (text != NULL, NULL);

  kept = g_string_new (NULL);
  for (const char *at = text; *at != '\0'; at++)
    {
      if (!g_ascii_isspace (*at) && *at != '-')
        g_string_append_c (kept, g_ascii_toupper (*at));
    }

  return g_string_free (kept, FALSE);
}
