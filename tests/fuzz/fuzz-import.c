/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bytes as rows of people or episodes: whatever comes of them must be a list that can be written
 * and read again, and a refused file says one thing only. */

#include "config.h"

#include "mash-import-form.h"

#define TODAY "2026-11-21"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (MashReading) reading = mash_reading_new ();
  g_autoptr (MashReading) again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gboolean whole;

  whole = mash_import_form_read (size > 0 ? (const char *) data : "", size, TODAY, reading);
  if (!whole && mash_reading_get_length (reading) != 1)
    g_error ("A refused file says more than why");

  bytes = mash_reading_to_bytes (reading);
  again = mash_reading_from_bytes (bytes);
  if (again == NULL || mash_reading_get_length (again) != mash_reading_get_length (reading))
    g_error ("A list is not read as it was written");

  return 0;
}
