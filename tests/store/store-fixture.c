/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "mash-database-private.h"
#include "mash-policy-reader.h"
#include "mash-store-strategy.h"
#include "mash-time.h"
#include "mash-uuid.h"

#define HUB "0190a1b2-0000-7000-8000-000000000001"
#define DESK "0190a1b2-0000-7000-8000-000000000002"

MashSecret *
store_fixture_passphrase (const char *text)
{
  g_autoptr (GError) error = NULL;
  MashSecret *secret = mash_secret_new_from_text (text, -1, &error);

  g_assert_no_error (error);

  return secret;
}

/* Sets a field from text: yes-or-no as `true`, a set with spaces. */
static void
set_field (MashEdit   *edit,
           MashRecord *record,
           const char *name,
           const char *value)
{
  const MashKind *kind = mash_edit_get_kind (edit);
  guint field = mash_kind_find_field (kind, name);
  GVariant *was;

  if (field == MASH_NO_FIELD)
    g_error ("%s has no field %s", kind->name, name);

  was = record != NULL ? mash_record_get_value (record, field) : NULL;
  if (value == NULL || *value == '\0')
    {
      mash_edit_set (edit, field, was, NULL);
    }
  else if (kind->fields[field].type == MASH_FIELD_BOOL)
    {
      mash_edit_set (edit, field, was, g_variant_new_boolean (strcmp (value, "true") == 0));
    }
  else if (kind->fields[field].type == MASH_FIELD_CODES ||
           kind->fields[field].type == MASH_FIELD_REFERENCES)
    {
      g_auto (GStrv) set = g_strsplit (value, " ", -1);

      mash_edit_set (edit, field, was, g_variant_new_strv ((const char *const *) set, -1));
    }
  else
    {
      mash_edit_set (edit, field, was, g_variant_new_string (value));
    }
}

static void
set_fields (MashEdit   *edit,
            MashRecord *record,
            const char *name,
            va_list     more)
{
  for (; name != NULL; name = va_arg (more, const char *))
    {
      const char *value = va_arg (more, const char *);

      set_field (edit, record, name, value);
    }
}

/* Adds a new record to a group; names and values in turn. */
MashEdit *
store_fixture_add (MashStore      *store,
                   MashGroup      *group,
                   const MashKind *kind,
                   const char     *first,
                   ...)
{
  g_autofree char *id = mash_store_make_id (store);
  MashEdit *edit = mash_edit_new (kind, id, 0);
  va_list more;

  if (mash_kind_get_contact_field (kind) != MASH_NO_FIELD)
    mash_edit_set_text (edit, "contact", mash_group_get_contact (group));
  va_start (more, first);
  set_fields (edit, NULL, first, more);
  va_end (more);
  mash_group_take_edit (group, edit);

  return edit;
}

/* Adds an edit of a record as it stands. */
MashEdit *
store_fixture_edit (MashStore      *store,
                    MashGroup      *group,
                    const MashKind *kind,
                    const char     *id,
                    const char     *first,
                    ...)
{
  g_autoptr (MashRecord) record = mash_store_lookup (store, kind->name, id);
  MashEdit *edit;
  va_list more;

  g_assert_nonnull (record);
  edit = mash_edit_new_for (record);
  va_start (more, first);
  set_fields (edit, record, first, more);
  va_end (more);
  mash_group_take_edit (group, edit);

  return edit;
}

void
store_fixture_submit (StoreFixture *fixture,
                      MashGroup    *group)
{
  g_autoptr (GError) error = NULL;

  if (!mash_store_submit (fixture->store, group, NULL, &error))
    g_error ("%s: %s", mash_group_get_deed (group), error->message);
}

static char *
seed_staff (StoreFixture *fixture,
            const char   *sign_in,
            const char   *name,
            const char   *role,
            const char   *agency)
{
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = mash_store_make_id (fixture->store);
  g_autofree char *key = mash_store_make_key (fixture->store, id);
  MashEdit *staff = mash_edit_new (&mash_staff_kind, id, 0);

  mash_edit_set_text (staff, "name", name);
  mash_edit_set_text (staff, "sign-in", sign_in);
  mash_edit_set_text (staff, "agency", agency);
  mash_edit_set_text (staff, "public-key", key);
  mash_edit_set_flag (staff, "qualified", strcmp (role, "MO") != 0);
  mash_group_take_edit (group, staff);
  store_fixture_add (fixture->store, group, &mash_post_kind, "staff", id, "agency", agency,
                     "role", role, "title", "Post", "on-duty", "true", NULL);
  store_fixture_submit (fixture, group);
  mash_store_add_slot (fixture->store, id, sign_in, passphrase, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&id);
}

