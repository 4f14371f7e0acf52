/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-service"

#include "config.h"

#include "mash-sentences.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "mash-exchange-error.h"
#include "mash-service.h"
#include "mash-store-error.h"
#include "mash-sync-error.h"

typedef struct
{
  int         code;
  const char *sentence;
} Sentence;

static const Sentence store_sentences[] = {
  { MASH_STORE_ERROR_WRONG_KEY,
    N_("The name or the passphrase is not right. Check Caps Lock and try again.") },
  { MASH_STORE_ERROR_SLOT_LOCKED,
    N_("Too many tries failed. A manager has to release your sign-in on this desk.") },
  { MASH_STORE_ERROR_NO_SLOT_FILE,
    N_("The keys of this desk are missing. This desk must be set up again; its data is "
       "untouched.") },
  { MASH_STORE_ERROR_SLOTS_DAMAGED,
    N_("The keys of this desk are damaged. This desk must be set up again; its data is "
       "untouched.") },
  { MASH_STORE_ERROR_SLOTS_ROLLED_BACK,
    N_("The keys of this desk are an older copy. Tell your administrator before you go on.") },
  { MASH_STORE_ERROR_NO_MEMORY_FOR_KEY,
    N_("This computer has not enough free memory to open the keys. Close other programs and try "
       "again.") },
  { MASH_STORE_ERROR_PASSPHRASE_FORM,
    N_("A passphrase has 1 to 1,024 bytes of text.") },
  { MASH_STORE_ERROR_MISSING,
    N_("The database of this desk is missing. Nothing new was made in its place; restore it from a "
       "backup.") },
  { MASH_STORE_ERROR_EMPTY,
    N_("The database of this desk is an empty file. Nothing was written to it; restore it from a "
       "backup.") },
  { MASH_STORE_ERROR_TRUNCATED,
    N_("The database of this desk is cut short. Nothing was written to it; restore it from a "
       "backup.") },
  { MASH_STORE_ERROR_PLAIN,
    N_("The database file is not encrypted, so it is not this desk’s. It was left untouched.") },
  { MASH_STORE_ERROR_FOREIGN,
    N_("The database file is not this hub’s. It was left untouched.") },
  { MASH_STORE_ERROR_DAMAGED,
    N_("The database of this desk is damaged. Nothing was written to it; restore it from a "
       "backup.") },
  { MASH_STORE_ERROR_DISK_FORGOT,
    N_("The disk of this computer did not keep what it had confirmed as saved, and the database of "
       "this desk is no longer whole. Nothing was written to it. Restore it from a backup, and "
       "have the disk looked at.") },
  { MASH_STORE_ERROR_ROLLED_BACK,
    N_("An older copy of the database was put back. Restore the last backup; what can still be "
       "read of the newer one is taken over.") },
  { MASH_STORE_ERROR_LOG_MISSING,
    N_("The latest saves of this desk are missing from its folder. Put the file desk.db-wal back, "
       "or restore the last backup.") },
  { MASH_STORE_ERROR_READ_ONLY,
    N_("The folder of this desk cannot be written. Nothing can be saved until that is mended.") },
  { MASH_STORE_ERROR_NEWER,
    N_("A newer MASH Desk has used this database. Install the newer program to open it.") },
  { MASH_STORE_ERROR_BUSY,
    N_("MASH Desk is already open on this computer. Close it there first.") },
  { MASH_STORE_ERROR_EXISTS,
    N_("There is already a hub in this folder. Choose an empty one.") },
  { MASH_STORE_ERROR_UNSAFE_FILE,
    N_("The files of this desk are links, belong to somebody else or are open to others. They were "
       "left untouched.") },
  { MASH_STORE_ERROR_NO_CIPHER,
    N_("Encryption is not available on this computer. MASH Desk does not open without it.") },
  { MASH_STORE_ERROR_NO_LOCKED_MEMORY,
    N_("This computer lets no memory be locked, so keys could be swapped out to its disk. Whoever "
       "looks after it has to raise the limit of locked memory (memlock).") },
  { MASH_STORE_ERROR_FULL,
    N_("The disk is full. Make space and try again; nothing that was saved before is lost.") },
  { MASH_STORE_ERROR_IO,
    N_("The disk did not do what was asked. Try again; nothing that was saved before is lost.") },
  { MASH_STORE_ERROR_CONFLICT,
    N_("Somebody else changed this in the meantime. What you typed is still here; look at what "
       "changed and save again.") },
  { MASH_STORE_ERROR_CONSTRAINT,
    N_("This cannot be saved as it stands. What you typed is still on the screen.") },
  { MASH_STORE_ERROR_NOT_FOUND,
    N_("There is no such record at this hub.") },
  { MASH_STORE_ERROR_SLOT_OLD,
    N_("Somebody has not signed in since MASH Desk was renewed. The key can be changed once "
       "everybody has.") },
  { MASH_STORE_ERROR_KEYS_APART,
    N_("The keys and the database of this desk do not belong together: one of them is an older "
       "copy. Restore the last backup.") },
  { MASH_STORE_ERROR_NO_BACKUP,
    N_("There is no backup in this folder.") },
  { MASH_STORE_ERROR_BACKUP_DAMAGED,
    N_("This backup is damaged. Nothing was restored; use another one.") },
  { MASH_STORE_ERROR_BACKUP_TARGET,
    N_("The backup could not be written there. The last backup is as it was; make space, or choose "
       "another folder.") },
  { MASH_STORE_ERROR_SAME_PLACE,
    N_("A backup in the desk’s own folder would be lost with it. Choose a folder on another "
       "disk.") },
  { MASH_STORE_ERROR_BACKUP_FOREIGN,
    N_("This backup is another desk’s. Nothing was done with it; choose the backup of this "
       "desk.") },
  { MASH_STORE_ERROR_SEVERAL_BACKUPS,
    N_("There are several backups in this folder, and nothing says which of them is meant. Choose "
       "the folder of the backup itself.") },
  { MASH_STORE_ERROR_ONLY_READING,
    N_("The disk is full, so this desk only reads. What you typed is kept as a draft; make space "
       "and save again.") },
};

