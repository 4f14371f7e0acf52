/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-before-panel.h"

#include <glib/gi18n-lib.h>

struct _MashBeforePanel
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkLabel   *words;
  GtkWidget  *open;
};

G_DEFINE_FINAL_TYPE (MashBeforePanel, mash_before_panel, MASH_TYPE_CONTACT_PART)

static void
on_open_cb (MashBeforePanel *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  const char *previous = mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (file)),
                                               "previous-contact");

  if (previous != NULL)
    mash_page_go (mash_contact_part_get_page (MASH_CONTACT_PART (self)), "win.open-contact",
                  previous);
}

static void
mash_before_panel_updated (MashContactPart *part)
{
  MashBeforePanel *self = MASH_BEFORE_PANEL (part);
  MashEntity *contact = mash_contact_part_get_contact (part);
  MashPolicy *policy = mash_contact_part_get_policy (part);
  const char *rereferral = mash_entity_get_text (contact, "rereferral");

  gtk_label_set_text (self->words, rereferral != NULL
                      ? mash_policy_get_label (policy, "RREF", rereferral)
                      : _("Not known yet whether there was an earlier referral"));
  gtk_widget_set_visible (self->open, mash_entity_get_text (contact, "previous-contact") != NULL);
}

static void
mash_before_panel_dispose (GObject *object)
{
  MashBeforePanel *self = MASH_BEFORE_PANEL (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_BEFORE_PANEL);

  G_OBJECT_CLASS (mash_before_panel_parent_class)->dispose (object);
}

static void
mash_before_panel_class_init (MashBeforePanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MashContactPartClass *part_class = MASH_CONTACT_PART_CLASS (klass);

  object_class->dispose = mash_before_panel_dispose;

  part_class->updated = mash_before_panel_updated;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-before-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashBeforePanel, words);
  gtk_widget_class_bind_template_child (widget_class, MashBeforePanel, open);
  gtk_widget_class_bind_template_callback (widget_class, on_open_cb);
}

static void
mash_before_panel_init (MashBeforePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
