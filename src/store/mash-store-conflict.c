/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-hub.h"
#include "mash-store-private.h"

/* Whether a record has two values side by side: few have. */
static gboolean
has_conflicts (MashStore  *self,
               const char *record,
               gboolean   *has,
               GError    **error)
{
  g_autoptr (MashStatement) row = NULL;
  MashStep step;

  row = mash_database_prepare (self->database,
                               "SELECT 1 FROM conflict WHERE record = ?1 AND settled_at IS NULL",
                               error);
  if (row == NULL)
    return FALSE;
  mash_statement_bind_text (row, 1, record);
  step = mash_statement_step (row, error);
  *has = step == MASH_STEP_ROW;

  return step != MASH_STEP_ERROR;
}

/* Who writes a field knows both values, or writes what is newer than either. */
static gboolean
settle_conflicts (MashStore         *self,
                  const MashEntry   *entry,
                  const MashChange  *change,
                  GError           **error)
{
  g_autoptr (MashEdit) edit = NULL;
  g_autoptr (GString) fields = g_string_new (" ");
  gboolean has = FALSE;

  if (!has_conflicts (self, change->record, &has, error))
    return FALSE;
  if (!has)
    return TRUE;
  edit = mash_change_dup_edit (change, NULL, NULL, NULL, NULL);
  for (guint i = 0; edit != NULL && i < mash_edit_get_kind (edit)->n_fields; i++)
    {
      const char *name = mash_edit_get_kind (edit)->fields[i].name;

      if (mash_edit_touches (edit, i) && !g_strv_contains ((const char *const *) entry->lost, name))
        g_string_append_printf (fields, "%s ", name);
    }

  return mash_database_run (self->database, error,
                            "UPDATE conflict SET settled_at = ?1 WHERE record = ?2"
                            " AND settled_at IS NULL AND position < ?3"
                            " AND instr (?4, ' ' || field || ' ') > 0", "ttit", entry->took_at,
                            change->record, (gint64) entry->seq, fields->str);
}

/* What gave way stays beside what stands, and what is newer than both settles it, inside the
 * caller's transaction. */
gboolean
mash_store_keep_conflicts (MashStore         *self,
                           const MashEntry   *entry,
                           const MashChange  *change,
                           const char        *contact,
                           GError           **error)
{
  if (!settle_conflicts (self, entry, change, error))
    return FALSE;
  for (guint i = 0; entry->lost[i] != NULL; i++)
    {
      MashConflict conflict = { (gint64) entry->seq, change->kind, change->record, NULL,
                                entry->lost[i] };
      gboolean kept;

      kept = mash_store_fill_conflict (self, &conflict, error) &&
             mash_database_run (self->database, error,
                                "INSERT INTO conflict (position, field, kind, record, contact,"
                                " other_by, held_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                                "itttttt", conflict.position, conflict.field, conflict.kind,
                                conflict.record, contact, change->person, conflict.held_by);
      mash_store_empty_conflict (&conflict);
      if (!kept)
        return FALSE;
    }

  return TRUE;
}
