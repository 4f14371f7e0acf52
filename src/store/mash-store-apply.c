/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-handling.h"
#include "mash-staff.h"
#include "mash-time.h"
#include "mash-uuid.h"

/* How far another desk's clock may be ahead. */
#define MAX_AHEAD (2 * MASH_TIME_MINUTE)

/* The contact that a record belongs to; NULL for what exists apart from contacts. */
char *
mash_store_dup_contact (MashEdit   *edit,
                        MashRecord *record)
{
  const MashKind *kind = mash_edit_get_kind (edit);
  guint field = mash_kind_get_contact_field (kind);
  GVariant *value;

  if (strcmp (kind->name, "contact") == 0)
    return g_strdup (mash_edit_get_id (edit));
  if (field == MASH_NO_FIELD)
    return NULL;

  value = record != NULL ? mash_record_get_value (record, field) : mash_edit_get_now (edit, field);

  return value != NULL ? g_variant_dup_string (value, NULL) : NULL;
}

/* Applies and logs the changes of a group that has been judged, inside the caller's transaction. */
gboolean
mash_store_apply_sealed (MashStore  *self,
                         MashGroup  *group,
                         GPtrArray  *sealed,
                         GPtrArray  *records,
                         GError    **error)
{
  g_autofree char *took_at = mash_time_format (mash_store_get_now (self));

  for (guint i = 0; i < sealed->len; i++)
    {
      MashSealed *entry = g_ptr_array_index (sealed, i);
      MashEdit *edit = mash_group_get_edit (group, i);
      g_autofree char *contact = NULL;
      MashRecord *record;
      MashHeard heard;

      record = mash_applier_apply (self->applier, edit, entry->change->said_at,
                                   entry->change->person, entry->change->post, error);
      if (record == NULL)
        return FALSE;
      g_ptr_array_add (records, record);

      contact = mash_store_dup_contact (edit, record);
      heard = (MashHeard) {
        entry->change, edit, record, mash_group_get_deed (group), mash_group_get_reason (group),
        contact != NULL ? contact : mash_group_get_contact (group),
      };
      if (!mash_store_log (self, entry, took_at, heard.contact, error))
        return FALSE;
      heard.position = self->head.position;
      if (!mash_applier_hear (self->applier, &heard, error))
        return FALSE;
    }

  return mash_applier_finish (self->applier, error) &&
         (self->bulk != NULL || mash_store_log_head (self, took_at, error));
}

/* Whether changes are of one user action of a hub, each in its place, and all of it where it is
 * whole. */
gboolean
mash_store_is_of_one_group (GPtrArray  *changes,
                            gboolean    whole,
                            const char *hub)
{
  const MashChange *first = g_ptr_array_index (changes, 0);
  guint next = 0;

  for (guint i = 0; i < changes->len; i++)
    {
      const MashChange *change = g_ptr_array_index (changes, i);

      if (strcmp (change->hub, hub) != 0 || strcmp (change->group, first->group) != 0 ||
          strcmp (change->desk, first->desk) != 0 ||
          strcmp (change->person, first->person) != 0 ||
          strcmp (change->post, first->post) != 0 ||
          strcmp (change->said_at, first->said_at) != 0 ||
          strcmp (change->compartment, MASH_STORE_COMPARTMENT) != 0 ||
          (whole ? change->index != i || change->size != changes->len
                 : change->index < next || change->index >= change->size ||
                   change->size != first->size) ||
          !mash_uuid_check (change->id) || !mash_uuid_check (change->group) ||
          !mash_uuid_check (change->record))
        return FALSE;
      next = change->index + 1;
    }

  return changes->len <= MASH_GROUP_MAX_CHANGES;
}

gboolean
mash_store_is_one_group (GPtrArray  *changes,
                         const char *hub)
{
  return mash_store_is_of_one_group (changes, TRUE, hub);
}

