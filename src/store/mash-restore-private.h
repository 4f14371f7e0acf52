/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How a restored hub takes the place of what stood there; private to the store. */

#include <glib.h>

G_BEGIN_DECLS

#define MASH_RESTORE_STAGE "restore.new"
#define MASH_RESTORE_READY "restore.ready"

char    *mash_restore_dup_name      (const char   *folder,
                                     const char   *what,
                                     GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean mash_restore_commit        (const char   *folder,
                                     char        **kept,
                                     GError      **error);
gboolean mash_restore_finish_locked (const char   *folder,
                                     GError      **error);

G_END_DECLS
