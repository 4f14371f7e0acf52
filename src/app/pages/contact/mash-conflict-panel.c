/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-conflict-panel.h"

#include <glib/gi18n-lib.h>

#include "mash-typed-date.h"

struct _MashConflictPanel
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkWidget       *rows;
};

G_DEFINE_FINAL_TYPE (MashConflictPanel, mash_conflict_panel, MASH_TYPE_CONTACT_PART)

static char *
dup_text_words (MashPolicy      *policy,
                const MashField *field,
                const char      *text)
{
  if (field->type == MASH_FIELD_CODE)
    return g_strdup (mash_policy_get_label (policy, field->of, text));
  if (field->type == MASH_FIELD_DATE)
    return mash_typed_date_format (text);
  if (field->type == MASH_FIELD_TIME)
    return mash_typed_time_format (text);

  return g_strdup (text);
}

static char *
dup_words (MashPolicy      *policy,
           const MashField *field,
           GVariant        *value)
{
  if (value == NULL)
    return g_strdup (_("nothing"));
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return g_strdup (g_variant_get_boolean (value) ? _("yes") : _("no"));
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return dup_text_words (policy, field, g_variant_get_string (value, NULL));
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY))
    {
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      g_autofree const char **texts = g_variant_get_strv (value, NULL);
      g_auto (GStrv) words = NULL;

      for (guint i = 0; texts[i] != NULL; i++)
        g_strv_builder_add (builder, field->type == MASH_FIELD_CODES
                            ? mash_policy_get_label (policy, field->of, texts[i]) : texts[i]);
      words = g_strv_builder_end (builder);
      return g_strjoinv (", ", words);
    }

  return g_variant_print (value, FALSE);
}

static GtkWidget *
make_button (const char *label,
             MashEntity *entity,
             guint       field,
             gboolean    mine)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "conflict.choose");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(sub)", mash_entity_get_id (entity),
                                    field, mine);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);

  return button;
}

static void
add_row (MashConflictPanel *self,
         MashEntity        *entity,
         guint              position,
         GVariant          *was)
{
  MashPolicy *policy = mash_contact_part_get_policy (MASH_CONTACT_PART (self));
  const MashField *field = &mash_entity_get_kind (entity)->fields[position];
  MashRecord *record = mash_entity_get_record (entity);
  g_autofree char *before = dup_words (policy, field, was);
  g_autofree char *now = dup_words (policy, field, mash_record_get_value (record, position));
  g_autofree char *yours = dup_words (policy, field, mash_entity_get_value (entity, position));
  /* Translators: a field’s name; what it held; what somebody else put there; what was typed. */
  g_autofree char *words = g_strdup_printf (_("%s: it was “%s”. Somebody else has written “%s” "
                                              "since. You typed “%s”."),
                                            _(field->label), before, now, yours);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (row, "mash-draft-banner");
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), make_button (_("Keep theirs"), entity, position, FALSE));
  gtk_box_append (GTK_BOX (row), make_button (_("Keep yours"), entity, position, TRUE));
  gtk_box_append (GTK_BOX (self->rows), row);
}

static void
mash_conflict_panel_updated (MashContactPart *part)
{
  MashConflictPanel *self = MASH_CONFLICT_PANEL (part);
  g_autoptr (GPtrArray) entities =
    mash_contact_file_list_conflicts (mash_contact_part_get_file (part));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_box_remove (GTK_BOX (self->rows), child);

  for (guint i = 0; i < entities->len; i++)
    {
      MashEntity *entity = g_ptr_array_index (entities, i);
      GVariant *was;

      for (guint k = 0; k < mash_entity_get_kind (entity)->n_fields; k++)
        {
          if (mash_entity_get_conflict (entity, k, &was))
            add_row (self, entity, k, was);
        }
    }
  gtk_widget_set_visible (GTK_WIDGET (self), entities->len > 0);
}

static void
choose_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  MashContactFile *file = mash_contact_part_get_file (MASH_CONTACT_PART (widget));
  MashEntity *entity;
  const char *id;
  guint field;
  gboolean mine;

  g_variant_get (parameter, "(&sub)", &id, &field, &mine);
  entity = mash_contact_file_find (file, id);
  if (entity == NULL || field >= mash_entity_get_kind (entity)->n_fields)
    return;

  mash_entity_settle_field (entity, field, mine);
  mash_form_host_typed (mash_form_host_find (widget));
  mash_conflict_panel_updated (MASH_CONTACT_PART (widget));
}

static void
mash_conflict_panel_dispose (GObject *object)
{
  /* The bin would let go of a bound child a second time. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_CONFLICT_PANEL);

  G_OBJECT_CLASS (mash_conflict_panel_parent_class)->dispose (object);
}

static void
mash_conflict_panel_class_init (MashConflictPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mash_conflict_panel_dispose;

  MASH_CONTACT_PART_CLASS (klass)->updated = mash_conflict_panel_updated;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/uk/mash/Desk/ui/pages/contact/mash-conflict-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MashConflictPanel, rows);
  gtk_widget_class_install_action (widget_class, "conflict.choose", "(sub)", choose_cb);
}

static void
mash_conflict_panel_init (MashConflictPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
