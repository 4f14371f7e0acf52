/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bench-call.h"

#include <stdlib.h>

void
bench_call_done_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      call)
{
  g_set_object (&((BenchCall *) call)->result, result);
}

/* What goes to a call beside bench_call_done_cb(). */
gpointer
bench_call_begin (BenchCall *call)
{
  g_clear_object (&call->result);

  return call;
}

GAsyncResult *
bench_call_wait (BenchCall *call)
{
  while (call->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return call->result;
}

/* A benchmark of what does not work has no figure. */
void
bench_stop_if (GError *error)
{
  if (error == NULL)
    return;

  g_printerr ("%s\n", error->message);
  exit (EXIT_FAILURE);
}
