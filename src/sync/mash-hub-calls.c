/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-hub-calls.h"

#include <string.h>

#include "mash-time.h"

void
mash_hello_free (MashHello *self)
{
  if (self == NULL)
    return;

  g_free (self->verdict);
  g_free (self->hub);
  g_free (self->epoch);
  g_free (self->server_time);
  g_free (self->policy);
  g_free (self);
}

/**
 * mash_hello_get_end:
 * @self: what the hub said
 * @hands_in: (out): whether the hub takes what was not sent, unapplied
 *
 * Returns: the end to which a verdict leads that is none of those with which the two go on
 */
MashSyncEnd
mash_hello_get_end (const MashHello *self,
                    gboolean        *hands_in)
{
  static const struct
  {
    const char *verdict;
    MashSyncEnd end;
    gboolean    hands_in;
  } ends[] = {
    { "desk_revoked", MASH_SYNC_END_DESK_REVOKED, TRUE },
    { "frozen", MASH_SYNC_END_FROZEN, FALSE },
    { "invited", MASH_SYNC_END_INVITED, FALSE },
    { "postless", MASH_SYNC_END_POSTLESS, TRUE },
    { "replaced", MASH_SYNC_END_REPLACED, FALSE },
    { "revoked", MASH_SYNC_END_REVOKED, TRUE },
    { "suspended", MASH_SYNC_END_SUSPENDED, TRUE },
    { "unvetted", MASH_SYNC_END_UNVETTED, TRUE },
    { "upgrade", MASH_SYNC_END_UPGRADE, FALSE },
    { "wipe", MASH_SYNC_END_WIPE, TRUE },
  };

  *hands_in = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      if (strcmp (self->verdict, ends[i].verdict) != 0)
        continue;
      *hands_in = ends[i].hands_in;
      return ends[i].end;
    }

  return MASH_SYNC_END_UNKNOWN;
}

static void
append_hex (GString      *text,
            const guint8 *data,
            gsize         length)
{
  static const char digits[] = "0123456789abcdef";

  for (gsize i = 0; i < length; i++)
    {
      g_string_append_c (text, digits[data[i] >> 4]);
      g_string_append_c (text, digits[data[i] & 15]);
    }
}

/* Bytes as PostgreSQL reads them; nothing at all for a desk that has no history yet. */
static char *
write_bytes (GBytes *bytes)
{
  GString *text = g_string_new ("\\x");
  gsize length = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  append_hex (text, data, length);

  return g_string_free (text, FALSE);
}

static void
append_item (GString      *list,
             const guint8 *data,
             gsize         length)
{
  g_string_append (list, list->len > 1 ? ",\"\\\\x" : "\"\\\\x");
  append_hex (list, data, length);
  g_string_append_c (list, '"');
}

static char *
write_number (guint64 number)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, number);
}

/**
 * mash_hub_call_hello:
 * @line: a desk's line
 * @seat: id of the seat
 * @after: the position that the desk has come to, 0 for none
 * @chain: (nullable): its chain there
 * @error: return location for a #MashSyncError
 *
 * Returns: (transfer full) (nullable): whether the two may go on, and from where
 */
MashHello *
mash_hub_call_hello (MashHubLine *line,
                     const char  *seat,
                     guint64      after,
                     GBytes      *chain,
                     GError     **error)
{
  g_autofree char *position = write_number (after);
  g_autofree char *bytes = write_bytes (chain);
  g_autofree char *format = write_number (MASH_CHANGE_FORMAT);
  g_autoptr (MashHubRows) rows = NULL;
  MashHello *self;

  rows = mash_hub_line_ask (line, error,
                            "SELECT verdict, hub, epoch, server_time, head, last_desk_seq,"
                            " policy, policy_after FROM api1.hello ($1, $2, $3::integer,"
                            " $3::integer, $4::bigint, $5::bytea)", seat, PACKAGE_VERSION,
                            format, position, bytes, NULL);
  if (rows == NULL)
    return NULL;

  self = g_new0 (MashHello, 1);
  self->verdict = g_strdup (mash_hub_rows_get_text (rows, 0, 0));
  self->hub = g_strdup (mash_hub_rows_get_text (rows, 0, 1));
  self->epoch = g_strdup (mash_hub_rows_get_text (rows, 0, 2));
  self->server_time = g_strdup (mash_hub_rows_get_text (rows, 0, 3));
  self->head = (guint64) mash_hub_rows_get_number (rows, 0, 4);
  self->last_desk_seq = (guint64) mash_hub_rows_get_number (rows, 0, 5);
  self->policy = g_strdup (mash_hub_rows_get_text (rows, 0, 6));
  self->policy_after = (guint64) mash_hub_rows_get_number (rows, 0, 7);

  return self;
}

