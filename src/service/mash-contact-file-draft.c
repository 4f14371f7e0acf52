/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-contact-file-private.h"

#include <string.h>

#include "mash-body.h"
#include "mash-entity-list.h"

#define MEMBER_KIND ".kind"
#define MEMBER_RECORD ".record"
#define MEMBER_LOOSE ".loose"
#define MEMBER_VALUE ".value"
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

/* Whether a record says what it said when an entity was last given it. */
gboolean
mash_contact_file_is_as_read (MashEntity *entity,
                              MashRecord *record)
{
  MashRecord *before = mash_entity_get_record (entity);
  guint n_fields = mash_record_get_kind (record)->n_fields;

  if (before == NULL || mash_record_get_revision (before) != mash_record_get_revision (record))
    return FALSE;

  for (guint i = 0; i < n_fields; i++)
    {
      if (!mash_values_equal (mash_record_get_value (before, i),
                              mash_record_get_value (record, i)))
        return FALSE;
    }

  return TRUE;
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

static void
write_loose (MashContactFile *self,
             GString         *draft)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, self->loose);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      g_autoptr (GHashTable) members = mash_body_new ();
      g_autofree char *line = NULL;

      mash_body_set (members, MEMBER_LOOSE, g_variant_new_string (name));
      mash_body_set (members, MEMBER_VALUE, g_variant_new_string (value));
      line = mash_body_write (members);
      g_string_append_printf (draft, "%s\n", line);
    }
}

static gboolean
is_told_for (gpointer name,
             gpointer value,
             gpointer deed)
{
  gsize length = strlen (deed);

  return strncmp (name, deed, length) == 0 && ((const char *) name)[length] == '.';
}

/* A new record may hold nothing yet but what could not be read. */
static gboolean
is_worth_a_line (MashContactFile *self,
                 MashEntity      *entity)
{
  return mash_contact_file_holds_news (entity) ||
         (mash_entity_get_record (entity) == NULL &&
          g_hash_table_find (self->loose, is_told_for,
                             (gpointer) mash_entity_get_id (entity)) != NULL);
}

