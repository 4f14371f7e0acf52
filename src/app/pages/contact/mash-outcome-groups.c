/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-outcome-groups.h"

#include <glib/gi18n-lib.h>

#include "mash-outcome-group-form.h"

struct _MashOutcomeGroups
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkWidget       *forms;
  GtkWidget       *joined;

  /* Owned */
  MashEntity      *recommendation;
  MashEntity      *last;           /* the group that was joined last */
  GListModel      *list;

  guint            busy : 1;
};

G_DEFINE_FINAL_TYPE (MashOutcomeGroups, mash_outcome_groups, MASH_TYPE_CONTACT_PART)

#define COVERS "covers-subjects"

enum
{
  ALTERED,
  WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A group that is being written for this recommendation. */
static gboolean
is_ours (MashOutcomeGroups *self,
         MashEntity        *group)
{
  return mash_entity_get_record (group) == NULL && self->recommendation != NULL &&
         g_strcmp0 (mash_entity_get_text (group, "recommendation"),
                    mash_entity_get_id (self->recommendation)) == 0;
}

static gboolean
take_out (MashEntity        *entity,
          const char *const *children)
{
  g_auto (GStrv) covered = mash_entity_dup_set (entity, COVERS);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) left = NULL;
  gboolean altered = FALSE;

  for (guint i = 0; covered != NULL && covered[i] != NULL; i++)
    {
      if (g_strv_contains (children, covered[i]))
        altered = TRUE;
      else
        g_strv_builder_add (builder, covered[i]);
    }
  left = g_strv_builder_end (builder);
  if (altered)
    mash_entity_set_set (entity, COVERS, (const char *const *) left);

  return altered;
}

/* Whoever is put into one group is taken out of the others. */
static void
on_covers_cb (MashOutcomeGroups *self,
              GParamSpec        *pspec,
              MashEntity        *entity)
{
  g_auto (GStrv) children = mash_entity_dup_set (entity, COVERS);

  if (self->busy || children == NULL || children[0] == NULL)
    return;

  self->busy = TRUE;
  if (entity != self->recommendation && self->recommendation != NULL)
    take_out (self->recommendation, (const char *const *) children);
  for (guint i = 0; self->list != NULL && i < g_list_model_get_n_items (self->list); i++)
    {
      g_autoptr (MashEntity) group = g_list_model_get_item (self->list, i);

      if (group != entity && is_ours (self, group))
        take_out (group, (const char *const *) children);
    }
  self->busy = FALSE;
}

static void
on_group_altered_cb (MashOutcomeGroups *self)
{
  g_signal_emit (self, signals[ALTERED], 0);
}

static void
follow (MashOutcomeGroups *self,
        MashEntity        *entity)
{
  g_signal_handlers_disconnect_by_func (entity, on_covers_cb, self);
  g_signal_handlers_disconnect_by_func (entity, on_group_altered_cb, self);
  g_signal_connect_object (entity, "notify::" COVERS, G_CALLBACK (on_covers_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (entity, "notify::outcome", G_CALLBACK (on_group_altered_cb), self,
                           G_CONNECT_SWAPPED);
}

static gboolean
is_shown (MashOutcomeGroups *self,
          MashEntity        *group)
{
  for (GtkWidget *form = gtk_widget_get_first_child (self->forms); form != NULL;
       form = gtk_widget_get_next_sibling (form))
    if (mash_outcome_group_form_get_group (MASH_OUTCOME_GROUP_FORM (form)) == group)
      return TRUE;

  return FALSE;
}

static void
drop_gone (MashOutcomeGroups *self)
{
  GtkWidget *next;

  for (GtkWidget *form = gtk_widget_get_first_child (self->forms); form != NULL; form = next)
    {
      MashEntity *group = mash_outcome_group_form_get_group (MASH_OUTCOME_GROUP_FORM (form));
      MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));

      next = gtk_widget_get_next_sibling (form);
      if (!is_ours (self, group) ||
          mash_contact_file_find (file, mash_entity_get_id (group)) != group)
        gtk_box_remove (GTK_BOX (self->forms), form);
    }
}

static void
show_groups (MashOutcomeGroups *self)
{
  drop_gone (self);
  for (guint i = 0; self->list != NULL && i < g_list_model_get_n_items (self->list); i++)
    {
      g_autoptr (MashEntity) group = g_list_model_get_item (self->list, i);

      if (!is_ours (self, group) || is_shown (self, group))
        continue;
      gtk_box_append (GTK_BOX (self->forms), mash_outcome_group_form_new (group));
      follow (self, group);
    }
}

static void
on_list_cb (MashOutcomeGroups *self)
{
  show_groups (self);
  g_signal_emit (self, signals[ALTERED], 0);
}

static MashEntity *
add_group (MashOutcomeGroups *self)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashEntity *group = mash_contact_file_add (file, "outcome-group");

  mash_entity_set_text (group, "recommendation", mash_entity_get_id (self->recommendation));
  show_groups (self);

  return group;
}

static void
set_joined (MashOutcomeGroups *self,
            MashEntity        *group)
{
  g_set_object (&self->last, group);
  gtk_widget_set_visible (self->joined, group != NULL);
}

static void
tell_typed (MashOutcomeGroups *self)
{
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));

  if (host != NULL)
    mash_form_host_typed (host);
}

