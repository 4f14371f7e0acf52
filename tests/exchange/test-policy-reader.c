/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mash-policy-reader.h"

#include <stdlib.h>
#include <string.h>

#include "mash-calendar.h"
#include "mash-kind.h"
#include "mash-store-resources.h"

#define N_ROLES 13

static MashPolicy *
load (void)
{
  g_autoptr (GError) error = NULL;
  MashPolicy *policy = mash_policy_reader_load_builtin (&error);

  g_assert_no_error (error);

  return policy;
}

static char *
dup_builtin (void)
{
  g_autoptr (GBytes) bytes = NULL;

  bytes = g_resource_lookup_data (mash_store_get_resource (),
                                  "/uk/mash/Desk/policy/mash-policy.xml",
                                  G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_assert_nonnull (bytes);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_versions (void)
{
  g_autoptr (MashPolicy) policy = load ();
  g_autoptr (MashPolicy) again = mash_policy_ref (policy);

  g_assert_cmpstr (mash_policy_get_version (again), ==, "2026-11");
  g_assert_cmpstr (mash_policy_get_form_version (again), ==, "7");
  g_assert_cmpstr (mash_policy_get_criteria_version (again), ==, "9");
  g_assert_cmpstr (mash_policy_get_criteria_from (again), ==, "2026-04-01");
}

static void
check_cell (MashPolicy *policy,
            const char *role,
            guint       permission,
            const char *cell)
{
  const char *note;
  MashGrant grant = mash_policy_get_grant (policy, role, permission, &note);

  g_test_message ("permission %u, role %s: %s", permission, role, cell);
  switch (*cell)
    {
    case 'Y':
      g_assert_cmpint (grant, ==, MASH_GRANT_YES);
      break;
    case 'O':
      g_assert_cmpint (grant, ==, MASH_GRANT_OWN);
      break;
    case 'A':
      g_assert_cmpint (grant, ==, MASH_GRANT_ASSIGNED);
      break;
    case 'C':
      g_assert_cmpint (grant, ==, MASH_GRANT_CONDITION);
      break;
    default:
      g_assert_cmpint (grant, ==, MASH_GRANT_NO);
      break;
    }
  if (*cell == 'C')
    {
      g_assert_cmpstr (note, ==, cell);
      g_assert_nonnull (mash_policy_get_note (policy, note));
    }
  else
    {
      g_assert_null (note);
    }
}

static void
test_permissions (void)
{
  g_autoptr (MashPolicy) policy = load ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "permission-matrix.txt",
                                                 NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) roles = NULL;
  guint n_rows = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = NULL;

      if (*lines[i] == '#' || *lines[i] == '\0')
        continue;
      cells = g_strsplit (lines[i], " ", -1);
      if (roles == NULL)
        {
          roles = g_steal_pointer (&cells);
          g_assert_cmpuint (g_strv_length (roles), ==, N_ROLES);
          continue;
        }
      n_rows++;
      g_assert_cmpuint (g_strv_length (cells), ==, N_ROLES + 1);
      g_assert_cmpint (atoi (cells[0]), ==, (int) n_rows);
      g_assert_nonnull (mash_policy_get_permission_label (policy, n_rows));
      for (guint r = 0; r < N_ROLES; r++)
        check_cell (policy, roles[r], n_rows, cells[r + 1]);
    }

  g_assert_cmpuint (n_rows, ==, MASH_N_PERMISSIONS);
  g_assert_cmpint (mash_policy_get_grant (policy, "MM", 0, NULL), ==, MASH_GRANT_NO);
  g_assert_cmpint (mash_policy_get_grant (policy, "MM", 48, NULL), ==, MASH_GRANT_NO);
  g_assert_cmpint (mash_policy_get_grant (policy, "XX", 1, NULL), ==, MASH_GRANT_NO);
  g_assert_cmpint (mash_policy_get_grant (policy, NULL, 1, NULL), ==, MASH_GRANT_NO);
  for (guint i = 1; i <= 23; i++)
    {
      g_autofree char *id = g_strdup_printf ("C%u", i);

      g_assert_nonnull (mash_policy_get_note (policy, id));
    }
}

