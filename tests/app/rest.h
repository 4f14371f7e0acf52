/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Letting a window live until it has come to rest, however slow the machine is. A test that waits
 * only for a fixed time says more about the machine than about the window. */

#include <gtk/gtk.h>

#include "mash-service.h"

void rest     (MashService *service,
               guint        milliseconds);

void rest_in  (GtkWindow   *window,
               int          width,
               int          height);
