/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Text in which colleagues are mentioned: “@” offers them, typing narrows the list, Up and Down
 * choose, Return or Tab takes one. It knows whom the text mentions; what becomes of it is for
 * whoever reads it.
 *
 * Signal: `typed`.
 */

#include <adwaita.h>

G_BEGIN_DECLS

#define MASH_TYPE_MENTION_TEXT (mash_mention_text_get_type ())

G_DECLARE_FINAL_TYPE (MashMentionText, mash_mention_text, MASH, MENTION_TEXT, AdwBin)

void       mash_mention_text_set_staff     (MashMentionText *self,
                                            GListModel      *staff);
char      *mash_mention_text_dup_text      (MashMentionText *self) G_GNUC_WARN_UNUSED_RESULT;
void       mash_mention_text_set_text      (MashMentionText *self,
                                            const char      *text);
GPtrArray *mash_mention_text_list_mentions (MashMentionText *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
