/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-tray-table.h"

#include <string.h>

#include "mash-clock-reading.h"
#include "mash-store-error.h"
#include "mash-tray.h"
#include "mash-tray-asked.h"
#include "mash-tray-counts.h"

/* How much of the concern a row of a tray shows. */
#define CONCERN_MAX 160

static const char contact_sql[] =
  "SELECT state, brag, level, reference, presenting_concern, source, strand_p, missing_items,"
  " assigned_to, received_at, created_at, harm_suspected, immediate_danger, voided_at, locality"
  " FROM contact WHERE id = ?1";

static const char clocks_sql[] =
  "SELECT type, started_at, due_at FROM clock"
  " WHERE contact = ?1 AND stopped_at IS NULL AND due_at IS NOT NULL AND voided_at IS NULL"
  " ORDER BY n";

static const char recommendation_sql[] =
  "SELECT \"by\" FROM recommendation WHERE contact = ?1 AND voided_at IS NULL"
  " ORDER BY n DESC LIMIT 1";

static const char team_sql[] =
  "SELECT team FROM post WHERE staff = ?1 AND voided_at IS NULL AND team IS NOT NULL"
  " ORDER BY n LIMIT 1";

/* The newest mention that has not been seen, then the task that is due first. */
static const char mentions_sql[] =
  "SELECT whom, id FROM mention WHERE contact = ?1 AND seen_at IS NULL AND voided_at IS NULL"
  " ORDER BY n DESC";

static const char tasks_sql[] =
  "SELECT coalesce (t.owner, p.staff), t.id FROM task t LEFT JOIN post p ON p.id = t.owner_post"
  " WHERE t.contact = ?1 AND t.status = 'OPEN' AND t.voided_at IS NULL ORDER BY t.due_at, t.n";

static const char standing_sql[] =
  "SELECT tray, state, urgency, clock_due, assigned_to, team, locality, recommended_by, strategy,"
  " undecided, waiting, incomplete, signing FROM tray WHERE contact = ?1";

