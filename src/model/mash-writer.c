/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-writer.h"

MashWriter *
mash_writer_new (const char *staff,
                 const char *place,
                 guint       silent)
{
  MashWriter *self = g_new0 (MashWriter, 1);

  self->staff = g_strdup (staff);
  self->place = g_strdup (place);
  self->silent = silent;

  return self;
}

void
mash_writer_free (MashWriter *self)
{
  if (self == NULL)
    return;

  g_free (self->staff);
  g_free (self->place);
  g_free (self);
}
