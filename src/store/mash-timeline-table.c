/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-timeline-table.h"

#include <string.h>

#include "mash-deed.h"
#include "mash-identity.h"
#include "mash-timeline-line.h"

#define WORDS_MAX  1000

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
  { "outside-discussion", "STRATEGY", "SDD", "outcome", "rationale", "held-at" },
  { "police-protection", "STRATEGY", NULL, NULL, "grounds", "used-at" },
  { "sd-view", "STRATEGY", "POS", "position", "text" },
  { "sd-action", "STRATEGY", NULL, NULL, "what" },
  { "sd-child", "STRATEGY", "SDD", "decision", "rationale" },
  { "sd-note", "STRATEGY", NULL, NULL, "text", "at" },
  { "sd-escalation", "STRATEGY", NULL, NULL, "resolution" },
  { "sd-enquiry", "STRATEGY", "S47", "outcome", "not-required-why" },
  { "adult-concern", "CONCERN", NULL, NULL, "concern", "received-at", "person" },
  { "early-help", "DECISION", NULL, NULL, "help" },
  { "agreement", "AGREEMENT" },
  { "override", "AGREEMENT" },
  { "lawful-basis", "AGREEMENT" },
  { "informing", "AGREEMENT" },
  { "sign-off", "SIGNATURE" },
  { "sd-plan", "STRATEGY" },
  { "sd-paragraph", "STRATEGY" },
  { "sd-participant", "STRATEGY" },
  { "strategy-discussion", "STRATEGY" },
  { "risk-analysis", "RISK" },
  { "contact-subject", "FAMILY", NULL, NULL, NULL, NULL, "person" },
  { "person", "FAMILY" },
  { "relationship", "FAMILY" },
  { "household-member", "FAMILY" },
  { "concern", "CONCERN" },
  { "clock", "CLOCK" },
};

struct _MashTimelineTable
{
  MashTables       *tables;
  MashTimelineLine *line;            /* of the group that goes by */
};

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

static MashTimelineLine *
line_new (const MashHeard *heard,
          const char      *id)
{
  MashTimelineLine *line = g_new0 (MashTimelineLine, 1);

  line->id = g_strdup (id);
  line->contact = g_strdup (heard->contact != NULL ? heard->contact : "");
  line->author = g_strdup (heard->change->person);
  line->post = g_strdup (heard->change->post);
  line->people = g_ptr_array_new_with_free_func (g_free);
  line->fields = g_ptr_array_new_with_free_func (g_free);
  line->position = heard->position;
  line->weight = -1;
  line->rank = SILENT;
  line->kind = "OTHER";
  line->whole = TRUE;
  mash_timeline_line_set_time (line, heard->change->said_at);

  return line;
}

/* Groups */

static void
note_fields (MashTimelineLine *line,
             MashEdit         *edit)
{
  const MashKind *kind = mash_edit_get_kind (edit);

  for (guint i = 0; i < kind->n_fields && line->fields->len < MASH_TIMELINE_FIELDS_MAX; i++)
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
receive (MashTimelineLine *line,
         MashEdit         *edit)
{
  line->rank = 0;
  line->kind = "CONTACT";
  line->harm = line->harm || is_set (edit, "harm-suspected");
  replace (&line->list, "RSRC");
  replace (&line->code, mash_edit_get_text (edit, "source"));
  g_free (line->words);
  line->words = shorten (mash_edit_get_text (edit, "presenting-concern"));
  mash_timeline_line_set_time (line, mash_edit_get_text (edit, "received-at"));
}

static void
speak (MashTimelineLine *line,
       guint             speaker,
       MashEdit         *edit)
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
    mash_timeline_line_set_time (line, mash_edit_get_text (edit, speakers[speaker].at));
  if (strcmp (kind, "note") == 0)
    line->weight = weigh (mash_edit_get_text (edit, "significance"));
  if (person != NULL && speakers[speaker].theirs)
    line->whole = FALSE;
  mash_timeline_line_add_person (line, person);
}

static void
hear_for_group (MashTimelineLine *line,
                const MashHeard  *heard)
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

