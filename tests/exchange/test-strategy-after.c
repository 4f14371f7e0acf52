/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mash-circulation.h"
#include "mash-signing.h"
#include "mash-versions.h"
#include "strategy-hub.h"

/* What comes before a discussion is held and after it is signed, and what of every sort of field
 * becomes of what a second writer wrote. */

static void
hold_and_sign (Hub        *hub,
               const char *decision)
{
  hold (hub, decision);
  finish (hub, &manager, T ("12:00"));
  do_it (hub, &manager, T ("12:01"), ask_group (hub, T ("12:01")));
  assert_signs (hub, &manager, "CHAIR", T ("12:10"));
  assert_signs (hub, &sergeant, "POLICE", T ("12:10"));
  assert_signs (hub, &nurse, "HEALTH", T ("12:10"));
}

static MashGroup *
convene_group (Hub        *hub,
               const char *agencies)
{
  g_auto (GStrv) invited = g_strsplit (agencies, " ", -1);
  MashGroup *group = deed_of ("convene-discussion",
                              edit (hub, "strategy-discussion", DISCUSSION, "contact", "contact-1",
                                    "trigger", "DISCLOSURE", "need-identified-at", T ("10:00"),
                                    NULL));

  for (guint i = 0; invited[i] != NULL; i++)
    {
      g_autofree char *id = g_strdup_printf ("invited-%s", invited[i]);

      mash_group_take_edit (group, edit (hub, "sd-participant", id, "contact", "contact-1",
                                         "discussion", DISCUSSION, "agency", invited[i], NULL));
    }

  return group;
}

/* The time runs from the need, until it starts; who is left out of the three is asked first. */
static void
test_convened (Hub          *hub,
               gconstpointer data)
{
  create (hub, T ("09:00"), T ("09:10"));
  refused (hub, &manager, T ("10:05"), convene_group (hub, "agency-csc agency-pol"),
           "Invite social care, police and health; who does not come is recorded later.");
  do_it (hub, &manager, T ("10:05"), convene_group (hub, "agency-csc agency-pol agency-hth"));
  assert_discussion (hub, DISCUSSION, "state", "CONVENED");
  assert_discussion (hub, DISCUSSION, "convened-at", T ("10:05"));
  assert_contact (hub, "strand-p", "P20");
  assert_clock (hub, "T05", "started-at", T ("10:00"));
  assert_clock (hub, "T05", "stopped-at", NULL);
  do_it (hub, &manager, T ("11:30"),
         group_of ("start-discussion", NULL,
                   edit (hub, "strategy-discussion", DISCUSSION, "started-at", T ("11:30"),
                         "mode", "VIDEO", "chair", manager.person, NULL),
                   edit (hub, "sd-child", "child-" DISCUSSION, "contact", "contact-1",
                         "discussion", DISCUSSION, "subject", "subject-leo", NULL)));
  assert_discussion (hub, DISCUSSION, "state", "PROGRESS");
  assert_discussion (hub, DISCUSSION, "convened-at", T ("10:05"));
  assert_clock (hub, "T05", "stopped-at", T ("11:30"));
  g_assert_cmpuint (count (hub, "clock", "type", "T05"), ==, 1);
  refused (hub, &manager, T ("11:31"), start_group (hub, DISCUSSION, &manager, T ("11:31")),
           "This discussion has begun already; open it.");
}

/* The strand ends with the last child’s conference. */
static void
test_enquiry (Hub          *hub,
              gconstpointer data)
{
  g_autoptr (GPtrArray) enquiries = NULL;
  const char *id;

  hold_and_sign (hub, "S47J");
  enquiries = mash_facts_list (MASH_FACTS (hub->facts), "sd-enquiry", "discussion", DISCUSSION);
  g_assert_cmpuint (enquiries->len, ==, 1);
  id = mash_record_get_id (g_ptr_array_index (enquiries, 0));
  do_it (hub, &worker, T ("15:00"),
         deed_of ("record-enquiry", edit (hub, "sd-enquiry", id, "seen-at", T ("14:30"),
                                          "seen-by", "A. Worker", "seen-alone", "Y", NULL)));
  assert_clock (hub, "T21", "stopped-at", T ("14:30"));
  assert_contact (hub, "strand-p", "P70");
  do_it (hub, &worker, "2026-12-01T15:00:00.000Z",
         deed_of ("record-enquiry", edit (hub, "sd-enquiry", id, "conference-at",
                                          "2026-12-01T10:00:00.000Z", NULL)));
  assert_clock (hub, "T15", "stopped-at", "2026-12-01T10:00:00.000Z");
  assert_contact (hub, "strand-p", "P80");
}

