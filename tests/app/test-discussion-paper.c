/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "discussion-scene.h"
#include "mash-circulation.h"
#include "mash-discussion-paper.h"
#include "mash-exchange-error.h"
#include "mash-paper-check.h"
#include "mash-paper-pdf.h"
#include "mash-policy-reader.h"
#include "mash-reader-client.h"

/* Each kind of copy, read again from its PDF as a stranger would. */

typedef struct
{
  MashPolicy    *policy;
  MashTestFacts *facts;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->policy = mash_policy_reader_load_builtin (NULL);
  fixture->facts = discussion_scene_new ();
  discussion_scene_rule (fixture->facts, "FULL", NULL, "RELEASED");
  discussion_scene_rule (fixture->facts, "AGENCY", "agency-edu", "REMOVED");
  discussion_scene_rule (fixture->facts, "AGENCY", "agency-hth", "RELEASED");
  discussion_scene_rule (fixture->facts, "FAMILY", NULL, "REMOVED");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  mash_policy_unref (fixture->policy);
  g_object_unref (fixture->facts);
}

static MashPaper *
make_paper (Fixture           *fixture,
            const MashCopyFor *copy)
{
  MashPaper *paper = mash_discussion_paper_new (fixture->policy, MASH_FACTS (fixture->facts),
                                                &(MashDiscussionCopy) {
    SCENE_DISCUSSION, *copy, "Whoever gets it",
  });

  g_assert_nonnull (paper);

  return paper;
}

static GBytes *
make_pdf (Fixture           *fixture,
          const MashCopyFor *copy,
          guint             *n_pages)
{
  g_autoptr (MashPaper) paper = make_paper (fixture, copy);
  g_autoptr (GError) error = NULL;
  GBytes *pdf = mash_paper_make_pdf (paper, n_pages, &error);

  g_assert_no_error (error);

  return pdf;
}

/* All that can be read in it, folded. */
static char *
read_again (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashReading) reading = mash_reader_client_run (
    &(MashReaderCall) { .form = "paper", .today = "1970-01-01" }, pdf, NULL, &error);
  g_autoptr (GString) words = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < mash_reading_get_length (reading); i++)
    g_string_append_printf (words, "%s\n", mash_reading_get_value (reading, i));

  return mash_circulation_fold (words->str);
}

static gboolean
holds (const char *folded,
       const char *words)
{
  g_autofree char *needle = mash_circulation_fold (words);

  return strstr (folded, needle) != NULL;
}

/* What is planted, and in which copies it is: full, for school, for health, for the family. */
static const struct
{
  const char *words;
  const char *copies;
} planted[] = {
  { SCENE_PLAIN, "YYYY" }, { SCENE_CONDITION, "Y-Y-" }, { SCENE_FAMILY, "Y-Y-" },
  { SCENE_INTEL, "YYY-" }, { SCENE_PRIVILEGE, "----" }, { SCENE_ADDRESS, "----" },
  { SCENE_POSTCODE, "----" }, { SCENE_REFERRER, "----" }, { SCENE_EARLIER, "----" },
  { SCENE_WITHHELD, "YYY-" }, { "I want to stay with Nan", "YYY-" },
  { "Interview the uncle", "YYY-" }, { "Two calls to the address", "Y---" },
  { "The health visitor can see both", "Y-Y-" }, { "Withheld by", "YYY-" },
  { "Room 2, Weald House", "YYY-" }, { "Leo Marsh, born 4 March 2018", "YYYY" },
  { "Aisha Khan, born November 2020", "YYYY" },
  { "Sunday 25 October 2026 at 01:40 BST", "YYYY" },
  { "Sunday 25 October 2026 at 03:10 GMT", "YYYY" }, { "seen by a paediatrician today", "YYYY" },
  { "a disagreement was opened on Sunday 25 October 2026 at 04:00 GMT", "YYY-" },
  { "Named for it Designated doctor", "YYY-" }, { "went to the seniors", "----" },
  { "Petra Hallam", "YYYY" }, { "3f9a1c0b e47d55a2", "YYYY" }, { "R7K2-M4QT-C", "YYYY" },
  { "Revision 3", "YYYY" }, { "Whoever gets it", "YYYY" },
};

static const MashCopyFor copies[] = {
  { "FULL", NULL }, { "AGENCY", "agency-edu" }, { "AGENCY", "agency-hth" }, { "FAMILY", NULL },
};

static void
test_variants (Fixture       *fixture,
               gconstpointer  data)
{
  for (guint c = 0; c < G_N_ELEMENTS (copies); c++)
    {
      g_autoptr (GBytes) pdf = make_pdf (fixture, &copies[c], NULL);
      g_autofree char *words = read_again (pdf);
      g_autoptr (GPtrArray) withheld = mash_circulation_list_withheld (
        MASH_FACTS (fixture->facts), SCENE_DISCUSSION, &copies[c]);
      g_autoptr (GError) error = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (planted); i++)
        {
          g_test_message ("%s %u: %s", copies[c].variant, c, planted[i].words);
          g_assert_true (holds (words, planted[i].words) == (planted[i].copies[c] == 'Y'));
        }
      mash_paper_check (pdf, withheld, NULL, &error);
      g_assert_no_error (error);
    }
}

