/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-tray.h"

G_DEFINE_BOXED_TYPE (MashTrayQuery, mash_tray_query, mash_tray_query_copy, mash_tray_query_free)

/**
 * mash_tray_query_new:
 * @tray: a tray
 *
 * Any thread.
 *
 * Returns: (transfer full): the whole of the tray
 */
MashTrayQuery *
mash_tray_query_new (MashTrayId tray)
{
  MashTrayQuery *self = g_new0 (MashTrayQuery, 1);

  self->tray = tray;
  self->urgency = MASH_TRAY_ANY_URGENCY;

  return self;
}

MashTrayQuery *
mash_tray_query_copy (const MashTrayQuery *self)
{
  MashTrayQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->state = g_strdup (self->state);
  copy->team = g_strdup (self->team);
  copy->locality = g_strdup (self->locality);
  copy->with = g_strdup (self->with);

  return copy;
}

void
mash_tray_query_free (MashTrayQuery *self)
{
  if (self == NULL)
    return;

  g_free (self->state);
  g_free (self->team);
  g_free (self->locality);
  g_free (self->with);
  g_free (self);
}

/**
 * mash_tray_query_equal:
 * @a: a query
 * @b: another
 *
 * Returns: whether they ask for the same rows
 */
gboolean
mash_tray_query_equal (const MashTrayQuery *a,
                       const MashTrayQuery *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->tray == b->tray && a->urgency == b->urgency && !a->late == !b->late &&
         !a->missing == !b->missing && g_strcmp0 (a->state, b->state) == 0 &&
         g_strcmp0 (a->team, b->team) == 0 && g_strcmp0 (a->locality, b->locality) == 0 &&
         g_strcmp0 (a->with, b->with) == 0;
}

/**
 * mash_tray_query_count_filters:
 * @self: a query
 *
 * Returns: how many filters narrow the tray
 */
guint
mash_tray_query_count_filters (const MashTrayQuery *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (self->state != NULL) + (self->team != NULL) + (self->locality != NULL) +
         (self->with != NULL) + (self->urgency != MASH_TRAY_ANY_URGENCY) + (self->late != FALSE) +
         (self->missing != FALSE);
}

/**
 * mash_tray_query_has_urgency:
 * @self: a query
 * @urgency: a #MashTrayUrgency
 *
 * Returns: whether rows of that urgency are asked for
 */
gboolean
mash_tray_query_has_urgency (const MashTrayQuery *self,
                             int                  urgency)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->urgency == MASH_TRAY_ANY_URGENCY ||
         self->urgency == MAX (urgency, MASH_TRAY_URGENCY_RED);
}
