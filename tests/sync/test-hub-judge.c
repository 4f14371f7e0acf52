/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The judge of the hub says what the judge of the desk says: on the vectors that both are held to,
 * and on every deed by every role in every state of affairs that the vectors come through.
 */

#include "config.h"

#include <string.h>

#include "cluster.h"
#include "mash-body.h"
#include "mash-guards.h"
#include "mash-handling.h"
#include "mash-hub-line.h"
#include "mash-judge.h"
#include "mash-kinds.h"
#include "mash-merge.h"
#include "mash-named-guards.h"
#include "mash-policy-reader.h"
#include "mash-test-facts.h"
#include "mash-time.h"
#include "mash-vectors.h"

/* What the hub leaves to the desks: whether all that follows from a step is what the rules say. */
#define LEFT_TO_DESKS "What follows from this step is not what this hub’s rules say."

/* After how many verdicts every deed is asked about. */
#define PROBE_EVERY 150

/* Of how many ends that were not met before one has every named guard asked. */
#define NAMES_EVERY 5

#define MAX_NAMES 128

typedef struct
{
  MashHubLine   *line;
  MashPolicy    *policy;
  MashTestFacts *facts;
  GPtrArray     *edits;  /* of MashEdit */
  GString       *list;   /* the same as an array of JSON */
  MashGroup     *judged; /* the last that was */
  guint          n_born;
  guint          n_judged;
  guint          n_probed;
  GHashTable    *ends;              /* deeds and what was said of them */
  guint          held[MAX_NAMES];   /* how often each named guard held, and did not */
  guint          failed[MAX_NAMES];
} Run;

static Cluster *cluster;

static void
ask (Run        *run,
     const char *sql,
     const char *one,
     const char *two)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubRows) rows = mash_hub_line_ask (run->line, &error, sql, one, two, NULL);

  g_assert_no_error (error);
}

static void
drop_group (Run *run)
{
  g_ptr_array_set_size (run->edits, 0);
  g_string_assign (run->list, "[");
}

static void
begin (Run *run)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&run->facts);
  run->facts = mash_test_facts_new ();
  drop_group (run);
  mash_hub_line_run (run->line, "ROLLBACK; BEGIN; SET LOCAL search_path = mash", &error);
  g_assert_no_error (error);
}

static MashEdit *
read_edit (GHashTable *members)
{
  const MashKind *kind = mash_kind_lookup (vectors_get_text (members, ".kind"));
  const char *base = vectors_get_text (members, ".base");
  MashEdit *edit = mash_edit_new (kind, vectors_get_text (members, ".id"),
                                  base != NULL ? g_ascii_strtoll (base, NULL, 10) : 0);

  for (guint i = 0; i < kind->n_fields; i++)
    {
      g_autofree char *was = g_strconcat (kind->fields[i].name, ".was", NULL);

      if (g_hash_table_contains (members, kind->fields[i].name))
        mash_edit_set (edit, i, g_hash_table_lookup (members, was),
                       g_hash_table_lookup (members, kind->fields[i].name));
    }
  if (vectors_get_text (members, ".void") != NULL)
    mash_edit_void (edit, vectors_get_text (members, ".void"));

  return edit;
}

/* What the record of a fact is to the hub. */
static void
put_record (Run        *run,
            MashRecord *record)
{
  const MashKind *kind = mash_record_get_kind (record);
  const MashStamps *stamps = mash_record_get_stamps (record);
  g_autoptr (GHashTable) state = mash_body_new ();
  g_autofree char *json = NULL;
  g_autofree char *born = g_strdup_printf ("%u", ++run->n_born);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubRows) rows = NULL;

  for (guint i = 0; i < kind->n_fields; i++)
    {
      if (mash_record_get_value (record, i) != NULL)
        mash_body_set (state, kind->fields[i].name, mash_record_get_value (record, i));
    }
  json = mash_body_write (state);
  rows = mash_hub_line_ask (
    run->line, &error,
    "INSERT INTO entity (kind, id, born, revision, compartment, created_by, created_post,"
    " created_at, updated_at, updated_by, last_seq, state)"
    " VALUES ($1, $2, $3, 1, 'default', $4, $5, $6, '', '', 0, $7::jsonb)"
    " ON CONFLICT (kind, id) DO UPDATE SET state = excluded.state",
    kind->name, mash_record_get_id (record), born,
    stamps->created_by != NULL ? stamps->created_by : "",
    stamps->created_post != NULL ? stamps->created_post : "",
    stamps->created_at != NULL ? stamps->created_at : "", json, NULL);
  g_assert_no_error (error);
}

