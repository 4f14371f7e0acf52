/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-unsettled.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-service-private.h"
#include "mash-store-hub.h"
#include "mash-unsettled-words.h"

/* What is done on the store's thread with what is shown. */
typedef struct
{
  MashPolicy    *policy;
  MashUnsettled *unsettled;
  gboolean       take_other;
} Settling;

static void
free_settling (Settling *settling)
{
  mash_policy_unref (settling->policy);
  mash_unsettled_free (settling->unsettled);
  g_free (settling);
}

/* Words */

static char *
dup_reason (MashStore         *store,
            const MashRefusal *refusal)
{
  g_auto (GStrv) parts = g_strsplit (refusal->says, " ", 2);

  if (strcmp (refusal->code, "decided") == 0 && g_strv_length (parts) == 2)
    {
      g_autofree char *name = mash_unsettled_dup_name (store, parts[0]);
      g_autofree char *moment = mash_unsettled_dup_moment (parts[1]);

      /* Translators: the name of a person, and a day and time. */
      return g_strdup_printf (_("Not accepted: already decided by %s at %s."), name, moment);
    }
  if (strcmp (refusal->code, "guard") == 0 && *refusal->says != '\0')
    return g_strdup_printf (_("Not accepted: %s"), refusal->says);
  if (strcmp (refusal->code, "withheld") == 0)
    return g_strdup (_("Not accepted: it is about something that is not open to you any more. "
                       "What you wrote is kept at the hub for a manager, and no longer here."));
  if (strcmp (refusal->code, "depends") == 0)
    return g_strdup (_("Not accepted, because it belongs to something that was not accepted."));
  if (strcmp (refusal->code, "settled") == 0 && g_strv_length (parts) == 2)
    {
      g_autofree char *name = mash_unsettled_dup_name (store, parts[0]);
      g_autofree char *moment = mash_unsettled_dup_moment (parts[1]);

      /* Translators: the name of a manager, and a day and time. */
      return g_strdup_printf (_("It could not be sent, and %s did not take it over at %s."), name,
                              moment);
    }
  if (strcmp (refusal->says, "MH011") == 0)
    return g_strdup (_("Not accepted: it was settled already, or is not whole. Look at what waits "
                       "again."));
  if (strcmp (refusal->says, "MH012") == 0)
    return g_strdup (_("Not accepted: what your colleague wrote does not fit in any more as things "
                       "stand. It still waits; refuse it, and write what is needed yourself."));

  return g_strdup (_("Not accepted: the hub’s rules do not allow it as things stand there."));
}

static MashUnsettled *
begin_telling (MashStore  *store,
               const char *contact)
{
  MashUnsettled *self = g_new0 (MashUnsettled, 1);
  g_autoptr (MashRecord) record = contact != NULL ? mash_store_lookup (store, "contact", contact)
                                                  : NULL;

  self->contact = g_strdup (contact);
  if (record != NULL)
    self->reference = g_strdup (mash_record_get_text (record, "reference"));

  return self;
}

static MashUnsettled *
tell_refusal (MashStore         *store,
              MashPolicy        *policy,
              const MashRefusal *refusal)
{
  const MashDeed *deed = refusal->deed != NULL ? mash_policy_find_deed (policy, refusal->deed)
                                               : NULL;
  g_autofree char *moment = mash_unsettled_dup_moment (refusal->said_at);
  MashUnsettled *self = begin_telling (store, refusal->contact);

  self->group = g_strdup (refusal->group);
  /* Translators: a step such as “Screen”, and a day and time. */
  self->title = g_strdup_printf (_("“%s”, %s"), deed != NULL ? deed->label : _("A step"), moment);
  self->reason = dup_reason (store, refusal);
  self->written = mash_unsettled_dup_written (store, policy, refusal->edits);

  return self;
}

