/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Histories drawn by a seed: two to five desks that work at once, lines that are cut before and
 * after the hub has heard, batches that arrive twice or late, clocks that jump, desks that are
 * killed, seals that keep somebody out and are lifted again, people who declare a conflict of
 * interest, people who become administrators or open only what they are asked about, are asked and
 * are not any more, and in one history of three a server or a desk that is put back to what it was
 * before.
 * The hub is the real one, the desk's core is the real one; only the disk is in memory.
 * MASH_HISTORIES says how many, MASH_HISTORY which one alone.
 *
 * What must hold (the numbers are those of the protocol's invariants), and where it is looked at:
 *
 *    1 dense       apply_cb(): a page leads on from the place, entry by entry
 *    2 chain       check(): the chain at every desk is the hub's; the core, at every page
 *    3 prefix      check_desk(): the records are what the log alone makes of them
 *    4 no loss     check_said(): what was saved has its answer at the hub
 *    5 once        take_answers_cb(): the same answer to the same change; check(): one place each
 *    6 order       check(): what a seat said stands in the order in which it was said
 *    7 own writes  test-disk-histories, whose desks show what waits
 *    8 the same    check_desk(): records are at every desk what they are at the hub
 *    9 forward     apply_cb() and fall_back_cb(): a place falls only where histories part
 *   10 sign-off    check(): a step that one may take was taken once, however many took it
 *   11 minimal     check_reach(): of what is closed to its person a desk has the link alone;
 *                  test-sync-seals: and not a byte on the disk
 *   12 no block    settle(): all that was saved is answered, whatever was refused before it
 *   13 crash       begin_again() at any moment; test-disk-histories with the folder as it lay there
 *   14 divergence  put_hub_back(): desks follow the hub again, and what it lost comes back
 *   16 at once     test-sync-at-once
 *   18 versions    none yet: there is one format
 *   20 erasure     erase(): the chain holds over a statement that is gone
 */

#include "config.h"

#include <string.h>

#include "history-disk.h"
#include "hub-desk.h"
#include "mash-hub-kept.h"
#include "mash-kinds.h"
#include "mash-sync-reply.h"
#include "mash-time.h"

/* As many as take less than three minutes of one processor; far less where each step is watched. */
#if defined __SANITIZE_ADDRESS__ || defined __clang__
#define N_HISTORIES 60
#else
#define N_HISTORIES 1000
#endif
#define N_FAULTY 12
#define MAX_SEATS 5
#define N_STEPS 60
#define MAX_QUIET 2000
#define NOW "2026-03-02T10:00:00.000Z"
#define HUB_NOW G_GINT64_CONSTANT (1772445600000000)

/* What is put back in the middle of a history. */
typedef enum
{
  NOTHING,
  THE_HUB,
  A_DESK,
} PutBack;

/* A batch that is on its way. */
typedef struct
{
  char      *seat;
  GPtrArray *groups;
  guint64    first_seq;
} Late;

typedef struct
{
  HubDesk      *desk;
  HistoryDisk  *disk;
  HistoryDisk  *copy;  /* of the disk, from some time ago */
  Late         *late;
  MashSyncCore *core;
  gint64        now;
  gboolean      faulty;
} Seat;

static Cluster *cluster;
static GRand *fate;

/* The hub in which the histories take place one after the other, its people, and what everybody
 * said in the history that goes on: id of a change → whose. */
static const char *database = "histories";
static MashHubLine *admin;
static const char *const roles[] = { "SW", "MM", "MO" };
static HubDesk *people[MAX_SEATS];
static HubDesk *chief;
static HubDesk *auditor;
static GHashTable *said;
static gboolean backed_up;

static gboolean
happens (guint per_cent)
{
  return g_rand_int_range (fate, 0, 100) < (gint32) per_cent;
}

static guint32
draw_cb (gpointer data)
{
  return g_rand_int (fate);
}

/* Work */

static void
save (Seat      *seat,
      MashGroup *group)
{
  /* A desk's clock is anywhere, and now and then far from the hub's. */
  gint64 jump = happens (10) ? g_rand_int_range (fate, -3 * 86400, 3 * 86400) : 0;
  g_autofree char *at = mash_time_format (HUB_NOW + jump * G_USEC_PER_SEC);
  HistoryAction *action;

  g_free (seat->desk->seat);
  seat->desk->seat = g_strdup (seat->disk->seat);
  action = history_disk_save (seat->disk, hub_desk_seal (seat->desk, group, at));
  for (guint i = 0; i < action->ids->len; i++)
    g_hash_table_replace (said, g_strdup (g_ptr_array_index (action->ids, i)),
                          g_strdup (seat->disk->person));
  mash_sync_core_wake (seat->core);
}

static MashEdit *
make_note (const char *contact)
{
  g_autofree char *id = hub_make_id ();
  MashEdit *edit = mash_edit_new (&mash_note_kind, id, 0);

  mash_edit_set_text (edit, "contact", contact);
  mash_edit_set_text (edit, "text", "Was told so");
  mash_edit_set_text (edit, "significance", "routine");
  mash_edit_set_text (edit, "at", NOW);

  return edit;
}

/* Alters a field from what this desk knows of it. */
static MashEdit *
make_edit (Seat       *seat,
           const char *contact,
           const char *field,
           const char *now)
{
  g_autofree char *key = g_strdup_printf ("contact %s", contact);
  GHashTable *held = g_hash_table_lookup (seat->disk->state, key);
  MashEdit *edit = mash_edit_new (&mash_contact_kind, contact, 1);
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_string (now));

  mash_edit_set (edit, mash_kind_find_field (&mash_contact_kind, field),
                 g_hash_table_lookup (held, field), value);

  return edit;
}

