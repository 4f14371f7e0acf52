/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "accessible-names.h"
#include "fake-service.h"
#include "mash-application.h"
#include "mash-cell.h"
#include "mash-sign-in-page.h"
#include "mash-tray-page.h"
#include "mash-window.h"

typedef struct
{
  MashApplication *application;
  MashService     *service;
  MashWindow      *window;
} Fixture;

/* Lets the window come to rest: what was queued is done, what was drawn is drawn. */
static void
settle (void)
{
  gint64 until = g_get_monotonic_time () + G_USEC_PER_SEC / 4;

  while (g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, FALSE);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->application = mash_application_new ();
  g_application_register (G_APPLICATION (fixture->application), NULL, &error);
  g_assert_no_error (error);
  fixture->service = mash_service_new ("");
  fixture->window = mash_window_new (GTK_APPLICATION (fixture->application), fixture->service);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  settle ();
  g_assert_null (fixture->window);
  g_assert_finalize_object (fixture->service);
  g_clear_object (&fixture->application);
}

static gboolean
reads (GtkWidget  *widget,
       const char *text)
{
  g_autofree char *words = NULL;

  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget))
    words = g_strdup (gtk_label_get_text (GTK_LABEL (widget)));
  else if (GTK_IS_INSCRIPTION (widget))
    words = g_strdup (gtk_inscription_get_text (GTK_INSCRIPTION (widget)));
  if (words != NULL && g_str_equal (words, text))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (reads (child, text))
      return TRUE;

  return FALSE;
}

/* As reads(), once the window has come to rest, which a slow machine takes longer for. */
static gboolean
comes_to_read (GtkWidget  *widget,
               const char *text)
{
  for (guint turn = 0; turn < 240 && !reads (widget, text); turn++)
    settle ();

  return reads (widget, text);
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
sign_in (Fixture *fixture)
{
  GtkWidget *page = find (GTK_WIDGET (fixture->window), MASH_TYPE_SIGN_IN_PAGE);

  fake_service_sign_in (fixture->service);
  g_signal_emit_by_name (page, "signed-in");
  settle ();
}

static void
activate (Fixture    *fixture,
          const char *action,
          const char *argument)
{
  if (argument != NULL)
    gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, "s", argument);
  else
    gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL);
  settle ();
}

static void
test_sign_in (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  g_assert_true (comes_to_read (window, "Training hub"));
  g_assert_true (comes_to_read (window,
                                "Every family here is invented. The passphrase is “training”."));
  g_assert_true (comes_to_read (window, "Aled Sorrel, Social worker"));
  g_assert_false (mash_window_is_usable (fixture->window));

  sign_in (fixture);
  g_assert_true (mash_window_is_usable (fixture->window));
  g_assert_true (comes_to_read (window, "Front door"));
  g_assert_true (comes_to_read (window, "In the order of 15:40, 2 new since"));
}

/* A row in words, with what would be markup in a name. */
static void
test_tray (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  sign_in (fixture);
  g_assert_true (comes_to_read (window, "Late by 35 min"));
  g_assert_true (comes_to_read (window, "Outcome by 15:05 · local 2 h"));
  g_assert_true (comes_to_read (window, "Anna & Tom <x>"));
  g_assert_true (comes_to_read (window, "3 children: 6, 3, unborn"));
  g_assert_true (comes_to_read (window, "No one yet"));
  g_assert_true (comes_to_read (window, "Missing: who holds parental responsibility"));
}

static void
test_filters (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkWidget *page;

  sign_in (fixture);
  page = GTK_WIDGET (mash_window_get_page (fixture->window));
  g_assert_true (comes_to_read (window, "All 16"));
  g_assert_true (comes_to_read (window, "No one yet 3"));
  g_assert_true (comes_to_read (window, "Mine 4"));
  g_assert_true (comes_to_read (window, "Late 2"));

  g_object_set (page, "filter", "no-one", NULL);
  settle ();
  g_assert_true (comes_to_read (window, "Tennick"));
  g_assert_false (reads (window, "Aldous, Prior"));
}

