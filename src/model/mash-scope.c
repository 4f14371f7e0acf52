/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-scope.h"

#include <string.h>

/* The family of a contact is who is in it, who lives with them and who is related to them. It is
 * worked out only when a group alters a record of the kinds that belong to people. */
struct _MashScope
{
  MashCase   *the_case;
  GHashTable *people;     /* ids, NULL until needed */
  GHashTable *households;
};

/* By which fields records that belong to people name them; any one of them is enough. */
static const struct
{
  const char *kind;
  const char *people[3];
  const char *household;
} belongings[] = {
  { "person-name", { "person" }, NULL },
  { "identifier", { "person" }, NULL },
  { "contact-point", { "person" }, NULL },
  { "household-member", { "person" }, "household" },
  { "relationship", { "from-person", "to-person" }, NULL },
  { "flag", { "person" }, "household" },
};

static void
add_each (GHashTable *ids,
          GPtrArray  *records,
          const char *field)
{
  for (guint i = 0; i < records->len; i++)
    {
      const char *id = mash_record_get_text (g_ptr_array_index (records, i), field);

      if (id != NULL)
        g_hash_table_add (ids, g_strdup (id));
    }
}

static void
add_listed (GHashTable *ids,
            MashFacts  *facts,
            const char *kind,
            const char *field,
            const char *value,
            const char *wanted)
{
  g_autoptr (GPtrArray) records = mash_facts_list (facts, kind, field, value);

  add_each (ids, records, wanted);
}

/* Whom a group makes is nobody else’s yet. */
static void
add_new (MashScope  *self,
         const char *kind,
         GHashTable *ids)
{
  MashGroup *group = self->the_case->group;

  for (guint i = 0; i < mash_group_get_n_edits (group); i++)
    {
      MashEdit *edit = mash_group_get_edit (group, i);

      if (mash_edit_is_new (edit) && strcmp (mash_edit_get_kind (edit)->name, kind) == 0)
        g_hash_table_add (ids, g_strdup (mash_edit_get_id (edit)));
    }
}

static MashScope *
find_family (MashScope *self)
{
  MashFacts *facts = self->the_case->proposed;
  const char *contact = mash_group_get_contact (self->the_case->group);
  g_autoptr (GHashTable) subjects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer id;

  if (self->people != NULL)
    return self;

  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->households = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  add_listed (subjects, facts, "contact-subject", "contact", contact, "person");
  add_listed (subjects, self->the_case->facts, "contact-subject", "contact", contact, "person");
  add_new (self, "person", subjects);
  add_new (self, "household", self->households);

  g_hash_table_iter_init (&iter, subjects);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_hash_table_add (self->people, g_strdup (id));
      add_listed (self->households, facts, "household-member", "person", id, "household");
      add_listed (self->people, facts, "relationship", "from-person", id, "to-person");
      add_listed (self->people, facts, "relationship", "to-person", id, "from-person");
    }
  g_hash_table_iter_init (&iter, self->households);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    add_listed (self->people, facts, "household-member", "household", id, "person");

  return self;
}

static gboolean
names_one_of (MashRecord *record,
              const char *field,
              GHashTable *ids,
              gboolean   *names)
{
  const char *id = field != NULL ? mash_record_get_text (record, field) : NULL;

  *names |= id != NULL;

  return id != NULL && g_hash_table_contains (ids, id);
}

static gboolean
is_address_of_family (MashScope  *self,
                      const char *address)
{
  g_autoptr (GPtrArray) households = mash_facts_list (self->the_case->facts, "household",
                                                      "address", address);

  for (guint i = 0; i < households->len; i++)
    {
      if (g_hash_table_contains (self->households,
                                 mash_record_get_id (g_ptr_array_index (households, i))))
        return TRUE;
    }

  return FALSE;
}

/* Of an existing record it counts to whom it belongs now, of a new one to whom it would. One that
 * names nobody must at least say to which contact it belongs. */