static void
work (Seat       *seat,
      const char *contact)
{
  static const char *const words[] = { "North", "South", "East", "West" };
  static const char *const urgencies[] = { "B", "G", "A", "R" };
  static const char *const deeds[] = { "note", "note", "edit", "edit", "raise-brag", "screen",
                                       "conjure" };
  const char *deed = deeds[g_rand_int_range (fate, 0, G_N_ELEMENTS (deeds))];
  g_autoptr (MashGroup) group = mash_group_new (deed, contact);
  MashEdit *edit;

  mash_group_set_reason (group, "So it was told");
  if (strcmp (deed, "note") == 0 || strcmp (deed, "conjure") == 0)
    {
      for (gint i = g_rand_int_range (fate, 1, 4); i > 0; i--)
        mash_group_take_edit (group, make_note (contact));
    }
  else
    {
      edit = strcmp (deed, "edit") == 0
             ? make_edit (seat, contact, happens (50) ? "ward" : "presenting-concern",
                          words[g_rand_int_range (fate, 0, 4)])
             : strcmp (deed, "screen") == 0
             ? make_edit (seat, contact, "state", "C20")
             : make_edit (seat, contact, "brag", urgencies[g_rand_int_range (fate, 0, 4)]);
      mash_group_take_edit (group, edit);
    }
  /* What alters nothing is not saved. */
  if (mash_group_get_n_edits (group) > 0)
    save (seat, group);
}

/* The line */

static void
cut (Seat *seat)
{
  g_autoptr (GError) error = g_error_new_literal (MASH_SYNC_ERROR, MASH_SYNC_ERROR_OFFLINE, "Cut");

  mash_sync_core_failed (seat->core, error, seat->now);
}

/* Starts the desk again from what is on its disk. */
static void
begin_again (Seat *seat)
{
  g_clear_pointer (&seat->core, mash_sync_core_free);
  seat->core = mash_sync_core_new (&history_disk, seat->disk, draw_cb, NULL);
}

static void
late_free (Late *late)
{
  g_free (late->seat);
  g_ptr_array_unref (late->groups);
  g_free (late);
}

/* What was held up on its way comes to the hub now; nobody waits for the answer any more. */
static void
let_come (Seat *seat)
{
  g_autoptr (GPtrArray) answers = NULL;

  if (seat->late == NULL)
    return;
  answers = mash_hub_call_push (seat->desk->line, seat->late->seat, seat->late->first_seq,
                                seat->late->groups, NULL);
  g_clear_pointer (&seat->late, late_free);
}

static void
hold_up (Seat                  *seat,
         const MashSyncRequest *request)
{
  g_clear_pointer (&seat->late, late_free);
  seat->late = g_new0 (Late, 1);
  seat->late->seat = g_strdup (request->seat);
  seat->late->first_seq = request->first_seq;
  seat->late->groups = g_ptr_array_ref (request->groups);
}

static void
carry (Seat                  *seat,
       const MashSyncRequest *request)
{
  g_auto (MashSyncReply) reply = { NULL };
  MashSyncDeed deed = request->deed;
  gboolean heard;

  mash_sync_reply_ask (&reply, seat->desk->line, request);
  /* The hub has heard; whether the desk hears it is another thing. */
  heard = !seat->faulty || !happens (15);
  if (!heard && happens (30))
    begin_again (seat);
  else if (!heard)
    cut (seat);
  else
    mash_sync_reply_hand_over (&reply, seat->core, deed, seat->now);
}

/* One request of the core; whether there was anything to do but rest. */
static gboolean
step (Seat *seat)
{
  const MashSyncRequest *request = mash_sync_core_get_next (seat->core, seat->now);

  g_assert_cmpint (mash_sync_core_get_end (seat->core), ==, MASH_SYNC_END_NONE);
  seat->now += G_USEC_PER_SEC / 10;
  if (request->deed == MASH_SYNC_REST)
    {
      seat->now = seat->faulty && happens (50) ? seat->now : request->until;
      return FALSE;
    }
  if (seat->faulty && happens (10))
    {
      if (request->deed == MASH_SYNC_PUSH && happens (50))
        hold_up (seat, request);
      cut (seat);
    }
  else if (request->deed == MASH_SYNC_CONNECT)
    mash_sync_core_connected (seat->core);
  else
    carry (seat, request);

  return TRUE;
}

