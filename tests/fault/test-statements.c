/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The database answers a statement with an error: each one that an operation prepares or steps, in
 * turn. The operation then says so and has changed nothing, or it is done all the same; whichever
 * it says is what stands in the log, and everything holds at the end. */

#include "config.h"

#include <dlfcn.h>
#include <string.h>

#include "mash-database-private.h"
#include "mash-identity.h"
#include "mash-rules.h"
#include "mash-sentences.h"
#include "mash-store-hub.h"
#include "mash-store-keys.h"
#include "mash-store-rekey.h"
#include "store-fixture.h"

#pragma GCC diagnostic ignored "-Wmissing-prototypes"
#pragma GCC diagnostic ignored "-Wmissing-declarations"

static struct
{
  gboolean armed;
  gboolean hit;
  guint    at;
  guint    n;
  guint    depth;
} plan;

/* Whether this is the call that shall fail. What the library asks itself while it answers is its
 * own affair; and to undo something needs nothing that could fail. */
static gboolean
meets_fault (const char *sql)
{
  if (!plan.armed || plan.depth > 0 || sql == NULL || g_str_has_prefix (sql, "ROLLBACK") ||
      ++plan.n != plan.at)
    return FALSE;
  plan.hit = TRUE;

  return TRUE;
}

/* These two stand before the library's own, for the library too. */
int
sqlite3_step (sqlite3_stmt *statement)
{
  static int (*step) (sqlite3_stmt *);
  int rc = SQLITE_IOERR;

  if (step == NULL)
    *(void **) &step = dlsym (RTLD_NEXT, "sqlite3_step");
  if (meets_fault (sqlite3_sql (statement)))
    return rc;

  plan.depth++;
  rc = step (statement);
  plan.depth--;

  return rc;
}

int
sqlite3_prepare_v3 (sqlite3       *database,
                    const char    *sql,
                    int            length,
                    unsigned int   flags,
                    sqlite3_stmt **statement,
                    const char   **tail)
{
  static int (*prepare) (sqlite3 *, const char *, int, unsigned int, sqlite3_stmt **,
                         const char **);
  int rc = SQLITE_IOERR;

  if (prepare == NULL)
    *(void **) &prepare = dlsym (RTLD_NEXT, "sqlite3_prepare_v3");
  if (meets_fault (sql))
    return rc;

  plan.depth++;
  rc = prepare (database, sql, length, flags, statement, tail);
  plan.depth--;

  return rc;
}

static void
arm (void)
{
  plan.n = 0;
  plan.hit = FALSE;
  plan.armed = TRUE;
}

static gboolean
disarm (gboolean done)
{
  plan.armed = FALSE;

  return done;
}

typedef struct
{
  StoreFixture *fixture;
  MashSecret   *words;
  MashSecret   *other_words;
  char         *contact;
  char         *target;
  char         *child;
} Scene;

typedef gboolean (*Act) (Scene   *scene,
                         GError **error);

static gboolean
submit (Scene     *scene,
        MashGroup *group,
        GError   **error)
{
  arm ();

  return disarm (mash_store_submit (scene->fixture->store, group, NULL, error));
}

static gboolean
act_create (Scene   *scene,
            GError **error)
{
  g_autoptr (MashGroup) group = store_fixture_new_contact (scene->fixture->store, "Ellie", "Marsh",
                                                           "2019-03-04");
  return submit (scene, group, error);
}

/* A home with somebody in it, and a number: each of them marks others whose lines change. */
static gboolean
act_home (Scene   *scene,
          GError **error)
{
  MashStore *store = scene->fixture->store;
  g_autoptr (MashGroup) group = mash_group_new ("edit", scene->contact);
  MashEdit *address = store_fixture_add (store, group, &mash_address_kind, "town", "Walsall",
                                         "postcode", "WS1 1AA", NULL);
  MashEdit *household = store_fixture_add (store, group, &mash_household_kind, "address",
                                           mash_edit_get_id (address), NULL);

  store_fixture_add (store, group, &mash_household_member_kind, "household",
                     mash_edit_get_id (household), "person", scene->child, NULL);
  store_fixture_add (store, group, &mash_identifier_kind, "of-contact", scene->contact, "type",
                     "CASE", "value", "X-1", "issuer", "Old system", NULL);

  return submit (scene, group, error);
}

