/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-exchange"

#include "config.h"

#include "mash-exchange-error.h"

G_DEFINE_QUARK (mash-exchange-error-quark, mash_exchange_error)
