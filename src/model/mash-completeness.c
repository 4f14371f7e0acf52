/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-completeness.h"

#include <string.h>

/* What is read once and asked many times. */
typedef struct
{
  MashFacts  *facts;
  MashRecord *contact;
  GPtrArray  *subjects;   /* everybody in the contact */
  GPtrArray  *persons;    /* whom it is about: children, or else adults at risk */
  GPtrArray  *unborn;     /* those of @persons who are not born */
  GPtrArray  *missing;
} MashCheck;

typedef gboolean (*MashContactTest) (MashCheck *check);
typedef gboolean (*MashPersonTest)  (MashCheck  *check,
                                     MashRecord *person);

/* One item: a test of the contact or of each person, and where the answer belongs. A test that asks
 * for a record of the person names the field of that record that is to be filled in. */
typedef struct
{
  const char     *item;
  MashNeeds       needed_for;
  MashContactTest of_contact;
  MashPersonTest  of_person;
  const char     *kind;
  const char     *field;
} MashItem;

static GPtrArray *
list_of_contact (MashCheck  *check,
                 const char *kind)
{
  return mash_facts_list (check->facts, kind, "contact", mash_record_get_id (check->contact));
}

static gboolean
is_code (MashRecord *record,
         const char *field,
         const char *code)
{
  return g_strcmp0 (mash_record_get_text (record, field), code) == 0;
}

static gboolean
is_unborn (MashCheck  *check,
           MashRecord *person)
{
  return g_ptr_array_find (check->unborn, person, NULL);
}

/* An unborn child needs no name. One whose name is not known is there, but not identified. */
static gboolean
is_identified (MashCheck  *check,
               MashRecord *person)
{
  if (is_unborn (check, person))
    return TRUE;

  return !mash_record_get_flag (person, "name-unknown") &&
         (mash_record_has (person, "legal-surname") ||
          mash_record_has (person, "legal-forenames") || mash_record_has (person, "known-as"));
}

static gboolean
has_birth (MashCheck  *check,
           MashRecord *person)
{
  return mash_record_has (person, "birth") ||
         (is_unborn (check, person) && mash_record_has (person, "expected-birth"));
}

static gboolean
is_address_known (MashCheck  *check,
                  const char *household_id)
{
  g_autoptr (MashRecord) household = mash_facts_lookup (check->facts, "household", household_id);
  g_autoptr (MashRecord) address = NULL;

  if (household == NULL)
    return FALSE;
  address = mash_facts_lookup (check->facts, "address",
                               mash_record_get_text (household, "address"));

  return address != NULL &&
         (mash_record_has (address, "line1") || mash_record_has (address, "postcode") ||
          is_code (address, "type", "NFA"));
}

static gboolean
lives_somewhere (MashCheck  *check,
                 const char *person)
{
  g_autoptr (GPtrArray) places = mash_facts_list (check->facts, "person-location", "person",
                                                  person);
  g_autoptr (GPtrArray) members = mash_facts_list (check->facts, "household-member", "person",
                                                   person);

  for (guint i = 0; i < places->len; i++)
    {
      if (mash_record_has (g_ptr_array_index (places, i), "where"))
        return TRUE;
    }
  for (guint i = 0; i < members->len; i++)
    {
      MashRecord *member = g_ptr_array_index (members, i);

      if (!mash_record_has (member, "to") &&
          is_address_known (check, mash_record_get_text (member, "household")))
        return TRUE;
    }

  return FALSE;
}

