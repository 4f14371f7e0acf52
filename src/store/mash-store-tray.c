/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-private.h"

#include "mash-family.h"
#include "mash-time.h"
#include "mash-tray-table.h"

/* What every statement of a tray is given, by number: ?1 the person who looks, ?2 the urgency, ?3
 * the latest time at which the nearest clock may be due, then what is filtered by. */
#define FILTERS \
  " AND (?4 IS NULL OR t.state = ?4) AND (?5 IS NULL OR t.team = ?5)" \
  " AND (?6 IS NULL OR t.locality = ?6)" \
  " AND (?7 IS NULL OR coalesce (t.assigned_to, '') = ?7) AND (?8 = 0 OR t.incomplete = 1)"

#define N_FILTERS 8

#define COLUMNS(mine) \
  "SELECT t.contact, t.reference, t.state, t.brag, t.level, t.concern, t.source, t.strand_p," \
  " t.missing, t.assigned_to, s.name, t.clock_type, t.clock_started, t.clock_due," \
  " t.received_at, t.created_at, t.harm, t.urgency, " mine

#define NAMES " LEFT JOIN staff s ON s.id = t.assigned_to"

/* One urgency at a time, so that the order is that of an index, wherever the page begins. */
#define ROWS(mine, from, where, k) \
  COLUMNS (mine) " FROM " from NAMES " WHERE " where " AND " k ".urgency = ?2" \
  " AND (" k ".clock_due, " k ".contact) > (?9, ?10) AND " k ".clock_due <= ?3" FILTERS \
  " ORDER BY " k ".clock_due, " k ".contact LIMIT ?11 OFFSET ?12"

#define COUNT(from, where, k) \
  "SELECT count(*) FROM " from " WHERE " where " AND " k ".urgency = ?2" \
  " AND (" k ".clock_due, " k ".contact) > (?9, ?10) AND " k ".clock_due <= ?3" FILTERS

#define ONE(mine, from, where, k) \
  COLUMNS (mine) " FROM " from NAMES " WHERE " where " AND " k ".contact = ?9" \
  " AND " k ".clock_due <= ?3 AND (?2 < 0 OR t.urgency = ?2)" FILTERS

#define STATEMENTS(mine, from, where, k) \
  ROWS (mine, from, where, k), COUNT (from, where, k), ONE (mine, from, where, k)

#define OPEN_TO_ALL(where) STATEMENTS ("NULL, NULL", "tray t", where, "t")

/* How each tray is read. */
static const struct
{
  const char *rows;
  const char *count;
  const char *one;
  const char *name;
  gboolean    own;
} trays[MASH_N_TRAYS] = {
  [MASH_TRAY_FRONT_DOOR] = {
    OPEN_TO_ALL ("t.undecided = 1"), MASH_TRAY_NAME_FRONT_DOOR, FALSE,
  },
  [MASH_TRAY_MINE] = {
    STATEMENTS ("m.why, m.record", "tray_mine m JOIN tray t ON t.contact = m.contact",
                "m.person = ?1", "m"),
    MASH_TRAY_NAME_MINE, TRUE,
  },
  [MASH_TRAY_REQUESTS] = { NULL, NULL, NULL, NULL, FALSE },
  [MASH_TRAY_STRATEGY] = {
    OPEN_TO_ALL ("t.strategy = 1"), MASH_TRAY_NAME_STRATEGY, FALSE,
  },
  [MASH_TRAY_TO_SIGN] = {
    OPEN_TO_ALL ("t.tray = 'to-sign' AND t.recommended_by IS NOT ?1"),
    MASH_TRAY_NAME_TO_SIGN, FALSE,
  },
  [MASH_TRAY_WAITING] = {
    OPEN_TO_ALL ("t.waiting = 1"), MASH_TRAY_NAME_WAITING, FALSE,
  },
  [MASH_TRAY_RETURNED] = {
    OPEN_TO_ALL ("t.tray = 'returned'"), MASH_TRAY_NAME_RETURNED, FALSE,
  },
  [MASH_TRAY_LATE] = {
    OPEN_TO_ALL ("TRUE"), MASH_TRAY_NAME_LATE, FALSE,
  },
};