static void
test_trays (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  sign_in (fixture);
  activate (fixture, "win.tray", "late");
  g_assert_true (comes_to_read (window, "Aldous, Prior"));
  g_assert_false (reads (window, "Tennick"));
  activate (fixture, "win.tray", "to-sign");
  g_assert_true (comes_to_read (window, "Nothing waits for your signature"));
  activate (fixture, "win.tray", "requests");
  g_assert_true (comes_to_read (window, "Agencies cannot be asked from here yet"));
}

/* No name is left to see, and the keys of the desk do nothing, until it is uncovered. */
static void
test_cover (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  sign_in (fixture);
  activate (fixture, "win.cover", NULL);
  g_assert_true (mash_window_get_covered (fixture->window));
  g_assert_true (comes_to_read (window, "Covered"));
  g_assert_false (reads (window, "Aldous, Prior"));
  g_assert_false (reads (window, "Aled Sorrel"));
  activate (fixture, "win.tray", "late");
  g_assert_true (comes_to_read (window, "Covered"));
  activate (fixture, "win.cover", NULL);
  g_assert_true (comes_to_read (window, "Aldous, Prior"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "MASH Desk");
}

static void
test_lock (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  sign_in (fixture);
  activate (fixture, "win.lock", NULL);
  g_assert_false (mash_window_is_usable (fixture->window));
  g_assert_true (comes_to_read (window, "Training hub"));
  g_assert_false (reads (window, "Aldous, Prior"));
}

/* However long it takes to close the database, nothing is left on the screen meanwhile. */
static void
test_slow_lock (Fixture       *fixture,
                gconstpointer  data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  sign_in (fixture);
  fake_service_hold_up (fixture->service);
  activate (fixture, "win.lock", NULL);
  g_assert_true (comes_to_read (window, "Locking…"));
  g_assert_false (reads (window, "Aldous, Prior"));
  activate (fixture, "win.cover", NULL);
  activate (fixture, "win.cover", NULL);
  g_assert_true (comes_to_read (window, "Locking…"));
  fake_service_end_lock (fixture->service);
  g_assert_true (comes_to_read (window, "Training hub"));
}

/* Names for assistive technology */

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  static const char *const trays[] = { "front-door", "to-sign" };
  GtkWidget *window = GTK_WIDGET (fixture->window);
  guint n_nameless = accessible_names_count_missing (window);

  sign_in (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (trays); i++)
    {
      activate (fixture, "win.tray", trays[i]);
      n_nameless += accessible_names_count_missing (window);
    }
  activate (fixture, "win.search", "marsh");
  n_nameless += accessible_names_count_missing (window);

  g_assert_cmpuint (n_nameless, ==, 0);
}

/* The row says all of it: whoever hears it need not go from cell to cell. */
static void
test_row_name (Fixture       *fixture,
               gconstpointer  data)
{
  GtkWidget *cell;
  GtkWidget *row;

  sign_in (fixture);
  cell = find (GTK_WIDGET (fixture->window), MASH_TYPE_CELL);
  row = gtk_widget_get_parent (gtk_widget_get_parent (cell));
  gtk_test_accessible_assert_property (gtk_widget_get_parent (cell),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Red");
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Red, Aldous, Prior, 2 children: 14, 12, Missing since "
                                       "Sunday, seen with older males, Late by 35 min, Outcome by "
                                       "15:05 · local 2 h, Petra Hallam, C8DV-QK2M-7");
}

#define TEST(path, function) \
  g_test_add ("/window/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    return 77;

  TEST ("sign-in", test_sign_in);
  TEST ("tray", test_tray);
  TEST ("filters", test_filters);
  TEST ("trays", test_trays);
  TEST ("cover", test_cover);
  TEST ("lock", test_lock);
  TEST ("slow-lock", test_slow_lock);
  TEST ("names", test_names);
  TEST ("row-name", test_row_name);

  return g_test_run ();
}
