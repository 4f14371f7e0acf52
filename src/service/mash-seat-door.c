/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-seat-door.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "mash-hub-entry.h"
#include "mash-hub-people.h"
#include "mash-hub-sentence.h"
#include "mash-policy-reader.h"
#include "mash-seat-meeting.h"
#include "mash-service.h"
#include "mash-store-error.h"
#include "mash-store-hub.h"
#include "mash-store-keys.h"
#include "mash-time.h"

struct _MashSeatDoor
{
  MashEnrolment *enrolment;
  char          *login;
  char          *name;       /* to sign in with, as it is kept here: however it was typed */
  MashSecret    *passphrase; /* until it has been derived from, which takes its time */
  MashSecret    *word;
  const MashStoreWatch *watch;  /* borrowed while a database is opened, or NULL */
};

/**
 * mash_seat_door_is_there:
 * @folder: a desk's folder
 *
 * Returns: whether the desk was enrolled at a central hub
 */
gboolean
mash_seat_door_is_there (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, MASH_ENROLMENT_FILE, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/**
 * mash_seat_door_sweep:
 * @folder: the folder of an enrolled desk
 *
 * Goes on with the removal of databases that was cut off. What cannot be removed now is tried again
 * at the next start.
 */
void
mash_seat_door_sweep (const char *folder)
{
  g_autoptr (GDir) seats = g_dir_open (folder, 0, NULL);
  const char *name;

  while (seats != NULL && (name = g_dir_read_name (seats)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      mash_store_finish_removal (path, NULL);
    }
}

static MashHubInfo *
make_info (const MashEnrolment *enrolment,
           const char          *seat)
{
  return mash_hub_info_new (enrolment->hub, enrolment->name, seat, enrolment->desk_name,
                            enrolment->training);
}

/**
 * mash_seat_door_load_info:
 * @folder: the folder of an enrolled desk
 * @error: return location for a #MashSyncError
 *
 * Returns: (transfer full) (nullable): what may be known of the hub before anybody signs in; whose
 *   seat it will be is not known yet. Of a hub for training the invented people too, where they are
 *   listed beside the enrolment
 */
MashHubInfo *
mash_seat_door_load_info (const char  *folder,
                          GError     **error)
{
  g_autoptr (MashEnrolment) enrolment = mash_enrolment_load (folder, error);
  g_autoptr (MashHubInfo) listed = NULL;
  MashHubInfo *info;

  if (enrolment == NULL)
    return NULL;

  info = make_info (enrolment, "");
  if (info->training)
    listed = mash_hub_info_load (folder, NULL);
  for (guint i = 0; listed != NULL && i < listed->people->len; i++)
    {
      const MashSignIn *person = g_ptr_array_index (listed->people, i);

      mash_hub_info_add_person (info, person->sign_in, person->name, person->title,
                                person->passphrase);
    }

  return info;
}

void
mash_seat_door_free (MashSeatDoor *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->enrolment, mash_enrolment_free);
  g_clear_pointer (&self->passphrase, mash_secret_unref);
  g_clear_pointer (&self->word, mash_secret_unref);
  g_free (self->login);
  g_free (self->name);
  g_free (self);
}

static gboolean
make_folder (const char  *path,
             GError     **error)
{
  if (g_mkdir (path, 0700) == 0 || errno == EEXIST)
    return TRUE;
  mash_store_error_set_errno (error, errno, "The seat's folder");

  return FALSE;
}

/* Empties the folder of a first time that was cut off: the file that names the hub is written last,
 * so nobody has worked there. */
static gboolean
empty_folder (const char  *path,
              GError     **error)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_unlink (file) != 0)
        {
          mash_store_error_set_errno (error, errno, "The seat's folder");
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
set_way (MashSeatDoor   *self,
         MashStore      *store,
         MashAdmission  *admission,
         MashSecret     *passphrase,
         GError        **error)
{
  g_autoptr (MashSecret) way = mash_person_keys_make_way (admission->keys, self->enrolment->desk);

  return mash_store_set_way (store, passphrase, way, error);
}

/* Somebody's first time at this desk: the hub gives them their keys and a seat, and then they have
 * a database of their own here. A seat that was not used is replaced the next time. */
static MashStore *
sit_down (MashSeatDoor  *self,
          const char    *path,
          MashPolicy    *policy,
          const char    *sign_in,
          MashSecret    *passphrase,
          GError       **error)
{
  g_autoptr (MashHubLine) line = NULL;
  g_autoptr (MashAdmission) admission = NULL;
  g_autoptr (MashHubInfo) info = NULL;
  g_autofree char *seat = mash_hub_people_make_id ();
  g_autoptr (MashStore) store = NULL;
  MashSeatOwner owner;

  admission = mash_hub_enter (self->enrolment, sign_in, passphrase, &line, error);
  if (admission == NULL || !mash_hub_sit (line, self->enrolment, seat, error) ||
      !make_folder (path, error) || !empty_folder (path, error))
    return NULL;

  self->word = mash_secret_ref (admission->door->word);
  info = make_info (self->enrolment, seat);
  owner = (MashSeatOwner) {
    admission->person, sign_in, admission->keys->seed, admission->root_person, admission->root_key,
  };

  store = mash_store_create_seat (path, info, policy, &owner, passphrase, error);

  return store != NULL && set_way (self, store, admission, passphrase, error)
         ? g_steal_pointer (&store) : NULL;
}

/* Words that do not open here, but are their passphrase to the hub: it was changed at another desk,
 * or after a reset. */
static MashStore *
enter_anew (MashSeatDoor  *self,
            const char    *path,
            MashPolicy    *policy,
            const char    *sign_in,
            MashSecret    *passphrase,
            GError       **error)
{
  g_autoptr (MashAdmission) admission = NULL;
  g_autoptr (MashSecret) way = NULL;
  g_autoptr (MashStore) store = NULL;
  MashStoreWatch watch = { NULL, NULL, NULL };

  admission = mash_hub_enter (self->enrolment, sign_in, passphrase, NULL, error);
  if (admission == NULL)
    return NULL;

  /* A way opens once: from here to the next one nothing is broken off. */
  if (self->watch != NULL)
    watch = *self->watch;
  watch.cancellable = NULL;
  way = mash_person_keys_make_way (admission->keys, self->enrolment->desk);
  if (mash_store_recover (path, sign_in, way, passphrase, error))
    store = mash_store_open_watched (path, policy, sign_in, passphrase, &watch, error);
  if (store == NULL || !set_way (self, store, admission, passphrase, error))
    return NULL;
  self->word = mash_secret_ref (admission->door->word);

  return g_steal_pointer (&store);
}

/* What is said where the words open neither the database nor the hub. Whose passphrase is another
 * by now has to reach the hub once. */
static void
word_refusal (GError **local,
              GError  *hub,
              GError **error)
{
  if (g_error_matches (hub, MASH_SYNC_ERROR, MASH_SYNC_ERROR_DENIED))
    g_propagate_error (error, g_steal_pointer (local));
  else if (g_error_matches (hub, MASH_SYNC_ERROR, MASH_SYNC_ERROR_OFFLINE) ||
           g_error_matches (hub, MASH_SYNC_ERROR, MASH_SYNC_ERROR_BUSY))
    g_set_error_literal (error, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOBODY,
                         _("The name or the passphrase is not right here. The hub does not answer: "
                           "a passphrase that was set at another desk opens here once it does."));
  else
    g_propagate_error (error, g_error_copy (hub));
}

/* Meets the hub with a database that shows nothing yet. Where the hub has put an end to it, it has
 * what was not sent now, and the database leaves the desk. */
static gboolean
is_removed (MashSeatDoor  *self,
            MashStore    **store,
            MashSecret    *passphrase,
            GError       **error)
{
  g_autofree char *sentence = NULL;

  if (self->word == NULL && self->passphrase == NULL)
    self->passphrase = mash_secret_ref (passphrase);
  if (!mash_seat_is_to_leave (mash_seat_meet (*store, mash_seat_door_open_line, self)) ||
      !mash_seat_remove (store))
    return FALSE;

  sentence = mash_hub_sentence_for_removed ();
  g_set_error_literal (error, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOBODY, sentence);

  return TRUE;
}

/* Whoever is out by what their database knows, for their vetting or a post was over on a day that
 * has come: the hub may know better by now. What it tells decides; where it does not answer, what
 * was known does. */
static MashStore *
ask_hub (MashSeatDoor  *self,
         const char    *path,
         MashPolicy    *policy,
         const char    *sign_in,
         MashSecret    *passphrase,
         GError       **error)
{
  MashStoreWatch watch = { NULL, NULL, NULL };
  MashStore *store;

  if (self->watch != NULL)
    watch = *self->watch;
  watch.to_meet = TRUE;
  store = mash_store_open_watched (path, policy, sign_in, passphrase, &watch, error);
  if (store == NULL || is_removed (self, &store, passphrase, error))
    return NULL;

  mash_store_close (store, NULL);
  g_object_unref (store);

  return mash_store_open_watched (path, policy, sign_in, passphrase, self->watch, error);
}

/* Who was away for longer than the policy allows has to be known to the hub once before they see
 * anything; it may be closed to them by now. */
static MashStore *
meet_again (MashSeatDoor  *self,
            MashStore     *store,
            const char    *sign_in,
            MashSecret    *passphrase,
            gint64         met,
            GError       **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (MashAdmission) admission = mash_hub_enter (self->enrolment, sign_in, passphrase, NULL,
                                                        &fault);
  g_autofree char *met_at = mash_time_format (met);
  g_autofree char *day = NULL;

  if (admission != NULL)
    {
      g_clear_pointer (&self->word, mash_secret_unref);
      self->word = mash_secret_ref (admission->door->word);
      return store;
    }

  if (g_error_matches (fault, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REVOKED) &&
      is_removed (self, &store, passphrase, error))
    return NULL;
  mash_store_close (store, NULL);
  g_object_unref (store);
  if (!g_error_matches (fault, MASH_SYNC_ERROR, MASH_SYNC_ERROR_OFFLINE) &&
      !g_error_matches (fault, MASH_SYNC_ERROR, MASH_SYNC_ERROR_BUSY))
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return NULL;
    }

  day = g_strndup (met_at, strlen ("2026-03-02"));
  /* Translators: %s is a day. */
  g_set_error (error, MASH_SERVICE_ERROR, MASH_SERVICE_ERROR_NOBODY,
               _("Your database on this computer has not met its hub since %s, and opens again "
                 "when it does. What you had not sent is kept. Connect this computer and sign in "
                 "again, or call your administrator."), day);

  return NULL;
}

