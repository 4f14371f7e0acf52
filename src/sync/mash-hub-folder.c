/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-authority.h"
#include "mash-hub-people.h"
#include "mash-secret-text.h"

#define ROOT_FILE "root"
#define SERVER_FILE "server"
#define RECOVERY_FILE "recovery-key"
#define CERTIFICATE_DAYS (5 * 366)
#define RECOVERY_SIZE 32

static SecretText *
write_hex (const guint8 *data,
           gsize         length)
{
  static const char digits[] = "0123456789abcdef";
  SecretText *text = g_malloc (2 * length + 1);

  for (gsize i = 0; i < length; i++)
    {
      text[2 * i] = digits[data[i] >> 4];
      text[2 * i + 1] = digits[data[i] & 15];
    }
  text[2 * length] = '\0';

  return text;
}

static gboolean
read_hex (const char *text,
          guint8     *out,
          gsize       length)
{
  g_autoptr (SecretText) stripped = g_strstrip (g_strdup (text));

  if (strlen (stripped) != 2 * length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      int high = g_ascii_xdigit_value (stripped[2 * i]);
      int low = g_ascii_xdigit_value (stripped[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      out[i] = (guint8) (high << 4 | low);
    }

  return TRUE;
}

/* The half that opens is cut in two, of which neither says anything alone. */
static gboolean
save_recovery (const char  *folder,
               GError     **error)
{
  g_autofree char *public_key = NULL;
  g_autoptr (MashSecret) secret = mash_recovery_key_new (&public_key);
  g_autoptr (MashSecret) one = mash_secret_new_random (RECOVERY_SIZE);
  const guint8 *whole = mash_secret_get_data (secret, NULL);
  const guint8 *part = mash_secret_get_data (one, NULL);
  guint8 other[RECOVERY_SIZE];
  g_autoptr (SecretText) first = write_hex (part, RECOVERY_SIZE);
  g_autoptr (SecretText) second = NULL;

  for (guint i = 0; i < RECOVERY_SIZE; i++)
    other[i] = whole[i] ^ part[i];
  second = write_hex (other, sizeof other);
  mash_secret_wipe (other, sizeof other);

  return mash_authority_write (folder, RECOVERY_FILE, public_key, error) &&
         mash_authority_write (folder, "recovery-half-1", first, error) &&
         mash_authority_write (folder, "recovery-half-2", second, error);
}

/**
 * mash_hub_folder_join:
 * @half: file with one half of the recovery key
 * @other_half: file with the other
 * @error: %MASH_SYNC_ERROR_REFUSED
 *
 * Returns: (transfer full) (nullable): the half of the recovery key that opens
 */
MashSecret *
mash_hub_folder_join (const char  *half,
                      const char  *other_half,
                      GError     **error)
{
  g_autoptr (SecretText) one = NULL;
  g_autoptr (SecretText) other = NULL;
  guint8 bytes[RECOVERY_SIZE];
  guint8 more[RECOVERY_SIZE];
  MashSecret *secret;

  if (!g_file_get_contents (half, &one, NULL, NULL) ||
      !g_file_get_contents (other_half, &other, NULL, NULL) ||
      !read_hex (one, bytes, sizeof bytes) || !read_hex (other, more, sizeof more))
    {
      mash_sync_refuse (error, _("These two files are not the halves of a recovery key."));
      return NULL;
    }

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] ^= more[i];
  secret = mash_secret_new_from_bytes (bytes, sizeof bytes);
  mash_secret_wipe (bytes, sizeof bytes);
  mash_secret_wipe (more, sizeof more);

  return secret;
}

static gboolean
save_root (const char  *folder,
           GError     **error)
{
  g_autoptr (MashPersonKeys) keys = mash_person_keys_new (NULL);
  g_autofree char *person = mash_hub_people_make_id ();
  g_autoptr (SecretText) seed = write_hex (mash_secret_get_data (keys->seed, NULL),
                                           MASH_SLOTS_SEED_SIZE);
  g_autoptr (SecretText) text = g_strdup_printf ("%s\n%s\n", person, seed);

  return mash_authority_write (folder, ROOT_FILE, text, error);
}

/**
 * mash_hub_root_load:
 * @folder: the folder of the hub's authority
 * @error: %MASH_SYNC_ERROR_REFUSED
 *
 * Returns: (transfer full) (nullable): who signs for the hub
 */
MashHubRoot *
mash_hub_root_load (const char  *folder,
                    GError     **error)
{
  g_autofree char *path = g_build_filename (folder, ROOT_FILE, NULL);
  g_autoptr (SecretText) text = NULL;
  char *line = NULL;
  guint8 seed[MASH_SLOTS_SEED_SIZE];
  g_autoptr (MashSecret) secret = NULL;
  MashHubRoot *self;

  /* Two lines: whose it is, and the seed. */
  if (g_file_get_contents (path, &text, NULL, NULL))
    line = strchr (text, '\n');
  if (line == NULL || !read_hex (line + 1, seed, sizeof seed))
    {
      mash_sync_refuse (error, _("There is no authority in this folder."));
      return NULL;
    }

  secret = mash_secret_new_from_bytes (seed, sizeof seed);
  mash_secret_wipe (seed, sizeof seed);
  self = g_new0 (MashHubRoot, 1);
  self->person = g_strndup (text, (gsize) (line - text));
  self->keys = mash_person_keys_new (secret);

  return self;
}

void
mash_hub_root_free (MashHubRoot *self)
{
  if (self == NULL)
    return;

  g_free (self->person);
  mash_person_keys_free (self->keys);
  g_free (self);
}

static gboolean
save_server (const char  *folder,
             const char  *hosts,
             const char  *port,
             GError     **error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *text = g_strdup_printf ("%s\n%s\n", hosts, port);
  const MashCertificateWish wish = {
    .name = "MASH hub",
    .hosts = hosts,
    .from = now - 24 * 3600,
    .until = now + G_GINT64_CONSTANT (24) * 3600 * CERTIFICATE_DAYS,
  };
  g_autoptr (MashCertificate) certificate = mash_authority_issue (folder, &wish, error);

  return certificate != NULL &&
         mash_certificate_save (certificate, folder, "server", error) &&
         mash_authority_write (folder, SERVER_FILE, text, error);
}

/**
 * mash_hub_folder_create:
 * @folder: an empty folder, or none yet
 * @name: the hub's name
 * @hosts: names and addresses of its servers, with commas between
 * @port: their port
 * @error: %MASH_SYNC_ERROR_REFUSED
 *
 * Makes what a hub has beside its database: its authority, the server's certificate, the list of
 * what was revoked, the key with which its first staff are made, and the recovery key in two halves
 * that are to be carried away.
 *
 * Returns: whether all of it is there
 */
gboolean
mash_hub_folder_create (const char  *folder,
                        const char  *name,
                        const char  *hosts,
                        const char  *port,
                        GError     **error)
{
  g_return_val_if_fail (folder != NULL && hosts != NULL && port != NULL, FALSE);

  return mash_authority_create (folder, name, error) &&
         mash_authority_revoke (folder, NULL, error) &&
         save_server (folder, hosts, port, error) &&
         save_root (folder, error) && save_recovery (folder, error);
}

static char *
read_line (const char *folder,
           const char *name,
           guint       line)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  lines = g_strsplit (text, "\n", -1);

  return g_strv_length (lines) > line ? g_strdup (g_strstrip (lines[line])) : NULL;
}