/* Lets everything that was saved come to its end. */
static void
settle (Seat  *seats,
        guint  n_seats)
{
  for (guint round = 0; round < 3; round++)
    {
      for (guint i = 0; i < n_seats; i++)
        {
          guint n = 0;

          seats[i].faulty = FALSE;
          mash_sync_core_wake (seats[i].core);
          while (step (&seats[i]) || !mash_sync_core_get_on_line (seats[i].core))
            g_assert_cmpuint (++n, <, MAX_QUIET);
        }
    }
}

/* What befalls a whole town */

static void
run (const char *sql)
{
  g_autoptr (GError) error = NULL;

  mash_hub_line_run (admin, sql, &error);
  g_assert_no_error (error);
}

static char *
ask (const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubRows) rows = mash_hub_line_ask (admin, &error, sql, NULL);

  g_assert_no_error (error);

  return g_strdup (mash_hub_rows_get_n (rows) > 0 ? mash_hub_rows_get_text (rows, 0, 0) : "");
}

/* The tables that a history writes, in the order in which they can be filled. */
static const char *const tables[] = {
  "meta", "person", "seat", "head", "change", "entity", "alternative", "verdict", "attempt",
  "quarantine", "about", "closed_id", "closed", "lapsed", "turn", "asked_post",
  "reached", "open_id",
};

static void
copy_tables (const char *from,
             const char *to)
{
  g_autoptr (GString) sql = g_string_new ("SET session_replication_role = replica;");

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    g_string_append_printf (sql, "DELETE FROM %s.%s; INSERT INTO %s.%s SELECT * FROM %s.%s;", to,
                            tables[i], to, tables[i], from, tables[i]);
  g_string_append (sql, "RESET session_replication_role");
  run (sql->str);
}

/* A hub that has nothing is not backed up: a desk and a hub without anything in common do not go
 * on, for that is more likely to be another hub. */
static void
back_up (void)
{
  g_autofree char *head = ask ("SELECT head_seq FROM mash.meta");

  backed_up = strcmp (head, "0") != 0;
  if (backed_up)
    copy_tables ("mash", "backup");
}

static GHashTable *
list_verdicts (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubRows) rows = NULL;
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  rows = mash_hub_line_ask (admin, &error, "SELECT id FROM mash.verdict", NULL);
  g_assert_no_error (error);
  for (guint i = 0; i < mash_hub_rows_get_n (rows); i++)
    g_hash_table_add (ids, g_strdup (mash_hub_rows_get_text (rows, i, 0)));

  return ids;
}

/* Seals are said at desks that stand beside the history; what a hub loses of them is lost. */
static void
forget_seals (void)
{
  g_autoptr (GHashTable) verdicts = list_verdicts ();
  GHashTableIter iter;
  gpointer id, person;

  g_hash_table_iter_init (&iter, said);
  while (g_hash_table_iter_next (&iter, &id, &person))
    {
      if (*(const char *) person != 'p' && !g_hash_table_contains (verdicts, id))
        g_hash_table_iter_remove (&iter);
    }
}

/* The server goes back to its backup; of the lines that were open none is left. */
static void
put_hub_back (Seat  *seats,
              guint  n_seats)
{
  copy_tables ("backup", "mash");
  forget_seals ();
  for (guint i = 0; i < n_seats; i++)
    {
      let_come (&seats[i]);
      cut (&seats[i]);
    }
}

/* A desk goes back to a copy of its disk. What was on no other disk by then is gone with it, and
 * nobody can have it back. */
static void
put_desk_back (Seat *seat)
{
  g_autoptr (GHashTable) verdicts = list_verdicts ();

  for (guint i = 0; i < seat->disk->actions->len; i++)
    {
      const HistoryAction *action = g_ptr_array_index (seat->disk->actions, i);

      for (guint j = 0; i >= seat->copy->actions->len && j < action->ids->len; j++)
        {
          if (!g_hash_table_contains (verdicts, g_ptr_array_index (action->ids, j)))
            g_hash_table_remove (said, g_ptr_array_index (action->ids, j));
        }
    }
  g_clear_pointer (&seat->late, late_free);
  history_disk_free (seat->disk);
  seat->disk = g_steal_pointer (&seat->copy);
  begin_again (seat);
}

/* The law asks that one statement be gone; what stands around it stays. */
static void
erase (void)
{
  run ("UPDATE mash.change SET statement = NULL WHERE kind = 'note' AND seq ="
       " (SELECT max (seq) FROM mash.change WHERE kind = 'note')");
}

/* Says something about a seal from a desk that is new each time. */
static void
say_seal (HubDesk   *desk,
          MashGroup *group,
          const char *at)
{
  g_autofree char *seat = hub_make_id ();
  g_autofree char *sql = g_strdup_printf ("INSERT INTO mash.seat (id, person, desk, made_at) VALUES"
                                          " ('%s', '%s', 'desk-seat-%s', '')", seat, desk->person,
                                          desk->person);
  g_autoptr (GPtrArray) sealed = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  const MashAnswer *answer;

  run (sql);
  g_free (desk->seat);
  desk->seat = g_steal_pointer (&seat);
  desk->next_seq = 1;
  sealed = hub_desk_seal (desk, group, at);
  answers = hub_desk_send (desk, sealed, NULL);
  answer = g_ptr_array_index (answers, 0);
  g_assert_cmpstr (answer->code, ==, "");
  g_hash_table_replace (said, g_strdup (answer->id), g_strdup (desk->person));
}