/* Opens what somebody has here already. */
static MashStore *
open_again (MashSeatDoor  *self,
            const char    *path,
            MashPolicy    *policy,
            const char    *sign_in,
            MashSecret    *passphrase,
            GError       **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GError) fault = NULL;
  MashStore *store = mash_store_open_watched (path, policy, sign_in, passphrase, self->watch,
                                              &local);
  gint64 met;

  if (g_error_matches (local, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED))
    {
      g_clear_error (&local);
      store = ask_hub (self, path, policy, sign_in, passphrase, &local);
    }
  if (store != NULL && mash_store_is_lease_over (store, mash_store_get_now (store), &met))
    return meet_again (self, store, sign_in, passphrase, met, error);
  if (store != NULL)
    {
      if (self->word == NULL && self->passphrase == NULL)
        self->passphrase = mash_secret_ref (passphrase);
      return store;
    }
  if (!g_error_matches (local, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  store = enter_anew (self, path, policy, sign_in, passphrase, &fault);
  if (store == NULL)
    word_refusal (&local, fault, error);

  return store;
}

static char *
dup_path (MashSeatDoor *self,
          const char   *folder)
{
  return g_build_filename (folder, self->login, NULL);
}

/* Whether somebody has sat at this desk, and has a database here. */
static gboolean
has_seat (const char *path)
{
  g_autofree char *mark = g_build_filename (path, "hub.ini", NULL);

  return g_file_test (mark, G_FILE_TEST_EXISTS);
}

static MashSeatDoor *
door_new (const char  *folder,
          const char  *sign_in,
          GError     **error)
{
  g_autoptr (MashSeatDoor) self = g_new0 (MashSeatDoor, 1);

  self->enrolment = mash_enrolment_load (folder, error);
  if (self->enrolment == NULL)
    return NULL;
  self->login = mash_person_dup_login (self->enrolment->hub, sign_in);
  self->name = g_utf8_casefold (sign_in, -1);

  return g_steal_pointer (&self);
}

/**
 * mash_seat_door_open:
 * @folder: the folder of an enrolled desk
 * @policy: the policy in force
 * @sign_in: the name to sign in with
 * @passphrase: their passphrase
 * @watch: (nullable): as for mash_store_open_watched()
 * @door: (out) (transfer full): how their hub is reached from now on
 * @error: a #MashStoreError or a #MashSyncError
 *
 * Opens somebody's own database on this desk; the first time it is made, for which the hub must
 * answer. Unknown people and wrong passphrases are not told apart.
 *
 * Returns: (transfer full) (nullable): the store
 */
MashStore *
mash_seat_door_open (const char           *folder,
                     MashPolicy           *policy,
                     const char           *sign_in,
                     MashSecret           *passphrase,
                     const MashStoreWatch *watch,
                     MashSeatDoor        **door,
                     GError              **error)
{
  g_autoptr (MashSeatDoor) self = door_new (folder, sign_in, error);
  g_autofree char *path = NULL;
  MashStore *store;

  if (self == NULL)
    return NULL;

  self->watch = watch;
  path = dup_path (self, folder);
  store = has_seat (path) ? open_again (self, path, policy, self->name, passphrase, error)
                          : sit_down (self, path, policy, self->name, passphrase, error);
  self->watch = NULL;
  if (store != NULL)
    *door = g_steal_pointer (&self);

  return store;
}

/**
 * mash_seat_door_recover:
 * @folder: the folder of an enrolled desk, or a copy of it
 * @sign_in: the name of somebody who cannot send what they did there any more
 * @keys: their keys, of which the hub keeps a copy for its recovery key
 * @error: a #MashStoreError or a #MashSyncError
 *
 * Returns: (transfer full) (nullable) (element-type MashSigned): what they had not sent, as they
 *   signed it; their database stays as it is
 */
GPtrArray *
mash_seat_door_recover (const char      *folder,
                        const char      *sign_in,
                        MashPersonKeys  *keys,
                        GError         **error)
{
  g_autoptr (MashSeatDoor) self = door_new (folder, sign_in, error);
  g_autoptr (MashPolicy) policy = NULL;
  g_autoptr (MashSecret) way = NULL;
  g_autofree char *path = NULL;

  if (self == NULL)
    return NULL;

  path = dup_path (self, folder);
  if (!has_seat (path))
    {
      g_set_error_literal (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REFUSED,
                           _("Nobody of this name has worked at this desk."));
      return NULL;
    }
  mash_seat_door_sweep (folder);
  policy = mash_policy_reader_load_builtin (error);
  if (policy == NULL)
    return NULL;
  way = mash_person_keys_make_way (keys, self->enrolment->desk);

  return mash_store_recover_unsent (path, policy, self->name, way, error);
}

/**
 * mash_seat_door_enrol:
 * @folder: the folder of an enrolled desk
 * @sign_in: the name to sign in with
 * @code: the code that the administrator gave them
 * @passphrase: the passphrase that is to take its place
 * @error: a #MashSyncError
 *
 * Somebody's first time at their hub, or the first after a reset. They then sign in as always.
 *
 * Returns: whether the passphrase opens, and the code no more
 */
gboolean
mash_seat_door_enrol (const char  *folder,
                      const char  *sign_in,
                      MashSecret  *code,
                      MashSecret  *passphrase,
                      GError     **error)
{
  g_autoptr (MashSeatDoor) self = door_new (folder, sign_in, error);
  g_autoptr (MashAdmission) admission = NULL;
  g_autoptr (MashHubInfo) info = NULL;
  g_autofree char *path = NULL;
  g_autofree char *seat = mash_hub_people_make_id ();

  if (self == NULL)
    return FALSE;

  path = dup_path (self, folder);
  if (has_seat (path))
    info = mash_hub_info_load (path, NULL);
  admission = mash_hub_enrol (self->enrolment, sign_in, code, passphrase, NULL,
                              info != NULL ? info->desk : seat, error);

  return admission != NULL;
}

/**
 * mash_seat_door_change:
 * @folder: the folder of an enrolled desk
 * @store: the database of who is signed in there
 * @passphrase: their passphrase
 * @new_passphrase: what is to take its place
 * @error: a #MashStoreError or a #MashSyncError
 *
 * The hub comes first: from then on only the new one opens anywhere, and whatever happens here, the
 * hub lets them in with it.
 *
 * Returns: (transfer full) (nullable): how their hub is reached from now on
 */
MashSeatDoor *
mash_seat_door_change (const char  *folder,
                       MashStore   *store,
                       MashSecret  *passphrase,
                       MashSecret  *new_passphrase,
                       GError     **error)
{
  const char *sign_in = mash_store_get_sign_in (store);
  g_autoptr (MashSeatDoor) self = NULL;
  g_autoptr (MashHubLine) line = NULL;
  g_autoptr (MashAdmission) admission = NULL;

  if (!mash_store_check_passphrase (store, passphrase, error))
    return NULL;

  self = door_new (folder, sign_in, error);
  if (self != NULL)
    admission = mash_hub_enter (self->enrolment, sign_in, passphrase, &line, error);
  if (admission == NULL ||
      !mash_hub_change_passphrase (line, self->enrolment, mash_store_get_hub (store)->desk,
                                   admission, new_passphrase, error) ||
      !mash_store_change_passphrase (store, passphrase, new_passphrase, error))
    return NULL;
  self->word = mash_secret_ref (admission->door->word);

  return g_steal_pointer (&self);
}

/**
 * mash_seat_door_open_line:
 * @self: a #MashSeatDoor
 * @error: return location for a #MashSyncError
 *
 * A #MashSyncOpener. What the server is told is worked out from the passphrase the first time, and
 * the passphrase is then forgotten.
 *
 * Returns: (transfer full) (nullable): a line to the hub
 */
MashHubLine *
mash_seat_door_open_line (gpointer   self,
                          GError   **error)
{
  MashSeatDoor *door = self;
  MashHubAddress address;

  if (door->word == NULL)
    {
      g_autoptr (MashPersonDoor) derived = NULL;

      derived = mash_person_door_derive (door->enrolment->hub, door->login, door->passphrase,
                                         &door->enrolment->cost, error);
      if (derived == NULL)
        return NULL;
      door->word = mash_secret_ref (derived->word);
      g_clear_pointer (&door->passphrase, mash_secret_unref);
    }

  mash_enrolment_get_address (door->enrolment, door->login,
                              (const char *) mash_secret_get_data (door->word, NULL), &address);

  return mash_hub_line_open (&address, error);
}
