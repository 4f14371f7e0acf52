/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Who else is in the strategy discussion that is shown, and in which part of it they write.
 *
 * It asks the hub every two seconds while a discussion is followed, and says with it where somebody
 * writes here; beside the history, and no word of what is written. It is silent where the desk is a
 * hub by itself, is away from its hub, or the hub is an older one. Signal: `changed`. Main thread.
 */

#include "mash-form-host.h"
#include "mash-service.h"
#include "mash-writer.h"

G_BEGIN_DECLS

#define MASH_TYPE_WRITING (mash_writing_get_type ())

G_DECLARE_FINAL_TYPE (MashWriting, mash_writing, MASH, WRITING, GObject)

MashWriting *mash_writing_new       (MashService  *service) G_GNUC_WARN_UNUSED_RESULT;
void         mash_writing_follow    (MashWriting  *self,
                                     const char   *discussion);
void         mash_writing_move      (MashWriting  *self,
                                     const char   *place);
const char  *mash_writing_get_place (MashWriting  *self);
void         mash_writing_take      (MashWriting  *self,
                                     GPtrArray    *writers);
char        *mash_writing_dup_line  (MashWriting  *self,
                                     MashFormHost *host,
                                     const char   *place) G_GNUC_WARN_UNUSED_RESULT;
char        *mash_writing_dup_here  (MashWriting  *self,
                                     MashFormHost *host) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
