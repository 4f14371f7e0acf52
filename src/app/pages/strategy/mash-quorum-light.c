/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-quorum-light.h"

#include <glib/gi18n-lib.h>

#include "mash-facts.h"
#include "mash-guards-strategy.h"
#include "mash-quorum.h"

struct _MashQuorumLight
{
  MashStrategyPart  parent_instance;

  /* Template children */
  GtkWidget        *box;
  GtkImage         *sign;
  GtkLabel         *words;
  GtkLabel         *reasons;
};

G_DEFINE_FINAL_TYPE (MashQuorumLight, mash_quorum_light, MASH_TYPE_STRATEGY_PART)

static void
show (MashQuorumLight  *self,
      const MashQuorum *quorum)
{
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  const char *compliance = mash_quorum_get_compliance (quorum);
  gboolean whole = g_str_equal (compliance, "COMPLIANT");
  g_auto (GStrv) sentences = mash_quorum_dup_sentences (quorum);
  g_autofree char *reasons = g_strjoinv ("\n", sentences);

  gtk_image_set_from_icon_name (self->sign, whole ? "object-select-symbolic"
                                                  : "dialog-warning-symbolic");
  gtk_label_set_text (self->words, whole ? _("Social care, police and health present")
                                         : mash_policy_get_label (policy, "COMP", compliance));
  gtk_label_set_text (self->reasons, reasons);
  gtk_widget_set_visible (GTK_WIDGET (self->reasons), *reasons != '\0');
  if (whole)
    gtk_widget_remove_css_class (self->box, "short");
  else
    gtk_widget_add_css_class (self->box, "short");
}

static void
mash_quorum_light_updated (MashContactPart *part)
{
  MashQuorumLight *self = MASH_QUORUM_LIGHT (part);
  MashEntity *discussion = mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self));
  MashQuorum quorum = { 0 };

  if (discussion == NULL || mash_entity_get_record (discussion) == NULL)
    return;

  mash_quorum_read (MASH_FACTS (mash_contact_part_get_file (part)),
                    mash_strategy_get_calendar (mash_contact_part_get_policy (part)),
                    mash_entity_get_id (discussion), &quorum);
  show (self, &quorum);
}

static void
mash_quorum_light_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_QUORUM_LIGHT);

  G_OBJECT_CLASS (mash_quorum_light_parent_class)->dispose (object);
}

static void
mash_quorum_light_class_init (MashQuorumLightClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_quorum_light_dispose;
  MASH_CONTACT_PART_CLASS (klass)->updated = mash_quorum_light_updated;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/strategy/mash-quorum-light.ui");
  gtk_widget_class_bind_template_child (widget_class, MashQuorumLight, box);
  gtk_widget_class_bind_template_child (widget_class, MashQuorumLight, sign);
  gtk_widget_class_bind_template_child (widget_class, MashQuorumLight, words);
  gtk_widget_class_bind_template_child (widget_class, MashQuorumLight, reasons);
}

static void
mash_quorum_light_init (MashQuorumLight *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
