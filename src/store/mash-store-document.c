/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-time.h"

#define PART_SIZE (256 * 1024)
#define DOCUMENT_MAX_BYTES (50 * 1024 * 1024)

static gboolean
put_parts (MashStore   *self,
           const char  *sha256,
           GBytes      *content,
           GError     **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (content, &length);

  for (gsize offset = 0, part = 0; offset < length; offset += PART_SIZE, part++)
    {
      if (!mash_database_run (self->database, error,
                              "INSERT INTO document_part (sha256, part, data) VALUES (?1, ?2, ?3)",
                              "tip", sha256, (gint64) part, data + offset,
                              MIN (length - offset, (gsize) PART_SIZE)))
        return FALSE;
    }

  return TRUE;
}

/* Whether the store has the content of a document. */
gboolean
mash_store_has_document (MashStore  *self,
                         const char *sha256)
{
  g_autoptr (MashStatement) row = NULL;

  row = mash_database_prepare (self->database, "SELECT 1 FROM document WHERE sha256 = ?1", NULL);
  if (row == NULL)
    return FALSE;
  mash_statement_bind_text (row, 1, sha256);

  return mash_statement_step (row, NULL) == MASH_STEP_ROW;
}

/* Keeps the content of a document, inside the caller's transaction. */
gboolean
mash_store_put_document (MashStore   *self,
                         const char  *sha256,
                         GBytes      *content,
                         GError     **error)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  g_autofree char *at = mash_time_format (mash_store_get_now (self));

  if (strcmp (sum, sha256) != 0 || g_bytes_get_size (content) > DOCUMENT_MAX_BYTES)
    {
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_FAILED,
                   "A document is not what its fingerprint says, or larger than 50 MB");
      return FALSE;
    }
  if (mash_store_has_document (self, sha256))
    return TRUE;

  return mash_database_run (self->database, error,
                            "INSERT INTO document (sha256, size, at) VALUES (?1, ?2, ?3)", "tit",
                            sha256, (gint64) g_bytes_get_size (content), at) &&
         put_parts (self, sha256, content, error);
}

/* Whether everything that a group says it adds can be read afterwards. */
static gboolean
check_documents (MashStore  *self,
                 MashGroup  *group,
                 GError    **error)
{
  for (guint i = 0; i < mash_group_get_n_edits (group); i++)
    {
      MashEdit *edit = mash_group_get_edit (group, i);
      const char *sha256 = NULL;

      if (mash_kind_find_field (mash_edit_get_kind (edit), "sha256") != MASH_NO_FIELD)
        sha256 = mash_edit_get_text (edit, "sha256");
      if (sha256 != NULL && !mash_store_has_document (self, sha256))
        {
          mash_store_refuse (error, _("The document itself is missing; add it again."));
          return FALSE;
        }
    }

  return TRUE;
}

/* Keeps what is attached to a group, inside the group's transaction; what is there already is not
 * kept twice. */
gboolean
mash_store_put_documents (MashStore  *self,
                          MashGroup  *group,
                          GError    **error)
{
  GHashTableIter iter;
  gpointer sha256, content;

  g_hash_table_iter_init (&iter, mash_group_get_attached (group));
  while (g_hash_table_iter_next (&iter, &sha256, &content))
    {
      if (!mash_store_put_document (self, sha256, content, error))
        return FALSE;
    }

  return check_documents (self, group, error);
}

/**
 * mash_store_get_document:
 * @self: a store
 * @sha256: a fingerprint in hex, as a `source-document` has it
 * @error: %MASH_STORE_ERROR_NOT_FOUND; %MASH_STORE_ERROR_DAMAGED when it is no longer what it was
 *
 * Returns: (transfer full) (nullable): the bytes of the document
 */
GBytes *
mash_store_get_document (MashStore   *self,
                         const char  *sha256,
                         GError     **error)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  g_autoptr (MashStatement) row = NULL;
  g_autofree char *sum = NULL;
  MashStep step;

  mash_store_assert (self);
  g_return_val_if_fail (sha256 != NULL, NULL);

  if (!mash_store_has_document (self, sha256))
    {
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND,
                   "There is no document %s", sha256);
      return NULL;
    }

  row = mash_database_prepare (self->database,
                               "SELECT data FROM document_part WHERE sha256 = ?1 ORDER BY part",
                               error);
  if (row == NULL)
    return NULL;
  mash_statement_bind_text (row, 1, sha256);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      gsize length;
      const guint8 *data = mash_statement_get_data (row, 0, &length);

      g_byte_array_append (content, data, (guint) length);
    }
  if (step == MASH_STEP_ERROR)
    return NULL;

  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, content->data, content->len);
  if (strcmp (sum, sha256) != 0)
    {
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_DAMAGED,
                   "The document %s is not what its fingerprint says", sha256);
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&content));
}

/**
 * mash_store_get_policy_file:
 * @self: a store
 * @error: (nullable): as mash_store_get_document()
 *
 * Returns: (transfer full) (nullable): the policy that was last put in force; %NULL without @error
 *   where none was, and the program's own stands
 */
GBytes *
mash_store_get_policy_file (MashStore  *self,
                            GError    **error)
{
  g_autoptr (MashStatement) row = NULL;
  MashStep step;

  mash_store_assert (self);

  row = mash_database_prepare (self->database,
                               "SELECT sha256 FROM policy_version WHERE voided_at IS NULL"
                               " ORDER BY n DESC LIMIT 1", error);
  if (row == NULL)
    return NULL;
  step = mash_statement_step (row, error);

  return step == MASH_STEP_ROW
         ? mash_store_get_document (self, mash_statement_get_text (row, 0), error) : NULL;
}
