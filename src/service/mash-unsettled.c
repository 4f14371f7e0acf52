/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-unsettled.h"

G_DEFINE_BOXED_TYPE (MashUnsettled, mash_unsettled, mash_unsettled_copy, mash_unsettled_free)

MashUnsettled *
mash_unsettled_copy (const MashUnsettled *self)
{
  MashUnsettled *copy = g_new0 (MashUnsettled, 1);

  copy->contact = g_strdup (self->contact);
  copy->reference = g_strdup (self->reference);
  copy->title = g_strdup (self->title);
  copy->reason = g_strdup (self->reason);
  copy->written = g_strdup (self->written);
  copy->other = g_strdup (self->other);
  copy->group = g_strdup (self->group);
  copy->kind = g_strdup (self->kind);
  copy->record = g_strdup (self->record);
  copy->field = g_strdup (self->field);
  copy->position = self->position;
  copy->is_kept = self->is_kept;
  copy->step = g_strdup (self->step);
  copy->author = g_strdup (self->author);
  copy->digests = g_strdup (self->digests);
  copy->is_whole = self->is_whole;

  return copy;
}

void
mash_unsettled_free (MashUnsettled *self)
{
  if (self == NULL)
    return;

  g_free (self->contact);
  g_free (self->reference);
  g_free (self->title);
  g_free (self->reason);
  g_free (self->written);
  g_free (self->other);
  g_free (self->group);
  g_free (self->kind);
  g_free (self->record);
  g_free (self->field);
  g_free (self->step);
  g_free (self->author);
  g_free (self->digests);
  g_free (self);
}
