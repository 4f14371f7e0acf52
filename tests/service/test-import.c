/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "mash-exchange-error.h"
#include "mash-identity.h"
#include "mash-service-import.h"
#include "mash-store-people.h"
#include "seat.h"
#include "store-fixture.h"

#define HEAD "source_system,source_id,surname,forenames,birth,nhs_number,postcode\n"
#define COUNTS "week,team,measure,count,source\n"
#define EPISODES "source_system,person_id,episode_id,type,opened,outcome\n"

typedef struct
{
  StoreFixture hub;
  Seat         seat;
  char        *path;
  guint        n_told;
} Desk;

static void
open_service (Desk       *desk,
              const char *who)
{
  store_fixture_close (&desk->hub);
  seat_open (&desk->seat, desk->hub.folder);
  seat_sign_in (&desk->seat, who, FIXTURE_PASSPHRASE);
}

/* Closes the service, so that the store can be looked into. */
static void
close_service (Desk *desk)
{
  seat_close (&desk->seat);
  store_fixture_sign_in (&desk->hub, "manager");
}

static void
set_up (Desk         *desk,
        gconstpointer data)
{
  store_fixture_set_up (&desk->hub, NULL);
  desk->n_told = 0;
  desk->path = g_build_filename (desk->hub.folder, "rows.csv", NULL);
}

static void
tear_down (Desk         *desk,
           gconstpointer data)
{
  if (desk->seat.service != NULL)
    close_service (desk);
  g_unlink (desk->path);
  g_free (desk->path);
  store_fixture_tear_down (&desk->hub, NULL);
}

static void
on_progress_cb (guint    done,
                guint    rows,
                gpointer data)
{
  Desk *desk = data;

  g_assert_cmpuint (done, <=, rows);
  desk->n_told++;
}

static MashImportReport *
take (Desk           *desk,
      const char     *text,
      MashImportFlags flags,
      GError        **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (desk->path);

  g_assert_true (g_file_set_contents (desk->path, text, -1, NULL));
  mash_service_import_rows_async (desk->seat.service, file, flags, on_progress_cb, desk, NULL,
                                  seat_on_done_cb, seat_call (&desk->seat));

  return mash_service_import_rows_finish (desk->seat.service, seat_wait (&desk->seat), error);
}

static void
check (Desk           *desk,
       const char     *text,
       MashImportFlags flags,
       const char     *counts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashImportReport) report = take (desk, text, flags, &error);
  g_autofree char *got = NULL;

  g_assert_no_error (error);
  got = g_strdup_printf ("rows %u new %u known %u episodes %u+%u again %u bad %u matches %u",
                         report->rows, report->new_people, report->known_people,
                         report->new_episodes, report->changed_episodes, report->repeated,
                         report->bad, report->matches);
  g_assert_cmpstr (got, ==, counts);
}

/* New people, the same person by number, the same row again, a bad row between good ones. */
static void
test_people (Desk         *desk,
             gconstpointer data)
{
  static const char text[] = HEAD
                             "Old,1,Marsh,Ellie,2019-03-04,9434765919,WS1 1TP\n"
                             "Old,2,Marsh,Tara,1999-02-30,,\n"
                             "Old,3,=HYPERLINK(),Noah,2023,,WS1 1TP\n"
                             "Old,1,Marsh,Ellie,2019-03-04,9434765919,WS1 1TP\n";
  g_autofree char *contact = store_fixture_contact (&desk->hub, "Elly", "Marshe", "2019-04-03");
  g_autoptr (MashVerifyReport) verified = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GPtrArray) files = NULL;

  open_service (desk, "manager");
  check (desk, text, MASH_IMPORT_DRY_RUN,
         "rows 4 new 2 known 0 episodes 0+0 again 1 bad 1 matches 0");
  check (desk, text, MASH_IMPORT_GOOD_ROWS,
         "rows 4 new 2 known 0 episodes 0+0 again 1 bad 1 matches 1");
  check (desk, text, MASH_IMPORT_GOOD_ROWS,
         "rows 4 new 0 known 0 episodes 0+0 again 3 bad 1 matches 0");
  g_assert_cmpuint (desk->n_told, ==, 3);

  /* Another system knows the same child by the NHS number; its row adds a number, and no person. */
  check (desk, HEAD "New,Z-9,Marsh,Ellie,2019-03-04,943 476 5919,\n", MASH_IMPORT_GOOD_ROWS,
         "rows 1 new 0 known 1 episodes 0+0 again 0 bad 0 matches 0");
  /* With another name and birth it is somebody else’s number, and a human being has to look. */
  check (desk, HEAD "New,Z-10,Okafor,Ada,2011-01-30,943 476 5919,\n", MASH_IMPORT_GOOD_ROWS,
         "rows 1 new 1 known 0 episodes 0+0 again 0 bad 0 matches 1");

  close_service (desk);
  people = mash_store_list_identified (desk->hub.store, "CASE", "z9", "new", NULL);
  g_assert_cmpuint (people->len, ==, 1);
  rows = mash_store_list (desk->hub.store, "import-row", "person", people->pdata[0]);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpint (mash_record_get_int (rows->pdata[0], "line"), ==, 2);
  g_assert_cmpstr (mash_record_get_text (rows->pdata[0], "system"), ==, "Old");
  g_assert_nonnull (strstr (mash_record_get_text (rows->pdata[0], "said"), "surname: Marsh"));
  g_assert_cmpstr (mash_record_get_stamps (rows->pdata[0])->created_by, ==, desk->hub.manager);
  files = mash_store_list (desk->hub.store, "import-file", "form", "people");
  g_assert_cmpuint (files->len, ==, 3);
  g_assert_cmpint (store_fixture_count (&desk->hub, "SELECT count (*) FROM person WHERE"
                                        " legal_surname = '=HYPERLINK()'"), ==, 1);
  verified = store_fixture_verify (&desk->hub);
  g_assert_true (verified->holds);
}

