/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-timeline-view.h"

G_DEFINE_BOXED_TYPE (MashTimelineView, mash_timeline_view, mash_timeline_view_copy,
                     mash_timeline_view_free)
G_DEFINE_BOXED_TYPE (MashTimelineLane, mash_timeline_lane, mash_timeline_lane_copy,
                     mash_timeline_lane_free)

/**
 * mash_timeline_view_new:
 * @contact: the id of a contact
 *
 * Returns: (transfer full): the view of the whole household, of everything, the newest first
 */
MashTimelineView *
mash_timeline_view_new (const char *contact)
{
  MashTimelineView *self;

  g_return_val_if_fail (contact != NULL, NULL);

  self = g_new0 (MashTimelineView, 1);
  self->contact = g_strdup (contact);

  return self;
}

MashTimelineView *
mash_timeline_view_copy (const MashTimelineView *self)
{
  MashTimelineView *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->contact = g_strdup (self->contact);
  copy->subject = g_strdup (self->subject);
  copy->significance = g_strdup (self->significance);
  copy->kind = g_strdup (self->kind);
  copy->words = g_strdup (self->words);

  return copy;
}

gboolean
mash_timeline_view_equal (const MashTimelineView *a,
                          const MashTimelineView *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->scope == b->scope && a->oldest_first == b->oldest_first &&
         a->with_void == b->with_void && g_strcmp0 (a->contact, b->contact) == 0 &&
         g_strcmp0 (a->subject, b->subject) == 0 &&
         g_strcmp0 (a->significance, b->significance) == 0 &&
         g_strcmp0 (a->kind, b->kind) == 0 && g_strcmp0 (a->words, b->words) == 0;
}

void
mash_timeline_view_free (MashTimelineView *self)
{
  if (self == NULL)
    return;

  g_free (self->contact);
  g_free (self->subject);
  g_free (self->significance);
  g_free (self->kind);
  g_free (self->words);
  g_free (self);
}

MashTimelineLane *
mash_timeline_lane_copy (const MashTimelineLane *self)
{
  MashTimelineLane *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->person = g_strdup (self->person);
  copy->name = g_strdup (self->name);
  copy->birth = g_strdup (self->birth);
  copy->marks = g_array_copy (self->marks);

  return copy;
}

void
mash_timeline_lane_free (MashTimelineLane *self)
{
  if (self == NULL)
    return;

  g_free (self->person);
  g_free (self->name);
  g_free (self->birth);
  g_array_unref (self->marks);
  g_free (self);
}

void
mash_timeline_agency_free (MashTimelineAgency *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

/**
 * mash_timeline_lane_add:
 * @self: a lane
 * @day: days since 1970, not before the last one that was added
 * @weight: how grave: 0, 1 or 2
 *
 * Adds an entry: those of one day are one mark, as grave as the gravest.
 */
void
mash_timeline_lane_add (MashTimelineLane *self,
                        int               day,
                        guint8            weight)
{
  MashTimelineMark mark = { day, 1, weight };
  MashTimelineMark *last = NULL;

  if (self->marks->len > 0)
    last = &g_array_index (self->marks, MashTimelineMark, self->marks->len - 1);
  if (last == NULL || last->day != day)
    {
      g_array_append_val (self->marks, mark);
      return;
    }
  last->n = MIN (last->n + 1, G_MAXUINT16);
  last->weight = MAX (last->weight, weight);
}
