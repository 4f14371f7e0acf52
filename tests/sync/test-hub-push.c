/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a hub takes, refuses and gives: order, chain, retries, fields that two desks altered, steps
 * that only one may take, and what somebody may not read.
 */

#include "config.h"

#include <string.h>

#include "hub-desk.h"
#include "mash-kinds.h"
#include "mash-sync-core.h"

#define NOW "2026-03-02T10:00:30.000Z"

typedef struct
{
  char    *database;
  char    *hub;
  char    *contact;
  HubDesk *one;
  HubDesk *other;
} Scene;

static Cluster *cluster;
static guint n_scenes;

static char *
ask (Scene      *scene,
     const char *sql)
{
  g_autofree char *settings = cluster_dup_settings (cluster, scene->database, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubLine) line = mash_hub_line_open_admin (settings, &error);
  g_autoptr (MashHubRows) rows = NULL;

  g_assert_no_error (error);
  rows = mash_hub_line_ask (line, &error, sql, NULL);
  g_assert_no_error (error);

  return g_strdup (mash_hub_rows_get_n (rows) > 0 ? mash_hub_rows_get_text (rows, 0, 0) : NULL);
}

static void
set_up (Scene        *scene,
        gconstpointer data)
{
  g_autofree char *state = g_strdup ("{\"state\": \"C20\", \"reference\": \"R7K2-M4QT-C\","
                                     " \"ward\": \"North\", \"brag\": \"A\"}");

  scene->database = g_strdup_printf ("push%u", n_scenes++);
  cluster_copy_hub (cluster, "template", scene->database);
  scene->hub = ask (scene, "SELECT hub FROM mash.meta");
  cluster_run (cluster, scene->database, "UPDATE mash.meta SET clock = '" NOW "'");
  hub_put (cluster, scene->database, "agency", "agency-csc", "{\"type\": \"CSC\"}");
  scene->contact = hub_make_id ();
  hub_put (cluster, scene->database, "contact", scene->contact, state);
  scene->one = hub_desk_new (cluster, scene->database, scene->hub, "anna", "SW", "seat-1");
  scene->other = hub_desk_new (cluster, scene->database, scene->hub, "ben", "MM", "seat-2");
}

static void
tear_down (Scene        *scene,
           gconstpointer data)
{
  hub_desk_free (scene->one);
  hub_desk_free (scene->other);
  g_free (scene->database);
  g_free (scene->hub);
  g_free (scene->contact);
}

static void
assert_answer (Scene      *scene,
               const char *sql,
               const char *expected)
{
  g_autofree char *answer = ask (scene, sql);

  g_assert_cmpstr (answer, ==, expected);
}

static MashGroup *
make_note (Scene      *scene,
           const char *text)
{
  MashGroup *group = mash_group_new ("note", scene->contact);
  g_autofree char *id = hub_make_id ();
  MashEdit *edit = mash_edit_new (&mash_note_kind, id, 0);

  mash_edit_set_text (edit, "contact", scene->contact);
  mash_edit_set_text (edit, "text", text);
  mash_edit_set_text (edit, "significance", "routine");
  mash_edit_set_text (edit, "at", "2026-03-02T09:59:00.000Z");
  mash_group_take_edit (group, edit);

  return group;
}

/* Alters one field of the contact, from what the desk knew. */
static MashGroup *
make_edit (Scene      *scene,
           const char *deed,
           const char *field,
           const char *was,
           const char *now)
{
  MashGroup *group = mash_group_new (deed, scene->contact);
  MashEdit *edit = mash_edit_new (&mash_contact_kind, scene->contact, 1);
  g_autoptr (GVariant) before = g_variant_ref_sink (g_variant_new_string (was));
  g_autoptr (GVariant) after = g_variant_ref_sink (g_variant_new_string (now));

  mash_edit_set (edit, mash_kind_find_field (&mash_contact_kind, field), before, after);
  mash_group_take_edit (group, edit);
  mash_group_set_reason (group, "So it was told");

  return group;
}

