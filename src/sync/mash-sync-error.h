/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What can go wrong on the line to a hub.
 *
 * A code exists only where somebody acts on it. What a server says in words stays out of messages:
 * it may quote a record.
 */

#include "mash-hub-reading.h"

G_BEGIN_DECLS

#define MASH_SYNC_ERROR (mash_sync_error_quark ())

/**
 * MashSyncError:
 * @MASH_SYNC_ERROR_FAILED: anything nobody acts on in particular; names the state that PostgreSQL
 *   gave
 * @MASH_SYNC_ERROR_REFUSED: the message is a whole sentence for the administrator
 * @MASH_SYNC_ERROR_OFFLINE: the server cannot be reached, or went away
 * @MASH_SYNC_ERROR_DENIED: the hub does not take the name and the passphrase together
 * @MASH_SYNC_ERROR_FALSE_SERVER: who answers is not the hub: another name, another authority, or a
 *   certificate that does not hold
 * @MASH_SYNC_ERROR_UNSAFE: the server asks for less than the desk needs: no TLS 1.3, or no proof
 *   that is bound to the line
 * @MASH_SYNC_ERROR_NOT_ENROLLED: a file that the desk was enrolled with is missing or no use
 * @MASH_SYNC_ERROR_DESK_EXPIRED: the desk's certificate ran out
 * @MASH_SYNC_ERROR_BUSY: the server asks to try again later
 * @MASH_SYNC_ERROR_DIVERGED: the history here is not the hub's
 * @MASH_SYNC_ERROR_UNKNOWN_DESK: the hub knows no such person at this desk
 * @MASH_SYNC_ERROR_REVOKED: the person or the desk was revoked
 * @MASH_SYNC_ERROR_STOPPED: the hub stopped this seat
 * @MASH_SYNC_ERROR_MALFORMED: the hub cannot read what was sent
 * @MASH_SYNC_ERROR_BEHIND: the hub has numbers of this seat that the desk has not
 * @MASH_SYNC_ERROR_GAP: numbers of this seat are missing at the hub
 * @MASH_SYNC_ERROR_INVITED: the person has a code, and no passphrase yet
 * @MASH_SYNC_ERROR_ENROLLED: the person has a passphrase already
 * @MASH_SYNC_ERROR_TURN: the hub has opened or closed something that the desk has to follow first
 * @MASH_SYNC_ERROR_UNNAMED: nothing that the person may know of names such an original
 * @MASH_SYNC_ERROR_OLDER: the hub does not know what was asked: it is of an older program
 */
typedef enum
{
  MASH_SYNC_ERROR_FAILED,
  MASH_SYNC_ERROR_REFUSED,
  MASH_SYNC_ERROR_OFFLINE,
  MASH_SYNC_ERROR_DENIED,
  MASH_SYNC_ERROR_FALSE_SERVER,
  MASH_SYNC_ERROR_UNSAFE,
  MASH_SYNC_ERROR_NOT_ENROLLED,
  MASH_SYNC_ERROR_DESK_EXPIRED,
  MASH_SYNC_ERROR_BUSY,
  MASH_SYNC_ERROR_DIVERGED,
  MASH_SYNC_ERROR_UNKNOWN_DESK,
  MASH_SYNC_ERROR_REVOKED,
  MASH_SYNC_ERROR_STOPPED,
  MASH_SYNC_ERROR_MALFORMED,
  MASH_SYNC_ERROR_BEHIND,
  MASH_SYNC_ERROR_GAP,
  MASH_SYNC_ERROR_INVITED,
  MASH_SYNC_ERROR_ENROLLED,
  MASH_SYNC_ERROR_TURN,
  MASH_SYNC_ERROR_UNNAMED,
  MASH_SYNC_ERROR_OLDER,
} MashSyncError;

GQuark      mash_sync_error_quark   (void);
MashSyncEnd mash_sync_error_get_end (const GError *error);
gboolean    mash_sync_refuse        (GError      **error,
                                     const char   *sentence);

G_END_DECLS
