/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-hub-rows-private.h"

#include <string.h>

/* What stands before the items of a list of one dimension, each in four bytes: how many dimensions,
 * whether any item is missing, of what type they are, how many, and from where they are counted. */
#define LIST_HEAD 20

struct _MashHubRows
{
  PGresult *result;
};

/* What a line was answered; takes it over. */
MashHubRows *
mash_hub_rows_new (PGresult *result)
{
  MashHubRows *self = g_new0 (MashHubRows, 1);

  self->result = result;

  return self;
}

void
mash_hub_rows_free (MashHubRows *self)
{
  if (self == NULL)
    return;

  PQclear (self->result);
  g_free (self);
}

guint
mash_hub_rows_get_n (MashHubRows *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (guint) PQntuples (self->result);
}

gboolean
mash_hub_rows_is_null (MashHubRows *self,
                       guint        row,
                       guint        column)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return PQgetisnull (self->result, (int) row, (int) column);
}

/**
 * mash_hub_rows_get_text:
 * @self: rows
 * @row: which of them, from 0
 * @column: which column, from 0
 *
 * Returns: (transfer none): the value, empty where there is none
 */
const char *
mash_hub_rows_get_text (MashHubRows *self,
                        guint        row,
                        guint        column)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < mash_hub_rows_get_n (self), NULL);

  return PQgetvalue (self->result, (int) row, (int) column);
}

static gboolean
is_binary (MashHubRows *self,
           guint        column)
{
  return PQfformat (self->result, (int) column) == 1;
}

static guint32
read_word (const char *bytes)
{
  const guint8 *from = (const guint8 *) bytes;

  return (guint32) from[0] << 24 | (guint32) from[1] << 16 | (guint32) from[2] << 8 | from[3];
}

/**
 * mash_hub_rows_get_number:
 * @self: rows
 * @row: which of them, from 0
 * @column: a column of `bigint`
 *
 * Returns: the number, 0 where there is none
 */
gint64
mash_hub_rows_get_number (MashHubRows *self,
                          guint        row,
                          guint        column)
{
  const char *value = mash_hub_rows_get_text (self, row, column);

  g_return_val_if_fail (value != NULL, 0);

  if (!is_binary (self, column))
    return g_ascii_strtoll (value, NULL, 10);

  return PQgetlength (self->result, (int) row, (int) column) == 8
         ? (gint64) ((guint64) read_word (value) << 32 | read_word (value + 4)) : 0;
}

/**
 * mash_hub_rows_get_flag:
 * @self: rows
 * @row: which of them, from 0
 * @column: a column of `boolean`
 *
 * Returns: the flag, %FALSE where there is none
 */
gboolean
mash_hub_rows_get_flag (MashHubRows *self,
                        guint        row,
                        guint        column)
{
  const char *value = mash_hub_rows_get_text (self, row, column);

  g_return_val_if_fail (value != NULL, FALSE);

  return *value == (is_binary (self, column) ? '\1' : 't');
}

/* Items as the server sends them, each after its length; what does not fill the value is none. */
static char **
read_items (const char *value,
            gsize       length)
{
  g_autoptr (GStrvBuilder) items = NULL;
  gsize at = LIST_HEAD;

  if (length <= LIST_HEAD)
    return g_new0 (char *, 1);

  items = g_strv_builder_new ();
  while (at + 4 <= length)
    {
      gsize size = read_word (value + at);
      g_autofree char *item = NULL;

      at += 4;
      if (size > length - at)
        break;
      item = g_strndup (value + at, size);
      g_strv_builder_add (items, item);
      at += size;
    }

  return g_strv_builder_end (items);
}

/**
 * mash_hub_rows_dup_list:
 * @self: rows
 * @row: which of them, from 0
 * @column: a column of `text[]` whose items are names of fields
 *
 * Returns: (transfer full): the items, none where there are none
 */
char **
mash_hub_rows_dup_list (MashHubRows *self,
                        guint        row,
                        guint        column)
{
  const char *value = mash_hub_rows_get_text (self, row, column);
  gsize length;
  g_autofree char *plain = NULL;

  g_return_val_if_fail (value != NULL, NULL);

  length = (gsize) PQgetlength (self->result, (int) row, (int) column);
  if (is_binary (self, column))
    return read_items (value, length);
  if (length <= 2)
    return g_new0 (char *, 1);

  /* Such names need no quotes, so that their list is words with commas between. */
  plain = g_strndup (value + 1, length - 2);

  return g_strsplit (plain, ",", -1);
}

/* What a hexadecimal digit counts. */
static guint8
read_digit (char digit)
{
  return (guint8) ((digit & 15) + (digit >> 6) * 9);
}

/* Reads bytes as PostgreSQL writes them, two digits each; a page has thousands of them. */
static GBytes *
read_bytes (const char *digits,
            gsize       length)
{
  guint8 *bytes = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) (read_digit (digits[2 * i]) << 4 | read_digit (digits[2 * i + 1]));

  return g_bytes_new_take (bytes, length);
}

/**
 * mash_hub_rows_dup_bytes:
 * @self: rows
 * @row: which of them, from 0
 * @column: a column of bytes
 *
 * Returns: (transfer full) (nullable): the bytes, %NULL where there are none
 */
GBytes *
mash_hub_rows_dup_bytes (MashHubRows *self,
                         guint        row,
                         guint        column)
{
  const char *text = mash_hub_rows_get_text (self, row, column);
  unsigned char *plain;
  size_t length;

  if (mash_hub_rows_is_null (self, row, column))
    return NULL;
  length = (size_t) PQgetlength (self->result, (int) row, (int) column);
  if (is_binary (self, column))
    return g_bytes_new (text, length);
  if (g_str_has_prefix (text, "\\x"))
    return read_bytes (text + 2, length / 2 - 1);

  /* The server's older way to write them, which its settings may ask for. */
  plain = PQunescapeBytea ((const unsigned char *) text, &length);

  return g_bytes_new_with_free_func (plain, length, PQfreemem, plain);
}
