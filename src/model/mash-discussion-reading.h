/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What lists and pages of strategy discussions are told, and what one begins with: plain data that
 * crosses threads. */

#include <glib.h>

G_BEGIN_DECLS

/* An action that is open, on the board. */
typedef struct
{
  char  *action;
  char  *contact;
  char  *reference;
  char  *discussion;
  char  *what;
  char  *owner;         /* name of who has it to do */
  char  *agency;        /* its name */
  char  *chased_at;     /* when it was last chased, as it stands in the record */
  guint  number;
  guint  discussion_number;
  guint  chased;
  gint64 due;           /* microseconds */
  gint64 revision;
} MashActionRow;

/* How a discussion stands: who is missing, what it still needs, and what would be signed. */
typedef struct
{
  char  *discussion;
  char  *state;
  char  *compliance;
  char  *hash;
  char **quorum;        /* sentences, none where nothing is missing */
  char  *to_finish;     /* why it cannot be finished yet, NULL where it can */
  char  *to_ask;        /* why it cannot be sent for signature, NULL where it can */
  guint  asked;
  guint  given;
  guint  refused;
} MashDiscussionReading;

/* What a discussion begins with; ids are borrowed, NULL where it is not said. */
typedef struct
{
  const char *trigger;      /* SDT */
  const char *mode;         /* SDM */
  const char *place;
  const char *chair;        /* staff */
  const char *supersedes;   /* a signed discussion */
  const char *why;          /* why that is corrected */
  gint64      need;
  gint64      started;
} MashDiscussionStart;

void mash_action_row_free         (MashActionRow         *self);
void mash_discussion_reading_free (MashDiscussionReading *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashActionRow, mash_action_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashDiscussionReading, mash_discussion_reading_free)

G_END_DECLS
