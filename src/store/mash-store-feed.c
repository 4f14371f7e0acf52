/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-hub.h"
#include "mash-store-private.h"

#include <string.h>

#include "mash-handling.h"
#include "mash-kinds.h"
#include "mash-merge.h"
#include "mash-signatures.h"
#include "mash-time.h"

/* The hub's own measures (mash.actor_of): what was said longer ago than this was said off line, and
 * a desk's clock that is further ahead than this decides nothing. */
#define ON_LINE (2 * MASH_TIME_MINUTE)
#define AHEAD (15 * MASH_TIME_MINUTE)

static const char policy_sql[] =
  "SELECT version FROM policy_version WHERE voided_at IS NULL ORDER BY n DESC LIMIT 1";

/* One group of the hub's history on its way into the tables. */
typedef struct
{
  GPtrArray  *entries;   /* of MashEntry, borrowed */
  GPtrArray  *sealed;    /* of MashSealed; NULL for what is not given or cannot be read */
  GPtrArray  *given;     /* of MashSealed: those of @sealed that are */
  GPtrArray  *edits;     /* of MashEdit, one for each of @given, of the records as they stand */
  GPtrArray  *contacts;  /* ids of those that the changes belong to, as far as they were applied */
  MashGroup  *group;     /* those of which something is left */
  const char *why;       /* it is not followed, or NULL */
  gboolean    again;     /* it was followed before, as it stands now */
  MashSignatures *signatures; /* of the page that it is in, borrowed */
} Passage;

static void
sealed_unref (gpointer sealed)
{
  if (sealed != NULL)
    mash_sealed_unref (sealed);
}

static void
passage_clear (Passage *self)
{
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->sealed, g_ptr_array_unref);
  g_clear_pointer (&self->given, g_ptr_array_unref);
  g_clear_pointer (&self->edits, g_ptr_array_unref);
  g_clear_pointer (&self->contacts, g_ptr_array_unref);
  g_clear_pointer (&self->group, mash_group_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Passage, passage_clear)

static gboolean
is_known (MashStore         *self,
          const MashChange  *change)
{
  g_autoptr (MashStatement) row = NULL;

  row = mash_database_prepare (self->database,
                               "SELECT 1 FROM change WHERE state = 'accepted'"
                               " AND (id = ?1 OR (group_id = ?2 AND idx = ?3))", NULL);
  if (row == NULL)
    return FALSE;
  mash_statement_bind (row, "ttu", change->id, change->group, change->index);

  return mash_statement_step (row, NULL) == MASH_STEP_ROW;
}

static MashSealed *
read_entry (const MashEntry *entry)
{
  g_autoptr (MashChange) change = NULL;
  MashSealed *sealed;
  gsize length;

  if (entry->statement == NULL)
    return NULL;
  change = mash_change_from_statement (entry->statement, NULL);
  if (change == NULL)
    return NULL;

  memcpy (change->signature, g_bytes_get_data (entry->signature, &length),
          sizeof change->signature);
  sealed = mash_sealed_new (g_steal_pointer (&change));
  memcpy (sealed->digest, g_bytes_get_data (entry->digest, NULL), sizeof sealed->digest);
  sealed->is_signed = TRUE;

  return sealed;
}

/* The key that somebody signs with as the page begins, which a page may alter. */
static const char *
foresee_key (MashStore  *self,
             GHashTable *keys,
             const char *person)
{
  char *key = g_hash_table_lookup (keys, person);

  if (key == NULL && !g_hash_table_contains (keys, person))
    {
      key = mash_store_dup_public_key (self->tables, self->root_person, self->root_key, person,
                                       NULL);
      g_hash_table_insert (keys, g_strdup (person), key);
    }

  return key;
}

/* Reads a page before any of it is followed, so that its signatures are checked meanwhile. */
static GPtrArray *
read_page (MashStore       *self,
           GPtrArray       *entries,
           GHashTable      *known,
           MashSignatures  *signatures)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GPtrArray *page = g_ptr_array_new_full (entries->len, sealed_unref);

  for (guint i = 0; i < entries->len; i++)
    {
      MashEntry *entry = g_ptr_array_index (entries, i);
      MashSealed *sealed = read_entry (entry);
      const char *key = NULL;

      g_ptr_array_add (page, sealed);
      if (sealed != NULL && (known == NULL || !g_hash_table_contains (known, &entry->seq)))
        key = foresee_key (self, keys, sealed->change->person);
      if (key != NULL)
        mash_signatures_add (signatures, sealed->change, key);
    }
  mash_signatures_begin (signatures);

  return page;
}

