/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-report-chart.h"

#include "mash-weekly-chart.h"

static void
get_color (GtkWidget  *widget,
           const char *name,
           GdkRGBA    *color)
{
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, color))
    gdk_rgba_parse (color, "#808080");
}

/**
 * mash_report_chart_draw:
 * @widget: what is drawn on, whose colours and letters it has
 * @weekly: a report
 * @cr: where to
 * @width: how wide, in pixels
 * @height: how high
 */
void
mash_report_chart_draw (GtkWidget        *widget,
                        const MashWeekly *weekly,
                        cairo_t          *cr,
                        int               width,
                        int               height)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontDescription *font;
  MashChartColors colors;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colors.ink);
  get_color (widget, "mash_dim_fg", &colors.dim);
  get_color (widget, "mash_line", &colors.line);
  get_color (widget, "mash_accent_bg", &colors.referrals);
  gdk_rgba_parse (&colors.on_referrals, "#ffffff");
  get_color (widget, "mash_line_strong", &colors.advice);
  colors.on_advice = colors.ink;
  get_color (widget, "mash_soon_fg", &colors.rest);
  font = pango_font_description_copy (pango_context_get_font_description (context));
  if (pango_font_description_get_size_is_absolute (font))
    pango_font_description_set_absolute_size (font, pango_font_description_get_size (font) * 0.86);
  else
    pango_font_description_set_size (font, pango_font_description_get_size (font) * 86 / 100);
  cairo_save (cr);
  mash_weekly_chart_draw (weekly, &colors, font, cr, width, height);
  cairo_restore (cr);
  pango_font_description_free (font);
}
