/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-reference.h"

#include <string.h>

#define N_LETTERS 31
#define N_RANDOM  8
#define N_ALL     (N_RANDOM + 1)

/* Figures and capitals without 0 and O, 1, I and L: 31, a prime. Where it stands among them is the
 * value of a character. */
static const char letters[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

static int
get_value (char c)
{
  const char *at = c != '\0' ? strchr (letters, c) : NULL;

  return at != NULL ? (int) (at - letters) : -1;
}

/* The check is the sum of the values times 13 down to 6, modulo 31. As 31 is prime and no two
 * characters have the same weight (the check itself has -1), one wrong character and any two that
 * are swapped always change the sum. */
static int
find_check (const int values[N_RANDOM])
{
  int sum = 0;

  for (int i = 0; i < N_RANDOM; i++)
    sum += values[i] * (13 - i);

  return sum % N_LETTERS;
}

static char *
format (const int values[N_RANDOM])
{
  char c[N_ALL];

  for (guint i = 0; i < N_RANDOM; i++)
    c[i] = letters[values[i]];
  c[N_RANDOM] = letters[find_check (values)];

  return g_strdup_printf ("%.4s-%.4s-%c", c, c + 4, c[N_RANDOM]);
}

/**
 * mash_reference_make:
 * @random: random bytes
 *
 * Returns: (transfer full): a reference; all are as good as equally likely
 */
char *
mash_reference_make (const guint8 random[8])
{
  int values[N_RANDOM];
  guint64 number = 0;

  g_return_val_if_fail (random != NULL, NULL);

  for (guint i = 0; i < 8; i++)
    number = number << 8 | random[i];
  for (guint i = 0; i < N_RANDOM; i++, number /= N_LETTERS)
    values[i] = (int) (number % N_LETTERS);

  return format (values);
}

/**
 * mash_reference_check:
 * @text: (nullable): a reference as it is kept
 *
 * Returns: whether it has the form, and the check character that fits
 */
gboolean
mash_reference_check (const char *text)
{
  g_autofree char *parsed = NULL;

  if (text == NULL)
    return FALSE;
  parsed = mash_reference_parse (text);

  return g_strcmp0 (parsed, text) == 0;
}

/**
 * mash_reference_parse:
 * @typed: a reference as somebody typed it, in any case, with or without hyphens and spaces
 *
 * Returns: (transfer full) (nullable): the reference as it is kept; %NULL where it is none
 */
char *
mash_reference_parse (const char *typed)
{
  int values[N_ALL];
  guint n = 0;

  g_return_val_if_fail (typed != NULL, NULL);

  for (const char *at = typed; *at != '\0'; at++)
    {
      if (*at == '-' || *at == ' ')
        continue;
      if (n == N_ALL || get_value (g_ascii_toupper (*at)) < 0)
        return NULL;
      values[n++] = get_value (g_ascii_toupper (*at));
    }

  return n == N_ALL && values[N_RANDOM] == find_check (values) ? format (values) : NULL;
}
