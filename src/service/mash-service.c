/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-private.h"

#include <sys/random.h>

#include <glib/gi18n-lib.h>

#include "mash-policy-reader.h"
#include "mash-time.h"
#include "mash-uuid.h"

enum
{
  PROP_0,
  PROP_SIGNED_IN,
  PROP_TRAINING,
  PROP_HUB_NAME,
  PROP_DESK_NAME,
  PROP_PERSON_NAME,
  PROP_POST_TITLE,
  PROP_ROLE,
  PROP_SAVED_AT,
  N_PROPS
};

enum
{
  COUNTS_CHANGED,
  CONTACT_CHANGED,
  SIGNED_OUT,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MashService, mash_service, G_TYPE_OBJECT)

G_DEFINE_QUARK (mash-service-error-quark, mash_service_error)

/* What every job asks first: the store of whoever is signed in. */
MashStore *
mash_service_need_store (MashStore **store,
                         GError    **error)
{
  if (*store == NULL)
    g_set_error_literal (error, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOBODY,
                         _("Nobody is signed in any more. Sign in and do it again."));

  return *store;
}

static void
forget_actor (MashService *self)
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

static void
mash_service_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  MashService *self = MASH_SERVICE (object);

  switch (prop_id)
    {
    case PROP_SIGNED_IN:
      g_value_set_boolean (value, self->signed_in);
      break;

    case PROP_TRAINING:
      g_value_set_boolean (value, mash_service_get_training (self));
      break;

    case PROP_HUB_NAME:
      g_value_set_string (value, self->hub != NULL ? self->hub->name : NULL);
      break;

    case PROP_DESK_NAME:
      g_value_set_string (value, self->hub != NULL ? self->hub->desk_name : NULL);
      break;

    case PROP_PERSON_NAME:
      g_value_set_string (value, self->person_name);
      break;

    case PROP_POST_TITLE:
      g_value_set_string (value, self->post_title);
      break;

    case PROP_ROLE:
      g_value_set_string (value, self->actor.role);
      break;

    case PROP_SAVED_AT:
      g_value_set_int64 (value, self->saved_at);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_service_finalize (GObject *object)
{
  MashService *self = MASH_SERVICE (object);

  g_clear_pointer (&self->thread, mash_store_thread_free);
  g_clear_pointer (&self->policy, mash_policy_unref);
  g_clear_pointer (&self->hub, mash_hub_info_free);
  g_clear_object (&self->people);
  g_clear_object (&self->staff);
  for (guint i = 0; i < MASH_N_TRAYS; i++)
    g_clear_object (&self->trays[i]);
  g_clear_pointer (&self->files, g_hash_table_unref);
  g_clear_pointer (&self->folder, g_free);
  forget_actor (self);

  G_OBJECT_CLASS (mash_service_parent_class)->finalize (object);
}

static void
mash_service_class_init (MashServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = mash_service_finalize;
  object_class->get_property = mash_service_get_property;

  properties[PROP_SIGNED_IN] = g_param_spec_boolean ("signed-in", NULL, NULL, FALSE, flags);
  properties[PROP_TRAINING] = g_param_spec_boolean ("training", NULL, NULL, FALSE, flags);
  properties[PROP_HUB_NAME] = g_param_spec_string ("hub-name", NULL, NULL, NULL, flags);
  properties[PROP_DESK_NAME] = g_param_spec_string ("desk-name", NULL, NULL, NULL, flags);
  properties[PROP_PERSON_NAME] = g_param_spec_string ("person-name", NULL, NULL, NULL, flags);
  properties[PROP_POST_TITLE] = g_param_spec_string ("post-title", NULL, NULL, NULL, flags);
  properties[PROP_ROLE] = g_param_spec_string ("role", NULL, NULL, NULL, flags);
  properties[PROP_SAVED_AT] = g_param_spec_int64 ("saved-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[COUNTS_CHANGED] = g_signal_new ("counts-changed", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CONTACT_CHANGED] = g_signal_new ("contact-changed", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                           1, G_TYPE_STRING);
  signals[SIGNED_OUT] = g_signal_new ("signed-out", G_TYPE_FROM_CLASS (klass),
                                      G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mash_service_init (MashService *self)
{
  self->thread = mash_store_thread_new ();
  self->people = G_LIST_MODEL (g_list_store_new (MASH_TYPE_SIGN_IN_ITEM));
  self->staff = g_list_store_new (MASH_TYPE_STAFF_ITEM);
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < MASH_N_TRAYS; i++)
    self->trays[i] = g_list_store_new (MASH_TYPE_TRAY_ITEM);
}

/**
 * mash_service_new:
 * @folder: the folder of a desk or of a stand-alone hub
 *
 * Main thread. Touches no file.
 *
 * Returns: (transfer full): a service that is closed
 */
MashService *
mash_service_new (const char *folder)
{
  MashService *self;

  g_return_val_if_fail (folder != NULL, NULL);

  self = g_object_new (MASH_TYPE_SERVICE, NULL);
  self->folder = g_strdup (folder);

  return self;
}

GTask *
mash_service_begin (MashService         *self,
                    gpointer             tag,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);

  return task;
}

/* Runs @job for @task (whose reference is taken) and calls @done with it, on the main thread. */
void
mash_service_run (MashService         *self,
                  GTask               *task,
                  gpointer             data,
                  GDestroyNotify       free_data,
                  MashStoreJob         job,
                  GDestroyNotify       free_result,
                  GAsyncReadyCallback  done)
{
  g_autoptr (GTask) inner = g_task_new (self, g_task_get_cancellable (task), done, task);

  g_task_set_source_tag (inner, g_task_get_source_tag (task));
  g_task_set_task_data (inner, data, free_data);
  mash_store_thread_run (self->thread, inner, job, free_result);
}

void
mash_service_set_saved (MashService     *self,
                        MashContactFile *file)
{
  self->saved_at = mash_service_get_now (self);
  if (file != NULL)
    mash_contact_file_set_saved_at (file, self->saved_at);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVED_AT]);
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
  Opened *opened = g_new0 (Opened, 1);

  opened->hub = mash_hub_info_load (data, error);
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
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TRAINING]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HUB_NAME]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESK_NAME]);
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
} SignIn;