static const Sentence sync_sentences[] = {
  { MASH_SYNC_ERROR_OFFLINE,
    N_("The hub cannot be reached. Check the network and the name of the server, and try again.") },
  { MASH_SYNC_ERROR_BUSY,
    N_("The hub is busy. Nothing was changed; try again in a minute.") },
  { MASH_SYNC_ERROR_DIVERGED,
    N_("The hub’s history is not the one that this desk knows. Work goes on here; tell your "
       "administrator.") },
  { MASH_SYNC_ERROR_UNKNOWN_DESK,
    N_("The hub does not know this desk, or not you at it. Ask your administrator to enrol it.") },
  { MASH_SYNC_ERROR_REVOKED,
    N_("Your access or this desk’s was taken back. What you had not sent is not lost: it is kept "
       "at the hub, or still on this desk; tell a manager.") },
  { MASH_SYNC_ERROR_DENIED,
    N_("The hub does not take this name with this passphrase.") },
  { MASH_SYNC_ERROR_FALSE_SERVER,
    N_("The server that answered cannot prove that it is your hub, so nothing was sent to it. Work "
       "goes on here; tell your administrator.") },
  { MASH_SYNC_ERROR_UNSAFE,
    N_("The server asks for a connection that is not safe enough, so nothing was sent to it. Work "
       "goes on here; tell your administrator.") },
  { MASH_SYNC_ERROR_NOT_ENROLLED,
    N_("A file with which this desk was enrolled is missing or damaged. Ask your administrator to "
       "enrol it again.") },
  { MASH_SYNC_ERROR_DESK_EXPIRED,
    N_("The certificate of this desk has run out. Ask your administrator for a new one.") },
  { MASH_SYNC_ERROR_OLDER,
    N_("The hub is older than this program, and does not know something that was asked of it. Work "
       "goes on here; ask your administrator to bring the hub up to date.") },
  { MASH_SYNC_ERROR_INVITED,
    N_("This is the code that your administrator gave you. Set a passphrase with it first.") },
  { MASH_SYNC_ERROR_ENROLLED,
    N_("The hub has a passphrase of theirs already, so a code is of no use. If it was forgotten, "
       "the administrator resets it with both halves of the recovery key.") },
  { MASH_SYNC_ERROR_STOPPED,
    N_("The hub has stopped this desk, because two of the same seem to be at work. What was not "
       "sent yet is kept; ask your administrator to enrol it again.") },
};

