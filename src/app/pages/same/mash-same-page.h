/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Two people side by side: what agrees, what does not, and what somebody says of them.
 *
 * On the left are the possible matches of one person, or the links that wait for a signature; it
 * links nobody by itself and suggests no answer.
 */

#include "mash-page.h"

G_BEGIN_DECLS

#define MASH_TYPE_SAME_PAGE (mash_same_page_get_type ())

G_DECLARE_FINAL_TYPE (MashSamePage, mash_same_page, MASH, SAME_PAGE, MashPage)

MashPage *mash_same_page_new (MashService *service,
                              const char  *person,
                              const char  *other) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
