/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-rota.h"
#include "mash-store-private.h"

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
  gint64 now = mash_store_get_now (self);
  MashStep step;

  mash_store_assert (self);

  row = mash_database_prepare (self->database,
                               "SELECT s.id, p.id, s.name, p.title, p.role, a.name,"
                               " (SELECT count (*) FROM tray t WHERE t.assigned_to = s.id)"
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
      out->load = (guint) mash_statement_get_int (row, 6);
      out->on_duty = mash_rota_is_on_duty (MASH_FACTS (self), out->staff, now);
      g_ptr_array_add (rows, out);
    }

  return step == MASH_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}
