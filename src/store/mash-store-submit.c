/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-private.h"

#include <glib/gi18n-lib.h>

#include "mash-handling.h"
#include "mash-rules.h"
#include "mash-seal.h"
#include "mash-time.h"
#include "mash-uuid.h"

static char *
make_id_cb (gpointer data)
{
  return mash_store_make_id (data);
}

static MashReceipt *
make_receipt (MashStore *self,
              MashGroup *group,
              GPtrArray *sealed,
              GPtrArray *records)
{
  MashReceipt *receipt = g_new0 (MashReceipt, 1);
  const MashSealed *first = g_ptr_array_index (sealed, 0);

  receipt->group = g_strdup (first->change->group);
  receipt->contact = g_strdup (mash_group_get_contact (group));
  receipt->at = self->actor.now;
  receipt->position = self->head.position;
  receipt->records = g_ptr_array_ref (records);

  return receipt;
}

/* Completes and judges; gives the verdict in words when it refuses. */
static gboolean
judge (MashStore  *self,
       MashGroup  *group,
       GError    **error)
{
  const MashActor *actor = mash_store_prepare_actor (self);
  g_autoptr (MashVerdict) verdict = NULL;

  verdict = mash_judge_new_group (self->policy, MASH_FACTS (self), actor, group, make_id_cb, self);
  if (mash_store_take_fault (self, error))
    return FALSE;
  if (!mash_verdict_get_allowed (verdict))
    {
      mash_store_refuse (error, mash_verdict_get_refusal (verdict));
      return FALSE;
    }

  return TRUE;
}

/* A deed that is signed with the passphrase needs mash_store_check_passphrase() just before, and
 * uses it up. While a training hub is filled nobody is there to type one. */
static gboolean
check_confirmed (MashStore  *self,
                 MashGroup  *group,
                 GError    **error)
{
  const MashDeed *deed = mash_policy_find_deed (self->policy, mash_group_get_deed (group));
  gboolean confirmed = self->confirmed || self->bulk != NULL;

  self->confirmed = FALSE;
  if (deed == NULL || !deed->passphrase || confirmed)
    return TRUE;

  mash_store_refuse (error, _("This is signed with your passphrase; enter it again."));

  return FALSE;
}

/* That a contact is of the same family as an open one shows only to who opened that too
 * (domain 4.2, C20 to X20). */
static gboolean
check_target_opened (MashStore  *self,
                     MashGroup  *group,
                     GError    **error)
{
  MashEdit *edit = mash_group_find_edit (group, "contact", mash_group_get_contact (group));
  const char *target = edit != NULL ? mash_edit_get_text (edit, "duplicate-of") : NULL;
  g_autoptr (MashStatement) row = NULL;
  MashStep step;

  if (target == NULL || self->bulk != NULL)
    return TRUE;

  row = mash_database_prepare (self->database,
                               "SELECT 1 FROM access WHERE record = ?1 AND person = ?2"
                               " AND action = 'view' LIMIT 1", error);
  if (row == NULL)
    return FALSE;
  mash_statement_bind (row, "tt", target, self->person);
  step = mash_statement_step (row, error);
  if (step == MASH_STEP_DONE)
    mash_store_refuse (error,
                       _("Open the other contact first, to see that it is the same family."));

  return step == MASH_STEP_ROW;
}

/* What is signed after it was read needs the signer’s own look at it, since it was recommended. */
static gboolean
check_opened (MashStore  *self,
              MashGroup  *group,
              GError    **error)
{
  const MashDeed *deed = mash_policy_find_deed (self->policy, mash_group_get_deed (group));
  const char *contact = mash_group_get_contact (group);
  g_autoptr (MashRecord) recommendation = NULL;
  g_autoptr (MashStatement) row = NULL;
  const char *since = "";
  MashStep step;

  if (deed == NULL || !deed->open_only || contact == NULL || self->bulk != NULL)
    return TRUE;

  recommendation = mash_facts_find_newest (MASH_FACTS (self), "recommendation", contact);
  if (recommendation != NULL)
    since = mash_record_get_stamps (recommendation)->created_at;
  row = mash_database_prepare (self->database,
                               "SELECT 1 FROM access WHERE record = ?1 AND person = ?2"
                               " AND action = 'view' AND said_at >= ?3"
                               " AND " MASH_STORE_NOT_BESIDE " LIMIT 1", error);
  if (row == NULL)
    return FALSE;
  mash_statement_bind (row, "ttt", contact, self->person, since);
  step = mash_statement_step (row, error);
  if (step == MASH_STEP_DONE)
    mash_store_refuse (error, _("Open the contact and read it first."));

  return step == MASH_STEP_ROW;
}

/* Ids made here are of one form, so that they can never be taken for anything else. */
static gboolean
check_ids (MashGroup  *group,
           GError    **error)
{
  for (guint i = 0; i < mash_group_get_n_edits (group); i++)
    {
      if (!mash_uuid_check (mash_edit_get_id (mash_group_get_edit (group, i))))
        {
          mash_store_refuse (error, _("A record’s number does not have the right form."));
          return FALSE;
        }
    }

  return TRUE;
}

/* The words of a paragraph travel apart from the rest of it, to whoever may have them. */
static gboolean
part_words (MashGroup  *group,
            GError    **error)
{
  mash_handling_part_words (group);
  if (mash_group_get_n_edits (group) <= MASH_GROUP_MAX_CHANGES)
    return TRUE;
  mash_store_refuse (error, _("This is too much for one step; save a part of it first."));

  return FALSE;
}

