/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include <string.h>

#include "mash-deed.h"
#include "mash-time.h"
#include "mash-training-contact.h"
#include "mash-training-scenes.h"

/* Minutes between two steps of somebody who has the contact in hand. */
#define MAX_PAUSE 38.0

/* What is open at the hub’s present, minutes ago. The first rows hold one contact in every state,
 * for hubs that are small. */
typedef struct
{
  const char         *state;
  const char         *brag;
  const char         *level;
  guint               received;
  guint               key;       /* harm was marked, or else it was triaged or recommended: what the
                                  * nearest clock runs from */
  gboolean            harm;
  MashTrainingSeat    with;
  MashTrainingSceneId scene;
} Live;

#define OFFICER   MASH_TRAINING_OFFICER
#define WORKER    MASH_TRAINING_WORKER
#define WORKER_2  MASH_TRAINING_WORKER_2
#define MANAGER   MASH_TRAINING_MANAGER
#define POLICE    MASH_TRAINING_POLICE
#define NO_ONE    MASH_TRAINING_NO_ONE
#define GENERIC   MASH_TRAINING_NO_SCENE

static const Live rows[] = {
  { "C30", "R", "S47", 124, 88, TRUE, WORKER, MASH_TRAINING_MARSH },
  { "C60", "A", "S17", 1401, 218, FALSE, MANAGER, MASH_TRAINING_OKAFOR },
  { "C10", "R", NULL, 18, 9, TRUE, NO_ONE, MASH_TRAINING_TENNICK },
  { "C40", "R", "4", 266, 155, FALSE, POLICE, MASH_TRAINING_ALDOUS },
  { "C25", "A", NULL, 164, 0, FALSE, OFFICER, MASH_TRAINING_BIRCHALL },
  { "C50", "A", "4", 401, 140, FALSE, WORKER, MASH_TRAINING_WHITCOMBE },
  { "C20", "G", NULL, 1380, 0, FALSE, OFFICER, MASH_TRAINING_LEWIS },
  { "X10", "B", NULL, 86, 0, FALSE, OFFICER, MASH_TRAINING_OSTRANDER },
  { "C10", "G", NULL, 55, 0, FALSE, NO_ONE, MASH_TRAINING_COYLE },
  { "C65", "A", "S17", 1300, 0, FALSE, WORKER, GENERIC },
  { "X20", NULL, NULL, 70, 0, FALSE, WORKER, MASH_TRAINING_MARSH },
  { "C30", "A", "4", 400, 369, FALSE, NO_ONE, MASH_TRAINING_FAROOQI },
  { "C20", "B", NULL, 379, 0, FALSE, OFFICER, MASH_TRAINING_IBBOTSON },
  { "C30", "A", "3", 400, 325, FALSE, POLICE, MASH_TRAINING_LOMAX },
  { "C40", "A", "4", 420, 282, FALSE, WORKER, MASH_TRAINING_SANDHU },
  { "C50", "G", "2", 300, 227, FALSE, MASH_TRAINING_EARLY_HELP, MASH_TRAINING_HARTNOLL },
  { "C30", "G", "3", 250, 191, FALSE, WORKER, MASH_TRAINING_PELLOW },
  { "C20", "G", NULL, 149, 0, FALSE, OFFICER, MASH_TRAINING_ADEYINKA },
  { "X20", NULL, NULL, 40, 0, FALSE, WORKER_2, MASH_TRAINING_MARSH },
  { "C60", "G", "3", 900, 74, FALSE, WORKER_2, GENERIC },
  { "C10", NULL, NULL, 6, 0, FALSE, NO_ONE, GENERIC },
  { "C20", NULL, NULL, 96, 0, FALSE, OFFICER, GENERIC },
  { "C25", "G", NULL, 610, 0, FALSE, WORKER_2, GENERIC },
  { "C60", "A", "S17", 840, 205, FALSE, WORKER, GENERIC },
  { "C10", NULL, NULL, 14, 0, FALSE, NO_ONE, GENERIC },
  { "C20", NULL, NULL, 205, 0, FALSE, WORKER_2, GENERIC },
  { "C30", "A", "4", 330, 240, FALSE, WORKER_2, GENERIC },
  { "X10", NULL, NULL, 130, 0, FALSE, OFFICER, GENERIC },
  { "C10", NULL, NULL, 25, 0, FALSE, NO_ONE, GENERIC },
  { "C40", "G", "3", 720, 600, FALSE, WORKER_2, GENERIC },
  { "C25", NULL, NULL, 240, 0, FALSE, OFFICER, GENERIC },
  { "C20", "A", NULL, 61, 0, FALSE, OFFICER, GENERIC },
  { "C50", "A", "S17", 510, 250, FALSE, WORKER_2, GENERIC },
  { "C10", NULL, NULL, 38, 0, FALSE, NO_ONE, GENERIC },
  { "C30", "G", "2", 520, 410, FALSE, WORKER, GENERIC },
  { "C60", "R", "S47", 190, 34, FALSE, WORKER_2, GENERIC },
  { "C20", NULL, NULL, 320, 0, FALSE, OFFICER, GENERIC },
  { "C10", NULL, NULL, 47, 0, FALSE, NO_ONE, GENERIC },
  { "C25", "A", NULL, 1100, 0, FALSE, OFFICER, GENERIC },
  { "C40", "A", "4", 600, 230, FALSE, WORKER, GENERIC },
  { "C65", "G", "3", 1150, 0, FALSE, WORKER_2, GENERIC },
  { "C10", NULL, NULL, 171, 0, FALSE, NO_ONE, GENERIC },
  { "X10", NULL, NULL, 240, 0, FALSE, OFFICER, GENERIC },
  { "C30", "A", "S17", 290, 180, FALSE, WORKER_2, GENERIC },
  { "C25", NULL, NULL, 420, 0, FALSE, OFFICER, GENERIC },
  { "C50", "G", "2", 930, 620, FALSE, WORKER, GENERIC },
  { "C60", "G", "2", 1010, 130, FALSE, WORKER, GENERIC },
  { "C20", NULL, NULL, 31, 0, FALSE, WORKER, GENERIC },
};

