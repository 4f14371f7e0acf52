/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fault-desk.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "mash-backup.h"
#include "mash-policy-reader.h"
#include "mash-store-space.h"
#include "mash-sentences.h"
#include "mash-small-hub.h"
#include "mash-store-strategy.h"
#include "mash-time.h"

#define TEMPLATE_CONTACTS 8

/* In the root of a desk that has a backup: what its database is before a restore puts it aside. */
#define ORIGINAL "original"

void
fault_desk_init (FaultDesk  *desk,
                 const char *root)
{
  g_autoptr (GError) error = NULL;

  *desk = (FaultDesk) { .said = -1 };
  desk->root = g_strdup (root);
  desk->passphrase = g_strdup (MASH_SMALL_HUB_PASSPHRASE);
  desk->folder = g_build_filename (root, "desk", NULL);
  desk->elsewhere = g_build_filename (root, "elsewhere", NULL);
  desk->policy = mash_policy_reader_load_builtin (&error);
  g_assert_no_error (error);
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

static char *
dup_checksum (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length;

  return g_file_get_contents (path, &bytes, &length, NULL)
         ? g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guint8 *) bytes, length) : NULL;
}

static void
note_original (FaultDesk *desk)
{
  g_autofree char *path = g_build_filename (desk->folder, "desk.db", NULL);
  g_autofree char *note = g_build_filename (desk->root, ORIGINAL, NULL);
  g_autofree char *sum = dup_checksum (path);

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
 * @name: `hub`, a hub with work in it; `backed`, one that has a backup; `discussion`, one with a
 *   strategy record to be signed; `first`, one of the first version; `empty`, none
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
  if (strcmp (name, "hub") == 0 || strcmp (name, "backed") == 0)
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
      g_autofree char *content = NULL;
      gsize length;

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        {
          fault_desk_copy (source, target);
          continue;
        }
      g_file_get_contents (source, &content, &length, &error);
      g_assert_no_error (error);
      g_file_set_contents_full (target, content, length, G_FILE_SET_CONTENTS_NONE, 0600, &error);
      g_assert_no_error (error);
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

static gboolean
open_with (FaultDesk   *desk,
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
  return open_with (desk, sign_in, MASH_SMALL_HUB_PASSPHRASE, error);
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

static char *
read_text (FaultDesk  *desk,
           const char *sql,
           const char *first,
           const char *second)
{
  g_autoptr (MashStatement) row = mash_database_prepare (desk->store->database, sql, NULL);

  if (row == NULL)
    return NULL;
  mash_statement_bind_text (row, 1, first);
  if (second != NULL)
    mash_statement_bind_text (row, 2, second);

  return mash_statement_step (row, NULL) == MASH_STEP_ROW ? mash_statement_dup_text (row, 0) : NULL;
}

/* Whether one line of what was acknowledged is so. */
static gboolean
is_so (FaultDesk  *desk,
       const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  g_autofree char *found = NULL;

  if (words[0] == NULL || words[1] == NULL || words[2] == NULL)
    return TRUE;
  if (strcmp (words[0], "change") == 0 && strcmp (words[1], "0") != 0)
    found = read_text (desk, "SELECT lower (hex (chain)) FROM change WHERE position = ?1",
                       words[1], NULL);
  else if (strcmp (words[0], "access") == 0 && strcmp (words[1], "0") != 0)
    found = read_text (desk, "SELECT lower (hex (chain)) FROM access WHERE position = ?1",
                       words[1], NULL);
  else if (strcmp (words[0], "draft") == 0)
    found = read_text (desk, "SELECT body FROM draft WHERE context = ?1", words[1], NULL);
  else if (strcmp (words[0], "restored") == 0)
    found = read_text (desk, "SELECT made_at FROM restored WHERE position = ?1", words[1], NULL);
  else
    return TRUE;

  return g_strcmp0 (found, words[2]) == 0;
}

/* Of drafts only what was said last counts, because the next one takes its place; and one that
 * was not acknowledged may have done so. */
static gboolean
is_superseded (char **lines,
               guint  i)
{
  const char *end = g_str_has_prefix (lines[i], "draft ") ? strchr (lines[i] + 6, ' ') : NULL;
  gsize length = end != NULL ? (gsize) (end - lines[i]) : 0;

  for (guint k = i + 1; length > 0 && lines[k] != NULL; k++)
    if (strncmp (lines[k], lines[i], length + 1) == 0 ||
        (g_str_has_prefix (lines[k], "drafting ") &&
         strncmp (lines[k] + 9, lines[i] + 6, length - 6) == 0))
      return TRUE;

  return FALSE;
}

static gint64
count (FaultDesk  *desk,
       const char *sql)
{
  g_autoptr (MashStatement) row = mash_database_prepare (desk->store->database, sql, NULL);

  return row != NULL && mash_statement_step (row, NULL) == MASH_STEP_ROW
         ? mash_statement_get_int (row, 0) : -1;
}

static gboolean
is_whole (FaultDesk     *desk,
          FaultFinding  *finding)
{
  g_autoptr (MashVerifyReport) report = NULL;
  g_autoptr (GError) error = NULL;

  if (!mash_store_verify (desk->store, NULL, NULL, NULL, &report, &error))
    {
      finding->fault = g_strdup (error->message);
      finding->sentence = mash_sentence_for_error (error);
    }
  else if (!report->holds)
    finding->fault = g_strdup_printf ("%s: %s", report->table, report->fault);
  else if (count (desk, "SELECT count (*) FROM (SELECT 1 FROM change GROUP BY group_id"
                  " HAVING count (*) <> max (size))") != 0)
    finding->fault = g_strdup ("A group of changes is half there");
  else if (count (desk, "SELECT count (*) FROM source_document d WHERE d.sha256 IS NOT NULL"
                  " AND NOT EXISTS (SELECT 1 FROM document WHERE sha256 = d.sha256)") != 0)
    finding->fault = g_strdup ("A document is not there");
  finding->signatures = count (desk, "SELECT count (*) FROM sign_off WHERE type = 'SO04'");
  if (finding->fault == NULL &&
      count (desk, "SELECT count (*) FROM sd_request WHERE answer IS NOT NULL") !=
      finding->signatures)
    finding->fault = g_strdup ("A strategy record is half signed");

  return finding->fault == NULL;
}

/* The passphrase that was acknowledged last, and the one that was on its way after it. */
static void
find_passphrases (const char *said,
                  char      **known,
                  char      **tried)
{
  g_auto (GStrv) lines = g_strsplit (said, "\n", -1);

  *known = g_strdup (MASH_SMALL_HUB_PASSPHRASE);
  *tried = NULL;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], "passphrase "))
        {
          g_free (*known);
          *known = g_strdup (lines[i] + strlen ("passphrase "));
          g_clear_pointer (tried, g_free);
        }
      else if (g_str_has_prefix (lines[i], "trying "))
        {
          g_free (*tried);
          *tried = g_strdup (lines[i] + strlen ("trying "));
        }
    }
}