/* Somebody of the police and of health on duty, for what needs more than one agency. */
static void
seed_partners (StoreFixture *fixture)
{
  g_free (seed_staff (fixture, "sergeant", "Petra Hallam", "DS", fixture->police));
  g_free (seed_staff (fixture, "nurse", "Joy Adeyemi", "HL", fixture->health));
}

static void
seed_hub (StoreFixture *fixture)
{
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);
  MashEdit *agency = store_fixture_add (fixture->store, group, &mash_agency_kind, "type", "CSC",
                                        "name", "Children’s social care", "seated", "true", NULL);

  fixture->agency = g_strdup (mash_edit_get_id (agency));
  agency = store_fixture_add (fixture->store, group, &mash_agency_kind, "type", "POL",
                              "name", "Police", NULL);
  fixture->police = g_strdup (mash_edit_get_id (agency));
  agency = store_fixture_add (fixture->store, group, &mash_agency_kind, "type", "HTC",
                              "name", "Community health", NULL);
  fixture->health = g_strdup (mash_edit_get_id (agency));
  store_fixture_submit (fixture, group);
  fixture->worker = seed_staff (fixture, "worker", "Aled Sorrel", "SW", fixture->agency);
  fixture->officer = seed_staff (fixture, "officer", "Nia Bramble", "MO", fixture->agency);
  fixture->manager = seed_staff (fixture, "manager", "Ruth Fenwick", "MM", fixture->agency);
  fixture->auditor = seed_staff (fixture, "auditor", "Omar Quill", "IG", fixture->agency);
}

/* Makes a training hub, unless @data is `live`, and signs the social worker in. Where @data is
 * `partners`, police and health work there too. */
void
store_fixture_set_up (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubInfo) info = NULL;
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);

  fixture->training = g_strcmp0 (data, "live") != 0;
  fixture->folder = g_dir_make_tmp ("mash-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->policy = mash_policy_reader_load_builtin (&error);
  g_assert_no_error (error);

  info = mash_hub_info_new (HUB, "Training hub", DESK, "Desk 1", fixture->training);
  fixture->store = mash_store_create (fixture->folder, info, fixture->policy, "admin", passphrase,
                                      &error);
  g_assert_no_error (error);
  seed_hub (fixture);
  if (g_strcmp0 (data, "partners") == 0)
    seed_partners (fixture);
  store_fixture_sign_in (fixture, "worker");
}

void
store_fixture_close (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  if (fixture->store == NULL)
    return;

  mash_store_close (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
}

void
store_fixture_sign_in (StoreFixture *fixture,
                       const char   *sign_in)
{
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (GError) error = NULL;

  store_fixture_close (fixture);
  fixture->store = mash_store_open (fixture->folder, fixture->policy, sign_in, passphrase, &error);
  g_assert_no_error (error);
}

void
store_fixture_remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        store_fixture_remove_all (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

void
store_fixture_tear_down (StoreFixture  *fixture,
                         gconstpointer  data)
{
  store_fixture_close (fixture);
  store_fixture_remove_all (fixture->folder);
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));

  mash_policy_unref (fixture->policy);
  g_free (fixture->folder);
  g_free (fixture->agency);
  g_free (fixture->police);
  g_free (fixture->health);
  g_free (fixture->worker);
  g_free (fixture->officer);
  g_free (fixture->manager);
  g_free (fixture->auditor);
}

/* A referral about one child, as a group that can be submitted. */
MashGroup *
store_fixture_new_contact (MashStore  *store,
                           const char *forenames,
                           const char *surname,
                           const char *birth)
{
  g_autofree char *id = mash_store_make_id (store);
  g_autofree char *received = mash_time_format (mash_store_get_now (store) -
                                                40 * MASH_TIME_MINUTE);
  MashGroup *group = mash_group_new ("create", id);
  MashEdit *contact = mash_edit_new (&mash_contact_kind, id, 0);
  MashEdit *person;

  mash_edit_set_text (contact, "kind", "CON");
  mash_edit_set_text (contact, "channel", "PHONE");
  mash_edit_set_text (contact, "received-at", received);
  mash_edit_set_text (contact, "source", "2A");
  mash_edit_set_text (contact, "presenting-concern", "A bruise to the upper arm.\nOwn account.");
  mash_group_take_edit (group, contact);
  person = store_fixture_add (store, group, &mash_person_kind, "kind", "CHILD",
                              "legal-forenames", forenames, "legal-surname", surname,
                              "birth", birth, NULL);
  store_fixture_add (store, group, &mash_contact_subject_kind, "person",
                     mash_edit_get_id (person), "role", "CHILD", "primary", "true", NULL);

  return group;
}

