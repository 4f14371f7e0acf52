/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A discussion with 2,000 notes and 60 actions: opened by the store, and by the service, which
 * makes of it what the pages show, against a bare SELECT of the same rows; a letter typed into it,
 * against one in a discussion with nothing in it, in the real window. And what it costs to open any
 * contact at a hub of 60 agencies, against one at a hub of a single agency.
 *
 * Work is measured, as time of the processor: what else the computer does, and how long its disk
 * takes, falls on neither. */

#include "config.h"

#include <stdlib.h>
#include <time.h>

#include "discussion-desk.h"
#include "mash-bench.h"
#include "mash-small-hub.h"
#include "mash-staff.h"
#include "mash-store-private.h"
#include "mash-store-strategy.h"
#include "mash-time.h"

#define N_NOTES 2000
#define N_ACTIONS 60
#define N_AGENCIES 60

/* How many notes are made by one step. */
#define N_AT_ONCE 100

#define WORDS \
  "The health visitor says that she saw both children at the clinic on Monday, that the younger " \
  "was quiet, and that the mother asked for the appointment to be brought forward. "

/* Of two hubs, one of 60 agencies and one of a single one, each with a discussion that is full and
 * one that is empty. */
typedef struct
{
  char      *folder;
  MashStore *store;
  char      *full;
  char      *empty;
  char      *discussion;   /* the full one */
} Hub;

typedef struct
{
  Hub              many;
  Hub              single;
  DiscussionDesk  *desk;
} Bench;

static double
get_work (void)
{
  struct timespec work;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &work);

  return (double) work.tv_sec + (double) work.tv_nsec / 1e9;
}

static double
open_one (MashStore  *store,
          const char *contact)
{
  double began = get_work ();
  g_autoptr (MashContactBundle) bundle = mash_store_open_contact (store, contact, NULL);

  return bundle != NULL ? get_work () - began : -1;
}

static double
open_at_many (gpointer data)
{
  Bench *bench = data;

  return open_one (bench->many.store, bench->many.empty);
}

static double
open_at_one (gpointer data)
{
  Bench *bench = data;

  return open_one (bench->single.store, bench->single.empty);
}

static double
open_full (gpointer data)
{
  Bench *bench = data;

  return open_one (bench->many.store, bench->many.full);
}

/* To the moment at which the pages have an object for each row. */
static double
open_in_service (gpointer data)
{
  Bench *bench = data;
  double began = get_work ();

  discussion_desk_open (bench->desk, bench->many.full);

  return get_work () - began;
}

static guint
select_from (Hub        *hub,
             const char *sql)
{
  g_autoptr (MashStatement) row = mash_database_prepare (hub->store->database, sql, NULL);
  guint n = 0;

  mash_statement_bind_text (row, 1, hub->discussion);
  for (; row != NULL && mash_statement_step (row, NULL) == MASH_STEP_ROW; n++)
    {
      for (int i = 0; i < mash_statement_get_n_columns (row); i++)
        g_free (mash_statement_dup_text (row, i));
    }

  return n;
}

/* The same rows at the other hub, whose database nobody else has open. */
static double
select_rows (gpointer data)
{
  Bench *bench = data;
  double began = get_work ();
  guint n = select_from (&bench->single,
                         "SELECT * FROM sd_note WHERE discussion = ?1 ORDER BY n") +
            select_from (&bench->single,
                         "SELECT * FROM sd_action WHERE discussion = ?1 ORDER BY n");

  return n == N_NOTES + N_ACTIONS ? get_work () - began : -1;
}

/* Filling */

static MashEdit *
add (MashStore  *store,
     MashGroup  *group,
     const char *kind,
     const char *discussion)
{
  g_autofree char *id = mash_store_make_id (store);
  MashEdit *edit = mash_edit_new (mash_kind_lookup (kind), id, 0);

  mash_edit_set_text (edit, "contact", mash_group_get_contact (group));
  mash_edit_set_text (edit, "discussion", discussion);
  mash_group_take_edit (group, edit);

  return edit;
}

