/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What waits in a hub's quarantine, and how a manager settles it: who sees it and who does not,
 * what becomes of what is taken over, and that what is refused stays where it can be shown. */

#include "config.h"

#include <string.h>

#include "hub-desk.h"
#include "mash-hub-kept.h"
#include "mash-kinds.h"

#define NOW "2026-03-02T10:00:00.000Z"
#define EARLIER "2026-03-02T08:00:00.000Z"

static Cluster *cluster;
static char *hub;
static HubDesk *anna; /* a social worker, who is suspended */
static HubDesk *sam;  /* another */
static HubDesk *meg;  /* a manager */
static HubDesk *max;  /* another */
static HubDesk *ivor; /* information governance */
static char *about;   /* the contact of which the manager speaks, or NULL */

static void
run (const char *sql)
{
  cluster_run (cluster, "settle", sql);
}

static char *
ask (const char *sql)
{
  g_autofree char *settings = cluster_dup_settings (cluster, "settle", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubLine) line = mash_hub_line_open_admin (settings, &error);
  g_autoptr (MashHubRows) rows = NULL;

  g_assert_no_error (error);
  rows = mash_hub_line_ask (line, &error, sql, NULL);
  g_assert_no_error (error);

  return g_strdup (mash_hub_rows_get_n (rows) > 0 ? mash_hub_rows_get_text (rows, 0, 0) : "");
}

static void
assert_answer (const char *sql,
               const char *expected)
{
  g_autofree char *answer = ask (sql);

  g_assert_cmpstr (answer, ==, expected);
}

static char *
put_contact (const char *state)
{
  char *id = hub_make_id ();
  g_autofree char *words = g_strdup_printf ("{\"state\": \"%s\", \"reference\": \"WAL-1\"}", state);

  hub_put (cluster, "settle", "contact", id, words);

  return id;
}

/* A note that somebody wrote while they were away from the hub. */
static GPtrArray *
write_note (HubDesk    *desk,
            const char *contact,
            const char *text)
{
  g_autoptr (MashGroup) group = mash_group_new ("note", contact);
  g_autofree char *id = hub_make_id ();
  MashEdit *edit = mash_edit_new (&mash_note_kind, id, 0);

  mash_edit_set_text (edit, "contact", contact);
  mash_edit_set_text (edit, "text", text);
  mash_edit_set_text (edit, "significance", "routine");
  mash_edit_set_text (edit, "at", EARLIER);
  mash_group_take_edit (group, edit);

  return hub_desk_seal (desk, group, EARLIER);
}

static void
suspend (gboolean suspended)
{
  run (suspended ? "UPDATE mash.entity SET state = state || '{\"suspended\": true}'"
                   " WHERE id = 'anna'"
                 : "UPDATE mash.entity SET state = state - 'suspended' WHERE id = 'anna'");
}

/* Anna is suspended, and her desk hands in what she had not sent. */
static GPtrArray *
hand_in (const char *contact,
         const char *text)
{
  GPtrArray *note = write_note (anna, contact, text);
  g_autoptr (GError) error = NULL;
  guint64 n;

  suspend (TRUE);
  mash_hub_call_quarantine (anna->line, anna->seat, note, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);

  return note;
}

static GPtrArray *
list_waiting (HubDesk *desk)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *list = mash_hub_call_waiting (desk->line, desk->seat, &error);

  g_assert_no_error (error);

  return list;
}

static void
assert_waiting (HubDesk *desk,
                guint    n)
{
  g_autoptr (GPtrArray) list = list_waiting (desk);

  g_assert_cmpuint (list->len, ==, n);
}

/* What the administrator is told of it: how much, and nothing else. */
static guint64
count_for_status (void)
{
  g_autofree char *settings = cluster_dup_settings (cluster, "settle", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubLine) line = mash_hub_line_open_admin (settings, &error);
  g_autoptr (MashHubStatus) status = NULL;

  g_assert_no_error (error);
  status = mash_hub_read_status (line, &error);
  g_assert_no_error (error);

  return status->waiting;
}

static char *
dup_digests (GPtrArray *changes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const MashSigned *each = g_ptr_array_index (changes, i);
      guint8 digest[MASH_CHANGE_DIGEST_SIZE];

      mash_change_digest (each->statement, each->signature, digest);
      if (i > 0)
        g_string_append_c (text, ' ');
      for (guint k = 0; k < sizeof digest; k++)
        g_string_append_printf (text, "%02x", digest[k]);
    }

  return g_string_free (text, FALSE);
}

