/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-recommendation-panel.h"

#include <glib/gi18n-lib.h>

#include "mash-children.h"
#include "mash-choice.h"
#include "mash-outcome-groups.h"
#include "mash-record-facts.h"
#include "mash-record-form.h"
#include "mash-rulings.h"
#include "mash-typed-date.h"
#include "mash-value-words.h"
#include "mash-words.h"

struct _MashRecommendationPanel
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkLabel        *note;
  GtkWidget       *no_words;
  GtkWidget       *writing;
  GtkWidget       *standing;
  MashRecordForm  *form;
  MashRecordForm  *help;
  MashRecordForm  *second_look;
  GtkWidget       *offer;
  MashRecordForm  *early_help;
  MashOutcomeGroups *groups;
  MashRecordForm  *incomplete;
  MashRecordForm  *not_answered;
  MashRulings     *rulings;
  GtkLabel        *outcome;
  GtkLabel        *also;
  GtkLabel        *children;
  GtkLabel        *rationale;
  GtkLabel        *remarks;
  GtkWidget       *standing_groups;
  GtkLabel        *criteria;
  GtkLabel        *decided;

  /* Owned */
  GSignalGroup    *pending;
};

#define EARLY_HELP "O03 O04"
#define OFFERS_HELP "O03 O04 O12"
#define NO_FURTHER_ACTION "O12"

G_DEFINE_FINAL_TYPE (MashRecommendationPanel, mash_recommendation_panel, MASH_TYPE_CONTACT_PART)

static MashEntity *
find_newest (MashRecommendationPanel *self,
             const char              *kind,
             gboolean                 saved)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  GListModel *list = mash_contact_file_get_list (file, kind);

  for (guint i = g_list_model_get_n_items (list); i > 0; i--)
    {
      g_autoptr (MashEntity) entity = g_list_model_get_item (list, i - 1);

      if ((mash_entity_get_record (entity) != NULL) == saved)
        return entity;
    }

  return NULL;
}

static char *
dup_also (MashRecommendationPanel *self,
          MashEntity              *recommendation)
{
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  g_auto (GStrv) codes = mash_entity_dup_set (recommendation, "secondary");
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? "; " : "",
                            mash_policy_get_label (policy, "OUT", codes[i]));

  return g_strdup (words->len > 0 ? words->str : _("Nothing"));
}

static char *
dup_children (MashRecommendationPanel *self,
              MashEntity              *recommendation)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  g_auto (GStrv) subjects = mash_entity_dup_set (recommendation, "covers-subjects");
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; subjects != NULL && subjects[i] != NULL; i++)
    {
      MashEntity *subject = mash_contact_file_find (file, subjects[i]);
      const char *person = subject != NULL ? mash_entity_get_text (subject, "person") : NULL;
      g_autofree char *name = mash_person_dup_name (mash_contact_file_find (file, person));

      g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", name);
    }

  return g_strdup (words->len > 0 ? words->str : _("Nobody"));
}

static void
append_line (GString    *words,
             const char *line)
{
  g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", line);
}

