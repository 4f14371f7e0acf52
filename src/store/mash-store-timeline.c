/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-timeline-keys.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-family.h"
#include "mash-time.h"
#include "mash-timeline-entry.h"
#include "mash-timeline-line.h"

/* Permission 6 of the matrix (domain 2.2): restricted and intelligence items. */
#define PERMISSION_RESTRICTED 6

/* Who decides what comes of a contact may read what is for them alone. */
#define PERMISSION_RECOMMEND 16

/* How many of the fields that somebody edited are named. */
#define FIELDS_SHOWN 3

static const char line_sql[] =
  "SELECT t.id, t.contact, t.position, t.at, t.precision, t.kind, t.deed, t.weight, t.list, t.code,"
  " t.headline, t.words, t.fields, t.people, s.name, g.name, t.source, t.basis, t.handling,"
  " t.record_kind, t.record, t.voided_reason, c.reference, t.voided_at"
  " FROM timeline t LEFT JOIN staff s ON s.id = t.author LEFT JOIN post p ON p.id = t.post"
  " LEFT JOIN agency g ON g.id = coalesce (t.agency, p.agency)"
  " LEFT JOIN contact c ON c.id = t.contact WHERE t.n = ?1";

static const char closed_sql[] =
  "SELECT t.author, coalesce (t.agency, p.agency), t.basis, t.handling"
  " FROM timeline t LEFT JOIN post p ON p.id = t.post WHERE t.n = ?1";

static const char earlier_sql[] =
  "SELECT count (*) FROM timeline_key WHERE scope = 'p' || (SELECT n FROM person WHERE id = ?1)";

enum
{
  LINE_ID,
  LINE_CONTACT,
  LINE_POSITION,
  LINE_AT,
  LINE_PRECISION,
  LINE_KIND,
  LINE_DEED,
  LINE_WEIGHT,
  LINE_LIST,
  LINE_CODE,
  LINE_HEADLINE,
  LINE_WORDS,
  LINE_FIELDS,
  LINE_PEOPLE,
  LINE_AUTHOR,
  LINE_AGENCY,
  LINE_SOURCE,
  LINE_BASIS,
  LINE_HANDLING,
  LINE_RECORD_KIND,
  LINE_RECORD,
  LINE_VOIDED_REASON,
  LINE_REFERENCE,
  LINE_VOIDED_AT,
};

/* What is looked up once for all the lines of a page. */
typedef struct
{
  MashStore  *store;
  const char *contact;   /* from which one looks */
  GHashTable *families;  /* id of contact → its family's name */
  GHashTable *names;     /* id of person → their name */
  GHashTable *open;      /* id of contact → whether it may be opened */
} Page;

