/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-training-hub.h"

#include <string.h>

#include "mash-deed.h"
#include "mash-time.h"
#include "mash-uuid.h"

#define PASSPHRASE "training"

typedef enum
{
  CARE,
  POLICE,
  ACUTE,
  COMMUNITY,
  EDUCATION,
  HOUSING,
  PROBATION,
  EARLY_HELP,
  DRUGS,
  ADULTS,
  N_AGENCIES,
} Agency;

static const struct
{
  const char *type;
  const char *name;
  gboolean    seated;
  guint       minutes;
} agencies[N_AGENCIES] = {
  [CARE] = { "CSC", "Wealdbridge Children’s Social Care", TRUE, 120 },
  [POLICE] = { "POL", "Wealdshire Police", TRUE, 120 },
  [ACUTE] = { "HTH", "Weald General Hospital", FALSE, 60 },
  [COMMUNITY] = { "HTC", "Wealdshire Community Health", TRUE, 60 },
  [EDUCATION] = { "EDU", "Wealdbridge Education", TRUE, 120 },
  [HOUSING] = { "HSG", "Weald Homes", TRUE, 240 },
  [PROBATION] = { "PRB", "Wealdshire Probation", TRUE, 240 },
  [EARLY_HELP] = { "EHP", "Wealdbridge Early Help", TRUE, 240 },
  [DRUGS] = { "DAS", "Stonebow Drug and Alcohol Service", FALSE, 480 },
  [ADULTS] = { "ASC", "Wealdbridge Adult Social Care", TRUE, 240 },
};

static const struct
{
  const char *name;
  const char *sign_in;
  const char *title;
  const char *role;
  Agency      agency;
  const char *duty;
  gboolean    qualified;
} seats[MASH_TRAINING_N_SEATS] = {
  [MASH_TRAINING_OFFICER] = { "Kit Farrow", "kit.farrow", "MASH officer", "MO", CARE, "SCREEN",
                              FALSE },
  [MASH_TRAINING_WORKER] = { "Aled Sorrel", "aled.sorrel", "Social worker", "SW", CARE, "DUTYSW",
                             TRUE },
  [MASH_TRAINING_WORKER_2] = { "Nadia Brightwell", "nadia.brightwell", "Social worker", "SW", CARE,
                               "DUTYSW", TRUE },
  [MASH_TRAINING_MANAGER] = { "Moira Tennant", "moira.tennant", "MASH manager", "MM", CARE,
                              "DUTYMGR", TRUE },
  [MASH_TRAINING_MANAGER_2] = { "Idris Calloway", "idris.calloway", "MASH manager", "MM", CARE,
                                "DUTYMGR", TRUE },
  [MASH_TRAINING_POLICE] = { "Petra Hallam", "petra.hallam", "Detective sergeant", "DS", POLICE,
                             "STRATPOL", FALSE },
  [MASH_TRAINING_HEALTH] = { "Joy Adeyemi", "joy.adeyemi", "Health representative", "HL", COMMUNITY,
                             "HEALTH", FALSE },
  [MASH_TRAINING_EDUCATION] = { "Ruth Pell", "ruth.pell", "Education representative", "ED",
                                EDUCATION, NULL, FALSE },
  [MASH_TRAINING_HOUSING] = { "Dean Orrick", "dean.orrick", "Housing representative", "HO", HOUSING,
                              NULL, FALSE },
  [MASH_TRAINING_PROBATION] = { "Grace Lumley", "grace.lumley", "Probation representative", "PR",
                                PROBATION, NULL, FALSE },
  [MASH_TRAINING_EARLY_HELP] = { "Sam Whitlow", "sam.whitlow", "Early help representative", "EH",
                                 EARLY_HELP, NULL, FALSE },
  [MASH_TRAINING_VIRTUAL] = { "Tobias Rennick", "tobias.rennick", "Drug and alcohol worker", "VP",
                              DRUGS, NULL, FALSE },
  [MASH_TRAINING_LINE_MANAGER] = { "Fiona Ashcombe", "fiona.ashcombe", "Health line manager", "LM",
                                   COMMUNITY, NULL, FALSE },
  [MASH_TRAINING_AUDITOR] = { "Owen Tregarth", "owen.tregarth", "Information governance", "IG",
                              CARE, NULL, FALSE },
  [MASH_TRAINING_ADMINISTRATOR] = { "Hester Quill", "hester.quill", "Administrator", "AD", CARE,
                                    NULL, FALSE },
};