static void
test_episodes (Desk         *desk,
               gconstpointer data)
{
  open_service (desk, "worker");
  check (desk, HEAD "Old,1,Marsh,Ellie,2019-03-04,,\n", MASH_IMPORT_GOOD_ROWS,
         "rows 1 new 1 known 0 episodes 0+0 again 0 bad 0 matches 0");
  check (desk, EPISODES "Old,1,E-55810,Referral,2023-09,\nOld,9,E-2,Referral,2024,\n",
         MASH_IMPORT_GOOD_ROWS, "rows 2 new 0 known 0 episodes 1+0 again 0 bad 1 matches 0");
  /* What the other system says of it later is the same episode. */
  check (desk, EPISODES "Old,1,E-55810,Referral,2023-09,No further action\n", MASH_IMPORT_GOOD_ROWS,
         "rows 1 new 0 known 0 episodes 0+1 again 0 bad 0 matches 0");

  close_service (desk);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) hits = mash_store_search_people (desk->hub.store, "e55810", 10, FALSE,
                                                           &error);
    g_autoptr (GPtrArray) episodes = mash_store_list (desk->hub.store, "episode", "number",
                                                      "E-55810");

    g_assert_no_error (error);
    g_assert_cmpuint (episodes->len, ==, 1);
    g_assert_cmpstr (mash_record_get_text (episodes->pdata[0], "outcome"), ==,
                     "No further action");
    g_assert_cmpuint (hits->len, ==, 1);
  }
}

static void
check_counts (Desk           *desk,
              const char     *text,
              MashImportFlags flags,
              const char     *counts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MashImportReport) report = take (desk, text, flags, &error);
  g_autofree char *got = NULL;

  g_assert_no_error (error);
  got = g_strdup_printf ("rows %u new %u right %u again %u bad %u%s", report->rows,
                         report->new_counts, report->changed_counts, report->repeated,
                         report->bad, report->known_file ? " known" : "");
  g_assert_cmpstr (got, ==, counts);
}

static void
refuse_counts (Desk       *desk,
               const char *text,
               const char *sentence)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (take (desk, text, MASH_IMPORT_GOOD_ROWS, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, sentence));
}

/* A table of counts is in whole or not at all; each figure keeps where it comes from. */
static void
test_counts (Desk         *desk,
             gconstpointer data)
{
  static const char text[] = COUNTS
                             "2026-10-12,North,CFA,24,Return\n"
                             "2026-10-12,South,CFA,21,Return\n"
                             "2026-10-19,North,CFA,27,Return\n";
  g_autoptr (MashVerifyReport) verified = NULL;
  g_autoptr (GPtrArray) counts = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) files = NULL;

  open_service (desk, "manager");
  check_counts (desk, text, MASH_IMPORT_DRY_RUN, "rows 3 new 3 right 0 again 0 bad 0");
  check_counts (desk, text, MASH_IMPORT_GOOD_ROWS, "rows 3 new 3 right 0 again 0 bad 0");
  check_counts (desk, text, MASH_IMPORT_GOOD_ROWS, "rows 3 new 0 right 0 again 3 bad 0 known");
  /* The same rows in another file, with their columns moved, and one that puts a figure right. */
  check_counts (desk, "team,week,measure,source,count\nNorth,2026-10-12,CFA,Return,24\n"
                "South,2026-10-12,CFA,Corrected,22\nSouth,2026-10-12,CFA,Corrected,22\n",
                MASH_IMPORT_GOOD_ROWS, "rows 3 new 0 right 1 again 2 bad 0");

  close_service (desk);
  counts = mash_store_list (desk->hub.store, "assessment-count", "week", "2026-10-12");
  g_assert_cmpuint (counts->len, ==, 2);
  g_assert_cmpint (mash_record_get_int (counts->pdata[1], "count"), ==, 22);
  rows = mash_store_list (desk->hub.store, "import-row", "counted",
                          mash_record_get_id (counts->pdata[1]));
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpint (mash_record_get_int (rows->pdata[0], "line"), ==, 3);
  g_assert_cmpstr (mash_record_get_text (rows->pdata[1], "system"), ==, "Corrected");
  g_assert_nonnull (strstr (mash_record_get_text (rows->pdata[1], "said"), "count: 22"));
  files = mash_store_list (desk->hub.store, "import-file", "form", "counts");
  g_assert_cmpuint (files->len, ==, 2);
  verified = store_fixture_verify (&desk->hub);
  g_assert_true (verified->holds);
}

