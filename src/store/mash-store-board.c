/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-board.h"

#include <glib/gi18n-lib.h>

#include "mash-board-table.h"
#include "mash-store-private.h"
#include "mash-time.h"

/* Open a contact, by the matrix (domain 2.2). */
#define PERMISSION_OPEN 4

/* ?1 and ?2 say behind which action the page begins, ?3 by when it is due at the latest. The agency
 * and the owner stand in every statement, so that all of them are given the same. */
#define ROWS(where) \
  "SELECT b.action, b.contact, c.reference, a.discussion, a.what," \
  " coalesce (s.name, a.owner, ''), g.name, a.number, d.number, a.chased, b.due, a.revision," \
  " a.chased_at" \
  " FROM board b JOIN sd_action a ON a.id = b.action JOIN contact c ON c.id = b.contact" \
  " JOIN strategy_discussion d ON d.id = a.discussion" \
  " LEFT JOIN staff s ON s.id = b.owner LEFT JOIN agency g ON g.id = b.agency" \
  " WHERE (b.due, b.action) > (?1, ?2) AND b.due <= ?3 AND ?4 IS NOT 0 AND ?5 IS NOT 0" where \
  " ORDER BY b.due, b.action LIMIT ?6 OFFSET ?7"

#define COUNT(where) \
  "SELECT count (*) FROM board b WHERE b.due > ?1 AND b.due <= ?2 AND ?3 IS NOT 0" \
  " AND ?4 IS NOT 0" where

/* By what is filtered: nothing, the agency, the owner, or both. */
static const char *const rows_sql[] = {
  ROWS (""),
  ROWS (" AND b.agency = ?4"),
  ROWS (" AND b.owner = ?5"),
  ROWS (" AND b.owner = ?5 AND b.agency = ?4"),
};

static const char *const count_sql[] = {
  COUNT (""),
  COUNT (" AND b.agency = ?3"),
  COUNT (" AND b.owner = ?4"),
  COUNT (" AND b.owner = ?4 AND b.agency = ?3"),
};

static const char kept_sql[] =
  "SELECT n FROM board_count WHERE agency = ?1 AND owner = ?2 AND day = ''";

static const char days_sql[] =
  "SELECT coalesce (sum (n), 0) FROM board_count WHERE agency = ?1 AND owner = ?2"
  " AND day > '' AND day < ?3";

static const char facets_sql[] =
  "SELECT 'agency', k.agency, g.name, k.n FROM board_count k JOIN agency g ON g.id = k.agency"
  " WHERE k.day = '' AND k.owner = '' AND k.agency > '' AND (?1 IS NULL OR k.agency = ?1)"
  " UNION ALL SELECT 'owner', k.owner, coalesce (s.name, k.owner), k.n FROM board_count k"
  " LEFT JOIN staff s ON s.id = k.owner"
  " WHERE k.day = '' AND k.agency = coalesce (?1, '') AND k.owner > '' ORDER BY 1, 3, 2";

/**
 * mash_store_may_look_across:
 * @self: a store
 * @permission: a permission of the matrix
 * @agency: (out) (transfer none) (nullable): the agency to whose part that is confined; %NULL for
 *   all of it
 * @error: %MASH_STORE_ERROR_REFUSED where the person’s role may not
 *
 * Returns: whether the person who is signed in may see a list across contacts
 */
gboolean
mash_store_may_look_across (MashStore   *self,
                            guint        permission,
                            const char **agency,
                            GError     **error)
{
  MashGrant grant = mash_policy_get_grant (self->policy, self->role, permission, NULL);

  *agency = grant == MASH_GRANT_YES ? NULL : self->agency;
  if (grant != MASH_GRANT_NO && grant != MASH_GRANT_CONDITION)
    return TRUE;

  mash_store_refuse (error, _("Your role does not see lists across contacts."));

  return FALSE;
}

/* What is asked for, confined to what the person may see; %FALSE where nothing of it is left. */
static gboolean
confine (MashStore            *self,
         const MashBoardQuery *query,
         const char          **agency,
         gboolean             *none,
         GError              **error)
{
  const char *own;

  *none = FALSE;
  if (!mash_store_may_look_across (self, PERMISSION_OPEN, &own, error))
    return FALSE;

  *agency = own != NULL ? own : query->agency;
  *none = own != NULL && query->agency != NULL && g_strcmp0 (own, query->agency) != 0;

  return TRUE;
}

static MashActionRow *
read_row (MashStatement *row)
{
  MashActionRow *out = g_new0 (MashActionRow, 1);

  out->action = mash_statement_dup_text (row, 0);
  out->contact = mash_statement_dup_text (row, 1);
  out->reference = mash_statement_dup_text (row, 2);
  out->discussion = mash_statement_dup_text (row, 3);
  out->what = mash_statement_dup_text (row, 4);
  out->owner = mash_statement_dup_text (row, 5);
  out->agency = mash_statement_dup_text (row, 6);
  out->number = (guint) mash_statement_get_int (row, 7);
  out->discussion_number = (guint) mash_statement_get_int (row, 8);
  out->chased = (guint) mash_statement_get_int (row, 9);
  out->due = mash_statement_get_int (row, 10);
  out->revision = mash_statement_get_int (row, 11);
  out->chased_at = mash_statement_dup_text (row, 12);

  return out;
}