static void
say (HubDesk    *desk,
     MashGroup  *group,
     const char *outcome,
     const char *code)
{
  MashAnswer *answer = hub_desk_say (desk, group);

  g_assert_cmpstr (answer->code, ==, code);
  g_assert_cmpstr (answer->outcome, ==, outcome);
  mash_answer_free (answer);
  mash_group_unref (group);
}

static void
assert_bytes (GBytes       *bytes,
              const guint8 *expected)
{
  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected,
                   MASH_CHANGE_DIGEST_SIZE);
}

/* Positions without a gap, digests and chain as the desk reckons them. */
static void
check_page (GPtrArray *entries,
            guint64    after,
            guint8     chain[MASH_CHANGE_DIGEST_SIZE])
{
  for (guint i = 0; i < entries->len; i++)
    {
      const MashEntry *entry = g_ptr_array_index (entries, i);
      guint8 digest[MASH_CHANGE_DIGEST_SIZE];

      g_assert_cmpuint (entry->seq, ==, after + i + 1);
      if (entry->statement != NULL)
        {
          mash_change_digest (entry->statement, g_bytes_get_data (entry->signature, NULL), digest);
          assert_bytes (entry->digest, digest);
        }
      memcpy (digest, g_bytes_get_data (entry->digest, NULL), sizeof digest);
      mash_chain_next (chain, entry->seq, entry->took_at, digest, chain);
      if (i + 1 < entries->len)
        g_assert_null (entry->chain);
      else
        assert_bytes (entry->chain, chain);
    }
}

static void
test_order (Scene        *scene,
            gconstpointer data)
{
  guint8 chain[MASH_CHANGE_DIGEST_SIZE] = { 0 };
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (GBytes) mark = NULL;

  say (scene->one, make_note (scene, "One"), "accepted", "");
  say (scene->other, make_note (scene, "Two: “quoted” \\ and Zoë"), "accepted", "");
  first = hub_desk_pull (scene->one, 0, NULL);
  g_assert_cmpuint (first->len, ==, 2);
  check_page (first, 0, chain);

  mark = g_bytes_new (chain, sizeof chain);
  say (scene->one, make_note (scene, "Three"), "accepted", "");
  rest = hub_desk_pull (scene->other, 2, mark);
  g_assert_cmpuint (rest->len, ==, 1);
  check_page (rest, 2, chain);
  assert_answer (scene, "SELECT count (*) FROM mash.entity WHERE kind = 'note'", "3");
  assert_answer (scene, "SELECT state ->> 'text' FROM mash.entity WHERE last_seq = 2",
                 "Two: “quoted” \\ and Zoë");
}

/* A page ends at the end of a group. */
static void
test_pages (Scene        *scene,
            gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  const MashEntry *last;

  for (guint g = 0; g < 5; g++)
    {
      MashGroup *group = make_note (scene, "First");

      for (guint i = 0; i < 59; i++)
        {
          g_autoptr (MashGroup) more = make_note (scene, "More");

          mash_group_take_edit (group, mash_edit_copy (mash_group_get_edit (more, 0)));
        }
      say (scene->one, group, "accepted", "");
    }
  entries = mash_hub_call_pull (scene->one->line, "seat-1", 0, NULL, MASH_HUB_ANY_TURN, 200,
                                MASH_SYNC_PAGE_BYTES, NULL, NULL);
  g_assert_cmpuint (entries->len, ==, 180);
  last = g_ptr_array_index (entries, entries->len - 1);
  g_assert_true (last->group_end);
  g_assert_nonnull (last->chain);
}

