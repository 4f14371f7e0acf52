/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-identity-match.h"

#include "mash-identity.h"

/* What a #MashMatchSide borrows. */
typedef struct
{
  MashMatchSide  side;
  MashRecord    *person;
  GPtrArray     *names;
  GPtrArray     *identifiers;
  char         **postcodes;
  char         **parents;
} Side;

static char **
list_postcodes (MashFacts  *facts,
                const char *person)
{
  g_autoptr (GPtrArray) members = mash_facts_list (facts, "household-member", "person", person);
  g_autoptr (GStrvBuilder) postcodes = g_strv_builder_new ();

  for (guint i = 0; i < members->len; i++)
    {
      g_autoptr (MashRecord) household = NULL;
      g_autoptr (MashRecord) address = NULL;

      household = mash_facts_lookup (facts, "household",
                                     mash_record_get_text (g_ptr_array_index (members, i),
                                                           "household"));
      if (household != NULL && mash_record_has (household, "address"))
        address = mash_facts_lookup (facts, "address",
                                     mash_record_get_text (household, "address"));
      if (address != NULL && mash_record_has (address, "postcode") &&
          !mash_record_get_flag (address, "confidential"))
        g_strv_builder_add (postcodes, mash_record_get_text (address, "postcode"));
    }

  return g_strv_builder_end (postcodes);
}

static gboolean
is_parent (const char *type)
{
  return g_strcmp0 (type, "MOTHER") == 0 || g_strcmp0 (type, "FATHER") == 0;
}

/* A parent counts under each of the records that are linked as them. */
static char **
list_parents (MashFacts  *facts,
              const char *person)
{
  g_autoptr (GPtrArray) relations = mash_facts_list (facts, "relationship", "to-person", person);
  g_autoptr (GStrvBuilder) parents = g_strv_builder_new ();

  for (guint i = 0; i < relations->len; i++)
    {
      MashRecord *relation = g_ptr_array_index (relations, i);
      const char *parent = mash_record_get_text (relation, "from-person");

      if (parent != NULL && is_parent (mash_record_get_text (relation, "type")))
        {
          g_auto (GStrv) group = mash_identity_list_group (facts, parent);

          for (guint j = 0; group[j] != NULL; j++)
            g_strv_builder_add (parents, group[j]);
        }
    }

  return g_strv_builder_end (parents);
}

static gboolean
read_side (Side       *self,
           MashFacts  *facts,
           const char *person)
{
  self->person = mash_facts_lookup (facts, "person", person);
  if (self->person == NULL)
    return FALSE;

  self->names = mash_facts_list (facts, "person-name", "person", person);
  self->identifiers = mash_facts_list (facts, "identifier", "person", person);
  self->postcodes = list_postcodes (facts, person);
  self->parents = list_parents (facts, person);
  self->side = (MashMatchSide) {
    .person = self->person,
    .names = self->names,
    .postcodes = (const char *const *) self->postcodes,
    .parents = (const char *const *) self->parents,
    .identifiers = self->identifiers,
  };

  return TRUE;
}

static void
side_clear (Side *self)
{
  g_clear_pointer (&self->person, mash_record_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->identifiers, g_ptr_array_unref);
  g_clear_pointer (&self->postcodes, g_strfreev);
  g_clear_pointer (&self->parents, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, side_clear)

/**
 * mash_identity_score:
 * @facts: facts
 * @one: the id of a person
 * @other: the id of another
 * @reasons: (out) (optional): what it rests on
 *
 * Any thread.
 *
 * Returns: 0 to 100, as mash_match_score(); 0 where one of them does not exist
 */
guint
mash_identity_score (MashFacts        *facts,
                     const char       *one,
                     const char       *other,
                     MashMatchReasons *reasons)
{
  g_auto (Side) a = { .person = NULL };
  g_auto (Side) b = { .person = NULL };

  g_return_val_if_fail (one != NULL && other != NULL, 0);

  if (reasons != NULL)
    *reasons = MASH_MATCH_NOTHING;
  if (!read_side (&a, facts, one) || !read_side (&b, facts, other))
    return 0;

  return mash_match_score (&a.side, &b.side, reasons);
}
