/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fault-operations.h"

#include <string.h>

#include "fault-look.h"
#include "mash-backup.h"
#include "mash-referral.h"
#include "mash-small-hub.h"
#include "mash-store-keys.h"
#include "mash-store-rekey.h"
#include "mash-time.h"

static gboolean
make_hub (FaultDesk  *desk,
          GError    **error)
{
  return mash_small_hub_make (desk->folder, error);
}

static gboolean
sign_in (FaultDesk  *desk,
         GError    **error)
{
  return fault_desk_open (desk, FAULT_WORKER, error);
}

static gboolean
sign_out (FaultDesk  *desk,
          GError    **error)
{
  return fault_desk_close (desk, error);
}

static void
prepare_new (FaultDesk *desk)
{
  g_autofree char *contact = NULL;

  desk->group = mash_small_hub_new_contact (desk->store, &contact);
}

static void
prepare_edit (FaultDesk *desk)
{
  g_autofree char *sighting = mash_store_make_id (desk->store);
  g_autofree char *words = g_strdup_printf ("It was seen again, %s.", sighting);

  desk->group = mash_small_hub_new_edit (desk->store, desk->contact, words);
}

static void
prepare_step (FaultDesk *desk)
{
  desk->group = mash_small_hub_new_step (desk->store, desk->contact);
}

static gboolean
submit (FaultDesk  *desk,
        GError    **error)
{
  if (!mash_store_submit (desk->store, desk->group, NULL, error))
    return FALSE;
  fault_desk_acknowledge (desk);

  return TRUE;
}

static gboolean
sign_off (FaultDesk  *desk,
          GError    **error)
{
  g_autoptr (MashContactBundle) bundle = mash_store_open_contact (desk->store, desk->contact,
                                                                  error);

  return bundle != NULL && mash_small_hub_confirm (desk->store, error) && submit (desk, error);
}

static char *
make_id_cb (gpointer store)
{
  return mash_store_make_id (store);
}

/* A file is read by the helper program, as in the desk. */
static gboolean
import (FaultDesk  *desk,
        GError    **error)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "resources", "examples",
                                                 "school-referral.xml", NULL);
  g_autofree char *now = mash_time_format (mash_store_get_now (desk->store));
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = mash_referral_load_file (file, NULL, error);
  g_autoptr (MashReferral) referral = bytes != NULL ? mash_referral_read (bytes, NULL, error)
                                                    : NULL;

  if (referral == NULL || !mash_referral_check (referral, desk->policy, error))
    return FALSE;
  desk->group = mash_referral_to_group (referral, now, now, make_id_cb, desk->store);

  return submit (desk, error);
}

static gboolean
examine (FaultDesk  *desk,
         GError    **error)
{
  g_autoptr (MashVerdict) verdict = mash_store_examine_deed (desk->store, "triage", desk->contact,
                                                             error);

  return verdict != NULL;
}

static gboolean
search (FaultDesk  *desk,
        GError    **error)
{
  g_autoptr (GPtrArray) hits = mash_store_search_people (desk->store, "Marsh", 20, TRUE, error);

  if (hits == NULL)
    return FALSE;
  fault_desk_acknowledge (desk);

  return TRUE;
}

static gboolean
open_contact (FaultDesk  *desk,
              GError    **error)
{
  g_autoptr (MashContactBundle) bundle = mash_store_open_contact (desk->store, desk->contact,
                                                                  error);

  if (bundle == NULL)
    return FALSE;
  fault_desk_acknowledge (desk);

  return TRUE;
}

static gboolean
timeline (FaultDesk  *desk,
          GError    **error)
{
  g_autoptr (MashTimelineView) view = mash_timeline_view_new (desk->contact);
  g_autoptr (GPtrArray) entries = mash_store_list_chronology (desk->store, view, NULL, error);

  return entries != NULL;
}

