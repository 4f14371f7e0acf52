/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-seat-door.h"
#include "mash-service-private.h"

#include <sys/random.h>

#include <glib/gi18n-lib.h>

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
  CONTACTS_GONE,
  HUB_CHANGED,
  CHECKING,
  PREPARING,
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

/* Answers at a desk of a central hub to what only a hub of its own can do: the hub has the backup
 * and gives the keys, and what a seat holds is fetched from there anew. */
gboolean
mash_service_refuse_central (MashService         *self,
                             gpointer             tag,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  if (!mash_seat_door_is_there (self->folder))
    return FALSE;

  g_task_report_new_error (self, callback, user_data, tag, MASH_SERVICE_ERROR,
                           MASH_SERVICE_ERROR_NOBODY, "%s",
                           _("This desk belongs to a central hub, which has the backup and gives "
                             "the keys. Ask your administrator."));

  return TRUE;
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

  mash_service_leave_hub (self);
  g_clear_pointer (&self->thread, mash_store_thread_free);
  g_clear_pointer (&self->policy, mash_policy_unref);
  g_clear_pointer (&self->hub, mash_hub_info_free);
  g_clear_object (&self->aside);
  g_clear_object (&self->people);
  g_clear_object (&self->staff);
  mash_service_free_trays (self);
  g_clear_pointer (&self->files, g_hash_table_unref);
  g_clear_pointer (&self->folder, g_free);
  mash_service_forget_actor (self);

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
  signals[CONTACTS_GONE] = g_signal_new ("contacts-gone", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[HUB_CHANGED] = g_signal_new ("hub-changed", G_TYPE_FROM_CLASS (klass),
                                       G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNED_OUT] = g_signal_new ("signed-out", G_TYPE_FROM_CLASS (klass),
                                      G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MashService::checking:
   * @self: the service
   * @fraction: how far it is, from 0 to 1
   *
   * While somebody signs in, all of the database is checked, because the last session ended as
   * after a power cut. The cancellable of mash_service_sign_in_async() stops it.
   */
  signals[CHECKING] = g_signal_new ("checking", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);

  /**
   * MashService::preparing:
   * @self: the service
   * @fraction: how far it is, from 0 to 1
   *
   * While somebody signs in, a database that an earlier version of the program left is taken to the
   * schema of this one. The cancellable of mash_service_sign_in_async() stops it.
   */
  signals[PREPARING] = g_signal_new ("preparing", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
}

static void
mash_service_init (MashService *self)
{
  self->thread = mash_store_thread_new ();
  self->people = G_LIST_MODEL (g_list_store_new (MASH_TYPE_SIGN_IN_ITEM));
  self->staff = g_list_store_new (MASH_TYPE_STAFF_ITEM);
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  mash_service_make_trays (self);
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

static void
on_work_done_cb (GTask *task)
{
  MashService *self = g_task_get_source_object (task);

  self->n_at_work--;
}

void
mash_service_keep_awake (GTask *task)
{
  MashService *self = g_task_get_source_object (task);

  self->n_at_work++;
  g_signal_connect (task, "notify::completed", G_CALLBACK (on_work_done_cb), NULL);
}

/**
 * mash_service_is_at_work:
 * @self: a service
 *
 * Returns: whether something is under way that takes long, such as a backup, an import or a change
 *   of the key; the idle lock waits for its end (architecture.md)
 */
gboolean
mash_service_is_at_work (MashService *self)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), FALSE);

  return self->n_at_work > 0;
}

/* An instant as it stands in a file, for somebody to read. */
char *
mash_service_dup_local_time (const char *instant)
{
  gint64 at;

  return mash_time_parse (instant, &at) ? mash_time_dup_local (at) : g_strdup (instant);
}

GCancellable *
mash_service_enter_aside (MashService  *self,
                          GCancellable *cancellable)
{
  if (self->aside != NULL)
    return NULL;

  self->aside = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();

  return g_object_ref (self->aside);
}

void
mash_service_leave_aside (MashService *self)
{
  g_clear_object (&self->aside);
}

/* Answers @task, whose reference is taken, that there is such a work already. */
void
mash_service_refuse_aside (GTask *task)
{
  g_task_return_new_error (task, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED, "%s",
                           _("The records or a backup are being checked, or the key is being "
                             "changed. Wait for the end of it, or stop it."));
  g_object_unref (task);
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

static void
on_rows_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = g_task_propagate_pointer (G_TASK (result), &error);
  GType type = GPOINTER_TO_SIZE (g_task_get_task_data (task));

  if (rows != NULL)
    g_task_return_pointer (task, mash_items_new_list (type, rows), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Runs @job, which gives an array of rows, and answers @task with a list of items of @type. */
void
mash_service_run_list (MashService    *self,
                       GTask          *task,
                       GType           type,
                       gpointer        data,
                       GDestroyNotify  free_data,
                       MashStoreJob    job)
{
  g_task_set_task_data (task, GSIZE_TO_POINTER (type), NULL);
  mash_service_run (self, task, data, free_data, job, (GDestroyNotify) g_ptr_array_unref,
                    on_rows_read_cb);
}

/* Has @work done on a thread beside the store's and calls @done with it, without an object, on the
 * main thread; @data, which belongs to @task, is all that the work sees. That thread lets go of its
 * task whenever it gets round to it, so the task must not hold the service, which ends on the main
 * thread alone. */
void
mash_service_run_aside (GTask               *task,
                        gpointer             data,
                        GTaskThreadFunc      work,
                        GAsyncReadyCallback  done)
{
  g_autoptr (GTask) aside = g_task_new (NULL, g_task_get_cancellable (task), done, task);

  g_task_set_source_tag (aside, g_task_get_source_tag (task));
  g_task_set_task_data (aside, data, NULL);
  g_task_run_in_thread (aside, work);
}

/* Runs a job that must run, whatever was cancelled; @data is handed to it and to @done. */
void
mash_service_insist (MashService         *self,
                     gpointer             data,
                     MashStoreJob         job,
                     GAsyncReadyCallback  done)
{
  g_autoptr (GTask) inner = g_task_new (self, NULL, done, data);

  g_task_set_source_tag (inner, mash_service_insist);
  g_task_set_task_data (inner, data, NULL);
  mash_store_thread_run (self->thread, inner, job, NULL);
}

/* Tells whoever shows it that the hub or the person is another one. */
void
mash_service_notify_who (MashService *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_SIGNED_IN; i < PROP_SAVED_AT; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
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
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (mash_service_get_training (self));

  self->clock_offset = offset;
  task = mash_service_begin (self, mash_service_set_clock_offset, NULL, NULL, NULL);
  mash_service_run (self, task, g_memdup2 (&offset, sizeof offset), g_free, move_clock_job, NULL,
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
