/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A line of a form: the field's label, its input, and under it what is wrong with what was typed.
 *
 * The label is the field's own from its kind's table unless the property `label` says otherwise.
 * All labels of a form share one edge. Signal `wanted` as in #MashFieldInput.
 */

#include "mash-field-input.h"

G_BEGIN_DECLS

#define MASH_TYPE_FORM_ROW (mash_form_row_get_type ())

G_DECLARE_FINAL_TYPE (MashFormRow, mash_form_row, MASH, FORM_ROW, GtkWidget)

MashFieldInput *mash_form_row_get_input (MashFormRow *self);

G_END_DECLS
