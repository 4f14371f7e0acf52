/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-outcome-group-form.h"

#include "mash-deed.h"
#include "mash-record-form.h"

#define OFFERS_HELP "O03 O04 O12"

struct _MashOutcomeGroupForm
{
  AdwBin          parent_instance;

  /* Template children */
  MashRecordForm *form;
  MashRecordForm *help;
  GtkWidget      *join;

  /* Owned */
  MashEntity     *group;
};

G_DEFINE_FINAL_TYPE (MashOutcomeGroupForm, mash_outcome_group_form, ADW_TYPE_BIN)

static void
on_outcome_cb (MashOutcomeGroupForm *self)
{
  const char *outcome = mash_entity_get_text (self->group, "outcome");

  gtk_widget_set_visible (GTK_WIDGET (self->help),
                          outcome != NULL && mash_words_contain (OFFERS_HELP, outcome));
}

static void
mash_outcome_group_form_dispose (GObject *object)
{
  MashOutcomeGroupForm *self = MASH_OUTCOME_GROUP_FORM (object);

  g_clear_object (&self->group);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_OUTCOME_GROUP_FORM);

  G_OBJECT_CLASS (mash_outcome_group_form_parent_class)->dispose (object);
}

static void
mash_outcome_group_form_class_init (MashOutcomeGroupFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_outcome_group_form_dispose;

  g_type_ensure (MASH_TYPE_RECORD_FORM);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-outcome-group-form.ui");
  gtk_widget_class_bind_template_child (widget_class, MashOutcomeGroupForm, form);
  gtk_widget_class_bind_template_child (widget_class, MashOutcomeGroupForm, help);
  gtk_widget_class_bind_template_child (widget_class, MashOutcomeGroupForm, join);
}

static void
mash_outcome_group_form_init (MashOutcomeGroupForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_outcome_group_form_new:
 * @group: a new `outcome-group`
 *
 * Returns: (transfer floating): its form
 */
GtkWidget *
mash_outcome_group_form_new (MashEntity *group)
{
  MashOutcomeGroupForm *self = g_object_new (MASH_TYPE_OUTCOME_GROUP_FORM, NULL);

  self->group = g_object_ref (group);
  mash_record_form_set_entity (self->form, group);
  mash_record_form_set_entity (self->help, group);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->join), "s", mash_entity_get_id (group));
  g_signal_connect_object (group, "notify::outcome", G_CALLBACK (on_outcome_cb), self,
                           G_CONNECT_SWAPPED);
  on_outcome_cb (self);

  return GTK_WIDGET (self);
}

MashEntity *
mash_outcome_group_form_get_group (MashOutcomeGroupForm *self)
{
  g_return_val_if_fail (MASH_IS_OUTCOME_GROUP_FORM (self), NULL);

  return self->group;
}
