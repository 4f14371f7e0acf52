/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "accessible-names.h"
#include "desk-fixture.h"
#include "mash-match-line.h"
#include "mash-same-page.h"

/* Two records of one child. */
typedef struct
{
  Desk  desk;
  char *contact;
  char *one;
  char *other;
} Pair;

static void
set_up (Pair          *pair,
        gconstpointer  who)
{
  StoreFixture *hub = &pair->desk.hub;
  g_autofree char *second = NULL;

  store_fixture_set_up (hub, NULL);
  pair->contact = store_fixture_contact (hub, "Ellie", "Marsh", "2019-03-04");
  second = store_fixture_contact (hub, "Elly", "Marshe", "2019-04-03");
  pair->one = store_fixture_find_child (hub->store, pair->contact);
  pair->other = store_fixture_find_child (hub->store, second);
  desk_open (&pair->desk, who);
  /* Two records side by side need scrolling where letters are large and the screen is small. */
  pair->desk.n_rooms = DESK_N_ROOMS - 1;
}

static void
tear_down (Pair          *pair,
           gconstpointer  who)
{
  g_free (pair->contact);
  g_free (pair->one);
  g_free (pair->other);
  desk_tear_down (&pair->desk, who);
}

static gpointer
get_part (Pair       *pair,
          const char *name)
{
  g_assert_true (MASH_IS_SAME_PAGE (pair->desk.window->page));

  return desk_part (pair->desk.window->page, MASH_TYPE_SAME_PAGE, name);
}

static GtkWidget *
await_in_page (Pair       *pair,
               GType       type,
               const char *property,
               const char *value)
{
  return desk_await (pair->desk.window->page, type, property, value);
}

static void
type_passphrase (Pair       *pair,
                 const char *text)
{
  GtkWidget *entry = desk_await (get_part (pair, "passphrase"), GTK_TYPE_EDITABLE, NULL, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
answer (Pair       *pair,
        const char *why,
        const char *action)
{
  gtk_editable_set_text (get_part (pair, "why"), why);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (pair->desk.window->page), action, NULL));
}

static void
compare (Pair *pair)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (pair->desk.window), "win.same-person",
                                             "(ss)", pair->one, pair->other));
  await_in_page (pair, GTK_TYPE_LABEL, "label", "Your answer");
}

/* One proposes; whoever proposed may not sign. */
static void
propose (Pair *pair)
{
  compare (pair);
  await_in_page (pair, GTK_TYPE_BUTTON, "action-name", "same.propose");
  desk_look_around (&pair->desk, "same", NULL);
  answer (pair, "The same mother, and the birth has day and month swapped", "same.propose");
  await_in_page (pair, GTK_TYPE_BUTTON, "action-name", "same.approve");
  type_passphrase (pair, FIXTURE_PASSPHRASE);
  answer (pair, "Mine", "same.approve");
  until (*gtk_label_get_label (get_part (pair, "says")) != '\0');
  desk_look_around (&pair->desk, "same-proposed", NULL);
}

/* The other finds it from what is to be signed, and signs. */
static void
approve (Pair *pair)
{
  gtk_widget_activate_action (GTK_WIDGET (pair->desk.window), "win.tray", "s", "to-sign");
  gtk_widget_activate (await_in_page (pair, GTK_TYPE_BUTTON, "action-name",
                                      "win.link-proposals"));
  desk_await (pair->desk.window, MASH_TYPE_MATCH_LINE, NULL, NULL);
  await_in_page (pair, GTK_TYPE_BUTTON, "action-name", "same.approve");
  desk_look_around (&pair->desk, "same-to-sign", NULL);

  type_passphrase (pair, "not the passphrase");
  answer (pair, "", "same.approve");
  until (*gtk_label_get_label (get_part (pair, "says")) != '\0');
  g_assert_nonnull (desk_find (pair->desk.window->page, MASH_TYPE_MATCH_LINE));
  type_passphrase (pair, FIXTURE_PASSPHRASE);
  answer (pair, "", "same.approve");
  await_in_page (pair, GTK_TYPE_LABEL, "label", "No link waits for a signature");
}

static void
test_link (Pair          *pair,
           gconstpointer  who)
{
  propose (pair);
  desk_lock (&pair->desk);
  desk_sign_in (&pair->desk, "manager");
  gtk_widget_activate_action (GTK_WIDGET (pair->desk.window), "win.tray", "s", "to-sign");
  await_in_page (pair, GTK_TYPE_BUTTON, "action-name", "win.link-proposals");
  desk_look_around (&pair->desk, "to-sign", NULL);
  approve (pair);

  compare (pair);
  await_in_page (pair, GTK_TYPE_BUTTON, "action-name", "same.undo");
  desk_look_around (&pair->desk, "same-linked", NULL);
  type_passphrase (pair, FIXTURE_PASSPHRASE);
  answer (pair, "Two girls of one school after all", "same.undo");
  await_in_page (pair, GTK_TYPE_BUTTON, "action-name", "same.propose");
}

/* The family tab names whoever may be somebody of the family, and opens the two side by side. */
static void
test_family (Pair          *pair,
             gconstpointer  who)
{
  GtkWidget *line;

  desk_open_contact (&pair->desk, pair->contact, "family");
  line = desk_await (pair->desk.page, MASH_TYPE_MATCH_LINE, NULL, NULL);
  desk_look_around (&pair->desk, "matches", NULL);
  gtk_widget_activate (line);
  desk_await (pair->desk.window, MASH_TYPE_SAME_PAGE, NULL, NULL);
  await_in_page (pair, GTK_TYPE_LABEL, "label", "Your answer");
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
test_import (Pair          *pair,
             gconstpointer  who)
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

      mash_window_import_people (pair->desk.window, file);
      dialog = find_dialog ();
      until (g_strcmp0 (adw_message_dialog_get_heading (dialog), ends[i]) == 0);
      g_test_message ("%s", adw_message_dialog_get_body (dialog));
      until (accessible_names_count_missing (GTK_WIDGET (dialog)) == 0);
      desk_take_picture_of (&pair->desk, dialog, name);
      adw_message_dialog_response (dialog, "stop");
      settle (pair->desk.service);
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

  g_test_add ("/people-page/link", Pair, "worker", set_up, test_link, tear_down);
  g_test_add ("/people-page/family", Pair, "worker", set_up, test_family, tear_down);
  g_test_add ("/people-page/import", Pair, "worker", set_up, test_import, tear_down);

  return g_test_run ();
}
