/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Drift and delay of strategy discussions, for managers: from the need to the start, to the
 * signatures, to the copies, by week and discussion by discussion. It names nobody.
 */

#include "mash-page.h"

G_BEGIN_DECLS

#define MASH_TYPE_DRIFT_PAGE (mash_drift_page_get_type ())

G_DECLARE_FINAL_TYPE (MashDriftPage, mash_drift_page, MASH, DRIFT_PAGE, MashPage)

MashPage *mash_drift_page_new       (MashService   *service) G_GNUC_WARN_UNUSED_RESULT;
gboolean  mash_drift_page_is_filled (MashDriftPage *self);

G_END_DECLS
