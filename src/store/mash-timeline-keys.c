/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-timeline-keys.h"

#include <string.h>

#include "mash-time.h"
#include "mash-timeline-family.h"
#include "mash-timeline-search.h"

/* A lane is a bit of a word; people beyond these have lines, but no lane of their own. */
#define LANES_MAX 63

/* How many days are looked at as one; in these the clocks change at most once. */
#define DAYS_TOGETHER 28

static const char contacts_sql[] =
  "SELECT c.n, c.id FROM contact_subject s JOIN contact c ON c.id = s.contact"
  " WHERE s.person = ?1 AND s.voided_at IS NULL AND c.voided_at IS NULL ORDER BY c.n";

static const char keys_sql[] =
  "SELECT at, n, contact, kind, deed, weight, harm, whole, post, agency, closed, voided"
  " FROM timeline_key WHERE scope = ?1 ORDER BY at, n";

static const char posts_sql[] =
  "SELECT post.n, agency.n FROM post JOIN agency ON agency.id = post.agency";

static const char agencies_sql[] = "SELECT n, id, name FROM agency ORDER BY name, n";

typedef struct
{
  gint64  at;
  gint64  n;
  guint64 lanes;
  guint8  weight;
  guint8  voided;
} Found;

/* Days of one length: the local day that begins at `from`, and those after it up to `to`. */
typedef struct
{
  gint64 from;
  gint64 to;
  int    first;
} Days;

typedef struct
{
  MashStore              *store;
  const MashTimelineView *view;
  GPtrArray              *people;    /* of MashTimelinePerson */
  GHashTable             *contacts;  /* n → whether it may be opened */
  GHashTable             *asked;     /* n of contacts that belong to the view */
  GHashTable             *agencies;  /* n of post → n of its agency */
  MashTimelineSearch     *search;
  GArray                 *found;     /* of Found */
  GHashTable             *known_by;  /* n of agencies that have a line in the view */
  gint64                  contact;
  gint64                  agency;
  int                     least;
} Reader;

static void
reader_clear (Reader *self)
{
  g_ptr_array_unref (self->people);
  g_hash_table_unref (self->contacts);
  g_hash_table_unref (self->asked);
  g_hash_table_unref (self->agencies);
  mash_timeline_search_free (self->search);
  g_array_unref (self->found);
  g_hash_table_unref (self->known_by);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static GHashTable *
new_numbers (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static void
put_number (GHashTable *numbers,
            gint64      n,
            gpointer    value)
{
  g_hash_table_replace (numbers, g_memdup2 (&n, sizeof n), value);
}

static void
keep_subject (Reader *self)
{
  for (guint i = self->people->len; i > 0; i--)
    {
      MashTimelinePerson *person = g_ptr_array_index (self->people, i - 1);

      if (g_strcmp0 (person->id, self->view->subject) != 0 &&
          g_strcmp0 (person->same, self->view->subject) != 0)
        g_ptr_array_remove_index (self->people, i - 1);
    }
}

/* Whether the reader may open a contact, and so see anything of it. What is of no contact is found
 * under a person of one that is open. */
static gboolean
is_open (Reader *self,
         gint64  n)
{
  gpointer known;
  g_autoptr (MashStatement) row = NULL;
  g_autoptr (MashRecord) record = NULL;
  gboolean open = FALSE;

  if (n == 0)
    return TRUE;
  if (g_hash_table_lookup_extended (self->contacts, &n, NULL, &known))
    return GPOINTER_TO_INT (known);

  row = mash_database_prepare (self->store->database, "SELECT id FROM contact WHERE n = ?1", NULL);
  if (row != NULL)
    {
      mash_statement_bind_int (row, 1, n);
      if (mash_statement_step (row, NULL) == MASH_STEP_ROW)
        record = mash_store_lookup (self->store, "contact", mash_statement_get_text (row, 0));
    }
  open = record != NULL && mash_store_may_open (self->store, record, NULL);
  put_number (self->contacts, n, GINT_TO_POINTER (open));

  return open;
}

static gboolean
read_contacts (Reader  *self,
               GError **error)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      const MashTimelinePerson *person = g_ptr_array_index (self->people, i);
      g_autoptr (MashStatement) row = mash_database_prepare (self->store->database, contacts_sql,
                                                             error);
      MashStep step;

      if (row == NULL)
        return FALSE;
      mash_statement_bind_text (row, 1, person->id);
      while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
        {
          gint64 n = mash_statement_get_int (row, 0);

          if (!g_hash_table_contains (self->asked, &n) && is_open (self, n))
            put_number (self->asked, n, NULL);
        }
      if (step == MASH_STEP_ERROR)
        return FALSE;
    }

  return TRUE;
}

