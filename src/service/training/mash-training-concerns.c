/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-training-concerns.h"

#include <string.h>

#include "mash-deed.h"
#include "mash-training-names.h"

/* How often each source tells a front door something, in a hundred working hours and in a hundred
 * others, and how it does. */
typedef struct
{
  const char *source;
  guint       weight;
  guint       at_night;
  const char *type;
  const char *channels;      /* CHAN, the likely ones more than once */
  const char *roles[3];
  const char *organisations[3];
} Source;

static const Source sources[] = {
  { "6", 250, 560, "PROF", "PNOT PNOT PNOT PNOT PNOT EMAIL PHONE",
    { "Response officer", "Public protection officer", "Neighbourhood officer" },
    { "Wealdshire Police", "Wealdshire Police", "Wealdshire Police" } },
  { "2A", 230, 10, "PROF", "FORM FORM FORM FORM EMAIL PHONE",
    { "Designated safeguarding lead", "Pastoral lead", "Head of year" }, { NULL } },
  { "2B", 24, 2, "PROF", "FORM EMAIL PHONE",
    { "Attendance officer", "Inclusion officer", "Virtual school" },
    { "Wealdbridge Education Welfare", "Wealdbridge Inclusion", "Wealdbridge Virtual School" } },
  { "3A", 32, 4, "PROF", "FORM EMAIL PHONE",
    { "GP", "Practice nurse", "Practice safeguarding lead" }, { NULL } },
  { "3B", 55, 4, "PROF", "FORM FORM EMAIL PHONE",
    { "Health visitor", "Community nursery nurse", "Specialist health visitor" },
    { "Wealdshire Community Health", "Wealdshire Community Health", "Wealdshire Family Nurses" } },
  { "3C", 22, 1, "PROF", "FORM FORM EMAIL",
    { "School nurse", "School nurse", "School nursing lead" },
    { "Wealdshire School Nursing", "Wealdshire School Nursing", "Wealdshire School Nursing" } },
  { "3D", 18, 4, "PROF", "FORM EMAIL",
    { "Community midwife", "Speech therapist", "Dentist" },
    { "Wealdshire Maternity", "Wealdshire Therapies", "Half Moon Dental" } },
  { "3E", 44, 110, "PROF", "FORM FORM EMAIL PHONE",
    { "Emergency department nurse", "Paediatric registrar", "Liaison nurse" },
    { "Weald General Hospital", "Weald General Hospital", "Weald General Hospital" } },
  { "3F", 55, 30, "PROF", "FORM EMAIL PHONE",
    { "Midwife", "Mental health practitioner", "Ward sister" },
    { "Wealdshire Maternity", "Wealdshire Mental Health", "Weald General Hospital" } },
  { "4", 32, 2, "PROF", "FORM EMAIL PHONE",
    { "Housing officer", "Tenancy support worker", "Income officer" },
    { "Weald Homes", "Weald Homes", "Canalside Housing" } },
  { "5A", 20, 4, "PROF", "PARTNER EMAIL FORM",
    { "Adult social worker", "Approved mental health professional", "Carers’ worker" },
    { "Wealdbridge Adult Social Care", "Wealdbridge Adult Social Care", "Wealdbridge Carers" } },
  { "5B", 14, 2, "PROF", "EMAIL FORM",
    { "Licensing officer", "Benefits officer", "Environmental health officer" },
    { "Wealdbridge Council", "Wealdbridge Council", "Wealdbridge Council" } },
  { "5C", 34, 14, "PROF", "EMAIL EMAIL PHONE",
    { "Duty social worker", "Team manager", "Emergency duty team" },
    { "Northmoor Children’s Services", "Eastholme Council", "Harbourside Council" } },
  { "5D", 38, 1, "PROF", "PARTNER PARTNER FORM",
    { "Family support worker", "Early help coordinator", "Youth worker" },
    { "Wealdbridge Early Help", "Wealdbridge Early Help", "Wealdbridge Youth Service" } },
  { "7", 30, 6, "PROF", "EMAIL FORM",
    { "Probation practitioner", "Cafcass officer", "Court clerk" },
    { "Wealdshire Probation", "Cafcass", "Weald Magistrates’ Court" } },
  { "8", 48, 10, "PROF", "FORM EMAIL PHONE",
    { "Family worker", "Children’s centre worker", "Safeguarding officer" },
    { "Millrace Children’s Centre", "Stonebow Youth Project", "Wealdshire Women’s Refuge" } },
  { "1A", 40, 50, "FAMILY", "PHONE PHONE FORM WALKIN", { NULL }, { NULL } },
  { "1B", 26, 40, "PUBLIC", "PHONE PHONE FORM", { NULL }, { NULL } },
  { "1C", 14, 16, "SELF", "PHONE FORM WALKIN", { NULL }, { NULL } },
  { "1D", 8, 10, "PUBLIC", "PHONE FORM", { NULL }, { NULL } },
  { "9", 24, 34, "ANON", "PHONE FORM POST", { NULL }, { NULL } },
  { "10", 2, 2, "ANON", "POST OTHER", { NULL }, { NULL } },
};

