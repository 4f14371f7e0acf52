/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The clocks of an open contact in the one order in which they are shown, the same as in the trays.
 */

#include "mash-clock-reading.h"
#include "mash-contact-file.h"
#include "mash-policy.h"

G_BEGIN_DECLS

GArray *mash_contact_clocks_list (MashContactFile *file,
                                  MashPolicy      *policy) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
