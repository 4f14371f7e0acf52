/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-timeline-entry.h"

#include <glib/gi18n-lib.h>

/* Either `at` or `when` says when it was: `at` where the minute is known, else as much of the date
 * as is known. Nobody in `people` stands for the whole household. */
static const MashField timeline_entry_fields[] = {
  { "contact", MASH_FIELD_REFERENCE, N_("Contact"), "contact", MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "when", MASH_FIELD_PARTIAL_DATE, N_("When"),
    .traits = MASH_FIELD_FIXED | MASH_FIELD_PAST },
  { "at", MASH_FIELD_TIME, N_("When, to the minute"),
    .traits = MASH_FIELD_FIXED | MASH_FIELD_PAST },
  { "headline", MASH_FIELD_TEXT, N_("What happened"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "detail", MASH_FIELD_RICH, N_("More about it"), .traits = MASH_FIELD_FIXED },
  { "people", MASH_FIELD_REFERENCES, N_("About"), "person", .traits = MASH_FIELD_FIXED },
  { "kind", MASH_FIELD_CODE, N_("Kind of event"), "TLK", .traits = MASH_FIELD_FIXED },
  { "significance", MASH_FIELD_CODE, N_("Significance"), "SIG", .traits = MASH_FIELD_FIXED },
  { "harm", MASH_FIELD_CODE, N_("Kind of harm"), "ABUSE", .traits = MASH_FIELD_FIXED },
  { "agency", MASH_FIELD_REFERENCE, N_("Agency that knows it"), "agency",
    .traits = MASH_FIELD_FIXED },
  { "source", MASH_FIELD_TEXT, N_("Where it comes from"), NULL, MASH_NEED_SAVE,
    .traits = MASH_FIELD_FIXED },
  { "basis", MASH_FIELD_CODE, N_("Fact or opinion"), "FOO", .traits = MASH_FIELD_FIXED },
  { "handling", MASH_FIELD_CODE, N_("Handling"), "HAND", .traits = MASH_FIELD_FIXED },
};
MASH_DEFINE_ENTITY (MashTimelineEntry, mash_timeline_entry, "timeline-entry",
                    N_("Event in the timeline"), timeline_entry_fields, MASH_KIND_APPEND_ONLY)

/**
 * mash_timeline_entry_is_restricted:
 * @basis: (nullable): a code of the list FOO
 * @handling: (nullable): a code of the list HAND
 *
 * Intelligence, and what its owner lets nobody see without being asked or what is privileged, is
 * read only with permission 6 of domain 2.2, by the agency that owns it, or by who wrote it. Any
 * thread.
 *
 * Returns: %TRUE when not everybody who may open the contact may see it
 */
gboolean
mash_timeline_entry_is_restricted (const char *basis,
                                   const char *handling)
{
  static const char *const closed[] = { "H2", "H3", "H5", "H6", NULL };

  return g_strcmp0 (basis, "INTEL") == 0 ||
         (handling != NULL && g_strv_contains (closed, handling));
}
