/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A text of which nothing is to be left in memory. Private to the layer.
 */

#include <string.h>

#include "mash-secret.h"

G_BEGIN_DECLS

typedef char SecretText;

static inline void
secret_text_free (SecretText *text)
{
  mash_secret_wipe (text, strlen (text));
  g_free (text);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SecretText, secret_text_free)

G_END_DECLS
