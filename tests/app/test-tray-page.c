/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "desk-fixture.h"
#include "mash-tray-bulk.h"
#include "mash-tray-line.h"
#include "mash-tray-narrow.h"

#define N_CONTACTS 12

/* Every fourth contact is Red. */
#define N_RED 3

/* The front door with a few contacts in it. */
typedef struct
{
  Desk       desk;
  MashGroup *arrival;   /* a contact that has yet to come in */
} Trays;

static void
make_contacts (StoreFixture *hub)
{
  static const char *const brags[] = { "R", "A", "G", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (mash_store_begin_bulk (hub->store, &error));
  for (guint i = 0; i < N_CONTACTS; i++)
    {
      g_autofree char *contact = store_fixture_contact (hub, "Sam", "Marsh", "2019-03-04");
      const char *brag = brags[i % G_N_ELEMENTS (brags)];

      if (brag != NULL)
        store_fixture_do (hub, "raise-brag", contact, "brag", brag, NULL);
    }
  g_assert_true (mash_store_end_bulk (hub->store, &error));
  store_fixture_sign_in (hub, "worker");
}

static gpointer
get_child (Trays      *trays,
           const char *name)
{
  return desk_part (trays->desk.window->tray_page, MASH_TYPE_TRAY_PAGE, name);
}

static GtkWidget *
get_view (Trays *trays)
{
  return get_child (trays, "view");
}

static GtkSelectionModel *
get_lines (Trays *trays)
{
  return gtk_column_view_get_model (GTK_COLUMN_VIEW (get_view (trays)));
}

static guint
count_lines (Trays *trays)
{
  GtkSelectionModel *lines = get_lines (trays);

  return lines != NULL ? g_list_model_get_n_items (G_LIST_MODEL (lines)) : 0;
}

static char *
dup_contact_at (Trays *trays,
                guint  position)
{
  g_autoptr (MashTrayLine) line = g_list_model_get_item (G_LIST_MODEL (get_lines (trays)),
                                                         position);

  return mash_tray_line_dup_contact (line);
}

static gboolean
is_at (Trays      *trays,
       guint       position,
       const char *contact)
{
  g_autofree char *there = dup_contact_at (trays, position);

  return g_strcmp0 (there, contact) == 0;
}

static void
set_up (Trays         *trays,
        gconstpointer  who)
{
  Desk *desk = &trays->desk;

  store_fixture_set_up (&desk->hub, NULL);
  make_contacts (&desk->hub);
  trays->arrival = store_fixture_new_contact (desk->hub.store, "Jo", "Reed", "2020-05-06");
  desk_open (desk, who);
  mash_window_show_tray (desk->window, MASH_TRAY_FRONT_DOOR);
  until (count_lines (trays) == N_CONTACTS);
  /* Nothing stays selected in a list that is being read again. */
  settle (desk->service);
}

static void
tear_down (Trays         *trays,
           gconstpointer  who)
{
  g_clear_pointer (&trays->arrival, mash_group_unref);
  desk_tear_down (&trays->desk, who);
}

/* What is selected stays where it is, and is the same contact, whatever comes in and changes. */
static void
test_steady (Trays         *trays,
             gconstpointer  who)
{
  GtkLabel *order = get_child (trays, "order_label");
  g_autofree char *chosen = dup_contact_at (trays, 4);
  g_autofree char *other = dup_contact_at (trays, N_CONTACTS - 1);
  g_autoptr (MashGroup) harm = mash_group_new ("mark-harm", other);

  gtk_selection_model_select_item (get_lines (trays), 4, TRUE);
  desk_submit (&trays->desk, trays->arrival);
  until (count_lines (trays) == N_CONTACTS + 1);
  desk_submit (&trays->desk, harm);
  until (strstr (gtk_label_get_label (order), "1 new since") != NULL);
  settle (trays->desk.service);

  g_assert_true (gtk_selection_model_is_selected (get_lines (trays), 4));
  g_assert_cmpuint (gtk_bitset_get_size (gtk_selection_model_get_selection (get_lines (trays))),
                    ==, 1);
  g_assert_true (is_at (trays, 4, chosen));
  g_assert_true (is_at (trays, N_CONTACTS - 1, other));

  /* Put in order when asked: the row that became urgent has moved, the selection with its own. */
  gtk_widget_activate_action (GTK_WIDGET (trays->desk.window->tray_page), "tray.sort-again", NULL);
  until (!is_at (trays, N_CONTACTS - 1, other));
  for (guint i = 0; i < count_lines (trays); i++)
    g_assert_cmpint (gtk_selection_model_is_selected (get_lines (trays), i), ==,
                     is_at (trays, i, chosen));
}

static gpointer
get_filter (Trays      *trays,
            const char *name)
{
  return desk_part (get_child (trays, "narrow"), MASH_TYPE_TRAY_NARROW, name);
}

static const char *
get_urgency (Trays *trays,
             guint  position)
{
  GListModel *urgencies = gtk_drop_down_get_model (get_filter (trays, "urgency"));

  return gtk_string_list_get_string (GTK_STRING_LIST (urgencies), position);
}

/* F opens the filters; each value says how many contacts have it, and that many are shown. */
static void
test_filter (Trays         *trays,
             gconstpointer  who)
{
  GtkMenuButton *button = get_filter (trays, "button");

  desk_press (get_view (trays), "f");
  until (gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (button))));
  until (g_strcmp0 (get_urgency (trays, 1), "Red, or in danger · 3") == 0);
  desk_take_picture (&trays->desk, "filters");

  gtk_drop_down_set_selected (get_filter (trays, "urgency"), 1);
  until (count_lines (trays) == N_RED);
  gtk_popover_popdown (gtk_menu_button_get_popover (button));
  desk_look_around (&trays->desk, "filtered", NULL);
  gtk_widget_activate_action (GTK_WIDGET (trays->desk.window->tray_page), "tray.show-all", NULL);
  until (count_lines (trays) == N_CONTACTS);
}