static gboolean
who_looked (FaultDesk  *desk,
            GError    **error)
{
  g_autoptr (GArray) keys = mash_store_list_access_keys (desk->store, desk->contact, NULL, error);
  g_autoptr (GPtrArray) entries = NULL;

  if (keys != NULL)
    entries = mash_store_list_access (desk->store, desk->contact,
                                      (const gint64 *) (gpointer) keys->data, keys->len, error);

  return entries != NULL;
}

static gboolean
front_door (FaultDesk  *desk,
            GError    **error)
{
  guint counts[MASH_N_TRAYS];
  g_autoptr (GPtrArray) rows = mash_store_list_tray (desk->store, MASH_TRAY_FRONT_DOOR, 200,
                                                     error);

  return rows != NULL && mash_store_count_trays (desk->store, counts, error);
}

static gboolean
save_draft (FaultDesk  *desk,
            GError    **error)
{
  g_autofree char *body = g_strdup_printf ("{\"draft\":\"turn %u\"}", ++desk->turn);

  fault_desk_say (desk, "drafting %s", desk->contact);
  if (!mash_store_save_draft (desk->store, desk->contact, body, error))
    return FALSE;
  fault_desk_say (desk, "draft %s %s", desk->contact, body);

  return TRUE;
}

static gboolean
read_drafts (FaultDesk  *desk,
             GError    **error)
{
  g_auto (GStrv) contexts = mash_store_list_drafts (desk->store, error);
  g_autofree char *body = NULL;
  gint64 at;

  if (contexts == NULL)
    return FALSE;
  body = mash_store_get_draft (desk->store, contexts[0], &at, error);

  return body != NULL;
}

static gboolean
drop_draft (FaultDesk  *desk,
            GError    **error)
{
  fault_desk_say (desk, "drafting %s", desk->contact);

  return mash_store_drop_draft (desk->store, desk->contact, error);
}

/* A lookup answers that there is none, and keeps what went wrong for whoever asks. */
static gboolean
read_document (FaultDesk  *desk,
               GError    **error)
{
  g_autoptr (GPtrArray) documents = mash_store_list (desk->store, "source-document", "contact",
                                                     desk->contact);
  g_autoptr (GBytes) content = NULL;

  if (mash_store_take_fault (desk->store, error))
    return FALSE;
  content = mash_store_get_document (desk->store,
                                     mash_record_get_text (g_ptr_array_index (documents, 0),
                                                           "sha256"), error);

  return content != NULL;
}

static gboolean
verify (FaultDesk  *desk,
        GError    **error)
{
  g_autoptr (MashVerifyReport) report = NULL;

  return mash_store_verify (desk->store, NULL, NULL, NULL, &report, error);
}

static gboolean
list_staff (FaultDesk  *desk,
            GError    **error)
{
  g_autoptr (GPtrArray) staff = mash_store_list_staff (desk->store, error);

  return staff != NULL;
}

/* What an administrator does for somebody who has forgotten a passphrase. */
static gboolean
give_slot (FaultDesk  *desk,
           GError    **error)
{
  g_autoptr (MashSecret) passphrase = fault_desk_passphrase (MASH_SMALL_HUB_PASSPHRASE);
  g_autofree char *id = mash_store_make_id (desk->store);
  g_autofree char *key = mash_store_make_key (desk->store, id);
  g_autofree char *name = g_strdup_printf ("guest%u", ++desk->turn);

  return key != NULL && mash_store_add_slot (desk->store, id, name, passphrase, error) &&
         mash_store_remove_slot (desk->store, name, error);
}

static gboolean
change_passphrase (FaultDesk  *desk,
                   GError    **error)
{
  g_autofree char *text = g_strdup_printf ("another invented hub %u", ++desk->turn);
  g_autoptr (MashSecret) old = fault_desk_passphrase (desk->passphrase);
  g_autoptr (MashSecret) new = fault_desk_passphrase (text);

  fault_desk_say (desk, "trying %s", text);
  if (!mash_store_change_passphrase (desk->store, old, new, error))
    return FALSE;
  fault_desk_say (desk, "passphrase %s", text);
  g_free (desk->passphrase);
  desk->passphrase = g_steal_pointer (&text);

  return TRUE;
}

