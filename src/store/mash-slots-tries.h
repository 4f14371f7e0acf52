/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How often each sign-in name was tried in vain, and since when; private to the slots.
 *
 * The counts lie in a file of their own, so that a wrong passphrase never rewrites the keys. They
 * slow down who sits at the keyboard; who has the file guesses against Argon2id.
 */

#include <glib.h>

G_BEGIN_DECLS

gboolean mash_tries_check (int          folder_fd,
                           const char  *hub,
                           const char  *sign_in,
                           gint64       now,
                           GError     **error);
gboolean mash_tries_add   (int          folder_fd,
                           const char  *hub,
                           const char  *sign_in,
                           gint64       now,
                           GError     **error);
gboolean mash_tries_take  (int          folder_fd,
                           const char  *hub,
                           const char  *sign_in,
                           gboolean     all,
                           GError     **error);

G_END_DECLS