static void
test_lists (void)
{
  g_autoptr (MashPolicy) policy = load ();
  const MashKind *const *kinds;
  const MashCode *codes;
  guint n_kinds, n_codes;

  kinds = mash_kind_list (&n_kinds);
  for (guint k = 0; k < n_kinds; k++)
    {
      for (guint i = 0; i < kinds[k]->n_fields; i++)
        {
          const MashField *field = &kinds[k]->fields[i];

          if (field->type != MASH_FIELD_CODE && field->type != MASH_FIELD_CODES)
            continue;
          g_test_message ("%s.%s of %s", kinds[k]->name, field->name, field->of);
          g_assert_nonnull (mash_policy_list_codes (policy, field->of, &n_codes));
          g_assert_cmpuint (n_codes, >, 0);
        }
    }

  g_assert_true (mash_policy_list_is_national (policy, "RSRC"));
  g_assert_false (mash_policy_list_is_national (policy, "CHAN"));
  g_assert_false (mash_policy_list_is_national (policy, "no such list"));
  codes = mash_policy_list_codes (policy, "BRAG", &n_codes);
  g_assert_cmpuint (n_codes, ==, 4);
  g_assert_cmpstr (codes[0].code, ==, "R");
  g_assert_cmpstr (mash_policy_get_label (policy, "ETH", "WBRI"), ==, "White British");
  g_assert_cmpstr (mash_policy_get_label (policy, "ETH", "ZZZZ"), ==, "ZZZZ");
  g_assert_null (mash_policy_get_label (policy, "ETH", NULL));
  g_assert_true (mash_policy_find_code (policy, "FAC", "18A")->retired);
  g_assert_false (mash_policy_find_code (policy, "FAC", "18B")->retired);
  g_assert_null (mash_policy_list_codes (policy, "no such list", &n_codes));
  g_assert_cmpuint (n_codes, ==, 0);
}

/* How many codes domain reference 3.8 gives for each list that it enumerates; one more of the
 * reasons for a seal, for a conflict of interest that has none of the others. */
static void
test_list_sizes (void)
{
  static const struct
  {
    const char *list;
    guint       n_codes;
  } cases[] = {
    { "RSRC", 22 }, { "NEED", 10 }, { "FAC", 44 }, { "ABUSE", 5 }, { "RC", 9 }, { "SEX", 3 },
    { "ETH", 20 }, { "DIS", 13 }, { "UPNU", 7 }, { "CKIND", 8 }, { "CHAN", 10 }, { "CST", 16 },
    { "CALL", 7 }, { "LVL", 6 }, { "BRAG", 4 }, { "OUT", 20 }, { "S47", 8 }, { "AGR", 9 },
    { "OVR", 9 }, { "A6", 5 }, { "A9", 4 }, { "DPA", 4 }, { "GATE", 12 }, { "INFM", 5 },
    { "AGY", 27 }, { "REQ", 12 }, { "HAND", 6 }, { "I3", 3 }, { "I5", 5 }, { "I2", 2 },
    { "ANS", 5 }, { "SDT", 15 }, { "SDM", 5 }, { "ATT", 6 }, { "SDD", 8 }, { "MED", 6 },
    { "ABE", 5 }, { "POS", 5 }, { "COMP", 4 }, { "ACT", 5 }, { "SDS", 8 }, { "FLAG", 28 },
    { "DASH", 3 }, { "MISS", 3 }, { "RHI", 6 }, { "LV", 9 }, { "DUTY", 7 }, { "VET", 6 },
    { "SEAL", 9 }, { "DUP", 6 }, { "SYNC", 7 }, { "FOO", 4 }, { "SMP", 10 }, { "SO", 16 },
    { "ROLE", 13 }, { "TMR", 31 }, { "REL", 19 }, { "STRAND-P", 8 }, { "STRAND-A", 4 },
    { "STRAND-E", 6 }, { "RECEIVER", 15 }, { "HELPANS", 4 }, { "ADEC", 5 }, { "REOPEN", 4 },
    { "RKIND", 5 }, { "ITEM", 10 }, { "PURP", 5 }, { "CAPA", 5 },
  };
  g_autoptr (MashPolicy) policy = load ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n_codes;

      mash_policy_list_codes (policy, cases[i].list, &n_codes);
      g_test_message ("%s", cases[i].list);
      g_assert_cmpuint (n_codes, ==, cases[i].n_codes);
    }
}

