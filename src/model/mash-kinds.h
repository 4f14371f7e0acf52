/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Every kind of record, by the headers that declare them. A new kind is declared in one of these
 * (or its own), given its table of fields there, and named once in mash-kinds.c.
 */

#include "mash-agreement.h"
#include "mash-contact.h"
#include "mash-course.h"
#include "mash-decision.h"
#include "mash-discussion-end.h"
#include "mash-discussion-plan.h"
#include "mash-discussion.h"
#include "mash-identity.h"
#include "mash-person.h"
#include "mash-report.h"
#include "mash-risk.h"
#include "mash-rota.h"
#include "mash-seal.h"
#include "mash-settlement.h"
#include "mash-staff.h"
#include "mash-task.h"
#include "mash-timeline-entry.h"

G_BEGIN_DECLS

const MashKind *const *mash_kinds_get (guint *n_kinds);

G_END_DECLS
