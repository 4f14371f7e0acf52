/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What one agency brings to a discussion: what it knows, in paragraphs that it owns and grades, and
 * its view in its own words. Others see whose it is, and what was entered on its behalf.
 *
 * Property agency: its id.
 */

#include "mash-strategy-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_AGENCY_SECTION (mash_agency_section_get_type ())

G_DECLARE_FINAL_TYPE (MashAgencySection, mash_agency_section, MASH, AGENCY_SECTION,
                      MashStrategyPart)

GtkWidget  *mash_agency_section_new         (const char        *agency) G_GNUC_WARN_UNUSED_RESULT;
const char *mash_agency_section_get_agency  (MashAgencySection *self);
void        mash_agency_section_lead        (MashAgencySection *self,
                                             gboolean           to_view);
void        mash_agency_section_set_writing (MashAgencySection *self,
                                             const char        *words);

G_END_DECLS