static void
page_clear (Page *page)
{
  g_hash_table_unref (page->families);
  g_hash_table_unref (page->names);
  g_hash_table_unref (page->open);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

static const char *
get_family (Page       *page,
            const char *contact)
{
  char *family = g_hash_table_lookup (page->families, contact);

  if (family == NULL)
    {
      family = mash_family_dup_name (MASH_FACTS (page->store), contact);
      g_hash_table_insert (page->families, g_strdup (contact), family);
    }

  return family;
}

static const char *
get_name (Page       *page,
          const char *person)
{
  char *name = g_hash_table_lookup (page->names, person);
  g_autoptr (MashRecord) record = NULL;

  if (name != NULL)
    return name;

  record = mash_store_lookup (page->store, "person", person);
  if (record != NULL)
    name = g_strdup (mash_record_get_text (record, mash_record_has (record, "known-as")
                                                   ? "known-as" : "legal-forenames"));
  if (name == NULL)
    name = g_strdup (record != NULL && mash_record_has (record, "expected-birth")
                     ? _("Unborn child") : _("Name not known"));
  g_hash_table_insert (page->names, g_strdup (person), name);

  return name;
}

static gboolean
is_open (Page       *page,
         const char *contact)
{
  gpointer known;
  g_autoptr (MashRecord) record = NULL;
  gboolean open;

  if (*contact == '\0')
    return TRUE;
  if (g_hash_table_lookup_extended (page->open, contact, NULL, &known))
    return GPOINTER_TO_INT (known);

  record = mash_store_lookup (page->store, "contact", contact);
  open = record != NULL && mash_store_may_open (page->store, record, NULL);
  g_hash_table_insert (page->open, g_strdup (contact), GINT_TO_POINTER (open));

  return open;
}

/* Words */

static gboolean
is_episode (MashStatement *line)
{
  return strcmp (mash_statement_get_text (line, LINE_RECORD_KIND), "episode") == 0;
}

/* Where an episode comes from: its system and number, and the file and line that it was last taken
 * from. */
static char *
dup_source (Page          *page,
            MashStatement *line)
{
  const char *source = mash_statement_get_text (line, LINE_SOURCE);
  g_autoptr (GPtrArray) rows = NULL;

  if (!is_episode (line))
    return g_strdup (source);
  rows = mash_store_list (page->store, "import-row", "episode",
                          mash_statement_get_text (line, LINE_RECORD));
  if (rows->len == 0)
    return g_strdup (source);

  /* Translators: the name of another system and a number in it; the line of a file. */
  return g_strdup_printf (_("%s, line %d of an imported file"), source,
                          (int) mash_record_get_int (g_ptr_array_index (rows, rows->len - 1),
                                                     "line"));
}

static char *
dup_who (Page       *page,
         const char *contact,
         const char *people)
{
  g_auto (GStrv) ids = people != NULL ? g_strsplit (people, " ", -1) : NULL;
  g_autoptr (GString) who = g_string_new (NULL);

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    g_string_append_printf (who, "%s%s", i > 0 ? ", " : "", get_name (page, ids[i]));

  return who->len > 0 ? g_string_free (g_steal_pointer (&who), FALSE)
                      : g_strdup (get_family (page, contact));
}

/* The labels of the fields that were edited. */
static char *
dup_fields (const char *fields)
{
  g_auto (GStrv) names = fields != NULL ? g_strsplit (fields, " ", -1) : NULL;
  g_autoptr (GString) labels = g_string_new (NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (names[i], ".", 2);
      const MashKind *kind = mash_kind_lookup (parts[0]);
      guint field = kind != NULL ? mash_kind_find_field (kind, parts[1]) : MASH_NO_FIELD;

      if (i == FIELDS_SHOWN)
        {
          g_string_append (labels, "…");
          break;
        }
      if (field != MASH_NO_FIELD)
        g_string_append_printf (labels, "%s%s", labels->len > 0 ? ", " : "",
                                _(kind->fields[field].label));
    }

  return labels->len > 0 ? g_string_free (g_steal_pointer (&labels), FALSE) : NULL;
}

/* Somebody who is added late brings their own lines along; the line that adds them says so. */
static char *
dup_joined (Page       *page,
            const char *people)
{
  g_autoptr (MashStatement) row = NULL;
  guint n;

  if (people == NULL || strchr (people, ' ') != NULL)
    return NULL;
  row = mash_database_prepare (page->store->database, earlier_sql, NULL);
  if (row == NULL)
    return NULL;
  mash_statement_bind_text (row, 1, people);
  if (mash_statement_step (row, NULL) != MASH_STEP_ROW)
    return NULL;
  n = (guint) mash_statement_get_int (row, 0);

  return n > 1 ? g_strdup (_("What is known of them from before now stands here too"))
               : g_strdup (_("From now on their lines stand here too"));
}

static char *
dup_detail (Page          *page,
            MashStatement *line)
{
  MashPolicy *policy = page->store->policy;
  const char *list = mash_statement_get_text (line, LINE_LIST);
  const char *code = mash_statement_get_text (line, LINE_CODE);
  const char *words = mash_statement_get_text (line, LINE_WORDS);
  const char *label = NULL;

  if (is_episode (line) && strcmp (mash_statement_get_text (line, LINE_PRECISION), "time") == 0)
    return g_strdup (_("It is not known when this was; it stands where it was imported"));
  if (g_strcmp0 (mash_statement_get_text (line, LINE_DEED), "add-late-subject") == 0)
    return dup_joined (page, mash_statement_get_text (line, LINE_PEOPLE));
  /* Of a contact that came in, the code is who told, and stands with the agency. */
  if (code != NULL && list != NULL && strcmp (list, "RSRC") != 0)
    label = mash_policy_get_label (policy, list, code);
  if (label != NULL && words != NULL)
    return g_strdup_printf ("%s · %s", label, words);
  if (label == NULL && words == NULL)
    return dup_fields (mash_statement_get_text (line, LINE_FIELDS));

  return g_strdup (label != NULL ? label : words);
}

static char *
dup_episode (MashStatement *line)
{
  const char *type = mash_statement_get_text (line, LINE_HEADLINE);

  if (type == NULL)
    type = _("Episode in another system");
  if (g_str_has_suffix (mash_statement_get_text (line, LINE_ID), MASH_TIMELINE_ENDED))
    /* Translators: what another system did with somebody, such as “Assessment”. */
    return g_strdup_printf (_("%s: ended"), type);

  return g_strdup (type);
}

static char *
dup_headline (Page          *page,
              MashStatement *line)
{
  const char *deed_id = mash_statement_get_text (line, LINE_DEED);
  const MashDeed *deed = mash_policy_find_deed (page->store->policy, deed_id);
  const char *reference = mash_statement_get_text (line, LINE_REFERENCE);

  if (is_episode (line))
    return dup_episode (line);
  if (!mash_statement_is_null (line, LINE_HEADLINE))
    return mash_statement_dup_text (line, LINE_HEADLINE);
  if (strcmp (mash_statement_get_text (line, LINE_KIND), "CONTACT") == 0 && reference != NULL &&
      g_strcmp0 (mash_statement_get_text (line, LINE_CONTACT), page->contact) != 0)
    /* Translators: %s is a contact’s reference such as R7K2-M4QT-C. */
    return g_strdup_printf (_("Contact %s received"), reference);
  if (deed_id == NULL)
    return g_strdup (_("Concern told of"));

  return g_strdup (deed != NULL ? deed->done : deed_id);
}

static char *
dup_agency (Page          *page,
            MashStatement *line)
{
  const char *list = mash_statement_get_text (line, LINE_LIST);
  const char *code = mash_statement_get_text (line, LINE_CODE);

  if (g_strcmp0 (list, "RSRC") == 0 && code != NULL)
    return g_strdup (mash_policy_get_label (page->store->policy, list, code));

  return mash_statement_dup_text (line, is_episode (line) ? LINE_SOURCE : LINE_AGENCY);
}

static const char *
get_significance (Page          *page,
                  MashStatement *line)
{
  static const char *const names[] = { "routine", "notable", "critical" };
  gint64 weight = mash_statement_get_int (line, LINE_WEIGHT);
  const MashDeed *deed;

  if (weight >= 0)
    return names[MIN (weight, 2)];
  deed = mash_policy_find_deed (page->store->policy, mash_statement_get_text (line, LINE_DEED));

  return deed != NULL ? deed->significance : names[0];
}

/* What is given away leaves out: what somebody marked as not for everybody, flags, which are for
 * staff, and what was told by somebody whose identity is protected. */
static gboolean
is_confidential (Page          *page,
                 MashStatement *line)
{
  const char *handling = mash_statement_get_text (line, LINE_HANDLING);
  const char *kind = mash_statement_get_text (line, LINE_KIND);
  const char *fields = mash_statement_get_text (line, LINE_FIELDS);
  g_autoptr (GPtrArray) referrers = NULL;

  if ((handling != NULL && strcmp (handling, "H1") != 0) ||
      g_strcmp0 (mash_statement_get_text (line, LINE_BASIS), "INTEL") == 0 ||
      strcmp (kind, "FLAG") == 0 ||
      (fields != NULL && strstr (fields, "contact.confidential-from-family") != NULL))
    return TRUE;
  if (strcmp (kind, "CONTACT") != 0)
    return FALSE;

  referrers = mash_store_list (page->store, "referrer", "contact",
                               mash_statement_get_text (line, LINE_CONTACT));
  for (guint i = 0; i < referrers->len; i++)
    {
      if (mash_record_get_flag (g_ptr_array_index (referrers, i), "identity-protected"))
        return TRUE;
    }

  return FALSE;
}

/* What each row of a file said of an episode, the last one first. */
static char *
dup_origin (Page          *page,
            MashStatement *line)
{
  g_autoptr (GString) origin = g_string_new (NULL);
  g_autoptr (GPtrArray) rows = NULL;

  if (!is_episode (line))
    return NULL;

  rows = mash_store_list (page->store, "import-row", "episode",
                          mash_statement_get_text (line, LINE_RECORD));
  for (guint i = rows->len; i > 0; i--)
    {
      MashRecord *row = g_ptr_array_index (rows, i - 1);
      const MashStamps *stamps = mash_record_get_stamps (row);
      g_autoptr (MashRecord) staff = mash_store_lookup (page->store, "staff", stamps->created_by);
      g_autofree char *date = NULL;
      gint64 at = 0;

      mash_time_parse (stamps->created_at, &at);
      date = mash_time_dup_local_date (at);
      if (origin->len > 0)
        g_string_append (origin, "\n\n");
      /* Translators: a line of a file, a date such as 2026-10-13, and the name of a colleague. */
      g_string_append_printf (origin, _("Line %d of a file that was imported on %s by %s"),
                              (int) mash_record_get_int (row, "line"), date,
                              staff != NULL ? mash_record_get_text (staff, "name") : "");
      if (mash_record_has (row, "said"))
        g_string_append_printf (origin, "\n%s", mash_record_get_text (row, "said"));
    }

  return origin->len > 0 ? g_string_free (g_steal_pointer (&origin), FALSE) : NULL;
}

static MashTimelineRow *
read_line (Page          *page,
           MashStatement *line)
{
  MashTimelineRow *row = g_new0 (MashTimelineRow, 1);
  const char *contact = mash_statement_get_text (line, LINE_CONTACT);

  row->id = mash_statement_dup_text (line, LINE_ID);
  row->kind = mash_statement_dup_text (line, LINE_KIND);
  row->significance = g_strdup (get_significance (page, line));
  row->headline = dup_headline (page, line);
  row->detail = dup_detail (page, line);
  row->who = dup_who (page, contact, mash_statement_get_text (line, LINE_PEOPLE));
  row->agency = dup_agency (page, line);
  row->owner = mash_statement_dup_text (line, LINE_AGENCY);
  row->author = mash_statement_dup_text (line, LINE_AUTHOR);
  row->source = dup_source (page, line);
  row->origin = dup_origin (page, line);
  row->basis = mash_statement_dup_text (line, LINE_BASIS);
  row->handling = mash_statement_dup_text (line, LINE_HANDLING);
  row->record_kind = mash_statement_dup_text (line, LINE_RECORD_KIND);
  row->record = mash_statement_dup_text (line, LINE_RECORD);
  row->contact = g_strdup (*contact != '\0' ? contact : NULL);
  row->reference = mash_statement_dup_text (line, LINE_REFERENCE);
  row->precision = mash_statement_dup_text (line, LINE_PRECISION);
  row->at = mash_statement_get_int (line, LINE_AT);
  row->position = mash_statement_get_int (line, LINE_POSITION);
  row->confidential = is_confidential (page, line);
  if (!mash_statement_is_null (line, LINE_VOIDED_AT))
    row->voided_reason = g_strdup (mash_statement_is_null (line, LINE_VOIDED_REASON)
                                   ? "" : mash_statement_get_text (line, LINE_VOIDED_REASON));

  return row;
}

/* Who may see */

/* Says whether the person who is signed in may see a line that not everybody may. A condition of
 * the matrix is a release by the owner, and no line carries one yet: what is not released is not
 * seen. */
gboolean
mash_store_may_read_line (MashStore  *self,
                          gint64      n,
                          gboolean   *may,
                          GError    **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->database, closed_sql, error);
  MashGrant grant = mash_policy_get_grant (self->policy, self->role, PERMISSION_RESTRICTED, NULL);
  const char *basis, *handling;
  MashStep step;
  gboolean own;

  if (row == NULL)
    return FALSE;
  mash_statement_bind_int (row, 1, n);
  step = mash_statement_step (row, error);
  *may = FALSE;
  if (step != MASH_STEP_ROW)
    return step == MASH_STEP_DONE;

  own = self->agency != NULL &&
        g_strcmp0 (mash_statement_get_text (row, 1), self->agency) == 0;
  basis = mash_statement_get_text (row, 2);
  handling = mash_statement_get_text (row, 3);
  *may = !mash_timeline_entry_is_restricted (basis, handling) ||
         g_strcmp0 (mash_statement_get_text (row, 0), self->person) == 0 ||
         grant == MASH_GRANT_YES || (grant == MASH_GRANT_OWN && own) ||
         (g_strcmp0 (basis, "INTEL") != 0 && g_strcmp0 (handling, "H2") == 0 &&
          mash_policy_get_grant (self->policy, self->role, PERMISSION_RECOMMEND,
                                 NULL) == MASH_GRANT_YES);

  return TRUE;
}

