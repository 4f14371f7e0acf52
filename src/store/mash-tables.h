/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The tables of records: a row of SQL as a #MashRecord, and an edit as a row.
 *
 * The SQL of these tables follows from the kinds' tables of fields and is put together once, when
 * the database is opened; all other SQL is static text where it is used. It applies what has been
 * decided and decides nothing but that each field still is what the edit says it was. The same
 * code fills the desk's tables and the copy that `verify` compares them with.
 */

#include "mash-database.h"
#include "mash-edit.h"

G_BEGIN_DECLS

typedef struct _MashTables MashTables;

MashTables   *mash_tables_new          (MashDatabase      *database) G_GNUC_WARN_UNUSED_RESULT;
void          mash_tables_free         (MashTables        *self);
MashDatabase *mash_tables_get_database (MashTables        *self);
char         *mash_tables_dup_column   (const char        *name) G_GNUC_WARN_UNUSED_RESULT;
void          mash_tables_set_remembering
                                       (MashTables        *self,
                                        gboolean           remembering);
void          mash_tables_forget       (MashTables        *self);
const char   *mash_tables_get_columns  (MashTables        *self,
                                        const MashKind    *kind);

MashRecord   *mash_tables_lookup       (MashTables        *self,
                                        const MashKind    *kind,
                                        const char        *id,
                                        GError           **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *mash_tables_list         (MashTables        *self,
                                        const MashKind    *kind,
                                        guint              field,
                                        const char        *value,
                                        GError           **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *mash_tables_list_agencies
                                       (MashTables        *self,
                                        GError           **error);
gboolean      mash_tables_contain      (MashTables        *self,
                                        const MashKind    *kind,
                                        const char        *id);
gboolean      mash_tables_check        (MashEdit          *edit,
                                        MashRecord        *record,
                                        GError           **error);
MashRecord   *mash_tables_apply        (MashTables        *self,
                                        MashEdit          *edit,
                                        const char        *at,
                                        const char        *person,
                                        const char        *post,
                                        GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      mash_tables_put_back     (MashTables        *self,
                                        const MashKind    *kind,
                                        const char        *id,
                                        MashRecord        *record,
                                        GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashTables, mash_tables_free)

G_END_DECLS
