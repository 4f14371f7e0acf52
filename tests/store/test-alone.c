/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "mash-backup.h"
#include "store-fixture.h"

/* A damaged hub of which there is no backup: what can be read of it is all that there is. */

static const char *const files[] = {
  "hub.ini", "slots", "desk.note", "desk.db", "desk.shape",
};

#define DATABASE 3
#define SHAPE 4

/* One page in so many is damaged. */
#define EVERY 11

#define PAGE_SIZE 8192

typedef struct
{
  StoreFixture hub;
  char        *kept[G_N_ELEMENTS (files)];
  gsize        lengths[G_N_ELEMENTS (files)];
  gint64       changes;
  gsize        root;       /* the page from which all changes are found */
} Alone;

static void
keep (Alone *self)
{
  store_fixture_close (&self->hub);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (self->hub.folder, files[i], NULL);

      g_assert_true (g_file_get_contents (path, &self->kept[i], &self->lengths[i], NULL));
    }
}

static void
set_up (Alone         *self,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&self->hub, NULL);
  store_fixture_sign_in (&self->hub, "worker");
  for (guint i = 0; i < 6; i++)
    g_free (store_fixture_contact (&self->hub, "Ada", "Rowe", "2019-03-04"));
  g_assert_true (mash_store_save_draft (self->hub.store, "x", "{}", &error));
  self->changes = store_fixture_count (&self->hub, "SELECT count (*) FROM change");
  self->root = (gsize) store_fixture_count (&self->hub, "SELECT rootpage FROM sqlite_master"
                                            " WHERE name = 'change'");
  keep (self);
}

static void
tear_down (Alone         *self,
           gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_free (self->kept[i]);
  store_fixture_tear_down (&self->hub, NULL);
}

/* The hub as it was, with @page of its database damaged; 0 for none. */
static void
damage (Alone *self,
        gsize  page)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (self->hub.folder, files[i], NULL);

      g_unlink (path);
      if (i == DATABASE && page > 0)
        self->kept[i][(page - 1) * PAGE_SIZE + 100] ^= 1;
      g_assert_true (g_file_set_contents (path, self->kept[i], (gssize) self->lengths[i], NULL));
      g_assert_cmpint (g_chmod (path, 0600), ==, 0);
    }
}

/* What is said of the backup that the hub noted, and how often it was asked. */
typedef struct
{
  const char *place;
  gboolean    good;
  guint       n_asked;
} Backup;

static gboolean
try_backup_cb (const char *place,
               gpointer    data)
{
  Backup *backup = data;

  g_assert_cmpstr (place, ==, backup->place);
  backup->n_asked++;

  return backup->good;
}

static MashRestoreReport *
try_alone_but (Alone       *self,
               const char  *words,
               Backup      *backup,
               GError     **error)
{
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (words);
  MashRestoreReport *report = NULL;
  const MashRestore request = {
    .folder = self->hub.folder,
    .sign_in = "worker",
    .passphrase = passphrase,
    .policy = self->hub.policy,
    .try_backup = backup != NULL ? try_backup_cb : NULL,
    .try_data = backup,
  };

  return mash_restore_alone (&request, &report, error) ? report : NULL;
}

static MashRestoreReport *
try_alone (Alone       *self,
           const char  *words,
           GError     **error)
{
  return try_alone_but (self, words, NULL, error);
}

static void
check_file (Alone      *self,
            const char *folder)
{
  g_autofree char *path = g_build_filename (folder, files[DATABASE], NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_cmpmem (bytes, length, self->kept[DATABASE], self->lengths[DATABASE]);
}

/* Nothing lies in the folder that was not asked for. */
static void
check_alone_in (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_test_message ("%s", name);
      g_assert_false (g_file_test (path, G_FILE_TEST_IS_DIR));
    }
}

/* The hub is whole again, and works. */
static void
check_whole (Alone             *self,
             MashRestoreReport *report)
{
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (report->rescued);
  g_assert_cmpint (report->taken, ==, self->changes);
  check_file (self, report->kept);
  store_fixture_sign_in (&self->hub, "worker");
  hits = mash_store_search_people (self->hub.store, "rowe", 20, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 6);
  g_free (store_fixture_contact (&self->hub, "Bea", "Rowe", "2019-03-04"));
  store_fixture_close (&self->hub);
  store_fixture_remove_all (report->kept);
}

/* What is not whole lies beside, and the damaged file as it was. */
static void
check_rescued (Alone             *self,
               MashRestoreReport *report)
{
  g_autofree char *path = g_build_filename (report->rescued, files[DATABASE], NULL);

  g_assert_null (report->kept);
  g_assert_true (report->unreadable);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  check_file (self, self->hub.folder);
  store_fixture_remove_all (report->rescued);
}

