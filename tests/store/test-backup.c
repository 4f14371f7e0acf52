/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "mash-backup-private.h"
#include "mash-database-private.h"
#include "mash-restore-private.h"
#include "mash-store-keys.h"
#include "mash-store-rekey.h"
#include "store-fixture.h"

static char *
make_target (void)
{
  g_autoptr (GError) error = NULL;
  char *target = g_dir_make_tmp ("mash-backup-XXXXXX", &error);

  g_assert_no_error (error);

  return target;
}

static void
back_up (StoreFixture *fixture,
         const char   *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashBackupInfo) info = NULL;
  g_autoptr (MashBackupInfo) last = NULL;

  mash_store_backup (fixture->store, target, NULL, NULL, NULL, &info, &error);
  g_assert_no_error (error);
  g_assert_cmpint (info->position, ==, fixture->store->head.position);
  last = mash_store_get_backup (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (last->place, ==, info->place);
  g_assert_cmpstr (last->made_at, ==, info->made_at);
}

static MashRestoreReport *
try_restore (StoreFixture *fixture,
             const char   *source,
             const char   *sign_in,
             const char   *words,
             int           code)
{
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (words);
  g_autoptr (GError) error = NULL;
  MashRestoreReport *report = NULL;
  const MashRestore request = {
    .source = source,
    .folder = fixture->folder,
    .sign_in = sign_in,
    .passphrase = passphrase,
    .policy = fixture->policy,
  };

  if (mash_restore_run (&request, &report, &error))
    g_assert_cmpint (code, ==, 0);
  else
    g_assert_error (error, MASH_STORE_ERROR, code);

  return report;
}

