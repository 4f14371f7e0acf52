/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-danger-question.h"

#include <glib/gi18n-lib.h>

struct _MashDangerQuestion
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkToggleButton *yes;
  GtkToggleButton *no;
  GtkToggleButton *unknown;

  guint            busy : 1;
};

G_DEFINE_FINAL_TYPE (MashDangerQuestion, mash_danger_question, MASH_TYPE_CONTACT_PART)

static void
show_answer (MashDangerQuestion *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashContact *contact = file != NULL ? mash_contact_file_get_contact (file) : NULL;
  const char *answer = contact != NULL
    ? mash_entity_get_text (MASH_ENTITY (contact), "immediate-danger") : NULL;

  self->busy = TRUE;
  gtk_toggle_button_set_active (self->yes, g_strcmp0 (answer, "Y") == 0);
  gtk_toggle_button_set_active (self->no, g_strcmp0 (answer, "N") == 0);
  gtk_toggle_button_set_active (self->unknown, g_strcmp0 (answer, "U") == 0);
  self->busy = FALSE;
}

static void
on_toggled_cb (MashDangerQuestion *self,
               GtkToggleButton    *button)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));
  const char *answer = gtk_toggle_button_get_active (self->yes) ? "Y" :
                       gtk_toggle_button_get_active (self->no) ? "N" :
                       gtk_toggle_button_get_active (self->unknown) ? "U" : NULL;

  if (self->busy || file == NULL || host == NULL)
    return;

  mash_entity_set_text (MASH_ENTITY (mash_contact_file_get_contact (file)), "immediate-danger",
                        answer);
  mash_form_host_typed (host);
}

static void
mash_danger_question_file_set (MashContactPart *part)
{
  MashContact *contact = mash_contact_file_get_contact (mash_contact_part_get_file (part));

  g_signal_connect_object (contact, "notify::immediate-danger", G_CALLBACK (show_answer), part,
                           G_CONNECT_SWAPPED);
  show_answer (MASH_DANGER_QUESTION (part));
}

static void
mash_danger_question_dispose (GObject *object)
{
  MashDangerQuestion *self = MASH_DANGER_QUESTION (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_DANGER_QUESTION);

  G_OBJECT_CLASS (mash_danger_question_parent_class)->dispose (object);
}

static void
mash_danger_question_class_init (MashDangerQuestionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MashContactPartClass *part_class = MASH_CONTACT_PART_CLASS (klass);

  object_class->dispose = mash_danger_question_dispose;

  part_class->file_set = mash_danger_question_file_set;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-danger-question.ui");
  gtk_widget_class_bind_template_child (widget_class, MashDangerQuestion, yes);
  gtk_widget_class_bind_template_child (widget_class, MashDangerQuestion, no);
  gtk_widget_class_bind_template_child (widget_class, MashDangerQuestion, unknown);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled_cb);
}

static void
mash_danger_question_init (MashDangerQuestion *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
