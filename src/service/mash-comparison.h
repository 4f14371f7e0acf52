/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What is known of two people, line by line, and whether it agrees. Private to the service. */

#include "mash-policy.h"
#include "mash-store-people.h"

G_BEGIN_DECLS

typedef struct
{
  char     *label;
  char     *one;
  char     *other;
  char     *result;
  gboolean  date;
} MashComparisonRow;

void       mash_comparison_row_free (MashComparisonRow    *self);
GPtrArray *mash_comparison_list     (const MashPeoplePair *pair,
                                     MashPolicy           *policy) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