/* Somebody's first key comes in their own words, which only the holder of that key can have signed;
 * that they were let in the hub has seen to. */
char *
mash_store_dup_first_key (MashTables       *tables,
                          const MashChange *change)
{
  g_autoptr (MashRecord) held = NULL;
  g_autoptr (MashEdit) edit = NULL;
  const char *key;

  if (change->size != 1 || strcmp (change->kind, "staff") != 0 ||
      strcmp (change->record, change->person) != 0)
    return NULL;
  held = mash_tables_lookup (tables, &mash_staff_kind, change->record, NULL);
  edit = mash_change_dup_edit (change, NULL, NULL, NULL, NULL);
  if (held == NULL || edit == NULL || mash_record_has (held, "public-key") ||
      mash_edit_get_voided (edit) != NULL)
    return NULL;

  for (guint i = 0; i < mash_staff_kind.n_fields; i++)
    {
      if (mash_edit_touches (edit, i) && strcmp (mash_staff_kind.fields[i].name, "public-key") != 0)
        return NULL;
    }
  key = mash_edit_get_text (edit, "public-key");

  return g_strdup (key);
}

static gboolean
check_signatures (MashStore *self,
                  Passage   *passage,
                  gboolean  *first_key)
{
  for (guint i = 0; i < passage->given->len; i++)
    {
      MashSealed *sealed = g_ptr_array_index (passage->given, i);
      g_autofree char *key = NULL;

      key = mash_store_dup_first_key (self->tables, sealed->change);
      *first_key = key != NULL;
      if (key == NULL)
        key = mash_store_dup_public_key (self->tables, self->root_person, self->root_key,
                                         sealed->change->person, NULL);
      if (!mash_signatures_hold (passage->signatures, sealed->change, key))
        return FALSE;
    }

  return TRUE;
}

/* Rules are kept by the policy of their time: what was done under another is not judged by this
 * one. The hub says which it goes by; until it has, that is the last that was put in force. */
static gboolean
is_policy_of_hub (MashStore       *self,
                  const MashEntry *entry)
{
  g_autoptr (MashStatement) row = NULL;

  if (self->hub_policy != NULL)
    return !mash_store_is_policy_other (self) && (gint64) entry->seq > self->hub_policy_after;

  row = mash_database_prepare (self->database, policy_sql, NULL);

  return row != NULL &&
         (mash_statement_step (row, NULL) != MASH_STEP_ROW ||
          g_strcmp0 (mash_statement_get_text (row, 0),
                     mash_policy_get_version (self->policy)) == 0);
}

/* Whether a manager let the whole of it in, in the place of an author who could not send it. */
static gboolean
is_taken_over (MashStore     *self,
               const Passage *passage)
{
  for (guint i = 0; i < passage->given->len; i++)
    {
      const MashSealed *sealed = g_ptr_array_index (passage->given, i);

      if (!mash_store_is_taken_over (self, sealed->change->group, sealed->digest))
        return FALSE;
    }

  return TRUE;
}

static gboolean
make_author (MashStore         *self,
             const MashChange  *change,
             MashRecord        *staff,
             MashRecord        *post,
             const char        *took_at,
             gboolean           taken_over,
             MashActor         *actor)
{
  gint64 said, took;

  if (!mash_time_parse (change->said_at, &said) || !mash_time_parse (took_at, &took))
    return FALSE;
  *actor = (MashActor) {
    .person = change->person,
    .post = change->post,
    .role = MASH_STORE_ROOT_ROLE,
    .desk = change->desk,
    .on_line = said >= took - ON_LINE,
    .now = MIN (said, took + AHEAD),
  };
  if (*change->post == '\0')
    return g_strcmp0 (change->person, self->root_person) == 0;
  if (staff == NULL || post == NULL ||
      (!taken_over && (mash_record_get_stamps (post)->voided_at != NULL ||
                       mash_record_get_flag (staff, "suspended"))) ||
      g_strcmp0 (mash_record_get_text (post, "staff"), change->person) != 0)
    return FALSE;

  actor->role = mash_record_get_text (post, "role");
  actor->agency = mash_record_get_text (post, "agency");

  return TRUE;
}

/* What the hub took is judged again, by the same rules upon the same records. What follows from a
 * step by the rules is not reckoned again: its author could not know what others did meanwhile. */
