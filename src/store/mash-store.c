/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store.h"

#include <sodium.h>
#include <string.h>

#include "mash-backup.h"
#include "mash-kinds.h"
#include "mash-store-hub.h"
#include "mash-store-private.h"
#include "mash-time.h"

G_DEFINE_FINAL_TYPE_WITH_CODE (MashStore, mash_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MASH_TYPE_FACTS,
                                                      mash_store_facts_iface_init))

/* A guess at a training hub's passphrase may be cheap: it lies in a file beside the database. */
static const MashSlotCost training_cost = { 1, 8 * 1024 };

/* Refuses with a sentence that is shown as it is. */
void
mash_store_refuse (GError     **error,
                   const char  *sentence)
{
  g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED, sentence);
}

/* Whether something went wrong behind #MashFacts since the last time; then @error says what. */
gboolean
mash_store_take_fault (MashStore  *self,
                       GError    **error)
{
  if (self->fault == NULL)
    return FALSE;

  g_propagate_error (error, g_steal_pointer (&self->fault));

  return TRUE;
}

/* The actor as of now. Time goes into changes in whole milliseconds, so that what was judged when
 * it was said can be judged alike when it is read. */
const MashActor *
mash_store_prepare_actor (MashStore *self)
{
  gint64 now = mash_store_get_now (self);

  self->actor.now = now - now % MASH_TIME_MILLISECOND;

  return &self->actor;
}

static MashStore *
store_new (const char        *folder,
           const MashHubInfo *info,
           MashPolicy        *policy)
{
  MashStore *self = g_object_new (MASH_TYPE_STORE, NULL);

  self->folder = g_strdup (folder);
  self->info = mash_hub_info_copy (info);
  self->policy = mash_policy_ref (policy);

  return self;
}

static void
take_seed (MashStore  *self,
           const char *person,
           MashSecret *seed,
           char      **public_hex)
{
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];

  crypto_sign_seed_keypair (public_key, secret_key, mash_secret_get_data (seed, NULL));
  g_hash_table_replace (self->keys, g_strdup (person),
                        mash_secret_new_from_bytes (secret_key, sizeof secret_key));
  mash_secret_wipe (secret_key, sizeof secret_key);

  if (public_hex != NULL)
    {
      *public_hex = g_malloc (2 * sizeof public_key + 1);
      sodium_bin2hex (*public_hex, 2 * sizeof public_key + 1, public_key, sizeof public_key);
    }
}

static gboolean
read_head (MashStatement *row,
           int            column,
           MashHead      *head)
{
  gsize length;
  const guint8 *chain = mash_statement_get_data (row, column + 1, &length);

  if (length != sizeof head->chain)
    return FALSE;
  head->position = mash_statement_get_int (row, column);
  memcpy (head->chain, chain, length);

  return TRUE;
}

/* Where a seat took the place of another, power may have gone before the file beside the database
 * said so too. */
static gboolean
take_seat (MashStore     *self,
           MashStatement *row)
{
  if (mash_statement_get_int (row, 10) == 0)
    return FALSE;

  g_free (self->info->desk);
  self->info->desk = mash_statement_dup_text (row, 9);

  return mash_hub_info_save (self->info, self->folder, NULL);
}

static gboolean
load_meta (MashStore  *self,
           GError    **error)
{
  g_autoptr (MashStatement) row = NULL;
  MashStep step;

  row = mash_database_prepare (self->database,
                               "SELECT root_person, root_key, clock_offset, policy, training,"
                               " head_position, head_chain, view_position, view_chain, desk,"
                               " central"
                               " FROM meta", error);
  if (row == NULL)
    return FALSE;
  step = mash_statement_step (row, error);
  if (step == MASH_STEP_ERROR)
    return FALSE;

  /* What lies in the open beside the database must not turn a live hub into a training hub. */
  if (step == MASH_STEP_DONE || !read_head (row, 5, &self->head) ||
      !read_head (row, 7, &self->view_head) ||
      (mash_statement_get_int (row, 4) != 0) != self->info->training ||
      (g_strcmp0 (mash_statement_get_text (row, 9), self->info->desk) != 0 &&
       !take_seat (self, row)))
    return mash_store_error_set (error, MASH_STORE_ERROR_DAMAGED,
                                 "The database and the files beside it do not belong together");

  self->root_person = mash_statement_dup_text (row, 0);
  self->root_key = mash_statement_dup_text (row, 1);
  self->clock_offset = mash_statement_get_int (row, 2);
  self->tray_policy = mash_statement_dup_text (row, 3);
  self->central = mash_statement_get_int (row, 10) != 0;
  mash_store_compare_clock (self);

  if (!mash_store_load_outbox (self, error))
    return FALSE;
  mash_statement_reset (row);
  /* What was not swept before the desk was closed. */
  mash_store_sweep (self, NULL);

  return TRUE;
}

