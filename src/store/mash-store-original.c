/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-hub.h"
#include "mash-store-private.h"

#include <string.h>

/* The originals of documents on their way to the hub, and from there. What was taken in here stays
 * unconfirmed until the hub has said that it has all of it. */

enum
{
  AT_HUB_NOT,
  AT_HUB_WHOLE,
  AT_HUB_REFUSED,
};

/* What is named only by what has no answer yet is not known to the hub. */
static const char unsent_sql[] =
  "SELECT sha256, size FROM document d WHERE at_hub = 0 AND NOT EXISTS"
  " (SELECT 1 FROM outbox o JOIN change c ON c.position = o.position WHERE o.answered = 0"
  " AND o.position > ?1 AND instr (c.body, d.sha256) > 0) ORDER BY sha256 LIMIT 1";

/* What nothing names any more that is here, or that somebody has yet to see to. */
static const char unnamed_sql[] =
  "CREATE TEMP TABLE unnamed AS SELECT sha256 FROM document d"
  " WHERE NOT EXISTS (SELECT 1 FROM source_document s WHERE s.sha256 = d.sha256)"
  " AND NOT EXISTS (SELECT 1 FROM policy_version p WHERE p.sha256 = d.sha256)"
  " AND NOT EXISTS (SELECT 1 FROM refusal r"
  "   WHERE instr (r.statement, CAST (d.sha256 AS BLOB)) > 0)";

/**
 * mash_store_find_original:
 * @self: a seat
 * @after: the place of the last change that was handed in, unapplied; 0 where none was
 * @original: (out caller-allocates): the original to be sent next; its fingerprint is empty where
 *   there is none
 * @error: return location for a #MashStoreError
 *
 * Returns: whether it could be looked for
 */
gboolean
mash_store_find_original (MashStore     *self,
                          guint64        after,
                          MashOriginal  *original,
                          GError       **error)
{
  g_autoptr (MashStatement) row = NULL;
  MashStep step;

  mash_store_assert (self);
  g_return_val_if_fail (original != NULL, FALSE);

  *original = (MashOriginal) { "", 0 };
  row = mash_database_prepare (self->database, unsent_sql, error);
  if (row == NULL)
    return FALSE;
  mash_statement_bind_int (row, 1, (gint64) after);
  step = mash_statement_step (row, error);
  if (step == MASH_STEP_ROW)
    {
      g_strlcpy (original->sha256, mash_statement_get_text (row, 0), sizeof original->sha256);
      original->size = (guint64) mash_statement_get_int (row, 1);
    }

  return step != MASH_STEP_ERROR;
}

/**
 * mash_store_load_part:
 * @self: a store
 * @sha256: of a document
 * @part: which of its parts, from 0
 * @error: %MASH_STORE_ERROR_NOT_FOUND where there is no such part
 *
 * Returns: (transfer full) (nullable): its bytes
 */
GBytes *
mash_store_load_part (MashStore   *self,
                      const char  *sha256,
                      int          part,
                      GError     **error)
{
  g_autoptr (MashStatement) row = NULL;
  MashStep step;

  mash_store_assert (self);

  row = mash_database_prepare (self->database,
                               "SELECT data FROM document_part WHERE sha256 = ?1 AND part = ?2"
                               " UNION ALL SELECT x'' FROM document WHERE sha256 = ?1 AND size = 0"
                               " AND ?2 = 0", error);
  if (row == NULL)
    return NULL;
  mash_statement_bind (row, "ti", sha256, (gint64) part);
  step = mash_statement_step (row, error);
  if (step == MASH_STEP_ROW)
    return mash_statement_dup_bytes (row, 0);
  if (step == MASH_STEP_DONE)
    g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND,
                 "There is no part %d of the document %s", part, sha256);

  return NULL;
}

/**
 * mash_store_settle_original:
 * @self: a seat
 * @sha256: of a document
 * @taken: whether the hub has all of it, or takes nothing of it
 * @error: return location for a #MashStoreError
 *
 * Returns: whether that is kept
 */
gboolean
mash_store_settle_original (MashStore   *self,
                            const char  *sha256,
                            gboolean     taken,
                            GError     **error)
{
  mash_store_assert (self);

  return mash_database_run (self->database, error,
                            "UPDATE document SET at_hub = ?2 WHERE sha256 = ?1", "ti", sha256,
                            (gint64) (taken ? AT_HUB_WHOLE : AT_HUB_REFUSED));
}