/**
 * mash_training_put:
 * @edit: an edit
 * @field: the name of a field that is no set
 * @value: (nullable): its value as text, `yes` or `no` for a flag; %NULL leaves it alone
 */
void
mash_training_put (MashEdit   *edit,
                   const char *field,
                   const char *value)
{
  const MashKind *kind = mash_edit_get_kind (edit);
  guint i = mash_kind_find_field (kind, field);

  g_return_if_fail (i != MASH_NO_FIELD);

  if (value == NULL)
    return;
  if (kind->fields[i].type == MASH_FIELD_BOOL)
    mash_edit_set_flag (edit, field, strcmp (value, "yes") == 0);
  else
    mash_edit_set_text (edit, field, value);
}

/**
 * mash_training_put_time:
 * @edit: an edit
 * @field: the name of a field that is an instant
 * @at: microseconds since 1970, UTC
 */
void
mash_training_put_time (MashEdit   *edit,
                        const char *field,
                        gint64      at)
{
  g_autofree char *instant = mash_time_format (at);

  mash_edit_set_text (edit, field, instant);
}

/**
 * mash_training_hub_make_id:
 * @self: a hub
 *
 * Returns: (transfer full): the seed's next id
 */
char *
mash_training_hub_make_id (MashTrainingHub *self)
{
  return mash_store_make_id (self->store);
}

/**
 * mash_training_hub_add:
 * @self: a hub
 * @group: what somebody is about to do
 * @kind: the name of a kind
 * @id: (nullable): an id that no record has; %NULL for the next one
 *
 * Begins a new record. One that belongs to a contact is put on the group's.
 *
 * Returns: (transfer none): its edit, which goes into the group when that is submitted
 */
MashEdit *
mash_training_hub_add (MashTrainingHub *self,
                       MashGroup       *group,
                       const char      *kind,
                       const char      *id)
{
  g_autofree char *made = id != NULL ? g_strdup (id) : mash_training_hub_make_id (self);
  MashEdit *edit = mash_edit_new (mash_kind_lookup (kind), made, 0);

  if (mash_kind_get_contact_field (mash_kind_lookup (kind)) != MASH_NO_FIELD)
    mash_edit_set_text (edit, "contact", mash_group_get_contact (group));
  g_ptr_array_add (self->edits, edit);

  return edit;
}

/**
 * mash_training_hub_alter:
 * @self: a hub
 * @kind: the name of a kind
 * @id: the id of a record
 *
 * Returns: (transfer none): an edit of the record as it stands, which goes into the group when
 *   that is submitted
 */
MashEdit *
mash_training_hub_alter (MashTrainingHub *self,
                         const char      *kind,
                         const char      *id)
{
  g_autoptr (MashRecord) record = mash_store_lookup (self->store, kind, id);
  MashEdit *edit;

  g_assert (record != NULL);

  edit = mash_edit_new_for (record);
  g_ptr_array_add (self->edits, edit);

  return edit;
}

/* A group takes edits that are filled in, and no others. */
static void
take_edits (MashTrainingHub *self,
            MashGroup       *group)
{
  gsize n;
  g_autofree gpointer *edits = g_ptr_array_steal (self->edits, &n);

  for (gsize i = 0; i < n; i++)
    mash_group_take_edit (group, edits[i]);
}

static gboolean
act_as (MashTrainingHub *self,
        MashTrainingSeat seat,
        gint64           at,
        GError         **error)
{
  mash_store_set_bulk_time (self->store, at);
  if (self->acting == seat)
    return TRUE;

  self->acting = seat;

  return mash_store_sign_as (self->store, self->staff[seat], self->posts[seat], error);
}

/**
 * mash_training_hub_submit:
 * @self: a hub
 * @seat: who does it
 * @at: when, not before what was submitted last
 * @group: what they do
 * @error: names the deed and why it was refused
 *
 * Returns: %TRUE when it was done
 */
gboolean
mash_training_hub_submit (MashTrainingHub *self,
                          MashTrainingSeat seat,
                          gint64           at,
                          MashGroup       *group,
                          GError         **error)
{
  take_edits (self, group);
  if (act_as (self, seat, at, error) && mash_store_submit (self->store, group, NULL, error))
    {
      self->n_submitted++;
      return TRUE;
    }

  g_prefix_error (error, "%s (%s): ", mash_group_get_deed (group), seats[seat].role);

  return FALSE;
}

