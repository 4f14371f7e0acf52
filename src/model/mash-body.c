/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-body.h"

#include <string.h>

/* Where the scanner stands, and the first thing that was wrong. Messages name the byte, never what
 * stands there. */
typedef struct
{
  const char *at;
  const char *start;
  const char *end;
  const char *wrong;
} Scanner;

G_DEFINE_QUARK (mash-change-error-quark, mash_change_error)

static void
unref_value (gpointer value)
{
  if (value != NULL)
    g_variant_unref (value);
}

static gboolean
fail (Scanner    *self,
      const char *wrong)
{
  self->wrong = wrong;

  return FALSE;
}

static void
skip_space (Scanner *self)
{
  while (self->at < self->end &&
         (*self->at == ' ' || *self->at == '\t' || *self->at == '\n' || *self->at == '\r'))
    self->at++;
}

static gboolean
take (Scanner *self,
      char     c)
{
  if (self->at >= self->end || *self->at != c)
    return FALSE;

  self->at++;

  return TRUE;
}

static gboolean
take_word (Scanner    *self,
           const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->at) < length || memcmp (self->at, word, length) != 0)
    return FALSE;

  self->at += length;

  return TRUE;
}

static gboolean
read_four_digits (Scanner  *self,
                  gunichar *unit)
{
  *unit = 0;
  if (self->end - self->at < 4)
    return fail (self, "an escape is cut short");

  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (*self->at++);

      if (digit < 0)
        return fail (self, "an escape is not four hexadecimal digits");
      *unit = *unit << 4 | (gunichar) digit;
    }

  return TRUE;
}

static gboolean
read_code_point (Scanner *self,
                 GString *out)
{
  gunichar unit, second;

  if (!read_four_digits (self, &unit))
    return FALSE;
  if (unit == 0)
    return fail (self, "it holds U+0000");
  if (unit >= 0xdc00 && unit <= 0xdfff)
    return fail (self, "it holds half a surrogate pair");

  if (unit >= 0xd800 && unit <= 0xdbff)
    {
      if (!take_word (self, "\\u"))
        return fail (self, "it holds half a surrogate pair");
      if (!read_four_digits (self, &second))
        return FALSE;
      if (second < 0xdc00 || second > 0xdfff)
        return fail (self, "it holds half a surrogate pair");
      unit = 0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00);
    }

  g_string_append_unichar (out, unit);

  return TRUE;
}

/* The input is valid UTF-8 without NUL already. */
static gboolean
read_escape (Scanner *self,
             GString *out)
{
  static const char named[] = "\"\\/bfnrt";
  static const char meant[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (self->at >= self->end)
    return fail (self, "a text has no end");
  if (take (self, 'u'))
    return read_code_point (self, out);

  found = strchr (named, *self->at);
  if (found == NULL)
    return fail (self, "an escape is not known");
  self->at++;
  g_string_append_c (out, meant[found - named]);

  return TRUE;
}

static char *
read_string (Scanner *self)
{
  g_autoptr (GString) out = NULL;

  if (!take (self, '"'))
    {
      fail (self, "a text was expected");
      return NULL;
    }

  out = g_string_new (NULL);
  while (self->at < self->end)
    {
      guchar c = (guchar) *self->at;

      if (c == '"')
        {
          self->at++;
          return g_string_free (g_steal_pointer (&out), FALSE);
        }
      if (c < 0x20)
        {
          fail (self, "a text holds a control character");
          return NULL;
        }
      self->at++;
      if (c != '\\')
        g_string_append_c (out, (char) c);
      else if (!read_escape (self, out))
        return NULL;
    }

  fail (self, "a text has no end");

  return NULL;
}

static gboolean
read_array (Scanner   *self,
            GVariant **value)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);

  self->at++;
  skip_space (self);
  if (!take (self, ']'))
    {
      do
        {
          char *item;

          skip_space (self);
          item = read_string (self);
          if (item == NULL)
            return FALSE;
          g_ptr_array_add (items, item);
          skip_space (self);
        }
      while (take (self, ','));

      if (!take (self, ']'))
        return fail (self, "an array has no end");
    }

  *value = g_variant_ref_sink (g_variant_new_strv ((const char *const *) items->pdata,
                                                   (gssize) items->len));

  return TRUE;
}

static gboolean
read_value (Scanner   *self,
            GVariant **value)
{
  char *text;

  *value = NULL;
  if (self->at >= self->end)
    return fail (self, "a value is missing");

  if (*self->at == '[')
    return read_array (self, value);
  if (*self->at == '"')
    {
      text = read_string (self);
      if (text == NULL)
        return FALSE;
      *value = g_variant_ref_sink (g_variant_new_take_string (text));
      return TRUE;
    }
  if (take_word (self, "null"))
    return TRUE;
  if (take_word (self, "true"))
    *value = g_variant_ref_sink (g_variant_new_boolean (TRUE));
  else if (take_word (self, "false"))
    *value = g_variant_ref_sink (g_variant_new_boolean (FALSE));
  else
    return fail (self, "a value is neither text, truth, null nor an array of texts");

  return TRUE;
}

