/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "history-disk.h"

#include <string.h>

#include "hub-desk.h"

static guint n_falls;
static guint n_seats;
static guint n_turns;

guint
history_disk_count_falls (void)
{
  guint n = n_falls;

  n_falls = 0;

  return n;
}

guint
history_disk_count_seats (void)
{
  guint n = n_seats;

  n_seats = 0;

  return n;
}

guint
history_disk_count_turns (void)
{
  guint n = n_turns;

  n_turns = 0;

  return n;
}

static void
action_free (HistoryAction *action)
{
  g_ptr_array_unref (action->changes);
  g_ptr_array_unref (action->ids);
  g_free (action);
}

static MashEntry *
entry_copy (const MashEntry *entry)
{
  MashEntry *copy = g_new0 (MashEntry, 1);

  copy->seq = entry->seq;
  copy->took_at = g_strdup (entry->took_at);
  copy->group_end = entry->group_end;
  copy->digest = g_bytes_ref (entry->digest);
  if (entry->statement != NULL)
    copy->statement = g_bytes_ref (entry->statement);
  if (entry->signature != NULL)
    copy->signature = g_bytes_ref (entry->signature);
  copy->lost = g_strdupv (entry->lost);

  return copy;
}

static MashSigned *
sign_again (GBytes       *statement,
            const guint8 *signature)
{
  MashSigned *copy = g_new0 (MashSigned, 1);

  copy->statement = g_bytes_ref (statement);
  memcpy (copy->signature, signature, sizeof copy->signature);

  return copy;
}

static GHashTable *
make_state (HistoryDisk *self)
{
  GHashTable *state = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) g_hash_table_unref);
  g_auto (GStrv) parts = g_strsplit (self->base, "\n", 2);
  GHashTable *members = mash_body_read (parts[1], strlen (parts[1]), NULL);

  g_assert_nonnull (members);
  g_hash_table_insert (state, g_strdup_printf ("contact %s", parts[0]), members);

  return state;
}

HistoryDisk *
history_disk_new (const char *person,
                  const char *seat,
                  const char *contact,
                  const char *json)
{
  HistoryDisk *self = g_new0 (HistoryDisk, 1);

  self->person = g_strdup (person);
  self->seat = g_strdup (seat);
  self->next_seq = 1;
  self->log = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_entry_free);
  self->actions = g_ptr_array_new_with_free_func ((GDestroyNotify) action_free);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->closed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->base = g_strdup_printf ("%s\n%s", contact, json);
  self->state = make_state (self);
  self->lost = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_signed_free);

  return self;
}

void
history_disk_free (HistoryDisk *self)
{
  g_free (self->person);
  g_free (self->seat);
  g_free (self->next_seat);
  g_ptr_array_unref (self->log);
  g_ptr_array_unref (self->actions);
  g_hash_table_unref (self->answers);
  g_hash_table_unref (self->closed);
  g_hash_table_unref (self->state);
  g_free (self->base);
  g_ptr_array_unref (self->lost);
  g_free (self);
}

/* Keeps a user action. The ids are those of its changes. */
HistoryAction *
history_disk_save (HistoryDisk *self,
                   GPtrArray   *changes)
{
  HistoryAction *action = g_new0 (HistoryAction, 1);

  action->changes = changes;
  action->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < changes->len; i++)
    {
      const MashSigned *change = g_ptr_array_index (changes, i);
      g_autoptr (MashChange) said = mash_change_from_statement (change->statement, NULL);

      g_ptr_array_add (action->ids, g_strdup (said->id));
    }
  g_ptr_array_add (self->actions, action);

  return action;
}

/* What is on the disk now, for when it is put back. */
HistoryDisk *
history_disk_copy (HistoryDisk *self)
{
  g_auto (GStrv) parts = g_strsplit (self->base, "\n", 2);
  HistoryDisk *copy = history_disk_new (self->person, self->seat, parts[0], parts[1]);
  GHashTableIter iter;
  gpointer key, value;

  copy->next_seat = g_strdup (self->next_seat);
  copy->place = self->place;
  copy->next_seq = self->next_seq;
  copy->turned = self->turned;
  for (guint i = 0; i < self->log->len; i++)
    g_ptr_array_add (copy->log, entry_copy (g_ptr_array_index (self->log, i)));
  for (guint i = 0; i < self->actions->len; i++)
    {
      const HistoryAction *action = g_ptr_array_index (self->actions, i);
      HistoryAction *same = history_disk_save (copy, g_ptr_array_ref (action->changes));

      same->first_seq = action->first_seq;
      same->answered = action->answered;
      same->confirmed = action->confirmed;
    }
  g_hash_table_iter_init (&iter, self->answers);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy->answers, g_strdup (key), g_strdup (value));
  g_hash_table_iter_init (&iter, self->closed);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (copy->closed, g_strdup (key));
  for (guint i = 0; i < self->lost->len; i++)
    {
      const MashSigned *lost = g_ptr_array_index (self->lost, i);

      g_ptr_array_add (copy->lost, sign_again (lost->statement, lost->signature));
    }
  g_hash_table_unref (copy->state);
  copy->state = history_disk_refold (copy);

  return copy;
}