static GPtrArray *
read_rows (MashStore              *self,
           const char             *contact,
           const MashTimelineKey  *keys,
           guint                   n_keys,
           GCancellable           *cancellable,
           GError                **error)
{
  g_auto (Page) page = {
    self, contact,
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
  g_autoptr (GPtrArray) rows = NULL;

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_timeline_row_free);
  for (guint i = 0; i < n_keys; i++)
    {
      g_autoptr (MashStatement) line = mash_database_prepare (self->database, line_sql, error);
      MashStep step;
      gboolean may;

      if (line == NULL || g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !mash_store_may_read_line (self, keys[i].n, &may, error))
        return NULL;
      mash_statement_bind_int (line, 1, keys[i].n);
      step = mash_statement_step (line, error);
      if (step == MASH_STEP_ERROR)
        return NULL;
      if (step == MASH_STEP_ROW && may &&
          is_open (&page, mash_statement_get_text (line, LINE_CONTACT)))
        g_ptr_array_add (rows, read_line (&page, line));
    }

  return mash_store_take_fault (self, error) ? NULL : g_steal_pointer (&rows);
}

static gboolean
log_glimpse (MashStore   *self,
             const char  *other,
             const char  *contact,
             GError     **error)
{
  g_autoptr (GHashTable) members = mash_body_new ();

  mash_body_set (members, ".deed", g_variant_new_string ("view"));
  mash_body_set (members, MASH_STORE_BESIDE, g_variant_new_string (contact));

  return mash_store_log_view (self, "view", other, members, error);
}

