/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A training hub of two people and no family, and deeds to do in it: for tests and benchmarks that
 * need a real database, with the policy that the programs carry within them. Everybody in it is
 * invented. */

#include "mash-store.h"

G_BEGIN_DECLS

#define MASH_SMALL_HUB_WORKER  "worker"
#define MASH_SMALL_HUB_MANAGER "manager"

/* Everybody’s passphrase in it. */
#define MASH_SMALL_HUB_PASSPHRASE "an invented hub"

gboolean   mash_small_hub_make         (const char  *folder,
                                        GError     **error);
MashStore *mash_small_hub_open         (const char  *folder,
                                        const char  *sign_in,
                                        GError     **error) G_GNUC_WARN_UNUSED_RESULT;
MashGroup *mash_small_hub_new_contact  (MashStore   *store,
                                        char       **contact) G_GNUC_WARN_UNUSED_RESULT;
MashGroup *mash_small_hub_new_edit     (MashStore   *store,
                                        const char  *contact,
                                        const char  *words) G_GNUC_WARN_UNUSED_RESULT;
MashGroup *mash_small_hub_new_step     (MashStore   *store,
                                        const char  *contact) G_GNUC_WARN_UNUSED_RESULT;
gboolean   mash_small_hub_confirm      (MashStore   *store,
                                        GError     **error);
void       mash_small_hub_remove       (const char  *folder);

G_END_DECLS
