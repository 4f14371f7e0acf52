/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A line of “Before this”: what was decided on an earlier contact of the same children, how near it
 * was, by whom, when and why.
 */

#include <gtk/gtk.h>

#include "mash-item.h"
#include "mash-policy.h"

G_BEGIN_DECLS

#define MASH_TYPE_EARLIER_DECISION (mash_earlier_decision_get_type ())

G_DECLARE_FINAL_TYPE (MashEarlierDecision, mash_earlier_decision, MASH, EARLIER_DECISION,
                      GtkListBoxRow)

GtkWidget *mash_earlier_decision_new         (MashEarlierItem     *item,
                                              MashPolicy          *policy,
                                              gint64               now) G_GNUC_WARN_UNUSED_RESULT;
char      *mash_earlier_decision_dup_contact (MashEarlierDecision *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