/**
 * mash_hub_call_push:
 * @line: a desk's line
 * @seat: id of the seat
 * @first_seq: the number of the first change among all that this seat ever sent
 * @groups: (element-type GPtrArray): each an array of #MashSigned, all or nothing
 * @error: return location for a #MashSyncError
 *
 * Sends a batch. May be sent again, whatever became of it: what the hub knows it answers as before.
 *
 * Returns: (transfer full) (nullable) (element-type MashAnswer): one answer a change
 */
GPtrArray *
mash_hub_call_push (MashHubLine *line,
                    const char  *seat,
                    guint64      first_seq,
                    GPtrArray   *groups,
                    GError     **error)
{
  g_autofree char *first = write_number (first_seq);
  g_autoptr (GString) sizes = g_string_new ("{");
  g_autoptr (GString) statements = g_string_new ("{");
  g_autoptr (GString) signatures = g_string_new ("{");
  g_autoptr (MashHubRows) rows = NULL;
  GPtrArray *answers;

  for (guint g = 0; g < groups->len; g++)
    {
      GPtrArray *group = g_ptr_array_index (groups, g);

      g_string_append_printf (sizes, "%s%u", g > 0 ? "," : "", group->len);
      for (guint i = 0; i < group->len; i++)
        {
          const MashSigned *change = g_ptr_array_index (group, i);
          gsize length;
          const guint8 *data = g_bytes_get_data (change->statement, &length);

          append_item (statements, data, length);
          append_item (signatures, change->signature, sizeof change->signature);
        }
    }
  g_string_append_c (sizes, '}');
  g_string_append_c (statements, '}');
  g_string_append_c (signatures, '}');

  rows = mash_hub_line_ask (line, error,
                            "SELECT id, outcome, code, says, seq, lost FROM api1.push ($1,"
                            " $2::bigint, $3::integer[], $4::bytea[], $5::bytea[])", seat, first,
                            sizes->str, statements->str, signatures->str, NULL);
  if (rows == NULL)
    return NULL;

  answers = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_answer_free);
  for (guint i = 0; i < mash_hub_rows_get_n (rows); i++)
    {
      MashAnswer *answer = g_new0 (MashAnswer, 1);

      answer->id = g_strdup (mash_hub_rows_get_text (rows, i, 0));
      answer->outcome = g_strdup (mash_hub_rows_get_text (rows, i, 1));
      answer->code = g_strdup (mash_hub_rows_get_text (rows, i, 2));
      answer->says = g_strdup (mash_hub_rows_get_text (rows, i, 3));
      answer->seq = (guint64) mash_hub_rows_get_number (rows, i, 4);
      answer->lost = mash_hub_rows_dup_list (rows, i, 5);
      g_ptr_array_add (answers, answer);
    }

  return answers;
}

static MashEntry *
read_entry (MashHubRows *rows,
            guint        i)
{
  MashEntry *entry = g_new0 (MashEntry, 1);

  entry->seq = (guint64) mash_hub_rows_get_number (rows, i, 0);
  entry->took_at = g_strdup (mash_hub_rows_get_text (rows, i, 1));
  entry->group_end = mash_hub_rows_get_flag (rows, i, 2);
  entry->digest = mash_hub_rows_dup_bytes (rows, i, 3);
  entry->chain = mash_hub_rows_dup_bytes (rows, i, 4);
  entry->statement = mash_hub_rows_dup_bytes (rows, i, 5);
  entry->signature = mash_hub_rows_dup_bytes (rows, i, 6);
  entry->lost = mash_hub_rows_dup_list (rows, i, 7);

  return entry;
}