/* A backup is a whole hub under another key, and what is saved while it is made is in it too. */
static void
test_round (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autofree char *target = make_target ();
  g_autofree char *first = store_fixture_contact (fixture, "Ada", "Rowe", "2019-03-04");
  g_autofree char *second = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "desk.db", NULL);
  g_autoptr (MashBackup) backup = NULL;
  g_autoptr (MashBackupInfo) info = NULL;
  g_autoptr (MashRestoreReport) report = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;
  guint n_steps = 0;

  backup = mash_backup_begin (fixture->store, target, &error);
  g_assert_no_error (error);
  while (!done)
    {
      g_assert_true (mash_backup_step (backup, 5, NULL, &done, &error));
      if (n_steps++ == 3)
        second = store_fixture_contact (fixture, "Bea", "Rowe", "2020-03-04");
    }
  g_assert_cmpuint (n_steps, >, 4);
  g_assert_true (mash_backup_check (backup, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (mash_backup_keep (backup, &info, &error));
  store_fixture_close (fixture);

  /* The desk is gone but for its folder. */
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  report = try_restore (fixture, target, "worker", FIXTURE_PASSPHRASE, 0);
  g_assert_true (report->report->holds);
  g_assert_true (report->unreadable);
  g_assert_true (g_file_test (report->kept, G_FILE_TEST_IS_DIR));
  store_fixture_sign_in (fixture, "worker");
  {
    g_autoptr (MashRecord) record = mash_store_lookup (fixture->store, "contact", second);

    g_assert_nonnull (record);
  }
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count (*) FROM restored"), ==, 1);
  store_fixture_remove_all (target);
}

/* Onto a machine that has nothing. */
static void
test_new_machine (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autofree char *target = make_target ();
  g_autofree char *contact = store_fixture_contact (fixture, "Ada", "Rowe", "2019-03-04");
  g_autoptr (MashRestoreReport) report = NULL;

  back_up (fixture, target);
  store_fixture_close (fixture);
  store_fixture_remove_all (fixture->folder);

  report = try_restore (fixture, target, "worker", "not my words", MASH_STORE_ERROR_WRONG_KEY);
  g_assert_null (report);
  report = try_restore (fixture, target, "manager", FIXTURE_PASSPHRASE, 0);
  g_assert_true (report->report->holds);
  store_fixture_sign_in (fixture, "worker");
  store_fixture_remove_all (target);
}

/* B16: what was done after the backup is taken over, with its drafts, where it can be read. */
static void
test_old_backup (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autofree char *target = make_target ();
  g_autofree char *contact = NULL;
  g_autofree char *draft = NULL;
  g_autoptr (MashSecret) words = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (MashRestoreReport) report = NULL;
  g_autoptr (MashVerifyReport) proof = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *epoch = NULL;
  gint64 position;

  store_fixture_sign_in (fixture, "manager");
  back_up (fixture, target);
  position = fixture->store->head.position;
  g_assert_true (mash_store_rekey (fixture->store, words, &error));
  store_fixture_sign_in (fixture, "worker");
  contact = store_fixture_contact (fixture, "Cy", "Rowe", "2021-03-04");
  g_assert_true (mash_store_save_draft (fixture->store, contact, "{\"x\":\"typed\"}", &error));
  store_fixture_close (fixture);

  report = try_restore (fixture, target, "worker", FIXTURE_PASSPHRASE, 0);
  g_assert_cmpint (report->position, ==, position);
  g_assert_cmpint (report->taken, >, 0);
  g_assert_cmpint (report->missing, ==, 0);
  g_assert_cmpint (report->drafts, ==, 1);
  g_assert_false (report->unreadable);

  store_fixture_sign_in (fixture, "worker");
  draft = mash_store_get_draft (fixture->store, contact, NULL, &error);
  g_assert_cmpstr (draft, ==, "{\"x\":\"typed\"}");
  proof = store_fixture_verify (fixture);
  g_assert_true (proof->holds);
  store_fixture_remove_all (target);
}

static char *
read_reference (StoreFixture *fixture,
                const char   *contact)
{
  g_autoptr (MashRecord) record = mash_store_lookup (fixture->store, "contact", contact);

  g_assert_nonnull (record);

  return g_strdup (mash_record_get_text (record, "reference"));
}

/* What is no longer what somebody signed is not taken over, and is named by the contacts that it
 * was about: one that the backup has, one that it has not. */
static void
test_lost (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autofree char *target = make_target ();
  g_autofree char *taken = NULL;
  g_autofree char *altered = NULL;
  g_autofree char *gone = NULL;
  g_auto (GStrv) references = g_new0 (char *, 3);
  g_autoptr (MashRestoreReport) report = NULL;
  g_autoptr (GError) error = NULL;
  gint64 after;

  altered = store_fixture_contact (fixture, "Ada", "Rowe", "2019-03-04");
  back_up (fixture, target);
  taken = store_fixture_contact (fixture, "Bea", "Rowe", "2020-03-04");
  after = fixture->store->head.position;
  gone = store_fixture_contact (fixture, "Cy", "Rowe", "2021-03-04");
  store_fixture_do (fixture, "edit", altered, "ward", "Pleck", NULL);
  references[0] = read_reference (fixture, altered);
  references[1] = read_reference (fixture, gone);
  g_assert_true (mash_database_run (fixture->store->database, &error, "UPDATE change"
                                    " SET signature = zeroblob (64) WHERE position > ?1", "i",
                                    after));
  store_fixture_close (fixture);

  report = try_restore (fixture, target, "worker", FIXTURE_PASSPHRASE, 0);
  g_assert_cmpint (report->taken, >, 0);
  g_assert_cmpint (report->missing, >, 1);
  g_assert_cmpuint (g_strv_length (report->lost), ==, 2);
  g_assert_true (g_strv_contains ((const char *const *) report->lost, references[0]));
  g_assert_true (g_strv_contains ((const char *const *) report->lost, references[1]));
  g_assert_cmpstr (report->lost[0], <, report->lost[1]);
  store_fixture_sign_in (fixture, "worker");
  g_free (read_reference (fixture, taken));
  store_fixture_remove_all (target);
}

/* B3: a page that cannot be read loses what is on it and nothing else; the damaged file lies aside
 * as it was. */
static void
test_damaged (StoreFixture  *fixture,
              gconstpointer  data)
{
  const struct
  {
    const char *page;
    int         drafts;
    gboolean    changes;
    gboolean    unreadable;
  } rows[] = {
    { "SELECT rootpage FROM sqlite_master WHERE name = 'tray'", 1, TRUE, FALSE },
    { "SELECT rootpage FROM sqlite_master WHERE name = 'draft'", 0, TRUE, TRUE },
    { "SELECT rootpage FROM sqlite_master WHERE name = 'change'", 1, FALSE, TRUE },
    /* It says what there is in the file; the shape beside it does, too. */
    { "SELECT 1", 1, TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *target = make_target ();
      g_autofree char *contact = NULL;
      g_autofree char *path = g_build_filename (fixture->folder, "desk.db", NULL);
      g_autofree char *kept = NULL;
      g_autofree char *bytes = NULL;
      g_autofree char *after = NULL;
      g_autoptr (MashRestoreReport) report = NULL;
      g_autoptr (GError) error = NULL;
      gsize length, n_after, page;

      back_up (fixture, target);
      contact = store_fixture_contact (fixture, "Di", "Rowe", "2022-03-04");
      g_assert_true (mash_store_save_draft (fixture->store, "x", "{}", &error));
      page = (gsize) store_fixture_count (fixture, rows[i].page);
      store_fixture_close (fixture);
      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      bytes[(page - 1) * MASH_DATABASE_PAGE_SIZE + 100] ^= 1;
      g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));

      report = try_restore (fixture, target, "worker", FIXTURE_PASSPHRASE, 0);
      g_assert_true (report->report->holds);
      g_assert_cmpint (report->drafts, ==, rows[i].drafts);
      g_assert_cmpint (report->taken > 0, ==, rows[i].changes);
      g_assert_cmpint (report->unreadable, ==, rows[i].unreadable);
      kept = g_build_filename (report->kept, "desk.db", NULL);
      g_assert_true (g_file_get_contents (kept, &after, &n_after, NULL));
      g_assert_cmpmem (bytes, length, after, n_after);
      store_fixture_remove_all (report->kept);
      store_fixture_remove_all (target);
      store_fixture_sign_in (fixture, "worker");
      g_assert_true (mash_store_drop_draft (fixture->store, "x", NULL));
    }
}

