/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two who write at once, and one who reads meanwhile: what is delivered is what was committed. The
 * same moments are played against two feeds that are wrong on purpose, as they are usually built: a
 * cursor on a sequence, and one that leaves out what is younger than the oldest that goes on. Both
 * lose an entry in silence, and are caught. */

#include "config.h"

#include "hub-desk.h"
#include "mash-kinds.h"

#define NOW "2026-03-02T10:00:00.000Z"
#define N_WRITERS 3
#define N_GROUPS 12

static Cluster *cluster;
static char *hub;
static char *contact;

static MashHubLine *
open_line (const char *role)
{
  g_autofree char *settings = cluster_dup_settings (cluster, "once", role);
  g_autoptr (GError) error = NULL;
  MashHubLine *line = mash_hub_line_open_admin (settings, &error);

  g_assert_no_error (error);

  return line;
}

static void
run (MashHubLine *line,
     const char  *sql)
{
  g_autoptr (GError) error = NULL;

  mash_hub_line_run (line, sql, &error);
  g_assert_no_error (error);
}

static guint64
ask_number (MashHubLine *line,
            const char  *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubRows) rows = mash_hub_line_ask (line, &error, sql, NULL);

  g_assert_no_error (error);

  return g_ascii_strtoull (mash_hub_rows_get_text (rows, 0, 0), NULL, 10);
}

/* Feeds that are wrong */

/**
 * Feed:
 * @read: what the reader takes of what comes after the last number that it has
 */
typedef struct
{
  const char *name;
  const char *read;
} Feed;

static const Feed feeds[] = {
  { "sequence", "true" },
  { "xmin", "at < pg_snapshot_xmin (pg_current_snapshot ())" },
};

static guint64
read_on (MashHubLine *line,
         const Feed  *feed,
         guint64     *after)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*), coalesce (max (n), %"
                                          G_GUINT64_FORMAT ") FROM plain WHERE n > %"
                                          G_GUINT64_FORMAT " AND %s", *after, *after, feed->read);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubRows) rows = mash_hub_line_ask (line, &error, sql, NULL);

  g_assert_no_error (error);
  *after = g_ascii_strtoull (mash_hub_rows_get_text (rows, 0, 1), NULL, 10);

  return g_ascii_strtoull (mash_hub_rows_get_text (rows, 0, 0), NULL, 10);
}

/* Plays the moments: the one has its number first and its transaction last. How many were committed
 * and never delivered. */
static guint64
count_missing (const Feed *feed)
{
  g_autoptr (MashHubLine) one = open_line (NULL);
  g_autoptr (MashHubLine) other = open_line (NULL);
  g_autoptr (MashHubLine) reader = open_line (NULL);
  guint64 after = 0;
  guint64 delivered, n;

  run (one, "CREATE TABLE plain (n bigserial PRIMARY KEY,"
            " at xid8 NOT NULL DEFAULT pg_current_xact_id ())");
  run (one, "SELECT nextval ('plain_n_seq')");
  run (other, "BEGIN");
  run (other, "INSERT INTO plain DEFAULT VALUES");
  run (one, "BEGIN");
  run (one, "INSERT INTO plain (n) VALUES (currval ('plain_n_seq'))");
  run (other, "COMMIT");
  delivered = read_on (reader, feed, &after);
  run (one, "COMMIT");
  delivered += read_on (reader, feed, &after);
  n = ask_number (reader, "SELECT count (*) FROM plain");
  run (one, "DROP TABLE plain");

  return n - delivered;
}

static void
test_wrong (gconstpointer data)
{
  g_assert_cmpuint (count_missing (data), ==, 1);
}

/* The hub */

static GPtrArray *
seal_note (HubDesk *desk)
{
  g_autoptr (MashGroup) group = mash_group_new ("note", contact);
  g_autofree char *id = hub_make_id ();
  MashEdit *edit = mash_edit_new (&mash_note_kind, id, 0);

  mash_edit_set_text (edit, "contact", contact);
  mash_edit_set_text (edit, "text", "Was told so");
  mash_edit_set_text (edit, "significance", "routine");
  mash_edit_set_text (edit, "at", NOW);
  mash_group_take_edit (group, edit);

  return hub_desk_seal (desk, group, NOW);
}

