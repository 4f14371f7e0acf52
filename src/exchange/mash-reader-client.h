/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Starts mash-reader, hands it a file and takes its answer, believing neither the one nor the
 * other.
 *
 * Synchronous and bounded in time and size; meant for a worker thread. Whatever the helper does
 * (dies, hangs, talks without end, says nothing) ends in the same error.
 */

#include <gio/gio.h>

#include "mash-reading.h"

G_BEGIN_DECLS

typedef struct
{
  const char *program;      /* the helper's path; %NULL for the one that belongs to this program */
  const char *form;         /* what kind of file it is: `referral` */
  const char *today;        /* the local date in full */
  guint       milliseconds; /* how long it may take; 0 for ten seconds */
} MashReaderCall;

MashReading *mash_reader_client_run  (const MashReaderCall  *call,
                                      GBytes                *file,
                                      GCancellable          *cancellable,
                                      GError               **error) G_GNUC_WARN_UNUSED_RESULT;
char        *mash_reader_client_find (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
