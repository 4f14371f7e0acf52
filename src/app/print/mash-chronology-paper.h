/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A chronology for paper: who it is for and what it covers on the first page, then every entry. */

#include "mash-paper.h"
#include "mash-service-copies.h"

G_BEGIN_DECLS

/* What stands on it beside the entries. */
typedef struct
{
  const char *recipient;
  const char *purpose;
  const char *covers;     /* which view it is, in words */
  const char *maker;      /* who made it */
  const char *post;
} MashChronologyWords;

MashPaper *mash_chronology_paper_new        (MashPolicy                *policy,
                                             const MashChronology      *chronology,
                                             const MashChronologyWords *words) G_GNUC_WARN_UNUSED_RESULT;
void       mash_chronology_paper_new_async  (MashPolicy                *policy,
                                             const MashChronology      *chronology,
                                             const MashChronologyWords *words,
                                             GAsyncReadyCallback        callback,
                                             gpointer                   user_data);
MashPaper *mash_chronology_paper_new_finish (GAsyncResult              *result);
char      *mash_chronology_dup_date         (gint64                     at,
                                             const char                *precision) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