static gpointer
get_bulk (Trays      *trays,
          const char *name)
{
  return desk_part (get_child (trays, "bulk"), MASH_TYPE_TRAY_BULK, name);
}

static const char *
get_told (Trays *trays)
{
  return gtk_label_get_label (get_bulk (trays, "result"));
}

static guint
count_mine (Trays *trays)
{
  return mash_service_get_tray_count (trays->desk.service, MASH_TRAY_MINE);
}

/* Ctrl+A chooses all, the bar says how many; T takes them, and what was done can be undone. */
static void
test_bulk (Trays         *trays,
           gconstpointer  who)
{
  desk_press (get_view (trays), "<Control>a");
  g_assert_cmpuint (mash_tray_bulk_get_n_chosen (get_child (trays, "bulk")), ==, N_CONTACTS);
  desk_look_around (&trays->desk, "chosen", NULL);
  desk_press (get_view (trays), "t");
  until (*get_told (trays) != '\0');
  g_assert_cmpstr (get_told (trays), ==, "12 contacts were assigned.");
  until (count_mine (trays) == N_CONTACTS);
  desk_look_around (&trays->desk, "assigned", NULL);

  g_assert_true (gtk_widget_get_mapped (get_bulk (trays, "undo")));
  g_signal_emit_by_name (get_bulk (trays, "undo"), "clicked");
  until (*get_told (trays) != '\0');
  g_assert_cmpstr (get_told (trays), ==, "12 contacts are where they were.");
  until (count_mine (trays) == 0);
}

/* What may not be done is told by how many, which, and why; nothing is there to undo. */
static void
test_refused (Trays         *trays,
              gconstpointer  who)
{
  g_autoptr (MashTrayLine) line = NULL;
  g_autofree char *reference = NULL;

  desk_press (get_view (trays), "<Control>a");
  desk_press (get_view (trays), "t");
  until (*get_told (trays) != '\0');
  g_test_message ("%s", get_told (trays));
  g_assert_nonnull (strstr (get_told (trays), "0 contacts were assigned.\n12 were not: "));
  line = g_list_model_get_item (G_LIST_MODEL (get_lines (trays)), 0);
  g_object_get (line, "reference", &reference, NULL);
  g_assert_nonnull (strstr (get_told (trays), reference));
  g_assert_false (gtk_widget_get_visible (get_bulk (trays, "undo")));
  desk_look_around (&trays->desk, "refused", NULL);
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/tray-page/steady", Trays, "worker", set_up, test_steady, tear_down);
  g_test_add ("/tray-page/filter", Trays, "worker", set_up, test_filter, tear_down);
  g_test_add ("/tray-page/bulk", Trays, "worker", set_up, test_bulk, tear_down);
  g_test_add ("/tray-page/refused", Trays, "auditor", set_up, test_refused, tear_down);

  return g_test_run ();
}
