/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Seals, at desks with encrypted databases of their own: whom a seal names forgets the contact, the
 * child and all that was written of them, down to the last byte of the file and the log beside it;
 * everybody else has it as before; and when the seal is lifted all of it comes back. */

#include "config.h"

#include <string.h>

#include "desk-pages.h"
#include "mash-store-people.h"
#include "mash-store-report.h"
#include "mash-store-strategy.h"
#include "mash-time.h"
#include "sync-desk.h"

typedef struct
{
  SyncDesk *worker;   /* who is kept out */
  SyncDesk *manager;
  SyncDesk *auditor;
  char     *contact;
  char     *other;    /* of other people */
  char     *database;
} Trio;

static Cluster *cluster;
static SyncHub hub;
static guint n_databases;
static guint n_seats;

/* What is written of the sealed contact, a word each, and of the other. */
static const char *const planted[] = {
  "zinnober", "quendel", "kreuzdorn", "steinbrech", "wacholder", "eberesche",
};
static const char kept[] = "immergruen";

static void
sync_all (Trio *trio)
{
  for (guint i = 0; i < 2; i++)
    {
      sync_desk_sync (trio->manager);
      sync_desk_sync (trio->auditor);
      sync_desk_sync (trio->worker);
    }
}

static char *
take_in (SyncDesk   *desk,
         const char *forenames,
         const char *surname)
{
  g_autoptr (MashGroup) group = store_fixture_new_contact (desk->store, forenames, surname,
                                                           "2016-05-04");

  sync_desk_submit (desk, group);

  return g_strdup (mash_group_get_contact (group));
}

static void
trio_set_up (Trio          *trio,
             gconstpointer  data)
{
  trio->database = g_strdup_printf ("trio%u", n_databases++);
  cluster_copy_hub (cluster, "origin", trio->database);
  trio->worker = sync_desk_new (&hub, trio->database, "worker", n_seats++);
  trio->manager = sync_desk_new (&hub, trio->database, "manager", n_seats++);
  trio->auditor = sync_desk_new (&hub, trio->database, "auditor", n_seats++);
  sync_all (trio);
  trio->contact = take_in (trio->worker, "Tam", "Quendel");
  sync_all (trio);
  trio->other = take_in (trio->manager, "Ivy", "Immergruen");
  sync_all (trio);
  sync_desk_write_note (trio->worker, trio->contact, "Zinnober was seen");
  sync_desk_write_note (trio->worker, trio->other, "Called immergruen back");
  sync_all (trio);
  sync_desk_write_note (trio->manager, trio->contact, "Wacholder was asked");
  sync_all (trio);
}

static void
trio_tear_down (Trio          *trio,
                gconstpointer  data)
{
  sync_desk_free (trio->worker);
  sync_desk_free (trio->manager);
  sync_desk_free (trio->auditor);
  g_free (trio->contact);
  g_free (trio->other);
  g_free (trio->database);
}

/* Seals */

static void
ask_to_seal (SyncDesk   *desk,
             const char *deed,
             const char *contact,
             const char *excluded)
{
  g_autoptr (MashGroup) group = mash_group_new (deed, contact);

  store_fixture_add (desk->store, group, &mash_seal_kind, "excluded", excluded, "reason",
                     "RELATIVE", NULL);
  sync_desk_submit (desk, group);
  sync_desk_sync (desk);
}

static void
answer (SyncDesk   *desk,
        const char *deed,
        const char *contact)
{
  g_autoptr (MashGroup) group = mash_group_new (deed, contact);
  g_autofree char *id = sync_desk_ask (desk, "SELECT id FROM seal ORDER BY n DESC");
  g_autofree char *now = mash_time_format (mash_store_get_now (desk->store));

  store_fixture_edit (desk->store, group, &mash_seal_kind, id,
                      strcmp (deed, "propose-unseal") == 0 ? "asked-at" : "answered-at", now, NULL);
  mash_group_set_reason (group, "As it was looked at");
  sync_desk_submit (desk, group);
  sync_desk_sync (desk);
}

static void
seal (Trio *trio)
{
  ask_to_seal (trio->manager, "propose-seal", trio->contact, hub.origin.worker);
  sync_desk_sync (trio->auditor);
  answer (trio->auditor, "confirm-seal", trio->contact);
}

static void
unseal (Trio *trio)
{
  sync_desk_sync (trio->manager);
  answer (trio->manager, "propose-unseal", trio->contact);
  sync_desk_sync (trio->auditor);
  answer (trio->auditor, "confirm-unseal", trio->contact);
}

