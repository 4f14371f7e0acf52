/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-rota.h"

#include "mash-rota.h"
#include "mash-store-private.h"

static const char rota_sql[] =
  "SELECT s.id, s.name, min (p.title), min (p.team),"
  " (SELECT id FROM rota_slot r WHERE r.date = ?1 AND r.half = 'AM' AND r.staff = s.id"
  "  AND r.voided_at IS NULL LIMIT 1),"
  " (SELECT id FROM rota_slot r WHERE r.date = ?1 AND r.half = 'PM' AND r.staff = s.id"
  "  AND r.voided_at IS NULL LIMIT 1),"
  " (SELECT count (*) FROM tray t WHERE t.assigned_to = s.id)"
  " FROM staff s JOIN post p ON p.staff = s.id"
  " WHERE s.voided_at IS NULL AND p.voided_at IS NULL"
  " GROUP BY s.id ORDER BY coalesce (min (p.team), ''), s.name, s.id";

void
mash_rota_row_free (MashRotaRow *self)
{
  if (self == NULL)
    return;

  g_free (self->staff);
  g_free (self->name);
  g_free (self->title);
  g_free (self->team);
  g_free (self->morning);
  g_free (self->afternoon);
  g_free (self);
}

/**
 * mash_store_list_rota:
 * @self: a store
 * @date: a day in full
 * @error: return location for a #MashStoreError
 *
 * As long as the list of staff, however large the register and however many days it has.
 *
 * Returns: (transfer full) (element-type MashRotaRow) (nullable): everybody who holds a post, by
 *   team and name
 */
GPtrArray *
mash_store_list_rota (MashStore   *self,
                      const char  *date,
                      GError     **error)
{
  g_autoptr (MashStatement) row = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  MashStep step;

  mash_store_assert (self);
  g_return_val_if_fail (date != NULL, NULL);

  row = mash_database_prepare (self->database, rota_sql, error);
  if (row == NULL)
    return NULL;

  mash_statement_bind_text (row, 1, date);
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_rota_row_free);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      MashRotaRow *out = g_new0 (MashRotaRow, 1);

      out->staff = mash_statement_dup_text (row, 0);
      out->name = mash_statement_dup_text (row, 1);
      out->title = mash_statement_dup_text (row, 2);
      out->team = mash_statement_dup_text (row, 3);
      out->morning = mash_statement_dup_text (row, 4);
      out->afternoon = mash_statement_dup_text (row, 5);
      out->load = (guint) mash_statement_get_int (row, 6);
      g_ptr_array_add (rows, out);
    }

  return step == MASH_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

static MashRecord *
find_slot (MashStore  *self,
           const char *date,
           const char *half,
           const char *staff)
{
  g_autoptr (GPtrArray) slots = mash_store_list (self, "rota-slot", "date", date);

  for (guint i = 0; i < slots->len; i++)
    {
      MashRecord *slot = g_ptr_array_index (slots, i);

      if (g_strcmp0 (mash_record_get_text (slot, "half"), half) == 0 &&
          g_strcmp0 (mash_record_get_text (slot, "staff"), staff) == 0)
        return mash_record_ref (slot);
    }

  return NULL;
}

/* The team and the duty are those of the post, as they are on that day. */
static MashEdit *
make_slot (MashStore  *self,
           const char *date,
           const char *half,
           const char *staff)
{
  g_autofree char *id = mash_store_make_id (self);
  g_autoptr (GPtrArray) posts = mash_store_list (self, "post", "staff", staff);
  MashEdit *edit = mash_edit_new (&mash_rota_slot_kind, id, 0);

  mash_edit_set_text (edit, "date", date);
  mash_edit_set_text (edit, "half", half);
  mash_edit_set_text (edit, "staff", staff);
  for (guint i = 0; i < MIN (posts->len, 1); i++)
    {
      MashRecord *post = g_ptr_array_index (posts, i);

      if (mash_record_has (post, "team"))
        mash_edit_set_text (edit, "team", mash_record_get_text (post, "team"));
      if (mash_record_has (post, "duty"))
        mash_edit_set_text (edit, "duty", mash_record_get_text (post, "duty"));
    }

  return edit;
}

/**
 * mash_store_set_on_duty:
 * @self: a store
 * @date: a day in full
 * @half: which half of it, a code of the list HALF
 * @staff: the id of a member of staff
 * @on_duty: whether they are
 * @error: %MASH_STORE_ERROR_REFUSED where the person who is signed in may not set the rota
 *
 * Enters somebody, or takes their entry back; what stands so already is left alone.
 *
 * Returns: %TRUE when it stands so
 */
gboolean
mash_store_set_on_duty (MashStore   *self,
                        const char  *date,
                        const char  *half,
                        const char  *staff,
                        gboolean     on_duty,
                        GError     **error)
{
  g_autoptr (MashRecord) slot = NULL;
  g_autoptr (MashGroup) group = NULL;
  MashEdit *edit;

  mash_store_assert (self);
  g_return_val_if_fail (date != NULL && half != NULL && staff != NULL, FALSE);

  slot = find_slot (self, date, half, staff);
  if ((slot != NULL) == on_duty)
    return TRUE;

  group = mash_group_new ("set-rota", NULL);
  if (on_duty)
    {
      edit = make_slot (self, date, half, staff);
    }
  else
    {
      edit = mash_edit_new_for (slot);
      mash_edit_void (edit, "Not on duty");
    }
  mash_group_take_edit (group, edit);

  return mash_store_submit (self, group, NULL, error);
}