/* The time at the hub, which does not go back. */
static char *
ask_time (void)
{
  return ask ("SELECT greatest (t.now COLLATE \"C\", m.last_at)"
              " FROM mash.meta m, mash.tell () AS t");
}

/* The seal that stands in one of the states; empty where there is none. */
static char *
find_seal (const char *person,
           const char *states)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM mash.entity WHERE kind = 'seal' AND"
                                          " state ->> 'excluded' = '%s' AND state ->> 'state' IN"
                                          " (%s) ORDER BY id LIMIT 1", person, states);

  return ask (sql);
}

static void
put_text (MashEdit   *edit,
          const char *field,
          const char *was,
          const char *now)
{
  g_autoptr (GVariant) before = was != NULL ? g_variant_ref_sink (g_variant_new_string (was))
                                            : NULL;
  g_autoptr (GVariant) after = g_variant_ref_sink (g_variant_new_string (now));

  mash_edit_set (edit, mash_kind_find_field (&mash_seal_kind, field), before, after);
}

static MashEdit *
make_seal (const char *contact,
           const char *excluded,
           const char *by,
           const char *role,
           const char *state)
{
  g_autofree char *id = hub_make_id ();
  MashEdit *edit = mash_edit_new (&mash_seal_kind, id, 0);

  mash_edit_set_text (edit, "contact", contact);
  mash_edit_set_text (edit, "excluded", excluded);
  mash_edit_set_text (edit, "reason", "RELATIVE");
  mash_edit_set_text (edit, "state", state);
  mash_edit_set_text (edit, "asked-by", by);
  mash_edit_set_text (edit, "asked-role", role);

  return edit;
}

/* Takes one step more with a seal that is there. */
static void
move_seal (HubDesk    *desk,
           const char *contact,
           const char *deed,
           const char *id,
           const char *from,
           const char *to)
{
  g_autoptr (MashGroup) group = mash_group_new (deed, contact);
  g_autofree char *at = ask_time ();
  g_autofree char *by_sql = g_strdup_printf ("SELECT state ->> 'asked-by' FROM mash.entity"
                                             " WHERE id = '%s'", id);
  g_autofree char *role_sql = g_strdup_printf ("SELECT state ->> 'asked-role' FROM mash.entity"
                                               " WHERE id = '%s'", id);
  g_autofree char *asked_by = ask (by_sql);
  g_autofree char *asked_as = ask (role_sql);
  MashEdit *edit = mash_edit_new (&mash_seal_kind, id, 1);

  put_text (edit, "state", from, to);
  if (strcmp (to, "LIFTING") == 0)
    {
      put_text (edit, "asked-by", asked_by, desk->person);
      put_text (edit, "asked-role", asked_as, "MM");
    }
  else
    {
      put_text (edit, "answered-by", NULL, desk->person);
    }
  mash_group_take_edit (group, edit);
  mash_group_set_reason (group, "So it was told");
  say_seal (desk, group, at);
}

/* Keeps somebody out, or lets them in again. */
static void
seal_or_not (Seat       *seat,
             const char *contact)
{
  g_autofree char *id = find_seal (seat->disk->person, "'EMERGENCY'");
  g_autofree char *at = ask_time ();
  g_autoptr (MashGroup) group = mash_group_new ("emergency-seal", contact);

  if (*id != '\0')
    {
      move_seal (auditor, contact, "refuse-seal", id, "EMERGENCY", "LIFTED");
      return;
    }
  mash_group_take_edit (group, make_seal (contact, seat->disk->person, "chief", "MM",
                                          "EMERGENCY"));
  mash_group_set_reason (group, "So it was told");
  say_seal (chief, group, at);
}

/* Somebody declares a conflict of interest, whether they still see the contact or not; two others
 * lift it. */
static void
declare_or_not (Seat       *seat,
                const char *contact)
{
  const char *person = seat->disk->person;
  g_autofree char *id = find_seal (person, "'SEALED'");
  g_autoptr (MashGroup) group = mash_group_new ("declare-interest", contact);

  if (*id != '\0')
    {
      move_seal (chief, contact, "propose-unseal", id, "SEALED", "LIFTING");
      move_seal (auditor, contact, "confirm-unseal", id, "LIFTING", "LIFTED");
      return;
    }
  mash_group_take_edit (group, make_seal (contact, person, person,
                                          roles[g_ascii_digit_value (person[1]) % 3], "SEALED"));
  save (seat, group);
}

/* Gives somebody the post of an administrator, who has to do with no case, one that opens only what
 * it is asked about, or what they had. */
