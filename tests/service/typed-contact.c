/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "typed-contact.h"

#include "mash-time.h"

/* A child of whom somebody rang, received now; not submitted yet. The caller owns it. */
MashGroup *
typed_contact_new (MashService *service)
{
  g_autoptr (MashContactFile) file = mash_service_new_contact (service);
  g_autofree char *now = mash_time_format (mash_service_get_now (service));
  MashEntity *contact = MASH_ENTITY (mash_contact_file_get_contact (file));
  MashEntity *person = mash_contact_file_add (file, "person");
  MashEntity *subject = mash_contact_file_add (file, "contact-subject");

  g_object_set (contact, "kind", "REF", "channel", "PHONE", "source", "2A", "received-at", now,
                "presenting-concern", "A bruise on the upper arm.", NULL);
  g_object_set (person, "kind", "CHILD", "legal-forenames", "Zoë", "legal-surname", "Marsh",
                "birth", "2019-03-04", NULL);
  g_object_set (subject, "person", mash_entity_get_id (person), "role", "CHILD", NULL);

  return mash_contact_file_dup_group (file, "create");
}
