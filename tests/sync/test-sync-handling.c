/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an agency keeps back in a strategy discussion, at desks with encrypted databases of their
 * own: whoever may not have the words of a paragraph has the rest of it and the fingerprint, signs
 * over the same content as everybody else, and has not a byte of the words, also where they had
 * them before; whoever may have them again is given them.
 */

#include "config.h"

#include <string.h>

#include "desk-pages.h"
#include "mash-signing.h"
#include "mash-store-strategy.h"
#include "mash-time.h"
#include "sync-desk.h"

typedef struct
{
  SyncDesk *sergeant;  /* whose paragraphs they are */
  SyncDesk *manager;   /* decides */
  SyncDesk *officer;   /* of the manager's agency, and does not */
  char     *contact;
  char     *discussion;
  char     *database;
} Room;

static Cluster *cluster;
static SyncHub hub;
static guint n_databases;
static guint n_seats;

static void
sync_all (Room *room)
{
  for (guint i = 0; i < 2; i++)
    {
      sync_desk_sync (room->sergeant);
      sync_desk_sync (room->manager);
      sync_desk_sync (room->officer);
    }
}

static void
room_set_up (Room          *room,
             gconstpointer  data)
{
  MashDiscussionStart start = { .trigger = "DISCLOSURE", .mode = "VIDEO" };
  g_autoptr (MashGroup) contact = NULL;
  g_autoptr (MashGroup) begins = NULL;
  g_autoptr (GError) error = NULL;

  room->database = g_strdup_printf ("room%u", n_databases++);
  cluster_copy_hub (cluster, "origin", room->database);
  room->sergeant = sync_desk_new (&hub, room->database, "sergeant", n_seats++);
  room->manager = sync_desk_new (&hub, room->database, "manager", n_seats++);
  room->officer = sync_desk_new (&hub, room->database, "officer", n_seats++);
  sync_all (room);
  contact = store_fixture_new_contact (room->manager->store, "Tam", "Oakley", "2016-05-04");
  sync_desk_submit (room->manager, contact);
  room->contact = g_strdup (mash_group_get_contact (contact));
  start.started = start.need = mash_store_get_now (room->manager->store);
  begins = mash_store_begin_discussion (room->manager->store, room->contact, &start, &error);
  g_assert_no_error (error);
  sync_desk_submit (room->manager, begins);
  room->discussion = g_strdup (mash_edit_get_id (mash_group_get_edit (begins, 0)));
  sync_all (room);
}

static void
room_tear_down (Room          *room,
                gconstpointer  data)
{
  sync_desk_free (room->sergeant);
  sync_desk_free (room->manager);
  sync_desk_free (room->officer);
  g_free (room->contact);
  g_free (room->discussion);
  g_free (room->database);
}

/* Somebody writes a paragraph of an agency; gives its id. */
static char *
write_paragraph (Room       *room,
                 SyncDesk   *desk,
                 const char *agency,
                 const char *text,
                 const char *basis)
{
  g_autoptr (MashGroup) group = mash_group_new ("write-discussion", room->contact);
  MashEdit *edit = store_fixture_add (desk->store, group, &mash_sd_paragraph_kind, "discussion",
                                      room->discussion, "agency", agency, "text", text, "basis",
                                      basis, NULL);

  sync_desk_submit (desk, group);

  return g_strdup (mash_edit_get_id (edit));
}

static void
alter_paragraph (Room             *room,
                 SyncDesk         *desk,
                 const char       *id,
                 const char       *field,
                 const char *const *set,
                 const char       *text)
{
  g_autoptr (MashGroup) group = mash_group_new ("write-discussion", room->contact);
  g_autoptr (MashRecord) record = mash_store_lookup (desk->store, "sd-paragraph", id);
  MashEdit *edit = mash_edit_new_for (record);

  if (text != NULL)
    mash_edit_set_text (edit, field, text);
  else
    mash_edit_set_set (edit, field, set);
  mash_group_take_edit (group, edit);
  sync_desk_submit (desk, group);
}

static void
assert_words (SyncDesk   *desk,
              const char *words)
{
  sync_desk_assert (desk, "SELECT coalesce (group_concat (text), '-') FROM sd_paragraph", words);
  sync_desk_assert (desk, "SELECT count (*) FROM sd_paragraph WHERE text_hash IS NULL", "0");
  sync_desk_assert (desk, "SELECT count (*) FROM aside", "0");
  sync_desk_verify (desk);
}

/* The words are nowhere; that there is a paragraph, and whose, is. */
static void
assert_kept (SyncDesk   *desk,
             const char *word)
{
  assert_words (desk, "-");
  sync_desk_assert (desk, "SELECT count (*) FROM sd_paragraph", "1");
  g_assert_cmpuint (desk_pages_count (desk, word), ==, 0);
}

