/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-keys.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "mash-backup.h"
#include "mash-policy-reader.h"
#include "mash-seat-door.h"
#include "mash-service-line.h"
#include "mash-service-private.h"
#include "mash-store-error.h"
#include "mash-store-hub.h"
#include "mash-store-keys.h"
#include "mash-store-space.h"
#include "mash-sync-error.h"
#include "mash-time.h"

/* A gap in the work of a hub that is longer than this is more likely a wrong clock. */
#define LONG_SILENCE (60 * MASH_TIME_DAY)
#define BEHIND_BY (2 * MASH_TIME_MINUTE)

/* Acts on keys */

typedef struct
{
  char       *folder;
  MashKeyAct  act;
  char       *sign_in;
  MashSecret *passphrase;
  MashSecret *new_words;
  MashSeatDoor *door;  /* how a central hub is reached with the new ones */
} KeyAct;

static void
free_key_act (KeyAct *act)
{
  g_free (act->folder);
  g_free (act->sign_in);
  g_clear_pointer (&act->passphrase, mash_secret_unref);
  g_clear_pointer (&act->new_words, mash_secret_unref);
  g_clear_pointer (&act->door, mash_seat_door_free);
  g_free (act);
}

static void
free_words (gpointer words)
{
  mash_secret_wipe (words, strlen (words));
  g_free (words);
}

static char *
dup_code (MashSecret *code)
{
  const guint8 *data;
  gsize length;

  if (code == NULL)
    return NULL;
  data = mash_secret_get_data (code, &length);

  return g_strndup ((const char *) data, length);
}

static char *
make_recovery (MashStore  *store,
               MashSecret *passphrase,
               GError    **error)
{
  g_autoptr (MashSecret) code = mash_store_make_recovery (store, passphrase, error);

  return dup_code (code);
}

/* Sets the new passphrase, and makes the next code where the hub can be opened for it: where it
 * cannot, the passphrase stands all the same, for it is what a backup is put back with. */
static char *
recover (const KeyAct *act,
         GError      **error)
{
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (error);
  g_autoptr (MashSecret) code = NULL;
  g_autoptr (GError) fault = NULL;

  if (policy == NULL)
    return NULL;
  if (!mash_store_recover (act->folder, act->sign_in, act->passphrase, act->new_words, &fault))
    {
      if (g_error_matches (fault, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY))
        g_set_error_literal (error, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOBODY,
                             _("The name or the code is not right. A code opens only once."));
      else
        g_propagate_error (error, g_steal_pointer (&fault));
      return NULL;
    }
  code = mash_store_renew_recovery (act->folder, policy, act->sign_in, act->new_words, NULL);

  return code != NULL ? dup_code (code) : g_strdup ("");
}

static gboolean
change_passphrase (MashStore  *store,
                   KeyAct     *act,
                   GError    **error)
{
  if (!mash_store_is_seat (store))
    return mash_store_change_passphrase (store, act->passphrase, act->new_words, error);

  act->door = mash_seat_door_change (act->folder, store, act->passphrase, act->new_words, error);

  return act->door != NULL;
}

/* At a desk of a central hub a code comes from its administrator, and opens there. */
static char *
use_code (const KeyAct *act,
          GError      **error)
{
  g_autoptr (GError) fault = NULL;

  if (!mash_seat_door_is_there (act->folder))
    return recover (act, error);
  if (mash_seat_door_enrol (act->folder, act->sign_in, act->passphrase, act->new_words, &fault))
    return g_strdup ("");

  if (g_error_matches (fault, MASH_SYNC_ERROR, MASH_SYNC_ERROR_DENIED))
    g_set_error_literal (error, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOBODY,
                         _("The name or the code is not right. A code opens only once."));
  else
    g_propagate_error (error, g_steal_pointer (&fault));

  return NULL;
}

static char *
make_code (MashStore     *store,
           const KeyAct  *act,
           GError       **error)
{
  if (!mash_store_is_seat (store))
    return make_recovery (store, act->passphrase, error);

  g_set_error_literal (error, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOBODY,
                       _("At a desk of a central hub there is no recovery code. Who forgets their "
                         "passphrase asks the administrator for a reset."));

  return NULL;
}

