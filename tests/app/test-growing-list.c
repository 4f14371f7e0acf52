/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list that grows shows what the list behind it begins with, whatever happens to that one, and
 * tells of every change: a view that goes by what it is told has the same rows. */

#include "config.h"

#include <adwaita.h>

#include "mash-growing-list.h"
#include "rest.h"

#define N_ROWS   500
#define A_SCREEN 24

typedef struct
{
  GtkWidget       *window;
  GtkStringList   *rows;
  MashGrowingList *list;
  GPtrArray       *told;     /* the rows as a view would have them */
} Growth;

static void
on_items_changed_cb (Growth *growth,
                     guint   position,
                     guint   removed,
                     guint   added)
{
  if (removed > 0)
    g_ptr_array_remove_range (growth->told, position, removed);
  for (guint i = position; i < position + added; i++)
    g_ptr_array_insert (growth->told, (int) i,
                        g_list_model_get_item (G_LIST_MODEL (growth->list), i));
}

static guint
count (Growth *growth)
{
  return g_list_model_get_n_items (G_LIST_MODEL (growth->list));
}

static void
check (Growth *growth)
{
  g_assert_cmpuint (growth->told->len, ==, count (growth));
  g_assert_cmpuint (count (growth), <=, g_list_model_get_n_items (G_LIST_MODEL (growth->rows)));
  for (guint i = 0; i < count (growth); i++)
    {
      g_autoptr (GObject) row = g_list_model_get_item (G_LIST_MODEL (growth->rows), i);

      g_assert_true (g_ptr_array_index (growth->told, i) == row);
    }
}

static void
splice (Growth *growth,
        guint   position,
        guint   removed,
        guint   added)
{
  g_auto (GStrv) words = g_new0 (char *, added + 1);

  for (guint i = 0; i < added; i++)
    words[i] = g_strdup_printf ("Row %u", i);
  gtk_string_list_splice (growth->rows, position, removed, (const char *const *) words);
  check (growth);
}

static void
set_up (Growth        *growth,
        gconstpointer  data)
{
  GtkWidget *view = gtk_list_view_new (NULL, NULL);

  growth->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (growth->window), view);
  growth->rows = gtk_string_list_new (NULL);
  growth->list = mash_growing_list_new (G_LIST_MODEL (g_object_ref (growth->rows)), view);
  growth->told = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_swapped (growth->list, "items-changed", G_CALLBACK (on_items_changed_cb),
                            growth);
}

static void
tear_down (Growth        *growth,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (growth->window));
  g_signal_handlers_disconnect_by_data (growth->list, growth);
  g_ptr_array_unref (growth->told);
  g_assert_finalize_object (growth->list);
  g_assert_finalize_object (growth->rows);
}

/* A short list is whole at once; a long one when it has been on the screen, and stays it when its
 * rows are put in another order. Filled anew it begins again. */
static void
test_grow (Growth        *growth,
           gconstpointer  data)
{
  splice (growth, 0, 0, A_SCREEN);
  g_assert_cmpuint (count (growth), ==, A_SCREEN);
  splice (growth, 0, A_SCREEN, 0);

  splice (growth, 0, 0, N_ROWS);
  g_assert_cmpuint (count (growth), ==, A_SCREEN);
  gtk_window_present (GTK_WINDOW (growth->window));
  until (count (growth) == N_ROWS);
  check (growth);

  splice (growth, 0, N_ROWS, N_ROWS);
  g_assert_cmpuint (count (growth), ==, N_ROWS);
  splice (growth, 0, N_ROWS, 0);
  splice (growth, 0, 0, N_ROWS);
  g_assert_cmpuint (count (growth), ==, A_SCREEN);
}

/* Rows come and go on both sides of the edge while the rest is awaited, and after. */
static void
test_change (Growth        *growth,
             gconstpointer  data)
{
  static const guint changes[][3] = {
    { 3, 1, 0 }, { 3, 0, 1 }, { 23, 1, 1 }, { 20, 8, 2 }, { 24, 1, 0 }, { 100, 5, 0 },
    { 100, 0, 7 }, { 0, 2, 30 }, { 10, 400, 0 },
  };

  for (guint finished = 0; finished < 2; finished++)
    {
      splice (growth, 0, g_list_model_get_n_items (G_LIST_MODEL (growth->rows)), 0);
      splice (growth, 0, 0, N_ROWS);
      if (finished > 0)
        mash_growing_list_finish (growth->list);
      for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
        {
          splice (growth, changes[i][0], changes[i][1], changes[i][2]);
          g_assert_cmpuint (count (growth), ==,
                            finished > 0 ? g_list_model_get_n_items (G_LIST_MODEL (growth->rows))
                                         : A_SCREEN);
        }
    }

  /* Down to less than a screen, where there is no more to come. */
  splice (growth, 5, g_list_model_get_n_items (G_LIST_MODEL (growth->rows)) - 10, 0);
  g_assert_cmpuint (count (growth), ==, 10);
}

/* Whoever chooses all of them does not wait. */
static void
test_finish (Growth        *growth,
             gconstpointer  data)
{
  mash_growing_list_finish (growth->list);
  splice (growth, 0, 0, N_ROWS);
  g_assert_cmpuint (count (growth), ==, A_SCREEN);
  mash_growing_list_finish (growth->list);
  g_assert_cmpuint (count (growth), ==, N_ROWS);
  check (growth);
}

int
main (int    argc,
      char **argv)
{
  if (!gtk_init_check ())
    return 77;

  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/growing-list/grow", Growth, NULL, set_up, test_grow, tear_down);
  g_test_add ("/growing-list/change", Growth, NULL, set_up, test_change, tear_down);
  g_test_add ("/growing-list/finish", Growth, NULL, set_up, test_finish, tear_down);

  return g_test_run ();
}
