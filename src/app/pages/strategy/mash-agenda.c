/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-agenda.h"

#include "mash-wrap-layout.h"

struct _MashAgenda
{
  MashStrategyPart  parent_instance;

  /* Template children */
  GtkWidget        *copies;
};

G_DEFINE_FINAL_TYPE (MashAgenda, mash_agenda, MASH_TYPE_STRATEGY_PART)

/* Copies go out of a record that is signed, and of no other. */
static void
mash_agenda_updated (MashContactPart *part)
{
  MashAgenda *self = MASH_AGENDA (part);

  gtk_widget_set_visible (self->copies, mash_words_contain (
                            "SIGNED CIRCULATED SUPERSEDED",
                            mash_strategy_part_get_state (MASH_STRATEGY_PART (self))));
}

static void
mash_agenda_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_AGENDA);

  G_OBJECT_CLASS (mash_agenda_parent_class)->dispose (object);
}

static void
mash_agenda_class_init (MashAgendaClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_agenda_dispose;
  MASH_CONTACT_PART_CLASS (klass)->updated = mash_agenda_updated;

  g_type_ensure (MASH_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/strategy/mash-agenda.ui");
  gtk_widget_class_bind_template_child (widget_class, MashAgenda, copies);
}

static void
mash_agenda_init (MashAgenda *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
