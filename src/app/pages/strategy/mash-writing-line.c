/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-writing-line.h"

/* What is longer is cut where there is no more room; the tooltip has all of it. */
#define ROOM_CHARS 18

struct _MashWritingLine
{
  AdwBin     parent_instance;

  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (MashWritingLine, mash_writing_line, ADW_TYPE_BIN)

static void
mash_writing_line_class_init (MashWritingLineClass *klass)
{
}

static void
mash_writing_line_init (MashWritingLine *self)
{
  self->label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                              "xalign", 0., "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END,
                              "width-chars", ROOM_CHARS, "max-width-chars", ROOM_CHARS, NULL);
  gtk_widget_add_css_class (self->label, "mash-second");
  adw_bin_set_child (ADW_BIN (self), self->label);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * mash_writing_line_say:
 * @self: a line
 * @words: (nullable): who is here; empty for nobody, and %NULL where nobody could be, which takes
 *   no room
 */
void
mash_writing_line_say (MashWritingLine *self,
                       const char      *words)
{
  g_return_if_fail (MASH_IS_WRITING_LINE (self));

  gtk_widget_set_visible (GTK_WIDGET (self), words != NULL);
  if (words == NULL)
    words = "";
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->label)), words) == 0)
    return;

  gtk_label_set_text (GTK_LABEL (self->label), words);
  gtk_widget_set_tooltip_text (self->label, *words != '\0' ? words : NULL);
}

/**
 * mash_writing_line_say_beside:
 * @self: a line in the same box as @heading and behind it
 * @heading: a heading, which is wrapped only where there is no room for all of it
 * @words: (nullable): as mash_writing_line_say() has them
 *
 * The line takes the room that the heading leaves.
 */
void
mash_writing_line_say_beside (MashWritingLine *self,
                              GtkLabel        *heading,
                              const char      *words)
{
  g_return_if_fail (MASH_IS_WRITING_LINE (self) && GTK_IS_LABEL (heading));

  gtk_widget_set_hexpand (GTK_WIDGET (heading), words == NULL);
  gtk_label_set_natural_wrap_mode (heading, words == NULL ? GTK_NATURAL_WRAP_INHERIT
                                                          : GTK_NATURAL_WRAP_NONE);
  mash_writing_line_say (self, words);
}