static void
post_or_not (Seat *seat)
{
  const char *person = seat->disk->person;
  const char *const posts[] = { roles[g_ascii_digit_value (person[1]) % 3], "AD", "HL", "HL" };
  g_autofree char *sql = g_strdup_printf (
    "UPDATE mash.entity SET state = jsonb_set (state, '{role}', '\"%s\"') WHERE id = 'post-%s';"
    " SELECT mash.follow_posts ()", posts[g_rand_int_range (fate, 0, G_N_ELEMENTS (posts))],
    person);

  run (sql);
}

/* Asks somebody to do something in the contact, as the hub finds it after a group that does, or
 * not any more. */
static void
ask_or_not (Seat       *seat,
            const char *contact)
{
  const char *person = seat->disk->person;
  g_autofree char *sql = g_strdup_printf (
    "WITH gone AS (DELETE FROM mash.entity WHERE id = 'task-%s' RETURNING id)"
    " INSERT INTO mash.entity (kind, id, born, revision, compartment, contact, created_at,"
    " created_by, created_post, updated_at, updated_by, last_seq, state)"
    " SELECT 'task', 'task-%s', 0, 1, 'default', '%s', '', '', '', '', '', 0,"
    " '{\"owner\": \"%s\"}' WHERE NOT EXISTS (SELECT FROM gone); SET search_path = mash;"
    " SELECT reach_again ('%s', m.head_seq + 1, m.last_at) FROM meta m; RESET search_path",
    person, person, contact, person, contact);

  run (sql);
}

static void
jump (void)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE mash.meta SET clock = timestamptz '" NOW "' +"
                                          " interval '%d s'",
                                          g_rand_int_range (fate, -90000, 90000));

  run (sql);
}

/* What must hold */

static void
assert_answer (const char *sql,
               const char *expected)
{
  g_autofree char *answer = ask (sql);

  g_assert_cmpstr (answer, ==, expected);
}

static void
assert_same (GHashTable *held,
             GHashTable *members)
{
  g_autofree char *desk = held != NULL ? mash_body_write (held) : NULL;
  g_autofree char *other = mash_body_write (members);

  g_assert_cmpstr (desk, ==, other);
}

/* Whether the contact `e` reaches the person `p` in their `post`. */
#define REACHES "CASE post.state ->> 'role' WHEN 'AD' THEN false" \
  " WHEN 'HL' THEN e.state ->> 'assigned-to' = p.id OR EXISTS (SELECT FROM mash.entity t WHERE" \
  " t.kind = 'task' AND t.state ->> 'owner' = p.id) ELSE true END"

/* Of each position a desk has what is open to its person, and of what is closed no more than the
 * link; who is kept out of the contact has nothing of it but what was there before the log. */
static void
check_reach (Seat *seat)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT h.seq, c.statement IS NOT NULL AND " REACHES " AND (c.kind <> 'seal' OR"
    " post.state ->> 'role' <> 'HL') AND NOT EXISTS (SELECT FROM mash.closed x WHERE x.person ="
    " p.id AND x.seq = h.seq), c.statement IS NULL FROM mash.head h"
    " JOIN mash.change c ON c.seq = h.seq JOIN mash.person p ON p.id = '%s' JOIN mash.entity post"
    " ON post.id = 'post-' || p.id JOIN mash.entity e ON e.kind = 'contact' ORDER BY h.seq",
    seat->disk->person);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubRows) rows = mash_hub_line_ask (admin, &error, sql, NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (mash_hub_rows_get_n (rows), ==, seat->disk->log->len);
  for (guint i = 0; i < seat->disk->log->len; i++)
    {
      const MashEntry *entry = g_ptr_array_index (seat->disk->log, i);
      gboolean is_open = strcmp (mash_hub_rows_get_text (rows, i, 1), "t") == 0;

      /* What was erased at the hub may have come before. */
      if (strcmp (mash_hub_rows_get_text (rows, i, 2), "t") != 0)
        g_assert_cmpint (entry->statement != NULL, ==, is_open);
    }
}

static gboolean
is_kept_out (Seat *seat)
{
  g_autofree char *id = find_seal (seat->disk->person, "'EMERGENCY', 'SEALED', 'LIFTING') AND"
                                   " id NOT IN (SELECT seal FROM mash.lapsed");
  g_autofree char *sql = g_strdup_printf (
    "SELECT " REACHES " FROM mash.person p JOIN mash.entity post ON post.id = 'post-' || p.id JOIN"
    " mash.entity e ON e.kind = 'contact' WHERE p.id = '%s'", seat->disk->person);
  g_autofree char *reaches = ask (sql);

  return *id != '\0' || strcmp (reaches, "t") != 0;
}

/* Who opens only what they are asked about does not see what is sealed from others. */
static gboolean
is_asked (Seat *seat)
{
  g_autofree char *sql = g_strdup_printf ("SELECT state ->> 'role' FROM mash.entity WHERE id ="
                                          " 'post-%s'", seat->disk->person);
  g_autofree char *role = ask (sql);

  return strcmp (role, "HL") == 0;
}

/* Every action that is on the disk has its answer. Records are what they are at the hub, and what
 * the log alone makes of them. */
