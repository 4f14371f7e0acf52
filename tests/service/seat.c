/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "seat.h"

#include "mash-service-hub.h"

void
seat_on_done_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      seat)
{
  g_set_object (&((Seat *) seat)->result, result);
}

/* Forgets the last answer, so that it is never taken for the next one's. */
gpointer
seat_call (Seat *seat)
{
  g_clear_object (&seat->result);

  return seat;
}

/* The answer still belongs to the seat. */
GAsyncResult *
seat_wait (Seat *seat)
{
  while (seat->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return seat->result;
}

void
seat_open (Seat       *seat,
           const char *folder)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (seat->service);
  seat->service = mash_service_new (folder);
  mash_service_open_async (seat->service, NULL, seat_on_done_cb, seat_call (seat));
  mash_service_open_finish (seat->service, seat_wait (seat), &error);
  g_assert_no_error (error);
}

void
seat_sign_in (Seat       *seat,
              const char *who,
              const char *passphrase)
{
  g_autoptr (GError) error = NULL;

  mash_service_sign_in_async (seat->service, who, passphrase, NULL, seat_on_done_cb,
                              seat_call (seat));
  mash_service_sign_in_finish (seat->service, seat_wait (seat), &error);
  g_assert_no_error (error);
}

static gboolean
on_tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
seat_wait_until (Seat      *seat,
                 gboolean (*holds) (Seat *seat))
{
  guint timer = g_timeout_add (20, on_tick_cb, NULL);
  gint64 patience = g_get_monotonic_time () + 90 * G_USEC_PER_SEC;

  while (!holds (seat))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, patience);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (timer);
}

gboolean
seat_is_known (Seat *seat)
{
  return mash_service_get_hub_reading (seat->service)->state == MASH_HUB_NEAR &&
         *mash_service_get_actor (seat->service)->role != '\0';
}

void
seat_lock (Seat *seat)
{
  g_autoptr (GError) error = NULL;

  mash_service_lock_async (seat->service, seat_on_done_cb, seat_call (seat));
  mash_service_lock_finish (seat->service, seat_wait (seat), &error);
  g_assert_no_error (error);
}

/* Lets go of an object and waits until every task that held it has come back; a leak hangs. */
void
seat_let_go (gpointer object)
{
  g_object_add_weak_pointer (object, &object);
  g_object_unref (object);
  while (object != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* Locks, and waits until the store is closed, so that it can be looked into. */
void
seat_close (Seat *seat)
{
  seat_lock (seat);
  g_clear_object (&seat->result);
  seat_let_go (g_steal_pointer (&seat->service));
}

void
seat_submit (Seat      *seat,
             MashGroup *group)
{
  g_autoptr (GError) error = NULL;

  mash_service_submit_async (seat->service, group, NULL, seat_on_done_cb, seat_call (seat));
  mash_service_submit_finish (seat->service, seat_wait (seat), &error);
  g_assert_no_error (error);
}

/* The caller owns what it gives. */
MashContactFile *
seat_open_contact (Seat       *seat,
                   const char *contact)
{
  g_autoptr (GError) error = NULL;
  MashContactFile *file;

  mash_service_open_contact_async (seat->service, contact, NULL, seat_on_done_cb,
                                   seat_call (seat));
  file = mash_service_open_contact_finish (seat->service, seat_wait (seat), &error);
  g_assert_no_error (error);

  return file;
}

/* The list stays the service's. */
GListModel *
seat_refresh (Seat      *seat,
              MashTrayId tray)
{
  g_autoptr (GError) error = NULL;

  mash_service_refresh_tray_async (seat->service, tray, NULL, seat_on_done_cb, seat_call (seat));
  mash_service_refresh_tray_finish (seat->service, seat_wait (seat), &error);
  g_assert_no_error (error);

  return mash_service_get_tray (seat->service, tray);
}
