/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-tray-counts.h"

#include <string.h>

#include "mash-time.h"
#include "mash-tray.h"
#include "mash-tray-table.h"

/* What no other part of a key can hold. */
#define SEPARATOR "\037"

static const char add_count_sql[] =
  "INSERT INTO tray_count (tray, person, facet, value, n) VALUES (?1, ?2, ?3, ?4, ?5)"
  " ON CONFLICT (tray, person, facet, value) DO UPDATE SET n = n + excluded.n";

static const char drop_count_sql[] =
  "DELETE FROM tray_count WHERE tray = ?1 AND person = ?2 AND facet = ?3 AND value = ?4"
  " AND n = 0";

static void
add_count (GHashTable *counts,
           const char *list,
           const char *person,
           const char *facet,
           const char *value,
           int         step)
{
  char *key = g_strjoin (SEPARATOR, list, person, facet, value != NULL ? value : "", NULL);
  int n = GPOINTER_TO_INT (g_hash_table_lookup (counts, key)) + step;

  g_hash_table_insert (counts, key, GINT_TO_POINTER (n));
}

static void
add_day (GHashTable             *counts,
         const MashTrayStanding *standing,
         const char             *list,
         const char             *person,
         int                     step)
{
  g_autofree char *day = NULL;

  if (standing->clock_due == MASH_TIME_NEVER)
    return;
  day = g_strdup_printf (MASH_TRAY_DAY_FORM, standing->clock_due / MASH_TIME_DAY);
  add_count (counts, list, person, MASH_TRAY_FACET_DAY, day, step);
}

static void
add_list (GHashTable             *counts,
          const MashTrayStanding *standing,
          const char             *list,
          const char             *person,
          int                     step)
{
  /* What a clock leads is counted among the red, as it is filtered. */
  const char urgency[] = { (char) ('0' + MAX (standing->urgency, MASH_TRAY_URGENCY_RED)), '\0' };

  add_count (counts, list, person, "", "", step);
  add_day (counts, standing, list, person, step);
  add_count (counts, list, person, MASH_TRAY_FACET_STATE, standing->state, step);
  add_count (counts, list, person, MASH_TRAY_FACET_URGENCY, urgency, step);
  add_count (counts, list, person, MASH_TRAY_FACET_WITH, standing->assigned_to, step);
  if (standing->team != NULL)
    add_count (counts, list, person, MASH_TRAY_FACET_TEAM, standing->team, step);
  if (standing->locality != NULL)
    add_count (counts, list, person, MASH_TRAY_FACET_LOCALITY, standing->locality, step);
  if (standing->incomplete)
    add_count (counts, list, person, MASH_TRAY_FACET_MISSING, "", step);
}

/* Whose signature under a record is awaited; apart from it those who may decide on the contact too,
 * so that it is counted for them once. */
static void
add_asked (GHashTable             *counts,
           const MashTrayStanding *standing,
           int                     step)
{
  for (guint i = 0; standing->asked != NULL && i < standing->asked->len; i++)
    {
      const MashTrayMine *asked = g_ptr_array_index (standing->asked, i);

      add_list (counts, standing, MASH_TRAY_NAME_ASKED, asked->person, step);
      if (strcmp (standing->tray, MASH_TRAY_NAME_TO_SIGN) == 0 &&
          g_strcmp0 (standing->recommended_by, asked->person) != 0)
        add_list (counts, standing, MASH_TRAY_NAME_ASKED_TOO, asked->person, step);
    }
}

static void
add_standing (GHashTable             *counts,
              const MashTrayStanding *standing,
              int                     step)
{
  if (standing->tray == NULL)
    return;

  add_day (counts, standing, MASH_TRAY_NAME_LATE, "", step);
  if (standing->undecided)
    add_list (counts, standing, MASH_TRAY_NAME_FRONT_DOOR, "", step);
  if (standing->waiting)
    add_list (counts, standing, MASH_TRAY_NAME_WAITING, "", step);
  if (standing->strategy)
    add_list (counts, standing, MASH_TRAY_NAME_STRATEGY, "", step);
  if (strcmp (standing->tray, MASH_TRAY_NAME_RETURNED) == 0)
    add_list (counts, standing, MASH_TRAY_NAME_RETURNED, "", step);
  if (strcmp (standing->tray, MASH_TRAY_NAME_TO_SIGN) == 0)
    {
      add_list (counts, standing, MASH_TRAY_NAME_TO_SIGN, "", step);
      if (standing->recommended_by != NULL)
        add_list (counts, standing, MASH_TRAY_NAME_RECOMMENDED, standing->recommended_by, step);
    }
  for (guint i = 0; standing->mine != NULL && i < standing->mine->len; i++)
    add_list (counts, standing, MASH_TRAY_NAME_MINE,
              ((const MashTrayMine *) g_ptr_array_index (standing->mine, i))->person, step);
  add_asked (counts, standing, step);
}

/**
 * mash_tray_counts_write:
 * @database: the database
 * @before: where a contact stood
 * @after: where it now stands
 * @error: return location for a #MashStoreError
 *
 * Writes the counts that differ; most changes of a contact leave it where it stands.
 *
 * Returns: %TRUE when all were written
 */
gboolean
mash_tray_counts_write (MashDatabase           *database,
                        const MashTrayStanding *before,
                        const MashTrayStanding *after,
                        GError                **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key, step;

  add_standing (counts, before, -1);
  add_standing (counts, after, 1);

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &step))
    {
      g_auto (GStrv) parts = NULL;
      int n = GPOINTER_TO_INT (step);

      if (n == 0)
        continue;
      parts = g_strsplit (key, SEPARATOR, 4);
      if (!mash_database_run (database, error, add_count_sql, "ttttd", parts[0], parts[1],
                              parts[2], parts[3], n))
        return FALSE;
      if (n < 0 && !mash_database_run (database, error, drop_count_sql, "tttt", parts[0],
                                       parts[1], parts[2], parts[3]))
        return FALSE;
    }

  return TRUE;
}
