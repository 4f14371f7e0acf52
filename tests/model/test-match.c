/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "mash-match.h"
#include "mash-test-facts.h"

/* One person in one line. */
typedef struct
{
  const char *surname;
  const char *forenames;
  const char *birth;
  const char *sex;
  const char *nhs;
  const char *upn;
  const char *postcode;
  const char *parent;
  const char *other_surname;
  const char *death;
} Someone;

typedef struct
{
  MashMatchSide side;
  const char   *postcodes[2];
  const char   *parents[2];
} Held;

static void
hold (Held          *held,
      const Someone *someone)
{
  *held = (Held) { 0 };
  held->side.person = mash_test_record ("person", "p",
                                        "legal-surname", someone->surname,
                                        "legal-forenames", someone->forenames,
                                        "birth", someone->birth,
                                        "sex", someone->sex,
                                        "nhs-number", someone->nhs,
                                        "upn", someone->upn,
                                        "death", someone->death,
                                        NULL);
  held->postcodes[0] = someone->postcode;
  held->parents[0] = someone->parent;
  held->side.postcodes = held->postcodes;
  held->side.parents = held->parents;
  if (someone->other_surname != NULL)
    {
      held->side.names = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_record_unref);
      g_ptr_array_add (held->side.names,
                       mash_test_record ("person-name", "n", "person", "p", "use", "PREV",
                                         "surname", someone->other_surname, NULL));
    }
}

static void
let_go (Held *held)
{
  mash_record_unref (held->side.person);
  g_clear_pointer (&held->side.names, g_ptr_array_unref);
}

static guint
score (const Someone    *a,
       const Someone    *b,
       MashMatchReasons *reasons)
{
  MashMatchReasons back;
  Held one, two;
  guint points;

  hold (&one, a);
  hold (&two, b);
  points = mash_match_score (&one.side, &two.side, reasons);
  g_assert_cmpuint (mash_match_score (&two.side, &one.side, &back), ==, points);
  g_assert_cmpuint (back, ==, *reasons);
  let_go (&one);
  let_go (&two);

  return points;
}

