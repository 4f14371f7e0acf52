/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "mash-paper-layout.h"
#include "mash-paper-pdf.h"
#include "mash-time.h"
#include "mash-weekly-chart.h"
#include "mash-weekly-paper.h"

/* A folder for one test, and what a program said of the PDF in it. */
typedef struct
{
  char *folder;
  char *pdf;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("mash-paper-XXXXXX", NULL);
  fixture->pdf = g_build_filename (fixture->folder, "paper.pdf", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_unlink (fixture->pdf);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->pdf);
}

static char *
run (const char *program,
     const char *option,
     const char *pdf,
     const char *out)
{
  const char *arguments[] = { program, option, pdf, out, NULL };
  g_autoptr (GError) error = NULL;
  char *said = NULL;
  int status;

  g_spawn_sync (NULL, (char **) arguments, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &said, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);

  return said;
}

static guint
write_pdf (Fixture   *fixture,
           MashPaper *paper)
{
  g_autoptr (GError) error = NULL;
  guint n_pages = 0;
  g_autoptr (GBytes) bytes = mash_paper_make_pdf (paper, &n_pages, &error);
  gsize length;
  const char *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &length);
  g_file_set_contents (fixture->pdf, data, (gssize) length, &error);
  g_assert_no_error (error);

  return n_pages;
}

static char **
list_pages (Fixture *fixture)
{
  g_autofree char *text = run ("pdftotext", "-layout", fixture->pdf, "-");
  gsize length = strlen (text);

  /* Each page ends with a form feed. */
  if (length > 0 && text[length - 1] == '\f')
    text[length - 1] = '\0';

  return g_strsplit (text, "\f", -1);
}

static void
check_fonts (Fixture *fixture)
{
  g_autofree char *fonts = run ("pdffonts", fixture->pdf, NULL, NULL);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (fonts), "\n", -1);
  guint n = g_strv_length (lines);

  g_assert_cmpuint (n, >, 2);
  for (guint i = 2; i < n; i++)
    {
      g_auto (GStrv) words = g_strsplit_set (lines[i], " ", -1);
      g_autoptr (GPtrArray) filled = g_ptr_array_new ();

      for (guint j = 0; words[j] != NULL; j++)
        {
          if (*words[j] != '\0')
            g_ptr_array_add (filled, words[j]);
        }
      /* … encoding, embedded, subset, unicode, and the two numbers of the object. */
      g_assert_cmpuint (filled->len, >=, 6);
      g_assert_cmpstr (g_ptr_array_index (filled, filled->len - 5), ==, "yes");
      g_assert_cmpstr (g_ptr_array_index (filled, filled->len - 3), ==, "yes");
    }
}

static const MashPaperHead head = {
  .title = "Chronology", .reference = "R7K2-M4QT-C", .recipient = "Anna & Tom <x>, family court",
  .version = "Version 3 of 2026-10-13 15:31", .note = "Confidential",
};

static MashPaper *
make_long (guint n_rows)
{
  static const MashPaperColumn columns[] = {
    { "No", 6, TRUE }, { "When", 20, FALSE }, { "What happened", 74, FALSE },
  };
  MashPaper *paper = mash_paper_new (&head);

  mash_paper_add_title (paper, "Chronology");
  mash_paper_add_text (paper, "What stands here is <b>text</b> & nothing of it is markup.");
  mash_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *mark = g_strdup_printf ("Entry number %u stands here", i + 1);
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint j = 0; j < 1 + i % 7; j++)
        g_string_append (text, "The school rang and said that she had not come in again. ");
      mash_paper_add_row (paper, MASH_PAPER_ROW_PLAIN, (MashPaperCell[]) {
        { .text = number }, { .text = "Tue 13 Oct 2026", .quiet = "15:31" },
        { .strong = mark, .text = text->str, .quiet = "Northfield School" },
      });
    }

  return paper;
}