/**
 * mash_hub_call_pull:
 * @line: a desk's line
 * @seat: id of the seat
 * @after: the position that the desk has come to, 0 for none
 * @chain: (nullable): its chain there
 * @turned: the number of the last turn that the desk has followed; %MASH_HUB_ANY_TURN where it
 *   keeps nothing
 * @max_rows: how many entries at most, and never fewer than are in a group
 * @max_bytes: how many bytes at most, unless one group alone has more
 * @head: (out) (optional): the hub's newest position, 0 where nothing followed
 * @error: %MASH_SYNC_ERROR_DIVERGED when the chain is not the hub's, %MASH_SYNC_ERROR_TURN when
 *   there are turns to follow first
 *
 * Returns: (transfer full) (nullable) (element-type MashEntry): what follows, without a gap
 */
GPtrArray *
mash_hub_call_pull (MashHubLine *line,
                    const char  *seat,
                    guint64      after,
                    GBytes      *chain,
                    gint64       turned,
                    guint        max_rows,
                    guint        max_bytes,
                    guint64     *head,
                    GError     **error)
{
  g_autofree char *position = write_number (after);
  g_autofree char *bytes = write_bytes (chain);
  g_autofree char *most = write_number (max_rows);
  g_autofree char *room = write_number (max_bytes);
  g_autofree char *turn = g_strdup_printf ("%" G_GINT64_FORMAT, turned);
  g_autoptr (MashHubRows) rows = NULL;
  GPtrArray *entries;

  rows = mash_hub_line_ask_binary (line, error,
                                   "SELECT seq, took_at, group_end, digest, chain, statement,"
                                   " signature, lost, CASE WHEN chain IS NOT NULL THEN head END"
                                   " FROM api1.pull ($1, $2::bigint, $3::bytea, $4::integer,"
                                   " $5::integer, nullif ($6::bigint, -2))", seat, position, bytes,
                                   most, room, turn, NULL);
  if (rows == NULL)
    return NULL;

  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_entry_free);
  for (guint i = 0; i < mash_hub_rows_get_n (rows); i++)
    g_ptr_array_add (entries, read_entry (rows, i));
  if (head != NULL)
    *head = entries->len > 0 ? (guint64) mash_hub_rows_get_number (rows, entries->len - 1, 8) : 0;

  return entries;
}

/**
 * mash_hub_call_turn:
 * @line: a desk's line
 * @seat: id of the seat
 * @after: the position that the desk has come to, 0 for none
 * @chain: (nullable): its chain there
 * @turned: (inout): the number of the last turn that the desk has followed; then that of the last
 *   there is, or -1 where the hub does not know the desk's
 * @stubs: (nullable) (element-type gint64): positions of which the desk has no more than a stub
 * @error: return location for a #MashSyncError
 *
 * Returns: (transfer full) (nullable) (element-type MashEntry): the positions that were opened or
 *   closed since, and those of @stubs, each as it is given now
 */
GPtrArray *
mash_hub_call_turn (MashHubLine *line,
                    const char  *seat,
                    guint64      after,
                    GBytes      *chain,
                    gint64      *turned,
                    GArray      *stubs,
                    GError     **error)
{
  g_autofree char *position = write_number (after);
  g_autofree char *bytes = write_bytes (chain);
  g_autofree char *turn = g_strdup_printf ("%" G_GINT64_FORMAT, *turned);
  g_autoptr (GString) list = g_string_new ("{");
  g_autoptr (MashHubRows) rows = NULL;
  GPtrArray *entries;
  guint n;

  for (guint i = 0; stubs != NULL && i < stubs->len; i++)
    g_string_append_printf (list, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            g_array_index (stubs, gint64, i));
  g_string_append_c (list, '}');
  rows = mash_hub_line_ask_binary (line, error,
                                   "SELECT seq, took_at, group_end, digest, NULL, statement,"
                                   " signature, lost, turn FROM api1.turn ($1, $2::bigint,"
                                   " $3::bigint, $4::bytea, $5::bigint[])", seat, turn, position,
                                   bytes, list->str, NULL);
  if (rows == NULL)
    return NULL;

  n = mash_hub_rows_get_n (rows);
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_entry_free);
  for (guint i = 0; i + 1 < n; i++)
    g_ptr_array_add (entries, read_entry (rows, i));
  if (n > 0)
    *turned = mash_hub_rows_get_number (rows, n - 1, 8);

  return entries;
}

