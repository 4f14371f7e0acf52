/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What must not be found in a copy of a strategy record: what the model lists, and the words of
 * earlier revisions, which stand only in the changes. */

#include "mash-circulation.h"
#include "mash-store.h"

G_BEGIN_DECLS

GPtrArray *mash_store_list_withheld (MashStore         *self,
                                     const char        *discussion,
                                     const MashCopyFor *copy,
                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
