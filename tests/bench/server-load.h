/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What a stock's PostgreSQL needs, all its processes together. */

#include "hub-stock.h"

typedef struct
{
  guint  n_processes;
  double seconds;     /* of processors, since they began */
  double private_mib; /* memory that is shared with nobody */
} ServerLoad;

void server_load_read (HubStock   *stock,
                       ServerLoad *load);