/* An unborn child is where its family is. */
static gboolean
has_address (MashCheck  *check,
             MashRecord *person)
{
  if (lives_somewhere (check, mash_record_get_id (person)))
    return TRUE;
  for (guint i = 0; is_unborn (check, person) && i < check->subjects->len; i++)
    {
      const char *other = mash_record_get_text (g_ptr_array_index (check->subjects, i), "person");

      if (other != NULL && lives_somewhere (check, other))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_concern (MashCheck *check)
{
  g_autoptr (GPtrArray) concerns = list_of_contact (check, "concern");

  for (guint i = 0; i < concerns->len; i++)
    {
      if (mash_record_has (g_ptr_array_index (concerns, i), "what-happened"))
        return TRUE;
    }

  return mash_record_has (check->contact, "presenting-concern");
}

static gboolean
has_household (MashCheck *check)
{
  return mash_record_get_flag (check->contact, "whole-family-listed");
}

static gboolean
answers_responsibility (GPtrArray *relationships)
{
  for (guint i = 0; i < relationships->len; i++)
    {
      MashRecord *relationship = g_ptr_array_index (relationships, i);

      /* That it is not known who has it is an answer; that one person has not is none. */
      if (is_code (relationship, "parental-responsibility", "Y") ||
          is_code (relationship, "parental-responsibility", "U"))
        return TRUE;
    }

  return FALSE;
}

/* Nobody has it before the birth, nor for an adult. */
static gboolean
has_responsibility (MashCheck  *check,
                    MashRecord *person)
{
  const char *id = mash_record_get_id (person);
  g_autoptr (GPtrArray) from = mash_facts_list (check->facts, "relationship", "from-person", id);
  g_autoptr (GPtrArray) to = mash_facts_list (check->facts, "relationship", "to-person", id);

  return is_unborn (check, person) || is_code (person, "kind", "ADULT") ||
         answers_responsibility (from) || answers_responsibility (to);
}

/* Every code is an answer, “unknown” too; “not asked” only with its reason. */
static gboolean
has_agreement (MashCheck *check)
{
  g_autoptr (GPtrArray) agreements = list_of_contact (check, "agreement");

  for (guint i = 0; i < agreements->len; i++)
    {
      MashRecord *agreement = g_ptr_array_index (agreements, i);

      if (mash_record_has (agreement, "status") &&
          (!is_code (agreement, "status", "NAS") || mash_record_has (agreement, "reason")))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_informing (MashCheck *check)
{
  g_autoptr (GPtrArray) informings = list_of_contact (check, "informing");

  for (guint i = 0; i < informings->len; i++)
    {
      if (mash_record_has (g_ptr_array_index (informings, i), "told"))
        return TRUE;
    }

  return FALSE;
}

/* Who does not say who they are cannot be called back, and nothing is missing. */
static gboolean
has_referrer (MashCheck *check)
{
  g_autoptr (GPtrArray) referrers = list_of_contact (check, "referrer");

  for (guint i = 0; i < referrers->len; i++)
    {
      MashRecord *referrer = g_ptr_array_index (referrers, i);

      if (mash_record_has (referrer, "phone") || mash_record_has (referrer, "secure-email") ||
          is_code (referrer, "type", "ANON"))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_school_or_gp (MashCheck  *check,
                  MashRecord *person)
{
  return is_unborn (check, person) || mash_record_has (person, "school") ||
         mash_record_has (person, "gp");
}

/* In the order of the form; what each is needed for stands in domain 3.2. */
static const MashItem items[] = {
  { "REFERRER", MASH_NEED_SUBMIT, has_referrer, NULL, "referrer", "phone" },
  { "CHILD", MASH_NEED_SUBMIT, NULL, is_identified, "person", "legal-surname" },
  { "BIRTH", MASH_NEED_SUBMIT, NULL, has_birth, "person", "birth" },
  { "SCHOOLGP", MASH_NEED_SUBMIT, NULL, has_school_or_gp, "person", "school" },
  { "ADDRESS", MASH_NEED_SUBMIT, NULL, has_address, "address", "line1" },
  { "HOUSEHOLD", MASH_NEED_DECIDE, has_household, NULL, "contact", "whole-family-listed" },
  { "PR", MASH_NEED_DECIDE, NULL, has_responsibility, "relationship", "parental-responsibility" },
  { "CONCERN", MASH_NEED_SUBMIT, has_concern, NULL, "contact", "presenting-concern" },
  { "AGREEMENT", MASH_NEED_SUBMIT, has_agreement, NULL, "agreement", "status" },
  { "INFORMED", MASH_NEED_SUBMIT, has_informing, NULL, "informing", "told" },
};

/* The records in which the answer may belong; none for a kind that hangs on neither. */
static GPtrArray *
list_records (MashCheck      *check,
              const MashItem *item,
              MashRecord     *person)
{
  const char *id = person != NULL ? mash_record_get_id (person) : NULL;
  g_autoptr (GPtrArray) records = NULL;

  if (mash_kind_get_contact_field (mash_kind_lookup (item->kind)) != MASH_NO_FIELD)
    return list_of_contact (check, item->kind);
  if (id == NULL || strcmp (item->kind, "relationship") != 0)
    return NULL;
  records = mash_facts_list (check->facts, item->kind, "to-person", id);

  return records->len > 0 ? g_steal_pointer (&records)
                          : mash_facts_list (check->facts, item->kind, "from-person", id);
}

/* The record to be filled in, where there is one already. Of several the first is meant. */
static char *
dup_record_id (MashCheck      *check,
               const MashItem *item,
               MashRecord     *person)
{
  g_autoptr (GPtrArray) records = NULL;

  if (strcmp (item->kind, "contact") == 0)
    return g_strdup (mash_record_get_id (check->contact));
  if (strcmp (item->kind, "person") == 0)
    return person != NULL ? g_strdup (mash_record_get_id (person)) : NULL;
  records = list_records (check, item, person);

  return records != NULL && records->len > 0
         ? g_strdup (mash_record_get_id (g_ptr_array_index (records, 0))) : NULL;
}

static void
add_missing (MashCheck      *check,
             const MashItem *item,
             MashRecord     *person)
{
  MashMissing *missing = g_new0 (MashMissing, 1);

  missing->item = item->item;
  missing->kind = item->kind;
  missing->record = dup_record_id (check, item, person);
  missing->person = person != NULL ? g_strdup (mash_record_get_id (person)) : NULL;
  missing->field = item->field;
  if (person != NULL && strcmp (item->item, "BIRTH") == 0 && is_unborn (check, person))
    missing->field = "expected-birth";
  missing->needed_for = item->needed_for;
  g_ptr_array_add (check->missing, missing);
}

/* What an item earns of its weight: the share of the persons for whom it is there, rounded down, so
 * that 100 is reached when nothing is missing and not before. */
static guint
check_item (MashCheck      *check,
            const MashItem *item,
            guint           weight)
{
  guint there = 0;

  if (item->of_contact != NULL)
    {
      if (item->of_contact (check))
        return weight;
      add_missing (check, item, NULL);
      return 0;
    }

  for (guint i = 0; i < check->persons->len; i++)
    {
      MashRecord *person = g_ptr_array_index (check->persons, i);

      if (item->of_person (check, person))
        there++;
      else
        add_missing (check, item, person);
    }
  if (check->persons->len == 0)
    add_missing (check, item, NULL);

  return check->persons->len > 0 ? weight * there / check->persons->len : 0;
}

static void
add_persons (MashCheck  *check,
             const char *role)
{
  for (guint i = 0; i < check->subjects->len; i++)
    {
      MashRecord *subject = g_ptr_array_index (check->subjects, i);
      MashRecord *person;

      if (!is_code (subject, "role", role))
        continue;
      person = mash_facts_lookup (check->facts, "person",
                                  mash_record_get_text (subject, "person"));
      if (person == NULL)
        continue;
      g_ptr_array_add (check->persons, person);
      if ((strcmp (role, "UNBORN") == 0 || is_code (person, "kind", "UNBORN")) &&
          !mash_record_has (person, "birth"))
        g_ptr_array_add (check->unborn, person);
    }
}

static guint
run_check (MashPolicy *policy,
           MashFacts  *facts,
           const char *contact,
           GPtrArray  *missing)
{
  g_autoptr (MashRecord) record = mash_facts_lookup (facts, "contact", contact);
  MashCheck check = { .facts = facts, .contact = record, .missing = missing };
  guint score = 0;

  if (record == NULL)
    return 0;
  check.subjects = list_of_contact (&check, "contact-subject");
  check.persons = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);
  check.unborn = g_ptr_array_new ();
  add_persons (&check, "CHILD");
  add_persons (&check, "UNBORN");
  if (check.persons->len == 0)
    add_persons (&check, "ADULT");

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    score += check_item (&check, &items[i],
                         policy != NULL ? mash_policy_get_weight (policy, items[i].item) : 0);

  g_ptr_array_unref (check.unborn);
  g_ptr_array_unref (check.persons);
  g_ptr_array_unref (check.subjects);

  return MIN (score, 100);
}

/**
 * mash_completeness_list_missing:
 * @facts: facts
 * @contact: the id of a contact
 *
 * Returns: (transfer full) (element-type MashMissing): what is missing, in the order of the form
 *   and, within an item, of the children; empty for no contact
 */
GPtrArray *
mash_completeness_list_missing (MashFacts  *facts,
                                const char *contact)
{
  GPtrArray *missing;

  g_return_val_if_fail (MASH_IS_FACTS (facts), NULL);
  g_return_val_if_fail (contact != NULL, NULL);

  missing = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_missing_free);
  run_check (NULL, facts, contact, missing);

  return missing;
}

/**
 * mash_completeness_score:
 * @policy: the policy, for its weights
 * @facts: facts
 * @contact: the id of a contact
 * @missing: (out) (optional) (transfer full): the codes of the items that are missing, each once
 *
 * Of a child who is not named, not yet born, or of whom something is not known for good reason,
 * nothing is missing that cannot be there. Weights: domain 3.2, local default.
 *
 * Returns: 0 to 100, which is reached when nothing is missing
 */
guint
mash_completeness_score (MashPolicy   *policy,
                         MashFacts    *facts,
                         const char   *contact,
                         char       ***missing)
{
  g_autoptr (GPtrArray) gaps = NULL;
  GStrvBuilder *codes;
  guint score;

  g_return_val_if_fail (policy != NULL, 0);
  g_return_val_if_fail (MASH_IS_FACTS (facts), 0);
  g_return_val_if_fail (contact != NULL, 0);

  gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_missing_free);
  score = run_check (policy, facts, contact, gaps);
  if (missing == NULL)
    return score;

  codes = g_strv_builder_new ();
  for (guint i = 0; i < gaps->len; i++)
    {
      const MashMissing *gap = g_ptr_array_index (gaps, i);

      if (i == 0 || gap->item != ((MashMissing *) g_ptr_array_index (gaps, i - 1))->item)
        g_strv_builder_add (codes, gap->item);
    }
  *missing = g_strv_builder_end (codes);
  g_strv_builder_unref (codes);

  return score;
}

void
mash_missing_free (MashMissing *missing)
{
  g_return_if_fail (missing != NULL);

  g_free (missing->record);
  g_free (missing->person);
  g_free (missing);
}