static gboolean
make_recovery (FaultDesk  *desk,
               GError    **error)
{
  g_autoptr (MashSecret) passphrase = fault_desk_passphrase (desk->passphrase);
  g_autoptr (MashSecret) code = mash_store_make_recovery (desk->store, passphrase, error);

  return code != NULL;
}

static gboolean
rekey (FaultDesk  *desk,
       GError    **error)
{
  g_autoptr (MashSecret) passphrase = fault_desk_passphrase (MASH_SMALL_HUB_PASSPHRASE);

  return mash_store_rekey (desk->store, passphrase, error);
}

static gboolean
back_up (FaultDesk  *desk,
         GError    **error)
{
  return mash_store_backup (desk->store, desk->elsewhere, NULL, NULL, NULL, NULL, error);
}

static gboolean
put_back (FaultDesk  *desk,
          GError    **error)
{
  g_autoptr (MashSecret) passphrase = fault_desk_passphrase (MASH_SMALL_HUB_PASSPHRASE);
  g_autoptr (MashRestoreReport) report = NULL;
  MashRestore request = {
    .source = desk->elsewhere,
    .folder = desk->folder,
    .sign_in = FAULT_ADMINISTRATOR,
    .passphrase = passphrase,
    .policy = desk->policy,
  };

  if (!mash_restore_run (&request, &report, error))
    return FALSE;
  fault_desk_say (desk, "restored %" G_GINT64_FORMAT " %s", report->position, report->made_at);
  if (report->unreadable || report->missing > 0 || report->taken == 0)
    fault_desk_say (desk, FAULT_LEFT_BEHIND);

  return TRUE;
}

