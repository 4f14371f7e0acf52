/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-private.h"

#include <sodium.h>
#include <string.h>

#include "mash-time.h"

static const char insert_sql[] =
  "INSERT INTO change (position, state, id, group_id, idx, size, desk, person, post, kind, record,"
  " base, compartment, format, said_at, took_at, salt, body, signature, digest, chain, contact,"
  " lost) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,"
  " ?18, ?19, ?20, ?21, ?22, coalesce (?23, ''))";

static const char insert_view_sql[] =
  "INSERT INTO access (position, id, desk, person, post, action, record, compartment, format,"
  " said_at, salt, body, signature, digest, chain)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";

static void
advance (MashHead     *head,
         const char   *at,
         const guint8 *digest)
{
  head->position++;
  mash_chain_next (head->chain, (guint64) head->position, at, digest, head->chain);
}

static void
copy_data (MashStatement *row,
           int            column,
           guint8        *out,
           gsize          size)
{
  gsize length;
  const guint8 *data = mash_statement_get_data (row, column, &length);

  /* What is of the wrong length stays zeroes, which no digest agrees with. */
  if (length == size)
    memcpy (out, data, size);
}

/* Adds a change to the log at the next position; in a bulk it is written once it is signed. */
gboolean
mash_store_log (MashStore   *self,
                MashSealed  *sealed,
                const char  *took_at,
                const char  *contact,
                GError     **error)
{
  self->head.position++;
  if (self->bulk != NULL)
    {
      mash_bulk_add (self->bulk, sealed, took_at, contact);
      return TRUE;
    }

  return mash_store_write_change (self, sealed, self->head.position, took_at, contact, NULL,
                                  error);
}

static gboolean
insert_change (MashStore         *self,
               const MashSealed  *sealed,
               const char        *state,
               gint64             position,
               const char        *took_at,
               const guint8      *chain,
               const char        *contact,
               const char        *lost,
               GError           **error)
{
  const MashChange *change = sealed->change;

  g_assert (sealed->is_signed);

  return mash_database_run (self->database, error, insert_sql, "itttuuttttt" "ituttptppptt",
                            position, state, change->id, change->group, change->index,
                            change->size, change->desk, change->person, change->post,
                            change->kind, change->record, change->base, change->compartment,
                            change->format, change->said_at, took_at,
                            change->salt, sizeof change->salt, change->body,
                            change->signature, sizeof change->signature,
                            sealed->digest, sizeof sealed->digest,
                            chain, (gsize) MASH_CHANGE_DIGEST_SIZE, contact, lost);
}

/* Writes a signed change, which stands on the one that was written before. */
gboolean
mash_store_write_change (MashStore         *self,
                         const MashSealed  *sealed,
                         gint64             position,
                         const char        *took_at,
                         const char        *contact,
                         const char        *lost,
                         GError           **error)
{
  mash_chain_next (self->head.chain, (guint64) position, took_at, sealed->digest,
                   self->head.chain);

  return insert_change (self, sealed, "accepted", position, took_at, self->head.chain, contact,
                        lost, error);
}

/* Writes a signed change that has no place in the hub's order yet. */
gboolean
mash_store_write_pending (MashStore         *self,
                          const MashSealed  *sealed,
                          gint64             position,
                          const char        *contact,
                          GError           **error)
{
  static const guint8 none[MASH_CHANGE_DIGEST_SIZE] = { 0 };

  return insert_change (self, sealed, "pending", position, sealed->change->said_at, none, contact,
                        NULL, error);
}

/* Keeps no more than the link of the chain; nor what waits here, where it is the desk's own and the
 * hub has closed it since it took it. */
gboolean
mash_store_log_stub (MashStore        *self,
                     const MashEntry  *entry,
                     GError          **error)
{
  const guint8 *digest = g_bytes_get_data (entry->digest, NULL);

  mash_chain_next (self->head.chain, entry->seq, entry->took_at, digest, self->head.chain);

  return mash_database_run (self->database, error,
                            "INSERT INTO stub (position, took_at, group_end, digest, chain)"
                            " VALUES (?1, ?2, ?3, ?4, ?5)", "itdpp", self->head.position,
                            entry->took_at, entry->group_end, digest,
                            (gsize) MASH_CHANGE_DIGEST_SIZE, self->head.chain,
                            sizeof self->head.chain) &&
         mash_store_forget_pending (self, "SELECT position FROM outbox WHERE seq = ?1",
                                    self->head.position, error);
}

