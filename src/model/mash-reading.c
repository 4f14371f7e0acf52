/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-reading.h"

#include <stdlib.h>
#include <string.h>

#define MAX_PAIRS 20000
#define MAX_NAME 160
#define MAX_VALUE (64 * 1024)
#define LENGTH_BYTES 4

struct _MashReading
{
  GPtrArray *names;
  GPtrArray *values;
};

MashReading *
mash_reading_new (void)
{
  MashReading *self = g_new0 (MashReading, 1);

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->values = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
mash_reading_free (MashReading *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->values);
  g_free (self);
}

/**
 * mash_reading_add:
 * @self: a list
 * @name: printable ASCII, at most 160 bytes
 * @value: UTF-8, at most 64 KiB
 */
void
mash_reading_add (MashReading *self,
                  const char  *name,
                  const char  *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL && value != NULL);

  g_ptr_array_add (self->names, g_strdup (name));
  g_ptr_array_add (self->values, g_strdup (value));
}

guint
mash_reading_get_length (MashReading *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->names->len;
}

const char *
mash_reading_get_name (MashReading *self,
                       guint        i)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (i < self->names->len, NULL);

  return g_ptr_array_index (self->names, i);
}

const char *
mash_reading_get_value (MashReading *self,
                        guint        i)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (i < self->values->len, NULL);

  return g_ptr_array_index (self->values, i);
}

/**
 * mash_reading_find:
 * @self: a list
 * @name: a name
 *
 * Returns: (transfer none) (nullable): the value of the first pair of that name
 */
const char *
mash_reading_find (MashReading *self,
                   const char  *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->names->len; i++)
    {
      if (strcmp (g_ptr_array_index (self->names, i), name) == 0)
        return g_ptr_array_index (self->values, i);
    }

  return NULL;
}

static void
append_text (GByteArray *bytes,
             const char *text)
{
  guint32 length = (guint32) strlen (text);
  guint32 on_wire = GUINT32_TO_BE (length);

  g_byte_array_append (bytes, (const guint8 *) &on_wire, LENGTH_BYTES);
  g_byte_array_append (bytes, (const guint8 *) text, length);
}

/**
 * mash_reading_to_bytes:
 * @self: a list
 *
 * Returns: (transfer full): the list as it goes through the pipe, its end included
 */
GBytes *
mash_reading_to_bytes (MashReading *self)
{
  g_autofree char *count = NULL;
  GByteArray *bytes;

  g_return_val_if_fail (self != NULL, NULL);

  bytes = g_byte_array_new ();
  for (guint i = 0; i < self->names->len; i++)
    {
      append_text (bytes, g_ptr_array_index (self->names, i));
      append_text (bytes, g_ptr_array_index (self->values, i));
    }
  count = g_strdup_printf ("%u", self->names->len);
  append_text (bytes, "end");
  append_text (bytes, count);

  return g_byte_array_free_to_bytes (bytes);
}

/* Takes the next text off the front of what is left; %NULL when its length is beyond @max or beyond
 * what is there, or when it is no text. */
static char *
take_text (const guint8 **at,
           gsize         *left,
           gsize          max)
{
  guint32 on_wire;
  gsize length;
  char *text;

  if (*left < LENGTH_BYTES)
    return NULL;
  memcpy (&on_wire, *at, LENGTH_BYTES);
  length = GUINT32_FROM_BE (on_wire);
  if (length > max || length > *left - LENGTH_BYTES ||
      !g_utf8_validate ((const char *) *at + LENGTH_BYTES, (gssize) length, NULL))
    return NULL;

  text = g_strndup ((const char *) *at + LENGTH_BYTES, length);
  *at += LENGTH_BYTES + length;
  *left -= LENGTH_BYTES + length;

  return text;
}

static gboolean
check_name (const char *name)
{
  if (*name == '\0')
    return FALSE;

  for (const char *c = name; *c != '\0'; c++)
    {
      if (!g_ascii_isgraph (*c))
        return FALSE;
    }

  return TRUE;
}

/**
 * mash_reading_from_bytes:
 * @bytes: what came out of the helper; may be anything
 *
 * Checks every length, every name, every value and the count at the end. Any thread.
 *
 * Returns: (transfer full) (nullable): the list, or %NULL when anything about it is wrong
 */
MashReading *
mash_reading_from_bytes (GBytes *bytes)
{
  g_autoptr (MashReading) self = mash_reading_new ();
  const guint8 *at;
  gsize left;

  g_return_val_if_fail (bytes != NULL, NULL);

  at = g_bytes_get_data (bytes, &left);
  if (left > MASH_READING_MAX_BYTES)
    return NULL;

  for (;;)
    {
      g_autofree char *name = take_text (&at, &left, MAX_NAME);
      g_autofree char *value = name != NULL ? take_text (&at, &left, MAX_VALUE) : NULL;

      if (value == NULL || !check_name (name))
        return NULL;
      if (strcmp (name, "end") == 0)
        {
          g_autofree char *count = g_strdup_printf ("%u", self->names->len);

          return left == 0 && strcmp (count, value) == 0 ? g_steal_pointer (&self) : NULL;
        }
      if (self->names->len == MAX_PAIRS)
        return NULL;
      g_ptr_array_add (self->names, g_steal_pointer (&name));
      g_ptr_array_add (self->values, g_steal_pointer (&value));
    }
}
