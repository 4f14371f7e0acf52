/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-before-panel.h"

#include <glib/gi18n-lib.h>

#include "mash-children.h"
#include "mash-earlier-decision.h"
#include "mash-family-row.h"
#include "mash-sentences.h"
#include "mash-service-decision.h"
#include "mash-set-str.h"
#include "mash-words.h"

struct _MashBeforePanel
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkLabel        *words;
  GtkWidget       *second_look;
  GtkLabel        *second_look_words;
  GtkListBox      *earlier;

  /* Owned */
  GCancellable    *cancellable;
  char            *children;    /* for which the list was read */
};

G_DEFINE_FINAL_TYPE (MashBeforePanel, mash_before_panel, MASH_TYPE_CONTACT_PART)

/* Whether it is a re-referral is settled with the decision; until then the list speaks. */
static void
show_class (MashBeforePanel *self)
{
  MashContactPart *part = MASH_CONTACT_PART (self);
  const char *rereferral = mash_entity_get_text (mash_contact_part_get_contact (part),
                                                 "rereferral");

  gtk_label_set_text (self->words, rereferral != NULL
                      ? mash_policy_get_label (mash_contact_part_get_policy (part), "RREF",
                                               rereferral)
                      : _("No earlier contact about these children is known"));
  gtk_widget_set_visible (GTK_WIDGET (self->words), rereferral != NULL ||
                          !gtk_widget_get_visible (GTK_WIDGET (self->earlier)));
}

static void
show_second_look (MashBeforePanel *self,
                  GListModel      *earlier)
{
  MashService *service = mash_contact_part_get_service (MASH_CONTACT_PART (self));

  gtk_widget_set_visible (self->second_look, FALSE);
  for (guint i = 0; i < g_list_model_get_n_items (earlier); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (earlier, i);
      g_autofree char *moment = NULL;
      g_autofree char *words = NULL;
      gboolean nfa, recent;
      gint64 decided_at;

      g_object_get (item, "no-further-action", &nfa, "recent", &recent, "decided-at", &decided_at,
                    NULL);
      if (!nfa || !recent)
        continue;
      moment = mash_words_moment (decided_at, mash_service_get_now (service));
      /* Translators: %s is when it was decided. */
      words = g_strdup_printf (_("Closed with no further action %s, less than 12 months before. To "
                                 "close it so again needs a second look, written down."), moment);
      gtk_label_set_text (self->second_look_words, words);
      gtk_widget_set_visible (self->second_look, TRUE);
      return;
    }
}

static void
show_earlier (MashBeforePanel *self,
              GListModel      *earlier)
{
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  MashService *service = mash_contact_part_get_service (MASH_CONTACT_PART (self));

  mash_remove_children (GTK_WIDGET (self->earlier));
  for (guint i = 0; i < g_list_model_get_n_items (earlier); i++)
    {
      g_autoptr (MashEarlierItem) item = g_list_model_get_item (earlier, i);

      gtk_list_box_append (self->earlier,
                           mash_earlier_decision_new (item, policy,
                                                      mash_service_get_now (service)));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->earlier), g_list_model_get_n_items (earlier) > 0);
  show_class (self);
  show_second_look (self, earlier);
}

static void
on_earlier_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (MashBeforePanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) earlier = mash_service_list_earlier_finish (MASH_SERVICE (object), result,
                                                                    &error);
  g_autofree char *sentence = NULL;

  if (mash_contact_part_get_page (MASH_CONTACT_PART (self)) == NULL ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (earlier != NULL)
    {
      show_earlier (self, earlier);
      return;
    }

  g_clear_pointer (&self->children, g_free);
  sentence = mash_sentence_for_error (error);
  gtk_label_set_text (self->words, sentence);
}

/* Whose earlier contacts are asked for: when somebody else turns out to be a child of the family,
 * the list is read again. */
static char *
dup_children (MashBeforePanel *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashEntity *contact = mash_contact_part_get_contact (MASH_CONTACT_PART (self));
  GListModel *subjects = mash_contact_file_get_list (file, "contact-subject");
  g_autoptr (GString) children = g_string_new (mash_entity_get_id (contact));

  for (guint i = 0; i < g_list_model_get_n_items (subjects); i++)
    {
      g_autoptr (MashEntity) subject = g_list_model_get_item (subjects, i);
      const char *person = mash_entity_get_text (subject, "person");

      if (mash_entity_get_record (subject) != NULL && person != NULL &&
          mash_subject_is_child (subject))
        g_string_append_printf (children, " %s", person);
    }

  return g_string_free (g_steal_pointer (&children), FALSE);
}

/* Each earlier contact gets a view entry, so nothing is asked before somebody can see it. */
static void
load (MashBeforePanel *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  g_autofree char *children = NULL;

  if (file == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)) ||
      mash_entity_get_record (mash_contact_part_get_contact (MASH_CONTACT_PART (self))) == NULL)
    return;

  children = dup_children (self);
  if (!mash_set_str (&self->children, children))
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  mash_service_list_earlier_async (
    mash_contact_part_get_service (MASH_CONTACT_PART (self)),
    mash_entity_get_id (MASH_ENTITY (mash_contact_file_get_contact (file))), self->cancellable,
    on_earlier_cb, g_object_ref (self));
}

static void
on_activated_cb (MashBeforePanel     *self,
                 MashEarlierDecision *row)
{
  g_autofree char *contact = mash_earlier_decision_dup_contact (row);

  mash_page_go (mash_contact_part_get_page (MASH_CONTACT_PART (self)), "win.open-contact",
                contact);
}

static void
mash_before_panel_updated (MashContactPart *part)
{
  MashBeforePanel *self = MASH_BEFORE_PANEL (part);

  show_class (self);
  load (self);
}

static void
mash_before_panel_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mash_before_panel_parent_class)->map (widget);

  load (MASH_BEFORE_PANEL (widget));
}

static void
mash_before_panel_dispose (GObject *object)
{
  MashBeforePanel *self = MASH_BEFORE_PANEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->children, g_free);
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

  widget_class->map = mash_before_panel_map;

  part_class->updated = mash_before_panel_updated;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-before-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashBeforePanel, words);
  gtk_widget_class_bind_template_child (widget_class, MashBeforePanel, second_look);
  gtk_widget_class_bind_template_child (widget_class, MashBeforePanel, second_look_words);
  gtk_widget_class_bind_template_child (widget_class, MashBeforePanel, earlier);
  gtk_widget_class_bind_template_callback (widget_class, on_activated_cb);
}

static void
mash_before_panel_init (MashBeforePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
