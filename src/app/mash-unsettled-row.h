/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* One thing that the hub leaves to somebody: a step that was not accepted, or a field with two
 * values side by side.
 *
 * Signal `settled` (gboolean): whether the other value was chosen.
 */

#include <gtk/gtk.h>

#include "mash-service-unsettled.h"

G_BEGIN_DECLS

#define MASH_TYPE_UNSETTLED_ROW (mash_unsettled_row_get_type ())

G_DECLARE_FINAL_TYPE (MashUnsettledRow, mash_unsettled_row, MASH, UNSETTLED_ROW, GtkListBoxRow)

GtkWidget           *mash_unsettled_row_new (const MashUnsettled *unsettled) G_GNUC_WARN_UNUSED_RESULT;
const MashUnsettled *mash_unsettled_row_get (MashUnsettledRow    *self);
const char          *mash_unsettled_row_get_words (MashUnsettledRow    *self);

G_END_DECLS
