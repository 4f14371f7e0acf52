/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The records of one kind in a contact’s file, as a list of entities each of which is made when
 * somebody first asks for it: a long discussion has thousands of notes, and a page shows the last
 * few. Main thread.
 */

#include <gio/gio.h>

#include "mash-entity.h"

G_BEGIN_DECLS

#define MASH_TYPE_ENTITY_LIST (mash_entity_list_get_type ())

G_DECLARE_FINAL_TYPE (MashEntityList, mash_entity_list, MASH, ENTITY_LIST, GObject)

/* Makes the entity of a record that has none yet; the list takes what is given. */
typedef MashEntity *(*MashEntityMake) (MashRecord *record,
                                       gpointer    data);

MashEntityList *mash_entity_list_new     (MashEntityMake  make,
                                          gpointer        data) G_GNUC_WARN_UNUSED_RESULT;
void            mash_entity_list_hold    (MashEntityList *self,
                                          MashRecord     *record);
void            mash_entity_list_tell    (MashEntityList *self);
void            mash_entity_list_append  (MashEntityList *self,
                                          MashEntity     *entity);
void            mash_entity_list_remove  (MashEntityList *self,
                                          const char     *id);
MashEntity     *mash_entity_list_find    (MashEntityList *self,
                                          const char     *id);
MashEntity     *mash_entity_list_peek    (MashEntityList *self,
                                          guint           position);
void            mash_entity_list_let_go  (MashEntityList *self);

G_END_DECLS
