/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The signs of a strip, painted once: a family of many years has thousands, and a list that scrolls
 * has the strip drawn in every frame.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  double  width;        /* of the whole picture, in pixels of the application */
  double  height;
  double  left;         /* where the first day stands */
  double  span;         /* the pixels from the first day to the last */
  int     first;        /* days since 1970 */
  int     last;
  double  lane;         /* height of a lane; one more stands above them */
  double  size;         /* radius of a sign */
  int     scale;        /* pixels of the display for one of the application */
  GdkRGBA colours[3];   /* by weight */
  GdkRGBA ground;
} MashTimelineSigns;

void mash_timeline_signs_snapshot (const MashTimelineSigns *self,
                                   GPtrArray               *lanes,
                                   GtkSnapshot             *snapshot);

G_END_DECLS
