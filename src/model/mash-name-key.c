/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-name-key.h"

#include "mash-time.h"

#include <string.h>

/* Letters that are no other letter with a mark, so that Unicode leaves them as they are. */
static const struct
{
  gunichar    letter;
  const char *as;
} plain_letters[] = {
  { 0x00e6, "ae" }, { 0x0153, "oe" }, { 0x00f8, "o" }, { 0x0142, "l" }, { 0x0111, "d" },
  { 0x00f0, "d" },  { 0x00fe, "th" }, { 0x0127, "h" }, { 0x0131, "i" }, { 0x0259, "e" },
  { 0x014b, "ng" }, { 0x0167, "t" },  { 0x0138, "k" },
};

static void
append_letter (GString  *folded,
               gunichar  c)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain_letters); i++)
    {
      if (plain_letters[i].letter == c)
        {
          g_string_append (folded, plain_letters[i].as);
          return;
        }
    }
  g_string_append_unichar (folded, c);
}

/* Marks that stand within a name and part nothing: O’Brien, D´Souza. */
static gboolean
is_apostrophe (gunichar c)
{
  static const gunichar apostrophes[] = {
    '\'', '`', 0x00b4, 0x02b9, 0x02bb, 0x02bc, 0x02bd, 0x02be, 0x02bf, 0x2018, 0x2019, 0x201b,
    0x2032, 0xff07,
  };

  for (guint i = 0; i < G_N_ELEMENTS (apostrophes); i++)
    {
      if (apostrophes[i] == c)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_separator (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_ispunct (c) || c == 0x00ad;
}

/**
 * mash_name_fold:
 * @name: a name, or several words of one
 *
 * Case, accents and apostrophes go; hyphens, spaces and other marks become one space. Zoë is “zoe”,
 * O’Brien is “obrien”, Marsh-Khan is “marsh khan”. Scripts other than the Latin stay themselves.
 *
 * Returns: (transfer full): the folded words with a space between them; empty for bad UTF-8
 */
char *
mash_name_fold (const char *name)
{
  g_autofree char *cased = NULL;
  g_autofree char *split = NULL;
  GString *folded;

  g_return_val_if_fail (name != NULL, NULL);

  folded = g_string_new (NULL);
  if (!g_utf8_validate (name, -1, NULL))
    return g_string_free (folded, FALSE);

  /* An acute accent standing alone is an apostrophe, which NFKD would turn into space and mark. */
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (!is_apostrophe (g_utf8_get_char (at)))
        g_string_append_unichar (folded, g_utf8_get_char (at));
    }
  cased = g_utf8_casefold (folded->str, -1);
  split = g_utf8_normalize (cased, -1, G_NORMALIZE_ALL);
  g_string_truncate (folded, 0);
  for (const char *at = split; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_ismark (c) || g_unichar_type (c) == G_UNICODE_FORMAT)
        continue;
      if (!is_separator (c))
        append_letter (folded, c);
      else if (folded->len > 0 && folded->str[folded->len - 1] != ' ')
        g_string_append_c (folded, ' ');
    }
  if (folded->len > 0 && folded->str[folded->len - 1] == ' ')
    g_string_truncate (folded, folded->len - 1);

  return g_string_free (folded, FALSE);
}

/* How letters sound, tried in this order at every place of a word. `^` is the beginning of a
 * word. What is written in many ways comes out as one letter; vowels come out as they are. */
static const struct
{
  const char *letters;
  const char *sound;
} sounds[] = {
  { "^kn", "n" },     { "^wr", "r" },     { "^ps", "s" },    { "^rh", "r" },    { "^gh", "g" },
  { "^x", "s" },      { "^chr", "kr" },   { "^chl", "kl" },  { "^ch", "c" },
  /* The Irish bh and mh that are a v: Siobhán, Niamh, Caoimhe, Méabh. */
  { "siobh", "sif" }, { "iamh", "if" },   { "oimh", "if" },  { "eabh", "ef" },  { "aomh", "ef" },
  { "sch", "s" },     { "tch", "k" },     { "ch", "k" },     { "sh", "s" },     { "ph", "f" },
  { "ngh", "ng" },    { "gh", "" },       { "kh", "k" },     { "th", "t" },     { "dh", "d" },
  { "bh", "b" },      { "jh", "j" },      { "ck", "k" },     { "qu", "k" },     { "ce", "se" },
  { "ci", "si" },     { "cy", "si" },     { "ge", "je" },    { "gi", "ji" },    { "gy", "ji" },
  { "ks", "k" },      { "x", "k" },       { "c", "k" },      { "q", "k" },      { "z", "s" },
  { "v", "f" },       { "^y", "y" },      { "y", "i" },      { "^w", "w" },
  { "w", "u" },
};

/* What a word is short for in writing. */
static const struct
{
  const char *shortened;
  const char *word;
} shortened_words[] = {
  { "md", "mohamed" }, { "mohd", "mohamed" }, { "muhd", "mohamed" }, { "mhd", "mohamed" },
  { "st", "saint" },
};

static gboolean
is_vowel (char c)
{
  return c != '\0' && strchr ("aeiou", c) != NULL;
}

static gboolean
is_sounded (char c)
{
  return is_vowel (c) || c == 'y';
}

