/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-contact-file-private.h"

#include <string.h>

#include "mash-body.h"

#define MEMBER_KIND ".kind"
#define MEMBER_RECORD ".record"
#define SUFFIX_WAS ".was"

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

/* One entity’s line: each field typed into, with what was read there before as a change has it. */
static char *
write_line (MashEntity *entity)
{
  const MashKind *kind = mash_entity_get_kind (entity);
  g_autoptr (MashEdit) edit = mash_entity_dup_edit (entity);
  g_autoptr (GHashTable) members = mash_body_new ();

  mash_body_set (members, MEMBER_KIND, g_variant_new_string (kind->name));
  mash_body_set (members, MEMBER_RECORD, g_variant_new_string (mash_entity_get_id (entity)));
  for (guint i = 0; i < kind->n_fields; i++)
    {
      g_autofree char *was = g_strconcat (kind->fields[i].name, SUFFIX_WAS, NULL);

      if (!mash_edit_touches (edit, i))
        continue;
      mash_body_set (members, kind->fields[i].name, mash_edit_get_now (edit, i));
      if (!mash_edit_is_new (edit))
        mash_body_set (members, was, mash_edit_get_was (edit, i));
    }

  return mash_body_write (members);
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
      g_autofree char *line = NULL;

      if (!mash_contact_file_holds_news (entity))
        continue;
      line = write_line (entity);
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
  kind_name = g_hash_table_lookup (members, MEMBER_KIND);
  id = g_hash_table_lookup (members, MEMBER_RECORD);
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
      g_autofree char *was_name = g_strconcat (kind->fields[i].name, SUFFIX_WAS, NULL);
      gpointer value, was;

      if (!g_hash_table_lookup_extended (members, kind->fields[i].name, NULL, &value) ||
          !mash_entity_set_value (entity, i, value))
        continue;
      if (g_hash_table_lookup_extended (members, was_name, NULL, &was))
        mash_entity_set_read (entity, i, was);
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

/* Having been told of a conflict, the user goes on with what they typed or takes it back. */
void
mash_contact_file_settle_conflicts (MashContactFile *self)
{
  GHashTableIter iter;
  gpointer entity;

  g_hash_table_iter_init (&iter, self->entities);
  while (g_hash_table_iter_next (&iter, NULL, &entity))
    mash_entity_settle (entity);
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
