/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mash-backup.h"
#include "mash-database-private.h"
#include "mash-rescue.h"
#include "mash-shape.h"
#include "mash-store-rekey.h"
#include "mash-vault.h"
#include "store-fixture.h"

/* A database of which a page is damaged that says what is in it: by the shape that lies beside it,
 * all else is read all the same. */

static const char *const files[] = { "desk.db", "desk.db-wal", "desk.note", MASH_SHAPE_NAME };

#define DATABASE 0
#define LOG 1
#define SHAPE 3

#define PAGE MASH_DATABASE_PAGE_SIZE

/* A draft so long goes over several pages. */
#define LONG 40000

#define N_LAST 40

typedef struct
{
  StoreFixture hub;
  char        *folder;      /* a copy of the files, to be damaged */
  char        *work;
  char        *hub_id;
  MashSecret  *key;
  char        *kept[G_N_ELEMENTS (files)];
  gsize        lengths[G_N_ELEMENTS (files)];
  GArray      *pages;       /* of gsize: those that say what is in the database */
  guint        changes;
} Damage;

static void
put_file (const char *folder,
          const char *name,
          const char *bytes,
          gsize       length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_unlink (path);
  if (bytes == NULL)
    return;
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
}

/* All files as they were. */
static void
put_files (Damage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    put_file (self->folder, files[i], self->kept[i], self->lengths[i]);
}

static void
keep_files (Damage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (self->hub.folder, files[i], NULL);

      g_clear_pointer (&self->kept[i], g_free);
      self->lengths[i] = 0;
      if (g_file_test (path, G_FILE_TEST_EXISTS))
        g_assert_true (g_file_get_contents (path, &self->kept[i], &self->lengths[i], NULL));
    }
  put_files (self);
}

static gboolean
says_what_is_in_it (Damage     *self,
                    const char *path)
{
  sqlite3 *vault = mash_vault_open (path, self->key, MASH_VAULT_READ, NULL);
  gint64 n = mash_vault_read_number (vault, "SELECT count (*) FROM sqlite_master");

  sqlite3_close (vault);

  return n > 0;
}

/* The pages without any of which nobody knows of any table. */
static void
find_pages (Damage *self)
{
  g_autofree char *path = g_build_filename (self->folder, files[DATABASE], NULL);
  char *bytes = self->kept[DATABASE];

  for (gsize page = 1; page <= self->lengths[DATABASE] / PAGE; page++)
    {
      FILE *file = g_fopen (path, "r+");
      long at = (long) ((page - 1) * PAGE + 100);

      g_assert_nonnull (file);
      g_assert_cmpint (fseek (file, at, SEEK_SET), ==, 0);
      g_assert_cmpint (fputc (bytes[at] ^ 1, file), !=, EOF);
      g_assert_cmpint (fflush (file), ==, 0);
      if (!says_what_is_in_it (self, path))
        g_array_append_val (self->pages, page);
      g_assert_cmpint (fseek (file, at, SEEK_SET), ==, 0);
      g_assert_cmpint (fputc (bytes[at], file), !=, EOF);
      g_assert_cmpint (fclose (file), ==, 0);
    }
  g_assert_true (says_what_is_in_it (self, path));
}

