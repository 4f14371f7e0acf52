/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-hub.h"
#include "mash-service-line.h"
#include "mash-service-private.h"
#include "mash-service-unsettled.h"

#include <string.h>
#include <sys/random.h>

#include "mash-seat-door.h"
#include "mash-seat-meeting.h"
#include "mash-store-disk.h"

/* For how long after somebody asked for something more of it is expected. */
#define WORK_LASTS (2 * G_USEC_PER_SEC)

/* What holds a desk and its hub together while somebody is signed in. The core and what was told
 * last belong to the store's thread; the rest is set once. */
struct _MashHubLink
{
  MashService     *service;   /* borrowed; not looked at any more once the link has ended */
  MashStoreThread *thread;
  MashSyncBell    *bell;      /* of the sync's thread */
  MashSyncOpener   open;
  gpointer         data;
  GDestroyNotify   free_data;

  MashSyncCore    *core;
  MashHubReading   told;
  gint64           filling_since; /* monotonic; 0 while it does not fill */
  guint64          filling_from;
  gint             ended;     /* nothing is told any more */
};

typedef struct
{
  MashHubLink  *link;
  MashSyncVisit visit;
  gpointer      what;
  gboolean      done;
} Visit;

typedef struct
{
  MashHubLink   *link;
  MashHubReading reading;
  char         **news;
  gboolean       gone;    /* some of them are not here any more */
} Telling;

/* A #MashHubLink is counted: what was told last may arrive after it has ended, and the thread of
 * the sync may be held up for as long as the network likes. */
static void
link_clear (gpointer data)
{
  MashHubLink *link = data;

  if (link->free_data != NULL)
    link->free_data (link->data);
  g_clear_pointer (&link->bell, mash_sync_bell_unref);
  g_clear_pointer (&link->thread, mash_store_thread_unref);
}

static void
link_unref (gpointer link)
{
  g_atomic_rc_box_release_full (link, link_clear);
}

static void
free_telling (Telling *telling)
{
  g_strfreev (telling->news);
  link_unref (telling->link);
  g_free (telling);
}

static guint32
draw_cb (gpointer data)
{
  guint32 number;

  if (getrandom (&number, sizeof number, 0) != sizeof number)
    return 0;

  return number;
}

/* On the main thread */

/* A hub by itself is always there. */
gboolean
mash_service_is_on_line (MashService *self)
{
  return self->hub_link == NULL || self->hub_reading.state == MASH_HUB_NEAR ||
         self->hub_reading.state == MASH_HUB_FILLING;
}

typedef struct
{
  MashContactFile *file;
  char            *contact;
} Renewal;

static void
free_renewal (Renewal *renewal)
{
  g_object_unref (renewal->file);
  g_free (renewal->contact);
  g_free (renewal);
}

static gpointer
renew_job (MashStore    **store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Renewal *renewal = data;

  return mash_service_need_store (store, error) != NULL
         ? mash_store_list_contact (*store, renewal->contact, error) : NULL;
}

/* What is being typed stays; what others have said comes beneath it. A contact that was closed to
 * the person is put away, with what was typed in it. */
static void
on_renewed_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  MashService *self = MASH_SERVICE (object);
  g_autoptr (GTask) task = user_data;
  Renewal *renewal = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, MASH_STORE_ERROR, MASH_STORE_ERROR_NOT_FOUND))
    {
      g_hash_table_remove (self->files, renewal->contact);
      mash_contact_file_set_gone (renewal->file);
      g_signal_emit_by_name (self, "contact-changed", renewal->contact);
    }
  if (records != NULL && self->signed_in)
    {
      mash_contact_file_set_records (renewal->file, records);
      g_signal_emit_by_name (self, "contact-changed", renewal->contact);
    }
  g_task_return_boolean (task, TRUE);
}

/* What is known of a contact here is no longer what the store knows. */
void
mash_service_renew_contact (MashService *self,
                            const char  *contact)
{
  MashContactFile *file = g_hash_table_lookup (self->files, contact);
  Renewal *renewal;
  GTask *task;

  if (file == NULL)
    {
      g_signal_emit_by_name (self, "contact-changed", contact);
      return;
    }

  renewal = g_new0 (Renewal, 1);
  renewal->file = g_object_ref (file);
  renewal->contact = g_strdup (contact);
  task = mash_service_begin (self, mash_service_renew_contact, NULL, NULL, NULL);
  mash_service_run (self, task, renewal, (GDestroyNotify) free_renewal, renew_job,
                    (GDestroyNotify) g_ptr_array_unref, on_renewed_cb);
}