/* Somebody reads a copy, signs for it and lets it go. */
static void
send_copy (Hub        *hub,
           const char *id,
           const char *variant,
           const char *agency,
           const char *when)
{
  MashEdit *copy = part (hub, "sd-circulation", id, "variant", variant, "recipient", "Somebody",
                         NULL);

  if (agency != NULL)
    mash_edit_set_text (copy, "recipient-agency", agency);
  do_it (hub, &manager, when, deed_of ("preview-copy", copy));
  do_it (hub, &manager, when,
         deed_of ("circulate-discussion", part (hub, "sd-circulation", id, "sent-at", when, "how",
                                                "By hand", NULL)));
}

/* It is sent when the child’s file and every agency that took part have it, and not before: whoever
 * was asked and did not come may wait, and so may the family. */
static void
test_circulated (Hub          *hub,
                 gconstpointer data)
{
  static const struct { const char *id, *variant, *agency; } firsts[] = {
    { "copy-1", "AGENCY", "agency-pol" }, { "copy-2", "FULL", NULL },
    { "copy-3", "FAMILY", NULL }, { "copy-4", "AGENCY", "agency-pol" },
    { "copy-5", "AGENCY", "agency-csc" },
  };
  static const guint sent[] = { 1, 2, 2, 2, 3 };
  guint n_due;

  hold (hub, "NOS47_S17");
  attend (hub, "agency-edu", "NOREPLY", T ("11:50"));
  finish (hub, &manager, T ("12:00"));
  do_it (hub, &manager, T ("12:01"), ask_group (hub, T ("12:01")));
  assert_signs (hub, &manager, "CHAIR", T ("12:10"));
  assert_signs (hub, &sergeant, "POLICE", T ("12:10"));
  assert_signs (hub, &nurse, "HEALTH", T ("12:10"));
  for (guint i = 0; i < G_N_ELEMENTS (firsts); i++)
    {
      send_copy (hub, firsts[i].id, firsts[i].variant, firsts[i].agency, T ("13:00"));
      assert_discussion (hub, DISCUSSION, "state", "SIGNED");
      assert_discussion (hub, DISCUSSION, "circulated-at", NULL);
      assert_clock (hub, "T13", "stopped-at", NULL);
      assert_contact (hub, "strand-p", "P50");
      g_assert_cmpuint (mash_circulation_count_sent (MASH_FACTS (hub->facts), DISCUSSION, &n_due),
                        ==, sent[i]);
      g_assert_cmpuint (n_due, ==, 4);
    }

  send_copy (hub, "copy-6", "AGENCY", "agency-hth", T ("14:00"));
  assert_discussion (hub, DISCUSSION, "state", "CIRCULATED");
  assert_discussion (hub, DISCUSSION, "circulated-at", T ("14:00"));
  assert_clock (hub, "T13", "stopped-at", T ("14:00"));
  assert_contact (hub, "strand-p", "P60");
}

