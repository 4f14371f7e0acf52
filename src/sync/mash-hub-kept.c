/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-hub-kept.h"

#include <string.h>

static void
append_bytes (GString *list,
              GBytes  *bytes)
{
  g_autofree char *text = mash_hub_write_bytes (bytes);

  g_string_append_printf (list, "%s\"\\%s\"", list->len > 1 ? "," : "", text);
}

/* Calls a door with changes; it answers with a number. */
static gboolean
hand_in (MashHubLine  *line,
         const char   *sql,
         const char   *seat,
         const char   *first,
         GPtrArray    *changes,
         guint64      *number,
         GError      **error)
{
  g_autoptr (GString) statements = g_string_new ("{");
  g_autoptr (GString) signatures = g_string_new ("{");
  g_autoptr (MashHubRows) rows = NULL;

  for (guint i = 0; i < changes->len; i++)
    {
      const MashSigned *change = g_ptr_array_index (changes, i);
      g_autoptr (GBytes) signature = g_bytes_new_static (change->signature,
                                                         sizeof change->signature);

      append_bytes (statements, change->statement);
      append_bytes (signatures, signature);
    }
  g_string_append_c (statements, '}');
  g_string_append_c (signatures, '}');
  rows = mash_hub_line_ask (line, error, sql, seat, statements->str, signatures->str, first, NULL);
  if (rows == NULL)
    return FALSE;
  *number = g_ascii_strtoull (mash_hub_rows_get_text (rows, 0, 0), NULL, 10);

  return TRUE;
}

/**
 * mash_hub_call_view:
 * @line: a desk's line
 * @seat: id of the seat
 * @first: the place of the first look in the seat's own chain, from 1
 * @looks: (element-type MashSigned): signed looks in their order
 * @last: (out): the place of the last look that the hub has
 * @error: %MASH_SYNC_ERROR_BEHIND where the hub has others in these places, %MASH_SYNC_ERROR_GAP
 *   where it misses some before
 *
 * May be called again with the same.
 *
 * Returns: whether the hub has them
 */
gboolean
mash_hub_call_view (MashHubLine  *line,
                    const char   *seat,
                    guint64       first,
                    GPtrArray    *looks,
                    guint64      *last,
                    GError      **error)
{
  g_autofree char *place = g_strdup_printf ("%" G_GUINT64_FORMAT, first);

  return hand_in (line, "SELECT api1.view ($1, $4::bigint, $2::bytea[], $3::bytea[])", seat, place,
                  looks, last, error);
}

/* Where a look stands among the others: when the hub took it, of which seat, and where there. */
static char *
dup_place (MashHubRows *rows,
           guint        i)
{
  return g_strdup_printf ("%s %s %s", mash_hub_rows_get_text (rows, i, 0),
                          mash_hub_rows_get_text (rows, i, 1), mash_hub_rows_get_text (rows, i, 2));
}

/**
 * mash_hub_call_looks:
 * @line: a desk's line
 * @seat: id of the seat of somebody who may know who looked
 * @record: the id of what was looked at
 * @before: (nullable): where the last page ended; %NULL for the newest
 * @max_looks: how many at most
 * @next: (out) (transfer full) (nullable): where this page ends; %NULL when there is no other
 * @error: %MASH_SYNC_ERROR_REVOKED for whose role may not know
 *
 * Returns: (transfer full) (nullable) (element-type MashChange): the looks of everybody, the newest
 *   first; what cannot be read is left out
 */
GPtrArray *
mash_hub_call_looks (MashHubLine  *line,
                     const char   *seat,
                     const char   *record,
                     const char   *before,
                     guint         max_looks,
                     char        **next,
                     GError      **error)
{
  g_auto (GStrv) place = g_strsplit (before != NULL ? before : "", " ", 3);
  gboolean follows = g_strv_length (place) == 3;
  g_autofree char *most = g_strdup_printf ("%u", max_looks);
  g_autoptr (MashHubRows) rows = NULL;
  GPtrArray *looks;
  guint n;

  *next = NULL;
  rows = mash_hub_line_ask (line, error,
                            "SELECT took_at, at_seat, place, statement FROM api1.looks ($1, $2,"
                            " nullif ($4, ''), $5, nullif ($6, '')::bigint, $3::integer)", seat,
                            record, most, follows ? place[0] : "", follows ? place[1] : "",
                            follows ? place[2] : "", NULL);
  if (rows == NULL)
    return NULL;

  n = mash_hub_rows_get_n (rows);
  looks = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_change_free);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GBytes) statement = mash_hub_rows_dup_bytes (rows, i, 3);
      MashChange *look = mash_change_from_statement (statement, NULL);

      if (look != NULL)
        g_ptr_array_add (looks, look);
    }
  if (n > 0 && n >= max_looks)
    *next = dup_place (rows, n - 1);

  return looks;
}

/**
 * mash_hub_call_quarantine:
 * @line: a desk's line
 * @seat: id of the seat
 * @changes: (element-type MashSigned): work that its author cannot send any more
 * @n_kept: (out): how many the hub did not have
 * @error: return location for a #MashSyncError
 *
 * Also for who is suspended, or whose vetting has lapsed. May be called again with the same.
 *
 * Returns: whether the hub keeps them for a manager
 */
gboolean
mash_hub_call_quarantine (MashHubLine  *line,
                          const char   *seat,
                          GPtrArray    *changes,
                          guint64      *n_kept,
                          GError      **error)
{
  return hand_in (line, "SELECT api1.quarantine ($1, $2::bytea[], $3::bytea[]) WHERE $4 <> ''",
                  seat, "-", changes, n_kept, error);
}