/* Checks each signature with the key that the author's staff record has now. */
static GPtrArray *
check_signatures (MashStore  *self,
                  GPtrArray  *changes,
                  GError    **error)
{
  const MashChange *first = g_ptr_array_index (changes, 0);
  g_autoptr (GPtrArray) sealed = NULL;
  g_autofree char *public_key = NULL;

  public_key = mash_store_dup_public_key (self->tables, self->root_person, self->root_key,
                                          first->person, error);
  if (public_key == NULL)
    return NULL;

  sealed = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_sealed_unref);
  for (guint i = 0; i < changes->len; i++)
    {
      MashSealed *entry = mash_sealed_new (mash_change_copy (g_ptr_array_index (changes, i)));

      g_ptr_array_add (sealed, entry);
      if (!mash_store_check_signature (entry->change, MASH_CHANGE_PURPOSE, public_key,
                                       entry->digest))
        {
          mash_store_refuse (error, _("A signature does not hold."));
          return NULL;
        }
      entry->is_signed = TRUE;
    }

  return g_steal_pointer (&sealed);
}

/* Puts the group together again that the changes were sealed from: what each says of the deed, its
 * contact and its reason must be the same. */
MashGroup *
mash_store_rebuild_group (GPtrArray  *sealed,
                          GError    **error)
{
  g_autoptr (MashGroup) group = NULL;

  for (guint i = 0; i < sealed->len; i++)
    {
      const MashSealed *entry = g_ptr_array_index (sealed, i);
      g_autofree char *deed = NULL;
      g_autofree char *contact = NULL;
      g_autofree char *reason = NULL;
      MashEdit *edit = mash_change_dup_edit (entry->change, &deed, &contact, &reason, error);

      if (edit == NULL)
        return NULL;
      if (group == NULL)
        {
          group = mash_group_new (deed, contact);
          mash_group_set_reason (group, reason);
        }
      mash_group_take_edit (group, edit);
      if (strcmp (deed, mash_group_get_deed (group)) != 0 ||
          g_strcmp0 (contact, mash_group_get_contact (group)) != 0 ||
          g_strcmp0 (reason, mash_group_get_reason (group)) != 0)
        {
          mash_store_refuse (error, _("The changes of one step do not say the same of it."));
          return NULL;
        }
    }
  /* An edit that alters nothing is none. */
  if (mash_group_get_n_edits (group) != sealed->len)
    {
      mash_store_refuse (error, _("This is not one whole step of this hub."));
      return NULL;
    }

  return g_steal_pointer (&group);
}

static gboolean
make_author (MashStore         *self,
             const MashChange  *change,
             MashRecord        *staff,
             MashRecord        *post,
             MashActor         *actor,
             GError           **error)
{
  g_autofree char *day = NULL;
  gint64 said;

  if (!mash_time_parse (change->said_at, &said) || said > mash_store_get_now (self) + MAX_AHEAD)
    {
      mash_store_refuse (error, _("It was said at a time that has not come yet."));
      return FALSE;
    }
  day = mash_time_dup_local_date (said);
  if (staff == NULL || post == NULL || !mash_store_is_admitted (staff, post, day) ||
      mash_record_get_stamps (post)->voided_at != NULL || !mash_post_is_held (post, day) ||
      g_strcmp0 (mash_record_get_text (post, "staff"), change->person) != 0)
    {
      mash_store_refuse (error, _("Its author does not hold the post that it names."));
      return FALSE;
    }

  *actor = (MashActor) {
    .person = change->person,
    .post = change->post,
    .role = mash_record_get_text (post, "role"),
    .agency = mash_record_get_text (post, "agency"),
    .desk = change->desk,
    .on_line = TRUE,
    .now = said,
  };

  return TRUE;
}

static gboolean
judge_author (MashStore         *self,
              const MashChange  *change,
              MashGroup         *group,
              GError           **error)
{
  g_autoptr (MashRecord) staff = mash_store_lookup (self, "staff", change->person);
  g_autoptr (MashRecord) post = mash_store_lookup (self, "post", change->post);
  g_autoptr (MashGroup) whole = NULL;
  g_autoptr (MashVerdict) verdict = NULL;
  MashActor actor;

  if (!make_author (self, change, staff, post, &actor, error))
    return FALSE;

  whole = mash_group_copy (group);
  mash_handling_join_words (whole);
  verdict = mash_judge_group (self->policy, MASH_FACTS (self), &actor, whole);
  if (mash_store_take_fault (self, error))
    return FALSE;
  if (!mash_verdict_get_allowed (verdict))
    {
      mash_store_refuse (error, mash_verdict_get_refusal (verdict));
      return FALSE;
    }

  return TRUE;
}

