/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "accessible-names.h"
#include "desk-fixture.h"

/* Whether a label somewhere below @root begins with @words. */
static gboolean
says (gpointer    root,
      const char *words)
{
  if (GTK_IS_LABEL (root) && g_str_has_prefix (gtk_label_get_label (root), words))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;

  return FALSE;
}

static gboolean
is_revealed (Desk *desk)
{
  gboolean revealed;

  g_object_get (desk->window->work, "revealed", &revealed, NULL);

  return revealed;
}

static void
verify (Desk *desk)
{
  gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.verify", NULL);
  g_assert_true (is_revealed (desk));
}

/* The records are checked while the window goes on; how far it is stands in a banner. */
static void
test_done (Desk          *desk,
           gconstpointer  data)
{
  verify (desk);
  until (says (desk->window->work, "Checking every record against what was signed: "));
  g_assert_cmpuint (accessible_names_count_missing (GTK_WIDGET (desk->window->work)), ==, 0);
  until (!is_revealed (desk));
  until (says (desk->window->toasts, "Everything holds: "));
}

static void
test_stopped (Desk          *desk,
              gconstpointer  data)
{
  verify (desk);
  g_signal_emit_by_name (desk_part (desk->window->work, MASH_TYPE_BANNER, "button"), "clicked");
  until (says (desk->window->toasts, "Stopped. Nothing was changed."));
  g_assert_false (is_revealed (desk));

  verify (desk);
  until (says (desk->window->toasts, "Everything holds: "));
}

/* A lock neither waits for it nor leaves it running. */
static void
test_locked (Desk          *desk,
             gconstpointer  data)
{
  verify (desk);
  desk_lock (desk);
  until (desk->window->proof == NULL);
  g_assert_false (mash_service_is_at_work (desk->service));
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/proof/done", Desk, "worker", desk_set_up, test_done, desk_tear_down);
  g_test_add ("/proof/stopped", Desk, "worker", desk_set_up, test_stopped, desk_tear_down);
  g_test_add ("/proof/locked", Desk, "worker", desk_set_up, test_locked, desk_tear_down);

  return g_test_run ();
}
