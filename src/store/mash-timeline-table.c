/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-timeline-table.h"

#include <string.h>

#include "mash-deed.h"
#include "mash-time.h"
#include "mash-timeline-entry.h"

/* How long somebody's edits, one after the other, are one line of the timeline. */
#define EDITS_TOGETHER (30 * MASH_TIME_MINUTE)

#define WORDS_MAX  1000
#define FIELDS_MAX 4    /* one more than are shown, so that it can be said that there are more */

#define SILENT G_MAXUINT

/* What a record of a kind has to say for the line of its group: a code of a list, then words. The
 * first kind of the table that a group touches speaks for it; those with nothing but a kind of line
 * give the line that kind and leave the words to what was typed as a reason. */
static const struct
{
  const char *kind;
  const char *line;
  const char *list;
  const char *code;
  const char *words;
  const char *at;
  const char *person;
  gboolean    theirs;  /* the line is about that person, not about everybody */
} speakers[] = {
  { "decision", "DECISION", "OUT", "outcome", "rationale" },
  { "recommendation", "DECISION", "OUT", "outcome", "rationale" },
  { "note", "NOTE", NULL, NULL, "text", "at", "person", TRUE },
  { "flag", "FLAG", "FLAG", "type", "reason", "from", "person", TRUE },
  { "call-back", "CALL", "CALL", "result", "notes", "at" },
  { "source-document", "DOCUMENT", NULL, NULL, "title" },
  { "chase-item", "CALL", NULL, NULL, "what" },
  { "disposal", "DECISION", NULL, NULL, "receiver" },
  { "brag-history", "RISK", "BRAG", "to", "reason", "at" },
  { "agreement", "AGREEMENT" },
  { "override", "AGREEMENT" },
  { "lawful-basis", "AGREEMENT" },
  { "informing", "AGREEMENT" },
  { "sign-off", "SIGNATURE" },
  { "risk-analysis", "RISK" },
  { "contact-subject", "FAMILY", NULL, NULL, NULL, NULL, "person" },
  { "person", "FAMILY" },
  { "relationship", "FAMILY" },
  { "household-member", "FAMILY" },
  { "concern", "CONCERN" },
  { "clock", "CLOCK" },
};

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
  "SELECT n, deed, author, post, until, fields, words, harm FROM timeline WHERE contact = ?1"
  " ORDER BY n DESC LIMIT 1";

/* A line that is being put together. */
typedef struct
{
  char       *id;
  char       *contact;
  char       *deed;
  char       *author;
  char       *post;
  char       *list;
  char       *code;
  char       *headline;
  char       *words;
  char       *agency;
  char       *source;
  char       *basis;
  char       *handling;
  char       *record_kind;
  char       *record;
  char       *voided_at;
  char       *voided_reason;
  GPtrArray  *people;
  GPtrArray  *fields;
  const char *kind;
  const char *precision;
  gint64      n;         /* where it stood before it is written anew, or 0 */
  gint64      position;
  gint64      at;
  int         weight;    /* -1 where the deed says how grave it is */
  guint       rank;      /* of the speaker, the smaller the better */
  gboolean    harm;
  gboolean    whole;
} Line;

struct _MashTimelineTable
{
  MashTables *tables;
  Line       *line;      /* of the group that goes by */
};

static void
line_free (Line *line)
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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Line, line_free)

