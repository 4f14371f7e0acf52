/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "mash-chronology-paper.h"
#include "mash-items.h"
#include "mash-paper-pdf.h"
#include "mash-rows.h"
#include "mash-time.h"
#include "store-fixture.h"

#define RECIPIENT "Anna & Tom <x>, family court"

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

  if (option == NULL)
    {
      arguments[1] = pdf;
      arguments[2] = NULL;
    }
  g_spawn_sync (NULL, (char **) arguments, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &said, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);

  return said;
}

/* A chronology of many entries about invented people. */
static MashChronology *
make_chronology (guint n)
{
  MashChronology *chronology = g_new0 (MashChronology, 1);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mash_timeline_row_free);

  for (guint i = 0; i < n; i++)
    {
      MashTimelineRow *row = g_new0 (MashTimelineRow, 1);

      row->id = g_strdup_printf ("id%u", i);
      row->kind = g_strdup ("NOTE");
      row->significance = g_strdup (i == 3 ? "critical" : "routine");
      row->headline = g_strdup_printf ("Entry number %u stands here", i + 1);
      row->detail = g_strdup ("Zoë said <b>no</b> & left; nothing else was seen on the day.");
      row->who = g_strdup ("Zoë");
      row->agency = g_strdup ("School");
      row->author = g_strdup ("Aled Sorrel");
      row->reference = g_strdup ("R7K2-M4QT-C");
      row->precision = g_strdup (i == 0 ? "year" : i == 1 ? "month" : "time");
      row->at = G_GINT64_CONSTANT (1560000000000000) + i * MASH_TIME_DAY;
      g_ptr_array_add (rows, row);
    }
  chronology->entries = mash_items_new_list (MASH_TYPE_TIMELINE_ITEM, rows);
  chronology->reference = g_strdup ("R7K2-M4QT-C");
  chronology->agency = g_strdup ("Children’s social care");
  chronology->confidential = 2;
  chronology->unreleased = 1;
  chronology->version = 3;
  chronology->at = G_GINT64_CONSTANT (1791900000000000);

  return chronology;
}

static MashPaper *
make_paper (MashPolicy *policy,
            guint       n)
{
  g_autoptr (MashChronology) chronology = make_chronology (n);

  return mash_chronology_paper_new (policy, chronology, &(MashChronologyWords) {
    .recipient = RECIPIENT, .purpose = "Care proceedings", .covers = "The whole household",
    .maker = "Ruth Fenwick", .post = "MASH manager",
  });
}

/* What the text of a chronology must say, whatever it is written in. */
static const char *const said[] = {
  "R7K2-M4QT-C", RECIPIENT, "Care proceedings", "The whole household", "Ruth Fenwick",
  "Version 3", "2 confidential entries were left out by rule", "1 entry of another agency",
  "Entry number 1 stands here", "Entry number 60 stands here", "June 2019", "About Zoë",
  "<b>no</b> & left", "Critical", "End of the chronology",
};

static char *
join_words (const char *text)
{
  g_autoptr (GRegex) spaces = g_regex_new ("\\s+", 0, 0, NULL);

  return g_regex_replace_literal (spaces, text, -1, 0, " ", 0, NULL);
}

static void
test_text (void)
{
  StoreFixture hub;
  g_autofree char *text = NULL;
  g_auto (GStrv) pages = NULL;
  guint n;

  store_fixture_set_up (&hub, NULL);
  {
    g_autoptr (MashPaper) paper = make_paper (hub.policy, 60);

    text = mash_paper_dup_text (paper);
  }
  store_fixture_tear_down (&hub, NULL);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (guint i = 0; i < 4; i++)
    g_assert_nonnull (strstr (text, said[i]));
  for (guint i = 8; i < 10; i++)
    g_assert_nonnull (strstr (text, said[i]));
  g_assert_nonnull (strstr (text, "June 2019"));
  pages = g_strsplit (text, "\f", -1);
  n = g_strv_length (pages);
  g_assert_cmpuint (n, >, 2);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("Page %u of %u", i + 1, n);

      g_assert_nonnull (strstr (pages[i], number));
      g_assert_nonnull (strstr (pages[i], "R7K2-M4QT-C"));
      g_assert_nonnull (strstr (pages[i], RECIPIENT));
      g_assert_nonnull (strstr (pages[i], "Version 3"));
    }
}

static void
check_pages (const char *pdf)
{
  g_autofree char *text = run ("pdftotext", "-layout", pdf, "-");
  gsize length = strlen (text);
  g_auto (GStrv) pages = NULL;
  guint n;

  /* Each page ends with a form feed. */
  g_assert_true (length > 0 && text[length - 1] == '\f');
  text[length - 1] = '\0';
  pages = g_strsplit (text, "\f", -1);
  n = g_strv_length (pages);
  g_assert_cmpuint (n, >, 1);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("Page %u of %u", i + 1, n);

      g_assert_nonnull (strstr (pages[i], number));
      g_assert_nonnull (strstr (pages[i], "R7K2-M4QT-C"));
      g_assert_nonnull (strstr (pages[i], RECIPIENT));
      g_assert_nonnull (strstr (pages[i], "Version 3"));
    }
}

static void
check_fonts (const char *pdf)
{
  g_autofree char *fonts = run ("pdffonts", NULL, pdf, NULL);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (fonts), "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), >, 2);
  for (guint i = 2; lines[i] != NULL; i++)
    g_assert_true (g_regex_match_simple ("\\syes\\s+(yes|no)\\s+yes\\s+\\d+\\s+\\d+\\s*$", lines[i],
                                         0, 0));
}

/* The file is read by programs that had no part in writing it. */
static void
test_pdf (void)
{
  StoreFixture hub;
  g_autofree char *folder = g_dir_make_tmp ("mash-chronology-XXXXXX", NULL);
  g_autofree char *pdf = g_build_filename (folder, "chronology.pdf", NULL);
  g_autofree char *info = NULL;
  g_autofree char *text = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&hub, NULL);
  {
    g_autoptr (MashPaper) paper = make_paper (hub.policy, 60);
    g_autoptr (GBytes) bytes = mash_paper_make_pdf (paper, NULL, &error);

    g_assert_no_error (error);
    g_file_set_contents (pdf, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                         &error);
    g_assert_no_error (error);
  }
  store_fixture_tear_down (&hub, NULL);

  info = run ("pdfinfo", NULL, pdf, NULL);
  g_assert_nonnull (strstr (info, "Chronology R7K2-M4QT-C"));
  g_assert_null (strstr (info, "Anna"));
  g_assert_null (strstr (info, "Zo"));
  g_assert_null (strstr (info, "Fenwick"));
  text = run ("pdftotext", "-raw", pdf, "-");
  words = join_words (text);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_test_message ("%s", said[i]);
      g_assert_nonnull (strstr (words, said[i]));
    }
  check_pages (pdf);
  check_fonts (pdf);
  g_unlink (pdf);
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chronology/text", test_text);
  g_test_add_func ("/chronology/pdf", test_pdf);

  return g_test_run ();
}
