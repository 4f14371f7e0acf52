/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A service without a store, for tests of what is on the screen: a training hub of sixteen contacts
 * at a moment that never passes. It is linked in place of the real one.
 */

#include "mash-service.h"

G_BEGIN_DECLS

/* Tuesday 13 October 2026, 15:40 in England. */
#define FAKE_NOW "2026-10-13T14:40:00.000Z"

void fake_service_sign_in  (MashService *self);
void fake_service_empty    (MashService *self);

/* From now on locking takes until it is ended. */
void fake_service_hold_up  (MashService *self);
void fake_service_end_lock (MashService *self);

G_END_DECLS
