/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the recorder of strategy discussions asks of the service: start one, write it, finish it,
 * have it signed, and see what is to be done across contacts. What is typed lives in the entities
 * of the open contact (`sd-…` and `strategy-discussion`). Main thread.
 */

#include "mash-discussion-reading.h"
#include "mash-drift.h"
#include "mash-service.h"

G_BEGIN_DECLS

/* A discussion in the report on drift, all properties read-only: discussion contact reference state
 * (strings), number (guint), need started signed-at circulated (gint64 microseconds, 0 none). One
 * that has not been read yet has no contact. */
#define MASH_TYPE_DRIFT_ITEM (mash_drift_item_get_type ())
G_DECLARE_FINAL_TYPE (MashDriftItem, mash_drift_item, MASH, DRIFT_ITEM, MashItem)

/* Groups, to be given to mash_service_submit_async(); those that are signed to
 * mash_service_sign_async(). `write-discussion` never collides: what somebody else altered
 * meanwhile is kept as another version. */
MashGroup  *mash_strategy_dup_written    (MashContactFile     *file,
                                          const char          *discussion) G_GNUC_WARN_UNUSED_RESULT;
MashGroup  *mash_strategy_dup_finish     (MashContactFile     *file,
                                          const char          *discussion,
                                          gint64               ended_at) G_GNUC_WARN_UNUSED_RESULT;
MashGroup  *mash_strategy_dup_ask        (MashContactFile     *file,
                                          const char          *discussion,
                                          gint64               now) G_GNUC_WARN_UNUSED_RESULT;
MashGroup  *mash_strategy_dup_exception  (MashContactFile     *file,
                                          const char          *discussion) G_GNUC_WARN_UNUSED_RESULT;
MashGroup  *mash_strategy_dup_signature  (MashContactFile     *file,
                                          MashEntity          *request) G_GNUC_WARN_UNUSED_RESULT;
MashGroup  *mash_strategy_dup_refusal    (MashContactFile     *file,
                                          MashEntity          *request,
                                          const char          *reason,
                                          gint64               now) G_GNUC_WARN_UNUSED_RESULT;
MashGroup  *mash_strategy_dup_confirmation (MashContactFile   *file,
                                            MashEntity        *entry,
                                            gint64             now) G_GNUC_WARN_UNUSED_RESULT;
MashGroup  *mash_strategy_dup_settlement (MashContactFile     *file,
                                          MashEntity          *version,
                                          const char          *choice) G_GNUC_WARN_UNUSED_RESULT;
MashGroup  *mash_strategy_dup_action     (MashContactFile     *file,
                                          MashEntity          *action,
                                          const char          *deed,
                                          const char          *outcome,
                                          gint64               now) G_GNUC_WARN_UNUSED_RESULT;

/* Starting one, in one action. What it begins with beside its own words, whoever is invited among
 * them, is put together in one place: whoever makes the group themselves asks for it. */
void        mash_service_prepare_discussion_async (MashService              *self,
                                                   MashEntity               *discussion,
                                                   GCancellable             *cancellable,
                                                   GAsyncReadyCallback       callback,
                                                   gpointer                  user_data);
MashGroup  *mash_service_prepare_discussion_finish (MashService             *self,
                                                    GAsyncResult            *result,
                                                    GError                 **error);
void        mash_service_start_discussion_async  (MashService               *self,
                                                  const char                *contact,
                                                  const MashDiscussionStart *start,
                                                  GCancellable              *cancellable,
                                                  GAsyncReadyCallback        callback,
                                                  gpointer                   user_data);
char       *mash_service_start_discussion_finish (MashService               *self,
                                                  GAsyncResult              *result,
                                                  GError                   **error);

/* How it stands: quorum in words, what is missing, signatures. */
void        mash_service_read_discussion_async   (MashService               *self,
                                                  const char                *discussion,
                                                  GCancellable              *cancellable,
                                                  GAsyncReadyCallback        callback,
                                                  gpointer                   user_data);
MashDiscussionReading *
            mash_service_read_discussion_finish  (MashService               *self,
                                                  GAsyncResult              *result,
                                                  GError                   **error);

/* Across contacts. */
void        mash_service_read_drift_async        (MashService               *self,
                                                  int                        first_day,
                                                  int                        last_day,
                                                  MashServiceProgress        progress,
                                                  gpointer                   progress_data,
                                                  GCancellable              *cancellable,
                                                  GAsyncReadyCallback        callback,
                                                  gpointer                   user_data);
MashDrift  *mash_service_read_drift_finish       (MashService               *self,
                                                  GAsyncResult              *result,
                                                  GError                   **error);
void        mash_service_open_drift_async        (MashService               *self,
                                                  int                        first_day,
                                                  int                        last_day,
                                                  MashServiceProgress        progress,
                                                  gpointer                   progress_data,
                                                  GCancellable              *cancellable,
                                                  GAsyncReadyCallback        callback,
                                                  gpointer                   user_data);
MashDrift  *mash_service_open_drift_finish       (MashService               *self,
                                                  GAsyncResult              *result,
                                                  GListModel               **rows,
                                                  GError                   **error);
gint64      mash_drift_item_get_span             (MashDriftItem             *self,
                                                  MashDriftSpan              span,
                                                  gint64                     now);
char       *mash_service_dup_drift_csv           (const MashDrift           *drift) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