static void
put (Run        *run,
     GHashTable *members)
{
  const MashKind *kind = mash_kind_lookup (vectors_get_text (members, ".kind"));
  g_autofree GVariant **values = g_new0 (GVariant *, kind->n_fields);
  g_autoptr (MashRecord) record = NULL;
  MashStamps stamps = {
    .created_by = vectors_get_text (members, ".by"),
    .created_post = vectors_get_text (members, ".post"),
    .created_at = vectors_get_text (members, ".at"),
  };

  for (guint i = 0; i < kind->n_fields; i++)
    values[i] = g_hash_table_lookup (members, kind->fields[i].name);
  record = mash_record_new (kind, vectors_get_text (members, ".id"),
                            g_ascii_strtoll (vectors_get_text (members, ".revision"), NULL, 10),
                            values, &stamps);
  mash_test_facts_add (run->facts, record);
  put_record (run, record);
}

static void
apply (Run *run)
{
  mash_test_facts_apply (run->facts, run->judged);
  for (guint i = 0; i < mash_group_get_n_edits (run->judged); i++)
    {
      MashEdit *edit = mash_group_get_edit (run->judged, i);
      g_autoptr (MashRecord) record = NULL;

      record = mash_facts_lookup (MASH_FACTS (run->facts), mash_edit_get_kind (edit)->name,
                                  mash_edit_get_id (edit));
      put_record (run, record);
    }
}

static void
forget (Run        *run,
        GHashTable *members)
{
  const char *kind = vectors_get_text (members, ".kind");
  const char *id = vectors_get_text (members, ".id");

  mash_test_facts_remove (run->facts, kind, id);
  ask (run, "DELETE FROM entity WHERE kind = $1 AND id = $2", kind, id);
}

static void
add_edit (Run        *run,
          GHashTable *members,
          const char *json)
{
  g_ptr_array_add (run->edits, read_edit (members));
  g_string_append_printf (run->list, "%s%s", run->list->len > 1 ? "," : "", json);
}

/* The case that a line and the edits before it make, in the hub's words. */
#define CASE_SQL \
  "make_case (j - '{deed,contact,reason,says,holds,fails}'::text[], j ->> 'deed'," \
  " j ->> 'contact', j ->> 'reason'," \
  " (SELECT coalesce (jsonb_agg (jsonb_build_object ('kind', e ->> '.kind', 'id'," \
  " e ->> '.id', 'new', e ->> '.base' = '0', 'void', e -> '.void', 'set'," \
  " (SELECT coalesce (jsonb_object_agg (key, value), '{}') FROM jsonb_each (e)" \
  "  WHERE NOT starts_with (key, '.') AND key NOT LIKE '%.was'), 'was'," \
  " (SELECT coalesce (jsonb_object_agg (left (key, -4), value), '{}') FROM jsonb_each (e)" \
  "  WHERE key LIKE '%.was')) ORDER BY n), '[]')" \
  " FROM jsonb_array_elements ($2::jsonb) WITH ORDINALITY AS l (e, n)))" \
  " FROM (SELECT $1::jsonb AS j) AS x"

static char *
ask_hub (Run        *run,
         const char *sql,
         const char *judge,
         char      **second)
{
  g_autofree char *list = g_strconcat (run->list->str, "]", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubRows) rows = mash_hub_line_ask (run->line, &error, sql, judge, list, NULL);

  g_assert_no_error (error);
  if (second != NULL)
    *second = g_strdup (mash_hub_rows_get_text (rows, 0, 1));

  return g_strdup (mash_hub_rows_get_text (rows, 0, 0));
}

/* Gives the hub's code, and the sentence of a guard. */
static char *
judge_in_sql (Run        *run,
              const char *judge,
              char      **says)
{
  return ask_hub (run, "SELECT v.code, v.says FROM (SELECT " CASE_SQL ") AS y (c), judge (c) AS v",
                  judge, says);
}

static MashActor
read_actor (GHashTable *members)
{
  MashActor actor = {
    .person = vectors_get_text (members, "person"),
    .post = vectors_get_text (members, "post"),
    .role = vectors_get_text (members, "role"),
    .agency = vectors_get_text (members, "agency"),
    .desk = "desk",
    .on_line = g_variant_get_boolean (g_hash_table_lookup (members, "on_line")),
  };

  g_assert_true (mash_time_parse (vectors_get_text (members, "now"), &actor.now));

  return actor;
}

