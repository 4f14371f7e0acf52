/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "mash-completeness.h"
#include "mash-kinds.h"
#include "mash-test-facts.h"

/* Scenario 1 as it is keyed: one child with a name and an age, two sisters without. */
static MashTestFacts *
make_half_completed (void)
{
  MashTestFacts *facts = mash_test_facts_new ();

  mash_test_facts_put (facts, "contact", "c", "presenting-concern", "A bruise", NULL);
  mash_test_facts_put (facts, "referrer", "r", "contact", "c", "type", "PROF",
                       "secure-email", "office@school.example", NULL);
  mash_test_facts_put (facts, "person", "leo", "kind", "CHILD", "legal-forenames", "Leo",
                       "legal-surname", "Marsh", "age-words", "8", "school", "Hill School", NULL);
  mash_test_facts_put (facts, "person", "one", "kind", "CHILD", "name-unknown", "yes",
                       "description", "sister", NULL);
  mash_test_facts_put (facts, "person", "two", "kind", "CHILD", "name-unknown", "yes",
                       "description", "sister", NULL);
  mash_test_facts_put (facts, "contact-subject", "s1", "contact", "c", "person", "leo",
                       "role", "CHILD", NULL);
  mash_test_facts_put (facts, "contact-subject", "s2", "contact", "c", "person", "one",
                       "role", "CHILD", NULL);
  mash_test_facts_put (facts, "contact-subject", "s3", "contact", "c", "person", "two",
                       "role", "CHILD", NULL);

  return facts;
}

/* One child of whom everything is known. */
static MashTestFacts *
make_complete (void)
{
  MashTestFacts *facts = mash_test_facts_new ();

  mash_test_facts_put (facts, "contact", "c", "presenting-concern", "A bruise",
                       "whole-family-listed", "yes", NULL);
  mash_test_facts_put (facts, "referrer", "r", "contact", "c", "type", "PROF",
                       "phone", "01632 960001", NULL);
  mash_test_facts_put (facts, "person", "leo", "kind", "CHILD", "legal-forenames", "Leo",
                       "birth", "2018-03-04", "school", "Hill School", NULL);
  mash_test_facts_put (facts, "person", "mum", "kind", "ADULT", "legal-forenames", "Ann", NULL);
  mash_test_facts_put (facts, "contact-subject", "s1", "contact", "c", "person", "leo",
                       "role", "CHILD", NULL);
  mash_test_facts_put (facts, "contact-subject", "s2", "contact", "c", "person", "mum",
                       "role", "PARENT", NULL);
  mash_test_facts_put (facts, "address", "a", "line1", "1 High Street", "type", "HOME", NULL);
  mash_test_facts_put (facts, "household", "h", "address", "a", NULL);
  mash_test_facts_put (facts, "household-member", "m1", "household", "h", "person", "leo", NULL);
  mash_test_facts_put (facts, "household-member", "m2", "household", "h", "person", "mum", NULL);
  mash_test_facts_put (facts, "relationship", "rel", "from-person", "mum", "to-person", "leo",
                       "type", "MOTHER", "parental-responsibility", "Y", NULL);
  mash_test_facts_put (facts, "agreement", "g", "contact", "c", "purpose", "REFERRAL",
                       "status", "GIV", NULL);
  mash_test_facts_put (facts, "informing", "i", "contact", "c", "told", "TOLD", NULL);

  return facts;
}

