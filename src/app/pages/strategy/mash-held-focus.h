/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Keeps the keyboard where it is while a list is drawn anew: on the button that does the same, else
 * in the row that has taken the place of the one that had it.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  GtkWidget *list;
  char      *target;   /* what the button was for that had the focus */
  int        place;    /* of the row that had it, -1 where none had */
} MashHeldFocus;

MashHeldFocus mash_held_focus_take (GtkWidget     *list) G_GNUC_WARN_UNUSED_RESULT;
void          mash_held_focus_give (MashHeldFocus *self);

G_END_DECLS
