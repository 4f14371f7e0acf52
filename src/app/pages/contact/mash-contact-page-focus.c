/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-contact-page-private.h"

#include "mash-set-str.h"

/* A widget remembers which child the focus was in last; where that one is hidden now, the toolkit
 * would find nothing beside it. */
static void
focus_first (GtkWidget *place)
{
  GtkWidget *child;

  for (GtkWidget *widget = place; widget != NULL; widget = child)
    {
      child = gtk_widget_get_focus_child (widget);
      gtk_widget_set_focus_child (widget, NULL);
    }

  gtk_widget_child_focus (place, GTK_DIR_TAB_FORWARD);
}

static gboolean
on_frame_cb (GtkWidget     *widget,
             GdkFrameClock *clock,
             gpointer       unused)
{
  MashContactPage *self = MASH_CONTACT_PAGE (widget);
  GtkWidget *place = mash_deed_bar_is_open (self->deed_bar)
                     ? GTK_WIDGET (self->deed_bar) : gtk_stack_get_visible_child (self->stack);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (self->frames_to_wait-- > 0)
    return G_SOURCE_CONTINUE;

  self->focus_tick = 0;
  if (focus == NULL || !gtk_widget_is_ancestor (focus, place) || !gtk_widget_get_mapped (focus) ||
      !gtk_widget_is_sensitive (focus))
    focus_first (place);

  return G_SOURCE_REMOVE;
}

/**
 * mash_contact_page_follow_stage:
 * @self: the page
 *
 * Gives the keyboard to the first control of a new stage. With each stage other controls take the
 * place of those that had it, and the toolkit would hand it to whatever comes next in the window: a
 * toast. The new ones can have it when they have been laid out, in the frame after this one. Where
 * the next deed is being asked for by then, the keyboard is there and stays there.
 */
void
mash_contact_page_follow_stage (MashContactPage *self)
{
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (self->file));
  const char *state = mash_entity_get_text (contact, "state");

  if (!mash_set_str (&self->stage, state != NULL ? state : "C00"))
    return;

  self->frames_to_wait = 2;
  if (self->focus_tick == 0)
    self->focus_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_frame_cb, NULL, NULL);
}
