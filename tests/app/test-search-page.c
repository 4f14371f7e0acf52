/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "desk-fixture.h"
#include "mash-time.h"

/* More than are looked up while somebody types. */
#define N_PEOPLE 24
#define N_FIRST 20

static void
set_up (Desk          *desk,
        gconstpointer  who)
{
  store_fixture_set_up (&desk->hub, NULL);
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *forename = g_strdup_printf ("Child%c", (char) ('a' + i));
      g_autofree char *contact = store_fixture_contact (&desk->hub, forename, "Marsh",
                                                        "2019-03-04");
    }
  desk_open (desk, who);
}

static GListModel *
get_list (GtkColumnView *view)
{
  return G_LIST_MODEL (gtk_column_view_get_model (view));
}

static guint
count (GtkColumnView *view)
{
  return get_list (view) != NULL ? g_list_model_get_n_items (get_list (view)) : 0;
}

/* The first people are there while the name is typed, and the rest when it stands; whoever has been
 * chosen by then stays chosen. */
static void
test_typing (Desk          *desk,
             gconstpointer  data)
{
  GtkColumnView *view;
  GtkSingleSelection *selection;
  gboolean grows;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.search", "s",
                                             "nobody"));
  until (MASH_IS_SEARCH_PAGE (desk->window->page));
  gtk_editable_set_text (GTK_EDITABLE (desk_await (desk->window->page, GTK_TYPE_SEARCH_ENTRY, NULL,
                                                   NULL)), "marsh");
  view = GTK_COLUMN_VIEW (desk_await (desk->window->page, GTK_TYPE_COLUMN_VIEW, NULL, NULL));
  until (count (view) >= N_FIRST);
  /* On a slow machine the whole list may come first. */
  grows = count (view) == N_FIRST;
  selection = GTK_SINGLE_SELECTION (get_list (view));
  gtk_single_selection_set_selected (selection, 3);
  until (count (view) == N_PEOPLE);
  g_test_message ("%s", grows ? "the list grew" : "the list came whole");
  g_assert_true (get_list (view) == G_LIST_MODEL (selection) || !grows);
  if (grows)
    g_assert_cmpuint (gtk_single_selection_get_selected (selection), ==, 3);
}

/* What has gone from the desk goes from the list that is on the screen: it is asked for anew. */
static void
test_renewed (Desk          *desk,
              gconstpointer  data)
{
  g_autoptr (MashContactFile) file = mash_service_new_contact (desk->service);
  MashEntity *person = mash_contact_file_add (file, "person");
  MashEntity *subject = mash_contact_file_add (file, "contact-subject");
  g_autofree char *now = mash_time_format (mash_service_get_now (desk->service));
  g_autoptr (MashGroup) group = NULL;
  GtkColumnView *view;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.search", "s",
                                             "marsh"));
  until (MASH_IS_SEARCH_PAGE (desk->window->page));
  view = GTK_COLUMN_VIEW (desk_await (desk->window->page, GTK_TYPE_COLUMN_VIEW, NULL, NULL));
  until (count (view) == N_PEOPLE);

  /* What has come is seen by the same reading. */
  g_object_set (mash_contact_file_get_contact (file), "kind", "REF", "channel", "PHONE", "source",
                "2A", "received-at", now, "presenting-concern", "Not seen for a week", NULL);
  g_object_set (person, "kind", "CHILD", "legal-forenames", "Zoe", "legal-surname", "Marsh", NULL);
  g_object_set (subject, "person", mash_entity_get_id (person), "role", "CHILD", NULL);
  group = mash_contact_file_dup_group (file, "create");
  desk_submit (desk, group);
  g_assert_cmpuint (count (view), ==, N_PEOPLE);
  g_signal_emit_by_name (desk->service, "contacts-gone");
  until (count (view) == N_PEOPLE + 1);
}

/* Whoever may not search is told so, and why, before and after something is typed; nobody is asked
 * for, and nothing is said of it besides. */
static void
test_not_given (Desk          *desk,
                gconstpointer  data)
{
  static const char why[] = "Your role does not search people";
  GtkWidget *page;
  GType toast;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.search", "s",
                                             "marsh"));
  until (MASH_IS_SEARCH_PAGE (desk->window->page));
  page = GTK_WIDGET (desk->window->page);
  until (desk_find_with (page, GTK_TYPE_LABEL, "label", why) != NULL);
  desk_look_around (desk, "search-not-given", NULL);
  gtk_editable_set_text (GTK_EDITABLE (desk_await (page, GTK_TYPE_SEARCH_ENTRY, NULL, NULL)),
                         "mar");
  settle (desk->service);
  rest (desk->service, 500);
  g_assert_nonnull (desk_find_with (page, GTK_TYPE_LABEL, "label", why));
  toast = g_type_from_name ("AdwToastWidget");
  g_assert_true (toast == G_TYPE_INVALID || desk_find (desk->window, toast) == NULL);
}

int
main (int   argc,
      char *argv[])
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/search/typing", Desk, "worker", set_up, test_typing, desk_tear_down);
  g_test_add ("/search/renewed", Desk, "worker", set_up, test_renewed, desk_tear_down);
  g_test_add ("/search/not-given", Desk, "auditor", set_up, test_not_given, desk_tear_down);

  return g_test_run ();
}
