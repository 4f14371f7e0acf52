/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Taking in people and episodes of another system, row by row: what was done, what was known
 * already, and which rows could not be taken and why. Counts of teams are taken in by one step, or
 * not at all: half a table would make a report that looks whole.
 */

#include "mash-service.h"

G_BEGIN_DECLS

typedef enum
{
  MASH_IMPORT_GOOD_ROWS = 0,        /* a bad row stops no other */
  MASH_IMPORT_DRY_RUN   = 1 << 0,   /* says what would happen and does nothing */
  MASH_IMPORT_STRICT    = 1 << 1,   /* a bad row refuses the whole file */
} MashImportFlags;

typedef struct
{
  gboolean   dry_run;
  gboolean   known_file;       /* the same file was taken in before */
  guint      rows;
  guint      new_people;
  guint      known_people;
  guint      new_episodes;
  guint      changed_episodes;
  guint      new_counts;
  guint      changed_counts;
  guint      repeated;         /* rows that were taken in before, in this file or another */
  guint      bad;
  guint      matches;          /* new people who may be somebody known */
  GPtrArray *sentences;        /* (element-type utf8): each bad row, and what is remarkable */
} MashImportReport;

/* How far it has come, on the main thread. */
typedef void (*MashImportProgress) (guint    done,
                                    guint    rows,
                                    gpointer data);

#define MASH_TYPE_IMPORT_REPORT (mash_import_report_get_type ())

GType             mash_import_report_get_type        (void) G_GNUC_CONST;
MashImportReport *mash_import_report_copy            (const MashImportReport *self) G_GNUC_WARN_UNUSED_RESULT;
void              mash_import_report_free            (MashImportReport       *self);
char             *mash_import_report_dup_words       (const MashImportReport *self) G_GNUC_WARN_UNUSED_RESULT;

void              mash_service_import_rows_async     (MashService            *self,
                                                      GFile                  *file,
                                                      MashImportFlags         flags,
                                                      MashImportProgress      progress,
                                                      gpointer                progress_data,
                                                      GCancellable           *cancellable,
                                                      GAsyncReadyCallback     callback,
                                                      gpointer                user_data);
MashImportReport *mash_service_import_rows_finish    (MashService            *self,
                                                      GAsyncResult           *result,
                                                      GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashImportReport, mash_import_report_free)

G_END_DECLS
