/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-agencies-panel.h"

#include "mash-agency-section.h"
#include "mash-strategy-frame.h"

struct _MashAgenciesPanel
{
  MashStrategyPart  parent_instance;

  /* Template children */
  GtkWidget        *sections;
  GtkWidget        *nobody;
};

G_DEFINE_FINAL_TYPE (MashAgenciesPanel, mash_agencies_panel, MASH_TYPE_STRATEGY_PART)

static gboolean
is_of (GtkWidget  *section,
       const char *agency)
{
  return section != NULL &&
         g_strcmp0 (mash_agency_section_get_agency (MASH_AGENCY_SECTION (section)), agency) == 0;
}

static GtkWidget *
add_section (MashAgenciesPanel *self,
             const char        *agency,
             GtkWidget         *after)
{
  GtkWidget *section = mash_agency_section_new (agency);

  gtk_box_insert_child_after (GTK_BOX (self->sections), section, after);
  g_object_bind_property (self, "file", section, "file", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "discussion", section, "discussion", G_BINDING_SYNC_CREATE);

  return section;
}

static void
remove_from (MashAgenciesPanel *self,
             GtkWidget         *section)
{
  while (section != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (section);

      gtk_box_remove (GTK_BOX (self->sections), section);
      section = next;
    }
}

/* A section is kept as long as the agencies before it stay, so that nobody loses the focus when
 * somebody joins. */
static void
mash_agencies_panel_updated (MashContactPart *part)
{
  MashAgenciesPanel *self = MASH_AGENCIES_PANEL (part);
  g_autoptr (GPtrArray) agencies = NULL;
  GtkWidget *section = gtk_widget_get_first_child (self->sections);
  GtkWidget *last = NULL;

  if (mash_strategy_part_get_discussion (MASH_STRATEGY_PART (self)) == NULL)
    return;

  agencies = mash_strategy_part_list_agencies (MASH_STRATEGY_PART (self));
  for (guint i = 0; i < agencies->len; i++)
    {
      const char *agency = g_ptr_array_index (agencies, i);

      if (!is_of (section, agency))
        {
          remove_from (self, section);
          section = add_section (self, agency, last);
        }
      last = section;
      section = gtk_widget_get_next_sibling (section);
    }
  remove_from (self, section);
  gtk_widget_set_visible (self->nobody, agencies->len == 0);
}

static void
mash_agencies_panel_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_AGENCIES_PANEL);

  G_OBJECT_CLASS (mash_agencies_panel_parent_class)->dispose (object);
}

static void
mash_agencies_panel_class_init (MashAgenciesPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_agencies_panel_dispose;
  MASH_CONTACT_PART_CLASS (klass)->updated = mash_agencies_panel_updated;

  g_type_ensure (MASH_TYPE_STRATEGY_FRAME);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/strategy/mash-agencies-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashAgenciesPanel, sections);
  gtk_widget_class_bind_template_child (widget_class, MashAgenciesPanel, nobody);
}

static void
mash_agencies_panel_init (MashAgenciesPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_agencies_panel_lead:
 * @self: the panel
 * @speaker: the place of an agency in the attendance, from 0
 * @to_view: whether to its view; else to what it knows
 *
 * Leads the keyboard to the section of that agency, if there is one.
 */
void
mash_agencies_panel_lead (MashAgenciesPanel *self,
                          guint              speaker,
                          gboolean           to_view)
{
  GtkWidget *section;

  g_return_if_fail (MASH_IS_AGENCIES_PANEL (self));

  section = gtk_widget_get_first_child (self->sections);
  for (guint i = 0; i < speaker && section != NULL; i++)
    section = gtk_widget_get_next_sibling (section);
  if (section != NULL)
    mash_agency_section_lead (MASH_AGENCY_SECTION (section), to_view);
}

/**
 * mash_agencies_panel_show_writing:
 * @self: the panel
 * @writing: who is writing where; the place of a section is the id of its agency
 */
void
mash_agencies_panel_show_writing (MashAgenciesPanel *self,
                                  MashWriting       *writing)
{
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));

  g_return_if_fail (MASH_IS_AGENCIES_PANEL (self));

  for (GtkWidget *section = gtk_widget_get_first_child (self->sections); section != NULL;
       section = gtk_widget_get_next_sibling (section))
    {
      const char *agency = mash_agency_section_get_agency (MASH_AGENCY_SECTION (section));
      g_autofree char *words = mash_writing_dup_line (writing, host, agency);

      mash_agency_section_set_writing (MASH_AGENCY_SECTION (section), words);
    }
}
