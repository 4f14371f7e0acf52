/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <adwaita.h>

#include "accessible-names.h"
#include "mash-keys-page.h"
#include "mash-service.h"
#include "mash-window-private.h"
#include "rest.h"
#include "store-fixture.h"

/* Keys and backup in the real window, over the real service, on the store fixture’s hub. */
typedef struct
{
  StoreFixture    hub;
  MashService    *service;
  GAsyncResult   *result;
  AdwApplication *application;
  MashWindow     *window;
  char           *target;
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

static void
set_up (Desk          *desk,
        gconstpointer  who)
{
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&desk->hub, NULL);
  store_fixture_close (&desk->hub);
  desk->target = g_dir_make_tmp ("mash-backup-XXXXXX", &error);
  g_assert_no_error (error);
  desk->application = adw_application_new ("uk.mash.Desk", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (desk->application), NULL, &error);
  g_assert_no_error (error);
  desk->service = mash_service_new (desk->hub.folder);
  mash_service_open_async (desk->service, NULL, on_done_cb, call (desk));
  mash_service_open_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  desk->window = mash_window_new (GTK_APPLICATION (desk->application), desk->service);
  mash_service_sign_in_async (desk->service, who, FIXTURE_PASSPHRASE, NULL, on_done_cb,
                              call (desk));
  mash_service_sign_in_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1440, 1000);
  gtk_window_present (GTK_WINDOW (desk->window));
  mash_window_show_stage (desk->window);
  gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.keys", NULL);
  g_assert_true (MASH_IS_KEYS_PAGE (desk->window->page));
  rest (desk->service, 100);
}

static void
tear_down (Desk          *desk,
           gconstpointer  who)
{
  gpointer service = desk->service;

  gtk_window_destroy (GTK_WINDOW (desk->window));
  rest (desk->service, 100);
  mash_service_lock_async (desk->service, on_done_cb, call (desk));
  mash_service_lock_finish (desk->service, wait_for (desk), NULL);
  g_clear_object (&desk->result);
  g_clear_object (&desk->application);
  g_object_add_weak_pointer (service, &service);
  g_object_unref (service);
  while (service != NULL)
    g_main_context_iteration (NULL, TRUE);
  store_fixture_remove_all (desk->target);
  g_free (desk->target);
  store_fixture_tear_down (&desk->hub, NULL);
}

static gpointer
find (Desk       *desk,
      const char *name)
{
  GObject *found = gtk_widget_get_template_child (GTK_WIDGET (desk->window->page),
                                                  MASH_TYPE_KEYS_PAGE, name);

  g_assert_nonnull (found);

  return found;
}

static void
type (Desk       *desk,
      const char *name,
      const char *text)
{
  gtk_editable_set_text (find (desk, name), text);
}

static void
press (Desk       *desk,
       const char *name)
{
  g_assert_true (gtk_widget_get_sensitive (find (desk, name)));
  g_signal_emit_by_name (find (desk, name), "clicked");
}

static const char *
read_label (Desk       *desk,
            const char *name)
{
  return gtk_label_get_label (find (desk, name));
}

/* Until the label says something, up to a minute. */
static void
wait_for_words (Desk       *desk,
                const char *name,
                const char *words)
{
  gint64 until = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (strstr (read_label (desk, name), words) == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

/* Where pictures are wanted: the window as it stands, drawn by the toolkit’s own renderer. */
static void
take_picture (Desk       *desk,
              const char *name)
{
  const char *folder = g_getenv ("MASH_TEST_PICTURES");
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = NULL;
  GtkWidget *widget = GTK_WIDGET (desk->window);

  if (folder == NULL)
    return;

  /* A window that is being laid out has nothing to show yet. */
  paintable = gtk_widget_paintable_new (widget);
  for (guint i = 0; i < 10 && node == NULL; i++)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();

      rest (desk->service, 600);
      gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                              gtk_widget_get_height (widget));
      node = gtk_snapshot_free_to_node (snapshot);
    }
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (widget)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                              gtk_widget_get_height (widget)));
  path = g_strdup_printf ("%s/%s.png", folder, name);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static void
test_own_keys (Desk          *desk,
               gconstpointer  who)
{
  g_assert_cmpuint (accessible_names_count_missing (GTK_WIDGET (desk->window->page)), ==, 0);
  wait_for_words (desk, "code_state", "no recovery code");
  g_assert_false (gtk_widget_get_visible (find (desk, "keeper_part")));
  g_assert_false (gtk_widget_get_sensitive (find (desk, "change_button")));

  type (desk, "passphrase", FIXTURE_PASSPHRASE);
  type (desk, "new_words", "other words");
  type (desk, "again", "others");
  press (desk, "change_button");
  wait_for_words (desk, "own_said", "not the same");
  type (desk, "again", "other words");
  press (desk, "change_button");
  wait_for_words (desk, "own_said", "and it alone");
  g_assert_cmpstr (gtk_editable_get_text (find (desk, "passphrase")), ==, "");

  type (desk, "passphrase", FIXTURE_PASSPHRASE);
  press (desk, "code_button");
  wait_for_words (desk, "own_said", "not right");
  type (desk, "passphrase", "other words");
  press (desk, "code_button");
  wait_for_words (desk, "code", "-");
  wait_for_words (desk, "code_state", "You have a recovery code");
  take_picture (desk, "keys-code");

  /* The code is gone with the page. */
  mash_window_show_tray (desk->window, MASH_TRAY_FRONT_DOOR);
  gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.keys", NULL);
  g_assert_cmpstr (read_label (desk, "code"), ==, "");
}

static void
test_backup (Desk          *desk,
             gconstpointer  who)
{
  wait_for_words (desk, "last", "No backup");
  take_picture (desk, "keys");
  g_assert_false (gtk_widget_get_sensitive (find (desk, "backup_button")));
  type (desk, "folder", desk->hub.folder);
  press (desk, "backup_button");
  wait_for_words (desk, "hub_said", "own folder");
  type (desk, "folder", desk->target);
  press (desk, "backup_button");
  wait_for_words (desk, "hub_said", "is checked");
  wait_for_words (desk, "last", desk->target);
  g_assert_false (gtk_widget_get_sensitive (find (desk, "drill_button")));
  type (desk, "passphrase", FIXTURE_PASSPHRASE);
  press (desk, "drill_button");
  wait_for_words (desk, "hub_said", "is good");
  take_picture (desk, "keys-backup");

  type (desk, "passphrase", FIXTURE_PASSPHRASE);
  press (desk, "key_button");
  wait_for_words (desk, "hub_said", "new key");
  g_assert_cmpuint (accessible_names_count_missing (GTK_WIDGET (desk->window->page)), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/keys-page/own-keys", Desk, "worker", set_up, test_own_keys, tear_down);
  g_test_add ("/keys-page/backup", Desk, "manager", set_up, test_backup, tear_down);

  return g_test_run ();
}