/* Who keeps no keys puts nothing back where that is asked; who did it stands in the chain. */
static void
test_roles (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autofree char *target = make_target ();
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  MashRestoreReport *report = NULL;
  g_autoptr (GError) error = NULL;
  MashRestore request = {
    .source = target,
    .folder = fixture->folder,
    .sign_in = "worker",
    .passphrase = passphrase,
    .policy = fixture->policy,
    .keeper_only = TRUE,
  };

  back_up (fixture, target);
  store_fixture_close (fixture);
  g_assert_false (mash_restore_run (&request, &report, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  store_fixture_sign_in (fixture, "worker");
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count (*) FROM restored"), ==, 0);
  store_fixture_close (fixture);

  request.sign_in = "manager";
  g_assert_true (mash_restore_run (&request, &report, &error));
  g_assert_no_error (error);
  mash_restore_report_free (report);
  store_fixture_sign_in (fixture, "worker");
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count (*) FROM access WHERE action = 'key'"
                                        " AND body LIKE '%\"restore\"%'"), ==, 1);
  store_fixture_remove_all (target);
}

/* The keys of the desk are gone, or are of another day than its database: with those of the backup
 * everything is read that was done after it. */
static void
test_lost_slots (StoreFixture  *fixture,
                 gconstpointer  data)
{
  for (guint gone = 0; gone < 2; gone++)
    {
      g_autofree char *target = make_target ();
      g_autofree char *contact = NULL;
      g_autofree char *slots = g_build_filename (fixture->folder, "slots", NULL);
      g_autofree char *bytes = NULL;
      g_autofree char *stage = g_build_filename (fixture->folder, "restore.new", NULL);
      g_autoptr (MashRestoreReport) report = NULL;
      gsize length;

      back_up (fixture, target);
      contact = store_fixture_contact (fixture, "Ed", "Rowe", "2022-03-04");
      store_fixture_close (fixture);
      g_assert_true (g_file_get_contents (slots, &bytes, &length, NULL));
      g_unlink (slots);
      if (gone == 1)
        {
          bytes[length - 1] ^= 1;
          g_assert_true (g_file_set_contents (slots, bytes, (gssize) length, NULL));
          g_chmod (slots, 0600);
        }

      report = try_restore (fixture, target, "worker", FIXTURE_PASSPHRASE, 0);
      g_assert_cmpint (report->taken, >, 0);
      g_assert_cmpint (report->missing, ==, 0);
      g_assert_false (report->unreadable);
      g_assert_false (g_file_test (stage, G_FILE_TEST_EXISTS));
      store_fixture_sign_in (fixture, "worker");
      store_fixture_remove_all (report->kept);
      store_fixture_remove_all (target);
    }
}

