/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* An open contact with everything that belongs to it: what the contact page is bound to.
 *
 * The service makes it after the view entry is durable, and keeps it up to date: the same entities
 * are altered in place whenever a change to one of their records is applied. What the user types
 * lives in the entities until it is saved; the file collects it into one group. Main thread.
 */

#include <gio/gio.h>

#include "mash-kinds.h"
#include "mash-group.h"

G_BEGIN_DECLS

#define MASH_TYPE_CONTACT_FILE (mash_contact_file_get_type ())

G_DECLARE_FINAL_TYPE (MashContactFile, mash_contact_file, MASH, CONTACT_FILE, GObject)

/* Properties: contact (MashContact), referrer (MashReferrer), analysis (MashRiskAnalysis, new while
 * there is none), recommendation (MashRecommendation, the newest, or NULL), decision (MashDecision,
 * the newest, or NULL), family (string, "Marsh, Khan +1"), children-words (string, "3 children: 6,
 * 3, unborn"), changed (gboolean: something typed is not saved), saved-at (gint64 microseconds).
 * Signal `updated`: records of the contact changed, clocks included.
 */

MashContact   *mash_contact_file_get_contact  (MashContactFile *self);
const char    *mash_contact_file_get_family   (MashContactFile *self);
gboolean       mash_contact_file_get_changed  (MashContactFile *self);
gboolean       mash_contact_file_get_gone     (MashContactFile *self);
GListModel    *mash_contact_file_get_list     (MashContactFile *self,
                                               const char      *kind);
MashEntity    *mash_contact_file_find         (MashContactFile *self,
                                               const char      *id);
MashEntity    *mash_contact_file_add          (MashContactFile *self,
                                               const char      *kind);
void           mash_contact_file_remove       (MashContactFile *self,
                                               MashEntity      *entity);
MashGroup     *mash_contact_file_dup_group    (MashContactFile *self,
                                               const char      *deed) G_GNUC_WARN_UNUSED_RESULT;
void           mash_contact_file_discard      (MashContactFile *self);
char          *mash_contact_file_dup_draft    (MashContactFile *self) G_GNUC_WARN_UNUSED_RESULT;
gint64         mash_contact_file_get_draft_at (MashContactFile *self);

/* What a page was told and no record holds yet: a choice before its deed is done, a date that
 * cannot be read. Kept with the draft and never part of a change; a name begins with the deed that
 * ends it. */
void           mash_contact_file_set_loose    (MashContactFile *self,
                                               const char      *name,
                                               const char      *value);
const char    *mash_contact_file_get_loose    (MashContactFile *self,
                                               const char      *name);
void           mash_contact_file_clear_loose  (MashContactFile *self,
                                               const char      *deed);
void           mash_contact_file_lay_aside    (MashContactFile *self,
                                               const char      *name,
                                               MashEntity      *entity);
gboolean       mash_contact_file_take_up      (MashContactFile *self,
                                               const char      *name,
                                               MashEntity      *entity);

GPtrArray     *mash_contact_file_list_conflicts (MashContactFile *self) G_GNUC_WARN_UNUSED_RESULT;
char          *mash_contact_file_hash_content (MashContactFile *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