/* Lines of other contacts of the family come before somebody's eyes without those being opened. The
 * first time in a session that is written down for each of them, before anything is shown. */
static gboolean
log_glimpses (MashStore   *self,
              const char  *contact,
              GHashTable  *contacts,
              GError     **error)
{
  g_autoptr (MashTransaction) transaction = mash_transaction_begin (self->database, error);
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);
  MashHead before = self->view_head;
  GHashTableIter iter;
  gpointer n;

  if (transaction == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, contacts);
  while (g_hash_table_iter_next (&iter, &n, NULL))
    {
      g_autoptr (MashStatement) row = mash_database_prepare (self->database,
                                                             "SELECT id FROM contact WHERE n = ?1",
                                                             error);
      g_autofree char *id = NULL;

      if (row == NULL)
        return FALSE;
      mash_statement_bind_int (row, 1, *(gint64 *) n);
      if (mash_statement_step (row, error) == MASH_STEP_ROW)
        id = mash_statement_dup_text (row, 0);
      if (id == NULL || strcmp (id, contact) == 0 || g_hash_table_contains (self->glimpsed, id))
        continue;
      if (!log_glimpse (self, id, contact, error))
        {
          self->view_head = before;
          return FALSE;
        }
      g_ptr_array_add (seen, g_steal_pointer (&id));
    }
  if (!mash_transaction_commit (transaction, error))
    {
      self->view_head = before;
      return FALSE;
    }

  for (guint i = 0; i < seen->len; i++)
    g_hash_table_add (self->glimpsed, g_strdup (g_ptr_array_index (seen, i)));

  return TRUE;
}