static void
test_retries (Scene        *scene,
              gconstpointer data)
{
  g_autoptr (MashGroup) group = make_note (scene, "Once");
  g_autoptr (MashGroup) bad = make_edit (scene, "conjure", "ward", "North", "South");
  g_autoptr (GPtrArray) sealed = hub_desk_seal (scene->one, group, NOW);
  g_autoptr (GPtrArray) refused = hub_desk_seal (scene->one, bad, NOW);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GPtrArray) answers = NULL;
      g_autoptr (GPtrArray) others = NULL;
      const MashAnswer *answer;

      scene->one->next_seq = 1;
      answers = hub_desk_send (scene->one, sealed, &error);
      g_assert_no_error (error);
      answer = g_ptr_array_index (answers, 0);
      g_assert_cmpstr (answer->outcome, ==, "accepted");
      g_assert_cmpuint (answer->seq, ==, 1);

      others = hub_desk_send (scene->one, refused, &error);
      g_assert_no_error (error);
      answer = g_ptr_array_index (others, 0);
      g_assert_cmpstr (answer->outcome, ==, "refused");
      g_assert_cmpstr (answer->code, ==, "deed");
    }
  assert_answer (scene, "SELECT head_seq FROM mash.meta", "1");
  assert_answer (scene, "SELECT count (*) FROM mash.attempt", "1");
}

/* The same id with other words stops the seat: no fault explains that. */
static void
test_reuse (Scene        *scene,
            gconstpointer data)
{
  g_autoptr (MashGroup) group = make_note (scene, "Once");
  g_autoptr (GPtrArray) sealed = hub_desk_seal (scene->one, group, NOW);
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GPtrArray) third = NULL;
  g_autoptr (MashHello) hello = NULL;
  g_autoptr (GError) error = NULL;
  MashSigned *change = g_ptr_array_index (sealed, 0);
  const MashAnswer *answer;

  first = hub_desk_send (scene->one, sealed, &error);
  g_assert_no_error (error);
  change->signature[0] ^= 1;
  second = hub_desk_send (scene->one, sealed, &error);
  g_assert_no_error (error);
  answer = g_ptr_array_index (second, 0);
  g_assert_cmpstr (answer->outcome, ==, "frozen");

  third = hub_desk_send (scene->one, sealed, &error);
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_STOPPED);
  g_assert_null (third);
  g_clear_error (&error);
  hello = mash_hub_call_hello (scene->one->line, "seat-1", 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hello->verdict, ==, "frozen");
}

static void
test_numbers (Scene        *scene,
              gconstpointer data)
{
  g_autoptr (MashGroup) one = make_note (scene, "One");
  g_autoptr (MashGroup) two = make_note (scene, "Two");
  g_autoptr (GPtrArray) first = hub_desk_seal (scene->one, one, NOW);
  g_autoptr (GPtrArray) second = hub_desk_seal (scene->one, two, NOW);
  g_autoptr (GPtrArray) answers = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;

  scene->one->next_seq = 2;
  none = hub_desk_send (scene->one, first, &error);
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_GAP);
  g_clear_error (&error);

  scene->one->next_seq = 1;
  answers = hub_desk_send (scene->one, first, &error);
  g_assert_no_error (error);
  scene->one->next_seq = 1;
  none = hub_desk_send (scene->one, second, &error);
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_BEHIND);
  assert_answer (scene, "SELECT last_desk_seq FROM mash.seat WHERE id = 'seat-1'", "1");
}

