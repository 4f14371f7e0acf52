/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-fixture.h"

#include <string.h>

#include "mash-identity.h"
#include "mash-name-key.h"
#include "mash-store-people.h"

/* Two people of whom one is or is not to be found from the other. */
typedef struct
{
  const char       *name;
  const char       *surname;
  const char       *forenames;
  const char       *birth;
  const char       *nhs;
  const char       *number;   /* in another system */
  gboolean          found;
  MashMatchReasons  reasons;
} Pair;

/* Namesakes, and the pages at which one of them is looked up in the index. */
#define N_NAMESAKES 40
#define N_PAGES     2

#define MANY_NAMES \
  "Ellie Ba Be Bi Bo Bu Da De Di Do Du Fa Fe Fi Fo Fu Ga Ge Gi Go Gu Ka Ke Ki Ko Ku La Le Li Lo " \
  "Lu Ma Me Mi Mo Mu Na Ne Ni No Nu Pa Pe Pi Po"

/* Each beside Ellie Marsh, born on 4 March 2019, with an NHS number and the case number SYS-1. */
static const Pair pairs[] = {
  { "the same name and birth", "Marsh", "Ellie", "2019-03-04", NULL, NULL, TRUE,
    MASH_MATCH_SURNAME | MASH_MATCH_FORENAME | MASH_MATCH_BIRTH },
  { "day and month swapped", "Marsh", "Ellie", "2019-04-03", NULL, NULL, TRUE,
    MASH_MATCH_SURNAME | MASH_MATCH_FORENAME | MASH_MATCH_BIRTH_SWAPPED },
  { "one digit of the birth", "Marsh", "Ellie", "2019-03-05", NULL, NULL, TRUE,
    MASH_MATCH_SURNAME | MASH_MATCH_FORENAME | MASH_MATCH_BIRTH_DIGIT },
  { "nothing but the NHS number", "Okafor", "Chidi", "2011-11-30", "9434765919", NULL, TRUE,
    MASH_MATCH_IDENTIFIER },
  { "nothing but a number in another system", "Okafor", "Ada", "2011-11-30", NULL, "sys 1", TRUE,
    MASH_MATCH_NUMBER },
  { "one digit of the year", "Marsh", "Ellie", "2009-03-04", NULL, NULL, TRUE,
    MASH_MATCH_SURNAME | MASH_MATCH_FORENAME | MASH_MATCH_BIRTH_DIGIT },
  { "as it sounds", "Marshe", "Elly", "2019-03-04", NULL, NULL, TRUE,
    MASH_MATCH_SURNAME | MASH_MATCH_FORENAME | MASH_MATCH_BIRTH },
  { "so many names that none stand in pairs", "Marsh", MANY_NAMES, "2019-03-04", NULL, NULL, TRUE,
    MASH_MATCH_SURNAME | MASH_MATCH_FORENAME | MASH_MATCH_BIRTH },
  { "the name alone", "Marsh", "Ellie", "2003-07-19", NULL, NULL, FALSE, 0 },
  { "the birth alone", "Okafor", "Ngozi", "2019-03-04", NULL, NULL, FALSE, 0 },
  { "nobody", "Varley", "Dev", "2014-01-01", NULL, NULL, FALSE, 0 },
};

static char *
add_person (StoreFixture *fixture,
            const char   *forenames,
            const char   *surname,
            const char   *birth,
            const char   *nhs,
            const char   *number)
{
  g_autofree char *contact = store_fixture_contact (fixture, forenames, surname, birth);
  char *person = store_fixture_find_child (fixture->store, contact);
  g_autoptr (MashGroup) group = mash_group_new ("edit", contact);

  if (nhs != NULL)
    store_fixture_edit (fixture->store, group, &mash_person_kind, person, "nhs-number", nhs, NULL);
  if (number != NULL)
    store_fixture_add (fixture->store, group, &mash_identifier_kind, "person", person,
                       "type", "CASE", "value", number, "issuer", "Old system", NULL);
  if (mash_group_get_n_edits (group) > 0)
    store_fixture_submit (fixture, group);

  return person;
}

static char *
add_ellie (StoreFixture *fixture)
{
  return add_person (fixture, "Ellie", "Marsh", "2019-03-04", "9434765919", "SYS-1");
}