/**
 * mash_store_read_timeline:
 * @self: a store
 * @view: what is wanted, of a contact that has been opened
 * @n_rows: how many rows of its beginning are wanted at once
 * @cancellable: (nullable): to stop it
 * @error: return location for a #MashStoreError
 *
 * Finds which lines a view has and reads the first of them; the rest are read by their keys when
 * somebody looks. What the person who is signed in may not see is neither counted nor drawn.
 *
 * Returns: (transfer full) (nullable): the view
 */
MashTimelineReading *
mash_store_read_timeline (MashStore               *self,
                          const MashTimelineView  *view,
                          guint                    n_rows,
                          GCancellable            *cancellable,
                          GError                 **error)
{
  g_autoptr (MashTimelineReading) reading = g_new0 (MashTimelineReading, 1);
  g_autoptr (GHashTable) contacts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                           NULL);
  g_autoptr (GPtrArray) rows = NULL;

  mash_store_assert (self);
  g_return_val_if_fail (view != NULL, NULL);

  reading->keys = g_array_new (FALSE, FALSE, sizeof (MashTimelineKey));
  reading->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_timeline_row_free);
  reading->lanes = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_timeline_lane_free);
  reading->agencies = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_timeline_agency_free);
  if (!mash_timeline_keys_read (self, view, reading->keys, reading->lanes, reading->agencies,
                                contacts, cancellable, error) ||
      mash_store_take_fault (self, error) || !log_glimpses (self, view->contact, contacts, error))
    return NULL;

  rows = read_rows (self, view->contact, (const MashTimelineKey *) (gpointer) reading->keys->data,
                    MIN (n_rows, reading->keys->len), cancellable, error);
  if (rows == NULL)
    return NULL;
  g_ptr_array_unref (reading->rows);
  reading->rows = g_steal_pointer (&rows);

  return g_steal_pointer (&reading);
}

/**
 * mash_store_list_timeline_rows:
 * @self: a store
 * @contact: the id of the contact from which one looks
 * @keys: (array length=n_keys): keys that mash_store_read_timeline() gave
 * @n_keys: how many
 * @error: return location for a #MashStoreError
 *
 * Returns: (transfer full) (element-type MashTimelineRow) (nullable): their rows, in that order
 */
GPtrArray *
mash_store_list_timeline_rows (MashStore              *self,
                               const char             *contact,
                               const MashTimelineKey  *keys,
                               guint                   n_keys,
                               GError                **error)
{
  mash_store_assert (self);
  g_return_val_if_fail (contact != NULL, NULL);

  return read_rows (self, contact, keys, n_keys, NULL, error);
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
  g_autoptr (MashTimelineReading) reading = mash_store_read_timeline (self, view, G_MAXUINT,
                                                                      cancellable, error);

  return reading != NULL ? g_ptr_array_ref (reading->rows) : NULL;
}
