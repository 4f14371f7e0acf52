/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-kind.h"

#include <stdlib.h>
#include <string.h>

#include "mash-kinds.h"

/* Longest text of one field in bytes: a quarter of the largest change body, so that a change of
 * a few fields always fits. */
#define TEXT_MAX_BYTES (64 * 1024)

/**
 * mash_kind_list:
 * @n_kinds: (out): how many there are
 *
 * Gives every kind of record that the program knows, in the order in which a new hub makes
 * their tables. Any thread.
 *
 * Returns: (transfer none): the kinds
 */
const MashKind *const *
mash_kind_list (guint *n_kinds)
{
  return mash_kinds_get (n_kinds);
}

/**
 * mash_kind_lookup:
 * @name: (nullable): a name such as `contact-subject`; may come from outside
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the kind, or %NULL when there is none of that name
 */
const MashKind *
mash_kind_lookup (const char *name)
{
  const MashKind *const *kinds;
  guint n_kinds;

  if (name == NULL)
    return NULL;

  kinds = mash_kinds_get (&n_kinds);
  for (guint i = 0; i < n_kinds; i++)
    {
      if (strcmp (kinds[i]->name, name) == 0)
        return kinds[i];
    }

  return NULL;
}

/**
 * mash_kind_find_field:
 * @kind: a kind
 * @name: a field's name; may come from outside
 *
 * Any thread.
 *
 * Returns: the position of the field, or %MASH_NO_FIELD
 */
guint
mash_kind_find_field (const MashKind *kind,
                      const char     *name)
{
  g_return_val_if_fail (kind != NULL, MASH_NO_FIELD);
  g_return_val_if_fail (name != NULL, MASH_NO_FIELD);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      if (strcmp (kind->fields[i].name, name) == 0)
        return i;
    }

  return MASH_NO_FIELD;
}

/**
 * mash_kind_get_contact_field:
 * @kind: a kind
 *
 * Finds the field by which records of @kind belong to a contact. A contact itself, and what exists
 * apart from contacts (people, households, staff), has none. Any thread.
 *
 * Returns: the position of the field, or %MASH_NO_FIELD
 */
guint
mash_kind_get_contact_field (const MashKind *kind)
{
  g_return_val_if_fail (kind != NULL, MASH_NO_FIELD);

  return strcmp (kind->name, "contact") == 0 ? MASH_NO_FIELD
                                             : mash_kind_find_field (kind, "contact");
}

/**
 * mash_field_get_value_type:
 * @field: a field
 *
 * Returns: (transfer none): the type that a value of the field has
 */
const GVariantType *
mash_field_get_value_type (const MashField *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  switch (field->type)
    {
    case MASH_FIELD_BOOL:
      return G_VARIANT_TYPE_BOOLEAN;

    case MASH_FIELD_CODES:
    case MASH_FIELD_REFERENCES:
      return G_VARIANT_TYPE_STRING_ARRAY;

    case MASH_FIELD_TEXT:
    case MASH_FIELD_RICH:
    case MASH_FIELD_CODE:
    case MASH_FIELD_INT:
    case MASH_FIELD_DATE:
    case MASH_FIELD_PARTIAL_DATE:
    case MASH_FIELD_TIME:
    case MASH_FIELD_REFERENCE:
    default:
      return G_VARIANT_TYPE_STRING;
    }
}