/* Writes a word as it sounds: letters of the table, h only between vowels, nothing twice. */
static char *
sound_out (const char *word)
{
  GString *out = g_string_new (NULL);
  const char *at = word;

  while (*at != '\0')
    {
      const char *sound = NULL;
      gsize length = 1;
      char one[2] = { *at, '\0' };

      for (guint i = 0; i < G_N_ELEMENTS (sounds) && sound == NULL; i++)
        {
          const char *letters = sounds[i].letters;

          if (letters[0] == '^' && at != word)
            continue;
          letters += letters[0] == '^';
          if (g_str_has_prefix (at, letters))
            {
              sound = sounds[i].sound;
              length = strlen (letters);
            }
        }
      if (*at == 'h' && at != word && !(is_sounded (at[-1]) && is_sounded (at[1])))
        one[0] = '\0';
      for (const char *c = sound != NULL ? sound : one; *c != '\0'; c++)
        {
          if (out->len == 0 || out->str[out->len - 1] != *c)
            g_string_append_c (out, *c);
        }
      at += length;
    }

  return g_string_free (out, FALSE);
}

/* The consonants of a word as it sounds. A vowel in front counts as one, whichever it is; where
 * there is hardly a consonant, the first vowel tells Lee from Lou. */
static void
append_key (GString    *key,
            const char *word)
{
  g_autofree char *sound = NULL;
  gsize start = key->len;
  char vowel = '\0';

  for (guint i = 0; i < G_N_ELEMENTS (shortened_words); i++)
    {
      if (strcmp (word, shortened_words[i].shortened) == 0)
        word = shortened_words[i].word;
    }
  sound = sound_out (word);
  for (const char *at = sound; *at != '\0'; at++)
    {
      if (!is_vowel (*at))
        g_string_append_c (key, *at);
      else if (at == sound)
        g_string_append_c (key, 'a');
      else if (vowel == '\0')
        vowel = *at;
    }
  if (key->len - start < 2 && vowel != '\0')
    g_string_append_c (key, vowel);
}

/**
 * mash_name_key:
 * @name: a name, or several words of one
 *
 * Names that are said alike and written in many ways agree: Mohammed, Mohamed and Muhammad; Aisha
 * and Ayesha; Siobhán and Shivaun; Catherine and Kathryn. Made for the names of England as it is:
 * vowels say little, consonants more than in Soundex.
 *
 * Returns: (transfer full): the keys of the words with a space between them. A word in other than
 *   Latin letters is its own key
 */
char *
mash_name_key (const char *name)
{
  g_autofree char *folded = NULL;
  g_auto (GStrv) words = NULL;
  GString *key;

  g_return_val_if_fail (name != NULL, NULL);

  folded = mash_name_fold (name);
  words = g_strsplit (folded, " ", -1);
  key = g_string_new (NULL);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (key, ' ');
      if (g_str_is_ascii (words[i]))
        append_key (key, words[i]);
      else
        g_string_append (key, words[i]);
    }

  return g_string_free (key, FALSE);
}

static char *
join_words (char *words)
{
  char *to = words;

  for (const char *from = words; *from != '\0'; from++)
    {
      if (*from != ' ')
        *to++ = *from;
    }
  *to = '\0';

  return words;
}

/**
 * mash_name_equal:
 * @a: (nullable): a name
 * @b: (nullable): a name
 *
 * Returns: whether they differ at most in case, marks, spaces and hyphens; %FALSE for no name
 */
gboolean
mash_name_equal (const char *a,
                 const char *b)
{
  g_autofree char *one = a != NULL ? join_words (mash_name_fold (a)) : NULL;
  g_autofree char *two = b != NULL ? join_words (mash_name_fold (b)) : NULL;

  return one != NULL && one[0] != '\0' && g_strcmp0 (one, two) == 0;
}

/**
 * mash_name_alike:
 * @a: (nullable): a name
 * @b: (nullable): a name
 *
 * Returns: whether they are equal or sound alike; %FALSE for no name
 */
gboolean
mash_name_alike (const char *a,
                 const char *b)
{
  g_autofree char *one = a != NULL ? join_words (mash_name_key (a)) : NULL;
  g_autofree char *two = b != NULL ? join_words (mash_name_key (b)) : NULL;

  return mash_name_equal (a, b) || (one != NULL && one[0] != '\0' && g_strcmp0 (one, two) == 0);
}

/* A year, or a month of one. */
static gboolean
is_partial_date (const char *date)
{
  g_autofree char *filled = g_strconcat (date, strlen (date) == 4 ? "-01-01" : "-01", NULL);

  return mash_date_parse (filled, NULL);
}

/**
 * mash_birth_variants:
 * @date: a date of birth, `YYYY-MM-DD`, or a part of one
 *
 * Returns: (transfer full): the dates to look for: itself, and with day and month swapped where
 *   that is another date; none for what is no date
 */
char **
mash_birth_variants (const char *date)
{
  GStrvBuilder *variants;
  char **list;

  g_return_val_if_fail (date != NULL, NULL);

  variants = g_strv_builder_new ();
  if (mash_date_parse (date, NULL))
    {
      g_autofree char *swapped = g_strdup_printf ("%.4s-%.2s-%.2s", date, date + 8, date + 5);

      g_strv_builder_add (variants, date);
      if (strcmp (swapped, date) != 0 && mash_date_parse (swapped, NULL))
        g_strv_builder_add (variants, swapped);
    }
  else if (is_partial_date (date))
    {
      g_strv_builder_add (variants, date);
    }
  list = g_strv_builder_end (variants);
  g_strv_builder_unref (variants);

  return list;
}