static void
check_desk (Seat        *seat,
            MashHubRows *rows)
{
  g_autoptr (GHashTable) again = history_disk_refold (seat->disk);
  guint n_erased = 0;

  check_reach (seat);

  for (guint i = 0; i < seat->disk->actions->len; i++)
    g_assert_true (((HistoryAction *) g_ptr_array_index (seat->disk->actions, i))->answered);
  if (is_kept_out (seat))
    {
      g_assert_cmpuint (g_hash_table_size (seat->disk->state), ==, g_hash_table_size (again));
      return;
    }
  for (guint i = 0; i < mash_hub_rows_get_n (rows); i++)
    {
      const char *key = mash_hub_rows_get_text (rows, i, 0);
      const char *text = mash_hub_rows_get_text (rows, i, 1);
      GHashTable *held = g_hash_table_lookup (seat->disk->state, key);
      g_autoptr (GHashTable) members = mash_body_read (text, strlen (text), NULL);

      if (held == NULL && (strcmp (mash_hub_rows_get_text (rows, i, 2), "t") == 0 ||
                           (g_str_has_prefix (key, "seal ") && is_asked (seat)) ||
                           strcmp (mash_hub_rows_get_text (rows, i, 3), seat->disk->person) == 0))
        {
          n_erased++;
          continue;
        }
      assert_same (held, members);
      assert_same (g_hash_table_lookup (again, key), members);
    }
  g_assert_cmpuint (g_hash_table_size (seat->disk->state) + n_erased, ==,
                    mash_hub_rows_get_n (rows));
  g_assert_cmpuint (g_hash_table_size (seat->disk->state), ==, g_hash_table_size (again));
}

/* A hub that was put back does not know any more what it refused; the author has it. Nor does it
 * know what it took since: its author says it again, unless a seal has closed it to them meanwhile,
 * of which not a byte stays that could be said again. */
static gboolean
is_refused_or_closed (Seat       *seats,
                      guint       n_seats,
                      const char *person,
                      const char *id)
{
  for (guint i = 0; i < n_seats; i++)
    {
      if (strcmp (seats[i].disk->person, person) == 0)
        return g_strcmp0 (g_hash_table_lookup (seats[i].disk->answers, id), "refused") == 0 ||
               (backed_up && g_hash_table_contains (seats[i].disk->closed, id));
    }

  return FALSE;
}

/* What anybody saw saved has one answer at the hub, and the hub has answered nothing else. */
static void
check_said (Seat  *seats,
            guint  n_seats)
{
  g_autoptr (GHashTable) verdicts = list_verdicts ();
  GHashTableIter iter;
  gpointer id, person;

  g_hash_table_iter_init (&iter, said);
  while (g_hash_table_iter_next (&iter, &id, &person))
    {
      if (!g_hash_table_remove (verdicts, id))
        g_assert_true (is_refused_or_closed (seats, n_seats, person, id));
    }
  g_assert_cmpuint (g_hash_table_size (verdicts), ==, 0);
}

static void
check (Seat  *seats,
       guint  n_seats)
{
  g_autofree char *place = ask ("SELECT head_seq || ' ' || encode (head_chain, 'hex')"
                                " FROM mash.meta");
  g_autoptr (GError) error = NULL;
  g_autoptr (MashHubRows) rows = NULL;

  rows = mash_hub_line_ask (admin, &error,
                            "SELECT kind || ' ' || id, state::text, kind = 'note' AND EXISTS"
                            " (SELECT FROM mash.change c WHERE c.record = e.id AND"
                            " c.statement IS NULL), coalesce (state ->> 'excluded', '')"
                            " FROM mash.entity e WHERE kind IN ('contact', 'note', 'seal')", NULL);
  g_assert_no_error (error);
  for (guint i = 0; i < n_seats; i++)
    {
      g_autoptr (GString) expected = g_string_new (NULL);

      check_desk (&seats[i], rows);
      g_string_printf (expected, "%" G_GUINT64_FORMAT " ", seats[i].disk->place.seq);
      for (guint b = 0; b < MASH_CHANGE_DIGEST_SIZE; b++)
        g_string_append_printf (expected, "%02x", seats[i].disk->place.chain[b]);
      g_assert_cmpstr (expected->str, ==, place);
    }
  check_said (seats, n_seats);
  assert_answer ("SELECT count (*) = (SELECT head_seq FROM mash.meta) AND"
                 " count (*) = (SELECT count (*) FROM mash.verdict WHERE outcome = 'accepted') AND"
                 " count (*) = count (DISTINCT id) AND"
                 " (SELECT count (*) = 0 FROM mash.head a JOIN mash.head b ON b.seq = a.seq + 1"
                 "  WHERE a.took_at > b.took_at COLLATE \"C\")"
                 " FROM mash.change", "t");
  /* What one seat said stands in the order in which it was said. */
  assert_answer ("SELECT count (*) FROM (SELECT desk_seq, lag (desk_seq) OVER"
                 " (PARTITION BY seat ORDER BY seq) AS before FROM mash.change) AS x"
                 " WHERE desk_seq < before", "0");
  /* A step that one may take was taken once. */
  assert_answer ("SELECT count (*) <= 1 FROM mash.change"
                 " WHERE encode (statement, 'escape') LIKE '%\".deed\":\"screen\"%'", "t");
}