static MashVerdict *
judge_in_c (Run        *run,
            GHashTable *members)
{
  MashGroup *group = mash_group_new (vectors_get_text (members, "deed"),
                                     vectors_get_text (members, "contact"));
  MashActor actor = read_actor (members);

  mash_group_set_reason (group, vectors_get_text (members, "reason"));
  for (guint i = 0; i < run->edits->len; i++)
    mash_group_take_edit (group, mash_edit_copy (g_ptr_array_index (run->edits, i)));

  g_clear_pointer (&run->judged, mash_group_unref);
  run->judged = group;

  return mash_judge_group (run->policy, MASH_FACTS (run->facts), &actor, group);
}

/* Both must allow, or both refuse, and a guard with the same words. */
static void
compare (Run        *run,
         GHashTable *members,
         const char *json)
{
  g_autoptr (MashVerdict) verdict = judge_in_c (run, members);
  const char *refusal = mash_verdict_get_refusal (verdict);
  const char *expected = vectors_get_text (members, "says");
  g_autofree char *says = NULL;
  g_autofree char *code = judge_in_sql (run, json, &says);

  if (expected != NULL && strcmp (refusal != NULL ? refusal : "", expected) != 0)
    g_error ("The desk says “%s” of %s", refusal, json);
  if (g_strcmp0 (refusal, LEFT_TO_DESKS) == 0)
    return;
  if ((refusal == NULL) != (*code == '\0') ||
      (strcmp (code, "guard") == 0 && g_strcmp0 (refusal, says) != 0))
    g_error ("The desk says “%s”, the hub %s “%s”, of %s", refusal != NULL ? refusal : "", code,
             says, json);
}

/* Every deed, by everybody's role in turn, of which nothing is written yet. */
static void
probe (Run        *run,
       GHashTable *members)
{
  g_autoptr (MashGroup) judged = mash_group_ref (run->judged);
  guint n_deeds, n_roles;
  const MashDeed *const *deeds = mash_policy_list_deeds (run->policy, &n_deeds);
  const MashCode *roles = mash_policy_list_codes (run->policy, "ROLE", &n_roles);

  drop_group (run);
  g_hash_table_remove (members, "says");
  for (guint i = 0; i < n_deeds; i++)
    {
      const char *role = roles[(run->n_probed + i) % n_roles].code;
      g_autofree char *json = NULL;

      mash_body_set (members, "deed", g_variant_new_string (deeds[i]->id));
      mash_body_set (members, "role", g_variant_new_string (role));
      json = mash_body_write (members);
      compare (run, members, json);
    }
  run->n_probed++;
  g_clear_pointer (&run->judged, mash_group_unref);
  run->judged = g_steal_pointer (&judged);
}

/* A few guards may only be asked about records of the kinds that their own deed alters. */
static gboolean
may_ask (const MashDeed *deed,
         const char     *name)
{
  for (guint i = 0; i < deed->n_guards; i++)
    {
      if (deed->guards[i].test == MASH_GUARD_NAMED && strcmp (deed->guards[i].value, name) == 0)
        return TRUE;
    }

  return strcmp (name, "sd-confirms") != 0;
}

/* Every named guard, whatever the deed asks for; a letter each. */
static char *
try_names_in_c (Run        *run,
                GHashTable *members)
{
  MashActor actor = read_actor (members);
  GString *letters = g_string_new (NULL);
  guint n_names;
  const char *const *names = mash_named_guard_list (&n_names);
  MashCase the_case;

  g_assert_true (mash_case_begin (&the_case, run->policy, MASH_FACTS (run->facts), &actor,
                                  run->judged));
  for (guint i = 0; i < n_names; i++)
    {
      if (!may_ask (the_case.deed, names[i]))
        g_string_append_c (letters, '-');
      else
        g_string_append_c (letters, mash_named_guard_holds (&the_case, names[i]) ? 't' : 'f');
    }
  mash_case_end (&the_case);

  return g_string_free (letters, FALSE);
}

/* Holds both to what a case says of a named guard; that they agree has been seen. */
static void
hold_to (GHashTable *members,
         const char *word,
         char        letter,
         const char *letters,
         const char *json)
{
  const char *name = vectors_get_text (members, word);
  guint n_names, i;
  const char *const *names = mash_named_guard_list (&n_names);

  if (name == NULL)
    return;
  for (i = 0; i < n_names && strcmp (names[i], name) != 0; i++)
    ;
  g_assert_cmpuint (i, <, n_names);
  if (letters[i] != letter)
    g_error ("Of %s desk and hub say %c: %s", name, letters[i], json);
}

