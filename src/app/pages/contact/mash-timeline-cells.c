/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-timeline-cells.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-contact-part.h"
#include "mash-text.h"
#include "mash-timeline-words.h"

static char *
name_day (GObject    *item,
          gint64      at,
          const char *precision)
{
  GtkWidget *page = mash_contact_part_find_for_item (item, MASH_TYPE_PAGE);

  if (at == 0)
    return g_strdup ("");

  return mash_timeline_words_day (at, precision,
                                  page != NULL ? mash_page_get_now (MASH_PAGE (page)) : 0);
}

static char *
name_hour (GObject    *item,
           gint64      at,
           const char *precision)
{
  return mash_timeline_words_hour (at, precision);
}

static char *
name_moment (GObject    *item,
             gint64      at,
             const char *precision)
{
  return mash_timeline_words_moment (at, precision);
}

static char *
name_significance (GObject    *item,
                   const char *significance)
{
  return significance != NULL ? mash_timeline_words_sign (significance) : g_strdup ("");
}

static char **
style_significance (GObject    *item,
                    const char *significance)
{
  const char *const classes[] = { "mash-significance",
                                  significance != NULL ? significance : "routine", NULL };

  return g_strdupv ((char **) classes);
}

/* A row as a screen reader says it: the date comes first. */
static char *
name_entry (GObject    *item,
            gint64      at,
            const char *precision,
            const char *significance,
            const char *headline,
            const char *who,
            const char *voided)
{
  g_autofree char *moment = mash_timeline_words_moment (at, precision);

  /* Translators: a date, how grave it is, what happened, to whom. */
  return g_strdup_printf (voided != NULL ? _("%s, withdrawn, %s, %s, %s") : _("%s, %s, %s, %s"),
                          moment, mash_timeline_words_significance (significance),
                          headline != NULL ? headline : "", who != NULL ? who : "");
}

static char *
show_text (GObject    *item,
           const char *text)
{
  return mash_text_dup_visible (text != NULL ? text : "");
}

static char *
show_headline (GObject    *item,
               const char *headline,
               const char *voided)
{
  g_autofree char *visible = mash_text_dup_visible (headline != NULL ? headline : "");

  return voided != NULL ? g_strdup_printf (_("Withdrawn: %s"), visible)
                        : g_steal_pointer (&visible);
}

/* What is grave has weight, what is routine has none, what was withdrawn is struck out. */
static char **
style_headline (GObject    *item,
                const char *significance,
                const char *voided)
{
  const char *const classes[] = {
    voided != NULL ? "mash-struck"
    : g_strcmp0 (significance, "critical") == 0 ? "mash-strong" : "mash-plain",
    NULL
  };

  return g_strdupv ((char **) classes);
}

/* The first line of it; the whole stands in the pane. */
static char *
show_line (GObject    *item,
           const char *text)
{
  g_autofree char *line = text != NULL ? g_strndup (text, strcspn (text, "\n")) : NULL;

  return mash_text_dup_visible (line != NULL ? line : "");
}

/**
 * mash_timeline_cells_bind:
 * @widget_class: the class in whose template the list stands
 *
 * Binds the functions that the files of the cells name.
 */
void
mash_timeline_cells_bind (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, name_day);
  gtk_widget_class_bind_template_callback (widget_class, name_hour);
  gtk_widget_class_bind_template_callback (widget_class, name_moment);
  gtk_widget_class_bind_template_callback (widget_class, name_significance);
  gtk_widget_class_bind_template_callback (widget_class, style_significance);
  gtk_widget_class_bind_template_callback (widget_class, name_entry);
  gtk_widget_class_bind_template_callback (widget_class, show_text);
  gtk_widget_class_bind_template_callback (widget_class, show_headline);
  gtk_widget_class_bind_template_callback (widget_class, style_headline);
  gtk_widget_class_bind_template_callback (widget_class, show_line);
}
