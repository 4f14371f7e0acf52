/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-item.h"

#include <string.h>

typedef struct
{
  gpointer row;
} MashItemPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MashItem, mash_item, G_TYPE_OBJECT)

static gconstpointer
member_at (gconstpointer         row,
           const MashItemMember *member)
{
  return (const guint8 *) row + member->offset;
}

static gboolean
members_equal (gconstpointer         a,
               gconstpointer         b,
               const MashItemMember *member)
{
  gconstpointer one = member_at (a, member);
  gconstpointer other = member_at (b, member);
  GType type = member->type ();

  if (type == G_TYPE_STRING)
    return g_strcmp0 (*(char *const *) one, *(char *const *) other) == 0;
  if (type == G_TYPE_STRV)
    {
      const char *const *x = *(const char *const *const *) one;
      const char *const *y = *(const char *const *const *) other;

      return x == NULL || y == NULL ? x == y : g_strv_equal (x, y);
    }
  if (type == G_TYPE_INT64)
    return *(const gint64 *) one == *(const gint64 *) other;

  return *(const guint *) one == *(const guint *) other;
}

static void
mash_item_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  MashItem *self = MASH_ITEM (object);
  MashItemPrivate *priv = mash_item_get_instance_private (self);
  MashItemClass *klass = MASH_ITEM_GET_CLASS (self);
  gconstpointer at;

  g_assert (prop_id >= 1 && prop_id <= klass->n_members);

  if (priv->row == NULL)
    {
      g_value_reset (value);
      return;
    }

  at = member_at (priv->row, &klass->members[prop_id - 1]);
  if (G_VALUE_HOLDS_STRING (value))
    g_value_set_string (value, *(char *const *) at);
  else if (G_VALUE_HOLDS (value, G_TYPE_STRV))
    g_value_set_boxed (value, *(const char *const *const *) at);
  else if (G_VALUE_HOLDS_INT64 (value))
    g_value_set_int64 (value, *(const gint64 *) at);
  else if (G_VALUE_HOLDS_BOOLEAN (value))
    g_value_set_boolean (value, *(const gboolean *) at);
  else
    g_value_set_uint (value, *(const guint *) at);
}

static void
mash_item_finalize (GObject *object)
{
  MashItem *self = MASH_ITEM (object);
  MashItemPrivate *priv = mash_item_get_instance_private (self);

  g_clear_pointer (&priv->row, MASH_ITEM_GET_CLASS (self)->free_row);

  G_OBJECT_CLASS (mash_item_parent_class)->finalize (object);
}

static void
mash_item_class_init (MashItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mash_item_finalize;
}

static void
mash_item_init (MashItem *self)
{
}

static GParamSpec *
make_property (const MashItemMember *member)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GType type = member->type ();

  if (type == G_TYPE_STRING)
    return g_param_spec_string (member->name, NULL, NULL, NULL, flags);
  if (type == G_TYPE_INT64)
    return g_param_spec_int64 (member->name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  if (type == G_TYPE_BOOLEAN)
    return g_param_spec_boolean (member->name, NULL, NULL, FALSE, flags);
  if (type == G_TYPE_UINT)
    return g_param_spec_uint (member->name, NULL, NULL, 0, G_MAXUINT, 0, flags);

  return g_param_spec_boxed (member->name, NULL, NULL, G_TYPE_STRV, flags);
}

/**
 * mash_item_class_install_members:
 * @klass: the class of an item, in its own `class_init`
 * @members: what of its rows are properties
 * @n_members: how many
 * @free_row: frees a row
 */
void
mash_item_class_install_members (MashItemClass        *klass,
                                 const MashItemMember *members,
                                 guint                 n_members,
                                 GDestroyNotify        free_row)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mash_item_get_property;
  klass->members = members;
  klass->n_members = n_members;
  klass->free_row = free_row;
  klass->properties = g_new0 (GParamSpec *, n_members);
  for (guint i = 0; i < n_members; i++)
    {
      klass->properties[i] = make_property (&members[i]);
      g_object_class_install_property (object_class, i + 1, klass->properties[i]);
    }
}

/**
 * mash_item_get_row:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): its row
 */
gconstpointer
mash_item_get_row (MashItem *self)
{
  MashItemPrivate *priv = mash_item_get_instance_private (self);

  g_return_val_if_fail (MASH_IS_ITEM (self), NULL);

  return priv->row;
}

/**
 * mash_item_take_row:
 * @self: an item
 * @row: (transfer full): its row, or a newer one of the same thing
 *
 * Notifies the properties that differ from those of the row before.
 */
void
mash_item_take_row (MashItem *self,
                    gpointer  row)
{
  MashItemPrivate *priv = mash_item_get_instance_private (self);
  MashItemClass *klass;
  gpointer before;

  g_return_if_fail (MASH_IS_ITEM (self));
  g_return_if_fail (row != NULL);

  klass = MASH_ITEM_GET_CLASS (self);
  before = g_steal_pointer (&priv->row);
  priv->row = row;

  /* What was made before its row was read is shown already. */
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < klass->n_members; i++)
    {
      if (before == NULL || !members_equal (before, row, &klass->members[i]))
        g_object_notify_by_pspec (G_OBJECT (self), klass->properties[i]);
    }
  g_object_thaw_notify (G_OBJECT (self));
  if (before != NULL)
    klass->free_row (before);
}
