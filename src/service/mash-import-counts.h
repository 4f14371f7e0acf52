/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Takes the counts of a file into the store. On the thread of the store. */

#include "mash-import.h"
#include "mash-service-import.h"
#include "mash-store.h"

G_BEGIN_DECLS

gboolean mash_import_take_counts (MashStore         *store,
                                  const MashImport  *import,
                                  MashImportReport  *report,
                                  GError           **error);

G_END_DECLS