/* Records */

static gboolean
has_lost (const MashEntry *entry,
          const char      *field)
{
  return g_strv_contains ((const char *const *) entry->lost, field);
}

/* A field that somebody else had altered meanwhile, to something else, stays; nothing else does.
 * The higher urgency stands instead, and a state has to be the one that was seen. */
static void
check_field (GHashTable      *held,
             GHashTable      *members,
             const MashEntry *entry,
             const char      *name)
{
  g_autofree char *was = g_strconcat (name, ".was", NULL);
  GVariant *before = g_hash_table_lookup (held, name);
  GVariant *now = g_hash_table_lookup (members, name);
  gboolean meanwhile = !mash_values_equal (before, g_hash_table_lookup (members, was)) &&
                       !mash_values_equal (before, now);

  if (strcmp (name, "state") == 0)
    g_assert_false (meanwhile);
  else if (strcmp (name, "brag") != 0)
    g_assert_cmpint (has_lost (entry, name), ==, meanwhile);
  else if (meanwhile)
    g_assert_cmpint (has_lost (entry, name), ==,
                     strchr ("BGAR", *g_variant_get_string (now, NULL)) <
                     strchr ("BGAR", *g_variant_get_string (before, NULL)));
}

/* What a change does to the record that it is about. */
static void
fold (GHashTable      *state,
      const MashEntry *entry)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashChange) change = mash_change_from_statement (entry->statement, &error);
  g_autofree char *key = NULL;
  g_autoptr (GHashTable) members = NULL;
  GHashTable *held;
  GHashTableIter iter;
  gpointer name, value;

  g_assert_no_error (error);
  key = g_strdup_printf ("%s %s", change->kind, change->record);
  members = mash_body_read (change->body, strlen (change->body), &error);
  g_assert_no_error (error);
  held = g_hash_table_lookup (state, key);
  g_assert_true ((held == NULL) == (change->base == 0));
  if (held == NULL)
    {
      held = mash_body_new ();
      g_hash_table_insert (state, g_strdup (key), held);
    }

  g_hash_table_iter_init (&iter, members);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (*(const char *) name == '.' || g_str_has_suffix (name, ".was"))
        continue;
      if (change->base > 0)
        check_field (held, members, entry, name);
      if (has_lost (entry, name))
        continue;
      if (value == NULL)
        g_hash_table_remove (held, name);
      else
        mash_body_set (held, name, value);
    }
}

/* The records as the log alone makes them. */
GHashTable *
history_disk_refold (HistoryDisk *self)
{
  GHashTable *state = make_state (self);

  for (guint i = 0; i < self->log->len; i++)
    {
      const MashEntry *entry = g_ptr_array_index (self->log, i);

      if (entry->statement != NULL)
        fold (state, entry);
    }

  return state;
}

/* What the core needs */

static gboolean
load_place_cb (gpointer       data,
               MashSyncPlace *place,
               GError       **error)
{
  *place = ((HistoryDisk *) data)->place;

  return TRUE;
}

static GPtrArray *
list_batch_cb (gpointer  data,
               guint     max_groups,
               guint     max_changes,
               guint64  *first_seq,
               GError  **error)
{
  HistoryDisk *self = data;
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  guint n = 0;

  *first_seq = 0;
  for (guint i = 0; i < self->actions->len && groups->len < max_groups; i++)
    {
      HistoryAction *action = g_ptr_array_index (self->actions, i);

      if (action->answered)
        continue;
      n += action->changes->len;
      if (n > max_changes && groups->len > 0)
        break;
      if (action->first_seq == 0)
        {
          action->first_seq = self->next_seq;
          self->next_seq += action->changes->len;
        }
      if (*first_seq == 0)
        *first_seq = action->first_seq;
      g_ptr_array_add (groups, g_ptr_array_ref (action->changes));
    }

  return groups;
}