/* Words for people are sentence form, and a guard's sentence is a sentence. */
static void
test_words (void)
{
  g_autoptr (MashPolicy) policy = load ();
  g_autofree char *text = dup_builtin ();
  const MashDeed *const *deeds;
  guint n_deeds;

  g_assert_null (strchr (strstr (text, "<lists>"), '\''));
  g_assert_null (strstr (text, "..."));
  deeds = mash_policy_list_deeds (policy, &n_deeds);
  for (guint d = 0; d < n_deeds; d++)
    {
      g_assert_true (g_ascii_isupper (*deeds[d]->label) && g_ascii_isupper (*deeds[d]->done));
      for (guint i = 0; i < deeds[d]->n_guards; i++)
        {
          const MashGuard *guard = &deeds[d]->guards[i];

          g_test_message ("%s: %s", deeds[d]->id, guard->says);
          g_assert_true (g_ascii_isupper (*guard->says) && g_str_has_suffix (guard->says, "."));
          g_assert_true (guard->holds == NULL || !g_str_has_suffix (guard->holds, "."));
        }
    }
}

static void
test_deeds (void)
{
  static const struct
  {
    const char *id;
    guint       permission;
    const char *from;
    const char *to;
  } cases[] = {
    { "create", 1, NULL, "C10" },
    { "edit", 2, "C10", NULL },
    { "add-document", 4, "C10", NULL },
    { "note", 4, "C10", NULL },
    { "assign", 4, "C10", NULL },
    { "take", 4, "C10", NULL },
    { "release", 4, "C10", NULL },
    { "screen", 2, "C10", "C20" },
    { "chase", 2, "C20", "C25" },
    { "call-back", 1, "C25", NULL },
    { "mark-harm", 10, "C10", NULL },
    { "raise-brag", 9, "C10", NULL },
    { "lower-brag", 8, "C10", NULL },
    { "triage", 7, "C25", "C30" },
    { "advise", 1, "C20", "X10" },
    { "attach", 2, "C20", "X20" },
    { "gather", 11, "C30", "C40" },
    { "analyse", 15, "C40", "C50" },
    { "recommend", 16, "C50", "C60" },
    { "recommend-advice", 16, "X10", "C60" },
    { "safety-check", 26, "C60", NULL },
    { "return", 17, "C60", "C65" },
    { "resume", 16, "C65", "C50" },
    { "approve", 17, "C60", "C70" },
    { "change-outcome", 17, "C60", "C70" },
    { "hand-over", 4, "C70", "C75" },
    { "refuse-hand-over", 4, "C70", NULL },
    { "feedback", 4, "C75", "C80" },
    { "feedback", 4, "C70", "C80" },
    { "close", 17, "C80", "C90" },
    { "reopen", 17, "C90", "C95" },
    { "rescreen", 2, "C95", "C20" },
    { "flag", 29, "C10", NULL },
    { "clear-flag", 29, "C10", NULL },
    { "identify", 2, "C10", NULL },
    { "add-late-subject", 2, "C60", NULL },
    { "seed-staff", 45, NULL, NULL },
    { "explain-breach", 17, "C90", NULL },
    { "acknowledge", 1, "C10", NULL },
    { "record-birth", 2, "C10", NULL },
    { "propose-link", 31, NULL, NULL },
    { "tell-apart", 31, NULL, NULL },
    { "approve-link", 32, NULL, NULL },
    { "decline-link", 32, NULL, NULL },
    { "undo-link", 32, NULL, NULL },
    { "import-rows", 1, NULL, NULL },
    { "import-counts", 40, NULL, NULL },
    { "set-rota", 37, NULL, NULL },
    { "see-mention", 4, "C90", NULL },
    { "add-task", 4, "C90", NULL },
    { "change-task", 4, "C10", NULL },
    { "finish-task", 4, "X20", NULL },
    { "cancel-task", 4, "C10", NULL },
    { "review-flag", 29, "C90", NULL },
  };
  g_autoptr (MashPolicy) policy = load ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const MashDeed *deed = mash_policy_find_deed (policy, cases[i].id);

      g_test_message ("%s", cases[i].id);
      g_assert_nonnull (deed);
      g_assert_cmpuint (deed->permission, ==, cases[i].permission);
      g_assert_true (mash_deed_leaves (deed, cases[i].from));
      g_assert_cmpstr (deed->to, ==, cases[i].to);
    }
  g_assert_null (mash_policy_find_deed (policy, "no-such-deed"));
  g_assert_null (mash_policy_find_deed (policy, NULL));
}

