/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-weekly-chart.h"

#include <glib/gi18n.h>
#include <pango/pangocairo.h>

#include "mash-time.h"

/* Room for words, in heights of a line. */
#define FOOT_LINES 1.5
#define SIDE_LINES 2.6

/* How much of its place a bar takes. */
#define BAR_PART 0.54

static PangoLayout *
make_layout (cairo_t                    *cr,
             const PangoFontDescription *font,
             const char                 *text,
             gboolean                    strong,
             double                     *width,
             double                     *height)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoRectangle logical;

  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  if (strong)
    {
      PangoAttrList *list = pango_attr_list_new ();

      pango_attr_list_insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
      pango_layout_set_attributes (layout, list);
      pango_attr_list_unref (list);
    }
  pango_layout_get_extents (layout, NULL, &logical);
  *width = (double) logical.width / PANGO_SCALE;
  *height = (double) logical.height / PANGO_SCALE;

  return layout;
}

/* Words around a point: @across and @down say how much of them lies before it, from 0 to 1. */
static void
draw_words (cairo_t                    *cr,
            const PangoFontDescription *font,
            const char                 *text,
            gboolean                    strong,
            const GdkRGBA              *color,
            double                      x,
            double                      y,
            double                      across,
            double                      down)
{
  double width, height;
  g_autoptr (PangoLayout) layout = make_layout (cr, font, text, strong, &width, &height);

  gdk_cairo_set_source_rgba (cr, color);
  cairo_move_to (cr, x - width * across, y - height * down);
  pango_cairo_show_layout (cr, layout);
}

/* The next round number, so that four lines divide the height. */
static guint
get_scale (const MashWeekly *weekly)
{
  guint most = 4, unit = 1;

  for (guint i = 0; i < weekly->n_weeks; i++)
    most = MAX (most, weekly->weeks[i].figures[MASH_FIGURE_CONTACTS]);
  while (unit * 40 <= most)
    unit *= 10;
  for (guint step = unit; ; step += unit)
    {
      if (step * 4 >= most)
        return step;
    }
}

static void
draw_scale (const MashChartColors      *colors,
            const PangoFontDescription *font,
            cairo_t                    *cr,
            const cairo_rectangle_t    *box,
            guint                       step)
{
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i <= 4; i++)
    {
      double y = box->y + box->height * (1 - i / 4.0);
      g_autofree char *number = mash_figure_dup_number (i * step);

      gdk_cairo_set_source_rgba (cr, &colors->line);
      cairo_move_to (cr, box->x, (int) y + 0.5);
      cairo_line_to (cr, box->x + box->width, (int) y + 0.5);
      cairo_stroke (cr);
      draw_words (cr, font, number, FALSE, &colors->dim, box->x - 8, y, 1, 0.5);
    }
}

static double
draw_part (cairo_t       *cr,
           const GdkRGBA *color,
           double         x,
           double         bottom,
           double         width,
           double         height)
{
  if (height > 0)
    {
      gdk_cairo_set_source_rgba (cr, color);
      cairo_rectangle (cr, x, bottom - height, width, height);
      cairo_fill (cr);
    }

  return bottom - height;
}

static void
draw_week (const MashWeekly           *weekly,
           guint                       i,
           const MashChartColors      *colors,
           const PangoFontDescription *font,
           cairo_t                    *cr,
           const cairo_rectangle_t    *box,
           double                      per_contact,
           double                      average)
{
  const guint *figures = weekly->weeks[i].figures;
  double place = box->width / weekly->n_weeks;
  double width = place * BAR_PART;
  double x = box->x + place * i + (place - width) / 2;
  double bottom = box->y + box->height;
  double blue = figures[MASH_FIGURE_REFERRALS] * per_contact;
  double grey = figures[MASH_FIGURE_ADVICE] * per_contact;
  double top = draw_part (cr, &colors->referrals, x, bottom, width, blue);
  g_autofree char *referrals = mash_figure_dup_number (figures[MASH_FIGURE_REFERRALS]);
  g_autofree char *contacts = mash_figure_dup_number (figures[MASH_FIGURE_CONTACTS]);
  double grey_top = draw_part (cr, &colors->advice, x, top, width, grey);
  double words, line;

  top = draw_part (cr, &colors->rest, x, grey_top, width,
                   figures[MASH_FIGURE_REST] * per_contact);

  g_object_unref (make_layout (cr, font, contacts, TRUE, &words, &line));
  if (words > place - 2)
    return;
  if (blue > 1.4 * line && words < width)
    draw_words (cr, font, referrals, TRUE, &colors->on_referrals, x + width / 2,
                bottom - blue / 2, 0.5, 0.5);
  if (grey > 2.6 * line && words < width)
    {
      double y = grey_top + 0.2 * line;

      /* The line of the average goes through no figure. */
      if (average > y && average < y + line)
        y = average + 0.1 * line;
      draw_words (cr, font, contacts, TRUE, &colors->on_advice, x + width / 2, y, 0.5, 0);
    }
  else
    draw_words (cr, font, contacts, TRUE, &colors->ink, x + width / 2, top - 2, 0.5, 1);
}

