/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The sentence that a person is shown for each error: one translated table, for the window and for
 * the command line. A sentence says what happened, what was kept and what to do, and holds no
 * personal data.
 */

#include <glib.h>

G_BEGIN_DECLS

char    *mash_sentence_for_error   (const GError *error) G_GNUC_WARN_UNUSED_RESULT;
char    *mash_sentence_for_left    (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean mash_sentence_is_invitation (const GError *error);
gboolean mash_sentence_is_conflict   (const GError *error);
gboolean mash_sentence_is_damage     (const GError *error);

G_END_DECLS