static gboolean
has_effect (const MashDeed *deed,
            MashEffectKind  kind,
            const char     *clock,
            const char     *at)
{
  for (guint i = 0; i < deed->n_effects; i++)
    {
      if (deed->effects[i].kind == kind && g_strcmp0 (deed->effects[i].clock, clock) == 0 &&
          (at == NULL || g_strcmp0 (deed->effects[i].at, at) == 0))
        return TRUE;
    }

  return FALSE;
}

/* Domain reference 4.2 and 4.3: what starts and what stops which clock. */
static void
test_clock_effects (void)
{
  static const struct
  {
    const char    *deed;
    MashEffectKind kind;
    const char    *clocks;
    const char    *at;
  } cases[] = {
    { "create", MASH_EFFECT_START, "T01 T02 T03 T22", "received-at" },
    { "mark-harm", MASH_EFFECT_START, "T04", "received-at" },
    { "mark-harm", MASH_EFFECT_START, "T05", "now" },
    { "triage", MASH_EFFECT_START, "T06", "now" },
    { "recommend", MASH_EFFECT_STOP, "T06", NULL },
    { "recommend", MASH_EFFECT_START, "T09", "now" },
    { "return", MASH_EFFECT_STOP, "T09", NULL },
    { "approve", MASH_EFFECT_STOP, "T02 T03 T09", NULL },
    { "approve", MASH_EFFECT_START, "T10 T11", "now" },
    { "change-outcome", MASH_EFFECT_STOP, "T02 T03 T09", NULL },
    { "change-outcome", MASH_EFFECT_START, "T10 T11", "now" },
    { "hand-over", MASH_EFFECT_STOP, "T10", NULL },
    { "refuse-hand-over", MASH_EFFECT_START, "T10", "disposal.refused-at" },
    { "feedback", MASH_EFFECT_STOP, "T11", NULL },
    { "attach", MASH_EFFECT_START, "T14", "now" },
    { "acknowledge", MASH_EFFECT_STOP, "T01", NULL },
  };
  g_autoptr (MashPolicy) policy = load ();
  const MashDeed *const *deeds;
  guint n_deeds;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const MashDeed *deed = mash_policy_find_deed (policy, cases[i].deed);
      g_auto (GStrv) clocks = g_strsplit (cases[i].clocks, " ", -1);

      for (guint c = 0; clocks[c] != NULL; c++)
        {
          g_test_message ("%s: %s", cases[i].deed, clocks[c]);
          g_assert_true (has_effect (deed, cases[i].kind, clocks[c], cases[i].at));
        }
    }

  /* Nothing but a decision, or its being part of another contact, stops the decision's clocks. */
  deeds = mash_policy_list_deeds (policy, &n_deeds);
  for (guint d = 0; d < n_deeds; d++)
    {
      if (!mash_words_contain ("approve change-outcome attach", deeds[d]->id))
        g_assert_false (has_effect (deeds[d], MASH_EFFECT_STOP, "T02", NULL) ||
                        has_effect (deeds[d], MASH_EFFECT_STOP, "T03", NULL));
    }
}

