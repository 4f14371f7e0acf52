/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-grid-keys.h"

#include <math.h>

#include "mash-field-input.h"

typedef struct
{
  GtkWidget *input;
  float      x;
  float      y;
} Place;

static void
collect (GtkWidget *grid,
         GtkWidget *widget,
         GArray    *places)
{
  if (MASH_IS_FIELD_INPUT (widget))
    {
      graphene_rect_t bounds;

      if (gtk_widget_get_mapped (widget) && gtk_widget_compute_bounds (widget, grid, &bounds))
        {
          Place place = { widget, bounds.origin.x, bounds.origin.y };

          g_array_append_val (places, place);
        }
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (grid, child, places);
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *left = a;
  const Place *right = b;

  if (fabsf (left->y - right->y) > 8)
    return left->y < right->y ? -1 : 1;

  return left->x < right->x ? -1 : left->x > right->x;
}

static GArray *
list_places (GtkWidget *grid)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));

  collect (grid, grid, places);
  g_array_sort (places, compare_places);

  return places;
}

static guint
find_focus (GtkWidget *grid,
            GArray    *places)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (grid));
  GtkWidget *input = focus != NULL ? gtk_widget_get_ancestor (focus, MASH_TYPE_FIELD_INPUT) : NULL;

  for (guint i = 0; input != NULL && i < places->len; i++)
    if (g_array_index (places, Place, i).input == input)
      return i;

  return G_MAXUINT;
}

static gboolean
focus_place (GArray *places,
             guint   i)
{
  return i < places->len && gtk_widget_grab_focus (g_array_index (places, Place, i).input);
}

/* Finds the place above or below @from: the nearest line that way with the same left edge. */
static guint
find_along (GArray *places,
            guint   from,
            int     step)
{
  float x = g_array_index (places, Place, from).x;

  for (gint64 i = (gint64) from + step; i >= 0 && i < places->len; i += step)
    if (fabsf (g_array_index (places, Place, i).x - x) < 8)
      return (guint) i;

  return G_MAXUINT;
}

static gboolean
go_down (GtkWidget  *grid,
         GArray     *places,
         guint       from,
         const char *add_action)
{
  guint below = find_along (places, from, 1);

  if (below != G_MAXUINT)
    return focus_place (places, below);
  if (add_action != NULL)
    gtk_widget_activate_action (grid, add_action, NULL);

  return TRUE;
}

static gboolean
on_key_cb (GtkEventController *controller,
           guint               keyval,
           guint               keycode,
           GdkModifierType     state,
           const char         *add_action)
{
  GtkWidget *grid = gtk_event_controller_get_widget (controller);
  g_autoptr (GArray) places = list_places (grid);
  guint from = find_focus (grid, places);
  gboolean in_text = GTK_IS_TEXT (gtk_root_get_focus (gtk_widget_get_root (grid)));

  if (from == G_MAXUINT || state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Tab:
      return focus_place (places, from + 1);

    case GDK_KEY_ISO_Left_Tab:
      return from > 0 && focus_place (places, from - 1);

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      /* In a drop-down Enter opens the list, as everywhere. */
      return in_text && go_down (grid, places, from, add_action);

    case GDK_KEY_Down:
      return in_text && focus_place (places, find_along (places, from, 1));

    case GDK_KEY_Up:
      return in_text && focus_place (places, find_along (places, from, -1));

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/**
 * mash_grid_keys_install:
 * @grid: a table whose cells are #MashFieldInput
 * @add_action: (nullable): static name of the action that adds a line
 */
void
mash_grid_keys_install (GtkWidget  *grid,
                        const char *add_action)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (on_key_cb), (gpointer) add_action);
  gtk_widget_add_controller (grid, controller);
}

/**
 * mash_grid_keys_focus_last:
 * @grid: a table whose cells are #MashFieldInput
 *
 * Puts the focus into the first cell of the last line.
 */
void
mash_grid_keys_focus_last (GtkWidget *grid)
{
  g_autoptr (GArray) places = list_places (grid);
  float bottom = places->len > 0 ? g_array_index (places, Place, places->len - 1).y : 0;

  for (guint i = 0; i < places->len; i++)
    if (fabsf (g_array_index (places, Place, i).y - bottom) <= 8)
      {
        focus_place (places, i);
        return;
      }
}
