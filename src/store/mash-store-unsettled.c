/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-hub.h"
#include "mash-store-private.h"

#include <string.h>

#include "mash-body.h"
#include "mash-time.h"

static const char refusals_sql[] =
  "SELECT group_id, contact, said_at, at, code, says, statement FROM refusal"
  " WHERE settled_at IS NULL ORDER BY n";

static const char conflicts_sql[] =
  "SELECT position, kind, record, contact, field FROM conflict WHERE settled_at IS NULL"
  " AND ?1 IN (other_by, held_by) ORDER BY position, field";

static const char history_sql[] =
  "SELECT " MASH_STORE_CHANGE_COLUMNS ", position, lost FROM change"
  " WHERE record = ?1 AND state = 'accepted'"
  " AND position NOT IN (SELECT position FROM aside) ORDER BY position DESC";

void
mash_refusal_free (MashRefusal *self)
{
  if (self == NULL)
    return;

  g_free (self->group);
  g_free (self->contact);
  g_free (self->deed);
  g_free (self->said_at);
  g_free (self->at);
  g_free (self->code);
  g_free (self->says);
  g_clear_pointer (&self->edits, g_ptr_array_unref);
  g_free (self);
}

/* Lets go of what mash_store_fill_conflict() has filled in. */
void
mash_store_empty_conflict (MashConflict *conflict)
{
  g_clear_pointer (&conflict->held, g_variant_unref);
  g_clear_pointer (&conflict->held_by, g_free);
  g_clear_pointer (&conflict->held_at, g_free);
  g_clear_pointer (&conflict->other, g_variant_unref);
  g_clear_pointer (&conflict->other_by, g_free);
  g_clear_pointer (&conflict->other_at, g_free);
}

void
mash_conflict_free (MashConflict *self)
{
  if (self == NULL)
    return;

  mash_store_empty_conflict (self);
  g_free (self->kind);
  g_free (self->record);
  g_free (self->contact);
  g_free (self->field);
  g_free (self);
}

static MashRefusal *
begin_refusal (MashStatement *row)
{
  MashRefusal *refusal = g_new0 (MashRefusal, 1);

  refusal->group = mash_statement_dup_text (row, 0);
  refusal->contact = mash_statement_dup_text (row, 1);
  refusal->said_at = mash_statement_dup_text (row, 2);
  refusal->at = mash_statement_dup_text (row, 3);
  refusal->code = mash_statement_dup_text (row, 4);
  refusal->says = mash_statement_dup_text (row, 5);
  refusal->edits = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_edit_free);

  return refusal;
}

static void
add_statement (MashRefusal   *refusal,
               MashStatement *row)
{
  g_autoptr (GBytes) statement = mash_statement_dup_bytes (row, 6);
  g_autoptr (MashChange) change = mash_change_from_statement (statement, NULL);
  g_autofree char *deed = NULL;
  MashEdit *edit = change != NULL ? mash_change_dup_edit (change, &deed, NULL, NULL, NULL) : NULL;

  if (edit == NULL)
    return;
  if (refusal->deed == NULL)
    refusal->deed = g_steal_pointer (&deed);
  g_ptr_array_add (refusal->edits, edit);
}

/**
 * mash_store_list_refusals:
 * @self: a store
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (element-type MashRefusal) (nullable): the steps that the hub did not
 *   accept and that nobody has seen to, with all that was written, oldest first
 */
GPtrArray *
mash_store_list_refusals (MashStore  *self,
                          GError    **error)
{
  g_autoptr (MashStatement) row = NULL;
  g_autoptr (GPtrArray) list = NULL;
  MashRefusal *last = NULL;
  MashStep step;

  mash_store_assert (self);

  row = mash_database_prepare (self->database, refusals_sql, error);
  if (row == NULL)
    return NULL;

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_refusal_free);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      if (last == NULL || strcmp (last->group, mash_statement_get_text (row, 0)) != 0)
        {
          last = begin_refusal (row);
          g_ptr_array_add (list, last);
        }
      add_statement (last, row);
    }

  return step == MASH_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