/* The items that are missing, as “ITEM:person ITEM:person …”. */
static char *
describe (MashTestFacts *facts)
{
  g_autoptr (GPtrArray) missing = mash_completeness_list_missing (MASH_FACTS (facts), "c");
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < missing->len; i++)
    {
      const MashMissing *gap = g_ptr_array_index (missing, i);
      const MashKind *kind = mash_kind_lookup (gap->kind);

      /* A form can always go there. */
      g_assert_nonnull (kind);
      g_assert_cmpuint (mash_kind_find_field (kind, gap->field), !=, MASH_NO_FIELD);
      g_assert_true (gap->needed_for == MASH_NEED_SUBMIT || gap->needed_for == MASH_NEED_DECIDE);
      if (gap->record != NULL)
        {
          g_autoptr (MashRecord) record = mash_facts_lookup (MASH_FACTS (facts), gap->kind,
                                                             gap->record);

          g_assert_nonnull (record);
        }
      g_string_append_printf (text, "%s%s%s%s", i > 0 ? " " : "", gap->item,
                              gap->person != NULL ? ":" : "",
                              gap->person != NULL ? gap->person : "");
    }

  return g_string_free (text, FALSE);
}

#define assert_missing(facts, expected) \
  G_STMT_START { \
    g_autofree char *found_ = describe (facts); \
    g_assert_cmpstr (found_, ==, expected); \
  } G_STMT_END

static void
test_half_completed (void)
{
  g_autoptr (MashTestFacts) facts = make_half_completed ();

  assert_missing (facts,
                  "CHILD:one CHILD:two BIRTH:leo BIRTH:one BIRTH:two SCHOOLGP:one SCHOOLGP:two "
                  "ADDRESS:leo ADDRESS:one ADDRESS:two HOUSEHOLD PR:leo PR:one PR:two AGREEMENT "
                  "INFORMED");
}

static void
test_complete (void)
{
  g_autoptr (MashTestFacts) facts = make_complete ();

  assert_missing (facts, "");
}

static void
test_empty (void)
{
  g_autoptr (MashTestFacts) facts = mash_test_facts_new ();

  assert_missing (facts, "");
  mash_test_facts_put (facts, "contact", "c", "channel", "PHONE", NULL);
  assert_missing (facts, "REFERRER CHILD BIRTH SCHOOLGP ADDRESS HOUSEHOLD PR CONCERN AGREEMENT "
                         "INFORMED");
}

/* From the complete referral one thing is altered; that, and nothing else, is then missing. */
static void
test_each_item (void)
{
  static const struct
  {
    const char *kind, *id, *field, *value;
    const char *missing;
  } rows[] = {
    { "referrer", "r", "phone", "", "REFERRER" },
    { "referrer", "r", "phone", "  ", "REFERRER" },
    { "referrer", "r", "type", "ANON", "" },
    { "person", "leo", "name-unknown", "yes", "CHILD:leo" },
    { "person", "leo", "legal-forenames", "", "CHILD:leo" },
    { "person", "leo", "birth", "", "BIRTH:leo" },
    { "person", "leo", "birth", "2018", "" },
    { "person", "leo", "school", "", "SCHOOLGP:leo" },
    { "person", "leo", "gp", "Hill Surgery", "" },
    { "address", "a", "line1", "", "ADDRESS:leo" },
    { "household", "h", "address", "", "ADDRESS:leo" },
    { "household-member", "m1", "to", "2026-01", "ADDRESS:leo" },
    { "contact", "c", "whole-family-listed", "no", "HOUSEHOLD" },
    { "relationship", "rel", "parental-responsibility", "", "PR:leo" },
    { "relationship", "rel", "parental-responsibility", "N", "PR:leo" },
    { "relationship", "rel", "parental-responsibility", "U", "" },
    { "contact", "c", "presenting-concern", "", "CONCERN" },
    { "agreement", "g", "status", "", "AGREEMENT" },
    { "agreement", "g", "status", "NAS", "AGREEMENT" },
    { "agreement", "g", "status", "UNK", "" },
    { "agreement", "g", "status", "REF", "" },
    { "informing", "i", "told", "", "INFORMED" },
    { "informing", "i", "told", "NOT_SAFE", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MashTestFacts) facts = make_complete ();

      mash_test_facts_put (facts, rows[i].kind, rows[i].id, rows[i].field, rows[i].value, NULL);
      assert_missing (facts, rows[i].missing);
    }
}

