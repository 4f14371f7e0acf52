/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-training-people.h"

#include <string.h>

#include "mash-time.h"
#include "mash-training-names.h"

#define DAYS_PER_YEAR 365.25

/* What is known while a family is put together. */
typedef struct
{
  MashTrainingRandom        *random;
  MashTrainingFamily        *family;
  const MashTrainingCulture *culture;
  const MashTrainingCulture *other;   /* the other side’s */
  const char                *surname; /* the mother’s */
  const char                *partner; /* the father’s */
  int                        today;
} Build;

static void
free_person (MashTrainingPerson *self)
{
  g_free (self->id);
  g_free (self->forenames);
  g_free (self->surname);
  g_free (self->known_as);
  g_free (self->other_surname);
  g_free (self->birth);
  g_free (self->due);
  g_free (self->nhs_number);
  g_free (self->upn);
  g_free (self->phone);
  g_free (self);
}

static MashTrainingFamily *
family_new (MashTrainingRandom *random)
{
  MashTrainingFamily *self = g_rc_box_new0 (MashTrainingFamily);

  self->people = g_ptr_array_new_with_free_func ((GDestroyNotify) free_person);
  self->street = mash_training_make_street (random);
  self->postcode = mash_training_make_postcode (random);
  self->ward = mash_training_pick_ward (random);

  return self;
}

static void
family_clear (gpointer data)
{
  MashTrainingFamily *self = data;

  g_ptr_array_unref (self->people);
  g_free (self->household);
  g_free (self->address);
  g_free (self->street);
  g_free (self->postcode);
}

MashTrainingFamily *
mash_training_family_ref (MashTrainingFamily *self)
{
  return g_rc_box_acquire (self);
}

void
mash_training_family_unref (MashTrainingFamily *self)
{
  g_rc_box_release_full (self, family_clear);
}

MashTrainingPerson *
mash_training_family_get (const MashTrainingFamily *self,
                          guint                     i)
{
  return g_ptr_array_index (self->people, i);
}

gboolean
mash_training_person_is_child (const MashTrainingPerson *self)
{
  return strcmp (self->role, "CHILD") == 0 || strcmp (self->role, "UNBORN") == 0;
}

static MashTrainingPerson *
add_person (Build                     *build,
            const MashTrainingCulture *culture,
            const char                *kind,
            const char                *role)
{
  MashTrainingPerson *person = g_new0 (MashTrainingPerson, 1);

  person->kind = kind;
  person->role = role;
  person->ethnicity = culture->ethnicity;
  person->language = culture->language;
  person->religion = culture->religion;
  g_ptr_array_add (build->family->people, person);

  return person;
}

static char *
dup_birth (Build *build,
           guint  age,
           guint  days)
{
  return mash_date_format (build->today - (int) (age * DAYS_PER_YEAR) - (int) days - 1);
}

static void
set_numbers (Build              *build,
             MashTrainingPerson *child)
{
  MashTrainingRandom *random = build->random;

  child->school = mash_training_pick_school (random, child->age);
  if (mash_training_random_chance (random, 55))
    child->nhs_number = mash_training_make_nhs_number (random);
  if (child->age >= 5 && mash_training_random_chance (random, 45))
    child->upn = mash_training_make_upn (random);
  if (mash_training_random_chance (random, 6))
    child->disability = mash_training_random_chance (random, 50) ? "AUT" : "LD";
}

static void
name_child (Build              *build,
            MashTrainingPerson *child,
            const char         *surname)
{
  MashTrainingRandom *random = build->random;
  gboolean girl = mash_training_random_chance (random, 49);
  const char *const *names = girl ? build->culture->girls : build->culture->boys;

  child->sex = girl ? "F" : "M";
  /* Nobody calls two of their children the same. */
  do
    {
      g_free (child->forenames);
      child->forenames = g_strdup (mash_training_pick_name (random, names));
      for (guint i = 0; i + 1 < build->family->people->len; i++)
        {
          if (g_strcmp0 (mash_training_family_get (build->family, i)->forenames,
                         child->forenames) == 0)
            g_clear_pointer (&child->forenames, g_free);
        }
    }
  while (child->forenames == NULL);
  child->surname = g_strdup (surname);
  if (mash_training_random_chance (random, 4))
    child->known_as = g_strndup (child->forenames,
                                 (gsize) (g_utf8_offset_to_pointer (child->forenames, 2) -
                                          child->forenames));
}

