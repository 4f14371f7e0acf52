/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "mash-csv-out.h"
#include "mash-service-strategy.h"
#include "mash-time.h"

static void
add_span (MashCsvOut *out,
          gint64      span)
{
  if (span < 0)
    mash_csv_out_add_text (out, NULL);
  else
    mash_csv_out_add_number (out, span / MASH_TIME_MINUTE);
}

static void
add_time (MashCsvOut *out,
          gint64      usec)
{
  g_autofree char *text = usec != 0 ? mash_time_format (usec) : NULL;

  mash_csv_out_add_text (out, text);
}

static void
add_row (MashCsvOut         *out,
         const MashDriftRow *row)
{
  g_autofree char *need = mash_time_dup_local_date (row->need);

  mash_csv_out_add_text (out, row->reference);
  mash_csv_out_add_number (out, row->number);
  mash_csv_out_add_text (out, need);
  mash_csv_out_add_text (out, row->state);
  mash_csv_out_add_text (out, row->mode);
  mash_csv_out_add_text (out, row->compliance);
  add_time (out, row->need);
  add_time (out, row->started);
  add_time (out, row->ended);
  add_time (out, row->signed_at);
  add_time (out, row->circulated);
  add_time (out, row->follow_up_due);
  add_time (out, row->follow_up_held);
  for (guint s = 0; s < MASH_N_DRIFTS; s++)
    add_span (out, mash_drift_row_get_span (row, s, 0));
  mash_csv_out_end_row (out);
}

/**
 * mash_service_dup_drift_csv:
 * @drift: a report
 *
 * A line a discussion: its contact’s reference, states as codes, times in UTC, and how many minutes
 * each part of its way took; empty where it has not come to that. No name is in it.
 *
 * Returns: (transfer full): comma-separated text
 */
char *
mash_service_dup_drift_csv (const MashDrift *drift)
{
  static const char *const heads[] = {
    N_("Reference"), N_("Discussion"), N_("Need, day"), N_("State"), N_("How it was held"),
    N_("Compliance"), N_("Need identified"), N_("Started"), N_("Ended"), N_("Signed"),
    N_("Circulated"), N_("Follow-up due"), N_("Follow-up held"),
    N_("Minutes from need to start"), N_("Minutes from start to signed"),
    N_("Minutes from signed to circulated"),
  };
  MashCsvOut *out = mash_csv_out_new ();

  g_return_val_if_fail (drift != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    mash_csv_out_add_text (out, _(heads[i]));
  mash_csv_out_end_row (out);
  for (guint i = 0; i < drift->rows->len; i++)
    add_row (out, g_ptr_array_index (drift->rows, i));

  return mash_csv_out_free_to_text (out);
}
