/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-hub-adopt.h"

#include <glib/gi18n-lib.h>

#include "mash-hub-calls.h"
#include "mash-hub-installer.h"
#include "mash-kinds.h"
#include "mash-slots.h"
#include "mash-store-hub.h"
#include "mash-store-keys.h"

#define PAGE 1000

/* Entries in pages, each ending where a group does. */
static gboolean
hand_over (MashHubLine  *line,
           MashStore    *store,
           guint64      *handed,
           GError      **error)
{
  const char *person, *key;
  guint64 after = 0;

  mash_store_get_root (store, &person, &key);
  while (TRUE)
    {
      g_autoptr (GPtrArray) entries = mash_store_list_history (store, after, PAGE, error);
      const MashEntry *last;

      if (entries == NULL)
        return FALSE;
      if (entries->len == 0)
        break;
      if (!mash_hub_call_adopt (line, person, key, entries, error))
        return FALSE;
      last = g_ptr_array_index (entries, entries->len - 1);
      after = last->seq;
    }
  *handed = after;

  return TRUE;
}

static gboolean
check_head (MashHubLine  *line,
            guint64       handed,
            GError      **error)
{
  g_autoptr (MashHubRows) rows = mash_hub_line_ask (line, error, "SELECT head_seq FROM mash.meta",
                                                    NULL);

  if (rows == NULL)
    return FALSE;
  if (g_ascii_strtoull (mash_hub_rows_get_text (rows, 0, 0), NULL, 10) == handed)
    return TRUE;

  g_set_error_literal (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REFUSED,
                       _("The history did not arrive whole. Begin again with an empty database."));

  return FALSE;
}

/**
 * mash_hub_adopt:
 * @line: the administrator's line to an empty database
 * @folder: the folder of a stand-alone hub that nobody works at
 * @sign_in: a manager of it, or its administrator
 * @passphrase: their passphrase
 * @policy: the policy that the central hub begins with
 * @error: a #MashSyncError or a #MashStoreError
 *
 * Makes a central hub with the id, the positions, the chain, the people and the records of a
 * stand-alone one. The stand-alone hub is left as it is; whoever works there afterwards works on an
 * island. Nobody administers it before mash_hub_appoint().
 *
 * Returns: whether the central hub has it all
 */
gboolean
mash_hub_adopt (MashHubLine  *line,
                const char   *folder,
                const char   *sign_in,
                MashSecret   *passphrase,
                MashPolicy   *policy,
                GError      **error)
{
  g_autoptr (MashStore) store = mash_store_open (folder, policy, sign_in, passphrase, error);
  g_autofree char *epoch = NULL;
  const MashHubInfo *info;
  guint64 handed = 0;

  if (store == NULL || !mash_store_check_keeper (store, error))
    return FALSE;

  info = mash_store_get_hub (store);
  epoch = mash_hub_make_id (line, error);

  return epoch != NULL &&
         mash_hub_install (line, info->hub, epoch, info->name, info->training, policy, error) &&
         hand_over (line, store, &handed, error) && check_head (line, handed, error) &&
         mash_store_close (store, error);
}

/* Who hands a hub over, and where they are at it. */
typedef struct
{
  char           *hub;
  char           *seat;
  char           *person;
  char           *post;
  char           *agency;
  MashPersonKeys *keys;
} Giver;