/* Every page says what it is, whose it is, and which of how many. */
static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (MashPaper) paper = make_long (120);
  guint n_pages = write_pdf (fixture, paper);
  g_auto (GStrv) pages = list_pages (fixture);
  g_autofree char *info = run ("pdfinfo", fixture->pdf, NULL, NULL);
  g_autofree char *whole = g_strjoinv (" ", pages);

  g_assert_cmpuint (n_pages, >, 5);
  g_assert_cmpuint (g_strv_length (pages), ==, n_pages);
  for (guint i = 0; i < n_pages; i++)
    {
      g_autofree char *number = g_strdup_printf ("Page %u of %u", i + 1, n_pages);

      g_assert_nonnull (strstr (pages[i], number));
      g_assert_nonnull (strstr (pages[i], "Chronology"));
      g_assert_nonnull (strstr (pages[i], head.reference));
      g_assert_nonnull (strstr (pages[i], head.recipient));
      g_assert_nonnull (strstr (pages[i], head.version));
      g_assert_nonnull (strstr (pages[i], "What happened"));
    }
  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *mark = g_strdup_printf ("Entry number %u stands here", i + 1);

      g_assert_nonnull (strstr (whole, mark));
    }
  g_assert_nonnull (strstr (whole, "<b>text</b> & nothing"));

  /* The title says which contact it is, and no name. */
  g_assert_nonnull (strstr (info, "Chronology R7K2-M4QT-C"));
  g_assert_null (strstr (info, "Author"));
  g_assert_null (strstr (info, "Anna"));
  check_fonts (fixture);
}

/* A row that is longer than a page goes on, and all of it is there. */
static void
test_long_row (Fixture       *fixture,
               gconstpointer  data)
{
  static const MashPaperColumn columns[] = { { "When", 20, FALSE }, { "What", 80, FALSE } };
  g_autoptr (MashPaper) paper = mash_paper_new (&head);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *whole = NULL;
  g_auto (GStrv) pages = NULL;

  for (guint i = 0; i < 900; i++)
    g_string_append_printf (text, "sentence%u of the call. ", i);
  mash_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  mash_paper_add_row (paper, MASH_PAPER_ROW_PLAIN, (MashPaperCell[]) {
    { .text = "2019" }, { .strong = "A call", .text = text->str },
  });
  g_assert_cmpuint (write_pdf (fixture, paper), >, 2);
  pages = list_pages (fixture);
  whole = g_strjoinv (" ", pages);
  for (guint i = 0; i < 900; i += 13)
    {
      g_autofree char *mark = g_strdup_printf ("sentence%u", i);

      g_assert_nonnull (strstr (whole, mark));
    }
}

/* No paragraph leaves one line alone on either side of a break, and no heading stands at a foot. */
static void
test_breaks (Fixture       *fixture,
             gconstpointer  data)
{
  for (guint before = 30; before < 46; before++)
    {
      g_autoptr (MashPaper) paper = mash_paper_new (&head);
      g_auto (GStrv) pages = NULL;
      guint n_last = 0;

      for (guint i = 0; i < before; i++)
        mash_paper_add_text (paper, "filler");
      mash_paper_add_heading (paper, "HEADING");
      mash_paper_add_text (paper, "last\nlast\nlast\nlast");
      if (write_pdf (fixture, paper) < 2)
        continue;

      pages = list_pages (fixture);
      for (const char *at = strstr (pages[0], "last"); at != NULL; at = strstr (at + 1, "last"))
        n_last++;
      g_assert_true (n_last == 0 || n_last == 2 || n_last == 4);
      g_assert_true ((strstr (pages[0], "HEADING") != NULL) == (n_last > 0));
      g_strfreev (g_steal_pointer (&pages));
    }
}

/* Setting stops when its time is over, and goes on where it stopped. */
static void
test_steps (void)
{
  g_autoptr (MashPaper) paper = make_long (400);
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR, NULL);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (MashPaperLayout) whole = mash_paper_layout_new (paper, cr, MASH_PAPER_WIDTH,
                                                             MASH_PAPER_HEIGHT);
  g_autoptr (MashPaperLayout) parts = mash_paper_layout_new (paper, cr, MASH_PAPER_WIDTH,
                                                             MASH_PAPER_HEIGHT);
  guint n_steps = 1;

  g_assert_true (mash_paper_layout_step (whole, -1));
  while (!mash_paper_layout_step (parts, 500))
    {
      g_assert_cmpfloat (mash_paper_layout_get_fraction (parts), <, 1);
      n_steps++;
    }
  g_assert_cmpuint (n_steps, >, 2);
  g_assert_cmpuint (mash_paper_layout_get_n_pages (parts), ==,
                    mash_paper_layout_get_n_pages (whole));
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* Plain text has the same on every page. */
static void
test_text (void)
{
  g_autoptr (MashPaper) paper = make_long (60);
  g_autofree char *text = mash_paper_dup_text (paper);
  g_auto (GStrv) pages = g_strsplit (text, "\f", -1);
  guint n = g_strv_length (pages);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (n, >, 2);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("Page %u of %u", i + 1, n);
      g_auto (GStrv) lines = g_strsplit (pages[i], "\r\n", -1);

      g_assert_nonnull (strstr (pages[i], number));
      g_assert_nonnull (strstr (pages[i], head.reference));
      g_assert_nonnull (strstr (pages[i], head.recipient));
      g_assert_nonnull (strstr (pages[i], head.version));
      for (guint j = 0; lines[j] != NULL; j++)
        g_assert_cmpint (g_utf8_strlen (lines[j], -1), <=, 78);
    }
  g_assert_nonnull (strstr (text, "Entry number 60 stands here"));
}

