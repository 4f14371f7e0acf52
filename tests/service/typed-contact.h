/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A contact as somebody types it at a desk, where a test or a benchmark needs one and not what
 * stands in it. */

#include "mash-service.h"

G_BEGIN_DECLS

MashGroup *typed_contact_new (MashService *service);

G_END_DECLS
