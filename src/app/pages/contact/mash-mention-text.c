/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-mention-text.h"

#include <string.h>

#include "mash-item.h"
#include "mash-person-list.h"

struct _MashMentionText
{
  AdwBin          parent_instance;

  GtkTextView    *view;
  GtkPopover     *popover;
  MashPersonList *people;

  GListModel     *staff;
  guint           filling : 1;
};

G_DEFINE_FINAL_TYPE (MashMentionText, mash_mention_text, ADW_TYPE_BIN)

enum
{
  TYPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkTextBuffer *
get_buffer (MashMentionText *self)
{
  return gtk_text_view_get_buffer (self->view);
}

/* What stands between the last “@” and the cursor, while it may still become a name. */
static gboolean
find_begun (MashMentionText *self,
            GtkTextIter     *start,
            GtkTextIter     *end)
{
  GtkTextBuffer *buffer = get_buffer (self);
  g_autofree char *between = NULL;
  GtkTextIter before;

  gtk_text_buffer_get_iter_at_mark (buffer, end, gtk_text_buffer_get_insert (buffer));
  *start = *end;
  if (!gtk_text_iter_backward_search (end, "@", 0, start, NULL, NULL))
    return FALSE;
  before = *start;
  if (gtk_text_iter_backward_char (&before) &&
      !g_unichar_isspace (gtk_text_iter_get_char (&before)))
    return FALSE;
  between = gtk_text_buffer_get_text (buffer, start, end, FALSE);

  return strpbrk (between, " \n\t") == NULL;
}

static void
offer (MashMentionText *self)
{
  GtkTextIter start, end;
  g_autofree char *part = NULL;
  GdkRectangle at;
  double x, y;

  if (self->filling || !find_begun (self, &start, &end))
    {
      gtk_popover_popdown (self->popover);
      return;
    }

  part = gtk_text_buffer_get_text (get_buffer (self), &start, &end, FALSE);
  mash_person_list_set_text (self->people, part + 1);
  gtk_text_view_get_iter_location (self->view, &start, &at);
  gtk_text_view_buffer_to_window_coords (self->view, GTK_TEXT_WINDOW_WIDGET, at.x, at.y, &at.x,
                                         &at.y);
  gtk_widget_translate_coordinates (GTK_WIDGET (self->view), GTK_WIDGET (self), at.x, at.y, &x, &y);
  at.x = (int) x;
  at.y = (int) y;
  gtk_popover_set_pointing_to (self->popover, &at);
  gtk_popover_popup (self->popover);
}

static void
on_changed_cb (MashMentionText *self)
{
  offer (self);
  g_signal_emit (self, signals[TYPED], 0);
}

static void
on_picked_cb (MashMentionText *self,
              const char      *staff,
              const char      *name)
{
  GtkTextIter start, end;
  g_autofree char *words = g_strdup_printf ("@%s ", name);

  if (!find_begun (self, &start, &end))
    return;

  self->filling = TRUE;
  gtk_text_buffer_delete (get_buffer (self), &start, &end);
  gtk_text_buffer_insert (get_buffer (self), &start, words, -1);
  self->filling = FALSE;
  gtk_popover_popdown (self->popover);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static gboolean
on_key_cb (MashMentionText *self,
           guint            key)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    return GDK_EVENT_PROPAGATE;

  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_Down:
      mash_person_list_move (self->people, key == GDK_KEY_Up ? -1 : 1);
      return GDK_EVENT_STOP;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_Tab:
      return mash_person_list_pick (self->people);

    case GDK_KEY_Escape:
      gtk_popover_popdown (self->popover);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
mash_mention_text_dispose (GObject *object)
{
  MashMentionText *self = MASH_MENTION_TEXT (object);

  g_clear_object (&self->staff);
  g_clear_pointer ((GtkWidget **) &self->popover, gtk_widget_unparent);

  G_OBJECT_CLASS (mash_mention_text_parent_class)->dispose (object);
}

static void
mash_mention_text_class_init (MashMentionTextClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_mention_text_dispose;

  signals[TYPED] = g_signal_new ("typed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MASH_TYPE_PERSON_LIST);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-mention-text.ui");
  gtk_widget_class_bind_template_child (widget_class, MashMentionText, view);
  gtk_widget_class_bind_template_child (widget_class, MashMentionText, popover);
  gtk_widget_class_bind_template_child (widget_class, MashMentionText, people);
  gtk_widget_class_bind_template_callback (widget_class, on_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_cb);
}

static void
mash_mention_text_init (MashMentionText *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
  mash_person_list_set_search_visible (self->people, FALSE);
  g_signal_connect_object (get_buffer (self), "changed", G_CALLBACK (on_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * mash_mention_text_set_staff:
 * @self: a text
 * @staff: (nullable): the posts of the hub, MashStaffItem
 */
void
mash_mention_text_set_staff (MashMentionText *self,
                             GListModel      *staff)
{
  g_return_if_fail (MASH_IS_MENTION_TEXT (self));

  if (g_set_object (&self->staff, staff))
    mash_person_list_set_staff (self->people, staff);
}

char *
mash_mention_text_dup_text (MashMentionText *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (MASH_IS_MENTION_TEXT (self), NULL);

  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);

  return gtk_text_buffer_get_text (get_buffer (self), &start, &end, FALSE);
}

void
mash_mention_text_set_text (MashMentionText *self,
                            const char      *text)
{
  g_return_if_fail (MASH_IS_MENTION_TEXT (self));

  self->filling = TRUE;
  gtk_text_buffer_set_text (get_buffer (self), text != NULL ? text : "", -1);
  self->filling = FALSE;
}

/**
 * mash_mention_text_list_mentions:
 * @self: a text
 *
 * Returns: (transfer full) (element-type utf8): ids of the members of staff whose names stand in
 *   the text behind an “@”, each once
 */
GPtrArray *
mash_mention_text_list_mentions (MashMentionText *self)
{
  GPtrArray *mentions = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;

  g_return_val_if_fail (MASH_IS_MENTION_TEXT (self), mentions);

  text = mash_mention_text_dup_text (self);
  for (guint i = 0; self->staff != NULL && i < g_list_model_get_n_items (self->staff); i++)
    {
      g_autoptr (MashItem) item = g_list_model_get_item (self->staff, i);
      g_autofree char *staff = NULL;
      g_autofree char *name = NULL;
      g_autofree char *mention = NULL;

      g_object_get (item, "staff", &staff, "name", &name, NULL);
      mention = g_strconcat ("@", name, NULL);
      if (strstr (text, mention) != NULL &&
          !g_ptr_array_find_with_equal_func (mentions, staff, g_str_equal, NULL))
        g_ptr_array_add (mentions, g_steal_pointer (&staff));
    }

  return mentions;
}
