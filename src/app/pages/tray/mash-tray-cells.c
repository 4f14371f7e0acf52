/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tray-cells.h"

#include "mash-cell.h"
#include "mash-clock-label.h"
#include "mash-tag.h"
#include "mash-tray-line.h"
#include "mash-urgency-chip.h"
#include "mash-words.h"

static GStrv
style_missing (gpointer unused,
               gboolean incomplete)
{
  const char *const dim[] = { "mash-second", NULL };
  const char *const missing[] = { "mash-second", "mash-missing", NULL };

  return g_strdupv ((GStrv) (incomplete ? missing : dim));
}

static GStrv
style_with (gpointer unused,
            gboolean unassigned)
{
  const char *const plain[] = { NULL };
  const char *const strong[] = { "mash-strong", NULL };

  return g_strdupv ((GStrv) (unassigned ? strong : plain));
}

static char *
speak_urgency (gpointer    unused,
               const char *brag)
{
  return mash_words_urgency (brag);
}

/**
 * mash_tray_cells_bind:
 * @page_class: the class of the page with the table, which has its template
 */
void
mash_tray_cells_bind (GtkWidgetClass *page_class)
{
  g_return_if_fail (GTK_IS_WIDGET_CLASS (page_class));

  g_type_ensure (MASH_TYPE_CELL);
  g_type_ensure (MASH_TYPE_CLOCK_LABEL);
  g_type_ensure (MASH_TYPE_TAG);
  g_type_ensure (MASH_TYPE_TRAY_LINE);
  g_type_ensure (MASH_TYPE_URGENCY_CHIP);

  gtk_widget_class_bind_template_callback (page_class, style_missing);
  gtk_widget_class_bind_template_callback (page_class, style_with);
  gtk_widget_class_bind_template_callback (page_class, speak_urgency);
}
