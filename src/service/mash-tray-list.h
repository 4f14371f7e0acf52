/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The contacts of a tray as a window over keys: a list of MashTrayItem that is as long as the tray
 * and holds only the pages near what is looked at.
 *
 * A row that has not been read yet is an item without a contact, which is filled in when its page
 * comes. Positions are those of the time when the tray was put in order: what changes is altered in
 * place, what has gone is taken out, and what is new stands at the end until the tray is put in
 * order again. Main thread. It reads nothing itself; whoever made it is asked for pages.
 */

#include <gio/gio.h>

#include "mash-item.h"
#include "mash-tray.h"

G_BEGIN_DECLS

#define MASH_TYPE_TRAY_LIST (mash_tray_list_get_type ())

G_DECLARE_FINAL_TYPE (MashTrayList, mash_tray_list, MASH, TRAY_LIST, GObject)

/* How many rows come at once, and how many pages are held. */
#define MASH_TRAY_PAGE_SIZE 64
#define MASH_TRAY_MAX_PAGES 16

/* A page that is wanted: what stands behind @after, leaving out @skip rows. To be answered with
 * mash_tray_list_take_page() under the same @ticket. */
typedef void (*MashTrayFetch) (MashTrayList      *list,
                               guint              ticket,
                               const MashTrayKey *after,
                               guint              skip,
                               guint              limit,
                               gpointer           data);

MashTrayList *mash_tray_list_new           (MashTrayFetch  fetch,
                                            gpointer       data) G_GNUC_WARN_UNUSED_RESULT;
void          mash_tray_list_fill          (MashTrayList  *self,
                                            GPtrArray     *rows,
                                            guint          count);
void          mash_tray_list_take_page     (MashTrayList  *self,
                                            guint          ticket,
                                            GPtrArray     *rows);
void          mash_tray_list_put           (MashTrayList  *self,
                                            const char    *contact,
                                            gconstpointer  row,
                                            guint          count);
guint         mash_tray_list_find          (MashTrayList  *self,
                                            const char    *contact);
char        **mash_tray_list_dup_contacts  (MashTrayList  *self) G_GNUC_WARN_UNUSED_RESULT;
guint         mash_tray_list_get_n_new     (MashTrayList  *self);
guint         mash_tray_list_get_n_held    (MashTrayList  *self);

G_END_DECLS
