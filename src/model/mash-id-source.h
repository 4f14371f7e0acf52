/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Where new ids come from. The model makes none itself: the store gives UUIDv7, a training hub a
 * sequence that its seed decides.
 */

#include <glib.h>

G_BEGIN_DECLS

/**
 * MashIdSource:
 * @data: what the giver needs
 *
 * Returns: (transfer full): an id that no record has had
 */
typedef char *(*MashIdSource) (gpointer data);

G_END_DECLS
