/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-store-people.h"

G_DEFINE_BOXED_TYPE (MashMatchRow, mash_match_row, mash_match_row_copy, mash_match_row_free)
G_DEFINE_BOXED_TYPE (MashPeoplePair, mash_people_pair, mash_people_pair_copy, mash_people_pair_free)

MashMatchRow *
mash_match_row_copy (const MashMatchRow *self)
{
  MashMatchRow *copy = g_memdup2 (self, sizeof *self);

  copy->person = g_strdup (self->person);
  copy->person_name = g_strdup (self->person_name);
  copy->other = g_strdup (self->other);
  copy->other_name = g_strdup (self->other_name);
  copy->birth = g_strdup (self->birth);
  copy->address = g_strdup (self->address);
  copy->reference = g_strdup (self->reference);
  copy->contact = g_strdup (self->contact);
  copy->link = g_strdup (self->link);
  copy->state = g_strdup (self->state);
  copy->why = g_strdup (self->why);
  copy->proposed_by = g_strdup (self->proposed_by);
  copy->proposed_name = g_strdup (self->proposed_name);
  copy->decided_name = g_strdup (self->decided_name);

  return copy;
}

void
mash_match_row_free (MashMatchRow *self)
{
  if (self == NULL)
    return;

  g_free (self->person);
  g_free (self->person_name);
  g_free (self->other);
  g_free (self->other_name);
  g_free (self->birth);
  g_free (self->address);
  g_free (self->reference);
  g_free (self->contact);
  g_free (self->link);
  g_free (self->state);
  g_free (self->why);
  g_free (self->proposed_by);
  g_free (self->proposed_name);
  g_free (self->decided_name);
  g_free (self);
}

MashPeoplePair *
mash_people_pair_copy (const MashPeoplePair *self)
{
  MashPeoplePair *copy = g_new0 (MashPeoplePair, 1);

  copy->match = mash_match_row_copy (self->match);
  copy->one = g_ptr_array_ref (self->one);
  copy->other = g_ptr_array_ref (self->other);

  return copy;
}

void
mash_people_pair_free (MashPeoplePair *self)
{
  if (self == NULL)
    return;

  mash_match_row_free (self->match);
  g_clear_pointer (&self->one, g_ptr_array_unref);
  g_clear_pointer (&self->other, g_ptr_array_unref);
  g_free (self);
}
