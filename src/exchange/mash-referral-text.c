/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-exchange"

#include "config.h"

#include "mash-referral.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "mash-referral-private.h"

/* What one field of a record can hold, less a little for the note that there is more. */
#define MAX_BYTES (60 * 1024)

static void
append_word (GString    *text,
             const char *word)
{
  if (word == NULL)
    return;
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, word);
}

/* How the file itself calls what a key stands for. */
static char *
dup_name (MashReferral    *self,
          const MashField *field,
          const char      *key)
{
  MashReferralPart *part = mash_referral_find_part (self, field->of, key);
  GString *name = g_string_new (NULL);

  if (mash_referral_part_is (part, "person"))
    {
      append_word (name, mash_referral_part_get_text (part, "legal-forenames"));
      append_word (name, mash_referral_part_get_text (part, "legal-surname"));
      if (name->len == 0)
        append_word (name, mash_referral_part_get_text (part, "known-as"));
      if (name->len == 0)
        append_word (name, mash_referral_part_get_text (part, "description"));
    }
  else if (mash_referral_part_is (part, "address"))
    {
      append_word (name, mash_referral_part_get_text (part, "line1"));
      append_word (name, mash_referral_part_get_text (part, "postcode"));
    }
  if (name->len == 0)
    append_word (name, key);

  return g_string_free (name, FALSE);
}

static char *
dup_words (MashReferral    *self,
           const MashField *field,
           GVariant        *value)
{
  g_autofree const char **items = NULL;
  GString *words;

  if (field->type == MASH_FIELD_BOOL)
    return g_strdup (g_variant_get_boolean (value) ? _("Yes") : _("No"));
  if (field->type == MASH_FIELD_REFERENCE)
    return dup_name (self, field, g_variant_get_string (value, NULL));
  if (field->type != MASH_FIELD_CODES && field->type != MASH_FIELD_REFERENCES)
    return g_variant_dup_string (value, NULL);

  words = g_string_new (NULL);
  items = g_variant_get_strv (value, NULL);
  for (guint i = 0; items[i] != NULL; i++)
    {
      g_autofree char *item = field->type == MASH_FIELD_REFERENCES
                              ? dup_name (self, field, items[i]) : g_strdup (items[i]);

      g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", item);
    }

  return g_string_free (words, FALSE);
}

static void
append_part (MashReferral           *self,
             const MashReferralPart *part,
             GString                *text)
{
  g_string_append_printf (text, "\n%s\n", g_dgettext (GETTEXT_PACKAGE, part->kind->label));
  for (guint f = 0; f < part->kind->n_fields; f++)
    {
      const MashField *field = &part->kind->fields[f];
      g_autofree char *words = NULL;

      if (part->values[f] == NULL)
        continue;
      words = dup_words (self, field, part->values[f]);
      g_string_append_printf (text, "%s: %s\n",
                              g_dgettext (GETTEXT_PACKAGE, field->label), words);
    }
}

/* Cuts where a character ends. */
static void
cut (GString *text)
{
  gsize end = MAX_BYTES;

  if (text->len <= MAX_BYTES)
    return;

  while (end > 0 && ((guchar) text->str[end] & 0xc0) == 0x80)
    end--;
  g_string_truncate (text, end);
  g_string_append_c (text, '\n');
  g_string_append (text, _("[There is more in the file itself.]"));
}

/**
 * mash_referral_dup_text:
 * @self: a referral
 *
 * Makes what is shown beside the form as the original: the letter, then all that the file says, in
 * its own codes. The file itself is kept besides. Any thread.
 *
 * Returns: (transfer full): plain text, at most what one field holds
 */
char *
mash_referral_dup_text (MashReferral *self)
{
  GString *text = g_string_new (NULL);
  MashReferralPart *letter;
  const char *body = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  letter = mash_referral_find_part (self, "source-document", NULL);
  if (letter != NULL)
    body = mash_referral_part_get_text (letter, "text");
  if (body != NULL)
    g_string_append_printf (text, "%s\n\n", body);

  g_string_append_printf (text, "%s\n", _("The form as it was sent"));
  if (self->sent_at != NULL)
    g_string_append_printf (text, "%s: %s\n", _("Sent"), self->sent_at);
  for (guint i = 0; i < self->parts->len; i++)
    {
      const MashReferralPart *part = g_ptr_array_index (self->parts, i);

      if (part != letter)
        append_part (self, part, text);
    }
  cut (text);

  return g_strchomp (g_string_free (text, FALSE));
}
