/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The same sort of histories as test-sync-histories draws by a seed, with encrypted databases in
 * the place of the disk in memory: what waits is taken back and set again under everything that
 * others do, through cut lines and kills. MASH_HISTORIES says how many, MASH_HISTORY which one
 * alone.
 */

#include "config.h"

#include <string.h>

#include "mash-time.h"
#include "sync-desk.h"

#define N_HISTORIES 3
#define N_STEPS 80
#define MAX_DESKS 4

/* One person's desk, and every step that the person was told is saved. */
typedef struct
{
  SyncDesk  *desk;
  GPtrArray *saved;
} Seat;

static Cluster *cluster;
static SyncHub hub;
static GRand *fate;
static guint n_seats;

static gboolean
happens (guint per_cent)
{
  return g_rand_int_range (fate, 0, 100) < (gint32) per_cent;
}

static const char *
draw (const char *const *words,
      guint              n)
{
  return words[g_rand_int_range (fate, 0, (gint32) n)];
}

/* What this desk's own rules refuse was never saved. */
static void
save (Seat      *seat,
      MashGroup *group)
{
  g_autoptr (GError) error = NULL;
  MashReceipt *receipt = NULL;

  mash_group_set_reason (group, "So it was told");
  if (mash_group_get_n_edits (group) == 0)
    return;
  if (!mash_store_submit (seat->desk->store, group, &receipt, &error))
    {
      g_assert_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED);
      return;
    }
  g_ptr_array_add (seat->saved, g_strdup (receipt->group));
  mash_receipt_free (receipt);
  mash_sync_core_wake (seat->desk->core);
}

static void
work (Seat       *seat,
      const char *contact)
{
  static const char *const words[] = { "North", "South", "East", "West" };
  static const char *const urgencies[] = { "B", "G", "A", "R" };
  static const char *const deeds[] = { "note", "note", "edit", "edit", "edit", "raise-brag",
                                       "screen", "create" };
  const char *deed = draw (deeds, G_N_ELEMENTS (deeds));
  MashStore *store = seat->desk->store;
  g_autoptr (MashGroup) group = NULL;

  if (!mash_tables_contain (store->tables, &mash_contact_kind, contact))
    return;
  group = strcmp (deed, "create") == 0
          ? store_fixture_new_contact (store, draw (words, 4), "Oakley", "2016-05-04")
          : mash_group_new (deed, contact);
  if (strcmp (deed, "note") == 0)
    {
      g_autofree char *at = mash_time_format (mash_store_get_now (store) - MASH_TIME_MINUTE);

      for (gint i = g_rand_int_range (fate, 1, 4); i > 0; i--)
        store_fixture_add (store, group, &mash_note_kind, "text", draw (words, 4),
                           "significance", "routine", "at", at, NULL);
    }
  else if (strcmp (deed, "edit") == 0)
    store_fixture_edit (store, group, &mash_contact_kind, contact,
                        happens (50) ? "ward" : "presenting-concern", draw (words, 4), NULL);
  else if (strcmp (deed, "raise-brag") == 0)
    store_fixture_edit (store, group, &mash_contact_kind, contact, "brag",
                        draw (urgencies, 4), NULL);
  else if (strcmp (deed, "screen") == 0)
    store_fixture_edit (store, group, &mash_contact_kind, contact, "assigned-to", store->own,
                        "history-searched", "Nothing found", NULL);
  save (seat, group);
}

static void
cut (SyncDesk *desk)
{
  g_autoptr (GError) error = g_error_new_literal (MASH_SYNC_ERROR, MASH_SYNC_ERROR_OFFLINE, "Cut");

  mash_sync_core_failed (desk->core, error, desk->now);
}

/* One request of the core, with whatever may befall it. */
static void
step (Seat *seat)
{
  SyncDesk *desk = seat->desk;
  const MashSyncRequest *request = mash_sync_core_get_next (desk->core, desk->now);

  desk->now += G_USEC_PER_SEC / 10;
  g_assert_no_error (mash_sync_core_get_fault (desk->core));
  if (request->deed == MASH_SYNC_REST)
    desk->now = happens (50) ? desk->now : request->until;
  else if (happens (10))
    cut (desk);
  else if (happens (10))
    {
      /* The hub hears, and the desk does not hear the answer. */
      sync_desk_carry_unheard (desk, request);
      if (happens (30))
        sync_desk_restart (desk, TRUE);
      else
        cut (desk);
    }
  else
    sync_desk_carry (desk, request);
  if (happens (2))
    sync_desk_restart (desk, happens (50));
}

static void
settle (Seat  *seats,
        guint  n)
{
  for (guint round = 0; round < 3; round++)
    {
      for (guint i = 0; i < n; i++)
        {
          do
            sync_desk_sync (seats[i].desk);
          while (!mash_sync_core_get_on_line (seats[i].desk->core));
        }
    }
}

