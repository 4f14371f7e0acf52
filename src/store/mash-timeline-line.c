/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-timeline-line.h"

#include <string.h>

#include "mash-time.h"
#include "mash-timeline-entry.h"

/* How long somebody's edits, one after the other, are one line of the timeline. */
#define EDITS_TOGETHER (30 * MASH_TIME_MINUTE)

static const char insert_sql[] =
  "INSERT INTO timeline (n, id, contact, position, at, until, precision, kind, deed, weight, harm,"
  " whole, list, code, headline, words, fields, people, author, post, agency, source, basis,"
  " handling, record_kind, record, voided_at, voided_reason, marks)"
  " VALUES (nullif (?1, 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,"
  " ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29)";

static const char key_sql[] =
  "INSERT INTO timeline_key (scope, at, n, contact, kind, deed, weight, harm, whole, post, agency,"
  " closed, voided) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
  " (SELECT n FROM post WHERE id = ?10), (SELECT n FROM agency WHERE id = ?11), ?12, ?13)";

static const char index_sql[] =
  "INSERT INTO timeline_search (rowid, headline, words, source, marks)"
  " VALUES (?1, ?2, ?3, ?4, ?5)";

static const char unindex_sql[] =
  "INSERT INTO timeline_search (timeline_search, rowid, headline, words, source, marks)"
  " SELECT 'delete', n, headline, words, source, marks FROM timeline_text WHERE n = ?1";

static const char known_sql[] =
  "SELECT n, position, at, marks FROM timeline WHERE id = ?1";

static const char last_sql[] =
  "SELECT n, deed, author, post, until, fields, words, harm, position FROM timeline"
  " WHERE contact = ?1"
  " ORDER BY n DESC LIMIT 1";

void
mash_timeline_line_free (MashTimelineLine *line)
{
  g_free (line->id);
  g_free (line->contact);
  g_free (line->deed);
  g_free (line->author);
  g_free (line->post);
  g_free (line->list);
  g_free (line->code);
  g_free (line->headline);
  g_free (line->words);
  g_free (line->agency);
  g_free (line->source);
  g_free (line->basis);
  g_free (line->handling);
  g_free (line->record_kind);
  g_free (line->record);
  g_free (line->voided_at);
  g_free (line->voided_reason);
  g_ptr_array_unref (line->people);
  g_ptr_array_unref (line->fields);
  g_free (line);
}

/* An instant, or a date of which the beginning counts. */
void
mash_timeline_line_set_time (MashTimelineLine *line,
                             const char       *text)
{
  static const char *const precisions[] = { "year", "month", "day" };
  g_autofree char *date = NULL;
  gsize length = text != NULL ? strlen (text) : 0;
  int day;

  if (text == NULL)
    return;
  if (mash_time_parse (text, &line->at))
    {
      line->precision = "time";
      return;
    }

  date = g_strconcat (text, length == 4 ? "-01-01" : length == 7 ? "-01" : "", NULL);
  if (!mash_date_parse (date, &day))
    return;
  line->at = mash_time_from_local_day (day, 0);
  line->precision = precisions[length == 4 ? 0 : length == 7 ? 1 : 2];
}

void
mash_timeline_line_add_person (MashTimelineLine *line,
                               const char       *person)
{
  if (person != NULL && !g_ptr_array_find_with_equal_func (line->people, person, g_str_equal, NULL))
    g_ptr_array_add (line->people, g_strdup (person));
}