static gpointer
key_job (MashStore    **store,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  KeyAct *act = data;
  gboolean done = FALSE;

  if (act->act != MASH_KEY_RECOVER && mash_service_need_store (store, error) == NULL)
    return NULL;

  switch (act->act)
    {
    case MASH_KEY_CHANGE_PASSPHRASE:
      done = change_passphrase (*store, act, error);
      break;

    case MASH_KEY_MAKE_RECOVERY:
      return make_code (*store, act, error);

    case MASH_KEY_RECOVER:
      return use_code (act, error);

    case MASH_KEY_RELEASE:
      done = mash_store_release_slot (*store, act->sign_in, error);
      break;

    default:
      g_return_val_if_reached (NULL);
    }

  return done ? g_strdup ("") : NULL;
}

/* Hands on what a job gave as a pointer, whatever it is. */
static void
pass_on (GAsyncResult   *result,
         GTask          *task,
         GDestroyNotify  free_result)
{
  g_autoptr (GError) error = NULL;
  gpointer given = g_task_propagate_pointer (G_TASK (result), &error);

  if (given != NULL)
    g_task_return_pointer (task, given, free_result);
  else
    g_task_return_error (task, g_steal_pointer (&error));
  g_object_unref (task);
}

static void
on_key_done_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  MashService *self = MASH_SERVICE (object);
  KeyAct *act = g_task_get_task_data (G_TASK (result));

  /* The line goes on with what the hub knows now. */
  if (act->door != NULL && self->signed_in)
    mash_service_join_hub (self, mash_seat_door_open_line, g_steal_pointer (&act->door),
                           (GDestroyNotify) mash_seat_door_free);
  pass_on (result, user_data, free_words);
}

static MashSecret *
take_words (const char *words,
            GError    **error)
{
  return words != NULL ? mash_secret_new_from_text (words, -1, error) : NULL;
}

/**
 * mash_service_do_key_async:
 * @self: a service; signed in, but for %MASH_KEY_RECOVER
 * @act: what to do
 * @sign_in: (nullable): whose
 * @passphrase: (nullable): what is typed to prove who it is
 * @new_words: (nullable): the new passphrase
 * @callback: called when it is durable or refused
 * @user_data: for @callback
 */
void
mash_service_do_key_async (MashService         *self,
                           MashKeyAct           act,
                           const char          *sign_in,
                           const char          *passphrase,
                           const char          *new_words,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GError) error = NULL;
  KeyAct *data;
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));

  task = mash_service_begin (self, mash_service_do_key_async, NULL, callback, user_data);
  data = g_new0 (KeyAct, 1);
  data->folder = g_strdup (self->folder);
  data->act = act;
  data->sign_in = g_strdup (sign_in);
  data->passphrase = take_words (passphrase, &error);
  if (error == NULL)
    data->new_words = take_words (new_words, &error);
  if (error != NULL)
    {
      free_key_act (data);
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }

  mash_service_run (self, task, data, (GDestroyNotify) free_key_act, key_job, free_words,
                    on_key_done_cb);
}

/**
 * mash_service_do_key_finish:
 * @self: a service
 * @result: a result
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the recovery code after %MASH_KEY_MAKE_RECOVERY, and the
 *   next one after %MASH_KEY_RECOVER, which is shown once and wiped; else an empty text
 */
