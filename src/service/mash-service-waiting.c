/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-unsettled.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-hub-kept.h"
#include "mash-service-private.h"
#include "mash-settlement.h"
#include "mash-store-hub.h"
#include "mash-unsettled-words.h"

/* What others could not send waits at the hub, not at this desk: it is asked for whenever somebody
 * looks. It is asked on the thread of the sync, held against what this desk knows of its authors on
 * the store's, and settled like anything else that is said. */

#define TAKING "take-over"
#define REFUSING "refuse-unsent"

/* What the hub has, to be told by a policy. */
typedef struct
{
  MashPolicy *policy;
  GPtrArray  *waiting; /* of MashWaiting */
} Look;

typedef struct
{
  MashUnsettled *unsettled;
  gboolean       take_over;
  char          *reason;
} Word;

static void
look_free (Look *look)
{
  mash_policy_unref (look->policy);
  g_ptr_array_unref (look->waiting);
  g_free (look);
}

static void
word_free (Word *word)
{
  mash_unsettled_free (word->unsettled);
  g_free (word->reason);
  g_free (word);
}

/* On the store's thread */

static const char *
find_why (const char *reason)
{
  if (strcmp (reason, "revoked") == 0)
    return _("Its author may not come in any more, and could not send it.");
  if (strcmp (reason, "recovered") == 0)
    return _("It was found on a desk that was recovered.");

  return _("The hub had it once, and lost it when it was put back to an older copy.");
}

static int
compare_changes (gconstpointer a,
                 gconstpointer b)
{
  const MashChange *one = *(const MashChange *const *) a;
  const MashChange *other = *(const MashChange *const *) b;

  return (int) one->index - (int) other->index;
}

/* Whether every part of a step is there, once. */
static gboolean
is_whole (GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const MashChange *change = g_ptr_array_index (changes, i);

      if (change->index != i || change->size != changes->len)
        return FALSE;
    }

  return changes->len > 0;
}

/* What the first of them says, all of them say. */
static void
take_first (char **held,
            char **said)
{
  if (*held == NULL)
    *held = g_steal_pointer (said);
}

static void
add_sentence (GString    *text,
              const char *sentence)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", sentence);
}

static void
add_contact (MashStore  *store,
             const char *contact,
             GString    *text)
{
  g_autoptr (MashRecord) record = mash_store_lookup (store, "contact", contact);
  const char *reference = record != NULL ? mash_record_get_text (record, "reference") : NULL;
  g_autofree char *sentence = NULL;

  if (reference == NULL)
    {
      add_sentence (text, _("It is about a contact that is not at this desk."));
      return;
    }
  /* Translators: the reference of a contact. */
  sentence = g_strdup_printf (_("It is about contact %s."), reference);
  add_sentence (text, sentence);
}

static char *
dup_circumstances (MashStore           *store,
                   const MashWaiting   *first,
                   const MashUnsettled *told)
{
  g_autofree char *name = mash_unsettled_dup_name (store, first->handed_by);
  g_autofree char *moment = mash_unsettled_dup_moment (first->handed_at);
  g_autofree char *where = NULL;
  GString *text = g_string_new (find_why (first->reason));

  /* Translators: the name of a desk, of a person, and a day and time. */
  where = g_strdup_printf (_("Written at the desk “%s”, handed in by %s, %s."),
                           *first->desk != '\0' ? first->desk : _("no longer known"), name, moment);
  add_sentence (text, where);
  if (told->contact != NULL)
    add_contact (store, told->contact, text);
  if (!told->is_whole)
    add_sentence (text, _("It is not whole, or its signature does not hold: it cannot be taken "
                          "over."));

  return g_string_free (text, FALSE);
}

/* Those changes of a step that hold, or those that do not, and by what they are known. */
static GPtrArray *
pick (MashStore *store,
      GPtrArray *rows,
      gboolean   holding,
      GString   *digests)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_change_free);

  for (guint i = 0; i < rows->len; i++)
    {
      const MashWaiting *row = g_ptr_array_index (rows, i);
      g_autofree char *digest = NULL;
      gboolean holds = mash_store_check_signed (store, row->change, &digest);
      g_autoptr (MashChange) change = mash_change_from_statement (row->change->statement, NULL);

      if (holds != holding || change == NULL || mash_store_is_settled (store, row->step, digest))
        continue;
      g_string_append_printf (digests, "%s%s", digests->len > 0 ? " " : "", digest);
      g_ptr_array_add (changes, g_steal_pointer (&change));
    }
  g_ptr_array_sort (changes, compare_changes);

  return changes;
}

