/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-label.h"

/**
 * mash_label_new_wrapped:
 * @words: (nullable): what it says
 * @style: its style class
 *
 * Returns: (transfer floating): a label of as many lines as its words need, from the left
 */
GtkWidget *
mash_label_new_wrapped (const char *words,
                        const char *style)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);

  return label;
}
