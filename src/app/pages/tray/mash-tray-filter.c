/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tray-filter.h"

#include <glib/gi18n.h>

#include "mash-time.h"

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
 * mash_tray_filter_passes:
 * @filter: a filter
 * @item: a row of a tray
 * @person: (nullable): who looks
 * @now: microseconds since 1970
 *
 * Returns: whether @filter lets it through
 */
gboolean
mash_tray_filter_passes (MashTrayFilter  filter,
                         MashTrayItem   *item,
                         const char     *person,
                         gint64          now)
{
  g_autofree char *assigned = NULL;
  g_auto (GStrv) missing = NULL;
  gint64 due = 0;

  g_object_get (item, "assigned-to", &assigned, "missing", &missing, "clock-due", &due, NULL);

  switch (filter)
    {
    case MASH_TRAY_FILTER_NO_ONE:
      return assigned == NULL || *assigned == '\0';

    case MASH_TRAY_FILTER_MINE:
      return assigned != NULL && g_strcmp0 (assigned, person) == 0;

    case MASH_TRAY_FILTER_LATE:
      return due != 0 && due != MASH_TIME_NEVER && due < now;

    case MASH_TRAY_FILTER_MISSING:
      return missing != NULL && missing[0] != NULL;

    case MASH_TRAY_FILTER_ALL:
    default:
      return TRUE;
    }
}
