/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-hub.h"
#include "mash-store-private.h"
#include "mash-time.h"

/* In the order of MASH_STORE_CHANGE_COLUMNS. A look is a group by itself. */
static const char looks_sql[] =
  "SELECT id, id, 0, 1, desk, person, post, action, record, 0, compartment, format, said_at, salt,"
  " body, signature FROM access WHERE position > ?1 ORDER BY position LIMIT ?2";

/* Always one row. */
static const char names_sql[] =
  "SELECT s.name, p.title, g.name FROM (SELECT 1) LEFT JOIN staff s ON s.id = ?1"
  " LEFT JOIN post p ON p.id = ?2 LEFT JOIN agency g ON g.id = p.agency";

/**
 * mash_store_list_looks:
 * @self: a seat
 * @max_looks: how many at most
 * @first: (out): the place of the first of them among all looks of this desk, from 1
 * @error: return location for a #MashStoreError
 *
 * Who looked at what, and what was done with keys and backups, as far as the hub does not have it.
 *
 * Returns: (transfer full) (element-type MashSigned) (nullable): in their order; nothing in it when
 *   the hub has all
 */
GPtrArray *
mash_store_list_looks (MashStore  *self,
                       guint       max_looks,
                       guint64    *first,
                       GError    **error)
{
  g_autoptr (MashStatement) place = NULL;
  g_autoptr (MashStatement) row = NULL;
  g_autoptr (GPtrArray) looks = NULL;
  gint64 handed;
  MashStep step;

  mash_store_assert (self);

  place = mash_database_prepare (self->database, "SELECT looks_handed FROM meta", error);
  if (place == NULL || mash_statement_step (place, error) != MASH_STEP_ROW)
    return NULL;
  handed = mash_statement_get_int (place, 0);
  *first = (guint64) handed + 1;
  row = mash_database_prepare (self->database, looks_sql, error);
  if (row == NULL)
    return NULL;

  mash_statement_bind (row, "iu", handed, max_looks);
  looks = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_signed_free);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      g_autoptr (MashChange) look = mash_store_read_change (row, self->info->hub);

      g_ptr_array_add (looks, mash_signed_new (look));
    }

  return step == MASH_STEP_DONE ? g_steal_pointer (&looks) : NULL;
}

/**
 * mash_store_hand_looks:
 * @self: a seat
 * @n_looks: how many of the listed ones the hub has now
 * @error: return location for a #MashStoreError
 *
 * They stay here too.
 *
 * Returns: whether that is durable
 */
gboolean
mash_store_hand_looks (MashStore  *self,
                       guint       n_looks,
                       GError    **error)
{
  mash_store_assert (self);

  return mash_database_run (self->database, error,
                            "UPDATE meta SET looks_handed = looks_handed + ?1", "u", n_looks);
}

/**
 * mash_store_repeat_looks:
 * @self: a seat whose hub has fewer of its looks than it had: it was put back
 * @error: return location for a #MashStoreError
 *
 * All of them are given to the hub again, which passes over what it has.
 *
 * Returns: whether that is durable
 */
gboolean
mash_store_repeat_looks (MashStore  *self,
                         GError    **error)
{
  mash_store_assert (self);

  return mash_database_run (self->database, error,
                            "UPDATE meta SET looks_handed = 0", NULL);
}

/**
 * mash_store_name_looks:
 * @self: a seat
 * @looks: (element-type MashChange): what its hub has of who looked
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (element-type MashAccessRow) (nullable): the same with the names of
 *   people, posts and agencies
 */
GPtrArray *
mash_store_name_looks (MashStore  *self,
                       GPtrArray  *looks,
                       GError    **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (MashStatement) names = NULL;

  mash_store_assert (self);

  names = mash_database_prepare (self->database, names_sql, error);
  if (names == NULL)
    return NULL;

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_access_row_free);
  for (guint i = 0; i < looks->len; i++)
    {
      const MashChange *look = g_ptr_array_index (looks, i);
      MashAccessRow *row = g_new0 (MashAccessRow, 1);

      g_ptr_array_add (rows, row);
      mash_statement_bind (names, "tt", look->person, look->post);
      if (mash_statement_step (names, error) != MASH_STEP_ROW)
        return NULL;
      row->id = g_strdup (look->id);
      row->person = g_strdup (look->person);
      row->person_name = mash_statement_dup_text (names, 0);
      row->post_title = mash_statement_dup_text (names, 1);
      row->agency_name = mash_statement_dup_text (names, 2);
      row->action = g_strdup (look->kind);
      if (!mash_time_parse (look->said_at, &row->at))
        row->at = 0;
      mash_statement_reset (names);
    }

  return g_steal_pointer (&rows);
}
