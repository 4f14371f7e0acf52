/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What follows from work beside a contact's way: tasks that end, mentions that are seen, flags that
 * are to be reviewed. Used by mash_rules_complete() only. */

#include "mash-guards.h"
#include "mash-id-source.h"

G_BEGIN_DECLS

void     mash_rules_follow_work     (MashCase     *the_case,
                                     const char   *now,
                                     MashIdSource  make_id,
                                     gpointer      data);
gboolean mash_work_task_has_owner   (MashCase     *the_case);
gboolean mash_work_task_is_own      (MashCase     *the_case);
gboolean mash_work_task_is_open     (MashCase     *the_case);
gboolean mash_work_mention_is_own   (MashCase     *the_case);
gboolean mash_work_mention_is_other (MashCase     *the_case);

G_END_DECLS