/* Before every row of an urgency. */
static const MashTrayKey beginning = { 0, G_MININT64, "" };

/* Whether the person's role may approve at all; what others may sign is no work of theirs. */
static gboolean
may_sign (MashStore *self)
{
  const MashDeed *deed = mash_policy_find_deed (self->policy, "approve");

  return deed != NULL && mash_policy_get_grant (self->policy, self->role, deed->permission,
                                                NULL) != MASH_GRANT_NO;
}

static MashTrayRow *
read_row (MashStore     *self,
          MashStatement *row,
          const char    *today,
          gint64         now)
{
  MashTrayRow *out = g_new0 (MashTrayRow, 1);
  const char *missing = mash_statement_get_text (row, 8);

  out->contact = mash_statement_dup_text (row, 0);
  out->reference = mash_statement_dup_text (row, 1);
  out->state = mash_statement_dup_text (row, 2);
  out->brag = mash_statement_dup_text (row, 3);
  out->level = mash_statement_dup_text (row, 4);
  out->concern = mash_statement_dup_text (row, 5);
  out->source = mash_statement_dup_text (row, 6);
  out->strand_p = mash_statement_dup_text (row, 7);
  out->missing = missing != NULL && *missing != '\0' ? g_strsplit (missing, " ", -1)
                                                     : g_new0 (char *, 1);
  out->assigned_to = mash_statement_dup_text (row, 9);
  out->assigned_name = mash_statement_dup_text (row, 10);
  out->clock_type = mash_statement_dup_text (row, 11);
  if (out->clock_type != NULL)
    {
      out->clock_started = mash_statement_get_int (row, 12);
      out->clock_due = mash_statement_get_int (row, 13);
      out->late = out->clock_due < now;
    }
  out->received_at = mash_statement_get_int (row, 14);
  out->created_at = mash_statement_get_int (row, 15);
  out->harm = mash_statement_get_int (row, 16) != 0;
  out->key.urgency = (int) mash_statement_get_int (row, 17);
  out->key.due = mash_statement_get_int (row, 13);
  g_strlcpy (out->key.contact, out->contact, sizeof out->key.contact);
  out->why = mash_statement_dup_text (row, 18);
  out->family = mash_family_dup_name (MASH_FACTS (self), out->contact);
  out->children = mash_family_dup_children (MASH_FACTS (self), out->contact, today);

  return out;
}

/* What somebody is asked to do or to look at, and by whom. */
static void
read_asked (MashStore   *self,
            MashTrayRow *out,
            const char  *id)
{
  gboolean task = g_strcmp0 (out->why, MASH_TRAY_WHY_TASK) == 0;
  g_autoptr (MashRecord) record = NULL;
  g_autoptr (MashRecord) author = NULL;
  const char *due;

  if (id == NULL)
    return;
  record = mash_facts_lookup (MASH_FACTS (self), task ? "task" : "mention", id);
  if (record == NULL)
    return;

  author = mash_facts_lookup (MASH_FACTS (self), "staff",
                              mash_record_get_stamps (record)->created_by);
  out->asked = g_strdup (mash_record_get_text (record, task ? "what" : "why"));
  out->asked_by = g_strdup (author != NULL ? mash_record_get_text (author, "name") : NULL);
  due = task ? mash_record_get_text (record, "due-at") : NULL;
  if (due != NULL)
    mash_time_parse (due, &out->asked_due);
}

/* How late the nearest clock of a row may be due, for the row to be asked for. */
static gint64
get_latest (MashStore           *self,
            const MashTrayQuery *query)
{
  return query->late || query->tray == MASH_TRAY_LATE ? mash_store_get_now (self) - 1 : G_MAXINT64;
}

static void
bind_query (MashStore           *self,
            MashStatement       *row,
            const MashTrayQuery *query,
            int                  urgency)
{
  mash_statement_bind (row, "tditttti", self->person, urgency, get_latest (self, query),
                       query->state, query->team, query->locality, query->with,
                       (gint64) (query->missing != FALSE));
}

