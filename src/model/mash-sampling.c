/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-model"

#include "config.h"

#include "mash-sampling.h"

#include <string.h>

#define WHOLE 100

/**
 * mash_sampling_falls_in_share:
 * @contact: the id of a contact
 * @reason: why the share is looked at, a code of the list SMP
 * @percent: how many of a hundred contacts are looked at; 0 none, 100 and above all
 *
 * Draws the lot of a contact. Every desk and the hub draw the same one, whoever asks and how often,
 * and a greater share holds everything that a smaller one held. The reason is drawn with it, so
 * that the shares of two reasons are not the same contacts. Any thread.
 *
 * Returns: %TRUE when the contact is one of those
 */
gboolean
mash_sampling_falls_in_share (const char *contact,
                              const char *reason,
                              guint       percent)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  guint32 lot;

  g_return_val_if_fail (contact != NULL && reason != NULL, FALSE);

  g_checksum_update (checksum, (const guchar *) reason, (gssize) strlen (reason));
  g_checksum_update (checksum, (const guchar *) "\n", 1);
  g_checksum_update (checksum, (const guchar *) contact, (gssize) strlen (contact));
  g_checksum_get_digest (checksum, digest, &length);
  memcpy (&lot, digest, sizeof lot);

  return GUINT32_FROM_BE (lot) % WHOLE < percent;
}
