/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-service-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mash-exchange-error.h"
#include "mash-identifiers.h"
#include "mash-import-counts.h"
#include "mash-import.h"
#include "mash-name-key.h"
#include "mash-referral.h"
#include "mash-sentences.h"
#include "mash-service-private.h"
#include "mash-store-people.h"
#include "mash-time.h"

/* How many rows one job takes, so that others who need the store wait for no more than these. */
#define ROWS_A_JOB 20

/* Sentences beyond this many would be read by nobody; the rows are counted all the same. */
#define MAX_SENTENCES 200

typedef struct
{
  GFile              *source;
  MashPolicy         *policy;
  MashImport         *import;
  MashImportReport   *report;
  GHashTable         *seen;       /* digests of this run, for a dry run has no others */
  char               *today;
  char               *file;       /* id of the record of the file, once there is one */
  MashImportFlags     flags;
  MashImportProgress  progress;
  gpointer            progress_data;
  guint               next;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_object (&work->source);
  mash_policy_unref (work->policy);
  g_clear_pointer (&work->import, mash_import_free);
  g_clear_pointer (&work->report, mash_import_report_free);
  g_hash_table_unref (work->seen);
  g_free (work->today);
  g_free (work->file);
  g_free (work);
}

static char *
make_id_cb (gpointer store)
{
  return mash_store_make_id (store);
}

static void
tell (Work                 *work,
      const MashFaultPlace *place)
{
  if (work->report->sentences->len < MAX_SENTENCES)
    g_ptr_array_add (work->report->sentences, mash_fault_place_say (place));
}

static void
tell_bad (Work                 *work,
          const MashFaultPlace *place)
{
  work->report->bad++;
  tell (work, place);
}

/* Whom the numbers of a row name */

/* Linked records are one person; several people under one number are nobody in particular. */
static char *
pick_only (MashStore *store,
           GPtrArray *people)
{
  g_auto (GStrv) group = NULL;

  if (people == NULL || people->len == 0)
    return NULL;
  group = mash_store_list_linked_people (store, g_ptr_array_index (people, 0), NULL);
  for (guint i = 1; group != NULL && i < people->len; i++)
    {
      if (!g_strv_contains ((const char *const *) group, g_ptr_array_index (people, i)))
        return NULL;
    }

  return g_strdup (g_ptr_array_index (people, 0));
}

/* A number may be mistyped as somebody else's: where name and birth both speak against it, a human
 * being has to look. */
static gboolean
speaks_against (MashStore            *store,
                const char           *person,
                const MashImportLine *line)
{
  g_autoptr (MashRecord) record = mash_store_lookup (store, "person", person);
  const char *birth = mash_import_line_get (line, "birth");
  const char *surname = mash_import_line_get (line, "surname");
  const char *forenames = mash_import_line_get (line, "forenames");
  const char *known_birth = mash_record_get_text (record, "birth");
  gboolean names_differ;

  names_differ = surname != NULL && mash_record_has (record, "legal-surname") &&
                 !mash_name_alike (surname, mash_record_get_text (record, "legal-surname"));
  if (!names_differ)
    names_differ = forenames != NULL && mash_record_has (record, "legal-forenames") &&
                   !mash_name_alike (forenames, mash_record_get_text (record, "legal-forenames"));

  return names_differ && birth != NULL && known_birth != NULL && strcmp (birth, known_birth) != 0;
}

static char *
find_by (MashStore            *store,
         const MashImportLine *line,
         const char           *type,
         const char           *column,
         const char           *issuer)
{
  const char *cell = mash_import_line_get (line, column);
  g_autoptr (GPtrArray) people = NULL;

  if (cell == NULL)
    return NULL;
  people = mash_store_list_identified (store, type, cell, issuer, NULL);

  return pick_only (store, people);
}

static char *
find_person (MashStore            *store,
             MashImportForm        form,
             const MashImportLine *line)
{
  const char *system = mash_import_line_get (line, "source_system");
  const char *nhs = mash_import_line_get (line, "nhs_number");
  const char *upn = mash_import_line_get (line, "upn");
  g_autofree char *nhs_plain = nhs != NULL ? mash_identifiers_normalize (nhs) : NULL;
  g_autofree char *upn_plain = upn != NULL ? mash_identifiers_normalize (upn) : NULL;
  g_autofree char *found = find_by (store, line, "CASE",
                                    form == MASH_IMPORT_PEOPLE ? "source_id" : "person_id",
                                    system);

  if (found == NULL && mash_nhs_number_check (nhs_plain))
    found = find_by (store, line, "NHS", "nhs_number", NULL);
  if (found == NULL && mash_upn_check (upn_plain))
    found = find_by (store, line, "UPN", "upn", NULL);

  return found != NULL && !speaks_against (store, found, line) ? g_steal_pointer (&found) : NULL;
}

