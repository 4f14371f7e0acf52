/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-value-words.h"

#include <glib/gi18n-lib.h>

#include "mash-agencies.h"
#include "mash-choice.h"
#include "mash-kinds.h"
#include "mash-typed-date.h"

/**
 * mash_value_words_for_staff:
 * @host: a page of forms
 * @staff: (nullable): the id of a member of staff
 *
 * Returns: (transfer full): their name
 */
char *
mash_value_words_for_staff (MashFormHost *host,
                            const char   *staff)
{
  GListModel *people = mash_form_host_get_staff (host);

  for (guint i = 0; people != NULL && staff != NULL && i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (people, i);
      g_autofree char *held = NULL;
      g_autofree char *name = NULL;

      g_object_get (item, "staff", &held, "name", &name, NULL);
      if (g_strcmp0 (held, staff) == 0)
        return g_steal_pointer (&name);
    }

  return g_strdup (_("Somebody who has left"));
}

/* A record that is referred to, by the name of the person that it is or is about. */
static char *
dup_referred (MashFormHost *host,
              const char   *kind,
              const char   *id)
{
  MashContactFile *file = mash_form_host_get_file (host);
  MashEntity *entity = file != NULL ? mash_contact_file_find (file, id) : NULL;
  const MashKind *declared = mash_kind_lookup (kind);

  if (g_strcmp0 (kind, "staff") == 0)
    return mash_value_words_for_staff (host, id);
  if (file != NULL && g_strcmp0 (kind, "agency") == 0)
    return g_strdup (mash_agencies_get_name (file, id));
  if (entity != NULL && g_strcmp0 (kind, "contact-subject") == 0)
    entity = mash_contact_file_find (file, mash_entity_get_text (entity, "person"));
  if (entity != NULL && MASH_IS_PERSON (entity))
    return mash_person_dup_name (entity);

  return g_strdup (declared != NULL ? _(declared->label) : "");
}

static char *
dup_word (MashFormHost    *host,
          const MashField *field,
          const char      *text)
{
  switch (field->type)
    {
    case MASH_FIELD_CODE:
    case MASH_FIELD_CODES:
      return g_strdup (mash_policy_get_label (mash_form_host_get_policy (host), field->of, text));

    case MASH_FIELD_DATE:
    case MASH_FIELD_PARTIAL_DATE:
      return mash_typed_date_format (text);

    case MASH_FIELD_TIME:
      return mash_typed_time_format (text);

    case MASH_FIELD_REFERENCE:
    case MASH_FIELD_REFERENCES:
      return dup_referred (host, field->of, text);

    case MASH_FIELD_BOOL:
      return g_strdup (g_str_equal (text, "yes") ? _("yes") : _("no"));

    case MASH_FIELD_TEXT:
    case MASH_FIELD_RICH:
    case MASH_FIELD_INT:
    default:
      return g_strdup (text);
    }
}

/**
 * mash_value_words_for_text:
 * @host: a page of forms
 * @field: a field of a kind
 * @text: (nullable): what it held; a set with a line for each member
 *
 * Returns: (transfer full): @text as it is said to people
 */
char *
mash_value_words_for_text (MashFormHost    *host,
                           const MashField *field,
                           const char      *text)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  g_auto (GStrv) members = NULL;
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (field != NULL, NULL);

  if (text == NULL || *text == '\0')
    return g_strdup (_("nothing"));
  if (field->type != MASH_FIELD_CODES && field->type != MASH_FIELD_REFERENCES)
    return dup_word (host, field, text);

  builder = g_strv_builder_new ();
  members = g_strsplit (text, "\n", -1);
  for (guint i = 0; members[i] != NULL; i++)
    {
      g_autofree char *word = dup_word (host, field, members[i]);

      g_strv_builder_add (builder, word);
    }
  words = g_strv_builder_end (builder);

  return g_strjoinv (", ", words);
}

/**
 * mash_value_words_for_value:
 * @host: a page of forms
 * @field: a field of a kind
 * @value: (nullable): what it holds
 *
 * Returns: (transfer full): @value as it is said to people
 */
char *
mash_value_words_for_value (MashFormHost    *host,
                            const MashField *field,
                            GVariant        *value)
{
  g_autofree const char **members = NULL;
  g_autofree char *text = NULL;

  if (value == NULL)
    return mash_value_words_for_text (host, field, NULL);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return mash_value_words_for_text (host, field, g_variant_get_boolean (value) ? "yes" : "no");
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return mash_value_words_for_text (host, field, g_variant_get_string (value, NULL));

  members = g_variant_get_strv (value, NULL);
  text = g_strjoinv ("\n", (char **) members);

  return mash_value_words_for_text (host, field, text);
}
