/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What can go wrong between the program and its encrypted files.
 *
 * A code exists only where somebody acts on it: the service has one sentence per code. Messages
 * name files, steps and numbers, never what a record says or whom it is about.
 */

#include <glib.h>

G_BEGIN_DECLS

#define MASH_STORE_ERROR (mash_store_error_quark ())

/**
 * MashStoreError:
 * @MASH_STORE_ERROR_FAILED: anything nobody acts on in particular
 * @MASH_STORE_ERROR_WRONG_KEY: the passphrase, the sign-in name or the key is not right
 * @MASH_STORE_ERROR_THROTTLED: too many tries; see mash_store_error_get_seconds()
 * @MASH_STORE_ERROR_SLOT_LOCKED: ten tries failed; a manager has to release the person
 * @MASH_STORE_ERROR_NO_SLOT_FILE: the key slots are gone: the desk must be set up again
 * @MASH_STORE_ERROR_SLOTS_DAMAGED: the key slots cannot be read or have been altered
 * @MASH_STORE_ERROR_SLOTS_ROLLED_BACK: an older copy of the key slots was put back
 * @MASH_STORE_ERROR_NO_MEMORY_FOR_KEY: the machine cannot give the memory that the key needs
 * @MASH_STORE_ERROR_PASSPHRASE_FORM: the passphrase is empty, too long or not text
 * @MASH_STORE_ERROR_MISSING: there is no database file
 * @MASH_STORE_ERROR_EMPTY: the database file has no bytes
 * @MASH_STORE_ERROR_TRUNCATED: the database file is shorter than it was
 * @MASH_STORE_ERROR_PLAIN: the file is an unencrypted database
 * @MASH_STORE_ERROR_FOREIGN: the file is no database of this hub
 * @MASH_STORE_ERROR_DAMAGED: the database does not hold what it should
 * @MASH_STORE_ERROR_DISK_FORGOT: as damaged, because the disk did not keep what it had confirmed
 * @MASH_STORE_ERROR_ROLLED_BACK: an older copy of the database or of its log was put back
 * @MASH_STORE_ERROR_LOG_MISSING: the write-ahead log with the latest saves is gone
 * @MASH_STORE_ERROR_READ_ONLY: the file or its folder cannot be written
 * @MASH_STORE_ERROR_NEWER: a newer program wrote the file
 * @MASH_STORE_ERROR_BUSY: the database is already open, here or in another program
 * @MASH_STORE_ERROR_EXISTS: there is a file already where a new one was to be made
 * @MASH_STORE_ERROR_UNSAFE_FILE: a link, another owner, or a mode that lets others in
 * @MASH_STORE_ERROR_NO_CIPHER: the encryption library is absent, old or displaced
 * @MASH_STORE_ERROR_FULL: the disk is full
 * @MASH_STORE_ERROR_IO: the disk did not do what was asked
 * @MASH_STORE_ERROR_REFUSED: the hub's rules do not allow it; the message is the rule's sentence
 * @MASH_STORE_ERROR_CONFLICT: the record has changed since it was read
 * @MASH_STORE_ERROR_CONSTRAINT: the database's own rules do not allow it
 * @MASH_STORE_ERROR_NOT_FOUND: there is no such record, person or document
 * @MASH_STORE_ERROR_SLOT_OLD: somebody has to sign in once before the database key can be changed
 * @MASH_STORE_ERROR_KEYS_APART: the slots opened, and their key does not open the database
 * @MASH_STORE_ERROR_NO_BACKUP: there is no backup in the place that was named
 * @MASH_STORE_ERROR_BACKUP_DAMAGED: the backup does not hold what it says
 * @MASH_STORE_ERROR_BACKUP_TARGET: a backup cannot be written there; the last one stands
 * @MASH_STORE_ERROR_SAME_PLACE: the backup would lie in the folder that it is to save
 * @MASH_STORE_ERROR_BACKUP_FOREIGN: the backup is another desk's
 * @MASH_STORE_ERROR_SEVERAL_BACKUPS: nothing says which of several backups is meant
 * @MASH_STORE_ERROR_ONLY_READING: the disk was full: nothing is saved until there is space again
 * @MASH_STORE_ERROR_NO_LOCKED_MEMORY: no memory can be kept from being swapped out to the disk
 */
typedef enum
{
  MASH_STORE_ERROR_FAILED,
  MASH_STORE_ERROR_WRONG_KEY,
  MASH_STORE_ERROR_THROTTLED,
  MASH_STORE_ERROR_SLOT_LOCKED,
  MASH_STORE_ERROR_NO_SLOT_FILE,
  MASH_STORE_ERROR_SLOTS_DAMAGED,
  MASH_STORE_ERROR_SLOTS_ROLLED_BACK,
  MASH_STORE_ERROR_NO_MEMORY_FOR_KEY,
  MASH_STORE_ERROR_PASSPHRASE_FORM,
  MASH_STORE_ERROR_MISSING,
  MASH_STORE_ERROR_EMPTY,
  MASH_STORE_ERROR_TRUNCATED,
  MASH_STORE_ERROR_PLAIN,
  MASH_STORE_ERROR_FOREIGN,
  MASH_STORE_ERROR_DAMAGED,
  MASH_STORE_ERROR_DISK_FORGOT,
  MASH_STORE_ERROR_ROLLED_BACK,
  MASH_STORE_ERROR_LOG_MISSING,
  MASH_STORE_ERROR_READ_ONLY,
  MASH_STORE_ERROR_NEWER,
  MASH_STORE_ERROR_BUSY,
  MASH_STORE_ERROR_EXISTS,
  MASH_STORE_ERROR_UNSAFE_FILE,
  MASH_STORE_ERROR_NO_CIPHER,
  MASH_STORE_ERROR_FULL,
  MASH_STORE_ERROR_IO,
  MASH_STORE_ERROR_REFUSED,
  MASH_STORE_ERROR_CONFLICT,
  MASH_STORE_ERROR_CONSTRAINT,
  MASH_STORE_ERROR_NOT_FOUND,
  MASH_STORE_ERROR_SLOT_OLD,
  MASH_STORE_ERROR_KEYS_APART,
  MASH_STORE_ERROR_NO_BACKUP,
  MASH_STORE_ERROR_BACKUP_DAMAGED,
  MASH_STORE_ERROR_BACKUP_TARGET,
  MASH_STORE_ERROR_SAME_PLACE,
  MASH_STORE_ERROR_BACKUP_FOREIGN,
  MASH_STORE_ERROR_SEVERAL_BACKUPS,
  MASH_STORE_ERROR_ONLY_READING,
  MASH_STORE_ERROR_NO_LOCKED_MEMORY,
} MashStoreError;

GQuark   mash_store_error_quark         (void);
guint    mash_store_error_get_seconds   (const GError   *error);
int      mash_store_error_get_number    (const GError   *error);
void     mash_store_error_set_number    (GError         *error,
                                         int             number);
void     mash_store_error_set_throttled (GError        **error,
                                         guint           seconds);
gboolean mash_store_error_set           (GError        **error,
                                         MashStoreError  code,
                                         const char     *why);
void     mash_store_error_set_errno     (GError        **error,
                                         int             number,
                                         const char     *what);

G_END_DECLS
