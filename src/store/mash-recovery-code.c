/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-recovery-code.h"

#include <string.h>

#include <sodium.h>

#define CODE_LENGTH (MASH_RECOVERY_CODE_LETTERS + MASH_RECOVERY_CODE_LETTERS / 4 - 1)

/* Crockford's 32: no I, L, O or U. Each letter is five bits, so that a code is 120 bits. */
static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * mash_recovery_code_new:
 *
 * Returns: (transfer full): a code nobody can guess, as it is printed: `XXXX-XXXX-…`
 */
MashSecret *
mash_recovery_code_new (void)
{
  guint8 random[MASH_RECOVERY_CODE_LETTERS];
  char text[CODE_LENGTH];
  gsize length = 0;
  MashSecret *code;

  randombytes_buf (random, sizeof random);
  for (guint i = 0; i < sizeof random; i++)
    {
      if (i > 0 && i % 4 == 0)
        text[length++] = '-';
      text[length++] = letters[random[i] % 32];
    }
  code = mash_secret_new_from_bytes ((const guint8 *) text, length);
  mash_secret_wipe (random, sizeof random);
  mash_secret_wipe (text, sizeof text);

  return code;
}

/* What the letter was meant to be: people copy 0 as O and 1 as I. */
static char
mean (char letter)
{
  letter = g_ascii_toupper (letter);
  if (letter == 'O')
    return '0';
  if (letter == 'I' || letter == 'L')
    return '1';

  return letter;
}

/**
 * mash_recovery_code_read:
 * @typed: what somebody typed as a code
 *
 * Spaces, dashes, small letters and letters that look alike make no difference.
 *
 * Returns: (transfer full): the code as it was printed, or @typed where it is no code
 */
MashSecret *
mash_recovery_code_read (MashSecret *typed)
{
  char text[CODE_LENGTH];
  gsize n_typed;
  gsize length = 0;
  guint n = 0;
  const char *data = (const char *) mash_secret_get_data (typed, &n_typed);
  MashSecret *code = NULL;
  gboolean fair = TRUE;

  for (gsize i = 0; i < n_typed && fair; i++)
    {
      if (data[i] == ' ' || data[i] == '-')
        continue;
      fair = n < MASH_RECOVERY_CODE_LETTERS && data[i] != '\0' &&
             strchr (letters, mean (data[i])) != NULL;
      if (fair && n > 0 && n % 4 == 0)
        text[length++] = '-';
      if (fair)
        text[length++] = mean (data[i]);
      n++;
    }
  if (fair && n == MASH_RECOVERY_CODE_LETTERS)
    code = mash_secret_new_from_bytes ((const guint8 *) text, length);
  mash_secret_wipe (text, sizeof text);

  return code ? code : mash_secret_ref (typed);
}
