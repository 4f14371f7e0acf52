/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The originals of documents at a hub, part by part.
 */

#include "mash-hub-line.h"

G_BEGIN_DECLS

/* How many bytes a part has; the last has what is left. */
#define MASH_HUB_PART_BYTES (256 * 1024)

gboolean   mash_hub_call_blob_put     (MashHubLine         *line,
                                       const char          *seat,
                                       const MashOriginal  *original,
                                       int                  part,
                                       GBytes              *data,
                                       int                 *wanted,
                                       GError             **error);
GBytes    *mash_hub_call_blob_get     (MashHubLine         *line,
                                       const char          *seat,
                                       const char          *sha256,
                                       int                  part,
                                       guint64             *size,
                                       GError             **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *mash_hub_call_blob_lacking (MashHubLine         *line,
                                       const char          *seat,
                                       GPtrArray           *fingerprints,
                                       GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
