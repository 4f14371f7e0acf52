/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a hub keeps beside the feed: who looked at what, in a chain of its own for each seat, and
 * work that waits unapplied for a manager.
 */

#include "config.h"

#include <string.h>

#include "hub-desk.h"
#include "mash-hub-kept.h"
#include "mash-kinds.h"

static Cluster *cluster;
static char *hub;
static HubDesk *anna; /* a social worker */
static HubDesk *ivor; /* information governance */
static HubDesk *mira; /* a manager */

static char *
ask (const char *sql)
{
  g_autofree char *settings = cluster_dup_settings (cluster, "kept", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubLine) line = mash_hub_line_open_admin (settings, &error);
  g_autoptr (MashHubRows) rows = NULL;

  g_assert_no_error (error);
  rows = mash_hub_line_ask (line, &error, sql, NULL);
  g_assert_no_error (error);

  return g_strdup (mash_hub_rows_get_n (rows) > 0 ? mash_hub_rows_get_text (rows, 0, 0) : NULL);
}

static void
assert_answer (const char *sql,
               const char *expected)
{
  g_autofree char *answer = ask (sql);

  g_assert_cmpstr (answer, ==, expected);
}

/* Something that somebody says about a record: the form of a look is that of a change. */
static void
say (HubDesk    *desk,
     const char *record,
     GPtrArray  *list)
{
  g_autoptr (MashGroup) group = mash_group_new ("note", record);
  g_autoptr (GPtrArray) sealed = NULL;
  MashEdit *edit = mash_edit_new (&mash_note_kind, record, 0);

  mash_edit_set_text (edit, "text", "Somebody looked");
  mash_group_take_edit (group, edit);
  sealed = hub_desk_seal (desk, group, "2026-03-02T10:00:00.000Z");
  g_ptr_array_add (list, g_ptr_array_steal_index (sealed, 0));
}

static GPtrArray *
make_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mash_signed_free);
}

static char *
dup_chain (GPtrArray *looks)
{
  guint8 chain[MASH_CHANGE_DIGEST_SIZE] = { 0 };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < looks->len; i++)
    {
      const MashSigned *look = g_ptr_array_index (looks, i);
      guint8 digest[MASH_CHANGE_DIGEST_SIZE];

      mash_change_digest (look->statement, look->signature, digest);
      mash_chain_next (chain, i + 1, "2026-03-02T10:00:00.000Z", digest, chain);
    }
  for (guint i = 0; i < sizeof chain; i++)
    g_string_append_printf (text, "%02x", chain[i]);

  return g_string_free (text, FALSE);
}

/* Looks are numbered without a gap, and none takes the place of another. */
static void
test_looks (void)
{
  g_autofree char *record = hub_make_id ();
  g_autoptr (GPtrArray) looks = make_list ();
  g_autoptr (GPtrArray) others = make_list ();
  g_autofree char *chain = NULL;
  g_autoptr (GError) error = NULL;
  guint64 last = 0;

  say (anna, record, looks);
  say (anna, record, looks);
  for (guint again = 0; again < 2; again++)
    {
      mash_hub_call_view (anna->line, anna->seat, 1, looks, &last, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (last, ==, 2);
    }
  chain = dup_chain (looks);
  assert_answer ("SELECT encode (chain, 'hex') FROM mash.access WHERE seat = 'seat-anna'"
                 " ORDER BY position DESC LIMIT 1", chain);

  say (anna, record, others);
  g_assert_false (mash_hub_call_view (anna->line, anna->seat, 2, others, &last, &error));
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_BEHIND);
  g_clear_error (&error);
  g_assert_false (mash_hub_call_view (anna->line, anna->seat, 4, others, &last, &error));
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_GAP);
  g_clear_error (&error);
  mash_hub_call_view (anna->line, anna->seat, 3, others, &last, &error);
  g_assert_no_error (error);
  /* Nobody looks in somebody else’s name. */
  g_assert_false (mash_hub_call_view (ivor->line, ivor->seat, 1, others, &last, &error));
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_MALFORMED);
  assert_answer ("SELECT count (*) FROM mash.access", "3");
  assert_answer ("SELECT count (*) FROM mash.head", "0");
}

static void
assert_looks (HubDesk    *desk,
              const char *record,
              int         n)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM api1.looks ('%s', '%s', NULL,"
                                          " NULL, NULL, NULL)", desk->seat, record);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubRows) rows = mash_hub_line_ask (desk->line, &error, sql, NULL);

  if (n < 0)
    {
      g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REVOKED);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpint ((int) mash_hub_rows_get_n (rows), ==, n);
}

static void
test_who_may_see (void)
{
  g_autofree char *record = ask ("SELECT record FROM mash.access LIMIT 1");

  assert_looks (ivor, record, 3);
  assert_looks (ivor, "nothing", 0);
  assert_looks (anna, record, -1);
}

/* A manager reads who looked at what is theirs to manage, but not that they looked themselves, and
 * not at what is closed to them. */
static void
test_not_own (void)
{
  g_autofree char *record = ask ("SELECT record FROM mash.access LIMIT 1");
  g_autofree char *shut = g_strdup_printf (
    "INSERT INTO mash.closed_id (person, id) VALUES ('mira', '%s')", record);
  g_autoptr (GPtrArray) looks = make_list ();
  g_autoptr (GPtrArray) given = NULL;
  g_autofree char *next = NULL;
  g_autoptr (GError) error = NULL;
  guint64 last = 0;

  assert_looks (mira, record, 3);
  say (mira, record, looks);
  mash_hub_call_view (mira->line, mira->seat, 1, looks, &last, &error);
  g_assert_no_error (error);
  assert_looks (mira, record, 3);
  assert_looks (ivor, record, 4);
  given = mash_hub_call_looks (mira->line, mira->seat, record, NULL, 10, &next, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < given->len; i++)
    g_assert_cmpstr (((MashChange *) given->pdata[i])->person, ==, "anna");

  cluster_run (cluster, "kept", shut);
  assert_looks (mira, record, 0);
  cluster_run (cluster, "kept", "DELETE FROM mash.closed_id WHERE person = 'mira'");
}

