/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tray-filter.h"

#include <glib/gi18n.h>

#include "mash-set-str.h"

static const struct
{
  const char *id;
  const char *label;
} filters[MASH_N_TRAY_FILTERS] = {
  [MASH_TRAY_FILTER_ALL] = { "all", N_("All") },
  [MASH_TRAY_FILTER_NO_ONE] = { "no-one", N_("No one yet") },
  [MASH_TRAY_FILTER_MINE] = { "mine", N_("Mine") },
  [MASH_TRAY_FILTER_LATE] = { "late", N_("Late") },
  [MASH_TRAY_FILTER_MISSING] = { "missing", N_("Something missing") },
};

/**
 * mash_tray_filter_find:
 * @id: (nullable): what the page's action calls a filter
 *
 * Returns: that filter; the one that lets all through where there is none of that name
 */
MashTrayFilter
mash_tray_filter_find (const char *id)
{
  for (guint i = 0; i < MASH_N_TRAY_FILTERS; i++)
    if (g_strcmp0 (filters[i].id, id) == 0)
      return (MashTrayFilter) i;

  return MASH_TRAY_FILTER_ALL;
}

/**
 * mash_tray_filter_dup_label:
 * @filter: a filter
 * @count: how many lines it lets through
 *
 * Returns: (transfer full): what stands on its button
 */
char *
mash_tray_filter_dup_label (MashTrayFilter filter,
                            guint          count)
{
  /* Translators: the name of a filter, and how many lines it lets through. */
  return g_strdup_printf (_("%s %u"), _(filters[filter].label), count);
}

/**
 * mash_tray_filter_apply:
 * @filter: a filter
 * @query: (inout): what is asked for, which is narrowed
 * @person: (nullable): who looks
 */
void
mash_tray_filter_apply (MashTrayFilter filter,
                        MashTrayQuery *query,
                        const char    *person)
{
  switch (filter)
    {
    case MASH_TRAY_FILTER_NO_ONE:
      mash_set_str (&query->with, "");
      break;

    case MASH_TRAY_FILTER_MINE:
      mash_set_str (&query->with, person);
      break;

    case MASH_TRAY_FILTER_LATE:
      query->late = TRUE;
      break;

    case MASH_TRAY_FILTER_MISSING:
      query->missing = TRUE;
      break;

    case MASH_TRAY_FILTER_ALL:
    default:
      break;
    }
}

/**
 * mash_tray_filter_count:
 * @filter: a filter
 * @facets: what the tray can be filtered by, MashFacetItem
 * @all: how many contacts the tray holds
 * @person: (nullable): who looks
 *
 * Returns: how many contacts @filter lets through
 */
guint
mash_tray_filter_count (MashTrayFilter filter,
                        GListModel    *facets,
                        guint          all,
                        const char    *person)
{
  const struct
  {
    const char *facet;
    const char *value;
  } wanted[MASH_N_TRAY_FILTERS] = {
    [MASH_TRAY_FILTER_NO_ONE] = { "with", "" },
    [MASH_TRAY_FILTER_MINE] = { "with", person },
    [MASH_TRAY_FILTER_LATE] = { "late", "" },
    [MASH_TRAY_FILTER_MISSING] = { "missing", "" },
  };

  if (wanted[filter].facet == NULL)
    return all;

  for (guint i = 0; i < g_list_model_get_n_items (facets); i++)
    {
      g_autoptr (MashItem) item = g_list_model_get_item (facets, i);
      g_autofree char *facet = NULL;
      g_autofree char *value = NULL;
      guint n;

      g_object_get (item, "facet", &facet, "value", &value, "n", &n, NULL);
      if (g_strcmp0 (facet, wanted[filter].facet) == 0 &&
          g_strcmp0 (value, wanted[filter].value) == 0)
        return n;
    }

  return 0;
}
