/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The page of one open contact: head, tabs, and the one main action of its state.
 *
 * It owns what happens between the parts: saving what is typed, asking the judge, doing deeds.
 * What is shown and typed stands in the parts; what may be done stands in the policy.
 */

#include "mash-contact-file.h"
#include "mash-page.h"

G_BEGIN_DECLS

#define MASH_TYPE_CONTACT_PAGE (mash_contact_page_get_type ())

G_DECLARE_FINAL_TYPE (MashContactPage, mash_contact_page, MASH, CONTACT_PAGE, MashPage)

MashPage        *mash_contact_page_new      (MashService     *service,
                                             MashContactFile *file) G_GNUC_WARN_UNUSED_RESULT;
MashContactFile *mash_contact_page_get_file (MashContactPage *self);
void             mash_contact_page_set_tab  (MashContactPage *self,
                                             const char      *tab);
void             mash_contact_page_show_discussion (MashContactPage *self,
                                                    const char      *discussion,
                                                    const char      *section);

G_END_DECLS
