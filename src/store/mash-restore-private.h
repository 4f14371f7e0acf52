/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How a restored hub takes the place of what stood there; private to the store. */

#include <glib.h>

G_BEGIN_DECLS

#define MASH_RESTORE_STAGE "restore.new"
#define MASH_RESTORE_READY "restore.ready"

gboolean mash_restore_commit        (const char   *folder,
                                     char        **kept,
                                     GError      **error);
gboolean mash_restore_finish_locked (const char   *folder,
                                     GError      **error);

G_END_DECLS
