/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-unsettled-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-kinds.h"
#include "mash-store-hub.h"
#include "mash-store-people.h"
#include "mash-time.h"

/**
 * mash_unsettled_dup_name:
 * @store: a store
 * @person: (nullable): the id of whoever did something
 *
 * The hub’s administrator, who began it and brings to it what a recovered desk had, is none of its
 * staff.
 *
 * Returns: (transfer full): what they are called
 */
char *
mash_unsettled_dup_name (MashStore  *store,
                         const char *person)
{
  g_autoptr (MashRecord) staff = person != NULL ? mash_store_lookup (store, "staff", person) : NULL;
  const char *name = staff != NULL ? mash_record_get_text (staff, "name") : NULL;
  const char *root, *key;

  if (name != NULL)
    return g_strdup (name);

  mash_store_get_root (store, &root, &key);

  return g_strdup (person != NULL && g_strcmp0 (person, root) == 0 ? _("the hub’s administrator")
                                                                   : _("somebody"));
}

char *
mash_unsettled_dup_moment (const char *instant)
{
  gint64 at;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  if (instant == NULL || !mash_time_parse (instant, &at))
    return g_strdup ("");
  utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  local = g_date_time_to_local (utc);

  /* Translators: a day and a time of day, as g_date_time_format() takes them. */
  return g_date_time_format (local, _("%e %b %H:%M"));
}

static char *
dup_date (const char *date)
{
  gsize length = strlen (date);
  g_autofree char *whole = g_strdup_printf ("%s%s", date, length == 7 ? "-01" : "");
  g_autoptr (GDateTime) day = NULL;
  int number;

  if (length == 4 || !mash_date_parse (whole, &number))
    return g_strdup (date);

  day = g_date_time_new_from_unix_utc ((gint64) number * 24 * 60 * 60);

  return g_date_time_format (day, length == 7 ? "%b %Y" : "%-d %b %Y");
}

/* What a record is called; one that is not at this desk, by its kind only. */
static char *
dup_referred (MashStore  *store,
              const char *kind,
              const char *id)
{
  static const struct
  {
    const char *kind;
    const char *field;
  } names[] = { { "agency", "name" }, { "post", "title" }, { "contact", "reference" } };
  const MashKind *declared = mash_kind_lookup (kind);
  g_autoptr (MashRecord) record = NULL;
  char *name = NULL;

  if (strcmp (kind, "staff") == 0)
    return mash_unsettled_dup_name (store, id);

  record = declared != NULL ? mash_store_lookup (store, kind, id) : NULL;
  for (guint i = 0; record != NULL && i < G_N_ELEMENTS (names); i++)
    {
      if (strcmp (names[i].kind, kind) == 0)
        name = g_strdup (mash_record_get_text (record, names[i].field));
    }
  if (record != NULL && strcmp (kind, "person") == 0)
    name = mash_store_dup_person_name (store, id);
  else if (record != NULL && strcmp (kind, "contact-subject") == 0)
    name = mash_store_dup_person_name (store, mash_record_get_text (record, "person"));

  return name != NULL ? name : g_strdup (declared != NULL ? _(declared->label) : "");
}

static char *
dup_word (MashStore       *store,
          MashPolicy      *policy,
          const MashField *field,
          const char      *text)
{
  switch (field->type)
    {
    case MASH_FIELD_CODE:
    case MASH_FIELD_CODES:
      return g_strdup (mash_policy_get_label (policy, field->of, text));

    case MASH_FIELD_DATE:
    case MASH_FIELD_PARTIAL_DATE:
      return dup_date (text);

    case MASH_FIELD_TIME:
      return mash_unsettled_dup_moment (text);

    case MASH_FIELD_REFERENCE:
    case MASH_FIELD_REFERENCES:
      return dup_referred (store, field->of, text);

    case MASH_FIELD_TEXT:
    case MASH_FIELD_RICH:
    case MASH_FIELD_INT:
    case MASH_FIELD_BOOL:
    default:
      return g_strdup (text);
    }
}

/**
 * mash_unsettled_dup_value:
 * @store: a store
 * @policy: the policy in force
 * @field: a field
 * @value: (nullable): what was put in it
 *
 * Returns: (transfer full): @value in the words in which it was typed or chosen
 */
char *
mash_unsettled_dup_value (MashStore       *store,
                          MashPolicy      *policy,
                          const MashField *field,
                          GVariant        *value)
{
  g_autofree const char **items = NULL;
  g_auto (GStrv) words = NULL;
  gsize n = 0;

  if (value == NULL)
    return g_strdup (_("nothing"));
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return g_strdup (g_variant_get_boolean (value) ? _("yes") : _("no"));
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return dup_word (store, policy, field, g_variant_get_string (value, NULL));

  items = g_variant_get_strv (value, &n);
  if (n == 0)
    return g_strdup (_("nothing"));
  words = g_new0 (char *, n + 1);
  for (gsize i = 0; i < n; i++)
    words[i] = dup_word (store, policy, field, items[i]);

  return g_strjoinv (", ", words);
}

/**
 * mash_unsettled_dup_written:
 * @store: a store
 * @policy: the policy in force
 * @edits: (element-type MashEdit): what somebody did
 *
 * Returns: (transfer full): what they typed, a line a field; what the rules added follows from it
 *   and says nothing new
 */
char *
mash_unsettled_dup_written (MashStore  *store,
                            MashPolicy *policy,
                            GPtrArray  *edits)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint e = 0; e < edits->len; e++)
    {
      MashEdit *edit = g_ptr_array_index (edits, e);
      const MashKind *kind = mash_edit_get_kind (edit);

      for (guint i = 0; i < kind->n_fields; i++)
        {
          const MashField *field = &kind->fields[i];
          g_autofree char *words = NULL;

          if (!mash_edit_touches (edit, i) || field->owner == MASH_OWNER_RULES ||
              field->type == MASH_FIELD_REFERENCE || field->type == MASH_FIELD_REFERENCES)
            continue;
          words = mash_unsettled_dup_value (store, policy, field, mash_edit_get_now (edit, i));
          g_string_append_printf (out, "%s%s: %s", out->len > 0 ? "\n" : "", _(field->label),
                                  words);
        }
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}