static gboolean
act_post (Scene   *scene,
          GError **error)
{
  MashStore *store = scene->fixture->store;
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);
  g_autoptr (GPtrArray) posts = mash_store_list (store, "post", "staff", scene->fixture->worker);
  MashRecord *post = g_ptr_array_index (posts, 0);
  gboolean north = g_strcmp0 (mash_record_get_text (post, "team"), "North") == 0;

  store_fixture_edit (store, group, &mash_post_kind, mash_record_get_id (post), "team",
                      north ? "South" : "North", NULL);

  return submit (scene, group, error);
}

static gboolean
act_link (Scene   *scene,
          GError **error)
{
  MashStore *store = scene->fixture->store;
  g_autoptr (MashGroup) group = mash_group_new ("propose-link", NULL);
  g_autofree char *other = store_fixture_find_child (store, scene->target);

  store_fixture_add (store, group, &mash_identity_link_kind, "person-a", scene->child, "person-b",
                     other, "state", "SAME", "why", "The same school and mother", NULL);

  return submit (scene, group, error);
}

/* What another desk of the same person hands in. */
static gboolean
act_take (Scene   *scene,
          GError **error)
{
  MashStore *store = scene->fixture->store;
  g_autoptr (MashGroup) group = store_fixture_new_contact (store, "Noah", "Sedge", "2018-03-04");
  g_autoptr (GPtrArray) sealed = NULL;
  g_autoptr (GPtrArray) changes = g_ptr_array_new ();

  mash_rules_complete (scene->fixture->policy, MASH_FACTS (store),
                       mash_store_prepare_actor (store), group,
                       (MashIdSource) mash_store_make_id, store);
  sealed = mash_store_seal_group (store, group, NULL);
  for (guint i = 0; i < sealed->len; i++)
    g_ptr_array_add (changes, ((MashSealed *) g_ptr_array_index (sealed, i))->change);
  arm ();

  return disarm (mash_store_apply_group (store, changes, error));
}

static gboolean
act_view (Scene   *scene,
          GError **error)
{
  g_autoptr (MashContactBundle) bundle = NULL;

  arm ();
  bundle = mash_store_open_contact (scene->fixture->store, scene->contact, error);

  return disarm (bundle != NULL);
}

static gboolean
act_examine (Scene   *scene,
             GError **error)
{
  g_autoptr (MashGroup) group = store_fixture_new_contact (scene->fixture->store, "Ellie", "Marsh",
                                                           "2019-03-04");
  g_autoptr (MashVerdict) verdict = NULL;

  arm ();
  verdict = mash_store_examine (scene->fixture->store, group, error);

  return disarm (verdict != NULL);
}

static gboolean
act_examine_deed (Scene   *scene,
                  GError **error)
{
  g_autoptr (MashVerdict) verdict = NULL;

  arm ();
  verdict = mash_store_examine_deed (scene->fixture->store, "screen", scene->contact, error);

  return disarm (verdict != NULL);
}

static gboolean
act_attach (Scene   *scene,
            GError **error)
{
  MashStore *store = scene->fixture->store;
  g_autoptr (MashGroup) group = mash_group_new ("attach", scene->contact);
  g_autoptr (MashContactBundle) bundle = mash_store_open_contact (store, scene->target, NULL);

  store_fixture_edit (store, group, &mash_contact_kind, scene->contact, "duplicate-of",
                      scene->target, NULL);

  return submit (scene, group, error);
}

static gboolean
act_approve (Scene   *scene,
             GError **error)
{
  MashStore *store = scene->fixture->store;
  g_autoptr (MashGroup) group = mash_group_new ("approve", scene->contact);
  g_autoptr (MashContactBundle) bundle = mash_store_open_contact (store, scene->contact, NULL);
  g_autoptr (GPtrArray) recommendations = mash_store_list (store, "recommendation", "contact",
                                                           scene->contact);
  MashRecord *recommendation = g_ptr_array_index (recommendations, 0);

  g_assert_true (mash_store_check_passphrase (store, scene->words, NULL));
  store_fixture_add (store, group, &mash_decision_kind,
                     "recommendation", mash_record_get_id (recommendation),
                     "recommendation-hash", mash_record_get_text (recommendation, "content-hash"),
                     "result", "APPROVED", "outcome", "O05", "level", "3",
                     "rationale", "I agree", NULL);

  return submit (scene, group, error);
}

