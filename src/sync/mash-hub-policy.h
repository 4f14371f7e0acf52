/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Puts into a hub what its judge reads: kinds and fields as this program has them, and the policy
 * in force. It decides nothing; the functions of the hub do.
 */

#include "mash-hub-line.h"
#include "mash-policy.h"

G_BEGIN_DECLS

gboolean mash_hub_policy_put_program (MashHubLine *line,
                                      GError     **error);
gboolean mash_hub_policy_put         (MashHubLine *line,
                                      MashPolicy  *policy,
                                      GError     **error);

G_END_DECLS
