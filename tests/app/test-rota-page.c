/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "desk-fixture.h"
#include "mash-item.h"
#include "mash-rota-page.h"

/* Who is on duty: set by a manager, and what follows from it for those who assign. */

static gpointer
open_rota (Desk *desk)
{
  gtk_widget_activate_action (GTK_WIDGET (desk->window), "win.rota", NULL);
  until (desk_find (desk->window, MASH_TYPE_ROTA_PAGE) != NULL &&
         desk_find (desk_find (desk->window, MASH_TYPE_ROTA_PAGE), GTK_TYPE_CHECK_BUTTON) != NULL);

  return desk_find (desk->window, MASH_TYPE_ROTA_PAGE);
}

/* One of the two ticks of a colleague. */
static GtkCheckButton *
find_tick (gpointer    page,
           const char *name,
           const char *half)
{
  GtkWidget *row = desk_find_with (page, ADW_TYPE_ACTION_ROW, "title", name);

  g_assert_nonnull (row);

  return GTK_CHECK_BUTTON (desk_find_with (row, GTK_TYPE_CHECK_BUTTON, "label", half));
}

static gboolean
is_on_duty (Desk       *desk,
            const char *staff)
{
  GListModel *list = mash_service_get_staff (desk->service);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (list, i);
      g_autofree char *id = NULL;
      gboolean on_duty;

      g_object_get (item, "staff", &id, "on-duty", &on_duty, NULL);
      if (g_strcmp0 (id, staff) == 0)
        return on_duty;
    }

  return FALSE;
}

static gboolean
notes (gpointer    page,
       const char *words)
{
  GtkLabel *note = desk_part (page, MASH_TYPE_ROTA_PAGE, "note");

  return gtk_widget_get_visible (GTK_WIDGET (note)) &&
         strstr (gtk_label_get_text (note), words) != NULL;
}

/* While nobody is entered the posts count; once somebody is, only who is entered does. */
static void
test_sets (Desk          *desk,
           gconstpointer  data)
{
  gpointer page = open_rota (desk);

  until (notes (page, "Nobody is entered for this day"));
  g_assert_true (is_on_duty (desk, desk->hub.worker));
  g_assert_true (is_on_duty (desk, desk->hub.officer));

  gtk_check_button_set_active (find_tick (page, "Aled Sorrel", "Morning"), TRUE);
  until (notes (page, "Nobody is entered for the afternoon"));
  gtk_check_button_set_active (find_tick (page, "Aled Sorrel", "Afternoon"), TRUE);
  until (!gtk_widget_get_visible (desk_part (page, MASH_TYPE_ROTA_PAGE, "note")));
  until (!is_on_duty (desk, desk->hub.officer));
  g_assert_true (is_on_duty (desk, desk->hub.worker));
  desk_take_picture (desk, "rota");

  gtk_check_button_set_active (find_tick (page, "Aled Sorrel", "Morning"), FALSE);
  gtk_check_button_set_active (find_tick (page, "Aled Sorrel", "Afternoon"), FALSE);
  until (is_on_duty (desk, desk->hub.officer));
}

/* Another day has its own entries, and those of this one are still there on coming back. */
static void
test_days (Desk          *desk,
           gconstpointer  data)
{
  gpointer page = open_rota (desk);

  gtk_check_button_set_active (find_tick (page, "Aled Sorrel", "Morning"), TRUE);
  until (notes (page, "for the afternoon"));
  gtk_widget_activate_action (page, "rota.later", NULL);
  until (notes (page, "Nobody is entered for this day"));
  gtk_widget_activate_action (page, "rota.earlier", NULL);
  until (notes (page, "for the afternoon"));
  g_assert_true (gtk_check_button_get_active (find_tick (page, "Aled Sorrel", "Morning")));
}

/* Others look, and are told whom to ask. */
static void
test_looks (Desk          *desk,
            gconstpointer  data)
{
  gpointer page = open_rota (desk);

  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (find_tick (page, "Aled Sorrel",
                                                                  "Morning"))));
  g_assert_true (gtk_widget_get_visible (desk_part (page, MASH_TYPE_ROTA_PAGE, "reason")));
}

int
main (int   argc,
      char *argv[])
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/rota-page/sets", Desk, "manager", desk_set_up, test_sets, desk_tear_down);
  g_test_add ("/rota-page/days", Desk, "manager", desk_set_up, test_days, desk_tear_down);
  g_test_add ("/rota-page/looks", Desk, "worker", desk_set_up, test_looks, desk_tear_down);

  return g_test_run ();
}
