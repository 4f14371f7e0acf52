/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-settlement.h"

#include <glib/gi18n-lib.h>

/* The digests are those of the changes that were looked at, in hex, with spaces between: what was
 * handed in under the same ids and says something else is not settled by it. */
static const MashField settlement_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", .traits = MASH_FIELD_FIXED },
  { "author", MASH_FIELD_REFERENCE, N_("Whose work it is"), "staff", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "step", MASH_FIELD_TEXT, N_("Which step"), NULL, MASH_NEED_SAVE, .traits = MASH_FIELD_FIXED },
  { "digests", MASH_FIELD_TEXT, N_("What was looked at"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "taken", MASH_FIELD_BOOL, N_("Taken over"), .traits = MASH_FIELD_FIXED },
  { "reason", MASH_FIELD_RICH, N_("Why"), NULL, MASH_NEED_SAVE, .traits = MASH_FIELD_FIXED },
};
MASH_DEFINE_ENTITY (MashSettlement, mash_settlement, "settlement", N_("Unsent work settled"),
                    settlement_fields, MASH_KIND_APPEND_ONLY)
