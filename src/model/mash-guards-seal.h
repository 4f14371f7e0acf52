/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Named guards about seals. Used by mash-named-guards.c only. */

#include "mash-guards.h"

G_BEGIN_DECLS

gboolean mash_seal_in_order    (MashCase *the_case);
gboolean mash_seal_by_another  (MashCase *the_case);
gboolean mash_seal_not_of_self (MashCase *the_case);
gboolean mash_seal_of_self     (MashCase *the_case);

G_END_DECLS
