/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* An open contact. */

#include "mash-contact-file.h"
#include "mash-page.h"

G_BEGIN_DECLS

#define MASH_TYPE_CONTACT_PAGE (mash_contact_page_get_type ())

G_DECLARE_FINAL_TYPE (MashContactPage, mash_contact_page, MASH, CONTACT_PAGE, MashPage)

G_END_DECLS
