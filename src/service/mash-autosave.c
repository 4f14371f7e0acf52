/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-autosave.h"

#include "mash-service-strategy.h"

/* Five seconds of typing are the most that may be lost. Writing takes its time, so that it begins
 * before they are over. */
#define MILLISECONDS_AFTER_TYPING 2000
#define MILLISECONDS_AT_MOST      4500

struct _MashAutosave
{
  GObject            parent_instance;

  /* Owned */
  MashService       *service;
  MashContactFile   *file;

  MashAutosaveTimers timers;
  MashAutosaveState  state;
  guint              pause_source;
  guint              longest_source;
  guint              n_running;
  guint              dirty : 1;
};

G_DEFINE_FINAL_TYPE (MashAutosave, mash_autosave, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_state (MashAutosave      *self,
           MashAutosaveState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static guint
start_source (gpointer        data,
              guint           milliseconds,
              GSourceOnceFunc due,
              gpointer        due_data)
{
  return g_timeout_add_once (milliseconds, due, due_data);
}

static void
stop_source (gpointer data,
             guint    id)
{
  g_source_remove (id);
}

static void
stop_timer (MashAutosave *self,
            guint        *source)
{
  if (*source != 0)
    self->timers.stop (self->timers.data, *source);
  *source = 0;
}

static void
stop_timers (MashAutosave *self)
{
  stop_timer (self, &self->pause_source);
  stop_timer (self, &self->longest_source);
}

static void
begin (MashAutosave *self)
{
  stop_timers (self);
  self->dirty = FALSE;
  self->n_running++;
  set_state (self, MASH_AUTOSAVE_SAVING);
}

static void
end (MashAutosave *self,
     gboolean      saved)
{
  self->n_running--;
  if (!saved)
    self->dirty = TRUE;
  if (self->n_running > 0)
    return;

  set_state (self, !saved ? MASH_AUTOSAVE_FAILED
                          : self->dirty ? MASH_AUTOSAVE_TYPING : MASH_AUTOSAVE_IDLE);
}

static void on_longest_cb (gpointer user_data);

/* Where it could not be kept it is tried again, also when nothing more is typed: a full disk has
 * room again, say. */
static void
wait_longest (MashAutosave *self)
{
  if (self->longest_source == 0 && self->service != NULL)
    self->longest_source = self->timers.start (self->timers.data, MILLISECONDS_AT_MOST,
                                               on_longest_cb, self);
}

static void
on_draft_saved_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (MashAutosave) self = user_data;
  gboolean saved = mash_service_save_draft_finish (MASH_SERVICE (object), result, NULL);

  end (self, saved);
  if (!saved)
    wait_longest (self);
}

/**
 * mash_autosave_keep_draft:
 * @self: an autosave
 *
 * Keeps what was typed since the last time as a draft, at once.
 */
void
mash_autosave_keep_draft (MashAutosave *self)
{
  g_return_if_fail (MASH_IS_AUTOSAVE (self));

  if (!self->dirty)
    return;

  begin (self);
  mash_service_save_draft_async (self->service, self->file, on_draft_saved_cb, g_object_ref (self));
}

static void
on_pause_cb (gpointer user_data)
{
  MashAutosave *self = user_data;

  self->pause_source = 0;
  mash_autosave_keep_draft (self);
}

static void
on_longest_cb (gpointer user_data)
{
  MashAutosave *self = user_data;

  self->longest_source = 0;
  mash_autosave_keep_draft (self);
}

static void
mash_autosave_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, MASH_AUTOSAVE (object)->state);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_autosave_dispose (GObject *object)
{
  MashAutosave *self = MASH_AUTOSAVE (object);

  stop_timers (self);
  g_clear_object (&self->service);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (mash_autosave_parent_class)->dispose (object);
}

