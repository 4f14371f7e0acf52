/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-altered-list.h"

#include <glib/gi18n-lib.h>

#include "mash-altered-line.h"
#include "mash-children.h"
#include "mash-sentences.h"
#include "mash-service-decision.h"
#include "mash-words.h"

struct _MashAlteredList
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkLabel        *since;
  GtkLabel        *nothing;
  GtkListBox      *rows;

  /* Owned */
  GCancellable    *cancellable;

  guint            read : 1;
};

G_DEFINE_FINAL_TYPE (MashAlteredList, mash_altered_list, MASH_TYPE_CONTACT_PART)

static void
show_nothing (MashAlteredList *self,
              const char      *sentence)
{
  gtk_label_set_text (self->nothing, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), FALSE);
}

static void
show_since (MashAlteredList *self,
            gint64           opened_at)
{
  MashService *service = mash_contact_part_get_service (MASH_CONTACT_PART (self));
  g_autofree char *moment = mash_words_moment (opened_at, mash_service_get_now (service));
  g_autofree char *words = g_strdup_printf (_("Since you last opened it, %s"), moment);

  gtk_label_set_text (self->since, opened_at > 0 ? words : _("Since you last opened it"));
}

static void
show_rows (MashAlteredList *self,
           GListModel      *altered,
           gint64           opened_at)
{
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));
  guint n = g_list_model_get_n_items (altered);

  mash_remove_children (GTK_WIDGET (self->rows));
  show_since (self, opened_at);
  if (n == 0)
    {
      show_nothing (self, opened_at > 0 ? _("Nothing has changed")
                                        : _("You have not opened it before: all of it is new"));
      return;
    }

  gtk_widget_set_visible (GTK_WIDGET (self->nothing), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), TRUE);
  for (guint i = n; i > 0; i--)
    {
      g_autoptr (MashAlteredItem) item = g_list_model_get_item (altered, i - 1);

      gtk_list_box_append (self->rows, mash_altered_line_new (item, host));
    }
}

static void
on_altered_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (MashAlteredList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) altered = NULL;
  g_autofree char *sentence = NULL;
  gint64 opened_at;

  altered = mash_service_list_altered_finish (MASH_SERVICE (object), result, &opened_at, &error);
  if (mash_contact_part_get_page (MASH_CONTACT_PART (self)) == NULL ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (altered != NULL)
    {
      show_rows (self, altered, opened_at);
      return;
    }

  self->read = FALSE;
  sentence = mash_sentence_for_error (error);
  show_nothing (self, sentence);
}

static void
load (MashAlteredList *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));

  if (self->read || file == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->read = TRUE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  mash_service_list_altered_async (
    mash_contact_part_get_service (MASH_CONTACT_PART (self)),
    mash_entity_get_id (MASH_ENTITY (mash_contact_file_get_contact (file))), self->cancellable,
    on_altered_cb, g_object_ref (self));
}

/* What somebody else alters while the contact is open belongs to it too. */
static void
mash_altered_list_updated (MashContactPart *part)
{
  MashAlteredList *self = MASH_ALTERED_LIST (part);

  self->read = FALSE;
  load (self);
}

static void
mash_altered_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mash_altered_list_parent_class)->map (widget);

  load (MASH_ALTERED_LIST (widget));
}

static void
mash_altered_list_dispose (GObject *object)
{
  MashAlteredList *self = MASH_ALTERED_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_ALTERED_LIST);

  G_OBJECT_CLASS (mash_altered_list_parent_class)->dispose (object);
}

static void
mash_altered_list_class_init (MashAlteredListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_altered_list_dispose;

  widget_class->map = mash_altered_list_map;

  MASH_CONTACT_PART_CLASS (klass)->updated = mash_altered_list_updated;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-altered-list.ui");
  gtk_widget_class_bind_template_child (widget_class, MashAlteredList, since);
  gtk_widget_class_bind_template_child (widget_class, MashAlteredList, nothing);
  gtk_widget_class_bind_template_child (widget_class, MashAlteredList, rows);
}

static void
mash_altered_list_init (MashAlteredList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
