/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-import-columns.h"

#include <string.h>

static const MashImportColumn people[] = {
  { "source_system", "import-row", "system", MASH_COLUMN_TEXT, TRUE },
  { "source_id", "identifier", "value", MASH_COLUMN_TEXT, TRUE },
  { "kind", "person", "kind", MASH_COLUMN_CODE },
  { "surname", "person", "legal-surname" },
  { "forenames", "person", "legal-forenames" },
  { "known_as", "person", "known-as" },
  { "previous_surname", "person-name", "surname" },
  { "sex", "person", "sex", MASH_COLUMN_CODE },
  { "birth", "person", "birth", MASH_COLUMN_PARTIAL_DATE },
  { "due", "person", "expected-birth", MASH_COLUMN_DATE },
  { "died", "person", "death", MASH_COLUMN_DATE },
  { "ethnicity", "person", "ethnicity", MASH_COLUMN_CODE },
  { "first_language", "person", "first-language" },
  { "nhs_number", "person", "nhs-number", MASH_COLUMN_NHS_NUMBER },
  { "upn", "person", "upn", MASH_COLUMN_UPN },
  { "la_child_id", "person", "la-child-id" },
  { "gp", "person", "gp" },
  { "school", "person", "school" },
  { "address", "address", "line1" },
  { "address_2", "address", "line2" },
  { "town", "address", "town" },
  { "postcode", "address", "postcode" },
  { "uprn", "address", "uprn" },
  { "confidential", "address", "confidential", MASH_COLUMN_YES_NO },
  { "telephone", "contact-point", "value" },
  { "identifier_type", "identifier", "type", MASH_COLUMN_CODE },
  { "identifier", "identifier", "value" },
  { "identifier_issuer", "identifier", "issuer" },
};

static const MashImportColumn episodes[] = {
  { "source_system", "import-row", "system", MASH_COLUMN_TEXT, TRUE },
  { "person_id", "identifier", "value", MASH_COLUMN_TEXT, TRUE },
  { "episode_id", "episode", "number", MASH_COLUMN_TEXT, TRUE },
  { "type", "episode", "type" },
  { "opened", "episode", "opened", MASH_COLUMN_PARTIAL_DATE },
  { "closed", "episode", "closed", MASH_COLUMN_PARTIAL_DATE },
  { "outcome", "episode", "outcome" },
  { "team", "episode", "team" },
};

static const MashImportColumn counts[] = {
  { "week", "assessment-count", "week", MASH_COLUMN_WEEK, TRUE },
  { "team", "assessment-count", "team", MASH_COLUMN_TEXT, TRUE },
  { "measure", "assessment-count", "measure", MASH_COLUMN_CODE, TRUE },
  { "count", "assessment-count", "count", MASH_COLUMN_NUMBER, TRUE },
  { "source", "assessment-count", "source", MASH_COLUMN_TEXT, TRUE },
};

static const struct
{
  const char             *name;
  const MashImportColumn *columns;
  guint                   n_columns;
} forms[MASH_N_IMPORT_FORMS] = {
  [MASH_IMPORT_PEOPLE] = { "people", people, G_N_ELEMENTS (people) },
  [MASH_IMPORT_EPISODES] = { "episodes", episodes, G_N_ELEMENTS (episodes) },
  [MASH_IMPORT_COUNTS] = { "counts", counts, G_N_ELEMENTS (counts) },
};

/**
 * mash_import_list_columns:
 * @form: what a file holds
 * @n_columns: (out): how many there are
 *
 * Returns: (array length=n_columns): the columns that such a file may have
 */
const MashImportColumn *
mash_import_list_columns (MashImportForm  form,
                          guint          *n_columns)
{
  g_return_val_if_fail (form < MASH_N_IMPORT_FORMS && n_columns != NULL, NULL);

  *n_columns = forms[form].n_columns;

  return forms[form].columns;
}

/**
 * mash_import_find_column:
 * @form: what a file holds
 * @name: the name of a column, as it stands in the first line
 *
 * Returns: (nullable): the column; %NULL where such a file has none of that name
 */
const MashImportColumn *
mash_import_find_column (MashImportForm  form,
                         const char     *name)
{
  g_return_val_if_fail (form < MASH_N_IMPORT_FORMS && name != NULL, NULL);

  for (guint i = 0; i < forms[form].n_columns; i++)
    {
      if (strcmp (forms[form].columns[i].name, name) == 0)
        return &forms[form].columns[i];
    }

  return NULL;
}

const char *
mash_import_get_form_name (MashImportForm form)
{
  g_return_val_if_fail (form < MASH_N_IMPORT_FORMS, NULL);

  return forms[form].name;
}

/**
 * mash_import_find_form:
 * @name: (nullable): the name of a form; may be anything
 * @form: (out): the form
 *
 * Returns: %TRUE when there is such a form
 */
gboolean
mash_import_find_form (const char     *name,
                       MashImportForm *form)
{
  for (guint i = 0; i < MASH_N_IMPORT_FORMS; i++)
    {
      if (g_strcmp0 (forms[i].name, name) == 0)
        {
          *form = (MashImportForm) i;
          return TRUE;
        }
    }

  return FALSE;
}