static void
assert_forgotten (Trio *trio)
{
  g_autofree char *count = g_strdup_printf (
    "SELECT (SELECT count (*) FROM contact WHERE id = '%s') +"
    " (SELECT count (*) FROM person WHERE id IN (SELECT person FROM contact_subject WHERE contact ="
    " '%s')) + (SELECT count (*) FROM note WHERE contact = '%s') +"
    " (SELECT count (*) FROM tray WHERE contact = '%s') +"
    " (SELECT count (*) FROM timeline WHERE contact = '%s') + (SELECT count (*) FROM seal) +"
    " (SELECT count (*) FROM change WHERE contact = '%s') +"
    " (SELECT count (*) FROM refusal WHERE contact = '%s') +"
    " (SELECT count (*) FROM person_search WHERE person_search MATCH 'quendel') +"
    " (SELECT count (*) FROM person_term WHERE person_term MATCH 'quendel') +"
    /* The older parts of the index, in which it stood, are gone. */
    " (SELECT count (DISTINCT segid) - 1 FROM person_term_idx) +"
    " (SELECT count (*) FROM timeline_search WHERE timeline_search MATCH 'zinnober')",
    trio->contact, trio->contact, trio->contact, trio->contact, trio->contact, trio->contact,
    trio->contact);

  sync_desk_assert (trio->worker, count, "0");
  for (guint i = 0; i < G_N_ELEMENTS (planted); i++)
    g_assert_cmpuint (desk_pages_count (trio->worker, planted[i]), ==, 0);
  g_assert_cmpuint (desk_pages_count (trio->worker, kept), >, 0);
  sync_desk_verify (trio->worker);
}

static void
assert_has_it (Trio     *trio,
               SyncDesk *desk)
{
  g_autofree char *notes = g_strdup_printf ("SELECT count (*) FROM note WHERE contact = '%s'",
                                            trio->contact);

  sync_desk_assert (desk, notes, "2");
  sync_desk_assert (desk, "SELECT count (*) FROM contact", "2");
  sync_desk_assert (desk, "SELECT count (*) FROM person_search WHERE person_search MATCH 'quendel'",
                    "1");
  sync_desk_assert (desk,
                    "SELECT count (*) FROM person_term WHERE person_term MATCH 'quendel'", "1");
  sync_desk_assert (desk, "SELECT count (*) > 0 FROM timeline_search WHERE timeline_search MATCH"
                    " 'zinnober'", "1");
  sync_desk_verify (desk);
}

/* A seal that is only asked for keeps nobody out, and whom it names does not learn of it. */
static void
test_asked_for (Trio          *trio,
                gconstpointer  data)
{
  ask_to_seal (trio->manager, "propose-seal", trio->contact, hub.origin.worker);
  sync_all (trio);
  assert_has_it (trio, trio->worker);
  sync_desk_assert (trio->worker, "SELECT count (*) FROM seal", "0");
  sync_desk_assert (trio->worker,
                    "SELECT count (*) FROM timeline WHERE deed = 'propose-seal'", "0");
  sync_desk_assert (trio->auditor, "SELECT state FROM seal", "PROPOSED");

  answer (trio->auditor, "refuse-seal", trio->contact);
  sync_all (trio);
  assert_has_it (trio, trio->worker);
  sync_desk_assert (trio->manager, "SELECT state FROM seal", "REFUSED");
  sync_desk_assert (trio->worker, "SELECT count (*) FROM seal", "0");
}

/* What somebody asked for is answered by another, in the other role; nothing of their own answer is
 * kept, to be refused at the hub. */
static void
assert_not_by (SyncDesk   *desk,
               const char *deed,
               const char *contact)
{
  g_autoptr (MashGroup) group = mash_group_new (deed, contact);
  g_autofree char *id = sync_desk_ask (desk, "SELECT id FROM seal ORDER BY n DESC");
  static const char state[] = "SELECT state || revision FROM seal ORDER BY n DESC";
  g_autofree char *before = sync_desk_ask (desk, state);
  g_autofree char *now = mash_time_format (mash_store_get_now (desk->store));
  g_autoptr (GError) error = NULL;

  store_fixture_edit (desk->store, group, &mash_seal_kind, id, "answered-at", now, NULL);
  mash_group_set_reason (group, "As it was looked at");
  g_assert_false (mash_store_submit (desk->store, group, NULL, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "ask the other of the two"));
  sync_desk_assert (desk, "SELECT count (*) FROM outbox", "0");
  sync_desk_assert (desk, state, before);
}

