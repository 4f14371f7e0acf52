/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Hands a stand-alone hub over to a central one with its whole history. */

#include "mash-hub-people.h"
#include "mash-policy.h"

G_BEGIN_DECLS

gboolean mash_hub_adopt   (MashHubLine  *line,
                           const char   *folder,
                           const char   *sign_in,
                           MashSecret   *passphrase,
                           MashPolicy   *policy,
                           GError      **error);
gboolean mash_hub_appoint (MashHubLine  *line,
                           const char   *folder,
                           const char   *sign_in,
                           MashSecret   *passphrase,
                           MashPolicy   *policy,
                           MashHubRoot  *root,
                           GError      **error);

G_END_DECLS