char *
store_fixture_contact (StoreFixture *fixture,
                       const char   *forenames,
                       const char   *surname,
                       const char   *birth)
{
  g_autoptr (MashGroup) group = store_fixture_new_contact (fixture->store, forenames, surname,
                                                           birth);

  store_fixture_submit (fixture, group);

  return g_strdup (mash_group_get_contact (group));
}

char *
store_fixture_find_child (MashStore  *store,
                          const char *contact)
{
  g_autoptr (GPtrArray) subjects = mash_store_list (store, "contact-subject", "contact", contact);

  g_assert_cmpuint (subjects->len, >, 0);

  return g_strdup (mash_record_get_text (g_ptr_array_index (subjects, 0), "person"));
}

/* The police used their power for the child of a contact. */
MashGroup *
store_fixture_protect (StoreFixture *fixture,
                       const char   *contact,
                       gint64        used)
{
  g_autoptr (GPtrArray) subjects = mash_store_list (fixture->store, "contact-subject", "contact",
                                                    contact);
  MashGroup *group = mash_group_new ("use-police-protection", contact);
  g_autofree char *at = mash_time_format (used);

  g_assert_cmpuint (subjects->len, >, 0);
  store_fixture_add (fixture->store, group, &mash_police_protection_kind, "used-at", at,
                     "officer", "PC Bramble", "subjects",
                     mash_record_get_id (g_ptr_array_index (subjects, 0)), NULL);

  return group;
}

/* The last of it ends now. */
MashGroup *
store_fixture_end_protection (StoreFixture *fixture,
                              const char   *contact)
{
  g_autoptr (GPtrArray) powers = mash_store_list (fixture->store, "police-protection", "contact",
                                                  contact);
  MashGroup *group = mash_group_new ("end-police-protection", contact);
  g_autofree char *now = mash_time_format (mash_store_get_now (fixture->store));

  g_assert_cmpuint (powers->len, >, 0);
  store_fixture_edit (fixture->store, group, &mash_police_protection_kind,
                      mash_record_get_id (g_ptr_array_index (powers, powers->len - 1)),
                      "ended-at", now, "ended-how", "AGREED", NULL);

  return group;
}

/* Does a deed that alters the contact itself. */
void
store_fixture_do (StoreFixture *fixture,
                  const char   *deed,
                  const char   *contact,
                  const char   *first,
                  ...)
{
  g_autoptr (MashGroup) group = mash_group_new (deed, contact);
  g_autoptr (MashRecord) record = mash_store_lookup (fixture->store, "contact", contact);
  MashEdit *edit = mash_edit_new_for (record);
  va_list more;

  va_start (more, first);
  set_fields (edit, record, first, more);
  va_end (more);
  mash_group_take_edit (group, edit);
  mash_group_set_reason (group, "Because it is so");
  store_fixture_submit (fixture, group);
}

void
store_fixture_check_state (StoreFixture *fixture,
                           const char   *contact,
                           const char   *state)
{
  g_autoptr (MashRecord) record = mash_store_lookup (fixture->store, "contact", contact);

  g_assert_cmpstr (mash_record_get_text (record, "state"), ==, state);
}

static void
triage (StoreFixture *fixture,
        const char   *contact)
{
  g_autoptr (MashGroup) group = mash_group_new ("triage", contact);
  g_autoptr (GPtrArray) subjects = mash_store_list (fixture->store, "contact-subject", "contact",
                                                    contact);

  for (guint i = 0; i < subjects->len; i++)
    store_fixture_edit (fixture->store, group, &mash_contact_subject_kind,
                        mash_record_get_id (g_ptr_array_index (subjects, i)),
                        "considered", "true", NULL);
  store_fixture_edit (fixture->store, group, &mash_contact_kind, contact, "brag", "A",
                      "level", "3", NULL);
  store_fixture_submit (fixture, group);
}