/* What every machine of the hub is given: from the hub, and from the authority's folder. */
static MashEnrolment *
begin_enrolment (MashHubLine  *line,
                 const char   *authority,
                 const char   *name,
                 GError      **error)
{
  g_autoptr (MashEnrolment) self = g_new0 (MashEnrolment, 1);
  g_autoptr (MashHubRows) rows = NULL;

  rows = mash_hub_line_ask (line, error,
                            "SELECT hub, name, training, kdf_passes, kdf_memory_kib,"
                            " current_database (), root_person, root_key FROM mash.meta", NULL);
  if (rows == NULL)
    return NULL;

  self->hub = g_strdup (mash_hub_rows_get_text (rows, 0, 0));
  self->name = g_strdup (mash_hub_rows_get_text (rows, 0, 1));
  self->training = strcmp (mash_hub_rows_get_text (rows, 0, 2), "t") == 0;
  self->cost.passes = (guint) g_ascii_strtoull (mash_hub_rows_get_text (rows, 0, 3), NULL, 10);
  self->cost.memory_kib = (guint) g_ascii_strtoull (mash_hub_rows_get_text (rows, 0, 4), NULL, 10);
  self->database = g_strdup (mash_hub_rows_get_text (rows, 0, 5));
  self->root_person = g_strdup (mash_hub_rows_get_text (rows, 0, 6));
  self->root_key = g_strdup (mash_hub_rows_get_text (rows, 0, 7));
  self->hosts = read_line (authority, SERVER_FILE, 0);
  self->port = read_line (authority, SERVER_FILE, 1);
  self->recovery_key = read_line (authority, RECOVERY_FILE, 0);
  self->desk = mash_hub_people_make_id ();
  self->desk_name = g_strdup (name);
  if (self->hosts == NULL || self->port == NULL)
    {
      mash_sync_refuse (error, _("There is no authority in this folder."));
      return NULL;
    }

  return g_steal_pointer (&self);
}

