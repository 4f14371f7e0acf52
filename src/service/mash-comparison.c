/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-comparison.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-kinds.h"
#include "mash-name-key.h"
#include "mash-time.h"

void
mash_comparison_row_free (MashComparisonRow *self)
{
  g_free (self->label);
  g_free (self->one);
  g_free (self->other);
  g_free (self->result);
  g_free (self);
}

typedef char *(*Tell) (GPtrArray  *records,
                       MashRecord *record,
                       MashPolicy *policy);

static MashRecord *
find_record (GPtrArray  *records,
             const char *id)
{
  for (guint i = 0; id != NULL && i < records->len; i++)
    {
      if (strcmp (mash_record_get_id (g_ptr_array_index (records, i)), id) == 0)
        return g_ptr_array_index (records, i);
    }

  return NULL;
}

static char *
join (const char *separator,
      const char *a,
      const char *b,
      const char *c)
{
  const char *parts[] = { a, b, c };
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] != NULL && *parts[i] != '\0')
        g_string_append_printf (all, "%s%s", all->len > 0 ? separator : "", parts[i]);
    }

  return all->len > 0 ? g_string_free (g_steal_pointer (&all), FALSE) : NULL;
}

static char *
tell_name (GPtrArray  *records,
           MashRecord *record,
           MashPolicy *policy)
{
  return join (" ", mash_record_get_text (record, "forenames"),
               mash_record_get_text (record, "surname"), NULL);
}

static char *
tell_identifier (GPtrArray  *records,
                 MashRecord *record,
                 MashPolicy *policy)
{
  const char *type = mash_record_get_text (record, "type");
  g_autofree char *value = join (" ", type != NULL ? mash_policy_get_label (policy, "IDT", type)
                                                   : NULL,
                                 mash_record_get_text (record, "value"), NULL);

  return join (", ", value, mash_record_get_text (record, "issuer"), NULL);
}

/* Of a confidential address only that it is one. */
static char *
tell_address (GPtrArray  *records,
              MashRecord *record,
              MashPolicy *policy)
{
  if (mash_record_get_flag (record, "confidential"))
    return g_strdup (_("Confidential address"));

  return join (", ", mash_record_get_text (record, "line1"), mash_record_get_text (record, "town"),
               mash_record_get_text (record, "postcode"));
}

static char *
tell_contact_point (GPtrArray  *records,
                    MashRecord *record,
                    MashPolicy *policy)
{
  return g_strdup (mash_record_get_text (record, "value"));
}

static char *
tell_relationship (GPtrArray  *records,
                   MashRecord *record,
                   MashPolicy *policy)
{
  const char *self = mash_record_get_id (g_ptr_array_index (records, 0));
  const char *from = mash_record_get_text (record, "from-person");
  gboolean is_from = g_strcmp0 (from, self) == 0;
  MashRecord *them = find_record (records, is_from ? mash_record_get_text (record, "to-person")
                                                   : from);
  const char *type = mash_record_get_text (record, "type");
  const char *words = type != NULL ? mash_policy_get_label (policy, "REL", type) : NULL;
  g_autofree char *name = NULL;

  if (them == NULL)
    return g_strdup (words);
  name = join (" ", mash_record_get_text (them, "legal-forenames"),
               mash_record_get_text (them, "legal-surname"), NULL);

  /* Translators: the first is what a person is to another, such as “Mother”, then whose. */
  return is_from ? g_strdup_printf (_("%s of %s"), words != NULL ? words : _("Related"),
                                    name != NULL ? name : _("Name not known"))
                 : join (": ", words, name, NULL);
}

/* A whole day in words; a month or a year stays as it is. */
static char *
dup_day (const char *date)
{
  g_autoptr (GDateTime) day = NULL;
  int number;

  if (date == NULL || !mash_date_parse (date, &number))
    return g_strdup (date);

  day = g_date_time_new_from_unix_utc ((gint64) number * 24 * 60 * 60);

  return g_date_time_format (day, "%-d %b %Y");
}

static char *
tell_contact (GPtrArray  *records,
              MashRecord *record,
              MashPolicy *policy)
{
  const char *received = mash_record_get_text (record, "received-at");
  g_autofree char *day = received != NULL ? g_strndup (received, 10) : NULL;
  g_autofree char *words = dup_day (day);

  return join (", ", mash_record_get_text (record, "reference"), words, NULL);
}

static char *
tell_episode (GPtrArray  *records,
              MashRecord *record,
              MashPolicy *policy)
{
  g_autofree char *what = join (" ", mash_record_get_text (record, "type"),
                                mash_record_get_text (record, "number"), NULL);

  g_autofree char *opened = dup_day (mash_record_get_text (record, "opened"));

  return join (", ", what, opened, mash_record_get_text (record, "system"));
}