/**
 * mash_contact_file_dup_draft:
 * @self: a file
 *
 * Writes down everything typed and not saved: a line of flat JSON an entity, and one for each thing
 * that a page was told.
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

      if (!is_worth_a_line (self, entity))
        continue;
      line = write_line (entity);
      g_string_append_printf (draft, "%s\n", line);
    }

  write_loose (self, draft);

  return draft->len > 0 ? g_string_free (g_steal_pointer (&draft), FALSE) : NULL;
}

static const char *
get_text (GHashTable *members,
          const char *name)
{
  GVariant *value = g_hash_table_lookup (members, name);

  return value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
         ? g_variant_get_string (value, NULL) : NULL;
}

/* Puts into @entity what a line says of it. */
static void
fill_entity (MashEntity *entity,
             GHashTable *members)
{
  const MashKind *kind = mash_entity_get_kind (entity);

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

static void
load_entity (MashContactFile *self,
             GHashTable      *members)
{
  const char *kind_name = get_text (members, MEMBER_KIND);
  const char *id = get_text (members, MEMBER_RECORD);
  const MashKind *kind = kind_name != NULL ? mash_kind_lookup (kind_name) : NULL;
  MashEntity *entity;

  if (kind == NULL || id == NULL)
    return;

  entity = mash_contact_file_find (self, id);
  if (entity == NULL)
    {
      g_autoptr (MashEntity) fresh = mash_entity_new (kind, id);

      mash_contact_file_take (self, fresh);
      entity = fresh;
    }
  if (mash_entity_get_kind (entity) == kind)
    fill_entity (entity, members);
}

static void
load_line (MashContactFile *self,
           const char      *line)
{
  g_autoptr (GHashTable) members = mash_body_read (line, strlen (line), NULL);
  const char *name, *value;

  if (members == NULL)
    return;

  name = get_text (members, MEMBER_LOOSE);
  value = get_text (members, MEMBER_VALUE);
  if (name != NULL && value != NULL)
    mash_contact_file_set_loose (self, name, value);
  else
    load_entity (self, members);
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
  self->draft_at = self->changed || g_hash_table_size (self->loose) > 0 ? saved_at : 0;
}

static gboolean
can_be_saved (MashEntity *entity)
{
  const MashKind *kind = mash_entity_get_kind (entity);

  if (mash_entity_get_record (entity) != NULL)
    return mash_entity_get_changed (entity);
  if (mash_contact_file_is_blank (entity))
    return FALSE;

  for (guint i = 0; i < kind->n_fields; i++)
    {
      if ((kind->fields[i].needs & MASH_NEED_SAVE) && mash_entity_get_value (entity, i) == NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * mash_contact_file_dup_group:
 * @self: a file
 * @deed: what is done
 *
 * Collects everything typed and not saved, what is referred to first.
 *
 * Returns: (transfer full): a group, without edits when nothing is to be saved
 */
MashGroup *
mash_contact_file_dup_group (MashContactFile *self,
                             const char      *deed)
{
  g_autoptr (MashGroup) group = NULL;
  const MashKind *const *kinds;
  guint n_kinds;

  g_return_val_if_fail (MASH_IS_CONTACT_FILE (self), NULL);

  group = mash_group_new (deed, self->id);
  kinds = mash_kind_list (&n_kinds);
  if (can_be_saved (MASH_ENTITY (self->contact)))
    mash_group_take_edit (group, mash_entity_dup_edit (MASH_ENTITY (self->contact)));
  for (guint k = 0; k < n_kinds; k++)
    {
      MashEntityList *list = g_hash_table_lookup (self->lists, kinds[k]->name);
      guint n = list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (list)) : 0;

      for (guint i = 0; i < n; i++)
        {
          MashEntity *entity = mash_entity_list_peek (list, i);

          if (entity != NULL && entity != MASH_ENTITY (self->contact) && can_be_saved (entity))
            mash_group_take_edit (group, mash_entity_dup_edit (entity));
        }
    }

  return g_steal_pointer (&group);
}

/**
 * mash_contact_file_list_conflicts:
 * @self: a file
 *
 * Returns: (transfer full) (element-type MashEntity): the entities in which something was typed
 *   over what somebody else has altered since; they cannot be saved before the user has chosen
 */
GPtrArray *
mash_contact_file_list_conflicts (MashContactFile *self)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer entity;

  g_return_val_if_fail (MASH_IS_CONTACT_FILE (self), NULL);

  g_hash_table_iter_init (&iter, self->entities);
  while (g_hash_table_iter_next (&iter, NULL, &entity))
    {
      guint n_fields = mash_entity_get_kind (entity)->n_fields;
      gboolean any = FALSE;
      GVariant *was;

      for (guint i = 0; i < n_fields && !any; i++)
        any = mash_entity_get_conflict (entity, i, &was);
      if (any)
        g_ptr_array_add (found, g_object_ref (entity));
    }

  return found;
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

/**
 * mash_contact_file_set_loose:
 * @self: a file
 * @name: what is told, as in `triage.reason`: the deed that it is for, or a record’s id, and a word
 * @value: (nullable): what was typed or chosen; %NULL forgets it
 *
 * Keeps with the draft what no record can hold yet. Never a passphrase.
 */
void
mash_contact_file_set_loose (MashContactFile *self,
                             const char      *name,
                             const char      *value)
{
  g_return_if_fail (MASH_IS_CONTACT_FILE (self));
  g_return_if_fail (name != NULL);

  if (value != NULL)
    g_hash_table_insert (self->loose, g_strdup (name), g_strdup (value));
  else
    g_hash_table_remove (self->loose, name);
}

/**
 * mash_contact_file_get_loose:
 * @self: a file
 * @name: what was told
 *
 * Returns: (transfer none) (nullable): what was typed or chosen
 */
const char *
mash_contact_file_get_loose (MashContactFile *self,
                             const char      *name)
{
  g_return_val_if_fail (MASH_IS_CONTACT_FILE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return g_hash_table_lookup (self->loose, name);
}

/**
 * mash_contact_file_clear_loose:
 * @self: a file
 * @deed: a deed, or the id of a record
 *
 * Forgets what was told for @deed: it was done, or given up.
 */
void
mash_contact_file_clear_loose (MashContactFile *self,
                               const char      *deed)
{
  g_return_if_fail (MASH_IS_CONTACT_FILE (self));
  g_return_if_fail (deed != NULL);

  g_hash_table_foreach_remove (self->loose, is_told_for, (gpointer) deed);
}

/**
 * mash_contact_file_lay_aside:
 * @self: a file
 * @name: what is told
 * @entity: an entity that a page fills in beside the contact
 *
 * Keeps what is typed in @entity with the draft.
 */
void
mash_contact_file_lay_aside (MashContactFile *self,
                             const char      *name,
                             MashEntity      *entity)
{
  g_autofree char *line = NULL;

  g_return_if_fail (MASH_IS_ENTITY (entity));

  if (mash_contact_file_holds_news (entity))
    line = write_line (entity);
  mash_contact_file_set_loose (self, name, line);
}

/**
 * mash_contact_file_take_up:
 * @self: a file
 * @name: what was told
 * @entity: an entity of the same kind
 *
 * Puts into @entity what was laid aside; what was typed over something that has changed since is
 * refused as a conflict until mash_entity_settle().
 *
 * Returns: %TRUE if there was anything
 */
gboolean
mash_contact_file_take_up (MashContactFile *self,
                           const char      *name,
                           MashEntity      *entity)
{
  const char *line = mash_contact_file_get_loose (self, name);
  g_autoptr (GHashTable) members = NULL;

  g_return_val_if_fail (MASH_IS_ENTITY (entity), FALSE);

  if (line != NULL)
    members = mash_body_read (line, strlen (line), NULL);
  if (members == NULL ||
      g_strcmp0 (get_text (members, MEMBER_KIND), mash_entity_get_kind (entity)->name) != 0)
    return FALSE;

  fill_entity (entity, members);

  return TRUE;
}
