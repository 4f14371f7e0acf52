/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <adwaita.h>

#include "accessible-names.h"
#include "fits.h"
#include "mash-contact-page-private.h"
#include "mash-match-line.h"
#include "mash-same-page.h"
#include "mash-window-private.h"
#include "rest.h"
#include "store-fixture.h"

/* How long a condition may take on a slow machine, in looks of ten milliseconds. */
#define PATIENCE 6000

/* Two records of one child, in the real window, over the real service. */
typedef struct
{
  StoreFixture    hub;
  MashService    *service;
  GAsyncResult   *result;
  AdwApplication *application;
  MashWindow     *window;
  char           *contact;
  char           *one;
  char           *other;
} Desk;

static void
on_done_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_set_object (&((Desk *) data)->result, result);
}

static Desk *
call (Desk *desk)
{
  g_clear_object (&desk->result);

  return desk;
}

static GAsyncResult *
wait_for (Desk *desk)
{
  while (desk->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return desk->result;
}

static void
lock (Desk *desk)
{
  g_autoptr (GError) error = NULL;

  mash_service_lock_async (desk->service, on_done_cb, call (desk));
  mash_service_lock_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  g_clear_object (&desk->result);
}

static void
sign_in (Desk       *desk,
         const char *who)
{
  g_autoptr (GError) error = NULL;

  mash_service_sign_in_async (desk->service, who, FIXTURE_PASSPHRASE, NULL, on_done_cb,
                              call (desk));
  mash_service_sign_in_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  mash_window_show_stage (desk->window);
  rest (desk->service, 100);
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *second = NULL;

  store_fixture_set_up (&desk->hub, NULL);
  desk->contact = store_fixture_contact (&desk->hub, "Ellie", "Marsh", "2019-03-04");
  second = store_fixture_contact (&desk->hub, "Elly", "Marshe", "2019-04-03");
  desk->one = store_fixture_find_child (desk->hub.store, desk->contact);
  desk->other = store_fixture_find_child (desk->hub.store, second);
  store_fixture_close (&desk->hub);
  desk->application = adw_application_new ("uk.mash.Desk", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (desk->application), NULL, &error);
  g_assert_no_error (error);
  desk->service = mash_service_new (desk->hub.folder);
  mash_service_open_async (desk->service, NULL, on_done_cb, call (desk));
  mash_service_open_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  desk->window = mash_window_new (GTK_APPLICATION (desk->application), desk->service);
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1440, 900);
  gtk_window_present (GTK_WINDOW (desk->window));
  sign_in (desk, "worker");
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  gpointer service = desk->service;

  rest (desk->service, 100);
  gtk_window_destroy (GTK_WINDOW (desk->window));
  rest (desk->service, 100);
  lock (desk);
  g_clear_object (&desk->application);
  g_object_add_weak_pointer (service, &service);
  g_object_unref (desk->service);
  while (service != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_free (desk->contact);
  g_free (desk->one);
  g_free (desk->other);
  store_fixture_tear_down (&desk->hub, data);
}

/* The first mapped widget of a type under @widget, with a property that is @value if one is
 * named. */
static GtkWidget *
find (GtkWidget  *widget,
      GType       type,
      const char *property,
      const char *value)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && gtk_widget_get_mapped (widget))
    {
      g_autofree char *held = NULL;

      if (property != NULL)
        g_object_get (widget, property, &held, NULL);
      if (property == NULL || g_strcmp0 (held, value) == 0)
        return widget;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, property, value);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* Lets the window live until there is such a widget; what never comes is a failure. */
static GtkWidget *
await (gpointer    root,
       GType       type,
       const char *property,
       const char *value)
{
  GtkWidget *found = NULL;

  for (guint i = 0; i < PATIENCE && found == NULL; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        continue;
      found = find (GTK_WIDGET (root), type, property, value);
      if (found == NULL)
        g_usleep (10000);
    }
  if (found == NULL)
    g_error ("No %s with “%s”", g_type_name (type), value);

  return found;
}

