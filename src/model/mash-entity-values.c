/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-entity.h"

/* The values of an entity by the name of their field, as plain C values. */

static guint
find_field (MashEntity *self,
            const char *name)
{
  return mash_kind_find_field (mash_entity_get_kind (self), name);
}

/**
 * mash_entity_get_text:
 * @self: an entity
 * @field: the name of a field that is neither a set nor yes-or-no
 *
 * Returns: (transfer none) (nullable): what it holds
 */
const char *
mash_entity_get_text (MashEntity *self,
                      const char *field)
{
  GVariant *value = mash_entity_get_value (self, find_field (self, field));

  return value != NULL ? g_variant_get_string (value, NULL) : NULL;
}

gboolean
mash_entity_set_text (MashEntity *self,
                      const char *field,
                      const char *value)
{
  return mash_entity_set_value (self, find_field (self, field),
                                value != NULL && *value != '\0' ? g_variant_new_string (value)
                                                                : NULL);
}

gboolean
mash_entity_get_flag (MashEntity *self,
                      const char *field)
{
  GVariant *value = mash_entity_get_value (self, find_field (self, field));

  return value != NULL && g_variant_get_boolean (value);
}

gboolean
mash_entity_set_flag (MashEntity *self,
                      const char *field,
                      gboolean    value)
{
  return mash_entity_set_value (self, find_field (self, field), g_variant_new_boolean (value));
}

gint64
mash_entity_get_int (MashEntity *self,
                     const char *field)
{
  const char *text = mash_entity_get_text (self, field);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/**
 * mash_entity_dup_set:
 * @self: an entity
 * @field: the name of a set field
 *
 * Returns: (transfer full): its members, none when not known
 */
char **
mash_entity_dup_set (MashEntity *self,
                     const char *field)
{
  GVariant *value = mash_entity_get_value (self, find_field (self, field));

  return value != NULL ? g_variant_dup_strv (value, NULL) : g_new0 (char *, 1);
}

gboolean
mash_entity_set_set (MashEntity        *self,
                     const char        *field,
                     const char *const *value)
{
  return mash_entity_set_value (self, find_field (self, field),
                                value != NULL && value[0] != NULL ? g_variant_new_strv (value, -1)
                                                                  : NULL);
}