/* Clocks may differ from one policy to the next, and the trays go by clocks. */
static gboolean
redo_trays (MashStore  *self,
            GError    **error)
{
  const char *version = mash_policy_get_version (self->policy);
  g_autoptr (MashTransaction) transaction = NULL;

  if (g_strcmp0 (self->tray_policy, version) == 0)
    return TRUE;

  transaction = mash_transaction_begin (self->database, error);
  if (transaction == NULL || !mash_applier_redo_trays (self->applier, error) ||
      !mash_database_run (self->database, error, "UPDATE meta SET policy = ?1", "t", version) ||
      !mash_transaction_commit (transaction, error))
    {
      mash_applier_forget (self->applier);
      return FALSE;
    }

  g_free (self->tray_policy);
  self->tray_policy = g_strdup (version);

  return TRUE;
}

/* Whether the hub has a policy of its own, which whoever opens the store reads there and sets. */
static gboolean
has_own_policy (MashStore *self)
{
  g_autoptr (MashStatement) row = NULL;

  row = mash_database_prepare (self->database,
                               "SELECT 1 FROM policy_version WHERE voided_at IS NULL", NULL);

  return row != NULL && mash_statement_step (row, NULL) == MASH_STEP_ROW;
}

/* Takes over a database that has just been opened. */
static gboolean
take_database (MashStore     *self,
               MashDatabase  *database,
               GError       **error)
{
  self->database = database;
  self->tables = mash_tables_new (database);
  self->applier = mash_applier_new (self->tables, self->policy);

  return load_meta (self, error) && mash_store_fill_timeline (self, error) &&
         (has_own_policy (self) || redo_trays (self, error));
}

static gboolean
write_meta (MashStore     *self,
            MashDatabase  *database,
            const char    *person,
            const char    *public_key,
            GError       **error)
{
  g_autofree char *epoch = mash_store_make_id (self);
  guint8 zeroes[MASH_CHANGE_DIGEST_SIZE] = { 0 };

  return mash_database_run (database, error,
                            "INSERT INTO meta (one, desk, epoch, training, policy, root_person,"
                            " root_key, head_chain, view_chain, central)"
                            " VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8)", "ttdtttpd",
                            self->info->desk, epoch, self->info->training,
                            mash_policy_get_version (self->policy), person, public_key, zeroes,
                            sizeof zeroes, self->central);
}

static gboolean
make_database (MashStore   *self,
               MashSecret  *key,
               const char  *person,
               const char  *public_key,
               GError     **error)
{
  g_autoptr (MashDatabase) database = NULL;

  database = mash_database_create (self->folder, key, MASH_DATABASE_APPLICATION_ID,
                                   self->info->hub, error);

  return database != NULL && write_meta (self, database, person, public_key, error) &&
         take_database (self, g_steal_pointer (&database), error);
}

/* The id of the first administrator. That of a training hub follows from the hub’s own, so that
 * a hub that is made again is the same. */
static char *
make_root_id (MashStore *self)
{
  g_autofree char *sum = NULL;

  if (!self->info->training)
    return mash_store_make_id (self);

  /* The time of the hub's id, and what is random in one from its digest. */
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->info->hub, -1);

  return g_strdup_printf ("%.15s%.3s-8%.3s-%.12s", self->info->hub, sum, sum + 3, sum + 6);
}

