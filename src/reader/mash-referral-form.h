/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A referral in XML, urn:mash-desk:referral:1, taken apart into fields.
 *
 * The format is described in resources/referral/mash-referral.rng. Its elements have the names of
 * the model's kinds and fields, so that here stands no list of fields either. Each value becomes a
 * pair `kind/key/field/line` in the reading; a file with anything wrong gives one pair, `refused`.
 */

#include "mash-reading.h"

G_BEGIN_DECLS

gboolean mash_referral_form_read (const char   *data,
                                  gsize         length,
                                  const char   *today,
                                  MashReading  *reading);

G_END_DECLS
