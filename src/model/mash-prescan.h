/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A look at a file by our own code before any parser sees it.
 *
 * It knows just enough XML to refuse what a parser should never be given: other encodings, document
 * types, instructions, tags of a size that makes libxml2 stall (security.md 3.2). What it lets
 * through may still be broken XML.
 */

#include "mash-fault.h"

G_BEGIN_DECLS

#define MASH_PRESCAN_MAX_BYTES (5 * 1024 * 1024)

MashFault mash_prescan (const char *data,
                        gsize       length,
                        guint      *line);

G_END_DECLS
