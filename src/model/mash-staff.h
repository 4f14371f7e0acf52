/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Who works at the hub: agencies, people on the staff, and the posts that they hold. */

#include "mash-entity.h"

G_BEGIN_DECLS

#define MASH_TYPE_AGENCY (mash_agency_get_type ())
MASH_DECLARE_ENTITY (MashAgency, mash_agency, AGENCY)

#define MASH_TYPE_STAFF (mash_staff_get_type ())
MASH_DECLARE_ENTITY (MashStaff, mash_staff, STAFF)

#define MASH_TYPE_POST (mash_post_get_type ())
MASH_DECLARE_ENTITY (MashPost, mash_post, POST)

G_END_DECLS