/* With a log, what was done last is in that alone. */
static void
set_up (Damage       *self,
        gconstpointer with_log)
{
  g_autofree char *text = g_strnfill (LONG, 'x');
  g_autofree char *body = g_strdup_printf ("{\"text\":\"%s\"}", text);
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&self->hub, NULL);
  store_fixture_sign_in (&self->hub, "worker");
  self->folder = g_dir_make_tmp ("mash-shape-XXXXXX", NULL);
  self->work = g_dir_make_tmp ("mash-shape-XXXXXX", NULL);
  self->hub_id = g_strdup (mash_database_get_hub (self->hub.store->database));
  self->key = mash_secret_ref (self->hub.store->database->key);
  self->pages = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_free (store_fixture_contact (&self->hub, "Ada", "Rowe", "2019-03-04"));
  g_assert_true (mash_store_save_draft (self->hub.store, "x", body, &error));
  store_fixture_close (&self->hub);
  keep_files (self);
  find_pages (self);

  store_fixture_sign_in (&self->hub, "worker");
  g_free (store_fixture_contact (&self->hub, "Bea", "Rowe", "2019-03-04"));
  self->changes = (guint) store_fixture_count (&self->hub, "SELECT count (*) FROM change");
  if (GPOINTER_TO_INT (with_log))
    keep_files (self);
  store_fixture_close (&self->hub);
  if (!GPOINTER_TO_INT (with_log))
    keep_files (self);
  g_assert_cmpint (self->lengths[LOG] > 0, ==, GPOINTER_TO_INT (with_log));
}

static void
tear_down (Damage       *self,
           gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_free (self->kept[i]);
  g_array_unref (self->pages);
  mash_secret_unref (self->key);
  g_free (self->hub_id);
  store_fixture_remove_all (self->folder);
  store_fixture_remove_all (self->work);
  g_free (self->folder);
  g_free (self->work);
  store_fixture_tear_down (&self->hub, NULL);
}

