/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-family.h"
#include "mash-time.h"

/* How long somebody's edits, one after the other, are one line of the timeline. */
#define EDITS_TOGETHER (30 * MASH_TIME_MINUTE)

#define DETAIL_MAX 240
#define N_LABELS 3

static const char changes_sql[] =
  "SELECT h.position, h.group_id, h.kind, h.record, h.base, h.said_at, h.body, h.person,"
  " s.name, g.name"
  " FROM change h LEFT JOIN staff s ON s.id = h.person LEFT JOIN post p ON p.id = h.post"
  " LEFT JOIN agency g ON g.id = p.agency"
  " WHERE h.contact = ?1 ORDER BY h.position DESC";

static const char earlier_sql[] =
  "SELECT DISTINCT c.n, c.id, c.reference, c.received_at, c.presenting_concern, c.source,"
  " c.harm_suspected"
  " FROM contact_subject mine"
  " JOIN contact_subject other ON other.person = mine.person AND other.contact IS NOT mine.contact"
  " JOIN contact c ON c.id = other.contact AND c.voided_at IS NULL"
  " WHERE mine.contact = ?1 AND mine.voided_at IS NULL AND other.voided_at IS NULL"
  " ORDER BY c.n DESC LIMIT ?2";

/* What a record of a kind has to say for a line: a code of a list, then words. The first kind of
 * the table that a group touches speaks for the group. */
static const struct
{
  const char *kind;
  const char *code;
  const char *list;
  const char *words;
  const char *at;
  const char *line;
} speakers[] = {
  { "decision", "outcome", "OUT", "rationale", NULL, "decision" },
  { "recommendation", "outcome", "OUT", "rationale", NULL, "decision" },
  { "note", NULL, NULL, "text", "at", "note" },
  { "flag", "type", "FLAG", "reason", "from", "flag" },
  { "call-back", "result", "CALL", "notes", "at", "deed" },
  { "source-document", NULL, NULL, "title", NULL, "document" },
  { "chase-item", NULL, NULL, "what", NULL, "deed" },
  { "disposal", NULL, NULL, "receiver", NULL, "deed" },
  { "brag-history", "to", "BRAG", "reason", "at", "urgency" },
};

/* The line that is being put together while the changes of one group go by. */
typedef struct
{
  MashStore       *store;
  MashTimelineRow *row;
  char            *group;
  char            *deed;
  char            *person;
  GString         *labels;
  guint            n_labels;
  guint            rank;   /* of the speaker, the smaller the better */
  gboolean         made;   /* the group made the contact */
} Line;

static char *
shorten (const char *text)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\n"));

  return g_utf8_strlen (line, -1) > DETAIL_MAX ? g_utf8_substring (line, 0, DETAIL_MAX)
                                               : g_steal_pointer (&line);
}

static const char *
get_text (GHashTable *members,
          const char *name)
{
  GVariant *value = name != NULL ? g_hash_table_lookup (members, name) : NULL;

  return value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
         ? g_variant_get_string (value, NULL) : NULL;
}

/* Joins what a code means and what somebody wrote to it. */
static char *
join_words (MashPolicy *policy,
            const char *list,
            const char *code,
            const char *words)
{
  const char *label = code != NULL ? mash_policy_get_label (policy, list, code) : NULL;
  g_autofree char *line = words != NULL ? shorten (words) : NULL;

  if (label != NULL && line != NULL)
    return g_strdup_printf ("%s · %s", label, line);

  return label != NULL ? g_strdup (label) : g_steal_pointer (&line);
}

static void
set_time (MashTimelineRow *row,
          const char      *text)
{
  gint64 usec;
  int day;

  if (text == NULL)
    return;

  if (mash_time_parse (text, &usec))
    {
      row->at = usec;
    }
  else if (mash_date_parse (text, &day))
    {
      row->at = mash_time_from_local_day (day, 0);
      g_free (row->precision);
      row->precision = g_strdup ("day");
    }
}