static void
mash_autosave_class_init (MashAutosaveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mash_autosave_dispose;
  object_class->get_property = mash_autosave_get_property;

  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, MASH_AUTOSAVE_FAILED, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mash_autosave_init (MashAutosave *self)
{
  self->timers = (MashAutosaveTimers) { start_source, stop_source, NULL };
}

MashAutosave *
mash_autosave_new (MashService     *service,
                   MashContactFile *file)
{
  MashAutosave *self = g_object_new (MASH_TYPE_AUTOSAVE, NULL);

  self->service = g_object_ref (service);
  self->file = g_object_ref (file);

  return self;
}

MashAutosaveState
mash_autosave_get_state (MashAutosave *self)
{
  g_return_val_if_fail (MASH_IS_AUTOSAVE (self), MASH_AUTOSAVE_IDLE);

  return self->state;
}

/**
 * mash_autosave_set_timers:
 * @self: an autosave that nothing was typed into yet
 * @timers: what it waits by
 *
 * Lets a test that moves time itself say when a wait is over. By itself it waits in the main loop.
 */
void
mash_autosave_set_timers (MashAutosave             *self,
                          const MashAutosaveTimers *timers)
{
  g_return_if_fail (MASH_IS_AUTOSAVE (self));
  g_return_if_fail (self->pause_source == 0 && self->longest_source == 0);

  self->timers = *timers;
}

/**
 * mash_autosave_typed:
 * @self: an autosave
 *
 * Something was typed: the draft is due two seconds after the last of it, and is kept before the
 * first of it is five seconds old.
 */
void
mash_autosave_typed (MashAutosave *self)
{
  g_return_if_fail (MASH_IS_AUTOSAVE (self));

  self->dirty = TRUE;
  if (self->n_running == 0)
    set_state (self, MASH_AUTOSAVE_TYPING);
  stop_timer (self, &self->pause_source);
  self->pause_source = self->timers.start (self->timers.data, MILLISECONDS_AFTER_TYPING,
                                           on_pause_cb, self);
  wait_longest (self);
}

/* What of a group @deed may touch. */
static MashGroup *
keep_touched (MashAutosave *self,
              const char   *deed,
              MashGroup    *all)
{
  const MashDeed *declared = mash_policy_find_deed (mash_service_get_policy (self->service), deed);
  MashGroup *group = mash_group_new (deed, mash_group_get_contact (all));

  for (guint i = 0; declared != NULL && i < mash_group_get_n_edits (all); i++)
    {
      MashEdit *edit = mash_group_get_edit (all, i);

      if (mash_deed_touches (declared, mash_edit_get_kind (edit)->name))
        mash_group_take_edit (group, mash_edit_copy (edit));
    }

  return group;
}

/**
 * mash_autosave_dup_group:
 * @self: an autosave
 * @deed: a deed of the policy
 *
 * Collects what is typed and not saved, as far as @deed may touch it. A referral can be saved
 * while an analysis beside it is still being written.
 *
 * Returns: (transfer full): a group, perhaps without edits
 */
MashGroup *
mash_autosave_dup_group (MashAutosave *self,
                         const char   *deed)
{
  g_autoptr (MashGroup) all = NULL;

  g_return_val_if_fail (MASH_IS_AUTOSAVE (self), NULL);

  all = mash_contact_file_dup_group (self->file, deed);

  return keep_touched (self, deed, all);
}

/* What is saved one after the other: the referral by its deed, a strategy discussion by its own.
 * One that is refused does not hold the other up. */
typedef struct
{
  GPtrArray *groups;
  GError    *error;   /* the first refusal */
} Saving;

static void
saving_free (Saving *saving)
{
  g_ptr_array_unref (saving->groups);
  g_clear_error (&saving->error);
  g_free (saving);
}

static void submit_next (GTask *task);

static void
on_submitted_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Saving *saving = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!mash_service_submit_finish (MASH_SERVICE (object), result, &error) && saving->error == NULL)
    saving->error = g_steal_pointer (&error);

  g_ptr_array_remove_index (saving->groups, 0);
  submit_next (g_steal_pointer (&task));
}

static void
submit_next (GTask *task)
{
  MashAutosave *self = g_task_get_source_object (task);
  Saving *saving = g_task_get_task_data (task);

  if (saving->groups->len > 0)
    {
      mash_service_submit_async (self->service, g_ptr_array_index (saving->groups, 0), NULL,
                                 on_submitted_cb, task);
      return;
    }

  end (self, saving->error == NULL);
  /* The draft went with the submission; what it could not hold yet is kept again. */
  if (saving->error == NULL && mash_contact_file_get_changed (self->file))
    mash_autosave_typed (self);
  if (saving->error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&saving->error));
  g_object_unref (task);
}

static void
take_typed (Saving    *saving,
            MashGroup *group)
{
  if (mash_group_get_n_edits (group) > 0)
    g_ptr_array_add (saving->groups, group);
  else
    mash_group_unref (group);
}

/* Each discussion is written by itself: no step is about two of them. */
static void
take_written (MashAutosave *self,
              Saving       *saving)
{
  GListModel *discussions = mash_contact_file_get_list (self->file, "strategy-discussion");

  for (guint i = 0; i < g_list_model_get_n_items (discussions); i++)
    {
      g_autoptr (MashEntity) discussion = g_list_model_get_item (discussions, i);
      g_autoptr (MashGroup) written = mash_strategy_dup_written (self->file,
                                                                 mash_entity_get_id (discussion));

      take_typed (saving, keep_touched (self, "write-discussion", written));
    }
}

/**
 * mash_autosave_submit_async:
 * @self: an autosave
 * @callback: called when it is durable, or refused
 * @user_data: for @callback
 *
 * Makes changes of what is typed in the referral: by the deed `create` while the contact does not
 * exist, by `edit` afterwards; and of what is typed in a strategy discussion, by its own deed.
 * Without anything to save it is done at once.
 */
void
mash_autosave_submit_async (MashAutosave        *self,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (self->file));
  const char *deed = mash_entity_get_record (contact) == NULL ? "create" : "edit";
  Saving *saving;
  GTask *task;

  g_return_if_fail (MASH_IS_AUTOSAVE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, mash_autosave_submit_async);
  saving = g_new0 (Saving, 1);
  saving->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_group_unref);
  g_task_set_task_data (task, saving, (GDestroyNotify) saving_free);
  take_typed (saving, mash_autosave_dup_group (self, deed));
  if (g_str_equal (deed, "edit"))
    take_written (self, saving);
  if (saving->groups->len == 0)
    {
      mash_autosave_keep_draft (self);
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }

  begin (self);
  submit_next (task);
}

gboolean
mash_autosave_submit_finish (MashAutosave  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