static void
split_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  MashOutcomeGroups *self = MASH_OUTCOME_GROUPS (widget);
  GtkWidget *form;

  if (self->recommendation == NULL)
    g_signal_emit (self, signals[WANTED], 0);
  if (self->recommendation == NULL)
    return;

  set_joined (self, NULL);
  add_group (self);
  form = gtk_widget_get_last_child (self->forms);
  if (form != NULL)
    gtk_widget_child_focus (form, GTK_DIR_TAB_FORWARD);
  tell_typed (self);
}

/* Its children go back to the others; what was written for them is kept until something else is
 * split off. */
static void
join_cb (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  MashOutcomeGroups *self = MASH_OUTCOME_GROUPS (widget);
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (self));
  MashEntity *group = mash_contact_file_find (file, g_variant_get_string (parameter, NULL));
  g_auto (GStrv) back = group != NULL ? mash_entity_dup_set (group, COVERS) : NULL;
  g_auto (GStrv) rest = NULL;
  g_auto (GStrv) all = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (group == NULL || self->recommendation == NULL)
    return;

  rest = mash_entity_dup_set (self->recommendation, COVERS);
  if (rest != NULL)
    g_strv_builder_addv (builder, (const char **) rest);
  if (back != NULL)
    g_strv_builder_addv (builder, (const char **) back);
  all = g_strv_builder_end (builder);
  set_joined (self, group);
  mash_contact_file_remove (file, group);
  mash_entity_set_set (self->recommendation, COVERS, (const char *const *) all);
  show_groups (self);
  tell_typed (self);
}

static void
split_again_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  MashOutcomeGroups *self = MASH_OUTCOME_GROUPS (widget);
  g_autoptr (MashEntity) gone = g_steal_pointer (&self->last);
  MashEntity *group;

  set_joined (self, NULL);
  if (gone == NULL || self->recommendation == NULL)
    return;

  group = add_group (self);
  for (guint i = 0; i < mash_entity_get_kind (gone)->n_fields; i++)
    mash_entity_set_value (group, i, mash_entity_get_value (gone, i));
  tell_typed (self);
}

static void
mash_outcome_groups_file_set (MashContactPart *part)
{
  MashOutcomeGroups *self = MASH_OUTCOME_GROUPS (part);

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_func (self->list, on_list_cb, self);
  g_set_object (&self->list, mash_contact_file_get_list (mash_contact_part_get_file (part),
                                                         "outcome-group"));
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (on_list_cb), self,
                           G_CONNECT_SWAPPED);
  show_groups (self);
}

static void
mash_outcome_groups_dispose (GObject *object)
{
  MashOutcomeGroups *self = MASH_OUTCOME_GROUPS (object);

  g_clear_object (&self->recommendation);
  g_clear_object (&self->last);
  g_clear_object (&self->list);
  gtk_widget_dispose_template (GTK_WIDGET (self), MASH_TYPE_OUTCOME_GROUPS);

  G_OBJECT_CLASS (mash_outcome_groups_parent_class)->dispose (object);
}

static void
mash_outcome_groups_class_init (MashOutcomeGroupsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_outcome_groups_dispose;

  MASH_CONTACT_PART_CLASS (klass)->file_set = mash_outcome_groups_file_set;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-outcome-groups.ui");
  gtk_widget_class_bind_template_child (widget_class, MashOutcomeGroups, forms);
  gtk_widget_class_bind_template_child (widget_class, MashOutcomeGroups, joined);
  gtk_widget_class_install_action (widget_class, "groups.split", NULL, split_cb);
  gtk_widget_class_install_action (widget_class, "groups.join", "s", join_cb);
  gtk_widget_class_install_action (widget_class, "groups.split-again", NULL, split_again_cb);

  signals[ALTERED] = g_signal_new ("altered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[WANTED] = g_signal_new ("wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
mash_outcome_groups_init (MashOutcomeGroups *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mash_outcome_groups_set_recommendation:
 * @self: the groups
 * @recommendation: (nullable): the recommendation that is being written
 */
void
mash_outcome_groups_set_recommendation (MashOutcomeGroups *self,
                                        MashEntity        *recommendation)
{
  g_return_if_fail (MASH_IS_OUTCOME_GROUPS (self));

  if (g_set_object (&self->recommendation, recommendation) && recommendation != NULL)
    follow (self, recommendation);
  if (recommendation == NULL)
    set_joined (self, NULL);
  show_groups (self);
}

/**
 * mash_outcome_groups_have:
 * @file: an open contact
 * @recommendation: (nullable): a recommendation of it
 * @outcomes: codes with spaces between
 *
 * Returns: %TRUE if one of @outcomes is recommended for any of the children
 */
gboolean
mash_outcome_groups_have (MashContactFile *file,
                          MashEntity      *recommendation,
                          const char      *outcomes)
{
  GListModel *groups = mash_contact_file_get_list (file, "outcome-group");
  const char *outcome;

  if (recommendation == NULL)
    return FALSE;
  outcome = mash_entity_get_text (recommendation, "outcome");
  if (outcome != NULL && mash_words_contain (outcomes, outcome))
    return TRUE;

  for (guint i = 0; i < g_list_model_get_n_items (groups); i++)
    {
      g_autoptr (MashEntity) group = g_list_model_get_item (groups, i);

      outcome = mash_entity_get_text (group, "outcome");
      if (outcome != NULL && mash_words_contain (outcomes, outcome) &&
          g_strcmp0 (mash_entity_get_text (group, "recommendation"),
                     mash_entity_get_id (recommendation)) == 0)
        return TRUE;
    }

  return FALSE;
}
