/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-rulings.h"
#include "mash-children.h"

struct _MashRulings
{
  AdwBin     parent_instance;

  /* Children */
  GtkWidget *lines;
};

G_DEFINE_FINAL_TYPE (MashRulings, mash_rulings, ADW_TYPE_BIN)

static void
mash_rulings_class_init (MashRulingsClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
mash_rulings_init (MashRulings *self)
{
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 5);
  adw_bin_set_child (ADW_BIN (self), self->lines);
}

static void
add_line (MashRulings *self,
          gboolean     holds,
          const char  *sentence)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE,
                                  "icon-name", holds ? "object-select-symbolic"
                                                     : "dialog-warning-symbolic",
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  "valign", GTK_ALIGN_START, NULL);
  GtkWidget *label = gtk_label_new (sentence);

  gtk_widget_add_css_class (icon, holds ? "mash-good" : "mash-missing");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (self->lines), line);
}

/**
 * mash_rulings_show:
 * @self: a list of rulings
 * @verdict: (nullable): what the judge said
 *
 * Shows what holds and can be said so, and everything that does not hold.
 */
void
mash_rulings_show (MashRulings *self,
                   MashVerdict *verdict)
{
  g_return_if_fail (MASH_IS_RULINGS (self));

  mash_remove_children (self->lines);

  for (guint i = 0; verdict != NULL && i < mash_verdict_get_n_rulings (verdict); i++)
    {
      const MashRuling *ruling = mash_verdict_get_ruling (verdict, i);

      if (ruling->sentence != NULL && *ruling->sentence != '\0')
        add_line (self, ruling->holds, ruling->sentence);
    }
}