static gboolean
read_number (MashDatabase  *database,
             const char    *sql,
             const char    *id,
             gint64        *n,
             GError       **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (database, sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind_text (row, 1, id);
  step = mash_statement_step (row, error);
  *n = step == MASH_STEP_ROW ? mash_statement_get_int (row, 0) : 0;

  return step != MASH_STEP_ERROR;
}

/* What a code means is found by its mark: the policy has the words. */
static void
append_code (GString                *marks,
             const MashTimelineLine *line)
{
  g_autofree char *mark = line->code != NULL ? mash_timeline_dup_mark (line->list, line->code)
                                             : NULL;

  if (mark != NULL)
    g_string_append_printf (marks, " %s", mark);
}

/* The names of the scopes that a line has a key in: that of its contact, where it has one, first,
 * then its people's; last the mark of its code. */
static char *
dup_marks (MashTables              *self,
           const MashTimelineLine  *line,
           gint64                  *contact,
           GError                 **error)
{
  MashDatabase *database = mash_tables_get_database (self);
  g_autoptr (GString) marks = g_string_new (NULL);
  gint64 n;

  if (!read_number (database, "SELECT n FROM contact WHERE id = ?1", line->contact, contact,
                    error))
    return NULL;
  if (*contact != 0)
    g_string_printf (marks, "c%" G_GINT64_FORMAT, *contact);
  for (guint i = 0; i < line->people->len; i++)
    {
      if (!read_number (database, "SELECT n FROM person WHERE id = ?1",
                        g_ptr_array_index (line->people, i), &n, error))
        return NULL;
      if (n != 0)
        g_string_append_printf (marks, "%sp%" G_GINT64_FORMAT, marks->len > 0 ? " " : "", n);
    }
  append_code (marks, line);

  return g_string_free (g_steal_pointer (&marks), FALSE);
}

static char *
join (GPtrArray *words)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? " " : "",
                            (const char *) g_ptr_array_index (words, i));

  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

static gboolean
write_keys (MashDatabase            *database,
            const MashTimelineLine  *line,
            gint64                   n,
            gint64                   contact,
            const char              *marks,
            GError                 **error)
{
  g_auto (GStrv) scopes = g_strsplit (marks, " ", -1);
  gboolean closed = mash_timeline_entry_is_restricted (line->basis, line->handling);

  for (guint i = 0; scopes[i] != NULL && *scopes[i] != 'k'; i++)
    {
      if (!mash_database_run (database, error, key_sql, "tiiittdddttdd", scopes[i], line->at, n,
                              contact, line->kind, line->deed, line->weight, line->harm,
                              line->whole, line->post, line->agency, closed,
                              line->voided_at != NULL))
        return FALSE;
    }

  return TRUE;
}

gboolean
mash_timeline_line_write (MashTables              *self,
                          const MashTimelineLine  *line,
                          GError                 **error)
{
  MashDatabase *database = mash_tables_get_database (self);
  g_autofree char *people = join (line->people);
  g_autofree char *fields = join (line->fields);
  g_autofree char *marks = NULL;
  gint64 contact, n;

  marks = dup_marks (self, line, &contact, error);
  if (marks == NULL ||
      !mash_database_run (database, error, insert_sql, "ittiiitttdddttttttttttttttttt", line->n,
                          line->id, line->contact, line->position, line->at, line->at,
                          line->precision, line->kind, line->deed, line->weight, line->harm,
                          line->whole, line->list, line->code, line->headline, line->words,
                          fields, people, line->author, line->post, line->agency, line->source,
                          line->basis, line->handling, line->record_kind, line->record,
                          line->voided_at, line->voided_reason, marks))
    return FALSE;

  n = mash_database_get_last_id (database);
  if ((line->headline != NULL || line->words != NULL || line->source != NULL) &&
      !mash_database_run (database, error, index_sql, "itttt", n, line->headline, line->words,
                          line->source, marks))
    return FALSE;

  return write_keys (database, line, n, contact, marks, error);
}

