/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-report.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-reach.h"
#include "mash-store-private.h"
#include "mash-time.h"

/* The permission of the matrix (domain 2.2). */
#define PERMISSION_REPORTS 40

/* A decision that stands, of those of one contact; a returned recommendation is none. */
#define DECISIONS \
  " FROM decision d WHERE d.contact = c.id AND d.voided_at IS NULL" \
  " AND d.result IN ('APPROVED', 'CHANGED')"

/* Contacts that count, of the agency ?4 or of all. */
#define COUNTED \
  " c.voided_at IS NULL AND c.state IS NOT NULL AND c.state <> 'C00' AND (?4 IS NULL OR EXISTS" \
  " (SELECT 1 FROM post p WHERE p.id = c.created_post AND p.agency = ?4))"

/* Those of them that came from ?1 to ?2. */
#define CONTACTS \
  " FROM contact c WHERE c.received_at >= ?1 AND c.received_at < ?2 AND" COUNTED

/* What was decided before ?3, if anything. */
#define OUTCOME \
  " (SELECT COALESCE (d.outcomes, d.outcome)" DECISIONS " AND d.at < ?3" \
  " ORDER BY d.at DESC, d.n DESC LIMIT 1)"

#define COLUMNS \
  "SELECT c.id, c.reference, c.received_at, c.created_at, c.state, c.source, c.brag," OUTCOME "," \
  " (SELECT d.at" DECISIONS " AND d.at < ?3 ORDER BY d.at DESC, d.n DESC LIMIT 1)," \
  " EXISTS (SELECT 1" DECISIONS " AND d.at >= ?3)"

static const char contacts_sql[] =
  COLUMNS CONTACTS " ORDER BY c.received_at";

static const char figure_keys_sql[] =
  "SELECT c.n, c.state," OUTCOME CONTACTS " ORDER BY c.received_at";

static const char figure_sql[] =
  COLUMNS " FROM contact c WHERE c.n = ?1 AND ?2 IS NULL AND" COUNTED;

/* The first change to a person tells whether they were known when they were written down. */
static const char children_sql[] =
  "SELECT s.contact, s.person, COALESCE (s.added_at, s.created_at), s.added_late, p.status,"
  " p.revision > 1 AND p.status = 'IDENTIFIED' AND EXISTS (SELECT 1 FROM change h"
  " WHERE h.record = p.id AND h.base = 0 AND instr (h.body, '\"status\":\"PLACEHOLDER\"') > 0),"
  " c.received_at"
  " FROM (SELECT c.id, c.received_at" CONTACTS ") c"
  " CROSS JOIN contact_subject s ON s.contact = c.id"
  " CROSS JOIN person p ON p.id = s.person"
  " WHERE s.voided_at IS NULL AND s.role IN ('CHILD', 'UNBORN')"
  " ORDER BY c.received_at";

static const char counts_sql[] =
  "SELECT a.id, a.week, a.team, a.measure, a.\"count\", a.source, a.updated_at, s.name"
  " FROM assessment_count a LEFT JOIN staff s ON s.id = a.updated_by"
  " WHERE a.week >= ?1 AND a.week <= ?2 AND a.voided_at IS NULL ORDER BY a.week, a.n";

/* How far the report is when all contacts are counted; what is left are the children in them. */
#define CONTACTS_COUNTED 0.6

/* A contact of the period while it is counted. Contacts that share a child lead to one another. */
typedef struct
{
  char *contact;
  guint leads_to;
} Member;

/* Children and families of the period. */
typedef struct
{
  MashWeekly *weekly;
  GArray     *members;   /* of Member */
  GHashTable *places;    /* contact → its place in @members, and one more */
  GHashTable *children;  /* person → the place of a contact that they are in, and one more */
  char       *end;
  const MashStoreWatch *watch;
} Families;

void
mash_figure_row_free (MashFigureRow *self)
{
  if (self == NULL)
    return;

  g_free (self->contact);
  g_free (self->reference);
  g_free (self->state);
  g_free (self->brag);
  g_free (self->source);
  g_free (self->outcome);
  g_free (self);
}

void
mash_count_row_free (MashCountRow *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->week);
  g_free (self->team);
  g_free (self->measure);
  g_free (self->source);
  g_free (self->author);
  g_free (self);
}

static void
clear_member (Member *member)
{
  g_free (member->contact);
}

/* Whether the person may run reports, and of which agency: %NULL of all. Who gets no case from a
 * central hub would count none, and take it for a figure. */
