/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-tray-private.h"

#include "mash-time.h"
#include "mash-tray-table.h"

/* Whose the counts of a tray are; nobody's own where all see the same. */
static const char *
get_whose (MashStore *self,
           MashTrayId tray)
{
  return mash_store_get_tray_reading (self, tray)->own ? self->person : "";
}

/* Under which name they are kept. */
static const char *
get_name (MashStore *self,
          MashTrayId tray)
{
  return mash_store_get_tray_reading (self, tray)->name;
}

/* What somebody who decides on contacts has to sign beside them: their own recommendations are not
 * theirs to decide on, and what both waits for a decision and asks for their signature counts
 * once. */
static const struct
{
  const char *name;
  int         sign;
} beside[] = {
  { MASH_TRAY_NAME_RECOMMENDED, -1 },
  { MASH_TRAY_NAME_ASKED, 1 },
  { MASH_TRAY_NAME_ASKED_TOO, -1 },
};

static gboolean
has_beside (MashStore *self,
            MashTrayId tray)
{
  return tray == MASH_TRAY_TO_SIGN && mash_store_may_sign (self);
}

/* Reads a count that is kept. */
static gboolean
read_count (MashStore  *self,
            const char *tray,
            const char *person,
            const char *facet,
            const char *value,
            guint      *count,
            GError    **error)
{
  g_autoptr (MashStatement) row = NULL;
  MashStep step;

  row = mash_database_prepare (self->database,
                               "SELECT n FROM tray_count WHERE tray = ?1 AND person = ?2"
                               " AND facet = ?3 AND value = ?4", error);
  if (row == NULL)
    return FALSE;

  mash_statement_bind (row, "tttt", tray, person, facet, value);
  step = mash_statement_step (row, error);
  *count = step == MASH_STEP_ROW ? (guint) mash_statement_get_int (row, 0) : 0;

  return step != MASH_STEP_ERROR;
}

/* A kept count of a tray as the person sees it. */
static gboolean
read_kept (MashStore  *self,
           MashTrayId  tray,
           const char *facet,
           const char *value,
           guint      *count,
           GError    **error)
{
  if (!read_count (self, get_name (self, tray), get_whose (self, tray), facet, value, count,
                   error))
    return FALSE;

  for (guint i = 0; has_beside (self, tray) && i < G_N_ELEMENTS (beside); i++)
    {
      guint n;

      if (!read_count (self, beside[i].name, self->person, facet, value, &n, error))
        return FALSE;
      *count += (guint) beside[i].sign * n;
    }

  return TRUE;
}

/* The one thing that a query filters by, where its count is kept. */
static gboolean
find_facet (const MashTrayQuery *query,
            const char         **facet,
            const char         **value,
            char                 number[2])
{
  const struct
  {
    const char *facet;
    const char *value;
  } facets[] = {
    { MASH_TRAY_FACET_STATE, query->state },
    { MASH_TRAY_FACET_TEAM, query->team },
    { MASH_TRAY_FACET_LOCALITY, query->locality },
    { MASH_TRAY_FACET_WITH, query->with },
    { MASH_TRAY_FACET_URGENCY, query->urgency != MASH_TRAY_ANY_URGENCY ? number : NULL },
    { MASH_TRAY_FACET_MISSING, query->missing ? "" : NULL },
    { "", mash_tray_query_count_filters (query) == 0 ? "" : NULL },
  };

  number[0] = (char) ('0' + query->urgency);
  number[1] = '\0';
  for (guint i = 0; mash_tray_query_count_filters (query) <= 1 && i < G_N_ELEMENTS (facets); i++)
    {
      if (facets[i].value == NULL)
        continue;
      *facet = facets[i].facet;
      *value = facets[i].value;
      return TRUE;
    }

  return FALSE;
}

