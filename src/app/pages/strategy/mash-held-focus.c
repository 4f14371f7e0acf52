/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-held-focus.h"

static char *
dup_target (GtkWidget *widget)
{
  GVariant *target = GTK_IS_ACTIONABLE (widget)
    ? gtk_actionable_get_action_target_value (GTK_ACTIONABLE (widget)) : NULL;

  return target != NULL ? g_variant_print (target, FALSE) : NULL;
}

/**
 * mash_held_focus_take:
 * @list: a widget whose children are about to be drawn anew
 *
 * Returns: what had the focus in it, to be given to mash_held_focus_give() afterwards, once
 */
MashHeldFocus
mash_held_focus_take (GtkWidget *list)
{
  GtkRoot *root = gtk_widget_get_root (list);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  MashHeldFocus self = { list, NULL, -1 };
  int place = 0;

  if (focus == NULL || focus == list || !gtk_widget_is_ancestor (focus, list))
    return self;

  self.target = dup_target (focus);
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row), place++)
    if (row == focus || gtk_widget_is_ancestor (focus, row))
      self.place = place;

  return self;
}

static GtkWidget *
find_target (GtkWidget  *widget,
             const char *target)
{
  g_autofree char *held = dup_target (widget);

  if (g_strcmp0 (held, target) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_target (child, target);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* The row in that place, or the last one where there are fewer now. */
static GtkWidget *
find_place (MashHeldFocus *self)
{
  GtkWidget *row = gtk_widget_get_first_child (self->list);

  for (int i = 0; i < self->place && row != NULL && gtk_widget_get_next_sibling (row) != NULL; i++)
    row = gtk_widget_get_next_sibling (row);

  return row;
}

void
mash_held_focus_give (MashHeldFocus *self)
{
  g_autofree char *target = g_steal_pointer (&self->target);
  GtkWidget *same = self->place >= 0 && target != NULL ? find_target (self->list, target) : NULL;
  GtkWidget *row = self->place >= 0 ? find_place (self) : NULL;

  if (same != NULL && gtk_widget_grab_focus (same))
    return;
  if (row != NULL && !gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (row);
}
