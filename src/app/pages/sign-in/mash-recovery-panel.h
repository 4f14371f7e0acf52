/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A new passphrase by means of a code: for somebody who forgot theirs, and at a desk of a central
 * hub also for somebody who comes for the first time.
 *
 * It asks for the code and the new passphrase twice, and shows the next code once. It knows
 * nobody: whoever shows it says whose sign-in it is. It signs nobody in.
 */

#include "mash-service.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_RECOVERY_PANEL (mash_recovery_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashRecoveryPanel, mash_recovery_panel, MASH, RECOVERY_PANEL, GtkWidget)

/* Signal: `closed` (gboolean: whether a new passphrase was set). */

void mash_recovery_panel_begin   (MashRecoveryPanel *self,
                                  MashService       *service);
void mash_recovery_panel_say     (MashRecoveryPanel *self,
                                  const char        *sentence);
void mash_recovery_panel_set_who (MashRecoveryPanel *self,
                                  const char        *sign_in);

G_END_DECLS