static gboolean
judge (MashStore *self,
       Passage   *passage)
{
  const MashChange *change = ((MashSealed *) g_ptr_array_index (passage->given, 0))->change;
  const MashEntry *entry = g_ptr_array_index (passage->entries, 0);
  g_autoptr (MashRecord) staff = mash_store_lookup (self, "staff", change->person);
  g_autoptr (MashRecord) post = mash_store_lookup (self, "post", change->post);
  g_autoptr (MashGroup) whole = NULL;
  g_autoptr (MashVerdict) verdict = NULL;
  MashActor actor;

  if (!make_author (self, change, staff, post, entry->took_at, FALSE, &actor) &&
      !(is_taken_over (self, passage) &&
        make_author (self, change, staff, post, entry->took_at, TRUE, &actor)))
    {
      passage->why = "Its author does not hold the post that it names";
      return FALSE;
    }
  if (!is_policy_of_hub (self, entry) || mash_group_get_n_edits (passage->group) == 0 ||
      (mash_group_get_contact (passage->group) != NULL && !mash_store_has_all_cases (self)))
    return TRUE;

  whole = mash_group_copy (passage->group);
  mash_handling_join_words (whole);
  verdict = mash_judge_taken_group (self->policy, MASH_FACTS (self), &actor, whole);
  if (!mash_verdict_get_allowed (verdict))
    passage->why = "The rules of this hub do not allow it";

  return passage->why == NULL;
}

/* A record as an edit of it finds it: as it stands, with what the same step did to it before. */
static MashRecord *
find_held (MashStore      *self,
           Passage        *passage,
           const MashEdit *edit)
{
  g_autoptr (MashRecord) held = NULL;
  guint n = passage->edits->len;
  const MashEdit *before = n > 0 ? g_ptr_array_index (passage->edits, n - 1) : NULL;

  held = mash_store_lookup (self, mash_edit_get_kind (edit)->name, mash_edit_get_id (edit));
  if (before == NULL || strcmp (mash_edit_get_id (before), mash_edit_get_id (edit)) != 0 ||
      mash_edit_get_kind (before) != mash_edit_get_kind (edit))
    return g_steal_pointer (&held);

  return mash_merge_apply (before, held, "", "", "");
}

/* The group as the hub took it: said of the records as they stand, without what gave way. */
static gboolean
merge (MashStore *self,
       Passage   *passage)
{
  g_autoptr (MashGroup) said = mash_store_rebuild_group (passage->given, NULL);
  guint n = 0;

  if (said == NULL)
    {
      passage->why = "It has not the form of a step";
      return FALSE;
    }

  passage->group = mash_group_new (mash_group_get_deed (said), mash_group_get_contact (said));
  mash_group_set_reason (passage->group, mash_group_get_reason (said));
  passage->edits = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_edit_free);
  for (guint i = 0; i < passage->sealed->len; i++)
    {
      const MashEntry *entry = g_ptr_array_index (passage->entries, i);
      g_autoptr (MashRecord) held = NULL;
      MashEdit *edit, *left;

      if (g_ptr_array_index (passage->sealed, i) == NULL)
        continue;
      edit = mash_group_get_edit (said, n++);
      held = find_held (self, passage, edit);
      left = mash_merge_taken (edit, held, (const char *const *) entry->lost);
      if (left == NULL)
        {
          passage->why = "It does not follow from those before it";
          return FALSE;
        }
      g_ptr_array_add (passage->edits, left);
      mash_group_take_edit (passage->group, mash_edit_copy (left));
    }

  return TRUE;
}

/* Gathers what the hub gives of a passage; whether it can be read. */
static gboolean
gather (MashStore *self,
        Passage   *passage)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new ();

  passage->given = g_ptr_array_new ();
  for (guint i = 0; i < passage->sealed->len; i++)
    {
      const MashEntry *entry = g_ptr_array_index (passage->entries, i);
      MashSealed *sealed = g_ptr_array_index (passage->sealed, i);

      if (sealed == NULL && entry->statement != NULL)
        {
          passage->why = "It cannot be read, or was said before";
          return FALSE;
        }
      if (sealed == NULL)
        continue;
      g_ptr_array_add (passage->given, sealed);
      g_ptr_array_add (changes, sealed->change);
    }
  if (changes->len > 0 &&
      !mash_store_is_of_one_group (changes, changes->len == passage->sealed->len,
                                   self->info->hub))
    passage->why = "It is not one whole step of this hub";

  return changes->len > 0 && passage->why == NULL;
}

/* Whether a passage may be followed. What the hub keeps back may be what the rest hangs on: only a
 * whole step is judged. */
static gboolean
examine (MashStore *self,
         Passage   *passage)
{
  gboolean first_key = FALSE;

  if (!gather (self, passage))
    return FALSE;
  if (!passage->again && !check_signatures (self, passage, &first_key))
    {
      passage->why = "The signature does not hold";
      return FALSE;
    }

  return merge (self, passage) &&
         (passage->again || first_key || passage->given->len < passage->sealed->len ||
          judge (self, passage));
}

