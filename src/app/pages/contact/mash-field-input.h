/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The control for one field of one entity: an entry, a text area, a drop-down or a tick, as the
 * field's type in its kind's table asks for.
 *
 * It is bound both ways: what is typed goes into the entity at once, what the entity learns is
 * shown. Dates and times are typed freely; what cannot be read stays where it was typed, with a
 * sentence that says so. It stands in forms (inside #MashFormRow) and in the cells of tables
 * alike.
 *
 * Properties: kind, field (what it shows; the kind may be left out where the object is no entity,
 * then `list` names its code list or nothing for a line of text), object, label (its name for
 * people), missing, remark (what is wrong with what was typed, or NULL). Signal `wanted`:
 * something was typed and there is no object yet; whoever handles it makes one and sets it.
 */

#include <gtk/gtk.h>

#include "mash-entity.h"

G_BEGIN_DECLS

#define MASH_TYPE_FIELD_INPUT (mash_field_input_get_type ())

G_DECLARE_FINAL_TYPE (MashFieldInput, mash_field_input, MASH, FIELD_INPUT, GtkWidget)

const MashField *mash_field_input_get_declared (MashFieldInput *self);
GObject         *mash_field_input_get_object   (MashFieldInput *self);
const char      *mash_field_input_get_field    (MashFieldInput *self);
const char      *mash_field_input_get_remark   (MashFieldInput *self);
void             mash_field_input_set_missing  (MashFieldInput *self,
                                                gboolean        missing);

G_END_DECLS