static gboolean
check_right (MashStore   *self,
             const char **agency,
             GError     **error)
{
  MashGrant grant = mash_policy_get_grant (self->policy, self->role, PERMISSION_REPORTS, NULL);

  *agency = grant == MASH_GRANT_YES ? NULL : self->agency;
  if (grant != MASH_GRANT_YES && grant != MASH_GRANT_OWN)
    {
      mash_store_refuse (error, _("Your role does not run reports."));
      return FALSE;
    }
  if (self->central && mash_reach_of_role (self->policy, self->role) == MASH_REACH_NONE)
    {
      mash_store_refuse (error, _("No case is kept at your desk that could be counted; ask a "
                                  "manager of the hub for the report."));
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_period (MashStore  *self,
              int         first_day,
              int         last_day,
              GError    **error)
{
  const char *sentence;

  if (mash_weekly_check_period (first_day, last_day,
                                mash_time_get_local_day (mash_store_get_now (self)), &sentence))
    return TRUE;

  mash_store_refuse (error, sentence);

  return FALSE;
}

static char *
dup_start (int day)
{
  return mash_time_format (mash_time_from_local_day (day, 0));
}

static MashStatement *
prepare (MashStore   *self,
         const char  *sql,
         int          first_day,
         int          last_day,
         int          end_day,
         const char  *agency,
         GError     **error)
{
  g_autofree char *from = dup_start (first_day);
  g_autofree char *to = dup_start (last_day + 1);
  g_autofree char *end = dup_start (end_day + 1);
  MashStatement *row = mash_database_prepare (self->database, sql, error);

  if (row != NULL)
    mash_statement_bind (row, "tttt", from, to, end, agency);

  return row;
}

static guint
find_root (GArray *members,
           guint   i)
{
  while (g_array_index (members, Member, i).leads_to != i)
    {
      Member *member = &g_array_index (members, Member, i);

      member->leads_to = g_array_index (members, Member, member->leads_to).leads_to;
      i = member->leads_to;
    }

  return i;
}

/* What is read is in the order in which it came, so that the time says how far that is. */
static gboolean
go_on (Families  *families,
       gint64     at,
       double     from,
       double     to,
       GError   **error)
{
  const MashStoreWatch *watch = families->watch;
  gint64 first = mash_time_from_local_day (families->weekly->first_day, 0);
  gint64 end = mash_time_from_local_day (families->weekly->last_day + 1, 0);

  if (watch != NULL && watch->progress != NULL)
    watch->progress (from + (to - from) * (double) (at - first) / (double) (end - first),
                     watch->data);

  return watch == NULL || !g_cancellable_set_error_if_cancelled (watch->cancellable, error);
}

/* Reads the contacts into the report. */
static gboolean
count_contacts (MashStore   *self,
                Families    *families,
                const char  *agency,
                GError     **error)
{
  MashWeekly *weekly = families->weekly;
  g_autoptr (MashStatement) row = prepare (self, contacts_sql, weekly->first_day,
                                           weekly->last_day, weekly->last_day, agency, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      guint place = families->members->len;
      Member member = { mash_statement_dup_text (row, 0), place };
      const char *created = mash_statement_get_text (row, 3);
      MashDisposition disposition = mash_weekly_dispose (self->policy,
                                                         mash_statement_get_text (row, 4),
                                                         mash_statement_get_text (row, 7));

      g_array_append_val (families->members, member);
      g_hash_table_insert (families->places, member.contact, GUINT_TO_POINTER (place + 1));
      mash_weekly_count (weekly, mash_time_get_local_day (mash_statement_get_time (row, 2)),
                         disposition);
      if (created != NULL && strcmp (created, families->end) >= 0)
        weekly->keyed_after++;
      if (disposition == MASH_DISPOSITION_OPEN && mash_statement_get_int (row, 9) != 0)
        weekly->decided_after++;
      if (!go_on (families, mash_statement_get_time (row, 2), 0, CONTACTS_COUNTED, error))
        return FALSE;
    }

  return step == MASH_STEP_DONE;
}

static void
count_child (Families      *families,
             MashStatement *row)
{
  MashWeeklyPeople *people = &families->weekly->people;
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (families->places,
                                                       mash_statement_get_text (row, 0)));
  const char *person = mash_statement_get_text (row, 1);
  const char *added = mash_statement_get_text (row, 2);
  guint other = GPOINTER_TO_UINT (g_hash_table_lookup (families->children, person));

  g_assert (place > 0);

  people->child_contacts++;
  people->at_end += added == NULL || strcmp (added, families->end) < 0;
  people->late += mash_statement_get_int (row, 3) != 0;
  people->unknown += g_strcmp0 (mash_statement_get_text (row, 4), "PLACEHOLDER") == 0;
  people->identified += mash_statement_get_int (row, 5) != 0;
  if (other == 0)
    {
      g_hash_table_insert (families->children, g_strdup (person), GUINT_TO_POINTER (place));
    }
  else
    {
      guint root = find_root (families->members, place - 1);

      g_array_index (families->members, Member, root).leads_to =
        find_root (families->members, other - 1);
    }
}

static gboolean
count_children (MashStore   *self,
                Families    *families,
                const char  *agency,
                GError     **error)
{
  MashWeekly *weekly = families->weekly;
  g_autoptr (MashStatement) row = prepare (self, children_sql, weekly->first_day,
                                           weekly->last_day, weekly->last_day, agency, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      count_child (families, row);
      if (!go_on (families, mash_statement_get_time (row, 6), CONTACTS_COUNTED, 1, error))
        return FALSE;
    }
  weekly->people.children = g_hash_table_size (families->children);
  for (guint i = 0; i < families->members->len; i++)
    weekly->people.families += find_root (families->members, i) == i;

  return step == MASH_STEP_DONE;
}

static gboolean
count_teams (MashStore   *self,
             MashWeekly  *weekly,
             GError     **error)
{
  g_autoptr (GPtrArray) counts = mash_store_list_counts (self, weekly->first_day,
                                                         weekly->last_day, error);

  if (counts == NULL)
    return FALSE;

  for (guint i = 0; i < counts->len; i++)
    {
      const MashCountRow *row = g_ptr_array_index (counts, i);
      int day;

      if (g_strcmp0 (row->measure, "CFA") == 0 && mash_date_parse (row->week, &day))
        mash_weekly_count_team (weekly, day, row->count);
    }

  return TRUE;
}

static char *
dup_agency_name (MashStore  *self,
                 const char *agency)
{
  g_autoptr (MashRecord) record = agency != NULL ? mash_store_lookup (self, "agency", agency)
                                                 : NULL;

  return record != NULL ? g_strdup (mash_record_get_text (record, "name")) : NULL;
}

/**
 * mash_store_read_weekly:
 * @self: a store
 * @first_day: the first day of the period, as mash_time_get_local_day() counts
 * @last_day: its last day, not after today
 * @watch: (nullable): told how far it is, and may stop it
 * @error: %MASH_STORE_ERROR_REFUSED where the person’s role runs no reports, or the period will
 *   not do; %G_IO_ERROR_CANCELLED
 *
 * Counts the contacts of the period, by an index, and no others: it grows with the period, of which
 * %MASH_WEEKLY_MAX_WEEKS is the most, not with the register. For a role that reports only on its
 * own agency these are the contacts that its agency took in.
 *
 * Returns: (transfer full) (nullable): the report
 */
MashWeekly *
mash_store_read_weekly (MashStore            *self,
                        int                   first_day,
                        int                   last_day,
                        const MashStoreWatch *watch,
                        GError              **error)
{
  g_autoptr (MashWeekly) weekly = NULL;
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (Member));
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) children = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *end = dup_start (last_day + 1);
  Families families = { NULL, members, places, children, end, watch };
  const char *agency;
  gboolean counted;

  mash_store_assert (self);

  if (!check_right (self, &agency, error) || !check_period (self, first_day, last_day, error) ||
      !mash_store_write_log (self, error))
    return NULL;

  g_array_set_clear_func (members, (GDestroyNotify) clear_member);
  weekly = mash_weekly_new (first_day, last_day, mash_store_get_now (self));
  weekly->agency = dup_agency_name (self, agency);
  families.weekly = weekly;
  mash_database_set_cancellable (self->database, watch != NULL ? watch->cancellable : NULL);
  counted = count_contacts (self, &families, agency, error) &&
            count_children (self, &families, agency, error) && count_teams (self, weekly, error);
  mash_database_set_cancellable (self->database, NULL);
  if (!counted)
    return NULL;
  mash_weekly_finish (weekly);

  return g_steal_pointer (&weekly);
}

