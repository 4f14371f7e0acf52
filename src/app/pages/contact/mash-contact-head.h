/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The head of the contact page: urgency, family, what has to be known before anything else, and
 * the two or three nearest clocks.
 */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_CONTACT_HEAD (mash_contact_head_get_type ())

G_DECLARE_FINAL_TYPE (MashContactHead, mash_contact_head, MASH, CONTACT_HEAD, MashContactPart)

#define MASH_N_HEAD_CLOCKS 3

G_END_DECLS
