/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Facts that are asked for once. The rules and the judge look at the same few records from many
 * sides; behind them, each question would be a query.
 *
 * They are right for as long as nothing is written: made for one verdict and thrown away with it.
 */

#include "mash-facts.h"

G_BEGIN_DECLS

#define MASH_TYPE_REMEMBERED_FACTS (mash_remembered_facts_get_type ())
G_DECLARE_FINAL_TYPE (MashRememberedFacts, mash_remembered_facts, MASH, REMEMBERED_FACTS, GObject)

MashFacts *mash_remembered_facts_new (MashFacts *base) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