static void
add_unborn (Build *build)
{
  MashTrainingPerson *child = add_person (build, build->culture, "UNBORN", "UNBORN");

  child->surname = g_strdup (build->surname);
  child->sex = "U";
  child->due = mash_date_format (build->today +
                                 (int) mash_training_random_range (build->random, 12, 180));
  child->household_role = "CHILD";
}

/* Children in one house need not have one father, and siblings need not have one surname. */
static void
add_children (Build *build,
              guint  n,
              guint  youngest,
              guint  eldest)
{
  guint age = eldest;

  for (guint i = 0; i < n; i++)
    {
      MashTrainingPerson *child = add_person (build, build->culture, "CHILD", "CHILD");
      guint days = mash_training_random_below (build->random, 360);
      gboolean fathers = mash_training_random_chance (build->random, 60);

      child->age = age;
      child->birth = dup_birth (build, age, days);
      name_child (build, child, fathers ? build->partner : build->surname);
      child->surgery = mash_training_pick_surgery (build->random);
      child->household_role = "CHILD";
      set_numbers (build, child);
      if (age <= youngest || age < 2)
        break;
      age -= mash_training_random_range (build->random, 1, MIN (4, MAX (age - youngest, 1)));
    }
}

static MashTrainingPerson *
add_adult (Build                     *build,
           const MashTrainingCulture *culture,
           const char                *relation,
           const char                *surname,
           guint                      age)
{
  MashTrainingPerson *adult = add_person (build, culture, "ADULT", "PARENT");
  gboolean woman = strcmp (relation, "MOTHER") == 0 ||
                   (strcmp (relation, "GRANDPARENT") == 0 &&
                    mash_training_random_chance (build->random, 75));

  adult->sex = woman ? "F" : "M";
  adult->forenames = g_strdup (mash_training_pick_name (build->random,
                                                        woman ? culture->girls : culture->boys));
  adult->surname = g_strdup (surname);
  adult->relation = relation;
  adult->of = (1u << build->family->n_children) - 1;
  adult->age = age;
  adult->birth = dup_birth (build, age, mash_training_random_below (build->random, 360));
  if (mash_training_random_chance (build->random, 70))
    adult->phone = mash_training_make_mobile (build->random);

  return adult;
}

/* Those of the children who have the father’s name. */
static guint
find_fathers (Build *build)
{
  guint of = 0;

  for (guint i = 0; i < build->family->n_children; i++)
    {
      MashTrainingPerson *child = mash_training_family_get (build->family, i);

      if (strcmp (child->role, "UNBORN") != 0 && strcmp (child->surname, build->partner) == 0)
        of |= 1u << i;
    }

  return of;
}

static void
add_parents (Build *build,
             guint  eldest)
{
  MashTrainingRandom *random = build->random;
  MashTrainingPerson *adult;
  guint age = eldest + mash_training_random_range (random, 18, 33);
  guint fathers = find_fathers (build);

  adult = add_adult (build, build->culture, "MOTHER", build->surname, age);
  adult->responsibility = "Y";
  adult->household_role = mash_training_random_chance (random, 93) ? "PARENT" : NULL;
  if (mash_training_random_chance (random, 8))
    adult->other_surname = g_strdup (mash_training_pick_name (random, build->culture->surnames));

  if (fathers != 0 && mash_training_random_chance (random, 78))
    {
      adult = add_adult (build, build->other, "FATHER", build->partner, age + 2);
      adult->of = fathers;
      adult->responsibility = mash_training_random_chance (random, 70) ? "Y" : "U";
      adult->household_role = mash_training_random_chance (random, 48) ? "PARENT" : NULL;
    }
  else if (mash_training_random_chance (random, 40))
    {
      adult = add_adult (build, build->other, "PARTNER",
                         mash_training_pick_name (random, build->other->surnames), age);
      adult->role = mash_training_random_chance (random, 60) ? "HOUSEHOLD" : "SOURCE";
      adult->responsibility = "N";
      adult->household_role = "PARTNER";
    }
  if (mash_training_random_chance (random, 7))
    {
      adult = add_adult (build, build->culture, "GRANDPARENT", build->surname, age + 24);
      adult->role = "HOUSEHOLD";
      adult->responsibility = "N";
      adult->household_role = "GRANDPARENT";
    }
}

