/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* One operation in a process of its own, in which something breaks, and a look at what is left. */

#include "fault-disk.h"
#include "fault-look.h"
#include "fault-operations.h"

G_BEGIN_DECLS

typedef struct
{
  FaultPlan disk;
  guint     allocation;        /* which of the program’s own fails; 0: none */
  guint     sqlite_allocation; /* which of SQLite’s fails; 0: none */
  gboolean  for_ever;          /* the allocations after it fail too */
} FaultTrial;

typedef struct
{
  guint    n_calls;            /* of the disk, or allocations */
  gboolean done;               /* the operation said that it is done */
  gboolean crashed;            /* the process ended by a signal, as GLib does without memory */
  int      signal;             /* by which it ended, where it crashed */
  gboolean cut;
  gboolean forgot;             /* database, log and note are as they were before it all */
  char    *hit;                /* the sort of the call that failed */
  char    *said;
  char    *sentence;           /* what a person is told, where it was not done */
  FaultFinding finding;
} FaultOutcome;

/* Templates of each sort, made once. */
typedef struct _FaultBench FaultBench;

FaultBench *fault_bench_new     (void);
void        fault_bench_free    (FaultBench           *self);
char       *fault_bench_dup_copy (FaultBench          *self,
                                 const char           *name) G_GNUC_WARN_UNUSED_RESULT;
void        fault_bench_try     (FaultBench           *self,
                                 const FaultOperation *operation,
                                 const FaultTrial     *trial,
                                 FaultOutcome         *outcome);
guint       fault_bench_count   (FaultBench           *self,
                                 const FaultOperation *operation,
                                 gboolean              allocations,
                                 gboolean              of_sqlite);
void        fault_outcome_clear (FaultOutcome         *outcome);

G_END_DECLS