/* Takes a new contact from the front door to where it is recommended, as the social worker. */
void
store_fixture_analyse (StoreFixture *fixture,
                       const char   *contact)
{
  g_autoptr (MashGroup) gather = mash_group_new ("gather", contact);
  g_autoptr (MashGroup) analyse = mash_group_new ("analyse", contact);
  MashEdit *analysis;

  store_fixture_do (fixture, "screen", contact, "assigned-to", fixture->worker,
                    "history-searched", "All; nothing found", NULL);
  triage (fixture, contact);

  analysis = store_fixture_add (fixture->store, gather, &mash_risk_analysis_kind,
                                "no-agency-asked", "No agency asked", NULL);
  store_fixture_submit (fixture, gather);
  store_fixture_edit (fixture->store, analyse, &mash_risk_analysis_kind,
                      mash_edit_get_id (analysis), "harm", "Likely to go on", "agreed-level", "3",
                      NULL);
  store_fixture_submit (fixture, analyse);
}

/* Takes a new contact from the front door to the manager, as the social worker. */
void
store_fixture_recommend (StoreFixture *fixture,
                         const char   *contact)
{
  g_autoptr (GPtrArray) subjects = mash_store_list (fixture->store, "contact-subject", "contact",
                                                    contact);
  g_autoptr (MashGroup) recommend = mash_group_new ("recommend", contact);

  store_fixture_analyse (fixture, contact);
  store_fixture_add (fixture->store, recommend, &mash_recommendation_kind, "outcome", "O05",
                     "level", "3", "rationale", "An assessment is needed", "on-incomplete-info",
                     "true", "covers-subjects",
                     mash_record_get_id (g_ptr_array_index (subjects, 0)), NULL);
  store_fixture_submit (fixture, recommend);
  store_fixture_check_state (fixture, contact, "C60");
}

/* The manager signs in and decides as it was recommended. */
void
store_fixture_approve (StoreFixture *fixture,
                       const char   *contact)
{
  g_autoptr (MashGroup) group = mash_group_new ("approve", contact);
  g_autoptr (GPtrArray) recommendations = mash_store_list (fixture->store, "recommendation",
                                                           "contact", contact);
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (MashContactBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  MashRecord *recommendation = g_ptr_array_index (recommendations, 0);

  store_fixture_add (fixture->store, group, &mash_decision_kind,
                     "recommendation", mash_record_get_id (recommendation),
                     "recommendation-hash", mash_record_get_text (recommendation, "content-hash"),
                     "result", "APPROVED", "outcome", "O05", "level", "3", NULL);
  store_fixture_sign_in (fixture, "manager");
  bundle = mash_store_open_contact (fixture->store, contact, &error);
  g_assert_no_error (error);
  g_assert_true (mash_store_check_passphrase (fixture->store, passphrase, &error));
  store_fixture_submit (fixture, group);
}

/* Who is signed in starts a discussion now; its id. */
char *
store_fixture_discuss (StoreFixture *fixture,
                       const char   *contact)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashGroup) group = NULL;
  MashDiscussionStart start = { .trigger = "DISCLOSURE", .mode = "VIDEO" };

  start.started = start.need = mash_store_get_now (fixture->store);
  group = mash_store_begin_discussion (fixture->store, contact, &start, &error);
  g_assert_no_error (error);
  store_fixture_submit (fixture, group);

  return g_strdup (mash_edit_get_id (mash_group_get_edit (group, 0)));
}

MashVerifyReport *
store_fixture_verify (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  MashVerifyReport *report = NULL;

  mash_store_verify (fixture->store, NULL, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  if (!report->holds)
    g_test_message ("%s %" G_GINT64_FORMAT " %s: %s", report->table, report->position,
                    report->record, report->fault);

  return report;
}

gint64
store_fixture_count (StoreFixture *fixture,
                     const char   *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashStatement) row = mash_database_prepare (fixture->store->database, sql, &error);

  g_assert_no_error (error);
  g_assert_cmpint (mash_statement_step (row, &error), ==, MASH_STEP_ROW);

  return mash_statement_get_int (row, 0);
}

/* How many pages of the file were looked at since it was asked last, in memory or not. */
guint
store_fixture_count_pages (StoreFixture *fixture)
{
  static const int kinds[] = { SQLITE_DBSTATUS_CACHE_HIT, SQLITE_DBSTATUS_CACHE_MISS };
  guint pages = 0;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      int n, highest;

      sqlite3_db_status (fixture->store->database->handle, kinds[i], &n, &highest, TRUE);
      pages += (guint) n;
    }

  return pages;
}
