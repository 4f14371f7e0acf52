/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "accessible-names.h"
#include "desk-fixture.h"
#include "mash-copy-window.h"

#define RECIPIENT "Anna & Tom <x>, family court"
#define PURPOSE   "For the hearing"

/* The window that asks for whom a chronology is, over the timeline of a contact. */
typedef struct
{
  Desk       desk;
  char      *contact;
  GtkWidget *window;   /* borrowed from the toolkit */
} Copy;

static void
set_up (Copy          *copy,
        gconstpointer  who)
{
  store_fixture_set_up (&copy->desk.hub, NULL);
  copy->contact = store_fixture_contact (&copy->desk.hub, "Ellie", "Marsh", "2019-03-04");
  desk_open (&copy->desk, who);
  desk_open_contact (&copy->desk, copy->contact, "timeline");
}

static void
tear_down (Copy          *copy,
           gconstpointer  who)
{
  g_clear_pointer (&copy->contact, g_free);
  desk_tear_down (&copy->desk, who);
}

/* The window of that type that is on the screen. */
static GtkWidget *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type) && gtk_widget_get_mapped (window))
        return window;
    }

  return NULL;
}

static void
open_window (Copy *copy)
{
  gtk_widget_activate_action (GTK_WIDGET (copy->desk.page), "contact.print-chronology", NULL);
  until (find_window (MASH_TYPE_COPY_WINDOW) != NULL);
  copy->window = find_window (MASH_TYPE_COPY_WINDOW);
}

static gpointer
part (Copy       *copy,
      const char *name)
{
  return desk_part (copy->window, MASH_TYPE_COPY_WINDOW, name);
}

/* Nothing can be made before it is said for whom and what for. */
static void
test_asks (Copy          *copy,
           gconstpointer  who)
{
  GtkWidget *button;

  open_window (copy);
  button = part (copy, "make_button");
  g_assert_false (gtk_widget_get_sensitive (button));
  g_assert_cmpstr (gtk_label_get_text (part (copy, "reason")), ==, "Say for whom the copy is.");
  gtk_editable_set_text (part (copy, "recipient"), RECIPIENT);
  g_assert_false (gtk_widget_get_sensitive (button));
  g_assert_cmpstr (gtk_label_get_text (part (copy, "reason")), ==, "Say what the copy is for.");
  gtk_editable_set_text (part (copy, "purpose"), PURPOSE);
  g_assert_true (gtk_widget_get_sensitive (button));
  until (accessible_names_count_missing (copy->window) == 0);
  desk_take_picture_of (&copy->desk, copy->window, "copy-window");

  gtk_widget_activate_action (copy->window, "window.close", NULL);
  until (find_window (MASH_TYPE_COPY_WINDOW) == NULL);
}

int
main (int   argc,
      char *argv[])
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/copy-window/asks", Copy, "worker", set_up, test_asks, tear_down);

  return g_test_run ();
}
