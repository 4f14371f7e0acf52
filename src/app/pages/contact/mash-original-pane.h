/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The document that the contact came in, beside the form, so that it can be copied by eye. It
 * shows the text as it was read, with invisible characters made visible, and can alter nothing.
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_ORIGINAL_PANE (mash_original_pane_get_type ())

G_DECLARE_FINAL_TYPE (MashOriginalPane, mash_original_pane, MASH, ORIGINAL_PANE, MashContactPart)

G_END_DECLS