/**
 * mash_training_family_new:
 * @random: a generator
 * @today: the day on which the family is met
 * @youngest: the least age of a child whom it is about, in years
 * @eldest: the most
 *
 * Invents a family whose eldest child is between @youngest and @eldest.
 *
 * Returns: (transfer full): the family
 */
MashTrainingFamily *
mash_training_family_new (MashTrainingRandom *random,
                          int                 today,
                          guint               youngest,
                          guint               eldest)
{
  static const guint sizes[] = { 44, 30, 16, 7, 3 };
  MashTrainingFamily *self = family_new (random);
  Build build = { .random = random, .family = self, .today = today };
  guint age = mash_training_random_range (random, youngest, eldest);
  guint n = 1 + mash_training_random_weigh (random, sizes, G_N_ELEMENTS (sizes));

  build.culture = mash_training_pick_culture (random);
  build.other = mash_training_random_chance (random, 85) ? build.culture
                                                         : mash_training_pick_culture (random);
  build.surname = mash_training_pick_name (random, build.culture->surnames);
  build.partner = mash_training_pick_name (random, build.other->surnames);

  add_children (&build, n, 0, age);
  if (age < 14 && mash_training_random_chance (random, 4))
    add_unborn (&build);
  self->n_children = self->people->len;
  add_parents (&build, age);
  self->interpreter = strcmp (build.culture->language, "English") != 0 &&
                      mash_training_random_chance (random, 25);

  return self;
}

static void
sketch_child (Build                    *build,
              const MashTrainingSketch *sketch)
{
  gboolean unborn = sketch->age < 0;
  MashTrainingPerson *child = add_person (build, build->culture, unborn ? "UNBORN" : "CHILD",
                                          unborn ? "UNBORN" : "CHILD");

  child->forenames = g_strdup (sketch->forenames);
  child->surname = g_strdup (sketch->surname);
  child->sex = sketch->sex;
  child->household_role = "CHILD";
  child->surgery = mash_training_pick_surgery (build->random);
  if (unborn)
    {
      child->due = mash_date_format (build->today - sketch->age * 7);
    }
  else if (sketch->age != G_MAXINT)
    {
      int born = mash_date_add_months (build->today, -sketch->age);

      child->age = (guint) sketch->age / 12;
      child->birth = mash_date_format (born - 9);
      set_numbers (build, child);
    }
}

static void
sketch_adult (Build                    *build,
              const MashTrainingSketch *sketch)
{
  MashTrainingPerson *adult = add_person (build, build->culture, "ADULT", "PARENT");
  gboolean parent = strcmp (sketch->relation, "MOTHER") == 0 ||
                    strcmp (sketch->relation, "FATHER") == 0;

  adult->forenames = g_strdup (sketch->forenames);
  adult->surname = g_strdup (sketch->surname);
  adult->sex = sketch->sex;
  adult->relation = sketch->relation;
  adult->responsibility = sketch->responsibility;
  adult->of = (1u << build->family->n_children) - 1;
  adult->role = parent ? "PARENT" : "HOUSEHOLD";
  adult->household_role = g_strcmp0 (sketch->where, "away") == 0 ? NULL
                          : parent ? "PARENT" : "PARTNER";
  if (sketch->age != G_MAXINT)
    {
      adult->age = (guint) sketch->age;
      adult->birth = dup_birth (build, adult->age, mash_training_random_below (build->random, 360));
    }
  adult->phone = mash_training_make_mobile (build->random);
}

/**
 * mash_training_family_new_sketched:
 * @random: a generator, for what the sketches leave open
 * @today: the day on which the family is met
 * @children: (array zero-terminated=1): ends with one without a surname
 * @adults: (array zero-terminated=1): ends with one without a surname
 *
 * Returns: (transfer full): the family
 */
MashTrainingFamily *
mash_training_family_new_sketched (MashTrainingRandom       *random,
                                   int                       today,
                                   const MashTrainingSketch *children,
                                   const MashTrainingSketch *adults)
{
  MashTrainingFamily *self = family_new (random);
  Build build = { .random = random, .family = self, .today = today };

  build.culture = mash_training_find_culture (children[0].surname);
  for (guint i = 0; children[i].surname != NULL; i++)
    sketch_child (&build, &children[i]);
  self->n_children = self->people->len;
  for (guint i = 0; adults[i].surname != NULL; i++)
    sketch_adult (&build, &adults[i]);

  return self;
}
