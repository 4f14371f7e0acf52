/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The colleagues of the hub to choose one from: those on duty first, narrowed by typing.
 *
 * Signal: `picked` (string: id of the member of staff; string: name).
 */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MASH_TYPE_PERSON_LIST (mash_person_list_get_type ())

G_DECLARE_FINAL_TYPE (MashPersonList, mash_person_list, MASH, PERSON_LIST, GtkWidget)

void mash_person_list_set_staff (MashPersonList *self,
                                 GListModel     *staff);
void mash_person_list_set_text  (MashPersonList *self,
                                 const char     *text);
void mash_person_list_move      (MashPersonList *self,
                                 int             step);
gboolean mash_person_list_pick  (MashPersonList *self);
void mash_person_list_set_search_visible (MashPersonList *self,
                                          gboolean        visible);

G_END_DECLS