static void
bind_key (MashStatement     *row,
          const MashTrayKey *after)
{
  mash_statement_bind_int (row, N_FILTERS + 1, after->due);
  mash_statement_bind_text (row, N_FILTERS + 2, after->contact);
}

static gboolean
can_read (MashStore *self,
          MashTrayId tray)
{
  return trays[tray].rows != NULL && (tray != MASH_TRAY_TO_SIGN || may_sign (self));
}

static gboolean
is_asked_for (const MashTrayQuery *query,
              int                  urgency)
{
  return query->urgency == MASH_TRAY_ANY_URGENCY || query->urgency == urgency;
}

/* How many rows of one urgency stand behind a key. */
static gboolean
count_behind (MashStore           *self,
              const MashTrayQuery *query,
              int                  urgency,
              const MashTrayKey   *after,
              guint               *count,
              GError             **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, trays[query->tray].count,
                                                         error);

  if (row == NULL)
    return FALSE;

  bind_query (self, row, query, urgency);
  bind_key (row, after);
  if (mash_statement_step (row, error) != MASH_STEP_ROW)
    return FALSE;
  *count = (guint) mash_statement_get_int (row, 0);

  return TRUE;
}

static gboolean
read_rows (MashStore           *self,
           const MashTrayQuery *query,
           int                  urgency,
           const MashTrayKey   *after,
           guint                skip,
           guint                limit,
           GPtrArray           *rows,
           GError             **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, trays[query->tray].rows,
                                                         error);
  gint64 now = mash_store_get_now (self);
  g_autofree char *today = mash_time_dup_local_date (now);
  MashStep step;

  if (row == NULL)
    return FALSE;

  bind_query (self, row, query, urgency);
  bind_key (row, after);
  mash_statement_bind_int (row, N_FILTERS + 3, limit);
  mash_statement_bind_int (row, N_FILTERS + 4, skip);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      MashTrayRow *out = read_row (self, row, today, now);

      read_asked (self, out, mash_statement_get_text (row, 19));
      g_ptr_array_add (rows, out);
    }

  return step == MASH_STEP_DONE && !mash_store_take_fault (self, error);
}

/**
 * mash_store_list_tray_page:
 * @self: a store
 * @query: which rows of which tray
 * @after: (nullable): the row behind which the page begins; %NULL for the beginning
 * @skip: how many rows behind @after are left out
 * @limit: how many rows at most
 * @error: return location for a #MashStoreError
 *
 * Reads rows of a tray by an index: by urgency, and within it by the time left on the nearest
 * clock, so that what is late leads. With nothing to skip it takes as long in a large register as
 * in a small one.
 *
 * Returns: (transfer full) (element-type MashTrayRow) (nullable): the rows
 */
GPtrArray *
mash_store_list_tray_page (MashStore           *self,
                           const MashTrayQuery *query,
                           const MashTrayKey   *after,
                           guint                skip,
                           guint                limit,
                           GError             **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  mash_store_assert (self);
  g_return_val_if_fail (query != NULL && (guint) query->tray < MASH_N_TRAYS, NULL);

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_tray_row_free);
  if (!can_read (self, query->tray))
    return g_steal_pointer (&rows);

  for (int u = after != NULL ? after->urgency : 0; u < MASH_N_TRAY_URGENCIES && rows->len < limit;
       u++)
    {
      const MashTrayKey *from = after != NULL && after->urgency == u ? after : &beginning;
      guint behind;

      if (!is_asked_for (query, u))
        continue;
      if (skip > 0)
        {
          if (!count_behind (self, query, u, from, &behind, error))
            return NULL;
          if (behind <= skip)
            {
              skip -= behind;
              continue;
            }
        }
      if (!read_rows (self, query, u, from, skip, limit - rows->len, rows, error))
        return NULL;
      skip = 0;
    }

  return g_steal_pointer (&rows);
}

/**
 * mash_store_find_tray_row:
 * @self: a store
 * @query: which rows of which tray
 * @contact: the id of a contact
 * @found: (out) (transfer full) (nullable): its row, %NULL where it is not among them
 * @error: return location for a #MashStoreError
 *
 * Returns: %TRUE when it could be read
 */
