/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mash-judge.h"
#include "mash-kinds.h"
#include "mash-policy-reader.h"
#include "mash-test-facts.h"
#include "mash-time.h"

#define NOT_NEXT "is not the next step"
#define NOT_ROLE "Your role may not do this"

static gboolean
says (MashVerdict *verdict,
      const char  *words)
{
  for (guint i = 0; i < mash_verdict_get_n_rulings (verdict); i++)
    {
      const MashRuling *ruling = mash_verdict_get_ruling (verdict, i);

      if (!ruling->holds && strstr (ruling->sentence, words) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* What the policy file says of a deed, read here a second time and by other means. */
static gboolean
leaves (const MashDeed *deed,
        const char     *state)
{
  g_auto (GStrv) from = NULL;
  gboolean closed = strcmp (state, "C90") == 0 || strcmp (state, "X20") == 0;

  if (deed->from == NULL)
    return TRUE;
  from = g_strsplit (deed->from, " ", -1);

  return g_strv_contains ((const char *const *) from, state) ||
         (!closed && g_strv_contains ((const char *const *) from, "*"));
}

static MashTestFacts *
make_facts (const char *state)
{
  MashTestFacts *facts = mash_test_facts_new ();

  mash_test_facts_put (facts, "agency", "agency-csc", "type", "CSC", NULL);
  mash_test_facts_put (facts, "staff", "somebody", "name", "Somebody", NULL);
  mash_test_facts_put (facts, "post", "post-1", "staff", "somebody", "agency", "agency-csc",
                       "on-duty", "yes", NULL);
  mash_test_facts_put (facts, "contact", "contact-1", "state", state,
                       "received-at", "2026-11-20T09:00:00.000Z",
                       "assigned-to", "somebody", NULL);

  return facts;
}

static void
check (MashPolicy     *policy,
       MashFacts      *facts,
       const MashDeed *deed,
       const char     *state,
       const char     *role,
       GString        *line)
{
  MashActor actor = {
    .person = "somebody", .post = "post-1", .role = role, .agency = "agency-csc",
    .desk = "desk", .on_line = TRUE,
  };
  const char *note = NULL;
  MashGrant grant = mash_policy_get_grant (policy, role, deed->permission, &note);
  g_autoptr (MashVerdict) verdict = NULL;

  g_assert_true (mash_time_parse ("2026-11-20T10:00:00.000Z", &actor.now));
  verdict = mash_judge_deed (policy, facts, &actor, deed->id, "contact-1");
  g_string_append_c (line, says (verdict, NOT_NEXT) || says (verdict, NOT_ROLE) ? '.' : 'o');

  if (says (verdict, NOT_NEXT) == leaves (deed, state))
    g_error ("%s from %s", deed->id, state);
  if (says (verdict, NOT_ROLE) != (grant == MASH_GRANT_NO))
    g_error ("%s as %s", deed->id, role);
  /* An empty group is never done, whatever else holds. */
  g_assert_false (mash_verdict_get_allowed (verdict));
}

/* Every deed from every state by every role: refused for the state exactly where the policy names
 * no such step, and for the role exactly where the matrix grants nothing. */
static void
test_every_step (void)
{
  g_autoptr (GError) error = NULL;
  MashPolicy *policy = mash_policy_reader_load_builtin (&error);
  guint n_deeds, n_states, n_roles;
  const MashDeed *const *deeds;
  const MashCode *states, *roles;

  g_assert_no_error (error);
  deeds = mash_policy_list_deeds (policy, &n_deeds);
  states = mash_policy_list_codes (policy, "CST", &n_states);
  roles = mash_policy_list_codes (policy, "ROLE", &n_roles);
  g_assert_cmpuint (n_deeds * n_states * n_roles, >, 5000);

  for (guint s = 0; s < n_states; s++)
    {
      g_autoptr (MashTestFacts) facts = make_facts (states[s].code);

      for (guint d = 0; d < n_deeds; d++)
        {
          g_autoptr (GString) line = g_string_new (NULL);

          for (guint r = 0; r < n_roles; r++)
            check (policy, MASH_FACTS (facts), deeds[d], states[s].code, roles[r].code, line);
          g_test_message ("%-4s %-18s %s", states[s].code, deeds[d]->id, line->str);
        }
    }
  mash_policy_unref (policy);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/transitions/every-step", test_every_step);

  return g_test_run ();
}
