/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-contact-file-private.h"

#include <string.h>

#include "mash-body.h"

/* Whether a new entity holds nothing but the contact that it belongs to. */
gboolean
mash_contact_file_is_blank (MashEntity *entity)
{
  const MashKind *kind = mash_entity_get_kind (entity);
  guint contact = mash_kind_get_contact_field (kind);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      if (i != contact && mash_entity_get_value (entity, i) != NULL)
        return FALSE;
    }

  return TRUE;
}

/* Whether an entity holds anything that is not saved. */
gboolean
mash_contact_file_holds_news (MashEntity *entity)
{
  return mash_entity_get_changed (entity) &&
         (mash_entity_get_record (entity) != NULL || !mash_contact_file_is_blank (entity));
}

/**
 * mash_contact_file_dup_draft:
 * @self: a file
 *
 * Writes down everything typed and not saved: a line of flat JSON an entity.
 *
 * Returns: (transfer full) (nullable): the draft, %NULL when there is nothing in it
 */
char *
mash_contact_file_dup_draft (MashContactFile *self)
{
  g_autoptr (GString) draft = g_string_new (NULL);
  GHashTableIter iter;
  gpointer entity;

  g_return_val_if_fail (MASH_IS_CONTACT_FILE (self), NULL);

  g_hash_table_iter_init (&iter, self->entities);
  while (g_hash_table_iter_next (&iter, NULL, &entity))
    {
      const MashKind *kind = mash_entity_get_kind (entity);
      MashRecord *record = mash_entity_get_record (entity);
      g_autoptr (GHashTable) members = NULL;
      g_autofree char *line = NULL;

      if (!mash_contact_file_holds_news (entity))
        continue;
      members = mash_body_new ();
      mash_body_set (members, ".kind", g_variant_new_string (kind->name));
      mash_body_set (members, ".record",
                              g_variant_new_string (mash_entity_get_id (entity)));
      for (guint i = 0; i < kind->n_fields; i++)
        {
          GVariant *value = mash_entity_get_value (entity, i);

          if (!mash_values_equal (value, record != NULL ? mash_record_get_value (record, i) : NULL))
            mash_body_set (members, kind->fields[i].name, value);
        }
      line = mash_body_write (members);
      g_string_append_printf (draft, "%s\n", line);
    }

  return draft->len > 0 ? g_string_free (g_steal_pointer (&draft), FALSE) : NULL;
}

static void
load_line (MashContactFile *self,
           const char      *line)
{
  g_autoptr (GHashTable) members = mash_body_read (line, strlen (line), NULL);
  GVariant *kind_name, *id;
  const MashKind *kind;
  MashEntity *entity;

  if (members == NULL)
    return;
  kind_name = g_hash_table_lookup (members, ".kind");
  id = g_hash_table_lookup (members, ".record");
  if (kind_name == NULL || id == NULL ||
      !g_variant_is_of_type (kind_name, G_VARIANT_TYPE_STRING) ||
      !g_variant_is_of_type (id, G_VARIANT_TYPE_STRING))
    return;
  kind = mash_kind_lookup (g_variant_get_string (kind_name, NULL));
  if (kind == NULL)
    return;

  entity = mash_contact_file_find (self, g_variant_get_string (id, NULL));
  if (entity == NULL)
    {
      g_autoptr (MashEntity) fresh = mash_entity_new (kind, g_variant_get_string (id, NULL));

      mash_contact_file_take (self, fresh);
      entity = fresh;
    }
  if (mash_entity_get_kind (entity) != kind)
    return;
  for (guint i = 0; i < kind->n_fields; i++)
    {
      gpointer value;

      if (g_hash_table_lookup_extended (members, kind->fields[i].name, NULL, &value))
        mash_entity_set_value (entity, i, value);
    }
}

/**
 * mash_contact_file_load_draft:
 * @self: a file with its records
 * @draft: a draft as mash_contact_file_dup_draft() wrote it
 * @saved_at: when it was kept, microseconds
 *
 * Puts back what was typed. Lines that cannot be read any more are left out.
 */
void
mash_contact_file_load_draft (MashContactFile *self,
                              const char      *draft,
                              gint64           saved_at)
{
  g_auto (GStrv) lines = NULL;

  g_return_if_fail (MASH_IS_CONTACT_FILE (self));
  g_return_if_fail (draft != NULL);

  lines = g_strsplit (draft, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] != '\0')
        load_line (self, lines[i]);
    }
  mash_contact_file_settle (self);
  self->draft_at = self->changed ? saved_at : 0;
}

/**
 * mash_contact_file_get_draft_at:
 * @self: a file
 *
 * Returns: when the draft that was put back on opening was kept, microseconds; 0 when there was
 *   none
 */
gint64
mash_contact_file_get_draft_at (MashContactFile *self)
{
  g_return_val_if_fail (MASH_IS_CONTACT_FILE (self), 0);

  return self->draft_at;
}