static char *
dup_remarks (MashRecommendationPanel *self,
             MashEntity              *recommendation)
{
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  const char *not_answered = mash_entity_get_text (recommendation, "not-answered");
  const char *help = mash_entity_get_text (recommendation, "help-offered");
  const char *to = mash_entity_get_text (recommendation, "help-offered-to");
  const char *answer = mash_entity_get_text (recommendation, "help-answer");
  const char *second = mash_entity_get_text (recommendation, "second-look");
  g_autofree char *offered = NULL, *looked = NULL, *missing = NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  missing = not_answered != NULL
    ? g_strdup_printf (_("Recommended on incomplete information. Not answered: %s"), not_answered)
    : g_strdup (_("Recommended on incomplete information."));
  if (mash_entity_get_flag (recommendation, "on-incomplete-info"))
    append_line (words, missing);
  offered = mash_words_join (" · ", help, to, answer != NULL
                             ? mash_policy_get_label (policy, "HELPANS", answer) : NULL, NULL);
  if (help != NULL)
    {
      g_autofree char *line = g_strdup_printf (_("Help offered: %s"), offered);

      append_line (words, line);
    }
  looked = second != NULL ? g_strdup_printf (_("Second look: %s"), second) : NULL;
  if (looked != NULL)
    append_line (words, looked);

  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* Where the children do not all have the same outcome, the others stand beneath. */
static void
show_standing_groups (MashRecommendationPanel *self,
                      MashEntity              *recommendation)
{
  GListModel *groups = mash_contact_file_get_list (
    mash_contact_part_get_file (MASH_CONTACT_PART (self)), "outcome-group");
  GtkWidget *child;

  mash_remove_children (self->standing_groups);
  for (guint i = 0; i < g_list_model_get_n_items (groups); i++)
    {
      g_autoptr (MashEntity) group = g_list_model_get_item (groups, i);

      if (mash_entity_get_record (group) == NULL ||
          g_strcmp0 (mash_entity_get_text (group, "recommendation"),
                     mash_entity_get_id (recommendation)) != 0)
        continue;
      child = mash_record_facts_new (group, "covers-subjects outcome level secondary rationale "
                                     "help-offered help-offered-to help-answer decision");
      gtk_widget_add_css_class (child, "mash-group");
      gtk_box_append (GTK_BOX (self->standing_groups), child);
    }
  gtk_widget_set_visible (self->standing_groups,
                          gtk_widget_get_first_child (self->standing_groups) != NULL);
}

static void
show_criteria (MashRecommendationPanel *self,
               MashEntity              *recommendation)
{
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  const char *level = mash_entity_get_text (recommendation, "level");
  const char *version = mash_entity_get_text (recommendation, "criteria-version");
  /* Translators: a level of need, then a version of the threshold document such as “2026-04”. */
  g_autofree char *words = g_strdup_printf (_("%s, by criteria version %s"),
                                            level != NULL
                                              ? mash_policy_get_label (policy, "LVL", level) : "",
                                            version != NULL ? version : _("not known"));

  gtk_label_set_text (self->criteria, words);
}

static char *
dup_decided (MashRecommendationPanel *self)
{
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  MashEntity *decision = find_newest (self, "decision", TRUE);
  const char *rationale;
  g_autofree char *name = NULL;
  g_autofree char *at = NULL;
  g_autofree char *what = NULL;

  if (decision == NULL)
    return NULL;

  name = mash_value_words_for_staff (mash_form_host_find (GTK_WIDGET (self)),
                                     mash_entity_get_text (decision, "by"));
  at = mash_typed_time_format (mash_entity_get_text (decision, "at"));
  rationale = mash_entity_get_text (decision, "rationale");
  /* Translators: what was decided, the outcome, who decided, when. */
  what = g_strdup_printf (_("%s: %s. %s, %s"),
                          mash_policy_get_label (policy, "RESULT",
                                                 mash_entity_get_text (decision, "result")),
                          mash_entity_get_text (decision, "outcome") != NULL
                            ? mash_policy_get_label (policy, "OUT",
                                                     mash_entity_get_text (decision, "outcome"))
                            : _("no outcome yet"),
                          name, at);

  return rationale != NULL ? g_strdup_printf ("%s\n%s", what, rationale) : g_steal_pointer (&what);
}

static void
show_standing (MashRecommendationPanel *self,
               MashEntity              *recommendation)
{
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  g_autofree char *also = dup_also (self, recommendation);
  g_autofree char *children = dup_children (self, recommendation);
  g_autofree char *remarks = dup_remarks (self, recommendation);
  g_autofree char *decided = dup_decided (self);
  g_autofree char *name = mash_value_words_for_staff (mash_form_host_find (GTK_WIDGET (self)),
                                                      mash_entity_get_text (recommendation, "by"));
  g_autofree char *at = mash_typed_time_format (mash_entity_get_text (recommendation, "at"));
  g_autofree char *note = g_strdup_printf ("%s, %s", name, at);

  gtk_label_set_text (self->note, note);
  gtk_label_set_text (self->outcome,
                      mash_policy_get_label (policy, "OUT",
                                             mash_entity_get_text (recommendation, "outcome")));
  gtk_label_set_text (self->also, also);
  gtk_label_set_text (self->children, children);
  gtk_label_set_text (self->rationale, mash_entity_get_text (recommendation, "rationale"));
  gtk_label_set_text (self->remarks, remarks);
  gtk_widget_set_visible (GTK_WIDGET (self->remarks), *remarks != '\0');
  show_standing_groups (self, recommendation);
  show_criteria (self, recommendation);
  gtk_label_set_text (self->decided, decided != NULL ? decided : _("Not decided yet"));
}

static void
show_part (MashRecommendationPanel *self,
           GtkWidget               *part)
{
  gtk_widget_set_visible (self->no_words, part == self->no_words);
  gtk_widget_set_visible (self->writing, part == self->writing);
  gtk_widget_set_visible (self->standing, part == self->standing);
}

/* What only some outcomes ask for is shown with those. */
static void
show_parts (MashRecommendationPanel *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashEntity *pending = mash_recommendation_panel_get_pending (self);
  MashEntity *contact = mash_contact_part_get_contact (MASH_CONTACT_PART (self));
  const char *outcome = pending != NULL ? mash_entity_get_text (pending, "outcome") : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->help),
                          outcome != NULL && mash_words_contain (OFFERS_HELP, outcome));
  gtk_widget_set_visible (GTK_WIDGET (self->second_look),
                          mash_entity_get_text (contact, "nfa-before") != NULL &&
                          mash_outcome_groups_have (file, pending, NO_FURTHER_ACTION));
  gtk_widget_set_visible (self->offer, mash_outcome_groups_have (file, pending, EARLY_HELP));
  gtk_widget_set_visible (GTK_WIDGET (self->not_answered),
                          pending != NULL && mash_entity_get_flag (pending, "on-incomplete-info"));
}