/* A history */

static const char contact_json[] =
  "{\"state\":\"C10\",\"ward\":\"North\",\"brag\":\"B\",\"presenting-concern\":\"North\","
  "\"assigned-to\":\"p0\",\"history-searched\":\"Nothing found\"}";

/* Everything that the history before this one left is gone. */
static void
set_up (Seat       *seats,
        guint       n_seats,
        const char *contact)
{
  g_autoptr (GString) sql = g_string_new ("SET session_replication_role = replica;");

  for (guint i = 2; i < G_N_ELEMENTS (tables); i++)
    g_string_append_printf (sql, "DELETE FROM mash.%s%s;", tables[i],
                            strcmp (tables[i], "entity") == 0
                            ? " WHERE kind IN ('contact', 'note', 'seal', 'task')" : "");
  for (guint i = 0; i < MAX_SEATS; i++)
    g_string_append_printf (sql, "UPDATE mash.entity SET state = jsonb_set (state, '{role}',"
                            " '\"%s\"') WHERE id = 'post-p%u';", roles[i % 3], i);
  g_string_append (sql, "SELECT mash.follow_posts ();");
  g_string_append_printf (
    sql, "UPDATE mash.meta SET clock = '" NOW "', head_seq = 0, last_at = '',"
    " head_chain = decode (repeat ('00', 32), 'hex');"
    "INSERT INTO mash.entity (kind, id, born, revision, compartment, contact, created_at,"
    " created_by, created_post, updated_at, updated_by, last_seq, state)"
    " VALUES ('contact', '%s', 0, 1, 'default', '%s', '', '', '', '', '', 0, '%s');",
    contact, contact, contact_json);
  for (guint i = 0; i < n_seats; i++)
    {
      g_autofree char *seat = hub_make_id ();

      seats[i] = (Seat) {
        .desk = people[i], .faulty = TRUE,
        .disk = history_disk_new (people[i]->person, seat, contact, contact_json),
      };
      begin_again (&seats[i]);
      g_string_append_printf (sql, "INSERT INTO mash.seat (id, person, desk, made_at)"
                              " VALUES ('%s', 'p%u', 'desk-seat-%u', '" NOW "');", seat, i, i);
    }
  g_string_append (sql, "RESET session_replication_role");
  run (sql->str);
  backed_up = FALSE;
}

/* Something that befalls what it likes, whatever anybody does. */
static void
befall (Seat       *seats,
        guint       n_seats,
        PutBack     what,
        guint       step,
        const char *contact)
{
  Seat *seat = &seats[g_rand_int_range (fate, 0, (gint32) n_seats)];

  if (happens (6))
    seal_or_not (&seats[0], contact);
  if (happens (5))
    declare_or_not (seat, contact);
  if (happens (3))
    post_or_not (seat);
  if (happens (3))
    ask_or_not (seat, contact);

  if (happens (4))
    jump ();
  /* A backup has what was erased after it. */
  if (what != THE_HUB && happens (1))
    erase ();
  if (happens (10))
    let_come (seat);
  /* A server is put back to the state of its last backup, a desk to that of a copy. */
  if (what == THE_HUB && !backed_up && step >= N_STEPS / 3)
    back_up ();
  else if (what == THE_HUB && backed_up &&
           (step == 2 * N_STEPS / 3 || (step > N_STEPS / 2 && happens (2))))
    put_hub_back (seats, n_seats);
  else if (what == A_DESK && step == N_STEPS / 3)
    {
      for (guint i = 0; i < n_seats; i++)
        seats[i].copy = history_disk_copy (seats[i].disk);
    }
  else if (what == A_DESK && step > N_STEPS / 2 && seat->copy != NULL && happens (10))
    put_desk_back (seat);
}

static void
run_history (guint32 seed)
{
  static const PutBack puts[] = { NOTHING, NOTHING, NOTHING, NOTHING, THE_HUB, A_DESK };
  g_autofree char *contact = hub_make_id ();
  Seat seats[MAX_SEATS];
  guint n_seats;
  PutBack what;

  g_test_message ("History %u", seed);
  fate = g_rand_new_with_seed (seed);
  said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  n_seats = (guint) g_rand_int_range (fate, 2, MAX_SEATS + 1);
  what = puts[g_rand_int_range (fate, 0, G_N_ELEMENTS (puts))];
  set_up (seats, n_seats, contact);
  for (guint i = 0; i < N_STEPS; i++)
    {
      Seat *seat = &seats[g_rand_int_range (fate, 0, (gint32) n_seats)];

      befall (seats, n_seats, what, i, contact);
      if (happens (30))
        work (seat, contact);
      step (seat);
    }
  settle (seats, n_seats);
  check (seats, n_seats);

  for (guint i = 0; i < n_seats; i++)
    {
      mash_sync_core_free (seats[i].core);
      history_disk_free (seats[i].disk);
      g_clear_pointer (&seats[i].copy, history_disk_free);
      g_clear_pointer (&seats[i].late, late_free);
    }
  g_clear_pointer (&said, g_hash_table_unref);
  g_clear_pointer (&fate, g_rand_free);
}