/* Keeps where the chain of changes ends. */
gboolean
mash_store_log_head (MashStore   *self,
                     const char  *took_at,
                     GError     **error)
{
  return mash_database_run (self->database, error,
                            "UPDATE meta SET head_position = ?1, head_chain = ?2, head_at = ?3",
                            "ipt", self->head.position, self->head.chain,
                            sizeof self->head.chain, took_at);
}

static gboolean
write_view (MashStore    *self,
            MashChange   *change,
            const guint8 *digest,
            GError      **error)
{
  return mash_database_run (self->database, error, insert_view_sql, "itttttttutptppp",
                            self->view_head.position, change->id, change->desk, change->person,
                            change->post, change->kind, change->record, change->compartment,
                            change->format, change->said_at,
                            change->salt, sizeof change->salt, change->body,
                            change->signature, sizeof change->signature,
                            digest, (gsize) MASH_CHANGE_DIGEST_SIZE,
                            self->view_head.chain, sizeof self->view_head.chain) &&
         mash_database_run (self->database, error,
                            "UPDATE meta SET view_position = ?1, view_chain = ?2, view_at = ?3",
                            "ipt", self->view_head.position, self->view_head.chain,
                            sizeof self->view_head.chain, change->said_at);
}

static gboolean
add_view (MashStore    *self,
          MashChange   *change,
          const char   *said_at,
          const guint8 *digest,
          GError      **error)
{
  g_autoptr (MashTransaction) transaction = mash_transaction_begin (self->database, error);
  MashHead before = self->view_head;

  if (transaction == NULL)
    return FALSE;

  advance (&self->view_head, said_at, digest);
  if (write_view (self, change, digest, error) && mash_transaction_commit (transaction, error))
    return TRUE;
  self->view_head = before;

  return FALSE;
}

/* Says that somebody is about to be shown something, signed, in the seat's own chain, and durable
 * before this returns: when it cannot be written, nothing may be shown. */
gboolean
mash_store_log_view (MashStore   *self,
                     const char  *action,
                     const char  *record,
                     GHashTable  *members,
                     GError     **error)
{
  const MashActor *actor = mash_store_prepare_actor (self);
  g_autofree char *id = mash_store_make_id (self);
  g_autofree char *said_at = mash_time_format (actor->now);
  g_autoptr (MashChange) change = NULL;
  g_autoptr (GError) local_error = NULL;
  guint8 salt[MASH_CHANGE_SALT_SIZE];
  guint8 digest[MASH_CHANGE_DIGEST_SIZE];
  MashSaying saying = {
    .hub = self->info->hub,
    .group = id,
    .desk = self->info->desk,
    .person = self->person,
    .post = self->post,
    .compartment = MASH_STORE_COMPARTMENT,
    .said_at = said_at,
  };

  randombytes_buf (salt, sizeof salt);
  change = mash_change_new (&saying, id, 0, 1, action, record != NULL ? record : id, 0, salt,
                            mash_body_write (members));
  if (!mash_store_sign (self, change, MASH_STORE_VIEW_PURPOSE, digest, error))
    return FALSE;

  if (add_view (self, change, said_at, digest, &local_error))
    return TRUE;
  if (mash_store_meet_full (self, local_error))
    return add_view (self, change, said_at, digest, error);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/* Reads a change from a row that begins with the columns id, group_id, idx, size, desk, person,
 * post, kind, record, base, compartment, format, said_at, salt, body, signature. */
MashChange *
mash_store_read_change (MashStatement *row,
                        const char    *hub)
{
  MashChange *change = g_new0 (MashChange, 1);

  change->hub = g_strdup (hub);
  change->id = mash_statement_dup_text (row, 0);
  change->group = mash_statement_dup_text (row, 1);
  change->index = (guint) mash_statement_get_int (row, 2);
  change->size = (guint) mash_statement_get_int (row, 3);
  change->desk = mash_statement_dup_text (row, 4);
  change->person = mash_statement_dup_text (row, 5);
  change->post = mash_statement_dup_text (row, 6);
  change->kind = mash_statement_dup_text (row, 7);
  change->record = mash_statement_dup_text (row, 8);
  change->base = mash_statement_get_int (row, 9);
  change->compartment = mash_statement_dup_text (row, 10);
  change->format = (guint) mash_statement_get_int (row, 11);
  change->said_at = mash_statement_dup_text (row, 12);
  copy_data (row, 13, change->salt, sizeof change->salt);
  change->body = mash_statement_dup_text (row, 14);
  copy_data (row, 15, change->signature, sizeof change->signature);

  return change;
}