static void
giver_clear (Giver *self)
{
  g_free (self->hub);
  g_free (self->seat);
  g_free (self->person);
  g_free (self->post);
  g_free (self->agency);
  g_clear_pointer (&self->keys, mash_person_keys_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Giver, giver_clear)

static void
read_giver (MashStore *store,
            Giver     *giver)
{
  const MashActor *actor = mash_store_get_actor (store);
  const MashHubInfo *info = mash_store_get_hub (store);

  giver->hub = g_strdup (info->hub);
  giver->seat = g_strdup (info->desk);
  giver->person = g_strdup (actor->person);
  giver->post = g_strdup (actor->post);
  giver->agency = g_strdup (actor->agency);
}

static gboolean
find_giver (const char  *folder,
            const char  *sign_in,
            MashSecret  *passphrase,
            MashPolicy  *policy,
            Giver       *giver,
            GError     **error)
{
  g_autoptr (MashStore) store = mash_store_open (folder, policy, sign_in, passphrase, error);
  g_autoptr (MashSlots) slots = NULL;
  g_autoptr (MashSlotKey) slot = NULL;

  if (store == NULL || !mash_store_check_keeper (store, error))
    return FALSE;
  read_giver (store, giver);
  if (!mash_store_close (store, error))
    return FALSE;

  slots = mash_slots_load (folder, error);
  if (slots != NULL)
    slot = mash_slots_open (slots, sign_in, passphrase, g_get_real_time (), error);
  if (slot == NULL)
    return FALSE;
  giver->keys = mash_person_keys_new (slot->seed);

  return TRUE;
}

/* Administrators work for an agency, as everybody does: that of who appoints them. */
static MashGroup *
make_appointment (const Giver *giver,
                  MashHubRoot *root)
{
  MashGroup *group = mash_group_new ("seed-staff", NULL);
  g_autofree char *key = mash_person_keys_dup_public (root->keys);
  g_autofree char *post = mash_hub_people_make_id ();
  MashEdit *edit = mash_edit_new (mash_kind_lookup ("staff"), root->person, 0);

  mash_edit_set_text (edit, "name", _("Administration of the hub"));
  /* Nobody signs in by it. */
  mash_edit_set_text (edit, "sign-in", root->person);
  mash_edit_set_text (edit, "agency", giver->agency);
  mash_edit_set_text (edit, "public-key", key);
  mash_group_take_edit (group, edit);

  edit = mash_edit_new (mash_kind_lookup ("post"), post, 0);
  mash_edit_set_text (edit, "staff", root->person);
  mash_edit_set_text (edit, "agency", giver->agency);
  mash_edit_set_text (edit, "role", "AD");
  mash_edit_set_text (edit, "title", _("Administrator"));
  mash_group_take_edit (group, edit);

  return group;
}

/* What the hub is given as the last of the history that it took over. */
static GPtrArray *
make_entries (GPtrArray  *changes,
              const char *took_at)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_entry_free);

  for (guint i = 0; i < changes->len; i++)
    {
      const MashChange *change = g_ptr_array_index (changes, i);
      MashEntry *entry = g_new0 (MashEntry, 1);

      entry->took_at = g_strdup (took_at);
      entry->statement = mash_change_to_statement (change);
      entry->signature = g_bytes_new (change->signature, sizeof change->signature);
      g_ptr_array_add (entries, entry);
    }

  return entries;
}

/**
 * mash_hub_appoint:
 * @line: the administrator's line to a hub that mash_hub_adopt() made, and that has no desk yet
 * @folder: the folder of the stand-alone hub
 * @sign_in: who handed it over
 * @passphrase: their passphrase
 * @policy: the policy of both
 * @root: who signs for the central hub from now on
 * @error: a #MashSyncError or a #MashStoreError
 *
 * Makes the central hub’s authority an administrator: whoever began the stand-alone hub keeps no
 * key. It is said in the history, in the name of who handed it over and with their signature, for
 * by what it says every desk checks what the authority signs.
 *
 * Returns: whether the hub does what the authority says
 */
gboolean
mash_hub_appoint (MashHubLine  *line,
                  const char   *folder,
                  const char   *sign_in,
                  MashSecret   *passphrase,
                  MashPolicy   *policy,
                  MashHubRoot  *root,
                  GError      **error)
{
  g_auto (Giver) giver = { NULL };
  g_autofree char *group_id = mash_hub_people_make_id ();
  g_autoptr (MashGroup) group = NULL;
  g_autoptr (MashHubRows) rows = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  MashSaying saying = { .group = group_id, .compartment = "default" };

  if (!find_giver (folder, sign_in, passphrase, policy, &giver, error))
    return FALSE;
  rows = mash_hub_line_ask (line, error,
                            "SELECT greatest (t.now COLLATE \"C\", m.last_at), m.root_person,"
                            " m.root_key, (SELECT id FROM mash.entity WHERE kind = 'agency' AND"
                            " NOT voided ORDER BY born LIMIT 1)"
                            " FROM mash.meta m, mash.tell () AS t", NULL);
  if (rows == NULL)
    return FALSE;
  /* Whoever began the stand-alone hub holds no post in it. */
  if (giver.agency == NULL && !mash_hub_rows_is_null (rows, 0, 3))
    giver.agency = g_strdup (mash_hub_rows_get_text (rows, 0, 3));
  if (giver.agency == NULL)
    return mash_sync_refuse (error, _("The hub has no agency for which somebody administers it."));

  saying.hub = giver.hub;
  saying.desk = giver.seat;
  saying.person = giver.person;
  saying.post = giver.post;
  saying.said_at = mash_hub_rows_get_text (rows, 0, 0);
  group = make_appointment (&giver, root);
  mash_group_set_reason (group, _("The central hub’s authority administers it from here on."));
  changes = mash_hub_people_seal (group, &saying, giver.keys, error);
  if (changes == NULL)
    return FALSE;
  entries = make_entries (changes, saying.said_at);

  return mash_hub_call_adopt (line, mash_hub_rows_get_text (rows, 0, 1),
                              mash_hub_rows_get_text (rows, 0, 2), entries, error);
}
