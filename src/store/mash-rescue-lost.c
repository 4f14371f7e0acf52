/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-rescue.h"

#include <string.h>

#include "mash-body.h"
#include "mash-kind.h"

/* Of what could not be taken over, which contacts it was about, by the only number of a contact
 * that people say to each other. */

/* What a body gives a member as a text. */
static char *
dup_text (const MashChange *change,
          const char       *member)
{
  g_autoptr (GHashTable) members = mash_body_read (change->body, strlen (change->body), NULL);
  GVariant *value = members != NULL ? g_hash_table_lookup (members, member) : NULL;

  return value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
         ? g_variant_dup_string (value, NULL) : NULL;
}

/* The change that made each record, of those that were read. */
static GHashTable *
list_made (MashRescue *self)
{
  GHashTable *made = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->changes->len; i++)
    {
      MashChange *change = self->changes->pdata[i];

      if (!g_hash_table_contains (made, change->record))
        g_hash_table_insert (made, change->record, change);
    }

  return made;
}

/* A field that a record was given when it was made: then it was read, or it is in the hub. */
static char *
dup_given (MashRescue *self,
           MashStore  *store,
           const char *kind,
           const char *record,
           const char *field)
{
  const MashChange *change = g_hash_table_lookup (self->made, record);
  char *given = change != NULL ? dup_text (change, field) : NULL;
  g_autoptr (MashRecord) stored = NULL;

  if (given != NULL)
    return given;
  stored = mash_store_lookup (store, kind, record);

  return stored != NULL ? g_strdup (mash_record_get_text (stored, field)) : NULL;
}

static gboolean
has_field (const char *kind,
           const char *field)
{
  const MashKind *known = mash_kind_lookup (kind);

  return known != NULL && mash_kind_find_field (known, field) != MASH_NO_FIELD;
}

/* A record is a contact, is of one, or is of a discussion on one. */
static char *
dup_contact (MashRescue       *self,
             MashStore        *store,
             const MashChange *change)
{
  g_autofree char *discussion = NULL;

  if (strcmp (change->kind, "contact") == 0)
    return g_strdup (change->record);
  if (has_field (change->kind, "contact"))
    return dup_given (self, store, change->kind, change->record, "contact");
  if (!has_field (change->kind, "discussion"))
    return NULL;
  discussion = dup_given (self, store, change->kind, change->record, "discussion");

  return discussion != NULL
         ? dup_given (self, store, "strategy-discussion", discussion, "contact") : NULL;
}

/**
 * mash_rescue_note_lost: (skip)
 * @self: what was read
 * @store: the restored store
 * @group: (element-type MashChange): changes of @self that could not be taken over
 *
 * Adds the references of their contacts to #MashRescue.lost, as far as they can be known.
 */
void
mash_rescue_note_lost (MashRescue *self,
                       MashStore  *store,
                       GPtrArray  *group)
{
  if (self->made == NULL)
    self->made = list_made (self);

  for (guint i = 0; i < group->len; i++)
    {
      g_autofree char *contact = dup_contact (self, store, group->pdata[i]);
      char *reference = contact != NULL
                        ? dup_given (self, store, "contact", contact, "reference") : NULL;

      if (reference != NULL)
        g_hash_table_add (self->lost, reference);
    }
}
