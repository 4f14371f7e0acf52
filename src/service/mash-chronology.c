/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-copies.h"

G_DEFINE_BOXED_TYPE (MashChronology, mash_chronology, mash_chronology_copy, mash_chronology_free)

MashChronology *
mash_chronology_copy (const MashChronology *self)
{
  MashChronology *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->entries = self->entries != NULL ? g_object_ref (self->entries) : NULL;
  copy->reference = g_strdup (self->reference);
  copy->agency = g_strdup (self->agency);

  return copy;
}

void
mash_chronology_free (MashChronology *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->entries);
  g_free (self->reference);
  g_free (self->agency);
  g_free (self);
}
