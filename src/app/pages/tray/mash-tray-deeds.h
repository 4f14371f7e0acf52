/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What can be done to a contact from its line in a tray. The rules say whether it may be done; the
 * page says what came of it.
 */

#include "mash-page.h"
#include "mash-tray-line.h"

G_BEGIN_DECLS

void mash_tray_open      (MashPage     *page,
                          MashTrayLine *line);
void mash_tray_take      (MashPage     *page,
                          const char   *contact);
void mash_tray_mark_harm (MashPage     *page,
                          const char   *contact);

G_END_DECLS