static MashUnsettled *
tell_step (MashStore  *store,
           MashPolicy *policy,
           GPtrArray  *rows,
           gboolean    holding)
{
  g_autoptr (GString) digests = g_string_new (NULL);
  g_autoptr (GPtrArray) changes = pick (store, rows, holding, digests);
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_edit_free);
  const MashWaiting *first = g_ptr_array_index (rows, 0);
  g_autofree char *name = mash_unsettled_dup_name (store, first->person);
  g_autofree char *moment = NULL;
  g_autofree char *deed_id = NULL;
  const MashDeed *deed;
  MashUnsettled *told;

  if (changes->len == 0)
    return NULL;

  told = g_new0 (MashUnsettled, 1);
  for (guint i = 0; i < changes->len; i++)
    {
      g_autofree char *each = NULL;
      g_autofree char *about = NULL;
      MashEdit *edit = mash_change_dup_edit (g_ptr_array_index (changes, i), &each, &about, NULL,
                                             NULL);

      if (edit == NULL)
        continue;
      g_ptr_array_add (edits, edit);
      take_first (&deed_id, &each);
      take_first (&told->contact, &about);
    }
  deed = deed_id != NULL ? mash_policy_find_deed (policy, deed_id) : NULL;
  moment = mash_unsettled_dup_moment (((MashChange *) g_ptr_array_index (changes, 0))->said_at);

  told->step = g_strdup (first->step);
  told->author = g_strdup (first->person);
  told->is_whole = holding && deed != NULL && edits->len == changes->len && is_whole (changes);
  /* Translators: the name of a person, a step such as “Screen”, and a day and time. */
  told->title = g_strdup_printf (_("Unsent work of %s: “%s”, %s"), name,
                                 deed != NULL ? deed->label : _("A step"), moment);
  told->reason = dup_circumstances (store, first, told);
  told->written = mash_unsettled_dup_written (store, policy, edits);
  told->digests = g_strdup (digests->str);

  return told;
}

static gpointer
tell_job (MashStore    **store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Look *look = data;
  GPtrArray *list;
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  if (mash_service_need_store (store, error) == NULL)
    return NULL;

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_unsettled_free);
  for (guint i = 0; i < look->waiting->len; i++)
    {
      MashWaiting *row = g_ptr_array_index (look->waiting, i);
      MashWaiting *next = i + 1 < look->waiting->len ? g_ptr_array_index (look->waiting, i + 1)
                                                     : NULL;

      g_ptr_array_add (rows, row);
      if (next != NULL && strcmp (next->step, row->step) == 0)
        continue;
      for (guint holding = 0; holding < 2; holding++)
        {
          MashUnsettled *told = tell_step (*store, look->policy, rows, !holding);

          if (told != NULL)
            g_ptr_array_add (list, told);
        }
      g_ptr_array_set_size (rows, 0);
    }

  return list;
}

static gpointer
settle_job (MashStore    **store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const Word *word = data;
  const MashUnsettled *unsettled = word->unsettled;
  g_autoptr (MashGroup) group = NULL;
  g_autoptr (MashRecord) contact = NULL;
  g_autofree char *id = NULL;
  MashEdit *edit;

  if (mash_service_need_store (store, error) == NULL)
    return NULL;

  /* A contact that is only in what waits is not there to say something of. */
  if (unsettled->contact != NULL)
    contact = mash_store_lookup (*store, "contact", unsettled->contact);
  group = mash_group_new (word->take_over ? TAKING : REFUSING,
                          contact != NULL ? unsettled->contact : NULL);
  id = mash_store_make_id (*store);
  edit = mash_edit_new (&mash_settlement_kind, id, 0);
  if (contact != NULL)
    mash_edit_set_text (edit, "contact", unsettled->contact);
  mash_edit_set_text (edit, "author", unsettled->author);
  mash_edit_set_text (edit, "step", unsettled->step);
  mash_edit_set_text (edit, "digests", unsettled->digests);
  mash_edit_set_flag (edit, "taken", word->take_over);
  mash_edit_set_text (edit, "reason", word->reason);
  mash_group_take_edit (group, edit);

  return GINT_TO_POINTER (mash_store_submit (*store, group, NULL, error));
}

/* On the main thread */

/**
 * mash_service_may_settle_unsent:
 * @self: a service
 *
 * Returns: whether whoever is signed in settles what others could not send
 */
