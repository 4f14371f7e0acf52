/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* People and episodes of another system, and counts of teams, as mash-reader found them in a file.
 *
 * A row knows its line and what it says; what is known of its person already is for the service to
 * find out. A row that cannot be taken has a fault and nothing else.
 */

#include <gio/gio.h>

#include "mash-fault.h"
#include "mash-group.h"
#include "mash-id-source.h"
#include "mash-import-columns.h"
#include "mash-policy.h"
#include "mash-reading.h"

G_BEGIN_DECLS

typedef struct
{
  guint           line;
  GHashTable     *cells;     /* name of the column → text */
  MashFaultPlace  fault;     /* why the row cannot be taken */
  MashFaultPlace  note;      /* what is remarkable about it */
} MashImportLine;

typedef struct
{
  MashImportForm  form;
  char           *sha256;
  GPtrArray      *lines;     /* of MashImportLine, in the order of the file, bad ones too */
} MashImport;

/* How many counts one file may have: they are taken in by one step, or not at all. */
#define MASH_IMPORT_MAX_COUNTS 90

/* What the hub has already of what a row tells. */
typedef struct
{
  const char *person;        /* %NULL: nobody; of an episode there always is somebody */
  GPtrArray  *identifiers;   /* (nullable): of MashRecord, of the person */
  MashRecord *episode;       /* (nullable): the same episode as it stands */
} MashImportKnown;

void            mash_import_free             (MashImport            *self);
MashImport     *mash_import_read             (GBytes                *file,
                                              MashPolicy            *policy,
                                              const char            *today,
                                              GCancellable          *cancellable,
                                              GError               **error) G_GNUC_WARN_UNUSED_RESULT;
MashImport     *mash_import_from_reading     (MashReading           *reading,
                                              MashPolicy            *policy) G_GNUC_WARN_UNUSED_RESULT;
const char     *mash_import_line_get         (const MashImportLine  *self,
                                              const char            *column);
char           *mash_import_line_dup_said    (const MashImportLine  *self,
                                              MashImportForm         form) G_GNUC_WARN_UNUSED_RESULT;
char           *mash_import_line_dup_digest  (const MashImportLine  *self,
                                              MashImportForm         form) G_GNUC_WARN_UNUSED_RESULT;
MashGroup      *mash_import_file_to_group    (const MashImport      *self,
                                              const char            *id) G_GNUC_WARN_UNUSED_RESULT;
MashGroup      *mash_import_line_to_group    (const MashImport      *self,
                                              const MashImportLine  *line,
                                              const char            *file,
                                              const MashImportKnown *known,
                                              MashIdSource           make_id,
                                              gpointer               data) G_GNUC_WARN_UNUSED_RESULT;

void            mash_import_check_counts     (MashImport            *self);
MashGroup      *mash_import_counts_to_group  (const MashImport      *self,
                                              const char            *file,
                                              GPtrArray             *lines,
                                              GPtrArray             *before,
                                              MashIdSource           make_id,
                                              gpointer               data) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashImport, mash_import_free)

G_END_DECLS
