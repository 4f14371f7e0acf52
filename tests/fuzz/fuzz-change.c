/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bytes from outside as a statement, and its body as a body: whatever is read must be written again
 * as the same bytes, and what is written must be read. */

#include "config.h"

#include <string.h>

#include "mash-change.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
try_body (const guint8 *data,
          gsize         size)
{
  g_autoptr (GHashTable) members = mash_body_read ((const char *) data, size, NULL);

  if (members != NULL)
    {
      g_autofree char *written = mash_body_write (members);
      g_autoptr (GHashTable) again = mash_body_read (written, strlen (written), NULL);
      g_autofree char *twice = NULL;

      if (again == NULL)
        {
          /* Escaping may make a body longer than the limit, and nothing else may stop it. */
          if (strlen (written) <= MASH_BODY_MAX_BYTES)
            g_error ("What was written is not read");
          return;
        }
      twice = mash_body_write (again);
      if (strcmp (written, twice) != 0)
        g_error ("There are two written forms");
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (MashChange) change = mash_change_from_statement (bytes, NULL);

  if (change != NULL)
    {
      g_autoptr (GBytes) again = mash_change_to_statement (change);
      g_autoptr (MashEdit) edit = mash_change_dup_edit (change, NULL, NULL, NULL, NULL);

      if (!g_bytes_equal (bytes, again))
        g_error ("A statement is not written as it was read");
    }

  try_body (size > 0 ? data : (const guint8 *) "", size);

  return 0;
}