static const MashMatchRow *
find_row (GPtrArray  *rows,
          const char *other)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const MashMatchRow *row = g_ptr_array_index (rows, i);

      if (strcmp (row->other, other) == 0)
        return row;
    }

  return NULL;
}

static GPtrArray *
list_matches (StoreFixture *fixture,
              const char   *person)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = mash_store_list_matches (fixture->store, person, &error);

  g_assert_no_error (error);

  return rows;
}

static void
test_candidates (StoreFixture  *fixture,
                 gconstpointer  data)
{
  const Pair *pair = data;
  g_autofree char *ellie = add_ellie (fixture);
  g_autofree char *other = add_person (fixture, pair->forenames, pair->surname, pair->birth,
                                       pair->nhs, pair->number);
  gint64 looks = store_fixture_count (fixture, "SELECT count (*) FROM access");
  g_autoptr (GPtrArray) rows = list_matches (fixture, ellie);
  g_autoptr (GPtrArray) back = list_matches (fixture, other);

  g_assert_cmpuint (rows->len, ==, pair->found);
  g_assert_cmpuint (back->len, ==, pair->found);
  /* Whoever is shown is written down; an empty list shows nobody. */
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count (*) FROM access"), ==,
                   looks + (pair->found ? 2 : 0));
  if (!pair->found)
    return;

  g_assert_nonnull (find_row (rows, other));
  g_assert_cmpuint (find_row (rows, other)->reasons & pair->reasons, ==, pair->reasons);
  g_assert_cmpuint (find_row (rows, other)->score, >=, MASH_MATCH_PROMPT);
  g_assert_cmpuint (find_row (back, ellie)->score, ==, find_row (rows, other)->score);
  g_assert_null (find_row (rows, other)->state);
}

/* What one person says of two. */
static MashGroup *
say (StoreFixture *fixture,
     const char   *deed,
     const char   *state,
     const char   *one,
     const char   *other)
{
  MashGroup *group = mash_group_new (deed, NULL);

  store_fixture_add (fixture->store, group, &mash_identity_link_kind, "person-a", one,
                     "person-b", other, "state", state, "why", "The same school and mother", NULL);

  return group;
}

static MashGroup *
decide (StoreFixture *fixture,
        const char   *deed,
        const char   *state,
        const char   *one,
        const char   *other)
{
  g_autoptr (MashRecord) link = mash_identity_find_link (MASH_FACTS (fixture->store), one, other);
  MashGroup *group = mash_group_new (deed, NULL);

  mash_group_set_reason (group, "Looked at both");
  store_fixture_edit (fixture->store, group, &mash_identity_link_kind, mash_record_get_id (link),
                      "state", state, NULL);

  return group;
}

static void
sign (StoreFixture *fixture,
      MashGroup    *group)
{
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (GError) error = NULL;

  g_assert_true (mash_store_check_passphrase (fixture->store, passphrase, &error));
  g_assert_no_error (error);
  mash_store_submit (fixture->store, group, NULL, &error);
  g_assert_no_error (error);
}

static void
refuse (StoreFixture *fixture,
        MashGroup    *group,
        const char   *words)
{
  g_autoptr (MashSecret) passphrase = store_fixture_passphrase (FIXTURE_PASSPHRASE);
  g_autoptr (GError) error = NULL;

  g_assert_true (mash_store_check_passphrase (fixture->store, passphrase, NULL));
  g_assert_false (mash_store_submit (fixture->store, group, NULL, &error));
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
  if (strstr (error->message, words) == NULL)
    g_error ("%s", error->message);
}

static void
propose (StoreFixture *fixture,
         const char   *one,
         const char   *other)
{
  g_autoptr (MashGroup) group = say (fixture, "propose-link", "SAME", one, other);

  store_fixture_submit (fixture, group);
}

static void
approve (StoreFixture *fixture,
         const char   *one,
         const char   *other)
{
  g_autoptr (MashGroup) group = decide (fixture, "approve-link", "MERGED", one, other);

  sign (fixture, group);
}

static guint
count_linked (StoreFixture *fixture,
              const char   *person)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) store = mash_store_list_linked_people (fixture->store, person, &error);
  g_auto (GStrv) model = mash_identity_list_group (MASH_FACTS (fixture->store), person);

  g_assert_no_error (error);
  g_assert_cmpstr (store[0], ==, person);
  g_assert_cmpuint (g_strv_length (store), ==, g_strv_length (model));

  return g_strv_length (store);
}

