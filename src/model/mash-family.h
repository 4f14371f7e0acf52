/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How a contact's family is called in a tray and at the head of its page, in one place so that both
 * say the same.
 */

#include "mash-facts.h"

G_BEGIN_DECLS

gboolean mash_family_is_child     (MashRecord *subject);
char    *mash_family_dup_name     (MashFacts  *facts,
                                   const char *contact) G_GNUC_WARN_UNUSED_RESULT;
char    *mash_family_dup_children (MashFacts  *facts,
                                   const char *contact,
                                   const char *today) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
