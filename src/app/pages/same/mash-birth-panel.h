/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Records that an unborn child was born. It shows only while the person it has, its property
 * `person`, is unborn and saved; the child stays the same record. */

#include "mash-contact-part.h"

G_BEGIN_DECLS

#define MASH_TYPE_BIRTH_PANEL (mash_birth_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashBirthPanel, mash_birth_panel, MASH, BIRTH_PANEL, MashContactPart)

G_END_DECLS