/* How a contact comes to stand where it stands, and which step the row’s key is of. */
static const struct
{
  const char      *state;
  guint            n;
  guint            key;
  MashTrainingDeed deeds[8];
} ways[] = {
  { "C10", 1, 0, { MASH_TRAINING_CREATE } },
  { "C20", 2, 0, { MASH_TRAINING_CREATE, MASH_TRAINING_SCREEN } },
  { "C25", 3, 0, { MASH_TRAINING_CREATE, MASH_TRAINING_SCREEN, MASH_TRAINING_CHASE } },
  { "C30", 3, 2, { MASH_TRAINING_CREATE, MASH_TRAINING_SCREEN, MASH_TRAINING_TRIAGE } },
  { "C40", 4, 2, { MASH_TRAINING_CREATE, MASH_TRAINING_SCREEN, MASH_TRAINING_TRIAGE,
                   MASH_TRAINING_GATHER } },
  { "C50", 5, 2, { MASH_TRAINING_CREATE, MASH_TRAINING_SCREEN, MASH_TRAINING_TRIAGE,
                   MASH_TRAINING_GATHER, MASH_TRAINING_ANALYSE } },
  { "C60", 6, 5, { MASH_TRAINING_CREATE, MASH_TRAINING_SCREEN, MASH_TRAINING_TRIAGE,
                   MASH_TRAINING_GATHER, MASH_TRAINING_ANALYSE, MASH_TRAINING_RECOMMEND } },
  { "C65", 7, 0, { MASH_TRAINING_CREATE, MASH_TRAINING_SCREEN, MASH_TRAINING_TRIAGE,
                   MASH_TRAINING_GATHER, MASH_TRAINING_ANALYSE, MASH_TRAINING_RECOMMEND,
                   MASH_TRAINING_RETURN } },
  { "X10", 3, 0, { MASH_TRAINING_CREATE, MASH_TRAINING_SCREEN, MASH_TRAINING_ADVISE } },
  { "X20", 3, 0, { MASH_TRAINING_CREATE, MASH_TRAINING_SCREEN, MASH_TRAINING_ATTACH } },
};

