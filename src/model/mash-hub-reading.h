/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How a desk stands with its central hub: plain data that store, line and window share. */

#include <glib.h>

G_BEGIN_DECLS

/**
 * MashSyncEnd:
 * @MASH_SYNC_END_NONE: it goes on
 * @MASH_SYNC_END_SHUT_OUT: the server does not let the person or the desk in any more
 * @MASH_SYNC_END_UNKNOWN: the hub does not know the desk, or not the person at it
 * @MASH_SYNC_END_REVOKED: the person may not come any more; what was not sent is handed in
 * @MASH_SYNC_END_SUSPENDED: the person is suspended; what was not sent is handed in
 * @MASH_SYNC_END_UNVETTED: their vetting has lapsed; what was not sent is handed in
 * @MASH_SYNC_END_POSTLESS: the last day of their posts is over; what was not sent is handed in
 * @MASH_SYNC_END_INVITED: they were given a code, for a new passphrase
 * @MASH_SYNC_END_DESK_REVOKED: the desk may not come any more; what was not sent is handed in
 * @MASH_SYNC_END_WIPE: the desk is to be emptied; what was not sent is handed in
 * @MASH_SYNC_END_FROZEN: the hub stopped the seat, for it said two things in one's place
 * @MASH_SYNC_END_REPLACED: another copy of this desk's database has taken its place
 * @MASH_SYNC_END_DIVERGED: the hub's history and the desk's have nothing in common
 * @MASH_SYNC_END_BEHIND: the hub and the desk do not agree, again and again, on what was sent
 * @MASH_SYNC_END_FALSE: the hub sends what does not fit together, twice
 * @MASH_SYNC_END_UPGRADE: a newer program is needed
 * @MASH_SYNC_END_DISK: the disk refuses; it is tried again
 */
typedef enum
{
  MASH_SYNC_END_NONE,
  MASH_SYNC_END_SHUT_OUT,
  MASH_SYNC_END_UNKNOWN,
  MASH_SYNC_END_REVOKED,
  MASH_SYNC_END_SUSPENDED,
  MASH_SYNC_END_UNVETTED,
  MASH_SYNC_END_POSTLESS,
  MASH_SYNC_END_INVITED,
  MASH_SYNC_END_DESK_REVOKED,
  MASH_SYNC_END_WIPE,
  MASH_SYNC_END_FROZEN,
  MASH_SYNC_END_REPLACED,
  MASH_SYNC_END_DIVERGED,
  MASH_SYNC_END_BEHIND,
  MASH_SYNC_END_FALSE,
  MASH_SYNC_END_UPGRADE,
  MASH_SYNC_END_DISK,
} MashSyncEnd;

/**
 * MashUnsent:
 * @n_changes: how many changes have no answer yet
 * @since: when the oldest of them was said, microseconds; 0 where there is none
 * @n_refused: how many steps were not accepted and not seen to
 * @n_conflicts: in how many fields two values are to be settled
 * @n_aside: how many entries of the hub this desk does not follow
 * @n_originals: how many originals of documents the hub has not got yet
 */
typedef struct
{
  guint  n_changes;
  gint64 since;
  guint  n_refused;
  guint  n_conflicts;
  guint  n_aside;
  guint  n_originals;
} MashUnsent;

/**
 * MashOriginal:
 * @sha256: the fingerprint of a document, in hex
 * @size: how many bytes it has
 */
typedef struct
{
  char    sha256[2 * 32 + 1];
  guint64 size;
} MashOriginal;

/**
 * MashHubState:
 * @MASH_HUB_OWN: there is none: the desk is a hub by itself
 * @MASH_HUB_AWAY: it does not answer
 * @MASH_HUB_FILLING: it answers, and the desk is far behind
 * @MASH_HUB_NEAR: it answers
 * @MASH_HUB_ENDED: the two go on no more; @end of the reading says why
 */
typedef enum
{
  MASH_HUB_OWN,
  MASH_HUB_AWAY,
  MASH_HUB_FILLING,
  MASH_HUB_NEAR,
  MASH_HUB_ENDED,
} MashHubState;

/**
 * MashHubReading:
 * @state: how the desk stands with its hub
 * @end: why it ended
 * @failure: a #MashSyncError: why the hub was not reached last
 * @unsent: what waits
 * @position: how far the desk has come
 * @head: how far the hub is, as far as the desk knows
 * @a_second: how many entries came a second since it began to fill; 0 until that is known
 * @other_policy: the hub judges by another policy than the desk
 * @ahead: by how many microseconds the hub's clock is ahead of the desk's
 * @put_back: it was lately put back to an older copy
 * @n_waiting: how many steps that others could not send wait for whoever is signed in
 */
typedef struct
{
  MashHubState state;
  MashSyncEnd  end;
  int          failure;
  MashUnsent   unsent;
  guint64      position;
  guint64      head;
  guint        a_second;
  gboolean     other_policy;
  gint64       ahead;
  gboolean     put_back;
  guint        n_waiting;
} MashHubReading;

G_END_DECLS