static MashRecord *
find_episode (MashStore            *store,
              const MashImportLine *line)
{
  g_autoptr (GPtrArray) episodes = mash_store_list (store, "episode", "number",
                                                    mash_import_line_get (line, "episode_id"));

  for (guint i = 0; i < episodes->len; i++)
    {
      MashRecord *episode = g_ptr_array_index (episodes, i);

      if (g_strcmp0 (mash_record_get_text (episode, "system"),
                     mash_import_line_get (line, "source_system")) == 0)
        return mash_record_ref (episode);
    }

  return NULL;
}

/* Rows */

static gboolean
is_repeated (Work                 *work,
             MashStore            *store,
             const MashImportLine *line)
{
  char *digest = mash_import_line_dup_digest (line, work->import->form);
  g_autoptr (GPtrArray) rows = mash_store_list (store, "import-row", "digest", digest);

  return !g_hash_table_add (work->seen, digest) || rows->len > 0;
}

/* The file is written down before its first row; the same file again is the same record. */
static gboolean
ensure_file (Work       *work,
             MashStore  *store,
             GError    **error)
{
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (MashGroup) group = NULL;

  if (work->file != NULL)
    return TRUE;

  files = mash_store_list (store, "import-file", "fingerprint", work->import->sha256);
  work->report->known_file = files->len > 0;
  if (files->len > 0)
    {
      work->file = g_strdup (mash_record_get_id (g_ptr_array_index (files, 0)));
      return TRUE;
    }
  if (work->flags & MASH_IMPORT_DRY_RUN)
    return TRUE;

  work->file = mash_store_make_id (store);
  group = mash_import_file_to_group (work->import, work->file);
  if (mash_store_submit (store, group, NULL, error))
    return TRUE;
  g_clear_pointer (&work->file, g_free);

  return FALSE;
}

static void
count_row (Work                  *work,
           const MashImportKnown *known)
{
  if (work->import->form == MASH_IMPORT_EPISODES && known->episode != NULL)
    work->report->changed_episodes++;
  else if (work->import->form == MASH_IMPORT_EPISODES)
    work->report->new_episodes++;
  else if (known->person != NULL)
    work->report->known_people++;
  else
    work->report->new_people++;
}

/* A row that the hub does not take is the row's fault, and its sentence is the judge's; what is
 * wrong with the store ends the import. */
static gboolean
submit_row (Work                  *work,
            MashStore             *store,
            const MashImportLine  *line,
            const MashImportKnown *known,
            GError               **error)
{
  g_autoptr (MashGroup) group = NULL;
  g_autoptr (GError) local = NULL;
  guint n = 0;

  if (work->flags & MASH_IMPORT_DRY_RUN)
    {
      count_row (work, known);
      return TRUE;
    }

  group = mash_import_line_to_group (work->import, line, work->file, known, make_id_cb, store);
  if (mash_store_submit (store, group, NULL, &local))
    {
      MashEdit *person = mash_group_find_edit (group, "person", NULL);

      count_row (work, known);
      if (person != NULL && mash_store_count_matches (store, mash_edit_get_id (person), &n, NULL))
        work->report->matches += n > 0;
      return TRUE;
    }
  if (!g_error_matches (local, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  work->report->bad++;
  if (work->report->sentences->len < MAX_SENTENCES)
    /* Translators: the line of a file, a sentence on what is wrong there. */
    g_ptr_array_add (work->report->sentences,
                     g_strdup_printf (_("Line %u: %s"), line->line, local->message));

  return TRUE;
}

static gboolean
take_row (Work                 *work,
          MashStore            *store,
          const MashImportLine *line,
          GError              **error)
{
  MashImportKnown known = { NULL, NULL, NULL };
  g_autofree char *person = NULL;
  g_autoptr (GPtrArray) identifiers = NULL;
  g_autoptr (MashRecord) episode = NULL;

  if (line->fault.fault != MASH_FAULT_NONE)
    {
      tell_bad (work, &line->fault);
      return TRUE;
    }
  if (is_repeated (work, store, line))
    {
      work->report->repeated++;
      return TRUE;
    }
  if (line->note.fault != MASH_FAULT_NONE)
    tell (work, &line->note);

  person = find_person (store, work->import->form, line);
  if (work->import->form == MASH_IMPORT_EPISODES)
    {
      if (person == NULL)
        {
          const MashFaultPlace place = { MASH_FAULT_CSV_PERSON, line->line };

          tell_bad (work, &place);
          return TRUE;
        }
      episode = find_episode (store, line);
    }
  if (person != NULL)
    identifiers = mash_store_list (store, "identifier", "person", person);
  known = (MashImportKnown) { person, identifiers, episode };

  return submit_row (work, store, line, &known, error);
}

static gpointer
take_rows_job (MashStore    **store,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Work *work = data;
  guint end = MIN (work->next + ROWS_A_JOB, work->import->lines->len);

  if (mash_service_need_store (store, error) == NULL)
    return NULL;
  if (work->import->form == MASH_IMPORT_COUNTS)
    {
      work->next = work->import->lines->len;
      return mash_import_take_counts (*store, work->import, work->report, error) ? work : NULL;
    }
  if (!ensure_file (work, *store, error))
    return NULL;

  while (work->next < end)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !take_row (work, *store, g_ptr_array_index (work->import->lines, work->next), error))
        return NULL;
      work->next++;
    }

  return work;
}