gboolean
mash_store_find_tray_row (MashStore           *self,
                          const MashTrayQuery *query,
                          const char          *contact,
                          MashTrayRow        **found,
                          GError             **error)
{
  g_autoptr (MashStatement) row = NULL;
  g_autofree char *today = NULL;
  gint64 now;
  MashStep step;

  mash_store_assert (self);
  g_return_val_if_fail (query != NULL && contact != NULL && found != NULL, FALSE);

  *found = NULL;
  if (!can_read (self, query->tray))
    return TRUE;

  row = mash_database_prepare (self->database, trays[query->tray].one, error);
  if (row == NULL)
    return FALSE;

  now = mash_store_get_now (self);
  today = mash_time_dup_local_date (now);
  bind_query (self, row, query, query->urgency);
  mash_statement_bind_text (row, N_FILTERS + 1, contact);
  step = mash_statement_step (row, error);
  if (step == MASH_STEP_ROW)
    {
      *found = read_row (self, row, today, now);
      read_asked (self, *found, mash_statement_get_text (row, 19));
    }

  return step != MASH_STEP_ERROR && !mash_store_take_fault (self, error);
}

/**
 * mash_store_list_tray:
 * @self: a store
 * @tray: a tray
 * @limit: how many rows at most
 * @error: return location for a #MashStoreError
 *
 * Reads the most urgent rows of a tray by an index: by urgency, and within it by the time left on
 * the nearest clock, so that what is late leads.
 *
 * Returns: (transfer full) (element-type MashTrayRow) (nullable): the rows
 */
