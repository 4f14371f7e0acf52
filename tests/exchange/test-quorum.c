/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mash-follow-up.h"
#include "mash-quorum.h"
#include "strategy-hub.h"

/* Who was there, as `type attendance arrival`, comma after comma; the discussion ended on Friday 20
 * November 2026 at 16:00, so that one working day is over at the end of Monday the 23rd. */
typedef struct
{
  const char *name;
  const char *there;
  const char *more;       /* a field of the discussion, and what it says */
  const char *value;
  const char *compliance;
  const char *says;       /* every sentence, `|` between them */
} Row;

#define NOW   "2026-11-20T15:00:00.000Z"
#define LATER "2026-11-23T11:00:00.000Z"
#define LATE  "2026-11-24T09:00:00.000Z"

static const Row rows[] = {
  { "nobody", "", NULL, NULL, "NOT",
    "Social care not present|Police not present|Health not present|"
    "Fewer than two agencies take part" },
  { "all", "CSC PRESENT " NOW ",POL PRESENT " NOW ",HTH PRESENT " NOW, NULL, NULL, "COMPLIANT",
    "" },
  { "a midwife and the railway’s police", "CSC PRESENT " NOW ",BTP PART " NOW ",MAT PRESENT " NOW,
    NULL, NULL, "COMPLIANT", "" },
  { "a school is not enough", "CSC PRESENT " NOW ",POL PRESENT " NOW ",EDU PRESENT " NOW, NULL,
    NULL, "NOT", "Health not present" },
  { "a report is not being there",
    "CSC PRESENT " NOW ",POL PRESENT " NOW ",HTH REPORT " NOW, NULL, NULL, "NOT",
    "Health not present" },
  { "apologies", "CSC PRESENT " NOW ",POL APOLOGY " NOW ",HTH PRESENT " NOW, NULL, NULL, "NOT",
    "Police not present" },
  { "health on Monday", "CSC PRESENT " NOW ",POL PRESENT " NOW ",GP PRESENT " LATER, NULL, NULL,
    "LATER", "Health joined later, within one working day" },
  { "health on Tuesday", "CSC PRESENT " NOW ",POL PRESENT " NOW ",GP PRESENT " LATE, NULL, NULL,
    "NOT", "Health not present" },
  { "police on Monday", "CSC PRESENT " NOW ",POL PRESENT " LATER ",HTH PRESENT " NOW, NULL, NULL,
    "NOT", "Social care or police joined only after it had ended" },
  { "by telephone, one after another",
    "CSC PRESENT " NOW ",POL PRESENT " NOW ",HTH PRESENT " NOW, "mode", "SERIES", "COMPLIANT",
    "Held as a series of telephone calls" },
  { "an injury that looks suspicious",
    "CSC PRESENT " NOW ",POL PRESENT " NOW ",HTH PRESENT " NOW, "suspicious-injury", "Y",
    "COMPLIANT", "Ask a consultant paediatrician to take part" },
  { "a suspect of 15", "CSC PRESENT " NOW ",POL PRESENT " NOW ",HTH PRESENT " NOW,
    "suspect-under-18", "Y", "COMPLIANT",
    "Plan a separate discussion on the suspect who is under 18" },
};

static void
put_participants (Hub        *hub,
                  const char *there)
{
  g_auto (GStrv) each = g_strsplit (there, ",", -1);

  for (guint i = 0; each[i] != NULL && each[i][0] != '\0'; i++)
    {
      g_auto (GStrv) words = g_strsplit (each[i], " ", -1);
      g_autofree char *agency = g_strdup_printf ("agency-%u", i);
      g_autofree char *id = g_strdup_printf ("participant-%u", i);

      mash_test_facts_put (hub->facts, "agency", agency, "type", words[0], NULL);
      mash_test_facts_put (hub->facts, "sd-participant", id, "discussion", DISCUSSION,
                           "agency", agency, "attended", words[1], "arrived-at", words[2],
                           "senior", "yes", NULL);
    }
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  Hub hub;
  MashQuorum quorum;
  g_auto (GStrv) sentences = NULL;
  g_autofree char *said = NULL;

  set_up (&hub, NULL);
  mash_test_facts_put (hub.facts, "strategy-discussion", DISCUSSION,
                       "started-at", "2026-11-20T15:00:00.000Z",
                       "ended-at", "2026-11-20T16:00:00.000Z", row->more, row->value, NULL);
  put_participants (&hub, row->there);

  mash_quorum_read (MASH_FACTS (hub.facts), mash_policy_get_calendar (hub.policy, "england"),
                    DISCUSSION, &quorum);
  g_assert_cmpstr (mash_quorum_get_compliance (&quorum), ==, row->compliance);
  sentences = mash_quorum_dup_sentences (&quorum);
  said = g_strjoinv ("|", sentences);
  g_assert_cmpstr (said, ==, row->says);
  tear_down (&hub, NULL);
}

