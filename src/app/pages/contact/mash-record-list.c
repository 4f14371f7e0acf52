/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-record-list.h"

#include <adwaita.h>

#include "mash-form-host.h"
#include "mash-record-form.h"
#include "mash-set-str.h"

struct _MashRecordList
{
  GtkWidget        parent_instance;

  /* Children */
  GtkWidget       *box;
  GtkWidget       *forms;
  GtkWidget       *add;

  /* Owned */
  MashContactFile *file;
  GSignalGroup    *signals;
  char            *kind;
  char            *layout;
  char            *match_field;
  char            *match_id;
  char            *within_field;
  char            *within_id;
  char            *add_label;

  guint            narrow : 1;
};

G_DEFINE_FINAL_TYPE (MashRecordList, mash_record_list, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_FILE,
  PROP_KIND,
  PROP_LAYOUT,
  PROP_MATCH_FIELD,
  PROP_MATCH_ID,
  PROP_WITHIN_FIELD,
  PROP_WITHIN_ID,
  PROP_NARROW,
  PROP_ADD_LABEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
belongs_to (MashEntity *entity,
            const char *field,
            const char *id)
{
  return field == NULL || g_strcmp0 (mash_entity_get_text (entity, field), id) == 0;
}

static gboolean
matches (MashRecordList *self,
         MashEntity     *entity)
{
  return belongs_to (entity, self->match_field, self->match_id) &&
         belongs_to (entity, self->within_field, self->within_id);
}

/* Whether what new records belong to is known. */
static gboolean
can_add (MashRecordList *self)
{
  return self->file != NULL && (self->match_field == NULL || self->match_id != NULL) &&
         (self->within_field == NULL || self->within_id != NULL);
}

static GPtrArray *
list_entities (MashRecordList *self)
{
  GPtrArray *entities = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *all = self->file != NULL ? mash_contact_file_get_list (self->file, self->kind) : NULL;

  for (guint i = 0; all != NULL && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (MashEntity) entity = g_list_model_get_item (all, i);

      if (matches (self, entity))
        g_ptr_array_add (entities, g_steal_pointer (&entity));
    }

  return entities;
}

static MashEntity *
add_entity (MashRecordList *self)
{
  MashEntity *entity = mash_contact_file_add (self->file, self->kind);

  if (self->match_field != NULL)
    mash_entity_set_text (entity, self->match_field, self->match_id);
  if (self->within_field != NULL)
    mash_entity_set_text (entity, self->within_field, self->within_id);

  return entity;
}

static void
on_wanted_cb (MashRecordList *self,
              GtkWidget      *form)
{
  if (can_add (self))
    mash_record_form_set_entity (MASH_RECORD_FORM (form), add_entity (self));
}

/* Keeps the forms that are there and gives each its record, so that the focus stays where it is
 * when a record is added. */
static void
show_entities (MashRecordList *self)
{
  g_autoptr (GPtrArray) entities = list_entities (self);
  guint wanted = MAX (entities->len, 1);
  GtkWidget *form = gtk_widget_get_first_child (self->forms);
  guint n = 0;

  for (; n < wanted; n++)
    {
      if (form == NULL)
        {
          form = g_object_new (MASH_TYPE_RECORD_FORM, "kind", self->kind, "layout", self->layout,
                               "narrow", self->narrow, NULL);
          g_signal_connect_swapped (form, "wanted", G_CALLBACK (on_wanted_cb), self);
          gtk_box_append (GTK_BOX (self->forms), form);
        }
      mash_record_form_set_entity (MASH_RECORD_FORM (form),
                                   n < entities->len ? g_ptr_array_index (entities, n) : NULL);
      form = gtk_widget_get_next_sibling (form);
    }

  while (form != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (form);

      gtk_box_remove (GTK_BOX (self->forms), form);
      form = next;
    }
}

static void
on_add_cb (MashRecordList *self)
{
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));

  if (!can_add (self))
    return;

  add_entity (self);
  show_entities (self);
  gtk_widget_child_focus (gtk_widget_get_last_child (self->forms), GTK_DIR_TAB_FORWARD);
  if (host != NULL)
    mash_form_host_typed (host);
}

static void
mash_record_list_constructed (GObject *object)
{
  MashRecordList *self = MASH_RECORD_LIST (object);

  G_OBJECT_CLASS (mash_record_list_parent_class)->constructed (object);

  if (self->add_label != NULL)
    {
      self->add = gtk_button_new ();
      gtk_button_set_child (GTK_BUTTON (self->add),
                            g_object_new (ADW_TYPE_BUTTON_CONTENT,
                                          "icon-name", "list-add-symbolic",
                                          "label", self->add_label, NULL));
      gtk_widget_add_css_class (self->add, "flat");
      gtk_widget_set_halign (self->add, GTK_ALIGN_START);
      g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (on_add_cb), self);
      gtk_box_append (GTK_BOX (self->box), self->add);
    }
  show_entities (self);
}

