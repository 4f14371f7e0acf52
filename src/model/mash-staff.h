/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Who works at the hub: agencies, people on the staff, the posts that they hold, and the
 * policies that were put in force. */

#include "mash-entity.h"

G_BEGIN_DECLS

#define MASH_TYPE_AGENCY (mash_agency_get_type ())
MASH_DECLARE_ENTITY (MashAgency, mash_agency, AGENCY)

#define MASH_TYPE_STAFF (mash_staff_get_type ())
MASH_DECLARE_ENTITY (MashStaff, mash_staff, STAFF)

#define MASH_TYPE_POST (mash_post_get_type ())
MASH_DECLARE_ENTITY (MashPost, mash_post, POST)

gboolean mash_post_is_held (MashRecord *post,
                            const char *day);

#define MASH_TYPE_POLICY_VERSION (mash_policy_version_get_type ())
MASH_DECLARE_ENTITY (MashPolicyVersion, mash_policy_version, POLICY_VERSION)

G_END_DECLS