/* There and back: a passphrase that was changed although the desk could not say so is known. */
static gboolean
act_passphrase (Scene   *scene,
                GError **error)
{
  MashStore *store = scene->fixture->store;
  gboolean done;

  if (!mash_store_check_passphrase (store, scene->words, NULL))
    g_assert_true (mash_store_change_passphrase (store, scene->other_words, scene->words, NULL));
  arm ();
  done = disarm (mash_store_change_passphrase (store, scene->words, scene->other_words, error));
  if (done)
    g_assert_true (mash_store_change_passphrase (store, scene->other_words, scene->words, NULL));

  return done;
}

static gboolean
act_recovery (Scene   *scene,
              GError **error)
{
  g_autoptr (MashSecret) code = NULL;

  arm ();
  code = mash_store_make_recovery (scene->fixture->store, scene->words, error);

  return disarm (code != NULL);
}

static gboolean
act_release (Scene   *scene,
             GError **error)
{
  arm ();

  return disarm (mash_store_release_slot (scene->fixture->store, "worker", error));
}

/* Where the database could not be opened again, or a change of key was not ended, the next start
 * does that. */
static gboolean
act_rekey (Scene   *scene,
           GError **error)
{
  gboolean done;

  if (!mash_database_is_open (scene->fixture->store->database) ||
      mash_slots_is_between_keys (scene->fixture->store->slots))
    {
      mash_store_close (scene->fixture->store, NULL);
      g_clear_object (&scene->fixture->store);
      store_fixture_sign_in (scene->fixture, "manager");
    }
  arm ();
  done = disarm (mash_store_rekey (scene->fixture->store, scene->words, error));

  return done;
}

/* Many at once, as a training hub is made: each of them is there whole or not at all. */
static gboolean
act_bulk (Scene   *scene,
          GError **error)
{
  gboolean done;

  g_assert_true (mash_store_begin_bulk (scene->fixture->store, NULL));
  done = act_create (scene, error);
  g_assert_true (mash_store_end_bulk (scene->fixture->store, NULL));

  return done;
}

/* The next recovery code, once one was used: it opens the hub for that, and closes it. */
static gboolean
act_renew (Scene   *scene,
           GError **error)
{
  StoreFixture *fixture = scene->fixture;
  g_autoptr (MashSecret) code = NULL;

  mash_store_close (fixture->store, NULL);
  g_clear_object (&fixture->store);
  arm ();
  code = mash_store_renew_recovery (fixture->folder, fixture->policy, "manager", scene->words,
                                    error);
  disarm (TRUE);
  store_fixture_sign_in (fixture, "manager");

  return code != NULL;
}

/* A passphrase that was set at another desk opens here. */
static gboolean
act_way (Scene   *scene,
         GError **error)
{
  arm ();

  return disarm (mash_store_set_way (scene->fixture->store, scene->words, scene->other_words,
                                     error));
}

/* At a desk of a central hub what is said waits to be sent. */
static gboolean
act_wait (Scene   *scene,
          GError **error)
{
  return act_create (scene, error);
}

/* The hub has lost what came last, which was somebody else's. */
static gboolean
act_fall_back (Scene   *scene,
               GError **error)
{
  MashStore *store = scene->fixture->store;
  MashSyncPlace place;

  g_assert_true (mash_store_find_place (store, (guint64) store->head.position - 1, &place, NULL));
  arm ();

  return disarm (mash_store_fall_back (store, &place, 1, error));
}

static void
on_news_cb (gpointer n_news)
{
  *(guint *) n_news += 1;
}

static void
join_hub (StoreFixture *fixture,
          const char   *sign_in,
          guint        *n_news)
{
  store_fixture_sign_in (fixture, "admin");
  g_assert_true (mash_database_run (fixture->store->database, NULL,
                                    "UPDATE meta SET central = 1", NULL));
  store_fixture_sign_in (fixture, sign_in);
  mash_store_set_watcher (fixture->store, on_news_cb, n_news);
}

static void
set_scene (Scene        *scene,
           StoreFixture *fixture)
{
  *scene = (Scene) {
    .fixture = fixture,
    .words = store_fixture_passphrase (FIXTURE_PASSPHRASE),
    .other_words = store_fixture_passphrase ("new words for the desk"),
    .contact = store_fixture_contact (fixture, "Ada", "Rowe", "2019-05-06"),
    .target = store_fixture_contact (fixture, "Ada", "Rowe", "2019-05-06"),
  };
  scene->child = store_fixture_find_child (fixture->store, scene->contact);
}

