/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The reference of a contact, `R7K2-M4QT-C`: the only number that people see and say.
 *
 * Eight random characters and a check character, so that nothing can be read from it, not even how
 * many contacts there are. Pure functions, any thread.
 */

#include <glib.h>

G_BEGIN_DECLS

char     *mash_reference_make   (const guint8  random[8]) G_GNUC_WARN_UNUSED_RESULT;
gboolean  mash_reference_check  (const char   *text);
char     *mash_reference_parse  (const char   *typed) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