/**
 * mash_training_hub_look:
 * @self: a hub
 * @seat: who looks
 * @at: when
 * @contact: the id of the contact that they open
 * @error: return location
 *
 * Returns: %TRUE when they saw it
 */
gboolean
mash_training_hub_look (MashTrainingHub *self,
                        MashTrainingSeat seat,
                        gint64           at,
                        const char      *contact,
                        GError         **error)
{
  return act_as (self, seat, at, error) && mash_store_look_in (self->store, contact, error);
}

const char *
mash_training_hub_get_name (MashTrainingSeat seat)
{
  return seats[seat].name;
}

/* An id that depends on the seed and the hub's first day, and nothing else. */
static char *
make_hub_id (const MashTrainingPlan *plan,
             guint64                 stream)
{
  MashTrainingRandom random;
  gint64 day = plan->until / MASH_TIME_DAY - plan->weeks * 7;
  char id[MASH_UUID_SIZE];
  guint8 bytes[10];

  mash_training_random_init (&random, plan->seed, stream);
  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) mash_training_random_below (&random, 256);
  mash_uuid7_format (day * (MASH_TIME_DAY / MASH_TIME_MILLISECOND), bytes, id);

  return g_strdup (id);
}

static MashHubInfo *
make_info (const MashTrainingPlan *plan)
{
  g_autofree char *hub = make_hub_id (plan, 101);
  g_autofree char *desk = make_hub_id (plan, 102);
  MashHubInfo *info = mash_hub_info_new (hub, "Training hub", desk, "Desk 4, front door room",
                                         TRUE);

  for (guint i = 0; i < MASH_TRAINING_N_SEATS; i++)
    {
      if (i != MASH_TRAINING_ADMINISTRATOR)
        mash_hub_info_add_person (info, seats[i].sign_in, seats[i].name, seats[i].title,
                                  PASSPHRASE);
    }

  return info;
}

static void
add_agencies (MashTrainingHub *self,
              MashGroup       *group,
              char           **ids)
{
  for (guint i = 0; i < N_AGENCIES; i++)
    {
      MashEdit *edit;

      ids[i] = mash_training_hub_make_id (self);
      edit = mash_training_hub_add (self, group, "agency", ids[i]);
      mash_edit_set_text (edit, "type", agencies[i].type);
      mash_edit_set_text (edit, "name", agencies[i].name);
      mash_edit_set_flag (edit, "seated", agencies[i].seated);
      mash_edit_set_int (edit, "default-sla-minutes", agencies[i].minutes);
    }
}

static void
add_seat (MashTrainingHub *self,
          MashGroup       *group,
          MashTrainingSeat seat,
          const char      *agency,
          const char      *from)
{
  g_autofree char *key = NULL;
  MashEdit *edit = mash_training_hub_add (self, group, "staff", self->staff[seat]);

  mash_edit_set_text (edit, "name", seats[seat].name);
  mash_edit_set_text (edit, "sign-in", seats[seat].sign_in);
  mash_edit_set_text (edit, "agency", agency);
  mash_edit_set_flag (edit, "qualified", seats[seat].qualified);
  mash_training_put (edit, "vetting-scheme", "NPPV2");
  mash_training_put (edit, "vetting-cleared-on", from);
  if (seat == MASH_TRAINING_OFFICER)
    mash_edit_set_text (edit, "supervisor", self->staff[MASH_TRAINING_WORKER]);
  if (seat != MASH_TRAINING_ADMINISTRATOR)
    {
      key = mash_store_make_key (self->store, self->staff[seat]);
      mash_edit_set_text (edit, "public-key", key);
    }

  edit = mash_training_hub_add (self, group, "post", self->posts[seat]);
  mash_edit_set_text (edit, "staff", self->staff[seat]);
  mash_edit_set_text (edit, "agency", agency);
  mash_edit_set_text (edit, "role", seats[seat].role);
  mash_edit_set_text (edit, "title", seats[seat].title);
  mash_training_put (edit, "duty", seats[seat].duty);
  mash_training_put (edit, "team", g_strcmp0 (seats[seat].role, "EH") == 0 ? "Early help"
                                   : mash_words_contain ("MO SW MM", seats[seat].role)
                                   ? "Front door" : NULL);
  mash_edit_set_flag (edit, "on-duty", mash_words_contain ("MO SW MM DS HL EH", seats[seat].role));
  mash_training_put (edit, "from", from);
}

