/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-analysis-panel.h"

#include <glib/gi18n-lib.h>

#include "mash-record-facts.h"
#include "mash-record-form.h"
#include "mash-rulings.h"

struct _MashAnalysisPanel
{
  MashContactPart  parent_instance;

  /* Template children */
  MashRecordForm  *form;
  MashRecordFacts *facts;
  MashRulings     *rulings;
  GtkWidget       *before;
};

G_DEFINE_FINAL_TYPE (MashAnalysisPanel, mash_analysis_panel, MASH_TYPE_CONTACT_PART)

static void
mash_analysis_panel_updated (MashContactPart *part)
{
  MashAnalysisPanel *self = MASH_ANALYSIS_PANEL (part);
  MashContactFile *file = mash_contact_part_get_file (part);
  const char *state = mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (file)),
                                            "state");
  gboolean open = g_strcmp0 (state, "C30") == 0 || g_strcmp0 (state, "C40") == 0 ||
                  g_strcmp0 (state, "C50") == 0;

  /* What may not be altered any more is read whole, and not in boxes that scroll. */
  gtk_widget_set_visible (GTK_WIDGET (self->form), open);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), !open);
  gtk_widget_set_visible (self->before, open && g_strcmp0 (state, "C50") != 0);
}

static void
mash_analysis_panel_dispose (GObject *object)
{
  MashAnalysisPanel *self = MASH_ANALYSIS_PANEL (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_ANALYSIS_PANEL);

  G_OBJECT_CLASS (mash_analysis_panel_parent_class)->dispose (object);
}

static void
mash_analysis_panel_class_init (MashAnalysisPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MashContactPartClass *part_class = MASH_CONTACT_PART_CLASS (klass);

  object_class->dispose = mash_analysis_panel_dispose;

  part_class->updated = mash_analysis_panel_updated;

  g_type_ensure (MASH_TYPE_RECORD_FACTS);
  g_type_ensure (MASH_TYPE_RECORD_FORM);
  g_type_ensure (MASH_TYPE_RULINGS);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-analysis-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashAnalysisPanel, form);
  gtk_widget_class_bind_template_child (widget_class, MashAnalysisPanel, facts);
  gtk_widget_class_bind_template_child (widget_class, MashAnalysisPanel, rulings);
  gtk_widget_class_bind_template_child (widget_class, MashAnalysisPanel, before);
}

static void
mash_analysis_panel_init (MashAnalysisPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mash_analysis_panel_show_verdict (MashAnalysisPanel *self,
                                  MashVerdict       *verdict)
{
  g_return_if_fail (MASH_IS_ANALYSIS_PANEL (self));

  mash_rulings_show (self->rulings, verdict);
}
