/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include <adwaita.h>

#include "mash-contact-page.h"
#include "mash-service.h"
#include "mash-window-private.h"
#include "rest.h"
#include "store-fixture.h"

/* What a person is told after the program was killed, in the real window over the real service. */

static const char *const files[] = { "desk.db", "desk.db-wal", "desk.note" };

typedef struct
{
  StoreFixture    hub;
  char           *contact;
  char           *kept[G_N_ELEMENTS (files)];
  gsize           lengths[G_N_ELEMENTS (files)];
  MashService    *service;
  GAsyncResult   *result;
  AdwApplication *application;
  MashWindow     *window;
} Desk;

static void
on_done_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Desk *desk = data;

  g_set_object (&desk->result, result);
}

static GAsyncResult *
wait_for (Desk *desk)
{
  while (desk->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return desk->result;
}

static Desk *
call (Desk *desk)
{
  g_clear_object (&desk->result);

  return desk;
}

/* The files as a killed session leaves them: as they lie while it is open. */
static void
die (Desk *desk)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (desk->hub.folder, files[i], NULL);

      g_assert_true (g_file_get_contents (path, &desk->kept[i], &desk->lengths[i], NULL));
    }
  store_fixture_close (&desk->hub);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (desk->hub.folder, files[i], NULL);

      g_assert_true (g_file_set_contents (path, desk->kept[i], (gssize) desk->lengths[i], NULL));
      g_assert_cmpint (g_chmod (path, 0600), ==, 0);
      g_free (desk->kept[i]);
    }
}

static void
sign_in (Desk *desk)
{
  g_autoptr (GError) error = NULL;

  mash_service_sign_in_async (desk->service, "worker", FIXTURE_PASSPHRASE, NULL, on_done_cb,
                              call (desk));
  mash_service_sign_in_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  g_signal_emit_by_name (desk->window->sign_in_page, "signed-in");
}

static void
lock (Desk *desk)
{
  g_autoptr (GError) error = NULL;

  mash_service_lock_async (desk->service, on_done_cb, call (desk));
  mash_service_lock_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
}

static void
set_up (Desk          *desk,
        gconstpointer  drafts)
{
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&desk->hub, NULL);
  store_fixture_sign_in (&desk->hub, "worker");
  desk->contact = store_fixture_contact (&desk->hub, "Ada", "Rowe", "2019-03-04");
  if (drafts != NULL)
    g_assert_true (mash_store_save_draft (desk->hub.store, desk->contact, drafts, &error));
  die (desk);

  desk->application = adw_application_new ("uk.mash.Desk", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (desk->application), NULL, &error);
  g_assert_no_error (error);
  desk->service = mash_service_new (desk->hub.folder);
  mash_service_open_async (desk->service, NULL, on_done_cb, call (desk));
  mash_service_open_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  desk->window = mash_window_new (GTK_APPLICATION (desk->application), desk->service);
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1440, 1000);
  gtk_window_present (GTK_WINDOW (desk->window));
  sign_in (desk);
}

static void
tear_down (Desk          *desk,
           gconstpointer  drafts)
{
  gpointer service = desk->service;

  gtk_window_destroy (GTK_WINDOW (desk->window));
  rest (desk->service, 100);
  lock (desk);
  g_clear_object (&desk->result);
  g_clear_object (&desk->application);
  g_object_add_weak_pointer (service, &service);
  g_object_unref (service);
  while (service != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_free (desk->contact);
  store_fixture_tear_down (&desk->hub, NULL);
}

static char *
dup_title (Desk *desk)
{
  gboolean revealed = FALSE;
  char *title = NULL;

  g_object_get (desk->window->banner, "revealed", &revealed, "title", &title, NULL);
  if (!revealed || title == NULL)
    {
      g_free (title);
      return g_strdup ("");
    }

  return title;
}

/* Until the banner says it, up to a minute. */
static void
wait_for_banner (Desk       *desk,
                 const char *words)
{
  gint64 until = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  g_autofree char *title = dup_title (desk);

  while (strstr (title, words) == NULL)
    {
      if (g_get_monotonic_time () > until)
        g_error ("It never said “%s”, but “%s”.", words, title);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
      g_free (title);
      title = dup_title (desk);
    }
}

static GtkWidget *
find_button (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_BUTTON (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child);

  return found;
}

static void
press_banner (Desk *desk)
{
  GtkWidget *button = find_button (GTK_WIDGET (desk->window->banner));

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

/* It is said once, calmly, and the draft is a press away. After an end in order nothing is said. */
static void
test_draft (Desk          *desk,
            gconstpointer  drafts)
{
  g_autofree char *title = NULL;
  gint64 until = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  wait_for_banner (desk, "The last session ended unexpectedly. The database was checked, and all "
                         "that was saved is here.");
  wait_for_banner (desk, "kept: 1 draft");
  press_banner (desk);
  while (!MASH_IS_CONTACT_PAGE (desk->window->page))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  mash_window_look (desk->window);
  rest (desk->service, 100);
  title = dup_title (desk);
  g_assert_cmpstr (title, ==, "");

  mash_window_show_tray (desk->window, MASH_TRAY_FRONT_DOOR);
  rest (desk->service, 100);
  lock (desk);
  sign_in (desk);
  rest (desk->service, 100);
  g_free (title);
  title = dup_title (desk);
  g_assert_cmpstr (title, ==, "");
}

static void
test_nothing_typed (Desk          *desk,
                    gconstpointer  drafts)
{
  g_autofree char *title = NULL;

  wait_for_banner (desk, "You had typed nothing that was not saved.");
  press_banner (desk);
  rest (desk->service, 100);
  title = dup_title (desk);
  g_assert_cmpstr (title, ==, "");
  g_assert_false (MASH_IS_CONTACT_PAGE (desk->window->page));
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/unclean-end/draft", Desk, "{\"contact.concern-summary\":\"words\"}", set_up,
              test_draft, tear_down);
  g_test_add ("/unclean-end/nothing-typed", Desk, NULL, set_up, test_nothing_typed, tear_down);

  return g_test_run ();
}