/* A signature is for every copy in its group, and not for the first of them alone. */
static void
test_copies_at_once (Hub          *hub,
                     gconstpointer data)
{
  MashGroup *group;

  hold (hub, "NOS47_S17");
  do_it (hub, &sergeant, T ("11:50"),
         deed_of ("write-discussion", part (hub, "sd-paragraph", "p", "agency", "agency-pol",
                                            "text", "Known", "condition", "C", "conditions",
                                            "Ask us first", "basis", "FACT", "source", "1",
                                            "reliability", "A", NULL)));
  finish (hub, &manager, T ("12:00"));
  do_it (hub, &manager, T ("12:01"), ask_group (hub, T ("12:01")));
  assert_signs (hub, &manager, "CHAIR", T ("12:10"));
  assert_signs (hub, &sergeant, "POLICE", T ("12:10"));
  assert_signs (hub, &nurse, "HEALTH", T ("12:10"));
  group = deed_of ("preview-copy", part (hub, "sd-circulation", "copy-1", "variant", "AGENCY",
                                         "recipient", "Somebody", "recipient-agency",
                                         "agency-pol", NULL));
  mash_group_take_edit (group, part (hub, "sd-circulation", "copy-2", "variant", "FAMILY",
                                     "recipient", "Somebody", NULL));
  refused (hub, &manager, T ("13:00"), group,
           "Release every paragraph with conditions, or not for the family, to this recipient, or "
           "remove it for them.");
}

static MashGroup *
rule (Hub        *hub,
      const char *paragraph,
      const char *choice,
      const char *reason)
{
  g_autofree char *id = make_id (hub);
  MashEdit *ruling = part (hub, "sd-release", id, "paragraph", paragraph, "variant",
                           "FULL", "choice", choice, NULL);

  if (reason != NULL)
    mash_edit_set_text (ruling, "reason", reason);

  return deed_of ("release-paragraph", ruling);
}

static void
say_for (Hub        *hub,
         const char *id,
         const char *agency)
{
  do_it (hub, &manager, T ("11:50"),
         deed_of ("write-discussion", part (hub, "sd-paragraph", id, "agency", agency, "text",
                                            "Known", "condition", "C", "conditions",
                                            "Ask us first", "basis", "FACT", "source", "1",
                                            "reliability", "A", NULL)));
}

/* Nobody of an agency that is not here can rule on what was said for it: the chair takes it out and
 * says why, and lets nothing go; and takes nothing out that somebody can rule on. */
static void
test_nobody_to_ask (Hub          *hub,
                    gconstpointer data)
{
  static const char only[] = "Only the agency that owns the paragraph releases it; what nobody "
                             "here can rule on, the chair removes, and says why.";
  static const char why[] = "The hospital has nobody here to ask";

  mash_test_facts_put (hub->facts, "agency", "agency-far", "type", "HTH", "name", "Hospital",
                       NULL);
  hold (hub, "NOS47_S17");
  say_for (hub, "far", "agency-far");
  say_for (hub, "near", "agency-edu");
  finish (hub, &manager, T ("12:00"));
  do_it (hub, &manager, T ("12:01"), ask_group (hub, T ("12:01")));
  assert_signs (hub, &manager, "CHAIR", T ("12:10"));
  assert_signs (hub, &sergeant, "POLICE", T ("12:10"));
  assert_signs (hub, &nurse, "HEALTH", T ("12:10"));

  refused (hub, &manager, T ("13:00"), rule (hub, "far", "RELEASED", why), only);
  refused (hub, &manager, T ("13:00"), rule (hub, "far", "REMOVED", NULL), only);
  refused (hub, &manager, T ("13:00"), rule (hub, "far", "REMOVED", " "), only);
  refused (hub, &other_manager, T ("13:00"), rule (hub, "far", "REMOVED", why), only);
  refused (hub, &manager, T ("13:00"), rule (hub, "near", "REMOVED", why), only);
  do_it (hub, &manager, T ("13:00"), rule (hub, "far", "REMOVED", why));
  do_it (hub, &teacher, T ("13:00"), rule (hub, "near", "RELEASED", NULL));
  send_copy (hub, "copy-1", "FULL", NULL, T ("13:10"));
}