/* Opens the lines that all histories share, and makes room for a backup. */
static void
enter_hub (void)
{
  g_autofree char *settings = cluster_dup_settings (cluster, database, NULL);
  g_autofree char *hub = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) sql = g_string_new ("CREATE SCHEMA backup;");

  admin = mash_hub_line_open_admin (settings, &error);
  g_assert_no_error (error);
  hub = ask ("SELECT hub FROM mash.meta");
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    g_string_append_printf (sql, "CREATE TABLE backup.%s (LIKE mash.%s);", tables[i], tables[i]);
  run (sql->str);
  for (guint i = 0; i < MAX_SEATS; i++)
    {
      g_autofree char *person = g_strdup_printf ("p%u", i);
      g_autofree char *seat = g_strdup_printf ("seat-%u", i);

      people[i] = hub_desk_new (cluster, database, hub, person, roles[i % 3], seat);
    }
  chief = hub_desk_new (cluster, database, hub, "chief", "MM", "seat-chief");
  auditor = hub_desk_new (cluster, database, hub, "auditor", "IG", "seat-auditor");
}

static void
leave_hub (void)
{
  for (guint i = 0; i < MAX_SEATS; i++)
    hub_desk_free (people[i]);
  hub_desk_free (chief);
  hub_desk_free (auditor);
  mash_hub_line_close (admin);
}

static void
run_histories (guint n)
{
  for (guint32 seed = 1; seed <= n; seed++)
    {
      /* What is gone takes room in tables all the same. */
      if (seed % 100 == 0)
        run ("VACUUM");
      run_history (seed);
    }
}

static void
test_histories (void)
{
  const char *many = g_getenv ("MASH_HISTORIES");
  const char *only = g_getenv ("MASH_HISTORY");
  guint n = many != NULL ? (guint) g_ascii_strtoull (many, NULL, 10) : N_HISTORIES;

  enter_hub ();
  if (only != NULL)
    run_history ((guint32) g_ascii_strtoull (only, NULL, 10));
  else
    run_histories (n);
  leave_hub ();
  g_test_message ("Desks fell back %u times, took another seat %u times, and turned %u times",
                  history_disk_count_falls (), history_disk_count_seats (),
                  history_disk_count_turns ());
}

/* Hubs that are wrong in one way each, which these histories must find. */
static const struct
{
  const char *name;
  const char *sql;
} faults[] = {
  { "last-writer-wins",
    "CREATE OR REPLACE FUNCTION mash.set_against (d mash.deed, INOUT edit jsonb, OUT lost text[],"
    " OUT blocks text) LANGUAGE plpgsql STABLE AS $$ BEGIN lost := '{}'; END $$" },
  { "forgets-answers",
    "CREATE OR REPLACE FUNCTION mash.find_known (s mash.seat, ids text[], statements bytea[],"
    " signatures bytea[], OUT known integer, OUT reused boolean) LANGUAGE sql STABLE AS $$"
    " SELECT 0, false $$" },
  { "skips-an-entry",
    "ALTER POLICY reader ON mash.head USING (seq % 7 <> 3)" },
  { "alters-what-was-said",
    "CREATE FUNCTION mash.alter_one () RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN NEW.signature := set_byte (NEW.signature, 0, 1); RETURN NEW; END $$;"
    " CREATE TRIGGER alter_one BEFORE INSERT ON mash.change FOR EACH ROW"
    " WHEN (NEW.seq % 5 = 0) EXECUTE FUNCTION mash.alter_one ()" },
  { "gives-what-is-sealed",
    "ALTER POLICY reader ON mash.change USING (true)" },
  { "tells-of-no-turn",
    "CREATE OR REPLACE FUNCTION mash.my_turn () RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER"
    " SET search_path = mash, pg_temp AS $$ SELECT 0::bigint $$" },
};

static void
test_fault (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *wrong = g_strdup_printf ("wrong%u", i);

  if (g_test_subprocess ())
    {
      database = wrong;
      enter_hub ();
      run_histories (N_FAULTY);
      return;
    }

  cluster_copy_hub (cluster, "template", wrong);
  cluster_run (cluster, wrong, faults[i].sql);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*assertion failed*");
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  if (g_test_subprocess ())
    {
      cluster = cluster_join (g_getenv ("MASH_CLUSTER"));
    }
  else
    {
      cluster = cluster_new ();
      cluster_make_hub (cluster, "template", NULL);
      cluster_copy_hub (cluster, "template", database);
      g_setenv ("MASH_CLUSTER", cluster->folder, TRUE);
    }

  g_test_add_func ("/sync/histories", test_histories);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/sync/", faults[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_fault);
    }

  status = g_test_run ();
  cluster_free (cluster);

  return status;
}