static gboolean
open_after (FaultDesk    *desk,
            const char   *said,
            FaultFinding *finding)
{
  g_autofree char *known = NULL;
  g_autofree char *tried = NULL;
  g_autoptr (GError) error = NULL;
  gboolean opened;

  find_passphrases (said, &known, &tried);
  opened = open_with (desk, FAULT_WORKER, known, &error);
  if (!opened && tried != NULL &&
      g_error_matches (error, MASH_STORE_ERROR, MASH_STORE_ERROR_WRONG_KEY))
    {
      g_clear_error (&error);
      opened = open_with (desk, FAULT_WORKER, tried, &error);
    }
  if (!opened)
    {
      finding->sentence = mash_sentence_for_error (error);
      finding->fault = g_strdup (error->message);
    }

  return opened;
}

static gboolean
is_empty (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  return dir == NULL || g_dir_read_name (dir) == NULL;
}

/* What a restore has put aside is, byte for byte, the database that stood there. */
static void
look_at_original (FaultDesk    *desk,
                  FaultFinding *finding)
{
  g_autofree char *note = g_build_filename (desk->root, ORIGINAL, NULL);
  g_autofree char *original = NULL;
  g_autoptr (GDir) dir = g_dir_open (desk->folder, 0, NULL);
  const char *name;
  gboolean is_restored = count (desk, "SELECT count (*) FROM restored") > 0;

  if (!is_restored || !g_file_get_contents (note, &original, NULL, NULL))
    return;
  finding->lost_original = TRUE;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *kept = g_build_filename (desk->folder, name, "desk.db", NULL);
      g_autofree char *sum = g_str_has_prefix (name, "kept-") ? dup_checksum (kept) : NULL;

      if (g_strcmp0 (sum, original) == 0)
        finding->lost_original = FALSE;
    }
  if (finding->lost_original && finding->fault == NULL)
    finding->fault = g_strdup ("What stood there before is not kept");
}