static void take_more (GTask *task);

static void
on_rows_taken_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Work *work = g_task_propagate_pointer (G_TASK (result), &error);

  if (work == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (work->progress != NULL)
    work->progress (work->next, work->import->lines->len, work->progress_data);
  if (work->next < work->import->lines->len)
    take_more (g_steal_pointer (&task));
  else
    g_task_return_pointer (task, mash_import_report_copy (work->report),
                           (GDestroyNotify) mash_import_report_free);
}

static void
take_more (GTask *task)
{
  Work *work = g_task_get_task_data (task);

  mash_service_run (g_task_get_source_object (task), task, work, NULL, take_rows_job, NULL,
                    on_rows_taken_cb);
}

/* The first bad row of a file that has to be all good, as counts have to be. */
static gboolean
check_strict (Work    *work,
              GError **error)
{
  gboolean strict = (work->flags & MASH_IMPORT_STRICT) != 0 ||
                    work->import->form == MASH_IMPORT_COUNTS;

  for (guint i = 0; strict && i < work->import->lines->len; i++)
    {
      const MashImportLine *line = g_ptr_array_index (work->import->lines, i);
      g_autofree char *sentence = NULL;

      if (line->fault.fault == MASH_FAULT_NONE)
        continue;
      sentence = mash_fault_place_say (&line->fault);
      g_set_error_literal (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_REFUSED, sentence);
      return FALSE;
    }

  return TRUE;
}

static void
on_file_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Work *work = g_task_get_task_data (task);

  work->import = g_task_propagate_pointer (G_TASK (result), &error);
  if (work->import == NULL || !check_strict (work, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  work->report->rows = work->import->lines->len;
  take_more (g_steal_pointer (&task));
}

/* What a worker thread needs: nothing that the main thread alters meanwhile. */
static void
read_file_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = mash_referral_load_file (work->source, cancellable, &error);
  MashImport *import = NULL;

  if (file != NULL)
    import = mash_import_read (file, work->policy, work->today, cancellable, &error);
  if (import == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, import, (GDestroyNotify) mash_import_free);
}

/**
 * mash_service_import_rows_async:
 * @self: a service, signed in by somebody who may import
 * @file: people, episodes or counts, as comma-separated values in the hub’s form
 * @flags: how
 * @progress: (nullable): told how many rows are done, on the main thread
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop it; the rows that were taken stay, and the same file goes on
 *   from there
 * @callback: called when every row was looked at, or the file refused
 * @user_data: for @callback
 *
 * Has the file read by the separate reader and takes it in row by row, each row one step that keeps
 * where it comes from. A row that was taken in before is not taken again. Whoever has a number of
 * the row is its person, unless name and birth speak against it; else the row makes a person, and
 * possible matches are for a human being. Counts are taken in all at once, or none of them.
 */
void
mash_service_import_rows_async (MashService         *self,
                                GFile               *file,
                                MashImportFlags      flags,
                                MashImportProgress   progress,
                                gpointer             progress_data,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task;
  Work *work;

  g_return_if_fail (MASH_IS_SERVICE (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (self->policy != NULL);

  work = g_new0 (Work, 1);
  work->source = g_object_ref (file);
  work->policy = mash_policy_ref (self->policy);
  work->today = mash_service_dup_today (self);
  work->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  work->flags = flags;
  work->progress = progress;
  work->progress_data = progress_data;
  work->report = g_new0 (MashImportReport, 1);
  work->report->dry_run = (flags & MASH_IMPORT_DRY_RUN) != 0;
  work->report->sentences = g_ptr_array_new_with_free_func (g_free);

  task = mash_service_begin (self, mash_service_import_rows_async, cancellable, callback,
                             user_data);
  g_task_set_task_data (task, work, work_free);
  mash_service_keep_awake (task);
  mash_service_run_aside (task, work, read_file_thread, on_file_read_cb);
}

/**
 * mash_service_import_rows_finish:
 * @self: a service
 * @result: a result
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what became of the rows
 */
MashImportReport *
mash_service_import_rows_finish (MashService   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
