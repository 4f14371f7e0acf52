/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-agencies.h"

#include <glib/gi18n-lib.h>

#include "mash-choice.h"

static MashEntity *
find_by (MashContactFile *file,
         const char      *field,
         const char      *value)
{
  GListModel *agencies = mash_contact_file_get_list (file, "agency");

  for (guint i = 0; value != NULL && i < g_list_model_get_n_items (agencies); i++)
    {
      g_autoptr (MashEntity) agency = g_list_model_get_item (agencies, i);
      const char *held = field != NULL ? mash_entity_get_text (agency, field)
                                       : mash_entity_get_id (agency);

      if (g_strcmp0 (held, value) == 0)
        return agency;
    }

  return NULL;
}

/**
 * mash_agencies_find:
 * @file: an open contact
 * @agency: (nullable): the id of an agency
 *
 * Returns: (transfer none) (nullable): the agency
 */
MashEntity *
mash_agencies_find (MashContactFile *file,
                    const char      *agency)
{
  g_return_val_if_fail (MASH_IS_CONTACT_FILE (file), NULL);

  return find_by (file, NULL, agency);
}

/**
 * mash_agencies_find_named:
 * @file: an open contact
 * @name: (nullable): the name of an agency
 *
 * Returns: (transfer none) (nullable): the agency
 */
MashEntity *
mash_agencies_find_named (MashContactFile *file,
                          const char      *name)
{
  g_return_val_if_fail (MASH_IS_CONTACT_FILE (file), NULL);

  return find_by (file, "name", name);
}

/**
 * mash_agencies_get_name:
 * @file: an open contact
 * @agency: (nullable): the id of an agency
 *
 * Returns: (transfer none): its name, or words that say that none is known
 */
const char *
mash_agencies_get_name (MashContactFile *file,
                        const char      *agency)
{
  MashEntity *found = mash_agencies_find (file, agency);

  return found != NULL ? mash_entity_get_text (found, "name") : _("Agency not known");
}

/**
 * mash_agencies_choices:
 * @file: an open contact
 *
 * Returns: (transfer full): “Not known” and each agency by name, as #MashChoice
 */
GListModel *
mash_agencies_choices (MashContactFile *file)
{
  GListStore *store = g_list_store_new (MASH_TYPE_CHOICE);
  GListModel *agencies = mash_contact_file_get_list (file, "agency");
  g_autoptr (MashChoice) none = mash_choice_new (NULL, _("Not known"));

  g_list_store_append (store, none);
  for (guint i = 0; i < g_list_model_get_n_items (agencies); i++)
    {
      g_autoptr (MashEntity) agency = g_list_model_get_item (agencies, i);
      g_autoptr (MashChoice) choice = mash_choice_new (mash_entity_get_id (agency),
                                                       mash_entity_get_text (agency, "name"));

      g_list_store_append (store, choice);
    }

  return G_LIST_MODEL (store);
}
