/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-hub-line.h"

/* Rows for COPY: columns with tabs between, a line each. */

static void
begin_column (GString *rows)
{
  if (rows->len > 0 && rows->str[rows->len - 1] != '\n')
    g_string_append_c (rows, '\t');
}

/**
 * mash_hub_copy_add:
 * @rows: rows that are being written
 * @value: (nullable): the next column
 */
void
mash_hub_copy_add (GString    *rows,
                   const char *value)
{
  begin_column (rows);
  if (value == NULL)
    {
      g_string_append (rows, "\\N");
      return;
    }

  for (const char *at = value; *at != '\0'; at++)
    {
      switch (*at)
        {
        case '\\':
          g_string_append (rows, "\\\\");
          break;
        case '\n':
          g_string_append (rows, "\\n");
          break;
        case '\r':
          g_string_append (rows, "\\r");
          break;
        case '\t':
          g_string_append (rows, "\\t");
          break;
        default:
          g_string_append_c (rows, *at);
        }
    }
}

void
mash_hub_copy_add_flag (GString  *rows,
                        gboolean  value)
{
  mash_hub_copy_add (rows, value ? "t" : "f");
}

void
mash_hub_copy_add_number (GString *rows,
                          gint64   value)
{
  begin_column (rows);
  g_string_append_printf (rows, "%" G_GINT64_FORMAT, value);
}

void
mash_hub_copy_end (GString *rows)
{
  g_string_append_c (rows, '\n');
}