static guint
count_contacts (StoreFixture *fixture,
                const char   *text,
                guint        *records)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = mash_store_search_people (fixture->store, text, 20, FALSE, &error);
  MashPersonHit *hit;

  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 1);
  hit = g_ptr_array_index (hits, 0);
  if (records != NULL)
    *records = hit->records;

  return hit->contacts;
}

/* Everything that the tables of records say of people, but not of links and signatures. */
static char *
dump_people (StoreFixture *fixture)
{
  static const char *const kinds[] = {
    "person", "person-name", "identifier", "contact-subject", "household-member", "relationship",
  };
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *table = mash_tables_dup_column (kinds[i]);
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\" ORDER BY n", table);
      g_autoptr (MashStatement) row = mash_database_prepare (fixture->store->database, sql, NULL);

      while (mash_statement_step (row, NULL) == MASH_STEP_ROW)
        {
          for (int c = 0; c < mash_statement_get_n_columns (row); c++)
            {
              const char *text = mash_statement_is_null (row, c) ? "-"
                                                                 : mash_statement_get_text (row, c);

              g_checksum_update (sum, (const guchar *) text, (gssize) strlen (text) + 1);
            }
        }
    }

  return g_strdup (g_checksum_get_string (sum));
}

static void
check_whole (StoreFixture *fixture)
{
  g_autoptr (MashVerifyReport) report = store_fixture_verify (fixture);

  if (!report->holds)
    g_error ("%s: %s", report->table, report->fault);
}

static GPtrArray *
list_proposals (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) keys = mash_store_list_link_proposal_keys (fixture->store, NULL, &error);
  GPtrArray *rows;

  g_assert_no_error (error);
  rows = mash_store_list_link_proposals (fixture->store, (const gint64 *) (gpointer) keys->data,
                                         keys->len, &error);
  g_assert_no_error (error);

  return rows;
}

/* Proposed by one, approved by another, undone: afterwards the records are exactly as they were. */
static void
test_link_and_undo (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autofree char *ellie = add_ellie (fixture);
  g_autofree char *elly = add_person (fixture, "Elly", "Marshe", "2019-04-03", NULL, NULL);
  g_autofree char *before = dump_people (fixture);
  g_autofree char *linked = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GPtrArray) matches = NULL;
  g_autoptr (GPtrArray) signatures = NULL;
  g_autoptr (MashRecord) link = NULL;
  guint records;

  propose (fixture, ellie, elly);
  g_assert_cmpuint (count_linked (fixture, ellie), ==, 1);

  store_fixture_sign_in (fixture, "manager");
  waiting = list_proposals (fixture);
  g_assert_cmpuint (waiting->len, ==, 1);
  g_assert_cmpstr (((MashMatchRow *) waiting->pdata[0])->proposed_by, ==, fixture->worker);
  approve (fixture, ellie, elly);
  g_clear_pointer (&waiting, g_ptr_array_unref);
  waiting = list_proposals (fixture);
  g_assert_cmpuint (waiting->len, ==, 0);

  /* The one record leads to all that is known under the other. */
  g_assert_cmpuint (count_linked (fixture, ellie), ==, 2);
  g_assert_cmpuint (count_linked (fixture, elly), ==, 2);
  g_assert_cmpuint (count_contacts (fixture, "marsh", &records), ==, 2);
  g_assert_cmpuint (records, ==, 2);
  linked = dump_people (fixture);
  g_assert_cmpstr (linked, ==, before);
  link = mash_identity_find_link (MASH_FACTS (fixture->store), elly, ellie);
  g_assert_cmpstr (mash_record_get_text (link, "decided-by"), ==, fixture->manager);
  signatures = mash_store_list (fixture->store, "sign-off", "signer", fixture->manager);
  g_assert_cmpuint (signatures->len, ==, 1);
  g_assert_cmpstr (mash_record_get_text (signatures->pdata[0], "type"), ==, "SO09");
  g_assert_cmpstr (mash_record_get_text (signatures->pdata[0], "target"), ==,
                   mash_record_get_id (link));
  matches = list_matches (fixture, ellie);
  g_assert_cmpstr (find_row (matches, elly)->state, ==, "MERGED");
  check_whole (fixture);

  {
    g_autoptr (MashGroup) undo = decide (fixture, "undo-link", "UNDONE", ellie, elly);

    sign (fixture, undo);
  }
  g_assert_cmpuint (count_linked (fixture, ellie), ==, 1);
  g_assert_cmpuint (count_linked (fixture, elly), ==, 1);
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count (*) FROM person_group"), ==, 0);
  after = dump_people (fixture);
  g_assert_cmpstr (after, ==, before);
  check_whole (fixture);
}