/* The file that names the hub comes last: without it there is no hub to open. */
static gboolean
make_files (MashStore            *self,
            const MashSeatOwner  *owner,
            MashSecret           *passphrase,
            GError              **error)
{
  g_autoptr (MashSecret) key = mash_secret_new_random (MASH_SLOTS_DATABASE_KEY_SIZE);

  if (!make_database (self, key, owner->root_person, owner->root_key, error))
    return FALSE;

  self->slots = mash_slots_create (self->folder, self->info->hub, self->info->training,
                                   self->info->training ? &training_cost : NULL, key, error);
  if (self->slots == NULL ||
      !mash_slots_add (self->slots, owner->person, owner->sign_in, passphrase, owner->seed,
                       g_get_real_time (), error) ||
      !mash_store_save_slots (self, error) || !mash_hub_info_save (self->info, self->folder, error))
    return FALSE;

  self->sign_in = g_strdup (owner->sign_in);
  self->own = g_strdup (owner->person);

  return mash_store_load_actor (self, owner->person, NULL, error);
}

/* A change of the key that was cut off has left both: whichever opens the database is the one. */
static MashDatabase *
open_with_keys (MashStore             *self,
                MashSlotKey           *key,
                const MashStoreWatch  *watch,
                GError               **error)
{
  MashSecret *keys[] = { key->database_key, key->older_key };
  g_autoptr (GError) local_error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (keys) && keys[i] != NULL; i++)
    {
      MashDatabase *database;

      g_clear_error (&local_error);
      database = mash_database_open (self->folder, keys[i], MASH_DATABASE_APPLICATION_ID,
                                     self->info->hub, watch, &local_error);
      if (database != NULL && mash_slots_end_rekey (self->slots, keys[i], error))
        return database;
      if (database != NULL)
        {
          mash_database_free (database);
          return NULL;
        }
      if (!g_error_matches (local_error, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY))
        break;
    }

  /* The passphrase was right: what does not fit is the database. */
  if (g_error_matches (local_error, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY))
    local_error->code = MASH_STORE_ERROR_KEYS_APART;
  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

static gboolean
open_database (MashStore             *self,
               MashSlotKey           *key,
               const MashStoreWatch  *watch,
               GError               **error)
{
  MashDatabase *database;

  self->sign_in = g_strdup (key->sign_in);
  self->own = g_strdup (key->person);
  self->to_meet = watch != NULL && watch->to_meet;
  take_seed (self, key->person, key->seed, NULL);
  database = open_with_keys (self, key, watch, error);

  return database != NULL && take_database (self, database, error) &&
         mash_database_confirm_slots (database, mash_slots_get_counter (self->slots), error) &&
         mash_store_load_actor (self, key->person, NULL, error);
}

static void
mash_store_dispose (GObject *object)
{
  MashStore *self = MASH_STORE (object);

  mash_backup_stop (self->backup);
  mash_rekey_stop (self->rekey);
  mash_proof_stop (self->proof);
  g_clear_pointer (&self->bulk, mash_bulk_free);
  g_clear_pointer (&self->applier, mash_applier_free);
  g_clear_pointer (&self->tables, mash_tables_free);
  g_clear_pointer (&self->database, mash_database_free);
  g_clear_pointer (&self->keys, g_hash_table_unref);
  g_clear_pointer (&self->glimpsed, g_hash_table_unref);
  g_clear_pointer (&self->news, g_hash_table_unref);
  g_clear_pointer (&self->shut, g_hash_table_unref);
  g_clear_pointer (&self->slots, mash_slots_free);

  G_OBJECT_CLASS (mash_store_parent_class)->dispose (object);
}

static void
mash_store_finalize (GObject *object)
{
  MashStore *self = MASH_STORE (object);

  g_clear_error (&self->fault);
  g_clear_pointer (&self->policy, mash_policy_unref);
  g_clear_pointer (&self->info, mash_hub_info_free);
  g_free (self->folder);
  g_free (self->sign_in);
  g_free (self->own);
  g_free (self->person);
  g_free (self->post);
  g_free (self->role);
  g_free (self->agency);
  g_free (self->root_person);
  g_free (self->root_key);
  g_free (self->hub_policy);
  g_free (self->tray_policy);

  G_OBJECT_CLASS (mash_store_parent_class)->finalize (object);
}

static void
mash_store_class_init (MashStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mash_store_dispose;
  object_class->finalize = mash_store_finalize;
}