/* Takes a line out of the tables, so that it can be written anew in its place. */
gboolean
mash_timeline_line_erase (MashTables  *self,
                          const char  *id,
                          gint64      *n,
                          gint64      *position,
                          GError     **error)
{
  MashDatabase *database = mash_tables_get_database (self);
  g_autoptr (MashStatement) row = mash_database_prepare (database, known_sql, error);
  g_auto (GStrv) scopes = NULL;
  MashStep step;
  gint64 at;

  if (row == NULL)
    return FALSE;
  mash_statement_bind_text (row, 1, id);
  step = mash_statement_step (row, error);
  if (step != MASH_STEP_ROW)
    return step == MASH_STEP_DONE;

  *n = mash_statement_get_int (row, 0);
  *position = mash_statement_get_int (row, 1);
  at = mash_statement_get_int (row, 2);
  scopes = g_strsplit (mash_statement_get_text (row, 3), " ", -1);
  mash_statement_reset (row);
  for (guint i = 0; scopes[i] != NULL && *scopes[i] != 'k'; i++)
    {
      if (!mash_database_run (database, error,
                              "DELETE FROM timeline_key WHERE scope = ?1 AND at = ?2 AND n = ?3",
                              "tii", scopes[i], at, *n))
        return FALSE;
    }

  return mash_database_run (database, error, unindex_sql, "i", *n) &&
         mash_database_run (database, error, "DELETE FROM timeline WHERE n = ?1", "i", *n);
}

/* Typing saves often: what one person edits in one sitting is one line, as long as it has no words
 * of its own. What waits for the hub is taken away as a whole when the hub has something new, and
 * so joins only its like. */
gboolean
mash_timeline_line_join (MashTables              *self,
                         const MashTimelineLine  *line,
                         gboolean                *joined,
                         GError                 **error)
{
  MashDatabase *database = mash_tables_get_database (self);
  g_autoptr (MashStatement) row = NULL;
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) before = NULL;
  g_autofree char *text = NULL;
  MashStep step;
  gint64 n;

  *joined = FALSE;
  if (g_strcmp0 (line->deed, "edit") != 0 || line->words != NULL || line->harm)
    return TRUE;

  row = mash_database_prepare (database, last_sql, error);
  if (row == NULL)
    return FALSE;
  mash_statement_bind_text (row, 1, line->contact);
  step = mash_statement_step (row, error);
  if (step != MASH_STEP_ROW)
    return step == MASH_STEP_DONE;
  if (g_strcmp0 (mash_statement_get_text (row, 1), "edit") != 0 ||
      g_strcmp0 (mash_statement_get_text (row, 2), line->author) != 0 ||
      g_strcmp0 (mash_statement_get_text (row, 3), line->post) != 0 ||
      line->at < mash_statement_get_int (row, 4) ||
      line->at - mash_statement_get_int (row, 4) >= EDITS_TOGETHER ||
      !mash_statement_is_null (row, 6) || mash_statement_get_int (row, 7) != 0 ||
      MASH_TIMELINE_IS_PENDING (mash_statement_get_int (row, 8)) !=
      MASH_TIMELINE_IS_PENDING (line->position))
    return TRUE;

  n = mash_statement_get_int (row, 0);
  before = g_strsplit (mash_statement_is_null (row, 5) ? "" : mash_statement_get_text (row, 5),
                       " ", -1);
  for (guint i = 0; before[i] != NULL; i++)
    if (*before[i] != '\0')
      g_ptr_array_add (fields, g_strdup (before[i]));
  for (guint i = 0; i < line->fields->len && fields->len < MASH_TIMELINE_FIELDS_MAX; i++)
    {
      const char *field = g_ptr_array_index (line->fields, i);

      if (!g_ptr_array_find_with_equal_func (fields, field, g_str_equal, NULL))
        g_ptr_array_add (fields, g_strdup (field));
    }
  text = join (fields);
  mash_statement_reset (row);
  *joined = TRUE;

  return mash_database_run (database, error,
                            "UPDATE timeline SET until = ?2, fields = ?3 WHERE n = ?1", "iit", n,
                            line->at, text);
}

/**
 * mash_timeline_dup_mark:
 * @list: (nullable): a code list
 * @code: one of its codes
 *
 * Returns: (transfer full): the word by which the index knows the code
 */
char *
mash_timeline_dup_mark (const char *list,
                        const char *code)
{
  g_autoptr (GString) mark = g_string_new ("k");

  for (const char *p = list != NULL ? list : ""; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (mark, g_ascii_tolower (*p));
  for (const char *p = code; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (mark, g_ascii_tolower (*p));

  return g_string_free (g_steal_pointer (&mark), FALSE);
}
