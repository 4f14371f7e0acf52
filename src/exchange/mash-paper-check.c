/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-exchange"

#include "config.h"

#include "mash-paper-check.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "mash-exchange-error.h"
#include "mash-reader-client.h"

/* The reader wants a day; a PDF needs none. */
#define NO_DAY "1970-01-01"

static const char *
name_kind (MashWithheldKind kind)
{
  /* Translators: each is what a sentence says was found: “Page 3 holds …”. */
  switch (kind)
    {
    case MASH_WITHHELD_ADDRESS:
      return _("a confidential address");

    case MASH_WITHHELD_NAME:
      return _("the identity of a protected referrer");

    case MASH_WITHHELD_FAMILY:
      return _("something that is kept from the family");

    case MASH_WITHHELD_EARLIER:
      return _("words of an earlier revision");

    case MASH_WITHHELD_PARAGRAPH:
    default:
      return _("information that this recipient must not have");
    }
}

/* `page.3`, `columns.3`, `margin.3`, `property`, `attachment`. */
static char *
dup_place (const char *name)
{
  const char *number = strchr (name, '.');

  if (number != NULL)
    /* Translators: %s is the number of a page. */
    return g_strdup_printf (g_str_has_prefix (name, "margin") ? _("What hangs on page %s")
                                                              : _("Page %s"), number + 1);
  if (strcmp (name, "attachment") == 0)
    return g_strdup (_("An attachment of the copy"));

  return g_strdup (_("What the file says of itself"));
}

static gboolean
refuse (const char       *name,
        MashWithheldKind  kind,
        GError          **error)
{
  g_autofree char *place = dup_place (name);

  /* Translators: where it was found, then what kind of thing. */
  g_set_error (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_LEAK,
               _("%s holds %s. The copy was not made."), place, name_kind (kind));

  return FALSE;
}

static gboolean
look_through (MashReading  *reading,
              GPtrArray    *withheld,
              GError      **error)
{
  gboolean attached = FALSE;
  guint which;

  for (guint i = 0; i < mash_reading_get_length (reading); i++)
    {
      const char *name = mash_reading_get_name (reading, i);

      if (mash_circulation_leaks (mash_reading_get_value (reading, i), withheld, &which))
        return refuse (name, ((MashWithheld *) g_ptr_array_index (withheld, which))->kind, error);
      attached |= strcmp (name, "attachment") == 0;
    }
  if (attached)
    g_set_error_literal (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_LEAK,
                         _("Something is attached to the copy. The copy was not made."));

  return !attached;
}

/* The line without its figures: what stands at the head and foot of every page is the same but for
 * the number of the page. */
static char *
dup_plain_line (const char *line)
{
  GString *plain = g_string_new (NULL);

  for (; *line != '\0'; line++)
    {
      if (!g_ascii_isdigit (*line) && !g_ascii_isspace (*line))
        g_string_append_c (plain, *line);
    }

  return g_string_free (plain, FALSE);
}

static gboolean
is_same_line (const char *a,
              const char *b)
{
  g_autofree char *first = dup_plain_line (a);
  g_autofree char *second = dup_plain_line (b);

  return strcmp (first, second) == 0;
}

/* The words of two pages that follow each other, without the foot of the first and the head of the
 * second, so that what goes on over the end of a page is whole. */
static char *
dup_across (const char *first,
            const char *second)
{
  g_auto (GStrv) above = g_strsplit (first, "\n", -1);
  g_auto (GStrv) below = g_strsplit (second, "\n", -1);
  guint end = g_strv_length (above), last = g_strv_length (below), from = 0;
  GString *words = g_string_new (NULL);

  while (from < end && below[from] != NULL && is_same_line (above[from], below[from]))
    from++;
  while (end > 0 && last > from && is_same_line (above[end - 1], below[last - 1]))
    {
      end--;
      last--;
    }
  for (guint i = 0; i < end; i++)
    g_string_append_printf (words, "%s\n", above[i]);
  for (guint i = from; i < last; i++)
    g_string_append_printf (words, "%s\n", below[i]);

  return g_string_free (words, FALSE);
}

static gboolean
look_across (MashReading  *reading,
             GPtrArray    *withheld,
             GError      **error)
{
  const char *last = NULL;

  for (guint i = 0; i < mash_reading_get_length (reading); i++)
    {
      const char *name = mash_reading_get_name (reading, i);
      g_autofree char *across = NULL;
      guint which;

      if (!g_str_has_prefix (name, "page."))
        continue;
      across = dup_across (last != NULL ? last : "", mash_reading_get_value (reading, i));
      if (mash_circulation_leaks (across, withheld, &which))
        return refuse (name, ((MashWithheld *) g_ptr_array_index (withheld, which))->kind, error);
      last = mash_reading_get_value (reading, i);
    }

  return TRUE;
}

static gboolean
has_words (MashReading *reading)
{
  for (guint i = 0; i < mash_reading_get_length (reading); i++)
    {
      if (g_str_has_prefix (mash_reading_get_name (reading, i), "page."))
        return TRUE;
    }

  return FALSE;
}

/**
 * mash_paper_check:
 * @pdf: the finished copy
 * @withheld: (element-type MashWithheld): what must not be in it
 * @cancellable: (nullable): ends it
 * @error: %MASH_EXCHANGE_ERROR_LEAK, or why it could not be read; what cannot be read is refused
 *
 * Returns: %TRUE when nothing of it is in the copy
 */
gboolean
mash_paper_check (GBytes        *pdf,
                  GPtrArray     *withheld,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (MashReading) reading = NULL;

  g_return_val_if_fail (pdf != NULL && withheld != NULL, FALSE);

  reading = mash_reader_client_run (&(MashReaderCall) { .form = "paper", .today = NO_DAY }, pdf,
                                    cancellable, error);
  if (reading == NULL)
    return FALSE;
  if (!has_words (reading))
    {
      g_set_error_literal (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_LEAK,
                           _("No words can be read in the copy, so that it cannot be checked. "
                             "It was not made."));
      return FALSE;
    }

  return look_through (reading, withheld, error) && look_across (reading, withheld, error);
}
