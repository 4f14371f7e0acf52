/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "mash-sync"

#include "config.h"

#include "mash-sync-error.h"

G_DEFINE_QUARK (mash-sync-error-quark, mash_sync_error)

/**
 * mash_sync_error_get_end:
 * @error: what became of a call
 *
 * Returns: the end to which it leads when it stays so; %MASH_SYNC_END_NONE for what passes
 */
MashSyncEnd
mash_sync_error_get_end (const GError *error)
{
  static const struct
  {
    MashSyncError code;
    MashSyncEnd   end;
  } ends[] = {
    { MASH_SYNC_ERROR_UNKNOWN_DESK, MASH_SYNC_END_UNKNOWN },
    { MASH_SYNC_ERROR_REVOKED, MASH_SYNC_END_SHUT_OUT },
    { MASH_SYNC_ERROR_STOPPED, MASH_SYNC_END_FROZEN },
    { MASH_SYNC_ERROR_DIVERGED, MASH_SYNC_END_DIVERGED },
    { MASH_SYNC_ERROR_BEHIND, MASH_SYNC_END_BEHIND },
    { MASH_SYNC_ERROR_GAP, MASH_SYNC_END_BEHIND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      if (g_error_matches (error, MASH_SYNC_ERROR, (int) ends[i].code))
        return ends[i].end;
    }

  return MASH_SYNC_END_NONE;
}

/**
 * mash_sync_refuse:
 * @error: gets %MASH_SYNC_ERROR_REFUSED
 * @sentence: what is said to the user
 *
 * Returns: %FALSE, so that callers can return it
 */
gboolean
mash_sync_refuse (GError    **error,
                  const char *sentence)
{
  g_set_error_literal (error, MASH_SYNC_ERROR, MASH_SYNC_ERROR_REFUSED, sentence);

  return FALSE;
}