/**
 * mash_store_list_board:
 * @self: a store
 * @query: which actions
 * @after: (nullable): the action behind which the page begins; %NULL for the beginning
 * @skip: how many behind @after are left out
 * @limit: how many at most
 * @error: %MASH_STORE_ERROR_REFUSED where the person’s role may not
 *
 * Reads a page by an index, and no more than the page.
 *
 * Returns: (transfer full) (element-type MashActionRow) (nullable): open actions, what is due first
 *   in front
 */
GPtrArray *
mash_store_list_board (MashStore            *self,
                       const MashBoardQuery *query,
                       const MashBoardKey   *after,
                       guint                 skip,
                       guint                 limit,
                       GError              **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)
                                                               mash_action_row_free);
  g_autoptr (MashStatement) row = NULL;
  const char *agency;
  gboolean none;
  MashStep step;

  mash_store_assert (self);
  g_return_val_if_fail (query != NULL, NULL);

  if (!confine (self, query, &agency, &none, error))
    return NULL;
  if (none)
    return g_steal_pointer (&rows);

  row = mash_database_prepare (self->database,
                               rows_sql[(agency != NULL) + 2 * (query->owner != NULL)], error);
  if (row == NULL)
    return NULL;

  mash_statement_bind (row, "itittuu", after != NULL ? after->due : G_MININT64,
                       after != NULL ? after->action : "",
                       query->late ? mash_store_get_now (self) - 1 : G_MAXINT64, agency,
                       query->owner, limit, skip);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    g_ptr_array_add (rows, read_row (row));

  return step == MASH_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

static gboolean
read_number (MashStatement *row,
             guint         *n,
             GError       **error)
{
  MashStep step = mash_statement_step (row, error);

  *n = step == MASH_STEP_ROW ? (guint) mash_statement_get_int (row, 0) : 0;

  return step != MASH_STEP_ERROR;
}

/* Of each day that is over the count is kept; only what is due today is looked at. */
static gboolean
count_late (MashStore   *self,
            const char  *agency,
            const char  *owner,
            guint       *count,
            GError     **error)
{
  gint64 now = mash_store_get_now (self);
  gint64 today = now / MASH_TIME_DAY;
  g_autofree char *day = g_strdup_printf (MASH_BOARD_DAY_FORM, today);
  g_autoptr (MashStatement) days = mash_database_prepare (self->database, days_sql, error);
  g_autoptr (MashStatement) rest = NULL;
  guint n;

  if (days == NULL)
    return FALSE;
  mash_statement_bind (days, "ttt", agency != NULL ? agency : "", owner != NULL ? owner : "", day);
  if (!read_number (days, count, error))
    return FALSE;

  rest = mash_database_prepare (self->database,
                                count_sql[(agency != NULL) + 2 * (owner != NULL)], error);
  if (rest == NULL)
    return FALSE;
  mash_statement_bind (rest, "iitt", today * MASH_TIME_DAY - 1, now - 1, agency, owner);
  if (!read_number (rest, &n, error))
    return FALSE;
  *count += n;

  return TRUE;
}

/**
 * mash_store_count_board:
 * @self: a store
 * @query: which actions
 * @count: (out): how many they are
 * @error: %MASH_STORE_ERROR_REFUSED where the person’s role may not
 *
 * Reads counts that are kept; they take as long in a large register as in a small one.
 *
 * Returns: %TRUE when it could be read
 */
gboolean
mash_store_count_board (MashStore            *self,
                        const MashBoardQuery *query,
                        guint                *count,
                        GError              **error)
{
  g_autoptr (MashStatement) row = NULL;
  const char *agency;
  gboolean none;

  mash_store_assert (self);
  g_return_val_if_fail (query != NULL && count != NULL, FALSE);

  *count = 0;
  if (!confine (self, query, &agency, &none, error))
    return FALSE;
  if (none)
    return TRUE;
  if (query->late)
    return count_late (self, agency, query->owner, count, error);

  row = mash_database_prepare (self->database, kept_sql, error);
  if (row == NULL)
    return FALSE;
  mash_statement_bind (row, "tt", agency != NULL ? agency : "",
                       query->owner != NULL ? query->owner : "");

  return read_number (row, count, error);
}

/**
 * mash_store_list_board_facets:
 * @self: a store
 * @error: %MASH_STORE_ERROR_REFUSED where the person’s role may not
 *
 * Returns: (transfer full) (element-type MashFacetRow) (nullable): the agencies and the owners
 *   that have open actions, by name, with how many
 */
GPtrArray *
mash_store_list_board_facets (MashStore  *self,
                              GError    **error)
{
  g_autoptr (GPtrArray) facets = NULL;
  g_autoptr (MashStatement) row = NULL;
  const char *agency;
  MashStep step;

  mash_store_assert (self);

  if (!mash_store_may_look_across (self, PERMISSION_OPEN, &agency, error))
    return NULL;
  row = mash_database_prepare (self->database, facets_sql, error);
  if (row == NULL)
    return NULL;

  facets = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_facet_row_free);
  mash_statement_bind_text (row, 1, agency);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    g_ptr_array_add (facets, mash_store_read_facet (row));

  return step == MASH_STEP_DONE ? g_steal_pointer (&facets) : NULL;
}
