/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fault-desk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sodium.h>

#include "mash-backup.h"
#include "mash-policy-reader.h"
#include "mash-store-space.h"
#include "mash-sentences.h"
#include "mash-small-hub.h"
#include "mash-store-strategy.h"
#include "mash-time.h"

#define TEMPLATE_CONTACTS 8

/* The same for every desk, and read once. */
static MashPolicy *
get_policy (void)
{
  static MashPolicy *policy;

  if (policy == NULL)
    {
      g_autoptr (GError) error = NULL;

      policy = mash_policy_reader_load_builtin (&error);
      g_assert_no_error (error);
    }

  return policy;
}

void
fault_desk_init (FaultDesk  *desk,
                 const char *root)
{
  *desk = (FaultDesk) { .said = -1 };
  desk->root = g_strdup (root);
  desk->passphrase = g_strdup (MASH_SMALL_HUB_PASSPHRASE);
  desk->folder = g_build_filename (root, "desk", NULL);
  desk->elsewhere = g_build_filename (root, "elsewhere", NULL);
  desk->policy = mash_policy_ref (get_policy ());
}

void
fault_desk_clear (FaultDesk *desk)
{
  g_clear_pointer (&desk->passphrase, g_free);
  g_clear_pointer (&desk->contact, g_free);
  g_clear_pointer (&desk->group, mash_group_unref);
  g_clear_object (&desk->store);
  g_clear_pointer (&desk->policy, mash_policy_unref);
  g_clear_pointer (&desk->root, g_free);
  g_clear_pointer (&desk->folder, g_free);
  g_clear_pointer (&desk->elsewhere, g_free);
}

static void
submit (FaultDesk *desk,
        MashGroup *group)
{
  g_autoptr (GError) error = NULL;

  mash_store_submit (desk->store, group, NULL, &error);
  g_assert_no_error (error);
}

/* Contacts at each state from new to waiting for a signature, a draft, and looks at them. */
static void
fill_template (FaultDesk *desk)
{
  g_autoptr (GError) error = NULL;

  fault_desk_open (desk, FAULT_WORKER, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < TEMPLATE_CONTACTS; i++)
    {
      g_autofree char *contact = NULL;
      g_autoptr (MashGroup) group = mash_small_hub_new_contact (desk->store, &contact);
      g_autoptr (MashContactBundle) bundle = NULL;

      submit (desk, group);
      for (guint n = 0; n < MIN (i, 6); n++)
        {
          g_autoptr (MashGroup) step = mash_small_hub_new_step (desk->store, contact);

          submit (desk, step);
        }
      bundle = mash_store_open_contact (desk->store, contact, &error);
      g_assert_no_error (error);
      mash_store_save_draft (desk->store, contact, "{\"draft\":\"as it was\"}", &error);
      g_assert_no_error (error);
    }
  fault_desk_close (desk, &error);
  g_assert_no_error (error);
}

static MashEdit *
add_part (FaultDesk  *desk,
          MashGroup  *group,
          const char *kind,
          const char *discussion,
          const char *agency)
{
  g_autofree char *id = mash_store_make_id (desk->store);
  MashEdit *edit = mash_edit_new (mash_kind_lookup (kind), id, 0);

  mash_edit_set_text (edit, "contact", mash_group_get_contact (group));
  mash_edit_set_text (edit, "discussion", discussion);
  if (agency != NULL)
    mash_edit_set_text (edit, "agency", agency);
  mash_group_take_edit (group, edit);

  return edit;
}