static void
stage (MashTrainingContact *self,
       GPtrArray           *families,
       const Live          *row)
{
  const MashTrainingScene *scene = mash_training_get_scene (row->scene);
  int today = mash_time_get_local_day (self->entry.received);

  if (self->target != NULL)
    {
      self->family = mash_training_family_ref (self->target->family);
    }
  else
    {
      self->family = mash_training_family_new_sketched (&self->random, today, scene->children,
                                                        scene->adults);
      g_ptr_array_add (families, mash_training_family_ref (self->family));
    }
  self->family->n_contacts++;
  self->referrer = mash_training_referrer_new (&self->random,
                                               self->target != NULL ? "3B" : scene->source,
                                               self->family);
  self->line = g_strdup (self->target != NULL
                         ? "Health visitor saw the same bruise at home this week" : scene->line);
  self->detail = g_strdup (scene->detail);
  self->category = scene->category;
  self->factor = scene->factor;
  self->gaps = scene->gaps;
  self->grave = row->harm;
  self->kind = strcmp (row->state, "X10") == 0 ? "ADV" : "REF";
  self->subjects = g_ptr_array_new_with_free_func (g_free);
}

static MashTrainingGravity
get_gravity (const Live *row)
{
  if (strcmp (row->state, "X10") == 0 || g_strcmp0 (row->brag, "B") == 0)
    return MASH_TRAINING_ADVICE;
  if (g_strcmp0 (row->brag, "R") == 0)
    return MASH_TRAINING_HARM;

  return g_strcmp0 (row->brag, "A") == 0 ? MASH_TRAINING_NEED : MASH_TRAINING_HELP;
}

/* A step at so many minutes before the hub’s present. */
static void
add_step (MashTrainingHub *hub,
          GArray          *steps,
          guint            index,
          guint            order,
          MashTrainingDeed deed,
          MashTrainingSeat who,
          double           ago)
{
  MashTrainingStep step = {
    .at = hub->until - (gint64) (ago * MASH_TIME_MINUTE), .contact = index, .order = order,
    .deed = deed, .who = who,
  };

  g_array_append_val (steps, step);
}

static MashTrainingSeat
get_doer (const MashTrainingContact *self,
          MashTrainingDeed           deed)
{
  switch ((int) deed)
    {
    case MASH_TRAINING_CREATE:
      return OFFICER;

    case MASH_TRAINING_SCREEN:
    case MASH_TRAINING_CHASE:
    case MASH_TRAINING_ADVISE:
      return self->screener;

    case MASH_TRAINING_RETURN:
      return self->manager;

    default:
      return self->worker;
    }
}

/* When the step is, in minutes before the present. The steps up to the key lie just before it, the
 * others evenly after it; without a key they follow the receipt. */
static double
find_time (const Live *row,
           guint       i,
           guint       key,
           guint       n)
{
  double created = row->received - MIN (6.0, row->received / 3.0);

  if (key == 0)
    return created - i * MIN (created * 0.8 / n, MAX_PAUSE);
  if (i == 0)
    return created;
  if (i <= key)
    return row->key + (key - i) * MIN ((created - row->key) / key, MAX_PAUSE);

  return row->key - row->key * (double) (i - key) / (n - key);
}

