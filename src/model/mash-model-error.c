/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-model-error.h"

G_DEFINE_QUARK (mash-model-error-quark, mash_model_error)