static gboolean
digits_at (const char *text,
           gsize       from,
           gsize       n)
{
  for (gsize i = from; i < from + n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_date (const char *text,
            gboolean    partial)
{
  gsize length = strlen (text);
  gint year, month = 1, day = 1;

  if (length != 10 && !(partial && (length == 4 || length == 7)))
    return FALSE;
  if (!digits_at (text, 0, 4))
    return FALSE;
  year = atoi (text);

  if (length >= 7)
    {
      if (text[4] != '-' || !digits_at (text, 5, 2))
        return FALSE;
      month = atoi (text + 5);
    }
  if (length == 10)
    {
      if (text[7] != '-' || !digits_at (text, 8, 2))
        return FALSE;
      day = atoi (text + 8);
    }

  return year >= 1850 && year <= 2199 &&
         g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

static gboolean
check_time (const char *text)
{
  g_autofree char *date = NULL;

  if (strlen (text) != 24 || text[10] != 'T' || text[23] != 'Z' ||
      text[13] != ':' || text[16] != ':' || text[19] != '.' ||
      !digits_at (text, 11, 2) || !digits_at (text, 14, 2) || !digits_at (text, 17, 2) ||
      !digits_at (text, 20, 3))
    return FALSE;

  date = g_strndup (text, 10);

  return check_date (date, FALSE) &&
         atoi (text + 11) < 24 && atoi (text + 14) < 60 && atoi (text + 17) < 60;
}

static gboolean
check_int (const char *text)
{
  g_autofree char *again = NULL;
  gint64 number;

  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return FALSE;

  again = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return strcmp (again, text) == 0;
}

/* Codes and ids share one alphabet, so that a set of them can be kept with spaces between. */
static gboolean
check_token (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > 64)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (text[i]) && strchr ("-_.", text[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_text (const char *text,
            gboolean    one_line)
{
  gsize length = strlen (text);

  if (length > TEXT_MAX_BYTES || !g_utf8_validate (text, (gssize) length, NULL))
    return FALSE;

  for (gsize i = 0; i < length; i++)
    {
      guchar c = (guchar) text[i];

      if (c == 0x7f || (c < 0x20 && (one_line || (c != '\n' && c != '\t'))))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_set (GVariant *value)
{
  g_autofree const char **items = g_variant_get_strv (value, NULL);

  for (guint i = 0; items[i] != NULL; i++)
    {
      if (!check_token (items[i]))
        return FALSE;
      for (guint j = 0; j < i; j++)
        {
          if (strcmp (items[i], items[j]) == 0)
            return FALSE;
        }
    }

  return TRUE;
}

/**
 * mash_field_check_value:
 * @field: a field
 * @value: (nullable): what is to be put into it; may come from outside
 *
 * Says whether @value has the form that the field's type asks for. Whether a code is in its list
 * and a referenced record exists is for those to say who know the policy and the store. Any thread.
 *
 * Returns: %TRUE when the form is right; %NULL, "not known", always is
 */
gboolean
mash_field_check_value (const MashField *field,
                        GVariant        *value)
{
  g_return_val_if_fail (field != NULL, FALSE);

  if (value == NULL)
    return TRUE;
  if (!g_variant_is_of_type (value, mash_field_get_value_type (field)))
    return FALSE;

  switch (field->type)
    {
    case MASH_FIELD_TEXT:
      return check_text (g_variant_get_string (value, NULL), TRUE);
    case MASH_FIELD_RICH:
      return check_text (g_variant_get_string (value, NULL), FALSE);
    case MASH_FIELD_CODE:
    case MASH_FIELD_REFERENCE:
      return check_token (g_variant_get_string (value, NULL));
    case MASH_FIELD_CODES:
    case MASH_FIELD_REFERENCES:
      return check_set (value);
    case MASH_FIELD_INT:
      return check_int (g_variant_get_string (value, NULL));
    case MASH_FIELD_DATE:
      return check_date (g_variant_get_string (value, NULL), FALSE);
    case MASH_FIELD_PARTIAL_DATE:
      return check_date (g_variant_get_string (value, NULL), TRUE);
    case MASH_FIELD_TIME:
      return check_time (g_variant_get_string (value, NULL));
    case MASH_FIELD_BOOL:
      return TRUE;
    default:
      g_return_val_if_reached (FALSE);
    }
}

/**
 * mash_values_equal:
 * @a: (nullable): a value
 * @b: (nullable): another
 *
 * Returns: %TRUE when both say the same, "not known" included
 */
gboolean
mash_values_equal (GVariant *a,
                   GVariant *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return g_variant_equal (a, b);
}
