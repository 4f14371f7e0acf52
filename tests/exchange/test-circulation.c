/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mash-circulation.h"
#include "strategy-hub.h"

/* A paragraph of the police, by one field, and what becomes of it in each copy: full, for health,
 * for the police themselves, for the family; I in, O out, U undecided. */
static const struct
{
  const char *field;
  const char *value;
  const char *shares;
} rows[] = {
  { "condition", "P", "IIII" }, { "condition", "C", "UUIU" }, { "handling", "H1", "IIII" },
  { "handling", "H2", "IOIO" }, { "handling", "H3", "UUIU" }, { "handling", "H4", "UUIU" },
  { "handling", "H6", "OOIO" }, { "basis", "INTEL", "IIIO" },
  { "not-for", "agency-hth", "IOII" },
};

static const MashCopyFor copies[] = {
  { "FULL", NULL }, { "AGENCY", "agency-hth" }, { "AGENCY", "agency-pol" }, { "FAMILY", NULL },
};

static char
letter (MashShare share)
{
  return "IOU"[share];
}

static void
test_shares (void)
{
  for (guint r = 0; r < G_N_ELEMENTS (rows); r++)
    {
      Hub hub;
      char shares[G_N_ELEMENTS (copies) + 1] = { 0 };
      const MashStamps stamps = { NULL };
      g_autoptr (MashEdit) made = NULL;
      g_autoptr (MashRecord) paragraph = NULL;

      set_up (&hub, NULL);
      made = edit (&hub, "sd-paragraph", "p", "discussion", DISCUSSION, "agency", "agency-pol",
                   "text", "Known", rows[r].field, rows[r].value, NULL);
      paragraph = mash_edit_apply (made, NULL, &stamps);
      for (guint c = 0; c < G_N_ELEMENTS (copies); c++)
        shares[c] = letter (mash_circulation_rule_on (MASH_FACTS (hub.facts), paragraph,
                                                      &copies[c]));
      g_test_message ("%s %s", rows[r].field, rows[r].value);
      g_assert_cmpstr (shares, ==, rows[r].shares);
      tear_down (&hub, NULL);
    }
}

/* A ruling is for one recipient and no other, and the last one counts. */
static void
test_rulings (void)
{
  Hub hub;
  g_autoptr (MashRecord) paragraph = NULL;

  set_up (&hub, NULL);
  mash_test_facts_put (hub.facts, "sd-paragraph", "p", "discussion", DISCUSSION, "agency",
                       "agency-pol", "text", "Known", "condition", "C", NULL);
  paragraph = mash_facts_lookup (MASH_FACTS (hub.facts), "sd-paragraph", "p");
  mash_test_facts_put (hub.facts, "sd-release", "r1", "paragraph", "p", "variant", "AGENCY",
                       "recipient-agency", "agency-hth", "choice", "REMOVED", NULL);
  g_assert_cmpint (mash_circulation_rule_on (MASH_FACTS (hub.facts), paragraph, &copies[1]), ==,
                   MASH_SHARE_OUT);
  g_assert_cmpint (mash_circulation_rule_on (MASH_FACTS (hub.facts), paragraph, &copies[3]), ==,
                   MASH_SHARE_UNDECIDED);
  mash_test_facts_put (hub.facts, "sd-release", "r2", "paragraph", "p", "variant", "AGENCY",
                       "recipient-agency", "agency-hth", "choice", "RELEASED", NULL);
  g_assert_cmpint (mash_circulation_rule_on (MASH_FACTS (hub.facts), paragraph, &copies[1]), ==,
                   MASH_SHARE_IN);
  tear_down (&hub, NULL);
}

/* Whoever has not the words makes a copy without them; that a copy may have them stays true. */
static void
test_words_not_there (void)
{
  Hub hub;
  g_autoptr (MashRecord) paragraph = NULL;
  g_autofree char *reason = NULL;

  set_up (&hub, NULL);
  mash_test_facts_put (hub.facts, "sd-paragraph", "p", "discussion", DISCUSSION, "agency",
                       "agency-pol", "basis", "INTEL", "text-hash", "abc", NULL);
  paragraph = mash_facts_lookup (MASH_FACTS (hub.facts), "sd-paragraph", "p");
  g_assert_cmpint (mash_circulation_rule_on (MASH_FACTS (hub.facts), paragraph, &copies[0]), ==,
                   MASH_SHARE_IN);
  g_assert_cmpint (mash_circulation_find_share (MASH_FACTS (hub.facts), paragraph, &copies[0]), ==,
                   MASH_SHARE_OUT);
  reason = mash_circulation_dup_reason (MASH_FACTS (hub.facts), paragraph, &copies[0]);
  g_assert_cmpstr (reason, ==, "You may not read it, so it is in no copy that you make.");
  tear_down (&hub, NULL);
}