static gint64
find_number (Reader     *self,
             const char *sql,
             const char *id)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->store->database, sql, NULL);

  if (row == NULL || id == NULL)
    return 0;
  mash_statement_bind_text (row, 1, id);
  return mash_statement_step (row, NULL) == MASH_STEP_ROW ? mash_statement_get_int (row, 0) : 0;
}

static gboolean
read_posts (Reader  *self,
            GError **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->store->database, posts_sql, error);
  MashStep step;

  if (row == NULL)
    return FALSE;
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    put_number (self->agencies, mash_statement_get_int (row, 0),
                GSIZE_TO_POINTER ((gsize) mash_statement_get_int (row, 1)));

  return step == MASH_STEP_DONE;
}

/* The names of the scopes that the view looks in, as the index of words wants them. */
static char *
dup_scopes (Reader *self)
{
  g_autoptr (GString) scopes = g_string_new (NULL);
  GHashTableIter iter;
  gpointer n;

  for (guint i = 0; i < self->people->len; i++)
    g_string_append_printf (scopes, "%sp%" G_GINT64_FORMAT, scopes->len > 0 ? " OR " : "",
                            ((MashTimelinePerson *) g_ptr_array_index (self->people, i))->n);
  g_hash_table_iter_init (&iter, self->asked);
  while (g_hash_table_iter_next (&iter, &n, NULL))
    g_string_append_printf (scopes, "%sc%" G_GINT64_FORMAT, scopes->len > 0 ? " OR " : "",
                            *(gint64 *) n);

  return g_string_free (g_steal_pointer (&scopes), FALSE);
}

static gboolean
find_words (Reader  *self,
            GError **error)
{
  g_autofree char *scopes = dup_scopes (self);

  return mash_timeline_search_run (self->search, scopes, error);
}

/* Keys */

/* This contact alone: its own lines, and what other systems know of those whom it is about. */
static gboolean
is_of_contact (Reader                   *self,
               gint64                    contact,
               const MashTimelinePerson *person)
{
  return contact == self->contact || (contact == 0 && person != NULL && person->subject);
}

static int
get_weight (Reader        *self,
            MashStatement *key)
{
  int weight = (int) mash_statement_get_int (key, 5);
  const MashDeed *deed;

  if (weight >= 0)
    return weight;
  deed = mash_policy_find_deed (self->store->policy, mash_statement_get_text (key, 4));

  return deed == NULL ? 0 : strcmp (deed->significance, "critical") == 0
                            ? 2 : strcmp (deed->significance, "notable") == 0;
}

static gint64
get_agency (Reader        *self,
            MashStatement *key)
{
  gint64 post;

  if (!mash_statement_is_null (key, 9))
    return mash_statement_get_int (key, 9);
  post = mash_statement_get_int (key, 8);

  return (gint64) GPOINTER_TO_SIZE (g_hash_table_lookup (self->agencies, &post));
}

static gboolean
is_wanted (Reader                   *self,
           MashStatement            *key,
           int                       weight,
           gint64                    agency,
           const MashTimelinePerson *person)
{
  const MashTimelineView *view = self->view;

  return weight >= self->least &&
         (view->with_void || mash_statement_get_int (key, 11) == 0) &&
         (view->scope != MASH_TIMELINE_HARM || mash_statement_get_int (key, 6) != 0) &&
         (view->scope != MASH_TIMELINE_AGENCY || agency == self->agency) &&
         (view->kind == NULL || strcmp (mash_statement_get_text (key, 3), view->kind) == 0) &&
         mash_timeline_search_matches (self->search, mash_statement_get_int (key, 1),
                                       mash_statement_get_text (key, 4),
                                       person != NULL ? person->name : NULL);
}

/* Reads the keys of one scope; @lane is that of the person whose scope it is, 0 that of the whole
 * household. Of another contact only what is about everybody in it comes from here: what is about
 * somebody by name comes from theirs. */