/* Days that are over whole, of one list. */
static gboolean
read_days (MashStore  *self,
           const char *tray,
           const char *person,
           gint64      today,
           guint      *count,
           GError    **error)
{
  g_autofree char *value = g_strdup_printf (MASH_TRAY_DAY_FORM, today);
  g_autoptr (MashStatement) row = NULL;

  row = mash_database_prepare (self->database,
                               "SELECT coalesce (sum (n), 0) FROM tray_count WHERE tray = ?1"
                               " AND person = ?2 AND facet = 'day' AND value < ?3", error);
  if (row == NULL)
    return FALSE;

  mash_statement_bind (row, "ttt", tray, person, value);
  if (mash_statement_step (row, error) != MASH_STEP_ROW)
    return FALSE;
  *count = (guint) mash_statement_get_int (row, 0);

  return TRUE;
}

/* What is late changes with time alone and cannot be kept; but of each day that is over it can, and
 * only what is due today is looked at. */
static gboolean
count_late (MashStore           *self,
            const MashTrayQuery *query,
            guint               *count,
            GError             **error)
{
  gint64 today = mash_store_get_now (self) / MASH_TIME_DAY;
  const MashTrayKey morning = { 0, today * MASH_TIME_DAY - 1, "~" };
  MashTrayId tray = query->tray;

  if (!read_days (self, get_name (self, tray), get_whose (self, tray), today, count, error))
    return FALSE;
  for (guint i = 0; has_beside (self, tray) && i < G_N_ELEMENTS (beside); i++)
    {
      guint n;

      if (!read_days (self, beside[i].name, self->person, today, &n, error))
        return FALSE;
      *count += (guint) beside[i].sign * n;
    }

  for (int u = MASH_TRAY_URGENCY_LED; u < MASH_N_TRAY_URGENCIES; u++)
    {
      guint n;

      if (!mash_store_count_behind (self, query, u, &morning, &n, error))
        return FALSE;
      *count += n;
    }

  return TRUE;
}

/**
 * mash_store_count_tray:
 * @self: a store
 * @query: which rows of which tray
 * @count: (out): how many they are
 * @error: return location for a #MashStoreError
 *
 * Reads the count where it is kept, for a whole tray and for one filter; otherwise counts by an
 * index, looking only at what the tray holds.
 *
 * Returns: %TRUE when it could be read
 */
gboolean
mash_store_count_tray (MashStore           *self,
                       const MashTrayQuery *query,
                       guint               *count,
                       GError             **error)
{
  const char *facet, *value;
  char number[2];

  mash_store_assert (self);
  g_return_val_if_fail (query != NULL && count != NULL, FALSE);

  *count = 0;
  if (!mash_store_can_read_tray (self, query->tray))
    return TRUE;
  if (mash_tray_query_count_filters (query) == (query->late != FALSE) &&
      (query->late || query->tray == MASH_TRAY_LATE))
    return count_late (self, query, count, error);
  if (query->tray != MASH_TRAY_LATE && find_facet (query, &facet, &value, number))
    return read_kept (self, query->tray, facet, value, count, error);

  for (int u = MASH_TRAY_URGENCY_LED; u < MASH_N_TRAY_URGENCIES; u++)
    {
      guint n = 0;

      if (mash_tray_query_has_urgency (query, u) &&
          !mash_store_count_behind (self, query, u, &mash_tray_start, &n, error))
        return FALSE;
      *count += n;
    }

  return TRUE;
}

static const char kept_sql[] =
  "SELECT c.facet, c.value, s.name, max (c.n) FROM tray_count c"
  " LEFT JOIN staff s ON c.facet = 'with' AND s.id = c.value"
  " WHERE c.facet > 'day' AND ((c.tray = ?1 AND c.person = ?2) OR (c.tray = ?3 AND c.person = ?4))"
  " GROUP BY c.facet, c.value ORDER BY c.facet, c.value";