/* What somebody says of a step; the answer's code, and for a fault inside the hub its state. */
static char *
settle (HubDesk    *desk,
        GPtrArray  *step,
        const char *digests,
        const char *author,
        gboolean    taken)
{
  const MashSigned *first = g_ptr_array_index (step, 0);
  g_autoptr (MashChange) change = mash_change_from_statement (first->statement, NULL);
  g_autoptr (MashGroup) group = mash_group_new (taken ? "take-over" : "refuse-unsent", about);
  g_autofree char *id = hub_make_id ();
  g_autofree char *own = dup_digests (step);
  g_autoptr (MashAnswer) answer = NULL;
  MashEdit *edit = mash_edit_new (&mash_settlement_kind, id, 0);

  if (about != NULL)
    mash_edit_set_text (edit, "contact", about);
  mash_edit_set_text (edit, "author", author);
  mash_edit_set_text (edit, "step", change->group);
  mash_edit_set_text (edit, "digests", digests != NULL ? digests : own);
  mash_edit_set_flag (edit, "taken", taken);
  mash_edit_set_text (edit, "reason", "She wrote it down on her last day");
  mash_group_take_edit (group, edit);
  answer = hub_desk_say (desk, group);
  if (strcmp (answer->outcome, "accepted") == 0)
    return g_strdup ("");

  return strcmp (answer->code, "internal") == 0 ? g_strdup (answer->says) : g_strdup (answer->code);
}

static void
assert_settled (HubDesk    *desk,
                GPtrArray  *step,
                gboolean    taken,
                const char *code)
{
  g_autofree char *found = settle (desk, step, NULL, "anna", taken);

  g_assert_cmpstr (found, ==, code);
}

/* Who may settle sees it, with all that was written; nobody else does, and nobody their own. */
static void
test_who_sees (void)
{
  g_autofree char *contact = put_contact ("C20");
  g_autoptr (GPtrArray) note = hand_in (contact, "Seen at the school gate");
  g_autoptr (GPtrArray) list = list_waiting (meg);
  const MashWaiting *waiting = g_ptr_array_index (list, 0);
  const MashSigned *said = g_ptr_array_index (note, 0);
  HubDesk *const others[] = { sam, ivor, anna };

  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (waiting->person, ==, "anna");
  g_assert_cmpstr (waiting->reason, ==, "revoked");
  g_assert_cmpstr (waiting->handed_by, ==, "anna");
  g_assert_cmpstr (waiting->desk, ==, "The desk by the window");
  g_assert_true (g_bytes_equal (waiting->change->statement, said->statement));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (mash_hub_call_waiting (others[i]->line, others[i]->seat, &error));
      g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REVOKED);
    }

  /* What is closed to a manager is not there for them. */
  run ("UPDATE mash.member SET until = '2026' WHERE person = 'max'");
  assert_waiting (max, 0);
  assert_settled (max, note, TRUE, "forbidden");
  run ("INSERT INTO mash.member (person, compartment, since) VALUES ('max', 'another', '')");
  assert_waiting (max, 0);
  run ("UPDATE mash.member SET until = NULL WHERE person = 'max'");
  assert_waiting (max, 1);

  /* A hostile desk may say what it likes. */
  assert_settled (sam, note, TRUE, "right");
  assert_settled (ivor, note, FALSE, "right");
  assert_answer ("SELECT count (*) FROM mash.entity WHERE kind = 'note'", "0");
  assert_settled (meg, note, FALSE, "");
}

/* What is taken over is closed to whom its contact is closed, and reaches whom that reaches. */
static void
test_reaches (void)
{
  g_autofree char *contact = put_contact ("C20");
  g_autofree char *seals = g_strdup_printf (
    "SET search_path = mash; UPDATE entity SET state = state || '{\"assigned-to\": \"nora\"}'"
    " WHERE id = '%s'; SELECT reach_again ('%s', 1, '');"
    " INSERT INTO closed_id (person, id) VALUES ('sam', '%s')", contact, contact, contact);
  g_autofree char *words = g_strdup_printf ("{\"excluded\": \"sam\", \"state\": \"SEALED\","
                                            " \"contact\": \"%s\"}", contact);
  HubDesk *nora = hub_desk_new (cluster, "settle", anna->hub, "nora", "HL", "seat-nora");
  g_autoptr (GPtrArray) note = hand_in (contact, "Seen at the ford");

  hub_put (cluster, "settle", "seal", "seal-sam", words);
  run (seals);
  assert_settled (meg, note, TRUE, "");
  assert_answer ("SELECT count (*) FROM mash.open_id o JOIN mash.entity e ON e.id = o.id WHERE"
                 " o.person = 'nora' AND e.kind = 'note'", "1");
  assert_answer ("SELECT count (*) FROM mash.closed x JOIN mash.change c ON c.seq = x.seq WHERE"
                 " x.person = 'sam' AND c.kind = 'note'", "1");
  hub_desk_free (nora);
}

