/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-training-script.h"

#include <string.h>

#include "mash-time.h"

/* How many contacts are planned at once. */
#define AHEAD 256

/* The last days are planned in one: what is open at the hub’s present began in them, a contact that
 * was closed before comes up again in them. */
#define LAST_DAYS (2 * MASH_TIME_DAY)

/* When one contact that was closed comes up again, before the hub’s present. */
#define REOPENED_BEFORE (64 * MASH_TIME_MINUTE)

/* Of so many families at least it is remembered that they were here: those of a usual hub. */
#define KNOWN_FAMILIES MASH_TRAINING_CONTACTS

struct _MashTrainingScript
{
  MashTrainingHub     *hub;        /* borrowed */
  guint64              seed;
  GArray              *entries;    /* of MashTrainingEntry */
  guint                n_planned;
  guint                n_ended;
  GPtrArray           *families;   /* the latest */
  GHashTable          *contacts;   /* their places → MashTrainingContact: those with steps left */
  MashTrainingContact *first;      /* of those that are open */
  MashTrainingStep     closing;    /* of the contact that will come up again, kept till then */
  gboolean             has_closing;

  GArray              *steps;      /* of MashTrainingStep, in order up to @n_due */
  guint                n_done;
  guint                n_due;      /* nothing that is planned later comes before these */
};

static int
compare_steps (gconstpointer a,
               gconstpointer b)
{
  const MashTrainingStep *one = a;
  const MashTrainingStep *other = b;

  if (one->at != other->at)
    return one->at < other->at ? -1 : 1;
  if (one->contact != other->contact)
    return one->contact < other->contact ? -1 : 1;

  return (one->order > other->order) - (one->order < other->order);
}

static MashTrainingGravity
get_gravity (const char *outcome)
{
  if (strcmp (outcome, "O01") == 0 || strcmp (outcome, "O02") == 0)
    return MASH_TRAINING_ADVICE;
  if (strcmp (outcome, "O06") == 0 || strcmp (outcome, "O07") == 0)
    return MASH_TRAINING_HARM;
  if (strcmp (outcome, "O03") == 0 || strcmp (outcome, "O04") == 0 || strcmp (outcome, "O12") == 0)
    return MASH_TRAINING_HELP;

  return MASH_TRAINING_NEED;
}

static void
free_contact (gpointer contact)
{
  mash_training_contact_clear (contact);
  g_free (contact);
}

static const MashTrainingStep *
get_step (MashTrainingScript *self,
          guint               i)
{
  return &g_array_index (self->steps, MashTrainingStep, i);
}

/* One step less is left of a contact; with the last it is forgotten. */
static void
leave (MashTrainingScript *self,
       guint               place)
{
  MashTrainingContact *contact = g_hash_table_lookup (self->contacts, GUINT_TO_POINTER (place));

  if (--contact->n_left > 0)
    return;

  g_hash_table_remove (self->contacts, GUINT_TO_POINTER (place));
  self->n_ended++;
}

/* The last contact that was closed in time is the one that comes up again. */
static void
remember_closing (MashTrainingScript  *self,
                  MashTrainingContact *contact,
                  guint                from)
{
  for (guint i = self->steps->len; i > from; i--)
    {
      const MashTrainingStep *step = get_step (self, i - 1);

      if (step->deed != MASH_TRAINING_CLOSE || step->at > self->hub->until - LAST_DAYS)
        continue;
      if (self->has_closing)
        leave (self, self->closing.contact);
      self->closing = *step;
      self->has_closing = TRUE;
      contact->n_left++;
      return;
    }
}

static void
add_reopening (MashTrainingScript *self)
{
  MashTrainingStep step = self->closing;

  if (!self->has_closing)
    return;

  self->has_closing = FALSE;
  step.deed = MASH_TRAINING_REOPEN;
  step.order++;
  step.at = self->hub->until - REOPENED_BEFORE;
  g_array_append_val (self->steps, step);
}

