/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-uuid.h"

#include <string.h>

/**
 * mash_uuid7_format:
 * @unix_ms: milliseconds since 1970, UTC
 * @random: ten random bytes, of which 74 bits are used
 * @out: (out): the id as 36 characters and an end
 *
 * Writes a UUID of version 7 (RFC 9562, 5.7). Ids of later times sort after those of earlier ones.
 * Any thread.
 */
void
mash_uuid7_format (gint64       unix_ms,
                   const guint8 random[10],
                   char         out[MASH_UUID_SIZE])
{
  guint8 bytes[16];

  g_return_if_fail (random != NULL);
  g_return_if_fail (out != NULL);

  for (guint i = 0; i < 6; i++)
    bytes[i] = (guint8) ((guint64) unix_ms >> (8 * (5 - i)));
  memcpy (bytes + 6, random, 10);
  bytes[6] = (guint8) (0x70 | (bytes[6] & 0x0f));
  bytes[8] = (guint8) (0x80 | (bytes[8] & 0x3f));

  g_snprintf (out, MASH_UUID_SIZE,
              "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
              bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
              bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14],
              bytes[15]);
}

/**
 * mash_uuid_check:
 * @text: (nullable): what claims to be an id; may come from outside
 *
 * Any thread.
 *
 * Returns: %TRUE when @text is a UUID of version 7 in small letters
 */
gboolean
mash_uuid_check (const char *text)
{
  if (text == NULL || strlen (text) != MASH_UUID_SIZE - 1)
    return FALSE;

  for (guint i = 0; i < MASH_UUID_SIZE - 1; i++)
    {
      if (i == 8 || i == 13 || i == 18 || i == 23)
        {
          if (text[i] != '-')
            return FALSE;
        }
      else if (!g_ascii_isdigit (text[i]) && (text[i] < 'a' || text[i] > 'f'))
        {
          return FALSE;
        }
    }

  return text[14] == '7' && strchr ("89ab", text[19]) != NULL;
}