/* The points of domain 3.1, one by one and together. */
static void
test_scores (void)
{
  static const struct { Someone a, b; guint score; MashMatchReasons reasons; } rows[] = {
    { { "Marsh", "Leo", "2018-03-04" }, { "Marsh", "Leo", "2018-03-04" }, 70,
      MASH_MATCH_SURNAME | MASH_MATCH_FORENAME | MASH_MATCH_BIRTH },
    { { "Khan", "Mohammed", "2018-03-04" }, { "Kahn", "Muhammad", "2018-04-03" }, 65,
      MASH_MATCH_SURNAME | MASH_MATCH_FORENAME | MASH_MATCH_BIRTH_SWAPPED },
    { { "O’Brien", "Zoë", "2018-03-04" }, { "OBrien", "Zoe Ann", "2018-03-14" }, 60,
      MASH_MATCH_SURNAME | MASH_MATCH_FORENAME | MASH_MATCH_BIRTH_DIGIT },
    { { "Marsh", "Leo", "2018-03-04" }, { "Marsh", "Ruby", "2018-11-23" }, 30,
      MASH_MATCH_SURNAME | MASH_MATCH_BIRTH_YEAR },
    { { "Marsh", "Leo", "2018" }, { "Marsh", "Leo", "2018-11-23" }, 50,
      MASH_MATCH_SURNAME | MASH_MATCH_FORENAME | MASH_MATCH_BIRTH_YEAR },
    { { "Marsh", "Leo", "2017" }, { "Marsh", "Leo", "2018-11-23" }, 40,
      MASH_MATCH_SURNAME | MASH_MATCH_FORENAME },
    { { "Marsh", "Leo", .nhs = "9434765919" }, { "Bell", "Tom", .nhs = "943 476 5919" }, 70,
      MASH_MATCH_IDENTIFIER },
    { { "Marsh", "Leo", .upn = "T850728973744" }, { "Bell", "Tom", .upn = "t850728973744" }, 70,
      MASH_MATCH_IDENTIFIER },
    /* A number that is none makes nobody the same. */
    { { "Marsh", "Leo", .nhs = "1234567890" }, { "Bell", "Tom", .nhs = "1234567890" }, 0,
      MASH_MATCH_NOTHING },
    { { "Marsh", "Leo", "2018-03-04", "M", .postcode = "WS1 2AB", .parent = "m" },
      { "Marsh", "Leo", "2018-03-04", "M", .postcode = "ws12ab", .parent = "m" }, 100,
      MASH_MATCH_SURNAME | MASH_MATCH_FORENAME | MASH_MATCH_BIRTH | MASH_MATCH_POSTCODE |
      MASH_MATCH_PARENT },
    { { "Marsh", "Leo", "2018-03-04", "M" }, { "Marsh", "Leo", "2018-03-04", "F" }, 50,
      MASH_MATCH_SURNAME | MASH_MATCH_FORENAME | MASH_MATCH_BIRTH | MASH_MATCH_SEX_DIFFERS },
    { { "Marsh", "Leo", "2018-03-04", "M" }, { "Marsh", "Leo", "2018-03-04", "U" }, 70,
      MASH_MATCH_SURNAME | MASH_MATCH_FORENAME | MASH_MATCH_BIRTH },
    { { "Marsh", "Leo", "2018-03-04", .nhs = "9434765919" },
      { "Marsh", "Leo", "2018-03-04", .nhs = "4000000004" }, 10,
      MASH_MATCH_SURNAME | MASH_MATCH_FORENAME | MASH_MATCH_BIRTH | MASH_MATCH_NHS_DIFFERS },
    { { "Marsh", "Leo", "2018-03-04", .nhs = "9434765919", .death = "2026-01-01" },
      { "Marsh", "Leo", "2018-03-04", .nhs = "4000000004" }, 70,
      MASH_MATCH_SURNAME | MASH_MATCH_FORENAME | MASH_MATCH_BIRTH },
    { { "Bell", "Tom", .nhs = "9434765919" }, { "Marsh", "Leo", .nhs = "4000000004" }, 0,
      MASH_MATCH_NHS_DIFFERS },
    { { "Khan", "Aisha", .other_surname = "Marsh-Khan" }, { "Marsh Khan", "Ayesha" }, 40,
      MASH_MATCH_SURNAME | MASH_MATCH_FORENAME },
    /* Nothing known is nothing shared. */
    { { .surname = NULL }, { .surname = NULL }, 0, MASH_MATCH_NOTHING },
    { { "", "", "", "", "", "", "" }, { "", "", "", "", "", "", "" }, 0, MASH_MATCH_NOTHING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MashMatchReasons reasons;
      guint points = score (&rows[i].a, &rows[i].b, &reasons);

      if (points != rows[i].score || reasons != rows[i].reasons)
        g_error ("row %u: %u points for reasons %x", i, points, reasons);
    }
}

/* Every reason that counts can be said, and says something of its own. */
static void
test_words (void)
{
  g_auto (GStrv) all = mash_match_dup_words ((MashMatchReasons) 0x7ff);
  g_auto (GStrv) none = mash_match_dup_words (MASH_MATCH_NOTHING);
  g_auto (GStrv) last = mash_match_dup_words (MASH_MATCH_NHS_DIFFERS);

  g_assert_cmpuint (g_strv_length (all), ==, 11);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_cmpstr (last[0], ==, "different NHS numbers, both valid");
  for (guint i = 0; i < 11; i++)
    {
      for (guint j = 0; j < i; j++)
        g_assert_cmpstr (all[i], !=, all[j]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/match/scores", test_scores);
  g_test_add_func ("/match/words", test_words);

  return g_test_run ();
}
