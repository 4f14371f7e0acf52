/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-rules.h"

#include <string.h>

#include "mash-guards.h"
#include "mash-kinds.h"

/* Kinds whose records say something about the concern, and so are part of what is signed. */
static const char *const content_kinds[] = {
  "contact-subject",
  "referrer",
  "concern",
  "person-location",
  "agreement",
  "lawful-basis",
  "informing",
  "risk-analysis",
};

/* What g_variant_print() gives, without a look at each letter as a character where all are plain:
 * most are. */
static void
append_value (GString  *text,
              GVariant *value)
{
  const char *said = g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
                     ? g_variant_get_string (value, NULL) : NULL;
  const char *p = said;

  while (p != NULL && *p >= ' ' && *p <= '~' && *p != '\'' && *p != '\\')
    p++;
  if (p != NULL && *p == '\0')
    {
      g_string_append_c (text, '\'');
      g_string_append (text, said);
      g_string_append_c (text, '\'');
    }
  else
    {
      g_variant_print_string (value, text, FALSE);
    }
}

/* One line a field: what it is called and what it says. */
static void
hash_record (GChecksum  *checksum,
             MashRecord *record)
{
  const MashKind *kind = mash_record_get_kind (record);
  gboolean is_contact = kind == &mash_contact_kind;
  g_autoptr (GString) text = g_string_new (kind->name);

  g_string_append_c (text, ' ');
  g_string_append (text, mash_record_get_id (record));
  g_string_append_c (text, '\n');
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const MashField *field = &kind->fields[i];
      GVariant *value = mash_record_get_value (record, i);

      if (value == NULL)
        continue;
      if (field->owner == MASH_OWNER_RULES &&
          !(is_contact && mash_words_contain ("brag level harm-suspected", field->name)))
        continue;
      g_string_append (text, field->name);
      g_string_append_c (text, ' ');
      append_value (text, value);
      g_string_append_c (text, '\n');
    }
  g_checksum_update (checksum, (const guchar *) text->str, (gssize) text->len);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (mash_record_get_id (*(MashRecord *const *) a),
                 mash_record_get_id (*(MashRecord *const *) b));
}

/* The store lists records as they came, an open contact as its people lead to them: what is signed
 * must be the same for both. */
static GPtrArray *
list_by_id (MashFacts  *facts,
            const char *kind,
            const char *field,
            const char *value)
{
  GPtrArray *records = mash_facts_list (facts, kind, field, value);

  g_ptr_array_sort (records, compare_ids);

  return records;
}

static void
hash_list (GChecksum  *checksum,
           MashFacts  *facts,
           const char *kind,
           const char *field,
           const char *value)
{
  g_autoptr (GPtrArray) records = list_by_id (facts, kind, field, value);

  for (guint i = 0; i < records->len; i++)
    hash_record (checksum, g_ptr_array_index (records, i));
}

/* Where somebody lives: which household, and its address. */
static void
hash_homes (GChecksum  *checksum,
            MashFacts  *facts,
            const char *person)
{
  g_autoptr (GPtrArray) members = list_by_id (facts, "household-member", "person", person);

  for (guint i = 0; i < members->len; i++)
    {
      MashRecord *member = g_ptr_array_index (members, i);
      g_autoptr (MashRecord) household = NULL;
      g_autoptr (MashRecord) address = NULL;

      hash_record (checksum, member);
      household = mash_facts_lookup (facts, "household",
                                     mash_record_get_text (member, "household"));
      if (household == NULL)
        continue;
      hash_record (checksum, household);
      address = mash_facts_lookup (facts, "address", mash_record_get_text (household, "address"));
      if (address != NULL)
        hash_record (checksum, address);
    }
}

static void
hash_people (GChecksum *checksum,
             MashFacts *facts,
             GPtrArray *subjects)
{
  for (guint i = 0; i < subjects->len; i++)
    {
      const char *person = mash_record_get_text (g_ptr_array_index (subjects, i), "person");
      g_autoptr (MashRecord) record = mash_facts_lookup (facts, "person", person);

      if (record == NULL)
        continue;
      hash_record (checksum, record);
      hash_list (checksum, facts, "person-name", "person", person);
      hash_list (checksum, facts, "relationship", "from-person", person);
      hash_list (checksum, facts, "relationship", "to-person", person);
      hash_homes (checksum, facts, person);
    }
}

/* What is recommended for some of the children; what a manager decided instead came later. */
static void
hash_groups (GChecksum  *checksum,
             MashFacts  *facts,
             MashRecord *recommendation)
{
  g_autoptr (GPtrArray) groups = list_by_id (facts, "outcome-group", "recommendation",
                                             mash_record_get_id (recommendation));

  for (guint i = 0; i < groups->len; i++)
    {
      if (!mash_record_has (g_ptr_array_index (groups, i), "decision"))
        hash_record (checksum, g_ptr_array_index (groups, i));
    }
}

/**
 * mash_rules_hash_content:
 * @facts: facts
 * @contact: the id of a contact
 *
 * Hashes everything that a recommendation stands on and a manager is shown: the contact, its people
 * with their names, relationships and homes, what was said, agreed and analysed, and the newest
 * recommendation itself. What the program keeps about its own course (state, clocks, completeness)
 * and facts that may be added at any time (notes, calls, documents, flags) are not part of it. Any
 * thread.
 *
 * Returns: (transfer full): SHA-256 in hex
 */
char *
mash_rules_hash_content (MashFacts  *facts,
                         const char *contact)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (MashRecord) record = NULL;
  g_autoptr (MashRecord) recommendation = NULL;

  g_return_val_if_fail (MASH_IS_FACTS (facts), NULL);
  g_return_val_if_fail (contact != NULL, NULL);

  record = mash_facts_lookup (facts, "contact", contact);
  if (record != NULL)
    hash_record (checksum, record);
  for (guint k = 0; k < G_N_ELEMENTS (content_kinds); k++)
    {
      g_autoptr (GPtrArray) records = list_by_id (facts, content_kinds[k], "contact", contact);

      for (guint i = 0; i < records->len; i++)
        hash_record (checksum, g_ptr_array_index (records, i));
      if (strcmp (content_kinds[k], "contact-subject") == 0)
        hash_people (checksum, facts, records);
    }
  recommendation = mash_facts_find_newest (facts, "recommendation", contact);
  if (recommendation != NULL)
    {
      hash_record (checksum, recommendation);
      hash_groups (checksum, facts, recommendation);
    }

  return g_strdup (g_checksum_get_string (checksum));
}