static gboolean
tell_cb (gpointer data)
{
  Telling *telling = data;
  MashService *self;
  gboolean comes_near;

  if (g_atomic_int_get (&telling->link->ended))
    return G_SOURCE_REMOVE;

  self = telling->link->service;
  comes_near = telling->reading.state == MASH_HUB_NEAR &&
               self->hub_reading.state != MASH_HUB_NEAR;
  telling->reading.n_waiting = self->hub_reading.n_waiting;
  self->hub_reading = telling->reading;
  self->actor.on_line = mash_service_is_on_line (self);
  if (telling->news[0] != NULL)
    {
      mash_service_reload_contacts (self, (const char *const *) telling->news);
      for (guint i = 0; telling->news[i] != NULL; i++)
        mash_service_renew_contact (self, telling->news[i]);
    }
  if (telling->gone)
    g_signal_emit_by_name (self, "contacts-gone");
  /* Who somebody is may have come with the first page. */
  if (self->actor.role == NULL || *self->actor.role == '\0')
    mash_service_read_who (self);
  g_signal_emit_by_name (self, "hub-changed");
  if (comes_near || telling->news[0] != NULL)
    mash_service_list_waiting_async (self, NULL, NULL);

  return G_SOURCE_REMOVE;
}

/* On the store's thread */

static MashHubState
find_state (MashSyncCore *core)
{
  if (mash_sync_core_get_end (core) != MASH_SYNC_END_NONE)
    return MASH_HUB_ENDED;
  if (!mash_sync_core_get_on_line (core))
    return MASH_HUB_AWAY;

  return mash_sync_core_get_far (core) ? MASH_HUB_FILLING : MASH_HUB_NEAR;
}

static gboolean
has_gone (MashStore         *store,
          const char *const *contacts)
{
  for (guint i = 0; contacts[i] != NULL; i++)
    {
      g_autoptr (MashRecord) contact = mash_store_lookup (store, "contact", contacts[i]);

      if (contact == NULL)
        return TRUE;
    }

  return FALSE;
}

/* How many entries came a second since the desk began to fill; a page alone says little. */
static guint
measure_rate (MashHubLink          *link,
              const MashHubReading *reading)
{
  gint64 now = g_get_monotonic_time ();
  gint64 elapsed = now - link->filling_since;

  if (reading->state != MASH_HUB_FILLING)
    {
      link->filling_since = 0;
      return 0;
    }
  if (link->filling_since == 0 || reading->position < link->filling_from)
    {
      link->filling_since = now;
      link->filling_from = reading->position;
      return 0;
    }

  return elapsed < G_USEC_PER_SEC
         ? 0 : (guint) ((reading->position - link->filling_from) * G_USEC_PER_SEC /
                        (guint64) elapsed);
}

static void
tell (MashHubLink *link,
      MashStore   *store)
{
  MashHubReading reading = { 0 };
  MashSyncPlace place;
  g_auto (GStrv) news = mash_store_steal_news (store);
  Telling *telling;

  reading.state = find_state (link->core);
  reading.end = mash_sync_core_get_end (link->core);
  reading.failure = (int) mash_sync_core_get_failure (link->core);
  reading.head = mash_sync_core_get_head (link->core);
  reading.ahead = mash_store_get_hub_ahead (store);
  reading.put_back = mash_sync_core_get_put_back (link->core);
  reading.other_policy = mash_store_is_policy_other (store);
  mash_store_get_place (store, &place);
  reading.position = place.seq;
  reading.a_second = measure_rate (link, &reading);
  mash_store_count_unsent (store, &reading.unsent, NULL);
  if (news[0] == NULL && memcmp (&reading, &link->told, sizeof reading) == 0)
    return;

  link->told = reading;
  telling = g_new0 (Telling, 1);
  telling->link = g_atomic_rc_box_acquire (link);
  telling->reading = reading;
  telling->gone = has_gone (store, (const char *const *) news);
  telling->news = g_steal_pointer (&news);
  g_idle_add_full (G_PRIORITY_DEFAULT, tell_cb, telling, (GDestroyNotify) free_telling);
}

static void
on_saved_cb (gpointer data)
{
  MashHubLink *link = data;

  mash_sync_bell_ring (link->bell);
}

/* On the main thread: whoever was signed in is not any more. */
static gboolean
removed_cb (gpointer data)
{
  MashHubLink *link = data;

  if (!g_atomic_int_get (&link->ended))
    {
      link->service->removed = TRUE;
      mash_service_lock_async (link->service, NULL, NULL);
    }

  return G_SOURCE_REMOVE;
}

/* Nobody saves anything between the hub's word and this, for this is where everything is saved.
 * What fails for the disk's sake is tried again when they sign in, or at the next start. */
static void
remove_store (MashHubLink  *link,
              MashStore   **store)
{
  g_clear_pointer (&link->core, mash_sync_core_free);
  if (mash_seat_remove (store))
    g_idle_add_full (G_PRIORITY_DEFAULT, removed_cb, g_atomic_rc_box_acquire (link), link_unref);
}

