/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the hub leaves to whoever is signed in, one below the other, to be seen or chosen. Closes
 * when nothing is left.
 */

#include <adwaita.h>

#include "mash-service.h"

G_BEGIN_DECLS

#define MASH_TYPE_UNSETTLED_WINDOW (mash_unsettled_window_get_type ())

G_DECLARE_FINAL_TYPE (MashUnsettledWindow, mash_unsettled_window, MASH, UNSETTLED_WINDOW, AdwWindow)

void mash_unsettled_window_open (GtkWindow   *parent,
                                 MashService *service);

G_END_DECLS
