/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What a person finds the next morning at a desk that broke. */

#include "fault-desk.h"

G_BEGIN_DECLS

/* What is said when another database has taken the place of the one that stood there. */
#define FAULT_RESTORED "put-in-place"

/* What was found when a desk was looked at after it broke. */
typedef struct
{
  gboolean opened;
  gboolean recovered;     /* the program knows that the last session had no end */
  gboolean behind;        /* something that was acknowledged is not there */
  gboolean holds;         /* verify passes and no group of changes is half there */
  gint64   signatures;    /* of strategy records, each with the answer that belongs to it */
  gboolean lost_original; /* what was put aside by a restore is not what stood there */
  char    *sentence;      /* why it did not open or could not be read, as a person reads it */
  char    *fault;         /* what does not hold */
} FaultFinding;

void fault_desk_look     (FaultDesk    *desk,
                          const char   *said,
                          FaultFinding *finding);
void fault_finding_clear (FaultFinding *finding);

G_END_DECLS