/* Other ways to answer the same. */
static void
test_other_answers (void)
{
  g_autoptr (MashTestFacts) facts = make_complete ();

  mash_test_facts_put (facts, "agreement", "g", "status", "NAS", "reason", "Asking is unsafe",
                       NULL);
  assert_missing (facts, "");

  mash_test_facts_put (facts, "contact", "c", "presenting-concern", "", NULL);
  mash_test_facts_put (facts, "concern", "k", "contact", "c", "what-happened", "A fall", NULL);
  assert_missing (facts, "");

  mash_test_facts_put (facts, "address", "a", "line1", "", "type", "NFA", NULL);
  assert_missing (facts, "");
  mash_test_facts_remove (facts, "household-member", "m1");
  assert_missing (facts, "ADDRESS:leo");
  mash_test_facts_put (facts, "person-location", "l", "person", "leo", "where", "At school", NULL);
  assert_missing (facts, "");
}

/* An unborn child has no name, school or responsibility yet, and lives with the family. */
static void
test_unborn (void)
{
  g_autoptr (MashTestFacts) facts = make_complete ();

  mash_test_facts_put (facts, "person", "baby", "kind", "UNBORN", NULL);
  mash_test_facts_put (facts, "contact-subject", "s3", "contact", "c", "person", "baby",
                       "role", "UNBORN", NULL);
  assert_missing (facts, "BIRTH:baby");
  mash_test_facts_put (facts, "person", "baby", "expected-birth", "2027-02-01", NULL);
  assert_missing (facts, "");

  /* Once born it is a child like others. */
  mash_test_facts_put (facts, "person", "baby", "kind", "CHILD", "birth", "2027-01-30", NULL);
  assert_missing (facts, "CHILD:baby SCHOOLGP:baby ADDRESS:baby PR:baby");
}

/* Without a child it is about the adult at risk; otherwise only about the children. */
static void
test_adult (void)
{
  g_autoptr (MashTestFacts) facts = make_complete ();

  mash_test_facts_put (facts, "person", "gran", "kind", "ADULT", "known-as", "Nan", NULL);
  mash_test_facts_put (facts, "contact-subject", "s3", "contact", "c", "person", "gran",
                       "role", "ADULT", NULL);
  assert_missing (facts, "");
  mash_test_facts_remove (facts, "contact-subject", "s1");
  assert_missing (facts, "BIRTH:gran SCHOOLGP:gran ADDRESS:gran");
}

static void
test_where_to_go (void)
{
  g_autoptr (MashTestFacts) facts = make_complete ();
  g_autoptr (GPtrArray) missing = NULL;
  const MashMissing *gap;

  mash_test_facts_put (facts, "referrer", "r", "phone", "", NULL);
  mash_test_facts_put (facts, "person", "leo", "birth", "", NULL);
  missing = mash_completeness_list_missing (MASH_FACTS (facts), "c");
  g_assert_cmpuint (missing->len, ==, 2);
  gap = g_ptr_array_index (missing, 0);
  g_assert_cmpstr (gap->kind, ==, "referrer");
  g_assert_cmpstr (gap->record, ==, "r");
  g_assert_cmpstr (gap->field, ==, "phone");
  gap = g_ptr_array_index (missing, 1);
  g_assert_cmpstr (gap->kind, ==, "person");
  g_assert_cmpstr (gap->record, ==, "leo");
  g_assert_cmpstr (gap->person, ==, "leo");
  g_assert_cmpstr (gap->field, ==, "birth");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/completeness/half-completed", test_half_completed);
  g_test_add_func ("/completeness/complete", test_complete);
  g_test_add_func ("/completeness/empty", test_empty);
  g_test_add_func ("/completeness/each-item", test_each_item);
  g_test_add_func ("/completeness/other-answers", test_other_answers);
  g_test_add_func ("/completeness/unborn", test_unborn);
  g_test_add_func ("/completeness/adult", test_adult);
  g_test_add_func ("/completeness/where-to-go", test_where_to_go);

  return g_test_run ();
}
