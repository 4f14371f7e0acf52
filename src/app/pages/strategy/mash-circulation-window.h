/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* One copy of a signed record, for one recipient: what holds it up, what is left out, how it will
 * look; then whoever has read it signs for that, and it goes into a file or to a printer.
 */

#include <adwaita.h>

#include "mash-circulation.h"
#include "mash-contact-file.h"
#include "mash-page.h"

G_BEGIN_DECLS

#define MASH_TYPE_CIRCULATION_WINDOW (mash_circulation_window_get_type ())

G_DECLARE_FINAL_TYPE (MashCirculationWindow, mash_circulation_window, MASH, CIRCULATION_WINDOW,
                      AdwWindow)

MashCirculationWindow *
     mash_circulation_window_open    (MashPage              *page,
                                      MashContactFile       *file,
                                      const char            *discussion,
                                      const MashCopyFor     *copy);
void mash_circulation_window_save_to (MashCirculationWindow *self,
                                      GFile                 *destination);

G_END_DECLS
