/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "mash-contact-clocks.h"
#include "mash-contact-page-private.h"
#include "mash-family-row.h"
#include "mash-field-input.h"
#include "mash-service.h"
#include "mash-time.h"
#include "mash-window-private.h"
#include "mash-words.h"
#include "store-fixture.h"

/* The contact page in the real window, over the real service, on the store fixture’s hub. */
typedef struct
{
  StoreFixture     hub;
  MashService     *service;
  GAsyncResult    *result;
  AdwApplication  *application;
  MashWindow      *window;
  MashContactFile *file;
  MashContactPage *page;
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
on_time_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
}

/* Lets the window live for a while. */
static void
live (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add_once (milliseconds, on_time_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
sign_in (Desk       *desk,
         const char *who)
{
  g_autoptr (GError) error = NULL;

  mash_service_sign_in_async (desk->service, who, FIXTURE_PASSPHRASE, NULL, on_done_cb, call (desk));
  mash_service_sign_in_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&desk->hub, data);
  store_fixture_close (&desk->hub);
  desk->application = adw_application_new ("uk.mash.Desk", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (desk->application), NULL, &error);
  g_assert_no_error (error);
  desk->service = mash_service_new (desk->hub.folder);
  mash_service_open_async (desk->service, NULL, on_done_cb, call (desk));
  mash_service_open_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  desk->window = mash_window_new (GTK_APPLICATION (desk->application), desk->service);
  sign_in (desk, "worker");
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1440, 900);
  gtk_window_present (GTK_WINDOW (desk->window));
}

static void
end (gpointer object)
{
  g_object_add_weak_pointer (object, &object);
  g_object_unref (object);
  while (object != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  gtk_window_destroy (GTK_WINDOW (desk->window));
  live (100);
  g_clear_object (&desk->file);
  mash_service_lock_async (desk->service, on_done_cb, call (desk));
  mash_service_lock_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  g_clear_object (&desk->result);
  g_clear_object (&desk->application);
  end (desk->service);
  store_fixture_tear_down (&desk->hub, data);
}

/* Where pictures are wanted: the window as it stands, drawn by the toolkit’s own renderer. */
static void
take_picture (Desk       *desk,
              const char *name)
{
  const char *folder = g_getenv ("MASH_TEST_PICTURES");
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = NULL;
  GtkWidget *widget = GTK_WIDGET (desk->window);

  if (folder == NULL)
    return;

  live (600);
  paintable = gtk_widget_paintable_new (widget);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (widget)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                              gtk_widget_get_height (widget)));
  path = g_strdup_printf ("%s/%s.png", folder, name);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static MashEntity *
add_person (MashContactFile *file,
            const char      *role,
            const char      *forenames,
            const char      *surname)
{
  MashEntity *subject = mash_family_add (file, role);
  MashEntity *person = mash_contact_file_find (file, mash_entity_get_text (subject, "person"));

  mash_entity_set_text (person, "legal-forenames", forenames);
  mash_entity_set_text (person, "legal-surname", surname);

  return person;
}

static void
relate (MashContactFile *file,
        MashEntity      *adult,
        MashEntity      *child,
        const char      *type,
        const char      *responsibility)
{
  MashEntity *relationship = mash_contact_file_add (file, "relationship");

  g_object_set (relationship, "from-person", mash_entity_get_id (adult),
                "to-person", mash_entity_get_id (child), "type", type,
                "parental-responsibility", responsibility, "lives-with", "Y", NULL);
}

static void
type_family (MashContactFile *file)
{
  MashEntity *ellie = add_person (file, MASH_ROLE_CHILD, "Ellie", "Marsh");
  MashEntity *noah = add_person (file, MASH_ROLE_CHILD, "Noah", "Khan");
  MashEntity *tara = add_person (file, "PARENT", "Tara", "Marsh");
  MashEntity *callum = add_person (file, "SOURCE", "Callum", "Dray");

  g_object_set (ellie, "birth", "2020-03-04", "sex", "F", "ethnicity", "WBRI",
                "school", "Brackenfield", NULL);
  g_object_set (noah, "sex", "M", "school", "Little Larches", NULL);
  g_object_set (tara, "birth", "1999-06-11", NULL);
  relate (file, tara, ellie, "MOTHER", "Y");
  relate (file, tara, noah, "MOTHER", NULL);
  relate (file, callum, ellie, "PARTNER", "N");
}

static void
type_concern (MashContactFile *file)
{
  MashEntity *concern = mash_contact_file_add (file, "concern");
  MashEntity *referrer;

  g_object_get (file, "referrer", &referrer, NULL);
  g_object_set (referrer, "type", "PROF", "name", "Ruth Pell", "role", "Safeguarding lead",
                "agency-name", "Brackenfield Primary", "phone", "01632 960 118", NULL);
  g_object_unref (referrer);
  g_object_set (concern,
                "what-happened", "Finger-shaped bruise, four marks, on Ellie’s left upper arm, seen at "
                "PE. She said her mum’s partner grabbed her because she would not get out of the bath.",
                "child-words", "Callum grabbed me hard. Mummy was crying.",
                "child-words-to", "To Mrs Pell, class teacher, 11:40, written down at once",
                "when-words", "Mon 12 Oct, evening", "where", "Home, bathroom", NULL);
}

/* A referral of two children, typed into an empty form as the page does, and taken in. */
static char *
make_contact (Desk *desk)
{
  g_autoptr (MashContactFile) file = mash_service_new_contact (desk->service);
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (file));
  g_autofree char *now = mash_time_format (mash_service_get_now (desk->service));
  g_autoptr (MashGroup) group = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (contact, "kind", "REF", "channel", "EMAIL", "source", "2A", "received-at", now,
                "presenting-concern", "Bruise on the upper arm; the child names her mother’s partner.",
                "immediate-danger", "Y", NULL);
  type_family (file);
  type_concern (file);
  group = mash_contact_file_dup_group (file, "create");
  mash_service_submit_async (desk->service, group, NULL, on_done_cb, call (desk));
  mash_service_submit_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);

  return g_strdup (mash_entity_get_id (contact));
}

static void
open_page (Desk       *desk,
           const char *contact)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&desk->file);
  mash_service_open_contact_async (desk->service, contact, NULL, on_done_cb, call (desk));
  desk->file = mash_service_open_contact_finish (desk->service, wait_for (desk), &error);
  g_assert_no_error (error);
  desk->page = MASH_CONTACT_PAGE (mash_contact_page_new (desk->service, desk->file));
  mash_window_show_stage (desk->window);
  mash_window_set_page (desk->window, MASH_PAGE (desk->page));
  live (300);
}

static void
test_tabs (Desk          *desk,
           gconstpointer  data)
{
  static const char *const tabs[] = { "referral", "family", "timeline", "decision" };
  g_autofree char *contact = make_contact (desk);

  open_page (desk, contact);
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    {
      g_autofree char *tab = NULL;

      mash_contact_page_set_tab (desk->page, tabs[i]);
      take_picture (desk, tabs[i]);
      g_object_get (desk->page, "tab", &tab, NULL);
      g_assert_cmpstr (tab, ==, tabs[i]);
    }
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/contact-page/tabs", Desk, NULL, set_up, test_tabs, tear_down);

  return g_test_run ();
}
