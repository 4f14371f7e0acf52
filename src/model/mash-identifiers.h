/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Check digits of the numbers that others give to people. A number that passes may still be
 * somebody else’s. Pure functions, any thread.
 */

#include <glib.h>

G_BEGIN_DECLS

gboolean  mash_upn_check             (const char *text);
gboolean  mash_nhs_number_check      (const char *text);
char     *mash_identifiers_normalize  (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
