/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Which tables and indexes a database has and on which page each begins, kept in a small file
 * beside it. Private to the store.
 *
 * A database says this itself, on its first pages. Where one of those is damaged nobody finds the
 * others, although each is enciphered and proved for itself: with the shape they can be read. It
 * holds nothing of what any record says.
 */

#include "mash-database.h"

G_BEGIN_DECLS

#define MASH_SHAPE_NAME "desk.shape"

/* The rows of sqlite_master, in order: type, name, table, root page, and the SQL where there is
 * any. */
#define MASH_SHAPE_ROWS_TYPE "a(sssums)"

typedef struct
{
  guint32   version;         /* of the schema */
  guint32   application_id;
  guint32   last_root;       /* the highest page on which something begins */
  GVariant *rows;            /* of MASH_SHAPE_ROWS_TYPE */
} MashShape;

void       mash_shape_keep (MashDatabase *database);
void       mash_shape_drop (MashDatabase *database);
MashShape *mash_shape_load (const char   *folder,
                            MashSecret   *key) G_GNUC_WARN_UNUSED_RESULT;
void       mash_shape_free (MashShape    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashShape, mash_shape_free)

G_END_DECLS