static void
set_file (MashRecordList  *self,
          MashContactFile *file)
{
  if (!g_set_object (&self->file, file))
    return;

  g_signal_group_set_target (self->signals,
                             file != NULL ? mash_contact_file_get_list (file, self->kind) : NULL);
  show_entities (self);
}

static void
mash_record_list_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  MashRecordList *self = MASH_RECORD_LIST (object);

  switch (prop_id)
    {
    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;

    case PROP_KIND:
      g_value_set_string (value, self->kind);
      break;

    case PROP_LAYOUT:
      g_value_set_string (value, self->layout);
      break;

    case PROP_MATCH_FIELD:
      g_value_set_string (value, self->match_field);
      break;

    case PROP_MATCH_ID:
      g_value_set_string (value, self->match_id);
      break;

    case PROP_WITHIN_FIELD:
      g_value_set_string (value, self->within_field);
      break;

    case PROP_WITHIN_ID:
      g_value_set_string (value, self->within_id);
      break;

    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;

    case PROP_ADD_LABEL:
      g_value_set_string (value, self->add_label);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_record_list_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  MashRecordList *self = MASH_RECORD_LIST (object);

  switch (prop_id)
    {
    case PROP_FILE:
      set_file (self, g_value_get_object (value));
      break;

    case PROP_KIND:
      self->kind = g_value_dup_string (value);
      break;

    case PROP_LAYOUT:
      self->layout = g_value_dup_string (value);
      break;

    case PROP_MATCH_FIELD:
      self->match_field = g_value_dup_string (value);
      break;

    case PROP_MATCH_ID:
      if (mash_set_str (&self->match_id, g_value_get_string (value)))
        show_entities (self);
      break;

    case PROP_WITHIN_FIELD:
      self->within_field = g_value_dup_string (value);
      break;

    case PROP_WITHIN_ID:
      if (mash_set_str (&self->within_id, g_value_get_string (value)))
        show_entities (self);
      break;

    case PROP_NARROW:
      self->narrow = g_value_get_boolean (value);
      break;

    case PROP_ADD_LABEL:
      self->add_label = g_value_dup_string (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_record_list_dispose (GObject *object)
{
  MashRecordList *self = MASH_RECORD_LIST (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->signals);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (mash_record_list_parent_class)->dispose (object);
}

static void
mash_record_list_finalize (GObject *object)
{
  MashRecordList *self = MASH_RECORD_LIST (object);

  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->layout, g_free);
  g_clear_pointer (&self->match_field, g_free);
  g_clear_pointer (&self->match_id, g_free);
  g_clear_pointer (&self->within_field, g_free);
  g_clear_pointer (&self->within_id, g_free);
  g_clear_pointer (&self->add_label, g_free);

  G_OBJECT_CLASS (mash_record_list_parent_class)->finalize (object);
}

static void
mash_record_list_class_init (MashRecordListClass *klass)
{
  GParamFlags fixed = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GParamFlags free = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = mash_record_list_constructed;
  object_class->dispose = mash_record_list_dispose;
  object_class->finalize = mash_record_list_finalize;
  object_class->get_property = mash_record_list_get_property;
  object_class->set_property = mash_record_list_set_property;

  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, MASH_TYPE_CONTACT_FILE, free);
  properties[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, fixed);
  properties[PROP_LAYOUT] = g_param_spec_string ("layout", NULL, NULL, NULL, fixed);
  properties[PROP_MATCH_FIELD] = g_param_spec_string ("match-field", NULL, NULL, NULL, fixed);
  properties[PROP_MATCH_ID] = g_param_spec_string ("match-id", NULL, NULL, NULL, free);
  properties[PROP_WITHIN_FIELD] = g_param_spec_string ("within-field", NULL, NULL, NULL, fixed);
  properties[PROP_WITHIN_ID] = g_param_spec_string ("within-id", NULL, NULL, NULL, free);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, fixed);
  properties[PROP_ADD_LABEL] = g_param_spec_string ("add-label", NULL, NULL, NULL, fixed);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "mash-record-list");
}

static void
mash_record_list_init (MashRecordList *self)
{
  self->signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->signals, "items-changed", G_CALLBACK (show_entities), self);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->forms = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  gtk_box_append (GTK_BOX (self->box), self->forms);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}
