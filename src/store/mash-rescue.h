/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What can still be read of a database that is damaged, or that a backup is about to replace:
 * drafts, and changes after a position with the documents that came with them. Private to the
 * store. The files are copied first and never written.
 */

#include <sqlite3.h>

#include "mash-change.h"
#include "mash-store.h"

G_BEGIN_DECLS

/* Stands in a copy in the place of each byte of a page that cannot be read. */
#define MASH_RESCUE_UNREADABLE 0xff

typedef struct
{
  char *person;
  char *context;
  char *body;
  char *at;
} MashRescuedDraft;

typedef struct
{
  GPtrArray  *drafts;     /* of MashRescuedDraft */
  GPtrArray  *changes;    /* of MashChange, in order */
  GHashTable *documents;  /* SHA-256 → GBytes: what those changes add */
  GHashTable *lost;       /* a set: references of contacts of which something was not taken */
  GHashTable *made;       /* record → borrowed MashChange that made it; NULL until it is asked */
  gboolean    opened;     /* whether the key was the right one */
  gboolean    unreadable; /* whether there was something that could not be read */
} MashRescue;

MashRescue *mash_rescue_read  (const char   *folder,
                               const char   *work,
                               MashSecret   *key,
                               const char   *hub,
                               gint64        after,
                               GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    mash_rescue_copy  (const char   *folder,
                               const char   *place,
                               GError      **error);
gboolean    mash_rescue_open  (const char   *folder,
                               const char   *place,
                               MashSecret   *key,
                               sqlite3     **vault,
                               GError      **error);
gboolean    mash_rescue_apply (MashRescue   *self,
                               MashStore    *store,
                               gint64       *taken,
                               gint64       *missing,
                               gint64       *drafts,
                               GError      **error);
void        mash_rescue_note_lost (MashRescue *self,
                                   MashStore  *store,
                                   GPtrArray  *group);
void        mash_rescue_free  (MashRescue   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MashRescue, mash_rescue_free)

G_END_DECLS