/* Where there was a backup there always is one, which can be put back on another computer. */
static gboolean
try_backup (FaultDesk    *desk,
            FaultFinding *finding)
{
  g_autofree char *room = g_build_filename (desk->root, "room", NULL);
  g_autoptr (MashSecret) passphrase = fault_desk_passphrase (MASH_SMALL_HUB_PASSPHRASE);
  g_autoptr (MashRestoreReport) report = NULL;
  g_autoptr (GError) error = NULL;
  MashRestore request = {
    .source = desk->elsewhere,
    .folder = room,
    .sign_in = FAULT_ADMINISTRATOR,
    .passphrase = passphrase,
    .policy = desk->policy,
  };

  const char *fault = NULL;

  g_mkdir (room, 0700);
  if (!mash_restore_drill (&request, &report, &error))
    fault = error->message;
  else if (!report->report->holds)
    fault = report->report->fault;
  if (error != NULL && finding->sentence == NULL)
    finding->sentence = mash_sentence_for_error (error);
  if (fault != NULL)
    {
      g_free (finding->fault);
      finding->fault = g_strdup_printf ("The backup: %s", fault);
    }
  fault_desk_remove (room);

  return fault == NULL;
}

/**
 * fault_desk_look:
 * @desk: a desk that is closed
 * @said: what was said of it before it broke
 * @finding: (out caller-allocates): what is left
 *
 * Opens the desk as a person would the next morning, holds it to what was acknowledged, proves it
 * from its changes, and closes it.
 */
void
fault_desk_look (FaultDesk    *desk,
                 const char   *said,
                 FaultFinding *finding)
{
  g_auto (GStrv) lines = g_strsplit (said, "\n", -1);
  g_autoptr (GError) error = NULL;

  *finding = (FaultFinding) { FALSE };
  finding->opened = open_after (desk, said, finding);
  if (!finding->opened)
    return;

  finding->recovered = mash_database_get_recovered (desk->store->database);
  finding->holds = is_whole (desk, finding);
  for (guint i = 0; lines[i] != NULL; i++)
    if (!is_so (desk, lines[i]) && !is_superseded (lines, i))
      {
        finding->behind = TRUE;
        if (finding->fault == NULL)
          finding->fault = g_strdup_printf ("Not there: %s", lines[i]);
      }
  look_at_original (desk, finding);
  if (!fault_desk_close (desk, &error))
    {
      finding->holds = FALSE;
      finding->fault = g_strdup (error->message);
    }
  if (finding->holds && !is_empty (desk->elsewhere))
    finding->holds = try_backup (desk, finding);
}

void
fault_finding_clear (FaultFinding *finding)
{
  g_clear_pointer (&finding->sentence, g_free);
  g_clear_pointer (&finding->fault, g_free);
}