/**
 * mash_hub_call_ack:
 * @line: a desk's line
 * @seat: id of the seat
 * @after: the position that the desk has come to
 * @chain: its chain there
 * @unsent: how many changes wait there
 * @since: when the oldest of them was said, microseconds since 1970; 0 where none waits or it is
 *   not known
 * @error: return location for a #MashSyncError
 *
 * Returns: whether the hub noted it
 */
gboolean
mash_hub_call_ack (MashHubLine *line,
                   const char  *seat,
                   guint64      after,
                   GBytes      *chain,
                   guint64      unsent,
                   gint64       since,
                   GError     **error)
{
  g_autofree char *position = write_number (after);
  g_autofree char *bytes = write_bytes (chain);
  g_autofree char *waiting = write_number (unsent);
  g_autofree char *oldest = since > 0 ? mash_time_format (since) : g_strdup ("");
  g_autoptr (MashHubRows) rows = NULL;

  rows = mash_hub_line_ask (line, error,
                            "SELECT FROM api1.ack ($1, $2::bigint, $3::bytea, $4::bigint, $5)",
                            seat, position, bytes, waiting, oldest, NULL);

  return rows != NULL;
}

/**
 * mash_hub_call_renew:
 * @line: a desk's line
 * @seat: id of the seat
 * @next: id of the seat that is to take its place
 * @error: return location for a #MashSyncError
 *
 * Where the desk's numbers and the hub's do not agree because one of the two was put back. May be
 * called again with the same.
 *
 * Returns: whether the hub knows the new seat
 */
gboolean
mash_hub_call_renew (MashHubLine  *line,
                     const char   *seat,
                     const char   *next,
                     GError      **error)
{
  g_autoptr (MashHubRows) rows = NULL;

  rows = mash_hub_line_ask (line, error, "SELECT api1.renew ($1, $2)", seat, next, NULL);

  return rows != NULL;
}

/**
 * mash_hub_call_adopt:
 * @line: the administrator's line
 * @root_person: who signed the first change
 * @root_key: their public key, in hex
 * @entries: (element-type MashEntry): what follows in the history of a stand-alone hub, to the end
 *   of a group
 * @error: return location for a #MashSyncError
 *
 * Hands a hub that has no desk yet the next stretch of another's history.
 *
 * Returns: whether it has it
 */
gboolean
mash_hub_call_adopt (MashHubLine *line,
                     const char  *root_person,
                     const char  *root_key,
                     GPtrArray   *entries,
                     GError     **error)
{
  g_autoptr (GString) times = g_string_new ("{");
  g_autoptr (GString) statements = g_string_new ("{");
  g_autoptr (GString) signatures = g_string_new ("{");
  g_autoptr (MashHubRows) rows = NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      const MashEntry *entry = g_ptr_array_index (entries, i);
      gsize length;
      const guint8 *data = g_bytes_get_data (entry->statement, &length);

      g_string_append_printf (times, "%s%s", i > 0 ? "," : "", entry->took_at);
      append_item (statements, data, length);
      data = g_bytes_get_data (entry->signature, &length);
      append_item (signatures, data, length);
    }
  g_string_append_c (times, '}');
  g_string_append_c (statements, '}');
  g_string_append_c (signatures, '}');

  rows = mash_hub_line_ask (line, error, "SELECT mash.adopt ($1, $2, $3::text[], $4::bytea[],"
                            " $5::bytea[])", root_person, root_key, times->str, statements->str,
                            signatures->str, NULL);

  return rows != NULL;
}