static void
mash_store_init (MashStore *self)
{
  self->thread = g_thread_self ();
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify) mash_secret_unref);
  self->glimpsed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->news = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->shut = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * mash_store_create:
 * @folder: an empty folder of mode 0700
 * @info: id, names and kind of the hub; ids are UUIDv7
 * @policy: the policy in force
 * @sign_in: the name with which its administrator signs in
 * @passphrase: the administrator's passphrase
 * @error: %MASH_STORE_ERROR_EXISTS when there is a hub already
 *
 * Makes a stand-alone hub: the encrypted database, the slots, and the file that says what may be
 * known of it. The administrator is its root: the first changes, which make agencies, staff and
 * posts by the deed `seed-staff` (the administrator's own staff record too, with the id of
 * mash_store_get_actor()), are signed with the key that is made here.
 *
 * Returns: (transfer full) (nullable): the store, signed in as the administrator
 */
MashStore *
mash_store_create (const char         *folder,
                   const MashHubInfo  *info,
                   MashPolicy         *policy,
                   const char         *sign_in,
                   MashSecret         *passphrase,
                   GError            **error)
{
  g_autoptr (MashStore) self = NULL;
  g_autoptr (MashSecret) seed = NULL;
  g_autofree char *person = NULL;
  g_autofree char *public_key = NULL;
  MashSeatOwner owner;

  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (info != NULL, NULL);
  g_return_val_if_fail (policy != NULL, NULL);
  g_return_val_if_fail (sign_in != NULL, NULL);
  g_return_val_if_fail (passphrase != NULL, NULL);

  self = store_new (folder, info, policy);
  seed = mash_secret_new_random (MASH_SLOTS_SEED_SIZE);
  person = make_root_id (self);
  take_seed (self, person, seed, &public_key);
  owner = (MashSeatOwner) { person, sign_in, seed, person, public_key };

  return make_files (self, &owner, passphrase, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * mash_store_create_seat:
 * @folder: an empty folder of mode 0700
 * @info: id and names of the hub; the desk is the id of the seat
 * @policy: the policy in force
 * @owner: whose seat it is
 * @passphrase: their passphrase
 * @error: %MASH_STORE_ERROR_EXISTS when there is something already
 *
 * Makes one person's database on a desk of a central hub. It is empty until the hub has been heard.
 *
 * Returns: (transfer full) (nullable): the store, signed in as the person
 */
MashStore *
mash_store_create_seat (const char           *folder,
                        const MashHubInfo    *info,
                        MashPolicy           *policy,
                        const MashSeatOwner  *owner,
                        MashSecret           *passphrase,
                        GError              **error)
{
  g_autoptr (MashStore) self = NULL;

  g_return_val_if_fail (folder != NULL && info != NULL && policy != NULL, NULL);
  g_return_val_if_fail (owner != NULL && passphrase != NULL, NULL);

  self = store_new (folder, info, policy);
  self->central = TRUE;
  take_seed (self, owner->person, owner->seed, NULL);

  return make_files (self, owner, passphrase, error) ? g_steal_pointer (&self) : NULL;
}

static MashStore *
open_once (const char           *folder,
           MashPolicy           *policy,
           const char           *sign_in,
           MashSecret           *passphrase,
           const MashStoreWatch *watch,
           GError              **error)
{
  g_autoptr (MashStore) self = NULL;
  g_autoptr (MashHubInfo) info = NULL;
  g_autoptr (MashSlots) slots = NULL;
  g_autoptr (MashSlotKey) key = NULL;

  info = mash_hub_info_load (folder, error);
  slots = info != NULL ? mash_slots_load (folder, error) : NULL;
  key = slots != NULL ? mash_slots_open (slots, sign_in, passphrase, g_get_real_time (), error)
                      : NULL;
  if (key == NULL)
    return NULL;

  self = store_new (folder, info, policy);
  self->slots = g_steal_pointer (&slots);

  return open_database (self, key, watch, error) ? g_steal_pointer (&self) : NULL;
}

MashStore *
mash_store_open (const char  *folder,
                 MashPolicy  *policy,
                 const char  *sign_in,
                 MashSecret  *passphrase,
                 GError     **error)
{
  return mash_store_open_watched (folder, policy, sign_in, passphrase, NULL, error);
}

/**
 * mash_store_open_watched:
 * @folder: the folder of a desk or of a stand-alone hub
 * @policy: the policy in force
 * @sign_in: the name to sign in with
 * @passphrase: the person's passphrase
 * @watch: (nullable): told how far the check after an unclean end has come and how far a database
 *   of an earlier version is made ready for this one, and asked whether to go on
 * @error: each fault has its own code of #MashStoreError; %G_IO_ERROR_CANCELLED
 *
 * Opens the hub for one person. The object belongs to the calling thread from now on. Where the
 * disk is full the reserve is given up for it: the hub opens and only reads.
 *
 * Returns: (transfer full) (nullable): the store
 */
MashStore *
mash_store_open_watched (const char           *folder,
                         MashPolicy           *policy,
                         const char           *sign_in,
                         MashSecret           *passphrase,
                         const MashStoreWatch *watch,
                         GError              **error)
{
  g_autoptr (GError) local_error = NULL;
  MashStore *self;

  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (policy != NULL, NULL);

  if (!mash_restore_finish (folder, error))
    return NULL;
  self = open_once (folder, policy, sign_in, passphrase, watch, &local_error);
  if (self != NULL)
    return self;
  if (!g_error_matches (local_error, MASH_STORE_ERROR, MASH_STORE_ERROR_FULL) ||
      !mash_store_give_reserve_up (folder))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  self = open_once (folder, policy, sign_in, passphrase, watch, error);
  if (self != NULL)
    self->only_reading = TRUE;

  return self;
}

/**
 * mash_store_close:
 * @self: a store
 * @error: return location for a #MashStoreError
 *
 * Closes the database and wipes the keys. Nothing but unreferencing may follow.
 *
 * Returns: %TRUE when it was closed in order
 */
gboolean
mash_store_close (MashStore  *self,
                  GError    **error)
{
  gboolean closed;

  mash_store_assert (self);

  mash_backup_stop (self->backup);
  mash_rekey_stop (self->rekey);
  mash_proof_stop (self->proof);
  g_clear_pointer (&self->bulk, mash_bulk_free);
  g_clear_pointer (&self->applier, mash_applier_free);
  g_clear_pointer (&self->tables, mash_tables_free);
  g_hash_table_remove_all (self->keys);
  g_clear_pointer (&self->slots, mash_slots_free);
  closed = mash_database_close (self->database, error);
  g_clear_pointer (&self->database, mash_database_free);

  return closed;
}

const MashHubInfo *
mash_store_get_hub (MashStore *self)
{
  mash_store_assert (self);

  return self->info;
}

/**
 * mash_store_get_actor:
 * @self: a store
 *
 * Returns: (transfer none): who is signed in, in which post, and the time now; until the next call
 */
const MashActor *
mash_store_get_actor (MashStore *self)
{
  mash_store_assert (self);

  return mash_store_prepare_actor (self);
}

/**
 * mash_store_check_passphrase:
 * @self: a store
 * @passphrase: what the person who is signed in typed again
 * @error: %MASH_STORE_ERROR_WRONG_KEY, %MASH_STORE_ERROR_THROTTLED, %MASH_STORE_ERROR_SLOT_LOCKED
 *
 * Confirms that the same person is still there. One deed that is signed with the passphrase may
 * follow.
 *
 * Returns: %TRUE when it is the person's passphrase
 */
gboolean
mash_store_check_passphrase (MashStore   *self,
                             MashSecret  *passphrase,
                             GError     **error)
{
  g_autoptr (MashSlotKey) key = NULL;

  mash_store_assert (self);

  key = mash_slots_open (self->slots, self->sign_in, passphrase, g_get_real_time (), error);
  self->confirmed = key != NULL;

  return self->confirmed;
}

/**
 * mash_store_set_policy:
 * @self: a store
 * @policy: another policy to go by from now on
 * @error: return location for a #MashStoreError
 *
 * Works out the trays anew where the policy is another version.
 *
 * Returns: %TRUE when the store goes by it
 */
gboolean
mash_store_set_policy (MashStore   *self,
                       MashPolicy  *policy,
                       GError     **error)
{
  mash_store_assert (self);
  g_return_val_if_fail (policy != NULL, FALSE);

  mash_policy_ref (policy);
  mash_policy_unref (self->policy);
  self->policy = policy;
  mash_applier_free (self->applier);
  self->applier = mash_applier_new (self->tables, policy);

  return redo_trays (self, error);
}

/**
 * mash_store_get_now:
 * @self: a store
 *
 * Returns: microseconds since 1970, UTC, by the hub's clock; a training hub's may have been moved
 */
gint64
mash_store_get_now (MashStore *self)
{
  return self->bulk_now != 0 ? self->bulk_now
                             : mash_store_guard_time (self,
                                                      g_get_real_time () + self->clock_offset);
}