static const Source *
find_source (const char *source)
{
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      if (strcmp (sources[i].source, source) == 0)
        return &sources[i];
    }

  g_return_val_if_reached (&sources[0]);
}

/**
 * mash_training_pick_source:
 * @random: a generator
 * @office_hours: whether offices are open
 *
 * Returns: (transfer none): where a contact comes from, a code of RSRC
 */
const char *
mash_training_pick_source (MashTrainingRandom *random,
                           gboolean            office_hours)
{
  guint weights[G_N_ELEMENTS (sources)];

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    weights[i] = office_hours ? sources[i].weight : sources[i].at_night;

  return sources[mash_training_random_weigh (random, weights, G_N_ELEMENTS (sources))].source;
}

static gboolean
suits (const MashTrainingConcern *concern,
       const char                *source,
       MashTrainingGravity        least,
       MashTrainingGravity        most)
{
  return concern->least <= most && concern->most >= least &&
         mash_words_contain (concern->sources, source);
}

static const MashTrainingConcern *
pick_among (MashTrainingRandom *random,
            const char         *source,
            MashTrainingGravity least,
            MashTrainingGravity most)
{
  guint n;
  const MashTrainingConcern *concerns = mash_training_list_concerns (&n);
  const MashTrainingConcern *picked = NULL;
  guint n_suited = 0;

  for (guint i = 0; i < n; i++)
    {
      if (suits (&concerns[i], source, least, most) &&
          mash_training_random_below (random, ++n_suited) == 0)
        picked = &concerns[i];
    }

  return picked;
}

/**
 * mash_training_pick_concern:
 * @random: a generator
 * @source: who tells it, a code of RSRC
 * @gravity: how grave it is
 *
 * Returns: (transfer none): a concern that such a source may have; where none is as grave, another
 */
const MashTrainingConcern *
mash_training_pick_concern (MashTrainingRandom *random,
                            const char         *source,
                            MashTrainingGravity gravity)
{
  const MashTrainingConcern *concern = pick_among (random, source, gravity, gravity);

  if (concern == NULL)
    concern = pick_among (random, source, MASH_TRAINING_ADVICE, MASH_TRAINING_HARM);
  g_assert (concern != NULL);

  return concern;
}

static char *
dup_adult (const MashTrainingFamily *family,
           const char               *relation,
           const char               *title,
           const char               *without)
{
  for (guint i = family->n_children; family->people != NULL && i < family->people->len; i++)
    {
      const MashTrainingPerson *adult = mash_training_family_get (family, i);

      if (strcmp (adult->relation, relation) == 0 && adult->surname != NULL)
        return g_strdup_printf ("%s %s", title, adult->surname);
    }

  return g_strdup (without);
}

static char *
dup_child (const MashTrainingFamily *family)
{
  const MashTrainingPerson *child = family->n_children > 0 ? mash_training_family_get (family, 0)
                                                           : NULL;

  if (child == NULL || child->forenames == NULL)
    return g_strdup ("The child");

  return g_strdup (child->known_as != NULL ? child->known_as : child->forenames);
}

static char *
dup_slot (MashTrainingRandom       *random,
          const char               *slot,
          const MashTrainingFamily *family)
{
  static const char *const days[] = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  };
  static const char *const months[] = {
    "January", "March", "April", "May", "July", "September", "October",
  };
  static const char *const nths[] = { "third", "fourth", "fifth" };
  static const char *const numbers[] = {
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
  };

  if (strcmp (slot, "child") == 0)
    return dup_child (family);
  if (strcmp (slot, "mother") == 0)
    return dup_adult (family, "MOTHER", "Ms", "The mother");
  if (strcmp (slot, "father") == 0)
    return dup_adult (family, "FATHER", "Mr", "The father");
  if (strcmp (slot, "day") == 0)
    return g_strdup (mash_training_random_pick (random, days));
  if (strcmp (slot, "month") == 0)
    return g_strdup (mash_training_random_pick (random, months));
  if (strcmp (slot, "nth") == 0)
    return g_strdup (mash_training_random_pick (random, nths));
  if (strcmp (slot, "n") == 0)
    return g_strdup (mash_training_random_pick (random, numbers));
  if (strcmp (slot, "hour") == 0)
    return g_strdup_printf ("%02u:%02u", mash_training_random_range (random, 15, 23),
                            5 * mash_training_random_below (random, 12));
  if (strcmp (slot, "weeks") == 0)
    return g_strdup_printf ("%u", mash_training_random_range (random, 26, 36));
  if (strcmp (slot, "pct") == 0)
    return g_strdup_printf ("%u", mash_training_random_range (random, 38, 74));
  if (strcmp (slot, "year") == 0)
    return g_strdup_printf ("%u", mash_training_random_range (random, 7, 10));
  if (strcmp (slot, "age") == 0)
    return g_strdup_printf ("%u", mash_training_random_range (random, 16, 24));

  g_return_val_if_reached (g_strdup (slot));
}

