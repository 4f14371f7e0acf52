/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-prescan.h"

#include <string.h>

#define MAX_TAG (64 * 1024)
#define MAX_ATTRIBUTES 256
#define MAX_TEXT (1024 * 1024)

typedef struct
{
  const char *start;
  const char *at;
  const char *end;
} Scan;

static gboolean
looking_at (const Scan *scan,
            const char *text)
{
  gsize length = strlen (text);

  return (gsize) (scan->end - scan->at) >= length &&
         g_ascii_strncasecmp (scan->at, text, length) == 0;
}

/* Whatever line the scan stopped in, counted only when somebody has to be told. */
static guint
count_line (const Scan *scan)
{
  guint line = 1;

  for (const char *c = scan->start; c < scan->at && c < scan->end; c++)
    line += *c == '\n';

  return line;
}

static gboolean
is_control (const guchar *c)
{
  if (*c == 0x7f || (*c == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0))
    return TRUE;

  return *c < 0x20 && *c != '\t' && *c != '\n' && *c != '\r';
}

static MashFault
scan_characters (Scan *scan)
{
  const char *valid;

  if (!g_utf8_validate_len (scan->start, (gsize) (scan->end - scan->start), &valid))
    {
      scan->at = valid;
      return valid < scan->end && *valid == '\0' ? MASH_FAULT_CONTROL : MASH_FAULT_NOT_UTF8;
    }

  for (scan->at = scan->start; scan->at < scan->end; scan->at++)
    {
      if (is_control ((const guchar *) scan->at))
        return MASH_FAULT_CONTROL;
    }
  scan->at = scan->start;

  return MASH_FAULT_NONE;
}

static MashFault
scan_declaration (Scan *scan)
{
  const char *close = g_strstr_len (scan->at, MIN (scan->end - scan->at, 256), "?>");
  g_autofree char *declaration = NULL;

  if (!looking_at (scan, "<?xml") || scan->end - scan->at < 6 || !g_ascii_isspace (scan->at[5]))
    return looking_at (scan, "<?") ? MASH_FAULT_INSTRUCTION : MASH_FAULT_NONE;
  if (close == NULL)
    return MASH_FAULT_BROKEN;

  declaration = g_strndup (scan->at, (gsize) (close + 2 - scan->at));
  if (!g_regex_match_simple ("^<\\?xml\\s+version\\s*=\\s*(\"1\\.0\"|'1\\.0')[\\s?]",
                             declaration, 0, 0))
    return MASH_FAULT_VERSION;
  if (!g_regex_match_simple ("^<\\?xml\\s+version\\s*=\\s*(\"1\\.0\"|'1\\.0')"
                             "(\\s+encoding\\s*=\\s*(\"[Uu][Tt][Ff]-8\"|'[Uu][Tt][Ff]-8'))?"
                             "(\\s+standalone\\s*=\\s*(\"(yes|no)\"|'(yes|no)'))?\\s*\\?>$",
                             declaration, 0, 0))
    return MASH_FAULT_ENCODING;
  scan->at = close + 2;

  return MASH_FAULT_NONE;
}

/* Skips what stands between two fixed marks, no longer than @max. */
static MashFault
skip_to (Scan       *scan,
         const char *close,
         gsize       max,
         MashFault   too_long)
{
  gsize left = (gsize) (scan->end - scan->at);
  const char *found = g_strstr_len (scan->at, (gssize) MIN (left, max), close);

  if (found == NULL)
    {
      if (left > max)
        return too_long;
      scan->at = scan->end;
      return MASH_FAULT_BROKEN;
    }
  scan->at = found + strlen (close);

  return MASH_FAULT_NONE;
}

/* A `<` inside a tag, quoted or not, is never XML; saying so here keeps this scan and the parser of
 * one mind on where a tag ends. */
static MashFault
skip_tag (Scan *scan)
{
  const char *open = scan->at;
  guint attributes = 0;
  char quote = '\0';

  for (scan->at++; scan->at < scan->end; scan->at++)
    {
      char c = *scan->at;

      if (scan->at - open > MAX_TAG)
        return MASH_FAULT_TAG;
      if (c == '<')
        return MASH_FAULT_BROKEN;
      if (quote != '\0')
        {
          if (c == quote)
            quote = '\0';
        }
      else if (c == '"' || c == '\'')
        {
          quote = c;
          if (++attributes > MAX_ATTRIBUTES)
            return MASH_FAULT_ATTRIBUTES;
        }
      else if (c == '>')
        {
          scan->at++;
          return MASH_FAULT_NONE;
        }
    }

  return MASH_FAULT_BROKEN;
}

static MashFault
scan_markup (Scan *scan)
{
  while (scan->at < scan->end)
    {
      const char *open = memchr (scan->at, '<', (gsize) (scan->end - scan->at));
      MashFault fault;

      if ((open != NULL ? open : scan->end) - scan->at > MAX_TEXT)
        return MASH_FAULT_TEXT;
      if (open == NULL)
        break;

      scan->at = open;
      if (looking_at (scan, "<!--"))
        fault = skip_to (scan, "-->", MAX_TAG, MASH_FAULT_TAG);
      else if (looking_at (scan, "<![CDATA["))
        fault = skip_to (scan, "]]>", MAX_TEXT, MASH_FAULT_TEXT);
      else if (looking_at (scan, "<!DOCTYPE"))
        fault = MASH_FAULT_DOCTYPE;
      else if (looking_at (scan, "<!ENTITY"))
        fault = MASH_FAULT_ENTITY;
      else if (looking_at (scan, "<!"))
        fault = MASH_FAULT_BROKEN;
      else if (looking_at (scan, "<?"))
        fault = MASH_FAULT_INSTRUCTION;
      else
        fault = skip_tag (scan);
      if (fault != MASH_FAULT_NONE)
        return fault;
    }

  return MASH_FAULT_NONE;
}

static MashFault
scan_file (Scan *scan)
{
  MashFault fault;

  if (scan->end - scan->start > MASH_PRESCAN_MAX_BYTES)
    return MASH_FAULT_SIZE;
  fault = scan_characters (scan);
  if (fault != MASH_FAULT_NONE)
    return fault;

  if (looking_at (scan, "\xef\xbb\xbf"))
    scan->at += 3;
  fault = scan_declaration (scan);
  if (fault != MASH_FAULT_NONE)
    return fault;

  while (scan->at < scan->end && g_ascii_isspace (*scan->at))
    scan->at++;
  if (scan->at == scan->end)
    return MASH_FAULT_EMPTY;
  if (*scan->at != '<')
    return MASH_FAULT_NOT_XML;

  return scan_markup (scan);
}

/**
 * mash_prescan:
 * @data: (nullable): a file from outside; %NULL only when it is empty
 * @length: its bytes
 * @line: (out): the line of the fault, from 1
 *
 * Applies rule 1 of security.md 3.3. Any thread.
 *
 * Returns: what is wrong, %MASH_FAULT_NONE when a parser may see the file
 */
MashFault
mash_prescan (const char *data,
              gsize       length,
              guint      *line)
{
  MashFault fault;
  Scan scan;

  g_return_val_if_fail (line != NULL, MASH_FAULT_BROKEN);

  *line = 1;
  if (length == 0)
    return MASH_FAULT_EMPTY;

  scan = (Scan) { data, data, data + length };
  fault = scan_file (&scan);
  *line = count_line (&scan);

  return fault;
}
