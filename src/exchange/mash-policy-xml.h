/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A policy file as a tree that follows the schema, or one sentence on why it does not.
 *
 * It applies rules 1 to 4 of security.md 3.3. It does not know what the pieces mean.
 */

#include "mash-libxml.h"

G_BEGIN_DECLS

xmlDoc *mash_policy_xml_read (GBytes  *xml,
                              GBytes  *schema,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
