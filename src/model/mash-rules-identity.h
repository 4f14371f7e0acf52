/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What follows from a deed on two records of people: who decided, when, and the signature. Such a
 * deed is on no contact, so that none of the rules of contacts apply. */

#include "mash-guards.h"
#include "mash-id-source.h"

G_BEGIN_DECLS

void mash_rules_complete_identity (MashCase     *the_case,
                                   MashIdSource  make_id,
                                   gpointer      data);

G_END_DECLS
