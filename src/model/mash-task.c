/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-task.h"

#include <glib/gi18n-lib.h>

static const MashField task_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "what", MASH_FIELD_TEXT, N_("What is to be done"), NULL, MASH_NEED_SAVE },
  { "owner", MASH_FIELD_REFERENCE, N_("Who does it"), "staff" },
  { "owner-post", MASH_FIELD_REFERENCE, N_("Or which post"), "post" },
  { "due-at", MASH_FIELD_TIME, N_("By when"), NULL, MASH_NEED_SAVE },
  { "status", MASH_FIELD_CODE, N_("State of the task"), "TASK", .owner = MASH_OWNER_RULES },
  { "outcome", MASH_FIELD_RICH, N_("What came of it"), .owner = MASH_OWNER_RULES },
  { "ended-at", MASH_FIELD_TIME, N_("Ended"), .owner = MASH_OWNER_RULES },
  { "ended-by", MASH_FIELD_REFERENCE, N_("Ended by"), "staff", .owner = MASH_OWNER_RULES },
};
MASH_DEFINE_ENTITY (MashTask, mash_task, "task", N_("Task"), task_fields, MASH_KIND_KEPT)

static const MashField mention_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "note", MASH_FIELD_REFERENCE, N_("Note"), "note", .traits = MASH_FIELD_FIXED },
  { "whom", MASH_FIELD_REFERENCE, N_("Who is to look"), "staff", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "why", MASH_FIELD_TEXT, N_("Why"), NULL, MASH_NEED_SAVE, .traits = MASH_FIELD_FIXED },
  { "seen-at", MASH_FIELD_TIME, N_("Seen"), .owner = MASH_OWNER_RULES },
};
MASH_DEFINE_ENTITY (MashMention, mash_mention, "mention", N_("Mention"), mention_fields,
                    MASH_KIND_KEPT)
