/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-tray-table.h"

#include <string.h>

#include "mash-clock-reading.h"
#include "mash-store-error.h"

/* How much of the concern a row of a tray shows. */
#define CONCERN_MAX 160

#define MAX_COUNTS 6

static const char contact_sql[] =
  "SELECT state, brag, level, reference, presenting_concern, source, strand_p, missing_items,"
  " assigned_to, received_at, created_at, harm_suspected, immediate_danger, voided_at"
  " FROM contact WHERE id = ?1";

static const char clocks_sql[] =
  "SELECT type, started_at, due_at FROM clock"
  " WHERE contact = ?1 AND stopped_at IS NULL AND due_at IS NOT NULL AND voided_at IS NULL"
  " ORDER BY n";

static const char recommendation_sql[] =
  "SELECT \"by\" FROM recommendation WHERE contact = ?1 AND voided_at IS NULL"
  " ORDER BY n DESC LIMIT 1";

static const char standing_sql[] =
  "SELECT tray, assigned_to, recommended_by, strategy FROM tray WHERE contact = ?1";

static const char replace_sql[] =
  "INSERT INTO tray (contact, tray, state, brag, urgency, level, reference, concern, source,"
  " strand_p, missing, assigned_to, recommended_by, clock_type, clock_started, clock_due,"
  " received_at, created_at, harm, strategy, undecided)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
  " ?19, ?20, ?21)"
  " ON CONFLICT (contact) DO UPDATE SET tray = excluded.tray, state = excluded.state,"
  " brag = excluded.brag, urgency = excluded.urgency, level = excluded.level,"
  " reference = excluded.reference, concern = excluded.concern, source = excluded.source,"
  " strand_p = excluded.strand_p, missing = excluded.missing,"
  " assigned_to = excluded.assigned_to, recommended_by = excluded.recommended_by,"
  " clock_type = excluded.clock_type, clock_started = excluded.clock_started,"
  " clock_due = excluded.clock_due, received_at = excluded.received_at,"
  " created_at = excluded.created_at, harm = excluded.harm, strategy = excluded.strategy,"
  " undecided = excluded.undecided";

static const char add_count_sql[] =
  "INSERT INTO tray_count (tray, person, n) VALUES (?1, ?2, ?3)"
  " ON CONFLICT (tray, person) DO UPDATE SET n = n + excluded.n";

static const char drop_count_sql[] =
  "DELETE FROM tray_count WHERE tray = ?1 AND person = ?2 AND n = 0";

/* What decides which counts a contact is part of. */
typedef struct
{
  const char *tray;
  char       *assigned_to;
  char       *recommended_by;
  gboolean    strategy;
} Standing;

typedef struct
{
  const char *tray;
  const char *person;
} Count;

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
standing_clear (Standing *standing)
{
  g_free (standing->assigned_to);
  g_free (standing->recommended_by);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Standing, standing_clear)

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

  return NULL;
}

/* Harm and danger first; what nobody has rated yet comes before what was rated as able to wait. */
static int
get_urgency (const char *brag,
             gboolean    harm,
             const char *danger)
{
  if (harm || g_strcmp0 (brag, "R") == 0 || (brag == NULL && g_strcmp0 (danger, "Y") == 0))
    return 0;
  if (g_strcmp0 (brag, "A") == 0)
    return 1;
  if (brag == NULL)
    return 2;

  return g_strcmp0 (brag, "G") == 0 ? 3 : 4;
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
  return strcmp (tray, MASH_TRAY_NAME_SENT) != 0 && strcmp (tray, MASH_TRAY_NAME_AFTER) != 0;
}

static guint
list_counts (const Standing *standing,
             Count           counts[MAX_COUNTS])
{
  guint n = 0;

  if (standing->tray == NULL)
    return 0;

  counts[n++] = (Count) { standing->tray, "" };
  if (is_undecided (standing->tray))
    counts[n++] = (Count) { MASH_TRAY_NAME_FRONT_DOOR, "" };
  if (strcmp (standing->tray, MASH_TRAY_NAME_SENT) == 0)
    counts[n++] = (Count) { MASH_TRAY_NAME_WAITING, "" };
  if (standing->assigned_to != NULL)
    counts[n++] = (Count) { MASH_TRAY_NAME_MINE, standing->assigned_to };
  if (standing->strategy)
    counts[n++] = (Count) { MASH_TRAY_NAME_STRATEGY, "" };
  if (standing->recommended_by != NULL && g_strcmp0 (standing->tray, MASH_TRAY_NAME_TO_SIGN) == 0)
    counts[n++] = (Count) { MASH_TRAY_NAME_RECOMMENDED, standing->recommended_by };

  return n;
}