/* What is refused is kept, and does not hold up what comes after it. */
static void
test_refusals (Scene        *scene,
               gconstpointer data)
{
  g_autoptr (MashGroup) bad = make_note (scene, "Not of this hub");
  g_autoptr (MashGroup) nobody = make_note (scene, "By nobody");
  g_autoptr (MashGroup) orphan = NULL;
  MashEdit *edit;
  g_autofree char *lost = hub_make_id ();

  g_free (scene->one->hub);
  scene->one->hub = g_strdup ("another");
  say (scene->one, g_steal_pointer (&bad), "refused", "malformed");
  g_free (scene->one->hub);
  scene->one->hub = g_strdup (scene->hub);

  g_free (scene->one->post);
  scene->one->post = g_strdup ("post-ben");
  say (scene->one, g_steal_pointer (&nobody), "refused", "post");
  g_free (scene->one->post);
  scene->one->post = g_strdup ("post-anna");

  /* A record whose beginning was refused, and one that never was. */
  orphan = make_edit (scene, "conjure", "ward", "North", "South");
  edit = mash_edit_new (&mash_person_kind, lost, 0);
  mash_edit_set_text (edit, "kind", "CHILD");
  mash_group_take_edit (orphan, edit);
  say (scene->one, g_steal_pointer (&orphan), "refused", "deed");
  orphan = mash_group_new ("edit", scene->contact);
  edit = mash_edit_new (&mash_person_kind, lost, 1);
  mash_edit_set_text (edit, "legal-surname", "Marsh");
  mash_group_take_edit (orphan, edit);
  say (scene->one, mash_group_ref (orphan), "refused", "depends");
  say (scene->other, mash_group_ref (orphan), "refused", "missing");

  say (scene->one, make_note (scene, "Goes on"), "accepted", "");
  assert_answer (scene, "SELECT count (*) FROM mash.attempt", "6");
  assert_answer (scene, "SELECT head_seq FROM mash.meta", "1");
}

/* Other fields merge; of the same field the hub's value stays and the other is kept beside it. */
static void
test_fields (Scene        *scene,
             gconstpointer data)
{
  MashAnswer *answer;
  g_autoptr (MashGroup) late = NULL;

  say (scene->one, make_edit (scene, "edit", "ward", "North", "South"), "accepted", "");
  late = make_edit (scene, "edit", "ward", "North", "East");
  answer = hub_desk_say (scene->other, late);
  g_assert_cmpstr (answer->code, ==, "");
  g_assert_cmpstr (answer->outcome, ==, "accepted");
  g_assert_cmpstr (answer->lost[0], ==, "ward");
  g_assert_null (answer->lost[1]);
  mash_answer_free (answer);
  say (scene->other, make_edit (scene, "edit", "ward", "North", "South"), "accepted", "");

  assert_answer (scene, "SELECT state ->> 'ward' FROM mash.entity WHERE kind = 'contact'", "South");
  assert_answer (scene, "SELECT string_agg (value #>> '{}', ',') FROM mash.alternative"
                 " WHERE settled_seq IS NULL", "East");
}

/* Of two who take the same step one does, and the other is told who did and when. */
static void
test_steps (Scene        *scene,
            gconstpointer data)
{
  MashAnswer *answer;
  g_autoptr (MashGroup) late = NULL;

  say (scene->one, make_edit (scene, "raise-brag", "brag", "A", "R"), "accepted", "");
  /* Whoever raises less meanwhile is taken too, and the higher stands. */
  cluster_run (cluster, scene->database, "UPDATE mash.entity SET state = state ||"
               " '{\"brag\": \"R\"}' WHERE kind = 'contact'");
  late = make_edit (scene, "triage", "state", "C10", "C30");
  answer = hub_desk_say (scene->other, late);
  g_assert_cmpstr (answer->outcome, ==, "refused");
  g_assert_cmpstr (answer->code, ==, "decided");
  mash_answer_free (answer);
}

/* What is in a compartment that somebody is not in comes as a stub, and the chain holds. */
static void
test_compartments (Scene        *scene,
                   gconstpointer data)
{
  guint8 chain[MASH_CHANGE_DIGEST_SIZE] = { 0 };
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubRows) rows = NULL;

  say (scene->one, make_note (scene, "Before"), "accepted", "");
  cluster_run (cluster, scene->database, "UPDATE mash.member SET until = 'now'"
               " WHERE person = 'ben'");
  entries = hub_desk_pull (scene->other, 0, NULL);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_null (((MashEntry *) g_ptr_array_index (entries, 0))->statement);
  check_page (entries, 0, chain);
  rows = mash_hub_line_ask (scene->other->line, &error,
                            "SELECT FROM api1.snapshot ('seat-2', 'note', '', 10)", NULL);
  g_assert_no_error (error);
  g_assert_cmpuint (mash_hub_rows_get_n (rows), ==, 0);
  say (scene->other, make_note (scene, "After"), "refused", "forbidden");
}