static const MashGuard *
find_guard (const MashDeed *deed,
            MashGuardTest   test,
            const char     *kind,
            const char     *field)
{
  for (guint i = 0; i < deed->n_guards; i++)
    {
      const MashGuard *guard = &deed->guards[i];

      if (guard->test == test && g_strcmp0 (guard->kind, kind) == 0 &&
          g_strcmp0 (guard->field, field) == 0)
        return guard;
    }

  return NULL;
}

/* Domain reference 2.3 and 4.2: the recommender never approves, on what was changed nobody does. */
static void
test_separation (void)
{
  static const char *const ids[] = { "approve", "change-outcome" };
  g_autoptr (MashPolicy) policy = load ();

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const MashDeed *deed = mash_policy_find_deed (policy, ids[i]);
      const MashGuard *guard = find_guard (deed, MASH_GUARD_DIFFERS, "recommendation", "by");

      g_assert_nonnull (guard);
      g_assert_null (guard->when_field);
      g_assert_cmpstr (guard->holds, ==, "You did not recommend it");
      guard = find_guard (deed, MASH_GUARD_UNCHANGED, "recommendation", "content-hash");
      g_assert_nonnull (guard);
      g_assert_null (guard->when_field);
      g_assert_cmpstr (find_guard (deed, MASH_GUARD_ROLE, NULL, NULL)->value, ==, "MM");
      g_assert_cmpstr (deed->sign_off, ==, "SO01");
      g_assert_true (deed->passphrase && deed->open_only);
    }
  g_assert_true (mash_policy_find_deed (policy, "return")->needs_reason);
  g_assert_true (mash_policy_find_deed (policy, "lower-brag")->needs_reason);
  g_assert_nonnull (find_guard (mash_policy_find_deed (policy, "lower-brag"),
                                MASH_GUARD_ON_LINE, NULL, NULL));
}

static void
test_states_reachable (void)
{
  g_autoptr (MashPolicy) policy = load ();
  g_autoptr (GHashTable) reached = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) front = g_ptr_array_new ();
  const MashDeed *const *deeds;
  const MashCode *states;
  guint n_deeds, n_states;

  deeds = mash_policy_list_deeds (policy, &n_deeds);
  g_ptr_array_add (front, (gpointer) "");
  while (front->len > 0)
    {
      const char *state = g_ptr_array_steal_index (front, front->len - 1);

      for (guint d = 0; d < n_deeds; d++)
        {
          if (deeds[d]->to != NULL && mash_deed_leaves (deeds[d], state) &&
              g_hash_table_add (reached, (gpointer) deeds[d]->to))
            g_ptr_array_add (front, (gpointer) deeds[d]->to);
        }
    }

  /* A draft is on its desk only and not yet a contact. */
  states = mash_policy_list_codes (policy, "CST", &n_states);
  for (guint i = 0; i < n_states; i++)
    {
      g_test_message ("%s", states[i].code);
      g_assert_cmpint (g_hash_table_contains (reached, states[i].code), ==,
                       strcmp (states[i].code, "C00") != 0);
    }
}