/* What is late changes with time alone; only what is late is looked at, and once for all facets. */
static const char late_sql[] =
  "WITH late AS MATERIALIZED (SELECT state, team, locality, max (urgency, 0) AS urgency,"
  " coalesce (assigned_to, '') AS person, incomplete FROM tray WHERE clock_due < ?1)"
  " SELECT 'state', state, NULL, count(*) FROM late GROUP BY state"
  " UNION ALL SELECT 'team', team, NULL, count(*) FROM late WHERE team IS NOT NULL GROUP BY team"
  " UNION ALL SELECT 'locality', locality, NULL, count(*) FROM late"
  " WHERE locality IS NOT NULL GROUP BY locality"
  " UNION ALL SELECT 'urgency', urgency, NULL, count(*) FROM late GROUP BY urgency"
  " UNION ALL SELECT 'with', late.person, s.name, count(*) FROM late"
  " LEFT JOIN staff s ON s.id = late.person GROUP BY late.person"
  " UNION ALL SELECT 'missing', '', NULL, count(*) FROM late WHERE incomplete = 1";

/**
 * mash_store_read_facet:
 * @row: a statement at a row of facet, value, label and how many there are
 *
 * Returns: (transfer full): what it says
 */
MashFacetRow *
mash_store_read_facet (MashStatement *row)
{
  MashFacetRow *facet = g_new0 (MashFacetRow, 1);

  facet->facet = mash_statement_dup_text (row, 0);
  facet->value = mash_statement_dup_text (row, 1);
  facet->label = mash_statement_dup_text (row, 2);
  facet->n = (guint) mash_statement_get_int (row, 3);

  return facet;
}

/**
 * mash_store_list_tray_facets:
 * @self: a store
 * @tray: a tray
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (element-type MashFacetRow) (nullable): what the tray can be
 *   filtered by, each value with how many contacts have it
 */
GPtrArray *
mash_store_list_tray_facets (MashStore *self,
                             MashTrayId tray,
                             GError   **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (MashStatement) row = NULL;
  gboolean late = tray == MASH_TRAY_LATE;
  MashStep step;

  mash_store_assert (self);
  g_return_val_if_fail ((guint) tray < MASH_N_TRAYS, NULL);

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_facet_row_free);
  if (!mash_store_can_read_tray (self, tray))
    return g_steal_pointer (&rows);

  row = mash_database_prepare (self->database, late ? late_sql : kept_sql, error);
  if (row == NULL)
    return NULL;
  if (late)
    mash_statement_bind_int (row, 1, mash_store_get_now (self));
  else
    mash_statement_bind (row, "tttt", get_name (self, tray), get_whose (self, tray),
                         has_beside (self, tray) ? MASH_TRAY_NAME_ASKED : get_name (self, tray),
                         has_beside (self, tray) ? self->person : get_whose (self, tray));

  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      MashFacetRow *out = mash_store_read_facet (row);

      g_ptr_array_add (rows, out);
      if (has_beside (self, tray) &&
          !read_kept (self, tray, out->facet, out->value, &out->n, error))
        return NULL;
    }

  return step == MASH_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

/**
 * mash_store_count_trays:
 * @self: a store
 * @counts: (out): how many contacts stand in each tray, by #MashTrayId
 * @error: return location for a #MashStoreError
 *
 * Reads the counts that are kept; none of them grows slower with the register.
 *
 * Returns: %TRUE when all were read
 */
gboolean
mash_store_count_trays (MashStore *self,
                        guint      counts[MASH_N_TRAYS],
                        GError   **error)
{
  g_autoptr (MashTrayQuery) late = mash_tray_query_new (MASH_TRAY_LATE);

  mash_store_assert (self);

  for (guint i = 0; i < MASH_N_TRAYS; i++)
    {
      counts[i] = 0;
      if (mash_trays[i].name != NULL && i != MASH_TRAY_LATE &&
          !read_kept (self, i, "", "", &counts[i], error))
        return FALSE;
    }

  return count_late (self, late, &counts[MASH_TRAY_LATE], error);
}