static MashTimelineLine *
begin_group (const MashHeard *heard)
{
  MashTimelineLine *line = line_new (heard, heard->change->group);

  line->deed = g_strdup (heard->deed);
  if (g_strcmp0 (heard->deed, "edit") != 0)
    line->words = shorten (heard->reason);
  line->harm = g_strcmp0 (heard->deed, "mark-harm") == 0;
  line->record_kind = g_strdup ("contact");
  line->record = g_strdup (heard->contact);

  return line;
}

/* Events that records tell of */

static MashTimelineLine *
begin_event (const MashHeard *heard)
{
  MashTimelineLine *line = line_new (heard, mash_record_get_id (heard->record));
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

static MashTimelineLine *
read_entry (const MashHeard *heard)
{
  MashRecord *record = heard->record;
  MashTimelineLine *line = begin_event (heard);
  g_auto (GStrv) people = mash_record_dup_set (record, "people");
  const char *kind = mash_record_get_text (record, "kind");

  for (guint i = 0; i < G_N_ELEMENTS (kinds_of_line); i++)
    if (g_strcmp0 (kinds_of_line[i], kind) == 0)
      line->kind = kinds_of_line[i];
  for (guint i = 0; people != NULL && people[i] != NULL; i++)
    mash_timeline_line_add_person (line, people[i]);
  line->whole = line->people->len == 0;
  mash_timeline_line_set_time (line, mash_record_get_text (record, "when"));
  mash_timeline_line_set_time (line, mash_record_get_text (record, "at"));
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
static MashTimelineLine *
read_concern (const MashHeard *heard)
{
  MashRecord *record = heard->record;
  MashTimelineLine *line;

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
  mash_timeline_line_add_person (line, mash_record_get_text (record, "person"));
  line->whole = line->people->len == 0;
  mash_timeline_line_set_time (line, mash_record_get_text (record, "when"));

  return line;
}

/* What another system recorded about somebody. It belongs to no contact and to no agency of this
 * hub: it is found under the person alone. */
static MashTimelineLine *
begin_episode (const MashHeard *heard,
               const char      *id)
{
  MashRecord *record = heard->record;
  MashTimelineLine *line = begin_event (heard);

  replace (&line->id, id);
  replace (&line->post, "");
  line->kind = "CONTACT";
  line->weight = 0;
  line->whole = FALSE;
  line->headline = shorten (mash_record_get_text (record, "type"));
  line->source = g_strdup_printf ("%s, %s", mash_record_get_text (record, "system"),
                                  mash_record_get_text (record, "number"));
  mash_timeline_line_add_person (line, mash_record_get_text (record, "person"));

  return line;
}

static char *
join_words (const char *first,
            const char *second)
{
  if (first == NULL || second == NULL)
    return g_strdup (first != NULL ? first : second);

  return g_strdup_printf ("%s · %s", first, second);
}

/* It stands where it was opened, and with its outcome where it ended; one of which neither day is
 * known, where it was taken in. */
static gboolean
write_episode (MashTimelineTable  *self,
               const MashHeard    *heard,
               const char         *id,
               gboolean            ended,
               GError            **error)
{
  MashRecord *record = heard->record;
  const char *opened = mash_record_get_text (record, "opened");
  const char *closed = mash_record_get_text (record, "closed");
  const char *outcome = mash_record_get_text (record, "outcome");
  const char *team = mash_record_get_text (record, "team");
  gboolean both = opened != NULL && closed != NULL && strcmp (opened, closed) != 0;
  g_autoptr (MashTimelineLine) line = NULL;
  gint64 n = 0;
  gint64 position = heard->position;

  if (!mash_edit_is_new (heard->edit) &&
      !mash_timeline_line_erase (self->tables, id, &n, &position, error))
    return FALSE;
  if (ended && !both)
    return TRUE;

  line = begin_episode (heard, id);
  line->n = n;
  line->position = position;
  line->words = ended ? shorten (outcome) : join_words (both ? NULL : outcome, team);
  mash_timeline_line_set_time (line, ended || opened == NULL ? closed : opened);

  return mash_timeline_line_write (self->tables, line, error);
}

static gboolean
hear_episode (MashTimelineTable  *self,
              const MashHeard    *heard,
              GError            **error)
{
  const char *id = mash_edit_get_id (heard->edit);
  g_autofree char *ended = g_strconcat (id, MASH_TIMELINE_ENDED, NULL);

  return write_episode (self, heard, id, FALSE, error) &&
         write_episode (self, heard, ended, TRUE, error);
}

static gboolean
hear_event (MashTimelineTable *self,
            const MashHeard   *heard,
            gboolean          *is_event,
            GError           **error)
{
  const char *kind = mash_edit_get_kind (heard->edit)->name;
  gboolean entry = strcmp (kind, "timeline-entry") == 0;
  g_autoptr (MashTimelineLine) line = NULL;
  gint64 position = heard->position;
  gint64 n = 0;

  *is_event = entry;
  if (!entry && strcmp (kind, "concern") != 0)
    return TRUE;

  if (!mash_edit_is_new (heard->edit) &&
      !mash_timeline_line_erase (self->tables, mash_edit_get_id (heard->edit), &n, &position,
                                 error))
    return FALSE;
  line = entry ? read_entry (heard) : read_concern (heard);
  if (line != NULL)
    {
      line->n = n;
      line->position = position;
    }

  return line == NULL || mash_timeline_line_write (self->tables, line, error);
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
 * What is written by hand stands for itself, without a line for the step that wrote it. Of what is
 * about no contact only episodes of other systems have lines.
 *
 * Returns: %TRUE when what follows from it was written
 */
gboolean
mash_timeline_table_hear (MashTimelineTable *self,
                          const MashHeard   *heard,
                          GError           **error)
{
  gboolean is_event;

  if (self->line != NULL && strcmp (self->line->id, heard->change->group) != 0 &&
      !mash_timeline_table_finish (self, error))
    return FALSE;
  if (mash_edit_get_kind (heard->edit) == &mash_episode_kind)
    return hear_episode (self, heard, error);
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
mash_timeline_table_finish (MashTimelineTable *self,
                            GError           **error)
{
  g_autoptr (MashTimelineLine) line = g_steal_pointer (&self->line);
  gboolean joined;

  return line == NULL ||
         (mash_timeline_line_join (self->tables, line, &joined, error) &&
          (joined || mash_timeline_line_write (self->tables, line, error)));
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
  g_clear_pointer (&self->line, mash_timeline_line_free);
}

/**
 * mash_timeline_table_drop:
 * @self: what keeps the timeline
 * @from: a position
 * @error: return location for a #MashStoreError
 *
 * Takes away the lines from a position on. They must be the last that were written.
 *
 * Returns: whether they are gone
 */
gboolean
mash_timeline_table_drop (MashTimelineTable  *self,
                          gint64              from,
                          GError            **error)
{
  g_autoptr (MashStatement) row = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  MashStep step;

  row = mash_database_prepare (mash_tables_get_database (self->tables),
                               "SELECT id FROM timeline WHERE position >= ?1 ORDER BY n DESC",
                               error);
  if (row == NULL)
    return FALSE;

  mash_statement_bind_int (row, 1, from);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    g_ptr_array_add (ids, mash_statement_dup_text (row, 0));
  if (step == MASH_STEP_ERROR)
    return FALSE;
  mash_statement_reset (row);

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 n, position;

      if (!mash_timeline_line_erase (self->tables, g_ptr_array_index (ids, i), &n, &position,
                                     error))
        return FALSE;
    }

  return TRUE;
}

/**
 * mash_timeline_table_renew:
 * @self: what keeps the timeline
 * @heard: a record as it stands, with the contact that it belongs to; the edit says no more than
 *   which record
 * @error: return location for a #MashStoreError
 *
 * Writes the line of what is written by hand anew, in its place, after the record was put back.
 *
 * Returns: whether it was written
 */
gboolean
mash_timeline_table_renew (MashTimelineTable *self,
                           const MashHeard   *heard,
                           GError           **error)
{
  gboolean is_event;

  if (mash_edit_get_kind (heard->edit) == &mash_episode_kind)
    return hear_episode (self, heard, error);

  return heard->contact == NULL || hear_event (self, heard, &is_event, error);
}