static void
assert_says (const MashQuorum *quorum,
             const char       *words)
{
  g_auto (GStrv) sentences = mash_quorum_dup_sentences (quorum);
  g_autofree char *said = g_strjoinv ("|", sentences);

  g_assert_nonnull (strstr (said, words));
}

/* The exception needs its reason, its statement of risk, a manager and a follow-up within one
 * working day; each of them alone is not enough. */
static void
test_exception (void)
{
  static const char *const parts[] = {
    "exception-reason", "Nobody at the hospital answers", "exception-risk", "Held by the ward",
    "exception-by", "staff-mm", "next-at", "2026-11-23T10:00:00.000Z",
  };

  for (guint left_out = 0; left_out <= 4; left_out++)
    {
      Hub hub;
      MashQuorum quorum;

      set_up (&hub, NULL);
      put_participants (&hub, "CSC PRESENT " NOW ",POL PRESENT " NOW);
      mash_test_facts_put (hub.facts, "strategy-discussion", DISCUSSION,
                           "ended-at", "2026-11-20T16:00:00.000Z",
                           parts[0], left_out == 0 ? "" : parts[1],
                           parts[2], left_out == 1 ? " " : parts[3],
                           parts[6], left_out == 2 ? "2026-11-24T10:00:00.000Z" : parts[7],
                           left_out == 3 ? NULL : parts[4], parts[5], NULL);
      mash_quorum_read (MASH_FACTS (hub.facts), mash_policy_get_calendar (hub.policy, "england"),
                        DISCUSSION, &quorum);
      g_assert_cmpstr (mash_quorum_get_compliance (&quorum), ==,
                       left_out < 4 ? "NOT" : "EXCEPTION");
      tear_down (&hub, NULL);
    }
}

/* What was promised to follow is due, missed or held; what corrects the record, and what was there
 * before it, is no follow-up, and the sentence on the exception ends with it. */
static void
test_follow_up (void)
{
  static const char next[] = "2026-11-23T10:00:00.000Z";
  Hub hub;
  MashFollowUp follow_up;
  MashQuorum quorum;
  gint64 due;

  set_up (&hub, NULL);
  g_assert_true (mash_time_parse (next, &due));
  put_participants (&hub, "CSC PRESENT " NOW ",POL PRESENT " NOW);
  mash_test_facts_put (hub.facts, "strategy-discussion", "sd-0", "contact", "contact-1",
                       "started-at", "2026-11-19T15:00:00.000Z", NULL);
  mash_test_facts_put (hub.facts, "strategy-discussion", DISCUSSION, "contact", "contact-1",
                       "started-at", NOW, "ended-at", "2026-11-20T16:00:00.000Z",
                       "exception-reason", "Nobody answers", "exception-risk", "Held by the ward",
                       "exception-by", "staff-mm", "next-at", next, NULL);
  mash_test_facts_put (hub.facts, "strategy-discussion", "sd-2", "contact", "contact-1",
                       "supersedes", DISCUSSION, "started-at", "2026-11-23T08:00:00.000Z",
                       "next-at", next, NULL);
  mash_test_facts_put (hub.facts, "strategy-discussion", "sd-3", "contact", "contact-1", NULL);

  mash_follow_up_read (MASH_FACTS (hub.facts), "sd-0", &follow_up);
  g_assert_cmpint (follow_up.due, ==, 0);
  mash_follow_up_read (MASH_FACTS (hub.facts), DISCUSSION, &follow_up);
  g_assert_cmpint (follow_up.due, ==, due);
  g_assert_cmpint (follow_up.held, ==, 0);
  g_assert_false (mash_follow_up_is_missed (&follow_up, due));
  g_assert_true (mash_follow_up_is_missed (&follow_up, due + 1));
  mash_quorum_read (MASH_FACTS (hub.facts), mash_policy_get_calendar (hub.policy, "england"),
                    DISCUSSION, &quorum);
  g_assert_true (quorum.exception);
  assert_says (&quorum, "until the follow-up discussion");

  mash_test_facts_put (hub.facts, "strategy-discussion", "sd-3", "contact", "contact-1",
                       "started-at", "2026-11-23T09:00:00.000Z", NULL);
  mash_follow_up_read (MASH_FACTS (hub.facts), DISCUSSION, &follow_up);
  g_assert_cmpint (follow_up.held, ==, due - MASH_TIME_HOUR);
  g_assert_false (mash_follow_up_is_missed (&follow_up, due + 1));
  mash_follow_up_read (MASH_FACTS (hub.facts), "sd-2", &follow_up);
  g_assert_cmpint (follow_up.held, ==, due - MASH_TIME_HOUR);
  mash_quorum_read (MASH_FACTS (hub.facts), mash_policy_get_calendar (hub.policy, "england"),
                    DISCUSSION, &quorum);
  assert_says (&quorum, "and followed by another discussion");
  tear_down (&hub, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/quorum/%u", i);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/quorum/exception", test_exception);
  g_test_add_func ("/quorum/follow-up", test_follow_up);

  return g_test_run ();
}
