/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Reads a policy file, whole or not at all.
 *
 * The caller keeps the policy that it has until this one gives another; nothing is taken over from
 * a file that is refused. It does not decide whether a policy comes into force.
 */

#include <gio/gio.h>

#include "mash-exchange-error.h"
#include "mash-policy.h"

G_BEGIN_DECLS

MashPolicy *mash_policy_reader_load         (GBytes      *xml,
                                             const char  *name,
                                             GError     **error) G_GNUC_WARN_UNUSED_RESULT;
MashPolicy *mash_policy_reader_load_builtin (GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