/**
 * mash_store_list_originals:
 * @self: a seat
 * @after: the fingerprint of the last one that was listed before, empty at first
 * @max: how many at most
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the fingerprints of those of which the
 *   hub has said something, for it may have been put back since
 */
GPtrArray *
mash_store_list_originals (MashStore   *self,
                           const char  *after,
                           guint        max,
                           GError     **error)
{
  g_autoptr (MashStatement) row = NULL;
  g_autoptr (GPtrArray) list = NULL;
  MashStep step;

  mash_store_assert (self);

  row = mash_database_prepare (self->database,
                               "SELECT sha256 FROM document WHERE at_hub <> 0 AND sha256 > ?1"
                               " ORDER BY sha256 LIMIT ?2", error);
  if (row == NULL)
    return NULL;
  mash_statement_bind (row, "ti", after, (gint64) max);
  list = g_ptr_array_new_with_free_func (g_free);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    g_ptr_array_add (list, mash_statement_dup_text (row, 0));

  return step == MASH_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

/**
 * mash_store_miss_originals:
 * @self: a seat
 * @fingerprints: (element-type utf8): those that the hub has not got
 * @error: return location for a #MashStoreError
 *
 * They are sent again.
 *
 * Returns: whether that is kept
 */
gboolean
mash_store_miss_originals (MashStore  *self,
                           GPtrArray  *fingerprints,
                           GError    **error)
{
  g_autoptr (MashTransaction) transaction = NULL;

  mash_store_assert (self);

  transaction = mash_transaction_begin (self->database, error);
  for (guint i = 0; transaction != NULL && i < fingerprints->len; i++)
    {
      if (!mash_database_run (self->database, error,
                              "UPDATE document SET at_hub = 0 WHERE sha256 = ?1", "t",
                              g_ptr_array_index (fingerprints, i)))
        return FALSE;
    }

  return transaction != NULL && mash_transaction_commit (transaction, error);
}

static gboolean
is_named (MashStore   *self,
          const char  *sha256)
{
  g_autoptr (MashStatement) row = NULL;

  row = mash_database_prepare (self->database,
                               "SELECT 1 FROM source_document WHERE sha256 = ?1 UNION ALL"
                               " SELECT 1 FROM policy_version WHERE sha256 = ?1", NULL);
  if (row == NULL)
    return FALSE;
  mash_statement_bind_text (row, 1, sha256);

  return mash_statement_step (row, NULL) == MASH_STEP_ROW;
}

/**
 * mash_store_keep_original:
 * @self: a seat
 * @sha256: the fingerprint of a document
 * @content: what the hub gave
 * @error: %MASH_STORE_ERROR_NOT_FOUND where nothing here names it any more;
 *   %MASH_STORE_ERROR_FAILED where it is not what it is called
 *
 * Keeps it with the rest of the person's database, so that it is here without the hub from now on.
 *
 * Returns: whether it is kept
 */
gboolean
mash_store_keep_original (MashStore   *self,
                          const char  *sha256,
                          GBytes      *content,
                          GError     **error)
{
  g_autoptr (MashTransaction) transaction = NULL;
  gboolean here;

  mash_store_assert (self);

  if (!is_named (self, sha256))
    {
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND,
                   "Nothing names the document %s any more", sha256);
      return FALSE;
    }
  here = mash_store_has_document (self, sha256);
  transaction = mash_transaction_begin (self->database, error);

  return transaction != NULL && mash_store_put_document (self, sha256, content, error) &&
         (here || mash_store_settle_original (self, sha256, TRUE, error)) &&
         mash_transaction_commit (transaction, error);
}

/* Takes away the documents that nothing names any more, after what named them was closed. */
gboolean
mash_store_drop_originals (MashStore  *self,
                           GError    **error)
{
  return mash_database_execute (self->database, unnamed_sql, error) &&
         mash_database_execute (self->database,
                                "DELETE FROM document_part WHERE sha256 IN"
                                " (SELECT sha256 FROM temp.unnamed);"
                                "DELETE FROM document WHERE sha256 IN"
                                " (SELECT sha256 FROM temp.unnamed);"
                                "DROP TABLE temp.unnamed", error);
}
