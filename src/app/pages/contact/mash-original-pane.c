/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-original-pane.h"

#include <glib/gi18n-lib.h>

#include "mash-text.h"
#include "mash-typed-date.h"
#include "mash-words.h"

struct _MashOriginalPane
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkDropDown     *documents;
  GtkLabel        *title;
  GtkLabel        *received;
  GtkLabel        *origin;
  GtkTextView     *text;
  GtkStack        *stack;
};

G_DEFINE_FINAL_TYPE (MashOriginalPane, mash_original_pane, MASH_TYPE_CONTACT_PART)

static void
show_document (MashOriginalPane *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  MashEntity *document = gtk_drop_down_get_selected_item (self->documents);
  g_autofree char *title = NULL;
  g_autofree char *received = NULL;
  g_autofree char *text = NULL;

  gtk_stack_set_visible_child_name (self->stack, document != NULL ? "document" : "none");
  if (file == NULL || document == NULL)
    return;

  title = mash_text_dup_visible (mash_entity_get_text (document, "title"));
  received = mash_typed_time_format (mash_entity_get_text (document, "received-at"));
  text = mash_text_dup_visible (mash_entity_get_text (document, "text"));
  gtk_label_set_text (self->title, title != NULL ? title : _("Not known"));
  gtk_label_set_text (self->received, received);
  gtk_label_set_text (self->origin,
                      mash_policy_get_label (policy, "ORIGIN",
                                             mash_entity_get_text (document, "origin")));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text),
                            text != NULL ? text : _("This document has no text that can be shown."),
                            -1);
}

static char *
name_document (GObject    *item,
               const char *title)
{
  return mash_text_dup_visible (title != NULL ? title : "");
}

static void
on_documents_changed_cb (MashOriginalPane *self)
{
  GListModel *documents = gtk_drop_down_get_model (self->documents);

  gtk_widget_set_visible (GTK_WIDGET (self->documents),
                          documents != NULL && g_list_model_get_n_items (documents) > 1);
  show_document (self);
}

static void
mash_original_pane_file_set (MashContactPart *part)
{
  MashOriginalPane *self = MASH_ORIGINAL_PANE (part);
  GListModel *documents = mash_contact_file_get_list (mash_contact_part_get_file (part),
                                                      "source-document");

  gtk_drop_down_set_model (self->documents, documents);
  g_signal_connect_object (documents, "items-changed", G_CALLBACK (on_documents_changed_cb), self,
                           G_CONNECT_SWAPPED);
  on_documents_changed_cb (self);
}

static void
mash_original_pane_dispose (GObject *object)
{
  MashOriginalPane *self = MASH_ORIGINAL_PANE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_ORIGINAL_PANE);

  G_OBJECT_CLASS (mash_original_pane_parent_class)->dispose (object);
}

static void
mash_original_pane_class_init (MashOriginalPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MashContactPartClass *part_class = MASH_CONTACT_PART_CLASS (klass);

  object_class->dispose = mash_original_pane_dispose;

  part_class->file_set = mash_original_pane_file_set;

  g_type_ensure (MASH_TYPE_SOURCE_DOCUMENT);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-original-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, MashOriginalPane, documents);
  gtk_widget_class_bind_template_child (widget_class, MashOriginalPane, title);
  gtk_widget_class_bind_template_child (widget_class, MashOriginalPane, received);
  gtk_widget_class_bind_template_child (widget_class, MashOriginalPane, origin);
  gtk_widget_class_bind_template_child (widget_class, MashOriginalPane, text);
  gtk_widget_class_bind_template_child (widget_class, MashOriginalPane, stack);
  gtk_widget_class_bind_template_callback (widget_class, show_document);
  gtk_widget_class_bind_template_callback (widget_class, name_document);
}

static void
mash_original_pane_init (MashOriginalPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
