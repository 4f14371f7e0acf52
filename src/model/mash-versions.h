/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Two people who wrote the same part of a strategy discussion at once: what came second is kept
 * beside what came first, and never lost (domain 4.4). Pure functions of the facts.
 */

#include "mash-facts.h"
#include "mash-id-source.h"

G_BEGIN_DECLS

char      *mash_versions_dup_words (GVariant  *value) G_GNUC_WARN_UNUSED_RESULT;
MashGroup *mash_versions_divide (MashFacts    *facts,
                                 MashGroup    *group,
                                 MashIdSource  make_id,
                                 gpointer      data,
                                 guint        *n_versions) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
