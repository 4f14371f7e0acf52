/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The core operations of a desk, each of which must come to its end or not have been. */

#include "fault-desk.h"

G_BEGIN_DECLS

/* What a restore says that did not take over everything that was done after the backup, and a
 * rescue that did not take over everything. */
#define FAULT_LEFT_BEHIND "left-behind"

typedef struct
{
  const char *name;
  const char *template;   /* what it begins from */
  const char *sign_in;    /* who is signed in before it begins; NULL: nobody */
  const char *state;      /* of the contact that it is done on; NULL: of none */
  void      (*prepare) (FaultDesk  *desk);
  gboolean  (*run)     (FaultDesk  *desk,
                        GError    **error);
  gboolean    is_long;    /* many operations in one, which meet no single fault */
} FaultOperation;

const FaultOperation *fault_operations_list (guint      *n);
const FaultOperation *fault_operations_find (const char *name);
void                  fault_operation_prepare (const FaultOperation *operation,
                                               FaultDesk            *desk);

G_END_DECLS
