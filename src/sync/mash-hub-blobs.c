/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-hub-blobs.h"

/**
 * mash_hub_call_blob_put:
 * @line: a desk's line
 * @seat: id of the seat
 * @original: of what it is a part
 * @part: which, from 0
 * @data: (nullable): its bytes; %NULL where it is only asked which part is wanted
 * @wanted: (out): which part the hub wants next; -1 where it has all of it, and -2 where what it
 *   was given is not what it is called and was thrown away
 * @error: %MASH_SYNC_ERROR_UNNAMED where the hub takes none of it from this person
 *
 * May be called again with the same, and after the person was revoked.
 *
 * Returns: whether the hub has answered
 */
gboolean
mash_hub_call_blob_put (MashHubLine         *line,
                        const char          *seat,
                        const MashOriginal  *original,
                        int                  part,
                        GBytes              *data,
                        int                 *wanted,
                        GError             **error)
{
  g_autofree char *size = g_strdup_printf ("%" G_GUINT64_FORMAT, original->size);
  g_autofree char *number = g_strdup_printf ("%d", part);
  g_autofree char *bytes = mash_hub_write_bytes (data);
  g_autoptr (MashHubRows) rows = NULL;

  rows = data != NULL
         ? mash_hub_line_ask (line, error,
                              "SELECT api1.blob_put ($1, $2, $3::bigint, $4::integer, $5::bytea)",
                              seat, original->sha256, size, number, bytes, NULL)
         : mash_hub_line_ask (line, error,
                              "SELECT api1.blob_put ($1, $2, $3::bigint, NULL, NULL)", seat,
                              original->sha256, size, NULL);
  if (rows == NULL)
    return FALSE;
  *wanted = (int) mash_hub_rows_get_number (rows, 0, 0);

  return TRUE;
}

/**
 * mash_hub_call_blob_get:
 * @line: a desk's line
 * @seat: id of the seat
 * @sha256: the fingerprint of a document
 * @part: which part, from 0
 * @size: (out): how many bytes all of it has
 * @error: %MASH_SYNC_ERROR_UNNAMED where nothing that reaches this person names it
 *
 * Returns: (transfer full) (nullable): the part; %NULL without @error where the hub has not got it
 */
GBytes *
mash_hub_call_blob_get (MashHubLine  *line,
                        const char   *seat,
                        const char   *sha256,
                        int           part,
                        guint64      *size,
                        GError      **error)
{
  g_autofree char *number = g_strdup_printf ("%d", part);
  g_autoptr (MashHubRows) rows = NULL;

  rows = mash_hub_line_ask_binary (line, error,
                                   "SELECT size, data FROM api1.blob_get ($1, $2, $3::integer)",
                                   seat, sha256, number, NULL);
  if (rows == NULL || mash_hub_rows_get_n (rows) == 0)
    return NULL;
  *size = (guint64) mash_hub_rows_get_number (rows, 0, 0);

  return mash_hub_rows_dup_bytes (rows, 0, 1);
}

/**
 * mash_hub_call_blob_lacking:
 * @line: a desk's line
 * @seat: id of the seat
 * @fingerprints: (element-type utf8): of documents, at most a thousand
 * @error: return location for a #MashSyncError
 *
 * Returns: (transfer full) (nullable) (element-type utf8): those that the hub would take from this
 *   person and has not got
 */
GPtrArray *
mash_hub_call_blob_lacking (MashHubLine  *line,
                            const char   *seat,
                            GPtrArray    *fingerprints,
                            GError      **error)
{
  g_autoptr (GString) list = g_string_new ("{");
  g_autoptr (MashHubRows) rows = NULL;
  GPtrArray *lacking;

  for (guint i = 0; i < fingerprints->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? "," : "",
                            (const char *) g_ptr_array_index (fingerprints, i));
  g_string_append_c (list, '}');
  rows = mash_hub_line_ask (line, error, "SELECT * FROM api1.blob_lacking ($1, $2::text[])", seat,
                            list->str, NULL);
  if (rows == NULL)
    return NULL;

  lacking = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < mash_hub_rows_get_n (rows); i++)
    g_ptr_array_add (lacking, g_strdup (mash_hub_rows_get_text (rows, i, 0)));

  return lacking;
}
