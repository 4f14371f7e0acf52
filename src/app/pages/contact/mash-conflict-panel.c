/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-conflict-panel.h"

#include <glib/gi18n-lib.h>

#include "mash-children.h"
#include "mash-value-words.h"

struct _MashConflictPanel
{
  MashContactPart  parent_instance;

  /* Template children */
  GtkWidget       *rows;

  /* Owned */
  MashEntity      *entity;

  guint            beside : 1;
};

G_DEFINE_FINAL_TYPE (MashConflictPanel, mash_conflict_panel, MASH_TYPE_CONTACT_PART)

enum
{
  PROP_0,
  PROP_BESIDE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

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
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));
  const MashField *field = &mash_entity_get_kind (entity)->fields[position];
  MashRecord *record = mash_entity_get_record (entity);
  g_autofree char *before = mash_value_words_for_value (host, field, was);
  g_autofree char *now = mash_value_words_for_value (host, field,
                                                     mash_record_get_value (record, position));
  g_autofree char *yours = mash_value_words_for_value (host, field,
                                                       mash_entity_get_value (entity, position));
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

static guint
add_rows (MashConflictPanel *self,
          MashEntity        *entity)
{
  GVariant *was;
  guint n = 0;

  for (guint k = 0; k < mash_entity_get_kind (entity)->n_fields; k++)
    {
      if (!mash_entity_get_conflict (entity, k, &was))
        continue;
      add_row (self, entity, k, was);
      n++;
    }

  return n;
}

static void
mash_conflict_panel_updated (MashContactPart *part)
{
  MashConflictPanel *self = MASH_CONFLICT_PANEL (part);
  MashContactFile *file = mash_contact_part_get_file (part);
  g_autoptr (GPtrArray) entities = NULL;
  guint n = 0;

  mash_remove_children (self->rows);

  if (!self->beside && file != NULL)
    entities = mash_contact_file_list_conflicts (file);
  for (guint i = 0; entities != NULL && i < entities->len; i++)
    n += add_rows (self, g_ptr_array_index (entities, i));
  if (self->entity != NULL)
    n += add_rows (self, self->entity);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

static void
choose_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  MashConflictPanel *self = MASH_CONFLICT_PANEL (widget);
  MashEntity *entity = self->entity;
  const char *id;
  guint field;
  gboolean mine;

  g_variant_get (parameter, "(&sub)", &id, &field, &mine);
  if (entity == NULL || !g_str_equal (mash_entity_get_id (entity), id))
    entity = mash_contact_file_find (mash_contact_part_get_file (MASH_CONTACT_PART (self)), id);
  if (entity == NULL || field >= mash_entity_get_kind (entity)->n_fields)
    return;

  mash_entity_settle_field (entity, field, mine);
  mash_form_host_typed (mash_form_host_find (widget));
  mash_conflict_panel_updated (MASH_CONTACT_PART (widget));
}

static void
mash_conflict_panel_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_BESIDE:
      g_value_set_boolean (value, MASH_CONFLICT_PANEL (object)->beside);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_conflict_panel_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_BESIDE:
      MASH_CONFLICT_PANEL (object)->beside = g_value_get_boolean (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_conflict_panel_dispose (GObject *object)
{
  g_clear_object (&MASH_CONFLICT_PANEL (object)->entity);
  /* The bin would let go of a bound child a second time. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), MASH_TYPE_CONFLICT_PANEL);

  G_OBJECT_CLASS (mash_conflict_panel_parent_class)->dispose (object);
}

static void
mash_conflict_panel_class_init (MashConflictPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mash_conflict_panel_dispose;
  object_class->get_property = mash_conflict_panel_get_property;
  object_class->set_property = mash_conflict_panel_set_property;

  properties[PROP_BESIDE] = g_param_spec_boolean ("beside", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                  G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

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

/**
 * mash_conflict_panel_watch:
 * @self: a panel
 * @entity: (nullable): what is typed beside the file, such as what a deed asks for
 *
 * Shows the conflicts of @entity as they are now; after the next change of a record they are looked
 * for again.
 */
void
mash_conflict_panel_watch (MashConflictPanel *self,
                           MashEntity        *entity)
{
  g_return_if_fail (MASH_IS_CONFLICT_PANEL (self));

  g_set_object (&self->entity, entity);
  mash_conflict_panel_updated (MASH_CONTACT_PART (self));
}