/* A group of three falls apart where its middle link is undone. */
static void
test_groups (StoreFixture  *fixture,
             gconstpointer  data)
{
  static const char *const names[] = { "Ellie", "Elly", "Elli", "Eleanor" };
  char *people[4];

  for (guint i = 0; i < 4; i++)
    people[i] = add_person (fixture, names[i], "Marsh", "2019-03-04", NULL, NULL);
  for (guint i = 0; i < 3; i++)
    propose (fixture, people[i], people[i + 1]);
  store_fixture_sign_in (fixture, "auditor");
  for (guint i = 0; i < 3; i++)
    approve (fixture, people[i], people[i + 1]);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (count_linked (fixture, people[i]), ==, 4);

  {
    g_autoptr (MashGroup) again = say (fixture, "propose-link", "SAME", people[3], people[0]);
    g_autoptr (MashGroup) undo = decide (fixture, "undo-link", "UNDONE", people[1], people[2]);

    refuse (fixture, again, "joined already");
    sign (fixture, undo);
  }
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (count_linked (fixture, people[i]), ==, 2);
  check_whole (fixture);
  for (guint i = 0; i < 4; i++)
    g_free (people[i]);
}

static void
test_separation (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autofree char *ellie = NULL, *elly = NULL, *third = NULL;
  g_autoptr (MashGroup) mine = NULL, done = NULL, twice = NULL, self = NULL, straight = NULL;
  g_autoptr (MashGroup) two = NULL, officer = NULL, nothing = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_sign_in (fixture, "manager");
  ellie = add_ellie (fixture);
  elly = add_person (fixture, "Elly", "Marshe", "2019-04-03", NULL, NULL);
  third = add_person (fixture, "Elli", "Marsh", "2019-03-04", NULL, NULL);
  propose (fixture, ellie, elly);

  /* Not one’s own proposal, whatever the role; not a second time; not with oneself. */
  mine = decide (fixture, "approve-link", "MERGED", ellie, elly);
  refuse (fixture, mine, "did not propose");
  twice = say (fixture, "propose-link", "SAME", elly, ellie);
  refuse (fixture, twice, "somebody has proposed");
  self = say (fixture, "propose-link", "SAME", ellie, ellie);
  refuse (fixture, self, "joined already");
  straight = say (fixture, "propose-link", "MERGED", ellie, third);
  refuse (fixture, straight, "Propose them");
  nothing = decide (fixture, "undo-link", "UNDONE", ellie, elly);
  refuse (fixture, nothing, "does not stand");

  /* A second link does not slip through beside the first. */
  two = say (fixture, "propose-link", "SAME", ellie, third);
  store_fixture_add (fixture->store, two, &mash_identity_link_kind, "person-a", elly,
                     "person-b", third, "state", "SAME", "why", "Also", NULL);
  refuse (fixture, two, "joined already");

  store_fixture_sign_in (fixture, "officer");
  officer = decide (fixture, "approve-link", "MERGED", ellie, elly);
  refuse (fixture, officer, "Your role may not");

  store_fixture_sign_in (fixture, "auditor");
  done = decide (fixture, "approve-link", "MERGED", ellie, elly);
  g_assert_false (mash_store_submit (fixture->store, done, NULL, &error));
  g_assert_nonnull (strstr (error->message, "passphrase"));
  sign (fixture, done);
  refuse (fixture, done, "not proposed any more");
}

