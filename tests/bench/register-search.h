/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What people type into the search, kind by kind, each key press timed on the way: the same texts
 * on every register. */

#include "bench-call.h"
#include "mash-service.h"

G_BEGIN_DECLS

double register_find_quantile (GArray      *times,
                               double       share);
void   register_search_time   (MashService *service,
                               BenchCall   *call);

G_END_DECLS
