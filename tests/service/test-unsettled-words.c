/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What waits for somebody is told in the words in which it was typed and chosen: no code, no id and
 * no date as the database has it. */

#include "config.h"

#include <string.h>

#include "mash-store-hub.h"
#include "mash-time.h"
#include "mash-unsettled-words.h"
#include "store-fixture.h"

static char *
dup_words (StoreFixture   *hub,
           const MashKind *kind,
           const char     *field,
           GVariant       *value)
{
  g_autoptr (GVariant) held = value != NULL ? g_variant_ref_sink (value) : NULL;
  guint i = mash_kind_find_field (kind, field);

  g_assert_cmpuint (i, !=, MASH_NO_FIELD);

  return mash_unsettled_dup_value (hub->store, hub->policy, &kind->fields[i], held);
}

static void
check (StoreFixture   *hub,
       const MashKind *kind,
       const char     *field,
       const char     *value,
       const char     *expected)
{
  g_autofree char *words = dup_words (hub, kind, field, g_variant_new_string (value));

  g_assert_cmpstr (words, ==, expected);
}

static void
test_codes (StoreFixture  *hub,
            gconstpointer  data)
{
  const char *const codes[] = { "HEAR", "AUT", NULL };
  g_autofree char *set = dup_words (hub, &mash_person_kind, "disabilities",
                                    g_variant_new_strv (codes, -1));
  g_autofree char *empty = dup_words (hub, &mash_person_kind, "disabilities",
                                      g_variant_new_strv (codes, 0));
  g_autofree char *nothing = dup_words (hub, &mash_person_kind, "disabilities", NULL);
  g_autofree char *expected = g_strdup_printf ("%s, %s",
                                               mash_policy_get_label (hub->policy, "DIS", "HEAR"),
                                               mash_policy_get_label (hub->policy, "DIS", "AUT"));

  g_assert_null (strstr (expected, "HEAR"));
  g_assert_cmpstr (set, ==, expected);
  g_assert_cmpstr (empty, ==, "nothing");
  g_assert_cmpstr (nothing, ==, "nothing");
  check (hub, &mash_person_kind, "sex", "F", mash_policy_get_label (hub->policy, "SEX", "F"));
}

static void
test_dates (StoreFixture  *hub,
            gconstpointer  data)
{
  check (hub, &mash_person_kind, "birth", "2019-03-04", "4 Mar 2019");
  check (hub, &mash_person_kind, "birth", "2019-03", "Mar 2019");
  check (hub, &mash_person_kind, "birth", "2019", "2019");
  check (hub, &mash_person_kind, "birth", "nonsense", "nonsense");
}

static void
test_references (StoreFixture  *hub,
                 gconstpointer  data)
{
  g_autofree char *contact = store_fixture_contact (hub, "Ellie", "Marsh", "2019-03-04");
  g_autofree char *child = store_fixture_find_child (hub->store, contact);
  g_autoptr (MashRecord) record = mash_store_lookup (hub->store, "contact", contact);
  g_autoptr (GPtrArray) subjects = mash_store_list (hub->store, "contact-subject", "contact",
                                                    contact);

  check (hub, &mash_contact_kind, "assigned-to", hub->manager, "Ruth Fenwick");
  check (hub, &mash_contact_subject_kind, "person", child, "Ellie Marsh");
  check (hub, &mash_contact_subject_kind, "contact", contact,
         mash_record_get_text (record, "reference"));
  check (hub, &mash_sd_enquiry_kind, "subject",
         mash_record_get_id (g_ptr_array_index (subjects, 0)), "Ellie Marsh");
  check (hub, &mash_contact_subject_kind, "person", hub->agency, "Person");
}

/* Whoever began the hub is none of its staff, and hands in what was found on a recovered desk. */
static void
test_names (StoreFixture  *hub,
            gconstpointer  data)
{
  const char *root, *key;
  g_autofree char *administrator = NULL;
  g_autofree char *manager = mash_unsettled_dup_name (hub->store, hub->manager);
  g_autofree char *stranger = mash_unsettled_dup_name (hub->store, hub->agency);
  g_autofree char *nobody = mash_unsettled_dup_name (hub->store, NULL);

  mash_store_get_root (hub->store, &root, &key);
  administrator = mash_unsettled_dup_name (hub->store, root);
  g_assert_cmpstr (administrator, ==, "the hub’s administrator");
  g_assert_cmpstr (manager, ==, "Ruth Fenwick");
  g_assert_cmpstr (stranger, ==, "somebody");
  g_assert_cmpstr (nobody, ==, "somebody");
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void      (*test) (StoreFixture *hub, gconstpointer data);
  } tests[] = {
    { "/unsettled-words/codes", test_codes },
    { "/unsettled-words/dates", test_dates },
    { "/unsettled-words/references", test_references },
    { "/unsettled-words/names", test_names },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, StoreFixture, NULL, store_fixture_set_up, tests[i].test,
                store_fixture_tear_down);

  return g_test_run ();
}