static gboolean
apply_group (MashStore  *self,
             Passage    *passage,
             GError    **error)
{
  g_autoptr (MashTransaction) transaction = mash_transaction_begin (self->database, error);
  guint n = 0;

  if (transaction == NULL)
    return FALSE;

  passage->contacts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < passage->sealed->len; i++)
    {
      const MashSealed *sealed = g_ptr_array_index (passage->sealed, i);
      const MashEntry *entry = g_ptr_array_index (passage->entries, i);
      char *contact = NULL;

      if (sealed != NULL &&
          !mash_store_follow (self, sealed->change, g_ptr_array_index (passage->edits, n++),
                              passage->group, (gint64) entry->seq, &contact, NULL, error))
        return FALSE;
      g_ptr_array_add (passage->contacts, contact);
    }

  return mash_transaction_commit (transaction, error);
}

static gboolean
keep_aside (MashStore        *self,
            const MashEntry  *entry,
            const MashSealed *sealed,
            const char       *why,
            GError          **error)
{
  return mash_database_run (self->database, error,
                            "INSERT INTO aside (position, id, why, at) VALUES (?1, ?2, ?3, ?4)",
                            "ittt", (gint64) entry->seq,
                            sealed != NULL ? sealed->change->id : "", why, entry->took_at);
}

/* The contact that a change belongs to, after it was applied or where it was not. */
static char *
dup_contact (MashStore        *self,
             const Passage    *passage,
             const MashChange *change)
{
  g_autofree char *about = NULL;
  g_autoptr (MashEdit) edit = mash_change_dup_edit (change, NULL, &about, NULL, NULL);
  g_autoptr (MashRecord) record = NULL;
  char *own = NULL;

  if (edit != NULL)
    {
      record = mash_store_lookup (self, change->kind, change->record);
      own = mash_store_dup_contact (edit, record);
    }

  return own != NULL ? own : g_steal_pointer (&about);
}

/* Writes an entry into the log as the hub gave it, whatever became of it. */
static gboolean
log_entry (MashStore        *self,
           const Passage    *passage,
           guint             i,
           GError          **error)
{
  const MashEntry *entry = g_ptr_array_index (passage->entries, i);
  const MashSealed *sealed = g_ptr_array_index (passage->sealed, i);
  g_autofree char *contact = NULL;
  g_autofree char *lost = NULL;

  self->head.position = (gint64) entry->seq;
  if (sealed == NULL)
    return mash_store_log_stub (self, entry, error);

  if (passage->why == NULL && passage->contacts != NULL)
    contact = g_strdup (g_ptr_array_index (passage->contacts, i));
  else
    contact = dup_contact (self, passage, sealed->change);
  lost = g_strjoinv (" ", entry->lost);
  if (contact != NULL && !passage->again)
    g_hash_table_add (self->news, g_strdup (contact));

  return mash_store_write_change (self, sealed, self->head.position, entry->took_at, contact, lost,
                                  error) &&
         (passage->why != NULL ||
          mash_store_keep_conflicts (self, entry, sealed->change, contact, error));
}

/* The desk's own, now that the hub gives it its place. */
static gboolean
drop_pending (MashStore         *self,
              const MashChange  *change,
              GError           **error)
{
  if (strcmp (change->person, self->own) != 0)
    return TRUE;

  return mash_database_run (self->database, error,
                            "DELETE FROM outbox WHERE position ="
                            " (SELECT position FROM change WHERE id = ?1)", "t", change->id) &&
         mash_database_run (self->database, error,
                            "DELETE FROM change WHERE id = ?1 AND state = 'pending'", "t",
                            change->id);
}

/* Follows one group, or sets it aside; only what the disk says is an error. */
static gboolean
take_passage (MashStore  *self,
              Passage    *passage,
              GError    **error)
{
  gboolean follows;
  g_autoptr (GError) local_error = NULL;

  if (!mash_applier_end_group (self->applier, error))
    return FALSE;
  follows = examine (self, passage);
  if (mash_store_take_fault (self, error))
    return FALSE;
  if (follows && !apply_group (self, passage, &local_error))
    {
      if (!g_error_matches (local_error, MASH_STORE_ERROR, MASH_STORE_ERROR_CONFLICT) &&
          !g_error_matches (local_error, MASH_STORE_ERROR, MASH_STORE_ERROR_CONSTRAINT))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      mash_applier_forget_group (self->applier);
      mash_tables_forget (self->tables);
      passage->why = "It does not follow from those before it";
    }

  for (guint i = 0; i < passage->entries->len; i++)
    {
      const MashEntry *entry = g_ptr_array_index (passage->entries, i);
      const MashSealed *sealed = g_ptr_array_index (passage->sealed, i);

      if ((sealed != NULL && !drop_pending (self, sealed->change, error)) ||
          !log_entry (self, passage, i, error) ||
          (passage->why != NULL && !keep_aside (self, entry, sealed, passage->why, error)))
        return FALSE;
    }

  return TRUE;
}

