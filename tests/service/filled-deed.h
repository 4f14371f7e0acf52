/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store-fixture.h"

G_BEGIN_DECLS

MashGroup *filled_deed_new (StoreFixture *hub,
                            const char   *deed,
                            const char   *contact,
                            const char   *outcome,
                            const char   *person,
                            const char   *other) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
