/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-small-hub.h"

#include <string.h>

#include <glib/gstdio.h>

#include "mash-contact.h"
#include "mash-decision.h"
#include "mash-person.h"
#include "mash-policy-reader.h"
#include "mash-risk.h"
#include "mash-staff.h"
#include "mash-time.h"

#define ADMINISTRATOR "administrator"

/* Whom the hub has besides its administrator. */
static const struct
{
  const char *sign_in;
  const char *name;
  const char *role;
  const char *title;
} people[] = {
  { MASH_SMALL_HUB_WORKER, "Aled Sorrel", "SW", "Social worker" },
  { MASH_SMALL_HUB_MANAGER, "Noor Sandhu", "MM", "Manager of the hub" },
};

static MashEdit *
new_record (MashStore      *store,
            const MashKind *kind)
{
  g_autofree char *id = mash_store_make_id (store);

  return mash_edit_new (kind, id, 0);
}

static void
add_person (MashStore  *store,
            MashGroup  *group,
            const char *agency,
            guint       i,
            const char *id)
{
  g_autofree char *key = mash_store_make_key (store, id);
  MashEdit *staff = mash_edit_new (&mash_staff_kind, id, 0);
  MashEdit *post = new_record (store, &mash_post_kind);

  mash_edit_set_text (staff, "name", people[i].name);
  mash_edit_set_text (staff, "sign-in", people[i].sign_in);
  mash_edit_set_text (staff, "agency", agency);
  mash_edit_set_text (staff, "public-key", key);
  mash_edit_set_flag (staff, "qualified", TRUE);
  mash_group_take_edit (group, staff);

  mash_edit_set_text (post, "staff", id);
  mash_edit_set_text (post, "agency", agency);
  mash_edit_set_text (post, "role", people[i].role);
  mash_edit_set_text (post, "title", people[i].title);
  mash_edit_set_flag (post, "on-duty", TRUE);
  mash_group_take_edit (group, post);
}

static gboolean
seed_staff (MashStore   *store,
            MashSecret  *passphrase,
            GError     **error)
{
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);
  g_autofree char *agency = mash_store_make_id (store);
  g_auto (GStrv) ids = g_new0 (char *, G_N_ELEMENTS (people) + 1);
  MashEdit *edit = mash_edit_new (&mash_agency_kind, agency, 0);

  mash_edit_set_text (edit, "type", "CSC");
  mash_edit_set_text (edit, "name", "Children’s services");
  mash_group_take_edit (group, edit);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      ids[i] = mash_store_make_id (store);
      add_person (store, group, agency, i, ids[i]);
    }
  if (!mash_store_submit (store, group, NULL, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    if (!mash_store_add_slot (store, ids[i], people[i].sign_in, passphrase, error))
      return FALSE;

  return TRUE;
}

static MashSecret *
make_passphrase (void)
{
  return mash_secret_new_from_text (MASH_SMALL_HUB_PASSPHRASE, -1, NULL);
}

/**
 * mash_small_hub_make:
 * @folder: an empty folder of mode 0700
 * @error: return location for a #MashStoreError
 *
 * Makes the hub, with somebody who may take in and edit and somebody who may approve.
 *
 * Returns: %TRUE when it can be opened
 */
gboolean
mash_small_hub_make (const char  *folder,
                     GError     **error)
{
  g_autoptr (MashHubInfo) info = mash_hub_info_new ("01937a5e-0000-7000-8000-00000000000a",
                                                    "A small hub",
                                                    "01937a5e-0000-7000-8000-00000000000b",
                                                    "Desk 1", TRUE);
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (error);
  g_autoptr (MashSecret) passphrase = make_passphrase ();
  g_autoptr (MashStore) store = NULL;

  if (policy == NULL)
    return FALSE;
  store = mash_store_create (folder, info, policy, ADMINISTRATOR, passphrase, error);

  return store != NULL && seed_staff (store, passphrase, error) && mash_store_close (store, error);
}

/**
 * mash_small_hub_open:
 * @folder: the folder of a hub that mash_small_hub_make() has made
 * @sign_in: who signs in
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full): the store, which belongs to this thread
 */
MashStore *
mash_small_hub_open (const char  *folder,
                     const char  *sign_in,
                     GError     **error)
{
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (error);
  g_autoptr (MashSecret) passphrase = make_passphrase ();

  return policy != NULL ? mash_store_open (folder, policy, sign_in, passphrase, error) : NULL;
}

/* The letter that the contact came with; no two are the same. */
static void
add_document (MashStore  *store,
              MashGroup  *group,
              const char *contact)
{
  g_autofree char *letter = g_strdup_printf ("A letter about contact %s.", contact);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, letter, -1);
  g_autoptr (GBytes) content = g_bytes_new (letter, strlen (letter));
  MashEdit *edit = new_record (store, &mash_source_document_kind);

  mash_edit_set_text (edit, "contact", contact);
  mash_edit_set_text (edit, "title", "Letter");
  mash_edit_set_text (edit, "mime", "text/plain");
  mash_edit_set_text (edit, "sha256", sha256);
  mash_edit_set_int (edit, "size", strlen (letter));
  mash_group_take_edit (group, edit);
  mash_group_attach (group, sha256, content);
}

