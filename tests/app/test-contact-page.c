/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contact-scene.h"
#include "mash-access-tab.h"
#include "mash-contact-clocks.h"
#include "mash-contact-file-private.h"
#include "mash-field-input.h"

static void
test_tabs (Desk          *desk,
           gconstpointer  data)
{
  static const char *const tabs[] = { "referral", "family", "timeline", "decision", "work" };
  g_autofree char *contact = scene_make_contact (desk);

  desk_open_contact (desk, contact, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    {
      g_autofree char *tab = NULL;

      mash_contact_page_set_tab (desk->page, tabs[i]);
      desk_take_picture (desk, tabs[i]);
      g_object_get (desk->page, "tab", &tab, NULL);
      g_assert_cmpstr (tab, ==, tabs[i]);
    }
}

/* A contact with an original document. */
static char *
import_contact (Desk *desk)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "resources", "examples",
                                                 "school-referral.xml", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  gboolean known = FALSE;
  char *contact;

  mash_service_import_async (desk->service, source, NULL, desk_answered_cb, desk_call (desk));
  contact = mash_service_import_finish (desk->service, desk_wait (desk), &known, &error);
  g_assert_no_error (error);

  return contact;
}

static void
test_room (Desk          *desk,
           gconstpointer  data)
{
  static const char *const tabs[] = { "referral", "family", "timeline", "decision", "work", NULL };
  static const char *const form[] = { "referral", NULL };
  g_autofree char *contact = import_contact (desk);

  desk_open_contact (desk, contact, NULL);
  desk_look_around (desk, "worker", tabs);

  /* The other half of what F6 swaps. */
  mash_contact_page_set_tab (desk->page, "referral");
  for (guint room = 0; room < DESK_N_ROOMS; room++)
    {
      g_autofree char *name = g_strdup_printf ("original-%s", desk_rooms[room].name);

      desk_set_room (desk, room);
      gtk_widget_activate_action (GTK_WIDGET (desk->page), "contact.original", NULL);
      g_assert_cmpuint (desk_count_wrong (desk), ==, 0);
      desk_take_picture (desk, name);
    }
  desk_set_room (desk, 0);

  mash_page_run_main (MASH_PAGE (desk->page));
  until (mash_deed_bar_is_open (desk->page->deed_bar));
  desk_look_around (desk, "deed", form);
}

/* A cell takes what is typed at once; what cannot be read stays in it and says so. */
static void
test_grid (Desk          *desk,
           gconstpointer  data)
{
  g_autofree char *contact = scene_make_contact (desk);
  GtkWidget *input;
  GListModel *people;
  g_autoptr (MashEntity) ellie = NULL;
  guint n_subjects;

  desk_open_contact (desk, contact, NULL);
  people = mash_contact_file_get_list (desk->file, "person");
  ellie = g_list_model_get_item (people, 0);
  input = scene_find_field (desk, "born");

  scene_type_in (desk, "born", "about 3");
  g_assert_cmpstr (mash_entity_get_text (ellie, "age-words"), ==, "about 3");
  g_assert_true (mash_entity_get_flag (ellie, "birth-estimated"));
  scene_type_in (desk, "born", "Tuesday week");
  g_assert_nonnull (mash_field_input_get_remark (MASH_FIELD_INPUT (input)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (scene_find_entry (input))), ==,
                   "Tuesday week");
  scene_type_in (desk, "born", "4/3/2020");
  g_assert_null (mash_field_input_get_remark (MASH_FIELD_INPUT (input)));
  g_assert_cmpstr (mash_entity_get_text (ellie, "birth"), ==, "2020-03-04");
  g_assert_null (mash_entity_get_text (ellie, "age-words"));

  n_subjects = g_list_model_get_n_items (mash_contact_file_get_list (desk->file,
                                                                     "contact-subject"));
  g_assert_true (gtk_widget_activate_action (input, "family.add", NULL));
  g_assert_cmpuint (g_list_model_get_n_items (mash_contact_file_get_list (desk->file,
                                                                          "contact-subject")),
                    ==, n_subjects + 1);
}

/* Whoever was taken out of the contact can be put back by the toast that says so: in a row of its
 * own, since nothing is un-voided. */
static void
test_put_back (Desk          *desk,
               gconstpointer  data)
{
  g_autofree char *contact = scene_make_contact (desk);
  GListModel *subjects;
  g_autoptr (MashEntity) gone = NULL;
  g_autoptr (MashEntity) back = NULL;
  guint n;

  desk_open_contact (desk, contact, NULL);
  subjects = mash_contact_file_get_list (desk->file, "contact-subject");
  n = g_list_model_get_n_items (subjects);
  gone = g_list_model_get_item (subjects, n - 1);
  mash_contact_page_remove_person (desk->page, mash_entity_get_id (gone));
  until (g_list_model_get_n_items (subjects) == n - 1);
  settle (desk->service);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.undo", "(ss)",
                                             "put-back", mash_entity_get_id (gone)));
  until (g_list_model_get_n_items (subjects) == n);
  back = g_list_model_get_item (subjects, n - 1);
  until (mash_entity_get_record (back) != NULL);
  g_assert_cmpstr (mash_entity_get_id (back), !=, mash_entity_get_id (gone));
  g_assert_cmpstr (mash_entity_get_text (back, "person"), ==,
                   mash_entity_get_text (gone, "person"));
  g_assert_cmpstr (mash_entity_get_text (back, "role"), ==, mash_entity_get_text (gone, "role"));
}

