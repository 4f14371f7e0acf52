/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Keys and backup: the passphrase and the recovery code of the person who is signed in, and for a
 * manager or the administrator the last backup, a new one, a try of it, a restore, and a new key
 * for the database.
 *
 * What it does it says beside the field it is about. The recovery code is shown once and taken off
 * the screen when the page is left.
 */

#include "mash-page.h"

G_BEGIN_DECLS

#define MASH_TYPE_KEYS_PAGE (mash_keys_page_get_type ())

G_DECLARE_FINAL_TYPE (MashKeysPage, mash_keys_page, MASH, KEYS_PAGE, MashPage)

MashPage *mash_keys_page_new (MashService *service) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