/* Who was told apart stays told apart, and can still be proposed by somebody who knows more. */
static void
test_not_the_same (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autofree char *ellie = add_ellie (fixture);
  g_autofree char *elly = add_person (fixture, "Elly", "Marshe", "2019-04-03", NULL, NULL);
  g_autofree char *third = add_person (fixture, "Elli", "Marsh", "2019-03-04", NULL, NULL);
  g_autoptr (MashGroup) apart = say (fixture, "tell-apart", "NOTSAME", ellie, elly);
  g_autoptr (MashGroup) unsure = say (fixture, "tell-apart", "UNSURE", ellie, third);
  g_autoptr (GPtrArray) rows = NULL;

  store_fixture_submit (fixture, apart);
  store_fixture_submit (fixture, unsure);
  rows = list_matches (fixture, ellie);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (((MashMatchRow *) rows->pdata[0])->other, ==, third);
  g_assert_cmpstr (((MashMatchRow *) rows->pdata[1])->state, ==, "NOTSAME");

  propose (fixture, ellie, elly);
  store_fixture_sign_in (fixture, "manager");
  {
    g_autoptr (MashGroup) decline = decide (fixture, "decline-link", "NOTSAME", ellie, elly);

    store_fixture_submit (fixture, decline);
  }
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = list_matches (fixture, ellie);
  g_assert_cmpstr (find_row (rows, elly)->state, ==, "NOTSAME");
  g_assert_cmpuint (count_linked (fixture, ellie), ==, 1);
}

/* People of the index alone: as many have each of Ellie's names and her birth, and nobody two of
 * them. */
#define CROWD \
  "WITH RECURSIVE k (i) AS (SELECT %u UNION ALL SELECT i + 1 FROM k WHERE i < %u)" \
  " INSERT INTO person_search (rowid, person, names, keys, births, postcodes, identifiers)" \
  " SELECT 1000000 + i, printf ('%%036d', i), '', iif (i %% 3 = 0, '%s', iif (i %% 3 = 1, '%s'," \
  " 'qqq')), iif (i %% 3 = 2, '20190304', '20010101'), '', '' FROM k;" \
  "INSERT INTO person_term (rowid, terms)" \
  " SELECT n, terms FROM person_terms WHERE n BETWEEN 1000000 + %u AND 1000000 + %u;" \
  "INSERT INTO person_search (person_search) VALUES ('optimize');" \
  "INSERT INTO person_term (person_term) VALUES ('optimize')"

static void
add_crowd (StoreFixture *fixture,
           guint         first,
           guint         last)
{
  g_autofree char *surname = mash_name_key ("Marsh");
  g_autofree char *forename = mash_name_key ("Ellie");
  g_autofree char *sql = g_strdup_printf (CROWD, first, last, surname, forename, first, last);
  g_autoptr (GError) error = NULL;

  mash_database_execute (fixture->store->database, sql, &error);
  g_assert_no_error (error);
}

static guint
count_pages_of_matches (StoreFixture *fixture,
                        const char   *person)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  /* What is made once is made now. */
  g_assert_true (mash_store_count_matches (fixture->store, person, &n, &error));
  store_fixture_count_pages (fixture);
  g_assert_true (mash_store_count_matches (fixture->store, person, &n, &error));
  g_assert_cmpuint (n, ==, 1);

  return store_fixture_count_pages (fixture);
}

/* Whom somebody may be is found at the cost of how many they may be, whoever else has one of their
 * names or their birth. */
static void
test_crowd (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autofree char *ellie = add_ellie (fixture);
  guint few, many;

  g_free (add_person (fixture, "Elly", "Marshe", "2019-04-03", NULL, NULL));
  add_crowd (fixture, 1, 2000);
  few = count_pages_of_matches (fixture, ellie);
  add_crowd (fixture, 2001, 20000);
  many = count_pages_of_matches (fixture, ellie);
  g_test_message ("%u pages, then %u", few, many);
  g_assert_cmpuint (many, <=, few * 5 / 4);
}

