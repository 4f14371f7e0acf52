/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Plain text from outside, made safe to look at. What is kept stays as it came. */

#include <glib.h>

G_BEGIN_DECLS

char *mash_text_dup_visible (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
