/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Numbers that look random and follow from a seed alone, so that a training hub can be made again.
 *
 * Splitmix64. Nothing secret may come from it. A generator belongs to one thread.
 */

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 state;
} MashTrainingRandom;

void     mash_training_random_init   (MashTrainingRandom *self,
                                      guint64             seed,
                                      guint64             stream);
guint64  mash_training_random_next   (MashTrainingRandom *self);
guint    mash_training_random_below  (MashTrainingRandom *self,
                                      guint               n);
guint    mash_training_random_range  (MashTrainingRandom *self,
                                      guint               from,
                                      guint               to);
gboolean mash_training_random_chance (MashTrainingRandom *self,
                                      guint               percent);
guint    mash_training_random_weigh  (MashTrainingRandom *self,
                                      const guint        *weights,
                                      guint               n);

/* One of an array of constants. */
#define mash_training_random_pick(self, array) \
  ((array)[mash_training_random_below ((self), G_N_ELEMENTS (array))])

G_END_DECLS
