/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How far a group may reach: to the contact that it is done on, what belongs to it, and the family
 * that it is about. Used by the judge only. */

#include "mash-guards.h"

G_BEGIN_DECLS

typedef struct _MashScope MashScope;

MashScope *mash_scope_new      (MashCase  *the_case) G_GNUC_WARN_UNUSED_RESULT;
void       mash_scope_free     (MashScope *self);
gboolean   mash_scope_contains (MashScope *self,
                                MashEdit  *edit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashScope, mash_scope_free)

G_END_DECLS
