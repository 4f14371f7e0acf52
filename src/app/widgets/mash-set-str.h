/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* g_set_str () of GLib 2.76, which the floor does not have. */

#include <glib.h>

static inline gboolean
mash_set_str (char       **pointer,
              const char  *value)
{
  char *copy;

  if (g_strcmp0 (*pointer, value) == 0)
    return FALSE;

  copy = g_strdup (value);
  g_free (*pointer);
  *pointer = copy;

  return TRUE;
}
