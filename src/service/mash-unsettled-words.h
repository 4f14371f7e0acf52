/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Words in which the service says what waits for somebody. For its own files, on the store's
 * thread.
 */

#include "mash-policy.h"
#include "mash-store.h"

G_BEGIN_DECLS

char *mash_unsettled_dup_name    (MashStore       *store,
                                  const char      *person) G_GNUC_WARN_UNUSED_RESULT;
char *mash_unsettled_dup_moment  (const char      *instant) G_GNUC_WARN_UNUSED_RESULT;
char *mash_unsettled_dup_value   (MashStore       *store,
                                  MashPolicy      *policy,
                                  const MashField *field,
                                  GVariant        *value) G_GNUC_WARN_UNUSED_RESULT;
char *mash_unsettled_dup_written (MashStore       *store,
                                  MashPolicy      *policy,
                                  GPtrArray       *edits) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
