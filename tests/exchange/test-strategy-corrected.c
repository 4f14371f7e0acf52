/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "strategy-hub.h"

/* A record that corrects a signed one begins with what that says, and with what became of it. */

#define LATER "2026-11-25T10:00:00.000Z"
#define LATER_STILL "2026-11-25T15:00:00.000Z"

/* The words of the parts of the signed record, as the store copies them. */
static void
copy_parts (Hub        *hub,
            MashGroup  *group,
            const char *kind_name)
{
  g_autoptr (GPtrArray) parts = mash_facts_list (MASH_FACTS (hub->facts), kind_name, "discussion",
                                                 DISCUSSION);

  for (guint i = 0; i < parts->len; i++)
    {
      MashRecord *part = g_ptr_array_index (parts, i);
      const MashKind *kind = mash_record_get_kind (part);
      g_autofree char *id = g_strdup_printf ("copy-%s", mash_record_get_id (part));
      MashEdit *copy = edit (hub, kind_name, id, "discussion", "sd-2", NULL);

      for (guint f = 0; f < kind->n_fields; f++)
        {
          if (kind->fields[f].owner != MASH_OWNER_RULES &&
              strcmp (kind->fields[f].name, "discussion") != 0)
            mash_edit_set (copy, f, NULL, mash_record_get_value (part, f));
        }
      mash_group_take_edit (group, copy);
    }
}

static MashGroup *
correct (Hub *hub)
{
  static const char *const kinds[] = { "sd-participant", "sd-child", "sd-paragraph", "sd-view",
                                       "sd-action" };
  MashGroup *group = deed_of ("start-discussion",
                              edit (hub, "strategy-discussion", "sd-2", "contact", "contact-1",
                                    "trigger", "INJURY", "need-identified-at", LATER,
                                    "started-at", LATER, "mode", "VIDEO",
                                    "chair", manager.person, "supersedes", DISCUSSION,
                                    "supersede-reason", "The age was wrong", NULL));

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    copy_parts (hub, group, kinds[i]);

  return group;
}

static void
agree_action (Hub        *hub,
              const char *id,
              const char *what)
{
  do_it (hub, &manager, T ("11:45"),
         deed_of ("write-discussion",
                  part (hub, "sd-action", id, "what", what, "owner", "A. Worker", "owner-agency",
                        "agency-csc", "due-at", T ("17:00"), NULL)));
}

static void
end_action (Hub        *hub,
            const char *id,
            const char *deed,
            const char *when)
{
  do_it (hub, &manager, when,
         group_of (deed, "What came of it",
                   edit (hub, "sd-action", id, strcmp (deed, "chase-action") == 0
                                               ? "chased-at" : "ended-at", when, NULL), NULL));
}

static void
assert_part (Hub        *hub,
             const char *kind,
             const char *id,
             const char *field,
             const char *value)
{
  g_autoptr (MashRecord) record = mash_facts_lookup (MASH_FACTS (hub->facts), kind, id);

  g_assert_nonnull (record);
  g_assert_cmpstr (mash_record_get_text (record, field), ==, value);
}

/* Five actions, a dissent that is resolved, and a view given on the telephone that its agency
 * confirmed: signed by all. */
static void
hold_and_sign (Hub *hub)
{
  static const Who *const who[] = { &manager, &sergeant, &nurse };
  static const char *const capacities[] = { "CHAIR", "POLICE", "HEALTH" };
  g_autoptr (GPtrArray) raised = NULL;

  hold (hub, "NOS47_S17");
  attend (hub, "agency-edu", "PRESENT", T ("11:43"));
  do_it (hub, &manager, T ("11:44"),
         deed_of ("write-discussion", part (hub, "sd-view", "view-edu", "agency", "agency-edu",
                                            "position", "AGREE", NULL)));
  do_it (hub, &teacher, T ("11:44"),
         deed_of ("confirm-entry", edit (hub, "sd-view", "view-edu", "confirmed-at", T ("11:44"),
                                         NULL)));
  for (const char *const *id = (const char *const[]) { "a", "b", "c", "d", "e", NULL };
       *id != NULL; id++)
    agree_action (hub, *id, strcmp (*id, "b") == 0 ? "Ask the school" : "Visit");
  view (hub, &nurse, "DISS", "We would not wait", T ("11:50"));
  finish (hub, &manager, T ("12:00"));
  do_it (hub, &manager, T ("12:01"), ask_group (hub, T ("12:01")));
  for (guint i = 0; i < G_N_ELEMENTS (who); i++)
    assert_signs (hub, who[i], capacities[i], T ("12:10"));
  raised = mash_facts_list (MASH_FACTS (hub->facts), "sd-escalation", "agency", "agency-hth");
  g_assert_cmpuint (raised->len, ==, 1);
  do_it (hub, &nurse, T ("12:30"),
         deed_of ("resolve-disagreement",
                  edit (hub, "sd-escalation", mash_record_get_id (g_ptr_array_index (raised, 0)),
                        "resolution", "The medical is at three", NULL)));
  end_action (hub, "a", "finish-action", T ("13:00"));
  end_action (hub, "b", "chase-action", T ("13:00"));
  end_action (hub, "c", "cancel-action", T ("13:00"));
  end_action (hub, "d", "transfer-action", T ("13:00"));
}