static void
assert_same_content (Room *room)
{
  SyncDesk *desks[] = { room->sergeant, room->manager, room->officer };
  g_autofree char *expected = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    {
      g_autofree char *hash = mash_signing_hash_content (MASH_FACTS (desks[i]->store),
                                                         room->discussion);

      if (expected == NULL)
        expected = g_strdup (hash);
      g_assert_cmpstr (hash, ==, expected);
    }
}

/* Intelligence is its agency's alone, until it releases it to those who decide; and it can take
 * that back. */
static void
test_intelligence (Room          *room,
                   gconstpointer  data)
{
  static const char *const released[] = { "H2", NULL };
  static const char *const none[] = { NULL };
  g_autofree char *id = write_paragraph (room, room->sergeant, hub.origin.police,
                                         "Falkenhorst was named", "INTEL");

  sync_all (room);
  assert_words (room->sergeant, "Falkenhorst was named");
  g_assert_cmpuint (desk_pages_count (room->sergeant, "falkenhorst"), >, 0);
  assert_kept (room->manager, "falkenhorst");
  assert_kept (room->officer, "falkenhorst");
  assert_same_content (room);

  alter_paragraph (room, room->sergeant, id, "handling", released, NULL);
  sync_all (room);
  assert_words (room->manager, "Falkenhorst was named");
  assert_kept (room->officer, "falkenhorst");
  assert_same_content (room);

  alter_paragraph (room, room->sergeant, id, "handling", none, NULL);
  sync_all (room);
  assert_kept (room->manager, "falkenhorst");
  assert_same_content (room);

  /* Nor does a desk that is filled anew get it. */
  sync_desk_free (room->manager);
  room->manager = sync_desk_new (&hub, room->database, "manager", n_seats++);
  sync_desk_sync (room->manager);
  assert_kept (room->manager, "falkenhorst");
  assert_same_content (room);
}

/* What everybody had is taken back from one agency, with what was typed into it since. */
static void
test_not_for (Room          *room,
              gconstpointer  data)
{
  const char *const theirs[] = { hub.origin.agency, NULL };
  static const char *const none[] = { NULL };
  g_autofree char *id = write_paragraph (room, room->sergeant, hub.origin.police,
                                         "Seen at the weir", "FACT");

  sync_all (room);
  assert_words (room->manager, "Seen at the weir");
  assert_words (room->officer, "Seen at the weir");

  alter_paragraph (room, room->sergeant, id, "not-for", theirs, NULL);
  sync_all (room);
  assert_kept (room->manager, "weir");
  assert_kept (room->officer, "weir");

  alter_paragraph (room, room->sergeant, id, "text", NULL, "Seen at the sluice");
  sync_all (room);
  assert_words (room->sergeant, "Seen at the sluice");
  assert_kept (room->manager, "sluice");
  assert_same_content (room);

  alter_paragraph (room, room->sergeant, id, "not-for", none, NULL);
  sync_all (room);
  assert_words (room->manager, "Seen at the sluice");
  assert_words (room->officer, "Seen at the sluice");
  assert_same_content (room);
}

/* Who wrote it down for another agency knows it. */
static void
test_on_behalf (Room          *room,
                gconstpointer  data)
{
  g_free (write_paragraph (room, room->manager, hub.origin.police, "Told of by telephone",
                           "INTEL"));
  sync_all (room);
  assert_words (room->manager, "Told of by telephone");
  assert_words (room->sergeant, "Told of by telephone");
  assert_kept (room->officer, "telephone");
  assert_same_content (room);
}

/* Whoever corrects the record begins with what they may read of it; the rest its agency says
 * again. */
static void
test_corrected (Room          *room,
                gconstpointer  data)
{
  g_autofree char *other = mash_store_make_id (room->manager->store);
  g_autoptr (MashGroup) parts = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_free (write_paragraph (room, room->sergeant, hub.origin.police, "Kept: rowan", "INTEL"));
  g_free (write_paragraph (room, room->sergeant, hub.origin.police, "For all", "FACT"));
  sync_all (room);
  parts = mash_store_prepare_discussion (room->manager->store, room->contact, other, NULL,
                                         room->discussion, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < mash_group_get_n_edits (parts); i++)
    {
      MashEdit *edit = mash_group_get_edit (parts, i);

      if (mash_edit_get_kind (edit) != &mash_sd_paragraph_kind)
        continue;
      g_assert_cmpstr (mash_edit_get_text (edit, "text"), ==, "For all");
      n++;
    }
  g_assert_cmpuint (n, ==, 1);
}

/* An event that its owner shows nobody unasked is no part of anything that is signed: to whoever
 * may not see it there is none, nor that it is void now. */
