/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How the service opens a list of which the store knows the keys: the keys and the first rows in
 * one go, and every further page when somebody looks at it. Private to the service.
 */

#include "mash-key-list.h"
#include "mash-store.h"
#include "mash-service.h"

G_BEGIN_DECLS

/**
 * MashKeyReader:
 * @item_type: the type of the items
 * @list_keys: gives the numbers of all rows, gint64, in the order of the list; %NULL where the
 *   keys come with something else
 * @list_rows: gives the rows of some of them, %NULL for one that is there no more
 *
 * What a list of a kind asks of the store, on the store's thread.
 */
typedef struct
{
  GType    (*item_type) (void);
  GArray  *(*list_keys) (MashStore      *store,
                         gconstpointer   query,
                         GCancellable   *cancellable,
                         GError        **error);
  GPtrArray *(*list_rows) (MashStore     *store,
                           gconstpointer  query,
                           const gint64  *keys,
                           guint          n_keys,
                           GError       **error);
} MashKeyReader;

void         mash_key_reader_open     (MashService         *service,
                                       GTask               *task,
                                       const MashKeyReader *reader,
                                       gpointer             query,
                                       GDestroyNotify       clear_query);
MashKeyList *mash_key_reader_new_list (MashService         *service,
                                       const MashKeyReader *reader,
                                       GArray              *keys,
                                       GPtrArray           *rows) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
