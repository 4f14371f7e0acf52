/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A strategy record that is being written onto paper, for those who write its parts. */

#include "mash-discussion-paper.h"

G_BEGIN_DECLS

typedef struct
{
  MashPaper   *paper;
  MashPolicy  *policy;
  MashFacts   *facts;
  MashRecord  *discussion;
  MashCopyFor  copy;
  GListModel  *staff;
  gboolean     family;
} MashDiscussionPaper;

/* Words */
char       *mash_discussion_paper_dup_instant (const char          *instant) G_GNUC_WARN_UNUSED_RESULT;
char       *mash_discussion_paper_dup_clock   (const char          *instant) G_GNUC_WARN_UNUSED_RESULT;
char       *mash_discussion_paper_dup_name    (MashDiscussionPaper *self,
                                               const char          *kind,
                                               const char          *id) G_GNUC_WARN_UNUSED_RESULT;
char       *mash_discussion_paper_dup_child   (MashDiscussionPaper *self,
                                               const char          *subject,
                                               gboolean             birth) G_GNUC_WARN_UNUSED_RESULT;
char       *mash_discussion_paper_dup_value   (MashDiscussionPaper *self,
                                               MashRecord          *record,
                                               const char          *field) G_GNUC_WARN_UNUSED_RESULT;
const char *mash_discussion_paper_name_code   (MashDiscussionPaper *self,
                                               MashRecord          *record,
                                               const char          *field);

/* Parts */
GPtrArray  *mash_discussion_paper_list        (MashDiscussionPaper *self,
                                               const char          *kind) G_GNUC_WARN_UNUSED_RESULT;
void        mash_discussion_paper_begin_facts (MashDiscussionPaper *self);
void        mash_discussion_paper_add_fact    (MashDiscussionPaper *self,
                                               const char          *label,
                                               const char          *value);
void        mash_discussion_paper_add_fields  (MashDiscussionPaper *self,
                                               MashRecord          *record,
                                               const char          *fields);
void        mash_discussion_paper_add_children (MashDiscussionPaper *self);
void        mash_discussion_paper_add_plan    (MashDiscussionPaper *self);
void        mash_discussion_paper_add_views   (MashDiscussionPaper *self);
void        mash_discussion_paper_add_actions (MashDiscussionPaper *self);
void        mash_discussion_paper_add_signatures (MashDiscussionPaper *self);

G_END_DECLS
