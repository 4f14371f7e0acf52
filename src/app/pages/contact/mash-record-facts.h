/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What a record says, to be read: a line for each field that holds something, its name and what it
 * holds. Nothing can be typed in it, and nothing is cut.
 *
 * Properties: layout: the names of the fields, with spaces or new lines between; entity: the
 * record. It follows what the entity holds.
 */

#include <gtk/gtk.h>

#include "mash-entity.h"

G_BEGIN_DECLS

#define MASH_TYPE_RECORD_FACTS (mash_record_facts_get_type ())

G_DECLARE_FINAL_TYPE (MashRecordFacts, mash_record_facts, MASH, RECORD_FACTS, GtkWidget)

GtkWidget *mash_record_facts_new  (MashEntity      *entity,
                                   const char      *layout) G_GNUC_WARN_UNUSED_RESULT;
void       mash_record_facts_flow (MashRecordFacts *self);

G_END_DECLS