/* It enters the history as its author wrote it, behind the word of who let it in. */
static void
test_taken_over (void)
{
  g_autofree char *contact = put_contact ("C20");
  g_autoptr (GPtrArray) note = hand_in (contact, "He had no coat");
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  const MashSigned *said = g_ptr_array_index (note, 0);
  const MashEntry *last, *word;
  guint64 n;

  about = contact;
  assert_settled (meg, note, TRUE, "");
  about = NULL;
  entries = hub_desk_pull (meg, 0, NULL);
  last = g_ptr_array_index (entries, entries->len - 1);
  word = g_ptr_array_index (entries, entries->len - 2);
  g_assert_true (g_bytes_equal (last->statement, said->statement));
  g_assert_cmpmem (g_bytes_get_data (last->signature, NULL), 64, said->signature, 64);
  assert_answer ("SELECT string_agg (person || ' ' || kind, ', ' ORDER BY seq) FROM"
                 " (SELECT * FROM mash.change ORDER BY seq DESC LIMIT 2) AS c",
                 "meg settlement, anna note");
  g_assert_cmpuint (word->seq + 1, ==, last->seq);
  assert_answer ("SELECT created_by || ' ' || (state ->> 'text') FROM mash.entity"
                 " WHERE kind = 'note'", "anna He had no coat");
  assert_answer ("SELECT count (*) FROM mash.quarantine q JOIN mash.change c ON c.seq ="
                 " q.settled_seq WHERE c.person = 'meg' AND c.kind = 'settlement' AND"
                 " q.settled_seq = (SELECT max (seq) - 1 FROM mash.head)", "1");
  assert_waiting (max, 0);
  assert_settled (max, note, TRUE, "MH011");
  assert_settled (max, note, FALSE, "MH011");

  /* Her desk hears of it as if it had sent it. */
  suspend (FALSE);
  mash_hub_call_quarantine (anna->line, anna->seat, note, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 0);
  answers = hub_desk_send (anna, note, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((MashAnswer *) g_ptr_array_index (answers, 0))->outcome, ==, "accepted");
  assert_answer ("SELECT count (*) FROM mash.entity WHERE kind = 'note'", "1");
}

/* What is refused can be shown for ever, and its author is told by whom. */
static void
test_refused (void)
{
  g_autofree char *contact = put_contact ("C20");
  g_autoptr (GPtrArray) note = hand_in (contact, "Hearsay");
  g_autofree char *digests = dup_digests (note);
  g_autofree char *kept = g_strdup_printf (
    "SELECT count (*) FROM mash.quarantine q JOIN mash.entity e ON e.last_seq = q.settled_seq"
    " WHERE encode (sha256 (q.statement || q.signature), 'hex') = '%s' AND"
    " e.state ->> 'digests' = '%s' AND e.created_by = 'meg'", digests, digests);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  const MashAnswer *answer;

  assert_settled (meg, note, FALSE, "");
  assert_answer (kept, "1");
  run ("DO $$ BEGIN DELETE FROM mash.quarantine; RAISE EXCEPTION 'deleted';"
       " EXCEPTION WHEN SQLSTATE 'MH010' THEN NULL; END $$");
  run ("DO $$ BEGIN UPDATE mash.quarantine SET person = 'sam'; RAISE EXCEPTION 'altered';"
       " EXCEPTION WHEN SQLSTATE 'MH010' THEN NULL; END $$");
  run ("DO $$ BEGIN UPDATE mash.quarantine SET settled_seq = NULL; RAISE EXCEPTION 'altered';"
       " EXCEPTION WHEN SQLSTATE 'MH010' THEN NULL; END $$");
  run ("DO $$ BEGIN TRUNCATE mash.quarantine; RAISE EXCEPTION 'emptied';"
       " EXCEPTION WHEN SQLSTATE 'MH010' THEN NULL; END $$");
  assert_settled (max, note, TRUE, "MH011");

  suspend (FALSE);
  answers = hub_desk_send (anna, note, &error);
  g_assert_no_error (error);
  answer = g_ptr_array_index (answers, 0);
  g_assert_cmpstr (answer->outcome, ==, "refused");
  g_assert_cmpstr (answer->code, ==, "settled");
  g_assert_true (g_str_has_prefix (answer->says, "meg "));
}

