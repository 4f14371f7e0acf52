/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-enrolment.h"

#include <glib/gi18n-lib.h>

/* Where each text stands in the file, and in the struct. */
static const struct
{
  const char *group;
  const char *key;
  gsize       offset;
  gboolean    needed;
} texts[] = {
  { "hub", "id", G_STRUCT_OFFSET (MashEnrolment, hub), TRUE },
  { "hub", "name", G_STRUCT_OFFSET (MashEnrolment, name), TRUE },
  { "hub", "recovery-key", G_STRUCT_OFFSET (MashEnrolment, recovery_key), FALSE },
  { "server", "hosts", G_STRUCT_OFFSET (MashEnrolment, hosts), TRUE },
  { "server", "port", G_STRUCT_OFFSET (MashEnrolment, port), TRUE },
  { "server", "database", G_STRUCT_OFFSET (MashEnrolment, database), TRUE },
  { "desk", "id", G_STRUCT_OFFSET (MashEnrolment, desk), TRUE },
  { "desk", "name", G_STRUCT_OFFSET (MashEnrolment, desk_name), TRUE },
  { "root", "person", G_STRUCT_OFFSET (MashEnrolment, root_person), TRUE },
  { "root", "key", G_STRUCT_OFFSET (MashEnrolment, root_key), TRUE },
};

/**
 * mash_enrolment_load:
 * @folder: a desk's folder
 * @error: %MASH_SYNC_ERROR_REFUSED with a whole sentence
 *
 * Returns: (transfer full) (nullable): what the desk was given
 */
MashEnrolment *
mash_enrolment_load (const char  *folder,
                     GError     **error)
{
  g_autofree char *path = g_build_filename (folder, MASH_ENROLMENT_FILE, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (MashEnrolment) self = g_new0 (MashEnrolment, 1);
  gboolean whole = g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);

  for (guint i = 0; whole && i < G_N_ELEMENTS (texts); i++)
    {
      char **text = G_STRUCT_MEMBER_P (self, texts[i].offset);

      *text = g_key_file_get_string (file, texts[i].group, texts[i].key, NULL);
      whole = *text != NULL || !texts[i].needed;
    }
  if (!whole)
    {
      g_set_error_literal (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REFUSED,
                           _("This desk is not enrolled at a hub, or its enrolment is damaged. Ask "
                             "your administrator to enrol it."));
      return NULL;
    }

  self->training = g_key_file_get_boolean (file, "hub", "training", NULL);
  self->cost.passes = (guint) MAX (0, g_key_file_get_integer (file, "hub", "passes", NULL));
  self->cost.memory_kib = (guint) MAX (0, g_key_file_get_integer (file, "hub", "memory-kib", NULL));
  self->authority = g_build_filename (folder, "authority.crt", NULL);
  self->certificate = g_build_filename (folder, "desk.crt", NULL);
  self->key = g_build_filename (folder, "desk.key", NULL);

  return g_steal_pointer (&self);
}

/**
 * mash_enrolment_save:
 * @self: what a desk is given
 * @folder: its folder
 * @error: %MASH_SYNC_ERROR_REFUSED
 *
 * Returns: whether it was written
 */
gboolean
mash_enrolment_save (const MashEnrolment  *self,
                     const char           *folder,
                     GError              **error)
{
  g_autofree char *path = g_build_filename (folder, MASH_ENROLMENT_FILE, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *data = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = G_STRUCT_MEMBER (const char *, self, texts[i].offset);

      if (text != NULL)
        g_key_file_set_string (file, texts[i].group, texts[i].key, text);
    }
  g_key_file_set_boolean (file, "hub", "training", self->training);
  g_key_file_set_integer (file, "hub", "passes", (int) self->cost.passes);
  g_key_file_set_integer (file, "hub", "memory-kib", (int) self->cost.memory_kib);
  data = g_key_file_to_data (file, NULL, NULL);

  return g_file_set_contents_full (path, data, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, NULL) ||
         mash_sync_refuse (error, _("The desk’s folder cannot be written."));
}

/**
 * mash_enrolment_get_address:
 * @self: what the desk was given
 * @login: the role of who signs in
 * @secret: what their passphrase derives to
 * @address: (out): how the hub is reached; borrows from all three
 */
void
mash_enrolment_get_address (const MashEnrolment *self,
                            const char          *login,
                            const char          *secret,
                            MashHubAddress      *address)
{
  *address = (MashHubAddress) {
    .hosts = self->hosts,
    .port = self->port,
    .database = self->database,
    .login = login,
    .secret = secret,
    .authority = self->authority,
    .certificate = self->certificate,
    .key = self->key,
  };
}

void
mash_enrolment_free (MashEnrolment *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (G_STRUCT_MEMBER (char *, self, texts[i].offset));
  g_free (self->authority);
  g_free (self->certificate);
  g_free (self->key);
  g_free (self);
}
