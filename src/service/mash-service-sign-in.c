/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-backup.h"
#include "mash-progress.h"
#include "mash-seat-door.h"
#include "mash-service-private.h"
#include "mash-service-unsettled.h"
#include "mash-store-error.h"
#include "mash-store-hub.h"
#include "mash-store-space.h"

#include "mash-policy-reader.h"

void
mash_service_forget_actor (MashService *self)
{
  g_clear_pointer (&self->person_name, g_free);
  g_clear_pointer (&self->post_title, g_free);
  g_free ((char *) self->actor.person);
  g_free ((char *) self->actor.post);
  g_free ((char *) self->actor.role);
  g_free ((char *) self->actor.agency);
  g_free ((char *) self->actor.desk);
  self->actor = (MashActor) { 0 };
}

/* Opening */

typedef struct
{
  MashPolicy  *policy;
  MashHubInfo *hub;
} Opened;

static void
free_opened (Opened *opened)
{
  g_clear_pointer (&opened->policy, mash_policy_unref);
  g_clear_pointer (&opened->hub, mash_hub_info_free);
  g_free (opened);
}

static gpointer
open_job (MashStore    **store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Opened *opened;

  if (!mash_restore_finish (data, error))
    return NULL;

  if (mash_seat_door_is_there (data))
    mash_seat_door_sweep (data);
  opened = g_new0 (Opened, 1);
  opened->hub = mash_seat_door_is_there (data) ? mash_seat_door_load_info (data, error)
                                               : mash_hub_info_load (data, error);
  if (opened->hub != NULL)
    opened->policy = mash_policy_reader_load_builtin (error);
  if (opened->policy == NULL)
    g_clear_pointer (&opened, free_opened);

  return opened;
}

static void
on_opened_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  MashService *self = MASH_SERVICE (object);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Opened *opened = g_task_propagate_pointer (G_TASK (result), &error);

  if (opened == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_clear_pointer (&self->hub, mash_hub_info_free);
  g_clear_pointer (&self->policy, mash_policy_unref);
  self->hub = g_steal_pointer (&opened->hub);
  self->policy = g_steal_pointer (&opened->policy);
  free_opened (opened);
  g_clear_object (&self->people);
  self->people = mash_items_list_sign_ins (self->hub->people);
  mash_service_notify_who (self);
  g_task_return_boolean (task, TRUE);
}

/**
 * mash_service_open_async:
 * @self: a service
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads what may be known of the hub before anybody signs in, and the policy in force.
 */
void
mash_service_open_async (MashService         *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));

  task = mash_service_begin (self, mash_service_open_async, cancellable, callback, user_data);
  mash_service_run (self, task, g_strdup (self->folder), g_free, open_job,
                    (GDestroyNotify) free_opened, on_opened_cb);
}

gboolean
mash_service_open_finish (MashService   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * mash_service_get_people:
 * @self: an opened service
 *
 * Returns: (transfer none): whom the sign-in page lists, MashSignInItem; empty unless in training
 */
GListModel *
mash_service_get_people (MashService *self)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), NULL);

  return self->people;
}

/* Signing in */

typedef struct
{
  char       *folder;
  char       *sign_in;
  MashSecret *passphrase;
  MashPolicy *policy;
  MashProgress *progress;
  MashProgress *preparing;
  GCancellable *cancellable;
} SignIn;

typedef struct
{
  GPtrArray *staff;
  char      *person;
  char      *post;
  char      *role;
  char      *agency;
  char      *desk;
  MashPolicy *policy;  /* NULL where the program's own stands */
  MashSeatDoor *door;  /* NULL unless there is a central hub */
  gint64     offset;
} SignedIn;

static void
free_sign_in (SignIn *sign_in)
{
  g_free (sign_in->folder);
  g_free (sign_in->sign_in);
  g_clear_pointer (&sign_in->passphrase, mash_secret_unref);
  g_clear_object (&sign_in->cancellable);
  mash_policy_unref (sign_in->policy);
  g_free (sign_in);
}

