/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Names made comparable: how they are folded, how they sound, and how a date of birth goes wrong.
 *
 * For finding and for prompting. What is found is shown as it was written, and a person decides
 * whether it is the same. Pure functions, any thread; no locale.
 */

#include <glib.h>

G_BEGIN_DECLS

char     *mash_name_fold       (const char *name) G_GNUC_WARN_UNUSED_RESULT;
char     *mash_name_key        (const char *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean  mash_name_equal      (const char *a,
                                const char *b);
gboolean  mash_name_alike      (const char *a,
                                const char *b);
char    **mash_birth_variants  (const char *date) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