GPtrArray *
mash_store_list_tray (MashStore *self,
                      MashTrayId tray,
                      guint      limit,
                      GError   **error)
{
  g_autoptr (MashTrayQuery) query = mash_tray_query_new (tray);

  return mash_store_list_tray_page (self, query, NULL, 0, limit, error);
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

/* A kept count of a tray as the person sees it: what they recommended is not theirs to sign. */
static gboolean
read_kept (MashStore  *self,
           MashTrayId  tray,
           const char *facet,
           const char *value,
           guint      *count,
           GError    **error)
{
  guint recommended;

  if (!read_count (self, trays[tray].name, trays[tray].own ? self->person : "", facet, value,
                   count, error))
    return FALSE;
  if (tray != MASH_TRAY_TO_SIGN)
    return TRUE;
  if (!read_count (self, MASH_TRAY_NAME_RECOMMENDED, self->person, facet, value, &recommended,
                   error))
    return FALSE;
  *count = may_sign (self) ? *count - recommended : 0;

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
read_days (MashStore   *self,
           const char  *tray,
           const char  *person,
           gint64       today,
           guint       *count,
           GError     **error)
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
count_late (MashStore            *self,
            const MashTrayQuery  *query,
            guint                *count,
            GError              **error)
{
  gint64 today = mash_store_get_now (self) / MASH_TIME_DAY;
  const MashTrayKey morning = { 0, today * MASH_TIME_DAY - 1, "~" };
  MashTrayId tray = query->tray;
  guint recommended = 0;

  if (!read_days (self, trays[tray].name, trays[tray].own ? self->person : "", today, count,
                  error) ||
      (tray == MASH_TRAY_TO_SIGN &&
       !read_days (self, MASH_TRAY_NAME_RECOMMENDED, self->person, today, &recommended, error)))
    return FALSE;

  *count -= recommended;
  for (int u = 0; u < MASH_N_TRAY_URGENCIES; u++)
    {
      guint n;

      if (!count_behind (self, query, u, &morning, &n, error))
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
  if (!can_read (self, query->tray))
    return TRUE;
  if (mash_tray_query_count_filters (query) == (query->late != FALSE) &&
      (query->late || query->tray == MASH_TRAY_LATE))
    return count_late (self, query, count, error);
  if (query->tray != MASH_TRAY_LATE && find_facet (query, &facet, &value, number))
    return read_kept (self, query->tray, facet, value, count, error);

  for (int u = 0; u < MASH_N_TRAY_URGENCIES; u++)
    {
      guint n = 0;

      if (is_asked_for (query, u) && !count_behind (self, query, u, &beginning, &n, error))
        return FALSE;
      *count += n;
    }

  return TRUE;
}

static const char kept_sql[] =
  "SELECT c.facet, c.value, s.name, c.n FROM tray_count c"
  " LEFT JOIN staff s ON c.facet = 'with' AND s.id = c.value"
  " WHERE c.tray = ?1 AND c.person = ?2 AND c.facet > 'day'"
  " ORDER BY c.facet, c.value";

/* What is late changes with time alone; only what is late is looked at. */
static const char late_sql[] =
  "SELECT 'state', state, NULL, count(*) FROM tray WHERE clock_due < ?1 GROUP BY state"
  " UNION ALL SELECT 'team', team, NULL, count(*) FROM tray"
  " WHERE clock_due < ?1 AND team IS NOT NULL GROUP BY team"
  " UNION ALL SELECT 'locality', locality, NULL, count(*) FROM tray"
  " WHERE clock_due < ?1 AND locality IS NOT NULL GROUP BY locality"
  " UNION ALL SELECT 'urgency', urgency, NULL, count(*) FROM tray"
  " WHERE clock_due < ?1 GROUP BY urgency"
  " UNION ALL SELECT 'with', coalesce (t.assigned_to, ''), s.name, count(*) FROM tray t"
  " LEFT JOIN staff s ON s.id = t.assigned_to WHERE t.clock_due < ?1 GROUP BY t.assigned_to"
  " UNION ALL SELECT 'missing', '', NULL, count(*) FROM tray"
  " WHERE clock_due < ?1 AND incomplete = 1";

/**
 * mash_store_list_tray_facets:
 * @self: a store
 * @tray: a tray
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (element-type MashTrayFacetRow) (nullable): what the tray can be
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

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_tray_facet_row_free);
  if (!can_read (self, tray))
    return g_steal_pointer (&rows);

  row = mash_database_prepare (self->database, late ? late_sql : kept_sql, error);
  if (row == NULL)
    return NULL;
  if (late)
    mash_statement_bind_int (row, 1, mash_store_get_now (self));
  else
    mash_statement_bind (row, "tt", trays[tray].name, trays[tray].own ? self->person : "");

  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      MashTrayFacetRow *out = g_new0 (MashTrayFacetRow, 1);

      out->facet = mash_statement_dup_text (row, 0);
      out->value = mash_statement_dup_text (row, 1);
      out->label = mash_statement_dup_text (row, 2);
      out->n = (guint) mash_statement_get_int (row, 3);
      g_ptr_array_add (rows, out);
      if (tray == MASH_TRAY_TO_SIGN &&
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
      if (trays[i].name != NULL && i != MASH_TRAY_LATE &&
          !read_kept (self, i, "", "", &counts[i], error))
        return FALSE;
    }

  return count_late (self, late, &counts[MASH_TRAY_LATE], error);
}

/**
 * mash_store_list_staff:
 * @self: a store
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (element-type MashStaffRow) (nullable): every post that is held, by name
 */
GPtrArray *
mash_store_list_staff (MashStore *self,
                       GError   **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (MashStatement) row = NULL;
  MashStep step;

  mash_store_assert (self);

  row = mash_database_prepare (self->database,
                               "SELECT s.id, p.id, s.name, p.title, p.role, a.name, p.on_duty"
                               " FROM post p JOIN staff s ON s.id = p.staff"
                               " LEFT JOIN agency a ON a.id = p.agency"
                               " WHERE p.voided_at IS NULL AND s.voided_at IS NULL"
                               " ORDER BY s.name, p.n", error);
  if (row == NULL)
    return NULL;

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_staff_row_free);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      MashStaffRow *out = g_new0 (MashStaffRow, 1);

      out->staff = mash_statement_dup_text (row, 0);
      out->post = mash_statement_dup_text (row, 1);
      out->name = mash_statement_dup_text (row, 2);
      out->title = mash_statement_dup_text (row, 3);
      out->role = mash_statement_dup_text (row, 4);
      out->agency = mash_statement_dup_text (row, 5);
      out->on_duty = mash_statement_get_int (row, 6) != 0;
      g_ptr_array_add (rows, out);
    }

  return step == MASH_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}