static char *
dup_value_and_author (MashStore       *store,
                      MashPolicy      *policy,
                      const MashField *field,
                      GVariant        *value,
                      const char      *person,
                      const char      *at)
{
  g_autofree char *words = mash_unsettled_dup_value (store, policy, field, value);
  g_autofree char *name = mash_unsettled_dup_name (store, person);
  g_autofree char *moment = mash_unsettled_dup_moment (at);

  if (*moment == '\0')
    /* Translators: what somebody wrote, and who it was. */
    return g_strdup_printf (_("“%s” (%s)"), words, name);

  /* Translators: what somebody wrote, who it was, and a day and time. */
  return g_strdup_printf (_("“%s” (%s, %s)"), words, name, moment);
}

static MashUnsettled *
tell_conflict (MashStore          *store,
               MashPolicy         *policy,
               const MashConflict *conflict)
{
  const MashKind *kind = mash_kind_lookup (conflict->kind);
  guint i = kind != NULL ? mash_kind_find_field (kind, conflict->field) : MASH_NO_FIELD;
  MashUnsettled *self;

  if (i == MASH_NO_FIELD)
    return NULL;

  self = begin_telling (store, conflict->contact);
  self->kind = g_strdup (conflict->kind);
  self->record = g_strdup (conflict->record);
  self->field = g_strdup (conflict->field);
  self->position = conflict->position;
  self->title = g_strdup (_(kind->fields[i].label));
  self->reason = g_strdup (_("Two people wrote different things."));
  self->written = dup_value_and_author (store, policy, &kind->fields[i], conflict->held,
                                        conflict->held_by, conflict->held_at);
  self->other = dup_value_and_author (store, policy, &kind->fields[i], conflict->other,
                                      conflict->other_by, conflict->other_at);

  return self;
}

/* Nobody here can settle it, and the administrator has to be told of it in the same words. */
static MashUnsettled *
tell_aside (const MashAside *aside)
{
  g_autofree char *moment = mash_unsettled_dup_moment (aside->at);
  MashUnsettled *self = g_new0 (MashUnsettled, 1);

  /* Translators: a number, and a day and time. */
  self->title = g_strdup_printf (_("Entry %" G_GINT64_FORMAT " of the hub, set aside %s"),
                                 aside->position, moment);
  self->reason = g_strdup (_("This desk does not follow it, and the rest goes on. Tell your "
                             "administrator its number and what stands below."));
  self->written = g_strdup (aside->why);
  self->is_kept = TRUE;

  return self;
}

/* On the store's thread */

static gpointer
list_job (MashStore    **store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Settling *settling = data;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (GPtrArray) asides = NULL;
  GPtrArray *list;

  if (mash_service_need_store (store, error) == NULL)
    return NULL;
  refusals = mash_store_list_refusals (*store, error);
  conflicts = refusals != NULL ? mash_store_list_conflicts (*store, error) : NULL;
  asides = conflicts != NULL ? mash_store_list_asides (*store, error) : NULL;
  if (asides == NULL)
    return NULL;

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_unsettled_free);
  for (guint i = 0; i < refusals->len; i++)
    g_ptr_array_add (list, tell_refusal (*store, settling->policy,
                                         g_ptr_array_index (refusals, i)));
  for (guint i = 0; i < conflicts->len; i++)
    {
      MashUnsettled *told = tell_conflict (*store, settling->policy,
                                           g_ptr_array_index (conflicts, i));

      if (told != NULL)
        g_ptr_array_add (list, told);
    }
  for (guint i = 0; i < asides->len; i++)
    g_ptr_array_add (list, tell_aside (g_ptr_array_index (asides, i)));

  return list;
}

/* The other value is written like anything else that is written: whoever may not write the field
 * may not choose either. */
