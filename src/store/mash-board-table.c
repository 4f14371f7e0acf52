/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-board-table.h"

#include <string.h>

#include "mash-time.h"

/* Actions of a record that corrects another count when it is signed, and from then on those of the
 * other do not: no action stands on the board twice. Who is named as somebody of their own agency
 * is that person. */
static const char open_sql[] =
  "SELECT a.id, coalesce (a.owner_agency, ''),"
  " coalesce (a.owner_staff, (SELECT min (s.id) FROM staff s WHERE s.agency = a.owner_agency"
  "  AND s.name = a.owner AND s.voided_at IS NULL HAVING count (*) = 1), a.owner, ''), a.due_at"
  " FROM sd_action a JOIN strategy_discussion d ON d.id = a.discussion"
  " WHERE a.contact = ?1 AND a.status = 'OPEN' AND a.due_at IS NOT NULL AND a.voided_at IS NULL"
  " AND d.voided_at IS NULL AND d.state IS NOT 'SUPERSEDED'"
  " AND (d.supersedes IS NULL OR d.state IN ('SIGNED', 'CIRCULATED')) ORDER BY a.id";

static const char board_sql[] =
  "SELECT action, agency, owner, due FROM board WHERE contact = ?1 ORDER BY action";

static const char put_sql[] =
  "INSERT OR REPLACE INTO board (action, contact, agency, owner, due) VALUES (?1, ?2, ?3, ?4, ?5)";

static const char count_sql[] =
  "INSERT INTO board_count (agency, owner, day, n) VALUES (?1, ?2, ?3, ?4)"
  " ON CONFLICT (agency, owner, day) DO UPDATE SET n = n + excluded.n";

static const char drop_sql[] =
  "DELETE FROM board_count WHERE agency = ?1 AND owner = ?2 AND day = ?3 AND n = 0";

/* An open action as it stands on the board. */
typedef struct
{
  char  *action;
  char  *agency;
  char  *owner;
  gint64 due;
} Open;

static void
open_free (gpointer data)
{
  Open *open = data;

  g_free (open->action);
  g_free (open->agency);
  g_free (open->owner);
  g_free (open);
}

static gboolean
is_same (const Open *a,
         const Open *b)
{
  return strcmp (a->action, b->action) == 0 && strcmp (a->agency, b->agency) == 0 &&
         strcmp (a->owner, b->owner) == 0 && a->due == b->due;
}

static gint64
get_due (MashStatement *row,
         gboolean       derived)
{
  return derived ? mash_statement_get_int (row, 3) : mash_statement_get_time (row, 3);
}

static GPtrArray *
read_open (MashDatabase *database,
           const char   *sql,
           gboolean      derived,
           const char   *contact,
           GError      **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (database, sql, error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (open_free);
  MashStep step;

  if (row == NULL)
    return NULL;

  mash_statement_bind_text (row, 1, contact);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      Open *open = g_new0 (Open, 1);

      open->action = mash_statement_dup_text (row, 0);
      open->agency = mash_statement_dup_text (row, 1);
      open->owner = mash_statement_dup_text (row, 2);
      open->due = get_due (row, derived);
      g_ptr_array_add (all, open);
    }

  return step == MASH_STEP_DONE ? g_steal_pointer (&all) : NULL;
}

/* Each action is in the count of its agency, owner and day, and in those that leave one, two or all
 * of them open. */
static gboolean
count (MashDatabase *database,
       const Open   *open,
       int           by,
       GError      **error)
{
  g_autofree char *day = g_strdup_printf (MASH_BOARD_DAY_FORM, open->due / MASH_TIME_DAY);

  for (guint i = 0; i < 8; i++)
    {
      const char *agency = i & 1 ? open->agency : "";
      const char *owner = i & 2 ? open->owner : "";
      const char *on = i & 4 ? day : "";

      /* Nobody's and no agency's are those left open. */
      if ((i & 1 && *agency == '\0') || (i & 2 && *owner == '\0'))
        continue;
      if (!mash_database_run (database, error, count_sql, "tttd", agency, owner, on, by) ||
          (by < 0 && !mash_database_run (database, error, drop_sql, "ttt", agency, owner, on)))
        return FALSE;
    }

  return TRUE;
}

static const Open *
find (GPtrArray  *all,
      const char *action)
{
  for (guint i = 0; i < all->len; i++)
    {
      const Open *open = g_ptr_array_index (all, i);

      if (strcmp (open->action, action) == 0)
        return open;
    }

  return NULL;
}

/**
 * mash_board_table_refresh:
 * @tables: the tables
 * @contact: the id of a contact
 * @error: return location for a #MashStoreError
 *
 * Works out which actions of a contact are open after its records have changed, and keeps the
 * counts right. Inside the caller's transaction.
 *
 * Returns: %TRUE when it was written
 */
gboolean
mash_board_table_refresh (MashTables *tables,
                          const char *contact,
                          GError    **error)
{
  MashDatabase *database = mash_tables_get_database (tables);
  g_autoptr (GPtrArray) before = read_open (database, board_sql, TRUE, contact, error);
  g_autoptr (GPtrArray) after = before != NULL
                                ? read_open (database, open_sql, FALSE, contact, error) : NULL;

  if (after == NULL)
    return FALSE;

  for (guint i = 0; i < before->len; i++)
    {
      const Open *was = g_ptr_array_index (before, i);
      const Open *is = find (after, was->action);

      if (is != NULL && is_same (was, is))
        continue;
      if (!count (database, was, -1, error) ||
          (is == NULL && !mash_database_run (database, error, "DELETE FROM board WHERE action = ?1",
                                             "t", was->action)))
        return FALSE;
    }
  for (guint i = 0; i < after->len; i++)
    {
      const Open *is = g_ptr_array_index (after, i);
      const Open *was = find (before, is->action);

      if (was != NULL && is_same (was, is))
        continue;
      if (!mash_database_run (database, error, put_sql, "tttti", is->action, contact, is->agency,
                              is->owner, is->due) ||
          !count (database, is, 1, error))
        return FALSE;
    }

  return TRUE;
}