/* Decides for the child, and puts on record that three agencies were there and agree. */
static void
hold_discussion (FaultDesk  *desk,
                 const char *contact,
                 const char *discussion)
{
  g_autoptr (GPtrArray) children = mash_store_list (desk->store, "sd-child", "discussion",
                                                    discussion);
  g_autoptr (MashGroup) group = mash_group_new ("write-discussion", contact);
  static const char *const types[] = { "CSC", "POL", "HTH" };

  for (guint i = 0; i < children->len; i++)
    {
      MashEdit *edit = mash_edit_new_for (g_ptr_array_index (children, i));

      mash_edit_set_text (edit, "threshold-met", "Y");
      mash_edit_set_text (edit, "decision", "S47J");
      mash_edit_set_text (edit, "rationale", "Because of what was said");
      mash_group_take_edit (group, edit);
    }
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GPtrArray) agencies = mash_store_list (desk->store, "agency", "type", types[i]);
      const char *agency = mash_record_get_id (g_ptr_array_index (agencies, 0));

      mash_edit_set_text (add_part (desk, group, "sd-participant", discussion, agency),
                          "attended", "PRESENT");
      mash_edit_set_text (add_part (desk, group, "sd-view", discussion, agency),
                          "position", "AGREE");
    }
  submit (desk, group);
}

static void
do_at (FaultDesk  *desk,
       const char *deed,
       const char *contact,
       const char *discussion,
       const char *field)
{
  g_autoptr (MashRecord) record = mash_store_lookup (desk->store, "strategy-discussion",
                                                     discussion);
  g_autoptr (MashGroup) group = mash_group_new (deed, contact);
  g_autofree char *now = mash_time_format (mash_store_get_now (desk->store));
  MashEdit *edit = mash_edit_new_for (record);

  mash_edit_set_text (edit, field, now);
  mash_group_take_edit (group, edit);
  submit (desk, group);
}

/* A strategy record that waits for the signature of its chair, the manager. */
static void
discuss_template (FaultDesk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contact = NULL;
  g_autofree char *discussion = NULL;
  g_autoptr (MashGroup) agencies = mash_group_new ("seed-staff", NULL);
  g_autoptr (MashGroup) made = NULL;
  g_autoptr (MashGroup) begun = NULL;
  MashDiscussionStart start = { .trigger = "DISCLOSURE", .mode = "VIDEO" };

  fault_desk_open (desk, FAULT_ADMINISTRATOR, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *id = mash_store_make_id (desk->store);
      MashEdit *edit = mash_edit_new (mash_kind_lookup ("agency"), id, 0);

      mash_edit_set_text (edit, "type", i == 0 ? "POL" : "HTH");
      mash_edit_set_text (edit, "name", i == 0 ? "Police" : "Health");
      mash_group_take_edit (agencies, edit);
    }
  submit (desk, agencies);
  fault_desk_close (desk, &error);
  fault_desk_open (desk, FAULT_MANAGER, &error);
  g_assert_no_error (error);
  made = mash_small_hub_new_contact (desk->store, &contact);
  submit (desk, made);
  start.need = start.started = mash_store_get_now (desk->store);
  begun = mash_store_begin_discussion (desk->store, contact, &start, &error);
  g_assert_no_error (error);
  discussion = g_strdup (mash_edit_get_id (mash_group_get_edit (begun, 0)));
  submit (desk, begun);
  hold_discussion (desk, contact, discussion);
  do_at (desk, "finish-discussion", contact, discussion, "ended-at");
  do_at (desk, "ask-to-sign", contact, discussion, "asked-at");
  fault_desk_close (desk, &error);
  g_assert_no_error (error);
}

/**
 * fault_desk_dup_checksum:
 * @path: of a file
 *
 * Returns: (transfer full) (nullable): a digest of what it holds, in hex, or %NULL where it cannot
 *   be read
 */
char *
fault_desk_dup_checksum (const char *path)
{
  g_autofree char *bytes = NULL;
  guint8 digest[crypto_generichash_BYTES];
  gsize length;

  if (!g_file_get_contents (path, &bytes, &length, NULL))
    return NULL;
  crypto_generichash (digest, sizeof digest, (guint8 *) bytes, length, NULL, 0);

  return sodium_bin2hex (g_malloc (2 * sizeof digest + 1), 2 * sizeof digest + 1, digest,
                         sizeof digest);
}