static gboolean
submit (MashStore    *self,
        MashGroup    *group,
        MashReceipt **receipt,
        GError      **error)
{
  g_autoptr (MashTransaction) transaction = mash_transaction_begin (self->database, error);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) sealed = NULL;

  if (transaction == NULL || !check_ids (group, error) || !judge (self, group, error) ||
      !check_opened (self, group, error) || !check_target_opened (self, group, error) ||
      !part_words (group, error))
    return FALSE;

  sealed = mash_store_seal_group (self, group, error);
  if (sealed == NULL || !mash_store_put_documents (self, group, error))
    return FALSE;

  records = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);
  if (!(self->central ? mash_store_apply_pending (self, group, sealed, records, error)
                      : mash_store_apply_sealed (self, group, sealed, records, error)) ||
      !mash_transaction_commit (transaction, error))
    return FALSE;

  if (self->watcher != NULL)
    self->watcher (self->watcher_data);
  if (receipt != NULL)
    *receipt = make_receipt (self, group, sealed, records);

  return TRUE;
}

/* A seal keeps somebody out by what their own database is given; where one database has everything
 * it would keep nobody out. */
static const char *
find_obstacle (MashStore  *self,
               const char *deed)
{
  const MashDeed *found = mash_policy_find_deed (self->policy, deed);

  return !self->central && found != NULL && mash_deed_touches (found, mash_seal_kind.name)
         ? _("This hub stands alone: one database has every contact, and nothing can be sealed in "
             "it. Seal at a central hub.")
         : NULL;
}

/* Takes back what the store remembers of a transaction that was not committed. */
void
mash_store_undo (MashStore      *self,
                 const MashHead *before)
{
  self->head = *before;
  mash_applier_forget (self->applier);
  mash_tables_forget (self->tables);
  if (self->bulk != NULL)
    mash_bulk_refuse (self->bulk);
}

/**
 * mash_store_submit:
 * @self: a store
 * @group: what somebody does; not altered
 * @receipt: (out) (optional) (transfer full): what became of it
 * @error: %MASH_STORE_ERROR_REFUSED with the judge's sentence; %MASH_STORE_ERROR_CONFLICT naming
 *   the fields that somebody else altered meanwhile
 *
 * Completes a group by the rules, judges it, seals it into signed changes, applies and logs them,
 * in one transaction: all of it is durable when this returns %TRUE, and nothing of it is there when
 * it returns %FALSE. A deed that asks for the passphrase needs mash_store_check_passphrase() just
 * before.
 *
 * Returns: %TRUE when it was done
 */
gboolean
mash_store_submit (MashStore    *self,
                   MashGroup    *group,
                   MashReceipt **receipt,
                   GError      **error)
{
  g_autoptr (MashGroup) copy = NULL;
  g_autoptr (GError) local_error = NULL;
  MashHead before;

  mash_store_assert (self);
  g_return_val_if_fail (group != NULL, FALSE);

  if (find_obstacle (self, mash_group_get_deed (group)) != NULL)
    {
      mash_store_refuse (error, find_obstacle (self, mash_group_get_deed (group)));
      return FALSE;
    }
  if (!check_confirmed (self, group, error) || !mash_store_check_space (self, error))
    return FALSE;

  /* The rules add to it; the caller’s stays as it was, so that it can be submitted again. */
  copy = mash_group_copy (group);
  before = self->head;
  if (submit (self, copy, receipt, &local_error))
    return self->bulk == NULL || mash_bulk_renew (self->bulk, error);

  mash_store_meet_full (self, local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  mash_store_undo (self, &before);

  return FALSE;
}

/**
 * mash_store_examine:
 * @self: a store
 * @group: what somebody might do; not altered
 * @error: return location for a #MashStoreError
 *
 * Says what mash_store_submit() would say, and alters nothing.
 *
 * Returns: (transfer full) (nullable): the verdict
 */
MashVerdict *
mash_store_examine (MashStore  *self,
                    MashGroup  *group,
                    GError    **error)
{
  const MashActor *actor;
  g_autoptr (MashGroup) copy = NULL;
  g_autoptr (MashVerdict) verdict = NULL;

  mash_store_assert (self);
  g_return_val_if_fail (group != NULL, NULL);

  actor = mash_store_prepare_actor (self);
  copy = mash_group_copy (group);
  verdict = mash_judge_new_group (self->policy, MASH_FACTS (self), actor, copy, make_id_cb, self);

  return mash_store_take_fault (self, error) ? NULL : g_steal_pointer (&verdict);
}

/**
 * mash_store_examine_deed:
 * @self: a store
 * @deed: the id of a deed
 * @contact: (nullable): the contact on which it would be done
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (nullable): whether the person who is signed in may do it now, and if
 *   not, why not
 */
MashVerdict *
mash_store_examine_deed (MashStore   *self,
                         const char  *deed,
                         const char  *contact,
                         GError     **error)
{
  g_autoptr (MashVerdict) verdict = NULL;

  mash_store_assert (self);

  verdict = mash_judge_deed (self->policy, MASH_FACTS (self), mash_store_prepare_actor (self), deed,
                             contact);
  if (find_obstacle (self, deed) != NULL)
    mash_verdict_refuse (verdict, find_obstacle (self, deed));

  return mash_store_take_fault (self, error) ? NULL : g_steal_pointer (&verdict);
}