/* The tray’s clock and the first of the head are the same clock. */
static void
test_clock_agrees (Desk          *desk,
                   gconstpointer  data)
{
  g_autofree char *contact = scene_make_contact (desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) runs = NULL;
  g_autoptr (GObject) item = NULL;
  g_autofree char *type = NULL;
  gint64 due;

  desk_open_contact (desk, contact, NULL);
  mash_service_refresh_tray_async (desk->service, MASH_TRAY_FRONT_DOOR, NULL, desk_answered_cb,
                                   desk_call (desk));
  mash_service_refresh_tray_finish (desk->service, desk_wait (desk), &error);
  g_assert_no_error (error);
  item = g_list_model_get_item (mash_service_get_tray (desk->service, MASH_TRAY_FRONT_DOOR), 0);
  g_object_get (item, "clock-type", &type, "clock-due", &due, NULL);
  runs = mash_contact_clocks_list (desk->file, mash_service_get_policy (desk->service));
  g_assert_cmpuint (runs->len, >, 0);
  g_assert_cmpstr (g_array_index (runs, MashClockRun, 0).rule->id, ==, type);
  g_assert_cmpint (g_array_index (runs, MashClockRun, 0).due, ==, due);
}

/* A contact that was closed to whoever has it open goes from the screen, from under a cover too,
 * with what was opened from it and what was typed. */
static void
test_gone (Desk          *desk,
           gconstpointer  data)
{
  g_autoptr (MashContactFile) file = mash_service_new_contact (desk->service);
  g_autoptr (MashContactFile) left = NULL;
  g_autoptr (GError) error = NULL;
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (file));
  GtkWidget *copy;

  mash_window_show_file (desk->window, file);
  mash_entity_set_text (contact, "parents-view", "Mother says it was a fall.");
  mash_autosave_typed (MASH_CONTACT_PAGE (mash_window_get_page (desk->window))->autosave);
  copy = g_object_new (ADW_TYPE_WINDOW, "transient-for", desk->window, NULL);
  g_object_add_weak_pointer (G_OBJECT (copy), (gpointer *) &copy);
  gtk_window_present (GTK_WINDOW (copy));
  gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.cover", NULL);
  g_assert_true (mash_window_get_covered (desk->window));

  mash_contact_file_set_gone (file);
  until (!MASH_IS_CONTACT_PAGE (mash_window_get_page (desk->window)));
  until (copy == NULL);
  settle (desk->service);
  gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.cover", NULL);

  mash_service_find_unfinished_async (desk->service, desk_answered_cb, desk_call (desk));
  left = mash_service_find_unfinished_finish (desk->service, desk_wait (desk), &error);
  g_assert_no_error (error);
  g_assert_null (left);
}

/* A manager who alone has looked is told that there is nobody else, and who reads of them. */
static void
test_nobody_else_looked (Desk          *desk,
                         gconstpointer  data)
{
  g_autofree char *contact = scene_make_contact (desk);
  GtkWidget *tab;

  desk_open_contact (desk, contact, "access");
  tab = desk_await (desk->page, MASH_TYPE_ACCESS_TAB, NULL, NULL);
  until (desk_find_with (tab, GTK_TYPE_LABEL, "label", "Nobody else has looked yet") != NULL);
  desk_look_around (desk, "nobody-else-looked", NULL);
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/contact-page/tabs", Desk, "worker", desk_set_up, test_tabs, desk_tear_down);
  g_test_add ("/contact-page/room", Desk, "worker", desk_set_up, test_room, desk_tear_down);
  g_test_add ("/contact-page/grid", Desk, "worker", desk_set_up, test_grid, desk_tear_down);
  g_test_add ("/contact-page/gone", Desk, "worker", desk_set_up, test_gone, desk_tear_down);
  g_test_add ("/contact-page/nobody-else-looked", Desk, "manager", desk_set_up,
              test_nobody_else_looked, desk_tear_down);
  g_test_add ("/contact-page/put-back", Desk, "worker", desk_set_up, test_put_back, desk_tear_down);
  g_test_add ("/contact-page/clock-agrees", Desk, "worker", desk_set_up, test_clock_agrees,
              desk_tear_down);

  return g_test_run ();
}