static void
free_signed_in (SignedIn *signed_in)
{
  g_clear_pointer (&signed_in->staff, g_ptr_array_unref);
  g_clear_pointer (&signed_in->policy, mash_policy_unref);
  g_clear_pointer (&signed_in->door, mash_seat_door_free);
  g_free (signed_in->person);
  g_free (signed_in->post);
  g_free (signed_in->role);
  g_free (signed_in->agency);
  g_free (signed_in->desk);
  g_free (signed_in);
}

/* Works by the policy that was put in force at this hub, where one was. One that can no longer be
 * read never replaces the one that can. A desk of a central hub may know of one that it was never
 * given: it goes by the program's own, and the hub's word stands. */
gboolean
mash_service_apply_own_policy (MashStore   *store,
                               MashPolicy **policy,
                               GError     **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (GBytes) file = mash_store_get_policy_file (store, &fault);

  if (mash_store_is_seat (store) &&
      g_error_matches (fault, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND))
    g_clear_error (&fault);
  if (file != NULL)
    *policy = mash_policy_reader_load (file, "policy", &fault);
  if (fault != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }

  return *policy == NULL || mash_store_set_policy (store, *policy, error);
}

/* Who is signed in, as the store knows them. */
static SignedIn *
read_who (MashStore  *store,
          GError    **error)
{
  SignedIn *signed_in = g_new0 (SignedIn, 1);
  const MashActor *actor;

  if (mash_service_apply_own_policy (store, &signed_in->policy, error))
    signed_in->staff = mash_store_list_staff (store, error);
  if (signed_in->staff == NULL)
    {
      free_signed_in (signed_in);
      return NULL;
    }
  actor = mash_store_get_actor (store);
  signed_in->person = g_strdup (actor->person);
  signed_in->post = g_strdup (actor->post);
  signed_in->role = g_strdup (actor->role);
  signed_in->agency = g_strdup (actor->agency);
  signed_in->desk = g_strdup (actor->desk);
  signed_in->offset = mash_store_get_now (store) - g_get_real_time ();

  return signed_in;
}

static void
set_checking (double   fraction,
              gpointer data)
{
  mash_progress_set (fraction, ((SignIn *) data)->progress);
}

static void
set_preparing (double   fraction,
               gpointer data)
{
  mash_progress_set (fraction, ((SignIn *) data)->preparing);
}

static void
on_stopped_cb (GCancellable *cancellable,
               gpointer      bell)
{
  mash_sync_bell_stop (bell);
}

/* At a desk of a central hub. What is asked of the hub is broken off with the rest. */
static MashStore *
open_seat (SignIn                *sign_in,
           const MashStoreWatch  *watch,
           MashSeatDoor         **door,
           GError               **error)
{
  g_autoptr (MashSyncBell) bell = mash_sync_bell_new ();
  gulong handler = 0;
  MashStore *store;

  if (sign_in->cancellable != NULL)
    handler = g_cancellable_connect (sign_in->cancellable, G_CALLBACK (on_stopped_cb), bell, NULL);
  mash_hub_line_attend (bell);
  store = mash_seat_door_open (sign_in->folder, sign_in->policy, sign_in->sign_in,
                               sign_in->passphrase, watch, door, error);
  mash_hub_line_attend (NULL);
  if (sign_in->cancellable != NULL)
    g_cancellable_disconnect (sign_in->cancellable, handler);

  return store;
}

/* Whether it was stopped counts until there is somebody in, and before whatever that led to. */
static MashStore *
open_store (SignIn        *sign_in,
            MashSeatDoor **door,
            GError       **error)
{
  const MashStoreWatch watch = { set_checking, sign_in, sign_in->cancellable, set_preparing };
  g_autoptr (GError) fault = NULL;
  MashStore *store;

  if (g_cancellable_set_error_if_cancelled (sign_in->cancellable, error))
    return NULL;
  store = mash_seat_door_is_there (sign_in->folder)
          ? open_seat (sign_in, &watch, door, &fault)
          : mash_store_open_watched (sign_in->folder, sign_in->policy, sign_in->sign_in,
                                     sign_in->passphrase, &watch, &fault);
  if (g_cancellable_set_error_if_cancelled (sign_in->cancellable, error))
    {
      if (store != NULL)
        mash_store_close (store, NULL);
      g_clear_object (&store);
      g_clear_pointer (door, mash_seat_door_free);
    }
  else if (store == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
    }

  return store;
}

