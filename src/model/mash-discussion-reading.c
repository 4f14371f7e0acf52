/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-discussion-reading.h"

void
mash_action_row_free (MashActionRow *self)
{
  if (self == NULL)
    return;

  g_free (self->action);
  g_free (self->contact);
  g_free (self->reference);
  g_free (self->discussion);
  g_free (self->what);
  g_free (self->owner);
  g_free (self->agency);
  g_free (self->chased_at);
  g_free (self);
}

void
mash_discussion_reading_free (MashDiscussionReading *self)
{
  if (self == NULL)
    return;

  g_free (self->discussion);
  g_free (self->state);
  g_free (self->compliance);
  g_free (self->hash);
  g_strfreev (self->quorum);
  g_free (self->to_finish);
  g_free (self->to_ask);
  g_free (self);
}
