/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What a strategy discussion, and a request to sign its record, begin with before somebody says
 * more: never a threshold, a decision, a view or a signature.
 */

#include "mash-service.h"

G_BEGIN_DECLS

void mash_discussion_begin (MashContactFile *file,
                            MashEntity      *discussion,
                            const char      *me);
void mash_discussion_seen  (MashContactFile *file,
                            MashEntity      *request);

G_END_DECLS
