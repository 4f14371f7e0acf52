/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include <string.h>

#include "mash-time.h"
#include "mash-training-contact.h"

/* Of a hundred contacts so many are about a family that was here before. */
#define REPEATED_PERCENT 9

/* How often an earlier family is tried before a new one is invented. */
#define TRIES 8

static gboolean
is_office_time (MashTrainingHub *hub,
                gint64           at)
{
  int day = mash_time_get_local_day (at);
  gint64 since = at - mash_time_from_local_day (day, 0);

  return mash_calendar_works_on (hub->calendar, day) &&
         since >= 8 * MASH_TIME_HOUR && since < 18 * MASH_TIME_HOUR;
}

static gboolean
fits (const MashTrainingFamily  *family,
      const MashTrainingConcern *concern)
{
  const MashTrainingPerson *child = mash_training_family_get (family, 0);

  return family->n_contacts < 3 && child->birth != NULL &&
         child->age >= concern->youngest && child->age <= concern->eldest;
}

static MashTrainingFamily *
find_family (MashTrainingRandom        *random,
             GPtrArray                 *families,
             const MashTrainingConcern *concern)
{
  if (families->len < 4 || !mash_training_random_chance (random, REPEATED_PERCENT * 2))
    return NULL;

  for (guint i = 0; i < TRIES; i++)
    {
      MashTrainingFamily *family = g_ptr_array_index (families,
                                                      mash_training_random_below (random,
                                                                                  families->len));

      if (fits (family, concern))
        return family;
    }

  return NULL;
}

static guint
pick_gaps (MashTrainingRandom *random)
{
  static const MashTrainingGaps gaps[] = {
    MASH_TRAINING_WITHOUT_PHONE, MASH_TRAINING_WITHOUT_BIRTH, MASH_TRAINING_WITHOUT_SCHOOL,
    MASH_TRAINING_WITHOUT_ADDRESS, MASH_TRAINING_WITHOUT_HOUSEHOLD, MASH_TRAINING_WITHOUT_HOUSEHOLD,
    MASH_TRAINING_WITHOUT_PR, MASH_TRAINING_WITHOUT_PR, MASH_TRAINING_WITHOUT_AGREEMENT,
    MASH_TRAINING_WITHOUT_INFORMING,
  };
  static const guint numbers[] = { 46, 26, 18, 10 };
  guint n = mash_training_random_weigh (random, numbers, G_N_ELEMENTS (numbers));
  guint picked = 0;

  for (guint i = 0; i < n; i++)
    picked |= mash_training_random_pick (random, gaps);

  return picked;
}

/* One in six consultations is about a child who is not named. */
static gboolean
is_unnamed (MashTrainingContact       *self,
            const MashTrainingConcern *concern)
{
  return strcmp (self->kind, "ADV") == 0 && strstr (concern->detail, "{child}") == NULL &&
         mash_training_random_chance (&self->random, 17);
}

static const char *
pick_kind (MashTrainingContact *self,
           MashTrainingGravity  gravity)
{
  if (gravity > MASH_TRAINING_ADVICE)
    return "REF";
  if (strcmp (self->referrer->channel, "PNOT") == 0)
    return "NOT";
  if (g_str_has_prefix (self->line, "Asks ") || mash_training_random_chance (&self->random, 30))
    return "ADV";

  return "CON";
}

/**
 * mash_training_cast:
 * @hub: the hub
 * @self: a contact of which no more is known than when it arrives and how it ends
 * @families: (element-type MashTrainingFamily): those that there are; a new one is added
 * @gravity: how grave it is
 *
 * Says who tells the hub what about whom.
 */
void
mash_training_cast (MashTrainingHub     *hub,
                    MashTrainingContact *self,
                    GPtrArray           *families,
                    MashTrainingGravity  gravity)
{
  MashTrainingRandom *random = &self->random;
  /* What is open comes from everywhere, whatever hour the hub’s present happens to be. */
  gboolean office = self->entry.outcome == NULL || is_office_time (hub, self->entry.received);
  const char *source = mash_training_pick_source (random, office);
  const MashTrainingConcern *concern = mash_training_pick_concern (random, source, gravity);
  MashTrainingFamily *family = find_family (random, families, concern);
  int today = mash_time_get_local_day (self->entry.received);

  if (family == NULL)
    {
      family = mash_training_family_new (random, today, concern->youngest, concern->eldest);
      family->confidential = families->len == 2 || strstr (concern->line, "Refuge") != NULL;
      g_ptr_array_add (families, family);
    }
  family->n_contacts++;

  self->referrer = mash_training_referrer_new (random, source, family);
  self->line = mash_training_fill (random, concern->line, family);
  self->detail = mash_training_fill (random, concern->detail, family);
  self->category = concern->category;
  self->factor = concern->factor;
  self->grave = gravity == MASH_TRAINING_HARM;
  self->gaps = pick_gaps (random);
  self->kind = pick_kind (self, gravity);
  self->family = is_unnamed (self, concern) ? NULL : mash_training_family_ref (family);
  self->subjects = g_ptr_array_new_with_free_func (g_free);
}