/* Each step that was saved has come to an end, at the hub or with its author. */
static void
check_saved (Seat *seat)
{
  for (guint i = 0; i < seat->saved->len; i++)
    {
      g_autofree char *sql = g_strdup_printf (
        "SELECT (SELECT count (DISTINCT group_id) FROM change WHERE group_id = '%1$s'"
        " AND state = 'accepted') || (SELECT count (DISTINCT group_id) FROM refusal"
        " WHERE group_id = '%1$s')", (char *) g_ptr_array_index (seat->saved, i));
      g_autofree char *found = sync_desk_ask (seat->desk, sql);

      g_assert_true (strcmp (found, "10") == 0 || strcmp (found, "01") == 0);
    }
}

static void
tell (Seat *seat)
{
  g_autofree char *lost = sync_desk_ask (seat->desk, "SELECT count (*) FROM conflict");
  g_autofree char *refused = sync_desk_ask (seat->desk, "SELECT count (*) FROM refusal");

  g_test_message ("%u steps, %s changes refused; %s fields with two values", seat->saved->len,
                  refused, lost);
}

static const char contacts_sql[] =
  "SELECT group_concat (x) FROM (SELECT (id || coalesce (ward, '') || presenting_concern ||"
  " coalesce (brag, '') || state || revision) AS x FROM contact ORDER BY id)";

static void
check (Seat       *seats,
       guint       n,
       const char *database)
{
  g_autofree char *chain = cluster_ask (cluster, database,
                                        "SELECT upper (encode (head_chain, 'hex'))"
                                        " FROM mash.meta");
  g_autofree char *records = NULL;

  records = cluster_ask (cluster, database,
                         "SELECT string_agg (id || coalesce (state ->> 'ward', '') ||"
                         " (state ->> 'presenting-concern') || coalesce (state ->> 'brag', '') ||"
                         " (state ->> 'state') || revision, ',' ORDER BY id)"
                         " FROM mash.entity WHERE kind = 'contact'");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *own = sync_desk_ask (seats[i].desk, "SELECT hex (head_chain) FROM meta");
      g_autofree char *waiting = sync_desk_ask (seats[i].desk, "SELECT count (*) FROM outbox");
      g_autofree char *aside = sync_desk_ask (seats[i].desk, "SELECT why FROM aside");
      g_autofree char *held = sync_desk_ask (seats[i].desk, contacts_sql);

      g_assert_cmpstr (own, ==, chain);
      g_assert_cmpstr (waiting, ==, "0");
      g_assert_cmpstr (aside, ==, "");
      g_assert_cmpstr (held, ==, records);
      sync_desk_verify (seats[i].desk);
      check_saved (&seats[i]);
      tell (&seats[i]);
    }
}

static void
set_up (Seat        *seats,
        guint        n,
        const char  *database,
        char       **contact)
{
  static const char *const people[] = { "worker", "manager", "officer", "worker" };
  g_autoptr (MashGroup) group = NULL;

  cluster_copy_hub (cluster, "origin", database);
  for (guint i = 0; i < n; i++)
    {
      seats[i].desk = sync_desk_new (&hub, database, people[i], n_seats++);
      seats[i].saved = g_ptr_array_new_with_free_func (g_free);
      sync_desk_sync (seats[i].desk);
    }
  group = store_fixture_new_contact (seats[0].desk->store, "Tam", "Oakley", "2016-05-04");
  *contact = g_strdup (mash_group_get_contact (group));
  save (&seats[0], group);
}

static void
run_history (guint32 seed)
{
  g_autofree char *database = g_strdup_printf ("history_%u", seed);
  g_autofree char *drop = g_strdup_printf ("DROP DATABASE %s WITH (FORCE)", database);
  g_autofree char *contact = NULL;
  Seat seats[MAX_DESKS];
  guint n;

  g_test_message ("History %u", seed);
  fate = g_rand_new_with_seed (seed);
  n = (guint) g_rand_int_range (fate, 2, MAX_DESKS + 1);
  set_up (seats, n, database, &contact);
  for (guint i = 0; i < N_STEPS; i++)
    {
      Seat *seat = &seats[g_rand_int_range (fate, 0, (gint32) n)];

      if (happens (35))
        work (seat, contact);
      step (seat);
    }
  settle (seats, n);
  check (seats, n, database);

  for (guint i = 0; i < n; i++)
    {
      sync_desk_free (seats[i].desk);
      g_ptr_array_unref (seats[i].saved);
    }
  cluster_run (cluster, "postgres", drop);
  g_clear_pointer (&fate, g_rand_free);
}

static void
test_histories (void)
{
  const char *many = g_getenv ("MASH_HISTORIES");
  const char *only = g_getenv ("MASH_HISTORY");
  guint n = many != NULL ? (guint) g_ascii_strtoull (many, NULL, 10) : N_HISTORIES;

  if (only != NULL)
    {
      run_history ((guint32) g_ascii_strtoull (only, NULL, 10));
      return;
    }
  for (guint32 seed = 1; seed <= n; seed++)
    run_history (seed);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  cluster = cluster_new ();
  sync_hub_set_up (&hub, cluster, "origin");
  g_test_add_func ("/sync/disk-histories", test_histories);

  status = g_test_run ();
  sync_hub_tear_down (&hub);
  cluster_free (cluster);

  return status;
}