/* Lists of people with contacts: read, emptied and filled alike. */
static const char *const mine_sql[] = {
  "SELECT person, why, record FROM tray_mine WHERE contact = ?1 ORDER BY person",
  "DELETE FROM tray_mine WHERE contact = ?1",
  ("INSERT INTO tray_mine (person, contact, urgency, clock_due, why, record)"
   " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
};

static const char *const asked_sql[] = {
  "SELECT person, why, record FROM tray_asked WHERE contact = ?1 ORDER BY person",
  "DELETE FROM tray_asked WHERE contact = ?1",
  ("INSERT INTO tray_asked (person, contact, urgency, clock_due, why, record)"
   " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
};

enum { READ, EMPTY, FILL };

static const char replace_sql[] =
  "INSERT OR REPLACE INTO tray (contact, tray, state, brag, urgency, level, reference, concern,"
  " source, strand_p, missing, assigned_to, team, locality, recommended_by, clock_type,"
  " clock_started, clock_due, received_at, created_at, harm, strategy, undecided, waiting,"
  " incomplete, signing)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
  " ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26)";

/* What no index has: where the contact stands as it stood, its indexes need not be written. */
static const char describe_sql[] =
  "UPDATE tray SET (brag, level, reference, concern, source, strand_p, missing, clock_type,"
  " clock_started, received_at, created_at, harm) ="
  " (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) WHERE contact = ?1";

static const struct
{
  const char *state;
  const char *tray;
} trays[] = {
  { "C10", MASH_TRAY_NAME_WORK },
  { "C20", MASH_TRAY_NAME_WORK },
  { "C25", MASH_TRAY_NAME_WAITING },
  { "C30", MASH_TRAY_NAME_WORK },
  { "C40", MASH_TRAY_NAME_WAITING },
  { "C50", MASH_TRAY_NAME_WORK },
  { "C60", MASH_TRAY_NAME_TO_SIGN },
  { "C65", MASH_TRAY_NAME_RETURNED },
  { "C70", MASH_TRAY_NAME_SENT },
  { "C75", MASH_TRAY_NAME_AFTER },
  { "C80", MASH_TRAY_NAME_AFTER },
  { "C95", MASH_TRAY_NAME_WORK },
  { "X10", MASH_TRAY_NAME_WORK },
};

static void
standing_clear (MashTrayStanding *standing)
{
  g_free (standing->state);
  g_free (standing->assigned_to);
  g_free (standing->team);
  g_free (standing->locality);
  g_free (standing->recommended_by);
  g_clear_pointer (&standing->mine, g_ptr_array_unref);
  g_clear_pointer (&standing->asked, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MashTrayStanding, standing_clear)

/* The name of a tray as a constant; NULL for a state whose work is done. */
static const char *
find_tray (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (trays); i++)
    {
      if (g_strcmp0 (trays[i].state, state) == 0)
        return trays[i].tray;
    }

  return NULL;
}

static const char *
intern_tray (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (trays); i++)
    {
      if (strcmp (trays[i].tray, name) == 0)
        return trays[i].tray;
    }

  return MASH_TRAY_NAME_KEPT;
}

/* What a clock leads first of all, then harm and danger; what nobody has rated yet comes before
 * what was rated as able to wait. */
static int
get_urgency (const MashClockRun *clock,
             const char         *brag,
             gboolean            harm,
             const char         *danger)
{
  if (clock->rule != NULL && clock->rule->leads)
    return MASH_TRAY_URGENCY_LED;
  if (harm || g_strcmp0 (brag, "R") == 0 || (brag == NULL && g_strcmp0 (danger, "Y") == 0))
    return MASH_TRAY_URGENCY_RED;
  if (g_strcmp0 (brag, "A") == 0)
    return MASH_TRAY_URGENCY_AMBER;
  if (brag == NULL)
    return MASH_TRAY_URGENCY_UNRATED;

  return g_strcmp0 (brag, "G") == 0 ? MASH_TRAY_URGENCY_GREEN : MASH_TRAY_URGENCY_BLUE;
}

static gboolean
needs_strategy (const char *strand)
{
  return g_strcmp0 (strand, "P10") == 0 || g_strcmp0 (strand, "P20") == 0 ||
         g_strcmp0 (strand, "P30") == 0;
}

/* The front door holds everything on which nobody has decided, whoever it waits for. */
static gboolean
is_undecided (const char *tray)
{
  return strcmp (tray, MASH_TRAY_NAME_SENT) != 0 && strcmp (tray, MASH_TRAY_NAME_AFTER) != 0 &&
         strcmp (tray, MASH_TRAY_NAME_KEPT) != 0;
}

static gboolean
is_waiting (const char *tray)
{
  return strcmp (tray, MASH_TRAY_NAME_WAITING) == 0 || strcmp (tray, MASH_TRAY_NAME_SENT) == 0;
}

/* Whose work it is */

static int
compare_mine (gconstpointer a,
              gconstpointer b)
{
  return strcmp ((*(MashTrayMine *const *) a)->person, (*(MashTrayMine *const *) b)->person);
}

static gboolean
add_mine_rows (MashDatabase *database,
               const char   *sql,
               const char   *contact,
               const char   *why,
               GPtrArray    *mine,
               GError      **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (database, sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, contact);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    mash_tray_mine_add (mine, mash_statement_get_text (row, 0), why,
                        mash_statement_get_text (row, 1));

  return step == MASH_STEP_DONE;
}

static gboolean
find_mine (MashDatabase     *database,
           MashPolicy       *policy,
           const char       *contact,
           MashTrayStanding *standing,
           GError          **error)
{
  standing->mine = mash_tray_mine_new ();
  standing->asked = mash_tray_mine_new ();

  return add_mine_rows (database, mentions_sql, contact, MASH_TRAY_WHY_MENTION, standing->mine,
                        error) &&
         add_mine_rows (database, tasks_sql, contact, MASH_TRAY_WHY_TASK, standing->mine, error) &&
         mash_tray_asked_find (database, policy, contact, standing->asked, error);
}

static gboolean
read_mine (MashDatabase *database,
           const char   *sql,
           const char   *contact,
           GPtrArray    *mine,
           GError      **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (database, sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, contact);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    mash_tray_mine_add (mine, mash_statement_get_text (row, 0), mash_statement_get_text (row, 1),
                        mash_statement_get_text (row, 2));

  return step == MASH_STEP_DONE;
}

static gboolean
is_same_mine (const GPtrArray *before,
              const GPtrArray *after)
{
  if (before->len != after->len)
    return FALSE;

  for (guint i = 0; i < before->len; i++)
    {
      const MashTrayMine *a = g_ptr_array_index (before, i);
      const MashTrayMine *b = g_ptr_array_index (after, i);

      if (strcmp (a->person, b->person) != 0 || a->why != b->why ||
          g_strcmp0 (a->record, b->record) != 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_mine (MashDatabase           *database,
            const char *const      *sql,
            const char             *contact,
            const GPtrArray        *before,
            GPtrArray              *mine,
            const MashTrayStanding *after,
            gboolean                moved,
            GError                **error)
{
  g_ptr_array_sort (mine, compare_mine);
  if (!moved && is_same_mine (before, mine))
    return TRUE;
  if (before->len > 0 && !mash_database_run (database, error, sql[EMPTY], "t", contact))
    return FALSE;

  for (guint i = 0; i < mine->len; i++)
    {
      const MashTrayMine *one = g_ptr_array_index (mine, i);

      if (!mash_database_run (database, error, sql[FILL], "ttditt", one->person, contact,
                              after->urgency, after->clock_due, one->why, one->record))
        return FALSE;
    }

  return TRUE;
}

/* The order of the lists is that of the tray. */
static gboolean
write_people (MashDatabase           *database,
              const char             *contact,
              const MashTrayStanding *before,
              const MashTrayStanding *after,
              GError                **error)
{
  gboolean moved = before->urgency != after->urgency || before->clock_due != after->clock_due;

  return write_mine (database, mine_sql, contact, before->mine, after->mine, after, moved,
                     error) &&
         write_mine (database, asked_sql, contact, before->asked, after->asked, after, moved,
                     error);
}

/* Where a contact stands */

static gboolean
read_standing (MashDatabase     *database,
               const char       *contact,
               MashTrayStanding *standing,
               GError          **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (database, standing_sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, contact);
  step = mash_statement_step (row, error);
  if (step == MASH_STEP_ROW)
    {
      standing->tray = intern_tray (mash_statement_get_text (row, 0));
      standing->state = mash_statement_dup_text (row, 1);
      standing->urgency = (int) mash_statement_get_int (row, 2);
      standing->clock_due = mash_statement_get_int (row, 3);
      standing->assigned_to = mash_statement_dup_text (row, 4);
      standing->team = mash_statement_dup_text (row, 5);
      standing->locality = mash_statement_dup_text (row, 6);
      standing->recommended_by = mash_statement_dup_text (row, 7);
      standing->strategy = mash_statement_get_int (row, 8) != 0;
      standing->undecided = mash_statement_get_int (row, 9) != 0;
      standing->waiting = mash_statement_get_int (row, 10) != 0;
      standing->incomplete = mash_statement_get_int (row, 11) != 0;
      standing->signing = mash_statement_get_int (row, 12) != 0;
    }
  standing->mine = mash_tray_mine_new ();
  standing->asked = mash_tray_mine_new ();

  return step != MASH_STEP_ERROR &&
         read_mine (database, mine_sql[READ], contact, standing->mine, error) &&
         read_mine (database, asked_sql[READ], contact, standing->asked, error);
}

/* The first column of the first row that a statement gives for an id. */
static gboolean
read_text (MashDatabase *database,
           const char   *sql,
           const char   *id,
           char        **text,
           GError      **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (database, sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, id);
  step = mash_statement_step (row, error);
  if (step == MASH_STEP_ROW)
    *text = mash_statement_dup_text (row, 0);

  return step != MASH_STEP_ERROR;
}

/* The one clock that is shown, found by the function that the contact page uses too, and when the
 * first of all is due: what one clock leads may be late by another. */
static gboolean
read_nearest_clock (MashDatabase *database,
                    MashPolicy   *policy,
                    const char   *contact,
                    MashClockRun *nearest,
                    gint64       *first_due,
                    GError      **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (database, clocks_sql, error);
  g_autoptr (GArray) runs = g_array_new (FALSE, TRUE, sizeof (MashClockRun));
  MashStep step;
  guint found;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, contact);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      MashClockRun run = { mash_policy_find_clock (policy, mash_statement_get_text (row, 0)) };

      if (run.rule != NULL && mash_time_parse (mash_statement_get_text (row, 1), &run.started) &&
          mash_time_parse (mash_statement_get_text (row, 2), &run.due))
        g_array_append_val (runs, run);
    }
  if (step == MASH_STEP_ERROR)
    return FALSE;

  *nearest = (MashClockRun) { .due = MASH_TIME_NEVER };
  found = mash_clock_run_find_nearest ((gconstpointer) runs->data, runs->len);
  if (found != MASH_NO_CLOCK)
    *nearest = g_array_index (runs, MashClockRun, found);
  *first_due = mash_clock_run_get_first_due ((gconstpointer) runs->data, runs->len);

  return TRUE;
}

/* The first line, cut between two words where it is long, and said to be cut. */
static char *
dup_first_line (const char *text)
{
  g_autofree char *line = NULL;
  g_autofree char *start = NULL;
  char *space;

  if (text == NULL)
    return NULL;

  line = g_strndup (text, strcspn (text, "\n"));
  if (g_utf8_strlen (line, -1) <= CONCERN_MAX)
    return g_steal_pointer (&line);

  start = g_utf8_substring (line, 0, CONCERN_MAX);
  space = strrchr (start, ' ');
  if (space != NULL)
    *space = '\0';

  return g_strconcat (start, "…", NULL);
}

static gboolean
stands_alike (const MashTrayStanding *a,
              const MashTrayStanding *b)
{
  return g_strcmp0 (a->tray, b->tray) == 0 && g_strcmp0 (a->state, b->state) == 0 &&
         g_strcmp0 (a->assigned_to, b->assigned_to) == 0 &&
         g_strcmp0 (a->team, b->team) == 0 && g_strcmp0 (a->locality, b->locality) == 0 &&
         g_strcmp0 (a->recommended_by, b->recommended_by) == 0 && a->urgency == b->urgency &&
         a->clock_due == b->clock_due && a->strategy == b->strategy &&
         a->undecided == b->undecided && a->waiting == b->waiting &&
         a->incomplete == b->incomplete && a->signing == b->signing;
}

static gboolean
write_row (MashDatabase           *database,
           const char             *contact,
           MashStatement          *row,
           const MashTrayStanding *before,
           const MashTrayStanding *standing,
           const MashClockRun     *clock,
           GError                **error)
{
  g_autofree char *concern = dup_first_line (mash_statement_get_text (row, 4));

  if (stands_alike (before, standing))
    return mash_database_run (database, error, describe_sql, "tttttttttiiid",
                              contact, mash_statement_get_text (row, 1),
                              mash_statement_get_text (row, 2), mash_statement_get_text (row, 3),
                              concern, mash_statement_get_text (row, 5),
                              mash_statement_get_text (row, 6), mash_statement_get_text (row, 7),
                              clock->rule != NULL ? clock->rule->id : NULL, clock->started,
                              mash_statement_get_time (row, 9),
                              mash_statement_get_time (row, 10),
                              mash_statement_get_int (row, 11) != 0);

  return mash_database_run (database, error, replace_sql, "ttttdtttttttttttiiiidddddd",
                            contact, standing->tray, standing->state,
                            mash_statement_get_text (row, 1), standing->urgency,
                            mash_statement_get_text (row, 2), mash_statement_get_text (row, 3),
                            concern, mash_statement_get_text (row, 5),
                            mash_statement_get_text (row, 6), mash_statement_get_text (row, 7),
                            standing->assigned_to, standing->team, standing->locality,
                            standing->recommended_by,
                            clock->rule != NULL ? clock->rule->id : NULL, clock->started,
                            standing->clock_due, mash_statement_get_time (row, 9),
                            mash_statement_get_time (row, 10),
                            mash_statement_get_int (row, 11) != 0, standing->strategy,
                            standing->undecided, standing->waiting, standing->incomplete,
                            standing->signing);
}

/* What the contact's own row says of where it stands. */
static gboolean
take_contact (MashDatabase       *database,
              MashStatement      *row,
              const MashClockRun *clock,
              MashTrayStanding   *standing,
              GError            **error)
{
  const char *missing = mash_statement_get_text (row, 7);

  standing->state = mash_statement_dup_text (row, 0);
  standing->urgency = get_urgency (clock, mash_statement_get_text (row, 1),
                                   mash_statement_get_int (row, 11) != 0,
                                   mash_statement_get_text (row, 12));
  standing->assigned_to = mash_statement_dup_text (row, 8);
  standing->locality = mash_statement_dup_text (row, 14);
  standing->strategy = strcmp (standing->tray, MASH_TRAY_NAME_KEPT) != 0 &&
                       needs_strategy (mash_statement_get_text (row, 6));
  standing->undecided = is_undecided (standing->tray);
  standing->waiting = is_waiting (standing->tray);
  standing->incomplete = missing != NULL && *missing != '\0';
  standing->signing = strcmp (standing->tray, MASH_TRAY_NAME_TO_SIGN) == 0 ||
                      standing->asked->len > 0;
  if (strcmp (standing->tray, MASH_TRAY_NAME_KEPT) != 0)
    mash_tray_mine_add (standing->mine, standing->assigned_to, MASH_TRAY_WHY_ASSIGNED, NULL);

  return standing->assigned_to == NULL ||
         read_text (database, team_sql, standing->assigned_to, &standing->team, error);
}

/* Gives the row of the tray its new form, or drops it; @after says where the contact then is. */
static gboolean
replace_row (MashDatabase           *database,
             MashPolicy             *policy,
             const char             *contact,
             const MashTrayStanding *before,
             MashTrayStanding       *after,
             GError                **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (database, contact_sql, error);
  gboolean voided;
  MashClockRun clock;
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, contact);
  step = mash_statement_step (row, error);
  if (step == MASH_STEP_ERROR || !find_mine (database, policy, contact, after, error) ||
      !read_nearest_clock (database, policy, contact, &clock, &after->clock_due, error))
    return FALSE;

  /* One that was taken back, because its hub did not accept it, is in no tray. */
  voided = step == MASH_STEP_DONE || !mash_statement_is_null (row, 13);
  if (!voided)
    after->tray = find_tray (mash_statement_get_text (row, 0));
  if (after->tray == NULL && !voided &&
      (after->mine->len > 0 || after->asked->len > 0 || clock.rule != NULL))
    after->tray = MASH_TRAY_NAME_KEPT;
  if (after->tray == NULL)
    {
      g_ptr_array_set_size (after->mine, 0);
      g_ptr_array_set_size (after->asked, 0);
      return before->tray == NULL ||
             mash_database_run (database, error, "DELETE FROM tray WHERE contact = ?1", "t",
                                contact);
    }

  return take_contact (database, row, &clock, after, error) &&
         read_text (database, recommendation_sql, contact, &after->recommended_by, error) &&
         write_row (database, contact, row, before, after, &clock, error);
}

/**
 * mash_tray_table_refresh:
 * @tables: the tables
 * @policy: the policy, for its clocks
 * @contact: the id of a contact
 * @error: return location for a #MashStoreError
 *
 * Works out where a contact stands after its records have changed, and keeps the counts right.
 * Inside the caller's transaction.
 *
 * Returns: %TRUE when it was written
 */
gboolean
mash_tray_table_refresh (MashTables *tables,
                         MashPolicy *policy,
                         const char *contact,
                         GError    **error)
{
  MashDatabase *database = mash_tables_get_database (tables);
  g_auto (MashTrayStanding) before = { 0 };
  g_auto (MashTrayStanding) after = { 0 };

  return read_standing (database, contact, &before, error) &&
         replace_row (database, policy, contact, &before, &after, error) &&
         write_people (database, contact, &before, &after, error) &&
         mash_tray_counts_write (database, &before, &after, error);
}

/**
 * mash_tray_table_clear:
 * @tables: the tables
 * @contacts: a set of ids, which grows by the contacts that have a place in a tray
 * @error: return location for a #MashStoreError
 *
 * Empties the trays, so that each contact found can be worked out anew.
 *
 * Returns: %TRUE when they are empty
 */
gboolean
mash_tray_table_clear (MashTables *tables,
                       GHashTable *contacts,
                       GError    **error)
{
  MashDatabase *database = mash_tables_get_database (tables);
  g_autoptr (MashStatement) row = NULL;
  MashStep step;

  row = mash_database_prepare (database,
                               "SELECT id FROM contact WHERE state NOT IN ('C90', 'X20')"
                               " UNION SELECT contact FROM task WHERE status = 'OPEN'"
                               " UNION SELECT contact FROM mention WHERE seen_at IS NULL"
                               " UNION SELECT contact FROM clock WHERE stopped_at IS NULL"
                               " UNION SELECT contact FROM tray_asked", error);
  if (row == NULL)
    return FALSE;
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    g_hash_table_add (contacts, mash_statement_dup_text (row, 0));

  return step == MASH_STEP_DONE &&
         mash_database_run (database, error, "DELETE FROM tray", NULL) &&
         mash_database_run (database, error, "DELETE FROM tray_mine", NULL) &&
         mash_database_run (database, error, "DELETE FROM tray_asked", NULL) &&
         mash_database_run (database, error, "DELETE FROM tray_count", NULL);
}
