/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-entity-list.h"

/* One of the two is there: the record until somebody asks, then the entity. */
typedef struct
{
  MashRecord *record;
  MashEntity *entity;
} Place;

struct _MashEntityList
{
  GObject         parent_instance;

  GPtrArray      *places;
  GHashTable     *by_id;     /* id, kept by what is in the place → place */
  guint           n_told;    /* how many of them whoever looks at the list knows of */

  MashEntityMake  make;      /* NULL when the file has gone */
  gpointer        data;
};

static void mash_entity_list_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MashEntityList, mash_entity_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      mash_entity_list_iface_init))

static void
place_free (gpointer data)
{
  Place *place = data;

  g_clear_pointer (&place->record, mash_record_unref);
  g_clear_object (&place->entity);
  g_free (place);
}

static MashEntity *
ensure_entity (MashEntityList *self,
               Place          *place)
{
  if (place->entity == NULL)
    {
      g_autoptr (MashRecord) record = g_steal_pointer (&place->record);

      place->entity = self->make != NULL ? self->make (record, self->data)
                                         : mash_entity_new_for_record (record);
      g_hash_table_replace (self->by_id, (char *) mash_entity_get_id (place->entity), place);
    }

  return place->entity;
}

static GType
mash_entity_list_get_item_type (GListModel *model)
{
  return MASH_TYPE_ENTITY;
}

static guint
mash_entity_list_get_n_items (GListModel *model)
{
  return MASH_ENTITY_LIST (model)->n_told;
}

static gpointer
mash_entity_list_get_item (GListModel *model,
                           guint       position)
{
  MashEntityList *self = MASH_ENTITY_LIST (model);

  return position < self->n_told
         ? g_object_ref (ensure_entity (self, g_ptr_array_index (self->places, position))) : NULL;
}

static void
mash_entity_list_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = mash_entity_list_get_item_type;
  iface->get_n_items = mash_entity_list_get_n_items;
  iface->get_item = mash_entity_list_get_item;
}

static void
mash_entity_list_finalize (GObject *object)
{
  MashEntityList *self = MASH_ENTITY_LIST (object);

  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->places);

  G_OBJECT_CLASS (mash_entity_list_parent_class)->finalize (object);
}

static void
mash_entity_list_class_init (MashEntityListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mash_entity_list_finalize;
}

static void
mash_entity_list_init (MashEntityList *self)
{
  self->places = g_ptr_array_new_with_free_func (place_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * mash_entity_list_new:
 * @make: makes entities
 * @data: for @make, until mash_entity_list_let_go()
 *
 * Returns: (transfer full): an empty list
 */
MashEntityList *
mash_entity_list_new (MashEntityMake make,
                      gpointer       data)
{
  MashEntityList *self = g_object_new (MASH_TYPE_ENTITY_LIST, NULL);

  self->make = make;
  self->data = data;

  return self;
}

/**
 * mash_entity_list_hold:
 * @self: a list
 * @record: a record as it now stands, of which nobody has asked for an entity
 *
 * Keeps @record in the place of what it was before, or at the end, where nobody sees it before
 * mash_entity_list_tell().
 */
void
mash_entity_list_hold (MashEntityList *self,
                       MashRecord     *record)
{
  Place *place;

  g_return_if_fail (MASH_IS_ENTITY_LIST (self) && record != NULL);

  place = g_hash_table_lookup (self->by_id, mash_record_get_id (record));
  g_return_if_fail (place == NULL || place->entity == NULL);

  if (place == NULL)
    {
      place = g_new0 (Place, 1);
      g_ptr_array_add (self->places, place);
    }
  /* The key belongs to the record, so the new one takes its place before the old one goes. */
  g_hash_table_replace (self->by_id, (char *) mash_record_get_id (record), place);
  g_clear_pointer (&place->record, mash_record_unref);
  place->record = mash_record_ref (record);
}

/**
 * mash_entity_list_tell:
 * @self: a list
 *
 * Tells of everything that came to its end since the last time, at once.
 */
void
mash_entity_list_tell (MashEntityList *self)
{
  guint before;

  g_return_if_fail (MASH_IS_ENTITY_LIST (self));

  before = self->n_told;
  self->n_told = self->places->len;
  if (self->n_told > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->n_told - before);
}

/**
 * mash_entity_list_append:
 * @self: a list
 * @entity: an entity that is not in it
 */
void
mash_entity_list_append (MashEntityList *self,
                         MashEntity     *entity)
{
  Place *place;

  g_return_if_fail (MASH_IS_ENTITY_LIST (self));
  g_return_if_fail (MASH_IS_ENTITY (entity));

  place = g_new0 (Place, 1);
  place->entity = g_object_ref (entity);
  g_ptr_array_add (self->places, place);
  g_hash_table_replace (self->by_id, (char *) mash_entity_get_id (entity), place);
  mash_entity_list_tell (self);
}

/**
 * mash_entity_list_remove:
 * @self: a list
 * @id: an id, which need not be in it
 */
void
mash_entity_list_remove (MashEntityList *self,
                         const char     *id)
{
  Place *place;
  guint position;

  g_return_if_fail (MASH_IS_ENTITY_LIST (self) && id != NULL);

  place = g_hash_table_lookup (self->by_id, id);
  if (place == NULL || !g_ptr_array_find (self->places, place, &position))
    return;

  mash_entity_list_tell (self);
  g_hash_table_remove (self->by_id, id);
  g_ptr_array_steal_index (self->places, position);
  self->n_told--;
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  place_free (place);
}

/**
 * mash_entity_list_find:
 * @self: a list
 * @id: an id
 *
 * Returns: (transfer none) (nullable): the entity of that id, made now if need be
 */
MashEntity *
mash_entity_list_find (MashEntityList *self,
                       const char     *id)
{
  Place *place;

  g_return_val_if_fail (MASH_IS_ENTITY_LIST (self) && id != NULL, NULL);

  place = g_hash_table_lookup (self->by_id, id);

  return place != NULL ? ensure_entity (self, place) : NULL;
}

/**
 * mash_entity_list_peek:
 * @self: a list
 * @position: a position in it
 *
 * Returns: (transfer none) (nullable): the entity there, if somebody has asked for it: in others
 *   nobody has typed anything
 */
MashEntity *
mash_entity_list_peek (MashEntityList *self,
                       guint           position)
{
  g_return_val_if_fail (MASH_IS_ENTITY_LIST (self), NULL);
  g_return_val_if_fail (position < self->places->len, NULL);

  return ((Place *) g_ptr_array_index (self->places, position))->entity;
}

/**
 * mash_entity_list_let_go:
 * @self: a list that may outlive its file
 */
void
mash_entity_list_let_go (MashEntityList *self)
{
  g_return_if_fail (MASH_IS_ENTITY_LIST (self));

  self->make = NULL;
  self->data = NULL;
}
