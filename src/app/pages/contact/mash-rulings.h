/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What the judge says about a deed, rule by rule: a tick for what holds, the sentence for what
 * does not.
 */

#include <adwaita.h>

#include "mash-judge.h"

G_BEGIN_DECLS

#define MASH_TYPE_RULINGS (mash_rulings_get_type ())

G_DECLARE_FINAL_TYPE (MashRulings, mash_rulings, MASH, RULINGS, AdwBin)

void mash_rulings_show (MashRulings *self,
                        MashVerdict *verdict);

G_END_DECLS
