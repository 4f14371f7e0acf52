/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How far a work has come that another thread does, told now and then on the main thread. Private
 * to the service. It knows nothing of the work, and outlives it.
 */

#include "mash-service.h"

G_BEGIN_DECLS

typedef struct _MashProgress MashProgress;

MashProgress *mash_progress_new  (MashServiceProgress  tell,
                                  gpointer             data) G_GNUC_WARN_UNUSED_RESULT;
void          mash_progress_tell (MashProgress        *self,
                                  double               fraction);
void          mash_progress_set  (double               fraction,
                                  gpointer             self);
void          mash_progress_free (MashProgress        *self);

G_END_DECLS