static gpointer
get_part (Desk       *desk,
          const char *name)
{
  g_assert_true (MASH_IS_SAME_PAGE (desk->window->page));

  return gtk_widget_get_template_child (GTK_WIDGET (desk->window->page), MASH_TYPE_SAME_PAGE, name);
}

/* Where pictures are wanted: a window as it stands, drawn by the toolkit’s own renderer. */
static void
take_picture (Desk       *desk,
              GtkWidget  *window,
              const char *name)
{
  const char *folder = g_getenv ("MASH_TEST_PICTURES");
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;

  /* A window that is being laid out has nothing to show yet. */
  paintable = gtk_widget_paintable_new (window);
  for (guint i = 0; i < 10 && node == NULL; i++)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();

      rest (desk->service, 600);
      gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                              gtk_widget_get_height (window));
      node = gtk_snapshot_free_to_node (snapshot);
    }
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (window),
                                                              gtk_widget_get_height (window)));
  path = g_strdup_printf ("%s/%s.png", folder, name);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static const struct
{
  const char *name;
  int         width, height, percent;
} rooms[] = {
  { "1440x900", 1440, 900, 100 },
  { "1024x768", 1024, 768, 100 },
  { "1600x1000-200", 1600, 1000, 200 },
};

static void
set_room (Desk  *desk,
          guint  room)
{
  g_object_set (gtk_settings_get_default (),
                "gtk-xft-dpi", 96 * 1024 * rooms[room].percent / 100, NULL);
  rest_in (GTK_WINDOW (desk->window), rooms[room].width, rooms[room].height);
  rest (desk->service, 150);
}

/* In every room all fits, nothing is cut, and everything has a name. */
static void
look_around (Desk       *desk,
             const char *what)
{
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (desk->window));
  guint n_wrong = 0;

  for (guint room = 0; room < G_N_ELEMENTS (rooms); room++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%s", what, rooms[room].name);
      guint n_here = 1;

      set_room (desk, room);
      g_test_message ("%s", name);
      for (guint turn = 0; turn < 60 && n_here > 0; turn++)
        {
          rest (desk->service, 100);
          n_here = fits_count_cut (content, GTK_WIDGET (desk->window)) +
                   accessible_names_count_missing (GTK_WIDGET (desk->window->page));
        }
      n_wrong += n_here;
      take_picture (desk, GTK_WIDGET (desk->window), name);
    }
  set_room (desk, 0);
  g_assert_cmpuint (n_wrong, ==, 0);
}

static void
type_passphrase (Desk       *desk,
                 const char *text)
{
  GtkWidget *entry = await (get_part (desk, "passphrase"), GTK_TYPE_EDITABLE, NULL, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
answer (Desk       *desk,
        const char *why,
        const char *action)
{
  gtk_editable_set_text (get_part (desk, "why"), why);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window->page), action, NULL));
}

static void
compare (Desk *desk)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.same-person", "(ss)",
                                             desk->one, desk->other));
  await (desk->window->page, GTK_TYPE_LABEL, "label", "Your answer");
}

/* One proposes; whoever proposed may not sign. */
static void
propose (Desk *desk)
{
  compare (desk);
  await (desk->window->page, GTK_TYPE_BUTTON, "action-name", "same.propose");
  look_around (desk, "same");
  answer (desk, "The same mother, and the birth has day and month swapped", "same.propose");
  await (desk->window->page, GTK_TYPE_BUTTON, "action-name", "same.approve");
  type_passphrase (desk, FIXTURE_PASSPHRASE);
  answer (desk, "Mine", "same.approve");
  while (*gtk_label_get_label (get_part (desk, "says")) == '\0')
    rest (desk->service, 10);
  look_around (desk, "same-proposed");
}

