/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-contact-page.h"

#include "mash-empty-page.h"
#include "mash-entity.h"

struct _MashContactPage
{
  MashPage         parent_instance;

  MashContactFile *file;
};

G_DEFINE_FINAL_TYPE (MashContactPage, mash_contact_page, MASH_TYPE_PAGE)

enum
{
  PROP_0,
  PROP_FILE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
show (MashContactPage *self)
{
  const char *reference = NULL;

  if (self->file != NULL)
    reference = mash_entity_get_text (MASH_ENTITY (mash_contact_file_get_contact (self->file)),
                                      "reference");
  g_object_set (self,
                "title", reference,
                "has-back", TRUE,
                "folds-sidebar", TRUE,
                "child", g_object_new (MASH_TYPE_EMPTY_PAGE, "title", reference, NULL),
                NULL);
}

static void
mash_contact_page_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  MashContactPage *self = MASH_CONTACT_PAGE (object);

  switch (prop_id)
    {
    case PROP_FILE:
      g_value_set_object (value, self->file);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
mash_contact_page_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  MashContactPage *self = MASH_CONTACT_PAGE (object);
  gboolean changed = FALSE;

  switch (prop_id)
    {
    case PROP_FILE:
      changed = g_set_object (&self->file, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }

  if (!changed)
    return;

  show (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
mash_contact_page_dispose (GObject *object)
{
  MashContactPage *self = MASH_CONTACT_PAGE (object);

  g_clear_object (&self->file);

  G_OBJECT_CLASS (mash_contact_page_parent_class)->dispose (object);
}

static void
mash_contact_page_class_init (MashContactPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mash_contact_page_get_property;
  object_class->set_property = mash_contact_page_set_property;
  object_class->dispose = mash_contact_page_dispose;

  properties[PROP_FILE] =
    g_param_spec_object ("file", NULL, NULL, MASH_TYPE_CONTACT_FILE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mash_contact_page_init (MashContactPage *self)
{
}