/* A page after the other, and nobody twice, though a desk that was put back gives a look again. */
static void
test_pages (void)
{
  g_autofree char *record = hub_make_id ();
  g_autoptr (GPtrArray) looks = make_list ();
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autofree char *next = NULL;
  g_autofree char *end = NULL;
  g_autofree char *older = NULL;
  g_autoptr (GError) error = NULL;
  guint64 last = 0;

  for (guint i = 0; i < 5; i++)
    say (ivor, record, looks);
  mash_hub_call_view (ivor->line, ivor->seat, 1, looks, &last, &error);
  g_assert_no_error (error);
  cluster_run (cluster, "kept", "INSERT INTO mash.seat (id, person, desk)"
               " SELECT 'seat-newer', person, desk FROM mash.seat WHERE id = 'seat-ivor'");
  mash_hub_call_view (ivor->line, "seat-newer", 1, looks, &last, &error);
  g_assert_no_error (error);
  older = g_strdup_printf ("SELECT count (*) FROM mash.access WHERE record = '%s'", record);
  assert_answer (older, "10");

  first = mash_hub_call_looks (ivor->line, ivor->seat, record, NULL, 3, &next, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (first->len, ==, 3);
  g_assert_nonnull (next);
  second = mash_hub_call_looks (ivor->line, ivor->seat, record, next, 3, &end, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (second->len, ==, 2);
  g_assert_null (end);
  for (guint i = 0; i < 5; i++)
    {
      const MashSigned *said = g_ptr_array_index (looks, 4 - i);
      const MashChange *look = g_ptr_array_index (i < 3 ? first : second, i % 3);
      g_autoptr (GBytes) statement = mash_change_to_statement (look);

      g_assert_true (g_bytes_equal (statement, said->statement));
    }
}

/* What is put aside is not applied, is not lost, and is there once. */
static void
test_quarantine (void)
{
  g_autofree char *record = hub_make_id ();
  g_autoptr (GPtrArray) own = make_list ();
  g_autoptr (GPtrArray) more = make_list ();
  g_autoptr (GError) error = NULL;
  guint64 n = 0;

  say (anna, record, own);
  cluster_run (cluster, "kept", "UPDATE mash.entity SET state = state || '{\"suspended\": true}'"
               " WHERE id = 'anna'");
  mash_hub_call_quarantine (anna->line, anna->seat, own, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  mash_hub_call_quarantine (anna->line, anna->seat, own, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 0);
  assert_answer ("SELECT concat_ws (' ', reason, person, by) FROM mash.quarantine",
                 "revoked anna anna");
  /* Who may not come in any more brings nobody else’s. */
  say (ivor, record, more);
  g_assert_false (mash_hub_call_quarantine (anna->line, anna->seat, more, &n, &error));
  g_clear_error (&error);
  g_assert_false (mash_hub_call_reoffer (anna->line, anna->seat, own, &n, &error));
  g_assert_error (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REVOKED);
  g_clear_error (&error);
  cluster_run (cluster, "kept", "UPDATE mash.entity SET state = state - 'suspended'"
               " WHERE id = 'anna'");

  say (anna, record, more);
  mash_hub_call_reoffer (ivor->line, ivor->seat, more, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 2);
  assert_answer ("SELECT string_agg (reason || ' ' || person || ' ' || by, ', ' ORDER BY person,"
                 " reason) FROM mash.quarantine",
                 "reoffered anna ivor, revoked anna anna, reoffered ivor ivor");
  assert_answer ("SELECT count (*) FROM mash.entity WHERE kind = 'note'", "0");
}

/* Whoever is first to hand in something under the id of a change does not keep the true one out. */
static void
test_squatting (void)
{
  g_autofree char *record = hub_make_id ();
  g_autoptr (GPtrArray) looks = make_list ();
  g_autoptr (GError) error = NULL;
  MashSigned *look;
  guint64 n = 0;

  say (anna, record, looks);
  look = g_ptr_array_index (looks, 0);
  look->signature[0] ^= 1;
  mash_hub_call_reoffer (ivor->line, ivor->seat, looks, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  look->signature[0] ^= 1;
  for (guint again = 0; again < 2; again++)
    {
      mash_hub_call_quarantine (anna->line, anna->seat, looks, &n, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (n, ==, 1 - again);
    }
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  cluster = cluster_new ();
  cluster_make_hub (cluster, "kept", &hub);
  hub_put (cluster, "kept", "agency", "agency-csc", "{\"type\": \"CSC\"}");
  anna = hub_desk_new (cluster, "kept", hub, "anna", "SW", "seat-anna");
  ivor = hub_desk_new (cluster, "kept", hub, "ivor", "IG", "seat-ivor");
  mira = hub_desk_new (cluster, "kept", hub, "mira", "MM", "seat-mira");
  g_test_add_func ("/hub-kept/looks", test_looks);
  g_test_add_func ("/hub-kept/who-may-see", test_who_may_see);
  g_test_add_func ("/hub-kept/not-own", test_not_own);
  g_test_add_func ("/hub-kept/pages", test_pages);
  g_test_add_func ("/hub-kept/quarantine", test_quarantine);
  g_test_add_func ("/hub-kept/squatting", test_squatting);
  status = g_test_run ();
  hub_desk_free (anna);
  hub_desk_free (ivor);
  hub_desk_free (mira);
  g_free (hub);
  cluster_free (cluster);

  return status;
}