static gboolean
take_other (MashStore           *store,
            const MashUnsettled *unsettled,
            GError             **error)
{
  g_autoptr (MashRecord) record = mash_store_lookup (store, unsettled->kind, unsettled->record);
  g_autoptr (GPtrArray) conflicts = mash_store_list_conflicts (store, error);
  g_autoptr (MashGroup) group = mash_group_new ("edit", unsettled->contact);
  MashEdit *edit;

  if (record == NULL || conflicts == NULL)
    return FALSE;

  edit = mash_edit_new_for (record);
  for (guint i = 0; i < conflicts->len; i++)
    {
      const MashConflict *conflict = g_ptr_array_index (conflicts, i);
      guint field = mash_kind_find_field (mash_record_get_kind (record), unsettled->field);

      if (conflict->position == unsettled->position &&
          strcmp (conflict->field, unsettled->field) == 0)
        mash_edit_set (edit, field, mash_record_get_value (record, field), conflict->other);
    }
  mash_group_take_edit (group, edit);

  return mash_group_get_n_edits (group) == 0 || mash_store_submit (store, group, NULL, error);
}

static gpointer
settle_job (MashStore    **store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Settling *settling = data;
  const MashUnsettled *unsettled = settling->unsettled;
  gboolean done;

  if (mash_service_need_store (store, error) == NULL)
    return NULL;
  if (unsettled->group != NULL)
    done = mash_store_settle_refusal (*store, unsettled->group, error);
  else
    done = (!settling->take_other || take_other (*store, unsettled, error)) &&
           mash_store_settle_conflict (*store, unsettled->position, unsettled->field, error);

  return GINT_TO_POINTER (done);
}

/* On the main thread */

static Settling *
begin (MashService         *self,
       const MashUnsettled *unsettled)
{
  Settling *settling = g_new0 (Settling, 1);

  settling->policy = mash_policy_ref (self->policy);
  settling->unsettled = unsettled != NULL ? mash_unsettled_copy (unsettled) : NULL;

  return settling;
}

static void
on_listed_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *list = g_task_propagate_pointer (G_TASK (result), &error);

  if (list == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, list, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * mash_service_list_unsettled_async:
 * @self: a service, signed in
 * @callback: called with the list
 * @user_data: for @callback
 */
void
mash_service_list_unsettled_async (MashService         *self,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));

  task = mash_service_begin (self, mash_service_list_unsettled_async, NULL, callback, user_data);
  mash_service_run (self, task, begin (self, NULL), (GDestroyNotify) free_settling, list_job,
                    (GDestroyNotify) g_ptr_array_unref, on_listed_cb);
}

/**
 * mash_service_list_unsettled_finish:
 * @self: a service
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full) (element-type MashUnsettled) (nullable): what waits for somebody
 */
GPtrArray *
mash_service_list_unsettled_finish (MashService   *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Answers the caller's task, which is let go of: what was settled, of a contact or none, shows at
 * once, and the hub hears of it. */
void
mash_service_answer_settled (MashService  *self,
                             GTask        *caller,
                             GAsyncResult *result,
                             const char   *contact)
{
  g_autoptr (GTask) task = caller;
  g_autoptr (GError) error = NULL;

  g_task_propagate_pointer (G_TASK (result), &error);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (contact != NULL)
    mash_service_renew_contact (self, contact);
  mash_service_ring_hub (self);
  g_task_return_boolean (task, TRUE);
}

static void
on_settled_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  const Settling *settling = g_task_get_task_data (G_TASK (result));

  mash_service_answer_settled (MASH_SERVICE (object), user_data, result,
                               settling->unsettled->contact);
}

/**
 * mash_service_settle_async:
 * @self: a service, signed in
 * @unsettled: what was listed
 * @take_the_other: of two values, to take the one that does not stand; saying so is an edit
 *   like any
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * A step that was not accepted has been seen; of two values one has been chosen.
 */
void
mash_service_settle_async (MashService         *self,
                           const MashUnsettled *unsettled,
                           gboolean             take_the_other,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  Settling *settling;
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self) && unsettled != NULL);

  task = mash_service_begin (self, mash_service_settle_async, NULL, callback, user_data);
  settling = begin (self, unsettled);
  settling->take_other = take_the_other;
  mash_service_run (self, task, settling, (GDestroyNotify) free_settling, settle_job, NULL,
                    on_settled_cb);
}

gboolean
mash_service_settle_finish (MashService   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