static void
test_not_by_who_asked (Trio          *trio,
                       gconstpointer  data)
{
  static const char *const asking[] = { "propose-seal", "emergency-seal" };
  static const char *const answers[] = { "confirm-seal", "refuse-seal" };
  static const char *const lifting[] = { "confirm-unseal", "keep-seal" };

  for (guint n = 0; n < G_N_ELEMENTS (asking); n++)
    {
      ask_to_seal (trio->manager, asking[n], trio->contact, hub.origin.worker);
      for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
        assert_not_by (trio->manager, answers[i], trio->contact);
      sync_all (trio);
      answer (trio->auditor, "confirm-seal", trio->contact);

      answer (trio->auditor, "propose-unseal", trio->contact);
      for (guint i = 0; i < G_N_ELEMENTS (lifting); i++)
        assert_not_by (trio->auditor, lifting[i], trio->contact);
      sync_all (trio);
      answer (trio->manager, "confirm-unseal", trio->contact);
      sync_all (trio);
    }
  sync_desk_assert (trio->manager, "SELECT count (*) FROM refusal", "0");
}

static void
test_forgets (Trio          *trio,
              gconstpointer  data)
{
  g_autofree char *head = NULL;
  g_autofree char *other_head = NULL;
  g_autoptr (GError) error = NULL;

  mash_store_save_draft (trio->worker->store, trio->contact, "{\"text\":\"Steinbrech\"}", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (desk_pages_count (trio->worker, "zinnober"), >, 0);
  g_assert_cmpuint (desk_pages_count (trio->worker, "quendel"), >, 0);
  g_assert_cmpuint (desk_pages_count (trio->worker, "steinbrech"), >, 0);

  seal (trio);
  sync_all (trio);
  assert_forgotten (trio);

  /* Nor is what is being typed into a page that was open kept any more. */
  g_assert_false (mash_store_save_draft (trio->worker->store, trio->contact,
                                         "{\"text\":\"Steinbrech\"}", &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  mash_store_save_draft (trio->worker->store, trio->other, "{\"text\":\"Immergruen\"}", &error);
  g_assert_no_error (error);
  assert_forgotten (trio);
  assert_has_it (trio, trio->manager);
  assert_has_it (trio, trio->auditor);
  sync_desk_assert (trio->manager, "SELECT state FROM seal", "SEALED");

  /* The chain is the same, and goes on for everybody. */
  sync_desk_write_note (trio->manager, trio->other, "One more");
  sync_all (trio);
  head = sync_desk_ask (trio->worker, "SELECT hex (head_chain) FROM meta");
  other_head = sync_desk_ask (trio->manager, "SELECT hex (head_chain) FROM meta");
  g_assert_cmpstr (head, ==, other_head);
  assert_forgotten (trio);

  /* Nor does a new start, or a desk that is filled anew, bring it back. */
  sync_desk_restart (trio->worker, TRUE);
  sync_desk_sync (trio->worker);
  assert_forgotten (trio);
  sync_desk_free (trio->worker);
  trio->worker = sync_desk_new (&hub, trio->database, "worker", n_seats++);
  sync_desk_sync (trio->worker);
  assert_forgotten (trio);
}

static void
test_comes_back (Trio          *trio,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  seal (trio);
  sync_all (trio);
  sync_desk_write_note (trio->manager, trio->other, "Meanwhile");
  sync_all (trio);
  assert_forgotten (trio);

  unseal (trio);
  sync_all (trio);
  assert_has_it (trio, trio->worker);
  sync_desk_assert (trio->worker, "SELECT count (*) FROM seal", "0");
  sync_desk_assert (trio->worker, "SELECT count (*) FROM timeline WHERE deed LIKE '%seal'", "0");
  sync_desk_assert (trio->worker, "SELECT count (*) FROM aside", "0");
  sync_desk_assert (trio->manager, "SELECT state FROM seal", "LIFTED");

  mash_store_save_draft (trio->worker->store, trio->contact, "{\"text\":\"Typed\"}", &error);
  g_assert_no_error (error);
  sync_desk_write_note (trio->worker, trio->contact, "Back");
  sync_all (trio);
  sync_desk_assert (trio->worker, "SELECT count (*) FROM refusal", "0");
  sync_desk_assert (trio->manager, "SELECT count (*) FROM note WHERE text = 'Back'", "1");
}

/* At once, by one manager; a clock runs until it is confirmed. */
static void
test_at_once (Trio          *trio,
              gconstpointer  data)
{
  ask_to_seal (trio->manager, "emergency-seal", trio->contact, hub.origin.worker);
  sync_all (trio);
  assert_forgotten (trio);
  sync_desk_assert (trio->auditor,
                    "SELECT count (*) FROM clock WHERE type = 'T31' AND stopped_at IS"
                    " NULL", "1");
  answer (trio->auditor, "confirm-seal", trio->contact);
  sync_all (trio);
  assert_forgotten (trio);
  sync_desk_assert (trio->manager,
                    "SELECT count (*) FROM clock WHERE type = 'T31' AND stopped_at IS"
                    " NOT NULL", "1");
}

/* Who declares a conflict of interest forgets what it is about, what they wrote of it and that they
 * said so; when two others lift it, all but that comes back. */
static void
test_declared (Trio          *trio,
               gconstpointer  data)
{
  g_autoptr (MashGroup) group = mash_group_new ("declare-interest", trio->contact);
  g_autoptr (MashVerdict) verdict = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_add (trio->worker->store, group, &mash_seal_kind, "excluded", hub.origin.worker,
                     "reason", "INTEREST", "text", "Eberesche is my neighbour", NULL);
  sync_desk_submit (trio->worker, group);
  g_assert_cmpuint (desk_pages_count (trio->worker, "eberesche"), >, 0);
  sync_desk_sync (trio->worker);
  assert_forgotten (trio);
  sync_desk_assert (trio->worker, "SELECT count (*) FROM outbox", "0");
  sync_desk_assert (trio->worker, "SELECT count (*) FROM refusal", "0");
  sync_desk_assert (trio->worker,
                    "SELECT count (*) FROM timeline WHERE deed = 'declare-interest'", "0");

  sync_all (trio);
  assert_has_it (trio, trio->manager);
  sync_desk_assert (trio->manager, "SELECT state || reason FROM seal", "SEALEDINTEREST");
  sync_desk_write_note (trio->manager, trio->contact, "Kreuzdorn was there");
  sync_all (trio);
  assert_forgotten (trio);
  verdict = mash_store_examine_deed (trio->worker->store, "propose-unseal", trio->contact, &error);
  g_assert_no_error (error);
  g_assert_false (mash_verdict_get_allowed (verdict));

  unseal (trio);
  sync_all (trio);
  sync_desk_assert (trio->worker, "SELECT count (*) FROM contact", "2");
  sync_desk_assert (trio->worker, "SELECT count (*) FROM note", "4");
  sync_desk_assert (trio->worker, "SELECT count (*) FROM seal", "0");
  g_assert_cmpuint (desk_pages_count (trio->worker, "eberesche"), ==, 0);
  sync_desk_verify (trio->worker);
}

/* It needs the hub: off line nobody would be out of the case before the desk is on line again. */
static void
test_declared_alone (Trio          *trio,
                     gconstpointer  data)
{
  g_autoptr (MashGroup) group = mash_group_new ("declare-interest", trio->contact);
  g_autoptr (GError) error = NULL;

  mash_store_set_on_line (trio->worker->store, FALSE);
  store_fixture_add (trio->worker->store, group, &mash_seal_kind, "excluded", hub.origin.worker,
                     "reason", "RELATIVE", NULL);
  g_assert_false (mash_store_submit (trio->worker->store, group, NULL, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  sync_desk_assert (trio->worker, "SELECT count (*) FROM seal", "0");
}

/* In a discussion it is written down who declared one: that takes the case from them too, and the
 * other way round where it was a mistake. */
static void
test_declared_there (Trio          *trio,
                     gconstpointer  data)
{
  MashDiscussionStart start = { .trigger = "DISCLOSURE", .mode = "VIDEO" };
  g_autoptr (MashGroup) begins = NULL;
  g_autoptr (MashGroup) enters = mash_group_new ("write-discussion", trio->contact);
  g_autoptr (MashGroup) corrects = mash_group_new ("write-discussion", trio->contact);
  g_autofree char *agency = sync_desk_ask (trio->manager, "SELECT id FROM agency LIMIT 1");
  g_autoptr (GError) error = NULL;
  const char *discussion;
  MashEdit *edit;

  start.started = start.need = mash_store_get_now (trio->manager->store);
  begins = mash_store_begin_discussion (trio->manager->store, trio->contact, &start, &error);
  g_assert_no_error (error);
  sync_desk_submit (trio->manager, begins);
  discussion = mash_edit_get_id (mash_group_get_edit (begins, 0));
  sync_all (trio);
  assert_has_it (trio, trio->worker);

  edit = store_fixture_add (trio->manager->store, enters, &mash_sd_participant_kind, "discussion",
                            discussion, "agency", agency, "staff", hub.origin.worker,
                            "conflict-declared", "true", NULL);
  sync_desk_submit (trio->manager, enters);
  sync_all (trio);
  assert_forgotten (trio);
  assert_has_it (trio, trio->manager);
  sync_desk_assert (trio->worker, "SELECT count (*) FROM sd_participant", "0");

  store_fixture_edit (trio->manager->store, corrects, &mash_sd_participant_kind,
                      mash_edit_get_id (edit), "conflict-declared", "false", NULL);
  sync_desk_submit (trio->manager, corrects);
  sync_all (trio);
  assert_has_it (trio, trio->worker);
}

static void
give_role (Trio       *trio,
           const char *role)
{
  g_autofree char *sql = g_strdup_printf (
    "UPDATE mash.entity SET state = jsonb_set (state, '{role}', '\"%s\"') WHERE kind = 'post' AND"
    " state ->> 'staff' = '%s'; SELECT mash.follow_posts ()", role, hub.origin.worker);

  cluster_run (cluster, trio->database, sql);
}

/* Who becomes an administrator keeps nothing of any case, and has it again when they cease to be
 * one: so does a desk that they sit down at meanwhile. */
static void
test_administrator (Trio          *trio,
                    gconstpointer  data)
{
  static const char cases[] =
    "SELECT (SELECT count (*) FROM contact) + (SELECT count (*) FROM person) +"
    " (SELECT count (*) FROM note) + (SELECT count (*) FROM timeline) + (SELECT count (*) FROM"
    " change WHERE contact IS NOT NULL)";

  give_role (trio, "SW");
  sync_all (trio);
  assert_has_it (trio, trio->worker);

  for (guint i = 0; i < 2; i++)
    {
      give_role (trio, "AD");
      sync_desk_write_note (trio->manager, trio->other, "Kreuzdorn and immergruen");
      sync_all (trio);
      sync_desk_assert (trio->worker, cases, "0");
      sync_desk_assert (trio->worker, "SELECT count (*) > 0 FROM staff", "1");
      g_assert_cmpuint (desk_pages_count (trio->worker, kept), ==, 0);
      for (guint j = 0; j < G_N_ELEMENTS (planted); j++)
        g_assert_cmpuint (desk_pages_count (trio->worker, planted[j]), ==, 0);
      sync_desk_verify (trio->worker);
      if (i == 1)
        {
          sync_desk_free (trio->worker);
          trio->worker = sync_desk_new (&hub, trio->database, "worker", n_seats++);
          sync_desk_sync (trio->worker);
          sync_desk_assert (trio->worker, cases, "0");
        }

      give_role (trio, "SW");
      sync_all (trio);
      assert_has_it (trio, trio->worker);
      assert_has_it (trio, trio->manager);
    }
}

/* What was not sent when the seal came is kept at the hub, and not at the desk. */
static void
test_unsent (Trio          *trio,
             gconstpointer  data)
{
  g_autofree char *attempt = NULL;
  MashUnsent unsent;

  sync_desk_write_note (trio->worker, trio->contact, "Kreuzdorn was there");
  sync_desk_write_note (trio->worker, trio->other, "Immergruen too");
  seal (trio);
  sync_all (trio);
  assert_forgotten (trio);
  sync_desk_assert (trio->worker, "SELECT count (*) FROM outbox", "0");
  sync_desk_assert (trio->worker, "SELECT code || length (statement) FROM refusal", "withheld0");
  sync_desk_assert (trio->manager, "SELECT count (*) FROM note WHERE text = 'Immergruen too'", "1");
  attempt = cluster_ask (cluster, trio->database,
                         "SELECT count (*) FROM mash.attempt"
                         " WHERE position ('Kreuzdorn'::bytea in statement) > 0");
  g_assert_cmpstr (attempt, ==, "1");
  g_assert_true (mash_store_count_unsent (trio->worker->store, &unsent, NULL));
  g_assert_cmpuint (unsent.n_refused, ==, 1);
}

/* What the hub had taken already, when it was sealed before the desk heard so. */
static void
test_taken (Trio          *trio,
            gconstpointer  data)
{
  sync_desk_write_note (trio->worker, trio->contact, "Kreuzdorn was there");
  mash_sync_core_wake (trio->worker->core);
  while (mash_sync_core_get_next (trio->worker->core, trio->worker->now)->deed != MASH_SYNC_PULL)
    sync_desk_step (trio->worker);
  seal (trio);
  sync_all (trio);
  assert_forgotten (trio);
  sync_desk_assert (trio->worker, "SELECT count (*) FROM outbox", "0");
  sync_desk_assert (trio->manager, "SELECT count (*) FROM note WHERE text LIKE 'Kreuzdorn%'", "1");
}

/* The same of a whole contact that is only here as it was said here: its lists are told. */
static void
test_taken_whole (Trio          *trio,
                  gconstpointer  data)
{
  g_auto (GStrv) news = NULL;
  g_autofree char *sql = NULL;

  g_free (trio->contact);
  trio->contact = take_in (trio->worker, "Jo", "Hollunder");
  mash_sync_core_wake (trio->worker->core);
  while (mash_sync_core_get_next (trio->worker->core, trio->worker->now)->deed != MASH_SYNC_PULL)
    sync_desk_step (trio->worker);
  sync_desk_sync (trio->manager);
  seal (trio);
  g_strfreev (mash_store_steal_news (trio->worker->store));
  sync_all (trio);
  news = mash_store_steal_news (trio->worker->store);
  g_assert_true (g_strv_contains ((const char *const *) news, trio->contact));
  sync_desk_assert (trio->worker, "SELECT count (*) FROM outbox", "0");
  sql = g_strdup_printf ("SELECT (SELECT count (*) FROM contact WHERE id = '%s') +"
                         " (SELECT count (*) FROM change WHERE contact = '%s')", trio->contact,
                         trio->contact);
  sync_desk_assert (trio->worker, sql, "0");
  g_assert_cmpuint (desk_pages_count (trio->worker, "hollunder"), ==, 0);
  sync_desk_verify (trio->worker);
}

/* The seal follows the child into contacts that come later. */
static void
test_follows (Trio          *trio,
              gconstpointer  data)
{
  g_autofree char *child = store_fixture_find_child (trio->manager->store, trio->contact);
  g_autofree char *later = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (MashGroup) group = NULL;

  seal (trio);
  sync_all (trio);
  later = take_in (trio->manager, "Somebody", "Else");
  group = mash_group_new ("edit", later);
  store_fixture_add (trio->manager->store, group, &mash_contact_subject_kind, "person", child,
                     "role", "CHILD", NULL);
  sync_desk_submit (trio->manager, group);
  sync_all (trio);
  sql = g_strdup_printf ("SELECT count (*) FROM contact WHERE id = '%s'", later);
  sync_desk_assert (trio->worker, sql, "0");
  sync_desk_assert (trio->auditor, sql, "1");
  assert_forgotten (trio);
  sync_desk_verify (trio->worker);
}

/* A desk that was put back to before the seal forgets again; one that was put back to before it was
 * lifted is given it again. */
static void
test_put_back (Trio          *trio,
               gconstpointer  data)
{
  char *copy = sync_desk_copy (trio->worker);
  char *sealed;

  seal (trio);
  sync_all (trio);
  assert_forgotten (trio);
  sealed = sync_desk_copy (trio->worker);
  sync_desk_put_back (trio->worker, copy);
  sync_desk_sync (trio->worker);
  assert_forgotten (trio);

  unseal (trio);
  sync_all (trio);
  assert_has_it (trio, trio->worker);
  sync_desk_put_back (trio->worker, sealed);
  sync_desk_sync (trio->worker);
  assert_has_it (trio, trio->worker);
}

/* The desk's own guard gives the same answer as the hub: what is there may be opened. */
static void
assert_opens (SyncDesk   *desk,
              const char *contact)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashContactBundle) bundle = mash_store_open_contact (desk->store, contact, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bundle);
}

/* Asks the nurse to do something in a contact; gives the task. */
static char *
ask_nurse (Trio     *trio,
           SyncDesk *nurse)
{
  g_autoptr (MashGroup) group = mash_group_new ("add-task", trio->other);
  MashEdit *edit = store_fixture_add (trio->manager->store, group, &mash_task_kind, "what",
                                      "Ask the surgery", "owner", nurse->store->own, "due-at",
                                      "2026-12-01T10:00:00.000Z", NULL);

  sync_desk_submit (trio->manager, group);

  return g_strdup (mash_edit_get_id (edit));
}

static void
cancel (Trio       *trio,
        const char *task)
{
  g_autoptr (MashGroup) group = mash_group_new ("cancel-task", trio->other);

  store_fixture_edit (trio->manager->store, group, &mash_task_kind, task, "outcome",
                      "Was known already", NULL);
  sync_desk_submit (trio->manager, group);
}

/* Who opens only what they are asked about has not a byte of any contact until they are asked to do
 * something in it; then all of its history, and what follows, and again none when it is
 * cancelled. */
static void
test_asked (Trio          *trio,
            gconstpointer  data)
{
  static const char cases[] = "SELECT (SELECT count (*) FROM contact) + (SELECT count (*) FROM"
                              " person) + (SELECT count (*) FROM change WHERE contact IS NOT NULL)";
  SyncDesk *nurse = sync_desk_new (&hub, trio->database, "nurse", n_seats++);

  sync_desk_sync (nurse);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *task = NULL;

      sync_desk_assert (nurse, cases, "0");
      g_assert_cmpuint (desk_pages_count (nurse, kept), ==, 0);
      sync_desk_verify (nurse);

      task = ask_nurse (trio, nurse);
      sync_all (trio);
      sync_desk_sync (nurse);
      sync_desk_write_note (trio->worker, trio->other, "Immergruen said more");
      sync_all (trio);
      sync_desk_sync (nurse);
      sync_desk_assert (nurse, "SELECT count (*) FROM contact", "1");
      g_assert_cmpuint (desk_pages_count (nurse, kept), >, 0);
      for (guint j = 0; j < G_N_ELEMENTS (planted); j++)
        g_assert_cmpuint (desk_pages_count (nurse, planted[j]), ==, 0);
      sync_desk_assert (nurse, "SELECT count (*) FROM aside", "0");
      assert_opens (nurse, trio->other);
      sync_desk_verify (nurse);

      cancel (trio, task);
      sync_all (trio);
      sync_desk_sync (nurse);
    }
  sync_desk_assert (nurse, cases, "0");
  g_assert_cmpuint (desk_pages_count (nurse, kept), ==, 0);
  sync_desk_free (nurse);
}

/* Information governance opens a contact while a seal of it waits for an answer, and only then. */
static void
test_review (Trio          *trio,
             gconstpointer  data)
{
  MashStore *store = trio->auditor->store;

  g_assert_null (mash_store_open_contact (store, trio->contact, NULL));
  ask_to_seal (trio->manager, "propose-seal", trio->contact, hub.origin.worker);
  sync_desk_sync (trio->auditor);
  assert_opens (trio->auditor, trio->contact);
  g_assert_null (mash_store_open_contact (store, trio->other, NULL));
  answer (trio->auditor, "confirm-seal", trio->contact);
  g_assert_null (mash_store_open_contact (store, trio->contact, NULL));
  ask_to_seal (trio->manager, "emergency-seal", trio->other, hub.origin.worker);
  sync_desk_sync (trio->auditor);
  assert_opens (trio->auditor, trio->other);
}

/* Who gets no case is given no figure of none. */
static void
test_report (Trio          *trio,
             gconstpointer  data)
{
  static const char *const roles[] = { "SW", "LM" };
  MashStore *store = trio->worker->store;
  int today = mash_time_get_local_day (mash_store_get_now (store));

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MashWeekly) weekly = NULL;

      g_free (store->role);
      store->role = g_strdup (roles[i]);
      weekly = mash_store_read_weekly (store, today - 7, today, NULL, &error);
      if (i == 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
    }
}

/* Two people who may be one, or are: what it is that agrees is written in the link. */
static void
propose_same (Trio       *trio,
              const char *other)
{
  g_autoptr (MashGroup) group = mash_group_new ("propose-link", NULL);
  g_autofree char *one = store_fixture_find_child (trio->manager->store, trio->contact);
  g_autofree char *another = store_fixture_find_child (trio->manager->store, other);

  store_fixture_add (trio->manager->store, group, &mash_identity_link_kind, "person-a", one,
                     "person-b", another, "state", "SAME", "evidence", "Quendel, and Eberesche",
                     "why", "Kreuzdorn says so", NULL);
  sync_desk_submit (trio->manager, group);
  sync_all (trio);
}

/* By another than who proposed it. */
static void
decide_same (Trio       *trio,
             SyncDesk   *desk,
             const char *deed,
             const char *state)
{
  g_autoptr (MashGroup) group = mash_group_new (deed, NULL);
  g_autofree char *link = sync_desk_ask (desk, "SELECT id FROM identity_link");

  store_fixture_edit (desk->store, group, &mash_identity_link_kind, link, "state", state, NULL);
  mash_group_set_reason (group, "As it was looked at");
  desk->store->confirmed = TRUE;
  sync_desk_submit (desk, group);
  sync_all (trio);
}

static void
assert_nothing_of_child (Trio *trio)
{
  for (guint i = 0; i < G_N_ELEMENTS (planted); i++)
    g_assert_cmpuint (desk_pages_count (trio->worker, planted[i]), ==, 0);
  sync_desk_assert (trio->worker, "SELECT (SELECT count (*) FROM identity_link) +"
                    " (SELECT count (*) FROM person_group) +"
                    " (SELECT count (*) FROM person_search WHERE person_search MATCH 'quendel')",
                    "0");
  sync_desk_verify (trio->worker);
}

/* Who is found and who may be who, as the page of possible matches and the search give it. */
static void
assert_found (Trio       *trio,
              const char *words,
              guint       n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = mash_store_search_people (trio->worker->store, words, 10, FALSE,
                                                         &error);
  g_autoptr (GArray) proposals = mash_store_list_link_proposal_keys (
    trio->worker->store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, n);
  g_assert_cmpuint (proposals->len, ==, 0);
}

/* Of a child who is sealed nothing is left in the record of somebody who may be the same: neither
 * the link with its reasons nor a line of the search. The other may be another child, and stays. */
static void
test_double_proposed (Trio          *trio,
                      gconstpointer  data)
{
  propose_same (trio, trio->other);
  g_assert_cmpuint (desk_pages_count (trio->worker, "eberesche"), >, 0);
  sync_desk_assert (trio->worker, "SELECT state FROM identity_link", "SAME");

  seal (trio);
  sync_all (trio);
  assert_nothing_of_child (trio);
  assert_found (trio, "quendel", 0);
  assert_found (trio, "immergruen", 1);
  g_assert_cmpuint (desk_pages_count (trio->worker, kept), >, 0);
  sync_desk_assert (trio->manager, "SELECT state FROM identity_link", "SAME");
}

/* Who is the same by a link that stands is the same child under another name: all of it goes, and
 * comes back where the link is undone. */
static void
test_double_joined (Trio          *trio,
                    gconstpointer  data)
{
  g_autofree char *third = take_in (trio->manager, "Bo", "Hollunder");

  sync_all (trio);
  propose_same (trio, trio->other);
  decide_same (trio, trio->auditor, "approve-link", "MERGED");
  sync_desk_assert (trio->worker, "SELECT state FROM identity_link", "MERGED");

  seal (trio);
  sync_all (trio);
  assert_nothing_of_child (trio);
  g_assert_cmpuint (desk_pages_count (trio->worker, kept), ==, 0);
  g_assert_cmpuint (desk_pages_count (trio->worker, "hollunder"), >, 0);
  sync_desk_assert (trio->worker, "SELECT count (*) FROM contact", "1");
  assert_found (trio, "immergruen", 0);
  assert_found (trio, "hollunder", 1);
  sync_desk_assert (trio->manager, "SELECT count (*) FROM contact", "3");

  decide_same (trio, trio->auditor, "undo-link", "UNDONE");
  assert_nothing_of_child (trio);
  assert_found (trio, "immergruen", 1);
  sync_desk_assert (trio->worker, "SELECT count (*) FROM contact", "2");

  unseal (trio);
  sync_all (trio);
  sync_desk_assert (trio->worker, "SELECT count (*) FROM contact", "3");
  assert_found (trio, "quendel", 1);
}

/* Joined while it stands. */
static void
test_double_later (Trio          *trio,
                   gconstpointer  data)
{
  seal (trio);
  sync_all (trio);
  propose_same (trio, trio->other);
  assert_found (trio, "immergruen", 1);
  assert_nothing_of_child (trio);
  decide_same (trio, trio->auditor, "approve-link", "MERGED");
  assert_nothing_of_child (trio);
  assert_found (trio, "immergruen", 0);
  g_assert_cmpuint (desk_pages_count (trio->worker, kept), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void      (*test) (Trio *trio, gconstpointer data);
  } tests[] = {
    { "/sync/seals/asked-for", test_asked_for },
    { "/sync/seals/not-by-who-asked", test_not_by_who_asked },
    { "/sync/seals/forgets", test_forgets },
    { "/sync/seals/comes-back", test_comes_back },
    { "/sync/seals/at-once", test_at_once },
    { "/sync/seals/declared", test_declared },
    { "/sync/seals/declared-alone", test_declared_alone },
    { "/sync/seals/declared-there", test_declared_there },
    { "/sync/seals/administrator", test_administrator },
    { "/sync/seals/asked", test_asked },
    { "/sync/seals/review", test_review },
    { "/sync/seals/report", test_report },
    { "/sync/seals/unsent", test_unsent },
    { "/sync/seals/taken", test_taken },
    { "/sync/seals/taken-whole", test_taken_whole },
    { "/sync/seals/follows", test_follows },
    { "/sync/seals/double-proposed", test_double_proposed },
    { "/sync/seals/double-joined", test_double_joined },
    { "/sync/seals/double-later", test_double_later },
    { "/sync/seals/put-back", test_put_back },
  };
  int status;

  g_test_init (&argc, &argv, NULL);
  cluster = cluster_new ();
  sync_hub_set_up (&hub, cluster, "origin");
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Trio, NULL, trio_set_up, tests[i].test, trio_tear_down);

  status = g_test_run ();
  sync_hub_tear_down (&hub);
  cluster_free (cluster);

  return status;
}