static gpointer
send_note (gpointer data)
{
  HubDesk *desk = data;
  g_autoptr (GPtrArray) sealed = seal_note (desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = hub_desk_send (desk, sealed, &error);

  g_assert_no_error (error);

  return NULL;
}

/* Pulls what is there, checks that it leads on, and says how many entries came. */
static guint64
pull_on (HubDesk       *reader,
         MashSyncPlace *place)
{
  guint64 before = place->seq;
  g_autoptr (GBytes) chain = g_bytes_new (place->chain, sizeof place->chain);
  g_autoptr (GPtrArray) entries = hub_desk_pull (reader, place->seq, chain);

  if (entries->len > 0)
    g_assert_true (mash_sync_place_follow (place, entries));

  return place->seq - before;
}

/* The same moments at the hub: the second has to wait for the first, and nobody is passed. */
static void
test_waits (HubDesk *const *desks)
{
  g_autoptr (MashHubLine) watcher = open_line (NULL);
  MashSyncPlace place = { 0 };
  GThread *other;

  run (desks[0]->line, "BEGIN");
  send_note (desks[0]);
  other = g_thread_new ("other", send_note, desks[1]);
  while (ask_number (watcher, "SELECT count (*) FROM pg_stat_activity"
                              " WHERE wait_event_type = 'Lock'") == 0)
    g_usleep (G_USEC_PER_SEC / 200);
  g_assert_cmpuint (pull_on (desks[2], &place), ==, 0);
  run (desks[0]->line, "COMMIT");
  g_thread_join (other);
  g_assert_cmpuint (pull_on (desks[2], &place), ==, 2);
}

static gpointer
write_on (gpointer data)
{
  for (guint i = 0; i < N_GROUPS; i++)
    send_note (data);

  return NULL;
}

/* Nobody arranges the moments: several write as fast as they can while one reads. */
static void
test_crowd (HubDesk *const *desks)
{
  g_autoptr (MashHubLine) watcher = open_line (NULL);
  GThread *writers[N_WRITERS - 1];
  MashSyncPlace place = { 0 };
  guint64 wanted = 2 + (N_WRITERS - 1) * N_GROUPS;

  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    writers[i] = g_thread_new ("writer", write_on, desks[i]);
  while (place.seq < wanted)
    pull_on (desks[2], &place);
  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    g_thread_join (writers[i]);
  g_assert_cmpuint (ask_number (watcher, "SELECT count (*) FROM mash.change"), ==, place.seq);
}

static void
test_hub (void)
{
  HubDesk *desks[N_WRITERS];

  for (guint i = 0; i < N_WRITERS; i++)
    {
      g_autofree char *person = g_strdup_printf ("w%u", i);
      g_autofree char *seat = g_strdup_printf ("seat-%u", i);

      desks[i] = hub_desk_new (cluster, "once", hub, person, "SW", seat);
    }
  test_waits (desks);
  test_crowd (desks);
  for (guint i = 0; i < N_WRITERS; i++)
    hub_desk_free (desks[i]);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  cluster = cluster_new ();
  cluster_make_hub (cluster, "once", &hub);
  cluster_run (cluster, "once", "UPDATE mash.meta SET clock = '" NOW "'");
  hub_put (cluster, "once", "agency", "agency-csc", "{\"type\": \"CSC\"}");
  contact = hub_make_id ();
  hub_put (cluster, "once", "contact", contact, "{\"state\": \"C20\", \"brag\": \"B\"}");

  g_test_add_func ("/sync/at-once/hub", test_hub);
  for (guint i = 0; i < G_N_ELEMENTS (feeds); i++)
    {
      g_autofree char *path = g_strconcat ("/sync/at-once/", feeds[i].name, NULL);

      g_test_add_data_func (path, &feeds[i], test_wrong);
    }

  status = g_test_run ();
  g_free (contact);
  g_free (hub);
  cluster_free (cluster);

  return status;
}
