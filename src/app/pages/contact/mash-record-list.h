/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The records of one kind of an open contact, a form for each, and a button that adds one.
 *
 * While there is none, one empty form stands there: typing in it makes the record. Properties:
 * file; kind and layout as in #MashRecordForm; match-field and match-id: only the records in
 * which that field is that id, and new ones get it; within-field and within-id: the same once more,
 * for records that belong to two others; narrow as in #MashRecordForm; add-label: the words of the
 * button, without them there is none.
 */

#include <gtk/gtk.h>

#include "mash-contact-file.h"

G_BEGIN_DECLS

#define MASH_TYPE_RECORD_LIST (mash_record_list_get_type ())

G_DECLARE_FINAL_TYPE (MashRecordList, mash_record_list, MASH, RECORD_LIST, GtkWidget)

G_END_DECLS