static gboolean
write_notes (MashStore  *store,
             const char *contact,
             const char *discussion,
             const char *agency,
             GError    **error)
{
  g_autofree char *now = mash_time_format (mash_store_get_now (store));

  for (guint i = 0; i < N_NOTES; i += N_AT_ONCE)
    {
      g_autoptr (MashGroup) group = mash_group_new ("write-discussion", contact);

      for (guint k = i; k < i + N_AT_ONCE; k++)
        {
          MashEdit *edit = add (store, group, "sd-note", discussion);
          g_autofree char *text = g_strdup_printf ("%s (%u)", WORDS, k);

          mash_edit_set_text (edit, "at", now);
          mash_edit_set_text (edit, "agency", agency);
          mash_edit_set_text (edit, "text", text);
        }
      if (!mash_store_submit (store, group, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_actions (MashStore  *store,
               const char *contact,
               const char *discussion,
               const char *agency,
               GError    **error)
{
  g_autofree char *due = mash_time_format (mash_store_get_now (store) + MASH_TIME_HOUR);

  for (guint i = 0; i < N_ACTIONS; i++)
    {
      g_autoptr (MashGroup) group = mash_group_new ("write-discussion", contact);
      MashEdit *edit = add (store, group, "sd-action", discussion);

      mash_edit_set_text (edit, "what", "Speak to the school about who collects the children");
      mash_edit_set_text (edit, "owner", "A member of the hub");
      mash_edit_set_text (edit, "owner-agency", agency);
      mash_edit_set_text (edit, "due-at", due);
      if (!mash_store_submit (store, group, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_agencies (const char *folder,
              GError    **error)
{
  g_autoptr (MashStore) store = mash_small_hub_open (folder, "administrator", error);
  g_autoptr (MashGroup) group = mash_group_new ("seed-staff", NULL);

  if (store == NULL)
    return FALSE;
  for (guint i = 1; i < N_AGENCIES; i++)
    {
      g_autofree char *id = mash_store_make_id (store);
      g_autofree char *name = g_strdup_printf ("School %u", i);
      MashEdit *edit = mash_edit_new (&mash_agency_kind, id, 0);

      mash_edit_set_text (edit, "type", i == 1 ? "POL" : i == 2 ? "HTH" : "EDU");
      mash_edit_set_text (edit, "name", name);
      mash_group_take_edit (group, edit);
    }

  return mash_store_submit (store, group, NULL, error) && mash_store_close (store, error);
}

/* Begins a discussion on a new contact. */
static gboolean
begin (MashStore *store,
       char     **contact,
       char     **discussion,
       GError   **error)
{
  g_autoptr (MashGroup) made = mash_small_hub_new_contact (store, contact);
  g_autoptr (MashGroup) group = NULL;
  gint64 now = mash_store_get_now (store);
  MashDiscussionStart start = {
    .trigger = "DISCLOSURE", .mode = "VIDEO", .need = now, .started = now,
  };

  if (!mash_store_submit (store, made, NULL, error))
    return FALSE;
  group = mash_store_begin_discussion (store, *contact, &start, error);
  if (group == NULL)
    return FALSE;
  *discussion = g_strdup (mash_edit_get_id (mash_group_get_edit (group, 0)));

  return mash_store_submit (store, group, NULL, error);
}

static gboolean
fill (Hub     *hub,
      gboolean many,
      GError **error)
{
  g_autofree char *none = NULL;
  g_autofree char *agency = NULL;

  hub->folder = g_dir_make_tmp ("mash-bench-XXXXXX", error);
  if (hub->folder == NULL || !mash_small_hub_make (hub->folder, error) ||
      (many && !add_agencies (hub->folder, error)))
    return FALSE;
  hub->store = mash_small_hub_open (hub->folder, MASH_SMALL_HUB_MANAGER, error);
  if (hub->store == NULL || !begin (hub->store, &hub->empty, &none, error) ||
      !begin (hub->store, &hub->full, &hub->discussion, error))
    return FALSE;
  agency = g_strdup (hub->store->agency);

  return write_notes (hub->store, hub->full, hub->discussion, agency, error) &&
         write_actions (hub->store, hub->full, hub->discussion, agency, error);
}

static void
close_store (Hub *hub)
{
  if (hub->store != NULL)
    mash_store_close (hub->store, NULL);
  g_clear_object (&hub->store);
}

static void
clear (Hub *hub)
{
  close_store (hub);
  if (hub->folder != NULL)
    mash_small_hub_remove (hub->folder);
  g_free (hub->folder);
  g_free (hub->full);
  g_free (hub->empty);
  g_free (hub->discussion);
}

/* Measuring */

static gboolean
measure_store (Bench    *bench,
               gboolean  is_short)
{
  const MashBenchPair pairs[] = {
    { "opening a contact at a hub of 60 agencies", "at a hub of one", 1.1, is_short ? 40 : 300,
      open_at_many, open_at_one },
    { "the store opens a discussion of 2,000 notes and 60 actions",
      "a bare SELECT of the same rows", 3, is_short ? 10 : 60, open_full, select_rows },
  };

  return mash_bench_compare (&pairs[0], bench) && mash_bench_compare (&pairs[1], bench);
}

static gboolean
measure_desk (Bench    *bench,
              gboolean  is_short)
{
  const MashBenchPair pair = {
    "the service opens it, as far as the pages bind to it", "a bare SELECT of the same rows", 3,
    is_short ? 10 : 60, open_in_service, select_rows,
  };
  gboolean done;

  close_store (&bench->many);
  bench->desk = discussion_desk_new (bench->many.folder);
  done = mash_bench_compare (&pair, bench) &&
         discussion_desk_measure_keys (bench->desk, bench->many.full, bench->many.empty, is_short);
  discussion_desk_free (bench->desk);

  return done;
}

int
main (int    argc,
      char **argv)
{
  gboolean is_short = mash_bench_start (argc, argv);
  Bench bench = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (!fill (&bench.many, TRUE, &error) || !fill (&bench.single, FALSE, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }

  done = measure_store (&bench, is_short) && measure_desk (&bench, is_short);
  clear (&bench.many);
  clear (&bench.single);

  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