static gboolean
take_answers_cb (gpointer   data,
                 GPtrArray *answers,
                 GError   **error)
{
  HistoryDisk *self = data;

  for (guint i = 0; i < answers->len; i++)
    {
      const MashAnswer *answer = g_ptr_array_index (answers, i);
      const char *before = g_hash_table_lookup (self->answers, answer->id);

      /* Whatever was answered once is answered so for ever. */
      if (before != NULL)
        g_assert_cmpstr (before, ==, answer->outcome);
      g_hash_table_replace (self->answers, g_strdup (answer->id), g_strdup (answer->outcome));
    }
  for (guint i = 0; i < self->actions->len; i++)
    {
      HistoryAction *action = g_ptr_array_index (self->actions, i);

      action->answered = action->confirmed ||
                         g_hash_table_contains (self->answers, g_ptr_array_index (action->ids, 0));
    }

  return TRUE;
}

static HistoryAction *
find_action (HistoryDisk *self,
             const char  *id)
{
  for (guint i = 0; i < self->actions->len; i++)
    {
      HistoryAction *action = g_ptr_array_index (self->actions, i);

      for (guint j = 0; j < action->ids->len; j++)
        {
          if (strcmp (g_ptr_array_index (action->ids, j), id) == 0)
            return action;
        }
    }

  return NULL;
}

static gboolean
apply_cb (gpointer             data,
          GPtrArray           *entries,
          const MashSyncPlace *place,
          GError             **error)
{
  HistoryDisk *self = data;

  g_assert_cmpuint (place->seq, ==, self->place.seq + entries->len);
  for (guint i = 0; i < entries->len; i++)
    {
      const MashEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (MashChange) change = NULL;
      HistoryAction *action;

      g_ptr_array_add (self->log, entry_copy (entry));
      if (entry->statement == NULL)
        continue;
      fold (self->state, entry);
      change = mash_change_from_statement (entry->statement, NULL);
      action = find_action (self, change->id);
      if (action != NULL)
        action->answered = action->confirmed = TRUE;
    }
  self->place = *place;

  return TRUE;
}

static guint64
count_unsent_cb (gpointer  data,
                 gint64   *since)
{
  *since = 0;

  return 0;
}

static gboolean
find_place_cb (gpointer       data,
               guint64        at_most,
               MashSyncPlace *place,
               GError       **error)
{
  HistoryDisk *self = data;
  MashSyncPlace at = { 0 };

  *place = at;
  for (guint i = 0; i < self->log->len && i < at_most; i++)
    {
      const MashEntry *entry = g_ptr_array_index (self->log, i);
      guint8 digest[MASH_CHANGE_DIGEST_SIZE];

      memcpy (digest, g_bytes_get_data (entry->digest, NULL), sizeof digest);
      mash_chain_next (at.chain, entry->seq, entry->took_at, digest, at.chain);
      at.seq = entry->seq;
      if (entry->group_end)
        *place = at;
    }

  return TRUE;
}

static gboolean
renumber_cb (gpointer  data,
             guint64   next,
             GError  **error)
{
  HistoryDisk *self = data;

  for (guint i = 0; i < self->actions->len; i++)
    {
      HistoryAction *action = g_ptr_array_index (self->actions, i);
      const char *outcome = g_hash_table_lookup (self->answers,
                                                 g_ptr_array_index (action->ids, 0));

      /* What was refused its author has seen refused. */
      if (action->confirmed || g_strcmp0 (outcome, "refused") == 0)
        continue;
      action->answered = FALSE;
      action->first_seq = 0;
      for (guint j = 0; j < action->ids->len; j++)
        g_hash_table_remove (self->answers, g_ptr_array_index (action->ids, j));
    }
  self->next_seq = next;

  return TRUE;
}

/* Keeps what stands beyond the place to which a desk goes back. */
static void
keep_lost (HistoryDisk     *self,
           const MashEntry *entry)
{
  g_autoptr (MashChange) change = mash_change_from_statement (entry->statement, NULL);
  HistoryAction *action = find_action (self, change->id);

  if (action != NULL)
    action->confirmed = action->answered = FALSE;
  else
    g_ptr_array_add (self->lost, sign_again (entry->statement,
                                             g_bytes_get_data (entry->signature, NULL)));
}

static gboolean
fall_back_cb (gpointer             data,
              const MashSyncPlace *place,
              guint64              next,
              GError             **error)
{
  HistoryDisk *self = data;

  g_assert_cmpuint (place->seq, <, self->place.seq);
  n_falls++;
  for (guint i = (guint) place->seq; i < self->log->len; i++)
    {
      const MashEntry *entry = g_ptr_array_index (self->log, i);

      if (entry->statement != NULL)
        keep_lost (self, entry);
    }
  g_ptr_array_set_size (self->log, (int) place->seq);
  self->place = *place;
  self->turned = -1;
  g_hash_table_unref (self->state);
  self->state = history_disk_refold (self);

  return renumber_cb (self, next, error);
}

