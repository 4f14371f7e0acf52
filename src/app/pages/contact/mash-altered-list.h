/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What others altered since this person last opened the contact: what it was, what it is now, who
 * and when. Read once for each time that the contact is opened.
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_ALTERED_LIST (mash_altered_list_get_type ())

G_DECLARE_FINAL_TYPE (MashAlteredList, mash_altered_list, MASH, ALTERED_LIST, MashContactPart)

G_END_DECLS