/* Whichever page is damaged, all else is read. Nothing empty takes the place of the database, and
 * only a hub that holds does. */
static void
test_pages (Alone         *self,
            gconstpointer  data)
{
  gsize n_pages = self->lengths[DATABASE] / PAGE_SIZE;
  guint n_whole = 0;
  guint n_rescued = 0;
  guint n_drafts = 0;
  gint64 least = self->changes;

  for (gsize page = 1; page <= n_pages; page += EVERY)
    {
      g_autoptr (MashRestoreReport) report = NULL;
      g_autoptr (GError) error = NULL;

      damage (self, page);
      report = try_alone (self, FIXTURE_PASSPHRASE, &error);
      g_assert_no_error (error);
      if (report->rescued == NULL)
        {
          check_whole (self, report);
          n_whole++;
        }
      else
        {
          check_rescued (self, report);
          n_rescued++;
        }
      n_drafts += report->drafts == 1;
      least = MIN (least, report->taken);
      self->kept[DATABASE][(page - 1) * PAGE_SIZE + 100] ^= 1;
    }
  g_test_message ("%u whole, %u beside, %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                  " changes at worst", n_whole, n_rescued, least, self->changes);
  g_assert_cmpuint (n_whole, >, 0);
  g_assert_cmpuint (n_drafts + 1, >=, n_whole + n_rescued);
}

/* Where changes are lost the desk stays closed, and what is left of it is told. */
static void
test_beside (Alone         *self,
             gconstpointer  data)
{
  g_autoptr (MashRestoreReport) report = NULL;
  g_autoptr (GError) error = NULL;

  damage (self, self->root);
  report = try_alone (self, FIXTURE_PASSPHRASE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report->taken, <, self->changes);
  g_assert_cmpint (report->position, ==, self->changes);
  g_assert_cmpint (report->drafts, ==, 1);
  check_rescued (self, report);
}

static void
set_up_with_backup (Alone         *self,
                    gconstpointer  place)
{
  const MashBackupInfo info = { .made_at = (char *) "2026-10-13T15:31:00.000Z",
                                .place = (char *) place, .position = 1, .views = 1, .bytes = 1 };
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&self->hub, NULL);
  g_free (store_fixture_contact (&self->hub, "Ada", "Rowe", "2019-03-04"));
  g_assert_true (mash_store_note_backup (self->hub.store, &info, &error));
  self->changes = store_fixture_count (&self->hub, "SELECT count (*) FROM change");
  keep (self);
}

/* Where the hub made a backup, it is asked whether that is good. If it is, nothing is touched and
 * it is named; if it is not, what can be read is all that there is. */
static void
test_backup (Alone         *self,
             gconstpointer  place)
{
  Backup backup = { place, TRUE, 0 };
  g_autoptr (MashRestoreReport) report = NULL;
  g_autoptr (GError) error = NULL;

  damage (self, 0);
  report = try_alone_but (self, FIXTURE_PASSPHRASE, &backup, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (report->backup, ==, place);
  g_assert_null (report->kept);
  g_assert_null (report->rescued);
  g_assert_cmpuint (backup.n_asked, ==, 1);
  check_file (self, self->hub.folder);
  check_alone_in (self->hub.folder);
  g_clear_pointer (&report, mash_restore_report_free);

  backup.good = FALSE;
  report = try_alone_but (self, FIXTURE_PASSPHRASE, &backup, &error);
  g_assert_no_error (error);
  g_assert_null (report->backup);
  g_assert_null (report->rescued);
  g_assert_cmpint (report->taken, ==, self->changes);
  g_assert_cmpuint (backup.n_asked, ==, 2);
  check_file (self, report->kept);
}

/* Nobody reads what they have no key of, and what is no database is not made one. */
static void
test_refused (Alone         *self,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  damage (self, 0);
  g_assert_null (try_alone (self, "not my words", &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY);
  g_clear_error (&error);
  check_file (self, self->hub.folder);

  memset (self->kept[DATABASE], 0, self->lengths[DATABASE]);
  damage (self, 0);
  g_assert_null (try_alone (self, FIXTURE_PASSPHRASE, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_DAMAGED);
  check_file (self, self->hub.folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/alone/pages", Alone, NULL, set_up, test_pages, tear_down);
  g_test_add ("/alone/beside", Alone, NULL, set_up, test_beside, tear_down);
  g_test_add ("/alone/backup", Alone, "/media/disk/backup", set_up_with_backup, test_backup,
              tear_down);
  g_test_add ("/alone/refused", Alone, NULL, set_up, test_refused, tear_down);

  return g_test_run ();
}