static gboolean
read_member (Scanner    *self,
             GHashTable *members)
{
  g_autofree char *name = NULL;
  GVariant *value;

  skip_space (self);
  name = read_string (self);
  if (name == NULL)
    return FALSE;
  if (*name == '\0')
    return fail (self, "a name is empty");
  if (g_hash_table_contains (members, name))
    return fail (self, "a name stands twice");

  skip_space (self);
  if (!take (self, ':'))
    return fail (self, "a colon was expected");
  skip_space (self);
  if (!read_value (self, &value))
    return FALSE;

  g_hash_table_insert (members, g_steal_pointer (&name), value);
  skip_space (self);

  return TRUE;
}

static gboolean
read_object (Scanner    *self,
             GHashTable *members)
{
  skip_space (self);
  if (!take (self, '{'))
    return fail (self, "an object was expected");

  skip_space (self);
  if (!take (self, '}'))
    {
      do
        {
          if (!read_member (self, members))
            return FALSE;
        }
      while (take (self, ','));

      if (!take (self, '}'))
        return fail (self, "the object has no end");
    }

  skip_space (self);

  if (self->at != self->end)
    return fail (self, "something follows the object");

  return TRUE;
}

static void
write_string (GString    *out,
              const char *text)
{
  static const char meant[] = "\"\\\b\f\n\r\t";
  static const char named[] = "\"\\bfnrt";

  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      const char *found = strchr (meant, *p);

      if (found != NULL)
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, named[found - meant]);
        }
      else if ((guchar) *p < 0x20)
        {
          g_string_append_printf (out, "\\u%04x", (guint) (guchar) *p);
        }
      else
        {
          g_string_append_c (out, *p);
        }
    }
  g_string_append_c (out, '"');
}

static void
write_value (GString  *out,
             GVariant *value)
{
  if (value == NULL)
    {
      g_string_append (out, "null");
    }
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    {
      g_string_append (out, g_variant_get_boolean (value) ? "true" : "false");
    }
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    {
      write_string (out, g_variant_get_string (value, NULL));
    }
  else
    {
      g_autofree const char **items = g_variant_get_strv (value, NULL);

      g_string_append_c (out, '[');
      for (guint i = 0; items[i] != NULL; i++)
        {
          if (i > 0)
            g_string_append_c (out, ',');
          write_string (out, items[i]);
        }
      g_string_append_c (out, ']');
    }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * mash_body_new:
 *
 * Returns: (transfer full) (element-type utf8 GVariant): an empty body; %NULL values are null
 */
GHashTable *
mash_body_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_value);
}

/**
 * mash_body_set:
 * @members: a body of mash_body_new()
 * @name: a member's name
 * @value: (nullable): text (`s`), truth (`b`), texts (`as`), or %NULL for null; floating ones are
 *   sunk
 */
void
mash_body_set (GHashTable *members,
               const char *name,
               GVariant   *value)
{
  g_return_if_fail (members != NULL);
  g_return_if_fail (name != NULL);

  g_hash_table_insert (members, g_strdup (name), value != NULL ? g_variant_ref_sink (value) : NULL);
}

/**
 * mash_body_write:
 * @members: (element-type utf8 GVariant): the members
 *
 * Writes the one form that a body has: names sorted by their bytes, no space, and nothing escaped
 * that need not be. Any thread.
 *
 * Returns: (transfer full): the JSON text
 */
char *
mash_body_write (GHashTable *members)
{
  g_autofree const char **names = NULL;
  GString *out;
  guint n;

  g_return_val_if_fail (members != NULL, NULL);

  names = (const char **) g_hash_table_get_keys_as_array (members, &n);
  qsort (names, n, sizeof (char *), compare_names);

  out = g_string_new ("{");
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      write_string (out, names[i]);
      g_string_append_c (out, ':');
      write_value (out, g_hash_table_lookup (members, names[i]));
    }
  g_string_append_c (out, '}');

  return g_string_free (out, FALSE);
}

/**
 * mash_body_read:
 * @json: bytes that claim to be a body; may come from outside
 * @length: how many
 * @error: return location for a #MashChangeError
 *
 * Reads a body strictly (design/sync.md, row "body"). Any thread. The message of an error says what
 * is wrong at which byte, and never repeats what stands there.
 *
 * Returns: (transfer full) (element-type utf8 GVariant) (nullable): its members
 */
GHashTable *
mash_body_read (const char  *json,
                gsize        length,
                GError     **error)
{
  g_autoptr (GHashTable) members = NULL;
  Scanner scanner = { json, json, json + length, NULL };

  g_return_val_if_fail (json != NULL, NULL);

  if (length > MASH_BODY_MAX_BYTES)
    {
      g_set_error_literal (error, MASH_CHANGE_ERROR, MASH_CHANGE_ERROR_TOO_LARGE,
                           "The body of a change is larger than 256 KiB");
      return NULL;
    }
  if (!g_utf8_validate_len (json, length, NULL))
    {
      g_set_error_literal (error, MASH_CHANGE_ERROR, MASH_CHANGE_ERROR_MALFORMED,
                           "The body of a change is not valid UTF-8 without U+0000");
      return NULL;
    }

  members = mash_body_new ();
  if (!read_object (&scanner, members))
    {
      g_set_error (error, MASH_CHANGE_ERROR, MASH_CHANGE_ERROR_MALFORMED,
                   "The body of a change is malformed at byte %" G_GSIZE_FORMAT ": %s",
                   (gsize) (scanner.at - scanner.start), scanner.wrong);
      return NULL;
    }

  return g_steal_pointer (&members);
}
