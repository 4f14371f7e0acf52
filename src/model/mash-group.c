/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-group.h"

#include <string.h>

struct _MashGroup
{
  char       *deed;
  char       *contact;
  char       *reason;
  GPtrArray  *edits;
  GHashTable *attached;
};

G_DEFINE_BOXED_TYPE (MashGroup, mash_group, mash_group_ref, mash_group_unref)

static void
group_clear (gpointer data)
{
  MashGroup *self = data;

  g_free (self->deed);
  g_free (self->contact);
  g_free (self->reason);
  g_ptr_array_unref (self->edits);
  g_hash_table_unref (self->attached);
}

/**
 * mash_group_new:
 * @deed: the id of a deed in the policy, such as `triage` or `edit`
 * @contact: (nullable): the id of the contact it is done on; %NULL when it is on none
 *
 * Returns: (transfer full): a group without edits
 */
MashGroup *
mash_group_new (const char *deed,
                const char *contact)
{
  MashGroup *self;

  g_return_val_if_fail (deed != NULL, NULL);

  self = g_atomic_rc_box_new0 (MashGroup);
  self->deed = g_strdup (deed);
  self->contact = g_strdup (contact);
  self->edits = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_edit_free);
  self->attached = g_hash_table_new_full (g_str_hash, g_str_equal,
                                          g_free, (GDestroyNotify) g_bytes_unref);

  return self;
}

/**
 * mash_group_copy:
 * @self: a group
 *
 * Returns: (transfer full): another that says the same, with the same contents attached
 */
MashGroup *
mash_group_copy (MashGroup *self)
{
  MashGroup *copy;
  GHashTableIter iter;
  gpointer sha256, content;

  g_return_val_if_fail (self != NULL, NULL);

  copy = mash_group_new (self->deed, self->contact);
  mash_group_set_reason (copy, self->reason);
  for (guint i = 0; i < self->edits->len; i++)
    mash_group_take_edit (copy, mash_edit_copy (g_ptr_array_index (self->edits, i)));

  g_hash_table_iter_init (&iter, self->attached);
  while (g_hash_table_iter_next (&iter, &sha256, &content))
    mash_group_attach (copy, sha256, content);

  return copy;
}

MashGroup *
mash_group_ref (MashGroup *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
mash_group_unref (MashGroup *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, group_clear);
}

const char *
mash_group_get_deed (MashGroup *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->deed;
}

const char *
mash_group_get_contact (MashGroup *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->contact;
}

/**
 * mash_group_get_reason:
 * @self: a group
 *
 * Returns: (transfer none) (nullable): the user's own words for why, where the deed asks for them
 */
const char *
mash_group_get_reason (MashGroup *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->reason;
}

void
mash_group_set_reason (MashGroup  *self,
                       const char *reason)
{
  g_return_if_fail (self != NULL);

  g_free (self->reason);
  self->reason = g_strdup (reason);
}

/**
 * mash_group_take_edit:
 * @self: a group
 * @edit: (transfer full): what is altered in one record; dropped when it alters nothing
 */
void
mash_group_take_edit (MashGroup *self,
                      MashEdit  *edit)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (edit != NULL);

  if (mash_edit_is_empty (edit))
    mash_edit_free (edit);
  else
    g_ptr_array_add (self->edits, edit);
}

guint
mash_group_get_n_edits (MashGroup *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->edits->len;
}

MashEdit *
mash_group_get_edit (MashGroup *self,
                     guint      i)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (i < self->edits->len, NULL);

  return g_ptr_array_index (self->edits, i);
}

/**
 * mash_group_find_edit:
 * @self: a group
 * @kind: the name of a kind
 * @id: (nullable): the id of a record, %NULL for the first of that kind
 *
 * Returns: (transfer none) (nullable): the edit
 */
MashEdit *
mash_group_find_edit (MashGroup  *self,
                      const char *kind,
                      const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->edits->len; i++)
    {
      MashEdit *edit = g_ptr_array_index (self->edits, i);

      if (strcmp (mash_edit_get_kind (edit)->name, kind) == 0 &&
          (id == NULL || strcmp (mash_edit_get_id (edit), id) == 0))
        return edit;
    }

  return NULL;
}

/**
 * mash_group_steal_edits:
 * @self: a group
 *
 * Returns: (transfer full) (element-type MashEdit): all edits, which the group has no more
 */
GPtrArray *
mash_group_steal_edits (MashGroup *self)
{
  GPtrArray *edits;

  g_return_val_if_fail (self != NULL, NULL);

  edits = self->edits;
  self->edits = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_edit_free);

  return edits;
}

/**
 * mash_group_attach:
 * @self: a group
 * @sha256: the content's SHA-256 in hex, as the record that names it says
 * @content: a document's bytes, which the store keeps beside the changes
 */
void
mash_group_attach (MashGroup  *self,
                   const char *sha256,
                   GBytes     *content)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (sha256 != NULL);
  g_return_if_fail (content != NULL);

  g_hash_table_replace (self->attached, g_strdup (sha256), g_bytes_ref (content));
}

GHashTable *
mash_group_get_attached (MashGroup *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->attached;
}
