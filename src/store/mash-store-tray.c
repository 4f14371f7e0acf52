/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-tray-private.h"

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

/* When the clock that is shown is due. Where one leads, the order goes by the nearest of all: what
 * is late stays so, whatever is shown. */
#define SHOWN_DUE \
  "CASE WHEN t.urgency < 0 THEN (SELECT min (c.due_at) FROM clock c WHERE c.contact = t.contact" \
  " AND c.type = t.clock_type AND c.stopped_at IS NULL AND c.voided_at IS NULL) END"

#define COLUMNS(mine) \
  "SELECT t.contact, t.reference, t.state, t.brag, t.level, t.concern, t.source, t.strand_p," \
  " t.missing, t.assigned_to, s.name, t.clock_type, t.clock_started, t.clock_due," \
  " t.received_at, t.created_at, t.harm, t.urgency, " mine ", " SHOWN_DUE

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
  " AND " k ".clock_due <= ?3 AND (?2 < 0 OR max (t.urgency, 0) = ?2)" FILTERS

#define STATEMENTS(mine, from, where, k) \
  ROWS (mine, from, where, k), COUNT (from, where, k), ONE (mine, from, where, k)

#define OPEN_TO_ALL(where) STATEMENTS ("NULL, NULL", "tray t", where, "t")

const MashTrayReading mash_trays[MASH_N_TRAYS] = {
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
    STATEMENTS ("m.why, m.record",
                "tray t LEFT JOIN tray_asked m ON m.person = ?1 AND m.contact = t.contact",
                "t.signing = 1 AND ((t.tray = 'to-sign' AND t.recommended_by IS NOT ?1)"
                " OR m.person IS NOT NULL)", "t"),
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

/* What waits for the signature of somebody who decides on no contact. */
static const MashTrayReading asked_tray = {
  STATEMENTS ("m.why, m.record", "tray_asked m JOIN tray t ON t.contact = m.contact",
              "m.person = ?1", "m"),
  MASH_TRAY_NAME_ASKED, TRUE,
};

const MashTrayKey mash_tray_start = { MASH_TRAY_URGENCY_LED, G_MININT64, "" };

/* Whether the person's role may approve at all; what others may sign is no work of theirs. */
gboolean
mash_store_may_sign (MashStore *self)
{
  const MashDeed *deed = mash_policy_find_deed (self->policy, "approve");

  return deed != NULL && mash_policy_get_grant (self->policy, self->role, deed->permission,
                                                NULL) != MASH_GRANT_NO;
}

const MashTrayReading *
mash_store_get_tray_reading (MashStore *self,
                             MashTrayId tray)
{
  return tray == MASH_TRAY_TO_SIGN && !mash_store_may_sign (self) ? &asked_tray
                                                                  : &mash_trays[tray];
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
      if (!mash_statement_is_null (row, 20))
        mash_time_parse (mash_statement_get_text (row, 20), &out->clock_due);
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

/* Which record is to be signed, and in which capacity. */
static void
read_request (MashStore   *self,
              MashTrayRow *out,
              const char  *id)
{
  g_autoptr (MashRecord) request = mash_facts_lookup (MASH_FACTS (self), "sd-request", id);

  if (request == NULL)
    return;

  out->asked = g_steal_pointer (&out->why);
  out->why = g_strdup ("sign");
  out->discussion = g_strdup (mash_record_get_text (request, "discussion"));
}

/* What somebody is asked to do or to look at, and by whom. */
static void
read_asked (MashStore   *self,
            MashTrayId   tray,
            MashTrayRow *out,
            const char  *id)
{
  gboolean task = g_strcmp0 (out->why, MASH_TRAY_WHY_TASK) == 0;
  g_autoptr (MashRecord) record = NULL;
  g_autoptr (MashRecord) author = NULL;
  const char *due;

  if (id != NULL && tray == MASH_TRAY_TO_SIGN)
    read_request (self, out, id);
  if (id == NULL || tray == MASH_TRAY_TO_SIGN)
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

gboolean
mash_store_can_read_tray (MashStore *self,
                          MashTrayId tray)
{
  return mash_trays[tray].rows != NULL;
}

/* How many rows of one urgency stand behind a key. */
gboolean
mash_store_count_behind (MashStore           *self,
                         const MashTrayQuery *query,
                         int                  urgency,
                         const MashTrayKey   *after,
                         guint               *count,
                         GError             **error)
{
  const char *sql = mash_store_get_tray_reading (self, query->tray)->count;
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, sql, error);

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
  const char *sql = mash_store_get_tray_reading (self, query->tray)->rows;
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, sql, error);
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

      read_asked (self, query->tray, out, mash_statement_get_text (row, 19));
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
 * Reads rows of a tray by an index: by urgency, what a clock leads first of all, and within it by
 * the time left on the nearest clock, so that what is late leads. With nothing to skip it takes as
 * long in a large register as in a small one.
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
  if (!mash_store_can_read_tray (self, query->tray))
    return g_steal_pointer (&rows);

  for (int u = after != NULL ? after->urgency : MASH_TRAY_URGENCY_LED;
       u < MASH_N_TRAY_URGENCIES && rows->len < limit; u++)
    {
      const MashTrayKey *from = after != NULL && after->urgency == u ? after : &mash_tray_start;
      guint behind;

      if (!mash_tray_query_has_urgency (query, u))
        continue;
      if (skip > 0)
        {
          if (!mash_store_count_behind (self, query, u, from, &behind, error))
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
  if (!mash_store_can_read_tray (self, query->tray))
    return TRUE;

  row = mash_database_prepare (self->database,
                               mash_store_get_tray_reading (self, query->tray)->one, error);
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
      read_asked (self, query->tray, *found, mash_statement_get_text (row, 19));
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