static gboolean
read_scope (Reader                    *self,
            const char                *scope,
            guint                      lane,
            const MashTimelinePerson  *person,
            gboolean                   whole_only,
            GError                   **error)
{
  g_autoptr (MashStatement) key = mash_database_prepare (self->store->database, keys_sql, error);
  MashStep step;

  if (key == NULL)
    return FALSE;

  mash_statement_bind_text (key, 1, scope);
  while ((step = mash_statement_step (key, error)) == MASH_STEP_ROW)
    {
      gboolean whole = mash_statement_get_int (key, 7) != 0;
      int weight = get_weight (self, key);
      gboolean may = TRUE;
      gint64 agency;
      Found found;

      if ((whole_only && !whole) ||
          (self->view->scope == MASH_TIMELINE_CONTACT &&
           !is_of_contact (self, mash_statement_get_int (key, 2), person)) ||
          !is_open (self, mash_statement_get_int (key, 2)))
        continue;
      if (mash_statement_get_int (key, 10) != 0 &&
          !mash_store_may_read_line (self->store, mash_statement_get_int (key, 1), &may, error))
        return FALSE;
      if (!may)
        continue;
      agency = get_agency (self, key);
      if (!g_hash_table_contains (self->known_by, &agency))
        put_number (self->known_by, agency, NULL);
      if (!is_wanted (self, key, weight, agency, person))
        continue;

      found.at = mash_statement_get_int (key, 0);
      found.n = mash_statement_get_int (key, 1);
      found.lanes = person != NULL ? G_GUINT64_CONSTANT (1) << lane : whole ? 1 : 0;
      found.weight = (guint8) weight;
      found.voided = mash_statement_get_int (key, 11) != 0;
      g_array_append_val (self->found, found);
    }

  return step == MASH_STEP_DONE;
}

/* The lane of a person; other records of theirs are in it too. */
static guint
find_lane (Reader *self,
           guint   i)
{
  const MashTimelinePerson *person = g_ptr_array_index (self->people, i);

  for (guint k = 0; person->same != NULL && k < self->people->len; k++)
    {
      const MashTimelinePerson *other = g_ptr_array_index (self->people, k);

      if (strcmp (other->id, person->same) == 0)
        return MIN (k + 1, LANES_MAX);
    }

  return MIN (i + 1, LANES_MAX);
}

static gboolean
read_scopes (Reader       *self,
             GCancellable *cancellable,
             GError      **error)
{
  GHashTableIter iter;
  gpointer n;
  char scope[32];

  for (guint i = 0; i < self->people->len; i++)
    {
      const MashTimelinePerson *person = g_ptr_array_index (self->people, i);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      g_snprintf (scope, sizeof scope, "p%" G_GINT64_FORMAT, person->n);
      if (!read_scope (self, scope, find_lane (self, i), person, FALSE, error))
        return FALSE;
    }

  g_hash_table_iter_init (&iter, self->asked);
  while (g_hash_table_iter_next (&iter, &n, NULL))
    {
      gboolean own = *(gint64 *) n == self->contact && self->view->scope != MASH_TIMELINE_PERSON;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      g_snprintf (scope, sizeof scope, "c%" G_GINT64_FORMAT, *(gint64 *) n);
      if (!read_scope (self, scope, 0, NULL, !own, error))
        return FALSE;
    }

  return TRUE;
}

static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  const Found *first = a;
  const Found *second = b;

  if (first->at != second->at)
    return first->at < second->at ? -1 : 1;

  return (first->n > second->n) - (first->n < second->n);
}

/* What is about several people was found once for each of them. */
static void
merge_found (Reader *self)
{
  Found *all = (Found *) (gpointer) self->found->data;
  guint n = 0;

  g_array_sort (self->found, compare_found);
  for (guint i = 0; i < self->found->len; i++)
    {
      if (n > 0 && all[n - 1].n == all[i].n)
        all[n - 1].lanes |= all[i].lanes;
      else
        all[n++] = all[i];
    }
  g_array_set_size (self->found, n);
}

/* What comes of it */

static MashTimelineLane *
lane_new (const MashTimelinePerson *person)
{
  MashTimelineLane *lane = g_new0 (MashTimelineLane, 1);

  if (person != NULL)
    {
      lane->person = g_strdup (person->id);
      lane->name = g_strdup (person->name);
      lane->birth = g_strdup (person->birth);
      lane->child = person->child;
    }
  lane->marks = g_array_new (FALSE, FALSE, sizeof (MashTimelineMark));

  return lane;
}

/* Which local day a time is on. Between two changes of the clocks days are of one length, so that
 * the zone is asked once for some weeks and not for each line. */
static int
find_day (Days   *days,
          gint64  at)
{
  if (at < days->from || at >= days->to)
    {
      days->first = mash_time_get_local_day (at);
      days->from = mash_time_from_local_day (days->first, 0);
      days->to = mash_time_from_local_day (days->first + DAYS_TOGETHER, 0);
      if (days->to - days->from != DAYS_TOGETHER * MASH_TIME_DAY)
        days->to = mash_time_from_local_day (days->first + 1, 0);
    }

  return days->first + (int) ((at - days->from) / MASH_TIME_DAY);
}