static void
compare_names (Run        *run,
               GHashTable *members,
               const char *json)
{
  g_autofree char *desk = try_names_in_c (run, members);
  guint n_names;
  const char *const *names = mash_named_guard_list (&n_names);
  g_autofree char *hub = NULL;

  hub = ask_hub (run, "SELECT (SELECT string_agg (CASE WHEN named_holds (c, name) THEN 't' ELSE 'f'"
                 " END, '' ORDER BY name) FROM (SELECT replace (substr (proname, 7), '_', '-')"
                 " COLLATE \"C\" FROM pg_proc WHERE pronamespace = 'mash'::regnamespace AND"
                 " proname LIKE 'guard\\_%' AND proname <> 'guard_holds') AS n (name))"
                 " FROM (SELECT " CASE_SQL ") AS y (c)", json, NULL);
  for (guint i = 0; i < n_names; i++)
    {
      if (desk[i] == '-')
        continue;
      if (desk[i] != hub[i])
        g_error ("Of %s the desk says %c, the hub %c: %s", names[i], desk[i], hub[i], json);
      (desk[i] == 't' ? run->held : run->failed)[i]++;
    }
  hold_to (members, "holds", 't', desk, json);
  hold_to (members, "fails", 'f', desk, json);
}

static void
judge (Run        *run,
       GHashTable *members,
       const char *json)
{
  compare (run, members, json);
  /* All of a case made by hand; of histories, some of what came to an end of its own. */
  if (!g_hash_table_contains (members, "says") ||
      (g_hash_table_add (run->ends, g_strconcat (vectors_get_text (members, "deed"), " ",
                                                 vectors_get_text (members, "says"), NULL)) &&
       g_hash_table_size (run->ends) % NAMES_EVERY == 0))
    compare_names (run, members, json);
  run->n_judged++;
  if (run->n_judged % PROBE_EVERY == 0)
    probe (run, members);
  drop_group (run);
}

static void
take_line (Run        *run,
           const char *line)
{
  g_autofree char *word = NULL;
  g_autoptr (GHashTable) members = vectors_read (line, &word);
  const char *json = strchr (line, '\t') + 1;

  if (strcmp (word, "begin") == 0)
    begin (run);
  else if (strcmp (word, "put") == 0)
    put (run, members);
  else if (strcmp (word, "apply") == 0)
    apply (run);
  else if (strcmp (word, "remove") == 0)
    forget (run, members);
  else if (strcmp (word, "edit") == 0)
    add_edit (run, members, json);
  else if (strcmp (word, "judge") == 0)
    judge (run, members, json);
  else
    g_assert_not_reached ();
}

/* A guard that the vectors never see hold, or never see fail, is compared on one side only. */
static void
say_untried (Run *run)
{
  guint n_names;
  const char *const *names = mash_named_guard_list (&n_names);

  for (guint i = 0; i < n_names; i++)
    {
      if (run->held[i] == 0 || run->failed[i] == 0)
        g_test_message ("%s: %u times it held, %u not", names[i], run->held[i], run->failed[i]);
    }
}

static void
take_file (Run        *run,
           const char *base)
{
  g_autofree char *name = g_test_build_filename (G_TEST_DIST, "data", base, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (name, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] != '\0' && *lines[i] != '#')
        take_line (run, lines[i]);
    }
}

static void
test_vectors (void)
{
  g_autofree char *settings = cluster_dup_settings (cluster, "hub", NULL);
  g_autoptr (GError) error = NULL;
  Run run = { 0 };

  run.line = mash_hub_line_open_admin (settings, &error);
  g_assert_no_error (error);
  run.policy = mash_policy_reader_load_builtin (&error);
  g_assert_no_error (error);
  run.edits = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_edit_free);
  run.list = g_string_new (NULL);
  run.ends = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  take_file (&run, "judge-vectors.txt");
  take_file (&run, "judge-cases.txt");
  take_file (&run, "judge-days.txt");
  g_test_message ("%u groups judged, %u times every deed", run.n_judged, run.n_probed);
  g_assert_cmpuint (run.n_judged, >, 400);
  say_untried (&run);

  mash_hub_line_close (run.line);
  mash_policy_unref (run.policy);
  g_ptr_array_unref (run.edits);
  g_string_free (run.list, TRUE);
  g_hash_table_unref (run.ends);
  g_clear_object (&run.facts);
  g_clear_pointer (&run.judged, mash_group_unref);
}

