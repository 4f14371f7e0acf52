/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "hub-seat.h"
#include "mash-time.h"

void
hub_seat_set_up (HubSeat      *desk,
                 gconstpointer data)
{
  store_fixture_set_up (&desk->hub, data);
  store_fixture_close (&desk->hub);
  seat_open (&desk->seat, desk->hub.folder);
}

void
hub_seat_tear_down (HubSeat      *desk,
                    gconstpointer data)
{
  seat_close (&desk->seat);
  store_fixture_tear_down (&desk->hub, data);
}

void
hub_seat_sign_in (HubSeat    *desk,
                  const char *who)
{
  seat_sign_in (&desk->seat, who, FIXTURE_PASSPHRASE);
}

/* Types a referral about one child into an empty form, as the page does. */
void
hub_seat_type_referral (HubSeat         *desk,
                        MashContactFile *file)
{
  g_autofree char *now = mash_time_format (mash_service_get_now (desk->seat.service));
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (file));
  MashEntity *person = mash_contact_file_add (file, "person");
  MashEntity *subject = mash_contact_file_add (file, "contact-subject");

  g_object_set (contact, "kind", "REF", "channel", "PHONE", "source", "2A", "received-at", now,
                "presenting-concern", "A bruise on the upper arm.", NULL);
  g_object_set (person, "kind", "CHILD", "legal-forenames", "Zoë", "legal-surname", "Marsh",
                "birth", "2019-03-04", NULL);
  g_object_set (subject, "person", mash_entity_get_id (person), "role", "CHILD", NULL);
}

/* Saves such a referral and gives the new contact, which the caller frees. */
char *
hub_seat_create (HubSeat *desk)
{
  g_autoptr (MashContactFile) file = mash_service_new_contact (desk->seat.service);
  g_autoptr (MashGroup) group = NULL;

  hub_seat_type_referral (desk, file);
  group = mash_contact_file_dup_group (file, "create");
  seat_submit (&desk->seat, group);
  g_assert_false (mash_contact_file_get_changed (file));

  return g_strdup (mash_entity_get_id (MASH_ENTITY (mash_contact_file_get_contact (file))));
}