static gboolean
add_slots (MashTrainingHub *self,
           GError         **error)
{
  g_autoptr (MashSecret) passphrase = mash_secret_new_from_text (PASSPHRASE, -1, error);

  if (passphrase == NULL)
    return FALSE;

  for (guint i = 0; i < MASH_TRAINING_N_SEATS; i++)
    {
      if (i != MASH_TRAINING_ADMINISTRATOR &&
          !mash_store_add_slot (self->store, self->staff[i], seats[i].sign_in, passphrase, error))
        return FALSE;
    }

  return TRUE;
}

/* The administrator makes everybody else, and their own record too. */
static gboolean
seed_staff (MashTrainingHub        *self,
            const MashTrainingPlan *plan,
            GError                **error)
{
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);
  gint64 at = plan->until - ((gint64) plan->weeks * 7 + 1) * MASH_TIME_DAY;
  g_autofree char *from = mash_date_format (mash_time_get_local_day (at) - 60);
  char *ids[N_AGENCIES];
  gboolean done;

  mash_store_set_bulk_time (self->store, at);
  self->staff[MASH_TRAINING_ADMINISTRATOR] = g_strdup (mash_store_get_actor (self->store)->person);
  for (guint i = 0; i < MASH_TRAINING_N_SEATS; i++)
    {
      if (self->staff[i] == NULL)
        self->staff[i] = mash_training_hub_make_id (self);
      self->posts[i] = mash_training_hub_make_id (self);
    }
  add_agencies (self, group, ids);
  for (guint i = 0; i < MASH_TRAINING_N_SEATS; i++)
    add_seat (self, group, i, ids[seats[i].agency], from);
  take_edits (self, group);
  done = mash_store_submit (self->store, group, NULL, error);
  for (guint i = 0; i < N_AGENCIES; i++)
    g_free (ids[i]);

  return done;
}

/**
 * mash_training_hub_new:
 * @folder: an empty folder
 * @policy: the policy in force
 * @plan: what hub is to be made
 * @error: return location
 *
 * Makes the hub and its staff: one person in every role, two social workers and two managers. The
 * store is being filled from then on.
 *
 * Returns: (transfer full) (nullable): the hub
 */
MashTrainingHub *
mash_training_hub_new (const char             *folder,
                       MashPolicy             *policy,
                       const MashTrainingPlan *plan,
                       GError                **error)
{
  g_autoptr (MashTrainingHub) self = g_new0 (MashTrainingHub, 1);
  g_autoptr (MashHubInfo) info = make_info (plan);
  g_autoptr (MashSecret) passphrase = mash_secret_new_from_text (PASSPHRASE, -1, error);

  self->policy = mash_policy_ref (policy);
  self->edits = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_edit_free);
  self->calendar = mash_policy_get_calendar (policy, "england");
  self->until = plan->until;
  self->acting = MASH_TRAINING_NO_ONE;
  if (passphrase == NULL)
    return NULL;
  self->store = mash_store_create (folder, info, policy, seats[MASH_TRAINING_ADMINISTRATOR].sign_in,
                                   passphrase, error);
  if (self->store == NULL)
    return NULL;

  mash_store_set_seed (self->store, plan->seed);
  if (!mash_store_begin_bulk (self->store, error) || !seed_staff (self, plan, error) ||
      !add_slots (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * mash_training_hub_finish:
 * @self: a hub
 * @plan: what hub it was to be
 * @error: return location
 *
 * Makes everything durable, takes the administrator’s key to the cases away, moves the hub’s clock
 * where the plan says so, and closes the hub.
 *
 * Returns: %TRUE when it is ready to be opened
 */
gboolean
mash_training_hub_finish (MashTrainingHub        *self,
                          const MashTrainingPlan *plan,
                          GError                **error)
{
  return mash_store_end_bulk (self->store, error) &&
         mash_store_remove_slot (self->store, seats[MASH_TRAINING_ADMINISTRATOR].sign_in, error) &&
         (!plan->moves_clock ||
          mash_store_set_clock_offset (self->store, plan->until - g_get_real_time (), error)) &&
         mash_store_close (self->store, error);
}

/**
 * mash_training_hub_free:
 * @self: a hub
 */
void
mash_training_hub_free (MashTrainingHub *self)
{
  g_clear_object (&self->store);
  mash_policy_unref (self->policy);
  g_ptr_array_unref (self->edits);
  for (guint i = 0; i < MASH_TRAINING_N_SEATS; i++)
    {
      g_free (self->staff[i]);
      g_free (self->posts[i]);
    }
  g_free (self);
}
