/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-record-facts.h"

#include <glib/gi18n-lib.h>

#include "mash-children.h"
#include "mash-label.h"
#include "mash-value-words.h"
#include "mash-wrap-layout.h"

struct _MashRecordFacts
{
  GtkWidget     parent_instance;

  /* Children */
  GtkWidget    *lines;

  /* Owned */
  GSignalGroup *signals;
  char         *layout;

  guint         flows : 1;
};

G_DEFINE_FINAL_TYPE (MashRecordFacts, mash_record_facts, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_LAYOUT,
  PROP_ENTITY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
add_line (MashRecordFacts *self,
          MashEntity      *entity,
          guint            position)
{
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));
  const MashField *field = &mash_entity_get_kind (entity)->fields[position];
  g_autofree char *words = mash_value_words_for_value (host, field,
                                                       mash_entity_get_value (entity, position));
  gboolean verbatim = (field->traits & MASH_FIELD_VERBATIM) != 0;
  GtkWidget *value = mash_label_new_wrapped (words, verbatim ? "mash-words" : "numeric");
  GtkWidget *place = self->lines;

  if (self->flows)
    {
      place = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
      gtk_box_append (GTK_BOX (self->lines), place);
    }
  gtk_box_append (GTK_BOX (place), mash_label_new_wrapped (_(field->label), "mash-eyebrow"));
  gtk_box_append (GTK_BOX (place), value);
}

static void
show (MashRecordFacts *self)
{
  g_autoptr (MashEntity) entity = g_signal_group_dup_target (self->signals);
  g_auto (GStrv) names = g_strsplit_set (self->layout != NULL ? self->layout : "", " \n", -1);

  mash_remove_children (self->lines);
  if (mash_form_host_find (GTK_WIDGET (self)) == NULL)
    return;

  for (guint i = 0; entity != NULL && names[i] != NULL; i++)
    {
      guint position = *names[i] != '\0'
        ? mash_kind_find_field (mash_entity_get_kind (entity), names[i]) : MASH_NO_FIELD;

      if (position != MASH_NO_FIELD && mash_entity_get_value (entity, position) != NULL)
        add_line (self, entity, position);
    }
}

static void
mash_record_facts_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mash_record_facts_parent_class)->root (widget);

  show (MASH_RECORD_FACTS (widget));
}

static void
mash_record_facts_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  MashRecordFacts *self = MASH_RECORD_FACTS (object);

  switch (prop_id)
    {
    case PROP_LAYOUT:
      g_value_set_string (value, self->layout);
      break;

    case PROP_ENTITY:
      g_value_take_object (value, g_signal_group_dup_target (self->signals));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_record_facts_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  MashRecordFacts *self = MASH_RECORD_FACTS (object);

  switch (prop_id)
    {
    case PROP_LAYOUT:
      self->layout = g_value_dup_string (value);
      break;

    case PROP_ENTITY:
      g_signal_group_set_target (self->signals, g_value_get_object (value));
      show (self);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_record_facts_dispose (GObject *object)
{
  MashRecordFacts *self = MASH_RECORD_FACTS (object);

  g_clear_object (&self->signals);
  g_clear_pointer (&self->lines, gtk_widget_unparent);

  G_OBJECT_CLASS (mash_record_facts_parent_class)->dispose (object);
}

static void
mash_record_facts_finalize (GObject *object)
{
  g_clear_pointer (&MASH_RECORD_FACTS (object)->layout, g_free);

  G_OBJECT_CLASS (mash_record_facts_parent_class)->finalize (object);
}

static void
mash_record_facts_class_init (MashRecordFactsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_record_facts_dispose;
  object_class->finalize = mash_record_facts_finalize;
  object_class->get_property = mash_record_facts_get_property;
  object_class->set_property = mash_record_facts_set_property;

  widget_class->root = mash_record_facts_root;

  properties[PROP_LAYOUT] = g_param_spec_string ("layout", NULL, NULL, NULL,
                                                 G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                 G_PARAM_STATIC_STRINGS);
  properties[PROP_ENTITY] = g_param_spec_object ("entity", NULL, NULL, MASH_TYPE_ENTITY,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "mash-record-facts");
}

static void
mash_record_facts_init (MashRecordFacts *self)
{
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_parent (self->lines, GTK_WIDGET (self));
  self->signals = g_signal_group_new (MASH_TYPE_ENTITY);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (show), self);
}

/**
 * mash_record_facts_new:
 * @entity: a record
 * @layout: the names of its fields that are shown
 *
 * Returns: (transfer floating): what it says
 */
GtkWidget *
mash_record_facts_new (MashEntity *entity,
                       const char *layout)
{
  return g_object_new (MASH_TYPE_RECORD_FACTS, "layout", layout, "entity", entity, NULL);
}

/**
 * mash_record_facts_flow:
 * @self: what a record says
 *
 * Has as many fields beside each other as there is room for, rather than one below the other.
 */
void
mash_record_facts_flow (MashRecordFacts *self)
{
  g_return_if_fail (MASH_IS_RECORD_FACTS (self));

  self->flows = TRUE;
  gtk_widget_set_layout_manager (self->lines, g_object_new (MASH_TYPE_WRAP_LAYOUT, "spacing", 28,
                                                            "line-spacing", 8, NULL));
  show (self);
}