/* An action that is given up, and one that goes to somebody else. */
static void
test_actions (Hub          *hub,
              gconstpointer data)
{
  static const struct
  {
    const char *id;
    const char *deed;
    const char *status;
  } ends[] = {
    { "action-1", "cancel-action", "CANCELLED" },
    { "action-2", "transfer-action", "TRANSFERRED" },
  };
  g_autoptr (MashRecord) passed = NULL;

  hold (hub, "NOS47_S17");
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      do_it (hub, &manager, T ("11:45"),
             deed_of ("write-discussion",
                      part (hub, "sd-action", ends[i].id, "what", "Visit", "owner", "A. Worker",
                            "owner-agency", "agency-csc", "due-at", T ("17:00"), NULL)));
      do_it (hub, &manager, T ("11:50"),
             group_of (ends[i].deed, "The team in Leeds", edit (hub, "sd-action", ends[i].id,
                                                               "ended-at", T ("11:50"), NULL),
                       NULL));
      g_assert_cmpuint (count (hub, "sd-action", "status", ends[i].status), ==, 1);
    }
  passed = mash_facts_lookup (MASH_FACTS (hub->facts), "sd-action", "action-2");
  g_assert_cmpstr (mash_record_get_text (passed, "transferred-to"), ==, "The team in Leeds");
  g_assert_cmpstr (mash_record_get_text (passed, "outcome"), ==, NULL);
}

/* What each sort of field becomes in words, as the chair reads it. */
static void
test_words (Hub          *hub,
            gconstpointer data)
{
  static const struct
  {
    const char *printed;   /* NULL: nothing stands there */
    const char *words;
  } cases[] = {
    { NULL, "—" },
    { "'Seen and well'", "Seen and well" },
    { "true", "yes" },
    { "false", "no" },
    { "['H1', 'H4']", "H1 H4" },
    { "@as []", "—" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GVariant) value = cases[i].printed != NULL
                                   ? g_variant_parse (NULL, cases[i].printed, NULL, NULL, NULL)
                                   : NULL;
      g_autofree char *words = mash_versions_dup_words (value);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static MashGroup *
divide (Hub       *hub,
        MashGroup *group,
        guint     *n)
{
  g_autoptr (MashGroup) owned = group;

  return mash_versions_divide (MASH_FACTS (hub->facts), owned, make_id, hub, n);
}

/* A second writer’s place of the discussion, a second view of one agency, and what was typed into a
 * part that is void meanwhile. */
static void
test_divided (Hub          *hub,
              gconstpointer data)
{
  g_autoptr (MashGroup) place = NULL;
  g_autoptr (MashGroup) second = NULL;
  MashEdit *stale;
  guint n;

  hold (hub, "NOS47_S17");
  stale = edit (hub, "strategy-discussion", DISCUSSION, "place", "Room 3", NULL);
  do_it (hub, &manager, T ("11:50"),
         deed_of ("write-discussion", edit (hub, "strategy-discussion", DISCUSSION, "place",
                                            "Room 2", NULL)));
  place = divide (hub, deed_of ("write-discussion", stale), &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (mash_edit_get_text (mash_group_find_edit (place, "sd-version", NULL), "text"),
                   ==, "Room 3");
  g_assert_cmpstr (mash_edit_get_text (mash_group_find_edit (place, "sd-version", NULL),
                                       "discussion"), ==, DISCUSSION);
  do_it (hub, &manager, T ("11:51"), mash_group_ref (place));

  second = divide (hub, deed_of ("write-discussion",
                                 part (hub, "sd-view", "view-again", "agency", "agency-hth",
                                       "position", "DISS", "text", "No", NULL)), &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_null (mash_group_find_edit (second, "sd-view", NULL));
  do_it (hub, &nurse, T ("11:52"), mash_group_ref (second));
  g_assert_cmpuint (count (hub, "sd-version", "of-kind", "sd-view"), ==, 2);
  g_assert_cmpuint (count (hub, "sd-view", "agency", "agency-hth"), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void      (*test) (Hub           *hub,
                       gconstpointer  data);
  } tests[] = {
    { "/after/convened", test_convened },
    { "/after/enquiry", test_enquiry },
    { "/after/circulated", test_circulated },
    { "/after/copies-at-once", test_copies_at_once },
    { "/after/nobody-to-ask", test_nobody_to_ask },
    { "/after/actions", test_actions },
    { "/after/words", test_words },
    { "/after/divided", test_divided },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Hub, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
