/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-text.h"

/* Characters that show nothing themselves and alter how others read: direction marks and overrides,
 * zero-width joiners and spaces, line separators, invisible operators, tags. */
static gboolean
is_hidden (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  if (c == '\n' || c == '\t')
    return FALSE;

  return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
         type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR ||
         type == G_UNICODE_PRIVATE_USE || type == G_UNICODE_UNASSIGNED ||
         c == 0x034f || c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0;
}

/**
 * mash_text_dup_visible:
 * @text: (nullable): UTF-8 text that somebody outside wrote
 *
 * Gives the text as it is shown: each character that would be invisible, or would turn the others
 * round, stands there as a mark such as `⟨U+202E⟩`. Only for showing; what is stored and exported
 * is the text itself. Any thread.
 *
 * Returns: (transfer full) (nullable): the text to show
 */
char *
mash_text_dup_visible (const char *text)
{
  GString *shown;

  if (text == NULL)
    return NULL;

  shown = g_string_sized_new (64);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (is_hidden (c))
        g_string_append_printf (shown, "⟨U+%04X⟩", c);
      else
        g_string_append_unichar (shown, c);
    }

  return g_string_free (shown, FALSE);
}