static MashWeekly *
make_weekly (void)
{
  MashWeekly *weekly = mash_weekly_new (20000, 20048, G_GINT64_CONSTANT (1791900000000000));

  for (guint i = 0; i < 3675; i++)
    mash_weekly_count (weekly, 20000 + (int) (i % 49),
                       i < 72 ? MASH_DISPOSITION_STRATEGY
                       : i < 326 ? MASH_DISPOSITION_CONVERSION
                       : i < 1117 ? MASH_DISPOSITION_REFERRAL
                       : i < 3627 ? MASH_DISPOSITION_ADVICE : MASH_DISPOSITION_OPEN);
  for (int monday = 20004; monday + 6 <= 20048; monday += 7)
    mash_weekly_count_team (weekly, monday, monday == 20004 ? 45 : 48);
  mash_weekly_finish (weekly);

  return weekly;
}

static void
test_weekly (Fixture       *fixture,
             gconstpointer  data)
{
  static const char *const said[] = {
    "3,675", "525", "1,117", "160", "2,510", "359", "254", "36", "285", "48",
    "Only 6 of 7 weeks", "Outcomes add up to contacts: difference 0.", "What the words mean",
    "Week by week", "1,117"
  };
  g_autoptr (MashWeekly) weekly = make_weekly ();
  g_autoptr (MashPaper) paper = mash_weekly_paper_new (weekly, "Training hub");
  guint n_pages = write_pdf (fixture, paper);
  g_auto (GStrv) pages = list_pages (fixture);
  g_autofree char *whole = g_strjoinv (" ", pages);
  g_autofree char *words = mash_weekly_chart_dup_words (weekly);

  g_assert_cmpuint (n_pages, >=, 2);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    g_assert_nonnull (strstr (whole, said[i]));
  g_assert_nonnull (strstr (words, "525 contacts"));
  check_fonts (fixture);
}

/* What GTK hands to a printer is what stands in the file. */
static void
test_operation (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (MashPaper) paper = make_long (60);
  guint n_pages = write_pdf (fixture, paper);
  g_autofree char *other = g_build_filename (fixture->folder, "printed.pdf", NULL);
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *info = NULL;
  g_autofree char *number = g_strdup_printf ("Pages:           %u\n", n_pages);

  if (!gtk_init_check ())
    {
      g_test_skip ("GTK prints with a display only");
      return;
    }

  operation = mash_paper_new_operation (paper);
  gtk_print_operation_set_allow_async (operation, FALSE);
  gtk_print_operation_set_show_progress (operation, FALSE);
  gtk_print_operation_set_export_filename (operation, other);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL,
                                            &error), ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  info = run ("pdfinfo", other, NULL, NULL);
  g_assert_nonnull (strstr (info, number));
  g_unlink (other);
}

static void
on_saved_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      done)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (mash_paper_save_finish (result, &error));
  g_assert_no_error (error);
  *(gboolean *) done = TRUE;
}

/* A file is its owner’s alone, and a long one holds the loop for no longer than a frame. */
static void
test_save (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (MashPaper) paper = make_long (2000);
  g_autoptr (GFile) file = g_file_new_for_path (fixture->pdf);
  gboolean done = FALSE;
  GStatBuf status;

  mash_paper_save_async (paper, FALSE, file, NULL, on_saved_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_stat (fixture->pdf, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 077, ==, 0);
  g_assert_cmpint (status.st_size, >, 20000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/paper/pages", Fixture, NULL, set_up, test_pages, tear_down);
  g_test_add ("/paper/long-row", Fixture, NULL, set_up, test_long_row, tear_down);
  g_test_add ("/paper/breaks", Fixture, NULL, set_up, test_breaks, tear_down);
  g_test_add_func ("/paper/steps", test_steps);
  g_test_add_func ("/paper/text", test_text);
  g_test_add ("/paper/weekly", Fixture, NULL, set_up, test_weekly, tear_down);
  g_test_add ("/paper/operation", Fixture, NULL, set_up, test_operation, tear_down);
  g_test_add ("/paper/save", Fixture, NULL, set_up, test_save, tear_down);

  return g_test_run ();
}
