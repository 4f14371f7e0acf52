/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-weekly-paper.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mash-time.h"
#include "mash-weekly-chart.h"

#define CHART_HEIGHT 190.0
#define CHART_FONT   "Cantarell, Noto Sans, DejaVu Sans, Sans"
#define CHART_SIZE   8.0

/* On white paper. */
static const MashChartColors colors = {
  .ink = { 0.11, 0.11, 0.13, 1 },
  .dim = { 0.34, 0.33, 0.37, 1 },
  .line = { 0.86, 0.86, 0.88, 1 },
  .referrals = { 0.11, 0.37, 0.72, 1 },
  .on_referrals = { 1, 1, 1, 1 },
  .advice = { 0.73, 0.72, 0.75, 1 },
  .on_advice = { 0.11, 0.11, 0.13, 1 },
  .rest = { 0.48, 0.29, 0, 1 },
};

static void
draw_chart_cb (cairo_t *cr,
               double   width,
               double   height,
               gpointer weekly)
{
  PangoFontDescription *font = pango_font_description_from_string (CHART_FONT);

  pango_font_description_set_absolute_size (font, CHART_SIZE * PANGO_SCALE);
  mash_weekly_chart_draw (weekly, &colors, font, cr, width, height);
  pango_font_description_free (font);
}

static void
add_figure (MashPaper        *paper,
            const MashWeekly *weekly,
            MashFigure        figure)
{
  g_autofree char *total = mash_figure_dup_number (weekly->totals[figure]);
  g_autofree char *average = mash_figure_dup_number (mash_weekly_get_average (weekly, figure));
  g_autofree char *share = NULL;
  g_autofree char *partial = NULL;
  guint depth = mash_figure_get_depth (figure);

  if (figure != MASH_FIGURE_ASSESSMENTS)
    share = g_strdup_printf ("%u %%", mash_weekly_get_share (weekly, figure));
  if (mash_weekly_is_partial (weekly, figure))
    /* Translators: the first is of how many weeks there are figures, the second of all weeks. */
    partial = g_strdup_printf (_("Only %u of %u weeks"), weekly->counted_weeks, weekly->n_weeks);

  mash_paper_add_row (paper,
                      figure == MASH_FIGURE_CONTACTS || figure == MASH_FIGURE_SUM
                      ? MASH_PAPER_ROW_STRONG
                      : depth > 0 ? MASH_PAPER_ROW_INSET : MASH_PAPER_ROW_PLAIN,
                      (MashPaperCell[]) {
    { .text = mash_figure_get_label (figure), .quiet = partial },
    { .text = total }, { .text = average }, { .text = share },
  });
}

static void
add_figures (MashPaper        *paper,
             const MashWeekly *weekly)
{
  const MashPaperColumn columns[] = {
    { _("What became of the contacts"), 52, FALSE },
    { _("Total"), 16, TRUE },
    { _("Average a week"), 16, TRUE },
    { _("Share"), 16, TRUE },
  };
  int difference = mash_weekly_get_difference (weekly);
  g_autofree char *words = NULL;

  mash_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < MASH_N_FIGURES; i++)
    add_figure (paper, weekly, i);
  words = difference == 0
          ? g_strdup (_("Outcomes add up to contacts: difference 0."))
          : g_strdup_printf (_("Outcomes do not add up to contacts: difference %d."), difference);
  mash_paper_add_text (paper, words);
}

static void
add_weeks (MashPaper        *paper,
           const MashWeekly *weekly)
{
  const MashPaperColumn columns[] = {
    { _("Week from"), 26, FALSE },
    { _("Contacts"), 12, TRUE },
    { _("Referrals"), 12, TRUE },
    { _("Strategy"), 12, TRUE },
    { _("Converted"), 13, TRUE },
    { _("Advice"), 12, TRUE },
    { _("Rest"), 10, TRUE },
    { _("Assessments"), 15, TRUE },
  };
  static const MashFigure figures[] = {
    MASH_FIGURE_CONTACTS, MASH_FIGURE_REFERRALS, MASH_FIGURE_STRATEGY, MASH_FIGURE_CONVERSIONS,
    MASH_FIGURE_ADVICE, MASH_FIGURE_REST, MASH_FIGURE_ASSESSMENTS,
  };

  mash_paper_add_heading (paper, _("Week by week"));
  mash_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < weekly->n_weeks; i++)
    {
      const MashWeek *week = &weekly->weeks[i];
      char *texts[G_N_ELEMENTS (columns)] = { NULL };
      MashPaperCell cells[G_N_ELEMENTS (columns)] = { { NULL } };

      texts[0] = mash_weekly_dup_day (week->first_day, TRUE);
      for (guint j = 0; j < G_N_ELEMENTS (figures); j++)
        texts[j + 1] = figures[j] == MASH_FIGURE_ASSESSMENTS && !week->counted
                       ? g_strdup ("–") : mash_figure_dup_number (week->figures[figures[j]]);
      for (guint j = 0; j < G_N_ELEMENTS (columns); j++)
        cells[j].text = texts[j];
      if (week->n_days < MASH_WEEKLY_DAYS)
        cells[0].quiet = _("Not a whole week");
      mash_paper_add_row (paper, MASH_PAPER_ROW_PLAIN, cells);
      for (guint j = 0; j < G_N_ELEMENTS (columns); j++)
        g_free (texts[j]);
    }
}

