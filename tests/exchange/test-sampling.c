/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mash-sampling.h"
#include "rules-fixture.h"

/* Which contacts are looked at again because their lot was drawn, by the shipped policy. */

#define N_CONTACTS 10000

static char *
dup_id (guint i)
{
  return g_strdup_printf ("0192f000-%04x-7000-8000-%012x", i & 0xffff, i);
}

static guint
count_drawn (const char *reason,
             guint       percent)
{
  guint n = 0;

  for (guint i = 0; i < N_CONTACTS; i++)
    {
      g_autofree char *id = dup_id (i);

      n += mash_sampling_falls_in_share (id, reason, percent);
    }

  return n;
}

/* Nobody at 0, everybody at 100, and about as many as were asked for between. */
static void
test_share (void)
{
  g_assert_cmpuint (count_drawn ("RANDOM", 0), ==, 0);
  g_assert_cmpuint (count_drawn ("RANDOM", 100), ==, N_CONTACTS);
  g_assert_cmpuint (count_drawn ("RANDOM", 2), >, 150);
  g_assert_cmpuint (count_drawn ("RANDOM", 2), <, 250);
  g_assert_cmpuint (count_drawn ("OFFICER", 10), >, 900);
  g_assert_cmpuint (count_drawn ("OFFICER", 10), <, 1100);
}

/* A contact keeps its lot, whoever asks; a greater share only adds; two reasons draw apart. */
static void
test_lot (void)
{
  guint both = 0;

  for (guint i = 0; i < N_CONTACTS; i++)
    {
      g_autofree char *id = dup_id (i);
      gboolean drawn = FALSE;

      for (guint percent = 0; percent <= 100; percent += 10)
        {
          gboolean now = mash_sampling_falls_in_share (id, "RANDOM", percent);

          g_assert_true (now || !drawn);
          g_assert_cmpint (now, ==, mash_sampling_falls_in_share (id, "RANDOM", percent));
          drawn = now;
        }
      both += mash_sampling_falls_in_share (id, "RANDOM", 10) &&
              mash_sampling_falls_in_share (id, "OFFICER", 10);
    }
  g_assert_cmpuint (both, >, 50);
  g_assert_cmpuint (both, <, 150);
}

/* The shipped policy with another value of one setting. */
static void
put_percent (Hub        *hub,
             const char *name,
             const char *shipped,
             const char *percent)
{
  g_autoptr (GBytes) builtin =
    g_resources_lookup_data ("/uk/mash/Desk/policy/mash-policy.xml", 0, NULL);
  g_autofree char *text = NULL;
  g_autofree char *from = g_strdup_printf ("name=\"%s\" value=\"%s\"", name, shipped);
  g_autofree char *to = g_strdup_printf ("name=\"%s\" value=\"%s\"", name, percent);
  g_autoptr (GString) whole = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (builtin);
  text = g_strndup (g_bytes_get_data (builtin, NULL), g_bytes_get_size (builtin));
  whole = g_string_new (text);
  g_assert_cmpuint (g_string_replace (whole, from, to, 0), ==, 1);
  bytes = g_bytes_new (whole->str, whole->len);
  mash_policy_unref (hub->policy);
  hub->policy = mash_policy_reader_load (bytes, "new.xml", &error);
  g_assert_no_error (error);
}

static void
do_it (Hub        *hub,
       const Who  *who,
       const char *deed,
       MashEdit   *edit)
{
  g_autoptr (MashGroup) group = group_of (deed, NULL, edit, NULL);

  must (hub, who, "2026-11-23T09:20:00.000Z", group);
}

/* A consultation that ends as advice: recommended by one, approved by the manager. */
static void
advise (Hub       *hub,
        const Who *who)
{
  g_autoptr (MashRecord) shown = NULL;

  create (hub, "2026-11-23T09:00:00.000Z", "2026-11-23T09:10:00.000Z");
  do_it (hub, who, "take", edit_contact (hub, "assigned-to", who->person));
  do_it (hub, who, "screen", edit_contact (hub, "history-searched", "Nothing found"));
  do_it (hub, who, "advise", edit (hub, "contact", "contact-1", "consultation-advice", "Call us",
                                   "adviser", who->person, NULL));
  do_it (hub, who, "recommend-advice",
         edit (hub, "recommendation", "recommendation-1", "contact", "contact-1", "outcome", "O01",
               "level", "1", "rationale", "A question only", "covers-subjects", "subject-leo",
               "on-incomplete-info", "yes", NULL));
  shown = mash_facts_lookup (MASH_FACTS (hub->facts), "recommendation", "recommendation-1");
  do_it (hub, &manager, "approve",
         edit (hub, "decision", "decision-1", "contact", "contact-1", "recommendation",
               "recommendation-1", "recommendation-hash",
               mash_record_get_text (shown, "content-hash"), "result", "APPROVED", "outcome",
               "O01", "rationale", "I agree", NULL));
  assert_contact (hub, "state", "C70");
}

static guint
count (Hub        *hub,
       const char *reason)
{
  g_autoptr (GPtrArray) reviews = mash_facts_list (MASH_FACTS (hub->facts), "threshold-review",
                                                   "sample-reason", reason);

  return reviews->len;
}

static void
test_random (Hub          *hub,
             gconstpointer data)
{
  put_percent (hub, "random-sample-percent", "2", "100");
  advise (hub, &worker);
  g_assert_cmpuint (count (hub, "RANDOM"), ==, 1);
  g_assert_cmpuint (count (hub, "OFFICER"), ==, 0);
}

static void
test_nobody (Hub          *hub,
             gconstpointer data)
{
  put_percent (hub, "random-sample-percent", "2", "0");
  advise (hub, &worker);
  g_assert_cmpuint (count (hub, "RANDOM"), ==, 0);
}

/* NOT-09: a share of what officers close. What somebody else recommends is not among it. */
static void
test_officer (Hub          *hub,
              gconstpointer data)
{
  put_percent (hub, "officer-sample-percent", "10", "100");
  advise (hub, &officer);
  g_assert_cmpuint (count (hub, "OFFICER"), ==, 1);
}

static void
test_not_officer (Hub          *hub,
                  gconstpointer data)
{
  put_percent (hub, "officer-sample-percent", "10", "100");
  advise (hub, &worker);
  g_assert_cmpuint (count (hub, "OFFICER"), ==, 0);
}

/* Decided on once more, it is not drawn once more. */
static void
test_once (Hub          *hub,
           gconstpointer data)
{
  put_percent (hub, "random-sample-percent", "2", "100");
  mash_test_facts_put (hub->facts, "threshold-review", "review-0", "contact", "contact-1",
                       "sample-reason", "RANDOM", NULL);
  advise (hub, &worker);
  g_assert_cmpuint (count (hub, "RANDOM"), ==, 1);
}

#define ADD(path, function) \
  g_test_add ("/sampling/" path, Hub, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sampling/share", test_share);
  g_test_add_func ("/sampling/lot", test_lot);
  ADD ("random", test_random);
  ADD ("nobody", test_nobody);
  ADD ("officer", test_officer);
  ADD ("not-officer", test_not_officer);
  ADD ("once", test_once);

  return g_test_run ();
}
