/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A list of which every key is known and those rows are read that somebody looks at: it is as long
 * as what was found, and holds the pages that were looked at last.
 *
 * An item whose row is still being read shows nothing, or what its key tells, and gets the rest
 * within a moment. The list does not change; whoever shows it opens another. Main thread. It reads
 * nothing itself; whoever made it is asked for rows.
 */

#include <gio/gio.h>

G_BEGIN_DECLS

#define MASH_TYPE_KEY_LIST (mash_key_list_get_type ())

G_DECLARE_FINAL_TYPE (MashKeyList, mash_key_list, MASH, KEY_LIST, GObject)

/* How many rows are read at once, and how many such pages are held: more than a window of any
 * height shows at once. */
#define MASH_KEY_LIST_PAGE      64u
#define MASH_KEY_LIST_MAX_PAGES 12u

/* Asks for the rows of @n_keys keys; whoever does gives them to mash_key_list_take_rows(). */
typedef void (*MashKeyListRead) (MashKeyList   *list,
                                 guint          first,
                                 gconstpointer  keys,
                                 guint          n_keys,
                                 gpointer       data);

/* Gives what is known of a row from its key alone. */
typedef gpointer (*MashKeyListMake) (gconstpointer key);

MashKeyList  *mash_key_list_new        (GType            item_type,
                                        GArray          *keys,
                                        MashKeyListMake  make,
                                        MashKeyListRead  read,
                                        gpointer         data,
                                        GDestroyNotify   free_data) G_GNUC_WARN_UNUSED_RESULT;
void          mash_key_list_begin      (MashKeyList     *self,
                                        GPtrArray       *rows);
void          mash_key_list_take_rows  (MashKeyList     *self,
                                        guint            first,
                                        GPtrArray       *rows);
gconstpointer mash_key_list_get_key    (MashKeyList     *self,
                                        guint            position);
gboolean      mash_key_list_is_read    (MashKeyList     *self,
                                        guint            position);
guint         mash_key_list_get_n_held (MashKeyList     *self);

G_END_DECLS
