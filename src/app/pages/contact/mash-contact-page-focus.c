/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-contact-page-private.h"

#include "mash-focus-first.h"
#include "mash-set-str.h"

static gboolean
can_take_focus (GtkWidget *widget,
                GtkWidget *place)
{
  return widget != NULL && gtk_widget_is_ancestor (widget, place) &&
         gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget);
}

static void
lead_into (MashContactPage *self,
           GtkWidget       *place)
{
  GtkWidget *asked_at = self->asked_at;

  g_clear_weak_pointer (&self->asked_at);
  if (can_take_focus (asked_at, place) && gtk_widget_grab_focus (asked_at))
    return;

  if (place != GTK_WIDGET (self->strategy) || !mash_strategy_tab_go_on (self->strategy))
    mash_focus_first (place);
}

static gboolean
on_frame_cb (GtkWidget     *widget,
             GdkFrameClock *clock,
             gpointer       unused)
{
  MashContactPage *self = MASH_CONTACT_PAGE (widget);
  GtkWidget *place = mash_deed_bar_is_open (self->deed_bar)
                     ? GTK_WIDGET (self->deed_bar) : gtk_stack_get_visible_child (self->stack);

  if (self->frames_to_wait-- > 0)
    return G_SOURCE_CONTINUE;

  self->focus_tick = 0;
  if (self->wanted > 0)
    mash_strategy_tab_go_section (self->strategy, self->wanted - 1);
  else if (!can_take_focus (gtk_root_get_focus (gtk_widget_get_root (widget)), place))
    lead_into (self, place);
  self->wanted = 0;

  return G_SOURCE_REMOVE;
}

static void
queue_focus (MashContactPage *self)
{
  self->frames_to_wait = 2;
  if (self->focus_tick == 0)
    self->focus_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_frame_cb, NULL, NULL);
}

/* The contact goes on from one state to the next, and so does a discussion of it. */
static char *
dup_stage (MashContactPage *self)
{
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (self->file));
  const char *state = mash_entity_get_text (contact, "state");
  const char *held = mash_strategy_part_get_state (MASH_STRATEGY_PART (self->strategy));

  return g_strdup_printf ("%s %s", state != NULL ? state : "C00", held != NULL ? held : "");
}

/**
 * mash_contact_page_show_discussion:
 * @self: the page
 * @discussion: the id of one of the contact’s strategy discussions
 * @section: `actions` or `signing`
 *
 * Shows the discussion, and leads the keyboard to that part of it.
 */
void
mash_contact_page_show_discussion (MashContactPage *self,
                                   const char      *discussion,
                                   const char      *section)
{
  g_return_if_fail (MASH_IS_CONTACT_PAGE (self));
  g_return_if_fail (discussion != NULL);

  mash_contact_page_set_tab (self, "strategy");
  gtk_widget_activate_action (GTK_WIDGET (self->strategy), "strategy.show", "s", discussion);
  self->wanted = g_strcmp0 (section, "signing") == 0 ? MASH_STRATEGY_SIGNING
                                                     : MASH_STRATEGY_ACTIONS;
  queue_focus (self);
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
  g_autofree char *stage = dup_stage (self);

  if (mash_set_str (&self->stage, stage))
    queue_focus (self);
}

/**
 * mash_contact_page_note_focus:
 * @self: the page
 *
 * Remembers where the keyboard is, to go back there when the bar under the head closes.
 */
void
mash_contact_page_note_focus (MashContactPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->deed_bar)))
    g_set_weak_pointer (&self->asked_at, focus);
}

/**
 * mash_contact_page_give_back_focus:
 * @self: the page
 *
 * The bar closed: leads the keyboard back to where it was asked for, or where that is gone, to the
 * first control of what is shown.
 */
void
mash_contact_page_give_back_focus (MashContactPage *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->deed_bar)) &&
      gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    queue_focus (self);
}
