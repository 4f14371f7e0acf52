/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-training-same.h"

#include <string.h>

#include "mash-time.h"

#define SYSTEM "Old children’s system"
#define FINGERPRINT "5f0c2b7d1f7b4d0e9a8c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f1e0d9c8b7a6f5e"

/* Whom an older system knows under another spelling: who is in the front door, and as whom they
 * came over. A birth of NULL is the same as that of the first. */
static const struct
{
  const char *surname;
  const char *forenames;
  const char *old_surname;
  const char *old_forenames;
  const char *number;
  const char *episode;
  const char *type;
  const char *opened;
  const char *outcome;
  gboolean    proposed;
} doubles[] = {
  { "Marsh", "Ellie", "Marsh", "Elly", "C-300231", "E-95810", "Referral", "2023-09-12",
    "No further action", TRUE },
  { "Marsh", "Tara", "Dray", "Tara", "A-400017", "E-90112", "Assessment", "2014-05",
    "Closed after assessment" },
  { "Okafor", "Tobi", "Okafor", "Toby", "C-300877", "E-91244", "Early help", "2024-11-04",
    "Completed" },
};

static MashRecord *
find_person (MashTrainingHub *self,
             const char      *surname,
             const char      *forenames)
{
  g_autoptr (GPtrArray) people = mash_store_list (self->store, "person", "legal-surname", surname);

  for (guint i = 0; i < people->len; i++)
    {
      MashRecord *person = g_ptr_array_index (people, i);

      if (g_strcmp0 (mash_record_get_text (person, "legal-forenames"), forenames) == 0 &&
          mash_record_has (person, "birth"))
        return mash_record_ref (person);
    }

  return NULL;
}

/* The record that the older system has of somebody, with an episode and where both come from. */
static char *
add_double (MashTrainingHub *self,
            MashGroup       *group,
            MashRecord      *known,
            guint            i,
            const char      *file)
{
  MashEdit *person = mash_training_hub_add (self, group, "person", NULL);
  char *id = g_strdup (mash_edit_get_id (person));
  MashEdit *number, *episode, *row;

  mash_training_put (person, "kind", mash_record_get_text (known, "kind"));
  mash_training_put (person, "legal-surname", doubles[i].old_surname);
  mash_training_put (person, "legal-forenames", doubles[i].old_forenames);
  mash_training_put (person, "birth", mash_record_get_text (known, "birth"));
  mash_training_put (person, "sex", mash_record_get_text (known, "sex"));

  number = mash_training_hub_add (self, group, "identifier", NULL);
  mash_training_put (number, "person", id);
  mash_training_put (number, "type", "CASE");
  mash_training_put (number, "value", doubles[i].number);
  mash_training_put (number, "issuer", SYSTEM);

  episode = mash_training_hub_add (self, group, "episode", NULL);
  mash_training_put (episode, "person", id);
  mash_training_put (episode, "system", SYSTEM);
  mash_training_put (episode, "number", doubles[i].episode);
  mash_training_put (episode, "type", doubles[i].type);
  mash_training_put (episode, "opened", doubles[i].opened);
  mash_training_put (episode, "outcome", doubles[i].outcome);

  row = mash_training_hub_add (self, group, "import-row", NULL);
  mash_training_put (row, "file", file);
  mash_edit_set_int (row, "line", i + 2);
  mash_training_put (row, "system", SYSTEM);
  mash_training_put (row, "digest", doubles[i].number);
  mash_training_put (row, "person", id);
  mash_training_put (row, "episode", mash_edit_get_id (episode));
  mash_edit_set_flag (row, "new-person", TRUE);

  return id;
}