/**
 * mash_training_fill:
 * @random: a generator
 * @text: words with slots in braces, such as {child}
 * @family: whom they are about
 *
 * Returns: (transfer full): the words with every slot filled in
 */
char *
mash_training_fill (MashTrainingRandom       *random,
                    const char               *text,
                    const MashTrainingFamily *family)
{
  GString *filled = g_string_new (NULL);
  const char *at = text;
  const char *open;

  while ((open = strchr (at, '{')) != NULL)
    {
      const char *close = strchr (open, '}');
      g_autofree char *slot = g_strndup (open + 1, (gsize) (close - open - 1));
      g_autofree char *words = dup_slot (random, slot, family);

      g_string_append_len (filled, at, open - at);
      g_string_append (filled, words);
      at = close + 1;
    }
  g_string_append (filled, at);

  return g_string_free (filled, FALSE);
}

static char *
dup_stranger (MashTrainingRandom *random)
{
  const MashTrainingCulture *culture = mash_training_pick_culture (random);
  const char *const *names = mash_training_random_chance (random, 70) ? culture->girls
                                                                      : culture->boys;
  const char *forename = mash_training_pick_name (random, names);

  return g_strdup_printf ("%s %s", forename, mash_training_pick_name (random, culture->surnames));
}

static void
name_referrer (MashTrainingReferrer     *self,
               const Source             *source,
               MashTrainingRandom       *random,
               const MashTrainingFamily *family)
{
  if (strcmp (source->type, "ANON") == 0)
    return;
  if (strcmp (source->type, "SELF") == 0 && family->n_children > 0)
    {
      const MashTrainingPerson *child = mash_training_family_get (family, 0);

      self->name = g_strdup_printf ("%s %s", child->forenames != NULL ? child->forenames : "",
                                    child->surname);
      g_strstrip (self->name);
    }
  else if (strcmp (source->source, "6") == 0)
    {
      g_autofree char *name = dup_stranger (random);

      self->name = g_strdup_printf ("PC %u %s", mash_training_random_range (random, 1000, 5999),
                                    strrchr (name, ' ') + 1);
    }
  else
    {
      self->name = dup_stranger (random);
    }
  self->phone = strcmp (source->type, "PROF") == 0 ? mash_training_make_landline (random)
                                                   : mash_training_make_mobile (random);
}

static const char *
find_school (const MashTrainingFamily *family)
{
  for (guint i = 0; i < family->n_children; i++)
    {
      const MashTrainingPerson *child = mash_training_family_get (family, i);

      if (child->school != NULL && child->age >= 4)
        return child->school;
    }

  return "Brackenfield Primary";
}

/* A school tells of its own pupil, a surgery of its own patient. */
static void
place_referrer (MashTrainingReferrer     *self,
                const Source             *source,
                MashTrainingRandom       *random,
                const MashTrainingFamily *family)
{
  guint which = mash_training_random_below (random, G_N_ELEMENTS (source->roles));

  self->role = source->roles[which];
  self->organisation = source->organisations[which];
  if (strcmp (source->source, "2A") == 0)
    self->organisation = find_school (family);
  else if (strcmp (source->source, "3A") == 0)
    self->organisation = mash_training_pick_surgery (random);
}

/**
 * mash_training_referrer_new:
 * @random: a generator
 * @source: where the contact comes from, a code of RSRC
 * @family: whom it is about
 *
 * Returns: (transfer full): who tells the hub, and how
 */
MashTrainingReferrer *
mash_training_referrer_new (MashTrainingRandom       *random,
                            const char               *source,
                            const MashTrainingFamily *family)
{
  static const char *const channels[] = {
    "PNOT", "EMAIL", "PHONE", "FORM", "PARTNER", "WALKIN", "POST", "OTHER",
  };
  MashTrainingReferrer *self = g_new0 (MashTrainingReferrer, 1);
  const Source *from = find_source (source);
  g_auto (GStrv) words = g_strsplit (from->channels, " ", -1);
  guint which = mash_training_random_below (random, g_strv_length (words));

  self->source = from->source;
  self->type = from->type;
  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      if (strcmp (channels[i], words[which]) == 0)
        self->channel = channels[i];
    }
  place_referrer (self, from, random, family);
  name_referrer (self, from, random, family);
  self->wants_to_know = strcmp (from->type, "ANON") != 0 &&
                        mash_training_random_chance (random, 80);

  return self;
}

/**
 * mash_training_referrer_free:
 * @self: a referrer
 */
void
mash_training_referrer_free (MashTrainingReferrer *self)
{
  g_free (self->name);
  g_free (self->phone);
  g_free (self);
}
