/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-contact-part.h"

#include "mash-fold.h"

typedef struct
{
  MashContactFile *file;
  GSignalGroup    *signals;

  guint            told : 1;
} MashContactPartPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MashContactPart, mash_contact_part, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_FILE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
on_updated_cb (MashContactPart *self)
{
  if (mash_contact_part_get_page (self) != NULL && MASH_CONTACT_PART_GET_CLASS (self)->updated)
    MASH_CONTACT_PART_GET_CLASS (self)->updated (self);
}

/* The host is found among the ancestors, so that a part is complete only once it has both: a
 * file, and its place in the page. */
static void
tell_file (MashContactPart *self)
{
  MashContactPartPrivate *priv = mash_contact_part_get_instance_private (self);

  if (priv->told || priv->file == NULL || mash_form_host_find (GTK_WIDGET (self)) == NULL)
    return;

  priv->told = TRUE;
  if (MASH_CONTACT_PART_GET_CLASS (self)->file_set != NULL)
    MASH_CONTACT_PART_GET_CLASS (self)->file_set (self);
  on_updated_cb (self);
}

static void
fold (GtkWidget *widget)
{
  MASH_CONTACT_PART_GET_CLASS (widget)->folded (MASH_CONTACT_PART (widget),
                                                mash_fold_get (widget));
}

static void
mash_contact_part_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mash_contact_part_parent_class)->root (widget);
  tell_file (MASH_CONTACT_PART (widget));
  if (MASH_CONTACT_PART_GET_CLASS (widget)->folded != NULL)
    mash_fold_follow (widget, G_CALLBACK (fold));
}

static void
mash_contact_part_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  MashContactPartPrivate *priv =
    mash_contact_part_get_instance_private (MASH_CONTACT_PART (object));

  switch (prop_id)
    {
    case PROP_FILE:
      g_value_set_object (value, priv->file);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_contact_part_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  MashContactPart *self = MASH_CONTACT_PART (object);
  MashContactPartPrivate *priv = mash_contact_part_get_instance_private (self);

  switch (prop_id)
    {
    case PROP_FILE:
      if (!g_set_object (&priv->file, g_value_get_object (value)))
        break;
      g_signal_group_set_target (priv->signals, priv->file);
      priv->told = FALSE;
      g_object_notify_by_pspec (object, pspec);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_contact_part_dispose (GObject *object)
{
  MashContactPartPrivate *priv =
    mash_contact_part_get_instance_private (MASH_CONTACT_PART (object));

  g_clear_object (&priv->signals);
  g_clear_object (&priv->file);

  G_OBJECT_CLASS (mash_contact_part_parent_class)->dispose (object);
}

static void
mash_contact_part_class_init (MashContactPartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mash_contact_part_dispose;
  object_class->get_property = mash_contact_part_get_property;
  object_class->set_property = mash_contact_part_set_property;

  widget_class->root = mash_contact_part_root;

  properties[PROP_FILE] =
    g_param_spec_object ("file", NULL, NULL, MASH_TYPE_CONTACT_FILE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mash_contact_part_init (MashContactPart *self)
{
  MashContactPartPrivate *priv = mash_contact_part_get_instance_private (self);

  priv->signals = g_signal_group_new (MASH_TYPE_CONTACT_FILE);
  g_signal_group_connect_swapped (priv->signals, "updated", G_CALLBACK (on_updated_cb), self);
  /* After the bindings of the template have handed the file on to the parts inside. */
  g_signal_connect_after (self, "notify::file", G_CALLBACK (tell_file), NULL);
}

/**
 * mash_contact_part_get_file:
 * @self: a part
 *
 * Returns: (transfer none) (nullable): the open contact
 */
MashContactFile *
mash_contact_part_get_file (MashContactPart *self)
{
  MashContactPartPrivate *priv = mash_contact_part_get_instance_private (self);

  g_return_val_if_fail (MASH_IS_CONTACT_PART (self), NULL);

  return priv->file;
}

/**
 * mash_contact_part_get_contact:
 * @self: a part with a file
 *
 * Returns: (transfer none): the contact itself
 */
MashEntity *
mash_contact_part_get_contact (MashContactPart *self)
{
  MashContactFile *file = mash_contact_part_get_file (self);

  return MASH_ENTITY (mash_contact_file_get_contact (file));
}

/**
 * mash_contact_part_get_page:
 * @self: a part
 *
 * Returns: (transfer none) (nullable): the page that it stands in
 */
MashPage *
mash_contact_part_get_page (MashContactPart *self)
{
  g_return_val_if_fail (MASH_IS_CONTACT_PART (self), NULL);

  return (MashPage *) gtk_widget_get_ancestor (GTK_WIDGET (self), MASH_TYPE_PAGE);
}

MashService *
mash_contact_part_get_service (MashContactPart *self)
{
  MashPage *page = mash_contact_part_get_page (self);

  return page != NULL ? mash_page_get_service (page) : NULL;
}

MashPolicy *
mash_contact_part_get_policy (MashContactPart *self)
{
  MashFormHost *host = mash_form_host_find (GTK_WIDGET (self));

  return host != NULL ? mash_form_host_get_policy (host) : NULL;
}

/**
 * mash_contact_part_find_for_item:
 * @item: a #GtkListItem, as closures of cell files are given it
 * @type: the type of a part
 *
 * Returns: (transfer none) (nullable): the part of that type in which the item’s cell stands
 */
GtkWidget *
mash_contact_part_find_for_item (gpointer item,
                                 GType    type)
{
  GtkWidget *child = item != NULL ? gtk_list_item_get_child (GTK_LIST_ITEM (item)) : NULL;

  return child != NULL ? gtk_widget_get_ancestor (child, type) : NULL;
}