/* Domain reference 4.3. */
static void
test_clocks (void)
{
  static const struct
  {
    const char   *id;
    gboolean      statutory;
    MashClockUnit unit;
    guint         minutes;
    guint         limit;
    guint         brag_minutes[4];
  } cases[] = {
    { "T01", TRUE, MASH_UNIT_WORKING_DAYS, 0, 1 },
    { "T02", TRUE, MASH_UNIT_WORKING_DAYS, 0, 1 },
    { "T03", FALSE, MASH_UNIT_ELAPSED, 1440, 0 },
    { "T04", FALSE, MASH_UNIT_REPORT_ONLY, 0, 0 },
    { "T05", FALSE, MASH_UNIT_ELAPSED, 120, 0 },
    { "T06", FALSE, MASH_UNIT_ELAPSED, 0, 0, { 0, 1440, 360, 120 } },
    { "T07", FALSE, MASH_UNIT_ELAPSED, 60, 0 },
    { "T08", FALSE, MASH_UNIT_ELAPSED, 0, 0, { 0, 1440, 360, 120 } },
    { "T09", FALSE, MASH_UNIT_ELAPSED, 0, 0, { 240, 240, 240, 60 } },
    { "T10", FALSE, MASH_UNIT_WORKING_DAYS, 0, 1 },
    { "T11", FALSE, MASH_UNIT_WORKING_DAYS, 0, 1 },
    { "T12", FALSE, MASH_UNIT_ELAPSED, 240, 0 },
    { "T13", FALSE, MASH_UNIT_WORKING_DAYS, 0, 1 },
    { "T14", FALSE, MASH_UNIT_SAME_DAY, 0, 0 },
    { "T15", TRUE, MASH_UNIT_WORKING_DAYS, 0, 15 },
    { "T16", TRUE, MASH_UNIT_WORKING_DAYS, 0, 45 },
    { "T17", FALSE, MASH_UNIT_WORKING_DAYS, 0, 1 },
    { "T18", TRUE, MASH_UNIT_ELAPSED, 4320, 0 },
    { "T19", FALSE, MASH_UNIT_ELAPSED, 1440, 0 },
    { "T20", FALSE, MASH_UNIT_SAME_DAY, 0, 0 },
    { "T21", FALSE, MASH_UNIT_ELAPSED, 1440, 0 },
    { "T22", FALSE, MASH_UNIT_ELAPSED, 1440, 0 },
    { "T23", TRUE, MASH_UNIT_ELAPSED, 4320, 0 },
    { "T24", FALSE, MASH_UNIT_CALENDAR_DAYS, 0, 14 },
    { "T25", FALSE, MASH_UNIT_ELAPSED, 1440, 0 },
    { "T26", FALSE, MASH_UNIT_REPORT_ONLY, 0, 0 },
    { "T27", FALSE, MASH_UNIT_CALENDAR_DAYS, 0, 84 },
    { "T28", TRUE, MASH_UNIT_MONTHS, 0, 12 },
    { "T29", FALSE, MASH_UNIT_WORKING_DAYS, 0, 2 },
    { "T30", FALSE, MASH_UNIT_WORKING_DAYS, 0, 1 },
    { "T31", FALSE, MASH_UNIT_ELAPSED, 1440, 0 },
  };
  g_autoptr (MashPolicy) policy = load ();
  guint n_clocks;

  mash_policy_list_clocks (policy, &n_clocks);
  g_assert_cmpuint (n_clocks, ==, G_N_ELEMENTS (cases));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const MashClockRule *rule = mash_policy_find_clock (policy, cases[i].id);

      g_test_message ("%s", cases[i].id);
      g_assert_nonnull (rule);
      g_assert_cmpint (rule->statutory, ==, cases[i].statutory);
      g_assert_cmpint (rule->unit, ==, cases[i].unit);
      g_assert_cmpuint (rule->limit_minutes, ==, cases[i].minutes);
      g_assert_cmpuint (rule->limit, ==, cases[i].limit);
      g_assert_cmpuint (rule->warn_percent, ==, 75);
      for (guint b = 0; b < 4; b++)
        g_assert_cmpuint (rule->brag_minutes[b], ==, cases[i].brag_minutes[b]);
    }
  g_assert_true (mash_policy_find_clock (policy, "T17")->red_same_day);
  g_assert_true (mash_policy_find_clock (policy, "T07")->may_pause);
  g_assert_false (mash_policy_find_clock (policy, "T02")->may_pause);
  g_assert_cmpstr (mash_policy_find_clock (policy, "T02")->label, ==,
                   "Decision · statutory, 1 working day");
}