/**
 * mash_store_list_figure_keys:
 * @self: a store
 * @first_day: the first day of the contacts
 * @last_day: the last day of the contacts
 * @end_day: the last day of the period: what was decided by then
 * @figure: a line of the report that counts contacts
 * @cancellable: (nullable): to stop it
 * @error: %MASH_STORE_ERROR_REFUSED as for mash_store_read_weekly()
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the keys of the contacts that make up
 *   the figure, by the time they came
 */
GArray *
mash_store_list_figure_keys (MashStore     *self,
                             int            first_day,
                             int            last_day,
                             int            end_day,
                             MashFigure     figure,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (MashStatement) row = NULL;
  const char *agency;
  MashStep step;

  mash_store_assert (self);
  g_return_val_if_fail ((guint) figure < MASH_N_FIGURES && last_day <= end_day, NULL);

  if (!check_right (self, &agency, error) || !check_period (self, first_day, end_day, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  row = prepare (self, figure_keys_sql, first_day, last_day, end_day, agency, error);
  if (row == NULL)
    return NULL;

  mash_database_set_cancellable (self->database, cancellable);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      gint64 key = mash_statement_get_int (row, 0);

      if (mash_figure_contains (figure,
                                mash_weekly_dispose (self->policy,
                                                     mash_statement_get_text (row, 1),
                                                     mash_statement_get_text (row, 2))))
        g_array_append_val (keys, key);
    }
  mash_database_set_cancellable (self->database, NULL);

  return step == MASH_STEP_DONE ? g_steal_pointer (&keys) : NULL;
}

static gpointer
read_figure (MashStatement *row,
             gpointer       data)
{
  MashFigureRow *out = g_new0 (MashFigureRow, 1);

  out->contact = mash_statement_dup_text (row, 0);
  out->reference = mash_statement_dup_text (row, 1);
  out->received_at = mash_statement_get_time (row, 2);
  out->state = mash_statement_dup_text (row, 4);
  out->source = mash_statement_dup_text (row, 5);
  out->brag = mash_statement_dup_text (row, 6);
  out->outcome = mash_statement_dup_text (row, 7);
  out->decided_at = mash_statement_get_time (row, 8);

  return out;
}

/**
 * mash_store_list_figure:
 * @self: a store
 * @end_day: the last day of the period: what was decided by then
 * @keys: keys of mash_store_list_figure_keys()
 * @n_keys: how many they are
 * @error: %MASH_STORE_ERROR_REFUSED as there
 *
 * Returns: (transfer full) (element-type MashFigureRow) (nullable): contacts behind a figure, in
 *   the order of @keys; %NULL in the place of one that counts no more
 */
GPtrArray *
mash_store_list_figure (MashStore     *self,
                        int            end_day,
                        const gint64  *keys,
                        guint          n_keys,
                        GError       **error)
{
  g_autoptr (MashStatement) row = NULL;
  g_autofree char *end = dup_start (end_day + 1);
  const char *agency;

  mash_store_assert (self);

  if (!check_right (self, &agency, error))
    return NULL;
  row = mash_database_prepare (self->database, figure_sql, error);
  if (row == NULL)
    return NULL;
  mash_statement_bind_text (row, 3, end);
  mash_statement_bind_text (row, 4, agency);

  return mash_statement_list_rows (row, keys, n_keys, read_figure, NULL,
                                   (GDestroyNotify) mash_figure_row_free, error);
}

/**
 * mash_store_list_counts:
 * @self: a store
 * @first_day: the first day
 * @last_day: the last day
 * @error: %MASH_STORE_ERROR_REFUSED where the person’s role runs no reports
 *
 * Returns: (transfer full) (element-type MashCountRow) (nullable): what the teams counted in weeks
 *   that begin within these days
 */
GPtrArray *
mash_store_list_counts (MashStore  *self,
                        int         first_day,
                        int         last_day,
                        GError    **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (MashStatement) row = NULL;
  g_autofree char *from = mash_date_format (first_day);
  g_autofree char *to = mash_date_format (last_day);
  const char *agency;
  MashStep step;

  mash_store_assert (self);

  if (!check_right (self, &agency, error))
    return NULL;
  row = mash_database_prepare (self->database, counts_sql, error);
  if (row == NULL)
    return NULL;

  mash_statement_bind (row, "tt", from, to);
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_count_row_free);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      MashCountRow *out = g_new0 (MashCountRow, 1);

      out->id = mash_statement_dup_text (row, 0);
      out->week = mash_statement_dup_text (row, 1);
      out->team = mash_statement_dup_text (row, 2);
      out->measure = mash_statement_dup_text (row, 3);
      out->count = (guint) MAX (0, mash_statement_get_int (row, 4));
      out->source = mash_statement_dup_text (row, 5);
      out->updated_at = mash_statement_get_time (row, 6);
      out->author = mash_statement_dup_text (row, 7);
      g_ptr_array_add (rows, out);
    }

  return step == MASH_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}
