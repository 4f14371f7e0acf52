/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-app"

#include "config.h"

#include "mash-tray-info.h"

#include <glib/gi18n.h>

static const MashTrayInfo trays[MASH_N_TRAYS] = {
  [MASH_TRAY_FRONT_DOOR] = {
    "front-door", N_("Front door"), "mail-unread-symbolic",
    N_("Nothing waits at the front door"),
    N_("Contacts and referrals appear here as they arrive. Start one when the telephone rings, or "
       "open a referral file."),
    TRUE,
  },
  [MASH_TRAY_MINE] = {
    "mine", N_("Mine"), "user-info-symbolic",
    N_("Nothing is with you"),
    N_("Contacts that you take, or that somebody gives to you, appear here until they are closed."),
    FALSE,
  },
  [MASH_TRAY_REQUESTS] = {
    "requests", N_("Requests"), "mail-send-symbolic",
    N_("Agencies cannot be asked from here yet"),
    N_("Requests for information to and from agencies will appear here. Until then a contact goes "
       "on with the recorded reason “No agency asked”."),
    FALSE,
  },
  [MASH_TRAY_STRATEGY] = {
    "strategy", N_("Strategy"), "system-users-symbolic",
    N_("No strategy discussion is needed"),
    N_("Contacts with suspected harm appear here from when the need for a discussion is found "
       "until its record is written."),
    FALSE,
  },
  [MASH_TRAY_TO_SIGN] = {
    "to-sign", N_("To sign"), "document-edit-symbolic",
    N_("Nothing waits for your signature"),
    N_("Recommendations that are sent to a manager and records of strategy discussions appear "
       "here, nearest clock first."),
    FALSE,
  },
  [MASH_TRAY_WAITING] = {
    "waiting", N_("Waiting"), "document-open-recent-symbolic",
    N_("Nobody is being waited for"),
    N_("Contacts appear here while a referrer still owes an answer. Their clocks go on."),
    FALSE,
  },
  [MASH_TRAY_RETURNED] = {
    "returned", N_("Returned"), "edit-undo-symbolic",
    N_("Nothing was returned"),
    N_("Recommendations that a manager sent back appear here, with the reason."),
    FALSE,
  },
  [MASH_TRAY_LATE] = {
    "late", N_("Late"), "emblem-important-symbolic",
    N_("Nothing is late"),
    N_("Contacts appear here when one of their clocks has run out."),
    FALSE,
  },
};

/**
 * mash_tray_info_get:
 * @tray: a tray
 *
 * Returns: what is said about it
 */
const MashTrayInfo *
mash_tray_info_get (MashTrayId tray)
{
  g_return_val_if_fail ((guint) tray < MASH_N_TRAYS, &trays[0]);

  return &trays[tray];
}

/**
 * mash_tray_info_find:
 * @id: what actions call a tray
 * @tray: (out): the tray
 *
 * Returns: whether there is a tray of that name
 */
gboolean
mash_tray_info_find (const char *id,
                     MashTrayId *tray)
{
  for (guint i = 0; i < MASH_N_TRAYS; i++)
    {
      if (g_strcmp0 (trays[i].id, id) != 0)
        continue;
      *tray = (MashTrayId) i;
      return TRUE;
    }

  return FALSE;
}
