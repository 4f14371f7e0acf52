/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Looks into a finished copy for what its recipient must not have.
 *
 * The PDF is read again by mash-reader, as a stranger would read it: pages, comments, properties,
 * attachments. Blocks; for a worker thread. The file itself is never written here.
 */

#include <gio/gio.h>

#include "mash-circulation.h"

G_BEGIN_DECLS

gboolean mash_paper_check (GBytes        *pdf,
                           GPtrArray     *withheld,
                           GCancellable  *cancellable,
                           GError       **error);

G_END_DECLS
