/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The cage in which a file from outside is read. */

#include <glib.h>

G_BEGIN_DECLS

void mash_limits_set (void);

G_END_DECLS