static gboolean
copy_authority (const char  *authority,
                const char  *folder,
                GError     **error)
{
  g_autofree char *path = g_build_filename (authority, MASH_AUTHORITY_CERTIFICATE, NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return mash_sync_refuse (error, _("There is no authority in this folder."));

  return mash_authority_write (folder, MASH_AUTHORITY_CERTIFICATE, text, error);
}

/**
 * mash_hub_people_enrol_desk:
 * @line: the administrator's line
 * @authority: the folder of the hub's authority
 * @name: what people call the machine
 * @folder: a folder for it, which there is not yet, or empty
 * @error: %MASH_SYNC_ERROR_REFUSED
 *
 * Lets a machine in. The folder is to be carried to it, and nowhere else.
 *
 * Returns: whether the hub knows it
 */
gboolean
mash_hub_people_enrol_desk (MashHubLine  *line,
                            const char   *authority,
                            const char   *name,
                            const char   *folder,
                            GError      **error)
{
  g_autoptr (MashEnrolment) enrolment = NULL;
  g_autoptr (MashCertificate) certificate = NULL;
  g_autoptr (MashHubRows) done = NULL;
  g_autofree char *path = g_build_filename (folder, MASH_ENROLMENT_FILE, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  MashCertificateWish wish = {
    .from = now - 24 * 3600,
    .until = now + G_GINT64_CONSTANT (24) * 3600 * CERTIFICATE_DAYS,
  };

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return mash_sync_refuse (error, _("There is an enrolled desk in this folder already."));
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return mash_sync_refuse (error, _("The desk’s folder cannot be written."));
  enrolment = begin_enrolment (line, authority, name, error);
  if (enrolment == NULL)
    return FALSE;
  wish.name = enrolment->desk;
  certificate = mash_authority_issue (authority, &wish, error);
  if (certificate == NULL ||
      !mash_certificate_save (certificate, folder, "desk", error) ||
      !copy_authority (authority, folder, error) ||
      !mash_enrolment_save (enrolment, folder, error))
    return FALSE;

  done = mash_hub_line_ask (line, error,
                            "INSERT INTO mash.desk (id, name, certificate) VALUES ($1, $2, $3)",
                            enrolment->desk, name, certificate->serial, NULL);

  return done != NULL;
}

/**
 * mash_hub_people_revoke_desk:
 * @line: the administrator's line
 * @authority: the folder of the hub's authority
 * @desk: the machine's id
 * @wipe: whether it is also told to remove what it holds
 * @error: %MASH_SYNC_ERROR_REFUSED
 *
 * Shuts a machine out: its lines end at once, the hub's doors are closed to it, and its certificate
 * is on the list that the server reads.
 *
 * Returns: whether it is out
 */
gboolean
mash_hub_people_revoke_desk (MashHubLine  *line,
                             const char   *authority,
                             const char   *desk,
                             gboolean      wipe,
                             GError      **error)
{
  g_autoptr (MashHubRows) rows = NULL;
  g_autoptr (MashHubRows) ended = NULL;

  rows = mash_hub_line_ask (line, error, "SELECT certificate FROM mash.desk WHERE id = $1", desk,
                            NULL);
  if (rows == NULL)
    return FALSE;
  if (mash_hub_rows_get_n (rows) == 0)
    return mash_sync_refuse (error, _("The hub knows no desk with this id. “mash-admin hub "
                                      "status” lists them."));

  ended = mash_hub_line_ask (line, error, "SELECT mash.revoke_desk ($1, $2::boolean)", desk,
                             wipe ? "t" : "f", NULL);
  if (ended == NULL)
    return FALSE;
  if (!mash_hub_rows_is_null (rows, 0, 0) &&
      !mash_authority_revoke (authority, mash_hub_rows_get_text (rows, 0, 0), error))
    return FALSE;

  return mash_hub_line_run (line, "SELECT pg_reload_conf ()", error);
}
