/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What hands do in the bar that asks for what a deed needs, on a desk under test. */

#include "desk-fixture.h"

GtkWidget  *deed_begin   (Desk       *desk,
                          const char *deed,
                          const char *field);
MashEntity *deed_fill    (gpointer    root,
                          const char *field,
                          const char *value);
void        deed_confirm (Desk       *desk);
guint       deed_count   (Desk       *desk,
                          const char *kind,
                          const char *field,
                          const char *value);