/* What does not fit in any more waits on, and nothing of it or of the word for it was taken. */
static void
test_does_not_fit (void)
{
  g_autofree char *nowhere = hub_make_id ();
  g_autoptr (GPtrArray) note = NULL;
  g_autofree char *head = ask ("SELECT max (seq) FROM mash.head");
  g_autofree char *same = NULL;

  note = hand_in (nowhere, "About nobody whom the hub knows");
  assert_settled (meg, note, TRUE, "MH012");
  same = ask ("SELECT max (seq) FROM mash.head");
  g_assert_cmpstr (same, ==, head);
  assert_waiting (max, 1);
  g_assert_cmpuint (count_for_status (), ==, 1);
  assert_settled (meg, note, FALSE, "");
  assert_waiting (max, 0);
  g_assert_cmpuint (count_for_status (), ==, 0);
}

/* Other words than those that were looked at, another’s name, somebody’s own, half a step. */
static void
test_other_words (void)
{
  g_autofree char *contact = put_contact ("C20");
  g_autoptr (GPtrArray) note = hand_in (contact, "The third time this week");
  g_autoptr (GPtrArray) own = write_note (meg, contact, "Her own");
  g_autofree char *digests = dup_digests (note);
  g_autofree char *twice = g_strdup_printf ("%s %s", digests, digests);
  g_autofree char *others = dup_digests (own);
  const char *const named[] = { twice, others, "00", "" };
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  guint64 n;

  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    {
      g_autofree char *found = settle (meg, note, named[i], "anna", TRUE);

      g_assert_true (strcmp (found, "MH011") == 0 || g_str_has_prefix (found, "field") ||
                     g_str_has_prefix (found, "need"));
    }
  code = settle (meg, note, NULL, "sam", TRUE);
  g_assert_cmpstr (code, ==, "MH011");

  /* A manager settles nothing that they wrote themselves. */
  mash_hub_call_reoffer (meg->line, meg->seat, own, &n, &error);
  g_assert_no_error (error);
  assert_waiting (meg, 1);
  assert_waiting (max, 2);
  g_clear_pointer (&code, g_free);
  code = settle (meg, own, NULL, "meg", TRUE);
  g_assert_cmpstr (code, ==, "guard");
  g_clear_pointer (&code, g_free);
  code = settle (meg, own, NULL, "anna", TRUE);
  g_assert_cmpstr (code, ==, "MH011");

  /* What anybody could have handed in under a name is refused without an answer to its bearer. */
  g_clear_pointer (&code, g_free);
  code = settle (max, own, NULL, "meg", FALSE);
  g_assert_cmpstr (code, ==, "");
  assert_answer ("SELECT count (*) FROM mash.verdict WHERE seat = 'quarantine' AND code = 'settled'"
                 " AND id IN (SELECT id FROM mash.attempt WHERE person = 'meg')", "0");
  assert_settled (meg, note, FALSE, "");
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  cluster = cluster_new ();
  cluster_make_hub (cluster, "settle", &hub);
  run ("UPDATE mash.meta SET clock = '2026-03-02 10:00:10Z', training = true");
  hub_put (cluster, "settle", "agency", "agency-csc", "{\"type\": \"CSC\"}");
  anna = hub_desk_new (cluster, "settle", hub, "anna", "SW", "seat-anna");
  sam = hub_desk_new (cluster, "settle", hub, "sam", "SW", "seat-sam");
  meg = hub_desk_new (cluster, "settle", hub, "meg", "MM", "seat-meg");
  max = hub_desk_new (cluster, "settle", hub, "max", "MM", "seat-max");
  ivor = hub_desk_new (cluster, "settle", hub, "ivor", "IG", "seat-ivor");
  run ("UPDATE mash.desk SET name = 'The desk by the window' WHERE id = 'desk-seat-anna'");
  g_test_add_func ("/hub-settle/who-sees", test_who_sees);
  g_test_add_func ("/hub-settle/taken-over", test_taken_over);
  g_test_add_func ("/hub-settle/refused", test_refused);
  g_test_add_func ("/hub-settle/does-not-fit", test_does_not_fit);
  g_test_add_func ("/hub-settle/other-words", test_other_words);
  g_test_add_func ("/hub-settle/reaches", test_reaches);
  status = g_test_run ();
  hub_desk_free (anna);
  hub_desk_free (sam);
  hub_desk_free (meg);
  hub_desk_free (max);
  hub_desk_free (ivor);
  g_free (hub);
  cluster_free (cluster);

  return status;
}
