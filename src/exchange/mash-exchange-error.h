/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What can go wrong with what comes in from outside the hub. */

#include <glib.h>

G_BEGIN_DECLS

#define MASH_EXCHANGE_ERROR (mash_exchange_error_quark ())

/**
 * MashExchangeError:
 * @MASH_EXCHANGE_ERROR_REFUSED: the file does not follow its format; the message is one translated
 *   sentence with the line and the reason, and holds no word of the file
 * @MASH_EXCHANGE_ERROR_UNSAFE: the reader was killed, hung, crashed or told nonsense
 * @MASH_EXCHANGE_ERROR_INSTALLATION: the reader is not there
 * @MASH_EXCHANGE_ERROR_LEAK: a finished copy holds what it must not; the message says what kind of
 *   thing and on which page, and never the thing itself
 */
typedef enum
{
  MASH_EXCHANGE_ERROR_REFUSED,
  MASH_EXCHANGE_ERROR_UNSAFE,
  MASH_EXCHANGE_ERROR_INSTALLATION,
  MASH_EXCHANGE_ERROR_LEAK,
} MashExchangeError;

GQuark mash_exchange_error_quark (void);

G_END_DECLS
