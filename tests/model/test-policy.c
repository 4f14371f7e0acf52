/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-deed.h"
#include "mash-model-error.h"
#include "mash-policy-builder.h"

static void
test_words (void)
{
  static const struct
  {
    const char *words;
    const char *word;
    gboolean    found;
  } cases[] = {
    { "C10 C20 C25", "C20", TRUE },
    { "C10 C20 C25", "C10", TRUE },
    { "C10 C20 C25", "C25", TRUE },
    { "C10 C20 C25", "C2", FALSE },
    { "C10 C20 C25", "20", FALSE },
    { "AC10 C1 C10", "C10", TRUE },
    { "C100 C10", "C10", TRUE },
    { "C100", "C10", FALSE },
    { "", "C10", FALSE },
    { "C10", "", FALSE },
    { NULL, "C10", FALSE },
    { "C10", NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("“%s” in “%s”", cases[i].word, cases[i].words);
      g_assert_cmpint (mash_words_contain (cases[i].words, cases[i].word), ==, cases[i].found);
    }
}

static void
test_deed_helpers (void)
{
  const MashDeed anywhere = { .from = "* C90", .touches = "contact flag" };
  const MashDeed fresh = {
    .from = "-", .touches = "contact", .sets = "contact.brag contact.level",
  };
  const MashDeed triage = { .from = "C20 C25", .touches = "contact-subject" };

  g_assert_true (mash_deed_leaves (&anywhere, "C10"));
  g_assert_true (mash_deed_leaves (&anywhere, "C90"));
  g_assert_false (mash_deed_leaves (&anywhere, "X20"));
  g_assert_false (mash_deed_leaves (&anywhere, NULL));
  g_assert_true (mash_deed_leaves (&fresh, NULL));
  g_assert_true (mash_deed_leaves (&fresh, ""));
  g_assert_false (mash_deed_leaves (&fresh, "C10"));
  g_assert_true (mash_deed_leaves (&triage, "C25"));
  g_assert_false (mash_deed_leaves (&triage, "C30"));

  g_assert_true (mash_deed_touches (&anywhere, "flag"));
  g_assert_false (mash_deed_touches (&triage, "contact"));

  g_assert_true (mash_deed_sets (&fresh, "contact", "level"));
  g_assert_false (mash_deed_sets (&fresh, "contact", "state"));
  g_assert_false (mash_deed_sets (&fresh, "flag", "level"));
  g_assert_false (mash_deed_sets (&triage, "contact", "brag"));
}

static void
test_brag_index (void)
{
  g_assert_cmpint (mash_brag_index ("B"), ==, 0);
  g_assert_cmpint (mash_brag_index ("G"), ==, 1);
  g_assert_cmpint (mash_brag_index ("A"), ==, 2);
  g_assert_cmpint (mash_brag_index ("R"), ==, 3);
  g_assert_cmpint (mash_brag_index ("RR"), ==, -1);
  g_assert_cmpint (mash_brag_index (""), ==, -1);
  g_assert_cmpint (mash_brag_index ("X"), ==, -1);
  g_assert_cmpint (mash_brag_index (NULL), ==, -1);
}

static void
assert_refused (MashPolicyBuilder *builder,
                const char        *sentence)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashPolicy) policy = mash_policy_builder_finish (builder, &error);

  g_assert_null (policy);
  g_assert_error (error, MASH_MODEL_ERROR, MASH_MODEL_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, sentence);
}

static void
test_empty (void)
{
  g_autoptr (MashPolicyBuilder) builder = mash_policy_builder_new ();

  assert_refused (builder, "Line 1: the policy does not say which version it is.");
}

static void
test_first_fault (void)
{
  const MashCode code = { "1A", "Family member" };
  g_autoptr (MashPolicyBuilder) builder = mash_policy_builder_new ();

  mash_policy_builder_set_line (builder, 7);
  mash_policy_builder_add_list (builder, "RSRC", TRUE);
  mash_policy_builder_add_code (builder, "RSRC", &code);
  mash_policy_builder_set_line (builder, 9);
  mash_policy_builder_add_code (builder, "RSRC", &code);
  mash_policy_builder_set_line (builder, 11);
  mash_policy_builder_add_list (builder, "RSRC", TRUE);

  assert_refused (builder, "Line 9: the list RSRC has the code 1A twice.");
}

