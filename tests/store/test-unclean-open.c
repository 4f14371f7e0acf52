/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "mash-store-space.h"
#include "store-fixture.h"

/* A hub whose last session had no end, as it opens: followed, and stopped. */

static const char *const files[] = { "desk.db", "desk.db-wal", "desk.note" };

typedef struct
{
  StoreFixture  hub;
  GCancellable *cancellable;
  guint         n_told;
  double        told;
  double        stop_at;   /* when it is stopped; more than 1 for never */
} Opening;

/* The files as a killed session leaves them; a power cut leaves nothing that says that the machine
 * had not started anew. */
static void
set_up (Opening       *self,
        gconstpointer  power_cut)
{
  char *kept[G_N_ELEMENTS (files)];
  gsize lengths[G_N_ELEMENTS (files)];
  guint n = power_cut != NULL ? G_N_ELEMENTS (files) - 1 : G_N_ELEMENTS (files);

  store_fixture_set_up (&self->hub, NULL);
  store_fixture_sign_in (&self->hub, "worker");
  g_free (store_fixture_contact (&self->hub, "Ada", "Rowe", "2019-03-04"));
  self->cancellable = g_cancellable_new ();
  self->stop_at = 2;
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (self->hub.folder, files[i], NULL);

      g_assert_true (g_file_get_contents (path, &kept[i], &lengths[i], NULL));
    }
  store_fixture_close (&self->hub);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (self->hub.folder, files[i], NULL);

      g_unlink (path);
      if (i < n)
        {
          g_assert_true (g_file_set_contents (path, kept[i], (gssize) lengths[i], NULL));
          g_assert_cmpint (g_chmod (path, 0600), ==, 0);
        }
      g_free (kept[i]);
    }
}

static void
tear_down (Opening       *self,
           gconstpointer  power_cut)
{
  g_clear_object (&self->cancellable);
  store_fixture_tear_down (&self->hub, NULL);
}

static void
take_progress (double   fraction,
               gpointer data)
{
  Opening *self = data;

  g_assert_cmpfloat (fraction, >=, self->told);
  g_assert_cmpfloat (fraction, <=, 1);
  self->told = fraction;
  self->n_told++;
  if (fraction >= self->stop_at)
    g_cancellable_cancel (self->cancellable);
}

static void
try_open (Opening  *self,
          GError  **error)
{
  const MashStoreWatch watch = { take_progress, self, self->cancellable };
  g_autoptr (MashSecret) words = store_fixture_passphrase (FIXTURE_PASSPHRASE);

  self->told = 0;
  self->n_told = 0;
  self->hub.store = mash_store_open_watched (self->hub.folder, self->hub.policy, "worker", words,
                                             &watch, error);
}

static void
check_condition (Opening  *self,
                 gboolean  checked)
{
  MashStoreCondition condition;

  mash_store_get_condition (self->hub.store, &condition);
  g_assert_true (condition.recovered);
  g_assert_cmpint (condition.checked, ==, checked);
  g_assert_cmpint (store_fixture_count (&self->hub, "SELECT count (*) FROM contact"), ==, 1);
}

/* How far it is is told, page by page. */
static void
test_followed (Opening       *self,
               gconstpointer  power_cut)
{
  g_autoptr (GError) error = NULL;

  try_open (self, &error);
  g_assert_no_error (error);
  check_condition (self, TRUE);
  g_assert_cmpuint (self->n_told, >, 10);
  g_assert_cmpfloat (self->told, >, 0.5);
}

/* Stopped anywhere, nobody is in and nothing was altered; the next time it is checked from the
 * beginning. */
static void
test_stopped (Opening       *self,
              gconstpointer  power_cut)
{
  for (double at = 0; at < 0.5; at += 0.125)
    {
      g_autoptr (GError) error = NULL;

      self->stop_at = at;
      try_open (self, &error);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_null (self->hub.store);
      g_cancellable_reset (self->cancellable);
    }

  self->stop_at = 2;
  test_followed (self, power_cut);
}

/* The system still had what a session wrote that was only killed: nobody waits. */
static void
test_killed (Opening       *self,
             gconstpointer  power_cut)
{
  g_autoptr (GError) error = NULL;

  try_open (self, &error);
  g_assert_no_error (error);
  check_condition (self, FALSE);
  g_assert_cmpuint (self->n_told, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/unclean-open/followed", Opening, GINT_TO_POINTER (TRUE), set_up, test_followed,
              tear_down);
  g_test_add ("/unclean-open/stopped", Opening, GINT_TO_POINTER (TRUE), set_up, test_stopped,
              tear_down);
  g_test_add ("/unclean-open/killed", Opening, NULL, set_up, test_killed, tear_down);

  return g_test_run ();
}
