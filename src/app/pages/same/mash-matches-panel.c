/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-matches-panel.h"

#include <glib/gi18n-lib.h>

#include "mash-children.h"
#include "mash-match-line.h"
#include "mash-sentences.h"

struct _MashMatchesPanel
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkLabel        *words;
  GtkListBox      *list;

  /* Owned */
  GCancellable    *cancellable;
};

G_DEFINE_FINAL_TYPE (MashMatchesPanel, mash_matches_panel, MASH_TYPE_CONTACT_PART)

static void
show_matches (MashMatchesPanel *self,
              GListModel       *matches)
{
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  guint n = g_list_model_get_n_items (matches);
  g_autofree char *words = NULL;

  mash_remove_children (GTK_WIDGET (self->list));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MashMatchItem) match = g_list_model_get_item (matches, i);

      gtk_list_box_append (self->list, mash_match_line_new (match, policy, TRUE));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  words = g_strdup_printf (ngettext ("%u other record may be somebody of this family; open it to "
                                     "compare.",
                                     "%u other records may be somebody of this family; open one to "
                                     "compare.", n), n);
  gtk_label_set_text (self->words, n > 0 ? words
                                         : _("No other record looks like anybody of this family."));
}

static void
on_matches_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (MashMatchesPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) matches = NULL;
  g_autofree char *sentence = NULL;

  matches = mash_service_list_matches_finish (MASH_SERVICE (source), result, &error);
  if (mash_contact_part_get_page (MASH_CONTACT_PART (self)) == NULL ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (matches != NULL)
    {
      show_matches (self, matches);
      return;
    }

  sentence = mash_sentence_for_error (error);
  gtk_label_set_text (self->words, sentence);
}

/* Whoever is listed is logged, so nobody is asked for before somebody can see it. */
static void
load (MashMatchesPanel *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashEntity *contact;

  if (file == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  contact = mash_contact_part_get_contact (MASH_CONTACT_PART (self));
  if (mash_entity_get_record (contact) == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  mash_service_list_matches_async (mash_contact_part_get_service (MASH_CONTACT_PART (self)),
                                   MASH_MATCHES_OF_CONTACT, mash_entity_get_id (contact),
                                   self->cancellable, on_matches_cb, g_object_ref (self));
}

static void
on_activated_cb (MashMatchesPanel *self,
                 MashMatchLine    *row)
{
  g_autofree char *person = NULL, *other = NULL;

  g_object_get (mash_match_line_get_item (row), "person", &person, "other", &other, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.same-person", "(ss)", person, other);
}

static void
mash_matches_panel_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mash_matches_panel_parent_class)->map (widget);

  load (MASH_MATCHES_PANEL (widget));
}

static void
mash_matches_panel_dispose (GObject *object)
{
  MashMatchesPanel *self = MASH_MATCHES_PANEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_MATCHES_PANEL);

  G_OBJECT_CLASS (mash_matches_panel_parent_class)->dispose (object);
}

static void
mash_matches_panel_class_init (MashMatchesPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_matches_panel_dispose;
  widget_class->map = mash_matches_panel_map;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/uk/mash/Desk/ui/pages/same/mash-matches-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashMatchesPanel, words);
  gtk_widget_class_bind_template_child (widget_class, MashMatchesPanel, list);
  gtk_widget_class_bind_template_callback (widget_class, on_activated_cb);
}

static void
mash_matches_panel_init (MashMatchesPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
