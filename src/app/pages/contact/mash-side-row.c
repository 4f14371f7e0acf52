/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-side-row.h"

#include <glib/gi18n-lib.h>

struct _MashSideRow
{
  GtkListBoxRow  parent_instance;

  /* Template children */
  GtkLabel      *number;
  GtkImage      *sign;
  GtkLabel      *title;
  GtkLabel      *detail;
  GtkLabel      *count;
  GtkImage      *tick;
};

G_DEFINE_FINAL_TYPE (MashSideRow, mash_side_row, GTK_TYPE_LIST_BOX_ROW)

static void
mash_side_row_dispose (GObject *object)
{
  /* The row would let go of a bound child a second time. */
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_SIDE_ROW);

  G_OBJECT_CLASS (mash_side_row_parent_class)->dispose (object);
}

static void
mash_side_row_class_init (MashSideRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_side_row_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-side-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MashSideRow, number);
  gtk_widget_class_bind_template_child (widget_class, MashSideRow, sign);
  gtk_widget_class_bind_template_child (widget_class, MashSideRow, title);
  gtk_widget_class_bind_template_child (widget_class, MashSideRow, detail);
  gtk_widget_class_bind_template_child (widget_class, MashSideRow, count);
  gtk_widget_class_bind_template_child (widget_class, MashSideRow, tick);
}

static void
mash_side_row_init (MashSideRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
name_row (MashSideRow *self,
          const char  *words)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/**
 * mash_side_row_new_section:
 * @number: the section's number
 * @title: its heading
 *
 * Returns: (transfer floating): a row for a section of the form
 */
GtkWidget *
mash_side_row_new_section (guint       number,
                           const char *title)
{
  MashSideRow *self = g_object_new (MASH_TYPE_SIDE_ROW, NULL);
  g_autofree char *text = g_strdup_printf ("%u", number);

  gtk_label_set_text (self->number, text);
  gtk_widget_set_visible (GTK_WIDGET (self->number), TRUE);
  gtk_label_set_text (self->title, title);
  mash_side_row_set_missing (self, 0);

  return GTK_WIDGET (self);
}

/**
 * mash_side_row_new_missing:
 * @title: what is missing, and about whom
 * @detail: (nullable): what it is needed for
 *
 * Returns: (transfer floating): a row for a missing item
 */
GtkWidget *
mash_side_row_new_missing (const char *title,
                           const char *detail)
{
  MashSideRow *self = g_object_new (MASH_TYPE_SIDE_ROW, NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->sign), TRUE);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->detail, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail), detail != NULL);
  name_row (self, title);

  return GTK_WIDGET (self);
}

/**
 * mash_side_row_set_missing:
 * @self: the row of a section
 * @n_missing: how many items are missing in it
 */
void
mash_side_row_set_missing (MashSideRow *self,
                           guint        n_missing)
{
  g_autofree char *count = NULL;
  g_autofree char *words = NULL;

  g_return_if_fail (MASH_IS_SIDE_ROW (self));

  count = g_strdup_printf ("%u", n_missing);
  words = n_missing == 0
    ? g_strdup_printf (_("%s, nothing missing"), gtk_label_get_text (self->title))
    : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s, %u missing", "%s, %u missing", n_missing),
                       gtk_label_get_text (self->title), n_missing);
  gtk_label_set_text (self->count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->count), n_missing > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->tick), n_missing == 0);
  name_row (self, words);
}