static void
draw_lanes (Reader    *self,
            GPtrArray *lanes)
{
  Days days = { 0 };

  g_ptr_array_add (lanes, lane_new (NULL));
  for (guint i = 0; i < self->people->len && i < LANES_MAX - 1; i++)
    {
      const MashTimelinePerson *person = g_ptr_array_index (self->people, i);

      /* Other records of somebody come last, so that those before them keep their places. */
      if (person->same == NULL)
        g_ptr_array_add (lanes, lane_new (person));
    }

  for (guint i = 0; i < self->found->len; i++)
    {
      const Found *found = &g_array_index (self->found, Found, i);
      int day;

      if (found->voided)
        continue;
      day = find_day (&days, found->at);
      for (guint lane = 0; lane < lanes->len; lane++)
        if (found->lanes & (G_GUINT64_CONSTANT (1) << lane))
          mash_timeline_lane_add (g_ptr_array_index (lanes, lane), day, found->weight);
    }
}

static void
give_keys (Reader *self,
           GArray *keys)
{
  guint n = self->found->len;

  g_array_set_size (keys, n);
  for (guint i = 0; i < n; i++)
    {
      const Found *found = &g_array_index (self->found, Found,
                                           self->view->oldest_first ? i : n - 1 - i);

      g_array_index (keys, MashTimelineKey, i) = (MashTimelineKey) { found->at, found->n };
    }
}

/* The agencies that have a line in the view, whatever it is filtered by. */
static gboolean
list_agencies (Reader     *self,
               GPtrArray  *agencies,
               GError    **error)
{
  g_autoptr (MashStatement) row = mash_database_prepare (self->store->database, agencies_sql,
                                                         error);
  MashStep step;

  if (row == NULL)
    return FALSE;
  while ((step = mash_statement_step (row, error)) == MASH_STEP_ROW)
    {
      gint64 n = mash_statement_get_int (row, 0);
      MashTimelineAgency *agency;

      if (!g_hash_table_contains (self->known_by, &n))
        continue;
      agency = g_new0 (MashTimelineAgency, 1);
      agency->id = mash_statement_dup_text (row, 1);
      agency->name = mash_statement_dup_text (row, 2);
      g_ptr_array_add (agencies, agency);
    }

  return step == MASH_STEP_DONE;
}

static gboolean
prepare (Reader  *self,
         GError **error)
{
  const MashTimelineView *view = self->view;

  self->contact = find_number (self, "SELECT n FROM contact WHERE id = ?1", view->contact);
  self->agency = find_number (self, "SELECT n FROM agency WHERE id = ?1", view->subject);
  self->least = g_strcmp0 (view->significance, "critical") == 0
                ? 2 : g_strcmp0 (view->significance, "notable") == 0;
  if (!read_posts (self, error) ||
      !mash_timeline_family_read (self->people, self->store, view->contact, error))
    return FALSE;
  if (view->scope == MASH_TIMELINE_PERSON)
    keep_subject (self);
  if (view->scope != MASH_TIMELINE_CONTACT && !read_contacts (self, error))
    return FALSE;

  if (view->scope != MASH_TIMELINE_PERSON && is_open (self, self->contact))
    put_number (self->asked, self->contact, NULL);

  return TRUE;
}

/**
 * mash_timeline_keys_read: (skip)
 * @store: a store
 * @view: what is wanted
 * @keys: of MashTimelineKey: filled, in the order of @view
 * @lanes: of MashTimelineLane: filled, the household's first, then the children's
 * @agencies: of MashTimelineAgency: filled with those that have a line in it, filtered or not
 * @contacts: (nullable): gets the n of every contact that the view looks into
 * @cancellable: (nullable): to stop it
 * @error: return location for a #MashStoreError
 *
 * Returns: %TRUE when all keys were read, by their index, and of those only the family's
 */
gboolean
mash_timeline_keys_read (MashStore               *store,
                         const MashTimelineView  *view,
                         GArray                  *keys,
                         GPtrArray               *lanes,
                         GPtrArray               *agencies,
                         GHashTable              *contacts,
                         GCancellable            *cancellable,
                         GError                 **error)
{
  g_auto (Reader) self = {
    .store = store,
    .view = view,
    .people = mash_timeline_family_new (),
    .contacts = new_numbers (),
    .asked = new_numbers (),
    .agencies = new_numbers (),
    .search = mash_timeline_search_new (store, view->words),
    .found = g_array_new (FALSE, FALSE, sizeof (Found)),
    .known_by = new_numbers (),
  };
  GHashTableIter iter;
  gpointer n;

  if (!prepare (&self, error) || !find_words (&self, error) ||
      !read_scopes (&self, cancellable, error) || !list_agencies (&self, agencies, error))
    return FALSE;

  merge_found (&self);
  draw_lanes (&self, lanes);
  give_keys (&self, keys);
  g_hash_table_iter_init (&iter, self.asked);
  while (contacts != NULL && g_hash_table_iter_next (&iter, &n, NULL))
    put_number (contacts, *(gint64 *) n, NULL);

  return TRUE;
}
