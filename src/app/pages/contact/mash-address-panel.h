/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Where a person of the contact lives: the households they belong to, with their addresses.
 *
 * A confidential address is covered until it is asked for, and covered again when another person is
 * chosen. Properties: file; person (id).
 */

#include <adwaita.h>

#include "mash-contact-file.h"

G_BEGIN_DECLS

#define MASH_TYPE_ADDRESS_PANEL (mash_address_panel_get_type ())

G_DECLARE_FINAL_TYPE (MashAddressPanel, mash_address_panel, MASH, ADDRESS_PANEL, AdwBin)

G_END_DECLS