static void
replace (char      **field,
         const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static char *
shorten (const char *text)
{
  if (text == NULL || g_utf8_strlen (text, -1) <= WORDS_MAX)
    return g_strdup (text);

  return g_utf8_substring (text, 0, WORDS_MAX);
}

static int
weigh (const char *significance)
{
  if (significance == NULL)
    return -1;

  return strcmp (significance, "critical") == 0 ? 2 : strcmp (significance, "notable") == 0;
}

/* An instant, or a date of which the beginning counts. */
static void
set_time (Line       *line,
          const char *text)
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

static void
add_person (Line       *line,
            const char *person)
{
  if (person != NULL && !g_ptr_array_find_with_equal_func (line->people, person, g_str_equal, NULL))
    g_ptr_array_add (line->people, g_strdup (person));
}

static Line *
line_new (const MashHeard *heard,
          const char      *id)
{
  Line *line = g_new0 (Line, 1);

  line->id = g_strdup (id);
  line->contact = g_strdup (heard->contact);
  line->author = g_strdup (heard->change->person);
  line->post = g_strdup (heard->change->post);
  line->people = g_ptr_array_new_with_free_func (g_free);
  line->fields = g_ptr_array_new_with_free_func (g_free);
  line->position = heard->position;
  line->weight = -1;
  line->rank = SILENT;
  line->kind = "OTHER";
  line->whole = TRUE;
  set_time (line, heard->change->said_at);

  return line;
}

/* Writing */

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
append_code (GString    *marks,
             const Line *line)
{
  g_autofree char *mark = line->code != NULL ? mash_timeline_dup_mark (line->list, line->code)
                                             : NULL;

  if (mark != NULL)
    g_string_append_printf (marks, " %s", mark);
}

/* The names of the scopes that a line has a key in: its contact's first, then its people's; last
 * the mark of its code. */
static char *
dup_marks (MashTimelineTable  *self,
           const Line         *line,
           gint64             *contact,
           GError            **error)
{
  MashDatabase *database = mash_tables_get_database (self->tables);
  g_autoptr (GString) marks = g_string_new (NULL);
  gint64 n;

  if (!read_number (database, "SELECT n FROM contact WHERE id = ?1", line->contact, contact,
                    error))
    return NULL;
  g_string_printf (marks, "c%" G_GINT64_FORMAT, *contact);
  for (guint i = 0; i < line->people->len; i++)
    {
      if (!read_number (database, "SELECT n FROM person WHERE id = ?1",
                        g_ptr_array_index (line->people, i), &n, error))
        return NULL;
      if (n != 0)
        g_string_append_printf (marks, " p%" G_GINT64_FORMAT, n);
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
write_keys (MashDatabase  *database,
            const Line    *line,
            gint64         n,
            gint64         contact,
            const char    *marks,
            GError       **error)
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

static gboolean
write_line (MashTimelineTable  *self,
            const Line         *line,
            GError            **error)
{
  MashDatabase *database = mash_tables_get_database (self->tables);
  g_autofree char *people = join (line->people);
  g_autofree char *fields = join (line->fields);
  g_autofree char *marks = NULL;
  gint64 contact, n;

  marks = dup_marks (self, line, &contact, error);
  if (marks == NULL ||
      !mash_database_run (database, error, insert_sql, "ittiiitttdddttttttttttttttttt", line->n,
                          line->id, line->contact, line->position, line->at, line->at, line->precision,
                          line->kind, line->deed, line->weight, line->harm, line->whole,
                          line->list, line->code, line->headline, line->words, fields, people,
                          line->author, line->post, line->agency, line->source, line->basis,
                          line->handling, line->record_kind, line->record, line->voided_at,
                          line->voided_reason, marks))
    return FALSE;

  n = mash_database_get_last_id (database);
  if ((line->headline != NULL || line->words != NULL || line->source != NULL) &&
      !mash_database_run (database, error, index_sql, "itttt", n, line->headline, line->words,
                          line->source, marks))
    return FALSE;

  return write_keys (database, line, n, contact, marks, error);
}

/* Takes a line out of the tables, so that it can be written anew in its place. */
static gboolean
erase_line (MashTimelineTable  *self,
            const char         *id,
            gint64             *n,
            gint64             *position,
            GError            **error)
{
  MashDatabase *database = mash_tables_get_database (self->tables);
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

/* Groups */

/* Typing saves often: what one person edits in one sitting is one line, as long as it has no words
 * of its own. */
static gboolean
join_sitting (MashTimelineTable  *self,
              const Line         *line,
              gboolean           *joined,
              GError            **error)
{
  MashDatabase *database = mash_tables_get_database (self->tables);
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
      !mash_statement_is_null (row, 6) || mash_statement_get_int (row, 7) != 0)
    return TRUE;

  n = mash_statement_get_int (row, 0);
  before = g_strsplit (mash_statement_is_null (row, 5) ? "" : mash_statement_get_text (row, 5),
                       " ", -1);
  for (guint i = 0; before[i] != NULL; i++)
    if (*before[i] != '\0')
      g_ptr_array_add (fields, g_strdup (before[i]));
  for (guint i = 0; i < line->fields->len && fields->len < FIELDS_MAX; i++)
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

static void
note_fields (Line     *line,
             MashEdit *edit)
{
  const MashKind *kind = mash_edit_get_kind (edit);

  for (guint i = 0; i < kind->n_fields && line->fields->len < FIELDS_MAX; i++)
    {
      if (kind->fields[i].owner != MASH_OWNER_RULES && mash_edit_touches (edit, i))
        g_ptr_array_add (line->fields, g_strdup_printf ("%s.%s", kind->name,
                                                        kind->fields[i].name));
    }
}

static gboolean
is_set (MashEdit   *edit,
        const char *field)
{
  GVariant *value = mash_edit_get_now (edit, mash_kind_find_field (mash_edit_get_kind (edit),
                                                                   field));

  return value != NULL && g_variant_get_boolean (value);
}

/* A contact that is made stands at the time when it reached the hub, and its source is who told. */
static void
receive (Line     *line,
         MashEdit *edit)
{
  line->rank = 0;
  line->kind = "CONTACT";
  line->harm = line->harm || is_set (edit, "harm-suspected");
  replace (&line->list, "RSRC");
  replace (&line->code, mash_edit_get_text (edit, "source"));
  g_free (line->words);
  line->words = shorten (mash_edit_get_text (edit, "presenting-concern"));
  set_time (line, mash_edit_get_text (edit, "received-at"));
}

static void
speak (Line     *line,
       guint     speaker,
       MashEdit *edit)
{
  const char *kind = speakers[speaker].kind;
  const char *person = speakers[speaker].person != NULL
                       ? mash_edit_get_text (edit, speakers[speaker].person) : NULL;

  line->rank = speaker;
  line->kind = speakers[speaker].line;
  replace (&line->record_kind, kind);
  replace (&line->record, mash_edit_get_id (edit));
  if (speakers[speaker].words != NULL)
    {
      replace (&line->list, speakers[speaker].list);
      replace (&line->code, speakers[speaker].code != NULL
                            ? mash_edit_get_text (edit, speakers[speaker].code) : NULL);
      if (mash_edit_get_text (edit, speakers[speaker].words) != NULL)
        {
          g_free (line->words);
          line->words = shorten (mash_edit_get_text (edit, speakers[speaker].words));
        }
    }
  if (speakers[speaker].at != NULL)
    set_time (line, mash_edit_get_text (edit, speakers[speaker].at));
  if (strcmp (kind, "note") == 0)
    line->weight = weigh (mash_edit_get_text (edit, "significance"));
  if (person != NULL && speakers[speaker].theirs)
    line->whole = FALSE;
  add_person (line, person);
}

static void
hear_for_group (Line            *line,
                const MashHeard *heard)
{
  const char *kind = mash_edit_get_kind (heard->edit)->name;

  if (mash_edit_is_new (heard->edit) && strcmp (kind, "contact") == 0)
    {
      receive (line, heard->edit);
      return;
    }
  if (strcmp (kind, "concern") == 0 && mash_edit_get_text (heard->edit, "category") != NULL)
    line->harm = TRUE;
  if (strcmp (kind, "referrer") == 0 && strcmp (line->kind, "CONTACT") == 0)
    replace (&line->agency, mash_edit_get_text (heard->edit, "agency"));

  for (guint i = 0; i < G_N_ELEMENTS (speakers) && i < line->rank; i++)
    {
      if (strcmp (speakers[i].kind, kind) == 0)
        speak (line, i, heard->edit);
    }
  note_fields (line, heard->edit);
}

static Line *
begin_group (const MashHeard *heard)
{
  Line *line = line_new (heard, heard->change->group);

  line->deed = g_strdup (heard->deed);
  if (g_strcmp0 (heard->deed, "edit") != 0)
    line->words = shorten (heard->reason);
  line->harm = g_strcmp0 (heard->deed, "mark-harm") == 0;
  line->record_kind = g_strdup ("contact");
  line->record = g_strdup (heard->contact);

  return line;
}

/* Events that records tell of */

static Line *
begin_event (const MashHeard *heard)
{
  Line *line = line_new (heard, mash_record_get_id (heard->record));
  const MashStamps *stamps = mash_record_get_stamps (heard->record);

  replace (&line->author, stamps->created_by);
  replace (&line->post, stamps->created_post);
  line->record_kind = g_strdup (mash_record_get_kind (heard->record)->name);
  line->record = g_strdup (mash_record_get_id (heard->record));
  line->voided_at = g_strdup (stamps->voided_at);
  line->voided_reason = g_strdup (stamps->voided_reason);

  return line;
}

static const char *const kinds_of_line[] = {
  "CONTACT", "CONCERN", "RISK", "CALL", "NOTE", "FAMILY", "AGREEMENT", "DECISION", "SIGNATURE",
  "STRATEGY", "ANSWER", "MISSING", "FLAG", "CLOCK", "DOCUMENT",
};

static Line *
read_entry (const MashHeard *heard)
{
  MashRecord *record = heard->record;
  Line *line = begin_event (heard);
  g_auto (GStrv) people = mash_record_dup_set (record, "people");
  const char *kind = mash_record_get_text (record, "kind");

  for (guint i = 0; i < G_N_ELEMENTS (kinds_of_line); i++)
    if (g_strcmp0 (kinds_of_line[i], kind) == 0)
      line->kind = kinds_of_line[i];
  for (guint i = 0; people != NULL && people[i] != NULL; i++)
    add_person (line, people[i]);
  line->whole = line->people->len == 0;
  set_time (line, mash_record_get_text (record, "when"));
  set_time (line, mash_record_get_text (record, "at"));
  line->weight = MAX (weigh (mash_record_get_text (record, "significance")), 0);
  line->harm = mash_record_has (record, "harm");
  line->headline = shorten (mash_record_get_text (record, "headline"));
  line->words = shorten (mash_record_get_text (record, "detail"));
  line->list = g_strdup (line->harm ? "ABUSE" : NULL);
  line->code = g_strdup (mash_record_get_text (record, "harm"));
  line->agency = g_strdup (mash_record_get_text (record, "agency"));
  line->source = g_strdup (mash_record_get_text (record, "source"));
  line->basis = g_strdup (mash_record_get_text (record, "basis"));
  line->handling = g_strdup (mash_record_get_text (record, "handling"));

  return line;
}

/* What a referral says happened, where it says when. */
static Line *
read_concern (const MashHeard *heard)
{
  MashRecord *record = heard->record;
  Line *line;

  if (!mash_record_has (record, "when"))
    return NULL;

  line = begin_event (heard);
  line->kind = "CONCERN";
  line->weight = 1;
  line->harm = mash_record_has (record, "category");
  line->list = g_strdup (line->harm ? "ABUSE" : "FAC");
  line->code = g_strdup (mash_record_get_text (record, line->harm ? "category" : "factor"));
  line->words = shorten (mash_record_get_text (record, "what-happened"));
  line->basis = g_strdup ("REPORTED");
  add_person (line, mash_record_get_text (record, "person"));
  line->whole = line->people->len == 0;
  set_time (line, mash_record_get_text (record, "when"));

  return line;
}

static gboolean
hear_event (MashTimelineTable  *self,
            const MashHeard    *heard,
            gboolean           *is_event,
            GError            **error)
{
  const char *kind = mash_edit_get_kind (heard->edit)->name;
  gboolean entry = strcmp (kind, "timeline-entry") == 0;
  g_autoptr (Line) line = NULL;
  gint64 position = heard->position;
  gint64 n = 0;

  *is_event = entry;
  if (!entry && strcmp (kind, "concern") != 0)
    return TRUE;

  if (!mash_edit_is_new (heard->edit) &&
      !erase_line (self, mash_edit_get_id (heard->edit), &n, &position, error))
    return FALSE;
  line = entry ? read_entry (heard) : read_concern (heard);
  if (line != NULL)
    {
      line->n = n;
      line->position = position;
    }

  return line == NULL || write_line (self, line, error);
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

/**
 * mash_timeline_table_new:
 * @tables: the tables; borrowed, and must outlive what is returned
 *
 * Returns: (transfer full): what keeps the timeline
 */
MashTimelineTable *
mash_timeline_table_new (MashTables *tables)
{
  MashTimelineTable *self = g_new0 (MashTimelineTable, 1);

  self->tables = tables;

  return self;
}

void
mash_timeline_table_free (MashTimelineTable *self)
{
  if (self == NULL)
    return;

  mash_timeline_table_forget (self);
  g_free (self);
}

/**
 * mash_timeline_table_hear:
 * @self: what keeps the timeline
 * @heard: the next change, in the hub's order
 * @error: return location for a #MashStoreError
 *
 * What is written by hand stands for itself, without a line for the step that wrote it.
 *
 * Returns: %TRUE when what follows from it was written
 */
gboolean
mash_timeline_table_hear (MashTimelineTable  *self,
                          const MashHeard    *heard,
                          GError            **error)
{
  gboolean is_event;

  if (self->line != NULL && strcmp (self->line->id, heard->change->group) != 0 &&
      !mash_timeline_table_finish (self, error))
    return FALSE;
  if (heard->contact == NULL)
    return TRUE;
  if (!hear_event (self, heard, &is_event, error))
    return FALSE;
  if (is_event)
    return TRUE;

  if (self->line == NULL)
    self->line = begin_group (heard);
  hear_for_group (self->line, heard);

  return TRUE;
}

/**
 * mash_timeline_table_finish:
 * @self: what keeps the timeline
 * @error: return location for a #MashStoreError
 *
 * Writes the line of the group that went by last.
 *
 * Returns: %TRUE when it was written
 */
gboolean
mash_timeline_table_finish (MashTimelineTable  *self,
                            GError            **error)
{
  g_autoptr (Line) line = g_steal_pointer (&self->line);
  gboolean joined;

  return line == NULL ||
         (join_sitting (self, line, &joined, error) && (joined || write_line (self, line, error)));
}

/**
 * mash_timeline_table_forget:
 * @self: what keeps the timeline
 *
 * Drops the line that was being put together, after the transaction was undone.
 */
void
mash_timeline_table_forget (MashTimelineTable *self)
{
  g_clear_pointer (&self->line, line_free);
}