char *
mash_service_do_key_finish (MashService   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The condition of the hub */

void
mash_condition_free (MashCondition *condition)
{
  if (condition == NULL)
    return;

  g_free (condition->notice);
  g_free (condition->ended);
  g_free (condition->draft);
  g_free (condition->backup_words);
  g_free (condition->backup_place);
  g_free (condition);
}

/* What is wrong now; the gravest only, because one line is read and two are not. */
static char *
say_condition (const MashStoreCondition *condition,
               gboolean                  training)
{
  if (condition->only_reading)
    return g_strdup (_("The disk is full, so this desk only reads. What you type is kept as a "
                       "draft; make space, and saving goes on by itself."));
  if (condition->behind > BEHIND_BY)
    return g_strdup (_("The clock of this computer is behind what was saved last. Set it right; "
                       "until then times that you save are wrong."));
  if (condition->ahead > LONG_SILENCE && !training)
    return g_strdup_printf (ngettext ("The last save of this hub was %u day ago. If that cannot "
                                      "be, the clock of this computer is ahead: set it right.",
                                      "The last save of this hub was %u days ago. If that cannot "
                                      "be, the clock of this computer is ahead: set it right.",
                                      (guint) (condition->ahead / MASH_TIME_DAY)),
                            (guint) (condition->ahead / MASH_TIME_DAY));
  if (condition->no_reserve)
    return g_strdup (_("The disk is nearly full. Make space before work has to stop."));

  return NULL;
}

/* After an unclean end: calmly what happened, what was done, and what of the typing is left. What
 * was typed into a contact that does not exist yet is offered apart from it. */
static gboolean
say_end (MashStore      *store,
         MashCondition  *condition,
         gboolean        checked,
         GError        **error)
{
  g_auto (GStrv) drafts = mash_store_list_drafts (store, error);
  g_autofree char *rest = NULL;

  if (drafts == NULL)
    return FALSE;
  for (guint i = 0; drafts[i] != NULL && condition->draft == NULL; i++)
    {
      g_autoptr (MashRecord) contact = mash_store_lookup (store, "contact", drafts[i]);

      if (contact != NULL)
        condition->draft = g_strdup (drafts[i]);
    }

  if (drafts[0] != NULL)
    rest = g_strdup_printf (ngettext ("What you had typed and not saved is kept: %u draft.",
                                      "What you had typed and not saved is kept: %u drafts.",
                                      g_strv_length (drafts)), g_strv_length (drafts));
  else
    rest = g_strdup (_("You had typed nothing that was not saved."));
  if (checked)
    /* Translators: %s is a sentence about drafts. */
    condition->ended = g_strdup_printf (_("The last session ended as after a power cut. All of the "
                                          "database was checked, and all that was saved is here. "
                                          "%s"), rest);
  else
    /* Translators: %s is a sentence about drafts. */
    condition->ended = g_strdup_printf (_("The last session ended unexpectedly. All that was saved "
                                          "is here, and nothing is half done. %s"), rest);

  return TRUE;
}

static char *
say_backup (const MashBackupInfo *info)
{
  g_autofree char *local = NULL;
  gint64 at;

  if (info == NULL)
    return g_strdup (_("No backup has been made of this hub."));
  if (mash_time_parse (info->made_at, &at))
    local = mash_time_dup_local (at);

  /* Translators: first a local time, then a number of changes, then a folder. */
  return g_strdup_printf (_("%s, checked, %" G_GINT64_FORMAT " changes, in %s"),
                          local != NULL ? local : info->made_at, info->position, info->place);
}

static gpointer
look_job (MashStore    **store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (MashBackupInfo) info = NULL;
  g_autoptr (GError) fault = NULL;
  MashStoreCondition found;
  MashCondition *condition;

  if (mash_service_need_store (store, error) == NULL)
    return NULL;

  mash_store_look_for_space (*store);
  mash_store_get_condition (*store, &found);
  info = mash_store_get_backup (*store, &fault);
  condition = g_new0 (MashCondition, 1);
  condition->notice = say_condition (&found, mash_store_get_hub (*store)->training);
  condition->only_reading = found.only_reading;
  condition->has_recovery = mash_store_has_recovery (*store);
  condition->is_keeper = mash_store_is_keeper (*store);
  condition->backup_words = say_backup (info);
  condition->backup_place = info != NULL ? g_path_get_dirname (info->place) : NULL;
  if (found.recovered && !say_end (*store, condition, found.checked, error))
    g_clear_pointer (&condition, mash_condition_free);

  return condition;
}

static void
on_looked_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  pass_on (result, user_data, (GDestroyNotify) mash_condition_free);
}

/**
 * mash_service_look_async:
 * @self: a service, signed in
 * @callback: called with the condition of the hub
 * @user_data: for @callback
 *
 * Also looks whether a disk that was full has space again.
 */
void
mash_service_look_async (MashService         *self,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));

  task = mash_service_begin (self, mash_service_look_async, NULL, callback, user_data);
  mash_service_run (self, task, NULL, NULL, look_job, (GDestroyNotify) mash_condition_free,
                    on_looked_cb);
}

MashCondition *
mash_service_look_finish (MashService   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
