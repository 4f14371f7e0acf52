/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The weeks of a report as bars: what came, and what became of it. Drawn on the screen and on
 * paper by the same hand; the table beside it says the same in words and figures. */

#include <gdk/gdk.h>

#include "mash-weekly.h"

G_BEGIN_DECLS

typedef struct
{
  GdkRGBA ink;
  GdkRGBA dim;
  GdkRGBA line;
  GdkRGBA referrals;
  GdkRGBA on_referrals;  /* words on it */
  GdkRGBA advice;
  GdkRGBA on_advice;
  GdkRGBA rest;
} MashChartColors;

void  mash_weekly_chart_draw      (const MashWeekly           *weekly,
                                   const MashChartColors      *colors,
                                   const PangoFontDescription *font,
                                   cairo_t                    *cr,
                                   double                      width,
                                   double                      height);
char *mash_weekly_chart_dup_words (const MashWeekly           *weekly) G_GNUC_WARN_UNUSED_RESULT;
char *mash_weekly_dup_day         (int                         day,
                                   gboolean                    year) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