static char *
tell_import (GPtrArray  *records,
             MashRecord *record,
             MashPolicy *policy)
{
  g_autofree char *day = g_strndup (mash_record_get_stamps (record)->created_at, 10);
  g_autofree char *words = dup_day (day);

  /* Translators: a system, the line of a file, the day on which it was imported. */
  return g_strdup_printf (_("%s, line %d, imported %s"), mash_record_get_text (record, "system"),
                          (int) mash_record_get_int (record, "line"), words);
}

static char *
list_words (GPtrArray  *records,
            const char *kind,
            Tell        tell,
            MashPolicy *policy)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 1; i < records->len; i++)
    {
      MashRecord *record = g_ptr_array_index (records, i);
      char *line = strcmp (mash_record_get_kind (record)->name, kind) == 0
                   ? tell (records, record, policy) : NULL;

      if (line == NULL || g_ptr_array_find_with_equal_func (lines, line, g_str_equal, NULL))
        g_free (line);
      else
        g_ptr_array_add (lines, line);
    }
  if (lines->len == 0)
    return NULL;
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

static gboolean
share_line (const char *one,
            const char *other)
{
  g_auto (GStrv) a = g_strsplit (one, "\n", -1);
  g_auto (GStrv) b = g_strsplit (other, "\n", -1);

  for (guint i = 0; a[i] != NULL; i++)
    {
      if (g_strv_contains ((const char *const *) b, a[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
births_alike (const char *one,
              const char *other)
{
  g_auto (GStrv) variants = mash_birth_variants (one);

  return strncmp (one, other, MIN (strlen (one), strlen (other))) == 0 ||
         (variants != NULL && g_strv_contains ((const char *const *) variants, other));
}

static const char *
judge (const char *one,
       const char *other,
       const char *field)
{
  if (one == NULL || other == NULL)
    return "one";
  if (strcmp (one, other) == 0)
    return "equal";
  if (share_line (one, other) || (field != NULL && strcmp (field, "birth") == 0 &&
                                  births_alike (one, other)) ||
      (field != NULL && (strstr (field, "name") != NULL || strcmp (field, "known-as") == 0) &&
       mash_name_alike (one, other)))
    return "alike";

  return "differs";
}

static void
add_row (GPtrArray  *rows,
         const char *label,
         const char *field,
         char       *one,
         char       *other,
         gboolean    apart)
{
  MashComparisonRow *row;

  if (one == NULL && other == NULL)
    return;

  row = g_new0 (MashComparisonRow, 1);
  row->label = g_strdup (label);
  row->result = apart ? NULL : g_strdup (judge (one, other, field));
  row->one = one;
  row->other = other;
  g_ptr_array_add (rows, row);
}

static char *
dup_value (MashRecord      *person,
           const MashField *field,
           MashPolicy      *policy)
{
  const char *text = mash_record_get_text (person, field->name);

  if (text != NULL && field->type == MASH_FIELD_CODE)
    text = mash_policy_get_label (policy, field->of, text);

  return g_strdup (text);
}

/**
 * mash_comparison_list:
 * @pair: two people
 * @policy: the policy in force
 *
 * Returns: (transfer full) (element-type MashComparisonRow): what is known of at least one of them
 */
GPtrArray *
mash_comparison_list (const MashPeoplePair *pair,
                      MashPolicy           *policy)
{
  static const char *const fields[] = {
    "legal-surname", "legal-forenames", "known-as", "kind", "sex", "birth", "expected-birth",
    "was-due", "death", "ethnicity", "first-language", "nhs-number", "upn", "la-child-id", "school",
    "gp", "description",
  };
  static const struct
  {
    const char *kind;
    const char *label;
    Tell        tell;
    gboolean    apart;   /* two people and two records of one person differ in it alike */
  } lists[] = {
    { "person-name", N_("Other names"), tell_name },
    { "identifier", N_("Numbers in other systems"), tell_identifier },
    { "address", N_("Addresses"), tell_address },
    { "contact-point", N_("Telephone and e-mail"), tell_contact_point },
    { "relationship", N_("Family"), tell_relationship },
    { "contact", N_("Contacts"), tell_contact, TRUE },
    { "episode", N_("Episodes in other systems"), tell_episode, TRUE },
    { "import-row", N_("Comes from"), tell_import, TRUE },
  };
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_comparison_row_free);
  MashRecord *one = g_ptr_array_index (pair->one, 0);
  MashRecord *other = g_ptr_array_index (pair->other, 0);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const MashField *field = &mash_person_kind.fields[mash_kind_find_field (&mash_person_kind,
                                                                              fields[i])];
      guint n = rows->len;

      add_row (rows, _(field->label), field->name, dup_value (one, field, policy),
               dup_value (other, field, policy), FALSE);
      if (rows->len > n)
        ((MashComparisonRow *) g_ptr_array_index (rows, n))->date =
          field->type == MASH_FIELD_DATE || field->type == MASH_FIELD_PARTIAL_DATE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    add_row (rows, _(lists[i].label), NULL,
             list_words (pair->one, lists[i].kind, lists[i].tell, policy),
             list_words (pair->other, lists[i].kind, lists[i].tell, policy), lists[i].apart);

  return rows;
}