/* Ada Marsh lives with each of them and is their mother. */
static void
add_family (StoreFixture       *fixture,
            const char         *contact,
            const char *const  *children)
{
  MashStore *store = fixture->store;
  g_autoptr (MashGroup) group = mash_group_new ("edit", contact);
  MashEdit *mother = store_fixture_add (store, group, &mash_person_kind, "kind", "ADULT",
                                        "legal-forenames", "Ada", "legal-surname", "Marsh", NULL);
  MashEdit *address = store_fixture_add (store, group, &mash_address_kind, "line1", "1 Mill Lane",
                                         "postcode", "WS1 1TP", NULL);
  MashEdit *home = store_fixture_add (store, group, &mash_household_kind, "address",
                                      mash_edit_get_id (address), NULL);

  for (guint i = 0; children[i] != NULL; i++)
    {
      store_fixture_add (store, group, &mash_household_member_kind, "household",
                         mash_edit_get_id (home), "person", children[i], NULL);
      store_fixture_add (store, group, &mash_relationship_kind, "from-person",
                         mash_edit_get_id (mother), "to-person", children[i], "type", "MOTHER",
                         NULL);
    }
  store_fixture_submit (fixture, group);
}

/* Of those who have both names, who has the mother and the home too is shown, whatever the birth;
 * nothing is read of those who have nothing else. */
static void
test_namesakes (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *ellie = store_fixture_find_child (fixture->store, contact);
  g_autofree char *elly = add_person (fixture, "Elly", "Marshe", "2003-07-19", NULL, NULL);
  const char *const children[] = { ellie, elly, NULL };
  g_autoptr (MashGroup) group = mash_group_new ("edit", contact);
  g_autoptr (GPtrArray) rows = NULL;
  guint few, many;

  add_family (fixture, contact, children);
  few = count_pages_of_matches (fixture, ellie);
  for (guint i = 0; i < N_NAMESAKES; i++)
    store_fixture_add (fixture->store, group, &mash_person_kind, "kind", "CHILD",
                       "legal-forenames", "Ellie", "legal-surname", "Marsh", "birth", "2003-07-19",
                       NULL);
  store_fixture_submit (fixture, group);
  many = count_pages_of_matches (fixture, ellie);
  g_test_message ("%u pages, then %u", few, many);
  g_assert_cmpuint (many - few, <=, N_NAMESAKES * N_PAGES);

  rows = list_matches (fixture, ellie);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (((MashMatchRow *) rows->pdata[0])->other, ==, elly);
}

/* Whose forename is their surname has one sound for both. */
static void
test_one_sound (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *ali = add_person (fixture, "Ali", "Ali", "2019-03-04", NULL, NULL);
  g_autofree char *other = add_person (fixture, "Ali", "Ali", "2019-03-05", NULL, NULL);
  g_autoptr (GPtrArray) rows = list_matches (fixture, ali);

  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_nonnull (find_row (rows, other));
}

static void
test_compare (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *ellie = add_ellie (fixture);
  g_autofree char *elly = add_person (fixture, "Elly", "Marshe", "2019-04-03", NULL, NULL);
  gint64 looks = store_fixture_count (fixture, "SELECT count (*) FROM access");
  g_autoptr (GError) error = NULL;
  g_autoptr (MashPeoplePair) pair = mash_store_compare_people (fixture->store, ellie, elly, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (mash_record_get_id (pair->one->pdata[0]), ==, ellie);
  g_assert_cmpstr (mash_record_get_id (pair->other->pdata[0]), ==, elly);
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count (*) FROM access"), ==, looks + 2);

  mash_people_pair_free (g_steal_pointer (&pair));
  pair = mash_store_compare_people (fixture->store, ellie, "nobody", &error);
  g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND);
}

/* The number of a contact in another system finds its people; a postcode that is confidential is no
 * reason. */
static void
test_numbers (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *person = store_fixture_find_child (fixture->store, contact);
  g_autoptr (MashGroup) group = mash_group_new ("edit", contact);
  g_autoptr (MashGroup) lost = mash_group_new ("edit", contact);

  store_fixture_add (fixture->store, group, &mash_identifier_kind, "of-contact", contact,
                     "type", "INCIDENT", "value", "WM/4471/26", "issuer", "Police", NULL);
  store_fixture_submit (fixture, group);
  g_assert_cmpuint (count_contacts (fixture, "WM/4471/26", NULL), ==, 1);
  g_assert_cmpuint (count_contacts (fixture, "wm447126", NULL), ==, 1);

  /* A number of nothing is no number. */
  store_fixture_add (fixture->store, lost, &mash_identifier_kind, "type", "CASE", "value", "X-1",
                     NULL);
  refuse (fixture, lost, "another contact");
  check_whole (fixture);
}

