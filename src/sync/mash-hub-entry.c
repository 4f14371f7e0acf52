/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-hub-entry.h"

#include <glib/gi18n-lib.h>

#include "mash-hub-people.h"
#include "mash-kinds.h"
#include "mash-recovery-code.h"
#include "mash-time.h"

/* What the hub says to who is invited. */
typedef struct
{
  char   *person;
  gint64  revision;
  char   *compartment;
  char   *public_key;
  GBytes *kept;
} Invitation;

static void
invitation_clear (Invitation *self)
{
  g_free (self->person);
  g_free (self->compartment);
  g_free (self->public_key);
  g_clear_pointer (&self->kept, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Invitation, invitation_clear)

static MashHubLine *
open_line (const MashEnrolment  *enrolment,
           const char           *login,
           MashPersonDoor       *door,
           GError              **error)
{
  MashHubAddress address;

  mash_enrolment_get_address (enrolment, login,
                              (const char *) mash_secret_get_data (door->word, NULL), &address);

  return mash_hub_line_open (&address, error);
}

static MashAdmission *
admission_new (const MashEnrolment  *enrolment,
               const char           *sign_in,
               MashSecret           *passphrase,
               GError              **error)
{
  g_autoptr (MashAdmission) self = g_new0 (MashAdmission, 1);

  self->login = mash_person_dup_login (enrolment->hub, sign_in);
  self->door = mash_person_door_derive (enrolment->hub, self->login, passphrase, &enrolment->cost,
                                        error);

  return self->door != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * mash_hub_enter:
 * @enrolment: what the machine was given
 * @sign_in: the name that somebody signs in with
 * @passphrase: their passphrase
 * @line: (out) (optional) (transfer full): the line by which they came in
 * @error: a #MashSyncError; %MASH_SYNC_ERROR_INVITED for who has not enrolled yet
 *
 * Fetches somebody’s keys. Nobody is told whether it was the name or the passphrase.
 *
 * Returns: (transfer full) (nullable): who came in
 */
MashAdmission *
mash_hub_enter (const MashEnrolment  *enrolment,
                const char           *sign_in,
                MashSecret           *passphrase,
                MashHubLine         **line,
                GError              **error)
{
  g_autoptr (MashAdmission) self = NULL;
  g_autoptr (MashHubLine) own_line = NULL;
  g_autoptr (MashHubRows) rows = NULL;
  g_autoptr (GBytes) bundle = NULL;

  g_return_val_if_fail (enrolment != NULL && sign_in != NULL && passphrase != NULL, NULL);

  self = admission_new (enrolment, sign_in, passphrase, error);
  if (self != NULL)
    own_line = open_line (enrolment, self->login, self->door, error);
  if (own_line != NULL)
    rows = mash_hub_line_ask (own_line, error,
                              "SELECT person, bundle, root_person, root_key FROM api1.bundle ($1)",
                              enrolment->desk, NULL);
  if (rows == NULL)
    return NULL;

  bundle = mash_hub_rows_dup_bytes (rows, 0, 1);
  self->person = g_strdup (mash_hub_rows_get_text (rows, 0, 0));
  self->root_person = g_strdup (mash_hub_rows_get_text (rows, 0, 2));
  self->root_key = g_strdup (mash_hub_rows_get_text (rows, 0, 3));
  if (bundle == NULL)
    bundle = g_bytes_new (NULL, 0);
  self->keys = mash_person_keys_open (bundle, self->login, self->door->wrap, error);
  if (self->keys == NULL)
    return NULL;
  if (line != NULL)
    *line = g_steal_pointer (&own_line);

  return g_steal_pointer (&self);
}

static gboolean
ask_invitation (MashHubLine   *line,
                const char    *desk,
                Invitation    *invitation,
                GError       **error)
{
  g_autoptr (MashHubRows) rows = NULL;

  rows = mash_hub_line_ask (line, error,
                            "SELECT person, revision, compartment, public_key, kept FROM api1.enrol"
                            " ($1, NULL, NULL, NULL, NULL, NULL, NULL)", desk, NULL);
  if (rows == NULL)
    return FALSE;
  if (mash_hub_rows_get_n (rows) == 0)
    {
      g_set_error_literal (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_UNKNOWN_DESK,
                           "The hub has no record of who is invited");
      return FALSE;
    }

  invitation->person = g_strdup (mash_hub_rows_get_text (rows, 0, 0));
  invitation->revision = g_ascii_strtoll (mash_hub_rows_get_text (rows, 0, 1), NULL, 10);
  invitation->compartment = g_strdup (mash_hub_rows_get_text (rows, 0, 2));
  invitation->public_key = g_strdup (mash_hub_rows_get_text (rows, 0, 3));
  invitation->kept = mash_hub_rows_dup_bytes (rows, 0, 4);

  return TRUE;
}

/* The key that somebody will sign with, said and signed by themselves. */
static MashChange *
say_key (const MashEnrolment  *enrolment,
         const Invitation     *invitation,
         MashPersonKeys       *keys,
         const char           *seat,
         GError              **error)
{
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);
  g_autoptr (MashSecret) salt = mash_secret_new_random (MASH_CHANGE_SALT_SIZE);
  g_autofree char *public_key = mash_person_keys_dup_public (keys);
  g_autofree char *said_at = mash_time_format (g_get_real_time ());
  g_autofree char *group_id = mash_hub_people_make_id ();
  g_autofree char *id = mash_hub_people_make_id ();
  MashEdit *edit = mash_edit_new (mash_kind_lookup ("staff"), invitation->person,
                                  invitation->revision);
  const MashSaying saying = {
    .hub = enrolment->hub,
    .group = group_id,
    .desk = seat,
    .person = invitation->person,
    .post = "",
    .compartment = invitation->compartment,
    .said_at = said_at,
  };
  MashChange *change;

  mash_edit_set_text (edit, "public-key", public_key);
  mash_group_take_edit (group, edit);
  change = mash_change_new_for_edit (group, 0, &saying, id, mash_secret_get_data (salt, NULL),
                                     error);
  if (change != NULL)
    mash_person_keys_sign (keys, change);

  return change;
}

/* The keys that somebody is to have: those they had before a reset, or the seed that they bring, or
 * new ones. What their record says of their key must come true. */
static MashPersonKeys *
find_keys (const Invitation  *invitation,
           MashAdmission     *invited,
           MashSecret        *seed,
           GError           **error)
{
  g_autoptr (MashPersonKeys) keys = NULL;
  g_autofree char *public_key = NULL;

  keys = invitation->kept != NULL
         ? mash_person_keys_open (invitation->kept, invited->login, invited->door->wrap, error)
         : mash_person_keys_new (seed);
  if (keys == NULL)
    return NULL;

  public_key = mash_person_keys_dup_public (keys);
  if (*invitation->public_key != '\0' && g_strcmp0 (invitation->public_key, public_key) != 0)
    {
      g_set_error_literal (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REFUSED,
                           _("Your signing key is not on this desk. Ask your administrator to move "
                             "it here."));
      return NULL;
    }

  return g_steal_pointer (&keys);
}

static gboolean
send_enrolment (MashHubLine          *line,
                const MashEnrolment  *enrolment,
                MashAdmission        *admission,
                const char           *seat,
                const MashChange     *change,
                GError              **error)
{
  g_autofree char *verifier = mash_hub_line_make_verifier (line, admission->login,
                                                           admission->door->word);
  g_autoptr (GBytes) bundle = mash_person_keys_wrap (admission->keys, admission->login,
                                                     admission->door->wrap);
  g_autoptr (GBytes) escrow = enrolment->recovery_key != NULL
                              ? mash_person_keys_seal (admission->keys, enrolment->recovery_key)
                              : NULL;
  g_autoptr (GBytes) statement = change != NULL ? mash_change_to_statement (change) : NULL;
  g_autoptr (GBytes) signature = change != NULL
                                 ? g_bytes_new (change->signature, sizeof change->signature)
                                 : NULL;
  g_autofree char *bundle_text = mash_hub_write_bytes (bundle);
  g_autofree char *escrow_text = mash_hub_write_bytes (escrow);
  g_autofree char *statement_text = mash_hub_write_bytes (statement);
  g_autofree char *signature_text = mash_hub_write_bytes (signature);
  g_autoptr (MashHubRows) rows = NULL;

  rows = mash_hub_line_ask (line, error,
                            "SELECT person FROM api1.enrol ($1, $2, $3, $4::bytea,"
                            " nullif ($5::bytea, ''), nullif ($6::bytea, ''),"
                            " nullif ($7::bytea, ''))", enrolment->desk, seat, verifier,
                            bundle_text, escrow_text, statement_text, signature_text, NULL);

  return rows != NULL;
}

/**
 * mash_hub_enrol:
 * @enrolment: what the machine was given
 * @sign_in: the name that somebody signs in with
 * @code: the code that the administrator gave them
 * @passphrase: the passphrase that is to take its place
 * @seed: (nullable): the seed that they sign with already; %NULL for a new one
 * @seat: id of the seat that they have at this machine, or a new one
 * @error: a #MashSyncError
 *
 * Somebody’s first sign-in. Their keys are made here, and leave wrapped.
 *
 * Returns: (transfer full) (nullable): who came in
 */
MashAdmission *
mash_hub_enrol (const MashEnrolment  *enrolment,
                const char           *sign_in,
                MashSecret           *code,
                MashSecret           *passphrase,
                MashSecret           *seed,
                const char           *seat,
                GError              **error)
{
  g_autoptr (MashSecret) read = mash_recovery_code_read (code);
  g_autoptr (MashAdmission) invited = NULL;
  g_autoptr (MashAdmission) self = NULL;
  g_autoptr (MashHubLine) line = NULL;
  g_auto (Invitation) invitation = { NULL };
  g_autoptr (MashChange) change = NULL;

  g_return_val_if_fail (enrolment != NULL && seat != NULL, NULL);

  invited = admission_new (enrolment, sign_in, read, error);
  if (invited != NULL)
    line = open_line (enrolment, invited->login, invited->door, error);
  if (line == NULL || !ask_invitation (line, enrolment->desk, &invitation, error))
    return NULL;
  self = admission_new (enrolment, sign_in, passphrase, error);
  if (self == NULL)
    return NULL;

  self->keys = find_keys (&invitation, invited, seed, error);
  if (self->keys == NULL)
    return NULL;
  self->person = g_strdup (invitation.person);
  self->root_person = g_strdup (enrolment->root_person);
  self->root_key = g_strdup (enrolment->root_key);
  if (*invitation.public_key == '\0')
    {
      change = say_key (enrolment, &invitation, self->keys, seat, error);
      if (change == NULL)
        return NULL;
    }
  if (!send_enrolment (line, enrolment, self, seat, change, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * mash_hub_sit:
 * @line: the person’s line
 * @enrolment: what the machine was given
 * @seat: a new id for their seat at this machine
 * @error: a #MashSyncError
 *
 * Sits somebody down where they have no database. The seat that they had there is at its end.
 *
 * Returns: whether the hub knows the seat
 */
gboolean
mash_hub_sit (MashHubLine          *line,
              const MashEnrolment  *enrolment,
              const char           *seat,
              GError              **error)
{
  g_autoptr (MashHubRows) rows = NULL;

  rows = mash_hub_line_ask (line, error, "SELECT api1.sit ($1, $2)", enrolment->desk, seat, NULL);

  return rows != NULL;
}

/**
 * mash_hub_change_passphrase:
 * @line: the person’s line
 * @enrolment: what the machine was given
 * @seat: their seat
 * @admission: who they are; has the new door when this succeeded
 * @passphrase: the new passphrase
 * @error: a #MashSyncError
 *
 * The keys stay, so that nothing at another desk is stranded.
 *
 * Returns: whether the new passphrase opens, and it alone
 */
gboolean
mash_hub_change_passphrase (MashHubLine          *line,
                            const MashEnrolment  *enrolment,
                            const char           *seat,
                            MashAdmission        *admission,
                            MashSecret           *passphrase,
                            GError              **error)
{
  g_autoptr (MashPersonDoor) door = NULL;
  g_autoptr (GBytes) bundle = NULL;
  g_autofree char *verifier = NULL;
  g_autofree char *bundle_text = NULL;
  g_autoptr (MashHubRows) rows = NULL;

  door = mash_person_door_derive (enrolment->hub, admission->login, passphrase, &enrolment->cost,
                                  error);
  if (door == NULL)
    return FALSE;

  bundle = mash_person_keys_wrap (admission->keys, admission->login, door->wrap);
  bundle_text = mash_hub_write_bytes (bundle);
  verifier = mash_hub_line_make_verifier (line, admission->login, door->word);
  rows = mash_hub_line_ask (line, error,
                            "SELECT api1.change_secret ($1, $2, $3::bytea, NULL)", seat, verifier,
                            bundle_text, NULL);
  if (rows == NULL)
    return FALSE;

  mash_person_door_free (admission->door);
  admission->door = g_steal_pointer (&door);

  return TRUE;
}

void
mash_admission_free (MashAdmission *self)
{
  if (self == NULL)
    return;

  g_free (self->login);
  g_free (self->person);
  g_clear_pointer (&self->door, mash_person_door_free);
  g_clear_pointer (&self->keys, mash_person_keys_free);
  g_free (self->root_person);
  g_free (self->root_key);
  g_free (self);
}
