/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-deed.h"

#include <string.h>

/* The states from which nothing but re-opening leads on. */
#define CLOSED_STATES "C90 X20"

/**
 * mash_words_contain:
 * @words: (nullable): words with single spaces between
 * @word: (nullable): one word
 *
 * Any thread.
 *
 * Returns: %TRUE when @word is one of @words; an empty or absent word never is
 */
gboolean
mash_words_contain (const char *words,
                    const char *word)
{
  gsize length;

  if (words == NULL || word == NULL || *word == '\0')
    return FALSE;

  length = strlen (word);
  for (const char *at = strstr (words, word); at != NULL; at = strstr (at + 1, word))
    {
      if ((at == words || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' '))
        return TRUE;
    }

  return FALSE;
}

/**
 * mash_deed_leaves:
 * @self: a deed
 * @state: (nullable): the state of a contact; %NULL when there is none yet
 *
 * Any thread.
 *
 * Returns: %TRUE when the deed may start from @state
 */
gboolean
mash_deed_leaves (const MashDeed *self,
                  const char     *state)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (state == NULL || *state == '\0')
    return mash_words_contain (self->from, "-");
  if (mash_words_contain (self->from, state))
    return TRUE;

  return mash_words_contain (self->from, "*") && !mash_words_contain (CLOSED_STATES, state);
}

/**
 * mash_deed_touches:
 * @self: a deed
 * @kind: the name of a kind; may come from outside
 *
 * Any thread.
 *
 * Returns: %TRUE when an edit of the deed may concern a record of that kind
 */
gboolean
mash_deed_touches (const MashDeed *self,
                   const char     *kind)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return mash_words_contain (self->touches, kind);
}

/**
 * mash_deed_sets:
 * @self: a deed
 * @kind: the name of a kind
 * @field: the name of one of its fields
 *
 * Any thread.
 *
 * Returns: %TRUE when an edit of the deed may set that field although the rules keep it
 */
gboolean
mash_deed_sets (const MashDeed *self,
                const char     *kind,
                const char     *field)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (kind != NULL && field != NULL, FALSE);

  path = g_strconcat (kind, ".", field, NULL);

  return mash_words_contain (self->sets, path);
}