/**
 * mash_small_hub_new_contact:
 * @store: a store of the hub
 * @contact: (out) (transfer full): the id of the contact
 *
 * Returns: (transfer full): the deed that takes in a contact about one child, with a letter
 */
MashGroup *
mash_small_hub_new_contact (MashStore  *store,
                            char      **contact)
{
  g_autofree char *id = mash_store_make_id (store);
  g_autofree char *child = mash_store_make_id (store);
  g_autofree char *now = mash_time_format (mash_store_get_now (store));
  MashGroup *group = mash_group_new ("create", id);
  MashEdit *edit = mash_edit_new (&mash_contact_kind, id, 0);

  mash_edit_set_text (edit, "received-at", now);
  mash_edit_set_text (edit, "keyed-at", now);
  mash_edit_set_text (edit, "channel", "PHONE");
  mash_edit_set_text (edit, "source", "2A");
  mash_edit_set_text (edit, "presenting-concern", "A bruise that nobody can explain.");
  mash_group_take_edit (group, edit);

  edit = mash_edit_new (&mash_person_kind, child, 0);
  mash_edit_set_text (edit, "kind", "CHILD");
  mash_edit_set_text (edit, "legal-surname", "Marsh");
  mash_edit_set_text (edit, "legal-forenames", "Zoë");
  mash_group_take_edit (group, edit);

  edit = new_record (store, &mash_contact_subject_kind);
  mash_edit_set_text (edit, "contact", id);
  mash_edit_set_text (edit, "person", child);
  mash_edit_set_text (edit, "role", "CHILD");
  mash_group_take_edit (group, edit);
  add_document (store, group, id);

  *contact = g_steal_pointer (&id);

  return group;
}

/**
 * mash_small_hub_new_edit:
 * @store: a store of the hub
 * @contact: the id of a contact
 * @words: what the concern now is
 *
 * Returns: (transfer full): the deed that alters one field of the contact
 */
MashGroup *
mash_small_hub_new_edit (MashStore  *store,
                         const char *contact,
                         const char *words)
{
  g_autoptr (MashRecord) record = mash_store_lookup (store, "contact", contact);
  MashGroup *group = mash_group_new ("edit", contact);
  MashEdit *edit = mash_edit_new_for (record);

  mash_edit_set_text (edit, "presenting-concern", words);
  mash_group_take_edit (group, edit);

  return group;
}

static MashEdit *
edit_contact (MashRecord *contact,
              const char *field,
              const char *value)
{
  MashEdit *edit = mash_edit_new_for (contact);

  mash_edit_set_text (edit, field, value);

  return edit;
}

static void
add_triage (MashStore  *store,
            MashRecord *contact,
            MashGroup  *group)
{
  g_autoptr (GPtrArray) subjects = mash_store_list (store, "contact-subject", "contact",
                                                    mash_record_get_id (contact));
  MashEdit *edit = edit_contact (contact, "brag", "A");

  mash_edit_set_text (edit, "level", "3");
  mash_group_take_edit (group, edit);
  edit = mash_edit_new_for (g_ptr_array_index (subjects, 0));
  mash_edit_set_flag (edit, "considered", TRUE);
  mash_group_take_edit (group, edit);
}

static void
add_analysis (MashStore  *store,
              const char *contact,
              MashGroup  *group)
{
  g_autoptr (MashRecord) analysis = mash_facts_find_newest (MASH_FACTS (store), "risk-analysis",
                                                            contact);
  MashEdit *edit = analysis != NULL ? mash_edit_new_for (analysis)
                                    : new_record (store, &mash_risk_analysis_kind);

  if (analysis == NULL)
    mash_edit_set_text (edit, "contact", contact);
  mash_edit_set_text (edit, analysis == NULL ? "no-agency-asked" : "harm", "A bruise, unexplained");
  mash_group_take_edit (group, edit);
}

