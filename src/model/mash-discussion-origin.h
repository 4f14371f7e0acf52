/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Which part of the record that it corrects a part of a record was taken over from. Pure functions
 * of the facts. */

#include "mash-facts.h"

G_BEGIN_DECLS

MashRecord *mash_discussion_find_origin      (MashFacts  *facts,
                                              MashRecord *part);
GPtrArray  *mash_discussion_list_escalations (MashFacts  *facts,
                                              const char *discussion);
gboolean    mash_discussion_was_escalated    (MashFacts  *facts,
                                              MashRecord *view);

G_END_DECLS