static GPtrArray *
list_lost_cb (gpointer  data,
              guint     max_changes,
              GError  **error)
{
  HistoryDisk *self = data;
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_signed_free);

  for (guint i = 0; i < self->lost->len && i < max_changes; i++)
    {
      const MashSigned *lost = g_ptr_array_index (self->lost, i);

      g_ptr_array_add (list, sign_again (lost->statement, lost->signature));
    }

  return list;
}

static gboolean
drop_lost_cb (gpointer    data,
              GPtrArray  *changes,
              GError    **error)
{
  HistoryDisk *self = data;

  g_ptr_array_remove_range (self->lost, 0, changes->len);

  return TRUE;
}

static gboolean
get_numbers_cb (gpointer  data,
                guint64  *unanswered,
                guint64  *next,
                GError  **error)
{
  HistoryDisk *self = data;

  *unanswered = *next = self->next_seq;
  for (guint i = 0; i < self->actions->len; i++)
    {
      const HistoryAction *action = g_ptr_array_index (self->actions, i);

      if (!action->answered && action->first_seq > 0)
        *unanswered = MIN (*unanswered, action->first_seq);
    }

  return TRUE;
}

static const char *
get_seat_cb (gpointer data)
{
  return ((HistoryDisk *) data)->seat;
}

static char *
begin_seat_cb (gpointer   data,
               gboolean   make,
               GError   **error)
{
  HistoryDisk *self = data;

  if (self->next_seat == NULL && make)
    self->next_seat = hub_make_id ();

  return g_strdup (self->next_seat);
}

static gboolean
take_seat_cb (gpointer  data,
              GError  **error)
{
  HistoryDisk *self = data;

  n_seats++;
  g_free (self->seat);
  self->seat = g_steal_pointer (&self->next_seat);

  return renumber_cb (self, 1, error);
}

static gboolean
get_turned_cb (gpointer   data,
               gint64    *turned,
               GArray   **stubs,
               GError   **error)
{
  HistoryDisk *self = data;

  *turned = self->turned;
  *stubs = NULL;
  if (self->turned >= 0)
    return TRUE;

  *stubs = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < self->log->len; i++)
    {
      const MashEntry *entry = g_ptr_array_index (self->log, i);
      gint64 seq = (gint64) entry->seq;

      if (entry->statement == NULL)
        g_array_append_val (*stubs, seq);
    }

  return TRUE;
}

static void
note_closed (HistoryDisk     *self,
             const MashEntry *before,
             const MashEntry *now)
{
  g_autoptr (MashChange) change = NULL;

  if (before->statement == NULL || now->statement != NULL)
    return;
  change = mash_change_from_statement (before->statement, NULL);
  g_hash_table_add (self->closed, g_strdup (change->id));
}

/* Puts what the hub opened or closed in the place of what the desk has. */
static gboolean
take_turn_cb (gpointer    data,
              GPtrArray  *entries,
              gint64      turned,
              gboolean   *waits,
              GError    **error)
{
  HistoryDisk *self = data;

  *waits = self->lost->len > 0;
  for (guint i = 0; i < self->actions->len; i++)
    *waits |= !((HistoryAction *) g_ptr_array_index (self->actions, i))->answered;
  if (*waits)
    return TRUE;

  n_turns++;
  for (guint i = 0; i < entries->len; i++)
    {
      const MashEntry *entry = g_ptr_array_index (entries, i);

      g_assert_cmpuint (entry->seq, <=, self->place.seq);
      note_closed (self, g_ptr_array_index (self->log, entry->seq - 1), entry);
      mash_entry_free (self->log->pdata[entry->seq - 1]);
      self->log->pdata[entry->seq - 1] = entry_copy (entry);
    }
  self->turned = turned;
  g_hash_table_unref (self->state);
  self->state = history_disk_refold (self);

  return TRUE;
}

/* No history comes to an end at which something is handed in. */
static GPtrArray *
list_unsent_cb (gpointer   data,
                guint64   *after,
                guint      max_changes,
                GError   **error)
{
  return g_ptr_array_new ();
}

const MashSyncDisk history_disk = {
  NULL, load_place_cb, list_batch_cb, take_answers_cb, apply_cb, count_unsent_cb, find_place_cb,
  fall_back_cb, list_lost_cb, drop_lost_cb, get_numbers_cb, renumber_cb, get_seat_cb,
  begin_seat_cb, take_seat_cb, list_unsent_cb, get_turned_cb, take_turn_cb,
};
