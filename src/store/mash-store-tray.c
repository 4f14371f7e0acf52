/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-private.h"

#include "mash-family.h"
#include "mash-time.h"
#include "mash-tray-table.h"

#define COLUMNS \
  "SELECT t.contact, t.reference, t.state, t.brag, t.level, t.concern, t.source, t.strand_p," \
  " t.missing, t.assigned_to, s.name, t.clock_type, t.clock_started, t.clock_due," \
  " t.received_at, t.created_at, t.harm" \
  " FROM tray t LEFT JOIN staff s ON s.id = t.assigned_to"

#define ORDER " ORDER BY t.urgency, t.clock_due, t.contact LIMIT ?3"

/* How each tray is read. `?1` is the person who looks, `?2` the time now. */
static const struct
{
  const char *sql;
  const char *name;
  gboolean    own;
} trays[MASH_N_TRAYS] = {
  [MASH_TRAY_FRONT_DOOR] = {
    COLUMNS " WHERE t.undecided = 1" ORDER, MASH_TRAY_NAME_FRONT_DOOR, FALSE,
  },
  [MASH_TRAY_MINE] = {
    COLUMNS " WHERE t.assigned_to = ?1" ORDER, MASH_TRAY_NAME_MINE, TRUE,
  },
  [MASH_TRAY_REQUESTS] = { NULL, NULL, FALSE },
  [MASH_TRAY_STRATEGY] = {
    COLUMNS " WHERE t.strategy = 1" ORDER, MASH_TRAY_NAME_STRATEGY, FALSE,
  },
  [MASH_TRAY_TO_SIGN] = {
    COLUMNS " WHERE t.tray = 'to-sign' AND t.recommended_by IS NOT ?1" ORDER,
    MASH_TRAY_NAME_TO_SIGN, FALSE,
  },
  [MASH_TRAY_WAITING] = {
    COLUMNS " WHERE t.tray IN ('waiting', 'sent')" ORDER, MASH_TRAY_NAME_WAITING, FALSE,
  },
  [MASH_TRAY_RETURNED] = {
    COLUMNS " WHERE t.tray = 'returned'" ORDER, MASH_TRAY_NAME_RETURNED, FALSE,
  },
  [MASH_TRAY_LATE] = {
    COLUMNS " WHERE t.clock_due < ?2" ORDER, NULL, FALSE,
  },
};

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
  out->family = mash_family_dup_name (MASH_FACTS (self), out->contact);
  out->children = mash_family_dup_children (MASH_FACTS (self), out->contact, today);

  return out;
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
mash_store_list_tray (MashStore   *self,
                      MashTrayId   tray,
                      guint        limit,
                      GError     **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (MashStatement) row = NULL;
  g_autofree char *today = NULL;
  gint64 now;
  MashStep step;

  mash_store_assert (self);
  g_return_val_if_fail ((guint) tray < MASH_N_TRAYS, NULL);

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_tray_row_free);
  if (trays[tray].sql == NULL || (tray == MASH_TRAY_TO_SIGN && !may_sign (self)))
    return g_steal_pointer (&rows);

  row = mash_database_prepare (self->database, trays[tray].sql, error);
  if (row == NULL)
    return NULL;

  now = mash_store_get_now (self);
  today = mash_time_dup_local_date (now);
  mash_statement_bind (row, "tiu", self->person, now, limit);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    g_ptr_array_add (rows, read_row (self, row, today, now));

  if (step == MASH_STEP_ERROR || mash_store_take_fault (self, error))
    return NULL;

  return g_steal_pointer (&rows);
}

static gboolean
read_count (MashStore   *self,
            const char  *tray,
            const char  *person,
            guint       *count,
            GError     **error)
{
  g_autoptr (MashStatement) row = NULL;
  MashStep step;

  row = mash_database_prepare (self->database,
                               "SELECT n FROM tray_count WHERE tray = ?1 AND person = ?2", error);
  if (row == NULL)
    return FALSE;

  mash_statement_bind (row, "tt", tray, person);
  step = mash_statement_step (row, error);
  *count = step == MASH_STEP_ROW ? (guint) mash_statement_get_int (row, 0) : 0;

  return step != MASH_STEP_ERROR;
}

/* What is late changes with time alone, so it is counted; only what is late is looked at. */
static gboolean
count_late (MashStore  *self,
            guint      *count,
            GError    **error)
{
  g_autoptr (MashStatement) row = NULL;

  row = mash_database_prepare (self->database, "SELECT count(*) FROM tray WHERE clock_due < ?1",
                               error);
  if (row == NULL)
    return FALSE;

  mash_statement_bind_int (row, 1, mash_store_get_now (self));
  if (mash_statement_step (row, error) != MASH_STEP_ROW)
    return FALSE;
  *count = (guint) mash_statement_get_int (row, 0);

  return TRUE;
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
mash_store_count_trays (MashStore  *self,
                        guint       counts[MASH_N_TRAYS],
                        GError    **error)
{
  guint recommended;

  mash_store_assert (self);

  for (guint i = 0; i < MASH_N_TRAYS; i++)
    {
      counts[i] = 0;
      if (trays[i].name != NULL &&
          !read_count (self, trays[i].name, trays[i].own ? self->person : "", &counts[i], error))
        return FALSE;
    }

  if (!read_count (self, MASH_TRAY_NAME_RECOMMENDED, self->person, &recommended, error))
    return FALSE;
  counts[MASH_TRAY_TO_SIGN] = may_sign (self) ? counts[MASH_TRAY_TO_SIGN] - recommended : 0;

  return count_late (self, &counts[MASH_TRAY_LATE], error);
}

/**
 * mash_store_list_staff:
 * @self: a store
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (element-type MashStaffRow) (nullable): every post that is held, by name
 */
GPtrArray *
mash_store_list_staff (MashStore  *self,
                       GError    **error)
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
