/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-work-row.h"

#include "mash-wrap-layout.h"

struct _MashWorkRow
{
  GtkListBoxRow parent_instance;

  GtkLabel     *words;
  GtkLabel     *second;
  GtkBox       *deeds;
};

G_DEFINE_FINAL_TYPE (MashWorkRow, mash_work_row, GTK_TYPE_LIST_BOX_ROW)

static void
mash_work_row_class_init (MashWorkRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (MASH_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/pages/contact/mash-work-row.ui");
  gtk_widget_class_bind_template_child (widget_class, MashWorkRow, words);
  gtk_widget_class_bind_template_child (widget_class, MashWorkRow, second);
  gtk_widget_class_bind_template_child (widget_class, MashWorkRow, deeds);
}

static void
mash_work_row_init (MashWorkRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_work_row_new:
 * @words: what it says
 * @second: who and when
 *
 * Returns: (transfer floating): a row without deeds
 */
MashWorkRow *
mash_work_row_new (const char *words,
                   const char *second)
{
  MashWorkRow *self = g_object_new (MASH_TYPE_WORK_ROW, NULL);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", words, second);

  gtk_label_set_label (self->words, words);
  gtk_label_set_label (self->second, second);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);

  return self;
}

/**
 * mash_work_row_set_late:
 * @self: a row
 *
 * Its time has passed; the words below say so too.
 */
void
mash_work_row_set_late (MashWorkRow *self)
{
  g_return_if_fail (MASH_IS_WORK_ROW (self));

  gtk_widget_remove_css_class (GTK_WIDGET (self->second), "mash-second");
  gtk_widget_add_css_class (GTK_WIDGET (self->second), "mash-bad");
}

/**
 * mash_work_row_add_deed:
 * @self: a row
 * @label: what the button says, with a mnemonic
 * @action: the action that it does
 * @target: the action's parameter
 */
void
mash_work_row_add_deed (MashWorkRow *self,
                        const char  *label,
                        const char  *action,
                        const char  *target)
{
  GtkWidget *button;

  g_return_if_fail (MASH_IS_WORK_ROW (self));

  button = gtk_button_new_with_label (label);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_box_append (self->deeds, button);
  gtk_widget_set_visible (GTK_WIDGET (self->deeds), TRUE);
}
