/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* People who match what was typed, each with the reason why, and the contacts that they are in.
 *
 * The list follows as somebody types. What has stood long enough to be read, and what is asked for
 * with Enter, is logged. A person who is sealed from the reader is not in the list at all.
 */

#include "mash-page.h"

G_BEGIN_DECLS

#define MASH_TYPE_SEARCH_PAGE (mash_search_page_get_type ())

G_DECLARE_FINAL_TYPE (MashSearchPage, mash_search_page, MASH, SEARCH_PAGE, MashPage)

GtkWidget *mash_search_page_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void       mash_search_page_search (MashSearchPage *self,
                                    const char     *text);
void       mash_search_page_type   (MashSearchPage *self,
                                    const char     *text);

G_END_DECLS