static gpointer
sign_in_job (MashStore    **store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  SignIn *sign_in = data;
  g_autoptr (MashSeatDoor) door = NULL;
  SignedIn *signed_in;

  g_clear_object (store);
  *store = open_store (sign_in, &door, error);
  if (*store == NULL)
    return NULL;

  mash_restore_sweep (sign_in->folder);
  mash_store_keep_reserve (*store);
  mash_store_enter_unclean_end (*store);
  signed_in = read_who (*store, error);
  if (signed_in == NULL)
    g_clear_object (store);
  else
    signed_in->door = g_steal_pointer (&door);

  return signed_in;
}

/* Fills the list of staff with @rows (which are taken), in the place of whatever it held. */
void
mash_service_take_staff (MashService *self,
                         GPtrArray   *rows)
{
  g_autoptr (GListModel) staff = mash_items_new_list (MASH_TYPE_STAFF_ITEM, rows);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (staff); i++)
    g_ptr_array_add (items, g_list_model_get_item (staff, i));
  g_list_store_splice (self->staff, 0, g_list_model_get_n_items (G_LIST_MODEL (self->staff)),
                       items->pdata, items->len);
}

static void
take_staff (MashService *self,
            GPtrArray   *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      MashStaffRow *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (row->post, self->actor.post) == 0)
        {
          self->person_name = g_strdup (row->name);
          self->post_title = g_strdup (row->title);
        }
    }
  mash_service_take_staff (self, rows);
}

static void
take_who (MashService *self,
          SignedIn    *signed_in)
{
  mash_service_forget_actor (self);
  self->actor = (MashActor) {
    .person = g_steal_pointer (&signed_in->person),
    .post = g_steal_pointer (&signed_in->post),
    .role = g_steal_pointer (&signed_in->role),
    .agency = g_steal_pointer (&signed_in->agency),
    .desk = g_steal_pointer (&signed_in->desk),
    .on_line = mash_service_is_on_line (self),
  };
  /* A few milliseconds pass between the two clocks being read; only a moved clock counts. */
  self->clock_offset = ABS (signed_in->offset) > G_TIME_SPAN_SECOND ? signed_in->offset : 0;
  if (signed_in->policy != NULL)
    {
      mash_policy_unref (self->policy);
      self->policy = g_steal_pointer (&signed_in->policy);
    }
  take_staff (self, g_steal_pointer (&signed_in->staff));
  free_signed_in (signed_in);
}

static void
on_signed_in_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  MashService *self = MASH_SERVICE (object);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  SignIn *sign_in = g_task_get_task_data (G_TASK (result));
  MashSeatDoor *door;
  SignedIn *signed_in = g_task_propagate_pointer (G_TASK (result), &error);

  g_clear_pointer (&sign_in->progress, mash_progress_free);
  g_clear_pointer (&sign_in->preparing, mash_progress_free);
  if (signed_in == NULL)
    {
      /* Whoever was signed in before is so no more: their store was closed for the other's. */
      self->signed_in = FALSE;
      mash_service_forget_actor (self);
      mash_service_notify_who (self);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  door = g_steal_pointer (&signed_in->door);
  take_who (self, signed_in);
  self->signed_in = TRUE;
  self->removed = FALSE;
  if (door != NULL)
    mash_service_join_hub (self, mash_seat_door_open_line, door,
                           (GDestroyNotify) mash_seat_door_free);

  mash_service_notify_who (self);
  mash_service_reload (self);
  g_task_return_boolean (task, TRUE);
}

static gpointer
who_job (MashStore    **store,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  return mash_service_need_store (store, error) != NULL ? read_who (*store, error) : NULL;
}

static void
on_who_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  MashService *self = MASH_SERVICE (object);
  g_autoptr (GTask) task = user_data;
  SignedIn *signed_in = g_task_propagate_pointer (G_TASK (result), NULL);

  if (signed_in != NULL && self->signed_in)
    {
      take_who (self, g_steal_pointer (&signed_in));
      mash_service_notify_who (self);
      mash_service_reload (self);
      mash_service_list_waiting_async (self, NULL, NULL);
    }
  g_clear_pointer (&signed_in, free_signed_in);
  g_task_return_boolean (task, TRUE);
}

