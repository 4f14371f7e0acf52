/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A strategy record of 40 pages as a PDF, against the same words put on as many pages by bare Pango
 * and cairo. Work is measured, as time of the processor: what else the computer does falls on
 * neither. */

#include "config.h"

#include <cairo-pdf.h>
#include <stdlib.h>
#include <pango/pangocairo.h>
#include <time.h>

#include "discussion-scene.h"
#include "mash-bench.h"
#include "mash-discussion-paper.h"
#include "mash-paper-pdf.h"
#include "mash-policy-reader.h"

#define N_PAGES 40
#define N_NOTES 620
#define MARGIN 54.0

typedef struct
{
  MashPaper  *paper;
  char      **pages;     /* the same words */
} Bench;

static double
get_work (void)
{
  struct timespec work;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &work);

  return (double) work.tv_sec + (double) work.tv_nsec / 1e9;
}

static double
make_ours (gpointer data)
{
  Bench *bench = data;
  double began = get_work ();
  g_autoptr (GBytes) pdf = mash_paper_make_pdf (bench->paper, NULL, NULL);

  return pdf != NULL ? get_work () - began : -1;
}

static cairo_status_t
count_cb (void                *bytes,
          const unsigned char *data,
          unsigned int         length)
{
  *(gsize *) bytes += length;

  return CAIRO_STATUS_SUCCESS;
}

static double
make_bare (gpointer data)
{
  Bench *bench = data;
  double began = get_work ();
  gsize n_bytes = 0;
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (count_cb, &n_bytes,
                                                                  MASH_PAPER_WIDTH,
                                                                  MASH_PAPER_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("Sans 9");

  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) ((MASH_PAPER_WIDTH - 2 * MARGIN) * PANGO_SCALE));
  for (guint i = 0; bench->pages[i] != NULL; i++)
    {
      cairo_move_to (cr, MARGIN, MARGIN);
      pango_layout_set_text (layout, bench->pages[i], -1);
      pango_cairo_show_layout (cr, layout);
      cairo_show_page (cr);
    }
  pango_font_description_free (font);
  g_object_unref (layout);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  return n_bytes > 0 ? get_work () - began : -1;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (MashPolicy) policy = mash_policy_reader_load_builtin (NULL);
  g_autoptr (MashTestFacts) facts = discussion_scene_new ();
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;
  Bench bench = { NULL };
  guint n_pages = 0;
  MashBenchPair pair = {
    .what = "a record of 40 pages as a PDF", .bare_name = "its words by bare Pango and cairo",
    .target = 2, .turns = 20, .ours = make_ours, .bare = make_bare,
  };
  gboolean met;

  if (mash_bench_start (argc, argv))
    pair.turns = 3;

  discussion_scene_grow (facts, N_NOTES);
  bench.paper = mash_discussion_paper_new (policy, MASH_FACTS (facts), &(MashDiscussionCopy) {
    SCENE_DISCUSSION, { "FULL", NULL }, "Children’s social care", NULL,
  });
  pdf = mash_paper_make_pdf (bench.paper, &n_pages, NULL);
  if (pdf == NULL || n_pages < N_PAGES)
    {
      g_printerr ("The record has %u pages, and should have %u.\n", n_pages, N_PAGES);
      return EXIT_FAILURE;
    }

  text = mash_paper_dup_text (bench.paper);
  bench.pages = g_strsplit (text, "\f", -1);
  met = mash_bench_compare (&pair, &bench);
  g_strfreev (bench.pages);
  mash_paper_unref (bench.paper);

  return met ? EXIT_SUCCESS : EXIT_FAILURE;
}