static void
set_string (char      **field,
            const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static char *
dup_person_name (MashStore  *self,
                 const char *person)
{
  g_autoptr (MashRecord) record = mash_store_lookup (self, "person", person);
  const char *name = NULL;

  if (record != NULL)
    name = mash_record_get_text (record, "known-as") != NULL
           ? mash_record_get_text (record, "known-as")
           : mash_record_get_text (record, "legal-forenames");

  return g_strdup (name);
}

static void
add_label (Line       *line,
           const char *kind,
           GHashTable *members)
{
  const MashKind *found = mash_kind_lookup (kind);

  for (guint i = 0; found != NULL && i < found->n_fields; i++)
    {
      if (found->fields[i].owner == MASH_OWNER_RULES ||
          !g_hash_table_contains (members, found->fields[i].name))
        continue;
      if (line->n_labels < N_LABELS)
        g_string_append_printf (line->labels, "%s%s", line->labels->len > 0 ? ", " : "",
                                _(found->fields[i].label));
      line->n_labels++;
    }
}

static void
speak (Line          *line,
       guint          speaker,
       MashStatement *change,
       GHashTable    *members)
{
  MashTimelineRow *row = line->row;
  const char *person = get_text (members, "person");

  line->rank = speaker;
  g_free (row->detail);
  row->detail = join_words (line->store->policy, speakers[speaker].list,
                            get_text (members, speakers[speaker].code),
                            get_text (members, speakers[speaker].words));
  set_string (&row->kind, speakers[speaker].line);
  set_string (&row->record_kind, mash_statement_get_text (change, 2));
  set_string (&row->record, mash_statement_get_text (change, 3));
  set_time (row, get_text (members, speakers[speaker].at));
  if (strcmp (speakers[speaker].kind, "note") == 0 && get_text (members, "significance") != NULL)
    set_string (&row->significance, get_text (members, "significance"));
  if (person != NULL)
    {
      g_free (row->who);
      row->who = dup_person_name (line->store, person);
    }
}

/* A contact that is made stands at the time when it reached the hub, and its source is who told. */
static void
receive (Line          *line,
         MashStatement *change,
         GHashTable    *members)
{
  MashTimelineRow *row = line->row;
  const char *concern = get_text (members, "presenting-concern");

  line->made = TRUE;
  line->rank = 0;
  set_string (&row->kind, "received");
  set_string (&row->record_kind, "contact");
  set_string (&row->record, mash_statement_get_text (change, 3));
  g_free (row->detail);
  row->detail = concern != NULL ? shorten (concern) : NULL;
  set_time (row, get_text (members, "received-at"));
  if (get_text (members, "source") != NULL)
    set_string (&row->agency, mash_policy_get_label (line->store->policy, "RSRC",
                                                     get_text (members, "source")));
}

static void
hear (Line          *line,
      MashStatement *change,
      GHashTable    *members)
{
  const char *kind = mash_statement_get_text (change, 2);
  gboolean is_new = mash_statement_get_int (change, 4) == 0;

  if (is_new && strcmp (kind, "contact") == 0)
    {
      receive (line, change, members);
      return;
    }

  for (guint i = 0; !line->made && i < G_N_ELEMENTS (speakers) && i < line->rank; i++)
    {
      if (strcmp (speakers[i].kind, kind) == 0)
        speak (line, i, change, members);
    }
  add_label (line, kind, members);
}

static void
begin_line (Line          *line,
            MashStatement *change,
            GHashTable    *members,
            const char    *contact)
{
  const char *deed_id = get_text (members, ".deed");
  const MashDeed *deed = deed_id != NULL ? mash_policy_find_deed (line->store->policy, deed_id)
                                         : NULL;
  MashTimelineRow *row = g_new0 (MashTimelineRow, 1);

  line->row = row;
  line->group = mash_statement_dup_text (change, 1);
  line->deed = g_strdup (deed_id);
  line->person = mash_statement_dup_text (change, 7);
  line->labels = g_string_new (NULL);
  line->n_labels = 0;
  line->rank = G_N_ELEMENTS (speakers);
  line->made = FALSE;

  row->id = g_strdup (line->group);
  row->kind = g_strdup ("deed");
  row->significance = g_strdup (deed != NULL ? deed->significance : "routine");
  row->headline = g_strdup (deed != NULL ? deed->done : deed_id);
  row->detail = get_text (members, ".why") != NULL ? shorten (get_text (members, ".why")) : NULL;
  row->author = mash_statement_dup_text (change, 8);
  row->agency = mash_statement_dup_text (change, 9);
  row->record_kind = g_strdup ("contact");
  row->record = g_strdup (contact);
  row->contact = g_strdup (contact);
  row->precision = g_strdup ("time");
  row->position = mash_statement_get_int (change, 0);
  set_time (row, mash_statement_get_text (change, 5));
}

/* Typing saves often: what one person edits in one sitting is one line. */
static gboolean
joins_last (const Line *line,
            GPtrArray  *rows,
            const char *last_person)
{
  const MashTimelineRow *last;

  if (rows->len == 0 || g_strcmp0 (line->deed, "edit") != 0 ||
      g_strcmp0 (last_person, line->person) != 0)
    return FALSE;

  last = g_ptr_array_index (rows, rows->len - 1);

  return last->at >= line->row->at && last->at - line->row->at < EDITS_TOGETHER;
}

static void
end_line (Line       *line,
          GPtrArray  *rows,
          const char *family,
          char      **last_editor)
{
  MashTimelineRow *row = line->row;

  if (row == NULL)
    return;

  if (row->detail == NULL && line->labels->len > 0)
    row->detail = g_strdup_printf (line->n_labels > N_LABELS ? "%s…" : "%s", line->labels->str);
  if (row->who == NULL)
    row->who = g_strdup (family);

  if (joins_last (line, rows, *last_editor))
    mash_timeline_row_free (row);
  else
    g_ptr_array_add (rows, row);
  g_free (*last_editor);
  *last_editor = g_strcmp0 (line->deed, "edit") == 0 ? g_strdup (line->person) : NULL;

  line->row = NULL;
  g_clear_pointer (&line->group, g_free);
  g_clear_pointer (&line->deed, g_free);
  g_clear_pointer (&line->person, g_free);
  g_string_free (line->labels, TRUE);
}

static gboolean
add_changes (MashStore   *self,
             const char  *contact,
             const char  *family,
             GPtrArray   *rows,
             GError     **error)
{
  g_autoptr (MashStatement) change = mash_database_prepare (self->database, changes_sql, error);
  g_autofree char *last_editor = NULL;
  Line line = { self };
  MashStep step;

  if (change == NULL)
    return FALSE;

  mash_statement_bind_text (change, 1, contact);
  while ((step = mash_statement_step (change, error)) == MASH_STEP_ROW)
    {
      const char *body = mash_statement_get_text (change, 6);
      g_autoptr (GHashTable) members = mash_body_read (body, strlen (body), NULL);

      if (members == NULL)
        continue;
      if (g_strcmp0 (line.group, mash_statement_get_text (change, 1)) != 0)
        {
          end_line (&line, rows, family, &last_editor);
          begin_line (&line, change, members, contact);
        }
      hear (&line, change, members);
    }
  end_line (&line, rows, family, &last_editor);

  return step == MASH_STEP_DONE;
}

static MashTimelineRow *
read_earlier (MashStore     *self,
              MashStatement *contact)
{
  MashTimelineRow *row = g_new0 (MashTimelineRow, 1);
  const char *concern = mash_statement_get_text (contact, 4);
  const char *source = mash_statement_get_text (contact, 5);

  row->id = mash_statement_dup_text (contact, 1);
  row->kind = g_strdup ("contact");
  row->significance = g_strdup (mash_statement_get_int (contact, 6) != 0 ? "critical" : "notable");
  /* Translators: %s is a contact’s reference such as R7K2-M4QT-C. */
  row->headline = g_strdup_printf (_("Contact %s received"), mash_statement_get_text (contact, 2));
  row->detail = concern != NULL ? shorten (concern) : NULL;
  row->who = mash_family_dup_name (MASH_FACTS (self), row->id);
  row->agency = g_strdup (source != NULL ? mash_policy_get_label (self->policy, "RSRC", source)
                                         : NULL);
  row->record_kind = g_strdup ("contact");
  row->record = g_strdup (row->id);
  row->contact = g_strdup (row->id);
  row->precision = g_strdup ("time");
  set_time (row, mash_statement_get_text (contact, 3));

  return row;
}

static gboolean
add_earlier (MashStore   *self,
             const char  *contact,
             guint        limit,
             GPtrArray   *rows,
             GError     **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, earlier_sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;

  mash_statement_bind (row, "tu", contact, limit);
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    g_ptr_array_add (rows, read_earlier (self, row));

  return step == MASH_STEP_DONE;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const MashTimelineRow *first = *(const MashTimelineRow *const *) a;
  const MashTimelineRow *second = *(const MashTimelineRow *const *) b;

  if (first->at != second->at)
    return first->at > second->at ? -1 : 1;

  return (first->position < second->position) - (first->position > second->position);
}

/**
 * mash_store_list_timeline:
 * @self: a store
 * @contact: the id of a contact that has been opened
 * @limit: how many rows at most
 * @error: return location for a #MashStoreError
 *
 * Tells what happened from the changes of the contact, and which other contacts its people were in:
 * a line a deed, at the time of the event and not of its keying. Edits of one sitting are one line.
 *
 * Returns: (transfer full) (element-type MashTimelineRow) (nullable): the lines, the newest first
 */
GPtrArray *
mash_store_list_timeline (MashStore   *self,
                          const char  *contact,
                          guint        limit,
                          GError     **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *family = NULL;

  mash_store_assert (self);
  g_return_val_if_fail (contact != NULL, NULL);

  family = mash_family_dup_name (MASH_FACTS (self), contact);
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_timeline_row_free);
  if (!add_changes (self, contact, family, rows, error) ||
      !add_earlier (self, contact, limit, rows, error) || mash_store_take_fault (self, error))
    return NULL;

  g_ptr_array_sort (rows, compare_rows);
  if (rows->len > limit)
    g_ptr_array_remove_range (rows, limit, rows->len - limit);

  return g_steal_pointer (&rows);
}

/**
 * mash_store_list_chronology:
 * @self: a store
 * @view: what is wanted, of a contact that has been opened
 * @cancellable: (nullable): to stop it
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (element-type MashTimelineRow) (nullable): every line of @view, in its
 *   order
 */
GPtrArray *
mash_store_list_chronology (MashStore               *self,
                            const MashTimelineView  *view,
                            GCancellable            *cancellable,
                            GError                 **error)
{
  return mash_store_list_timeline (self, view->contact, G_MAXUINT, error);
}