static void
add_number (MashPaper  *paper,
            const char *words,
            const char *meaning,
            guint       number)
{
  g_autofree char *text = mash_figure_dup_number (number);

  mash_paper_add_row (paper, MASH_PAPER_ROW_PLAIN, (MashPaperCell[]) {
    { .text = words, .quiet = meaning }, { .text = text },
  });
}

static void
add_people (MashPaper        *paper,
            const MashWeekly *weekly)
{
  const MashWeeklyPeople *people = &weekly->people;
  const MashPaperColumn columns[] = {
    { _("Children and family groups"), 84, FALSE }, { _("Total"), 16, TRUE },
  };

  mash_paper_add_heading (paper, _("Children and families, counted apart"));
  mash_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  add_number (paper, _("Family groups"), _("Contacts that share a child are one family."),
              people->families);
  add_number (paper, _("Children"), _("Different children, however many contacts they are in."),
              people->children);
  add_number (paper, _("Children in contacts"),
              _("Each child once for each contact that they are in."), people->child_contacts);
  add_number (paper, _("As known at period end"),
              _("The line above as it would have been printed on the last day."), people->at_end);
  add_number (paper, _("Identified late"),
              _("Children who joined after the contact was taken in, or whose name was not known "
                "then and is now."), people->late + people->identified);
  add_number (paper, _("Not identified yet"), NULL, people->unknown);
  add_number (paper, _("Contacts taken in after period end"),
              _("They reached the hub in the period and were keyed later."), weekly->keyed_after);
  add_number (paper, _("Open at period end, decided since"),
              _("They stay in the line “open at period end”."), weekly->decided_after);
}

static void
add_definitions (MashPaper *paper)
{
  const MashPaperColumn columns[] = { { _("Line"), 34, FALSE }, { _("Definition"), 66, FALSE } };

  mash_paper_add_heading (paper, _("What the words mean"));
  mash_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < MASH_N_FIGURES; i++)
    mash_paper_add_row (paper, MASH_PAPER_ROW_PLAIN, (MashPaperCell[]) {
      { .text = mash_figure_get_label (i) }, { .text = mash_figure_get_definition (i) },
    });
}

/**
 * mash_weekly_paper_new:
 * @weekly: a report
 * @hub: the name of the hub
 *
 * Returns: (transfer full): the report for paper, with its definitions
 */
MashPaper *
mash_weekly_paper_new (MashWeekly *weekly,
                       const char *hub)
{
  g_autofree char *from = mash_weekly_dup_day (weekly->first_day, TRUE);
  g_autofree char *to = mash_weekly_dup_day (weekly->last_day, TRUE);
  g_autofree char *day = mash_weekly_dup_day (mash_time_get_local_day (weekly->as_of), TRUE);
  g_autofree char *local = mash_time_dup_local (weekly->as_of);
  g_autofree char *period = g_strdup_printf (_("%s to %s"), from, to);
  g_autofree char *version = g_strdup_printf (_("As of %s, %s"), day,
                                               local + strlen ("2026-10-13 "));
  g_autofree char *words = mash_weekly_chart_dup_words (weekly);
  MashPaper *paper = mash_paper_new (&(MashPaperHead) {
    .title = _("Weekly report"), .reference = period, .version = version, .note = hub,
  });

  mash_paper_add_title (paper, _("Weekly report"));
  mash_paper_add_text (paper, period);
  if (weekly->agency != NULL)
    {
      g_autofree char *only = g_strdup_printf (_("Only contacts that %s took in."),
                                               weekly->agency);

      mash_paper_add_text (paper, only);
    }
  if (weekly->running)
    mash_paper_add_quiet (paper, _("The last day was not over when the figures were read."));
  add_figures (paper, weekly);
  mash_paper_add_heading (paper, _("Contacts by week, and what became of them"));
  mash_paper_add_quiet (paper, _("Blue: referrals. Grey: advice and guidance. Brown: open at "
                                 "period end, or other. Dashed: the average week. The figure on "
                                 "a bar: its contacts."));
  mash_paper_add_picture (paper, CHART_HEIGHT, words, draw_chart_cb, mash_weekly_ref (weekly),
                          (GDestroyNotify) mash_weekly_unref);
  add_weeks (paper, weekly);
  add_people (paper, weekly);
  add_definitions (paper);

  return paper;
}
