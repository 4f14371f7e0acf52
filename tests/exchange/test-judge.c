/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the judge says before it comes to any guard: of a deed that is none, a contact that is not
 * there, a state that the deed does not leave, and whose the contact has to be. */

#include "config.h"

#include "rules-fixture.h"

static char *
judge (Hub        *hub,
       const Who  *who,
       const char *agency,
       const char *deed,
       const char *contact)
{
  g_autofree char *post = g_strdup_printf ("post-%s", who->person);
  MashActor actor = make_actor (who, "2026-03-02T10:00:00.000Z", post);
  g_autoptr (MashVerdict) verdict = NULL;

  actor.agency = agency;
  verdict = mash_judge_deed (hub->policy, MASH_FACTS (hub->facts), &actor, deed, contact);
  g_assert_false (mash_verdict_get_allowed (verdict));

  return g_strdup (mash_verdict_get_refusal (verdict));
}

static gboolean
says (Hub        *hub,
      const char *deed,
      const char *contact,
      const char *sentence)
{
  g_autofree char *post = g_strdup_printf ("post-%s", worker.person);
  MashActor actor = make_actor (&worker, "2026-03-02T10:00:00.000Z", post);
  g_autoptr (MashVerdict) verdict = NULL;
  gboolean found = FALSE;

  verdict = mash_judge_deed (hub->policy, MASH_FACTS (hub->facts), &actor, deed, contact);
  for (guint i = 0; i < mash_verdict_get_n_rulings (verdict); i++)
    found |= g_strcmp0 (mash_verdict_get_ruling (verdict, i)->sentence, sentence) == 0;

  return found;
}

static void
test_nothing_there (Hub          *hub,
                    gconstpointer data)
{
  g_autofree char *no_deed = judge (hub, &worker, "agency-csc", "conjure", "contact-1");
  MashActor actor = make_actor (&worker, "2026-03-02T10:00:00.000Z", "post-staff-sw");
  g_autoptr (MashGroup) group = mash_group_new ("conjure", "contact-1");
  g_autoptr (MashVerdict) verdict = NULL;

  g_assert_cmpstr (no_deed, ==, "This hub’s policy knows no such step.");
  verdict = mash_judge_new_group (hub->policy, MASH_FACTS (hub->facts), &actor, group, make_id,
                                  hub);
  g_assert_false (mash_verdict_get_allowed (verdict));
  g_assert_cmpstr (mash_verdict_get_refusal (verdict), ==, no_deed);

  g_assert_true (says (hub, "triage", "contact-9", "This contact does not exist at this hub."));
  g_assert_false (says (hub, "create", "contact-9", "This contact does not exist at this hub."));
  g_assert_false (says (hub, "propose-link", NULL, "This contact does not exist at this hub."));
}

static void
test_states (Hub          *hub,
             gconstpointer data)
{
  static const struct
  {
    const char *state;
    gboolean    has_next;
  } rows[] = {
    { "C10", TRUE },
    { "C99", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *said = NULL;

      mash_test_facts_put (hub->facts, "contact", "contact-1", "state", rows[i].state, NULL);
      said = judge (hub, &worker, "agency-csc", "triage", "contact-1");
      g_test_message ("%s", said);
      g_assert_true (g_str_has_prefix (said, "“Triage” is not the next step: the contact is “"));
      g_assert_cmpint (g_strrstr (said, "and next comes") != NULL, ==, rows[i].has_next);
      mash_test_facts_remove (hub->facts, "contact", "contact-1");
    }

  /* A contact without a state is in none that a deed leaves. */
  mash_test_facts_put (hub->facts, "contact", "contact-1", "ward", "North", NULL);
  g_free (judge (hub, &worker, "agency-csc", "triage", "contact-1"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/judge/nothing-there", Hub, NULL, set_up, test_nothing_there, tear_down);
  g_test_add ("/judge/states", Hub, NULL, set_up, test_states, tear_down);

  return g_test_run ();
}
