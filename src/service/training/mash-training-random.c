/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-training-random.h"

/**
 * mash_training_random_init:
 * @self: (out caller-allocates): a generator
 * @seed: any number
 * @stream: which of the seed's sequences; different ones have nothing to do with each other
 */
void
mash_training_random_init (MashTrainingRandom *self,
                           guint64             seed,
                           guint64             stream)
{
  self->state = seed;
  self->state = mash_training_random_next (self) ^
                (stream * G_GUINT64_CONSTANT (0xd1342543de82ef95));
}

/**
 * mash_training_random_next:
 * @self: a generator
 *
 * Returns: any 64 bits, by the published step of splitmix64
 */
guint64
mash_training_random_next (MashTrainingRandom *self)
{
  guint64 z = self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return z ^ (z >> 31);
}

/**
 * mash_training_random_below:
 * @self: a generator
 * @n: more than 0
 *
 * Returns: a number from 0 to @n − 1
 */
guint
mash_training_random_below (MashTrainingRandom *self,
                            guint               n)
{
  g_return_val_if_fail (n > 0, 0);

  return (guint) (((mash_training_random_next (self) >> 32) * n) >> 32);
}

/**
 * mash_training_random_range:
 * @self: a generator
 * @from: the least
 * @to: the most, not less than @from
 *
 * Returns: a number from @from to @to
 */
guint
mash_training_random_range (MashTrainingRandom *self,
                            guint               from,
                            guint               to)
{
  g_return_val_if_fail (from <= to, from);

  return from + mash_training_random_below (self, to - from + 1);
}

/**
 * mash_training_random_chance:
 * @self: a generator
 * @percent: how often it is so
 *
 * Returns: %TRUE in @percent of a hundred cases
 */
gboolean
mash_training_random_chance (MashTrainingRandom *self,
                             guint               percent)
{
  return mash_training_random_below (self, 100) < percent;
}

/**
 * mash_training_random_weigh:
 * @self: a generator
 * @weights: (array length=n): how often each comes, relative to their sum
 * @n: how many
 *
 * Returns: an index below @n
 */
guint
mash_training_random_weigh (MashTrainingRandom *self,
                            const guint        *weights,
                            guint               n)
{
  guint sum = 0;
  guint left;

  for (guint i = 0; i < n; i++)
    sum += weights[i];
  left = mash_training_random_below (self, sum);
  for (guint i = 0; i + 1 < n; i++)
    {
      if (left < weights[i])
        return i;
      left -= weights[i];
    }

  return n - 1;
}