/* Asks again who is signed in: at a desk that was empty the hub has said so meanwhile. */
void
mash_service_read_who (MashService *self)
{
  GTask *task = mash_service_begin (self, mash_service_read_who, NULL, NULL, NULL);

  mash_service_run (self, task, NULL, NULL, who_job, (GDestroyNotify) free_signed_in, on_who_cb);
}

static void
tell_checking (double   fraction,
               gpointer self)
{
  g_signal_emit_by_name (self, "checking", fraction);
}

static void
tell_preparing (double   fraction,
                gpointer self)
{
  g_signal_emit_by_name (self, "preparing", fraction);
}

/**
 * mash_service_sign_in_async:
 * @self: an opened service
 * @sign_in: the name to sign in with
 * @passphrase: borrowed for the call; kept only in wiped memory
 * @cancellable: (nullable): to stop it, before the keys are tried and while the database is
 *   checked or made ready; nobody is in then, and the next to sign in finds it as it was
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Opens the database with the person's slot. Unknown people and wrong passphrases are told apart by
 * neither words nor time. After what looks like a power cut all of the database is checked first,
 * which #MashService::checking tells of; one of an earlier version of the program is made ready for
 * this one, which #MashService::preparing tells of.
 */
void
mash_service_sign_in_async (MashService         *self,
                            const char          *sign_in,
                            const char          *passphrase,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GError) error = NULL;
  SignIn *data;
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (self->policy != NULL);
  g_return_if_fail (sign_in != NULL && passphrase != NULL);

  mash_service_leave_hub (self);
  /* Whether somebody is in is answered, not whether it should have been stopped. */
  task = mash_service_begin (self, mash_service_sign_in_async, NULL, callback, user_data);
  data = g_new0 (SignIn, 1);
  g_set_object (&data->cancellable, cancellable);
  data->folder = g_strdup (self->folder);
  data->sign_in = g_strdup (sign_in);
  data->policy = mash_policy_ref (self->policy);
  data->passphrase = mash_secret_new_from_text (passphrase, -1, &error);
  if (data->passphrase == NULL)
    {
      free_sign_in (data);
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }

  data->progress = mash_progress_new (tell_checking, self);
  data->preparing = mash_progress_new (tell_preparing, self);
  mash_service_run (self, task, data, (GDestroyNotify) free_sign_in, sign_in_job,
                    (GDestroyNotify) free_signed_in, on_signed_in_cb);
}

gboolean
mash_service_sign_in_finish (MashService   *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Locking */

static gpointer
lock_job (MashStore    **store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  if (*store != NULL && !mash_store_close (*store, error))
    return NULL;

  g_clear_object (store);

  return GINT_TO_POINTER (TRUE);
}

static void
on_locked_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  MashService *self = MASH_SERVICE (object);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_pointer (G_TASK (result), &error) == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  self->signed_in = FALSE;
  mash_service_forget_actor (self);
  /* What one person had open, with what they typed, is never given to the next. */
  g_hash_table_remove_all (self->files);
  mash_service_empty_trays (self);
  mash_service_notify_who (self);
  g_signal_emit_by_name (self, "signed-out");
  g_task_return_boolean (task, TRUE);
}

/**
 * mash_service_lock_async:
 * @self: a service
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Finishes what is under way, closes the database and forgets who was signed in. Drafts have to be
 * saved before; the program then ends its address space.
 */
void
mash_service_lock_async (MashService         *self,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));

  /* It takes long, and nothing of it is lost. */
  if (self->aside != NULL)
    g_cancellable_cancel (self->aside);
  mash_service_leave_hub (self);
  task = mash_service_begin (self, mash_service_lock_async, NULL, callback, user_data);
  mash_service_run (self, task, NULL, NULL, lock_job, NULL, on_locked_cb);
}

gboolean
mash_service_lock_finish (MashService   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
