/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* One call of the service after the other, each of which waits for its answer, for what times the
 * window: the main loop runs meanwhile. */

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  GAsyncResult *result;   /* of the last call, until the next; unref it at the end */
} BenchCall;

void          bench_call_done_cb (GObject      *source,
                                  GAsyncResult *result,
                                  gpointer      call);
gpointer      bench_call_begin   (BenchCall    *call);
GAsyncResult *bench_call_wait    (BenchCall    *call);
void          bench_stop_if      (GError       *error);

G_END_DECLS
