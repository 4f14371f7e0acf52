/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Who is on duty on a day, in the morning and in the afternoon, with how much each of them has. A
 * manager sets it; everybody may look.
 */

#include "mash-page.h"

G_BEGIN_DECLS

#define MASH_TYPE_ROTA_PAGE (mash_rota_page_get_type ())

G_DECLARE_FINAL_TYPE (MashRotaPage, mash_rota_page, MASH, ROTA_PAGE, MashPage)

MashPage *mash_rota_page_new (MashService *service) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