typedef struct
{
  GPtrArray *staff;
  char      *person;
  char      *post;
  char      *role;
  char      *agency;
  char      *desk;
  gint64     offset;
} SignedIn;

static void
free_sign_in (SignIn *sign_in)
{
  g_free (sign_in->folder);
  g_free (sign_in->sign_in);
  g_clear_pointer (&sign_in->passphrase, mash_secret_unref);
  mash_policy_unref (sign_in->policy);
  g_free (sign_in);
}

static void
free_signed_in (SignedIn *signed_in)
{
  g_clear_pointer (&signed_in->staff, g_ptr_array_unref);
  g_free (signed_in->person);
  g_free (signed_in->post);
  g_free (signed_in->role);
  g_free (signed_in->agency);
  g_free (signed_in->desk);
  g_free (signed_in);
}

static gpointer
sign_in_job (MashStore    **store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  SignIn *sign_in = data;
  const MashActor *actor;
  SignedIn *signed_in;

  g_clear_object (store);
  *store = mash_store_open (sign_in->folder, sign_in->policy, sign_in->sign_in,
                            sign_in->passphrase, error);
  if (*store == NULL)
    return NULL;

  signed_in = g_new0 (SignedIn, 1);
  signed_in->staff = mash_store_list_staff (*store, error);
  if (signed_in->staff == NULL)
    {
      g_clear_object (store);
      g_clear_pointer (&signed_in, free_signed_in);
      return NULL;
    }
  actor = mash_store_get_actor (*store);
  signed_in->person = g_strdup (actor->person);
  signed_in->post = g_strdup (actor->post);
  signed_in->role = g_strdup (actor->role);
  signed_in->agency = g_strdup (actor->agency);
  signed_in->desk = g_strdup (actor->desk);
  signed_in->offset = mash_store_get_now (*store) - g_get_real_time ();

  return signed_in;
}

static void
take_staff (MashService *self,
            GPtrArray   *rows)
{
  g_autoptr (GListModel) staff = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      MashStaffRow *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (row->post, self->actor.post) == 0)
        {
          self->person_name = g_strdup (row->name);
          self->post_title = g_strdup (row->title);
        }
    }

  staff = mash_items_new_list (MASH_TYPE_STAFF_ITEM, rows);
  g_list_store_remove_all (self->staff);
  for (guint i = 0; i < g_list_model_get_n_items (staff); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (staff, i);

      g_list_store_append (self->staff, item);
    }
}

static void
on_signed_in_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  MashService *self = MASH_SERVICE (object);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  SignedIn *signed_in = g_task_propagate_pointer (G_TASK (result), &error);

  if (signed_in == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  forget_actor (self);
  self->actor = (MashActor) {
    .person = g_steal_pointer (&signed_in->person),
    .post = g_steal_pointer (&signed_in->post),
    .role = g_steal_pointer (&signed_in->role),
    .agency = g_steal_pointer (&signed_in->agency),
    .desk = g_steal_pointer (&signed_in->desk),
    .on_line = TRUE,
  };
  /* A few milliseconds pass between the two clocks being read; only a moved clock counts. */
  self->clock_offset = ABS (signed_in->offset) > G_TIME_SPAN_SECOND ? signed_in->offset : 0;
  take_staff (self, g_steal_pointer (&signed_in->staff));
  free_signed_in (signed_in);
  self->signed_in = TRUE;

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_SIGNED_IN; i < PROP_SAVED_AT; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
  mash_service_reload (self);
  g_task_return_boolean (task, TRUE);
}

