/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How somebody comes to their own database on a machine that was enrolled at a central hub, and to
 * the hub behind it. Private to the service; on the store's thread and the sync's.
 */

#include "mash-enrolment.h"
#include "mash-hub-info.h"
#include "mash-person-keys.h"
#include "mash-store.h"

G_BEGIN_DECLS

typedef struct _MashSeatDoor MashSeatDoor;

gboolean      mash_seat_door_is_there  (const char    *folder);
MashHubInfo  *mash_seat_door_load_info (const char    *folder,
                                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;
void          mash_seat_door_sweep     (const char    *folder);
MashStore    *mash_seat_door_open      (const char    *folder,
                                        MashPolicy    *policy,
                                        const char    *sign_in,
                                        MashSecret    *passphrase,
                                        const MashStoreWatch *watch,
                                        MashSeatDoor **door,
                                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *mash_seat_door_recover   (const char    *folder,
                                        const char    *sign_in,
                                        MashPersonKeys *keys,
                                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      mash_seat_door_enrol     (const char    *folder,
                                        const char    *sign_in,
                                        MashSecret    *code,
                                        MashSecret    *passphrase,
                                        GError       **error);
MashSeatDoor *mash_seat_door_change    (const char    *folder,
                                        MashStore     *store,
                                        MashSecret    *passphrase,
                                        MashSecret    *new_passphrase,
                                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;
void          mash_seat_door_free      (MashSeatDoor  *self);
MashHubLine  *mash_seat_door_open_line (gpointer       self,
                                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashSeatDoor, mash_seat_door_free)

G_END_DECLS
