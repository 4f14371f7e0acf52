/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Work on a contact that is no step of its way: a task that somebody owns until a time, and a
 * mention that asks a colleague to look. The tray "Mine" shows both until they are done or seen.
 */

#include "mash-entity.h"

G_BEGIN_DECLS

#define MASH_TYPE_TASK (mash_task_get_type ())
MASH_DECLARE_ENTITY (MashTask, mash_task, TASK)

#define MASH_TYPE_MENTION (mash_mention_get_type ())
MASH_DECLARE_ENTITY (MashMention, mash_mention, MENTION)

G_END_DECLS
