/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bytes from outside as a slot file: what is read has fair costs and names, and is written again as
 * the same bytes, so that the MAC says everything about it. */

#include "config.h"

#include <string.h>

#include "mash-slots-file.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (MashSlotsFile) file = mash_slots_file_parse (data, size, NULL);

  if (file != NULL)
    {
      g_autoptr (GByteArray) again = mash_slots_file_write (file);

      g_byte_array_append (again, file->mac, sizeof file->mac);
      if (again->len != size || memcmp (again->data, data, size) != 0)
        g_error ("A slot file is not written as it was read");
      for (guint i = 0; i < file->slots->len; i++)
        if (!mash_slots_cost_is_fair (&((MashSlot *) file->slots->pdata[i])->cost, file->training))
          g_error ("A slot asks for too much or too little");
    }

  return 0;
}