static void
test_event (Room          *room,
            gconstpointer  data)
{
  static const struct { const char *basis, *handling, *at_manager; } rows[] = {
    { "INTEL", NULL, "0" }, { "INTEL", "H2", "0" }, { "FACT", "H2", "1" }, { "FACT", "H3", "0" },
    { "FACT", "H5", "0" }, { "FACT", "H4", "1" }, { "FACT", NULL, "1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MashGroup) adds = mash_group_new ("add-event", room->contact);
      g_autoptr (MashGroup) withdraws = mash_group_new ("withdraw-event", room->contact);
      g_autofree char *at = mash_time_format (mash_store_get_now (room->sergeant->store));
      g_autofree char *word = g_strdup_printf ("mistletoe%u", i);
      MashEdit *event = store_fixture_add (room->sergeant->store, adds, &mash_timeline_entry_kind,
                                           "headline", word, "at", at, "basis", rows[i].basis,
                                           "source", "Own system", NULL);
      g_autofree char *count = g_strdup_printf ("SELECT count (*) FROM timeline_entry"
                                                " WHERE headline = '%s'", word);
      MashEdit *withdrawn = mash_edit_new (&mash_timeline_entry_kind, mash_edit_get_id (event), 1);

      mash_edit_set_text (event, "handling", rows[i].handling);
      sync_desk_submit (room->sergeant, adds);
      sync_all (room);
      g_test_message ("%s %s", rows[i].basis, rows[i].handling);
      sync_desk_assert (room->sergeant, count, "1");
      sync_desk_assert (room->manager, count, rows[i].at_manager);
      g_assert_cmpint (desk_pages_count (room->manager, word) > 0, ==,
                       rows[i].at_manager[0] == '1');

      mash_group_set_reason (withdraws, "It was somebody else");
      mash_edit_void (withdrawn, "It was somebody else");
      mash_group_take_edit (withdraws, withdrawn);
      sync_desk_submit (room->sergeant, withdraws);
      sync_all (room);
      sync_desk_assert (room->sergeant, "SELECT count (*) FROM refusal", "0");
      sync_desk_assert (room->manager, "SELECT count (*) FROM aside", "0");
    }
  sync_desk_verify (room->manager);
  sync_desk_verify (room->officer);
}

static void
give_role (Room       *room,
           const char *role)
{
  g_autofree char *sql = g_strdup_printf (
    "SET search_path = mash, pg_temp;"
    " UPDATE entity SET state = jsonb_set (state, '{role}', '\"%s\"')"
    " WHERE kind = 'post' AND state ->> 'staff' = '%s';"
    " SELECT keep_all_words ('%s', (SELECT head_seq + 1 FROM meta), now_text ())",
    role, hub.origin.officer, hub.origin.officer);

  cluster_run (cluster, room->database, sql);
}

/* It goes by the posts that somebody holds now. */
static void
test_another_post (Room          *room,
                   gconstpointer  data)
{
  static const char *const released[] = { "H2", NULL };
  g_autofree char *id = write_paragraph (room, room->sergeant, hub.origin.police,
                                         "For who decides: rowan", "OPINION");

  alter_paragraph (room, room->sergeant, id, "handling", released, NULL);
  sync_all (room);
  assert_words (room->manager, "For who decides: rowan");
  assert_kept (room->officer, "rowan");

  give_role (room, "SW");
  sync_all (room);
  assert_words (room->officer, "For who decides: rowan");
  give_role (room, "MO");
  sync_all (room);
  assert_kept (room->officer, "rowan");
}

/* Two write the same paragraph at once: what gave way is kept for those who may have it. */
static void
test_at_once (Room          *room,
              gconstpointer  data)
{
  g_autofree char *id = write_paragraph (room, room->manager, hub.origin.police,
                                         "As told", "INTEL");

  sync_all (room);
  alter_paragraph (room, room->sergeant, id, "text", NULL, "As the sergeant has it: hazel");
  alter_paragraph (room, room->manager, id, "text", NULL, "As the manager has it: alder");
  sync_all (room);
  sync_all (room);
  assert_words (room->sergeant, "As the sergeant has it: hazel");
  sync_desk_assert (room->sergeant, "SELECT count (*) > 0 FROM conflict", "1");
  g_assert_cmpuint (desk_pages_count (room->officer, "hazel"), ==, 0);
  g_assert_cmpuint (desk_pages_count (room->officer, "alder"), ==, 0);
  g_assert_cmpuint (desk_pages_count (room->manager, "hazel"), ==, 0);
  sync_desk_verify (room->manager);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void      (*test) (Room *room, gconstpointer data);
  } tests[] = {
    { "/sync/handling/intelligence", test_intelligence },
    { "/sync/handling/not-for", test_not_for },
    { "/sync/handling/on-behalf", test_on_behalf },
    { "/sync/handling/corrected", test_corrected },
    { "/sync/handling/event", test_event },
    { "/sync/handling/another-post", test_another_post },
    { "/sync/handling/at-once", test_at_once },
  };
  int status;

  g_test_init (&argc, &argv, NULL);
  cluster = cluster_new ();
  sync_hub_set_up (&hub, cluster, "origin");
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Room, NULL, room_set_up, tests[i].test, room_tear_down);

  status = g_test_run ();
  sync_hub_tear_down (&hub);
  cluster_free (cluster);

  return status;
}