static void
prepare_rescue (FaultDesk *desk)
{
  g_autofree char *path = g_build_filename (desk->root, FAULT_HEADS, NULL);
  g_autofree char *heads = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &heads, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (heads, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    fault_desk_say (desk, "%s", lines[i]);
}

/* Nothing of the hub is damaged, so that what can be read of it is all of it. */
static gboolean
rescue (FaultDesk  *desk,
        GError    **error)
{
  g_autoptr (MashSecret) passphrase = fault_desk_passphrase (MASH_SMALL_HUB_PASSPHRASE);
  g_autoptr (MashRestoreReport) report = NULL;
  MashRestore request = {
    .folder = desk->folder,
    .sign_in = FAULT_ADMINISTRATOR,
    .passphrase = passphrase,
    .policy = desk->policy,
  };

  if (!mash_restore_alone (&request, &report, error))
    return FALSE;
  if (report->rescued != NULL)
    fault_desk_say (desk, FAULT_LEFT_BEHIND);
  else
    fault_desk_say (desk, FAULT_RESTORED);

  return TRUE;
}

static gboolean
do_named (FaultDesk   *desk,
          const char  *name,
          GError     **error)
{
  const FaultOperation *operation = fault_operations_find (name);

  fault_operation_prepare (operation, desk);

  return operation->run (desk, error);
}

/* The whole of a short day, signing out and in again in between. */
static gboolean
day (FaultDesk  *desk,
     GError    **error)
{
  static const char *const works[] = {
    "take-in", "save", "save-draft", "screen", "screen", "triage", "gather", "analyse",
    "recommend", "open-contact", "search", "drop-draft", "import", "save-draft",
  };

  if (!fault_desk_open (desk, FAULT_WORKER, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (works); i++)
    if (!do_named (desk, works[i], error))
      return FALSE;

  return fault_desk_close (desk, error) && fault_desk_open (desk, FAULT_MANAGER, error) &&
         do_named (desk, "sign", error);
}

static const FaultOperation operations[] = {
  { "make-hub", "empty", NULL, NULL, NULL, make_hub },
  { "sign-in", "hub", NULL, NULL, NULL, sign_in },
  { "sign-out", "hub", FAULT_WORKER, NULL, NULL, sign_out },
  { "take-in", "hub", FAULT_WORKER, NULL, prepare_new, submit },
  { "save", "hub", FAULT_WORKER, "C10", prepare_edit, submit },
  { "screen", "hub", FAULT_WORKER, "C10", prepare_step, submit },
  { "triage", "hub", FAULT_WORKER, "C20", prepare_step, submit },
  { "gather", "hub", FAULT_WORKER, "C30", prepare_step, submit },
  { "analyse", "hub", FAULT_WORKER, "C40", prepare_step, submit },
  { "recommend", "hub", FAULT_WORKER, "C50", prepare_step, submit },
  { "sign", "hub", FAULT_MANAGER, "C60", prepare_step, sign_off },
  { "import", "hub", FAULT_WORKER, NULL, NULL, import },
  { "examine", "hub", FAULT_WORKER, "C20", NULL, examine },
  { "search", "hub", FAULT_WORKER, NULL, NULL, search },
  { "open-contact", "hub", FAULT_WORKER, "C60", NULL, open_contact },
  { "timeline", "hub", FAULT_WORKER, "C60", NULL, timeline },
  { "who-looked", "hub", FAULT_MANAGER, "C60", NULL, who_looked },
  { "front-door", "hub", FAULT_WORKER, NULL, NULL, front_door },
  { "save-draft", "hub", FAULT_WORKER, "C20", NULL, save_draft },
  { "read-drafts", "hub", FAULT_WORKER, NULL, NULL, read_drafts },
  { "drop-draft", "hub", FAULT_WORKER, "C20", NULL, drop_draft },
  { "document", "hub", FAULT_WORKER, "C10", NULL, read_document },
  { "verify", "hub", FAULT_WORKER, NULL, NULL, verify },
  { "staff", "hub", FAULT_WORKER, NULL, NULL, list_staff },
  { "slot", "hub", FAULT_WORKER, NULL, NULL, give_slot },
  { "passphrase", "hub", FAULT_WORKER, NULL, NULL, change_passphrase },
  { "recovery", "hub", FAULT_WORKER, NULL, NULL, make_recovery },
  { "rekey", "hub", FAULT_ADMINISTRATOR, NULL, NULL, rekey },
  { "backup", "backed", FAULT_ADMINISTRATOR, NULL, NULL, back_up },
  { "restore", "backed", NULL, NULL, NULL, put_back },
  { "rescue", "closed", NULL, NULL, prepare_rescue, rescue },
  { "upgrade", "first", NULL, NULL, NULL, sign_in },
  { "day", "hub", NULL, NULL, NULL, day, TRUE },
};

const FaultOperation *
fault_operations_list (guint *n)
{
  *n = G_N_ELEMENTS (operations);

  return operations;
}

const FaultOperation *
fault_operations_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    if (strcmp (operations[i].name, name) == 0)
      return &operations[i];

  return NULL;
}

/**
 * fault_operation_prepare:
 * @operation: an operation
 * @desk: a desk, signed in as @operation wants it
 *
 * Finds what it is done on and what a person would have typed, while nothing breaks.
 */
void
fault_operation_prepare (const FaultOperation *operation,
                         FaultDesk            *desk)
{
  g_clear_pointer (&desk->contact, g_free);
  g_clear_pointer (&desk->group, mash_group_unref);
  if (operation->state != NULL)
    {
      desk->contact = fault_desk_find (desk, operation->state);
      if (desk->contact == NULL)
        g_error ("%s: there is no contact in %s", operation->name, operation->state);
    }
  if (operation->prepare != NULL)
    operation->prepare (desk);
}