/* What the way itself leaves open: who has it, how urgent it is, and that harm was marked. */
static void
add_touches (MashTrainingHub     *hub,
             MashTrainingContact *self,
             const Live          *row,
             guint                index,
             GArray              *steps,
             double               screened)
{
  gboolean triaged = row->level != NULL;
  guint order = 20;

  if (row->harm)
    add_step (hub, steps, index, order++, MASH_TRAINING_MARK_HARM, self->worker, row->key);
  else if (!triaged && row->brag != NULL)
    add_step (hub, steps, index, order++, MASH_TRAINING_RAISE_BRAG, OFFICER, screened - 0.5);
  if (!row->harm && strcmp (row->state, "C60") == 0 && strcmp (self->outcome, "O06") == 0)
    add_step (hub, steps, index, order++, MASH_TRAINING_MARK_HARM, self->worker, screened - 0.5);
  if (strcmp (row->state, "X20") == 0)
    {
      if (row->with == WORKER_2)
        add_step (hub, steps, index, order++, MASH_TRAINING_ACKNOWLEDGE_LINK, WORKER_2, 2);
      return;
    }
  if (row->with == NO_ONE && strcmp (row->state, "C10") != 0)
    add_step (hub, steps, index, order++, MASH_TRAINING_RELEASE, self->worker, 3);
  else if (row->with != NO_ONE && row->with != self->screener)
    add_step (hub, steps, index, order++, MASH_TRAINING_ASSIGN, MANAGER, screened - 1);
  if (self->family != NULL && row->scene == MASH_TRAINING_MARSH && self->target == NULL)
    add_step (hub, steps, index, order++, MASH_TRAINING_FLAG, self->worker, screened - 2);
}

static void
lay_down (MashTrainingHub     *hub,
          MashTrainingContact *self,
          const Live          *row,
          guint                index,
          GArray              *steps)
{
  for (guint w = 0; w < G_N_ELEMENTS (ways); w++)
    {
      guint key = row->harm ? 0 : ways[w].key;
      double screened = row->received / 2.0;

      if (strcmp (ways[w].state, row->state) != 0)
        continue;
      for (guint i = 0; i < ways[w].n; i++)
        {
          double ago = find_time (row, i, key, ways[w].n);

          /* Where harm was marked, triage follows it. */
          if (row->harm && ways[w].deeds[i] == MASH_TRAINING_TRIAGE)
            ago = row->key - 8;
          if (row->harm && ways[w].deeds[i] == MASH_TRAINING_SCREEN)
            ago = (row->received + row->key) / 2.0;
          if (ways[w].deeds[i] == (ways[w].n == 1 ? MASH_TRAINING_CREATE : MASH_TRAINING_SCREEN))
            screened = ago;
          add_step (hub, steps, index, i, ways[w].deeds[i], get_doer (self, ways[w].deeds[i]), ago);
        }
      add_touches (hub, self, row, index, steps, screened);
    }
}

/**
 * mash_training_plan_live:
 * @hub: the hub
 * @self: a contact that is open at the hub’s present
 * @families: (element-type MashTrainingFamily): those that there are
 * @first: the first contact of those that are open
 * @index: its place among all contacts
 * @steps: (element-type MashTrainingStep): its steps are added
 *
 * Casts the contact and lays down how it came to stand where it stands.
 */
void
mash_training_plan_live (MashTrainingHub     *hub,
                         MashTrainingContact *self,
                         GPtrArray           *families,
                         MashTrainingContact *first,
                         guint                index,
                         GArray              *steps)
{
  const Live *row = &rows[self->entry.open % G_N_ELEMENTS (rows)];
  gboolean again = self->entry.open >= G_N_ELEMENTS (rows);
  gboolean worker = row->with == WORKER_2;

  self->entry.received = hub->until - (gint64) row->received * MASH_TIME_MINUTE;
  self->state = row->state;
  if (strcmp (row->state, "X20") == 0)
    self->target = first;
  /* The written families are there once; in a bigger hub others stand where they stood. */
  if (row->scene != GENERIC && (!again || self->target != NULL))
    stage (self, families, row);
  else
    mash_training_cast (hub, self, families, get_gravity (row));

  self->brag = row->brag != NULL ? row->brag : "G";
  self->level = row->level != NULL ? row->level : "2";
  self->worker = worker ? WORKER_2 : WORKER;
  self->manager = worker ? MASH_TRAINING_MANAGER_2 : MANAGER;
  self->screener = row->with == OFFICER || row->with == NO_ONE ? OFFICER : self->worker;
  self->with = row->with;
  self->outcome = strcmp (self->level, "S47") == 0 ? "O06"
                  : strcmp (self->level, "S17") == 0 ? "O05" : "O04";
  lay_down (hub, self, row, index, steps);
}