static void
test_calendar (void)
{
  static const struct
  {
    const char *date;
    gboolean    works;
  } cases[] = {
    { "2024-03-29", FALSE }, { "2024-04-01", FALSE }, { "2024-12-26", FALSE },
    { "2025-04-18", FALSE }, { "2025-04-21", FALSE }, { "2025-05-05", FALSE },
    { "2026-01-01", FALSE }, { "2026-04-03", FALSE }, { "2026-04-06", FALSE },
    { "2026-05-04", FALSE }, { "2026-05-25", FALSE }, { "2026-08-31", FALSE },
    { "2026-12-25", FALSE }, { "2026-12-28", FALSE }, { "2026-12-29", TRUE },
    { "2027-03-26", FALSE }, { "2027-03-29", FALSE }, { "2027-12-27", FALSE },
    { "2027-12-28", FALSE }, { "2028-01-03", FALSE }, { "2028-04-14", FALSE },
    { "2028-04-17", FALSE }, { "2028-12-26", FALSE }, { "2026-10-13", TRUE },
    { "2026-10-17", FALSE }, { "2026-10-18", FALSE }, { "2026-10-19", TRUE },
  };
  g_autoptr (MashPolicy) policy = load ();
  MashCalendar *calendar = mash_policy_get_calendar (policy, "england");

  g_assert_nonnull (calendar);
  g_assert_null (mash_policy_get_calendar (policy, "scotland"));
  g_assert_null (mash_policy_get_calendar (policy, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].date);
      g_assert_cmpint (mash_calendar_is_working_day (calendar, cases[i].date), ==, cases[i].works);
    }
}

static void
test_criteria (void)
{
  static const char *const order[] = { "1", "2", "3", "4", "S17", "S47" };
  static const struct
  {
    const char *item;
    guint       weight;
  } weights[] = {
    { "CHILD", 15 }, { "BIRTH", 10 }, { "ADDRESS", 10 }, { "CONCERN", 20 }, { "HOUSEHOLD", 15 },
    { "PR", 5 }, { "AGREEMENT", 10 }, { "INFORMED", 5 }, { "REFERRER", 5 }, { "SCHOOLGP", 5 },
  };
  g_autoptr (MashPolicy) policy = load ();
  const MashLevel *levels;
  guint n_levels;

  levels = mash_policy_list_levels (policy, &n_levels);
  g_assert_cmpuint (n_levels, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < n_levels; i++)
    g_assert_cmpstr (levels[i].code, ==, order[i]);
  g_assert_cmpstr (levels[4].criteria, ==,
                   "Domestic abuse that is repeated or getting worse where children are present, "
                   "and the parent’s ability to protect is not yet known.");

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    g_assert_cmpuint (mash_policy_get_weight (policy, weights[i].item), ==, weights[i].weight);
  g_assert_cmpuint (mash_policy_get_weight (policy, "SHOESIZE"), ==, 0);

  g_assert_cmpuint (mash_policy_get_number (policy, "idle-lock-minutes"), ==, 5);
  g_assert_cmpuint (mash_policy_get_number (policy, "idle-lock-max"), ==, 15);
  g_assert_cmpuint (mash_policy_get_number (policy, "idle-lock-discussion"), ==, 30);
  g_assert_cmpuint (mash_policy_get_number (policy, "hard-limit-hours"), ==, 12);
  g_assert_cmpuint (mash_policy_get_number (policy, "lease-days"), ==, 5);
  g_assert_cmpuint (mash_policy_get_number (policy, "match-prompt"), ==, 60);
  g_assert_cmpuint (mash_policy_get_number (policy, "match-block"), ==, 85);
  g_assert_cmpstr (mash_policy_get_setting (policy, "strategy-clock-rule"), ==, "s47-decided");
  g_assert_null (mash_policy_get_setting (policy, "no-such-setting"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/policy-reader/versions", test_versions);
  g_test_add_func ("/policy-reader/permissions", test_permissions);
  g_test_add_func ("/policy-reader/lists", test_lists);
  g_test_add_func ("/policy-reader/list-sizes", test_list_sizes);
  g_test_add_func ("/policy-reader/words", test_words);
  g_test_add_func ("/policy-reader/deeds", test_deeds);
  g_test_add_func ("/policy-reader/clock-effects", test_clock_effects);
  g_test_add_func ("/policy-reader/separation", test_separation);
  g_test_add_func ("/policy-reader/states-reachable", test_states_reachable);
  g_test_add_func ("/policy-reader/clocks", test_clocks);
  g_test_add_func ("/policy-reader/calendar", test_calendar);
  g_test_add_func ("/policy-reader/criteria", test_criteria);

  return g_test_run ();
}
