/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A small outlined word: a flag, how a thing is to be handled, a state to act on.
 *
 * Grey informs, amber wants something, red is wrong, yours is the reader's own. Good news is not
 * boxed.
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_TAG (mash_tag_get_type ())

G_DECLARE_FINAL_TYPE (MashTag, mash_tag, MASH, TAG, GtkWidget)

GtkWidget *mash_tag_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