/* What the older system did with somebody whom it knows as the hub does. */
static void
add_earlier (MashTrainingHub *self,
             MashGroup       *group,
             MashRecord      *known,
             const char      *file)
{
  MashEdit *episode = mash_training_hub_add (self, group, "episode", NULL);
  MashEdit *row = mash_training_hub_add (self, group, "import-row", NULL);

  mash_training_put (episode, "person", mash_record_get_id (known));
  mash_training_put (episode, "system", SYSTEM);
  mash_training_put (episode, "number", "E-70218");
  mash_training_put (episode, "type", "Referral");
  mash_training_put (episode, "opened", "2022-02-14");
  mash_training_put (episode, "closed", "2022-02-25");
  mash_training_put (episode, "outcome", "Advice given");
  mash_training_put (episode, "team", "Front door north");

  mash_training_put (row, "file", file);
  mash_edit_set_int (row, "line", G_N_ELEMENTS (doubles) + 2);
  mash_training_put (row, "system", SYSTEM);
  mash_training_put (row, "digest", "E-70218");
  mash_training_put (row, "person", mash_record_get_id (known));
  mash_training_put (row, "episode", mash_edit_get_id (episode));
  mash_training_put (row, "said", "episode_id: E-70218\ntype: Referral\nopened: 2022-02-14\n"
                                  "closed: 2022-02-25\noutcome: Advice given\n"
                                  "team: Front door north");
}

static gboolean
propose (MashTrainingHub         *self,
         const MashTrainingPlan  *plan,
         MashRecord              *known,
         const char              *other,
         GError                 **error)
{
  g_autoptr (MashGroup) group = mash_group_new ("propose-link", NULL);
  MashEdit *link = mash_training_hub_add (self, group, "identity-link", NULL);

  mash_training_put (link, "person-a", mash_record_get_id (known));
  mash_training_put (link, "person-b", other);
  mash_training_put (link, "state", "SAME");
  mash_training_put (link, "why", "The same birth and mother; the school spells her name Elly.");

  return mash_training_hub_submit (self, MASH_TRAINING_WORKER, plan->until, group, error);
}

/* A hub whose present lies before an episode cannot have imported it. */
static gboolean
is_future (guint                    i,
           const MashTrainingPlan  *plan)
{
  g_autofree char *now = mash_time_format (plan->until);

  return strcmp (doubles[i].opened, now) > 0;
}

/**
 * mash_training_add_doubles:
 * @self: a hub on which everything else is done
 * @plan: what hub it is
 * @error: return location
 *
 * Imports a few people of the front door a second time, as an older system spelt them, and proposes
 * one of them as the same person. A hub without those families gets none.
 *
 * Returns: %TRUE when it was done
 */
gboolean
mash_training_add_doubles (MashTrainingHub         *self,
                           const MashTrainingPlan  *plan,
                           GError                 **error)
{
  g_autoptr (MashGroup) group = mash_group_new ("import-rows", NULL);
  MashEdit *file = mash_training_hub_add (self, group, "import-file", NULL);
  g_autofree char *file_id = g_strdup (mash_edit_get_id (file));
  g_autoptr (MashRecord) known = NULL;
  g_autofree char *proposed = NULL;
  guint n = 0;

  mash_training_put (file, "form", "people");
  mash_training_put (file, "fingerprint", FINGERPRINT);
  mash_edit_set_int (file, "rows", G_N_ELEMENTS (doubles));
  for (guint i = 0; i < G_N_ELEMENTS (doubles); i++)
    {
      g_autoptr (MashRecord) person = find_person (self, doubles[i].surname,
                                                   doubles[i].forenames);
      g_autofree char *id = person != NULL && !is_future (i, plan)
                              ? add_double (self, group, person, i, file_id) : NULL;

      n += id != NULL;
      if (id == NULL || !doubles[i].proposed)
        continue;
      known = mash_record_ref (person);
      add_earlier (self, group, person, file_id);
      proposed = g_steal_pointer (&id);
    }
  if (n == 0)
    {
      g_ptr_array_set_size (self->edits, 0);
      return TRUE;
    }

  return mash_training_hub_submit (self, MASH_TRAINING_MANAGER, plan->until, group, error) &&
         (proposed == NULL || propose (self, plan, known, proposed, error));
}