/* Whatever is wrong with one row, nothing of its file is in. */
static void
test_counts_refused (Desk         *desk,
                     gconstpointer data)
{
  g_autoptr (GString) many = g_string_new (COUNTS);

  for (guint i = 0; i < 91; i++)
    g_string_append_printf (many, "2026-10-12,Team %u,CFA,1,Return\n", i);
  open_service (desk, "manager");
  refuse_counts (desk, COUNTS "2026-10-12,North,CFA,24,Return\n2026-10-13,North,CFA,24,Return\n",
                 "Line 3, “Week beginning”: A week begins on a Monday");
  refuse_counts (desk, COUNTS "2026-10-12,North,CFA,24,Return\n2026-10-19,North,XYZ,24,Return\n",
                 "Line 3, “What was counted”: The code is not in this hub’s list.");
  refuse_counts (desk, COUNTS "2026-10-12,North,CFA,24,Return\n2026-10-12,North,CFA,25,Return\n",
                 "Line 3: The file has another figure of this team for this week.");
  refuse_counts (desk, COUNTS "2026-10-12,North,CFA,24,Return\n2026-10-19,South,CFA,,Return\n",
                 "Line 3, “How many”: This is needed in every row.");
  refuse_counts (desk, many->str, "Line 92: The file has more than 90 counts");
  close_service (desk);
  g_assert_cmpint (store_fixture_count (&desk->hub, "SELECT (SELECT count (*) FROM"
                                        " assessment_count) + (SELECT count (*) FROM"
                                        " import_row)"), ==, 0);

  open_service (desk, "officer");
  refuse_counts (desk, COUNTS "2026-10-12,North,CFA,24,Return\n", "Your role may not do this");
}

static void
test_strict_and_roles (Desk         *desk,
                       gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  open_service (desk, "manager");
  g_assert_null (take (desk, HEAD "Old,1,Marsh,Ellie,2019-03-04,,\nOld,2,a\n", MASH_IMPORT_STRICT,
                       &error));
  g_assert_error (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "Line 3"));
  g_clear_error (&error);
  g_assert_null (take (desk, HEAD "Old,1,\"Marsh,,,,\n", MASH_IMPORT_GOOD_ROWS, &error));
  g_assert_error (error, MASH_EXCHANGE_ERROR, MASH_EXCHANGE_ERROR_REFUSED);
  g_clear_error (&error);
  close_service (desk);
  g_assert_cmpint (store_fixture_count (&desk->hub, "SELECT count (*) FROM person"), ==, 0);

  open_service (desk, "officer");
  g_assert_null (take (desk, HEAD "Old,1,Marsh,Ellie,2019-03-04,,\n", MASH_IMPORT_GOOD_ROWS,
                       &error));
  g_assert_nonnull (strstr (error->message, "imports people"));
}

/* A file that is stopped goes on where it was. */
static void
test_cancelled (Desk         *desk,
                gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (HEAD);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GFile) file = g_file_new_for_path (desk->path);
  g_autoptr (GError) error = NULL;
  g_autoptr (MashImportReport) report = NULL;

  for (guint i = 1; i <= 60; i++)
    g_string_append_printf (text, "Old,%u,Varley%u,Robin,2001,,\n", i, i);
  open_service (desk, "manager");
  g_assert_true (g_file_set_contents (desk->path, text->str, -1, NULL));
  mash_service_import_rows_async (desk->seat.service, file, MASH_IMPORT_GOOD_ROWS, on_progress_cb,
                                  desk, cancellable, seat_on_done_cb, seat_call (&desk->seat));
  while (desk->n_told == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  g_assert_null (mash_service_import_rows_finish (desk->seat.service,
                                                  seat_wait (&desk->seat), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  report = take (desk, text->str, MASH_IMPORT_GOOD_ROWS, &error);
  g_assert_no_error (error);
  g_assert_true (report->known_file);
  g_assert_cmpuint (report->repeated, >=, 20);
  g_assert_cmpuint (report->repeated + report->new_people, ==, 60);
  close_service (desk);
  g_assert_cmpint (store_fixture_count (&desk->hub, "SELECT count (*) FROM person"), ==, 60);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void        (*test) (Desk         *desk,
                         gconstpointer data);
  } tests[] = {
    { "/import/people", test_people },
    { "/import/episodes", test_episodes },
    { "/import/counts", test_counts },
    { "/import/counts-refused", test_counts_refused },
    { "/import/strict-and-roles", test_strict_and_roles },
    { "/import/cancelled", test_cancelled },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Desk, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