static void
test_divergence (Scene        *scene,
                 gconstpointer data)
{
  guint8 other[MASH_CHANGE_DIGEST_SIZE] = { 9 };
  g_autoptr (GBytes) chain = g_bytes_new (other, sizeof other);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (MashHello) diverged = NULL;
  g_autoptr (MashHello) ahead = NULL;
  g_autoptr (MashHello) ok = NULL;
  g_autoptr (GError) error = NULL;

  say (scene->one, make_note (scene, "One"), "accepted", "");
  entries = mash_hub_call_pull (scene->one->line, "seat-1", 1, chain, MASH_HUB_ANY_TURN, 200,
                                MASH_SYNC_PAGE_BYTES, NULL, &error);
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_DIVERGED);
  g_assert_null (entries);
  g_clear_error (&error);

  diverged = mash_hub_call_hello (scene->one->line, "seat-1", 1, chain, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (diverged->verdict, ==, "diverged");
  ahead = mash_hub_call_hello (scene->one->line, "seat-1", 2, chain, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ahead->verdict, ==, "ahead");
  ok = mash_hub_call_hello (scene->one->line, "seat-1", 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ok->verdict, ==, "ok");
  g_assert_cmpuint (ok->head, ==, 1);
  g_assert_cmpuint (ok->last_desk_seq, ==, 1);
  g_assert_cmpstr (ok->server_time, ==, NOW);
}

/* Bodies are read as the desk reads them; the vectors are the desk's. */
static void
test_bodies (Scene        *scene,
             gconstpointer data)
{
  g_autofree char *name = g_test_build_filename (G_TEST_DIST, "data", "body-vectors.txt", NULL);
  g_autofree char *settings = cluster_dup_settings (cluster, scene->database, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubLine) line = mash_hub_line_open_admin (settings, &error);
  guint n = 0;

  g_assert_no_error (error);
  g_file_get_contents (name, &text, NULL, &error);
  g_assert_no_error (error);
  mash_hub_line_run (line, "SET search_path = mash", &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], "\t", -1);
      g_autoptr (MashHubRows) rows = NULL;
      g_autoptr (GString) hex = NULL;

      if (*lines[i] == '#' || *lines[i] == '\0')
        continue;
      hex = g_string_new ("\\x");
      for (const char *at = parts[1]; *at != '\0'; at++)
        {
          if (*at == '%')
            g_string_append_len (hex, at + 1, 2);
          else
            g_string_append_printf (hex, "%02x", (guchar) *at);
          at += *at == '%' ? 2 : 0;
        }
      rows = mash_hub_line_ask (line, &error, "SELECT read_body ($1::bytea) IS NOT NULL", hex->str,
                                NULL);
      g_assert_no_error (error);
      if ((strcmp (mash_hub_rows_get_text (rows, 0, 0), "t") == 0) !=
          (strcmp (parts[0], "ok") == 0))
        g_error ("Line %u: %s", i + 1, lines[i]);
      n++;
    }
  g_assert_cmpuint (n, >, 50);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    void      (*test) (Scene *scene, gconstpointer data);
  } tests[] = {
    { "order", test_order },
    { "pages", test_pages },
    { "retries", test_retries },
    { "reuse", test_reuse },
    { "numbers", test_numbers },
    { "refusals", test_refusals },
    { "fields", test_fields },
    { "steps", test_steps },
    { "compartments", test_compartments },
    { "divergence", test_divergence },
    { "bodies", test_bodies },
  };
  int status;

  g_test_init (&argc, &argv, NULL);
  cluster = cluster_new ();
  cluster_make_hub (cluster, "template", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/hub-push/", tests[i].name, NULL);

      g_test_add (path, Scene, NULL, set_up, tests[i].test, tear_down);
    }

  status = g_test_run ();
  cluster_free (cluster);

  return status;
}