static void
set_pending (MashRecommendationPanel *self,
             MashEntity              *pending)
{
  mash_record_form_set_entity (self->form, pending);
  mash_record_form_set_entity (self->help, pending);
  mash_record_form_set_entity (self->second_look, pending);
  mash_record_form_set_entity (self->incomplete, pending);
  mash_record_form_set_entity (self->not_answered, pending);
  mash_record_form_set_entity (self->early_help,
                               pending != NULL ? find_newest (self, "early-help", FALSE) : NULL);
  mash_outcome_groups_set_recommendation (self->groups, pending);
  g_signal_group_set_target (self->pending, pending);
  show_parts (self);
}

static void
on_wanted_cb (MashRecommendationPanel *self)
{
  set_pending (self, mash_recommendation_panel_ensure (self));
}

/* The offer belongs to the recommendation that is being written. */
static void
on_early_help_wanted_cb (MashRecommendationPanel *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashEntity *offer = find_newest (self, "early-help", FALSE);

  if (offer == NULL)
    offer = mash_contact_file_add (file, "early-help");
  mash_entity_set_text (offer, "recommendation",
                        mash_entity_get_id (mash_recommendation_panel_ensure (self)));
  mash_record_form_set_entity (self->early_help, offer);
}

static void
mash_recommendation_panel_updated (MashContactPart *part)
{
  MashRecommendationPanel *self = MASH_RECOMMENDATION_PANEL (part);
  MashEntity *standing = mash_recommendation_panel_get_standing (self);

  if (mash_recommendation_panel_is_open (self))
    {
      set_pending (self, mash_recommendation_panel_get_pending (self));
      gtk_label_set_text (self->note,
                          standing != NULL ? _("Returned: to be recommended again") : "");
      show_part (self, self->writing);
      return;
    }

  set_pending (self, NULL);
  show_part (self, standing != NULL ? self->standing : self->no_words);
  gtk_label_set_text (self->note, "");
  if (standing != NULL)
    show_standing (self, standing);
}