static void
draw_average (const MashChartColors   *colors,
              cairo_t                 *cr,
              const cairo_rectangle_t *box,
              double                   average)
{
  static const double dashes[] = { 4, 3 };

  cairo_save (cr);
  gdk_cairo_set_source_rgba (cr, &colors->ink);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, box->x, (int) average + 0.5);
  cairo_line_to (cr, box->x + box->width, (int) average + 0.5);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_day (const MashWeekly           *weekly,
          guint                       i,
          const MashChartColors      *colors,
          const PangoFontDescription *font,
          cairo_t                    *cr,
          const cairo_rectangle_t    *box,
          double                      line)
{
  const MashWeek *week = &weekly->weeks[i];
  double x = box->x + box->width / weekly->n_weeks * (i + 0.5);
  double y = box->y + box->height + line * 0.3;
  g_autofree char *day = mash_weekly_dup_day (week->first_day, FALSE);

  draw_words (cr, font, day, FALSE, &colors->dim, x, y, 0.5, 0);
  if (week->n_days < MASH_WEEKLY_DAYS)
    {
      /* Translators: a week of which so many days are counted. */
      g_autofree char *part = g_strdup_printf (ngettext ("%u day", "%u days", week->n_days),
                                               week->n_days);

      draw_words (cr, font, part, TRUE, &colors->ink, x, y + line, 0.5, 0);
    }
}

/**
 * mash_weekly_chart_draw:
 * @weekly: a report
 * @colors: in which colours
 * @font: in which font
 * @cr: where
 * @width: how wide
 * @height: how high
 *
 * Any thread.
 */
void
mash_weekly_chart_draw (const MashWeekly           *weekly,
                        const MashChartColors      *colors,
                        const PangoFontDescription *font,
                        cairo_t                    *cr,
                        double                      width,
                        double                      height)
{
  guint step = get_scale (weekly);
  guint every;
  gboolean partial;
  double words, line, per_contact, average;
  cairo_rectangle_t box;

  g_object_unref (make_layout (cr, font, "00 Mmm", TRUE, &words, &line));
  box.x = SIDE_LINES * line;
  box.y = line * 1.1;
  box.width = width - box.x - 2;
  /* Where the last week is not whole, a second line says so. */
  partial = weekly->weeks[weekly->n_weeks - 1].n_days < MASH_WEEKLY_DAYS;
  box.height = height - box.y - (FOOT_LINES + partial) * line;
  if (box.width < 1 || box.height < 1)
    return;

  per_contact = box.height / (4.0 * step);
  average = box.y + box.height -
            mash_weekly_get_average (weekly, MASH_FIGURE_CONTACTS) * per_contact;

  draw_scale (colors, font, cr, &box, step);
  every = 1 + (guint) (words * 1.25 * weekly->n_weeks / box.width);
  for (guint i = 0; i < weekly->n_weeks; i++)
    {
      draw_week (weekly, i, colors, font, cr, &box, per_contact, average);
      if (i % every == 0)
        draw_day (weekly, i, colors, font, cr, &box, line);
    }
  if (weekly->n_weeks > 1)
    draw_average (colors, cr, &box, average);
}

/**
 * mash_weekly_chart_dup_words:
 * @weekly: a report
 *
 * Returns: (transfer full): what the chart shows, for those who do not see it
 */
char *
mash_weekly_chart_dup_words (const MashWeekly *weekly)
{
  g_autoptr (GString) words = g_string_new (_("Contacts by week, and what became of them."));

  for (guint i = 0; i < weekly->n_weeks; i++)
    {
      const MashWeek *week = &weekly->weeks[i];
      g_autofree char *day = mash_weekly_dup_day (week->first_day, FALSE);

      g_string_append_c (words, ' ');
      /* Translators: a day, then four numbers. */
      g_string_append_printf (words, _("Week of %s: %u contacts, %u referrals, %u advice, "
                                       "%u open or other."), day,
                              week->figures[MASH_FIGURE_CONTACTS],
                              week->figures[MASH_FIGURE_REFERRALS],
                              week->figures[MASH_FIGURE_ADVICE],
                              week->figures[MASH_FIGURE_REST]);
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

/**
 * mash_weekly_dup_day:
 * @day: a local day
 * @year: with the year
 *
 * Returns: (transfer full): it in words: 5 Oct, or 5 October 2026
 */
char *
mash_weekly_dup_day (int      day,
                     gboolean year)
{
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (0);
  g_autoptr (GDateTime) date = g_date_time_add_days (start, day);

  return year ? g_date_time_format (date, "%-d %B %Y") : g_date_time_format (date, "%-d %b");
}
