/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Where a person says who they are: the first thing in the window, and what is left of it when
 * locked.
 *
 * A training hub lists its people and says their passphrases. Why somebody was not let in is said
 * in the service's sentence, which helps nobody else.
 */

#include <adwaita.h>

#include "mash-service.h"

G_BEGIN_DECLS

#define MASH_TYPE_SIGN_IN_PAGE (mash_sign_in_page_get_type ())

G_DECLARE_FINAL_TYPE (MashSignInPage, mash_sign_in_page, MASH, SIGN_IN_PAGE, AdwBin)

GtkWidget *mash_sign_in_page_new        (void) G_GNUC_WARN_UNUSED_RESULT;
guint      mash_sign_in_page_get_chosen (MashSignInPage *self);
void       mash_sign_in_page_choose     (MashSignInPage *self,
                                         guint           position);
void       mash_sign_in_page_tell       (MashSignInPage *self,
                                         const char     *sentence);

G_END_DECLS
