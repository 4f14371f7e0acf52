/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-timeline-signs.h"

#include "mash-timeline-view.h"

/* Signs that are nearer than this, in pixels, are drawn as one: the gravest. */
#define APART 7.0

/* A ring, a disc or a diamond: they differ in shape and in weight, not in colour alone. */
static void
draw_sign (cairo_t       *cr,
           double         x,
           double         y,
           double         size,
           guint          weight,
           const GdkRGBA *colours,
           const GdkRGBA *ground)
{
  double r = weight == 2 ? size * 1.5 : weight == 1 ? size : size * .85;

  cairo_new_path (cr);
  if (weight == 2)
    {
      cairo_move_to (cr, x, y - r);
      cairo_line_to (cr, x + r, y);
      cairo_line_to (cr, x, y + r);
      cairo_line_to (cr, x - r, y);
      cairo_close_path (cr);
    }
  else
    {
      cairo_arc (cr, x, y, r, 0, 2 * G_PI);
    }
  gdk_cairo_set_source_rgba (cr, weight == 0 ? ground : &colours[weight]);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &colours[weight]);
  cairo_set_line_width (cr, 1.4);
  cairo_stroke (cr);
}

static void
draw_lane (const MashTimelineSigns *self,
           const MashTimelineLane  *lane,
           cairo_t                 *cr,
           double                   y)
{
  double pending = -1;
  guint weight = 0;

  for (guint i = 0; i < lane->marks->len; i++)
    {
      const MashTimelineMark *mark = &g_array_index (lane->marks, MashTimelineMark, i);
      double day = mark->day + .5 - self->first;
      double x = (int) (self->left + self->span * day / MAX (self->last - self->first, 1) + .5);

      if (pending >= 0 && x - pending >= APART)
        {
          draw_sign (cr, pending, y, self->size, weight, self->colours, &self->ground);
          pending = -1;
        }
      if (pending < 0 || mark->weight > weight)
        weight = mark->weight;
      if (pending < 0)
        pending = x;
    }
  if (pending >= 0)
    draw_sign (cr, pending, y, self->size, weight, self->colours, &self->ground);
}

/**
 * mash_timeline_signs_snapshot:
 * @self: where things are and how they look
 * @lanes: (element-type MashTimelineLane): what is to be drawn, from above
 * @snapshot: where to
 *
 * Adds the signs as a picture, transparent where there is none. Cairo's surface is kept as it is: a
 * texture would be copied anew in each frame of the whole window.
 */
void
mash_timeline_signs_snapshot (const MashTimelineSigns *self,
                              GPtrArray               *lanes,
                              GtkSnapshot             *snapshot)
{
  graphene_rect_t bounds =
    GRAPHENE_RECT_INIT (0, 0, (float) self->width, (float) self->height);
  cairo_surface_t *surface;
  cairo_t *cr;

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32,
                                        MAX ((int) self->width * self->scale, 1),
                                        MAX ((int) self->height * self->scale, 1));
  cairo_surface_set_device_scale (surface, self->scale, self->scale);
  cr = cairo_create (surface);
  for (guint i = 0; i < lanes->len; i++)
    draw_lane (self, g_ptr_array_index (lanes, i), cr, self->lane * (i + 1.5));
  cairo_destroy (cr);

  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}