/* The copy of one recipient is refused to another who must not have what is in it. */
static void
test_wrong_recipient (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (GBytes) full = make_pdf (fixture, &copies[0], NULL);

  for (guint c = 1; c < G_N_ELEMENTS (copies); c++)
    {
      g_autoptr (GPtrArray) withheld = mash_circulation_list_withheld (
        MASH_FACTS (fixture->facts), SCENE_DISCUSSION, &copies[c]);
      g_autoptr (GError) error = NULL;

      if (c == 2)
        continue;
      g_assert_false (mash_paper_check (full, withheld, NULL, &error));
      g_assert_error (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_LEAK);
    }
}

/* Whoever repeats elsewhere what must not go out has the copy refused: each planted string in a
 * field that goes into every copy. */
static void
test_repeated (Fixture       *fixture,
               gconstpointer  data)
{
  static const char *const leaks[] = {
    SCENE_CONDITION, SCENE_FAMILY, SCENE_INTEL, SCENE_PRIVILEGE, "moved to " SCENE_ADDRESS,
    SCENE_POSTCODE, "asked by " SCENE_REFERRER, SCENE_EARLIER, SCENE_WITHHELD,
    "The school asks that nobody says who rang.",
  };

  for (guint i = 0; i < G_N_ELEMENTS (leaks); i++)
    {
      g_autoptr (MashTestFacts) facts = discussion_scene_new ();
      g_autoptr (GPtrArray) withheld = NULL;
      g_autoptr (MashPaper) paper = NULL;
      g_autoptr (GBytes) pdf = NULL;
      g_autoptr (GError) error = NULL;

      discussion_scene_rule (facts, "FAMILY", NULL, "REMOVED");
      withheld = mash_circulation_list_withheld (MASH_FACTS (facts), SCENE_DISCUSSION, &copies[3]);
      mash_test_facts_put (facts, "sd-child", "third", "discussion", SCENE_DISCUSSION, "subject",
                           "s-leo", "rationale", leaks[i], NULL);
      paper = mash_discussion_paper_new (fixture->policy, MASH_FACTS (facts),
                                         &(MashDiscussionCopy) {
        SCENE_DISCUSSION, copies[3], "Whoever gets it",
      });
      pdf = mash_paper_make_pdf (paper, NULL, &error);
      g_assert_no_error (error);
      g_test_message ("%s", leaks[i]);
      g_assert_false (mash_paper_check (pdf, withheld, NULL, &error));
      g_assert_error (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_LEAK);
      g_assert_nonnull (strstr (error->message, "Page "));
    }
}

/* What was looked at is what goes, whenever it is made again. */
static void
test_same (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GBytes) first = make_pdf (fixture, &copies[3], NULL);
  g_autoptr (GBytes) second = make_pdf (fixture, &copies[3], NULL);

  g_assert_true (g_bytes_equal (first, second));
}

/* A long record has its number, reference, recipient and revision on every page. */
static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (MashReading) reading = NULL;
  g_autoptr (GError) error = NULL;
  guint n_pages = 0, n = 0;

  discussion_scene_grow (fixture->facts, 200);
  pdf = make_pdf (fixture, &copies[0], &n_pages);
  g_assert_cmpuint (n_pages, >, 8);
  reading = mash_reader_client_run (&(MashReaderCall) { .form = "paper", .today = "1970-01-01" },
                                    pdf, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < mash_reading_get_length (reading); i++)
    {
      const char *text = mash_reading_get_value (reading, i);
      g_autofree char *number = NULL;

      if (!g_str_has_prefix (mash_reading_get_name (reading, i), "page."))
        continue;
      number = g_strdup_printf ("Page %u of %u", ++n, n_pages);
      g_assert_nonnull (strstr (text, number));
      g_assert_nonnull (strstr (text, "R7K2-M4QT-C"));
      g_assert_nonnull (strstr (text, "For Whoever gets it"));
      g_assert_nonnull (strstr (text, "Revision 3, signed"));
    }
  g_assert_cmpuint (n, ==, n_pages);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/discussion-paper/variants", Fixture, NULL, set_up, test_variants, tear_down);
  g_test_add ("/discussion-paper/wrong-recipient", Fixture, NULL, set_up, test_wrong_recipient,
              tear_down);
  g_test_add ("/discussion-paper/repeated", Fixture, NULL, set_up, test_repeated, tear_down);
  g_test_add ("/discussion-paper/same", Fixture, NULL, set_up, test_same, tear_down);
  g_test_add ("/discussion-paper/pages", Fixture, NULL, set_up, test_pages, tear_down);

  return g_test_run ();
}