static void
mash_recommendation_panel_dispose (GObject *object)
{
  MashRecommendationPanel *self = MASH_RECOMMENDATION_PANEL (object);

  g_clear_object (&self->pending);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_RECOMMENDATION_PANEL);

  G_OBJECT_CLASS (mash_recommendation_panel_parent_class)->dispose (object);
}

static void
mash_recommendation_panel_class_init (MashRecommendationPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  MashContactPartClass *part_class = MASH_CONTACT_PART_CLASS (klass);

  object_class->dispose = mash_recommendation_panel_dispose;

  part_class->updated = mash_recommendation_panel_updated;

  g_type_ensure (MASH_TYPE_OUTCOME_GROUPS);
  g_type_ensure (MASH_TYPE_RECORD_FORM);
  g_type_ensure (MASH_TYPE_RULINGS);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-recommendation-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, note);
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, no_words);
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, writing);
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, standing);
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, form);
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, help);
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, second_look);
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, offer);
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, early_help);
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, groups);
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, incomplete);
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, not_answered);
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, rulings);
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, outcome);
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, also);
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, children);
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, rationale);
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, remarks);
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, standing_groups);
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, criteria);
  gtk_widget_class_bind_template_child (widget_class, MashRecommendationPanel, decided);
  gtk_widget_class_bind_template_callback (widget_class, on_wanted_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_early_help_wanted_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_parts);
}

static void
mash_recommendation_panel_init (MashRecommendationPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->pending = g_signal_group_new (MASH_TYPE_ENTITY);
  g_signal_group_connect_swapped (self->pending, "notify", G_CALLBACK (show_parts), self);
}

/**
 * mash_recommendation_panel_is_open:
 * @self: the panel
 *
 * Returns: %TRUE in the states in which a recommendation is written
 */
gboolean
mash_recommendation_panel_is_open (MashRecommendationPanel *self)
{
  MashContactFile *file;
  const char *state;

  g_return_val_if_fail (MASH_IS_RECOMMENDATION_PANEL (self), FALSE);

  file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  state = mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (file)), "state");

  return g_strcmp0 (state, "C50") == 0 || g_strcmp0 (state, "X10") == 0;
}

/**
 * mash_recommendation_panel_get_pending:
 * @self: the panel
 *
 * Returns: (transfer none) (nullable): the recommendation that is being written
 */
MashEntity *
mash_recommendation_panel_get_pending (MashRecommendationPanel *self)
{
  g_return_val_if_fail (MASH_IS_RECOMMENDATION_PANEL (self), NULL);

  return find_newest (self, "recommendation", FALSE);
}

/**
 * mash_recommendation_panel_ensure:
 * @self: the panel
 *
 * Returns: (transfer none): the recommendation that is being written, begun if need be
 */
MashEntity *
mash_recommendation_panel_ensure (MashRecommendationPanel *self)
{
  MashEntity *pending = mash_recommendation_panel_get_pending (self);

  if (pending == NULL)
    pending = mash_contact_file_add (mash_contact_part_get_file (MASH_CONTACT_PART (self)),
                                     "recommendation");

  return pending;
}

/**
 * mash_recommendation_panel_get_standing:
 * @self: the panel
 *
 * Returns: (transfer none) (nullable): the newest recommendation that was made
 */
MashEntity *
mash_recommendation_panel_get_standing (MashRecommendationPanel *self)
{
  g_return_val_if_fail (MASH_IS_RECOMMENDATION_PANEL (self), NULL);

  return find_newest (self, "recommendation", TRUE);
}

void
mash_recommendation_panel_show_verdict (MashRecommendationPanel *self,
                                        MashVerdict             *verdict)
{
  g_return_if_fail (MASH_IS_RECOMMENDATION_PANEL (self));

  mash_rulings_show (self->rulings, verdict);
}