static void
add_recommendation (MashStore  *store,
                    const char *contact,
                    MashGroup  *group)
{
  g_autoptr (GPtrArray) subjects = mash_store_list (store, "contact-subject", "contact", contact);
  const char *covered[] = { mash_record_get_id (g_ptr_array_index (subjects, 0)), NULL };
  MashEdit *edit = new_record (store, &mash_recommendation_kind);

  mash_edit_set_text (edit, "contact", contact);
  mash_edit_set_text (edit, "outcome", "O05");
  mash_edit_set_text (edit, "level", "3");
  mash_edit_set_text (edit, "rationale", "An injury that nobody can explain.");
  mash_edit_set_set (edit, "covers-subjects", covered);
  mash_edit_set_flag (edit, "on-incomplete-info", TRUE);
  mash_group_take_edit (group, edit);
}

static void
add_decision (MashStore  *store,
              const char *contact,
              MashGroup  *group)
{
  g_autoptr (MashRecord) recommendation = mash_facts_find_newest (MASH_FACTS (store),
                                                                  "recommendation", contact);
  MashEdit *edit = new_record (store, &mash_decision_kind);

  mash_edit_set_text (edit, "contact", contact);
  mash_edit_set_text (edit, "recommendation", mash_record_get_id (recommendation));
  mash_edit_set_text (edit, "recommendation-hash",
                      mash_record_get_text (recommendation, "content-hash"));
  mash_edit_set_text (edit, "result", "APPROVED");
  mash_edit_set_text (edit, "outcome", mash_record_get_text (recommendation, "outcome"));
  mash_group_take_edit (group, edit);
}

/**
 * mash_small_hub_new_step:
 * @store: a store of the hub
 * @contact: the id of a contact that mash_small_hub_new_contact() took in
 *
 * From taking it on to the decision, which a manager signs after mash_small_hub_confirm().
 *
 * Returns: (transfer full) (nullable): the next deed on the contact; %NULL when it is decided
 */
MashGroup *
mash_small_hub_new_step (MashStore  *store,
                         const char *contact)
{
  static const char *const deeds[][2] = {
    { "C10", "screen" }, { "C20", "triage" }, { "C30", "gather" }, { "C40", "analyse" },
    { "C50", "recommend" }, { "C60", "approve" },
  };
  g_autoptr (MashRecord) record = mash_store_lookup (store, "contact", contact);
  const char *state = mash_record_get_text (record, "state");
  gboolean taken = mash_record_get_text (record, "assigned-to") != NULL;
  const char *deed = taken ? NULL : "take";
  g_autoptr (MashGroup) group = NULL;

  for (guint i = 0; taken && i < G_N_ELEMENTS (deeds); i++)
    if (strcmp (state, deeds[i][0]) == 0)
      deed = deeds[i][1];
  if (deed == NULL)
    return NULL;

  group = mash_group_new (deed, contact);
  if (strcmp (deed, "take") == 0)
    mash_group_take_edit (group, edit_contact (record, "assigned-to",
                                               mash_store_get_actor (store)->person));
  else if (strcmp (deed, "screen") == 0)
    mash_group_take_edit (group, edit_contact (record, "history-searched", "Nothing found."));
  else if (strcmp (deed, "triage") == 0)
    add_triage (store, record, group);
  else if (strcmp (deed, "gather") == 0 || strcmp (deed, "analyse") == 0)
    add_analysis (store, contact, group);
  else if (strcmp (deed, "recommend") == 0)
    add_recommendation (store, contact, group);
  else
    add_decision (store, contact, group);

  return g_steal_pointer (&group);
}

/**
 * mash_small_hub_confirm:
 * @store: a store of the hub
 * @error: return location for a #MashStoreError
 *
 * Types the passphrase again, after which one deed may be signed.
 *
 * Returns: %TRUE when it was the right one
 */
gboolean
mash_small_hub_confirm (MashStore  *store,
                        GError    **error)
{
  g_autoptr (MashSecret) passphrase = make_passphrase ();

  return mash_store_check_passphrase (store, passphrase, error);
}

/**
 * mash_small_hub_remove:
 * @folder: the folder of a hub, which is closed
 *
 * Removes the files of the hub and its folder.
 */
void
mash_small_hub_remove (const char *folder)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}