static char *
dup_throttled (guint seconds)
{
  return g_strdup_printf (ngettext ("Too many tries failed. Wait %u second and try again.",
                                    "Too many tries failed. Wait %u seconds and try again.",
                                    seconds),
                          seconds);
}

/**
 * mash_sentence_for_error:
 * @error: an error of any layer below
 *
 * Rules and readers write whole sentences themselves, because only they know the rule, the line or
 * the field; these are passed on. Everything else is worded here. Main thread.
 *
 * Returns: (transfer full): what a person is shown
 */
char *
mash_sentence_for_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, MASH_STORE_ERROR, MASH_STORE_ERROR_REFUSED) ||
      g_error_matches (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REFUSED) ||
      error->domain == MASH_EXCHANGE_ERROR || error->domain == MASH_SERVICE_ERROR)
    return g_strdup (error->message);
  if (g_error_matches (error, MASH_STORE_ERROR, MASH_STORE_ERROR_THROTTLED))
    return dup_throttled (mash_store_error_get_seconds (error));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    return g_strdup (_("The desk was locked meanwhile. The last backup is as it was."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (_("Stopped. Nothing was changed."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_strdup (_("There is no such file."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return g_strdup (_("This file may not be read."));

  for (guint i = 0; error->domain == MASH_SYNC_ERROR && i < G_N_ELEMENTS (sync_sentences); i++)
    {
      if (sync_sentences[i].code == error->code)
        return g_strdup (_(sync_sentences[i].sentence));
    }
  for (guint i = 0; error->domain == MASH_STORE_ERROR && i < G_N_ELEMENTS (store_sentences); i++)
    {
      if (store_sentences[i].code == error->code)
        return g_strdup (_(store_sentences[i].sentence));
    }

  return g_strdup (_("This could not be done. Nothing was changed; try again."));
}

/**
 * mash_sentence_for_left:
 *
 * Returns: (transfer full): what whoever comes back reads, where the desk was locked because the
 *   screen was, because the computer went to sleep, or because somebody else took it over
 */
char *
mash_sentence_for_left (void)
{
  return g_strdup (_("This desk was left: its screen was locked, it went to sleep, or somebody "
                     "else’s session came to the front. So it was locked; what you typed is "
                     "kept."));
}

/**
 * mash_sentence_is_damage:
 * @error: why a desk could not be opened
 *
 * Returns: %TRUE if a backup that is put back would open it
 */
gboolean
mash_sentence_is_damage (const GError *error)
{
  static const int codes[] = {
    MASH_STORE_ERROR_MISSING, MASH_STORE_ERROR_EMPTY, MASH_STORE_ERROR_TRUNCATED,
    MASH_STORE_ERROR_PLAIN, MASH_STORE_ERROR_FOREIGN, MASH_STORE_ERROR_DAMAGED,
    MASH_STORE_ERROR_DISK_FORGOT, MASH_STORE_ERROR_ROLLED_BACK, MASH_STORE_ERROR_LOG_MISSING,
    MASH_STORE_ERROR_KEYS_APART, MASH_STORE_ERROR_NO_SLOT_FILE, MASH_STORE_ERROR_SLOTS_DAMAGED,
    MASH_STORE_ERROR_SLOTS_ROLLED_BACK,
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, MASH_STORE_ERROR, codes[i]))
      return TRUE;

  return FALSE;
}

/**
 * mash_sentence_is_invitation:
 * @error: why nobody was signed in
 *
 * Returns: %TRUE if what was typed is the code with which a passphrase is to be set
 */
gboolean
mash_sentence_is_invitation (const GError *error)
{
  return g_error_matches (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_INVITED);
}

/**
 * mash_sentence_is_conflict:
 * @error: an error of the service
 *
 * Returns: %TRUE if somebody else altered what the user had typed over, so that both
 *   are to be looked at
 */
gboolean
mash_sentence_is_conflict (const GError *error)
{
  return g_error_matches (error, MASH_STORE_ERROR, MASH_STORE_ERROR_CONFLICT);
}
