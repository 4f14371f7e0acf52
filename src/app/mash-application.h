/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The desk as a program: its command line, its keys, and the one window.
 *
 * More than one may run on a machine, each for another person; the database's own lock keeps a
 * second opener out.
 */

#include <adwaita.h>

#include "mash-service.h"

G_BEGIN_DECLS

#define MASH_TYPE_APPLICATION (mash_application_get_type ())

G_DECLARE_FINAL_TYPE (MashApplication, mash_application, MASH, APPLICATION, AdwApplication)

MashApplication *mash_application_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
