/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What a program that opens databases does to itself first, and how it locks.
 *
 * main() calls mash_process_guard() before anything else; both programs do. It opens no file.
 */

#include <glib.h>

G_BEGIN_DECLS

gboolean mash_process_guard        (GError     **error);
gboolean mash_process_check_cipher (GError     **error);
void     mash_process_restart      (const char  *opaque_id) G_GNUC_NORETURN;

G_END_DECLS