static void
plan_contact (MashTrainingScript *self)
{
  guint place = self->n_planned++;
  guint from = self->steps->len;
  MashTrainingContact *contact = g_new0 (MashTrainingContact, 1);
  gboolean live;

  contact->entry = g_array_index (self->entries, MashTrainingEntry, place);
  live = contact->entry.outcome == NULL;
  mash_training_random_init (&contact->random, self->seed, 1000 + place);
  if (live)
    {
      self->first = self->first != NULL ? self->first : contact;
      mash_training_plan_live (self->hub, contact, self->families, self->first, place, self->steps);
    }
  else
    {
      mash_training_cast (self->hub, contact, self->families,
                          get_gravity (contact->entry.outcome));
      mash_training_plan_course (self->hub, contact, place, self->steps);
    }
  /* Others are attached to an open one until the end. */
  contact->n_left = self->steps->len - from + 1;
  g_hash_table_insert (self->contacts, GUINT_TO_POINTER (place), contact);
  remember_closing (self, contact, from);
  if (!live)
    leave (self, place);

  if (self->families->len >= 2 * KNOWN_FAMILIES)
    g_ptr_array_remove_range (self->families, 0, KNOWN_FAMILIES);
}

static gint64
get_next_arrival (MashTrainingScript *self)
{
  return self->n_planned < self->entries->len
         ? g_array_index (self->entries, MashTrainingEntry, self->n_planned).received : G_MAXINT64;
}

/* Nothing is done on a contact before it arrived, and they are planned by arrival. */
static void
plan_ahead (MashTrainingScript *self)
{
  guint until = self->n_planned + AHEAD;
  gint64 next;

  if (self->n_done > 0)
    g_array_remove_range (self->steps, 0, self->n_done);
  self->n_done = 0;
  while (self->n_planned < self->entries->len &&
         (self->n_planned < until || get_next_arrival (self) >= self->hub->until - LAST_DAYS))
    plan_contact (self);

  next = get_next_arrival (self);
  if (next == G_MAXINT64)
    add_reopening (self);
  g_array_sort (self->steps, compare_steps);
  for (self->n_due = 0; self->n_due < self->steps->len; self->n_due++)
    {
      if (get_step (self, self->n_due)->at >= next)
        break;
    }
}

/**
 * mash_training_script_new:
 * @hub: a hub in which nothing has happened; borrowed, and must outlive what is returned
 * @plan: what is to happen in it
 *
 * Returns: (transfer full): all of it, from the beginning
 */
MashTrainingScript *
mash_training_script_new (MashTrainingHub        *hub,
                          const MashTrainingPlan *plan)
{
  MashTrainingScript *self = g_new0 (MashTrainingScript, 1);

  self->hub = hub;
  self->seed = plan->seed;
  self->entries = mash_training_plan_list (plan);
  self->families = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_training_family_unref);
  self->contacts = g_hash_table_new_full (NULL, NULL, NULL, free_contact);
  self->steps = g_array_new (FALSE, FALSE, sizeof (MashTrainingStep));

  return self;
}

/**
 * mash_training_script_free:
 * @self: (transfer full): a script
 */
void
mash_training_script_free (MashTrainingScript *self)
{
  g_array_unref (self->entries);
  g_array_unref (self->steps);
  g_hash_table_unref (self->contacts);
  g_ptr_array_unref (self->families);
  g_free (self);
}

/**
 * mash_training_script_next:
 * @self: a script
 * @contact: (out) (transfer none): what it happens to; it is there until the next step is asked for
 * @step: (out caller-allocates): what happens next
 *
 * Returns: %FALSE when everything has happened
 */
gboolean
mash_training_script_next (MashTrainingScript   *self,
                           MashTrainingContact **contact,
                           MashTrainingStep     *step)
{
  if (self->n_done > 0)
    leave (self, get_step (self, self->n_done - 1)->contact);
  while (self->n_done == self->n_due)
    {
      if (self->n_planned == self->entries->len)
        {
          self->n_done = self->n_due = 0;
          return FALSE;
        }
      plan_ahead (self);
    }

  *step = *get_step (self, self->n_done++);
  *contact = g_hash_table_lookup (self->contacts, GUINT_TO_POINTER (step->contact));

  return TRUE;
}

/**
 * mash_training_script_get_n_ended:
 * @self: a script
 *
 * Returns: of how many contacts nothing is left to do
 */
guint
mash_training_script_get_n_ended (MashTrainingScript *self)
{
  return self->n_ended;
}

/**
 * mash_training_script_get_n_held:
 * @self: a script
 *
 * Returns: how many contacts are in memory
 */
guint
mash_training_script_get_n_held (MashTrainingScript *self)
{
  return g_hash_table_size (self->contacts);
}