static void
visit_job (MashStore **store,
           gpointer    data)
{
  Visit *visit = data;
  MashHubLink *link = visit->link;

  if (*store == NULL || g_atomic_int_get (&link->ended))
    return;

  if (link->core == NULL)
    {
      link->core = mash_sync_core_new (&mash_store_disk, *store, draw_cb, NULL);
      mash_store_set_watcher (*store, on_saved_cb, link);
    }
  visit->visit (link->core, visit->what);
  mash_store_set_on_line (*store, mash_sync_core_get_on_line (link->core));
  tell (link, *store);
  visit->done = TRUE;
  if (mash_seat_is_to_leave (mash_sync_core_get_end (link->core)))
    remove_store (link, store);
}

/* The last that the link does here: what was asked of the store before may have been saved, and
 * rung, and what comes after is another's. */
static void
end_job (MashStore **store,
         gpointer    data)
{
  MashHubLink *link = data;

  if (*store != NULL && link->core != NULL)
    mash_store_set_watcher (*store, NULL, NULL);
  g_clear_pointer (&link->core, mash_sync_core_free);
  link_unref (link);
}

/* On the thread of the sync */

static gboolean
reach_cb (gpointer      data,
          MashSyncVisit visit,
          gpointer      what)
{
  MashHubLink *link = data;
  Visit call = { link, visit, what, FALSE };

  return mash_store_thread_call (link->thread, visit_job, &call) && call.done;
}

/* Whether somebody works here, who would wait for a long visit. */
static gboolean
asked_cb (gpointer data)
{
  MashHubLink *link = data;

  return mash_store_thread_get_rest (link->thread) < WORK_LASTS;
}

static MashHubLine *
open_cb (gpointer   data,
         GError   **error)
{
  MashHubLink *link = data;

  return link->open (link->data, error);
}

/**
 * mash_service_join_hub:
 * @self: a service with somebody signed in at a desk of a central hub
 * @open: opens a line to the hub, on a thread of its own
 * @data: (transfer full): for @open
 * @free_data: (nullable): frees @data
 *
 * Keeps the desk in step with its hub until mash_service_leave_hub() or the end of the session.
 */
void
mash_service_join_hub (MashService    *self,
                       MashSyncOpener  open,
                       gpointer        data,
                       GDestroyNotify  free_data)
{
  MashHubLink *link;
  MashSyncMeans means;

  g_return_if_fail (MASH_IS_SERVICE (self) && self->signed_in);

  mash_service_leave_hub (self);
  link = g_atomic_rc_box_new0 (MashHubLink);
  link->service = self;
  link->thread = mash_store_thread_ref (self->thread);
  link->bell = mash_sync_bell_new ();
  link->open = open;
  link->data = data;
  link->free_data = free_data;
  self->hub_link = link;
  self->hub_reading = (MashHubReading) { .state = MASH_HUB_AWAY };
  means = (MashSyncMeans) {
    open_cb, reach_cb, asked_cb, g_atomic_rc_box_acquire (link), link_unref,
  };
  mash_sync_thread_start (&means, link->bell);
  g_signal_emit_by_name (self, "hub-changed");
}

/**
 * mash_service_leave_hub:
 * @self: a service
 *
 * Ends the line, and waits for nothing. What was not sent stays.
 */
void
mash_service_leave_hub (MashService *self)
{
  MashHubLink *link = self->hub_link;

  if (link == NULL)
    return;

  self->hub_link = NULL;
  g_clear_pointer (&self->hub_seat, g_free);
  g_atomic_int_set (&link->ended, TRUE);
  mash_sync_bell_stop (link->bell);
  mash_store_thread_call_later (link->thread, end_job, link);
  self->hub_reading = (MashHubReading) { 0 };
}

/* There may be something to send, or to tell anew. */
void
mash_service_ring_hub (MashService *self)
{
  if (self->hub_link != NULL)
    mash_sync_bell_ring (self->hub_link->bell);
}

/* Has something asked of the hub on the line's thread; without a line it is told so at once. */
void
mash_service_ask_hub (MashService *self,
                      MashSyncAsk  ask,
                      gpointer     data)
{
  if (self->hub_link != NULL)
    mash_sync_bell_ask (self->hub_link->bell, ask, data);
  else
    ask (NULL, data);
}

/**
 * mash_service_get_hub_reading:
 * @self: a service
 *
 * Returns: (transfer none): how the desk stands with its hub
 */
const MashHubReading *
mash_service_get_hub_reading (MashService *self)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), NULL);

  return &self->hub_reading;
}

/**
 * mash_service_is_enrolled:
 * @self: a service
 *
 * Returns: whether it is a desk of a central hub, whoever is signed in
 */
gboolean
mash_service_is_enrolled (MashService *self)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), FALSE);

  return mash_seat_door_is_there (self->folder);
}

/**
 * mash_service_get_removed:
 * @self: a service
 *
 * Returns: whether the database of who was signed in last was removed from this desk, because the
 *   hub said so
 */
gboolean
mash_service_get_removed (MashService *self)
{
  g_return_val_if_fail (MASH_IS_SERVICE (self), FALSE);

  return self->removed;
}