static gboolean
belongs_to_family (MashScope *self,
                   MashEdit  *edit,
                   guint      row,
                   gboolean   says_contact)
{
  MashFacts *facts = mash_edit_is_new (edit) ? self->the_case->proposed : self->the_case->facts;
  g_autoptr (MashRecord) record = mash_facts_lookup (facts, belongings[row].kind,
                                                     mash_edit_get_id (edit));
  gboolean names = FALSE;

  if (record == NULL)
    return TRUE;
  if (strcmp (belongings[row].kind, "identifier") == 0 &&
      g_strcmp0 (mash_record_get_text (record, "of-contact"),
                 mash_group_get_contact (self->the_case->group)) == 0)
    return TRUE;
  for (guint i = 0; belongings[row].people[i] != NULL; i++)
    {
      if (names_one_of (record, belongings[row].people[i], self->people, &names))
        return TRUE;
    }

  return names_one_of (record, belongings[row].household, self->households, &names) ||
         (says_contact && !names);
}

/* A record of a contact belongs to that contact alone. */
static gboolean
is_of_contact (MashScope *self,
               MashEdit  *edit,
               guint      field,
               gboolean  *says)
{
  const MashKind *kind = mash_edit_get_kind (edit);
  MashFacts *facts = mash_edit_is_new (edit) ? self->the_case->proposed : self->the_case->facts;
  g_autoptr (MashRecord) record = mash_facts_lookup (facts, kind->name, mash_edit_get_id (edit));
  GVariant *value = record != NULL ? mash_record_get_value (record, field) : NULL;

  *says = value != NULL;

  return value == NULL ||
         g_strcmp0 (g_variant_get_string (value, NULL),
                    mash_group_get_contact (self->the_case->group)) == 0;
}

/**
 * mash_scope_new:
 * @the_case: a case; borrowed, and must outlive what is returned
 *
 * Returns: (transfer full): the reach of its group
 */
MashScope *
mash_scope_new (MashCase *the_case)
{
  MashScope *self = g_new0 (MashScope, 1);

  self->the_case = the_case;

  return self;
}

void
mash_scope_free (MashScope *self)
{
  g_clear_pointer (&self->people, g_hash_table_unref);
  g_clear_pointer (&self->households, g_hash_table_unref);
  g_free (self);
}

/**
 * mash_scope_contains:
 * @self: the reach of a group
 * @edit: an edit of it
 *
 * Returns: %TRUE when the record that @edit makes or alters is the contact of the group, belongs to
 *   it, or belongs to the family that it is about; %TRUE too for what exists apart from families,
 *   such as staff
 */
gboolean
mash_scope_contains (MashScope *self,
                     MashEdit  *edit)
{
  const MashKind *kind = mash_edit_get_kind (edit);
  const char *contact = mash_group_get_contact (self->the_case->group);
  const char *id = mash_edit_get_id (edit);
  guint contact_field = mash_kind_get_contact_field (kind);
  gboolean says = FALSE;

  if (strcmp (kind->name, "contact") == 0)
    return g_strcmp0 (id, contact) == 0;
  if (contact_field != MASH_NO_FIELD && !is_of_contact (self, edit, contact_field, &says))
    return FALSE;
  if (contact == NULL)
    return contact_field == MASH_NO_FIELD || !says;

  if (strcmp (kind->name, "person") == 0)
    return mash_edit_is_new (edit) || g_hash_table_contains (find_family (self)->people, id);
  if (strcmp (kind->name, "household") == 0)
    return mash_edit_is_new (edit) || g_hash_table_contains (find_family (self)->households, id);
  if (strcmp (kind->name, "address") == 0)
    return mash_edit_is_new (edit) || is_address_of_family (find_family (self), id);
  for (guint i = 0; i < G_N_ELEMENTS (belongings); i++)
    {
      if (strcmp (kind->name, belongings[i].kind) == 0)
        return belongs_to_family (find_family (self), edit, i, says);
    }

  return TRUE;
}
