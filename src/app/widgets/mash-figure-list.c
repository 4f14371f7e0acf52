/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-figure-list.h"

#include "mash-weekly.h"
#include "mash-words.h"

#define GAP 12

struct _MashFigureList
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (MashFigureList, mash_figure_list, GTK_TYPE_WIDGET)

static GtkWidget *
make_label (const char *words,
            float       xalign,
            const char *css)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);

  return label;
}

/**
 * mash_figure_list_clear:
 * @self: a list
 *
 * Takes every line away.
 */
void
mash_figure_list_clear (MashFigureList *self)
{
  GtkWidget *line;

  g_return_if_fail (MASH_IS_FIGURE_LIST (self));

  while ((line = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (line);
}

/**
 * mash_figure_list_add:
 * @self: a list
 * @words: what is counted
 * @detail: (nullable): what stands quietly between the words and the figure
 * @figure: how many
 *
 * Adds a line at the end.
 */
void
mash_figure_list_add (MashFigureList *self,
                      const char     *words,
                      const char     *detail,
                      guint           figure)
{
  g_autofree char *number = mash_figure_dup_number (figure);
  g_autofree char *spoken = mash_words_join (", ", words, detail, number, NULL);
  GtkWidget *line, *label;

  g_return_if_fail (MASH_IS_FIGURE_LIST (self));
  g_return_if_fail (words != NULL);

  line = g_object_new (GTK_TYPE_BOX, "spacing", GAP,
                       "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  label = make_label (words, 0, NULL);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  if (detail != NULL)
    gtk_box_append (GTK_BOX (line), make_label (detail, 1, "mash-second"));
  gtk_box_append (GTK_BOX (line), make_label (number, 1, "numeric"));
  gtk_widget_insert_before (line, GTK_WIDGET (self), NULL);
}

static void
mash_figure_list_dispose (GObject *object)
{
  mash_figure_list_clear (MASH_FIGURE_LIST (object));

  G_OBJECT_CLASS (mash_figure_list_parent_class)->dispose (object);
}

static void
mash_figure_list_class_init (MashFigureListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_figure_list_dispose;

  gtk_widget_class_set_css_name (widget_class, "mash-figure-list");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
mash_figure_list_init (MashFigureList *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (layout, 4);
}
