/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The bar below a tray in which several contacts are chosen: who is to have them, how far that is,
 * what could not be done and why, and a way back. It gives to colleagues what is selected in the
 * tray; nothing else is altered from here.
 */

#include <gtk/gtk.h>

#include "mash-service.h"

G_BEGIN_DECLS

#define MASH_TYPE_TRAY_BULK (mash_tray_bulk_get_type ())

G_DECLARE_FINAL_TYPE (MashTrayBulk, mash_tray_bulk, MASH, TRAY_BULK, GtkWidget)

void     mash_tray_bulk_set_service (MashTrayBulk *self,
                                     MashService  *service);
void     mash_tray_bulk_set_selection (MashTrayBulk      *self,
                                      GtkSelectionModel *selection,
                                      GListModel        *contacts);
guint    mash_tray_bulk_get_n_chosen (MashTrayBulk *self);
void     mash_tray_bulk_select_all  (MashTrayBulk *self);
void     mash_tray_bulk_pop_up      (MashTrayBulk *self);
void     mash_tray_bulk_assign      (MashTrayBulk *self,
                                     const char   *person);

G_END_DECLS
