/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-tables.h"

#include "mash-store-error.h"

/**
 * mash_tables_check:
 * @edit: an edit
 * @record: (nullable): the record as it stands
 * @error: %MASH_STORE_ERROR_CONFLICT
 *
 * Compares before anything is set: the record must exist if and only if the edit says so, and each
 * field must still be what the edit says it was. A field that somebody else has altered meanwhile
 * is a conflict; one that the edit does not touch is none. The message names fields, never values.
 *
 * Returns: %TRUE when the edit may be applied
 */
gboolean
mash_tables_check (MashEdit    *edit,
                   MashRecord  *record,
                   GError     **error)
{
  const MashKind *kind = mash_edit_get_kind (edit);
  g_autoptr (GString) altered = g_string_new (NULL);

  if (mash_edit_is_new (edit) != (record == NULL))
    {
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_CONFLICT,
                   record == NULL ? "The %s %s does not exist" : "The %s %s exists already",
                   kind->name, mash_edit_get_id (edit));
      return FALSE;
    }
  if (record == NULL)
    return TRUE;

  if (mash_record_get_stamps (record)->voided_at != NULL ||
      mash_edit_get_base (edit) > mash_record_get_revision (record))
    {
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_CONFLICT,
                   "The %s %s is void or not as new as the edit", kind->name,
                   mash_edit_get_id (edit));
      return FALSE;
    }

  for (guint i = 0; i < kind->n_fields; i++)
    {
      if (mash_edit_touches (edit, i) &&
          !mash_values_equal (mash_edit_get_was (edit, i), mash_record_get_value (record, i)))
        g_string_append_printf (altered, "%s%s", altered->len > 0 ? ", " : "",
                                kind->fields[i].name);
    }
  if (altered->len > 0)
    {
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_CONFLICT,
                   "Altered meanwhile in the %s %s: %s", kind->name, mash_edit_get_id (edit),
                   altered->str);
      return FALSE;
    }

  return TRUE;
}
