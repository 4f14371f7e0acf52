/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Who acts: a person, in a post, at a desk, at an instant. Everything that judges gets it as an
 * argument and looks nothing up.
 */

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *person; /* id of the member of staff */
  const char *post;   /* id of the post in which they act */
  const char *role;   /* the post's role, such as `SW` */
  const char *agency; /* id of the post's agency */
  const char *desk;   /* id of the seat */
  gboolean    on_line;
  gint64      now;    /* microseconds since 1970, UTC */
} MashActor;

G_END_DECLS
