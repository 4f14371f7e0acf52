/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-store"

#include "config.h"

#include "mash-hub-info.h"

#include <gio/gio.h>
#include <string.h>

#include "mash-store-error.h"

#define FILE_NAME "hub.ini"
#define GROUP_HUB "hub"
#define GROUP_PERSON "person "

G_DEFINE_BOXED_TYPE (MashHubInfo, mash_hub_info, mash_hub_info_copy, mash_hub_info_free)

static void
sign_in_free (gpointer data)
{
  MashSignIn *person = data;

  g_free (person->sign_in);
  g_free (person->name);
  g_free (person->title);
  g_free (person->passphrase);
  g_free (person);
}

static gboolean
read_person (MashHubInfo  *self,
             GKeyFile     *file,
             const char   *group,
             GError      **error)
{
  g_autofree char *name = g_key_file_get_string (file, group, "name", error);
  g_autofree char *title = name != NULL ? g_key_file_get_string (file, group, "title", error)
                                        : NULL;
  g_autofree char *passphrase = title != NULL ? g_key_file_get_string (file, group, "passphrase",
                                                                       error) : NULL;

  if (passphrase == NULL)
    return FALSE;

  mash_hub_info_add_person (self, group + strlen (GROUP_PERSON), name, title, passphrase);

  return TRUE;
}

static MashHubInfo *
read_info (GKeyFile  *file,
           GError   **error)
{
  g_autoptr (MashHubInfo) self = mash_hub_info_new (NULL, NULL, NULL, NULL, FALSE);
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  g_autoptr (GError) local = NULL;

  if ((self->hub = g_key_file_get_string (file, GROUP_HUB, "id", error)) == NULL ||
      (self->name = g_key_file_get_string (file, GROUP_HUB, "name", error)) == NULL ||
      (self->desk = g_key_file_get_string (file, GROUP_HUB, "desk", error)) == NULL ||
      (self->desk_name = g_key_file_get_string (file, GROUP_HUB, "desk-name", error)) == NULL)
    return NULL;

  self->training = g_key_file_get_boolean (file, GROUP_HUB, "training", &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  for (guint i = 0; self->training && groups[i] != NULL; i++)
    {
      if (g_str_has_prefix (groups[i], GROUP_PERSON) && !read_person (self, file, groups[i], error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * mash_hub_info_new:
 * @hub: (nullable): the hub's id
 * @name: (nullable): the hub's name
 * @desk: (nullable): the id of the seat
 * @desk_name: (nullable): the desk's name
 * @training: whether it is a training hub
 *
 * Returns: (transfer full): what is known of a hub
 */
MashHubInfo *
mash_hub_info_new (const char *hub,
                   const char *name,
                   const char *desk,
                   const char *desk_name,
                   gboolean    training)
{
  MashHubInfo *self = g_new0 (MashHubInfo, 1);

  self->hub = g_strdup (hub);
  self->name = g_strdup (name);
  self->desk = g_strdup (desk);
  self->desk_name = g_strdup (desk_name);
  self->training = training;
  self->people = g_ptr_array_new_with_free_func (sign_in_free);

  return self;
}

MashHubInfo *
mash_hub_info_copy (const MashHubInfo *self)
{
  MashHubInfo *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = mash_hub_info_new (self->hub, self->name, self->desk, self->desk_name, self->training);
  for (guint i = 0; i < self->people->len; i++)
    {
      const MashSignIn *person = g_ptr_array_index (self->people, i);

      mash_hub_info_add_person (copy, person->sign_in, person->name, person->title,
                                person->passphrase);
    }

  return copy;
}

void
mash_hub_info_free (MashHubInfo *self)
{
  if (self == NULL)
    return;

  g_free (self->hub);
  g_free (self->name);
  g_free (self->desk);
  g_free (self->desk_name);
  g_ptr_array_unref (self->people);
  g_free (self);
}

/**
 * mash_hub_info_add_person:
 * @self: what is known of a training hub
 * @sign_in: the name to sign in with
 * @name: the invented person's name
 * @title: the title of their post
 * @passphrase: their passphrase
 *
 * Lists somebody on the sign-in page of a training hub. Of any other hub nothing of this is kept.
 */
void
mash_hub_info_add_person (MashHubInfo *self,
                          const char  *sign_in,
                          const char  *name,
                          const char  *title,
                          const char  *passphrase)
{
  MashSignIn *person;

  g_return_if_fail (self != NULL);

  person = g_new0 (MashSignIn, 1);
  person->sign_in = g_strdup (sign_in);
  person->name = g_strdup (name);
  person->title = g_strdup (title);
  person->passphrase = g_strdup (passphrase);
  g_ptr_array_add (self->people, person);
}

/**
 * mash_hub_info_load:
 * @folder: the folder of a desk or of a stand-alone hub
 * @error: return location for a #MashStoreError
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): what is known of the hub before anybody signs in;
 *   %MASH_STORE_ERROR_MISSING where there is no hub in the folder
 */
MashHubInfo *
mash_hub_info_load (const char  *folder,
                    GError     **error)
{
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local = NULL;
  MashHubInfo *self = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &local))
    self = read_info (file, &local);

  if (self == NULL)
    g_set_error (error, MASH_STORE_ERROR,
                 g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT)
                   ? MASH_STORE_ERROR_MISSING : MASH_STORE_ERROR_FOREIGN,
                 "%s: %s", FILE_NAME, local->message);

  return self;
}

/**
 * mash_hub_info_save:
 * @self: what may be known of a hub
 * @folder: the folder
 * @error: return location for a #MashStoreError
 *
 * Any thread.
 *
 * Returns: %TRUE when it was written whole
 */
gboolean
mash_hub_info_save (const MashHubInfo  *self,
                    const char         *folder,
                    GError            **error)
{
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local = NULL;
  gsize length;

  g_return_val_if_fail (self != NULL, FALSE);

  g_key_file_set_string (file, GROUP_HUB, "id", self->hub);
  g_key_file_set_string (file, GROUP_HUB, "name", self->name);
  g_key_file_set_string (file, GROUP_HUB, "desk", self->desk);
  g_key_file_set_string (file, GROUP_HUB, "desk-name", self->desk_name);
  g_key_file_set_boolean (file, GROUP_HUB, "training", self->training);
  for (guint i = 0; self->training && i < self->people->len; i++)
    {
      const MashSignIn *person = g_ptr_array_index (self->people, i);
      g_autofree char *group = g_strconcat (GROUP_PERSON, person->sign_in, NULL);

      g_key_file_set_string (file, group, "name", person->name);
      g_key_file_set_string (file, group, "title", person->title);
      g_key_file_set_string (file, group, "passphrase", person->passphrase);
    }

  text = g_key_file_to_data (file, &length, NULL);
  if (!g_file_set_contents_full (path, text, (gssize) length,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 0600, &local))
    {
      g_set_error (error, MASH_STORE_ERROR, MASH_STORE_ERROR_IO, "%s: %s", FILE_NAME,
                   local->message);
      return FALSE;
    }

  return TRUE;
}
