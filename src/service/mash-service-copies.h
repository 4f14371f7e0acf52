/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A copy of a family's timeline that leaves the hub.
 *
 * What must not leave is left out here, by rule, and counted. The record of who has the copy, and
 * what for, is signed and durable before anything of it is handed out.
 */

#include "mash-service-timeline.h"

G_BEGIN_DECLS

/* What may be copied, and what everybody who holds the copy must be able to say of it. */
typedef struct
{
  GListModel *entries;      /* of MashTimelineItem */
  char       *reference;    /* of the contact */
  char       *agency;       /* of whoever made it */
  guint       confidential; /* entries left out because they are not for the family */
  guint       unreleased;   /* and because another agency owns them */
  guint       version;      /* which copy for this contact it is */
  gint64      at;
} MashChronology;

#define MASH_TYPE_CHRONOLOGY (mash_chronology_get_type ())

GType           mash_chronology_get_type      (void) G_GNUC_CONST;
MashChronology *mash_chronology_copy          (const MashChronology   *self) G_GNUC_WARN_UNUSED_RESULT;
void            mash_chronology_free          (MashChronology         *self);
void            mash_service_make_copy_async  (MashService            *self,
                                               const MashTimelineView *view,
                                               const char             *what,
                                               const char             *form,
                                               const char             *recipient,
                                               const char             *purpose,
                                               GCancellable           *cancellable,
                                               GAsyncReadyCallback     callback,
                                               gpointer                user_data);
MashChronology *mash_service_make_copy_finish (MashService            *self,
                                               GAsyncResult           *result,
                                               GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashChronology, mash_chronology_free)

G_END_DECLS