static void
note_original (FaultDesk *desk)
{
  g_autofree char *path = g_build_filename (desk->folder, "desk.db", NULL);
  g_autofree char *note = g_build_filename (desk->root, FAULT_ORIGINAL, NULL);
  g_autofree char *sum = fault_desk_dup_checksum (path);

  g_assert_nonnull (sum);
  g_assert_true (g_file_set_contents (note, sum, -1, NULL));
}

/* A backup, and work that is done after it. */
static void
back_up_template (FaultDesk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contact = NULL;
  g_autoptr (MashGroup) group = NULL;

  fault_desk_open (desk, FAULT_ADMINISTRATOR, &error);
  g_assert_no_error (error);
  mash_store_backup (desk->store, desk->elsewhere, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  fault_desk_close (desk, &error);
  g_assert_no_error (error);

  fault_desk_open (desk, FAULT_WORKER, &error);
  g_assert_no_error (error);
  group = mash_small_hub_new_contact (desk->store, &contact);
  submit (desk, group);
  fault_desk_close (desk, &error);
  g_assert_no_error (error);
}

/* What is acknowledged of a hub that nobody opens before it is rescued. */
static void
close_template (FaultDesk *desk)
{
  g_autofree char *heads = g_build_filename (desk->root, FAULT_HEADS, NULL);
  g_autoptr (GError) error = NULL;

  desk->said = g_open (heads, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  g_assert_cmpint (desk->said, >=, 0);
  fault_desk_open (desk, FAULT_WORKER, &error);
  g_assert_no_error (error);
  fault_desk_acknowledge (desk);
  fault_desk_close (desk, &error);
  g_assert_no_error (error);
  close (desk->said);
  note_original (desk);
}

/* The room that a desk keeps for a full disk. */
static void
reserve_template (FaultDesk *desk)
{
  g_autoptr (GError) error = NULL;

  fault_desk_open (desk, FAULT_WORKER, &error);
  g_assert_no_error (error);
  mash_store_keep_reserve (desk->store);
  fault_desk_close (desk, &error);
  g_assert_no_error (error);
}

/**
 * fault_desk_make_template:
 * @root: where to
 * @name: `hub`, a hub with work in it; `backed`, one that has a backup; `closed`, one of which is
 *   known what it holds; `discussion`, one with a strategy record to be signed; `first`, one of the
 *   first version; `empty`, none
 *
 * Makes what the work of one sort begins from.
 */
void
fault_desk_make_template (const char *root,
                          const char *name)
{
  g_autoptr (GError) error = NULL;
  FaultDesk desk;

  fault_desk_init (&desk, root);
  g_assert_cmpint (g_mkdir_with_parents (desk.folder, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (desk.elsewhere, 0700), ==, 0);
  if (strcmp (name, "hub") == 0 || strcmp (name, "backed") == 0 || strcmp (name, "closed") == 0)
    {
      mash_small_hub_make (desk.folder, &error);
      g_assert_no_error (error);
      fill_template (&desk);
      reserve_template (&desk);
      if (strcmp (name, "backed") == 0)
        {
          back_up_template (&desk);
          note_original (&desk);
        }
      if (strcmp (name, "closed") == 0)
        close_template (&desk);
    }
  else if (strcmp (name, "discussion") == 0)
    {
      mash_small_hub_make (desk.folder, &error);
      g_assert_no_error (error);
      discuss_template (&desk);
    }
  else if (strcmp (name, "first") == 0)
    {
      g_autofree char *first = g_test_build_filename (G_TEST_DIST, "data", "first-version",
                                                      NULL);

      fault_desk_copy (first, desk.folder);
    }
  fault_desk_clear (&desk);
}

static void
copy_file (const char *from,
           const char *to)
{
  int source = g_open (from, O_RDONLY | O_CLOEXEC, 0);
  int target = g_open (to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  gssize n;

  g_assert_true (source >= 0 && target >= 0);
  do
    n = sendfile (target, source, NULL, G_MAXINT);
  while (n > 0);
  g_assert_cmpint (n, ==, 0);
  g_assert_true (g_close (source, NULL) && g_close (target, NULL));
}

/**
 * fault_desk_copy:
 * @from: a folder
 * @to: a folder, made where it is not
 *
 * Copies files and folders, for one user alone.
 */
void
fault_desk_copy (const char *from,
                 const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (from, 0, &error);
  const char *name;

  g_assert_no_error (error);
  g_mkdir (to, 0700);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        fault_desk_copy (source, target);
      else
        copy_file (source, target);
    }
}

/**
 * fault_desk_remove:
 * @path: a file or a folder
 *
 * Removes it with all that is in it.
 */
void
fault_desk_remove (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      fault_desk_remove (below);
    }
  g_remove (path);
}

MashSecret *
fault_desk_passphrase (const char *text)
{
  return mash_secret_new_from_text (text, -1, NULL);
}

/**
 * fault_desk_open_with:
 * @desk: a desk that is closed
 * @sign_in: who signs in
 * @text: a passphrase
 * @error: as for mash_store_open()
 *
 * Returns: whether it is open
 */
gboolean
fault_desk_open_with (FaultDesk   *desk,
                      const char  *sign_in,
                      const char  *text,
                      GError     **error)
{
  g_autoptr (MashSecret) passphrase = fault_desk_passphrase (text);

  desk->store = mash_store_open (desk->folder, desk->policy, sign_in, passphrase, error);

  return desk->store != NULL;
}

gboolean
fault_desk_open (FaultDesk   *desk,
                 const char  *sign_in,
                 GError     **error)
{
  return fault_desk_open_with (desk, sign_in, MASH_SMALL_HUB_PASSPHRASE, error);
}

gboolean
fault_desk_close (FaultDesk  *desk,
                  GError    **error)
{
  gboolean closed = desk->store == NULL || mash_store_close (desk->store, error);

  g_clear_object (&desk->store);

  return closed;
}

/**
 * fault_desk_find:
 * @desk: a desk that is open
 * @state: a state of a contact
 *
 * Returns: (transfer full) (nullable): the id of a contact in that state
 */
char *
fault_desk_find (FaultDesk  *desk,
                 const char *state)
{
  g_autoptr (GPtrArray) contacts = mash_store_list (desk->store, "contact", "state", state);

  return contacts != NULL && contacts->len > 0
         ? g_strdup (mash_record_get_id (g_ptr_array_index (contacts, 0))) : NULL;
}

/* A line is shorter than a pipe’s buffer, so it is written whole or not at all. */
void
fault_desk_say (FaultDesk  *desk,
                const char *format,
                ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list values;

  if (desk->said < 0)
    return;
  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  line = g_strconcat (text, "\n", NULL);
  if (write (desk->said, line, strlen (line)) < 0)
    _exit (EXIT_FAILURE);
}

static void
say_head (FaultDesk      *desk,
          const char     *chain,
          const MashHead *head)
{
  g_autofree char *hex = g_malloc (2 * sizeof head->chain + 1);

  for (gsize i = 0; i < sizeof head->chain; i++)
    g_snprintf (hex + 2 * i, 3, "%02x", head->chain[i]);
  fault_desk_say (desk, "%s %" G_GINT64_FORMAT " %s", chain, head->position, hex);
}

/**
 * fault_desk_acknowledge:
 * @desk: a desk
 *
 * Says that all the changes and entries until now are done, as the store has said.
 */
void
fault_desk_acknowledge (FaultDesk *desk)
{
  if (desk->store == NULL)
    return;

  say_head (desk, "change", &desk->store->head);
  say_head (desk, "access", &desk->store->view_head);
}