/**
 * mash_hub_call_reoffer:
 * @line: a desk's line
 * @seat: id of the seat
 * @changes: (element-type MashSigned): entries of a history that the hub no longer has
 * @n_kept: (out): how many the hub did not have
 * @error: return location for a #MashSyncError
 *
 * With their authors and signatures as they were. May be called again with the same.
 *
 * Returns: whether the hub keeps them for a manager
 */
gboolean
mash_hub_call_reoffer (MashHubLine  *line,
                       const char   *seat,
                       GPtrArray    *changes,
                       guint64      *n_kept,
                       GError      **error)
{
  return hand_in (line, "SELECT api1.reoffer ($1, $2::bytea[], $3::bytea[]) WHERE $4 <> ''", seat,
                  "-", changes, n_kept, error);
}

/**
 * mash_hub_keep_recovered:
 * @line: the administrator's line
 * @by: id of who hands it in
 * @changes: (element-type MashSigned): what somebody had not sent, found on their desk; at most a
 *   thousand
 * @n_kept: (out): how many the hub did not have
 * @error: return location for a #MashSyncError
 *
 * May be called again with the same.
 *
 * Returns: whether the hub keeps them for a manager
 */
gboolean
mash_hub_keep_recovered (MashHubLine  *line,
                         const char   *by,
                         GPtrArray    *changes,
                         guint64      *n_kept,
                         GError      **error)
{
  return mash_hub_line_run (line, "SET search_path = mash, pg_temp", error) &&
         hand_in (line, "SELECT mash.put_aside (jsonb_populate_record (NULL::mash.seat,"
                  " jsonb_build_object ('id', $1::text, 'person', $4::text)), 'recovered',"
                  " $2::bytea[], $3::bytea[])", "administrator", by, changes, n_kept, error) &&
         mash_hub_line_run (line, "RESET search_path", error);
}

void
mash_waiting_free (MashWaiting *self)
{
  if (self == NULL)
    return;

  g_free (self->step);
  g_free (self->reason);
  g_free (self->handed_by);
  g_free (self->handed_at);
  g_free (self->desk);
  g_free (self->person);
  g_clear_pointer (&self->change, mash_signed_free);
  g_free (self);
}

static MashWaiting *
read_waiting (MashHubRows *rows,
              guint        i)
{
  g_autoptr (GBytes) signature = mash_hub_rows_dup_bytes (rows, i, 7);
  MashWaiting *waiting = g_new0 (MashWaiting, 1);
  gsize length;
  const guint8 *data = g_bytes_get_data (signature, &length);

  waiting->step = g_strdup (mash_hub_rows_get_text (rows, i, 0));
  waiting->reason = g_strdup (mash_hub_rows_get_text (rows, i, 1));
  waiting->handed_by = g_strdup (mash_hub_rows_get_text (rows, i, 2));
  waiting->handed_at = g_strdup (mash_hub_rows_get_text (rows, i, 3));
  waiting->desk = g_strdup (mash_hub_rows_get_text (rows, i, 4));
  waiting->person = g_strdup (mash_hub_rows_get_text (rows, i, 5));
  waiting->change = g_new0 (MashSigned, 1);
  waiting->change->statement = mash_hub_rows_dup_bytes (rows, i, 6);
  if (length == sizeof waiting->change->signature)
    memcpy (waiting->change->signature, data, length);

  return waiting;
}

/**
 * mash_hub_call_waiting:
 * @line: a desk's line
 * @seat: id of the seat of somebody who may settle what others could not send
 * @error: %MASH_SYNC_ERROR_REVOKED for anybody else
 *
 * Returns: (transfer full) (nullable) (element-type MashWaiting): what is kept for a manager, a
 *   thousand changes at most, those of one step one after the other
 */
GPtrArray *
mash_hub_call_waiting (MashHubLine  *line,
                       const char   *seat,
                       GError      **error)
{
  g_autoptr (MashHubRows) rows = NULL;
  GPtrArray *list;

  rows = mash_hub_line_ask (line, error,
                            "SELECT step, reason, handed_by, handed_at, desk, person, statement,"
                            " signature FROM api1.waiting ($1, NULL)", seat, NULL);
  if (rows == NULL)
    return NULL;

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_waiting_free);
  for (guint i = 0; i < mash_hub_rows_get_n (rows); i++)
    g_ptr_array_add (list, read_waiting (rows, i));

  return list;
}

/**
 * mash_hub_call_writing:
 * @line: a desk's line
 * @seat: id of the seat
 * @discussion: id of the strategy discussion that its person has open; empty for none any more
 * @place: the part of it in which they write: up to 64 letters, digits and hyphens, empty for none
 * @error: %MASH_SYNC_ERROR_OLDER at a hub that does not know the question yet
 *
 * Says where somebody writes, and asks who else does. No part of the history: the hub forgets it.
 *
 * Returns: (transfer full) (nullable) (element-type MashWriter): the others who were there in the
 *   last hours, none where the discussion does not reach the seat's person
 */
GPtrArray *
mash_hub_call_writing (MashHubLine *line,
                       const char  *seat,
                       const char  *discussion,
                       const char  *place,
                       GError     **error)
{
  g_autoptr (MashHubRows) rows = mash_hub_line_ask (line, error,
                                                    "SELECT person, at_place, silent"
                                                    " FROM api1.writing ($1, $2, $3)", seat,
                                                    discussion, place, NULL);
  GPtrArray *writers;

  if (rows == NULL)
    return NULL;

  writers = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_writer_free);
  for (guint i = 0; i < mash_hub_rows_get_n (rows); i++)
    g_ptr_array_add (writers,
                     mash_writer_new (mash_hub_rows_get_text (rows, i, 0),
                                      mash_hub_rows_get_text (rows, i, 1),
                                      (guint) mash_hub_rows_get_number (rows, i, 2)));

  return writers;
}