/* Whether the log has the group already, so that handing it in twice does no harm. */
static gboolean
is_known (MashStore  *self,
          GPtrArray  *sealed,
          gboolean   *known,
          GError    **error)
{
  g_autoptr (MashStatement) row = NULL;
  guint n_same = 0, n_known = 0;

  row = mash_database_prepare (self->database, "SELECT digest FROM change WHERE id = ?1", error);
  if (row == NULL)
    return FALSE;

  for (guint i = 0; i < sealed->len; i++)
    {
      const MashSealed *entry = g_ptr_array_index (sealed, i);
      MashStep step;
      gsize length;
      const guint8 *digest;

      mash_statement_bind_text (row, 1, entry->change->id);
      step = mash_statement_step (row, error);
      if (step == MASH_STEP_ERROR)
        return FALSE;
      if (step == MASH_STEP_ROW)
        {
          digest = mash_statement_get_data (row, 0, &length);
          n_known++;
          n_same += length == sizeof entry->digest &&
                    memcmp (digest, entry->digest, sizeof entry->digest) == 0;
        }
      mash_statement_reset (row);
    }

  *known = n_known > 0;
  if (n_known > 0 && n_same != sealed->len)
    {
      mash_store_refuse (error, _("Something else was said under the same number."));
      return FALSE;
    }

  return TRUE;
}

static gboolean
apply_checked (MashStore  *self,
               GPtrArray  *sealed,
               GError    **error)
{
  const MashSealed *first = g_ptr_array_index (sealed, 0);
  g_autoptr (MashTransaction) transaction = NULL;
  g_autoptr (MashGroup) group = mash_store_rebuild_group (sealed, error);
  g_autoptr (GPtrArray) records = NULL;

  if (group == NULL)
    return FALSE;
  transaction = mash_transaction_begin (self->database, error);
  if (transaction == NULL)
    return FALSE;

  if (!judge_author (self, first->change, group, error))
    return FALSE;

  records = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);

  return mash_store_apply_sealed (self, group, sealed, records, error) &&
         mash_transaction_commit (transaction, error);
}

/**
 * mash_store_apply_group:
 * @self: a store
 * @changes: (element-type MashChange): the changes of one group, signed, in order; may come from
 *   anywhere
 * @error: %MASH_STORE_ERROR_REFUSED with a sentence, %MASH_STORE_ERROR_CONFLICT, or a
 *   #MashChangeError
 *
 * Takes a group that was sealed elsewhere. Nothing in it is trusted: hub, order, signatures, kinds,
 * fields, values and the author's right are checked before anything is written, and either all of
 * it is applied or nothing. A group that is known already is taken again without effect.
 *
 * Returns: %TRUE when the log has the group
 */
gboolean
mash_store_apply_group (MashStore  *self,
                        GPtrArray  *changes,
                        GError    **error)
{
  g_autoptr (GPtrArray) sealed = NULL;
  gboolean known;
  MashHead before;

  mash_store_assert (self);
  g_return_val_if_fail (changes != NULL, FALSE);

  if (changes->len == 0 || !mash_store_is_one_group (changes, self->info->hub))
    {
      mash_store_refuse (error, _("This is not one whole step of this hub."));
      return FALSE;
    }
  sealed = check_signatures (self, changes, error);
  if (sealed == NULL || !mash_store_write_log (self, error) ||
      !is_known (self, sealed, &known, error))
    return FALSE;
  if (known)
    return TRUE;

  before = self->head;
  if (apply_checked (self, sealed, error))
    {
      if (self->bulk != NULL)
        mash_bulk_accept (self->bulk);
      return TRUE;
    }

  mash_store_undo (self, &before);

  return FALSE;
}
