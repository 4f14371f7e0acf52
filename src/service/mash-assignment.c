/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-bulk.h"

/**
 * mash_assignment_new:
 * @contact: the id of a contact
 * @person: (nullable): the id of the member of staff who is to have it; %NULL for no one
 *
 * Returns: (transfer full): what is to be done
 */
MashAssignment *
mash_assignment_new (const char *contact,
                     const char *person)
{
  MashAssignment *self = g_new0 (MashAssignment, 1);

  self->contact = g_strdup (contact);
  self->person = g_strdup (person);

  return self;
}

void
mash_assignment_free (MashAssignment *self)
{
  if (self == NULL)
    return;

  g_free (self->contact);
  g_free (self->reference);
  g_free (self->person);
  g_free (self->was);
  g_free (self->sentence);
  g_free (self);
}