/* The keys are older than a change of the database's key that the backup has seen. */
static void
test_old_slots (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *target = make_target ();
  g_autofree char *slots = g_build_filename (fixture->folder, "slots", NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *contact = NULL;
  g_autoptr (MashSecret) words = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (MashRestoreReport) report = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  store_fixture_sign_in (fixture, "manager");
  g_assert_true (g_file_get_contents (slots, &bytes, &length, NULL));
  g_assert_true (mash_store_rekey (fixture->store, words, &error));
  back_up (fixture, target);
  store_fixture_sign_in (fixture, "worker");
  contact = store_fixture_contact (fixture, "Ed", "Rowe", "2022-03-04");
  store_fixture_close (fixture);
  g_assert_true (g_file_set_contents (slots, bytes, (gssize) length, NULL));
  g_chmod (slots, 0600);

  report = try_restore (fixture, target, "worker", FIXTURE_PASSPHRASE, 0);
  g_assert_cmpint (report->taken, >, 0);
  g_assert_false (report->unreadable);
  store_fixture_sign_in (fixture, "worker");
  store_fixture_remove_all (target);
}

/* B15: the last backup stands until the next is whole. */
static void
test_targets (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *target = make_target ();
  g_autofree char *inside = g_build_filename (fixture->folder, "inside", NULL);
  g_autofree char *gone = g_build_filename (target, "gone", NULL);
  g_autofree char *link = g_build_filename (target, "link", NULL);
  const struct
  {
    const char *target;
    int         code;
  } rows[] = {
    { fixture->folder, MASH_STORE_ERROR_SAME_PLACE },
    { inside, MASH_STORE_ERROR_SAME_PLACE },
    { link, MASH_STORE_ERROR_SAME_PLACE },
    { gone, MASH_STORE_ERROR_BACKUP_TARGET },
  };
  g_autoptr (MashBackupInfo) info = NULL;
  g_autoptr (MashBackup) backup = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *fresh = NULL;
  g_autofree char *place = NULL;
  gboolean done = FALSE;

  g_mkdir (inside, 0700);
  g_assert_cmpint (symlink (fixture->folder, link), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_false (mash_store_backup (fixture->store, rows[i].target, NULL, NULL, NULL, NULL,
                                         &error));
      g_assert_error (error, MASH_STORE_ERROR, rows[i].code);
      g_clear_error (&error);
    }

  back_up (fixture, target);

  /* Removed midway: the last one stands, and the next try works. */
  backup = mash_backup_begin (fixture->store, target, &error);
  g_assert_no_error (error);
  g_assert_null (mash_backup_begin (fixture->store, target, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  while (!done)
    g_assert_true (mash_backup_step (backup, 0, NULL, &done, &error));
  info = mash_store_get_backup (fixture->store, &error);
  fresh = g_strconcat (info->place, ".new", NULL);
  store_fixture_remove_all (fresh);
  g_assert_false (mash_backup_check (backup, NULL, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_BACKUP_TARGET);
  g_clear_error (&error);
  g_clear_pointer (&backup, mash_backup_free);
  place = mash_backup_find (target, fixture->store->info, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (place, ==, info->place);
  back_up (fixture, target);

  /* The hub is closed under it. */
  backup = mash_backup_begin (fixture->store, target, &error);
  g_assert_true (mash_backup_step (backup, 1, NULL, &done, &error));
  store_fixture_close (fixture);
  g_assert_false (mash_backup_step (backup, 1, NULL, &done, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_clear_pointer (&backup, mash_backup_free);
  store_fixture_remove_all (target);
}

/* A backup with one wrong bit is put nowhere, whatever bit it is. */
static void
test_spoilt_backup (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autofree char *target = make_target ();
  g_autofree char *place = NULL;
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  const gsize places[] = { 3, 100, MASH_DATABASE_PAGE_SIZE * 7 + 99 };
  gsize length;

  back_up (fixture, target);
  store_fixture_close (fixture);
  place = mash_backup_find (target, NULL, &error);
  path = g_build_filename (place, "backup.db", NULL);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      bytes[places[i]] ^= 1;
      g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
      bytes[places[i]] ^= 1;
      /* The file begins with the salt, which the key brings along. */
      if (places[i] >= 16)
        g_assert_null (try_restore (fixture, target, "worker", FIXTURE_PASSPHRASE,
                                    MASH_STORE_ERROR_BACKUP_DAMAGED));
    }
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length / 2, NULL));
  g_assert_null (try_restore (fixture, target, "worker", FIXTURE_PASSPHRASE,
                              MASH_STORE_ERROR_BACKUP_DAMAGED));
  g_unlink (path);
  g_assert_null (try_restore (fixture, target, "worker", FIXTURE_PASSPHRASE,
                              MASH_STORE_ERROR_BACKUP_DAMAGED));
  g_assert_null (try_restore (fixture, "/nowhere", "worker", FIXTURE_PASSPHRASE,
                              MASH_STORE_ERROR_NO_BACKUP));

  /* What stood there is as it was. */
  store_fixture_sign_in (fixture, "worker");
  store_fixture_remove_all (target);
}

/* Takes the other desk's words for the backup that lies in @name. */
static void
rename_desk (const char *target,
             const char *name,
             const char *desk)
{
  g_autofree char *path = g_build_filename (target, name, "backup.ini", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL));
  g_key_file_set_string (file, "backup", "desk", desk);
  g_assert_true (g_key_file_save_to_file (file, path, NULL));
}

/* Several desks keep their backups in one folder: each finds its own, and nobody another's. */
static void
test_several_desks (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autofree char *target = make_target ();
  g_autofree char *own = mash_backup_dup_name (fixture->store->info->desk);
  g_autofree char *first = g_build_filename (target, own, NULL);
  g_autofree char *other = g_build_filename (target, "mash-desk-00000a.backup", NULL);
  g_autofree char *copy = g_build_filename (target, "copy.backup", NULL);
  g_autoptr (MashHubInfo) info = mash_hub_info_copy (fixture->store->info);
  g_autoptr (GError) error = NULL;
  char *found;

  back_up (fixture, target);
  g_assert_cmpint (g_rename (first, other), ==, 0);
  rename_desk (target, "mash-desk-00000a.backup", "0190a1b2-0000-7000-8000-00000000000a");
  store_fixture_close (fixture);
  g_assert_null (try_restore (fixture, target, "worker", FIXTURE_PASSPHRASE,
                              MASH_STORE_ERROR_BACKUP_FOREIGN));
  g_assert_null (try_restore (fixture, other, "worker", FIXTURE_PASSPHRASE,
                              MASH_STORE_ERROR_BACKUP_FOREIGN));

  store_fixture_sign_in (fixture, "worker");
  back_up (fixture, target);
  found = mash_backup_find (target, info, &error);
  g_assert_cmpstr (found, ==, first);
  g_free (found);
  g_assert_null (mash_backup_find (target, NULL, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_SEVERAL_BACKUPS);
  g_clear_error (&error);

  /* Of two of its own the one that it made under its name. */
  g_assert_cmpint (g_rename (first, copy), ==, 0);
  back_up (fixture, target);
  found = mash_backup_find (target, info, &error);
  g_assert_cmpstr (found, ==, first);
  g_free (found);
  store_fixture_remove_all (first);
  found = mash_backup_find (target, info, &error);
  g_assert_cmpstr (found, ==, copy);
  g_free (found);
  store_fixture_remove_all (target);
}

/* Cut off after it was decided, the next opener puts it to its end. */
static void
test_cut_off (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *ready = g_build_filename (fixture->folder, MASH_RESTORE_READY, NULL);
  g_autofree char *kept = g_build_filename (fixture->folder, "kept-1", NULL);
  static const char *const names[] = { "hub.ini", "slots", "desk.note", "desk.db" };
  g_autofree char *note = g_build_filename (ready, "kept", NULL);

  store_fixture_close (fixture);
  /* At each of the renames. */
  for (guint cut = 0; cut <= 2 * G_N_ELEMENTS (names); cut++)
    {
      g_assert_cmpint (g_mkdir (ready, 0700), ==, 0);
      g_mkdir (kept, 0700);
      g_assert_true (g_file_set_contents (note, "kept-1", -1, NULL));
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          g_autofree char *own = g_build_filename (fixture->folder, names[i], NULL);
          g_autofree char *new = g_build_filename (ready, names[i], NULL);
          g_autofree char *old = g_build_filename (kept, names[i], NULL);
          g_autofree char *bytes = NULL;
          gsize length;

          g_assert_true (g_file_get_contents (own, &bytes, &length, NULL));
          if (cut < 2 * i + 2)
            g_assert_true (g_file_set_contents (new, bytes, (gssize) length, NULL));
          if (cut == 2 * i + 1)
            g_assert_cmpint (g_rename (own, old), ==, 0);
          g_chmod (new, 0600);
        }
      store_fixture_sign_in (fixture, "worker");
      store_fixture_close (fixture);
      g_assert_false (g_file_test (ready, G_FILE_TEST_EXISTS));
      store_fixture_remove_all (kept);
    }
}

static void
test_drill (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autofree char *target = make_target ();
  g_autofree char *room = make_target ();
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (MashRestoreReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) left = NULL;
  const MashRestore request = {
    .source = target,
    .folder = room,
    .sign_in = "worker",
    .passphrase = passphrase,
    .policy = fixture->policy,
  };

  back_up (fixture, target);
  g_assert_true (mash_restore_drill (&request, &report, &error));
  g_assert_no_error (error);
  g_assert_true (report->report->holds);
  left = g_dir_open (room, 0, NULL);
  g_assert_null (g_dir_read_name (left));
  store_fixture_remove_all (target);
  store_fixture_remove_all (room);
}

/* A drill is no way of guessing a passphrase: its tries count with those of signing in. */
static void
test_drill_tries (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autofree char *target = make_target ();
  g_autofree char *room = make_target ();
  g_autoptr (MashSecret) wrong = store_fixture_passphrase ("not my words");
  g_autoptr (MashSecret) right = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  MashRestoreReport *report = NULL;
  g_autoptr (GError) error = NULL;
  MashRestore request = {
    .source = target,
    .folder = room,
    .desk = fixture->folder,
    .sign_in = "worker",
    .passphrase = wrong,
    .policy = fixture->policy,
  };

  back_up (fixture, target);
  for (guint i = 0; i < MASH_SLOTS_TRIES_FREE; i++)
    {
      g_assert_false (mash_restore_drill (&request, &report, &error));
      g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY);
      g_clear_error (&error);
    }
  request.passphrase = right;
  g_assert_false (mash_restore_drill (&request, &report, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_THROTTLED);
  g_clear_error (&error);
  g_assert_true (mash_slots_release (fixture->store->slots, "worker", &error));
  g_assert_true (mash_restore_drill (&request, &report, &error));
  g_assert_no_error (error);
  mash_restore_report_free (report);
  store_fixture_remove_all (target);
  store_fixture_remove_all (room);
}

/* What a drill and a restore left that were cut off, in the midst of reading what was damaged too,
 * stands in nobody's way. */
static void
test_cut_off_drill (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autofree char *room = g_build_filename (fixture->folder, MASH_RESTORE_DRILL "abcdef", NULL);
  g_autofree char *deep = g_build_filename (room, "restore.new", "rescue", NULL);
  g_autofree char *file = g_build_filename (deep, "desk.db", NULL);
  g_autofree char *stage = g_build_filename (fixture->folder, "restore.new", NULL);
  g_autofree char *below = g_build_filename (stage, "rescue", NULL);
  g_autoptr (GError) error = NULL;
  int room_fd;

  g_assert_cmpint (g_mkdir_with_parents (below, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (deep, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "half a copy", -1, NULL));
  g_assert_true (mash_database_file_lock (room, &room_fd, &error));
  mash_restore_sweep (fixture->folder);
  g_assert_false (g_file_test (stage, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
  close (room_fd);
  mash_restore_sweep (fixture->folder);
  g_assert_false (g_file_test (room, G_FILE_TEST_EXISTS));
}

/* Stops whatever is asked of a database, from one step on. */
static int
on_step_cb (gpointer left)
{
  guint *n = left;

  return *n == 0 || --*n == 0;
}

/* A manifest that was cut short would make a backup that nobody can put back, in the place of one
 * that can be. */
static void
test_cut_off_count (StoreFixture  *fixture,
                    gconstpointer  data)
{
  sqlite3 *database = fixture->store->database->handle;
  g_autoptr (GHashTable) all = mash_manifest_count (database, NULL);
  guint n_cut = 0;

  g_assert_nonnull (all);
  for (gboolean done = FALSE; !done; n_cut++)
    {
      g_autoptr (GHashTable) rows = NULL;
      g_autoptr (GError) error = NULL;
      guint left = n_cut + 1;

      sqlite3_progress_handler (database, 1, on_step_cb, &left);
      rows = mash_manifest_count (database, &error);
      sqlite3_progress_handler (database, 0, NULL, NULL);
      done = rows != NULL;
      if (done)
        g_assert_cmpuint (g_hash_table_size (rows), ==, g_hash_table_size (all));
      else
        g_assert_nonnull (error);
    }
  g_assert_cmpuint (n_cut, >, g_hash_table_size (all));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) \
  g_test_add ("/backup/" path, StoreFixture, NULL, store_fixture_set_up, func, \
              store_fixture_tear_down)
  ADD ("round", test_round);
  ADD ("new-machine", test_new_machine);
  ADD ("old-backup", test_old_backup);
  ADD ("lost", test_lost);
  ADD ("damaged", test_damaged);
  ADD ("roles", test_roles);
  ADD ("lost-slots", test_lost_slots);
  ADD ("old-slots", test_old_slots);
  ADD ("targets", test_targets);
  ADD ("spoilt-backup", test_spoilt_backup);
  ADD ("several-desks", test_several_desks);
  ADD ("cut-off", test_cut_off);
  ADD ("drill", test_drill);
  ADD ("drill-tries", test_drill_tries);
  ADD ("cut-off-drill", test_cut_off_drill);
  ADD ("cut-off-count", test_cut_off_count);
#undef ADD

  return g_test_run ();
}