static void
clear_scene (Scene *scene)
{
  mash_secret_unref (scene->words);
  mash_secret_unref (scene->other_words);
  g_free (scene->contact);
  g_free (scene->target);
  g_free (scene->child);
}

typedef struct
{
  const char *name;
  const char *sign_in;
  Act         act;
  gboolean    once;     /* what is done cannot be done again */
  gboolean    of_keys;  /* what was done to keys may stand when the entry about it does not */
} Case;

static const Case cases[] = {
  { "create", "worker", act_create },
  { "home", "worker", act_home },
  { "post", "admin", act_post },
  { "link", "worker", act_link, TRUE },
  { "take", "worker", act_take },
  { "view", "worker", act_view },
  { "examine", "worker", act_examine },
  { "examine-deed", "worker", act_examine_deed },
  { "attach", "worker", act_attach, TRUE },
  { "approve", "manager", act_approve, TRUE },
  { "passphrase", "manager", act_passphrase, FALSE, TRUE },
  { "recovery", "manager", act_recovery, FALSE, TRUE },
  { "release", "manager", act_release, FALSE, TRUE },
  { "rekey", "manager", act_rekey, FALSE, TRUE },
  { "renew", "manager", act_renew, FALSE, TRUE },
  { "way", "manager", act_way, FALSE, TRUE },
  { "bulk", "worker", act_bulk },
  { "wait", "worker", act_wait },
  { "fall-back", "manager", act_fall_back, TRUE },
};

/* An operation that failed has left neither a change nor a look at something. */
static void
check_failed (StoreFixture *fixture,
              const Case   *row,
              const GError *error,
              gint64        changes)
{
  g_autofree char *sentence = NULL;

  if (error == NULL)
    g_error ("%s, call %u: nobody was told", row->name, plan.at);
  sentence = mash_sentence_for_error (error);
  g_assert_cmpstr (sentence, !=, "");
  g_assert_null (strstr (error->message, "Ellie"));
  g_assert_null (strstr (error->message, "Rowe"));
  if (row->of_keys)
    return;
  if (store_fixture_count (fixture, "SELECT count(*) FROM change") != changes)
    g_error ("%s, call %u: refused, and done all the same", row->name, plan.at);
}

static void
test_case (StoreFixture  *fixture,
           gconstpointer  data)
{
  const Case *row = data;
  g_autoptr (MashVerifyReport) report = NULL;
  guint n_failed = 0;
  guint n_done = 0;
  guint n_news = 0;
  Scene scene;

  set_scene (&scene, fixture);
  if (row->act == act_attach)
    store_fixture_do (fixture, "screen", scene.contact, "assigned-to", fixture->worker,
                      "history-searched", "All; one contact before", NULL);
  if (row->act == act_approve)
    store_fixture_recommend (fixture, scene.contact);
  if (row->act == act_wait || row->act == act_fall_back)
    join_hub (fixture, row->sign_in, &n_news);
  else
    store_fixture_sign_in (fixture, row->sign_in);

  for (plan.at = 1, plan.hit = TRUE; plan.hit; plan.at++)
    {
      g_autoptr (GError) error = NULL;
      gint64 changes = row->of_keys ? 0 : store_fixture_count (fixture,
                                                               "SELECT count(*) FROM change");
      gboolean done = row->act (&scene, &error);

      if (done)
        n_done++;
      else
        check_failed (fixture, row, error, changes);
      n_failed += !done;
      if (!plan.hit && !done)
        g_error ("%s does not go on after call %u failed: %s", row->name, plan.at - 1,
                 error->message);
      if (done && row->once)
        break;
    }
  g_test_message ("%s: %u calls, %u failed it", row->name, plan.at - 1, n_failed);
  g_assert_cmpuint (n_failed, >, 0);
  g_assert_cmpuint (n_done, >, 0);
  g_assert_cmpuint (n_news, ==, row->act == act_wait ? n_done : 0);

  store_fixture_sign_in (fixture, "worker");
  report = store_fixture_verify (fixture);
  g_assert_true (report->holds);
  clear_scene (&scene);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/faults/statements/", cases[i].name, NULL);

      g_test_add (path, StoreFixture, &cases[i], store_fixture_set_up, test_case,
                  store_fixture_tear_down);
    }

  return g_test_run ();
}