/**
 * mash_service_sign_in_async:
 * @self: an opened service
 * @sign_in: the name to sign in with
 * @passphrase: borrowed for the call; kept only in wiped memory
 * @cancellable: (nullable): to stop it before the keys are tried
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Opens the database with the person's slot. Unknown people and wrong passphrases are told apart by
 * neither words nor time.
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

  task = mash_service_begin (self, mash_service_sign_in_async, cancellable, callback, user_data);
  data = g_new0 (SignIn, 1);
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
  forget_actor (self);
  for (guint i = 0; i < MASH_N_TRAYS; i++)
    g_list_store_remove_all (self->trays[i]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIGNED_IN]);
  g_signal_emit (self, signals[SIGNED_OUT], 0);
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

gboolean
mash_service_get_signed_in (MashService *self)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), FALSE);

  return self->signed_in;
}

gboolean
mash_service_get_training (MashService *self)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), FALSE);

  return self->hub != NULL && self->hub->training;
}

const char *
mash_service_get_person_name (MashService *self)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), NULL);

  return self->person_name;
}

const char *
mash_service_get_post_title (MashService *self)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), NULL);

  return self->post_title;
}

/**
 * mash_service_get_actor:
 * @self: a service
 *
 * Returns: (transfer none): who acts, now; without a person while nobody is signed in
 */
const MashActor *
mash_service_get_actor (MashService *self)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), NULL);

  self->actor.now = mash_service_get_now (self);

  return &self->actor;
}

/**
 * mash_service_get_policy:
 * @self: an opened service
 *
 * Returns: (transfer none): the policy in force
 */
MashPolicy *
mash_service_get_policy (MashService *self)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), NULL);

  return self->policy;
}

/**
 * mash_service_get_now:
 * @self: a service
 *
 * Returns: the hub's time in microseconds, UTC; a training hub's may have been moved
 */
gint64
mash_service_get_now (MashService *self)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), 0);

  return g_get_real_time () + self->clock_offset;
}

static gpointer
move_clock_job (MashStore    **store,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  return *store != NULL && mash_store_set_clock_offset (*store, *(gint64 *) data, error)
         ? GINT_TO_POINTER (TRUE) : NULL;
}

static void
on_clock_moved_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_pointer (G_TASK (result), &error) == NULL && error != NULL)
    g_warning ("The clock of this hub was not moved: %s", error->message);
  g_task_return_boolean (task, error == NULL);
  mash_service_reload (MASH_SERVICE (object));
}

/**
 * mash_service_set_clock_offset:
 * @self: a service on a training hub, signed in
 * @offset: microseconds ahead of the machine's clock
 *
 * Moves the hub's clock. The store refuses it on any hub that is not for training.
 */
void
mash_service_set_clock_offset (MashService *self,
                               gint64       offset)
{
  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (mash_service_get_training (self));

  self->clock_offset = offset;
  mash_service_run (self, mash_service_begin (self, mash_service_set_clock_offset, NULL, NULL, NULL),
                    g_memdup2 (&offset, sizeof offset), g_free, move_clock_job, NULL,
                    on_clock_moved_cb);
}

char *
mash_service_dup_id (gpointer data)
{
  return mash_service_make_id (data);
}

/**
 * mash_service_make_id:
 * @self: a service
 *
 * Returns: (transfer full): an id for a new record
 */
char *
mash_service_make_id (MashService *self)
{
  guint8 random[10];
  char id[37];

  g_return_val_if_fail (MASH_IS_SERVICE (self), NULL);

  if (getrandom (random, sizeof random, 0) != sizeof random)
    g_error ("The system gives no random numbers");
  mash_uuid7_format (mash_service_get_now (self) / 1000, random, id);

  return g_strdup (id);
}

char *
mash_service_dup_today (MashService *self)
{
  return mash_time_dup_local_date (mash_service_get_now (self));
}

/**
 * mash_service_get_staff:
 * @self: a service, signed in
 *
 * Returns: (transfer none): the posts of the hub, MashStaffItem
 */
GListModel *
mash_service_get_staff (MashService *self)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), NULL);

  return G_LIST_MODEL (self->staff);
}