static void
assert_one_dispute (Hub *hub)
{
  g_assert_cmpuint (count (hub, "sd-escalation", "agency", "agency-hth"), ==, 1);
  g_assert_cmpuint (count (hub, "clock", "type", "T17"), ==, 1);
  g_assert_cmpuint (count (hub, "threshold-review", "sample-reason", "DISSENT"), ==, 1);
  assert_clock (hub, "T17", "stopped-at", T ("12:30"));
}

/* What is done stays done, what is resolved stays resolved, what is confirmed stays confirmed; and
 * nobody is made to speak through somebody else. */
static void
test_carried (Hub          *hub,
              gconstpointer data)
{
  hold_and_sign (hub);
  do_it (hub, &manager, LATER, correct (hub));

  assert_part (hub, "sd-action", "copy-a", "status", "DONE");
  assert_part (hub, "sd-action", "copy-a", "outcome", "What came of it");
  assert_part (hub, "sd-action", "copy-a", "ended-at", T ("13:00"));
  assert_part (hub, "sd-action", "copy-a", "ended-by", manager.person);
  assert_part (hub, "sd-action", "copy-b", "status", "OPEN");
  assert_part (hub, "sd-action", "copy-b", "chased", "1");
  assert_part (hub, "sd-action", "copy-c", "status", "CANCELLED");
  assert_part (hub, "sd-action", "copy-d", "transferred-to", "What came of it");
  assert_part (hub, "sd-action", "copy-e", "status", "OPEN");
  assert_part (hub, "sd-action", "copy-e", "chased", NULL);
  assert_part (hub, "sd-view", "copy-view-agency-hth", "on-behalf", NULL);
  assert_part (hub, "sd-view", "copy-view-agency-csc", "on-behalf", NULL);
  assert_part (hub, "sd-view", "copy-view-edu", "confirmed-by", teacher.person);
  assert_part (hub, "sd-view", "copy-view-edu", "confirmed-at", T ("11:44"));
  assert_one_dispute (hub);

  /* Other words of dissent are another dissent. */
  do_it (hub, &nurse, LATER,
         deed_of ("write-discussion", edit (hub, "sd-view", "copy-view-agency-hth", "text",
                                            "Not with this plan either", NULL)));
  g_assert_cmpuint (count (hub, "sd-escalation", "agency", "agency-hth"), ==, 2);
}

/* What was altered or added is no longer what was done. */
static void
test_altered (Hub          *hub,
              gconstpointer data)
{
  g_autoptr (MashGroup) group = NULL;

  hold_and_sign (hub);
  group = correct (hub);
  mash_edit_set_text (mash_group_find_edit (group, "sd-action", "copy-a"), "what", "Visit again");
  mash_edit_set_text (mash_group_find_edit (group, "sd-view", "copy-view-edu"), "position",
                      "RESV");
  must (hub, &manager, LATER, group);
  assert_part (hub, "sd-action", "copy-a", "status", "OPEN");
  assert_part (hub, "sd-action", "copy-a", "outcome", NULL);
  assert_part (hub, "sd-view", "copy-view-edu", "confirmed-by", NULL);
}

/* What is done under the signed record while it is being corrected is done in the other too. */
static void
test_meanwhile (Hub          *hub,
                gconstpointer data)
{
  hold_and_sign (hub);
  do_it (hub, &manager, LATER, correct (hub));
  end_action (hub, "b", "finish-action", LATER_STILL);
  assert_part (hub, "sd-action", "copy-b", "status", "OPEN");
  do_it (hub, &manager, LATER_STILL,
         deed_of ("finish-discussion", edit (hub, "strategy-discussion", "sd-2", "ended-at",
                                             LATER_STILL, NULL)));
  do_it (hub, &manager, LATER_STILL,
         deed_of ("ask-to-sign", edit (hub, "strategy-discussion", "sd-2", "asked-at",
                                       LATER_STILL, NULL)));
  sign_again (hub, "sd-2", LATER_STILL);
  assert_discussion (hub, DISCUSSION, "state", "SUPERSEDED");
  assert_part (hub, "sd-action", "copy-b", "status", "DONE");
  assert_part (hub, "sd-action", "copy-b", "ended-at", LATER_STILL);
  assert_part (hub, "sd-action", "copy-e", "status", "OPEN");
  assert_one_dispute (hub);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/corrected/carried", Hub, NULL, set_up, test_carried, tear_down);
  g_test_add ("/corrected/altered", Hub, NULL, set_up, test_altered, tear_down);
  g_test_add ("/corrected/meanwhile", Hub, NULL, set_up, test_meanwhile, tear_down);

  return g_test_run ();
}
