/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "desk-fixture.h"

/* What a person is told after the program was killed, in the real window over the real service. */

static const char *const files[] = { "desk.db", "desk.db-wal", "desk.note" };

typedef struct
{
  Desk   desk;
  char  *contact;
  char  *kept[G_N_ELEMENTS (files)];
  gsize  lengths[G_N_ELEMENTS (files)];
} Killed;

/* The files as a killed session leaves them: as they lie while it is open. */
static void
die (Killed *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (self->desk.hub.folder, files[i], NULL);

      g_assert_true (g_file_get_contents (path, &self->kept[i], &self->lengths[i], NULL));
    }
  store_fixture_close (&self->desk.hub);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (self->desk.hub.folder, files[i], NULL);

      g_assert_true (g_file_set_contents (path, self->kept[i], (gssize) self->lengths[i], NULL));
      g_assert_cmpint (g_chmod (path, 0600), ==, 0);
      g_free (self->kept[i]);
    }
}

/* As the first page does: the window looks at what there is to say. */
static void
sign_in (Desk *desk)
{
  desk_sign_in (desk, "worker");
  g_signal_emit_by_name (desk->window->sign_in_page, "signed-in");
}

/* A machine that started anew, as after a power cut, leaves nothing that says it had not. */
static void
start_anew (Killed *self)
{
  g_autofree char *note = g_build_filename (self->desk.hub.folder, "desk.note", NULL);

  g_assert_cmpint (g_unlink (note), ==, 0);
}

static void
set_up (Killed        *self,
        gconstpointer  drafts)
{
  Desk *desk = &self->desk;
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&desk->hub, NULL);
  store_fixture_sign_in (&desk->hub, "worker");
  self->contact = store_fixture_contact (&desk->hub, "Ada", "Rowe", "2019-03-04");
  if (drafts != NULL)
    g_assert_true (mash_store_save_draft (desk->hub.store, self->contact, drafts, &error));
  die (self);
  desk_open (desk, NULL);
  sign_in (desk);
}

static void
set_up_cut (Killed        *self,
            gconstpointer  drafts)
{
  store_fixture_set_up (&self->desk.hub, NULL);
  store_fixture_sign_in (&self->desk.hub, "worker");
  die (self);
  start_anew (self);
  desk_open (&self->desk, NULL);
  sign_in (&self->desk);
}

static void
tear_down (Killed        *self,
           gconstpointer  drafts)
{
  g_free (self->contact);
  desk_tear_down (&self->desk, NULL);
}

/* What the banner says; nothing where there is none. */
static char *
dup_title (Desk *desk)
{
  gboolean revealed = FALSE;
  g_autofree char *title = NULL;

  g_object_get (desk->window->banner, "revealed", &revealed, "title", &title, NULL);

  return g_strdup (revealed && title != NULL ? title : "");
}

static gboolean
says (Desk       *desk,
      const char *words)
{
  g_autofree char *title = dup_title (desk);

  return strstr (title, words) != NULL;
}

static gboolean
says_nothing (Desk *desk)
{
  g_autofree char *title = dup_title (desk);

  return *title == '\0';
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
test_draft (Killed        *self,
            gconstpointer  drafts)
{
  Desk *desk = &self->desk;

  until (says (desk, "The last session ended unexpectedly. All that was saved is here, and "
                     "nothing is half done."));
  until (says (desk, "kept: 1 draft"));
  press_banner (desk);
  until (MASH_IS_CONTACT_PAGE (desk->window->page));
  mash_window_look (desk->window);
  settle (desk->service);
  g_assert_true (says_nothing (desk));

  mash_window_show_tray (desk->window, MASH_TRAY_FRONT_DOOR);
  settle (desk->service);
  desk_lock (desk);
  sign_in (desk);
  settle (desk->service);
  g_assert_true (says_nothing (desk));
}

static void
test_nothing_typed (Killed        *self,
                    gconstpointer  drafts)
{
  Desk *desk = &self->desk;

  until (says (desk, "You had typed nothing that was not saved."));
  press_banner (desk);
  settle (desk->service);
  g_assert_true (says_nothing (desk));
  g_assert_false (MASH_IS_CONTACT_PAGE (desk->window->page));
}

/* B9: a power cut is told apart from a kill, because more was done about it. */
static void
test_power_cut (Killed        *self,
                gconstpointer  drafts)
{
  until (says (&self->desk, "The last session ended as after a power cut. All of the database was "
                            "checked, and all that was saved is here. You had typed nothing"));
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/unclean-end/draft", Killed, "{\"contact.concern-summary\":\"words\"}", set_up,
              test_draft, tear_down);
  g_test_add ("/unclean-end/nothing-typed", Killed, NULL, set_up, test_nothing_typed, tear_down);
  g_test_add ("/unclean-end/power-cut", Killed, NULL, set_up_cut, test_power_cut, tear_down);

  return g_test_run ();
}
