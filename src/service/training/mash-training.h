/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Makes a training hub: a stand-alone hub of invented families, staff and weeks of work.
 *
 * Every record is made through the same store and the same rules as in any other hub. The work is
 * done on a thread of its own; calls are for the main thread.
 */

#include <gio/gio.h>

#include "mash-training-plan.h"

G_BEGIN_DECLS

/**
 * MashTrainingProgress:
 * @percent: how much is done
 * @data: what the caller gave
 *
 * Called in the caller’s main context, at most once a second.
 */
typedef void (*MashTrainingProgress) (guint    percent,
                                      gpointer data);

void     mash_training_make_async  (const char             *folder,
                                    const MashTrainingPlan *plan,
                                    MashTrainingProgress    progress,
                                    gpointer                progress_data,
                                    GCancellable           *cancellable,
                                    GAsyncReadyCallback     callback,
                                    gpointer                user_data);
gboolean mash_training_make_finish (GAsyncResult           *result,
                                    GError                **error);

G_END_DECLS
