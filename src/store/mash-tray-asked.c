/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-tray-asked.h"

#include <string.h>

#include "mash-tray-counts.h"

/* Sign the record of a discussion, by the matrix (domain 2.2). */
#define PERMISSION_SIGN 22

/* Requests that still wait for an answer, of the revision that stands. */
static const char requests_sql[] =
  "SELECT r.id, r.capacity, r.agency, d.chair FROM strategy_discussion d"
  " JOIN sd_request r ON r.discussion = d.id"
  " WHERE d.contact = ?1 AND d.state = 'SIGNING' AND d.voided_at IS NULL AND r.rev = d.rev"
  " AND r.answer IS NULL AND r.voided_at IS NULL ORDER BY r.n";

static const char posts_sql[] =
  "SELECT staff, role FROM post WHERE agency = ?1 AND staff IS NOT NULL AND voided_at IS NULL"
  " ORDER BY n";

static void
mine_free (gpointer data)
{
  MashTrayMine *mine = data;

  g_free (mine->person);
  g_free (mine->record);
  g_free (mine);
}

GPtrArray *
mash_tray_mine_new (void)
{
  return g_ptr_array_new_with_free_func (mine_free);
}

/**
 * mash_tray_mine_add:
 * @mine: (element-type MashTrayMine): people
 * @person: (nullable): the id of a member of staff
 * @why: a code for why the contact waits with them
 * @record: (nullable): the id of what it is about
 *
 * The first reason that is given for somebody stands.
 */
void
mash_tray_mine_add (GPtrArray  *mine,
                    const char *person,
                    const char *why,
                    const char *record)
{
  MashTrayMine *entry;

  if (person == NULL)
    return;
  for (guint i = 0; i < mine->len; i++)
    {
      if (strcmp (((MashTrayMine *) g_ptr_array_index (mine, i))->person, person) == 0)
        return;
    }

  entry = g_new0 (MashTrayMine, 1);
  entry->person = g_strdup (person);
  entry->why = g_intern_string (why);
  entry->record = g_strdup (record);
  g_ptr_array_add (mine, entry);
}

/* Anybody of an agency who may sign for it; who chairs does not sign for the police too. */
static gboolean
add_agency (MashDatabase  *database,
            MashPolicy    *policy,
            MashStatement *request,
            GPtrArray     *asked,
            GError       **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (database, posts_sql, error);
  const char *capacity = mash_statement_get_text (request, 1);
  const char *chair = mash_statement_get_text (request, 3);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, mash_statement_get_text (request, 2));
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      const char *person = mash_statement_get_text (row, 0);

      if (mash_policy_get_grant (policy, mash_statement_get_text (row, 1), PERMISSION_SIGN,
                                 NULL) != MASH_GRANT_NO &&
          (strcmp (capacity, "POLICE") != 0 || g_strcmp0 (person, chair) != 0))
        mash_tray_mine_add (asked, person, capacity, mash_statement_get_text (request, 0));
    }

  return step == MASH_STEP_DONE;
}

/**
 * mash_tray_asked_find:
 * @database: the database
 * @policy: the policy, for who may sign
 * @contact: the id of a contact
 * @asked: (element-type MashTrayMine): gets those whose signature is awaited
 * @error: return location for a #MashStoreError
 *
 * The chair is asked by name, every other capacity by its agency.
 *
 * Returns: %TRUE when it could be read
 */
gboolean
mash_tray_asked_find (MashDatabase *database,
                      MashPolicy   *policy,
                      const char   *contact,
                      GPtrArray    *asked,
                      GError      **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (database, requests_sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, contact);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      if (g_strcmp0 (mash_statement_get_text (row, 1), "CHAIR") == 0)
        mash_tray_mine_add (asked, mash_statement_get_text (row, 3), "CHAIR",
                            mash_statement_get_text (row, 0));
      else if (!mash_statement_is_null (row, 2) &&
               !add_agency (database, policy, row, asked, error))
        return FALSE;
    }

  return step == MASH_STEP_DONE;
}
