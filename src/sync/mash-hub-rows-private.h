/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libpq-fe.h>

#include "mash-hub-line.h"

G_BEGIN_DECLS

MashHubRows *mash_hub_rows_new (PGresult *result) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
