/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What a desk says of its hub, in one sentence; and how gravely. */

#include "mash-hub-reading.h"

G_BEGIN_DECLS

/**
 * MashHubGrade:
 * @MASH_HUB_QUIET: for whoever wants to know
 * @MASH_HUB_WARNS: somebody should see to it today
 * @MASH_HUB_LOUD: what is written here is at risk, or nobody else has it
 */
typedef enum
{
  MASH_HUB_QUIET,
  MASH_HUB_WARNS,
  MASH_HUB_LOUD,
} MashHubGrade;

char *mash_hub_sentence (const MashHubReading *reading,
                         gint64                now,
                         MashHubGrade         *grade) G_GNUC_WARN_UNUSED_RESULT;
char *mash_hub_sentence_for_removed (void) G_GNUC_WARN_UNUSED_RESULT;
char *mash_hub_sentence_for_unsent  (guint64 n,
                                     gint64  since,
                                     gint64  now) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
