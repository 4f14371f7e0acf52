/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The keys of a hub from inside a session: passphrases, recovery codes, a new database key. Each
 * act is one entry in the chain of who looked at what. Used on the store's thread.
 */

#include "mash-store.h"

G_BEGIN_DECLS

gboolean    mash_store_change_passphrase (MashStore    *self,
                                          MashSecret   *passphrase,
                                          MashSecret   *new_passphrase,
                                          GError      **error);
MashSecret *mash_store_make_recovery     (MashStore    *self,
                                          MashSecret   *passphrase,
                                          GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    mash_store_set_way           (MashStore    *self,
                                          MashSecret   *passphrase,
                                          MashSecret   *way,
                                          GError      **error);
const char *mash_store_get_sign_in       (MashStore    *self);
gboolean    mash_store_is_keeper         (MashStore    *self);
gboolean    mash_store_check_keeper      (MashStore    *self,
                                          GError      **error);
gboolean    mash_store_has_recovery      (MashStore    *self);
gboolean    mash_store_recover           (const char   *folder,
                                          const char   *sign_in,
                                          MashSecret   *code,
                                          MashSecret   *new_passphrase,
                                          GError      **error);
MashSecret *mash_store_renew_recovery    (const char   *folder,
                                          MashPolicy   *policy,
                                          const char   *sign_in,
                                          MashSecret   *passphrase,
                                          GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    mash_store_release_slot      (MashStore    *self,
                                          const char   *sign_in,
                                          GError      **error);

G_END_DECLS
