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
      const char *const withheld[] = { "Nothing of this kind", cases[i].withheld, NULL };
      guint which = 99;

      g_assert_cmpint (mash_circulation_leaks (cases[i].text, withheld, &which), ==,
                       cases[i].leaks);
      g_assert_cmpuint (which, ==, cases[i].leaks ? 1 : 99);
    }
}

/* A safe address, what is withheld from the parents, and a paragraph left out are looked for; what
 * the copy may hold is not. */
static void
test_withheld (void)
{
  Hub hub;
  g_auto (GStrv) family = NULL;
  g_auto (GStrv) health = NULL;

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

  family = mash_circulation_dup_withheld (MASH_FACTS (hub.facts), DISCUSSION, &copies[3]);
  g_assert_true (mash_circulation_leaks ("…seen with a weapon in June…",
                                         (const char *const *) family, NULL));
  g_assert_true (mash_circulation_leaks ("what the child said at school",
                                         (const char *const *) family, NULL));
  g_assert_true (mash_circulation_leaks ("write to ZZ1 2AB", (const char *const *) family, NULL));
  g_assert_false (mash_circulation_leaks ("Known to us since 2023, in Wealdbridge. Soon.",
                                          (const char *const *) family, NULL));
  health = mash_circulation_dup_withheld (MASH_FACTS (hub.facts), DISCUSSION, &copies[1]);
  g_assert_false (mash_circulation_leaks ("Seen with a weapon in June.",
                                          (const char *const *) health, NULL));
  g_assert_true (mash_circulation_leaks ("4 Larch Court", (const char *const *) health, NULL));
  tear_down (&hub, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/circulation/shares", test_shares);
  g_test_add_func ("/circulation/rulings", test_rulings);
  g_test_add_func ("/circulation/leaks", test_leaks);
  g_test_add_func ("/circulation/withheld", test_withheld);

  return g_test_run ();
}
