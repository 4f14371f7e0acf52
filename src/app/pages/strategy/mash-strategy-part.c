/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-strategy-part.h"

#include "mash-agencies.h"
#include "mash-kinds.h"

typedef struct
{
  MashEntity *discussion;

  guint       prompts : 1;
} MashStrategyPartPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MashStrategyPart, mash_strategy_part, MASH_TYPE_CONTACT_PART)

enum
{
  PROP_0,
  PROP_DISCUSSION,
  PROP_PROMPTS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
update (MashStrategyPart *self)
{
  MashContactPart *part = MASH_CONTACT_PART (self);

  if (mash_contact_part_get_file (part) != NULL && mash_contact_part_get_page (part) != NULL &&
      MASH_CONTACT_PART_GET_CLASS (part)->updated != NULL)
    MASH_CONTACT_PART_GET_CLASS (part)->updated (part);
}

static void
mash_strategy_part_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  MashStrategyPartPrivate *priv =
    mash_strategy_part_get_instance_private (MASH_STRATEGY_PART (object));

  switch (prop_id)
    {
    case PROP_DISCUSSION:
      g_value_set_object (value, priv->discussion);
      break;

    case PROP_PROMPTS:
      g_value_set_boolean (value, priv->prompts);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_strategy_part_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  MashStrategyPart *self = MASH_STRATEGY_PART (object);
  MashStrategyPartPrivate *priv = mash_strategy_part_get_instance_private (self);

  switch (prop_id)
    {
    case PROP_DISCUSSION:
      if (!g_set_object (&priv->discussion, g_value_get_object (value)))
        break;
      g_object_notify_by_pspec (object, pspec);
      update (self);
      break;

    case PROP_PROMPTS:
      if (priv->prompts == g_value_get_boolean (value))
        break;
      priv->prompts = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_strategy_part_dispose (GObject *object)
{
  MashStrategyPartPrivate *priv =
    mash_strategy_part_get_instance_private (MASH_STRATEGY_PART (object));

  g_clear_object (&priv->discussion);

  G_OBJECT_CLASS (mash_strategy_part_parent_class)->dispose (object);
}

static void
mash_strategy_part_class_init (MashStrategyPartClass *klass)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mash_strategy_part_dispose;
  object_class->get_property = mash_strategy_part_get_property;
  object_class->set_property = mash_strategy_part_set_property;

  properties[PROP_DISCUSSION] =
    g_param_spec_object ("discussion", NULL, NULL, MASH_TYPE_ENTITY, flags);
  properties[PROP_PROMPTS] = g_param_spec_boolean ("prompts", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mash_strategy_part_init (MashStrategyPart *self)
{
  MashStrategyPartPrivate *priv = mash_strategy_part_get_instance_private (self);

  priv->prompts = TRUE;
}

/**
 * mash_strategy_part_get_discussion:
 * @self: a part
 *
 * Returns: (transfer none) (nullable): the discussion that it shows
 */
MashEntity *
mash_strategy_part_get_discussion (MashStrategyPart *self)
{
  MashStrategyPartPrivate *priv = mash_strategy_part_get_instance_private (self);

  g_return_val_if_fail (MASH_IS_STRATEGY_PART (self), NULL);

  return priv->discussion;
}

/**
 * mash_strategy_part_get_state:
 * @self: a part
 *
 * Returns: (nullable): the state of its discussion, a code of SDS
 */
const char *
mash_strategy_part_get_state (MashStrategyPart *self)
{
  MashEntity *discussion = mash_strategy_part_get_discussion (self);

  return discussion != NULL ? mash_entity_get_text (discussion, "state") : NULL;
}

/**
 * mash_strategy_part_is_open:
 * @self: a part
 *
 * Returns: %TRUE while the record of its discussion may still be written
 */
gboolean
mash_strategy_part_is_open (MashStrategyPart *self)
{
  return mash_words_contain ("PROGRESS RECORDED SIGNING", mash_strategy_part_get_state (self));
}

/**
 * mash_strategy_part_list:
 * @self: a part
 * @kind: a kind of part of a discussion
 *
 * Returns: (transfer full) (element-type MashEntity): those of its discussion, saved or not, oldest
 *   first
 */
GPtrArray *
mash_strategy_part_list (MashStrategyPart *self,
                         const char       *kind)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  MashEntity *discussion = mash_strategy_part_get_discussion (self);
  GListModel *all = mash_contact_file_get_list (
    mash_contact_part_get_file (MASH_CONTACT_PART (self)), kind);

  for (guint i = 0; discussion != NULL && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (MashEntity) entity = g_list_model_get_item (all, i);

      if (g_strcmp0 (mash_entity_get_text (entity, "discussion"),
                     mash_entity_get_id (discussion)) == 0)
        g_ptr_array_add (found, g_steal_pointer (&entity));
    }

  return found;
}

/**
 * mash_strategy_part_make:
 * @self: a part with a discussion
 * @kind: a kind of part of a discussion
 *
 * Returns: (transfer full): a new entity of its discussion, beside the open contact and not in it
 */
MashEntity *
mash_strategy_part_make (MashStrategyPart *self,
                         const char       *kind)
{
  MashContactPart *part = MASH_CONTACT_PART (self);
  g_autofree char *id = mash_service_make_id (mash_contact_part_get_service (part));
  MashEntity *entity = mash_entity_new (mash_kind_lookup (kind), id);

  mash_entity_set_text (entity, "contact",
                        mash_entity_get_id (mash_contact_part_get_contact (part)));
  mash_entity_set_text (entity, "discussion",
                        mash_entity_get_id (mash_strategy_part_get_discussion (self)));

  return entity;
}

/**
 * mash_strategy_part_add:
 * @self: a part with a discussion
 * @kind: a kind of part of a discussion
 *
 * Returns: (transfer none): a new entity of its discussion in the open contact; it is saved with
 *   what is typed next
 */
MashEntity *
mash_strategy_part_add (MashStrategyPart *self,
                        const char       *kind)
{
  MashEntity *entity = mash_contact_file_add (
    mash_contact_part_get_file (MASH_CONTACT_PART (self)), kind);

  mash_entity_set_text (entity, "discussion",
                        mash_entity_get_id (mash_strategy_part_get_discussion (self)));

  return entity;
}

static gboolean
is_same (gconstpointer one,
         gconstpointer other)
{
  return g_strcmp0 (one, other) == 0;
}

/**
 * mash_strategy_part_list_agencies:
 * @self: a part
 *
 * Returns: (transfer full) (element-type utf8): the ids of the agencies that are asked to its
 *   discussion, each once, in the order in which they stand in the attendance
 */
GPtrArray *
mash_strategy_part_list_agencies (MashStrategyPart *self)
{
  g_autoptr (GPtrArray) participants = mash_strategy_part_list (self, "sd-participant");
  GPtrArray *agencies = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < participants->len; i++)
    {
      const char *agency = mash_entity_get_text (g_ptr_array_index (participants, i), "agency");

      if (agency != NULL &&
          !g_ptr_array_find_with_equal_func (agencies, agency, is_same, NULL))
        g_ptr_array_add (agencies, g_strdup (agency));
    }

  return agencies;
}

const char *
mash_strategy_part_name_agency (MashStrategyPart *self,
                                const char       *agency)
{
  return mash_agencies_get_name (mash_contact_part_get_file (MASH_CONTACT_PART (self)), agency);
}

/**
 * mash_strategy_part_tell_typed:
 * @self: a part
 *
 * Says that something was typed that is worth a draft.
 */
void
mash_strategy_part_tell_typed (MashStrategyPart *self)
{
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));

  if (host != NULL)
    mash_form_host_typed (host);
}