/* What can be read of a database with such bytes; its files are as they were. */
static MashRescue *
try_rescue (Damage     *self,
            const char *bytes,
            gsize       length)
{
  g_autofree char *path = g_build_filename (self->folder, files[DATABASE], NULL);
  g_autofree char *log = g_build_filename (self->folder, files[LOG], NULL);
  g_autofree char *after = NULL;
  g_autofree char *log_after = NULL;
  g_autoptr (GDir) left = NULL;
  g_autoptr (GError) error = NULL;
  MashRescue *found;
  gsize n_after;

  put_file (self->folder, files[DATABASE], bytes, length);
  found = mash_rescue_read (self->folder, self->work, self->key, self->hub_id, 0, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpmem (after, n_after, bytes, length);
  if (self->kept[LOG] != NULL)
    {
      g_assert_true (g_file_get_contents (log, &log_after, &n_after, NULL));
      g_assert_cmpmem (log_after, n_after, self->kept[LOG], self->lengths[LOG]);
    }
  left = g_dir_open (self->work, 0, NULL);
  g_assert_null (g_dir_read_name (left));

  return found;
}

static void
check_all (Damage     *self,
           MashRescue *found)
{
  g_assert_true (found->opened);
  g_assert_false (found->unreadable);
  g_assert_cmpuint (found->changes->len, ==, self->changes);
  g_assert_cmpuint (found->drafts->len, ==, 1);
  g_assert_cmpuint (strlen (((MashRescuedDraft *) found->drafts->pdata[0])->body), >, LONG);
}

static void
check_none (MashRescue *found)
{
  g_assert_false (found->opened);
  g_assert_true (found->unreadable);
  g_assert_cmpuint (found->changes->len + found->drafts->len, ==, 0);
}

/* Each of the pages, and all at once: nothing else is lost. */
static void
test_pages (Damage       *self,
            gconstpointer data)
{
  gsize length = self->lengths[DATABASE];
  g_autofree char *all = g_memdup2 (self->kept[DATABASE], length);

  g_test_message ("%u pages of %zu", self->pages->len, length / PAGE);
  g_assert_cmpuint (self->pages->len, >, 2);
  for (guint i = 0; i < self->pages->len; i++)
    {
      gsize start = (g_array_index (self->pages, gsize, i) - 1) * PAGE;
      g_autofree char *one = g_memdup2 (self->kept[DATABASE], length);
      g_autoptr (MashRescue) found = NULL;

      one[start + 100] ^= 1;
      memset (all + start, i % 2 == 0 ? 0 : 'x', PAGE);
      found = try_rescue (self, one, length);
      check_all (self, found);
    }
  {
    g_autoptr (MashRescue) found = try_rescue (self, all, length);

    check_all (self, found);
  }
}

/* A log that is cut off, or of which a bit has flipped, is read as far as its commits hold. */
static void
test_log (Damage       *self,
          gconstpointer data)
{
  gsize length = self->lengths[DATABASE];
  g_autofree char *bytes = g_memdup2 (self->kept[DATABASE], length);
  guint least = self->changes;

  for (guint i = 0; i < self->pages->len; i++)
    memset (bytes + (g_array_index (self->pages, gsize, i) - 1) * PAGE, 'x', PAGE);
  for (gsize at = 0; at < self->lengths[LOG]; at += 3 * PAGE + 7)
    {
      g_autoptr (MashRescue) found = NULL;

      self->kept[LOG][at] ^= 1;
      put_file (self->folder, files[LOG], self->kept[LOG], self->lengths[LOG]);
      found = try_rescue (self, bytes, length);
      self->kept[LOG][at] ^= 1;
      g_assert_true (found->opened);
      g_assert_cmpuint (found->changes->len, >, 0);
      g_assert_cmpuint (found->changes->len, <=, self->changes);
      g_assert_cmpuint (found->drafts->len, ==, 1);
      least = MIN (least, found->changes->len);
    }
  g_assert_cmpuint (least, <, self->changes);
}

static guint32
get_word (const guint8 *data,
          gboolean      big)
{
  guint32 word;

  memcpy (&word, data, sizeof word);

  return big ? GUINT32_FROM_BE (word) : GUINT32_FROM_LE (word);
}

static void
put_word (guint8  *data,
          guint32  word)
{
  word = GUINT32_TO_BE (word);
  memcpy (data, &word, sizeof word);
}

static void
add_to_sum (guint32       sum[2],
            const guint8 *data,
            gsize         length,
            gboolean      big)
{
  for (gsize i = 0; i < length; i += 8)
    {
      sum[0] += get_word (data + i, big) + sum[1];
      sum[1] += get_word (data + i + 4, big) + sum[0];
    }
}

/* Whoever can write the log can give it any sums. One that speaks of pages which nobody has is
 * followed no further than there can be pages: the disk is not filled by it. */
static void
test_hostile_log (Damage       *self,
                  gconstpointer data)
{
  gsize length = self->lengths[DATABASE];
  g_autofree char *bytes = g_memdup2 (self->kept[DATABASE], length);
  guint8 *log = (guint8 *) self->kept[LOG];
  gboolean big = get_word (log, TRUE) == 0x377f0683;
  guint32 sum[2] = { get_word (log + 24, TRUE), get_word (log + 28, TRUE) };
  g_autoptr (MashRescue) found = NULL;

  for (guint i = 0; i < self->pages->len; i++)
    memset (bytes + (g_array_index (self->pages, gsize, i) - 1) * PAGE, 'x', PAGE);
  for (gsize at = 32; at + 24 + PAGE <= self->lengths[LOG]; at += 24 + PAGE)
    {
      for (guint i = 0; i < self->pages->len; i++)
        if (get_word (log + at, TRUE) == g_array_index (self->pages, gsize, i))
          put_word (log + at, 0x7fffffff);
      if (get_word (log + at + 4, TRUE) != 0)
        put_word (log + at + 4, 0x7fffffff);
      add_to_sum (sum, log + at, 8, big);
      add_to_sum (sum, log + at + 24, PAGE, big);
      put_word (log + at + 16, sum[0]);
      put_word (log + at + 20, sum[1]);
    }
  put_file (self->folder, files[LOG], self->kept[LOG], self->lengths[LOG]);
  found = try_rescue (self, bytes, length);
  g_assert_true (found->opened);
  g_assert_cmpuint (found->changes->len, >, 0);
}

/* What is cut off is lost, and what is before it is not; no text has a hole. */
static void
test_cut (Damage       *self,
          gconstpointer data)
{
  guint most = 0;

  for (gsize cut = 1; cut < self->lengths[DATABASE]; cut *= 2)
    {
      gsize length = self->lengths[DATABASE] - cut;
      g_autoptr (MashRescue) found = try_rescue (self, self->kept[DATABASE], length);

      g_assert_true (found->unreadable || found->changes->len == self->changes);
      for (guint i = 0; i < found->drafts->len; i++)
        g_assert_cmpuint (strlen (((MashRescuedDraft *) found->drafts->pdata[i])->body), >, LONG);
      most = MAX (most, found->changes->len);
    }
  g_assert_cmpuint (most, >, 0);
}

/* A page of which a bit has flipped, or that is empty, as some disks give what they cannot read, is
 * no end of a text. */
static void
test_texts (Damage       *self,
            gconstpointer data)
{
  gsize length = self->lengths[DATABASE];
  guint n_lost = 0;

  /* Each page twice, of those at the end, where what was written last stands. */
  for (gsize page = 2 * (length / PAGE - N_LAST); page / 2 <= length / PAGE; page++)
    {
      g_autofree char *bytes = g_memdup2 (self->kept[DATABASE], length);
      g_autoptr (MashRescue) found = NULL;

      if (page % 2 == 0)
        memset (bytes + (page / 2 - 1) * PAGE, 0, PAGE);
      else
        bytes[(page / 2 - 1) * PAGE + 100] ^= 1;
      found = try_rescue (self, bytes, length);
      if (found->drafts->len == 0)
        n_lost++;
      else
        g_assert_cmpuint (strlen (((MashRescuedDraft *) found->drafts->pdata[0])->body), >, LONG);
    }
  g_assert_cmpuint (n_lost, >, 2 * (LONG / PAGE));
}

/* Only what was written under the key is believed. */
static void
test_refused (Damage       *self,
              gconstpointer data)
{
  g_autoptr (MashSecret) key = mash_secret_new_random (MASH_DATABASE_KEY_LENGTH);
  g_autofree char *path = g_build_filename (self->folder, MASH_SHAPE_NAME, NULL);
  g_autofree char *other = g_build_filename (self->folder, "other", NULL);
  gsize n_shape = self->lengths[SHAPE];
  char *shape = self->kept[SHAPE];
  g_autoptr (MashRescue) found = NULL;

  g_assert_null (mash_shape_load (self->folder, key));
  g_assert_null (mash_shape_load (self->work, self->key));
  g_assert_null (mash_shape_load (other, self->key));
  for (gsize i = 0; i < n_shape; i += i < 64 ? 1 : 997)
    {
      put_file (self->folder, MASH_SHAPE_NAME, shape, i);
      g_assert_null (mash_shape_load (self->folder, self->key));
      shape[i] ^= 1;
      put_file (self->folder, MASH_SHAPE_NAME, shape, n_shape);
      g_assert_null (mash_shape_load (self->folder, self->key));
      shape[i] ^= 1;
    }
  put_file (self->folder, "other", shape, n_shape);
  g_unlink (path);
  g_assert_cmpint (symlink ("other", path), ==, 0);
  g_assert_null (mash_shape_load (self->folder, self->key));

  self->kept[DATABASE][100] ^= 1;
  found = try_rescue (self, self->kept[DATABASE], self->lengths[DATABASE]);
  check_none (found);
  g_clear_pointer (&found, mash_rescue_free);
  put_file (self->folder, MASH_SHAPE_NAME, NULL, 0);
  found = try_rescue (self, self->kept[DATABASE], self->lengths[DATABASE]);
  check_none (found);
}

/* A shape alone is nothing that was read. */
static void
test_nothing (Damage       *self,
              gconstpointer data)
{
  g_autofree char *bytes = g_strnfill (self->lengths[DATABASE], 'x');
  g_autoptr (MashRescue) found = try_rescue (self, bytes, self->lengths[DATABASE]);

  check_none (found);
}

/* The shape of a hub that is open is what its database says. */
static void
check_shape (StoreFixture *hub)
{
  MashDatabase *database = hub->store->database;
  g_autofree char *path = g_build_filename (hub->folder, MASH_SHAPE_NAME, NULL);
  g_autoptr (MashShape) shape = mash_shape_load (hub->folder, database->key);
  const char *type, *name;
  GVariantIter rows;
  guint32 root;
  struct stat st;

  g_assert_nonnull (shape);
  g_assert_cmpuint (shape->version, ==, mash_database_get_version (database));
  g_assert_cmpuint (shape->application_id, ==, MASH_DATABASE_APPLICATION_ID);
  g_assert_cmpuint (shape->last_root, ==,
                    store_fixture_count (hub, "SELECT max (rootpage) FROM sqlite_master"));
  g_assert_cmpuint (g_variant_n_children (shape->rows), ==,
                    store_fixture_count (hub, "SELECT count (*) FROM sqlite_master"));
  g_variant_iter_init (&rows, shape->rows);
  while (g_variant_iter_next (&rows, "(&s&s&sum&s)", &type, &name, NULL, &root, NULL))
    {
      g_autofree char *sql = g_strdup_printf ("SELECT rootpage FROM sqlite_master"
                                              " WHERE type = '%s' AND name = '%s'", type, name);

      g_assert_cmpuint (root, ==, store_fixture_count (hub, sql));
    }
  g_assert_cmpint (g_stat (path, &st), ==, 0);
  g_assert_cmpuint (st.st_mode & 0777, ==, 0600);
}

static guint64
get_inode (StoreFixture *hub)
{
  g_autofree char *path = g_build_filename (hub->folder, MASH_SHAPE_NAME, NULL);
  struct stat st;

  g_assert_cmpint (g_stat (path, &st), ==, 0);

  return st.st_ino;
}

/* It follows the database, and is written only where that has changed. A database that has none
 * gets one when it is opened next. */
static void
test_kept (StoreFixture *hub,
           gconstpointer data)
{
  g_autofree char *path = g_build_filename (hub->folder, MASH_SHAPE_NAME, NULL);
  g_autoptr (MashSecret) words = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (MashSecret) old = mash_secret_ref (hub->store->database->key);
  g_autoptr (GError) error = NULL;
  guint64 inode;

  check_shape (hub);
  inode = get_inode (hub);
  store_fixture_close (hub);
  store_fixture_sign_in (hub, "worker");
  g_assert_cmpuint (get_inode (hub), ==, inode);

  store_fixture_close (hub);
  g_assert_cmpint (g_unlink (path), ==, 0);
  store_fixture_sign_in (hub, "worker");
  check_shape (hub);
  g_assert_true (g_file_set_contents (path, "planted", -1, NULL));
  store_fixture_sign_in (hub, "manager");
  check_shape (hub);

  g_assert_true (mash_database_execute (hub->store->database, "DELETE FROM tray", &error));
  g_assert_true (mash_database_compact (hub->store->database, &error));
  check_shape (hub);
  g_assert_true (mash_store_rekey (hub->store, words, &error));
  g_assert_no_error (error);
  check_shape (hub);
  g_assert_null (mash_shape_load (hub->folder, old));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, with_log, func) \
  g_test_add ("/shape/" name, Damage, GINT_TO_POINTER (with_log), set_up, func, tear_down)
  ADD ("pages", FALSE, test_pages);
  ADD ("pages-and-log", TRUE, test_pages);
  ADD ("log", TRUE, test_log);
  ADD ("hostile-log", TRUE, test_hostile_log);
  ADD ("cut", FALSE, test_cut);
  ADD ("texts", FALSE, test_texts);
  ADD ("refused", FALSE, test_refused);
  ADD ("nothing", FALSE, test_nothing);
#undef ADD
  g_test_add ("/shape/kept", StoreFixture, NULL, store_fixture_set_up, test_kept,
              store_fixture_tear_down);

  return g_test_run ();
}