static MashGroup *
bear (StoreFixture *fixture,
      const char   *contact,
      const char   *person,
      const char   *birth,
      const char   *was_due)
{
  g_autoptr (GPtrArray) subjects = mash_store_list (fixture->store, "contact-subject", "contact",
                                                    contact);
  MashGroup *group = mash_group_new ("record-birth", contact);
  MashEdit *edit = store_fixture_edit (fixture->store, group, &mash_person_kind, person,
                                       "kind", "CHILD", "legal-forenames", "Noah", "sex", "M",
                                       "birth", birth, "was-due", was_due, NULL);
  g_autoptr (MashRecord) before = mash_store_lookup (fixture->store, "person", person);
  guint field = mash_kind_find_field (&mash_person_kind, "expected-birth");

  mash_edit_set (edit, field, mash_record_get_value (before, field), NULL);
  store_fixture_edit (fixture->store, group, &mash_contact_subject_kind,
                      mash_record_get_id (subjects->pdata[0]), "role", "CHILD", NULL);

  return group;
}

/* An unborn child is born in the same record: contacts and clocks stay, the due date is kept. */
static void
test_birth (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (fixture, "Unborn", "Lewis", NULL);
  g_autofree char *person = store_fixture_find_child (fixture->store, contact);
  g_autoptr (MashGroup) expect = mash_group_new ("edit", contact);
  g_autoptr (MashGroup) wrong = NULL, birth = NULL, again = NULL;
  g_autoptr (GPtrArray) subjects = mash_store_list (fixture->store, "contact-subject", "contact",
                                                    contact);
  g_autoptr (GPtrArray) clocks = mash_store_list (fixture->store, "clock", "contact", contact);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (MashRecord) child = NULL;

  store_fixture_edit (fixture->store, expect, &mash_person_kind, person, "kind", "UNBORN",
                      "expected-birth", "2026-11-20", NULL);
  store_fixture_edit (fixture->store, expect, &mash_contact_subject_kind,
                      mash_record_get_id (subjects->pdata[0]), "role", "UNBORN", NULL);
  store_fixture_submit (fixture, expect);

  wrong = bear (fixture, contact, person, "2026-11-02", "2026-11-21");
  refuse (fixture, wrong, "is kept beside");
  birth = bear (fixture, contact, person, "2026-11-02", "2026-11-20");
  store_fixture_submit (fixture, birth);

  child = mash_store_lookup (fixture->store, "person", person);
  g_assert_cmpstr (mash_record_get_text (child, "kind"), ==, "CHILD");
  g_assert_cmpstr (mash_record_get_text (child, "was-due"), ==, "2026-11-20");
  g_assert_false (mash_record_has (child, "expected-birth"));
  after = mash_store_list (fixture->store, "clock", "contact", contact);
  g_assert_cmpuint (after->len, ==, clocks->len);
  for (guint i = 0; i < clocks->len; i++)
    g_assert_cmpint (mash_record_get_revision (clocks->pdata[i]), ==,
                     mash_record_get_revision (after->pdata[i]));
  g_assert_cmpint (store_fixture_count (fixture, "SELECT count (*) FROM change WHERE body LIKE"
                                                 " '%expected-birth.was%2026-11-20%'"), ==, 1);
  g_assert_cmpuint (count_contacts (fixture, "Noah Lewis", NULL), ==, 1);

  again = bear (fixture, contact, person, "2026-11-03", "2026-11-20");
  refuse (fixture, again, "Only an unborn child");
  check_whole (fixture);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void      (*test) (StoreFixture  *fixture,
                       gconstpointer  data);
  } tests[] = {
    { "/people/link-and-undo", test_link_and_undo },
    { "/people/groups", test_groups },
    { "/people/separation", test_separation },
    { "/people/not-the-same", test_not_the_same },
    { "/people/crowd", test_crowd },
    { "/people/namesakes", test_namesakes },
    { "/people/one-sound", test_one_sound },
    { "/people/compare", test_compare },
    { "/people/numbers", test_numbers },
    { "/people/birth", test_birth },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *path = g_strconcat ("/people/candidates/", pairs[i].name, NULL);

      g_test_add (path, StoreFixture, &pairs[i], store_fixture_set_up, test_candidates,
                  store_fixture_tear_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, StoreFixture, NULL, store_fixture_set_up, tests[i].test,
                store_fixture_tear_down);

  return g_test_run ();
}