/* Follows groups, inside the caller's transaction. @known are the positions of what was followed
 * before as it stands, and is not looked at again. */
gboolean
mash_store_take_groups (MashStore   *self,
                        GPtrArray   *entries,
                        GHashTable  *known,
                        GError     **error)
{
  /* What is checked beside goes after what checks it has ended. */
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (MashSignatures) signatures = mash_signatures_new (MASH_CHANGE_PURPOSE);
  guint from = 0;

  page = read_page (self, entries, known, signatures);
  while (from < entries->len)
    {
      g_auto (Passage) passage = { .signatures = signatures };
      const MashEntry *entry;

      passage.entries = g_ptr_array_new ();
      passage.sealed = g_ptr_array_new_with_free_func (sealed_unref);
      passage.again = known != NULL;
      do
        {
          MashSealed *sealed = g_ptr_array_index (page, from);

          if (sealed != NULL && is_known (self, sealed->change))
            sealed = NULL;
          entry = g_ptr_array_index (entries, from++);
          passage.again &= known != NULL && g_hash_table_contains (known, &entry->seq);
          g_ptr_array_add (passage.entries, (gpointer) entry);
          g_ptr_array_add (passage.sealed, sealed != NULL ? mash_sealed_ref (sealed) : NULL);
        }
      while (!entry->group_end && from < entries->len);
      if (!take_passage (self, &passage, error))
        return FALSE;
    }

  return TRUE;
}

/* What is read of the records is remembered to the end of the page. */
static gboolean
follow_page (MashStore  *self,
             GPtrArray  *entries,
             GError    **error)
{
  gboolean done;

  mash_tables_set_remembering (self->tables, TRUE);
  done = mash_store_take_groups (self, entries, NULL, error) &&
         mash_applier_finish (self->applier, error);
  mash_tables_set_remembering (self->tables, FALSE);

  return done;
}

static gboolean
take_page (MashStore           *self,
           GPtrArray           *entries,
           const MashSyncPlace *place,
           GError             **error)
{
  const MashEntry *last = g_ptr_array_index (entries, entries->len - 1);
  g_autoptr (MashTransaction) transaction = mash_transaction_begin (self->database, error);

  if (transaction == NULL || !mash_store_take_back (self, error) ||
      !follow_page (self, entries, error) || !mash_store_put_again (self, error))
    return FALSE;
  if (self->head.position != (gint64) place->seq ||
      memcmp (self->head.chain, place->chain, sizeof place->chain) != 0)
    {
      g_set_error_literal (error, MASH_STORE_ERROR, MASH_STORE_ERROR_DAMAGED,
                           "The page does not lead to where it should");
      return FALSE;
    }

  return mash_store_log_head (self, last->took_at, error) &&
         mash_transaction_commit (transaction, error);
}

/**
 * mash_store_take_page:
 * @self: a seat
 * @entries: (element-type MashEntry): what follows in the hub's history, to the end of a group; its
 *   chain has been checked
 * @place: where it leads
 * @error: return location for a #MashStoreError
 *
 * Follows the hub, in one transaction with the place. What does not follow from what was before, by
 * its signature or by the rules, is set aside with the reason and the rest goes on. What this desk
 * has said and the hub has not taken yet lies on top again afterwards.
 *
 * Returns: whether the desk is there now; if not, it is where it was
 */
gboolean
mash_store_take_page (MashStore           *self,
                      GPtrArray           *entries,
                      const MashSyncPlace *place,
                      GError             **error)
{
  MashHead before;

  mash_store_assert (self);
  g_return_val_if_fail (self->central && entries->len > 0, FALSE);

  before = self->head;
  if (!take_page (self, entries, place, error))
    {
      mash_store_undo (self, &before);
      return FALSE;
    }

  /* Who has no post any more, or none yet, does nothing here; the hub has the last word anyway. */
  mash_store_load_actor (self, self->own, NULL, NULL);
  /* What cannot be swept now is swept another time. */
  mash_store_sweep (self, NULL);

  return TRUE;
}

void
mash_store_get_place (MashStore     *self,
                      MashSyncPlace *place)
{
  mash_store_assert (self);

  place->seq = (guint64) self->head.position;
  memcpy (place->chain, self->head.chain, sizeof place->chain);
}