/* What is planted is found however it is set; and what is not there is not. */
static void
test_leaks (void)
{
  static const struct { const char *text, *withheld; gboolean leaks; } cases[] = {
    { "The family moved to 4 Larch Court in May.", "4 Larch Court", TRUE },
    { "moved to 4 LARCH\nCOURT in May", "4 Larch Court", TRUE },
    { "moved to 4 Lar-\nch Court", "4 Larch Court", TRUE },
    { "a \xef\xac\x81" "rst of\xef\xac\x81" "cer said so", "First officer", TRUE },
    { "ZZ1 2\xc2\xad" "AB", "ZZ12AB", TRUE },
    { "caf\xc3\xa9 owner", "Cafe owner", TRUE },
    { "moved to 5 Larch Court", "4 Larch Court", FALSE },
    { "", "4 Larch Court", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      MashWithheld words[] = {
        { MASH_WITHHELD_NAME, mash_circulation_fold ("Nothing of this kind"), FALSE },
        { MASH_WITHHELD_NAME, mash_circulation_fold (cases[i].withheld), FALSE },
      };
      g_autoptr (GPtrArray) withheld = g_ptr_array_new ();
      guint which = 99;

      g_ptr_array_add (withheld, &words[0]);
      g_ptr_array_add (withheld, &words[1]);
      g_assert_cmpint (mash_circulation_leaks (cases[i].text, withheld, &which), ==,
                       cases[i].leaks);
      g_assert_cmpuint (which, ==, cases[i].leaks ? 1 : 99);
      g_free (words[0].folded);
      g_free (words[1].folded);
    }
}

static gboolean
finds (GPtrArray        *withheld,
       const char       *text,
       MashWithheldKind  kind)
{
  guint which;

  return mash_circulation_leaks (text, withheld, &which) &&
         ((MashWithheld *) g_ptr_array_index (withheld, which))->kind == kind;
}

/* A safe address, what is withheld from the parents, and a paragraph left out are looked for; what
 * the copy may hold is not. */
static void
test_withheld (void)
{
  Hub hub;
  g_autoptr (GPtrArray) family = NULL;
  g_autoptr (GPtrArray) health = NULL;
  g_autoptr (GPtrArray) full = NULL;

  set_up (&hub, NULL);
  mash_test_facts_put (hub.facts, "strategy-discussion", DISCUSSION, "contact", "contact-1", NULL);
  mash_test_facts_put (hub.facts, "contact-subject", "s", "contact", "contact-1", "person", "leo",
                       NULL);
  mash_test_facts_put (hub.facts, "household-member", "m", "person", "leo", "household", "h", NULL);
  mash_test_facts_put (hub.facts, "household", "h", "address", "a", NULL);
  mash_test_facts_put (hub.facts, "address", "a", "line1", "4 Larch Court", "town", "Wealdbridge",
                       "postcode", "ZZ1 2AB", "confidential", "yes", NULL);
  mash_test_facts_put (hub.facts, "sd-plan", "plan", "discussion", DISCUSSION,
                       "parents-withheld", "What the child said at school. Soon.", NULL);
  mash_test_facts_put (hub.facts, "sd-paragraph", "p", "discussion", DISCUSSION, "agency",
                       "agency-pol", "basis", "INTEL", "text", "Seen with a weapon in June.", NULL);
  mash_test_facts_put (hub.facts, "sd-paragraph", "q", "discussion", DISCUSSION, "agency",
                       "agency-csc", "text", "Known to us since 2023.", NULL);

  mash_test_facts_put (hub.facts, "contact", "contact-1", "confidential-from-family",
                       "The aunt told the school of it.", NULL);
  mash_test_facts_put (hub.facts, "referrer", "r", "contact", "contact-1", "name", "Mina Farr",
                       "identity-protected", "yes", NULL);
  mash_test_facts_put (hub.facts, "sd-version", "v", "discussion", DISCUSSION, "text",
                       "Known to us since 2019.", "choice", "REFUSED", NULL);

  family = mash_circulation_list_withheld (MASH_FACTS (hub.facts), DISCUSSION, &copies[3]);
  g_assert_true (finds (family, "…seen with a weapon in June…", MASH_WITHHELD_PARAGRAPH));
  g_assert_true (finds (family, "what the child said at school", MASH_WITHHELD_FAMILY));
  g_assert_true (finds (family, "the aunt told the school of it", MASH_WITHHELD_FAMILY));
  g_assert_true (finds (family, "write to ZZ1 2AB", MASH_WITHHELD_ADDRESS));
  g_assert_true (finds (family, "says Mina FARR", MASH_WITHHELD_NAME));
  g_assert_true (finds (family, "known to us since 2019", MASH_WITHHELD_EARLIER));
  g_assert_false (mash_circulation_leaks ("Known to us since 2023, in Wealdbridge. Soon.", family,
                                          NULL));
  health = mash_circulation_list_withheld (MASH_FACTS (hub.facts), DISCUSSION, &copies[1]);
  g_assert_false (mash_circulation_leaks ("Seen with a weapon in June.", health, NULL));
  g_assert_true (finds (health, "4 Larch Court", MASH_WITHHELD_ADDRESS));
  g_assert_true (finds (health, "says Mina FARR", MASH_WITHHELD_NAME));
  full = mash_circulation_list_withheld (MASH_FACTS (hub.facts), DISCUSSION, &copies[0]);
  g_assert_false (mash_circulation_leaks ("says Mina FARR", full, NULL));
  tear_down (&hub, NULL);
}

/* A sentence that a page ends in the middle of is found by the half that is whole; one that an
 * agency released, and that anybody could say, proves nothing. */
static void
test_sentences (void)
{
  static const char said[] = "His older brother told the officer about a rucksack that he keeps "
                             "under the stairs of the flat";
  Hub hub;
  g_autoptr (GPtrArray) family = NULL;

  set_up (&hub, NULL);
  mash_test_facts_put (hub.facts, "strategy-discussion", DISCUSSION, "contact", "contact-1", NULL);
  mash_test_facts_put (hub.facts, "sd-paragraph", "p", "discussion", DISCUSSION, "agency",
                       "agency-pol", "condition", "C", "text", said, NULL);
  mash_test_facts_put (hub.facts, "sd-paragraph", "q", "discussion", DISCUSSION, "agency",
                       "agency-hth", "condition", "C", "text", "Nothing known of them.", NULL);
  mash_test_facts_put (hub.facts, "sd-paragraph", "r", "discussion", DISCUSSION, "agency",
                       "agency-csc", "text", "Nothing known of them.", NULL);
  family = mash_circulation_list_withheld (MASH_FACTS (hub.facts), DISCUSSION, &copies[3]);
  for (guint at = 0; at < strlen (said); at++)
    {
      g_autofree char *first = g_strndup (said, at);

      g_assert_true (mash_circulation_leaks (first, family, NULL) ||
                     mash_circulation_leaks (said + at, family, NULL));
    }
  g_assert_false (mash_circulation_leaks ("Nothing known of them.", family, NULL));
  g_assert_false (mash_circulation_leaks ("His older brother told us about it", family, NULL));
  tear_down (&hub, NULL);
}

static void
put_withheld (Hub        *hub,
              const char *id,
              const char *text,
              const char *conditions)
{
  mash_test_facts_put (hub->facts, "sd-paragraph", id, "discussion", DISCUSSION, "agency",
                       "agency-pol", "condition", "C", "text", text, "conditions", conditions,
                       NULL);
}

/* A paragraph in nothing but short sentences is found whole, and not within other words; so are the
 * conditions that it was given under. What the copy says elsewhere, or prints of itself, is not
 * looked for. */
static void
test_short (void)
{
  Hub hub;
  g_autoptr (GPtrArray) family = NULL;

  set_up (&hub, NULL);
  mash_test_facts_put (hub.facts, "strategy-discussion", DISCUSSION, "contact", "contact-1", NULL);
  put_withheld (&hub, "a", "HIV positive.", "Ask Sister Wen of ward nine first.");
  put_withheld (&hub, "b", "He hit. She ran.", "In no case.");
  put_withheld (&hub, "c", "Ill.", NULL);
  put_withheld (&hub, "d", "Nil known.", NULL);
  put_withheld (&hub, "e", "Neglect.", "With conditions");
  mash_test_facts_put (hub.facts, "sd-child", "child", "discussion", DISCUSSION, "rationale",
                       "There is nil known of him.", NULL);
  family = mash_circulation_list_withheld (MASH_FACTS (hub.facts), DISCUSSION, &copies[3]);
  mash_circulation_drop_labels (family, hub.policy);

  g_assert_true (finds (family, "he is HIV-\npositive, she said", MASH_WITHHELD_PARAGRAPH));
  g_assert_true (finds (family, "he is HIV posi-\ntive", MASH_WITHHELD_PARAGRAPH));
  g_assert_true (finds (family, "said: he hit, she\nran", MASH_WITHHELD_PARAGRAPH));
  g_assert_true (finds (family, "said in no case", MASH_WITHHELD_PARAGRAPH));
  g_assert_true (finds (family, "ask sister Wen of ward nine first", MASH_WITHHELD_PARAGRAPH));
  g_assert_true (finds (family, "the child is ill", MASH_WITHHELD_PARAGRAPH));
  g_assert_false (mash_circulation_leaks ("they will be still", family, NULL));
  g_assert_false (mash_circulation_leaks ("There is nil known of him.", family, NULL));
  g_assert_false (mash_circulation_leaks ("Category: Neglect", family, NULL));
  tear_down (&hub, NULL);
}

/* Whoever was asked to be there may get a copy, once; and each sentence says why not. */
static void
test_recipients (void)
{
  static const struct { const char *field, *value, *says; } cases[] = {
    { "condition", "C", "with conditions" }, { "handling", "H4", "not for the family" },
    { "handling", "H3", "asked each time" }, { "handling", "H6", "legal privilege" },
    { "handling", "H2", "decision makers" }, { "basis", "INTEL", "intelligence" },
    { "condition", "P", NULL },
  };
  Hub hub;
  g_autoptr (GPtrArray) recipients = NULL;

  set_up (&hub, NULL);
  for (guint i = 0; i < 4; i++)
    {
      const char *ids[] = { "a", "b", "c", "d" };
      const char *agencies[] = { "agency-csc", "agency-pol", "agency-csc", "agency-hth" };

      mash_test_facts_put (hub.facts, "sd-participant", ids[i], "discussion", DISCUSSION, "agency",
                           agencies[i], NULL);
    }
  recipients = mash_circulation_list_recipients (MASH_FACTS (hub.facts), DISCUSSION);
  g_assert_cmpuint (recipients->len, ==, 5);
  g_assert_cmpstr (((MashRecipient *) g_ptr_array_index (recipients, 0))->variant, ==, "FULL");
  g_assert_cmpstr (((MashRecipient *) g_ptr_array_index (recipients, 3))->agency, ==,
                   "agency-hth");
  g_assert_cmpstr (((MashRecipient *) g_ptr_array_index (recipients, 4))->variant, ==, "FAMILY");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const MashStamps stamps = { NULL };
      g_autoptr (MashEdit) made = edit (&hub, "sd-paragraph", "p", "discussion", DISCUSSION,
                                        "agency", "agency-pol", "text", "Known", cases[i].field,
                                        cases[i].value, NULL);
      g_autoptr (MashRecord) paragraph = mash_edit_apply (made, NULL, &stamps);
      g_autofree char *reason = mash_circulation_dup_reason (MASH_FACTS (hub.facts), paragraph,
                                                             &copies[3]);

      g_assert_true ((reason != NULL) == (cases[i].says != NULL));
      g_assert_true (reason == NULL || strstr (reason, cases[i].says) != NULL);
    }
  tear_down (&hub, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/circulation/shares", test_shares);
  g_test_add_func ("/circulation/rulings", test_rulings);
  g_test_add_func ("/circulation/words-not-there", test_words_not_there);
  g_test_add_func ("/circulation/leaks", test_leaks);
  g_test_add_func ("/circulation/withheld", test_withheld);
  g_test_add_func ("/circulation/sentences", test_sentences);
  g_test_add_func ("/circulation/short", test_short);
  g_test_add_func ("/circulation/recipients", test_recipients);

  return g_test_run ();
}