/* The other finds it from what is to be signed, and signs. */
static void
approve (Desk *desk)
{
  gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.tray", "s", "to-sign");
  gtk_widget_activate (await (desk->window->page, GTK_TYPE_BUTTON, "action-name",
                              "win.link-proposals"));
  await (desk->window, MASH_TYPE_MATCH_LINE, NULL, NULL);
  await (desk->window->page, GTK_TYPE_BUTTON, "action-name", "same.approve");
  look_around (desk, "same-to-sign");

  type_passphrase (desk, "not the passphrase");
  answer (desk, "", "same.approve");
  while (*gtk_label_get_label (get_part (desk, "says")) == '\0')
    rest (desk->service, 10);
  g_assert_nonnull (find (GTK_WIDGET (desk->window->page), MASH_TYPE_MATCH_LINE, NULL, NULL));
  type_passphrase (desk, FIXTURE_PASSPHRASE);
  answer (desk, "", "same.approve");
  await (desk->window->page, GTK_TYPE_LABEL, "label", "No link waits for a signature");
}

static void
test_link (Desk          *desk,
           gconstpointer  data)
{
  propose (desk);
  lock (desk);
  sign_in (desk, "manager");
  gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.tray", "s", "to-sign");
  await (desk->window->page, GTK_TYPE_BUTTON, "action-name", "win.link-proposals");
  look_around (desk, "to-sign");
  approve (desk);

  compare (desk);
  await (desk->window->page, GTK_TYPE_BUTTON, "action-name", "same.undo");
  look_around (desk, "same-linked");
  type_passphrase (desk, FIXTURE_PASSPHRASE);
  answer (desk, "Two girls of one school after all", "same.undo");
  await (desk->window->page, GTK_TYPE_BUTTON, "action-name", "same.propose");
}

/* The family tab names whoever may be somebody of the family, and opens the two side by side. */
static void
test_family (Desk          *desk,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashContactFile) file = NULL;
  MashContactPage *page;
  GtkWidget *line;

  mash_service_open_contact_async (desk->service, desk->contact, NULL, on_done_cb, call (desk));
  file = mash_service_open_contact_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  page = MASH_CONTACT_PAGE (mash_contact_page_new (desk->service, file));
  mash_window_set_page (desk->window, MASH_PAGE (page));
  mash_contact_page_set_tab (page, "family");
  line = await (page, MASH_TYPE_MATCH_LINE, NULL, NULL);
  look_around (desk, "matches");
  gtk_widget_activate (line);
  await (desk->window, MASH_TYPE_SAME_PAGE, NULL, NULL);
  await (desk->window->page, GTK_TYPE_LABEL, "label", "Your answer");
}

static AdwMessageDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    {
      if (ADW_IS_MESSAGE_DIALOG (item->data))
        return item->data;
    }

  g_assert_not_reached ();
}

static void
test_import (Desk          *desk,
             gconstpointer  data)
{
  static const char *const heads[] = { "people.csv", "episodes.csv", "school-referral.xml" };
  static const char *const ends[] = {
    "Import done", "Import done", "The file was not taken in"
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "resources", "examples",
                                                     heads[i], NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autofree char *name = g_strdup_printf ("import-%u", i);
      AdwMessageDialog *dialog;

      mash_window_import_people (desk->window, file);
      dialog = find_dialog ();
      while (g_strcmp0 (adw_message_dialog_get_heading (dialog), ends[i]) != 0)
        rest (desk->service, 20);
      g_test_message ("%s", adw_message_dialog_get_body (dialog));
      g_assert_cmpuint (accessible_names_count_missing (GTK_WIDGET (dialog)), ==, 0);
      take_picture (desk, GTK_WIDGET (dialog), name);
      adw_message_dialog_response (dialog, "stop");
      rest (desk->service, 50);
    }
}

int
main (int   argc,
      char *argv[])
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/people-page/link", Desk, NULL, set_up, test_link, tear_down);
  g_test_add ("/people-page/family", Desk, NULL, set_up, test_family, tear_down);
  g_test_add ("/people-page/import", Desk, NULL, set_up, test_import, tear_down);

  return g_test_run ();
}
