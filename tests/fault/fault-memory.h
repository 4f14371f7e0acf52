/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Memory that runs out: the n-th allocation of SQLite, or of anybody in this process, fails. */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  FAULT_MEMORY_SQLITE,
  FAULT_MEMORY_ANY,
  FAULT_N_MEMORIES,
} FaultMemory;

void  fault_memory_init   (void);
void  fault_memory_arm    (FaultMemory memory,
                           guint       at,
                           gboolean    for_ever);
guint fault_memory_disarm (FaultMemory memory);

G_END_DECLS