/* What stands in the field and who said so, and what was said besides. */
gboolean
mash_store_fill_conflict (MashStore     *self,
                          MashConflict  *conflict,
                          GError       **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, history_sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, conflict->record);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      g_autoptr (MashChange) change = mash_store_read_change (row, self->info->hub);
      g_autoptr (GHashTable) members = mash_body_read (change->body, strlen (change->body), NULL);
      g_auto (GStrv) lost = g_strsplit (mash_statement_get_text (row,
                                                                 MASH_STORE_N_CHANGE_COLUMNS + 1),
                                        " ", -1);
      gboolean other = mash_statement_get_int (row, MASH_STORE_N_CHANGE_COLUMNS) ==
                       conflict->position;
      GVariant *value;

      if (members == NULL || !g_hash_table_contains (members, conflict->field))
        continue;
      value = g_hash_table_lookup (members, conflict->field);
      if (other)
        {
          conflict->other = value != NULL ? g_variant_ref (value) : NULL;
          conflict->other_by = g_strdup (change->person);
          conflict->other_at = g_strdup (change->said_at);
        }
      else if (conflict->held_by == NULL &&
               !g_strv_contains ((const char *const *) lost, conflict->field))
        {
          conflict->held = value != NULL ? g_variant_ref (value) : NULL;
          conflict->held_by = g_strdup (change->person);
          conflict->held_at = g_strdup (change->said_at);
        }
    }

  return step == MASH_STEP_DONE;
}

/**
 * mash_store_list_conflicts:
 * @self: a store
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (element-type MashConflict) (nullable): the fields in which whoever is
 *   signed in and somebody else wrote different things and nobody has chosen, oldest first
 */
GPtrArray *
mash_store_list_conflicts (MashStore  *self,
                           GError    **error)
{
  g_autoptr (MashStatement) row = NULL;
  g_autoptr (GPtrArray) list = NULL;
  MashStep step;

  mash_store_assert (self);

  row = mash_database_prepare (self->database, conflicts_sql, error);
  if (row == NULL)
    return NULL;

  mash_statement_bind_text (row, 1, self->own);
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_conflict_free);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      MashConflict *conflict = g_new0 (MashConflict, 1);

      conflict->position = mash_statement_get_int (row, 0);
      conflict->kind = mash_statement_dup_text (row, 1);
      conflict->record = mash_statement_dup_text (row, 2);
      conflict->contact = mash_statement_dup_text (row, 3);
      conflict->field = mash_statement_dup_text (row, 4);
      g_ptr_array_add (list, conflict);
    }
  if (step != MASH_STEP_DONE)
    return NULL;
  mash_statement_reset (row);

  for (guint i = 0; i < list->len; i++)
    {
      if (!mash_store_fill_conflict (self, g_ptr_array_index (list, i), error))
        return NULL;
    }

  return g_steal_pointer (&list);
}

/**
 * mash_store_settle_refusal:
 * @self: a store
 * @group: id of a step that was not accepted
 * @error: return location for a #MashStoreError
 *
 * Its author has seen to it. What was written stays in the database.
 *
 * Returns: whether that is kept
 */
gboolean
mash_store_settle_refusal (MashStore   *self,
                           const char  *group,
                           GError     **error)
{
  g_autofree char *at = mash_time_format (mash_store_get_now (self));

  mash_store_assert (self);

  return mash_database_run (self->database, error,
                            "UPDATE refusal SET settled_at = ?2 WHERE group_id = ?1"
                            " AND settled_at IS NULL", "tt", group, at);
}

/**
 * mash_store_settle_conflict:
 * @self: a store
 * @position: of the change whose value did not stand
 * @field: the field
 * @error: return location for a #MashStoreError
 *
 * What stands has been found right at this desk. Where the other value is chosen, saying so settles
 * it at every desk.
 *
 * Returns: whether that is kept
 */
gboolean
mash_store_settle_conflict (MashStore   *self,
                            gint64       position,
                            const char  *field,
                            GError     **error)
{
  g_autofree char *at = mash_time_format (mash_store_get_now (self));

  mash_store_assert (self);

  return mash_database_run (self->database, error,
                            "UPDATE conflict SET settled_at = ?3 WHERE position = ?1"
                            " AND field = ?2", "itt", position, field, at);
}

void
mash_aside_free (MashAside *self)
{
  if (self == NULL)
    return;

  g_free (self->why);
  g_free (self->at);
  g_free (self);
}

/**
 * mash_store_list_asides:
 * @self: a seat
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (nullable) (element-type MashAside): what the hub has and this desk does
 *   not follow, the latest first
 */
GPtrArray *
mash_store_list_asides (MashStore  *self,
                        GError    **error)
{
  g_autoptr (MashStatement) row = NULL;
  g_autoptr (GPtrArray) asides = NULL;
  MashStep step;

  mash_store_assert (self);

  row = mash_database_prepare (self->database,
                               "SELECT position, why, at FROM aside ORDER BY position DESC",
                               error);
  if (row == NULL)
    return NULL;
  asides = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_aside_free);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      MashAside *aside = g_new0 (MashAside, 1);

      aside->position = mash_statement_get_int (row, 0);
      aside->why = mash_statement_dup_text (row, 1);
      aside->at = mash_statement_dup_text (row, 2);
      g_ptr_array_add (asides, aside);
    }

  return step == MASH_STEP_DONE ? g_steal_pointer (&asides) : NULL;
}