/* One named guard in C, one in SQL. */
static void
test_names (void)
{
  g_autofree char *settings = cluster_dup_settings (cluster, "hub", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubLine) line = mash_hub_line_open_admin (settings, &error);
  g_autoptr (MashHubRows) rows = NULL;
  guint n_names;
  const char *const *names = mash_named_guard_list (&n_names);

  g_assert_no_error (error);
  rows = mash_hub_line_ask (line, &error, "SELECT replace (substr (proname, 7), '_', '-')"
                            " COLLATE \"C\" FROM pg_proc"
                            " WHERE pronamespace = 'mash'::regnamespace AND"
                            " proname LIKE 'guard\\_%' AND proname <> 'guard_holds'"
                            " ORDER BY 1", NULL);
  g_assert_no_error (error);
  for (guint i = 0; i < n_names && i < mash_hub_rows_get_n (rows); i++)
    g_assert_cmpstr (mash_hub_rows_get_text (rows, i, 0), ==, names[i]);
  g_assert_cmpuint (mash_hub_rows_get_n (rows), ==, n_names);
}

/* `-` is nothing; in a set commas stand between. */
static void
set_word (MashEdit   *edit,
          const char *field,
          const char *word,
          gboolean    set)
{
  g_auto (GStrv) words = g_strsplit (word, ",", -1);

  if (strcmp (word, "-") == 0)
    return;
  if (set)
    mash_edit_set_set (edit, field, (const char *const *) words);
  else
    mash_edit_set_text (edit, field, word);
}

static void
compare_handling (MashHubLine *line,
                  MashPolicy  *policy,
                  const char  *vector)
{
  g_auto (GStrv) words = g_strsplit (vector, " ", -1);
  g_autoptr (MashEdit) edit = mash_edit_new (&mash_sd_paragraph_kind, "paragraph", 0);
  g_autoptr (MashRecord) paragraph = NULL;
  g_autoptr (MashHubRows) rows = NULL;
  g_autoptr (GError) error = NULL;
  const char *agency, *desk;

  g_assert_cmpuint (g_strv_length (words), ==, 7);
  agency = strcmp (words[1], "-") != 0 ? words[1] : NULL;
  set_word (edit, "agency", words[2], FALSE);
  set_word (edit, "basis", words[3], FALSE);
  set_word (edit, "handling", words[4], TRUE);
  set_word (edit, "not-for", words[5], TRUE);
  paragraph = mash_merge_apply (edit, NULL, "", "", "");
  desk = mash_handling_gives_words (policy, paragraph, words[0], agency) ? "yes" : "no";
  rows = mash_hub_line_ask (line, &error,
                            "SELECT CASE WHEN gives_words (jsonb_strip_nulls (jsonb_build_object ("
                            "'agency', $3::text, 'basis', $4::text, 'handling',"
                            " to_jsonb (string_to_array (nullif ($5, '-'), ',')), 'not-for',"
                            " to_jsonb (string_to_array (nullif ($6, '-'), ',')))), $1,"
                            " nullif ($2, '-')) THEN 'yes' ELSE 'no' END",
                            words[0], words[1], words[2], words[3], words[4], words[5], NULL);
  g_assert_no_error (error);
  if (strcmp (desk, words[6]) != 0 || strcmp (mash_hub_rows_get_text (rows, 0, 0), words[6]) != 0)
    g_error ("“%s”: the desk says %s, the hub %s", vector, desk,
             mash_hub_rows_get_text (rows, 0, 0));
}

/* Who may have the words of a paragraph (domain 2.2, row 6; list HAND). */
static void
test_handling (void)
{
  g_autofree char *name = g_test_build_filename (G_TEST_DIST, "data", "handling-vectors.txt", NULL);
  g_autofree char *settings = cluster_dup_settings (cluster, "hub", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubLine) line = mash_hub_line_open_admin (settings, &error);
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (&error);
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_assert_no_error (error);
  mash_hub_line_run (line, "SET search_path = mash", &error);
  g_assert_no_error (error);
  g_file_get_contents (name, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] == '\0' || *lines[i] == '#')
        continue;
      compare_handling (line, policy, lines[i]);
      n++;
    }
  g_assert_cmpuint (n, >, 30);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  cluster = cluster_new ();
  cluster_make_hub (cluster, "hub", NULL);

  g_test_add_func ("/hub-judge/names", test_names);
  g_test_add_func ("/hub-judge/handling", test_handling);
  g_test_add_func ("/hub-judge/vectors", test_vectors);

  status = g_test_run ();
  cluster_free (cluster);

  return status;
}