gboolean
mash_service_may_settle_unsent (MashService *self)
{
  const MashDeed *deed;

  g_return_val_if_fail (MASH_IS_SERVICE (self), FALSE);

  deed = self->signed_in ? mash_policy_find_deed (self->policy, TAKING) : NULL;

  return deed != NULL && self->actor.role != NULL &&
         mash_policy_get_grant (self->policy, self->actor.role, deed->permission, NULL) ==
         MASH_GRANT_YES;
}

static void
set_n_waiting (MashService *self,
               guint        n_waiting)
{
  if (self->hub_reading.n_waiting == n_waiting)
    return;

  self->hub_reading.n_waiting = n_waiting;
  g_signal_emit_by_name (self, "hub-changed");
}

static void
on_told_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *list = g_task_propagate_pointer (G_TASK (result), &error);

  if (list == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  set_n_waiting (MASH_SERVICE (object), list->len);
  g_task_return_pointer (task, list, (GDestroyNotify) g_ptr_array_unref);
}

static void
on_waiting_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  MashService *self = MASH_SERVICE (object);
  GTask *task = user_data;
  GError *error = NULL;
  GPtrArray *waiting = g_task_propagate_pointer (G_TASK (result), &error);
  Look *look;

  if (waiting == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  look = g_new0 (Look, 1);
  look->policy = mash_policy_ref (self->policy);
  look->waiting = waiting;
  mash_service_run (self, task, look, (GDestroyNotify) look_free, tell_job,
                    (GDestroyNotify) g_ptr_array_unref, on_told_cb);
}

/* On the thread of the sync. */
static gpointer
ask_waiting (MashHubLine *line,
             const char  *seat,
             gpointer     data,
             GError     **error)
{
  return mash_hub_call_waiting (line, seat, error);
}

/**
 * mash_service_list_waiting_async:
 * @self: a service, signed in
 * @callback: called with the list
 * @user_data: for @callback
 *
 * Asks the hub for what others could not send and a manager settles. Whoever may not settle it, and
 * whoever is a hub by themselves or away from it, gets none; mash_service_get_hub_reading() says
 * which.
 */
void
mash_service_list_waiting_async (MashService         *self,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self));

  task = mash_service_begin (self, mash_service_list_waiting_async, NULL, callback, user_data);
  if (self->hub_reading.state != MASH_HUB_NEAR || !mash_service_may_settle_unsent (self))
    {
      g_task_return_pointer (task,
                             g_ptr_array_new_with_free_func ((GDestroyNotify) mash_unsettled_free),
                             (GDestroyNotify) g_ptr_array_unref);
      g_object_unref (task);
      return;
    }
  mash_service_inquire (self, task, NULL, NULL, ask_waiting, (GDestroyNotify) g_ptr_array_unref,
                        on_waiting_cb);
}

/**
 * mash_service_list_waiting_finish:
 * @self: a service
 * @result: the result
 * @error: return location for a #MashSyncError
 *
 * Returns: (transfer full) (element-type MashUnsettled) (nullable): what waits, a step each, in the
 *   order in which it was handed in
 */
GPtrArray *
mash_service_list_waiting_finish (MashService   *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_settled_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  const Word *word = g_task_get_task_data (G_TASK (result));

  mash_service_answer_settled (MASH_SERVICE (object), user_data, result, word->unsettled->contact);
}

/**
 * mash_service_settle_unsent_async:
 * @self: a service, signed in
 * @unsettled: one of mash_service_list_waiting_finish()
 * @take_over: whether it goes into the history as its author wrote it; else it is refused
 * @reason: why
 * @callback: called when it is said, which the hub has still to accept
 * @user_data: for @callback
 */
void
mash_service_settle_unsent_async (MashService         *self,
                                  const MashUnsettled *unsettled,
                                  gboolean             take_over,
                                  const char          *reason,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  Word *word;
  GTask *task;

  g_return_if_fail (MASH_IS_SERVICE (self) && unsettled != NULL && unsettled->step != NULL);

  word = g_new0 (Word, 1);
  word->unsettled = mash_unsettled_copy (unsettled);
  word->take_over = take_over;
  word->reason = g_strdup (reason);
  task = mash_service_begin (self, mash_service_settle_unsent_async, NULL, callback, user_data);
  mash_service_run (self, task, word, (GDestroyNotify) word_free, settle_job, NULL, on_settled_cb);
}

gboolean
mash_service_settle_unsent_finish (MashService   *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
