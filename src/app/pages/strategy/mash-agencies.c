/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-agencies.h"

#include <glib/gi18n-lib.h>

#include "mash-choice.h"

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
  GListModel *agencies;

  g_return_val_if_fail (MASH_IS_CONTACT_FILE (file), NULL);

  agencies = mash_contact_file_get_list (file, "agency");
  for (guint i = 0; agency != NULL && i < g_list_model_get_n_items (agencies); i++)
    {
      g_autoptr (MashEntity) found = g_list_model_get_item (agencies, i);

      if (g_strcmp0 (mash_entity_get_id (found), agency) == 0)
        return found;
    }

  return NULL;
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
 * mash_agencies_has_staff:
 * @file: an open contact
 * @staff: the posts of the hub, MashStaffItem
 * @agency: (nullable): the id of an agency
 *
 * Returns: %TRUE when somebody of it holds one of them
 */
gboolean
mash_agencies_has_staff (MashContactFile *file,
                         GListModel      *staff,
                         const char      *agency)
{
  const char *name = mash_agencies_get_name (file, agency);

  for (guint i = 0; i < g_list_model_get_n_items (staff); i++)
    {
      g_autoptr (GObject) post = g_list_model_get_item (staff, i);
      g_autofree char *its = NULL;

      g_object_get (post, "agency", &its, NULL);
      if (g_strcmp0 (its, name) == 0)
        return TRUE;
    }

  return FALSE;
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
