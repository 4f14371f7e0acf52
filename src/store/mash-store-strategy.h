/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What is asked of strategy discussions across contacts, and the group that begins one. */

#include "mash-discussion-reading.h"
#include "mash-drift.h"
#include "mash-store.h"

G_BEGIN_DECLS

MashDrift *mash_store_read_drift        (MashStore                 *self,
                                         int                        first_day,
                                         int                        last_day,
                                         const MashStoreWatch      *watch,
                                         GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *mash_store_list_drift        (MashStore                 *self,
                                         const gint64              *keys,
                                         guint                      n_keys,
                                         GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
MashDiscussionReading *
           mash_store_read_discussion   (MashStore                 *self,
                                         const char                *discussion,
                                         GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
MashGroup *mash_store_prepare_discussion (MashStore                *self,
                                         const char               *contact,
                                         const char               *discussion,
                                         const char               *chair,
                                         const char               *supersedes,
                                         GError                  **error) G_GNUC_WARN_UNUSED_RESULT;
MashGroup *mash_store_begin_discussion  (MashStore                 *self,
                                         const char                *contact,
                                         const MashDiscussionStart *start,
                                         GError                   **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