static void
add_grants (MashPolicyBuilder *builder,
            gconstpointer      data)
{
  const MashCode role = { "SW", "Social worker" };

  mash_policy_builder_add_list (builder, "ROLE", FALSE);
  mash_policy_builder_add_code (builder, "ROLE", &role);
  mash_policy_builder_add_permission (builder, 1, "Create");
  mash_policy_builder_set_line (builder, 5);
  mash_policy_builder_add_grant (builder, 1, "SW", MASH_GRANT_YES, NULL);
  mash_policy_builder_add_grant (builder, 1, data, MASH_GRANT_OWN, NULL);
}

static void
add_note (MashPolicyBuilder *builder,
          gconstpointer      data)
{
  const MashCode role = { "SW", "Social worker" };

  mash_policy_builder_add_list (builder, "ROLE", FALSE);
  mash_policy_builder_add_code (builder, "ROLE", &role);
  mash_policy_builder_set_line (builder, 5);
  mash_policy_builder_add_grant (builder, 2, "SW", MASH_GRANT_CONDITION, data);
}

static void
add_permission (MashPolicyBuilder *builder,
                gconstpointer      data)
{
  mash_policy_builder_set_line (builder, 5);
  mash_policy_builder_add_permission (builder, GPOINTER_TO_UINT (data), "Fly");
}

static void
add_holidays (MashPolicyBuilder *builder,
              gconstpointer      data)
{
  mash_policy_builder_add_calendar (builder, "england");
  mash_policy_builder_add_holiday (builder, "england", "2026-12-25");
  mash_policy_builder_set_line (builder, 5);
  mash_policy_builder_add_holiday (builder, "england", data);
}

static void
add_hours (MashPolicyBuilder *builder,
           gconstpointer      data)
{
  mash_policy_builder_add_calendar (builder, "england");
  mash_policy_builder_set_line (builder, 5);
  mash_policy_builder_set_hours (builder, "england", 1, 600, GPOINTER_TO_UINT (data));
}

static void
add_setting (MashPolicyBuilder *builder,
             gconstpointer      data)
{
  mash_policy_builder_set_setting (builder, "lease-days", "5");
  mash_policy_builder_set_line (builder, 5);
  mash_policy_builder_set_setting (builder, data, "6");
}

static void
add_guard (MashPolicyBuilder *builder,
           gconstpointer      data)
{
  const MashGuard guard = { MASH_GUARD_ON_LINE, .says = "Wait." };

  mash_policy_builder_set_line (builder, 5);
  mash_policy_builder_add_guard (builder, data, &guard);
}

static void
test_faults (void)
{
  static const struct
  {
    void          (*add) (MashPolicyBuilder *builder,
                          gconstpointer      data);
    gconstpointer data;
    const char   *sentence;
  } cases[] = {
    { add_grants, "SW", "Line 5: the permission 1 is granted to SW twice." },
    { add_grants, "XX", "Line 5: the permission 1 is granted to XX, which is no role." },
    { add_note, "C99", "Line 5: the permission 2 refers to the note C99, which is not there." },
    { add_permission, GUINT_TO_POINTER (0), "Line 5: there is no permission 0." },
    { add_permission, GUINT_TO_POINTER (48), "Line 5: there is no permission 48." },
    { add_holidays, "2026-12-25",
      "Line 5: the calendar england has the holiday 2026-12-25 twice." },
    { add_holidays, "2026-02-30", "Line 5: 2026-02-30 is no date." },
    { add_hours, GUINT_TO_POINTER (600),
      "Line 5: the hours of the calendar england do not end after they begin." },
    { add_hours, GUINT_TO_POINTER (1441),
      "Line 5: the hours of the calendar england do not end after they begin." },
    { add_setting, "lease-days", "Line 5: the setting lease-days is there twice." },
    { add_guard, "triage", "Line 5: there is no deed triage for this guard." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MashPolicyBuilder) builder = mash_policy_builder_new ();

      mash_policy_builder_set_versions (builder, "1", "7", "9", "2026-04-01");
      cases[i].add (builder, cases[i].data);
      assert_refused (builder, cases[i].sentence);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/policy/words", test_words);
  g_test_add_func ("/policy/deed-helpers", test_deed_helpers);
  g_test_add_func ("/policy/brag-index", test_brag_index);
  g_test_add_func ("/policy/builder/empty", test_empty);
  g_test_add_func ("/policy/builder/first-fault", test_first_fault);
  g_test_add_func ("/policy/builder/faults", test_faults);

  return g_test_run ();
}