static gboolean
add_counts (MashDatabase    *database,
            const Standing  *standing,
            int              step,
            GError         **error)
{
  Count counts[MAX_COUNTS];
  guint n = list_counts (standing, counts);

  for (guint i = 0; i < n; i++)
    {
      if (!mash_database_run (database, error, add_count_sql, "ttd", counts[i].tray,
                              counts[i].person, step))
        return FALSE;
      if (step < 0 && !mash_database_run (database, error, drop_count_sql, "tt", counts[i].tray,
                                          counts[i].person))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_standing (MashDatabase  *database,
               const char    *contact,
               Standing      *standing,
               GError       **error)
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
      standing->assigned_to = mash_statement_dup_text (row, 1);
      standing->recommended_by = mash_statement_dup_text (row, 2);
      standing->strategy = mash_statement_get_int (row, 3) != 0;
    }

  return step != MASH_STEP_ERROR;
}

static gboolean
read_recommender (MashDatabase  *database,
                  const char    *contact,
                  char         **person,
                  GError       **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (database, recommendation_sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, contact);
  step = mash_statement_step (row, error);
  if (step == MASH_STEP_ROW)
    *person = mash_statement_dup_text (row, 0);

  return step != MASH_STEP_ERROR;
}

/* The one nearest clock, found by the function that the contact page uses too. */
static gboolean
read_nearest_clock (MashDatabase  *database,
                    MashPolicy    *policy,
                    const char    *contact,
                    MashClockRun  *nearest,
                    GError       **error)
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

static gint64
parse_or_zero (const char *instant)
{
  gint64 usec;

  return instant != NULL && mash_time_parse (instant, &usec) ? usec : 0;
}

static gboolean
write_row (MashDatabase        *database,
           const char          *contact,
           MashStatement       *row,
           const Standing      *standing,
           const MashClockRun  *clock,
           GError             **error)
{
  const char *brag = mash_statement_get_text (row, 1);
  g_autofree char *concern = dup_first_line (mash_statement_get_text (row, 4));
  gboolean harm = mash_statement_get_int (row, 11) != 0;

  return mash_database_run (database, error, replace_sql, "ttttdttttttttt" "iiiiddd",
                            contact, standing->tray, mash_statement_get_text (row, 0), brag,
                            get_urgency (brag, harm, mash_statement_get_text (row, 12)),
                            mash_statement_get_text (row, 2), mash_statement_get_text (row, 3),
                            concern, mash_statement_get_text (row, 5),
                            mash_statement_get_text (row, 6), mash_statement_get_text (row, 7),
                            standing->assigned_to, standing->recommended_by,
                            clock->rule != NULL ? clock->rule->id : NULL, clock->started,
                            clock->due, parse_or_zero (mash_statement_get_text (row, 9)),
                            parse_or_zero (mash_statement_get_text (row, 10)), harm,
                            standing->strategy, is_undecided (standing->tray));
}

/* Gives the row of the tray its new form, or drops it; @after says where the contact then is. */
static gboolean
replace_row (MashDatabase  *database,
             MashPolicy    *policy,
             const char    *contact,
             Standing      *after,
             GError       **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (database, contact_sql, error);
  MashClockRun clock;
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, contact);
  step = mash_statement_step (row, error);
  if (step == MASH_STEP_DONE)
    g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND,
                 "There is no contact %s", contact);
  if (step != MASH_STEP_ROW)
    return FALSE;

  if (mash_statement_is_null (row, 13))
    after->tray = find_tray (mash_statement_get_text (row, 0));
  if (after->tray == NULL)
    return mash_database_run (database, error, "DELETE FROM tray WHERE contact = ?1", "t",
                              contact);

  after->assigned_to = mash_statement_dup_text (row, 8);
  after->strategy = needs_strategy (mash_statement_get_text (row, 6));

  return read_recommender (database, contact, &after->recommended_by, error) &&
         read_nearest_clock (database, policy, contact, &clock, error) &&
         write_row (database, contact, row, after, &clock, error);
}

/**
 * mash_tray_table_refresh:
 * @tables: the tables
 * @policy: the policy, for its clocks
 * @contact: the id of a contact that exists
 * @error: return location for a #MashStoreError
 *
 * Works out where a contact stands after its records have changed, and keeps the counts right.
 * Inside the caller's transaction.
 *
 * Returns: %TRUE when it was written
 */
gboolean
mash_tray_table_refresh (MashTables  *tables,
                         MashPolicy  *policy,
                         const char  *contact,
                         GError     **error)
{
  MashDatabase *database = mash_tables_get_database (tables);
  g_auto (Standing) before = { 0 };
  g_auto (Standing) after = { 0 };

  return read_standing (database, contact, &before, error) &&
         replace_row (database, policy, contact, &after, error) &&
         add_counts (database, &before, -1, error) &&
         add_counts (database, &after, 1, error);
}
