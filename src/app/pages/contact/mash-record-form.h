/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The fields of one record as lines of a form, in the order that the template says.
 *
 * Properties: kind; layout: the names of the fields, a line of the form on each line of text, one
 * or two fields beside each other; entity: the record, NULL while there is none (then `wanted` is
 * emitted when something is typed); narrow: the form stands in a narrow panel, labels get a third
 * of it. Labels, controls and code lists come from the kind's table.
 */

#include <gtk/gtk.h>

#include "mash-entity.h"

G_BEGIN_DECLS

#define MASH_TYPE_RECORD_FORM (mash_record_form_get_type ())

G_DECLARE_FINAL_TYPE (MashRecordForm, mash_record_form, MASH, RECORD_FORM, GtkWidget)

GtkWidget  *mash_record_form_new        (const char     *kind,
                                         const char     *layout) G_GNUC_WARN_UNUSED_RESULT;
MashEntity *mash_record_form_get_entity (MashRecordForm *self);
void        mash_record_form_set_entity (MashRecordForm *self,
                                         MashEntity     *entity);

G_END_DECLS
