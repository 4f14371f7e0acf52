/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A copy of a signed strategy record on its way out: what its owners say of each paragraph, who
 * looked at it, whether the finished paper holds what it must not, and where it went.
 *
 * Which recipients there are, and what each gets, the open contact's facts say
 * (mash-circulation.h). Nothing is on a disk before it has been looked through and the log has it.
 * Main thread.
 */

#include "mash-circulation.h"
#include "mash-service.h"

G_BEGIN_DECLS

/* What is written down of a copy before it is made. */
typedef struct
{
  const char *discussion;
  MashCopyFor copy;
  const char *recipient;    /* whom it is for, in words */
  const char *fingerprint;  /* of the finished paper */
} MashCopyWords;

/* Groups: `release-paragraph` and `preview-copy` are signed (mash_service_sign_async()). */
MashGroup *mash_circulation_dup_ruling  (MashContactFile     *file,
                                         const char          *id,
                                         const char          *paragraph,
                                         const MashCopyFor   *copy,
                                         gboolean             released,
                                         const char          *reason) G_GNUC_WARN_UNUSED_RESULT;
MashGroup *mash_circulation_dup_preview (MashContactFile     *file,
                                         const char          *id,
                                         const MashCopyWords *words) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the finished paper may go to its recipient; gives its fingerprint. */
void       mash_service_check_copy_async  (MashService         *self,
                                           const char          *discussion,
                                           const MashCopyFor   *copy,
                                           GBytes              *pdf,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
char      *mash_service_check_copy_finish (MashService         *self,
                                           GAsyncResult        *result,
                                           GError             **error);

/* Looks through it once more, writes down that it goes, and lets it go: into a file; or onto paper,
 * which the printer has by then. */
void       mash_service_send_copy_async   (MashService         *self,
                                           MashContactFile     *file,
                                           MashEntity          *circulation,
                                           GBytes              *pdf,
                                           GFile               *destination,
                                           const char          *how,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
gboolean   mash_service_send_copy_finish  (MashService         *self,
                                           GAsyncResult        *result,
                                           GError             **error);

G_END_DECLS
