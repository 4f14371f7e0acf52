/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What can go wrong below the store: what was handed in does not follow the rules of its form. */

#include <glib.h>

G_BEGIN_DECLS

#define MASH_MODEL_ERROR (mash_model_error_quark ())

/**
 * MashModelError:
 * @MASH_MODEL_ERROR_INVALID: it is not what it should be; the message says where and why
 */
typedef enum
{
  MASH_MODEL_ERROR_INVALID,
} MashModelError;

GQuark mash_model_error_quark (void);

G_END_DECLS
